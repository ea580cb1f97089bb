"""Copies: which articles derive from one text, what shows it, and how many sources are left when copies are merged.

Sketch ──CandidateIndex──▶ ids worth a look ──compare──▶ Pair ──▶ Lineage ──▶ Independence
"""

from __future__ import annotations

from typing import Literal, Protocol

from siaga.base.article import Article
from siaga.base.event import Evidence
from siaga.base.record import Record

__all__ = [
    "COPIES", "LEAST_KEYS", "MOST_SHARING", "Candidate", "CandidateIndex", "Independence", "Lineage", "Link", "Linked",
    "Match", "Pair", "PairRelation", "Relation", "Sketch", "Source", "Voice",
]  # fmt: skip

Relation = Literal["original", "exact", "near", "reworded", "translated", "wire"]
"""What an article is in its lineage: `wire` prints the same agency text as another, neither from the other."""
PairRelation = Literal["exact", "near", "reworded", "translated", "wire", "independent", "different"]
"""`independent`: both report the same happening in their own words; `different`: they share little or nothing."""
COPIES: frozenset[PairRelation] = frozenset({"exact", "near", "reworded", "translated", "wire"})


MOST_SHARING = 64
"""Articles that may have a key before it says nothing any more: it is boilerplate, or everybody's news."""


LEAST_KEYS = 2
"""Keys that two articles share if one is worth a look beside the other: by accident any two share one sooner or later,
and the more there are, the more often. Of 323 known copies all that can be told have two (docs/linking.md)."""


class Sketch(Record):
    """What is kept of an article to find others like it; a pure function of its text.

    Two articles of which one holds most of the other, or which name the same people and numbers in the same
    sentences, share keys, whatever their languages.
    """

    id: str
    digest: int
    """64 bits of all its words in order, cases and marks left out: equal for exact copies."""
    keys: tuple[int, ...]
    """63-bit hashes, of word runs and of names and numbers that stand together; at most some sixty."""


class Candidate(Record):
    """An article that shares keys with the one that is asked about."""

    id: str
    exact: bool
    """Whether the words are the same."""
    shared: float
    """Weight of the keys they share, rare ones counting most: the sum of 1 / (number of articles that have the key)."""


class CandidateIndex(Protocol):
    """Finds the articles that may derive from the same text; in memory and in the store."""

    def add(self, sketch: Sketch, /) -> None:
        """Take in an article; again, it changes nothing."""
        ...

    def remove(self, article: str, /) -> None:
        """Forget an article, as if it had never been added."""
        ...

    def candidates(self, sketch: Sketch, /, *, most: int) -> tuple[Candidate, ...]:
        """The articles taken in that share most with this one and two keys at least, best first; not itself."""
        ...


class Match(Record):
    """A sentence of one article and the one of another that says the same."""

    a: Evidence
    b: Evidence
    likeness: float
    """0 to 1; 1: the same words."""


class Pair(Record):
    """How two articles relate, how sure that is, and what shows it. `a` is the lesser id."""

    a: str
    b: str
    relation: PairRelation
    probability: float
    """That both derive from one text."""
    copy: str | None
    """Id of the one that was made from the other, by content and credit first, time second; null: not known."""
    copy_probability: float
    """That it is this one and not the other: 0.5 to 1."""
    earlier: str | None
    """Id of the one that was published first; null where the days don't say."""
    matches: tuple[Match, ...] = ()
    """In the order of `a`; the copies' evidence."""
    shared: tuple[str, ...] = ()
    """The first names and figures that both have, as `a` spells them, without countries and months; of copies alone."""
    only_a: tuple[str, ...] = ()
    """Those that only `a` has."""
    only_b: tuple[str, ...] = ()


class Link(Record):
    """Where an article stands: one line of `siaga link --format jsonl`."""

    kind: Literal["article"]
    id: str
    story: str | None
    """Null, or its lineage, where stories were not looked for."""
    lineage: str
    relation: Relation
    copied_from: str | None
    """Id of the article it was made from; null for originals and wires."""
    probability: float
    """That the relation to its lineage is right; 1 where it stands alone."""


class Lineage(Record):
    """Articles that derive from one text: origin first, each after what it was made from."""

    id: str
    links: tuple[Link, ...]
    origins: tuple[str, ...]
    """The articles that may be its origin: all that were not surely made from another one here."""

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of its articles."""
        return tuple(link.id for link in self.links)


class Linked(Record):
    """Articles that were linked, what was found between them, and what follows from it."""

    articles: tuple[Article, ...]
    pairs: tuple[Pair, ...]
    lineages: tuple[Lineage, ...]
    """Of every article; one that is linked to none has its own."""


class Voice(Record):
    """On whose word an article, or a claim in it, rests: what counts when sources are counted."""

    article: str
    owner: str | None
    """Owner of its source, or the source where no owner is known."""
    outlet: str | None = None
    """Its source, where that has an owner: others credit it by this name."""
    credited: str | None = None
    """The one whose text it prints, by a credit line or dateline; of a claim, who is said to make it."""
    cites: tuple[str, ...] = ()
    """Media that it says it quotes, the credited one included, its own left out."""
    anonymous: bool = False
    """Whether all whom it quotes have no name."""


class Source(Record):
    """An independent source: lineages that have an owner, an agency or a cited source in common."""

    name: str | None
    """The source that is cited, else the owner; null where neither is known."""
    lineages: tuple[str, ...]
    anonymous: bool
    """Whether all of it rests on sources without a name."""


class Independence(Record):
    """What is left when copies, common owners and common sources are merged: 41 articles, 7 texts, 3 sources."""

    articles: int
    texts: int
    """Lineages."""
    sources: tuple[Source, ...]
    """Those with a name to stand behind them, and those without."""

    @property
    def independent_sources(self) -> int:
        """How many independent sources there are; those that are anonymous are counted apart."""
        return sum(not source.anonymous for source in self.sources)

    @property
    def anonymous_sources(self) -> int:
        """How many more rest on sources without a name alone."""
        return sum(source.anonymous for source in self.sources)
