"""Claims: the sentences of a language model, cut out of its stream, each with the markers it ends in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lawqa.text.normalise import clean

_OPEN, _CLOSE = "“「『《（(", "”」』》）)"
_STOP = re.compile(r"[。！？!?]")
_MARK = r"(?:\[\s*[0-9][0-9\s,，、]*\]|【\s*[0-9][0-9\s,，、]*】|［\s*[0-9][0-9\s,，、]*］)"
_MARKS = re.compile(rf"{_MARK}")
_TAIL = re.compile(rf"[”’」』）)]*(?:\s*{_MARK})*")
_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.、)])\s+")
_THINKING = re.compile(r"<think>.*?</think>", re.DOTALL)
_MOST = 4000


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence: ``text`` without markers, the ``markers`` it carries, and whether it begins a line or an item."""

    text: str
    markers: tuple[int, ...]
    new_line: bool = False
    bullet: bool = False


class ClaimReader:
    """Takes a stream piece by piece and gives each sentence as soon as nothing more can belong to it."""

    def __init__(self) -> None:
        self._rest = ""
        self._new_line = True

    def feed(self, piece: str) -> list[Claim]:
        """The sentences that ``piece`` completes."""
        self._rest = _THINKING.sub("", self._rest + piece)
        if "<think>" in self._rest or self._rest.endswith(tuple("<think>"[:n] for n in range(1, 7))):
            return []
        return self._take(last=False)

    def close(self) -> list[Claim]:
        """What is left: a sentence without an end is one all the same."""
        self._rest = self._rest.partition("<think>")[0]
        return self._take(last=True)

    def _take(self, last: bool) -> list[Claim]:
        out = []
        while (end := self._end(last)) is not None:
            raw, self._rest = self._rest[:end], self._rest[end:]
            for n, line in enumerate(raw.split("\n")):
                if n:
                    self._new_line = True
                if line.strip():
                    out.append(_claim(line, self._new_line))
                    self._new_line = False
        return out

    def _end(self, last: bool) -> int | None:
        """Where the first sentence ends; None while it may still grow."""
        text = self._rest
        depth = 0
        for i, char in enumerate(text):
            depth += (char in _OPEN) - (char in _CLOSE)
            if char == "\n":  # a line ends a sentence, whatever is open
                return i + 1
            if (_STOP.match(char) and depth <= 0) or i >= _MOST:
                match = _TAIL.match(text, i + 1)
                end = match.end() if match else i + 1
                if last or re.match(r"\s*[^\s\[【［”’」』）)。！？!?]", text[end:]) or "\n" in text[end:]:
                    return end
                if re.match(r"\s*[。！？!?]", text[end:]):
                    continue
                return None
        return len(text) if last and text else None


def _claim(line: str, new_line: bool) -> Claim:
    markers = tuple(dict.fromkeys(int(n) for m in _MARKS.findall(line) for n in re.findall("[0-9]+", m)))
    bullet = bool(new_line and _BULLET.match(line))
    text = _BULLET.sub("", line) if new_line else line
    text = clean(_MARKS.sub("", text).replace("**", "").lstrip("#> \t"))
    return Claim(re.sub(r"\s+(?=[。！？；，])", "", text), markers, new_line, bullet)
