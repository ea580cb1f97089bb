"""`siaga correct`: an analyst says what an event is, and it stays said."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, TypeVar, Unpack

import click

from siaga.serve.cli.giving import Options, given, given_in_words, giving
from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import read_with_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.change import Change, Part
    from siaga.base.correction import Correction, Proposal, Signature
    from siaga.base.document import Reading
    from siaga.base.event import Event, Evidence
    from siaga.report.catalogue import Catalogue
    from siaga.store.connection import Connection
    from siaga.store.load import StoredEvent
    from siaga.store.workspace import Workspace

__all__ = ["analyst_of", "command"]

Command = TypeVar("Command", bound=Callable[..., Any])


class Desk(TypedDict):
    """What every correction is given: who, why, where, and in which language to answer."""

    by: str | None
    note: str | None
    language: str | None
    workspace: str | None


class At(NamedTuple):
    """Where an analyst works."""

    connection: Connection
    signature: Signature
    words: Catalogue


def at_desk(command: Command) -> Command:
    """A command with the options of every correction."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--note", metavar="TEXT", default=None, help="Why; kept with the correction."),
    click.option("--by", metavar="NAME", default=None,
                 help="Who corrects; by default the setting analyst.name, else whoever is logged in."),
    language_option("what the command says"),
    workspace_option,
)  # fmt: skip


@click.group("correct")
def command() -> None:
    """Correct what the reader read: it stays corrected when the articles are read again.

    EVENT is an id as siaga events gives it. Corrections are kept with who made them, when and why
    (siaga corrections); the reader's own word is kept beside them, and siaga explain shows both.

    \b
    Examples:
      siaga correct wrong 5f0c2a61d3e94b77 --note "a figure of speech"
      siaga correct edit 5f0c2a61d3e94b77 --status planned --day 2022-03-01
      siaga correct add 55cb060374d1e1a9 --sentence 3 --type MOBILIZE --trigger pasukan --actor RUS
      siaga correct undo 1c9a4be0c2f81d35
    """  # noqa: D301 - click reads \b


@command.command("wrong")
@click.argument("events", nargs=-1, required=True, metavar="EVENT ...")
@at_desk
def wrong(events: tuple[str, ...], **desk: Unpack[Desk]) -> None:
    """Say that nothing of this kind is reported: the events are left out from now on.

    \b
    Example:
      siaga correct wrong 5f0c2a61d3e94b77 --note "a figure of speech"
    """  # noqa: D301 - click reads \b
    from siaga.base.correction import Proposal  # noqa: PLC0415 - `siaga --help` must not load records

    with _desk(desk) as at:
        for stored in [_stored(at, event) for event in dict.fromkeys(events)]:
            proposal = Proposal(kind="wrong", part=stored.part, meant=(stored.event,))
            _correct(at, stored.article.id, proposal)


@command.command("edit")
@click.argument("event", metavar="EVENT")
@giving
@at_desk
def edit(
    event: str,
    by: str | None,
    note: str | None,
    language: str | None,
    workspace: str | None,
    **options: Unpack[Options],
) -> None:
    """Say what is otherwise of an event; what is not said stays as it was.

    \b
    Examples:
      siaga correct edit 5f0c2a61d3e94b77 --status planned
      siaga correct edit 5f0c2a61d3e94b77 --actor RUS --actor BLR --recipient -
      siaga correct edit 5f0c2a61d3e94b77 --place Riga --earliest 2021-11-30 --latest 2021-12-01
    """  # noqa: D301 - click reads \b
    from siaga.base.correction import Proposal  # noqa: PLC0415
    from siaga.extract.given import given_event  # noqa: PLC0415

    with _desk(Desk(by=by, note=note, language=language, workspace=workspace)) as at:
        stored = _stored(at, event)
        after = given_event(stored.event, given(options), stored.article.language, _others(at, stored))
        if after == stored.event:
            raise click.UsageError(at.words.say("correct.nothing", event=event))
        _correct(at, stored.article.id, Proposal(kind="edit", part=stored.part, meant=(stored.event,), given=(after,)))


@command.command("add")
@click.argument("article", metavar="ARTICLE")
@click.option(
    "--sentence",
    metavar="NUMBER|WORDS",
    default=None,
    help="Which sentence: its number, or words that only it has. Without it, the sentences are listed.",
)
@click.option("--title", "in_title", is_flag=True, help="It is told in the title.")
@giving
@at_desk
def add(  # noqa: PLR0913, PLR0917 - one parameter an option
    article: str,
    sentence: str | None,
    by: str | None,
    note: str | None,
    language: str | None,
    workspace: str | None,
    *,
    in_title: bool,
    **options: Unpack[Options],
) -> None:
    """Add an event that the reader did not find, to a sentence of an article.

    \b
    Examples:
      siaga correct add 55cb060374d1e1a9
      siaga correct add 55cb060374d1e1a9 --sentence 3 --type MOBILIZE --trigger pasukan --actor RUS --recipient UKR
      siaga correct add 55cb060374d1e1a9 --sentence "latihan perang" --type MOBILIZE --trigger latihan --actor RUS
    """  # noqa: D301 - click reads \b
    from siaga.base.change import is_same_act  # noqa: PLC0415
    from siaga.base.correction import Proposal  # noqa: PLC0415
    from siaga.extract.given import new_event  # noqa: PLC0415

    with _desk(Desk(by=by, note=note, language=language, workspace=workspace)) as at:
        reading = _reading(at, article)
        evidence = _title(at, reading) if in_title else _sentence(at, reading, sentence)
        if evidence is None:
            return
        part: Part = "title" if in_title else "body"
        event = new_event(reading.article, evidence, given(options))
        for known in reading.title_events if in_title else reading.events:
            if is_same_act(known, event):
                raise click.UsageError(at.words.say("correct.known", event=known.id))
        _correct(at, article, Proposal(kind="add", part=part, given=(event,)))


@command.command("merge")
@click.argument("events", nargs=-1, required=True, metavar="EVENT EVENT ...")
@at_desk
def merge(events: tuple[str, ...], **desk: Unpack[Desk]) -> None:
    """Say that several events of an article are one: the first stays, with what the others add to it.

    \b
    Example:
      siaga correct merge 5f0c2a61d3e94b77 9b1de2a0754c3f18
    """  # noqa: D301 - click reads \b
    from siaga.base.correction import Proposal  # noqa: PLC0415
    from siaga.extract.given import merged_event  # noqa: PLC0415

    with _desk(desk) as at:
        stored = [_stored(at, event) for event in dict.fromkeys(events)]
        if len(stored) < 2 or len({(one.article.id, one.part) for one in stored}) > 1:  # noqa: PLR2004 - several
            raise click.UsageError(at.words.say("correct.merge"))
        meant = tuple(one.event for one in stored)
        proposal = Proposal(kind="merge", part=stored[0].part, meant=meant, given=(merged_event(meant),))
        _correct(at, stored[0].article.id, proposal)


@command.command("split")
@click.argument("event", metavar="EVENT")
@click.option(
    "--into",
    "parts",
    multiple=True,
    required=True,
    metavar="'NAME=VALUE ...'",
    help="What is otherwise in one of the parts, by the names of the options of edit; once for each part.",
)
@at_desk
def split(event: str, parts: tuple[str, ...], **desk: Unpack[Desk]) -> None:
    """Say that an event is several.

    \b
    Examples:
      siaga correct split 5f0c2a61d3e94b77 --into recipient=POL --into recipient=LTU
      siaga correct split 5f0c2a61d3e94b77 --into status=happened --into "type=THREATEN status=happened trigger=ancam"
    """  # noqa: D301 - click reads \b
    from siaga.base.correction import Proposal  # noqa: PLC0415
    from siaga.base.ids import content_id  # noqa: PLC0415
    from siaga.extract.given import given_event  # noqa: PLC0415

    with _desk(desk) as at:
        if len(parts) < 2:  # noqa: PLR2004 - several
            raise click.UsageError(at.words.say("correct.split"))
        stored = _stored(at, event)
        others, language = _others(at, stored), stored.article.language
        made = tuple(
            given_event(stored.event, given_in_words(part), language, others).replace(
                id=content_id("event", event, "split", number)
            )
            for number, part in enumerate(parts)
        )
        _correct(at, stored.article.id, Proposal(kind="split", part=stored.part, meant=(stored.event,), given=made))


@command.command("undo")
@click.argument("correction", metavar="CORRECTION")
@at_desk
def undo(correction: str, **desk: Unpack[Desk]) -> None:
    """Let a correction hold no longer; to undo the undoing brings it back.

    \b
    Example:
      siaga correct undo 1c9a4be0c2f81d35
    """  # noqa: D301 - click reads \b
    from siaga.base.correction import in_force  # noqa: PLC0415
    from siaga.store import corrections  # noqa: PLC0415

    with _desk(desk) as at:
        target = corrections.load_correction(at.connection, correction)
        if target is None:
            raise click.UsageError(at.words.say("correct.unknown_correction", correction=correction))
        if correction not in in_force(corrections.load_corrections(at.connection, target.article)):
            raise click.UsageError(at.words.say("correct.undone", correction=correction))
        _tell(at, *corrections.undo(at.connection, target, at.signature))


@contextmanager
def _desk(desk: Desk) -> Iterator[At]:
    """Where the analyst works, with the right to write."""
    from siaga.base.correction import Signature  # noqa: PLC0415
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.store.database import now, writing_to  # noqa: PLC0415

    where, words = the_workspace(desk["workspace"]), catalogue(desk["language"] or preferred_language(os.environ))
    analyst = desk["by"] or analyst_of(where, words)
    read_with_overlay(where)
    with writing_to(where) as connection:
        yield At(connection, Signature(analyst=analyst, moment=now(), note=desk["note"]), words)


def analyst_of(where: Workspace, words: Catalogue) -> str:
    """Who works here: by the settings, else whoever is logged in.

    Raises:
        UsageError: nobody is known.

    """
    from siaga.serve.accounts.local import local_name  # noqa: PLC0415

    if (name := local_name(where)) is None:
        raise click.UsageError(words.say("correct.nobody"))
    return name


def _stored(at: At, event: str) -> StoredEvent:
    from siaga.store.corrections import load_withdrawn  # noqa: PLC0415
    from siaga.store.load import load_event  # noqa: PLC0415

    if (found := load_event(at.connection, event)) is not None:
        return found
    if (gone := load_withdrawn(at.connection, event)) is not None:
        raise click.UsageError(at.words.say("correct.withdrawn", event=event, moment=gone.moment))
    raise click.UsageError(at.words.say("explain.unknown", event=event))


def _reading(at: At, article: str) -> Reading:
    from siaga.store.load import load_reading  # noqa: PLC0415

    if (reading := load_reading(at.connection, article)) is None:
        raise click.UsageError(at.words.say("correct.unknown_article", article=article))
    return reading


def _others(at: At, stored: StoredEvent) -> Sequence[Event]:
    reading = _reading(at, stored.article.id)
    return (*reading.events, *reading.title_events)


def _title(at: At, reading: Reading) -> Evidence:
    from siaga.base.event import Evidence  # noqa: PLC0415

    if not (title := reading.article.title):
        raise click.UsageError(at.words.say("correct.untitled", article=reading.article.id))
    return Evidence(start=0, end=len(title), text=title)


def _sentence(at: At, reading: Reading, asked: str | None) -> Evidence | None:
    """The sentence that is asked for; null if none is, and all were listed."""
    from siaga.flow import sentences  # noqa: PLC0415 - loads the reader

    told = sentences(reading.article)
    if asked is None:
        click.echo("\n".join(f"{number:>3}  {' '.join(one.text.split())}" for number, one in enumerate(told, 1)))
        return None
    if asked.isdecimal():
        fitting = told[int(asked) - 1 : int(asked)] if int(asked) else ()
    else:
        fitting = tuple(one for one in told if asked.casefold() in one.text.casefold())
    if len(fitting) != 1:
        raise click.UsageError(at.words.say("correct.sentence", asked=asked, count=len(fitting), all=len(told)))
    return fitting[0]


def _correct(at: At, article: str, proposal: Proposal) -> None:
    from siaga.store.corrections import correct  # noqa: PLC0415

    done = correct(at.connection, article, proposal, at.signature)
    if done is None:
        raise click.UsageError(at.words.say("correct.unknown_article", article=article))
    _tell(at, *done)


def _tell(at: At, correction: Correction, changes: Sequence[Change]) -> None:
    """Say what changed, and how it is undone."""
    from siaga.serve.cli.changes import console, show_changes  # noqa: PLC0415 - loads rich

    show_changes(changes, at.words, console())
    if not changes:
        click.echo(at.words.say("correct.unchanged"))
    click.echo(at.words.say("correct.done", correction=correction.id, analyst=correction.analyst))
