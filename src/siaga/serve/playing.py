"""Playbooks of a workspace: when they would have begun, where their runs stand, and what is added to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from siaga.base.alert import Match
from siaga.base.errors import GivenError
from siaga.base.ids import content_id
from siaga.base.playbook import Entry, Playbook, Run, Written
from siaga.base.window import Window
from siaga.monitor.alerting import told
from siaga.report.playbooks import Standing, check_entry, check_playbook, standing
from siaga.serve.alerting.composing import moment_text
from siaga.serve.alerting.matching import matches
from siaga.store.database import noting_in, now, reading_from
from siaga.store.playbooks import add_entry, begin_run, broken_at, load_playbook, load_run, load_runs, load_trail
from siaga.store.workspace import Workspace

__all__ = ["add", "begin", "rehearsed", "require_standing", "require_whole", "standing_of", "standings_of", "trail_of",
           "would_have_begun"]  # fmt: skip


def would_have_begun(workspace: Workspace, plan: Playbook, unit: str | None, days: Window) -> tuple[Match, ...]:
    """When a playbook would have begun, by any of its triggers; a crisis of a country or pair counts once.

    Args:
        workspace: to read from.
        plan: with its triggers.
        unit: of this country or pair alone; null for any.
        days: inclusive.

    """
    asked = (one if unit is None or one.unit is not None else one.replace(unit=unit) for one in plan.trigger)
    found = (match for trigger in asked for match in matches(workspace, trigger, days))
    mine = (match for match in found if unit is None or match.subject == unit)
    return tuple(told(sorted(mine, key=_by_day), plan.cooldown_hours, {}))


def begin(workspace: Workspace, name: str, unit: str, signed: tuple[str, str | None]) -> Run:
    """Begin a run of a playbook.

    Args:
        workspace: whose playbook.
        name: of the playbook.
        unit: country or pair that it is about, or any words.
        signed: who begins it, and because of what.

    Raises:
        GivenError: there is no such playbook, or it can't be run.

    """
    plan, moment = load_playbook(workspace, name), datetime.now(UTC)
    check_playbook(plan)
    who, because = signed
    run = Run(
        id=content_id("run", name, unit, who, moment.isoformat()), name=name, unit=unit, began=moment_text(moment),
        who=who, because=because, playbook=plan,
    )  # fmt: skip
    with noting_in(workspace) as connection:
        begin_run(connection, run)
    return run


def add(workspace: Workspace, entry: Entry) -> Standing:
    """Add to the trail of a run, if it may be; where the run stands then.

    Raises:
        GivenError: it may not be; says why.

    """
    with noting_in(workspace) as connection:
        if (run := load_run(connection, entry.run)) is None:
            raise _unknown(entry.run)
        trail = load_trail(connection, run.id)
        check_entry(standing(run, (one.entry for one in trail), entry.moment), entry.replace(run=run.id))
        add_entry(connection, entry.replace(run=run.id))
        after = load_trail(connection, run.id)
    return standing(run, (one.entry for one in after), entry.moment)


def standing_of(workspace: Workspace, id_: str) -> Standing | None:
    """Where a run stands now; null if there is none with this id, or none whose id alone begins so."""
    with reading_from(workspace) as connection:
        if (run := load_run(connection, id_)) is None:
            return None
        trail = load_trail(connection, run.id)
    return standing(run, (one.entry for one in trail), now())


def require_standing(workspace: Workspace, id_: str) -> Standing:
    """Where a run stands now.

    Raises:
        GivenError: there is no such run.

    """
    if (found := standing_of(workspace, id_)) is None:
        raise _unknown(id_)
    return found


def standings_of(workspace: Workspace) -> Iterator[Standing]:
    """Where all runs stand, the latest first."""
    with reading_from(workspace) as connection:
        runs = tuple(load_runs(connection))
        for run in runs:
            yield standing(run, (one.entry for one in load_trail(connection, run.id)), now())


def trail_of(workspace: Workspace, run: str) -> tuple[Written, ...]:
    """The trail of a run, in order."""
    with reading_from(workspace) as connection:
        return load_trail(connection, run)


def require_whole(trail: tuple[Written, ...]) -> None:
    """Make sure that a trail is as it was written.

    Raises:
        GivenError: it isn't; from which entry on.

    """
    if (number := broken_at(trail)) is not None:
        raise GivenError(f"entry {number} of the trail is not as it was written: somebody changed it behind our back")


def rehearsed(name: str, plan: Playbook) -> Standing:
    """A playbook as if it were begun now, to be shown."""
    moment = now()
    run = Run(id="-", name=name, unit="…", began=moment, who="-", because=None, playbook=plan)
    return standing(run, (), moment)


def _by_day(one: Match) -> tuple[str, str]:
    return one.day, one.subject


def _unknown(id_: str) -> GivenError:
    return GivenError(f"no run {id_!r}, or several. See: siaga playbook runs")
