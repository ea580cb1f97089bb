"""Playbooks: contingency plans as data, and their runs as an audit trail that is only added to.

Playbook: trigger ──▶ phases ──▶ steps, each with a role, a due time, a checklist and messages
Run: a playbook as it was when it began, and entries; where it stands follows from them (`report/playbooks.py`)
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from siaga.base.alert import Language, Trigger
from siaga.base.record import Record

__all__ = [
    "Entry", "EntryKind", "Letter", "Phase", "Playbook", "Role", "Run", "Said", "Step", "Written",
]  # fmt: skip

EntryKind = Literal["started", "done", "skipped", "reopened", "checked", "unchecked", "note", "closed"]
Key = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9-]{0,39}$")]


class Said(Record):
    """The same in both languages."""

    en: str
    id: str

    def of(self, language: Language | str) -> str:
        """In one of them."""
        return self.id if language == "id" else self.en


class Letter(Record):
    """A message that a step sends; `{{unit}}`, `{{level}}`, `{{day}}` and `{{owner}}` are filled."""

    to: Said
    subject: Said
    text: Said


class Step(Record):
    """What one role does."""

    key: Key
    title: Said
    role: str
    """Key of a role."""
    due_hours: Annotated[float, msgspec.Meta(ge=0, le=24 * 366)]
    """After the run began."""
    checklist: tuple[Said, ...] = ()
    message: Letter | None = None


class Phase(Record):
    """Steps that belong together; the next phase begins when all of them are done or skipped."""

    key: Key
    title: Said
    step: tuple[Step, ...]


class Role(Record):
    """Who owns steps."""

    key: Key
    title: Said


class Playbook(Record):
    """A contingency plan: a file of assets/playbooks or of the folder playbooks/ of a workspace."""

    title: Said
    purpose: Said
    trigger: tuple[Trigger, ...]
    """Any of these; a run can also be begun without."""
    cooldown_hours: float = 720.0
    """For so long after a trigger the next one of the same subject counts as the same crisis."""
    role: tuple[Role, ...]  # type: ignore[misc]  # keyword-only, which mypy does not learn from our metaclass
    phase: tuple[Phase, ...]  # type: ignore[misc]


class Run(Record):
    """A playbook that was begun, as it was then."""

    id: str
    name: str
    """Of the playbook."""
    unit: str
    """Country or pair it is about, or any words."""
    began: str
    who: str
    because: str | None
    """What made somebody begin it: an alert, or words."""
    playbook: Playbook


class Entry(Record):
    """Something that was done in a run."""

    run: str
    kind: EntryKind
    who: str
    moment: str
    step: str | None = None
    item: int | None = None
    """Of the checklist, from 1."""
    note: str | None = None


class Written(Record):
    """An entry as it stands in the trail: its number, and a hash over it and the one before."""

    number: int
    entry: Entry
    hash: str
