"""A table of strings, written for a terminal, Markdown, LaTeX or CSV."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lawqa.evals.score import Estimate

_LATEX = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})


@dataclass(frozen=True)
class Table:
    """``rows`` have as many cells as ``header``; the first column is text, the others are figures."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def text(self) -> str:
        """Columns aligned, Chinese characters counted as two."""
        lines = [self.header, *self.rows]
        widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
        out = []
        for line in lines:
            first = line[0] + " " * (widths[0] - width(line[0]))
            rest = [" " * (w - width(cell)) + cell for cell, w in zip(line[1:], widths[1:], strict=True)]
            out.append("  ".join([first, *rest]).rstrip())
        return "\n".join(out)

    def markdown(self) -> str:
        rule = ["---", *["---:"] * (len(self.header) - 1)]
        cells = [self.header, tuple(rule), *self.rows]
        return "\n".join("| " + " | ".join(c.replace("|", r"\|") for c in row) + " |" for row in cells)

    def latex(self) -> str:
        """A ``tabular`` with booktabs' rules; Chinese needs ctex or xeCJK."""
        body = [" & ".join(c.translate(_LATEX) for c in row) + r" \\" for row in (self.header, *self.rows)]
        columns = "l" + "r" * (len(self.header) - 1)
        lines = [rf"\begin{{tabular}}{{{columns}}}", r"\toprule", body[0], r"\midrule", *body[1:], r"\bottomrule"]
        return "\n".join([*lines, r"\end{tabular}"])

    def csv(self) -> str:
        file = io.StringIO()
        csv.writer(file, lineterminator="\n").writerows([self.header, *self.rows])
        return file.getvalue().rstrip("\n")


def width(text: str) -> int:
    """Columns that a terminal needs for ``text``."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def figure(value: float) -> str:
    """Four digits after the point, a dash for NaN."""
    return "—" if value != value else f"{value:.4f}"


def measures_table(title: str, estimates: dict[str, Estimate]) -> Table:
    """One measure a row, with its interval and the number of questions that it rests on."""
    rows = [(name, figure(e.value), f"[{figure(e.low)}, {figure(e.high)}]", str(e.n)) for name, e in estimates.items()]
    return Table(title, ("指标", "值", "95% 区间", "问题数"), tuple(rows))


def groups_table(title: str, column: str, groups: dict[str, dict[str, Estimate]], sizes: dict[str, int]) -> Table:
    """One group a row, one measure a column; a measure that a group lacks is a dash."""
    names = list(dict.fromkeys(name for estimates in groups.values() for name in estimates))
    rows = []
    for group, estimates in groups.items():
        cells = [figure(estimates[name].value) if name in estimates else "—" for name in names]
        rows.append((group, str(sizes[group]), *cells))
    return Table(title, (column, "问题数", *names), tuple(rows))


def joined(tables: Sequence[Table], style: str) -> str:
    """Several tables as one file of ``style`` (text, markdown, latex, csv), each under its title."""
    mark = {"markdown": "## {}\n\n", "latex": "% {}\n", "csv": "# {}\n", "text": "{}\n"}[style]
    return "\n\n".join(mark.format(t.title) + str(getattr(t, style)()) for t in tables) + "\n"
