"""Hand-coded sentences as the network in context learns from them (`tools/train/context.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from siaga.extract.coder.marks import ACT_CLASSES, MARKS, Classes, Marked, marked, names_of
from siaga.extract.coder.view import View

__all__ = ["Lesson", "classes_of", "lesson"]

Sides = Sequence[tuple[int, int, int, tuple[str, ...]]]


class Lesson(NamedTuple):
    """A sentence and what is known of it."""

    language: str
    inputs: NDArray[np.float16]
    """States of its words."""
    marked: Marked
    triggers: Sequence[tuple[int, bool]]
    """Candidate, and whether it reports an event."""
    statuses: Sequence[tuple[int, str]]
    """Candidate and its status."""
    sides: Sides
    """Candidate, named one, side (0 actor, 1 recipient), and the codes of that side which it may stand for."""


def lesson(view: View, classes: Classes, answers: tuple[Any, Any, Any]) -> Lesson:
    """The lesson of a view whose words have states: `answers` are triggers, statuses and sides."""
    one = marked([view], classes)
    return Lesson(view.language, view.document.states.rows[one.rows].astype(np.float16), one, *answers)


def classes_of(views: Iterable[View]) -> Classes:
    """Every class that occurs, numbered in order of name."""
    names: dict[str, set[str]] = {kind: set() for kind in (*MARKS, *ACT_CLASSES)}
    for view in views:
        for kind, name in names_of(view):
            names[kind].add(name)
    return {kind: {name: n for n, name in enumerate(sorted(found - {""}), 1)} for kind, found in names.items()}
