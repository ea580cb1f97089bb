"""`siaga brief draft`, `edit`, `sign`, `publish`, `verify`: a brief that somebody answers for with their name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.alerts_told import Desk, desk, desk_options
from siaga.serve.cli.selecting import DAY
from siaga.serve.cli.workspaces import stand_on_overlay

if TYPE_CHECKING:
    from siaga.base.signed import Draft, Kept
    from siaga.base.window import Window

__all__ = ["draft", "edit", "kept", "publish", "show", "sign", "verify"]

KINDS = ("md", "html", "pdf", "docx")
"""As in `serve/signing.py`; a test compares."""


@click.command("draft")
@click.option("--since", metavar="YYYY-MM-DD", type=DAY, default=None,
              help="First day of publication; by default 30 days before the last.")  # fmt: skip
@click.option("--until", metavar="YYYY-MM-DD", type=DAY, default=None,
              help="Last day of publication; by default that of the newest article.")  # fmt: skip
@desk_options("what is said")
def draft(since: datetime | None, until: datetime | None, workspace: str | None, language: str | None) -> None:
    """Draft a brief to be signed, in both languages from the same facts, with the warnings of its last day.

    Beside what siaga brief writes it has the warnings, what changed since the last one that was signed, and what it
    rests on: sources that were alive, articles read, inputs that could not be used.

    \b
    Examples:
      siaga brief draft
      siaga brief draft --since 2022-01-24 --until 2022-02-23
    """  # noqa: D301 - click reads \b
    from siaga.serve.signing import draft as drafted  # noqa: PLC0415 - `siaga --help` must not load the reader

    at = desk(workspace, language)
    stand_on_overlay(at.where)
    if (window := _window(at, since, until)) is None:
        click.echo(at.words.say("alert.no_day"), err=True)
        return
    if (made := drafted(at.where, window, at.who)) is None:
        click.echo(at.words.say("signed.no_articles", since=window.since, until=window.until), err=True)
        return
    lines = sum(len(section.lines) for section in made.draft.sections)
    counts = {"lines": lines, "notes": len(made.draft.notes)}
    click.echo(at.words.say("signed.drafted", brief=made.brief, since=window.since, until=window.until, **counts))


@click.command("show")
@click.argument("brief")
@click.option("--format", "-f", "format_", type=click.Choice(["lines", "versions", "json", *KINDS]), default="lines",
              show_default=True, help="lines with their keys; versions; or the brief as it is published.")  # fmt: skip
@desk_options("the brief")
def show(brief: str, format_: str, workspace: str | None, language: str | None) -> None:
    """Show a brief that is kept: its lines with their keys, its versions, or the whole as it is published.

    BRIEF is an id of siaga brief kept; its first four digits suffice where no other begins so.

    \b
    Examples:
      siaga brief show 5fbd
      siaga brief show 5fbd --format versions
      siaga brief show 5fbd --format html --lang id > brief.html
    """  # noqa: D301 - click reads \b
    from siaga.serve.signing import file_of, found_brief  # noqa: PLC0415

    at = desk(workspace, language)
    found = found_brief(at.where, brief)
    if format_ == "lines":
        _show_lines(found.last.draft, at)
    elif format_ == "versions":
        _show_versions(found, at)
    elif format_ == "json":
        sys.stdout.buffer.write(found.last.draft.to_json() + b"\n")
    else:
        sys.stdout.buffer.write(_made(at, format_, lambda: file_of(at.where, found, at.words.language, format_)))


@click.command("edit")
@click.argument("brief")
@click.argument("line", metavar="LINE|SECTION")
@click.option("--en", metavar="TEXT", default=None, help="The new text in English, with its notes: … [^1] [^2]")
@click.option("--id", "id_", metavar="TEXT", default=None, help="The new text in Indonesian.")
@click.option("--add", "kind", flag_value="add", help="A line of your own at the end of SECTION, in both languages.")
@click.option("--remove", "kind", flag_value="remove", help="Take the line out.")
@click.option("--drop-notes", is_flag=True, help="The new text stands on fewer sentences; on none, it is marked so.")
@desk_options("what is said")
def edit(  # noqa: PLR0913, PLR0917 - one parameter an option
    brief: str, line: str, en: str | None, id_: str | None, kind: str | None, workspace: str | None,
    language: str | None, *, drop_notes: bool,
) -> None:  # fmt: skip
    """Change a line of a draft; every version is kept.

    A line keeps its footnotes: text that loses one is refused, unless you say that it drops them. A line without any
    is marked as an analyst's own word wherever it is shown.

    \b
    Examples:
      siaga brief edit 5fbd situation.1 --en "Kyiv says ... [^2]" --id "Kyiv mengatakan ... [^2]"
      siaga brief edit 5fbd situation --add --en "We expect ..." --id "Kami memperkirakan ..."
      siaga brief edit 5fbd happened.3 --remove

    Exit code: 0; 2 if it may not be: says why.
    """  # noqa: D301 - click reads \b
    from siaga.report.draft import Edit  # noqa: PLC0415
    from siaga.serve.signing import Change, changed  # noqa: PLC0415

    at = desk(workspace, language)
    text = {name: words for name, words in (("en", en), ("id", id_)) if words is not None}
    if not text and kind != "remove":
        raise click.UsageError(at.words.say("signed.nothing_to_do"))
    change = Change(line=line, kind=kind or "edit", edit=Edit(text=text, who=at.who, drops_notes=drop_notes))
    made = changed(at.where, brief, change)
    _show_lines(made.draft, at, line)


@click.command("sign")
@click.argument("brief")
@desk_options("the confirmation")
def sign(brief: str, workspace: str | None, language: str | None) -> None:
    """Sign a draft with your name: from now on it can't change, and whoever changes it behind our back is found.

    \b
    Example:
      siaga brief sign 5fbd

    Exit code: 0; 2 if it is signed already, or the chain of versions was changed.
    """  # noqa: D301 - click reads \b
    from siaga.serve.signing import found_brief, one_sided  # noqa: PLC0415
    from siaga.serve.signing import sign as signed  # noqa: PLC0415

    at = desk(workspace, language)
    if lines := one_sided(found_brief(at.where, brief)):
        click.echo(at.words.say("signed.one_language", lines=", ".join(lines)), err=True)
    made = signed(at.where, brief, at.who)
    click.echo(at.words.say("signed.signed", brief=made.brief, who=at.who, hash=made.hash))


@click.command("publish")
@click.argument("brief")
@click.option(
    "--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Of files; by default all that can be made."
)
@desk_options("what is said")
def publish(brief: str, kinds: tuple[str, ...], workspace: str | None, language: str | None) -> None:
    """Write a signed brief as files into briefs/BRIEF/: both languages, and side by side.

    PDF needs the extra siaga[pdf] (typst), Word siaga[docx]; without them these files are left out, and told.

    \b
    Examples:
      siaga brief publish 5fbd
      siaga brief publish 5fbd --kind pdf --kind md
    """  # noqa: D301 - click reads \b
    from siaga.report.draft_files import missing_extra  # noqa: PLC0415
    from siaga.serve.signing import publish as published  # noqa: PLC0415

    at = desk(workspace, language)
    wanted = kinds or KINDS
    for path in published(at.where, brief, at.who, wanted):
        click.echo(at.words.say("signed.published", path=path))
    for kind in wanted:
        if (extra := missing_extra(kind)) is not None:
            click.echo(at.words.say("signed.not_made", what=kind, extra=extra), err=True)


@click.command("kept")
@desk_options("the list")
def kept(workspace: str | None, language: str | None) -> None:
    """Show the briefs that are kept, the latest first.

    \b
    Example:
      siaga brief kept
    """  # noqa: D301 - click reads \b
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.signed import load_all_briefs  # noqa: PLC0415

    at = desk(workspace, language)
    with reading_from(at.where) as connection:
        found = load_all_briefs(connection)
    for one in found:
        text = one.last.draft
        click.echo(at.words.say("signed.row", brief=one.last.brief, since=text.since, until=text.until,
                                state=_state(one, at), versions=len(one.versions)))  # fmt: skip
    if not found:
        click.echo(at.words.say("signed.no_briefs"), err=True)


@click.command("verify")
@desk_options("what is said")
def verify(workspace: str | None, language: str | None) -> None:
    """Check that no version of any brief was changed, nor a file that was published.

    \b
    Example:
      siaga brief verify

    Exit code: 0 if all is as it was written; 2 if not: says what.
    """  # noqa: D301 - click reads \b
    from siaga.serve.signing import require_true  # noqa: PLC0415

    at = desk(workspace, language)
    found = require_true(at.where)
    last = max((version for one in found for version in one.versions), key=lambda one: one.number, default=None)
    versions = sum(len(one.versions) for one in found)
    click.echo(at.words.say("signed.whole", versions=versions, briefs=len(found), hash=last.hash if last else "-"))


def _window(at: Desk, since: datetime | None, until: datetime | None) -> Window | None:
    from siaga.base.window import Window, days_back  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.published import newest_day  # noqa: PLC0415

    with reading_from(at.where) as connection:
        last = until.date() if until else newest_day(connection)
    if last is None:
        return None
    window = days_back(last)
    if since:
        window = Window(since=since.date().isoformat(), until=window.until)
    if window.since > window.until:
        raise click.UsageError(f"--since {window.since} is after the last day, {window.until}")
    return window


def _show_lines(text: Draft, at: Desk, only: str | None = None) -> None:
    """The lines of a draft with their keys and notes; of one line or section, if it is named."""
    for section in text.sections:
        for line in section.lines:
            if only is None or only in {line.key, section.key}:
                marks = "".join(f" [^{number}]" for number in line.notes)
                flags = f" ({at.words.say('signed.unsourced')})" if line.unsourced else ""
                said = f"{line.said.of(at.words.language)}{marks}{flags}"
                click.echo(at.words.say("signed.line_now", line=line.key, text=said))


def _show_versions(found: Kept, at: Desk) -> None:
    for one in found.versions:
        click.echo(at.words.say(
            "signed.version_line", number=one.number, moment=one.moment, who=one.who,
            kind=at.words.say(f"signed.kind_{one.kind}"), note=one.note or "", hash=one.hash[:12],
        ))  # fmt: skip


def _state(one: Kept, at: Desk) -> str:
    if (seal := one.seal) is None:
        return at.words.say("signed.state_draft")
    key = "signed.state_published" if one.last.kind == "published" else "signed.state_signed"
    return at.words.say(key, who=seal.who)


def _made(at: Desk, kind: str, make: Callable[[], bytes]) -> bytes:
    """A file, or what is to be installed to make it.

    Raises:
        UsageError: an extra is missing.

    """
    from siaga.report.draft_files import missing_extra  # noqa: PLC0415

    if (extra := missing_extra(kind)) is not None:
        raise click.UsageError(at.words.say("signed.not_made", what=kind, extra=extra))
    return make()
