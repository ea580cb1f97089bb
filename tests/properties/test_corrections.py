"""However corrections, readings by other readers and seals follow upon each other, the same events stand at last.

What must stand is plain: of the acts that the last reader reads, those nobody corrected as they are read, and in place
of the others what the analyst says, once. Readers may name an act by another id, another type and another confidence.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from siaga.base.correction import Correction, CorrectionKind
from siaga.base.document import Reading
from siaga.base.event import Event, EventType
from siaga.store.corrections import undo
from siaga.store.database import writing_to
from siaga.store.save import save
from siaga.store.segments import rebuild, seal
from siaga.store.workspace import Workspace, lay_out
from tests.unit.store.analysts import corrects, counted, event, proposed, read, rereads, said, signed, stands
from tests.unit.store.shelves import MOMENT

ACTS = ("menyerang", "menembaki", "mengancam", "mengecam")
"""Triggers: three acts of one sentence and one of another."""
UNREAD = "berunding"
"""An act that only the last reader may find by itself."""
TYPES: tuple[EventType, ...] = ("ASSAULT", "COERCE", "THREATEN")
KINDS: tuple[CorrectionKind, ...] = ("wrong", "edit", "split")

readers = st.lists(st.sampled_from(TYPES), min_size=4, max_size=4)
"""How a reader types each act."""
steps = st.permutations(
    [("correct", act) for act in ACTS]
    + [("add", UNREAD)]
    + [("reread", ""), ("reread", "."), ("seal", ""), ("rebuild", "")]
)


def reading(types: Sequence[EventType], number: int, acts: Sequence[str] = ACTS) -> Reading:
    """What a reader with this number reads."""
    typed = zip(ACTS, types, strict=True)
    events = (event(act, type_, salt=number).replace(confidence=number / 9) for act, type_ in typed if act in acts)
    return read(*events, reader=f"reader {number}")


def given_for(act: str, kind: CorrectionKind) -> list[Event]:
    """What the analyst says of an act: the same whatever the reader read."""
    truth = event(act, "ACCUSE", "denied")
    return {
        "wrong": [],
        "edit": [truth.replace(id=f"edit {act}")],
        "add": [truth.replace(id=f"add {act}")],
        "split": [truth.replace(id=f"{act} {number}", status="planned") for number in range(2)],
    }[kind]


def take(where: Workspace, step: tuple[str, str], later: Reading, kind: CorrectionKind) -> Correction | None:
    """One step; the correction, if it is one."""
    what, act = step
    if what == "reread":
        rereads(where, later)
    elif what in {"seal", "rebuild"}:
        with writing_to(where) as connection:
            (seal if what == "seal" else rebuild)(where, connection, MOMENT)
    elif what == "add":
        return corrects(where, proposed("add", [], given_for(act, "add")))
    else:
        meant = [one for one in stands(where).events if one.trigger == act]
        return corrects(where, proposed(kind, meant, given_for(act, kind)))
    return None


@settings(max_examples=30, deadline=None)
@given(
    steps=steps,
    types=st.lists(readers, min_size=10, max_size=10),
    kinds=st.lists(st.sampled_from(KINDS), min_size=9, max_size=9),
    last=st.sets(st.sampled_from((*ACTS, UNREAD))),
    undone=st.sets(st.sampled_from((*ACTS, UNREAD))),
)
def test_the_same_events_stand_at_last(
    steps: list[tuple[str, str]], types: list[list[EventType]], kinds: list[CorrectionKind], last: set[str],
    undone: set[str],
) -> None:  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        where, made = lay_out(Path(folder), {}), {}
        with writing_to(where) as connection:
            save(connection, [reading(types[0], 0)], MOMENT)
        for number, (step, kind) in enumerate(zip(steps, kinds, strict=True), 1):
            if (correction := take(where, step, reading(types[number], number), kind)) is not None:
                made[step[1]] = kind if step[0] == "correct" else "add", correction
        final = reading(types[0], 8, sorted(last & set(ACTS)))
        final = final.replace(events=(*final.events, *(event(act, "AGREE") for act in last & {UNREAD})))
        rereads(where, final)
        for act in sorted(undone):
            with writing_to(where) as connection:
                undo(connection, made[act][1], signed("2022-03-01T00:00:00Z"))
        given_now = [one for act, (kind, _) in made.items() if act not in undone for one in given_for(act, kind)]
        untouched = [one for one in final.events if one.trigger not in made or one.trigger in undone]
        assert said(stands(where).events) == said([*given_now, *untouched])
        assert counted(where) == len(given_now) + len(untouched)
