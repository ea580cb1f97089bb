"""Playbooks and their runs: begun, gone through step by step, closed; each on one page of A4 when printed."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from siaga.base.errors import AbsentError, GivenError
from siaga.base.playbook import Entry as TrailEntry
from siaga.base.playbook import Letter, Playbook, Written
from siaga.base.record import Record
from siaga.report.alert_forms import unit_of_words
from siaga.report.catalogue import Catalogue
from siaga.report.playbook_page import trail_lines, trigger_words
from siaga.report.playbooks import Standing, StepStanding, closing, letter_of
from siaga.report.warning import unit_name
from siaga.serve.playing import add, begin, rehearsed, standing_of, standings_of, trail_of, would_have_begun
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.deeds import chosen, note_deed, who
from siaga.serve.web.pages.alerts import Would, days_of, would_of
from siaga.serve.web.view import Cell, Elsewhere, Entry, Rows, View
from siaga.store.database import now
from siaga.store.playbooks import broken_at, load_playbook, playbook_names

__all__ = ["ROUTES"]

KINDS = {"done": "done", "skip": "skipped", "reopen": "reopened", "note": "note"}
"""What a button says -> what it enters."""
COLUMNS = ("run", "playbook", "unit", "began", "steps", "done", "late", "closed")


class Listed(Record):
    """A playbook in the list."""

    name: str
    title: str
    purpose: str
    triggers: str


class RunRow(Record):
    """A run in the list."""

    id: str
    title: str
    unit: str
    began: str
    done: int
    steps: int
    late: tuple[str, ...]
    closed: str | None


class PlaybooksShown(Record):
    """What the list shows."""

    playbooks: tuple[Listed, ...]
    runs: tuple[RunRow, ...]


class Done(Record):
    """A step with what is shown of it."""

    standing: StepStanding
    title: str
    role: str
    items: tuple[str, ...]
    letter: Letter | None


class PhaseShown(Record):
    """A phase with its steps."""

    title: str
    current: bool
    steps: tuple[Done, ...]


class RunShown(Record):
    """What the page of a run, or of a plan, shows."""

    id: str | None
    """Null for a plan that was not begun."""
    name: str
    title: str
    purpose: str
    unit: str
    began: str
    who: str
    because: str | None
    closed: str | None
    open: tuple[str, ...]
    phases: tuple[PhaseShown, ...]
    trail: tuple[str, ...]
    broken: int | None
    triggers: str
    would: tuple[Would, ...] | None
    """Null where that is not asked."""


def show(asking: Asking) -> View:
    """The playbooks there are, and all runs, the latest first."""
    plans = tuple(_listed(name, load_playbook(asking.workspace, name), asking.words)
                  for name in playbook_names(asking.workspace))  # fmt: skip
    runs = tuple(_row(one, asking.words) for one in standings_of(asking.workspace))
    return View(
        title=asking.words.say("web_playbooks.title"),
        template="playbooks.html",
        shown=PlaybooksShown(playbooks=plans, runs=runs),
        rows=Rows(columns=COLUMNS, lines=tuple(map(_line, runs))),
        entries=tuple(
            Entry(id=f"run/{one.id}", title=f"{one.title}: {one.unit}", path=f"/run/{one.id}", updated=one.began)
            for one in runs
        ),
    )


def act(asking: Asking) -> Elsewhere:
    """Begin a run."""
    name, unit = asking.given("playbook"), asking.given("unit")
    if not unit or name not in playbook_names(asking.workspace):
        raise GivenError("expected a playbook, and what the run is about")
    run = begin(asking.workspace, name, _unit(unit, asking.words), (who(asking), asking.given("because") or None))
    note_deed(asking, "playbook.start", run.id, name)
    return Elsewhere(path=asking.link(f"/run/{run.id}"))


def show_plan(asking: Asking) -> View:
    """A plan that was not begun; with `past`, the days on which it would have."""
    name = asking.names["name"]
    if name not in playbook_names(asking.workspace):
        raise AbsentError(f"no playbook {name}")
    plan = load_playbook(asking.workspace, name)
    return _view(asking, rehearsed(name, plan), (), _past(asking, name, plan) if asking.one("past") else None)


def show_run(asking: Asking) -> View:
    """A run: where it stands, and its trail."""
    at = _run(asking)
    return _view(asking, at, trail_of(asking.workspace, at.run.id), None)


def act_run(asking: Asking) -> Elsewhere:
    """Add to the trail of a run."""
    return Elsewhere(path=asking.link(chosen(asking, DEEDS)(asking)))


def print_plan(asking: Asking) -> View:
    """A plan to print."""
    return show_plan(asking).replace(template="playbook_print.html")


def print_run(asking: Asking) -> View:
    """A run to print."""
    return show_run(asking).replace(template="playbook_print.html")


def _past(asking: Asking, name: str, plan: Playbook) -> tuple[Would, ...]:
    """The days on which a plan would have begun."""
    days = days_of(asking)
    asked = f"plan/{name}/{days.since}/{days.until}"
    found = asking.kept.get(asking.workspace, asked, partial(would_have_begun, asking.workspace, plan, None, days))
    return tuple(would_of(one, asking.words) for one in found)


def _run(asking: Asking) -> Standing:
    if (found := standing_of(asking.workspace, asking.names["id"])) is None:
        raise AbsentError(f"no run {asking.names['id']}")
    return found


def _step(asking: Asking) -> str:
    """Tick what is ticked in the form, take away what is not, and say that the step is done, skipped or open again."""
    at, key = _run(asking), asking.given("step")
    one, turn = at.step(key), asking.given("turn", "note")
    if turn not in {*KINDS, "save"}:
        raise GivenError("turn: expected one of save, done, skip, reopen, note")
    _tick(asking, at, one)
    if turn != "save":
        _enter(asking, TrailEntry(
            run=at.run.id, kind=KINDS[turn], who=who(asking), moment=now(), step=key,  # type: ignore[arg-type]
            note=asking.given("note") or None,
        ))  # fmt: skip
    return f"/run/{at.run.id}"


def _tick(asking: Asking, at: Standing, one: StepStanding) -> None:
    if one.state != "open" or at.closed is not None:
        return
    ticked = {int(item) for item in asking.form.get("item", ()) if item.isdecimal()}
    for item in range(1, len(one.step.checklist) + 1):
        if (item in ticked) != (item in one.checked):
            kind = "checked" if item in ticked else "unchecked"
            entry = TrailEntry(
                run=at.run.id, kind=kind, who=who(asking), moment=now(), step=one.step.key, item=item  # type: ignore[arg-type]
            )  # fmt: skip
            _enter(asking, entry)


def _note(asking: Asking) -> str:
    at = _run(asking)
    if not asking.given("note"):
        raise GivenError("note: expected some words")
    _enter(asking, TrailEntry(run=at.run.id, kind="note", who=who(asking), moment=now(), note=asking.given("note")))
    return f"/run/{at.run.id}"


def _close(asking: Asking) -> str:
    at, reason = _run(asking), asking.given("note") or None
    _enter(asking, TrailEntry(run=at.run.id, kind="closed", who=who(asking), moment=now(), note=reason))
    return f"/run/{at.run.id}"


DEEDS = {"step": _step, "note": _note, "close": _close}


def _enter(asking: Asking, entry: TrailEntry) -> None:
    add(asking.workspace, entry)
    note_deed(asking, f"playbook.{entry.kind}", entry.run, entry.step)


def _view(asking: Asking, at: Standing, trail: tuple[Written, ...], would: tuple[Would, ...] | None) -> View:
    run, words = at.run, asking.words
    plan, begun = run.playbook, bool(trail)
    title = plan.title.of(words.language)
    shown = RunShown(
        id=run.id if begun else None, name=run.name, title=title, purpose=plan.purpose.of(words.language),
        unit=unit_name(run.unit, words), began=run.began, who=run.who, because=run.because, closed=at.closed,
        open=closing(at), phases=tuple(_phases(at, words)), trail=tuple(trail_lines(trail, words)),
        broken=broken_at(trail), triggers=_triggers(plan, words), would=would,
    )  # fmt: skip
    lines = tuple(_step_line(one) for one in at.steps)
    columns = ("phase", "step", "role", "state", "due", "late", "who", "moment")
    return View(
        title=f"{title} · {shown.unit}" if begun else title,
        template="playbook.html", shown=shown, rows=Rows(columns=columns, lines=lines),
    )  # fmt: skip


def _phases(at: Standing, words: Catalogue) -> list[PhaseShown]:
    return [
        PhaseShown(
            title=phase.title.of(words.language),
            current=phase.key == at.phase and at.closed is None,
            steps=tuple(_done(at, one, words) for one in at.steps if one.phase == phase.key),
        )
        for phase in at.run.playbook.phase
    ]


def _done(at: Standing, one: StepStanding, words: Catalogue) -> Done:
    language, step = words.language, one.step
    values = {"unit": unit_name(at.run.unit, words), "level": "…", "owner": at.run.who}
    values["day"] = datetime.now(UTC).date().isoformat()
    role = next(role.title.of(language) for role in at.run.playbook.role if role.key == step.role)
    return Done(
        standing=one, title=step.title.of(language), role=role,
        items=tuple(item.of(language) for item in step.checklist), letter=letter_of(step, values, language),
    )  # fmt: skip


def _triggers(plan: Playbook, words: Catalogue) -> str:
    return words.say("playbook.or").join(trigger_words(one, words) for one in plan.trigger)


def _listed(name: str, plan: Playbook, words: Catalogue) -> Listed:
    language = words.language
    return Listed(name=name, title=plan.title.of(language), purpose=plan.purpose.of(language),
                  triggers=_triggers(plan, words))  # fmt: skip


def _row(at: Standing, words: Catalogue) -> RunRow:
    late = tuple(one.step.title.of(words.language) for one in at.steps if one.late and at.closed is None)
    return RunRow(
        id=at.run.id, title=at.run.playbook.title.of(words.language), unit=unit_name(at.run.unit, words),
        began=at.run.began, done=sum(one.state != "open" for one in at.steps), steps=len(at.steps), late=late,
        closed=at.closed,
    )  # fmt: skip


def _line(one: RunRow) -> tuple[Cell, ...]:
    return one.id, one.title, one.unit, one.began, one.steps, one.done, len(one.late), one.closed


def _step_line(one: StepStanding) -> tuple[Cell, ...]:
    return one.phase, one.step.key, one.step.role, one.state, one.due, one.late, one.who, one.moment


def _unit(written: str, words: Catalogue) -> str:
    """The unit that is named so; any other words as they are."""
    try:
        return unit_of_words(written, words) or written
    except GivenError:
        return written


ROUTES = (
    Page(path="/playbooks", show=show, act=act, nav="web_playbooks.menu"),
    Page(path="/playbook/{name}", show=show_plan),
    Page(path="/playbook/{name}/print", show=print_plan),
    Page(path="/run/{id}", show=show_run, act=act_run),
    Page(path="/run/{id}/print", show=print_run),
)
