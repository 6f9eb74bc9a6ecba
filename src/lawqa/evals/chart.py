"""Charts as inline SVG: no script, no font, no file beside the page. All styling is in the page's style sheet."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

from lawqa.evals.table import width

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 720, 60, 16, 22, 36


def intervals(rows: Sequence[tuple[str, float, float, float, str]]) -> str:
    """A dot with its whiskers a row: (name, value, low, high, note), all between 0 and 1."""
    left, step = _margin([row[0] for row in rows]), 24
    height = TOP + step * len(rows) + BOTTOM
    parts = _x_axis(left, height, [0, 0.25, 0.5, 0.75, 1.0], 0.0, 1.0)
    for n, (name, value, low, high, note) in enumerate(rows):
        y = TOP + step * n + step / 2
        x, x0, x1 = (_x(v, 0.0, 1.0, left) for v in (value, low, high))
        parts.append(_text(left - 8, y + 4, name, "end"))
        parts.append(f'<line class="whisker" x1="{x0:.1f}" x2="{x1:.1f}" y1="{y}" y2="{y}"/>')
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y}" r="4">{_tip(f"{name} {value:.3f} {note}")}</circle>')
    return _svg(height, parts, "各组的值与95%区间")


def curve(series: Sequence[tuple[str, Sequence[tuple[float, float]]]], label: str) -> str:
    """Lines over a logarithmic x; y between 0 and 1."""
    height = 300
    xs = [x for _, points in series for x, _ in points]
    top = math.log(max([*xs, 2]))
    parts = _y_axis(height)
    for tick in (t for t in (1, 2, 5, 10, 20, 50, 100) if t <= max(xs)):
        parts.append(_text(_x(math.log(tick), 0, top), height - BOTTOM + 16, str(tick), "middle"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, height - 4, label, "middle"))
    for n, (name, points) in enumerate(series):
        at = [(_x(math.log(x), 0, top), _y(y, height)) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        parts.append(f'<polyline class="line s{n}" points="{path}"/>')
        for (x, y), (k, value) in zip(at, points, strict=True):
            parts.append(
                f'<circle class="fill s{n}" cx="{x:.1f}" cy="{y:.1f}" r="3">{_tip(f"{name} {k:g}: {value:.3f}")}</circle>'
            )
    return _svg(height, [*parts, *_legend([name for name, _ in series])], label)


def histogram(
    series: Sequence[tuple[str, Sequence[float]]], low: float, high: float, label: str, mark: float | None = None
) -> str:
    """Shares of each series in 30 equal bins, drawn side by side; ``mark`` is a line across (a threshold)."""
    height, bins = 240, 30
    span = (high - low) or 1.0
    shares = []
    for _, values in series:
        counts = [0] * bins
        for v in values:
            counts[min(max(int((v - low) / span * bins), 0), bins - 1)] += 1
        shares.append([c / max(len(values), 1) for c in counts])
    tallest = max((s for share in shares for s in share), default=0) or 1.0
    parts = _x_axis(LEFT, height, [low + span * i / 5 for i in range(6)], low, high)
    wide = (WIDTH - LEFT - RIGHT) / bins / max(len(series), 1)
    for n, (name, values) in enumerate(series):
        for b, share in enumerate(shares[n]):
            if share:
                tall = share / tallest * (height - TOP - BOTTOM)
                x = LEFT + (b * len(series) + n) * wide
                tip = _tip(
                    f"{name} {low + span * b / bins:.3g}–{low + span * (b + 1) / bins:.3g}: {share:.1%}（共{len(values)}）"
                )
                parts.append(
                    f'<rect class="fill s{n}" x="{x:.1f}" y="{height - BOTTOM - tall:.1f}" '
                    f'width="{max(wide - 0.6, 0.5):.1f}" height="{tall:.1f}">{tip}</rect>'
                )
    if mark is not None and low <= mark <= high:
        x = _x(mark, low, high)
        parts.append(f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{height - BOTTOM}"/>')
        parts.append(_text(x + 4, TOP + 10, f"{mark:.3f}", "start"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, height - 4, label, "middle"))
    return _svg(height, [*parts, *_legend([f"{name}（{len(values)}）" for name, values in series])], label)


def pairs(rows: Sequence[tuple[str, float, float]], a: str, b: str) -> str:
    """Two values a row (0 to 1), joined: what moved from A to B and how far."""
    left, step = _margin([row[0] for row in rows]), 24
    height = TOP + step * len(rows) + BOTTOM
    parts = _x_axis(left, height, [0, 0.25, 0.5, 0.75, 1.0], 0.0, 1.0)
    for n, (name, first, second) in enumerate(rows):
        y = TOP + step * n + step / 2
        x, x2 = _x(first, 0, 1, left), _x(second, 0, 1, left)
        parts.append(_text(left - 8, y + 4, name, "end"))
        parts.append(f'<line class="whisker" x1="{x:.1f}" x2="{x2:.1f}" y1="{y}" y2="{y}"/>')
        for k, (at, value) in enumerate(((x, first), (x2, second))):
            parts.append(
                f'<circle class="fill s{k}" cx="{at:.1f}" cy="{y}" r="5">{_tip(f"{name} {value:.4f}")}</circle>'
            )
    return _svg(height, [*parts, *_legend([f"A {a}", f"B {b}"])], "两份结果")


def _margin(names: Sequence[str]) -> int:
    """Room for the longest of the names at the left."""
    return min(max([width(name) for name in names], default=0) * 7 + 16, 320)


def _x(value: float, low: float, high: float, left: int = LEFT) -> float:
    return left + (value - low) / ((high - low) or 1.0) * (WIDTH - RIGHT - left)


def _y(value: float, height: int) -> float:
    return height - BOTTOM - value * (height - TOP - BOTTOM)


def _x_axis(left: int, height: int, ticks: Sequence[float], low: float, high: float) -> list[str]:
    out = []
    for tick in ticks:
        x = _x(tick, low, high, left)
        out.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{height - BOTTOM}"/>')
        out.append(_text(x, height - BOTTOM + 16, f"{tick:.3g}", "middle"))
    return out


def _y_axis(height: int) -> list[str]:
    out = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _y(tick, height)
        out.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        out.append(_text(LEFT - 8, y + 4, f"{tick:.2f}", "end"))
    return out


def _legend(names: Sequence[str]) -> list[str]:
    """One line above the plot."""
    out, x = [], float(LEFT)
    for n, name in enumerate(names):
        out.append(f'<rect class="fill s{n}" x="{x:.0f}" y="2" width="10" height="10"/>')
        out.append(_text(x + 15, 11, name, "start"))
        x += 40 + 7 * width(name)
    return out


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(text)}</text>'


def _tip(text: str) -> str:
    return f"<title>{html.escape(text)}</title>"


def _svg(height: int, parts: Sequence[str], label: str) -> str:
    name = html.escape(label, quote=True)
    body = "\n".join(parts)
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{name}">\n{body}\n</svg>'
