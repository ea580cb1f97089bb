"""Which cues of a sentence reach a trigger, and from how far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from siaga.extract.coder.cues import CueRow
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import View

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
    first, last, _ = candidate
    before, after = view.cues_before, view.cues_after
    found: list[Cue] = []
    if before:
        here = view.step(first)
        found += [
            Cue(row, here - step, wall=view.clause_between(token, first))
            for token, step, row in before
            if token <= first and here - step <= REACH[row.scope]
        ]
    if after:
        here = view.step(last)
        found += [
            Cue(row, step - here, wall=view.clause_between(last, token))
            for token, step, row in after
            if token >= last and step - here <= REACH[row.scope]
        ]
    return found


def telling(cues: Iterable[Cue]) -> list[Cue]:
    """The cues that say more than that an act is past, with no clause between them and the trigger."""
    return [cue for cue in cues if cue.row.status != "happened" and not cue.wall]
