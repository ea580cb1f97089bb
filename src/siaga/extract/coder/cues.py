"""Words that tell whether an act happened, is planned, considered, possible or denied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from siaga.base.event import Status
from siaga.base.pack import lexicon, load_pack
from siaga.base.record import Record
from siaga.extract.phrases import Match, Phrases
from siaga.extract.tokens import tokenise

__all__ = ["CueRow", "find_cues"]


class CueRow(Record):
    """A phrase that colours the status of a trigger near it."""

    phrase: str
    status: Status
    scope: str
    """verb (auxiliary before it), noun (right before a noun), clause (opens the clause it stands in), after."""
    strength: int = 1
    """1 weak, 2 usual, 3 practically certain."""


def find_cues(language: str, lowers: Sequence[str], first: int, last: int) -> tuple[Match[tuple[CueRow, ...]], ...]:
    """The cue phrases in these tokens; a phrase may have several scopes."""
    return tuple(_phrases(language).find(lowers, first, last))


@cache
def _phrases(language: str) -> Phrases[tuple[CueRow, ...]]:
    rows: dict[tuple[str, ...], list[CueRow]] = defaultdict(list)
    for row in lexicon(load_pack(language), "status", CueRow):
        rows[tokenise(row.phrase.lower()).lowers].append(row)
    return Phrases((words, tuple(found)) for words, found in rows.items())
