"""The briefs of the demo, from the store, in both languages: every footnote is walked, and nothing is said unsaid."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from siaga.base.document import Reading
from siaga.base.event import Event
from siaga.base.window import Window, days_back
from siaga.flow import save_readings
from siaga.report.brief import Brief, Line
from siaga.report.catalogue import catalogue
from siaga.serve.cli import main
from siaga.serve.cli.demo import demo_pages
from siaga.store.database import reading_from
from siaga.store.intake import taking_in
from siaga.store.load import load_reading
from siaga.store.workspace import Workspace, lay_out
from tests.quality.licence import Said, Written, faults, lines, notes, spoken_names

DAYS = ("2021-04-20", "2021-12-03", "2022-02-23", "2022-03-31")
LANGUAGES = ("en", "id")
LEAST_LINES = 20


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The archive of the demo, read and stored."""
    made = lay_out(tmp_path_factory.mktemp("brief"), {})
    with taking_in(made) as intake:
        assert sum(1 for _ in save_readings(demo_pages(), intake)) == len(demo_pages())
    return made


@pytest.fixture(scope="module")
def read(where: Workspace) -> dict[str, Reading]:
    """What is stored, by article."""
    with reading_from(where) as connection:
        ids = [str(id_) for (id_,) in connection.execute("SELECT id FROM article")]
        found = [load_reading(connection, id_) for id_ in ids]
    return {reading.article.id: reading for reading in found if reading}


def siaga(where: Workspace, *words: str) -> str:
    result = CliRunner().invoke(main, [*words, "-w", str(where.folder)])
    assert result.exit_code == 0, result.output
    return str(result.stdout)


def written(where: Workspace, day: str, language: str) -> str:
    return siaga(where, "brief", "--until", day, "--lang", language)


def record(where: Workspace, day: str, language: str) -> Brief:
    return Brief.from_json(siaga(where, "brief", "--until", day, "--lang", language, "--format", "json"))


def unsaid(markdown: str, read: dict[str, Reading], language: str) -> list[tuple[str, list[str]]]:
    """The lines that say more than their sentences, with what."""
    walked, spoken = notes(markdown, read), spoken_names(read.values())
    judged = ((line, said_of(line, walked)) for line in lines(markdown, language))
    found = ((line.text, faults(line, said, language, spoken)) for line, said in judged)
    return [(text, strange) for text, strange in found if strange]


def said_of(line: Written, walked: dict[int, Said]) -> list[Said]:
    return [walked[number] for number in line.notes]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
def test_every_footnote_of_every_line_leads_to_its_sentence(
    where: Workspace, read: dict[str, Reading], day: str, language: str
) -> None:
    markdown = written(where, day, language)
    told, walked = lines(markdown, language), notes(markdown, read)
    assert len(told) > LEAST_LINES
    assert all(line.notes for line in told)
    assert {number for line in told for number in line.notes} == set(walked) == set(range(1, len(walked) + 1))
    window = days_back(date.fromisoformat(day))
    for said in walked.values():
        assert window.holds(said.article.published) or window.before.holds(said.article.published)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
def test_nothing_is_said_that_no_sentence_says(
    where: Workspace, read: dict[str, Reading], day: str, language: str
) -> None:
    assert unsaid(written(where, day, language), read, language) == []


MUTATIONS = (
    (r"United States", "Brazil"),
    (r"(?<=by Germany against Russia), 22 February", ", 23 February"),
    (r"351 people", "451 people"),
    (r"“These are not", "“These are now"),
    (r" in Berlin", " in Luhansk"),
    (r"^- Attack by Russia against Ukraine, reported 1 February", "- Arrest by Russia against Ukraine, reported 1 Feb"),
    (r"according to Joe Biden", "according to Jens Stoltenberg"),
    (r"^- Feared or possible: ", "- Denied: "),
    (r"^- Feared or possible: ", "- "),
    (r" – 2 sources", " – 3 sources"),
    (r"\[\^1\]", "[^5]"),
    (r"Demand for change by United Kingdom", "Secret demand by United Kingdom"),
)
"""What stands in the English brief of the eve, and what would be wrong there."""


@pytest.mark.parametrize(("right", "wrong"), MUTATIONS)
def test_the_check_finds_what_no_sentence_says(
    where: Workspace, read: dict[str, Reading], right: str, wrong: str
) -> None:
    markdown = written(where, "2022-02-23", "en")
    body, mark, rest = markdown.partition("\n[^1]: ")
    changed, count = re.subn(right, wrong, body, count=1, flags=re.MULTILINE)
    assert count == 1
    assert unsaid(changed + mark + rest, read, "en")


def test_a_footnote_of_another_sentence_is_found(where: Workspace, read: dict[str, Reading]) -> None:
    markdown = written(where, "2022-02-23", "en")
    with pytest.raises(AssertionError):
        notes(re.sub(r"(?<=`:)(\d+)|:(\d+)-", ":0-", markdown, count=1), read)
    with pytest.raises(AssertionError):
        notes(markdown.replace("The Quayside Record, 25 January 2022", "The Quayside Record, 26 January 2022"), read)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
def test_json_and_markdown_say_the_same(where: Workspace, day: str, language: str) -> None:
    composed, told = record(where, day, language), lines(written(where, day, language), language)
    flat = [(section.key, line) for section in composed.sections for line in section.lines]
    assert [(section, " ".join(line.text.split()), line.notes, line.query) for section, line in flat] == [
        (line.section, line.text, line.notes, line.query) for line in told
    ]


def counted(day: str, where: Workspace) -> Iterator[tuple[Line, Window]]:
    for section in record(where, day, "en").sections:
        yield from ((line, days_back(date.fromisoformat(day))) for line in section.lines if line.query)


def test_every_count_is_what_its_command_gives(where: Workspace) -> None:
    told = [one for day in DAYS for one in counted(day, where)]
    assert len(told) > 3
    for line, window in told:
        now, before = re.search(r": (\d+) events, (\d+) ", line.text).groups()  # type: ignore[union-attr]
        for number, days in ((now, window), (before, window.before)):
            asked = (line.query or "").replace(window.since, days.since).replace(window.until, days.until)
            listed = siaga(where, *shlex.split(asked)[1:], "-f", "jsonl").splitlines()
            assert len(listed) == int(number)
            assert {msgspec.json.decode(one)["event"]["id"] for one in listed} <= set(line.events)


def test_the_number_of_sources_is_that_of_the_papers_with_words_of_their_own(
    where: Workspace, read: dict[str, Reading]
) -> None:
    by_id = {event.id: (event, reading) for reading in read.values() for event in reading.events}
    found = 0
    for section in (section for day in DAYS for section in record(where, day, "en").sections):
        for line in section.lines:
            if match := re.search(r" – (\d+) sources$", line.text):
                told = [by_id[id_] for id_ in line.events]
                first = {" ".join(event.evidence.text.split()): reading for event, reading in reversed(told)}
                assert len({reading.article.source for reading in first.values()}) == int(match[1])
                found += 1
    assert found > 1


@pytest.mark.parametrize("day", DAYS)
def test_what_is_called_new_was_not_told_before_and_what_is_told_no_more_is_not_told(
    where: Workspace, read: dict[str, Reading], day: str
) -> None:
    window = days_back(date.fromisoformat(day))
    by_id = {event.id: event for reading in read.values() for event in reading.events}
    for section in record(where, day, "en").sections:
        for line in section.lines:
            if (line.text.startswith("New") and section.key == "changed") or line.text.endswith(" – new"):
                assert not any(alike(by_id[line.events[0]], one) for one in told_in(window.before, read, line.text))
            elif line.text.startswith("Not told any more"):
                assert not any(alike(by_id[line.events[0]], one) for one in told_in(window, read, ""))


def told_in(window: Window, read: dict[str, Reading], text: str) -> Iterator[Event]:
    """The events of a window, or of those the ones that somebody forecast."""
    for reading in read.values():
        if window.holds(reading.article.published):
            foreseen = {one.event for one in reading.forecasts}
            for event in reading.events:
                if event.id in foreseen or not text.startswith("New forecast"):
                    yield event


def alike(one: Event, other: Event) -> bool:
    """Of a type, and between sides that share somebody."""
    sides, others = (codes(one), codes(other))
    if one.type in {"AGREE", "CONSULT", "COOPERATE"}:
        return one.type == other.type and bool(sides[0] | sides[1]) and (sides[0] | sides[1]) <= (others[0] | others[1])
    same_recipients = sides[1] == others[1] or bool(sides[1] & others[1])
    return one.type == other.type and bool(sides[0] & others[0]) and same_recipients


def codes(event: Event) -> tuple[set[str | None], set[str | None]]:
    return {party.code for party in event.actors}, {party.code for party in event.recipients}


def test_strings_of_the_brief_are_in_both_catalogues() -> None:
    keys = [key for key in catalogue("en").messages if key.split(".")[0] in {"brief", "change", "as", "line"}]
    assert len(keys) > 40
    for key in keys:
        assert catalogue("id").say(key, **dict.fromkeys(fields(key), "x")) != key


def fields(key: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", catalogue("id").messages[key])


def test_the_folder_of_a_workspace_is_where_the_brief_is_read(where: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "brief.md"
    siaga(where, "brief", "--until", DAYS[0], "--lang", "id", "-o", str(target))
    assert target.read_text("utf-8") == written(where, DAYS[0], "id")
