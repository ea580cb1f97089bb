"""Words that tell whether an act happened, is planned, considered, possible or denied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from siaga.base.event import Status
from siaga.base.pack import lexicon, load_pack
from siaga.base.record import Record
from siaga.extract.phrases import Match, Phrases
from siaga.extract.tokens import tokenise

if TYPE_CHECKING:
    from siaga.extract.coder.triggers import Candidate
    from siaga.extract.coder.view import View

__all__ = ["Cue", "CueRow", "cues_around", "find_cues"]

REACH = {"verb": 5, "noun": 4, "after": 8, "clause": 40}
"""How many tokens from the trigger a cue of this scope can stand. From Indonesian and English training sentences."""


class CueRow(Record):
    """A phrase that colours the status of a trigger near it."""

    phrase: str
    status: Status
    scope: str
    """verb (auxiliary before it), noun (right before a noun), clause (opens the clause it stands in), after."""
    strength: int = 1
    """1 weak, 2 usual, 3 practically certain."""


class Cue(NamedTuple):
    """A cue phrase and how it stands to a trigger."""

    row: CueRow
    distance: int
    """Words between cue and trigger, a name or date counting as one."""
    wall: bool
    """Whether a clause begins between the two."""


def find_cues(language: str, lowers: Sequence[str], first: int, last: int) -> tuple[Match[tuple[CueRow, ...]], ...]:
    """The cue phrases in these tokens; a phrase may have several scopes."""
    return tuple(_phrases(language).find(lowers, first, last))


def cues_around(view: View, candidate: Candidate) -> Iterator[Cue]:
    """The cues of the sentence that can reach this trigger."""
    for match in view.cues:
        for row in match.value:
            cue = _reaching(view, candidate, match, row)
            if cue is not None:
                yield cue


def _reaching(view: View, candidate: Candidate, match: Match[tuple[CueRow, ...]], row: CueRow) -> Cue | None:
    behind = match.first >= candidate.last
    low, high = (candidate.last, match.first) if behind else (match.last, candidate.first)
    distance = view.steps(low, high)
    if high < low or distance > REACH[row.scope] or behind != (row.scope == "after"):
        return None
    wall = any(view.role(token) == "clause" for token in range(low, high))
    return Cue(row, distance, wall)


@cache
def _phrases(language: str) -> Phrases[tuple[CueRow, ...]]:
    rows: dict[tuple[str, ...], list[CueRow]] = defaultdict(list)
    for row in lexicon(load_pack(language), "status", CueRow):
        rows[tokenise(row.phrase.lower()).lowers].append(row)
    return Phrases((words, tuple(found)) for words, found in rows.items())
