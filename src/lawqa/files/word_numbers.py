"""Word's automatic numbering: the numbers that a reader sees are not in the text of a .docx, but in its styles."""

from __future__ import annotations

import re
from typing import Any

from lawqa.corpus.numerals import to_chinese

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _numeral(number: int, form: str) -> str:
    """``number`` in one of Word's number formats (ECMA-376 part 1, 17.18.59); decimal where it is a rare one."""
    if not 1 <= number <= 9999:
        return str(number)
    if form.startswith(("chinese", "ideograph", "taiwanese", "japaneseCounting", "koreanDigital")):
        return to_chinese(number)
    if form in ("lowerLetter", "upperLetter"):
        letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalEnclosedCircle" and number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalFullWidth":
        return str(number).translate({48 + d: 0xFF10 + d for d in range(10)})
    return str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += sign * (number // value)
        number %= value
    return out


class WordNumbers:
    """Counts the numbered paragraphs of one document in their order; ``marker`` gives each one's number."""

    def __init__(self, document: Any) -> None:
        self._counters: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, Any] = {}
        self._of: dict[str, str] = {}
        self._overrides: dict[tuple[str, int], int] = {}
        self._used: set[str] = set()
        try:
            root = document.part.numbering_part.element
        except (NotImplementedError, KeyError, AttributeError):
            return
        for abstract in root.iterfind(f"{_W}abstractNum"):
            self._abstract[abstract.get(f"{_W}abstractNumId")] = abstract
        for num in root.iterfind(f"{_W}num"):
            key, link = num.get(f"{_W}numId"), num.find(f"{_W}abstractNumId")
            if link is not None:
                self._of[key] = link.get(f"{_W}val")
            for override in num.iterfind(f"{_W}lvlOverride"):
                start = override.find(f"{_W}startOverride")
                if start is not None:
                    self._overrides[key, int(override.get(f"{_W}ilvl"))] = int(start.get(f"{_W}val"))

    def marker(self, paragraph: Any) -> str:
        """The number that Word prints before ``paragraph`` (python-docx), with its suffix blank; else empty."""
        found = self._num(paragraph)
        if found is None:
            return ""
        num, level = found
        abstract = self._of.get(num, "")
        definition = self._level(abstract, level)
        if definition is None or self._value(definition, "numFmt") in ("bullet", "none", ""):
            return ""
        counters = self._counters.setdefault(abstract, {})
        start = int(self._value(definition, "start") or 1)
        if num not in self._used:
            self._used.add(num)
            for (key, at), value in self._overrides.items():
                if key == num:
                    counters[at] = value - 1
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [k for k in counters if k > level]:
            del counters[deeper]
        text = re.sub(
            r"%(\d)", lambda m: self._one(abstract, int(m[1]) - 1, definition), self._value(definition, "lvlText")
        )
        suffix = self._value(definition, "suff") or "tab"
        return text + ("" if suffix == "nothing" or not text else " ")

    def _one(self, abstract: str, level: int, shown_in: Any) -> str:
        definition = self._level(abstract, level)
        start = int(self._value(definition, "start") or 1) if definition is not None else 1
        number = self._counters[abstract].setdefault(level, start)
        legal = shown_in.find(f"{_W}isLgl") is not None
        return _numeral(number, "decimal" if legal or definition is None else self._value(definition, "numFmt"))

    def _num(self, paragraph: Any) -> tuple[str, int] | None:
        """(numId, level) of the paragraph itself or of its style and the styles that it is based on."""
        number = level = None
        holders = [paragraph._p.pPr]
        style = paragraph.style
        while style is not None and len(holders) < 12:
            holders.append(style.element.pPr)
            style = style.base_style
        for properties in holders:
            num = properties.find(f"{_W}numPr") if properties is not None else None
            if num is None:
                continue
            id, at = num.find(f"{_W}numId"), num.find(f"{_W}ilvl")
            level = int(at.get(f"{_W}val")) if at is not None and level is None else level
            if id is not None:
                number = id.get(f"{_W}val")
                break
        return (number, level or 0) if number not in (None, "0") else None

    def _level(self, abstract: str, level: int) -> Any:
        element = self._abstract.get(abstract)
        if element is None:
            return None
        return next((x for x in element.iterfind(f"{_W}lvl") if x.get(f"{_W}ilvl") == str(level)), None)

    @staticmethod
    def _value(element: Any, name: str) -> str:
        child = element.find(f"{_W}{name}")
        return child.get(f"{_W}val") or "" if child is not None else ""
