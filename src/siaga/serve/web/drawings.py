"""What pages draw, as SVG whose every word is escaped; colours are the tokens of `tokens.css`.

A drawing has a title for those who can't see it, and its page has the same as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from siaga.base.lineage import Lineage, Link
from siaga.base.warning import Level, SeriesTold, Span
from siaga.monitor.scores import Bin
from siaga.monitor.weeks import WeekSeen
from siaga.report.svg import Point, area, circle, drawing, label, line, path, rectangle
from siaga.report.timeline import Moment

__all__ = ["columns", "family_tree", "level_mark", "reliability", "sparkline", "timeline", "weeks"]

SERIES, BAND, INK, QUIET, GROUND = "var(--series)", "var(--band)", "var(--ink)", "var(--quiet)", "var(--raised)"
FAILED, UNUSUAL, GRID = "var(--failed)", "var(--siaga)", "var(--line)"
SPARK = (160, 40)
SMALL = (420, 90)
CHART = (960, 280)
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 28, 34
STRIP = 5
"""Below a week without sources: a shade alone could hide behind what is drawn over it."""
LEAST_TOP = 4.0
"""Of a scale: a chart of ones and twos must not look like a war."""
TICKS = 8
DAY_WIDTH = 76
"""Of a written day."""
SQUARE = 300
"""Side of the reliability diagram."""
ROW, STEP, TREE_LEFT = 26, 30, 12
"""Height of an article in a tree, and how far it is moved in below what it was made from."""
MOST_TITLE = 70
"""Letters of a title in a drawing."""


def sparkline(told: SeriesTold, title: str) -> Markup:
    """A year of weeks as a line over the band of what is usual, the last of them a dot."""
    width, height = SPARK
    counts = told.last_year
    most = max(*counts, told.bound or 0.0, LEAST_TOP) if counts else LEAST_TOP
    step = (width - 8) / max(len(counts) - 1, 1)
    points = [(4 + place * step, _down(count, most, (4, height - 4))) for place, count in enumerate(counts)]
    marks = []
    if told.bound is not None:
        top = _down(told.bound, most, (4, height - 4))
        marks.append(rectangle((0, top), (width, height - 4 - top), BAND, title))
    marks.append(path(points, SERIES))
    marks += [circle(one, 3, SERIES, title) for one in points[-1:]]
    return _drawn(SPARK, title, marks)


def weeks(seen: Sequence[WeekSeen], spans: Sequence[Span], title: str, *, coverage: bool) -> Markup:
    """A bar a week over the band of what is usual; episodes are numbered, weeks without sources shaded.

    Args:
        seen: the weeks, in order.
        spans: episodes.
        title: of the drawing.
        coverage: articles that tell of the unit instead of acts; there is no band then.

    """
    frame = _Frame([float(one.articles) if coverage else one.count for one in seen], seen, coverage=coverage)
    marks = [*frame.grid(), *frame.shades(), *([] if coverage else frame.band()), *frame.bars()]
    marks += [] if coverage else frame.episodes(spans)
    return _drawn(CHART, title, [*marks, *frame.days()])


class _Frame:
    """The plane of a chart of weeks."""

    def __init__(self, values: Sequence[float], seen: Sequence[WeekSeen], *, coverage: bool) -> None:
        self.values, self.seen = values, seen
        bounds = [] if coverage else [one.bound or 0.0 for one in seen]
        self.most = max([*values, *bounds, LEAST_TOP])
        self.step = (CHART[0] - LEFT - RIGHT) / max(len(seen), 1)
        self.floor = CHART[1] - BOTTOM

    def x(self, week: float) -> float:
        return LEFT + week * self.step

    def y(self, value: float) -> float:
        return _down(min(value, self.most), self.most, (TOP, self.floor))

    def grid(self) -> Iterator[str]:
        for value in (0.0, self.most / 2, self.most):
            yield line((LEFT, self.y(value)), (CHART[0] - RIGHT, self.y(value)), GRID)
            yield label((LEFT - 6, self.y(value) + 4), f"{value:g}", anchor="end", colour=QUIET)

    def shades(self) -> Iterator[str]:
        for place, one in enumerate(self.seen):
            if one.failed or not one.all_articles:
                why = ", ".join(one.failed) or "–"
                for top, height, colour in ((TOP, self.floor - TOP, FAILED), (self.floor, STRIP, QUIET)):
                    yield rectangle((self.x(place), top), (self.step, height), colour, f"{one.first}: {why}")

    def band(self) -> Iterator[str]:
        for learnt, run in groupby(enumerate(self.seen), key=lambda one: one[1].bound is not None):
            if learnt:
                part = list(run)
                above = [(self.x(place + end), self.y(one.bound or 0)) for place, one in part for end in (0, 1)]
                yield area([(above[0][0], self.floor), *above, (above[-1][0], self.floor)], BAND)
                usual = [(self.x(place + end), self.y(one.expected or 0)) for place, one in part for end in (0, 1)]
                yield path(usual, QUIET)

    def bars(self) -> Iterator[str]:
        for place, (value, one) in enumerate(zip(self.values, self.seen, strict=True)):
            if value:
                top, colour = self.y(value), UNUSUAL if one.unusual else SERIES
                corner, size = (self.x(place + 0.1), top), (self.step * 0.8, self.floor - top)
                yield rectangle(corner, size, colour, f"{one.first} – {one.last}: {value:g}")

    def episodes(self, spans: Sequence[Span]) -> Iterator[str]:
        for number, span in enumerate(spans, 1):
            within = [place for place, one in enumerate(self.seen) if one.first <= span.last and span.first <= one.last]
            if within:
                begin, end = self.x(within[0]), self.x(within[-1] + 1)
                yield line((begin, TOP - 6), (end, TOP - 6), UNUSUAL)
                yield label(((begin + end) / 2, TOP - 10), str(number), anchor="middle", colour=INK)

    def days(self) -> Iterator[str]:
        """The first days of some weeks, evenly apart; one that has no room before the edge is left out."""
        for place in range(0, len(self.seen), max(1, -(-len(self.seen) // TICKS))):
            if self.x(place) + DAY_WIDTH <= CHART[0]:
                yield label((self.x(place), self.floor + 18), self.seen[place].first, colour=QUIET)


def columns(counts: Sequence[int], first: str, title: str) -> Markup:
    """A small column a week, from the week that begins on a day."""
    width, height = SMALL
    step, most = (width - 8) / max(len(counts), 1), max([*map(float, counts), LEAST_TOP])
    marks = [line((4, height - 18), (width - 4, height - 18), GRID)]
    for week, count in enumerate(counts):
        top = _down(count, most, (6, height - 18))
        if count:
            corner, size = (4 + week * step, top), (step * 0.8, height - 18 - top)
            marks.append(rectangle(corner, size, SERIES, f"{count}"))
    marks.append(label((4, height - 4), first, colour=QUIET))
    return _drawn(SMALL, title, marks)


def reliability(bins: Sequence[Bin], title: str) -> Markup:
    """How often forecasts came true by how probable they said it was; on the diagonal they kept their word."""
    edge, plane = 36, SQUARE - 2 * 36
    most = max((one.forecasts for one in bins), default=1)
    marks = [
        rectangle((edge, edge), (plane, plane), GROUND, title),
        line((edge, edge + plane), (edge + plane, edge), QUIET, dashed=True),
    ]
    for one in bins:
        if one.mean is not None and one.share is not None:
            place: Point = (edge + one.mean * plane, edge + (1 - one.share) * plane)
            radius = 3 + 7 * (one.forecasts / most) ** 0.5
            marks.append(circle(place, radius, SERIES, f"{one.mean:.2f} → {one.share:.2f} ({one.forecasts})"))
    for value in (0.0, 0.5, 1.0):
        marks.append(label((edge + value * plane, edge + plane + 16), f"{value:.0%}", anchor="middle", colour=QUIET))
        marks.append(label((edge - 4, edge + (1 - value) * plane + 4), f"{value:.0%}", anchor="end", colour=QUIET))
    return _drawn((SQUARE, SQUARE), title, marks)


def timeline(moments: Sequence[Moment], title: str) -> Markup:
    """Events by day or week; what happened of force or posture is in the colour of what is unusual."""
    most = max([*(float(one.events) for one in moments), LEAST_TOP])
    step, floor = (CHART[0] - LEFT - RIGHT) / max(len(moments), 1), 120
    marks = [line((LEFT, floor), (CHART[0] - RIGHT, floor), GRID)]
    for place, one in enumerate(moments):
        for count, colour in ((one.events, SERIES), (one.grave, UNUSUAL)):
            top = _down(count, most, (10, floor))
            if count:
                corner, size = (LEFT + place * step, top), (min(step * 0.8, 40), floor - top)
                marks.append(rectangle(corner, size, colour, f"{one.first}: {count}"))
    marks.extend(
        label((LEFT + place * step, floor + 16), moments[place].first, colour=QUIET)
        for place in range(0, len(moments), max(1, -(-len(moments) // TICKS)))
    )
    return _drawn((CHART[0], 145), title, marks)


def family_tree(lineage: Lineage, heads: Sequence[tuple[str, str]], title: str) -> Markup:
    """A lineage, each article below what it was made from.

    Args:
        lineage: what derives from what.
        heads: id of each article and what is written beside it.
        title: of the drawing.

    """
    told = dict(heads)
    placed = [(depth, link) for depth, link in _in_order(lineage) if link.id in told]
    rows = {link.id: row for row, (_, link) in enumerate(placed)}
    marks: list[str] = []
    for row, (depth, link) in enumerate(placed):
        place = _knot(depth, row)
        parent = link.copied_from or lineage.links[0].id
        if depth and parent in rows:
            above = _knot(depth - 1, rows[parent])
            marks += [line(above, (above[0], place[1]), QUIET), line((above[0], place[1]), place, QUIET)]
        marks.append(circle(place, 5, INK if not depth else SERIES, told[link.id]))
        marks.append(label((place[0] + 12, place[1] + 4), _short(told[link.id]), colour=INK))
    return _drawn((640, ROW * max(len(placed), 1) + 8), title, marks)


def level_mark(level: Level | None) -> Markup:
    """A level as a shape, to stand beside its word: ring, diamond, triangle, octagon; or a question."""
    colour = f"var(--{level or 'unknown'})"
    shapes: dict[str | None, list[Point]] = {
        "waspada": [(2, 9), (9, 2), (16, 9), (9, 16)],
        "siaga": [(9, 2), (17, 16), (1, 16)],
        "awas": [(5, 1), (13, 1), (17, 5), (17, 13), (13, 17), (5, 17), (1, 13), (1, 5)],
    }
    ring = f'<circle cx="9" cy="9" r="6" fill="none" stroke="{colour}" stroke-width="2.5"/>'
    sign = "" if level else label((9, 13), "?", anchor="middle", colour=colour)
    shape = area(shapes[level], colour) if level in shapes else ring + sign
    return Markup(f'<svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">{shape}</svg>')  # noqa: S704


def _in_order(lineage: Lineage) -> Iterator[tuple[int, Link]]:
    """Depth first; what was made from none at hand stands below the first."""
    ahead = [(0, lineage.links[0])]
    while ahead:
        depth, link = ahead.pop()
        yield depth, link
        made = [one for one in lineage.links[1:] if (one.copied_from or lineage.links[0].id) == link.id]
        ahead.extend((depth + 1, one) for one in reversed(made))


def _knot(depth: int, row: int) -> Point:
    return TREE_LEFT + depth * STEP, ROW * row + ROW / 2 + 4


def _short(text: str) -> str:
    return text if len(text) <= MOST_TITLE else f"{text[: MOST_TITLE - 1]}…"


def _down(value: float, most: float, plane: tuple[float, float]) -> float:
    """How far down a value lies between the top and the floor of a plane."""
    top, floor = plane
    return floor - (floor - top) * value / most


def _drawn(size: tuple[int, int], title: str, marks: Iterable[str]) -> Markup:
    return Markup(drawing(size, title, marks))  # noqa: S704 - `report.svg` has escaped every word
