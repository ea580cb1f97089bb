"""What an analyst gives as words and codes -> an event, its parties and place named as our tables name them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from siaga.base.article import Article
from siaga.base.errors import GivenError
from siaga.base.event import Event, EventType, Evidence, Party, Place, Status
from siaga.base.ids import content_id
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.pack import asset, languages, read_rows
from siaga.base.record import Record
from siaga.extract.actor_tables import Body
from siaga.extract.actor_tables import Country as CountryActor
from siaga.extract.gazetteer import Country, KnownPlace, gazetteer
from siaga.extract.tokens import tokenise

__all__ = ["Given", "given_event", "merged_event", "new_event"]

BY_ANALYST = "analyst"


class Given(Record):
    """What of an event an analyst gives: null leaves it as it was, empty takes it away."""

    type: EventType | None = None
    mode: str | None = None
    status: Status | None = None
    trigger: str | None = None
    actors: tuple[str, ...] | None = None
    """Codes."""
    recipients: tuple[str, ...] | None = None
    earliest: str | None = None
    latest: str | None = None
    place: str | None = None
    """A name."""
    country: str | None = None
    """Alpha-3: of the place or, without one, the country as a whole."""


class Mode(Record):
    """A row of `ontology/modes.csv`."""

    type: str
    mode: str
    score: float | None = None
    gloss: str = ""


def new_event(article: Article, sentence: Evidence, given: Given) -> Event:
    """An event that the reader did not find, in a sentence of an article or its title.

    Raises:
        GivenError: something that is given can't be.

    """
    if not given.type or not given.trigger:
        raise GivenError("expected at least a type and the trigger, the word of the sentence that tells of it")
    blank = Event(
        id=content_id("event", article.id, sentence.start, given.type, given.trigger, BY_ANALYST),
        type=given.type, mode=None, contexts=(), cameo=None, status="happened", trigger=given.trigger, actors=(),
        recipients=(), place=None, earliest=None, latest=None, when_text=None, magnitude=(), speaker=None, medium=None,
        evidence=sentence, confidence=1.0, rule=BY_ANALYST,
    )  # fmt: skip
    return given_event(blank, given, article.language, ())


def given_event(event: Event, given: Given, language: str | None, others: Iterable[Event]) -> Event:
    """The event with what is given; the rest stays as it was, but for what can't be true of it any more.

    Args:
        event: as it stood.
        given: what an analyst says of it.
        language: of the article, in which parties and places are named.
        others: events of the article, whose parties are named as there.

    Raises:
        GivenError: something that is given can't be.

    """
    spoken = language if language in languages() else languages()[0]
    named = {party.code: party for one in (*others, event) for party in (*one.actors, *one.recipients)}
    type_ = given.type or event.type
    mode = _mode(type_, given.mode) if given.mode is not None else event.mode if type_ == event.type else None
    days = _days(event, given)
    return event.replace(
        type=type_,
        mode=mode,
        cameo=event.cameo if (type_, mode) == (event.type, event.mode) else None,
        status=given.status or event.status,
        trigger=_trigger(event, given),
        actors=event.actors if given.actors is None else _parties(given.actors, named, spoken),
        recipients=event.recipients if given.recipients is None else _parties(given.recipients, named, spoken),
        earliest=days[0],
        latest=days[1],
        when_text=event.when_text if days == (event.earliest, event.latest) else None,
        place=event.place if given.place is None and given.country is None else _place(given, spoken),
    )


def merged_event(events: Iterable[Event]) -> Event:
    """One event of several that are one act: the first, with what the others add."""
    first, *others = events
    for other in others:
        first = first.replace(
            mode=first.mode if other.type != first.type else first.mode or other.mode,
            contexts=tuple(dict.fromkeys((*first.contexts, *other.contexts))),
            actors=_united(first.actors, other.actors),
            recipients=_united(first.recipients, other.recipients),
            place=first.place or other.place,
            earliest=first.earliest or other.earliest,
            latest=first.latest or other.latest,
            when_text=first.when_text or other.when_text,
            magnitude=tuple(dict.fromkeys((*first.magnitude, *other.magnitude))),
            speaker=first.speaker or other.speaker,
            medium=first.medium or other.medium,
        )
    return first


def _united(parties: Iterable[Party], others: Iterable[Party]) -> tuple[Party, ...]:
    """Each party once: by its code or, without one, by its words."""
    united: dict[str, Party] = {}
    for party in (*parties, *others):
        united.setdefault(party.code or party.text, party)
    return tuple(united.values())


def _mode(type_: EventType, mode: str) -> str | None:
    known = [row.mode for row in read_rows(asset("ontology", "modes.csv"), Mode) if row.type == type_]
    if mode and mode not in known:
        meant = did_you_mean(nearest(mode, known))
        raise GivenError(f"unknown mode {mode!r} of {type_}.{meant} Known are {', '.join(known) or 'none'}")
    return mode or None


def _trigger(event: Event, given: Given) -> str:
    """The trigger as the sentence has it."""
    if given.trigger is None:
        return event.trigger
    start = event.evidence.text.casefold().find(given.trigger.casefold())
    if start < 0 or not given.trigger:
        raise GivenError(f"the sentence has no {given.trigger!r}: {event.evidence.text}")
    return event.evidence.text[start : start + len(given.trigger)]


def _days(event: Event, given: Given) -> tuple[str | None, str | None]:
    earliest = event.earliest if given.earliest is None else given.earliest or None
    latest = event.latest if given.latest is None else given.latest or None
    if earliest and latest and earliest > latest:
        raise GivenError(f"the earliest day, {earliest}, comes after the latest, {latest}")
    return earliest, latest


def _parties(codes: Iterable[str], named: dict[str | None, Party], language: str) -> tuple[Party, ...]:
    """The parties of these codes, named as the article names them, else as our tables do."""
    return tuple(named.get(code) or _party(code, language) for code in dict.fromkeys(codes))


def _party(code: str, language: str) -> Party:
    name, sector = _known(language).get(code, (code, None))
    return Party(code=code, name=name, sector=sector, text="")


@cache
def _known(language: str) -> dict[str, tuple[str, str]]:
    """Name and sector by code; a name in force goes before one of former times."""
    found: dict[str, tuple[str, str]] = {}
    for table in ("organisations", "groups"):
        for body in read_rows(asset("actors", f"{table}.csv"), Body):
            found.setdefault(body.code, (getattr(body, f"name_{language}"), body.sector))
    for country in read_rows(asset("actors", "countries.csv"), CountryActor):
        found.setdefault(country.code, (getattr(country, f"name_{language}"), "GOV"))
    return found


def _place(given: Given, language: str) -> Place | None:
    """The place of this name, the largest in the country if that is given; the country as a whole if no name is."""
    if not given.place:
        return _country(given.country, language) if given.country else None
    match = gazetteer(language).names.at(forms, 0) if (forms := tokenise(given.place).forms) else None
    places = match.value if match and match.last == len(forms) else ()
    fitting = [place for place in places if given.country in {None, "", place.country}]
    if fitting:
        return _as_place(max(fitting, key=lambda place: (place.precision != "city", place.population)))
    if not given.country:
        raise GivenError(f"unknown place {given.place!r}; give its country with it to name it all the same")
    return Place(name=given.place, country=given.country, latitude=None, longitude=None, precision="city")


def _country(code: str | None, language: str) -> Place | None:
    rows = (row for row in read_rows(asset("places", "countries.csv"), Country) if row.language == language)
    row = next((row for row in rows if row.code == code), None)
    if row is None:
        raise GivenError(f"{code} is no country that something can happen in")
    return Place(name=row.name, country=code, latitude=row.latitude, longitude=row.longitude, precision="country")


def _as_place(known: KnownPlace) -> Place:
    return Place(
        name=known.name, country=known.country, latitude=known.latitude, longitude=known.longitude,
        precision=known.precision,
    )  # fmt: skip
