"""`siaga explain`: why an event was coded as it was."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import LANGUAGES, preferred_language
from siaga.serve.cli.workspaces import read_with_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from rich.console import Console

    from siaga.extract.coder.explain import Explanation, Step
    from siaga.report.catalogue import Catalogue

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
@click.option(
    "--lang", "-l", "language", type=click.Choice(LANGUAGES), default=None,
    help="Language of the headings; by default that of your terminal (LANG), else English.",
)  # fmt: skip
@workspace_option
def command(event: str, format_: str, language: str | None, workspace: str | None) -> None:
    """Show why a stored event was coded as it was.

    The sentence in its context, the rule with its examples, and each question that the coder asked: the answers that
    were possible, how probable each was, and which features weighed most. EVENT is an id as `siaga events --format
    jsonl` gives it. The stored text is read again for it, by the reader that is installed.

    \b
    Examples:
      siaga explain 5f0c2a61d3e94b77
      siaga explain 5f0c2a61d3e94b77 --format json
    """  # noqa: D301 - click reads \b
    from siaga.flow import explanation  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.load import load_event, load_reading  # noqa: PLC0415

    words = catalogue(language or preferred_language(os.environ))
    where = the_workspace(workspace)
    read_with_overlay(where)
    with reading_from(where) as connection:
        stored = load_event(connection, event)
        reading = load_reading(connection, stored.article.id) if stored else None
    if stored is None or reading is None:
        raise click.UsageError(words.say("explain.unknown", event=event))
    found = explanation(reading.article, event)
    if found is None:
        raise click.ClickException(words.say("explain.otherwise", reader=stored.article.reader or "?"))
    if format_ == "json":
        sys.stdout.buffer.write(found.to_json() + b"\n")
    else:
        _show(found, words)


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
