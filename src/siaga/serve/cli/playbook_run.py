"""`siaga playbook start`, `step`, `note`, `close`, `runs` and `audit`: a run from its beginning to its end."""

from __future__ import annotations

from collections.abc import Iterator

import click

from siaga.serve.cli.alerts_told import Desk, desk, desk_options

__all__ = ["audit", "close", "note", "runs", "start", "step"]


@click.command("start")
@click.argument("name")
@click.option("--unit", metavar="UNIT", required=True, help="What it is about: RUS-UKR, a name, or any words.")
@click.option("--because", metavar="TEXT", default=None, help="What made you begin it, e.g. the id of an alert.")
@desk_options("the plan")
def start(name: str, unit: str, because: str | None, workspace: str | None, language: str | None) -> None:
    """Begin a run: the plan is kept as it is now, and the clock of its deadlines starts.

    \b
    Example:
      siaga playbook start border-build-up --unit RUS-UKR --because "alert 92f4c2d1e9c9e657"
    """  # noqa: D301 - click reads \b
    from siaga.serve.playing import begin  # noqa: PLC0415 - `siaga --help` must not load the reader

    at = desk(workspace, language)
    run = begin(at.where, name, _unit(unit, at), (at.who, because))
    click.echo(at.words.say("playbook.started", id=run.id), err=True)
    _show(at, run.id)


@click.command("step")
@click.argument("run")
@click.argument("step_", metavar="STEP")
@click.option("--check", "checks", type=click.IntRange(1), multiple=True, metavar="N", help="Tick item N of its list.")
@click.option("--uncheck", "unchecks", type=click.IntRange(1), multiple=True, metavar="N", help="Take the tick away.")
@click.option("--done", "turn", flag_value="done", help="It is done: every item is ticked.")
@click.option("--skip", "turn", flag_value="skipped", help="It is skipped, for a reason (--note).")
@click.option("--reopen", "turn", flag_value="reopened", help="It is open again.")
@click.option("--note", "text", metavar="TEXT", default=None, help="What is to be known of it.")
@desk_options("the plan")
def step(  # noqa: PLR0913, PLR0917 - one parameter an option
    run: str, step_: str, checks: tuple[int, ...], unchecks: tuple[int, ...], turn: str | None, text: str | None,
    workspace: str | None, language: str | None,
) -> None:  # fmt: skip
    """Do a step of a run: tick items of its list, and say that it is done, skipped or open again.

    RUN is an id of siaga playbook runs; its first four digits suffice where no other begins so. Phases come one after
    the other: a step is done once every step of the phases before it is done or skipped.

    \b
    Examples:
      siaga playbook step 4f1a read-the-card --check 1 --check 2
      siaga playbook step 4f1a read-the-card --done --note "two sources, satellite pictures of the 28th"
      siaga playbook step 4f1a routes --skip --note "nobody of ours is there"

    Exit code: 0; 2 if it may not be: says why.
    """  # noqa: D301 - click reads \b
    from siaga.base.playbook import Entry  # noqa: PLC0415
    from siaga.serve.playing import add  # noqa: PLC0415
    from siaga.store.database import now  # noqa: PLC0415

    at = desk(workspace, language)
    entries = list(_entries(checks, unchecks, turn, text))
    if not entries:
        raise click.UsageError(at.words.say("playbook.nothing_to_do"))
    for kind, item, said in entries:
        entry = Entry(run=run, kind=kind, who=at.who, moment=now(), step=step_, item=item, note=said)  # type: ignore[arg-type]
        add(at.where, entry)
    _show(at, run)


@click.command("note")
@click.argument("run")
@click.argument("text")
@desk_options("what is said")
def note(run: str, text: str, workspace: str | None, language: str | None) -> None:
    """Write a note into the trail of a run: a call, a decision, a doubt.

    \b
    Example:
      siaga playbook note 4f1a "Called the consulate in Kharkiv: 41 nationals, all reachable"
    """  # noqa: D301 - click reads \b
    _add(workspace, language, run, "note", text)


@click.command("close")
@click.argument("run")
@click.option("--reason", metavar="TEXT", default=None, help="Why it ends; needed where steps are open.")
@desk_options("what is said")
def close(run: str, reason: str | None, workspace: str | None, language: str | None) -> None:
    """Close a run: nothing is added to it any more.

    \b
    Examples:
      siaga playbook close 4f1a
      siaga playbook close 4f1a --reason "troops went back to their barracks; two sources"
    """  # noqa: D301 - click reads \b
    _add(workspace, language, run, "closed", reason)


@click.command("runs")
@desk_options("the list")
def runs(workspace: str | None, language: str | None) -> None:
    """Show all runs, the latest first, with what is late.

    \b
    Example:
      siaga playbook runs
    """  # noqa: D301 - click reads \b
    from siaga.report.warning import unit_name  # noqa: PLC0415
    from siaga.serve.playing import standings_of  # noqa: PLC0415

    at = desk(workspace, language)
    found = tuple(standings_of(at.where))
    for one in found:
        done = sum(step.state != "open" for step in one.steps)
        state = (
            at.words.say("playbook.closed_at", moment=one.closed) if one.closed else at.words.say("playbook.running")
        )
        late = ", ".join(step.step.key for step in one.steps if step.late and not one.closed)
        click.echo(at.words.say(
            "playbook.run_row", id=one.run.id, began=one.run.began, name=one.run.name,
            unit=unit_name(one.run.unit, at.words), done=done, steps=len(one.steps), state=state,
        ))  # fmt: skip
        if late:
            click.echo(at.words.say("playbook.late", steps=late))
    if not found:
        click.echo(at.words.say("playbook.no_runs"), err=True)


@click.command("audit")
@click.argument("run")
@click.option("--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
              help="table for people, jsonl for programs: one entry a line.")  # fmt: skip
@desk_options("the trail")
def audit(run: str, format_: str, workspace: str | None, language: str | None) -> None:
    """Show the trail of a run, who did what when, and check that nobody changed it.

    \b
    Examples:
      siaga playbook audit 4f1a
      siaga playbook audit 4f1a --format jsonl > trail.jsonl

    Exit code: 0; 2 if the trail is not as it was written.
    """  # noqa: D301 - click reads \b
    from siaga.report.playbook_page import trail_lines  # noqa: PLC0415
    from siaga.serve.playing import require_standing, require_whole, trail_of  # noqa: PLC0415

    at = desk(workspace, language)
    trail = trail_of(at.where, require_standing(at.where, run).run.id)
    if format_ == "jsonl":
        for one in trail:
            click.echo(one.to_json().decode())
    else:
        click.echo("\n".join(trail_lines(trail, at.words)))
    require_whole(trail)
    click.echo(at.words.say("playbook.whole", count=len(trail), hash=trail[-1].hash[:12]), err=True)


def _entries(
    checks: tuple[int, ...], unchecks: tuple[int, ...], turn: str | None, text: str | None
) -> Iterator[tuple[str, int | None, str | None]]:
    """Kind, item and note of each entry that the options ask for; the note goes with the last one."""
    asked: list[tuple[str, int | None]] = [("checked", item) for item in checks]
    asked += [("unchecked", item) for item in unchecks]
    asked += [(turn, None)] if turn else []
    if text and not asked:
        asked = [("note", None)]
    for at, (kind, item) in enumerate(asked, 1):
        yield kind, item, text if at == len(asked) else None


def _add(workspace: str | None, language: str | None, run: str, kind: str, text: str | None) -> None:
    from siaga.base.playbook import Entry  # noqa: PLC0415
    from siaga.serve.playing import add  # noqa: PLC0415
    from siaga.store.database import now  # noqa: PLC0415

    at = desk(workspace, language)
    add(at.where, Entry(run=run, kind=kind, who=at.who, moment=now(), note=text))  # type: ignore[arg-type]
    click.echo(at.words.say(f"playbook.told_{kind}", id=run))


def _show(at: Desk, run: str) -> None:
    from siaga.report.playbooks import as_text  # noqa: PLC0415
    from siaga.serve.playing import require_standing  # noqa: PLC0415

    click.echo("\n".join(as_text(require_standing(at.where, run), at.words)))


def _unit(written: str, at: Desk) -> str:
    """The unit that is named so; any other words as they are."""
    from siaga.base.errors import GivenError  # noqa: PLC0415
    from siaga.report.alert_forms import unit_of_words  # noqa: PLC0415

    try:
        return unit_of_words(written, at.words) or written
    except GivenError:
        return written
