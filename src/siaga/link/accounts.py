"""What the mentions of one act say together: the best day and place, numbers that agree and that can't all be true."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from siaga.base.event import Event, Magnitude, Party, Place, Status
from siaga.base.ids import content_id
from siaga.base.story import Contradiction, Incident, StatusTold
from siaga.link.incidents import AHEAD, Told

__all__ = ["incident_of"]

PRECISIONS = {"site": 0, "city": 1, "region": 2, "sea": 3, "country": 4}
RANKS: Mapping[Status, int] = {"denied": 0, "considered": 1, "possible": 2, "planned": 3, "happened": 4}
"""Of what is told on one day, the surest comes last; that it is denied on the same day takes nothing from it."""
Range = tuple[float, float]
OPEN = float("inf")
FEW = 4
"""How many times fewer mentions than the most told party one may have."""


def incident_of(told: Sequence[Told], independent_sources: Callable[[Sequence[Told]], int]) -> Incident:
    """The incident that these mentions are of.

    Args:
        told: mentions of one act, the one that tells it best first.
        independent_sources: how many independent sources stand behind mentions.

    """
    first = min(told, key=lambda one: (one.happening is None, one.published or "~", one.event.id))
    history = tuple(_history(told))
    earliest, latest = _best_days(told)
    return Incident(
        kind="incident",
        id=content_id("incident", first.event.id),
        story=_most_common(one.story for one in told),
        type=first.event.type,
        status=history[-1].status,
        actors=_parties(one.event.actors for one in told),
        recipients=_parties(one.event.recipients for one in told),
        place=_best_place(told),
        earliest=earliest,
        latest=latest,
        events=tuple(one.event.id for one in told),
        articles=tuple(dict.fromkeys(one.article for one in told)),
        independent_sources=independent_sources(told),
        status_history=history,
        magnitude=tuple(_magnitudes(told)),
        contradictions=(*_number_contradictions(told), *_status_contradictions(told), *_day_contradictions(told)),
    )


def _history(told: Iterable[Told]) -> Iterator[StatusTold]:
    """What it was said to be, day by day; what is only foreseen after it happened is no news of it."""
    by_day: defaultdict[tuple[str, Status], list[str]] = defaultdict(list)
    happened = min((one.published or "" for one in told if one.event.status == "happened"), default=None)
    for one in told:
        day, status = one.published or "", one.event.status
        if status not in AHEAD or happened is None or day <= happened:
            by_day[day, status].append(one.event.id)
    for day, status in sorted(by_day, key=lambda key: (key[0], RANKS[key[1]])):
        yield StatusTold(day=day or None, status=status, events=tuple(sorted(by_day[day, status])))


def _best_days(told: Iterable[Told]) -> tuple[str | None, str | None]:
    """The days most mentions tell, the narrower where equally many do; of what happened, if it did."""
    happened = [one for one in told if one.event.status == "happened"]
    ranges = Counter(
        (one.event.earliest, one.event.latest) for one in happened or told if one.event.earliest or one.event.latest
    )
    if not ranges:
        return None, None
    return min(ranges, key=lambda days: (-ranges[days], days[0] != days[1], days[0] or "", days[1] or ""))


def _best_place(told: Iterable[Told]) -> Place | None:
    """The narrowest place; of several, the one most told."""
    places = [one.event.place for one in told if one.event.place is not None]
    names = Counter(place.name for place in places)
    return min(places, key=lambda place: (PRECISIONS[place.precision], -names[place.name], place.name), default=None)


def _parties(sides: Iterable[tuple[Party, ...]]) -> tuple[Party, ...]:
    """Each party once, the most told first; those that few mentions name beside the others are left out."""
    counts: Counter[str] = Counter()
    known: dict[str, Party] = {}
    for side in sides:
        for party in side:
            key = party.code or (party.name or party.text).casefold()
            counts[key] += 1
            known.setdefault(key, party)
    least = max(counts.values(), default=0) / FEW
    return tuple(known[key] for key in sorted(known, key=lambda key: (-counts[key], key)) if counts[key] >= least)


def _magnitudes(told: Iterable[Told]) -> Iterator[Magnitude]:
    """Of each unit, the range in which most mentions agree; told by the mention that is nearest to it."""
    for unit, numbers in _by_unit(told).items():
        ranges = [_range(number) for number, _ in numbers]
        low, high = _agreed(ranges)
        nearest = min(numbers, key=lambda pair: (abs(_range(pair[0])[0] - low), _range(pair[0])[1], pair[1].event.id))[
            0
        ]
        yield Magnitude(minimum=low, maximum=None if high == OPEN else high, unit=unit, text=nearest.text)


def _by_unit(told: Iterable[Told]) -> Mapping[str, list[tuple[Magnitude, Told]]]:
    units: defaultdict[str, list[tuple[Magnitude, Told]]] = defaultdict(list)
    for one in told:
        for number in one.event.magnitude:
            units[number.unit].append((number, one))
    return units


def _range(number: Magnitude) -> Range:
    return number.minimum, OPEN if number.maximum is None else number.maximum


def _agreed(ranges: Sequence[Range]) -> Range:
    """The stretch that lies in most of the ranges, the highest of several: tolls rise as they become known."""
    starts = sorted({low for low, _ in ranges})
    best = max(starts, key=lambda point: (sum(low <= point <= high for low, high in ranges), point))
    inside = [one for one in ranges if one[0] <= best <= one[1]]
    return best, min(high for _, high in inside)


def _number_contradictions(told: Sequence[Told]) -> Iterator[Contradiction]:
    """Numbers of one unit that can't all be true: twelve, and at least twenty.

    Numbers that one article tells side by side are of different things: ten diplomats, and 32 people on a list.
    """
    for unit, numbers in _by_unit(told).items():
        groups: defaultdict[Range, list[tuple[Magnitude, Told]]] = defaultdict(list)
        for number, one in numbers:
            groups[_range(number)].append((number, one))
        kept = sorted(one for one in groups if any(_contradict(groups[one], groups[other]) for other in groups))
        if kept:
            yield Contradiction(
                field="magnitude", unit=unit,
                values=tuple(groups[one][0][0].text for one in kept),
                events=tuple(tuple(sorted({mention.event.id for _, mention in groups[one]})) for one in kept),
            )  # fmt: skip


def _contradict(some: Sequence[tuple[Magnitude, Told]], others: Sequence[tuple[Magnitude, Told]]) -> bool:
    one, other = _range(some[0][0]), _range(others[0][0])
    articles, its_articles = {mention.article for _, mention in some}, {mention.article for _, mention in others}
    return (one[1] < other[0] or other[1] < one[0]) and articles.isdisjoint(its_articles)


def _status_contradictions(told: Sequence[Told]) -> Iterator[Contradiction]:
    """Some say that it happened, others that it didn't; an article that says both speaks of two things."""
    happened, denied = (
        {one.article for one in told if one.event.status == status} for status in ("happened", "denied")
    )
    clear = [one for one in told if one.article not in happened & denied]
    yield from _contradiction("status", ((one.event.status, one.event) for one in clear), {"happened", "denied"})


def _day_contradictions(told: Iterable[Told]) -> Iterator[Contradiction]:
    """Single days that are told for what happened, and differ."""
    days = [(one.days[0], one.event) for one in told if one.says_day and one.event.status == "happened"]
    yield from _contradiction("day", days, {day for day, _ in days})


def _contradiction(field: str, told: Iterable[tuple[str, Event]], kept: set[str]) -> Iterator[Contradiction]:
    values: defaultdict[str, list[str]] = defaultdict(list)
    for value, event in told:
        if value in kept:
            values[value].append(event.id)
    if len(values) > 1:
        names = sorted(values)
        yield Contradiction(
            field="status" if field == "status" else "day", unit=None, values=tuple(names),
            events=tuple(tuple(sorted(values[name])) for name in names),
        )  # fmt: skip


def _most_common(names: Iterable[str]) -> str:
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name))
