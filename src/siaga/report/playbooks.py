"""Where a run of a playbook stands: what follows from its trail, and what may be added to it.

    running ── done, skipped, reopened, checked, note ──▶ running ── closed ──▶ closed

The phases come one after the other: a step can be done once every step of the phases before it is done or skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from siaga.base.errors import GivenError
from siaga.base.playbook import Entry, Letter, Phase, Playbook, Run, Step
from siaga.base.record import Record
from siaga.report.catalogue import Catalogue
from siaga.report.template import filled
from siaga.report.warning import unit_name

__all__ = ["Standing", "StepStanding", "as_text", "check_entry", "check_playbook", "closing", "letter_of", "standing"]

StepState = Literal["open", "done", "skipped"]


class StepStanding(Record):
    """A step of a run."""

    step: Step
    phase: str
    state: StepState
    due: str
    late: bool
    """It is open, and due."""
    checked: tuple[int, ...]
    """Items of the checklist, from 1."""
    who: str | None = None
    moment: str | None = None
    """Who did or skipped it, and when."""
    notes: tuple[str, ...] = ()


class Standing(Record):
    """Where a run stands."""

    run: Run
    closed: str | None
    """When; null while it runs."""
    phase: str | None
    """Key of the first phase with an open step; null if all are done."""
    steps: tuple[StepStanding, ...]

    def step(self, key: str) -> StepStanding:
        """The step with this key.

        Raises:
            GivenError: there is none.

        """
        for one in self.steps:
            if one.step.key == key:
                return one
        raise GivenError(f"no step {key!r}. There are {', '.join(one.step.key for one in self.steps)}")


def standing(run: Run, trail: Iterable[Entry], moment: str) -> Standing:
    """Where a run stands at a moment, by its trail.

    Args:
        run: with its playbook.
        trail: its entries, in order.
        moment: RFC 3339, for what is late.

    """
    entries = tuple(trail)
    steps = tuple(_step(run, phase, step, entries, moment) for phase in run.playbook.phase for step in phase.step)
    closed = next((one.moment for one in entries if one.kind == "closed"), None)
    phase = next((one.phase for one in steps if one.state == "open"), None)
    return Standing(run=run, closed=closed, phase=phase, steps=steps)


def check_entry(at: Standing, entry: Entry) -> None:
    """Make sure that an entry may be added to a run that stands so.

    Raises:
        GivenError: it may not; says why, and what may.

    """
    if at.closed is not None:
        raise GivenError(f"run {at.run.id} was closed at {at.closed}: nothing is added to it any more")
    if entry.kind == "closed":
        _check_closing(at, entry)
    if entry.step is None:
        return
    one = at.step(entry.step)
    if entry.kind == "reopened" and one.state == "open":
        raise GivenError(f"step {entry.step} is open")
    if entry.kind in {"done", "skipped", "checked", "unchecked"} and one.state != "open":
        raise GivenError(f"step {entry.step} is {one.state} since {one.moment}. Reopen it first, if you mean to")
    if entry.kind == "skipped" and not entry.note:
        raise GivenError(f"step {entry.step}: a step is skipped with a reason")
    if entry.kind in {"checked", "unchecked"}:
        _check_item(one, entry)
    if entry.kind == "done":
        _check_done(at, one)


def check_playbook(playbook: Playbook) -> None:
    """Make sure that a playbook can be run: keys are unique, roles known, messages can be filled.

    Raises:
        GivenError: it can't.

    """
    roles, phases = [one.key for one in playbook.role], [one.key for one in playbook.phase]
    steps = [step for phase in playbook.phase for step in phase.step]
    for kind, keys in (("role", roles), ("phase", phases), ("step", [one.key for one in steps])):
        if twice := [key for at, key in enumerate(keys) if key in keys[:at]]:
            raise GivenError(f"{kind} {twice[0]!r} is there twice")
    if not steps:
        raise GivenError("a playbook needs a step")
    for step in steps:
        if step.role not in roles:
            raise GivenError(f"step {step.key}: unknown role {step.role!r}. There are {', '.join(roles)}")
        for language in ("en", "id"):
            letter_of(step, dict.fromkeys(("unit", "level", "day", "owner"), ""), language)


def letter_of(step: Step, values: dict[str, str], language: str) -> Letter | None:
    """The message of a step with its places filled, in one language; null if it has none.

    Raises:
        GivenError: it names what there is not.

    """
    if (letter := step.message) is None:
        return None
    return Letter(
        to=letter.to,
        **{
            name: getattr(letter, name).replace(**{language: filled(getattr(letter, name).of(language), values)})
            for name in ("subject", "text")
        },
    )


def closing(at: Standing) -> tuple[str, ...]:
    """The steps that are still open: with any, a run is closed only for a reason."""
    return tuple(one.step.key for one in at.steps if one.state == "open")


def as_text(at: Standing, words: Catalogue) -> Iterator[str]:
    """Where a run stands, in lines."""
    run = at.run
    name = unit_name(run.unit, words)
    state = words.say("playbook.closed_at", moment=at.closed) if at.closed else words.say("playbook.running")
    yield words.say("playbook.head", title=run.playbook.title.of(words.language), unit=name, id=run.id, state=state)
    for phase in run.playbook.phase:
        yield ""
        mark = words.say("playbook.here") if phase.key == at.phase and not at.closed else ""
        yield f"{phase.title.of(words.language)}{mark}"
        for one in at.steps:
            if one.phase == phase.key:
                yield from _step_lines(one, run.playbook, words)


def _step_lines(one: StepStanding, playbook: Playbook, words: Catalogue) -> Iterator[str]:
    role = next(role.title.of(words.language) for role in playbook.role if role.key == one.step.role)
    state = words.say(f"playbook.state_{'late' if one.late else one.state}")
    by = f" {one.who}, {one.moment}" if one.who else f" {words.say('playbook.due', due=one.due)}"
    yield f"  [{state}] {one.step.key}: {one.step.title.of(words.language)} ({role}){by}"
    for at, item in enumerate(one.step.checklist, 1):
        yield f"      {'x' if at in one.checked else ' '} {at}. {item.of(words.language)}"
    for note in one.notes:
        yield f"      – {note}"


def _step(run: Run, phase: Phase, step: Step, entries: Sequence[Entry], moment: str) -> StepStanding:
    own = [one for one in entries if one.step == step.key]
    turns = [one for one in own if one.kind in {"done", "skipped", "reopened"}]
    last = turns[-1] if turns and turns[-1].kind != "reopened" else None
    due = _after(run.began, step.due_hours)
    return StepStanding(
        step=step,
        phase=phase.key,
        state="open" if last is None else "done" if last.kind == "done" else "skipped",
        due=due,
        late=last is None and due < moment,
        checked=_checked(own),
        who=last.who if last else None,
        moment=last.moment if last else None,
        notes=tuple(f"{one.moment} {one.who}: {one.note}" for one in own if one.note),
    )


def _checked(own: Iterable[Entry]) -> tuple[int, ...]:
    items: set[int] = set()
    for one in own:
        if one.item is not None:
            items = items | {one.item} if one.kind == "checked" else items - {one.item}
    return tuple(sorted(items))


def _check_closing(at: Standing, entry: Entry) -> None:
    if (rest := closing(at)) and not entry.note:
        raise GivenError(f"steps are open: {', '.join(rest)}. Do or skip them, or give a reason to stand down")


def _check_item(one: StepStanding, entry: Entry) -> None:
    if entry.item is None or not 1 <= entry.item <= len(one.step.checklist):
        raise GivenError(f"step {one.step.key} has {len(one.step.checklist)} items, no number {entry.item}")


def _check_done(at: Standing, one: StepStanding) -> None:
    earlier = [other for other in at.steps if other.state == "open" and _before(at, other.phase, one.phase)]
    if earlier:
        named = ", ".join(other.step.key for other in earlier)
        raise GivenError(f"step {one.step.key} belongs to a later phase; still open before it: {named}")
    if missing := [str(n) for n in range(1, len(one.step.checklist) + 1) if n not in one.checked]:
        raise GivenError(f"step {one.step.key}: not checked yet: {', '.join(missing)}. Check them, or skip the step")


def _before(at: Standing, one: str, other: str) -> bool:
    keys = [phase.key for phase in at.run.playbook.phase]
    return keys.index(one) < keys.index(other)


def _after(moment: str, hours: float) -> str:
    later = datetime.fromisoformat(moment).astimezone(UTC) + timedelta(hours=hours)
    return later.isoformat(timespec="seconds").replace("+00:00", "Z")
