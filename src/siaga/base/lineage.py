"""Copies: which articles derive from one text, what shows it, and how many sources are left when copies are merged.

Sketch ──CandidateIndex──▶ ids worth a look ──compare──▶ Pair ──▶ Lineage ──▶ Independence
"""

from __future__ import annotations

from typing import Literal, Protocol

from siaga.base.article import Article
from siaga.base.event import Evidence
from siaga.base.record import Record

__all__ = [
    "COPIES", "Candidate", "CandidateIndex", "Independence", "Lineage", "Link", "Linked", "Match", "Pair",
    "PairRelation", "Relation", "Sketch", "Voice",
]  # fmt: skip

Relation = Literal["original", "exact", "near", "reworded", "translated", "wire"]
"""What an article is in its lineage: `wire` prints the same agency text as another, neither from the other."""
PairRelation = Literal["exact", "near", "reworded", "translated", "wire", "independent", "different"]
"""`independent`: both report the same happening in their own words; `different`: they share little or nothing."""
COPIES: frozenset[PairRelation] = frozenset({"exact", "near", "reworded", "translated", "wire"})


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
        """The articles taken in that share most with this one, best first; not itself."""
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
    """Id of the one that was made from the other, by content and credit first, time second; null: neither is known to."""
    copy_probability: float
    """That it is this one and not the other: 0.5 to 1."""
    earlier: str | None
    """Id of the one that was published first; null where the days don't say."""
    matches: tuple[Match, ...] = ()
    """In the order of `a`; the copies' evidence."""
    shared: tuple[str, ...] = ()
    """Rare names, numbers and quotes that both have."""
    only_a: tuple[str, ...] = ()
    """Names and numbers that only `a` has."""
    only_b: tuple[str, ...] = ()


class Link(Record):
    """Where an article stands: one line of `siaga link --format jsonl`."""

    kind: Literal["article"] = "article"
    id: str  # type: ignore[misc]  # keyword-only, which mypy does not learn from our metaclass
    story: str | None = None
    lineage: str
    relation: Relation
    copied_from: str | None
    """Id of the article it was made from; null for originals and wires."""
    probability: float
    """That the relation to its lineage is right; 1 where it stands alone."""


class Lineage(Record):
    """Articles that derive from one text: origin first, then by how far they are from it."""

    id: str
    links: tuple[Link, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of its articles."""
        return tuple(link.id for link in self.links)

    @property
    def origin(self) -> str:
        """The article that the others lead back to."""
        return self.links[0].id


class Linked(Record):
    """Articles that were linked, what was found between them, and what follows from it."""

    articles: tuple[Article, ...]
    pairs: tuple[Pair, ...]
    lineages: tuple[Lineage, ...]
    """Of every article; one that is linked to none has its own."""


class Voice(Record):
    """On whose word an article rests: what counts when sources are counted."""

    article: str
    owner: str | None
    """Owner of its source, or the source where no owner is known."""
    cites: tuple[str, ...] = ()
    """Agencies and outlets that it credits or says it quotes, by the name we know them by."""
    credited: str | None = None
    """The one whose text it prints or retells, by a credit line, a dateline or its only citation."""
    anonymous: int = 0
    """Sources it quotes without a name."""


class Independence(Record):
    """What is left when copies, common owners and common sources are merged: 41 articles, 7 texts, 3 sources."""

    articles: int
    texts: int
    """Lineages."""
    sources: tuple[str, ...]
    """Names of the independent sources, one a group of lineages: an agency where they rest on one, else an owner."""
    anonymous: int
    """Texts that rest on sources without a name alone; they are not among the sources."""

    @property
    def independent_sources(self) -> int:
        """How many independent sources there are."""
        return len(self.sources)
