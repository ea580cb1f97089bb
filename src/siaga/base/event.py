"""What an article says: events, quotes, forecasts, in the shapes of the JSON contract."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from siaga.base.record import Record

__all__ = [
    "LONGEST_ACT", "Event", "EventType", "Evidence", "Forecast", "Magnitude", "Party", "Place", "Precision", "Quote",
    "Status", "told_day",
]  # fmt: skip

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["happened", "planned", "considered", "possible", "denied"]
Precision = Literal["site", "city", "region", "country", "sea"]

LONGEST_ACT = timedelta(days=14)
"""What lasts longer ("this year") is too vague to say when, or to be the same as something else within it."""


class Evidence(Record):
    """One sentence: `text == article.text[start:end]`."""

    start: int
    end: int
    text: str


class Party(Record):
    """Who does, or to whom. `code` is null where the party is unknown."""

    code: str | None
    name: str | None
    sector: str | None
    text: str


class Place(Record):
    """Where an event happens. `country` is null at sea; coordinates are WGS 84 degrees."""

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: Precision


class Magnitude(Record):
    """A number range with its unit: `maximum` is null for "at least", `minimum` 0 for "up to"."""

    minimum: float
    maximum: float | None
    unit: str
    text: str


class Event(Record):
    """A coded sentence: who did what to whom, where, when, how sure. Dates are inclusive days."""

    id: str
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    status: Status
    trigger: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Place | None
    earliest: str | None
    latest: str | None
    when_text: str | None
    magnitude: tuple[Magnitude, ...]
    speaker: str | None
    medium: str | None
    evidence: Evidence
    confidence: float
    rule: str


class Quote(Record):
    """Attributed speech. Direct: `words == article.text[start:end]`; indirect: words null, span of the content."""

    speaker: str | None
    speaker_text: str | None
    office: str | None
    organisation: str | None
    code: str | None
    anonymous: bool
    medium: str | None
    direct: bool
    words: str | None
    start: int
    end: int


class Forecast(Record):
    """A claim about a future window, tied to the event it foresees."""

    id: str
    event: str
    speaker: str | None
    code: str | None
    medium: str | None
    status: Status
    words: str
    window_earliest: str | None
    window_latest: str | None
    condition: str | None
    resolvable: bool
    reason: str | None
    evidence: Evidence


def told_day(event: Event, published: str | None) -> str:
    """The day an event is told for; that of publication if none is told or it is too vague to be one.

    Empty if neither is known.
    """
    own = event.earliest or event.latest
    if own is None or (published and _is_vague(event)):
        return (published or "")[:10]
    return own


def _is_vague(event: Event) -> bool:
    if not event.earliest or not event.latest:
        return False
    return date.fromisoformat(event.latest) - date.fromisoformat(event.earliest) > LONGEST_ACT
