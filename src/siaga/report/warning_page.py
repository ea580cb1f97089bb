"""Warnings as Markdown with footnotes, and as one HTML page that fetches and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from siaga.base.warning import Footnote
from siaga.report.catalogue import Catalogue, catalogue
from siaga.report.markdown import ADDRESS, escaped
from siaga.report.warning import ToldCard, ToldLine, note_line

__all__ = ["as_html", "as_markdown"]

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "h1{border-left:.6rem solid #8a8a8a;padding-left:.6rem}h1.waspada{border-color:#c79a00}"
    "h1.siaga{border-color:#c65500}h1.awas{border-color:#b3261e}ol{overflow-wrap:anywhere}"
)


def as_markdown(cards: Sequence[ToldCard]) -> str:
    """The cards one below the other; notes are named by the place of their card and their number: `[^2-1]`."""
    return "\n".join(line for place, card in enumerate(cards, 1) for line in _markdown(card, place)) + "\n"


def as_html(cards: Sequence[ToldCard], language: str) -> str:
    """The cards as one page."""
    title = escape(cards[0].headline if cards else "Siaga")
    body = "".join(part for place, card in enumerate(cards, 1) for part in _html(card, place))
    head = f'<meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body><main>{body}</main></body></html>\n'


def _markdown(card: ToldCard, place: int) -> Iterator[str]:
    words = catalogue(card.language)
    yield from (f"# {escaped(card.headline)}", "")
    yield from (f"- **{escaped(line.text)}**{_marks(line, place)}" for line in card.why)
    for section in card.sections:
        yield from ("", f"## {section.heading}", "")
        yield from (f"- {escaped(line.text)}{_marks(line, place)}" for line in section.lines)
    yield ""
    yield from (f"[^{place}-{note.number}]: {_note(note, words)}" for note in card.notes)
    yield ""


def _marks(line: ToldLine, place: int) -> str:
    return "".join(f" [^{place}-{number}]" for number in line.notes)


def _note(note: Footnote, words: Catalogue) -> str:
    address = f" <{note.url}>" if note.url and ADDRESS.fullmatch(note.url) else ""
    return f"{escaped(note_line(note, words))} `{escaped(note.article)}:{note.start}-{note.end}`{address}"


def _html(card: ToldCard, place: int) -> Iterator[str]:
    words = catalogue(card.language)
    yield f'<article><h1 class="{card.level}">{escape(card.headline)}</h1><ul>'
    yield from (f"<li><strong>{escape(line.text)}</strong>{_links(line, place)}</li>" for line in card.why)
    yield "</ul>"
    for section in card.sections:
        yield f"<h2>{escape(section.heading)}</h2><ul>"
        yield from (f"<li>{escape(line.text)}{_links(line, place)}</li>" for line in section.lines)
        yield "</ul>"
    if card.notes:
        yield f"<h2>{escape(words.say('warn.notes'))}</h2><ol>"
        yield from (_item(note, place, words) for note in card.notes)
        yield "</ol>"
    yield "</article>"


def _links(line: ToldLine, place: int) -> str:
    return "".join(f' <a href="#n{place}-{number}">[{number}]</a>' for number in line.notes)


def _item(note: Footnote, place: int, words: Catalogue) -> str:
    where = f"{note.article}:{note.start}-{note.end}"
    url = escape(note.url) if note.url and ADDRESS.fullmatch(note.url) else ""
    address = f' <a href="{url}">{url}</a>' if url else ""
    text = escape(note_line(note, words))
    return f'<li id="n{place}-{note.number}">{text} <code>{escape(where)}</code>{address}</li>'
