"""What most articles report, a timeline and a brief, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from siaga.base.document import Reading
from siaga.report.brief import Brief, Note, Section
from siaga.report.catalogue import Catalogue, catalogue
from siaga.report.table import Row, fact_rows, headings
from siaga.report.timeline import Moment, bar, sparkline, timeline
from siaga.serve.cli.table import STATUS_STYLES

__all__ = ["brief_view", "fact_table", "row_table", "timeline_view"]

BUSIEST = 10
"""Weeks told with their sentence."""
BAR_CELLS = 14
MONTH_LETTERS = 3
SHORT_SENTENCE = 160
"""Characters of a sentence in a table: the brief and `siaga read` show it whole."""


def fact_table(readings: Sequence[Reading], language: str, *, most: int) -> Table:
    """What most sources report, in order of days."""
    return row_table(fact_rows(readings, language, most=most), language)


def row_table(rows: Iterable[Row], language: str) -> Table:
    """Events one below the other, in four columns."""
    date, status, type_, parties, place, source, sentence = headings(language)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column(date, no_wrap=True)
    table.add_column(f"{type_} · {status}", no_wrap=True)
    table.add_column(f"{parties} · {place}", ratio=2)
    table.add_column(f"{sentence} · {source}", ratio=5)
    for row in rows:
        table.add_row(*_cells(row))
    return table


def _cells(row: Row) -> Iterator[Text]:
    yield Text(row.day)
    yield Text.assemble((row.type, "bold"), "\n", (row.status, STATUS_STYLES[row.status_code]))
    yield Text.assemble(row.parties, "\n", (row.place, "dim"))
    yield Text.assemble(_short(row.evidence), " ", (row.source, "dim"))


def timeline_view(readings: Iterable[Reading], language: str) -> RenderableType:
    """All weeks as two lines of columns, then the busiest with the sentence that tells most."""
    words, weeks = catalogue(language), timeline(readings)
    most = max((week.events for week in weeks), default=0)
    table = Table(box=None, pad_edge=False, expand=True, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for week in _busiest(weeks):
        table.add_row(*_week_cells(week, most, words))
    return Group(_columns(weeks, words), Text(), table)


def _busiest(weeks: Sequence[Moment]) -> list[Moment]:
    ranked = sorted(weeks, key=lambda week: (-week.events, week.first))[:BUSIEST]
    return sorted((week for week in ranked if week.events), key=lambda week: week.first)


def _week_cells(week: Moment, most: int, words: Catalogue) -> Iterator[Text]:
    yield Text(words.say("timeline.week", day=words.day(week.first)), "bold")
    drawn = bar(week.events, most, BAR_CELLS)
    grave = round(BAR_CELLS * week.grave / most)
    yield Text.assemble((drawn[:grave], "red"), (drawn[grave:], "cyan"), (f" {week.events}", "dim"))
    yield Text(_short(week.telling.event.evidence.text) if week.telling else "")


def _columns(weeks: Sequence[Moment], words: Catalogue) -> RenderableType:
    """A column a week: all events, and below them the deeds of force and posture."""
    table = Table.grid(padding=(0, 2))
    table.add_row(Text(sparkline([week.events for week in weeks]), "cyan"), words.say("demo.all_events"))
    table.add_row(Text(sparkline([week.grave for week in weeks]), "red"), words.say("timeline.material"))
    table.add_row(Text(_ruler(weeks, words), "dim"), "")
    return table


def _ruler(weeks: Sequence[Moment], words: Catalogue) -> str:
    """The first letters of each month below its first whole week."""
    line = ""
    for number, week in enumerate(weeks):
        if number and weeks[number - 1].first[:7] != week.first[:7]:
            line = line.ljust(number) + words.messages[f"day.{week.first[5:7]}"][:MONTH_LETTERS]
    return line


def brief_view(composed: Brief) -> RenderableType:
    """The brief with its notes."""
    words = catalogue(composed.language)
    sections = [
        view for section in composed.sections if section.lines or section.said for view in _section_view(section, words)
    ]
    notes = [Padding(_note_view(note, words), (0, 0, 0, 1)) for note in composed.notes]
    return Group(Text(composed.title, "bold"), Text(composed.basis, "italic dim"), *sections, Text(), *notes)


def _section_view(section: Section, words: Catalogue) -> Iterator[RenderableType]:
    yield Text(f"\n{section.heading}", "bold cyan")
    if section.said:
        yield Padding(Text(section.said, "italic dim"), (0, 0, 0, 1))
    for line in section.lines:
        marks, query = "".join(f"[{number}]" for number in line.notes), f" {line.query}" if line.query else ""
        yield Padding(Text.assemble("• ", line.text, (query, "cyan"), " ", (marks, "dim")), (0, 0, 0, 1))
    if section.more:
        yield Padding(Text(f"  {words.say('brief.more', count=section.more)}", "dim"), (0, 0, 0, 1))


def _note_view(note: Note, words: Catalogue) -> Text:
    head = f"[{note.number}] {note.source or words.say('line.no_source')}"
    day = f", {words.day(note.published)}" if note.published else ""
    return Text(f"{head}{day}: “{' '.join(note.sentence.split())}”", "dim")


def _short(sentence: str) -> str:
    text = " ".join(sentence.split())
    return text if len(text) <= SHORT_SENTENCE else text[: SHORT_SENTENCE - 1].rsplit(" ", 1)[0] + " …"
