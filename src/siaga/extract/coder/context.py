"""A small recurrent network that reads each trigger and each party in its sentence.

The linear models know a trigger by its word and a party by named features. This network knows neither by name: it
starts from the states of the syntax network (`extract/syntax`), marks on the words (`marks.py`) and the rule of a
trigger, and says in log odds whether it reports an event, who is on which side, and its status. `decide` adds both up.
`tools/train/context.py` trains it; one network (`assets/model/context.npz`) serves all languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from siaga.base.event import Status
from siaga.base.pack import asset
from siaga.extract.coder.marks import ACT_CLASSES, MARKS, Classes, Marked, marked
from siaga.extract.coder.view import View
from siaga.extract.syntax.network import STATES_REACH, Layer
from siaga.extract.syntax.packing import pack
from siaga.extract.syntax.products import Part, Products
from siaga.extract.syntax.threads import one_thread
from siaga.extract.syntax.weights import Arrays, Floats

__all__ = ["STATUSES", "ContextModel", "Said", "load_context"]

STATUSES: tuple[Status, ...] = ("happened", "planned", "considered", "possible", "denied")
_AT_ONCE = 4096
"""Words read at once, so that a long article needs no more memory than a short one."""


class Said(NamedTuple):
    """What the network says of one candidate, in log odds."""

    trigger: float
    """That it reports an event."""
    sides: tuple[tuple[float, float], ...]
    """Of each named one of the view: that it is the actor, and that it is the recipient."""
    statuses: tuple[float, ...]
    """Of each of `STATUSES`, up to a constant."""


class ContextModel:
    """Reads the sentences of a document that hold triggers and whose words have states."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays.by_name
        """What is written when it ships."""
        self.classes: Classes = {
            kind: {name: number for number, name in enumerate(arrays.classes(kind)) if number}
            for kind in dict.fromkeys((*MARKS, *ACT_CLASSES))
        }
        self._enter = {language: _entry(arrays, language) for language in arrays.classes("language")}
        self._marks = tuple(arrays.matrix(f"marks.{kind}") for kind in MARKS)
        self._acts = tuple(arrays.matrix(f"acts.{kind}") for kind in ACT_CLASSES)
        self._layers = tuple(Layer(arrays, deep) for deep in range(int(arrays.matrix("depth")[0])))
        self._heads = {name: _Head(arrays, name) for name in ("trigger", "status", "side")}
        self._person, self._distance = arrays.matrix("side.person"), arrays.matrix("side.distance")
        self._rank, self._meeting = arrays.matrix("side.rank"), arrays.matrix("side.meeting")
        self._meeting_act, self._meeting_person = (arrays.matrix(f"side.meeting.{one}") for one in ("act", "person"))

    def __call__(self, views: Sequence[View]) -> dict[int, tuple[Said, ...]]:
        """Number of the view -> what is said of each of its candidates, in their order."""
        told: dict[int, tuple[Said, ...]] = {}
        with one_thread():
            for portion in _portions(views, self._enter):
                told |= self._read(portion)
        return told

    def _read(self, views: Sequence[View]) -> dict[int, tuple[Said, ...]]:
        given = marked(views, self.classes)
        words = self._words(views[0], given)
        act = self._act(words, given.acts)
        triggers, statuses = self._heads["trigger"](act)[:, 0], self._heads["status"](act)
        sides = iter(self._sides(act, words, given))
        told = zip(triggers.tolist(), statuses.tolist(), strict=True)
        return {
            view.number: tuple(
                Said(trigger, tuple(islice(sides, len(view.named))), tuple(status))
                for trigger, status in islice(told, len(view.candidates))
            )
            for view in views
        }

    def _words(self, view: View, given: Marked) -> Floats:
        """The state of each word in its sentence, with its marks."""
        [values] = self._enter[view.language](view.document.states.rows[given.rows])
        for column, table in enumerate(self._marks):
            values += table[given.marks[:, column]]
        packing = pack(given.lengths)
        past = np.empty_like(values)
        past[packing.order] = np.maximum(values, 0)
        for layer in self._layers:
            past = layer(past, packing)
        states: Floats = past[packing.order]
        return states

    def _act(self, words: Floats, acts: np.ndarray) -> Floats:
        """A row a candidate: its first and last word, and what is known of it."""
        known = [table[acts[:, 2 + column]] for column, table in enumerate(self._acts)]
        return np.concatenate((words[acts[:, 0]], words[acts[:, 1]], *known), axis=1)

    def _sides(self, act: Floats, words: Floats, given: Marked) -> Iterator[tuple[float, float]]:
        """Of each candidate with each named one: log odds of actor and recipient."""
        person = np.concatenate((words[given.people[:, 0]], words[given.people[:, 1]]), axis=1)
        acts, named = given.meetings.T
        head = self._heads["side"]
        hidden = head.enter(act)[acts] + (person @ self._person)[named]
        hidden += self._distance[given.pairs[:, 0]] + self._rank[given.pairs[:, 1]]
        meeting = (act @ self._meeting_act)[acts] * (person @ self._meeting_person)[named]
        odds = head.leave(hidden) + meeting @ self._meeting
        return zip(odds[:, 0].tolist(), odds[:, 1].tolist(), strict=True)


def _entry(arrays: Arrays, language: str) -> Products:
    """What makes a language's states one with the other's."""
    part = Part(arrays.matrix(f"enter.{language}.weight"), arrays.matrix(f"enter.{language}.bias"))
    return Products([part], STATES_REACH)


class _Head:
    """One hidden layer."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._wide, self._wide_bias = arrays.matrix(f"{name}.wide.weight"), arrays.matrix(f"{name}.wide.bias")
        self._narrow, self._narrow_bias = arrays.matrix(f"{name}.narrow.weight"), arrays.matrix(f"{name}.narrow.bias")

    def __call__(self, rows: Floats) -> Floats:
        return self.leave(self.enter(rows))

    def enter(self, rows: Floats) -> Floats:
        hidden: Floats = rows @ self._wide + self._wide_bias
        return hidden

    def leave(self, hidden: Floats) -> Floats:
        odds: Floats = np.maximum(hidden, 0) @ self._narrow + self._narrow_bias
        return odds


def _portions(views: Sequence[View], known: object) -> Iterator[list[View]]:
    """The views that can be read, as many at a time as memory should hold."""
    portion: list[View] = []
    size = 0
    for view in views:
        if view.document.states is None or not view.candidates or view.language not in known:  # type: ignore[operator]
            continue
        length = view.sentence.last - view.sentence.first
        if portion and size + length > _AT_ONCE:
            yield portion
            portion, size = [], 0
        portion.append(view)
        size += length
    if portion:
        yield portion


@cache
def load_context() -> ContextModel:
    """The network that ships, read once."""
    with asset("model", "context.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return ContextModel(Arrays({name: arrays[name] for name in arrays.files}))
