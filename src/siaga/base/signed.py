"""Briefs to be signed: a draft in both languages from the same facts, its versions, and the chain that seals them.

Draft ── drafted, edited ──▶ versions ── signed ──▶ what can't change any more ── published ──▶ files
"""

from __future__ import annotations

from typing import Literal

from siaga.base.playbook import Said
from siaga.base.record import Record
from siaga.base.warning import Level

__all__ = [
    "Coverage", "Draft", "DraftLine", "DraftNote", "DraftSection", "Kept", "Published", "Seal", "Standing", "Version",
    "VersionKind",
]  # fmt: skip

VersionKind = Literal["drafted", "edited", "signed", "published"]


class DraftNote(Record):
    """A sentence that lines stand on: `sentence == article.text[start:end]`."""

    number: int
    article: str
    url: str | None
    source: str | None
    published: str | None
    start: int
    end: int
    sentence: str


class DraftLine(Record):
    """A line in both languages, and the numbers of its notes."""

    key: str
    """Section and number, `situation.1`; lines that an analyst added have a letter before it."""
    said: Said
    notes: tuple[int, ...]
    events: tuple[str, ...] = ()
    query: str | None = None
    """The command that lists what it counts."""
    by: str | None = None
    """Who wrote it or changed it; null: as it was drafted."""
    unsourced: bool = False
    """An analyst's own word: no sentence says it."""
    fresh: bool = False
    """Nothing of it was in the last brief that was signed."""


class DraftSection(Record):
    """Lines under a heading."""

    key: str
    heading: Said
    about: Said | None
    """What is to be known of all its lines."""
    lines: tuple[DraftLine, ...]
    more: int = 0


class Standing(Record):
    """The level of a country or pair when it was drafted."""

    unit: str
    level: Level | None


class Coverage(Record):
    """What it rests on."""

    articles: int
    outlets: int
    sources: int
    """That are collected; 0 where articles came otherwise."""
    alive: int
    """Of them, those that did not fail in the window."""
    failed: tuple[str, ...]
    rejects: int
    """Inputs that could not be used, so far."""


class Draft(Record):
    """A brief in both languages."""

    title: Said
    basis: Said
    since: str
    until: str
    sections: tuple[DraftSection, ...]
    notes: tuple[DraftNote, ...]
    standings: tuple[Standing, ...]
    coverage: Coverage
    last: str | None = None
    """Id of the brief that was signed before it."""
    drafted_by: str = ""
    """Program that drafted it."""


class Seal(Record):
    """What a signature says."""

    who: str
    moment: str
    content: str
    """SHA-256 of the draft."""
    hash: str
    """Over it, who, when, and the hash before it in the chain."""


class Published(Record):
    """A file that was written, and its SHA-256."""

    name: str
    sha256: str


class Version(Record):
    """A version of a brief, as it stands in the chain of all versions."""

    number: int
    brief: str
    kind: VersionKind
    who: str
    moment: str
    note: str | None
    content: str
    hash: str
    draft: Draft
    files: tuple[Published, ...] = ()


class Kept(Record):
    """All of a brief: its versions, in order."""

    versions: tuple[Version, ...]

    @property
    def last(self) -> Version:
        """The latest version."""
        return self.versions[-1]

    @property
    def seal(self) -> Seal | None:
        """Who signed it; null while nobody did."""
        for one in self.versions:
            if one.kind == "signed":
                return Seal(who=one.who, moment=one.moment, content=one.content, hash=one.hash)
        return None
