"""The same act told by several articles, put together: what a brief's line stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import LONGEST_ACT, Event, EventType, Party, Place, Status, told_day
from siaga.base.pack import asset, read_rows
from siaga.base.record import Record
from siaga.extract.actor_tables import Body, Country

__all__ = [
    "GRAVE",
    "Cited",
    "Fact",
    "cited",
    "day_of",
    "facts",
    "is_background",
    "is_vague",
    "known_names",
    "names_of",
    "party_key",
    "weight",
]

DEEDS: frozenset[EventType] = frozenset(
    {"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST", "RETREAT", "AID", "COOPERATE"}
)
"""Types that are deeds; the others are words."""
GRAVE: frozenset[EventType] = frozenset({"ASSAULT", "MOBILIZE"})
"""Deeds of force or of posture: what a crisis is watched for."""
BACKGROUND_DAYS = 31
"""Days before publication; what is over for longer is background: papers tell of old wars in new articles."""
NARROW = frozenset({"site", "city"})
"""Precisions at which another name is another place."""
SURE_ENOUGH = 0.5
"""Confidence (0 to 1) below which an event stays out of reports: more likely wrong than right."""
SAME_ACT_DAYS = 2
"""Days between two mentions of an act that gives no date of its own, at most: papers follow up for a day or two."""
ORDINARY: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types in which it makes no difference which side is named first."""


class Cited(Record):
    """An event and the article that says it."""

    event: Event
    article: Article


class Fact(Record):
    """One act with all that is said of it, surest first."""

    said: tuple[Cited, ...]

    @property
    def event(self) -> Event:
        """The event as the surest article tells it."""
        return self.said[0].event

    @property
    def own_words(self) -> tuple[Cited, ...]:
        """What is said of it without verbatim repeats: a sentence that returns is a copy, whoever prints it."""
        return tuple({" ".join(one.event.evidence.text.split()): one for one in reversed(self.said)}.values())[::-1]

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources that report it in sentences of their own, each once."""
        return tuple(dict.fromkeys(one.article.source or one.article.id for one in self.own_words))

    @property
    def first_day(self) -> str:
        """The earliest day it is told for."""
        return min(day_of(one) for one in self.said)


def cited(readings: Iterable[Reading], *, sure: float = SURE_ENOUGH) -> tuple[Cited, ...]:
    """The events of these articles' bodies that are sure enough, with their articles."""
    return tuple(
        Cited(event=event, article=reading.article)
        for reading in readings
        for event in reading.events
        if event.confidence >= sure
    )


def facts(events: Iterable[Cited]) -> tuple[Fact, ...]:
    """Acts, most reported first: same type, status and parties, at days that overlap and places that agree."""
    keyed = sorted(events, key=_sort_key)
    found = [fact for _, same in groupby(keyed, key=_act_key) for fact in _overlapping(same)]
    return tuple(sorted(found, key=_most_reported))


def day_of(one: Cited) -> str:
    """The day an event is told for; that of publication if none is told or it is too vague to be one."""
    return told_day(one.event, one.article.published)


def is_background(one: Cited) -> bool:
    """Whether it was over long before it was told here."""
    last = one.event.latest or one.event.earliest
    if last is None or not one.article.published:
        return False
    told = date.fromisoformat(one.article.published[:10])
    return last < (told - timedelta(days=BACKGROUND_DAYS)).isoformat()


def weight(event: Event) -> int:
    """How much an event tells: grave before other deeds before words, happened before not, with named parties."""
    named = bool(event.actors) + bool(event.recipients)
    return 4 * (event.type in GRAVE) + 2 * (event.type in DEEDS) + 3 * (event.status == "happened") + named


def party_key(party: Party) -> str:
    """What makes two parties the same: their code, or their words."""
    return party.code or (party.name or party.text).casefold()


def is_vague(one: Cited) -> bool:
    """Whether the days told are too many to say when ("this year")."""
    first, last = _window(one)
    return bool(first) and date.fromisoformat(last) - date.fromisoformat(first) > LONGEST_ACT


def names_of(readings: Iterable[Reading], language: str) -> Mapping[str, str]:
    """The name to show for each code: ours, else the one most used in articles of this language, else in any."""
    counts: Counter[tuple[str, bool, str]] = Counter(
        (party.code, reading.article.language == language, party.name)
        for reading in readings
        for event in reading.events
        for party in (*event.actors, *event.recipients)
        if party.code and party.name
    )
    ranked = sorted(counts, key=lambda key: (key[1], counts[key], key[2]))
    return {**{code: name for code, _, name in ranked}, **known_names(language)}


@cache
def known_names(language: str) -> Mapping[str, str]:
    """The names of countries, organisations and groups in a language, by code, from our own tables."""
    countries = read_rows(asset("actors", "countries.csv"), Country)
    bodies = (row for table in ("organisations", "groups") for row in read_rows(asset("actors", f"{table}.csv"), Body))
    rows: tuple[Country | Body, ...] = (*countries, *bodies)
    names = ((row.code, getattr(row, f"name_{language}", "")) for row in reversed(rows))
    return {code: name for code, name in names if name}


def _act_key(one: Cited) -> tuple[EventType, Status, tuple[str, ...], tuple[str, ...]]:
    event = one.event
    actors = tuple(sorted({party_key(party) for party in event.actors}))
    recipients = tuple(sorted({party_key(party) for party in event.recipients}))
    if event.type in ORDINARY:
        return event.type, event.status, tuple(sorted({*actors, *recipients})), ()
    return event.type, event.status, actors, recipients


def _sort_key(one: Cited) -> tuple[object, ...]:
    return _act_key(one), _window(one), -one.event.confidence, one.event.id


def _overlapping(same: Iterable[Cited]) -> Iterator[Fact]:
    """Runs of mentions of which each begins before all earlier ones have ended."""
    run: list[Cited] = []
    until = ""
    for one in same:
        first, last = _window(one)
        if run and not _one_act(run, one, until):
            yield _fact(run)
            run, until = [], ""
        run.append(one)
        until = max(until, last) if first else last
    if run:
        yield _fact(run)


def _one_act(run: Sequence[Cited], one: Cited, until: str) -> bool:
    if not all(_places_agree(before.event.place, one.event.place) for before in run):
        return False
    if is_vague(run[-1]) or is_vague(one):
        return _window(run[-1]) == _window(one)
    return _window(one)[0] <= until


def _places_agree(one: Place | None, other: Place | None) -> bool:
    """Whether two mentions can be of one place: another country is another place, and so is another town."""
    if one is None or other is None:
        return True
    if one.country != other.country:
        return False
    points = (one.latitude, one.longitude), (other.latitude, other.longitude)
    narrow = one.precision in NARROW and other.precision in NARROW
    return not narrow or one.name == other.name or points[0] == points[1] != (None, None)


def _window(one: Cited) -> tuple[str, str]:
    """First and last day of an event; where none is told, the days before publication."""
    event = one.event
    if event.earliest or event.latest:
        return event.earliest or event.latest or "", event.latest or event.earliest or ""
    if not one.article.published:
        return "", ""
    told = date.fromisoformat(one.article.published[:10])
    return (told - timedelta(days=SAME_ACT_DAYS)).isoformat(), told.isoformat()


def _fact(run: Iterable[Cited]) -> Fact:
    return Fact(
        said=tuple(sorted(run, key=lambda one: (-one.event.confidence, one.article.published or "", one.event.id)))
    )


def _most_reported(fact: Fact) -> tuple[object, ...]:
    return -len(fact.sources), -weight(fact.event), -fact.event.confidence, fact.first_day, fact.event.id
