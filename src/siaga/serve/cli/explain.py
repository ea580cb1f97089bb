"""`siaga explain`: why an event was coded as it was."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import read_with_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from rich.console import Console

    from siaga.base.article import Article
    from siaga.base.event import Event
    from siaga.extract.coder.explain import Explanation, Step
    from siaga.report.catalogue import Catalogue
    from siaga.store.connection import Connection
    from siaga.store.corrections import Kept

__all__ = ["command"]

MOST_ANSWERS = 4
"""Answers to a question that a person is shown."""
LEAST = 0.01
"""Probability under which an answer that was not taken is not shown."""


@click.command("explain")
@click.argument("event", metavar="EVENT")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="table for people, json for programs.",
)  # fmt: skip
@language_option("the headings")
@workspace_option
def command(event: str, format_: str, language: str | None, workspace: str | None) -> None:
    """Show why a stored event was coded as it was.

    The sentence in its context, the rule with its examples, and each question that the coder asked: the answers that
    were possible, how probable each was, and which features weighed most. EVENT is an id as `siaga events` gives it.
    The stored text is read again for it, by the reader that is installed. Of an event that was corrected, it tells
    who corrected what, when and why, and what the reader had said; of one that no longer stands, since when.

    \b
    Examples:
      siaga explain 5f0c2a61d3e94b77
      siaga explain 5f0c2a61d3e94b77 --format json
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.store.database import reading_from  # noqa: PLC0415

    words = catalogue(language or preferred_language(os.environ))
    where = the_workspace(workspace)
    read_with_overlay(where)
    with reading_from(where) as connection:
        known = _known(connection, event)
    if known is None:
        raise click.UsageError(words.say("explain.unknown", event=event))
    found = _explained(known)
    if found is None and not known.corrections and not known.withdrawn:
        raise click.ClickException(words.say("explain.otherwise", reader=known.article.reader or "?"))
    if format_ == "json":
        _write_json(known, found)
    else:
        _show_known(known, found, words)


class Known(NamedTuple):
    """What is stored of an event: itself, its article as it is read now, and what analysts said of it."""

    event: Event
    article: Article
    withdrawn: str | None
    """When it ceased to stand; null if it stands."""
    corrections: tuple[Kept, ...]


def _known(connection: Connection, event: str) -> Known | None:
    from siaga.store.corrections import corrections_about, load_withdrawn  # noqa: PLC0415
    from siaga.store.load import load_event, load_reading  # noqa: PLC0415

    stored, gone = load_event(connection, event), load_withdrawn(connection, event)
    if stored is not None:
        told, article, moment = stored.event, stored.article.id, None
    elif gone is not None:
        told, article, moment = gone.event, gone.article, gone.moment
    else:
        return None
    reading, about = load_reading(connection, article), corrections_about(connection, article, event)
    return Known(told, reading.article, moment, about) if reading else None


def _explained(known: Known) -> Explanation | None:
    """Why the reader of today codes the event or, if an analyst gave it, those in whose place it stands."""
    from siaga.flow import explanation  # noqa: PLC0415

    meant = (event.id for one in known.corrections for event in one.correction.meant)
    found = (explanation(known.article, id_) for id_ in dict.fromkeys((known.event.id, *meant)))
    return next(filter(None, found), None)


def _write_json(known: Known, found: Explanation | None) -> None:
    """The explanation with what analysts said; without one, the event and that."""
    import msgspec  # noqa: PLC0415

    told = {
        "event": known.event,
        "before": found.before if found else "",
        "after": found.after if found else "",
        "hits": found.hits if found else (),
        "steps": found.steps if found else (),
        "withdrawn": known.withdrawn,
        "corrections": known.corrections,
    }
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")


def _show_known(known: Known, found: Explanation | None, words: Catalogue) -> None:
    if known.withdrawn:
        click.echo(words.say("explain.withdrawn", event=known.event.id, moment=known.withdrawn))
    if known.corrections:
        _show_corrections(known, words)
    if found is not None:
        _show(found, words)
    else:
        click.echo(words.say("explain.now", reader=known.article.reader or "?"))


def _show_corrections(known: Known, words: Catalogue) -> None:
    """Who corrected what, when and why, and what the reader had said."""
    from rich.text import Text  # noqa: PLC0415 - rich loads slowly

    from siaga.serve.cli.changes import console, show_correction  # noqa: PLC0415

    out = console()
    for one in known.corrections:
        show_correction(one, words, out)
    out.print(Text(f"    “{' '.join(known.event.evidence.text.split())}”", "bold yellow"))
    out.rule(words.say("explain.reader"), align="left")


def _show(found: Explanation, words: Catalogue) -> None:
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly
    from rich.text import Text  # noqa: PLC0415

    console, event = Console(), found.event
    console.print(Text(f"{event.type} · {words.say(f'status.{event.status}')} · {event.rule}", style="bold"))
    sentence = Text(event.evidence.text, style="bold yellow")
    sentence.highlight_words([event.trigger], style="reverse")
    console.print(Text(" ").join([Text(found.before, style="dim"), sentence, Text(found.after, style="dim")]))
    for step in found.steps:
        _show_step(console, step, words)
    console.rule(words.say("explain.hits"), align="left")
    for hit in found.hits:
        console.print(Text(hit))


def _show_step(console: Console, step: Step, words: Catalogue) -> None:
    from rich.text import Text  # noqa: PLC0415

    console.rule(words.say(f"explain.{step.question}"), align="left")
    for answer in step.answers[:MOST_ANSWERS]:
        if answer.taken or answer.probability >= LEAST:
            reasons = "  ".join(f"{reason.feature} {reason.weight:+.2f}" for reason in answer.reasons)
            mark = "●" if answer.taken else "○"
            console.print(
                Text(f"{mark} {answer.probability:.2f} {answer.answer}", style="bold" if answer.taken else "")
            )
            console.print(Text(f"    {reasons}", style="dim"))
