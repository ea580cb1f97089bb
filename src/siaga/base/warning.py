"""A warning: one country or pair on one day, its level, and all that the level stands on.

what was told by that day ──▶ acts ──▶ series, episodes, signals ──rule──▶ level
╰── sentences, sources, odds, past alarms, state of the data ──▶ card
"""

from __future__ import annotations

from typing import Literal

from siaga.base.event import Event, EventType, Status
from siaga.base.record import Record

__all__ = [
    "LEVELS", "Act", "AlarmRecord", "Card", "Change", "ClaimAbout", "Condition", "Driver", "Episodes", "Footnote",
    "Level", "Method", "Odds", "SeriesTold", "SignalKind", "Signals", "Sources", "Span", "Stand", "UnitKind",
    "WatchState",
]  # fmt: skip

Level = Literal["normal", "waspada", "siaga", "awas"]
LEVELS: tuple[Level, ...] = ("normal", "waspada", "siaga", "awas")
"""From the least to the gravest."""
UnitKind = Literal["pair", "country"]
SignalKind = Literal["force", "coercion", "posture", "threat", "feared"]
WatchState = Literal["watched", "learning", "source_failure", "silent", "unmonitored"]
"""`learning`: too little came before to know what is usual. `source_failure`: sources that feed it failed. `silent`:
nothing at all came in for longer than chance explains. `unmonitored`: nothing was ever told of it."""


class Act(Record):
    """One act as it became known, however many articles tell of it. Days are numbers (`date.toordinal`)."""

    actor: str | None
    other: str | None
    """To whom; where nobody is named, the country in which it happens."""
    type: EventType
    status: Status
    told: int
    """Day of publication of the first article that tells it."""
    day: int
    """On which it took place; that of publication where none is told, and for what has not happened."""
    number: int = 1
    """Events of an import that are told as one row."""
    imported: bool = False


class Condition(Record):
    """What must be told for a level: all parts of it."""

    level: Level
    units: tuple[UnitKind, ...]
    episode: bool = False
    """An episode is open."""
    acts: int = 0
    """Acts that warn, in the recent days."""
    kinds: int = 0
    """Different kinds of them."""
    force: int = 0
    """Acts of force."""


class Signals(Record):
    """What a level is judged by."""

    episode: bool
    acts: int
    kinds: tuple[SignalKind, ...]
    force: int


class Span(Record):
    """An episode: the days of its first and its last act."""

    first: str
    last: str
    acts: int


class Episodes(Record):
    """The episodes of a series as they could be told apart on the day, the latest last."""

    spans: tuple[Span, ...]
    open: bool
    """The last may go on."""
    number_in_year: int
    """The last is the so-many-th that began in its calendar year; 0 where there is none."""
    number_in_twelve_months: int
    since: str
    """First day that was looked at."""
    judged_since: str | None
    """First day from which weeks could be judged, in hindsight where they lay too early; null while nothing could."""


class SeriesTold(Record):
    """A series in the seven and the twenty-eight days up to the day."""

    name: Literal["signals", "conflict"]
    observed: float
    """Acts in the seven days."""
    expected: float | None
    """If all is as usual; null while that is learnt."""
    bound: float | None
    """The number from which the seven days would be unusual."""
    ratio: float | None
    """Observed by expected."""
    chance: float | None
    """Of so many or more in the seven days, if all is as usual."""
    observed_four_weeks: float
    expected_four_weeks: float | None
    chance_four_weeks: float | None
    weeks_known: int
    last_year: tuple[float, ...]
    """Acts in each seven days up to the day, the latest last; 52 at most."""
    episodes: Episodes


class Footnote(Record):
    """A sentence that the card stands on: `sentence == article.text[start:end]`."""

    number: int
    article: str
    url: str | None
    source: str | None
    published: str | None
    event: str
    start: int
    end: int
    sentence: str


class Driver(Record):
    """What moves the level: one kind of act between two sides, with its latest sentence."""

    signal: SignalKind | None
    """Null for what does not warn, but says where it is going: a withdrawal, talks."""
    event: Event
    """As the sentence tells it."""
    first: str
    last: str
    """Days on which such acts are told to be."""
    acts: int
    articles: int
    independent_sources: int
    notes: tuple[int, ...]
    events: tuple[str, ...]
    """Ids, that of the sentence first."""


class Sources(Record):
    """On how many words the acts that warn rest: 41 articles, 7 texts, 3 sources."""

    articles: int
    texts: int
    independent: int
    anonymous: int
    names: tuple[str, ...]


class Odds(Record):
    """How likely an act of force is within the horizon, beside what simple forecasts say."""

    horizon_weeks: int
    probability: float | None
    """Null where too little is known for a calibrated one: never guessed."""
    low: float | None
    high: float | None
    """Of what came of past forecasts like this one, nine times in ten; null where there were too few."""
    like_this: int
    """Past forecasts like this one, of all units."""
    came_true: int
    model: str | None
    weeks_known: int
    weeks_needed: int
    units: int
    """That are looked at together: those told of lately, and those told of most."""
    base_cases: int
    """Weeks of all units whose horizon is over."""
    base_true: int
    """Of them, those that were followed by an act of force."""
    own_cases: int
    own_true: int
    """The same of this unit alone."""
    persistence: bool
    """Whether there was one in the last weeks, as many as the horizon: that it goes on as it was."""


class AlarmRecord(Record):
    """How past warnings of this series did, each week judged by what was known then."""

    weeks: int
    """That could be judged."""
    alarms: int
    """Runs of weeks above normal that are over for as long as the horizon, or were followed before."""
    pending: int
    """Runs that are not: an act of force may still follow them."""
    followed: int
    """Of the alarms, those that an act of force followed within the horizon."""
    onsets: int
    """Acts of force after a quiet time."""
    onsets_warned: int
    """Of them, those before which a warning stood."""


class ClaimAbout(Record):
    """A forecast claim about what the card is about, as the ledger has it."""

    id: str
    speaker: str | None
    words: str
    published: str | None
    window_earliest: str | None
    window_latest: str | None
    state: Literal["open", "hit", "miss", "partly", "void", "unresolvable"]
    reason: str | None
    """Why it stands so, as the code of its first reason: `BecauseCode` or `Unresolvable` of `base.claim`."""
    article: str | None = None
    source: str | None = None
    sentence: str | None = None


class Stand(Record):
    """The state of the data on the day: what silence means."""

    state: WatchState
    articles: int
    """Published in the seven days."""
    usual_articles: float | None
    """The middle of the eight times seven days before; null where fewer lie before."""
    outlets: int
    """That published in the 28 days."""
    young_outlets: int
    """Of them, those of which nothing was stored from before the last eight weeks: more acts may be more to read."""
    newest: str | None
    """Day of the newest article by then."""
    newest_about: str | None
    """The same of those that tell of the unit or one of its sides."""
    failed: tuple[str, ...]
    """Sources that failed within the seven days."""
    unlinked: int
    """Articles, of those that count here, among which copies were not looked for: `siaga link`."""


class Change(Record):
    """What would change the judgement."""

    level: Level
    """To which it would come."""
    condition: Condition | None
    """The nearest condition that raises it; null where it falls by itself."""
    lacking_acts: int = 0
    lacking_kinds: int = 0
    lacking_force: int = 0
    lacking_episode: bool = False
    day: str | None = None
    """The day on which it falls if nothing more is told."""


class Method(Record):
    """How it was judged."""

    program: str
    rule: int
    """Version of `assets/warning/rule.toml`."""


class Card(Record):
    """A warning."""

    kind: Literal["warning"]
    version: Literal[1]
    unit: str
    unit_kind: UnitKind
    as_of: str
    """Everything that was published up to and on this day is known, and nothing later; days as outlets give them."""
    level: Level | None
    """Null where nothing can be said, since nothing comes in: never normal then."""
    confirmed: bool
    """Two independent sources or more stand behind the acts that warn."""
    because: Condition | None
    """The condition that is met; null for normal."""
    signals: Signals
    recent_days: int
    series: tuple[SeriesTold, ...]
    sources: Sources
    drivers: tuple[Driver, ...]
    more_drivers: int
    easing: tuple[Driver, ...]
    """Withdrawals, concessions and talks that are told."""
    odds: Odds
    alarms: AlarmRecord
    claims: tuple[ClaimAbout, ...]
    stand: Stand
    changes: tuple[Change, ...]
    notes: tuple[Footnote, ...]
    method: Method
