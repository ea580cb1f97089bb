"""A brief as a draft to be signed: both languages from the same facts, warnings first, notes numbered once.

An edit keeps its notes: text that loses one is refused, unless whoever writes it says so, and then it is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from siaga import __version__
from siaga.base.errors import GivenError
from siaga.base.playbook import Said
from siaga.base.record import Record
from siaga.base.signed import Coverage, Draft, DraftLine, DraftNote, DraftSection, Standing
from siaga.base.warning import Card, Footnote
from siaga.report.brief import Brief, Line, Note, Section
from siaga.report.catalogue import catalogue
from siaga.report.warning import headline, told, unit_name

__all__ = ["Edit", "Material", "added", "drafted", "edited", "removed"]

LANGUAGES = ("en", "id")
MOST_WARNINGS = 5
"""That are told in full; of the others only the levels are kept."""
MARK = re.compile(r"\[\^(?P<number>\d+)\]")
Key = tuple[str, int, int]


class Material(Record):
    """What a draft is made of."""

    english: Brief
    indonesian: Brief
    cards: tuple[Card, ...]
    """The gravest first."""
    coverage: Coverage
    last: tuple[str, Draft] | None = None
    """Id and text of the brief that was signed last."""


class Edit(Record):
    """What is written in place of a line, or as a new one; `[^1]` marks the notes it stands on."""

    text: Mapping[str, str]
    """By language."""
    who: str
    drops_notes: bool = False
    """It means to stand on fewer sentences than the line before it."""


def drafted(of: Material) -> Draft:
    """The draft in both languages.

    Args:
        of: two briefs of the same window and facts, the warnings of its last day, and what all rests on.

    """
    notes: dict[Key, DraftNote] = {}
    warned = _warnings(of, notes)
    pairs = zip(of.english.sections, of.indonesian.sections, strict=True)
    sections = (warned, *_since_last(of), *(_section(one, other, (of.english, notes)) for one, other in pairs))
    window = of.english.window
    assert window is not None  # noqa: S101 - briefs to sign have one
    return Draft(
        title=Said(en=of.english.title, id=of.indonesian.title),
        basis=Said(en=of.english.basis, id=of.indonesian.basis),
        since=window.since,
        until=window.until,
        sections=tuple(_marked_fresh(section, of.last) for section in sections),
        notes=tuple(notes.values()),
        standings=tuple(Standing(unit=one.unit, level=one.level) for one in of.cards),
        coverage=of.coverage,
        last=of.last[0] if of.last else None,
        drafted_by=f"siaga {__version__}",
    )


def edited(draft: Draft, key: str, edit: Edit) -> Draft:
    """The draft with other words in a line.

    Raises:
        GivenError: there is no such line; or the words lose a note, or name one that there is not.

    """
    line = _line_of(draft, key)
    marked = {language: _numbers(text) for language, text in edit.text.items()}
    _require_known(draft, marked.values())
    kept = line.notes if not edit.text else tuple(dict.fromkeys(n for numbers in marked.values() for n in numbers))
    lost = [number for number in line.notes if any(number not in numbers for numbers in marked.values())]
    if lost and not edit.drops_notes:
        marks = " ".join(f"[^{number}]" for number in lost)
        raise GivenError(
            f"line {key}: the new text loses {marks}. Write them where they belong, or say that it drops them"
        )
    words = {language: _plain(text) for language, text in edit.text.items()}
    notes = tuple(number for number in kept if number in line.notes) + tuple(n for n in kept if n not in line.notes)
    new = line.replace(said=line.said.replace(**words), notes=notes, by=edit.who, unsourced=not notes)
    return _with_line(draft, key, (new,))


def added(draft: Draft, section: str, edit: Edit) -> Draft:
    """The draft with a line of an analyst's own at the end of a section; without notes it is marked as unsourced.

    Raises:
        GivenError: there is no such section; a language is missing; or a note is named that there is not.

    """
    if section not in {one.key for one in draft.sections}:
        raise GivenError(f"no section {section!r}. There are {', '.join(one.key for one in draft.sections)}")
    if missing := [language for language in LANGUAGES if not edit.text.get(language)]:
        raise GivenError(f"a new line needs both languages; missing: {', '.join(missing)}")
    numbers = tuple(dict.fromkeys(number for text in edit.text.values() for number in _numbers(text)))
    _require_known(draft, [numbers])
    own = sum(line.key.startswith(f"{section}.a") for one in draft.sections for line in one.lines) + 1
    said = Said(en=_plain(edit.text["en"]), id=_plain(edit.text["id"]))
    line = DraftLine(key=f"{section}.a{own}", said=said, notes=numbers, by=edit.who, unsourced=not numbers)
    return draft.replace(sections=tuple(
        one.replace(lines=(*one.lines, line)) if one.key == section else one for one in draft.sections
    ))  # fmt: skip


def removed(draft: Draft, key: str) -> Draft:
    """The draft without a line.

    Raises:
        GivenError: there is no such line.

    """
    _line_of(draft, key)
    return _with_line(draft, key, ())


def _warnings(of: Material, notes: dict[Key, DraftNote]) -> DraftSection:
    lines = tuple(_card_line(card, at, notes) for at, card in enumerate(of.cards[:MOST_WARNINGS], 1))
    return DraftSection(
        key="warnings",
        heading=_both("signed.warnings"),
        about=_both("signed.warnings_about"),
        lines=lines,
        more=max(0, len(of.cards) - MOST_WARNINGS),
    )


def _card_line(card: Card, at: int, notes: dict[Key, DraftNote]) -> DraftLine:
    """A warning in a line: level and whom it is about, why, and how likely; noted to what drives it most."""
    by_number = {note.number: note for note in card.notes}
    numbers = [number for driver in card.drivers[:2] for number in driver.notes]
    texts = {language: _card_text(card, language) for language in LANGUAGES}
    return DraftLine(
        key=f"warnings.{at}",
        said=Said(**texts),
        notes=tuple(dict.fromkeys(_numbered(by_number[number], notes) for number in numbers)),
        events=tuple(id_ for driver in card.drivers[:2] for id_ in driver.events),
    )


def _card_text(card: Card, language: str) -> str:
    words = catalogue(language)
    spoken = told(card, words)
    parts = [line.text for line in spoken.why[:2]]
    if card.odds.probability is not None:
        parts += [section.lines[0].text for section in spoken.sections if section.key == "likely"]
    return words.say("signed.warning", headline=headline(card, words), why=" ".join(parts))


def _since_last(of: Material) -> Iterator[DraftSection]:
    """What changed in the levels since the last brief that was signed; none where there is none."""
    if of.last is None:
        return
    before = {one.unit: one.level for one in of.last[1].standings}
    now = {one.unit: one.level for one in of.cards}
    changed = [unit for unit in (*now, *before) if now.get(unit) != before.get(unit)]
    lines = tuple(
        DraftLine(key=f"since.{at}", said=_level_change(unit, before.get(unit), now.get(unit)), notes=())
        for at, unit in enumerate(dict.fromkeys(changed), 1)
    )
    day = of.last[1].until
    about = Said(**{one: catalogue(one).say("signed.since_about", day=catalogue(one).day(day), brief=of.last[0])
                    for one in LANGUAGES})  # fmt: skip
    yield DraftSection(key="since", heading=_both("signed.since"), about=about, lines=lines)


def _level_change(unit: str, before: str | None, now: str | None) -> Said:
    texts = {}
    for language in LANGUAGES:
        words = catalogue(language)
        levels = (
            words.say(f"warn.level_{level}") if level else words.say("signed.not_listed") for level in (before, now)
        )
        first, last = levels
        texts[language] = words.say("signed.level_change", unit=unit_name(unit, words), before=first, now=last)
    return Said(**texts)


def _section(one: Section, other: Section, at: tuple[Brief, dict[Key, DraftNote]]) -> DraftSection:
    lines = (
        _line(one.key, number, pair, at) for number, pair in enumerate(zip(one.lines, other.lines, strict=True), 1)
    )
    about = None if one.said is None or other.said is None else Said(en=one.said, id=other.said)
    heading = Said(en=one.heading, id=other.heading)
    return DraftSection(key=one.key, heading=heading, about=about, lines=tuple(lines), more=one.more)


def _line(section: str, number: int, pair: tuple[Line, Line], at: tuple[Brief, dict[Key, DraftNote]]) -> DraftLine:
    (english, indonesian), (source, notes) = pair, at
    by_number = {note.number: note for note in source.notes}
    return DraftLine(
        key=f"{section}.{number}",
        said=Said(en=english.text, id=indonesian.text),
        notes=tuple(dict.fromkeys(_numbered(by_number[one], notes) for one in english.notes)),
        events=english.events,
        query=english.query,
    )


def _numbered(note: Note | Footnote, notes: dict[Key, DraftNote]) -> int:
    """The number of a sentence, each once."""
    key = (note.article, note.start, note.end)
    if key not in notes:
        notes[key] = DraftNote(
            number=len(notes) + 1, article=note.article, url=note.url, source=note.source, published=note.published,
            start=note.start, end=note.end, sentence=note.sentence,
        )  # fmt: skip
    return notes[key].number


def _marked_fresh(section: DraftSection, last: tuple[str, Draft] | None) -> DraftSection:
    """The section with its lines marked of which nothing was in the last brief."""
    if last is None:
        return section
    before = {id_ for one in last[1].sections for line in one.lines for id_ in line.events}
    return section.replace(lines=tuple(
        line.replace(fresh=bool(line.events) and before.isdisjoint(line.events)) for line in section.lines
    ))  # fmt: skip


def _both(key: str) -> Said:
    return Said(en=catalogue("en").say(key), id=catalogue("id").say(key))


def _line_of(draft: Draft, key: str) -> DraftLine:
    lines = {line.key: line for section in draft.sections for line in section.lines}
    if key not in lines:
        raise GivenError(f"no line {key!r}. There are {', '.join(lines)}")
    return lines[key]


def _with_line(draft: Draft, key: str, instead: Sequence[DraftLine]) -> Draft:
    return draft.replace(sections=tuple(
        section.replace(lines=tuple(
            one for line in section.lines for one in (instead if line.key == key else (line,))
        ))
        for section in draft.sections
    ))  # fmt: skip


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(mark["number"]) for mark in MARK.finditer(text))


def _plain(text: str) -> str:
    """Words without the marks of notes, on one line."""
    return " ".join(MARK.sub("", text).split())


def _require_known(draft: Draft, marked: Iterable[Sequence[int]]) -> None:
    known = {note.number for note in draft.notes}
    if unknown := sorted({number for numbers in marked for number in numbers} - known):
        raise GivenError(f"no note {', '.join(map(str, unknown))}: the draft has notes 1 to {len(known)}")
