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
from siaga.report.catalogue import catalogue_languages

__all__ = [
    "GRAVE",
    "Cited",
    "Fact",
    "cited",
    "code_of",
    "day_of",
    "facts",
    "is_background",
    "is_concrete",
    "is_vague",
    "known_names",
    "names_of",
    "party_key",
    "places_agree",
    "says_its_day",
    "weight",
]

DEEDS: frozenset[EventType] = frozenset(
    {"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST", "RETREAT", "AID", "COOPERATE"}
)
"""Types that are deeds; the others are words."""
GRAVE: frozenset[EventType] = frozenset({"ASSAULT", "MOBILIZE"})
"""Deeds of force or of posture: what a crisis is watched for."""
ACCUSING: frozenset[EventType] = frozenset({"ACCUSE"})
BACKGROUND_DAYS = 14
"""Days before publication; what is over for longer is background: papers tell of old wars in new articles."""
NARROW = frozenset({"site", "city"})
"""Precisions at which another name is another place."""
SURE_ENOUGH = 0.5
"""Confidence (0 to 1) below which an event stays out of reports: more likely wrong than right."""
TELLING = 0.1
"""Confidence that a mention which says the day, or a town or number, may lack to lead a line all the same."""
SAME_ACT_DAYS = 2
"""Days between two mentions of an act that gives no date of its own, at most: papers follow up for a day or two."""
SAME_PROSPECT_DAYS = 31
"""Days between two mentions of what has not happened and has no date, at most: fears last longer than news of deeds."""
ORDINARY: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types in which it makes no difference which side is named first."""


class Cited(Record):
    """An event and the article that says it."""

    event: Event
    article: Article
    accusers: tuple[Party, ...] = ()
    """Who accuses its actor in the same sentence: what they say was done is their word."""


class Fact(Record):
    """One act with all that is said of it; the mention that tells it best comes first."""

    said: tuple[Cited, ...]

    @property
    def event(self) -> Event:
        """The event as the mention that leads tells it."""
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
        Cited(event=event, article=reading.article, accusers=_accusers(event, reading.events))
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


def says_its_day(one: Cited) -> bool:
    """Whether the day of an event stands in its own sentence, and can be that of what it tells.

    Other days are inferred from sentences before it; what has happened by the day of the paper did not happen later.
    """
    event, published = one.event, (one.article.published or "")[:10]
    if not event.when_text or event.when_text not in event.evidence.text:
        return False
    return not (event.status == "happened" and published and (event.earliest or "") > published)


def is_background(one: Cited) -> bool:
    """Whether it was over long before it was told here."""
    last = one.event.latest or one.event.earliest
    if last is None or not one.article.published:
        return False
    told = date.fromisoformat(one.article.published[:10])
    return last < (told - timedelta(days=BACKGROUND_DAYS)).isoformat()


def weight(event: Event) -> int:
    """How much an event tells: grave before other deeds before words, happened before not, with named parties.

    An attack of which neither actor nor town nor number is told is mostly named in passing ("since the attack").
    """
    named = bool(event.actors) + bool(event.recipients)
    passing = not event.actors and not is_concrete(event)
    told = 4 * (event.type in GRAVE) + 2 * (event.type in DEEDS) + 3 * (event.status == "happened") + named
    return told - 6 * passing


def is_concrete(event: Event) -> bool:
    """Whether a number or a town is told: else it is a war at large, not an act."""
    return bool(event.magnitude) or bool(event.place and event.place.precision in NARROW)


def party_key(party: Party) -> str:
    """What makes two parties the same: their code, or their words."""
    return party.code or (party.name or party.text).casefold()


def is_vague(one: Cited) -> bool:
    """Whether the days told are too many to say when ("this year")."""
    first, last = one.event.earliest, one.event.latest
    return bool(first and last) and date.fromisoformat(last or "") - date.fromisoformat(first or "") > LONGEST_ACT


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


def code_of(name: str) -> str | None:
    """The code of a country, organisation or group by its name in any of our languages."""
    return _codes_by_name().get(name.casefold())


@cache
def _codes_by_name() -> Mapping[str, str]:
    return {name.casefold(): code for language in catalogue_languages() for code, name in known_names(language).items()}


def _accusers(event: Event, others: Iterable[Event]) -> tuple[Party, ...]:
    """Whoever accuses an actor of the event in its sentence."""
    if event.type in ACCUSING:
        return ()
    accused = {party_key(party) for party in event.actors}
    return tuple(
        accuser
        for other in others
        if other.type in ACCUSING and other.evidence == event.evidence
        if accused & {party_key(party) for party in other.recipients}
        for accuser in other.actors
        if party_key(accuser) not in accused
    )


def _act_key(one: Cited) -> tuple[EventType, Status, tuple[str, ...], tuple[str, ...], bool]:
    """What mentions of one act have in common.

    Within one country a code is too wide: a governor who criticises and a court that accuses are two acts, so there it
    is by their names that parties are the same.
    """
    event, undated = one.event, _is_undated_prospect(one)
    actors = tuple(sorted({party_key(party) for party in event.actors}))
    recipients = tuple(sorted({party_key(party) for party in event.recipients}))
    if actors == recipients:
        actors, recipients = _named(event.actors), _named(event.recipients)
    if event.type in ORDINARY:
        return event.type, event.status, tuple(sorted({*actors, *recipients})), (), undated
    return event.type, event.status, actors, recipients, undated


def _named(side: Iterable[Party]) -> tuple[str, ...]:
    return tuple(sorted({(party.text or party.name or "").casefold() for party in side}))


def _is_undated_prospect(one: Cited) -> bool:
    """Whether it has not happened and its sentence gives no day: a day from elsewhere in the article isn't its own."""
    return one.event.status != "happened" and not says_its_day(one)


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
    if not all(_kinds_agree(before.event, one.event) for before in run):
        return False
    if not _is_undated_prospect(one) and (is_vague(run[-1]) or is_vague(one)):
        return _window(run[-1]) == _window(one)
    return _window(one)[0] <= until


def _kinds_agree(one: Event, other: Event) -> bool:
    """Whether mode and place let two mentions be of one act; what is not told can be anything."""
    modes = {one.mode, other.mode} - {None}
    return len(modes) < 2 and places_agree(one.place, other.place)  # noqa: PLR2004 - two are one too many


def places_agree(one: Place | None, other: Place | None) -> bool:
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
    event, undated = one.event, _is_undated_prospect(one)
    if (event.earliest or event.latest) and not undated:
        return event.earliest or event.latest or "", event.latest or event.earliest or ""
    if not one.article.published:
        return "", ""
    told = date.fromisoformat(one.article.published[:10])
    back = timedelta(days=SAME_PROSPECT_DAYS if undated else SAME_ACT_DAYS)
    return (told - back).isoformat(), told.isoformat()


def _fact(run: Iterable[Cited]) -> Fact:
    return Fact(said=tuple(sorted(run, key=_best_told)))


def _best_told(one: Cited) -> tuple[float, str, str]:
    """The surest first; one that says the day, or a town or a number, before one that is little surer and doesn't."""
    telling = says_its_day(one) + is_concrete(one.event)
    return -one.event.confidence - TELLING * telling, one.article.published or "", one.event.id


def _most_reported(fact: Fact) -> tuple[object, ...]:
    return -len(fact.sources), -weight(fact.event), -fact.event.confidence, fact.first_day, fact.event.id
