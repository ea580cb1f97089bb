"""Claims about what may or will happen, and what a source counts: what was said, how it is checked, what came of it.

Forecast, sentence ──▶ Claim with its Query ──▶ Entry of the ledger ──▶ Verdict, once there is an answer

A query is a record, never code: whoever reads it can say what would make the claim come true.
"""

from __future__ import annotations

from typing import Literal

from siaga.base.event import EventType, Evidence, Status
from siaga.base.record import Record

__all__ = [
    "ANSWERED", "Band", "BandName", "Because", "BecauseCode", "Claim", "ClaimKind", "Condition", "CountQuery", "Entry",
    "Medium", "Occurrence", "Outcome", "Query", "Standing", "Unresolvable", "Verdict", "Watch",
]  # fmt: skip

ClaimKind = Literal["forecast", "count"]
"""`count`: a source's own "for the second time this year"."""
Outcome = Literal["open", "hit", "miss", "partly", "void", "agrees", "differs", "cannot_tell"]
"""The last three of counts, the others of forecasts. `void`: nothing can be said of it any more."""
ANSWERED: frozenset[Outcome] = frozenset({"hit", "miss", "partly"})
"""Outcomes of forecasts that count in a record."""
Unresolvable = Literal[
    "no_day", "no_window", "window_over", "window_too_long", "no_parties", "unsure_reading", "hypothetical",
    "condition_unclear", "not_a_claim",
]  # fmt: skip
"""Why no later news can settle a claim. `hypothetical`: what is foreseen is itself only the condition or the question;
`not_a_claim`: an analyst says so."""
BandName = Literal[
    "remote", "very_unlikely", "unlikely", "even", "likely", "very_likely", "almost_certain", "possible", "intended",
    "announced",
]  # fmt: skip
BecauseCode = Literal[
    "told", "told_by_few", "before_window", "after_window", "part_of_parties", "may_be_another", "nothing_told",
    "little_read", "not_over", "late_news", "end_by_rule", "condition_not_told", "counted", "counted_stretch",
    "present_counted", "present_not_counted", "period_not_read", "few_weeks", "thin",
]  # fmt: skip


class Band(Record):
    """How probable the words say it is: 0 to 1, both ends included."""

    name: BandName
    low: float
    high: float
    words: str | None = None
    """The words that say so; null where only the status does."""

    @property
    def middle(self) -> float:
        """The chance by which it is scored."""
        return (self.low + self.high) / 2


class Query(Record):
    """What would have to be told for something to have come true. Days are inclusive."""

    types: tuple[EventType, ...]
    actors: tuple[str, ...]
    """Codes, any of which; none: whoever."""
    recipients: tuple[str, ...]
    mutual: bool
    """It makes no difference who is named on which side."""
    country: str | None
    """Where, alpha-3; null: anywhere."""
    place: str | None
    """Where in a country that is the only party: of its acts of a kind there are many."""
    earliest: str
    latest: str
    end_by_rule: bool
    """The claim names no end; this one is ours."""
    least_sources: int
    """Independent ones that must tell it."""


class Condition(Record):
    """The clause under which a claim is made, and what would have to be told for it to be met."""

    words: str
    query: Query | None


class CountQuery(Record):
    """What a source counts: the so-many-th stretch of unusual weeks of a series within a period."""

    units: tuple[str, ...]
    """As of `siaga episodes`: `RUS>UKR`, and `@UKR` where the place is told. The first that has the present one counts,
    else the first."""
    family: str
    ordinal: int
    since: str
    until: str
    """First and last day of the period; the last is the day on which it was said."""


class Claim(Record):
    """What somebody says may or will happen, or what a source counts."""

    id: str
    kind: ClaimKind
    made: str | None
    """Day on which it was published."""
    speaker: str | None
    """Null: the article's own word."""
    code: str | None
    """Of the speaker's country or organisation."""
    medium: str | None
    """To whom the speaker said it."""
    source: str | None
    """Who printed it first."""
    article: str | None
    event: str | None
    """Id of the event it foresees, as it was read; both null for a claim that was added by hand."""
    evidence: Evidence
    words: str
    """Those that name the window, or count."""
    status: Status
    band: Band | None
    """Null for counts."""
    type: EventType
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    """As named."""
    country: str | None
    earliest: str | None
    latest: str | None
    """The window as it was said; a null end is open."""
    condition: Condition | None = None
    query: Query | None = None
    count: CountQuery | None = None
    reason: Unresolvable | None = None
    """Why it can't be resolved; null if it can."""
    by: str | None = None
    """Who added it by hand, or changed it."""
    note: str | None = None


class Medium(Record):
    """An article that carries a claim."""

    article: str
    source: str | None
    published: str | None


class Because(Record):
    """A reason of a verdict, in numbers and days that a message puts into words."""

    code: BecauseCode
    number: float = 0.0
    other: float = 0.0
    first: str | None = None
    last: str | None = None
    unit: str | None = None


class Verdict(Record):
    """What came of a claim, by what was known on a day."""

    claim: str
    as_of: str
    outcome: Outcome
    because: tuple[Because, ...]
    events: tuple[str, ...] = ()
    """Ids of the events that decided it."""
    decided: str | None = None
    """Day on which it came true."""
    base_rate: float | None = None
    """How often the same query came true in stretches of the same length before it was made; null: too little past."""


class Entry(Record):
    """A claim in the ledger."""

    number: int
    claim: Claim
    entered: str
    """RFC 3339, UTC."""
    supersedes: str | None = None
    superseded_by: str | None = None
    media: tuple[Medium, ...] = ()
    """The articles that carry it, the first one first; none for a claim that was added by hand."""


class Standing(Record):
    """An entry, and what is known of it on a day."""

    entry: Entry
    verdict: Verdict | None
    """Null if it can't be resolved."""


class Occurrence(Record):
    """An event as it bears on a claim."""

    event: str
    article: str
    source: str | None
    voices: tuple[str, ...]
    """Outlets whose text it may be: of a copy, those of its original. Those who share one are one source."""
    day: str
    """The day it is told for, else that of publication."""
    published: str
    type: EventType
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    country: str | None
    place: str | None
    confidence: float


class Watch(Record):
    """How well we were looking when a claim was to come true."""

    newest: str
    """Day of the newest article that is known."""
    first: str
    """Day of the oldest."""
    articles: int
    """That tell anything of its parties within the window."""
