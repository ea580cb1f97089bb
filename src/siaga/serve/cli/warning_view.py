"""A warning in the terminal: in brief, or the whole card."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from siaga.report.catalogue import Catalogue, catalogue
from siaga.report.warning import ToldCard, ToldLine, note_line

__all__ = ["brief_card", "whole_card"]

STYLES = {"awas": "bold white on red", "siaga": "bold red", "waspada": "bold yellow", "unknown": "bold magenta"}
"""Of the first line, by level; the level is also said in words."""
MOST_DRIVERS = 3
"""Of a warning in brief."""


def brief_card(card: ToldCard) -> RenderableType:
    """Level and why, and what drives it most, with the sentence that the first line stands on."""
    drivers = next(one for one in card.sections if one.key == "drivers")
    words = catalogue(card.language)
    first = (Padding(_note(note.number, note_line(note, words), ""), (0, 0, 0, 4)) for note in card.notes[:1])
    lines = (Padding(_line(one), (0, 0, 0, 2)) for one in drivers.lines[:MOST_DRIVERS])
    return Group(*_head(card), *lines, *first, Text())


def whole_card(card: ToldCard) -> RenderableType:
    """All of it, with every sentence."""
    words = catalogue(card.language)
    return Group(*_head(card), *_sections(card), *_notes(card, words), Text())


def _head(card: ToldCard) -> Iterator[RenderableType]:
    yield Text(card.headline, STYLES.get(card.level, "bold"))
    yield from (Padding(_line(one, "bold"), (0, 0, 0, 2)) for one in card.why)


def _sections(card: ToldCard) -> Iterator[RenderableType]:
    for section in card.sections:
        yield Text(f"\n{section.heading}", "bold cyan")
        yield from (Padding(_line(one), (0, 0, 0, 1)) for one in section.lines)


def _notes(card: ToldCard, words: Catalogue) -> Iterator[RenderableType]:
    if card.notes:
        yield Text(f"\n{words.say('warn.notes')}", "bold cyan")
    for note in card.notes:
        where = f" {note.article}:{note.start}-{note.end}{f' {note.url}' if note.url else ''}"
        yield Padding(_note(note.number, note_line(note, words), where), (0, 0, 0, 1))


def _line(one: ToldLine, style: str = "") -> Text:
    marks = "".join(f"[{number}]" for number in one.notes)
    return Text.assemble("• ", (one.text, style), (f" {marks}" if marks else "", "dim"))


def _note(number: int, text: str, where: str) -> Text:
    return Text.assemble(f"[{number}] {text}", (where, "dim"))
