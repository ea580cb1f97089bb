"""`siaga alerts test`, `send` and `outbox`: that messages arrive, and what waits or was given up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.alerts_told import desk, desk_options, of_rule

if TYPE_CHECKING:
    from siaga.report.catalogue import Catalogue
    from siaga.store.outbox import Posted

__all__ = ["outbox", "send", "test"]

STATES = ("waiting", "sent", "dead", "dropped")
"""As in the schema; a test compares."""


@click.command("test")
@click.argument("name")
@desk_options("the message")
def test(name: str, workspace: str | None, language: str | None) -> None:
    """Send a message of a rule now, to each of its addresses: nothing is stored, nothing is tried again.

    \b
    Example:
      siaga alerts test border

    Exit code: 0 if all arrived, 1 if any did not.
    """  # noqa: D301 - click reads \b
    from siaga.base.alert import without_secrets  # noqa: PLC0415 - `siaga --help` must not load records
    from siaga.serve.alerting.channels import Unsent, deliver  # noqa: PLC0415
    from siaga.serve.alerting.trying import trial  # noqa: PLC0415

    at = desk(workspace, language)
    rule = of_rule(at, name)
    failed = False
    for job in trial((name, rule), datetime.now(UTC)):
        target = without_secrets(job.target)
        try:
            deliver(at.where, job)
        except Unsent as error:
            failed = True
            click.echo(at.words.say("alert.test_failed", target=target, told=error), err=True)
        else:
            click.echo(at.words.say("alert.test_sent", target=target))
    if failed:
        raise SystemExit(1)


@click.command("send")
@desk_options("what is said")
def send(workspace: str | None, language: str | None) -> None:
    """Send what is due; what can't be sent is tried again after a pause, and in the end given up and kept.

    \b
    Example:
      siaga alerts send

    Exit code: 0; 75 if another process is sending or writing.
    """  # noqa: D301 - click reads \b
    from siaga.serve.alerting.sending import send_due  # noqa: PLC0415

    at = desk(workspace, language)
    sent = send_due(at.where)
    click.echo(at.words.say("alert.sent", sent=sent.sent, waiting=sent.waiting, dead=sent.dead))


@click.command("outbox")
@click.option("--state", type=click.Choice(STATES), default=None, help="Only what is in this state.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Messages at the most.")
@click.option("--retry", metavar="KEY", default=None, help="Try a message again that was given up.")
@click.option("--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
              help="table for people, jsonl for programs: one message a line.")  # fmt: skip
@desk_options("the list")
def outbox(  # noqa: PLR0913, PLR0917 - one parameter an option
    state: str | None, limit: int, retry: str | None, format_: str, workspace: str | None, language: str | None
) -> None:
    """Show what was given up, what waits, and what was sent; what was given up stays here.

    \b
    Examples:
      siaga alerts outbox
      siaga alerts outbox --state dead --format jsonl
      siaga alerts outbox --retry 9f86d081884c7d65
    """  # noqa: D301 - click reads \b
    from siaga.base.alert import without_secrets  # noqa: PLC0415
    from siaga.store.database import noting_in, now, reading_from  # noqa: PLC0415
    from siaga.store.outbox import load_outbox, revive  # noqa: PLC0415

    at = desk(workspace, language)
    if retry is not None:
        with noting_in(at.where) as connection:
            if not revive(connection, retry, now()):
                raise click.UsageError(at.words.say("alert.not_dead", message=retry))
        click.echo(at.words.say("alert.revived", message=retry))
        return
    with reading_from(at.where) as connection:
        found = load_outbox(connection, limit, state)
    for one in found:
        row = one.replace(target=without_secrets(one.target))
        click.echo(row.to_json().decode() if format_ == "jsonl" else _line(row, at.words))
    if not found:
        click.echo(at.words.say("alert.outbox_none"), err=True)


def _line(row: Posted, words: Catalogue) -> str:
    """A message, in a line."""
    return words.say(
        "alert.outbox_line", state=words.say(f"alert.state_{row.state}"), message=row.key, target=row.target,
        due=row.due, attempts=row.attempts, told=row.told or "",
    ).rstrip()  # fmt: skip
