"""An article as read: text plus typed stand-off layers that point into it.

All offsets are code points, half-open. Layers are in order of start; `first` and `last` are
half-open token numbers, so that `document.tokens.lowers[mention.first:mention.last]` are a
mention's words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, final

from siaga.base.article import Article
from siaga.base.event import Event, Forecast, Magnitude, Precision, Quote
from siaga.base.record import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "DateMention", "Document", "Layer", "MagnitudeMention", "Mention", "MentionKind", "Name", "PlaceMention", "Reading",
    "Sentence", "States", "Syntax", "Tokens",
]  # fmt: skip

Layer = Literal[
    "language", "asides", "tokens", "sentences", "dates", "published", "mentions", "setting", "places", "magnitudes",
    "quotes", "events", "forecasts", "syntax", "states", "names",
]  # fmt: skip

MentionKind = Literal["country", "organisation", "group", "person", "generic"]


class Tokens(Record):
    """The words of the whole text, as parallel tuples of one length (no object a token)."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    forms: tuple[str, ...] = ()
    """As written."""
    lowers: tuple[str, ...] = ()
    """In lower case."""


class Sentence(Record):
    """A sentence: `[start, end)` in code points, `[first, last)` in tokens."""

    start: int
    end: int
    first: int
    last: int
    foreign: bool = False
    """Whether it is the headline of another article: words are quoted there, but acts are told elsewhere."""


class Aside(Record):
    """A stretch of the text `[start, end)` that is kept though it is none of the article, and why."""

    start: int
    end: int
    reason: str
    """`teaser`: whole lines, headlines of other articles; else, e.g. `navigation`: no sentence at all."""


class Syntax(Record):
    """The grammar of the whole text, as parallel tuples, one place a token. Empty where syntax was not read.

    Categories are those of Universal Dependencies; tokens outside of every sentence have empty ones.
    """

    heads: tuple[int, ...] = ()
    """Document-wide number of each token's head; -1 for the root of a sentence."""
    labels: tuple[str, ...] = ()
    """Relation to the head, e.g. `nsubj:pass`."""
    upos: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()


@final
class States:
    """What the syntax network makes of each word: numbers for those who read on from there; never stored.

    Equal only to itself, so that documents can still be compared.
    """

    __slots__ = ("row_of", "rows")

    def __init__(self, rows: NDArray[np.float32], row_of: tuple[int, ...]) -> None:
        """`rows[row_of[token]]` are the vector of a token's form and its state, side by side; -1 where it has none."""
        self.rows = rows
        self.row_of = row_of


class Name(Record):
    """A proper name found by its looks and surroundings, not by our tables: `PER`, `ORG`, `LOC` or `EVT`."""

    start: int
    end: int
    first: int
    last: int
    kind: str


class Mention(Record):
    """A stretch of text that names an actor, at its fullest: office, organisation and name together.

    "Sekretaris Jenderal NATO Jens Stoltenberg" is one mention of kind `person`, with code NATO.
    """

    start: int
    end: int
    first: int
    last: int
    kind: MentionKind
    code: str | None
    """ISO 3166-1 alpha-3 or a code of the shared list; null where the country is not known from the mention itself."""
    name: str
    """Canonical name of the actor, or the fullest name the article gives of a person."""
    sector: str | None
    """PLOVER sector, e.g. GOV, MIL, COP, REB, CVL."""
    office: str | None = None
    """For a person: the office as we name it in the article's language, e.g. "Sekretaris Jenderal"."""
    organisation: str | None = None
    """For a person: name of the organisation or country of the office."""
    capital: bool = False
    """A capital or seat that may stand for its government ("Kiev", "Kremlin", "Gedung Putih")."""
    units: tuple[tuple[int, int], ...] = ()
    """Tokens `[first, last)` within it that name a country, body or group: "NATO" of "Sekretaris Jenderal NATO"."""


class PlaceMention(Record):
    """A stretch of text that names a place."""

    start: int
    end: int
    first: int
    last: int
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: Precision


class DateMention(Record):
    """A date expression with the inclusive days it can mean. Null bounds are open."""

    start: int
    end: int
    first: int
    last: int
    earliest: str | None
    latest: str | None
    rule: str


class MagnitudeMention(Record):
    """A number with its unit, e.g. "puluhan ribu pasukan"."""

    start: int
    end: int
    first: int
    last: int
    value: Magnitude
    rule: str | None = None


class Document(Record):
    """An article and the layers read so far."""

    article: Article
    tokens: Tokens = Tokens()
    sentences: tuple[Sentence, ...] = ()
    asides: tuple[Aside, ...] = ()
    dates: tuple[DateMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    setting: str | None = None
    """Country (alpha-3) in which the article as a whole plays: what "the police" belong to. Null if not plain."""
    places: tuple[PlaceMention, ...] = ()
    magnitudes: tuple[MagnitudeMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    syntax: Syntax = Syntax()
    states: Any = None
    """`States`, where syntax was read; msgspec knows no type of numpy's."""
    names: tuple[Name, ...] = ()


class Reading(Record):
    """One line of `siaga read`: what is said in one article."""

    article: Article
    events: tuple[Event, ...]
    title_events: tuple[Event, ...]
    quotes: tuple[Quote, ...]
    forecasts: tuple[Forecast, ...]
