"""What an article says: events, quotes, forecasts, in the shapes of the JSON contract."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from siaga.base.record import Record

__all__ = [
    "AHEAD", "LONGEST_ACT", "Corrected", "Event", "EventType", "Evidence", "Forecast", "Magnitude", "Party", "Place",
    "Precision", "Quote", "Status", "told_day",
]  # fmt: skip

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["happened", "planned", "considered", "possible", "denied"]
Precision = Literal["site", "city", "region", "country", "sea"]

AHEAD: frozenset[Status] = frozenset({"possible", "planned"})
"""What is only weighed or denied is no claim about the future."""
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


class Corrected(Record):
    """The correction that an event stands by: it says what an analyst says, not what the reader read."""

    correction: str
    """Its id."""
    by: str
    moment: str
    """RFC 3339, UTC."""


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
    corrected: Corrected | None = None
    """Null where a reader's word stands."""


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
