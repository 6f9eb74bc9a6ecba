"""Chinese, Arabic and full-width numerals, as articles, paragraphs and items are numbered."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
#: Longer digit strings number no provision (and int() refuses thousands of digits).
_MAX_DIGITS = 9
_UNITS = {"十": 10, "百": 100, "千": 1000}
#: A character class (without brackets) of everything that a numeral may be written with.
NUMERAL_CHARS = "零〇○一二三四五六七八九十百千两0-9０-９"


def to_chinese(number: int) -> str:
    """``21`` → ``二十一``, ``110`` → ``一百一十``, as statutes number their articles (1 to 9999)."""
    if not 1 <= number <= 9999:
        raise ValueError(f"numeral out of range: {number}")
    out = ""
    pending_zero = False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if not digit:
            pending_zero = bool(out)
            continue
        if pending_zero:
            out += "零"
            pending_zero = False
        out += "零一二三四五六七八九"[digit] + unit
    return out[1:] if out.startswith("一十") else out


def parse_numeral(text: str) -> int | None:
    """The number that ``text`` writes (``二十一``, ``21``, ``２１``, ``一〇三``), or None if it is none."""
    text = text.strip()
    if not text or len(text) > _MAX_DIGITS:
        return None
    if all(c in "0123456789" or "０" <= c <= "９" for c in text):
        return int(text)  # int() reads full-width digits too
    if all(c in _DIGITS for c in text):  # digit by digit: 一〇三; a lone digit too
        return int("".join(str(_DIGITS[c]) for c in text))
    total, current, last_unit = 0, None, 10_000
    for c in text:
        if c in _DIGITS:
            if current not in (None, 0):
                return None
            current = _DIGITS[c]
        elif c in _UNITS and _UNITS[c] < last_unit:
            last_unit = _UNITS[c]
            total += (1 if current in (None, 0) else current) * _UNITS[c]
            current = None
        else:
            return None
    return total + (current or 0)
