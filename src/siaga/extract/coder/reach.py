"""Which cues of a sentence reach a trigger, and from how far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from siaga.extract.coder.cues import CueRow
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import View
from siaga.extract.phrases import Match

__all__ = ["REACH", "Cue", "cues_around", "telling"]

REACH = {"verb": 5, "noun": 4, "after": 8, "clause": 40}
"""How many tokens from the trigger a cue of this scope can stand. From Indonesian and English training sentences."""


class Cue(NamedTuple):
    """A cue phrase and how it stands to a trigger."""

    row: CueRow
    distance: int
    """Words between cue and trigger, a name or date counting as one."""
    wall: bool
    """Whether a clause begins between the two."""


def cues_around(view: View, candidate: Candidate) -> list[Cue]:
    """The cues of the sentence that can reach this trigger."""
    return [cue for match in view.cues for cue in _reaching(view, candidate, match)]


def _reaching(view: View, candidate: Candidate, match: Match[tuple[CueRow, ...]]) -> Iterator[Cue]:
    behind = match.first >= candidate.last
    low, high = (candidate.last, match.first) if behind else (match.last, candidate.first)
    if high < low:
        return
    distance = view.steps(low, high)
    for row in match.value:
        if distance <= REACH[row.scope] and behind == (row.scope == "after"):
            yield Cue(row, distance, wall=view.clause_between(low, high))


def telling(cues: Iterable[Cue]) -> list[Cue]:
    """The cues that say more than that an act is past, with no clause between them and the trigger."""
    return [cue for cue in cues if cue.row.status != "happened" and not cue.wall]
