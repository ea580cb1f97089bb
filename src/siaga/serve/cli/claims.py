"""`siaga claims`: the ledger of what was said of the future, and what came of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypedDict, Unpack, get_args

import click

from siaga.serve.cli.claims_given import add, of_group
from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.selecting import DAY, PARTY, Named, day
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.claim import Standing
    from siaga.monitor.claims_scores import Track
    from siaga.report.catalogue import Catalogue
    from siaga.serve.claimed import ClaimQuestion
    from siaga.store.connection import Connection
    from siaga.store.workspace import Workspace

__all__ = ["command"]

TABLE_ROWS = 50
"""Rows of a table, unless more are asked for; data for programs is whole."""


class Asked(TypedDict):
    """What the options of the list give."""

    speaker: str | None
    actor: tuple[str, ...]
    outcome: tuple[str, ...]
    kind: str | None
    since: datetime | None
    until: datetime | None


class At(NamedTuple):
    """The ledger as of a day."""

    connection: Connection
    ledger: Sequence[Standing]
    as_of: str
    words: Catalogue


def _outcomes() -> dict[str, str]:
    from siaga.base.claim import Outcome  # noqa: PLC0415 - `siaga --help` must not load records

    return {name: name for name in (*get_args(Outcome), "not_resolvable")}


as_of_option = click.option(
    "--as-of", "as_of", metavar="YYYY-MM-DD", type=DAY, default=None,
    help="By what was known on this day; by default the day of the newest article.",
)  # fmt: skip


@click.group("claims", invoke_without_command=True)
@click.option("--speaker", metavar="NAME", default=None, help="Who said it: a part of the name.")
@click.option("--actor", multiple=True, metavar="CODE", type=PARTY,
              help="A party of what is foreseen: a code (RUS, NATO) or a name; given twice, both.")  # fmt: skip
@click.option("--outcome", multiple=True, metavar="OUTCOME", type=Named("outcome", _outcomes),
              help="open, hit, miss, partly, void; agrees, differs, cannot_tell; not_resolvable.")  # fmt: skip
@click.option("--kind", type=click.Choice(["forecast", "count"]), default=None,
              help="forecast: what may happen; count: a source's own “for the second time this year”.")  # fmt: skip
@click.option("--since", metavar="YYYY-MM-DD", type=DAY, default=None, help="Said on this day or later.")
@click.option("--until", metavar="YYYY-MM-DD", type=DAY, default=None, help="Said on this day or before.")
@as_of_option
@click.option("--limit", type=click.IntRange(1), default=None, help="Rows at the most; a table has 50 by default.")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl", "markdown"]), default="table", show_default=True,
    help="table for people, jsonl for programs (one claim a line), markdown to hand on.",
)  # fmt: skip
@language_option("the table")
@workspace_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    context: click.Context, /, as_of: datetime | None, limit: int | None, format_: str, language: str | None,
    workspace: str | None, **asked: Unpack[Asked],
) -> None:  # fmt: skip
    """List what was said of the future, and what came of it, the latest first.

    A claim is what somebody says may or will happen within a time that is named, compiled into a query that later news
    answers: came true, did not, in part, or nothing can be said (siaga claims show ID tells the query and the reasons).
    Copies of one text make one claim. The ledger is only added to.

    \b
    Examples:
      siaga claims --actor RUS --actor UKR
      siaga claims --outcome open --format markdown > open.md
      siaga claims --as-of 2022-02-23
      siaga claims resolve                look through new articles, and answer what can be answered
      siaga claims show 9f86d081884c7d65
      siaga claims speakers
    """  # noqa: D301 - click reads \b
    if context.invoked_subcommand is not None:
        return
    from siaga.serve.claimed import is_asked  # noqa: PLC0415

    with _ledger(workspace, as_of, language) as at:
        found = tuple(one for one in reversed(at.ledger) if is_asked(one, _question(asked)))
        most = limit or (TABLE_ROWS if format_ == "table" else len(found))
        _show(found[:most], at, format_)
        if len(found) > most and limit is None:
            click.echo(at.words.say("events.more", count=most), err=True)


command.add_command(add)


@command.command("show")
@click.argument("id_", metavar="ID")
@as_of_option
@click.option("--format", "-f", "format_", type=click.Choice(["terminal", "json"]), default="terminal",
              show_default=True, help="terminal for people, json for programs.")  # fmt: skip
@language_option("what is said")
@workspace_option
def show(id_: str, as_of: datetime | None, format_: str, language: str | None, workspace: str | None) -> None:
    """Show one claim: its sentence, who carries it, the query in words, what came of it and why.

    \b
    Example:
      siaga claims show 9f86d081884c7d65

    Exit code: 0 if it was found, 2 if there is no such claim.
    """  # noqa: D301 - click reads \b
    from siaga.report.claims import claim_page  # noqa: PLC0415
    from siaga.serve.claimed import told_of  # noqa: PLC0415
    from siaga.store.claims import load_verdicts  # noqa: PLC0415

    with _ledger(workspace, as_of, language) as at:
        standing = next((one for one in at.ledger if one.entry.claim.id == id_), None)
        if standing is None:
            raise click.UsageError(at.words.say("claims.unknown", claim=id_))
        if format_ == "json":
            sys.stdout.buffer.write(standing.to_json() + b"\n")
            return
        history = [(one.as_of, one.outcome) for one in load_verdicts(at.connection, id_) if one.as_of <= at.as_of]
        page = claim_page(standing, tuple(told_of(at.connection, standing)), history, at.words)
    click.echo(page.heading)
    for heading, lines in page.sections:
        click.echo(f"\n{heading}\n" + "\n".join(f"  {line}" for line in lines))


@command.command("resolve")
@as_of_option
@language_option("what is said")
@workspace_option
def resolve(as_of: datetime | None, language: str | None, workspace: str | None) -> None:
    """Look through new articles for claims, and answer what can be answered; to be run once a day.

    Articles that are not linked yet are linked first (siaga link), so that copies make one claim. Only what was
    published until the day counts; verdicts that differ from the last ones are added to the history of their claims.

    \b
    Examples:
      siaga claims resolve
      siaga claims resolve --as-of 2022-02-24
    """  # noqa: D301 - click reads \b
    from siaga.monitor.ledger import enter, new_verdicts  # noqa: PLC0415
    from siaga.report.claims import claim_row  # noqa: PLC0415
    from siaga.store.claims import keeping_ledger  # noqa: PLC0415

    where, words = the_workspace(workspace or of_group("workspace")), _words(language or of_group("language"))
    _link(where, words)
    with keeping_ledger(where) as ledger:
        waiting, new = len(ledger.waiting()), sum(1 for _ in enter(ledger))
    with _ledger(workspace, as_of, language) as at:
        verdicts = new_verdicts(at.connection, at.ledger, at.as_of)
    with keeping_ledger(where) as ledger:
        ledger.save_verdicts(verdicts)
    answered = {one.claim for one in verdicts}
    for one in at.ledger:
        if one.entry.claim.id in answered:
            row = claim_row(one, words)
            click.echo(f"{row.claim}  {row.made}  {row.outcome}  {row.what}")
    click.echo(words.say("claims.entered", new=new, articles=waiting, verdicts=len(verdicts)), err=True)


@command.command("speakers")
@click.option("--outlets", is_flag=True, help="Records of outlets in place of speakers.")
@as_of_option
@click.option("--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
              help="table for people, jsonl for programs.")  # fmt: skip
@language_option("the table")
@workspace_option
def speakers(
    as_of: datetime | None, format_: str, language: str | None, workspace: str | None, *, outlets: bool
) -> None:
    """Show who was right, beside the base rate: only of those with ten answered claims.

    Skill is against the base rate of the same queries: how often the same came true before anybody said so. Records
    are drawn towards the mean of all, the more, the fewer claims there are.

    \b
    Examples:
      siaga claims speakers
      siaga claims speakers --outlets --format jsonl
    """  # noqa: D301 - click reads \b
    from siaga.monitor.claims_scores import tracks  # noqa: PLC0415

    with _ledger(workspace, as_of, language) as at:
        found = tracks(at.ledger, "outlet" if outlets else "speaker")
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in found)
        return
    _show_tracks(found, "claims.column_outlet" if outlets else "claims.column_speaker", at.words)


@contextmanager
def _ledger(workspace: str | None, as_of: datetime | None, language: str | None) -> Iterator[At]:
    """The ledger of a workspace as of a day."""
    from siaga.monitor.ledger import ledger_series, standings  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.published import newest_day  # noqa: PLC0415

    where, words = the_workspace(workspace or of_group("workspace")), _words(language or of_group("language"))
    with reading_from(where) as connection:
        newest = newest_day(connection)
        until = day(as_of or of_group("as_of")) or (newest.isoformat() if newest else None)  # type: ignore[arg-type]
        if until is None:
            click.echo(words.say("claims.nothing_known"), err=True)
            sys.exit(0)
        if newest is not None and newest.isoformat() < until:
            click.echo(words.say("claims.known_until", day=words.day(newest.isoformat())), err=True)
        with ledger_series(where, until) as stored:
            yield At(connection, standings(connection, stored, until), until, words)


def _words(language: str | None) -> Catalogue:
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load reports

    return catalogue(language or preferred_language(os.environ))


def _link(where: Workspace, words: Catalogue) -> None:
    """Link what is not linked yet."""
    from siaga.flow import link_stored  # noqa: PLC0415 - loads the reader
    from siaga.serve.cli.workspaces import stand_on_overlay  # noqa: PLC0415
    from siaga.store.lineages import linking  # noqa: PLC0415

    stand_on_overlay(where)
    with linking(where) as run:
        if unlinked := sum(1 for _ in run.unlinked()):
            click.echo(words.say("claims.unlinked", count=unlinked), err=True)
        for _ in link_stored(run):
            continue


def _question(asked: Asked) -> ClaimQuestion:
    from siaga.serve.claimed import ClaimQuestion  # noqa: PLC0415

    return ClaimQuestion(
        speaker=asked["speaker"], parties=asked["actor"], since=day(asked["since"]), until=day(asked["until"]),
        outcomes=asked["outcome"], kind=asked["kind"],  # type: ignore[arg-type]  # click has checked them
    )  # fmt: skip


def _show(found: Sequence[Standing], at: At, format_: str) -> None:
    from siaga.report.claims import claim_markdown, claim_row  # noqa: PLC0415

    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in found)
        return
    rows = [claim_row(one, at.words) for one in found]
    head = at.words.say("claims.head", count=len(found), day=at.words.day(at.as_of), tally=_tally(found, at.words))
    if format_ == "markdown":
        click.echo(claim_markdown(rows, head, at.words), nl=False)
        return
    if not rows:
        click.echo(at.words.say("claims.nothing"), err=True)
        return
    names = ("made", "who", "what", "outcome")
    cells = [(f"{row.made}\n{row.claim}", row.who, f"{row.what}\n“{row.sentence}”", row.outcome) for row in rows]
    click.echo(head)
    _print_table([at.words.say(f"claims.column_{name}") for name in names], cells)


def _tally(found: Sequence[Standing], words: Catalogue) -> str:
    """How many have each outcome."""
    from siaga.monitor.claims_scores import tallies  # noqa: PLC0415

    counts = ((one.claims, words.say(f"claims.outcome.{one.outcome}")) for one in tallies(found))
    return words.listed([words.say("claims.tally", count=count, outcome=outcome) for count, outcome in counts])


def _show_tracks(found: Sequence[Track], name: str, words: Catalogue) -> None:
    from siaga.monitor.claims_scores import LEAST_ANSWERED  # noqa: PLC0415

    shown = [one for one in found if one.share_true is not None]
    if not shown:
        claims = sum(one.claims for one in found)
        click.echo(
            words.say("claims.speakers_none", least=LEAST_ANSWERED, claims=claims, speakers=len(found)), err=True
        )
        return
    columns = [
        words.say(name),
        *(words.say(f"claims.column_{one}") for one in ("answered", "true", "base", "skill", "drawn")),
    ]
    _print_table(columns, [_track_cells(one) for one in shown])
    click.echo(words.say("claims.speakers_note", least=LEAST_ANSWERED), err=True)


def _track_cells(one: Track) -> tuple[str, ...]:
    unknown = "–"
    return (
        one.name,
        str(one.answered),
        f"{one.share_true:.0%}" if one.share_true is not None else unknown,
        f"{one.base_rate:.0%}" if one.base_rate is not None else unknown,
        f"{one.brier_skill:+.2f}" if one.brier_skill is not None else unknown,
        f"{one.drawn_gain:+.3f} ({one.weight:.0%})" if one.drawn_gain is not None else unknown,
    )


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box  # noqa: PLC0415 - rich loads slowly
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False, markup=False, emoji=False).print(table)
