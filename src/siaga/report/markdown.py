"""A brief as Markdown with footnotes; text of articles is escaped, so that none of it is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from siaga.report.brief import Brief, Line, Note, Section
from siaga.report.catalogue import Catalogue, catalogue

__all__ = ["escaped", "markdown"]

MARKS = re.compile(r"[\\`*_\[\]<>|~&#]")
"""Characters that Markdown, with tables and strike-through, would read; of HTML, too."""

ADDRESS = re.compile(r"https?://[^\s<>\\]+")
"""An address that may stand between angle brackets."""


def markdown(composed: Brief) -> str:
    """The brief as Markdown with footnotes.

    A footnote is `[^1]: Outlet, date: “sentence” article:start-end <address>`: where the sentence stands in the text of
    the stored article, in code points, and where the page was.
    """
    words = catalogue(composed.language)
    sections = chain.from_iterable(_section_lines(section, words) for section in composed.sections)
    notes = (f"[^{note.number}]: {_note_line(note, words)}" for note in composed.notes)
    return "\n".join([f"# {composed.title}", "", f"*{escaped(composed.basis)}*", *sections, "", *notes]) + "\n"


def escaped(text: str) -> str:
    """Text of an article on one line, in which nothing is taken for Markdown or HTML."""
    return MARKS.sub(r"\\\g<0>", " ".join(text.split()))


def _note_line(note: Note, words: Catalogue) -> str:
    place = _code(f"{note.article}:{note.start}-{note.end}")
    address = f" <{note.url}>" if note.url and ADDRESS.fullmatch(note.url) else ""
    return f"{escaped(note_text(note, words))} {place}{address}"


def note_text(note: Note, words: Catalogue) -> str:
    """Outlet, day and sentence."""
    source, sentence = note.source or words.say("line.no_source"), note.sentence
    if not note.published:
        return words.say("line.note_undated", source=source, sentence=sentence)
    return words.say("line.note", source=source, day=words.day(note.published), sentence=sentence)


def _section_lines(section: Section, words: Catalogue) -> Iterator[str]:
    yield from ("", f"## {section.heading}", "")
    if section.said:
        yield from (f"*{escaped(section.said)}*", "")
    if not section.lines:
        yield words.say("brief.empty")
    for line in section.lines:
        yield f"- {_line_text(line)}"
    if section.more:
        yield f"- {words.say('brief.more', count=section.more)}"


def _line_text(line: Line) -> str:
    marks = " ".join(f"[^{number}]" for number in line.notes)
    counted = f" – {_code(line.query)}" if line.query else ""
    return f"{escaped(line.text)}{counted} {marks}"


def _code(command: str) -> str:
    """A command as code, whatever quotation marks are in it."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", command)), default=0))
    pad = " " if "`" in command else ""
    return f"{fence}{pad}{' '.join(command.split())}{pad}{fence}"
