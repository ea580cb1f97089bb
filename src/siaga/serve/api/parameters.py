"""What resources may be asked, by the names that the options of the commands have; read out of a query."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta
from starlette.datastructures import QueryParams

from siaga.base.claim import ClaimKind
from siaga.base.event import EventType, Status
from siaga.base.record import Record
from siaga.base.warning import Level
from siaga.serve.api.problems import AskedError
from siaga.serve.asked import as_code
from siaga.serve.claimed import AnyOutcome, ClaimQuestion
from siaga.serve.warned import Wanted
from siaga.store.analysis import Selection
from siaga.store.browse import ArticleQuestion, IncidentQuestion, Place, QuoteQuestion, RejectQuestion
from siaga.store.series import Each, Unit, unit_of
from siaga.store.stories import StoryQuestion

__all__ = [
    "PAGING", "ArticlesAsked", "ClaimsAsked", "EventsAsked", "IncidentsAsked", "NothingAsked", "Paged", "QuotesAsked",
    "RejectsAsked", "StoriesAsked", "UnitAsked", "WarningsAsked", "asked_of", "cursor_of", "place_of",
]  # fmt: skip

Asked = TypeVar("Asked", bound=Record)
MOST = 1000
Day = Annotated[date, Meta(description="YYYY-MM-DD")]
Code = Annotated[str, Meta(max_length=80, description="A code (RUS, NATO) or a name, in English or Indonesian.")]
Name = Annotated[str, Meta(max_length=200)]
Limit = Annotated[int, Meta(ge=1, le=MOST, description="Items of a page at the most.")]
Cursor = Annotated[str, Meta(max_length=2000, description="`next` of the page before.")]


class NothingAsked(Record):
    """No parameters."""


class Paged(Record):
    """How much is asked for at once."""

    limit: Limit = 100
    cursor: Cursor | None = None


PAGING = Paged.__struct_fields__
"""What exports, which are whole, don't take."""


class ArticlesAsked(Paged):
    """Which articles. What is repeated means any of them; different parameters must all be met."""

    since: Annotated[Day | None, Meta(description="Published on this day or later.")] = None
    until: Annotated[Day | None, Meta(description="Published on this day or before.")] = None
    source: Annotated[tuple[Name, ...], Meta(description="Who published it.")] = ()
    text_language: Annotated[tuple[Name, ...], Meta(description="Language of the article, e.g. id.")] = ()

    def question(self) -> ArticleQuestion:
        """The same as the store is asked."""
        return ArticleQuestion(
            since=_day(self.since), until=_day(self.until), sources=self.source, languages=self.text_language
        )


class EventsAsked(Paged):
    """Which events, as `siaga events` chooses them."""

    actor: Annotated[tuple[Code, ...], Meta(description="Who does it.")] = ()
    recipient: Annotated[tuple[Code, ...], Meta(description="To whom it is done.")] = ()
    type: Annotated[tuple[EventType, ...], Meta(description="What is done.")] = ()
    status: tuple[Status, ...] = ()
    country: Annotated[tuple[Code, ...], Meta(description="Where it happens.")] = ()
    source: Annotated[tuple[Name, ...], Meta(description="Who reports it.")] = ()
    text_language: Annotated[tuple[Name, ...], Meta(description="Language of the article, e.g. id.")] = ()
    since: Annotated[Day | None, Meta(description="First day for which it is told.")] = None
    until: Annotated[Day | None, Meta(description="Last day, inclusive.")] = None
    published_since: Annotated[Day | None, Meta(description="First day of publication.")] = None
    published_until: Annotated[Day | None, Meta(description="Last day, inclusive.")] = None
    min_confidence: Annotated[float, Meta(ge=0, le=1, description="How sure the reader must be.")] = 0.0
    titles: Annotated[bool, Meta(description="Events of titles, too; most are told again in the text.")] = False

    def question(self) -> Selection:
        """The same as the store is asked."""
        return Selection(
            actors=_codes(self.actor), recipients=_codes(self.recipient), types=self.type, statuses=self.status,
            countries=_codes(self.country), languages=self.text_language, sources=self.source,
            since=_day(self.since), until=_day(self.until), published_since=_day(self.published_since),
            published_until=_day(self.published_until), least_confidence=self.min_confidence, titles=self.titles,
        )  # fmt: skip


class StoriesAsked(Paged):
    """Which stories, as `siaga stories` chooses them."""

    since: Annotated[Day | None, Meta(description="Told on this day or later.")] = None
    until: Annotated[Day | None, Meta(description="Told on this day or before.")] = None
    actor: Annotated[tuple[Code, ...], Meta(description="A party of what is told.")] = ()
    type: Annotated[tuple[EventType, ...], Meta(description="An act it tells of.")] = ()
    source: Annotated[tuple[Name, ...], Meta(description="Who reports it.")] = ()
    text_language: Annotated[tuple[Name, ...], Meta(description="Language of one of its articles.")] = ()
    min_articles: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    min_sources: Annotated[int, Meta(ge=0, le=1_000_000, description="Independent sources, at the least.")] = 0

    def question(self) -> StoryQuestion:
        """The same as the store is asked."""
        return StoryQuestion(
            since=_day(self.since), until=_day(self.until), codes=_codes(self.actor), types=self.type,
            sources=self.source, languages=self.text_language, least_articles=self.min_articles,
            least_sources=self.min_sources,
        )  # fmt: skip


class IncidentsAsked(Paged):
    """Which incidents."""

    since: Annotated[Day | None, Meta(description="The act took place on this day or later.")] = None
    until: Annotated[Day | None, Meta(description="On this day or before.")] = None
    type: tuple[EventType, ...] = ()
    status: tuple[Status, ...] = ()
    story: Annotated[Name | None, Meta(description="Id of a story that tells it.")] = None
    min_sources: Annotated[int, Meta(ge=0, le=1_000_000, description="Independent sources, at the least.")] = 0

    def question(self) -> IncidentQuestion:
        """The same as the store is asked."""
        return IncidentQuestion(
            since=_day(self.since), until=_day(self.until), types=self.type, statuses=self.status, story=self.story,
            least_sources=self.min_sources,
        )  # fmt: skip


class QuotesAsked(ArticlesAsked):
    """Which quotes; days are those of publication."""

    article: Annotated[Name | None, Meta(description="Id of the article.")] = None
    code: Annotated[tuple[Code, ...], Meta(description="The speaker's country or organisation.")] = ()
    speaker: Annotated[Name | None, Meta(description="A part of the name.")] = None

    def question(self) -> QuoteQuestion:
        """The same as the store is asked."""
        return QuoteQuestion(
            since=_day(self.since), until=_day(self.until), sources=self.source, languages=self.text_language,
            article=self.article, codes=_codes(self.code), speaker=self.speaker,
        )  # fmt: skip


class ClaimsAsked(Paged):
    """Which claims, as `siaga claims` chooses them."""

    speaker: Annotated[Name | None, Meta(description="A part of the name.")] = None
    actor: Annotated[tuple[Code, ...], Meta(description="Parties of what is foreseen: all of them.")] = ()
    outcome: tuple[AnyOutcome, ...] = ()
    kind: ClaimKind | None = None
    since: Annotated[Day | None, Meta(description="Said on this day or later.")] = None
    until: Annotated[Day | None, Meta(description="Said on this day or before.")] = None
    as_of: Annotated[Day | None, Meta(description="By what was known on this day.")] = None

    def question(self) -> ClaimQuestion:
        """The same as the ledger is asked."""
        return ClaimQuestion(
            speaker=self.speaker, parties=_codes(self.actor), outcomes=self.outcome, kind=self.kind,
            since=_day(self.since), until=_day(self.until), as_of=_day(self.as_of),
        )  # fmt: skip


class RejectsAsked(Paged):
    """Which rejects."""

    stage: Annotated[Name | None, Meta(description="Where it was met, e.g. load, collect, save.")] = None
    reason: Annotated[Name | None, Meta(description="Why, e.g. empty, binary, broken_json.")] = None

    def question(self) -> RejectQuestion:
        """The same as the store is asked."""
        return RejectQuestion(stage=self.stage, reason=self.reason)


class WarningsAsked(Record):
    """Which warnings, as `siaga warn` chooses them."""

    as_of: Annotated[Day | None, Meta(description="By what was known on this day; the newest by default.")] = None
    country: Annotated[tuple[Code, ...], Meta(description="Always shown, whatever its level.")] = ()
    pair: Annotated[tuple[Name, ...], Meta(description="RUS-UKR: always shown, whatever its level.")] = ()
    watchlist: Annotated[tuple[Name, ...], Meta(description="All that is on a list.")] = ()
    level: Annotated[Level, Meta(description="The least that is listed.")] = "waspada"
    limit: Annotated[int, Meta(ge=1, le=200)] = 20

    def question(self) -> Wanted:
        """The same as is judged; lists are looked up by who knows them."""
        return Wanted(
            countries=_codes(self.country), pairs=tuple(_pair(one) for one in self.pair), level=self.level,
            most=self.limit,
        )  # fmt: skip


class UnitAsked(Record):
    """The weeks of which unit."""

    unit: Annotated[str, Meta(max_length=200, description="UKR, RUS-UKR, RUS>UKR (of which one acts), @UKR (there).")]
    family: Annotated[str, Meta(max_length=40, description="all, conflict, protest … or a type.")] = "conflict"
    as_of: Annotated[Day | None, Meta(description="By what was known on this day.")] = None
    each: Annotated[Each, Meta(description="What is counted of articles.")] = "story"

    def question(self) -> Unit:
        """The unit that is meant."""
        unit = unit_of(self.unit)
        return Unit(kind=unit.kind, one=as_code(unit.one), other=as_code(unit.other) if unit.other else None)


def asked_of(query: QueryParams, kind: type[Asked]) -> Asked:
    """What a query asks.

    Raises:
        AskedError: a parameter is unknown or not what was expected; told in our own words.

    """
    hints = get_type_hints(kind, include_extras=True)
    if any(name not in hints for name in query):
        raise AskedError(f"unknown parameter; there are {', '.join(hints) or 'none'}")
    values = {name: _value(query.getlist(name), name, hints[name]) for name in dict.fromkeys(query)}
    missing = [one.name for one in msgspec.structs.fields(kind) if one.required and one.name not in values]
    if missing:
        raise AskedError("expected it to be given", missing[0])
    return kind(**values)


def cursor_of(place: Place) -> str:
    """A place in an order, as who turns pages hands it back."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place_of(cursor: str | None, kind: Any) -> Place:  # noqa: ANN401 - an annotation
    """The place after which a page begins; empty at the beginning.

    Args:
        cursor: as `cursor_of` wrote it.
        kind: of places of the resource, e.g. `tuple[str | None, int]`.

    Raises:
        AskedError: it is no cursor of ours.

    """
    if cursor is None:
        return ()
    try:
        written = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), b"-_", validate=True)
        place = msgspec.json.decode(written, type=kind)
    except (ValueError, msgspec.DecodeError, RecursionError) as error:  # binascii's and those of codecs are ValueErrors
        raise AskedError("expected `next` of the page before, of the same resource", "cursor") from error
    return tuple(one.isoformat() if isinstance(one, date) else one for one in place)


def _value(given: list[str], name: str, hint: Any) -> Any:  # noqa: ANN401 - checked by its type
    """The value of a parameter, as its type has it."""
    several = _is_several(hint)
    if len(given) > 1 and not several:
        raise AskedError("expected it once", name)
    try:
        return msgspec.convert(given if several else given[-1], hint, strict=False)
    except msgspec.ValidationError as error:
        raise AskedError(f"expected {_expected(hint)}", name) from error


def _is_several(hint: Any) -> bool:  # noqa: ANN401 - an annotation
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return get_origin(hint) is tuple


def _expected(hint: Any) -> str:  # noqa: ANN401 - an annotation
    """The type of a parameter in the words of JSON Schema: our own, whatever was sent."""
    schema = msgspec.json.schema(hint)
    return msgspec.json.encode({name: value for name, value in schema.items() if name != "$defs"}).decode()


def _codes(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(as_code, words))


def _pair(written: str) -> str:
    one, found, other = written.partition("-")
    if not found:
        raise AskedError("expected two codes: RUS-UKR", "pair")
    return "-".join(sorted((as_code(one), as_code(other))))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
