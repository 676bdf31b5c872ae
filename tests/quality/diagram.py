"""The reliability diagram as SVG: how often links of some confidence are right, beside the line on which they should lie."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 460, 500
LEFT, TOP, SIDE = 64, 24, 372
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
TITLE = "Reliability diagram"
DESCRIPTION = (
    "Mean confidence (across) against the share of links that are right (up), in ten bins of equal size. "
    "The thin diagonal is where confidence and share are the same. The same figures stand in a table on the quality page."
)


@dataclass(frozen=True, kw_only=True)
class Series:
    """One taxonomy's points: told apart by shape and dashes as well as by colour."""

    name: str
    label: str
    colour: str
    dashes: str
    round: bool


SERIES = (
    Series(name="first_start", label="taxonomy of a first start", colour="#1f4e9c", dashes="", round=True),
    Series(name="esco", label="with ESCO packages", colour="#a3420a", dashes="6 4", round=False),
)


def draw_reliability(reports: Mapping[str, Any]) -> str:
    """Return the diagram of the bins of reports, by the name of their taxonomy."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        'aria-labelledby="title desc" font-family="sans-serif" font-size="13">',
        f'<title id="title">{escape(TITLE)}</title>',
        f'<desc id="desc">{escape(DESCRIPTION)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_iter_axes(),
        *(line for series in SERIES for line in _iter_series(series, reports[series.name]["reliability"])),
        *_iter_legend(),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _x(value: float) -> float:
    return round(LEFT + SIDE * value, 1)


def _y(value: float) -> float:
    return round(TOP + SIDE * (1 - value), 1)


def _iter_axes() -> Iterator[str]:
    for tick in TICKS:
        yield f'<path d="M{_x(0)} {_y(tick)}H{_x(1)}M{_x(tick)} {_y(0)}V{_y(1)}" stroke="#dddddd"/>'
        yield f'<text x="{_x(tick)}" y="{_y(0) + 18}" text-anchor="middle">{tick:.1f}</text>'
        yield f'<text x="{_x(0) - 8}" y="{_y(tick) + 4}" text-anchor="end">{tick:.1f}</text>'
    yield f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#555555" fill="none"/>'
    yield f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" stroke="#222222" fill="none"/>'
    yield f'<text x="{_x(0.5)}" y="{_y(0) + 40}" text-anchor="middle">confidence</text>'
    middle = _y(0.5)
    yield f'<text x="18" y="{middle}" text-anchor="middle" transform="rotate(-90 18 {middle})">share that is right</text>'


def _iter_series(series: Series, bins: Sequence[Mapping[str, float]]) -> Iterator[str]:
    points = [(_x(found["confidence"]), _y(found["right"])) for found in bins]
    path = " ".join(f"{x},{y}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{series.colour}" stroke-width="2" stroke-dasharray="{series.dashes or "none"}"/>'
    yield from (_mark(series, x, y) for x, y in points)


def _mark(series: Series, x: float, y: float) -> str:
    if series.round:
        return f'<circle cx="{x}" cy="{y}" r="4" fill="{series.colour}"/>'
    return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{series.colour}"/>'


def _iter_legend() -> Iterator[str]:
    for place, series in enumerate(SERIES):
        y = HEIGHT - 34 + 20 * place
        yield f'<path d="M{LEFT} {y}h40" stroke="{series.colour}" stroke-width="2" stroke-dasharray="{series.dashes or "none"}"/>'
        yield _mark(series, LEFT + 20, y)
        yield f'<text x="{LEFT + 50}" y="{y + 4}">{escape(series.label)}</text>'
