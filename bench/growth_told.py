"""How cost grows, as a table and a chart, and what 10^8 articles would cost at a price for an hour of one core.

    python -m bench.growth_told growth.csv [--chart growth.svg] [--price 0.04] [--disk-price 0.08]

FILE has lines `step,articles,value,unit`, as `bench.growth` and others write them. What an article costs at 10^8 is
reckoned: where a step was measured at two sizes or more, it grows on by as much with each factor of ten as it did from
first to last, and where that is less than a tenth it stays. Prices are for an hour of a core, and for a gigabyte and
month.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle, pairwise
from math import log10
from pathlib import Path

Points = Mapping[int, float]
AIM = 100_000_000
STEADY = 0.1
"""Share of its cost by which a step may grow with a factor of ten and still count as steady."""
MS, BYTES = "ms an article", "bytes an article"
MS_PER_HOUR = 3_600_000
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 380, 60, 250, 24, 40
LEAST, MOST = 0.01, 100.0
"""Milliseconds an article at the ends of the chart."""
PARTS: Mapping[str, tuple[Sequence[str], str]] = {
    "reading short articles": (("reading short articles",), "any number"),
    "or whole ones": (("reading whole articles",), "any number"),
    "linking": (("linking: sketch", "linking: bands", "linking: pairs"), "any number"),
    "merging and sealing": (("merging", "saving", "sealing"), "one"),
    "taking copies over": (("taking copies over",), "one"),
}
"""What is done to an archive, and by how many processes at a time."""
COLOURS = (
    "#1b6ca8",
    "#b5451b",
    "#3a7d34",
    "#7a4ea3",
    "#8a6d00",
    "#00807a",
    "#a3325f",
    "#555555",
    "#c08a00",
    "#4b5fc4",
    "#222222",
)
LABEL = 15


def main() -> int:
    args = _arguments()
    figures = _read(args.figures)
    print("\n".join(_table(figures)))
    print("\n".join(_reckoned(figures, args.price, args.disk_price)))
    if args.chart:
        args.chart.write_text("\n".join(_chart(figures[MS])) + "\n", "utf-8")
    return 0


def _read(path: Path) -> Mapping[str, Mapping[str, Points]]:
    """What each step cost at each size, by unit."""
    found: defaultdict[str, defaultdict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    with path.open(encoding="utf-8", newline="") as file:
        for step, articles, value, unit in csv.reader(line for line in file if not line.startswith("#")):
            found[unit][step][int(articles)] = float(value)
    return found


def _table(figures: Mapping[str, Mapping[str, Points]]) -> Iterator[str]:
    for unit, steps in figures.items():
        sizes = sorted({size for points in steps.values() for size in points})
        yield f"\n| {unit} | {' | '.join(f'{size:,}' for size in sizes)} |"
        yield "|---" * (len(sizes) + 1) + "|"
        for step, points in steps.items():
            cells = (_short(points[size]) if size in points else "" for size in sizes)
            yield f"| {step} | {' | '.join(cells)} |"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits


def _reckoned(figures: Mapping[str, Mapping[str, Points]], price: float, disk_price: float) -> Iterator[str]:
    yield f"\n| {AIM:,} articles | an article | hours of a core | at {price:g} | processes |"
    yield "|---" * 5 + "|"
    for name, (steps, processes) in PARTS.items():
        each = sum(_at(AIM, figures[MS][step]) for step in steps)
        hours = each * AIM / MS_PER_HOUR
        yield f"| {name} | {each:.2f} ms | {hours:,.0f} | {price * hours:,.0f} | {processes} |"
    yield f"\n| {AIM:,} articles | an article | together | a month at {disk_price:g} |"
    yield "|---" * 4 + "|"
    for name, points in figures[BYTES].items():
        size = _at(AIM, points) * AIM / 1e9
        yield f"| {name} | {_at(AIM, points):,.0f} bytes | {size:,.0f} GB | {disk_price * size:,.0f} |"


def _at(articles: int, points: Points) -> float:
    """What is to be expected at a size beyond those that were measured."""
    (first, least), (last, most) = min(points.items()), max(points.items())
    if first == last:
        return most
    grown = (most - least) / log10(last / first)
    return most + max(0.0, grown) * log10(articles / last) if grown > STEADY * most else most


def _chart(steps: Mapping[str, Points]) -> Iterator[str]:
    """A drawing of milliseconds an article over articles, both by powers of ten."""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12" role="img">'
    )
    yield "<title>What an article costs as the archive grows</title>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    yield from _grid()
    drawn = sorted(steps.items(), key=lambda one: -one[1][max(one[1])])
    for colour, (step, points), at in zip(cycle(COLOURS), drawn, _labels(drawn), strict=False):
        yield from _line(colour, step, points, at)
    yield "</svg>"


def _grid() -> Iterator[str]:
    for power in range(3, 7):
        at = _x(10**power)
        yield f'<path d="M{at:.0f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>'
        yield f'<text x="{at:.0f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>'
    for power in range(-2, 3):
        at = _y(10.0**power)
        yield f'<path d="M{LEFT} {at:.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 6}" y="{at + 4:.0f}" text-anchor="end">{10.0**power:g} ms</text>'
    yield f'<text x="{LEFT}" y="{HEIGHT - 6}">processor time of an article, by how many there are</text>'


def _line(colour: str, step: str, points: Points, label: float) -> Iterator[str]:
    places = [(_x(articles), _y(value)) for articles, value in sorted(points.items())]
    for (x, y), (to_x, to_y) in pairwise(places):
        yield f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="{colour}" stroke-width="2"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places)
    last_x, last_y = places[-1]
    side = WIDTH - RIGHT + 14
    yield f'<path d="M{last_x:.1f} {last_y:.1f}L{side - 4} {label - 4:.1f}" stroke="{colour}" stroke-dasharray="2 3"/>'
    yield f'<text x="{side}" y="{label:.1f}" fill="{colour}">{step}</text>'


def _labels(drawn: Sequence[tuple[str, Points]]) -> Iterable[float]:
    """Where names stand, from the top down, so that none lies on another."""
    at = 0.0
    for _, points in drawn:
        at = max(at + LABEL, _y(points[max(points)]) + 4)
        yield at


def _x(articles: float) -> float:
    return LEFT + max(0.0, log10(articles) - 3) / 3 * (WIDTH - LEFT - RIGHT)


def _y(value: float) -> float:
    share = (log10(min(max(value, LEAST), MOST)) - log10(LEAST)) / (log10(MOST) - log10(LEAST))
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path)
    parser.add_argument("--chart", type=Path, default=None)
    parser.add_argument("--price", type=float, default=0.04)
    parser.add_argument("--disk-price", type=float, default=0.08)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
