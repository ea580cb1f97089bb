"""A laid-out draft as Markdown and HTML, by templates of ours or the user's, and both languages side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import zip_longest

from siaga.base.pack import asset
from siaga.report.draft_laid import Laid, LaidLine, LaidNote, LaidSection
from siaga.report.markdown import escaped
from siaga.report.template import Ready, Values, filled_as, filled_html

__all__ = ["as_html", "as_markdown", "draft_template", "side_by_side"]

SIDE_STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:80rem;margin:1rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%}td,th{vertical-align:top;text-align:left;padding:.3rem .8rem;width:50%;"
    "border-bottom:1px solid #ddd}"
)


def as_markdown(one: Laid, template: str) -> str:
    """A laid-out draft as Markdown.

    Raises:
        GivenError: the template names what there is not.

    """
    return filled_as(template, _values(one, markdown=True), escaped)


def as_html(one: Laid, template: str) -> str:
    """A laid-out draft as a page that fetches and runs nothing.

    Raises:
        GivenError: the template names what there is not.

    """
    return filled_html(template, _values(one, markdown=False))


def draft_template(kind: str) -> str:
    """The template that comes with Siaga: `md`, `html` or `typ`."""
    return asset("brief", f"brief.{kind}").read_text("utf-8")


def side_by_side(one: Laid, other: Laid) -> str:
    """Two languages of a draft, line by line."""
    rows = [_row("th", one.title, other.title), _row("td", one.status, other.status)]
    for left, right in zip(one.sections, other.sections, strict=True):
        rows.append(_row("th", left.heading, right.heading))
        lines = zip_longest(left.lines, right.lines)
        rows += [_row("td", _told(a), _told(b)) for a, b in lines]
    head = f'<meta charset="utf-8"><title>{escape(one.title)}</title><style>{SIDE_STYLE}</style>'
    body = f"<table>{''.join(rows)}</table>"
    return f'<!doctype html>\n<html lang="{one.language}"><head>{head}</head><body>{body}</body></html>\n'


def _values(one: Laid, *, markdown: bool) -> Values:
    return {
        "title": one.title, "language": one.language, "basis": one.basis, "status": one.status, "empty": one.empty,
        "sections": [_section(section, one, markdown=markdown) for section in one.sections],
        "notes_heading": one.notes_heading, "notes": [_note(note, markdown=markdown) for note in one.notes],
        "coverage_heading": one.coverage_heading, "coverage": _texts(one.coverage), "likelihood": one.likelihood,
        "seal": _texts(one.seal),
    }  # fmt: skip


def _section(one: LaidSection, whole: Laid, *, markdown: bool) -> Values:
    return {
        "heading": one.heading,
        "about": _texts(filter(None, (one.about,))),
        "lines": [_line(line, markdown=markdown) for line in one.lines],
        "more": _texts(filter(None, (one.more,))),
        "nothing": _texts(() if one.lines else (whole.empty,)),
    }


def _line(line: LaidLine, *, markdown: bool) -> Values:
    numbers: Sequence[Values] = [{"number": Ready(f"[^{n}]") if markdown else str(n)} for n in line.notes]
    return {
        "text": line.text,
        "marks": _texts(line.marks),
        "numbers": numbers,
        "query": [{"command": line.query}] if line.query else [],
    }


def _note(note: LaidNote, *, markdown: bool) -> Values:
    url = Ready(f"<{note.url}>") if markdown and note.url else note.url
    return {
        "number": Ready(f"[^{note.number}]") if markdown else str(note.number),
        "text": note.text,
        "place": Ready(f"`{note.place.replace('`', '')}`") if markdown else note.place,
        "links": [{"url": url}] if url else [],
    }


def _texts(texts: Iterable[str | None]) -> list[Values]:
    return [{"text": text} for text in texts if text]


def _told(line: LaidLine | None) -> str:
    if line is None:
        return ""
    marks = "".join(f" ({mark})" for mark in line.marks)
    return f"{line.text}{marks} {' '.join(f'[{number}]' for number in line.notes)}"


def _row(tag: str, one: str, other: str) -> str:
    return f"<tr><{tag}>{escape(one)}</{tag}><{tag}>{escape(other)}</{tag}></tr>"
