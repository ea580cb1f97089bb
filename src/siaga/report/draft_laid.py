"""A draft in one language, laid out: what Markdown, HTML, PDF and Word set each in its way."""

from __future__ import annotations

from collections.abc import Iterator

from siaga.base.record import Record
from siaga.base.signed import Draft, DraftLine, DraftNote, DraftSection, Seal
from siaga.report.catalogue import Catalogue
from siaga.report.markdown import ADDRESS

__all__ = ["Laid", "LaidLine", "LaidNote", "LaidSection", "laid"]


class LaidLine(Record):
    """A line, the numbers of its notes, and what is to be said of it."""

    key: str
    text: str
    notes: tuple[int, ...]
    marks: tuple[str, ...]
    """`new`, `no source: …`"""
    query: str | None


class LaidSection(Record):
    """Lines under a heading."""

    key: str
    heading: str
    about: str | None
    lines: tuple[LaidLine, ...]
    more: str | None


class LaidNote(Record):
    """A sentence with outlet and day, where it stands, and the address of its page."""

    number: int
    text: str
    place: str
    url: str | None


class Laid(Record):
    """The whole in one language."""

    language: str
    title: str
    basis: str
    status: str
    signed: bool
    sections: tuple[LaidSection, ...]
    notes_heading: str
    notes: tuple[LaidNote, ...]
    coverage_heading: str
    coverage: tuple[str, ...]
    likelihood: str
    seal: tuple[str, ...]
    """Who signed it, and the hashes; none while nobody did."""
    empty: str
    day: str
    """The last day of its window."""


def laid(draft: Draft, seal: Seal | None, words: Catalogue) -> Laid:
    """A draft in one language, with the signature if it has one."""
    language = words.language
    status = words.say("signed.signed_by", who=seal.who, moment=seal.moment) if seal else words.say("signed.unsigned")
    return Laid(
        language=language,
        title=draft.title.of(language),
        basis=draft.basis.of(language),
        status=status,
        signed=seal is not None,
        sections=tuple(_section(one, words) for one in draft.sections),
        notes_heading=words.say("signed.notes"),
        notes=tuple(_note(one, words) for one in draft.notes),
        coverage_heading=words.say("signed.coverage"),
        coverage=tuple(_coverage(draft, words)),
        likelihood=words.say("signed.likelihood"),
        seal=(status, words.say("signed.content", content=seal.content, hash=seal.hash)) if seal else (),
        empty=words.say("signed.empty"),
        day=draft.until,
    )


def _section(one: DraftSection, words: Catalogue) -> LaidSection:
    return LaidSection(
        key=one.key,
        heading=one.heading.of(words.language),
        about=one.about.of(words.language) if one.about else None,
        lines=tuple(_line(line, words) for line in one.lines),
        more=words.say("brief.more", count=one.more) if one.more else None,
    )


def _line(line: DraftLine, words: Catalogue) -> LaidLine:
    marks = [words.say("signed.new")] if line.fresh else []
    marks += [words.say("signed.unsourced")] if line.unsourced else []
    return LaidLine(
        key=line.key, text=line.said.of(words.language), notes=line.notes, marks=tuple(marks), query=line.query
    )


def _note(note: DraftNote, words: Catalogue) -> LaidNote:
    source, sentence = note.source or words.say("line.no_source"), " ".join(note.sentence.split())
    if note.published:
        text = words.say("line.note", source=source, day=words.day(note.published), sentence=sentence)
    else:
        text = words.say("line.note_undated", source=source, sentence=sentence)
    url = note.url if note.url and ADDRESS.fullmatch(note.url) else None
    return LaidNote(number=note.number, text=text, place=f"{note.article}:{note.start}-{note.end}", url=url)


def _coverage(draft: Draft, words: Catalogue) -> Iterator[str]:
    seen = draft.coverage
    counts = {"articles": words.number(seen.articles), "outlets": words.number(seen.outlets)}
    yield words.say("signed.coverage_read", **counts)
    if seen.sources:
        failed = words.listed(seen.failed) or words.say("signed.all_well")
        yield words.say("signed.coverage_sources", sources=seen.sources, alive=seen.alive, failed=failed)
    else:
        yield words.say("signed.coverage_none")
    yield words.say("signed.coverage_rejects", rejects=words.number(seen.rejects))
