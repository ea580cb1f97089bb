"""`siaga warn`, `siaga watchlist` and `siaga actor`, as their users meet them."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from siaga.base.event import EventType, Status
from siaga.base.warning import LEVELS, Card
from siaga.report.catalogue import catalogue, catalogue_languages
from siaga.report.warning import told
from siaga.serve.cli import main
from siaga.serve.cli.watchlist import command as watchlist
from siaga.store.workspace import Workspace
from tests.unit.monitor.told import Told, stored

ROOT = Path(__file__).parents[3]
BUILD_UP: tuple[tuple[int, EventType, Status], ...] = (
    (330, "MOBILIZE", "happened"), (338, "MOBILIZE", "happened"), (341, "ASSAULT", "possible"),
    (346, "THREATEN", "happened"), (349, "ASSAULT", "planned"),
)  # fmt: skip
AFTER = "2030-12-24"
"""The day on which the build-up is told in full: 351 days after the first."""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"LANG": "C", "COLUMNS": "200"})


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A quiet year with news every third day, and a build-up at its end, told by several outlets."""
    quiet = [Told(day=day, type="CONSULT", who="FIN", outlet="Harbour Post") for day in range(0, 352, 3)]
    hostile = Told(day=345, type="THREATEN", outlet="<b>Fjord</b> [^1]")
    tense = [
        Told(day=day, type=type_, status=status, outlet=outlet)
        for day, type_, status in BUILD_UP
        for outlet in ("Daily Fjord", "Gazette")
    ]
    return stored(tmp_path_factory.mktemp("warn"), [*quiet, *tense, hostile])


def siaga(where: Workspace, *words: str) -> str:
    result = run(*words, "-w", str(where.folder))
    assert result.exit_code == 0, result.output
    return str(result.stdout)


def one_card(where: Workspace, *words: str) -> Card:
    [line] = siaga(where, "warn", *words, "-f", "json").splitlines()
    return Card.from_json(line)


def test_the_first_line_has_the_level_whom_it_is_about_and_the_day(where: Workspace) -> None:
    first, why, *_ = siaga(where, "warn", "--pair", "NOR", "SWE", "--as-of", AFTER).splitlines()
    assert first.strip() == "SIAGA (alert) · Norway – Sweden · 24 December 2030"
    assert "Acts that warn in the last 30 days: 4" in why


@pytest.mark.parametrize("language", catalogue_languages())
@pytest.mark.parametrize("format_", ["table", "json", "markdown", "html"])
def test_a_warning_is_written_in_every_format_and_language(format_: str, language: str, where: Workspace) -> None:
    written = siaga(where, "warn", "--pair", "norway", "SWE", "--as-of", AFTER, "-f", format_, "-l", language)
    assert "Daily Fjord" in written
    assert "{" not in written.replace('{"', "").replace("{font", "") or format_ in {"json", "html"}


def test_every_sentence_of_a_card_stands_in_its_article(where: Workspace) -> None:
    card = one_card(where, "--pair", "NOR", "SWE", "--as-of", AFTER)
    assert [note.number for note in card.notes] == list(range(1, len(card.notes) + 1))
    for driver in (*card.drivers, *card.easing):
        [number] = driver.notes
        note = card.notes[number - 1]
        article = json.loads(siaga(where, "article", note.article, "--format", "json"))["article"]
        assert article["text"][note.start : note.end] == note.sentence
        assert driver.event.id == note.event


def test_what_drives_is_told_once_a_kind_of_act_with_its_sources(where: Workspace) -> None:
    card = one_card(where, "--pair", "NOR", "SWE", "--as-of", AFTER)
    kinds = [(driver.signal, driver.event.status, driver.acts, driver.independent_sources) for driver in card.drivers]
    assert kinds == [
        ("feared", "possible", 1, 2), ("feared", "planned", 1, 2), ("posture", "happened", 2, 2),
        ("threat", "happened", 2, 3),
    ]  # fmt: skip
    assert (card.level, card.confirmed, card.sources.independent) == ("siaga", True, 3)


def test_where_the_past_is_too_short_no_probability_is_invented(where: Workspace) -> None:
    odds = one_card(where, "--pair", "NOR", "SWE", "--as-of", AFTER).odds
    assert (odds.probability, odds.low, odds.high, odds.model) == (None, None, None, None)
    assert odds.weeks_known < odds.weeks_needed
    assert "No calibrated probability" in siaga(where, "warn", "--pair", "NOR", "SWE", "--as-of", AFTER)


def test_a_past_day_is_judged_by_what_was_known_then(where: Workspace) -> None:
    assert one_card(where, "--pair", "NOR", "SWE", "--as-of", "2030-11-20").level == "normal"


def test_silence_is_not_peace(where: Workspace) -> None:
    silent = one_card(where, "--pair", "NOR", "FIN", "--as-of", "2031-06-01")
    assert (silent.level, silent.stand.state) == (None, "silent")
    page = siaga(where, "warn", "--pair", "NOR", "FIN", "--as-of", "2031-06-01")
    assert page.strip().startswith("NOT KNOWN · ")
    listed = run("warn", "--as-of", "2031-06-01", "-w", str(where.folder))
    assert "no sign of peace" in listed.stderr


def test_what_was_never_told_of_is_unmonitored(where: Workspace) -> None:
    card = one_card(where, "--pair", "IDN", "AUS", "--as-of", AFTER)
    assert (card.level, card.stand.state) == (None, "unmonitored")


def test_the_list_has_the_gravest_first_and_says_what_is_left_out(where: Workspace) -> None:
    lines = siaga(where, "warn", "--as-of", AFTER, "-f", "json").splitlines()
    levels = [LEVELS.index(Card.from_json(line).level or "normal") for line in lines]
    assert levels == sorted(levels, reverse=True)
    assert len(lines) > 1
    shortened = run("warn", "--as-of", AFTER, "--limit", "1", "-w", str(where.folder))
    assert f"{len(lines) - 1} more" in shortened.stderr


def test_nothing_above_a_level_is_told_on_standard_error(where: Workspace) -> None:
    result = run("warn", "--as-of", "2030-11-20", "--level", "awas", "-w", str(where.folder))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing is at awas or above" in result.stderr


def test_text_of_articles_is_never_markup(where: Workspace) -> None:
    asked = ("warn", "--pair", "NOR", "SWE", "--as-of", "2030-12-18")
    assert "<b>" not in siaga(where, *asked, "-f", "html")
    assert "\\<b\\>Fjord" in siaga(where, *asked, "-f", "markdown")


class Tags(HTMLParser):
    """The elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.met: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.add(tag)
        assert not any(name in {"src", "onclick"} for name, _ in attrs)


def test_a_page_fetches_and_runs_nothing(where: Workspace) -> None:
    tags = Tags()
    tags.feed(siaga(where, "warn", "--as-of", AFTER, "-f", "html"))
    assert tags.met.isdisjoint({"script", "img", "iframe", "link", "object"})
    assert "h1" in tags.met


def test_every_message_of_a_card_is_there_for_every_state(where: Workspace) -> None:
    card = one_card(where, "--pair", "NOR", "SWE", "--as-of", AFTER)
    states = ("watched", "learning", "source_failure", "silent", "unmonitored")
    for words in map(catalogue, catalogue_languages()):
        for state in states:
            stand = card.stand.replace(state=state, failed=("antara",), unlinked=3)
            assert told(card.replace(stand=stand), words).sections
        odds = card.odds.replace(probability=0.3, low=0.2, high=0.4, model="nb_exceedance", persistence=True)
        for one in (odds, odds.replace(low=0.5, high=0.6), odds.replace(low=None, high=None)):
            assert told(card.replace(odds=one), words).sections


def test_a_watch_list_is_made_shown_used_and_removed(where: Workspace) -> None:
    folder = ("-w", str(where.folder))
    added = run(
        "watchlist", "add", "north", "--pair", "SWE", "NOR", "--actor", "Finland", "--topic", "posture", *folder
    )
    assert added.stdout == "north has now: FIN, NOR-SWE, posture\n"
    assert (where.folder / "watchlists/north.toml").read_text("utf-8").splitlines()[1:] == [
        'actors = ["FIN"]', 'pairs = ["NOR-SWE"]', 'topics = ["posture"]',
    ]  # fmt: skip
    lines = siaga(where, "warn", "--watchlist", "north", "--as-of", AFTER, "-f", "json").splitlines()
    units = [Card.from_json(line).unit for line in lines]
    assert {"FIN", "NOR-SWE"} <= set(units)
    assert run("watchlist", "remove", "north", "--topic", "posture", *folder).stdout == "north has now: FIN, NOR-SWE\n"
    assert run("watchlist", "list", *folder).stdout == "north: FIN, NOR-SWE\n"
    assert run("watchlist", "remove", "north", *folder).stdout == "north is removed\n"
    assert "no watch list" in run("watchlist", "list", *folder).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("watchlist", "list", "nrth"), "no watch list 'nrth'"),
        (("watchlist", "add", "../x", "--actor", "FIN"), "expected small letters"),
        (("watchlist", "add", "south"), "nothing to add"),
        (("watchlist", "add", "south", "--topic", "protst"), "Did you mean"),
        (("warn", "--watchlist", "nrth"), "no watch list 'nrth'"),
        (("warn", "--country", "Norwy"), "Did you mean NOR"),
    ],
)
def test_what_is_mistaken_is_told_with_what_to_do(words: tuple[str, ...], said: str, where: Workspace) -> None:
    result = run(*words, "-w", str(where.folder))
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


def test_a_broken_list_is_told_by_its_file(where: Workspace) -> None:
    (where.folder / "watchlists").mkdir(exist_ok=True)
    path = where.folder / "watchlists/broken.toml"
    path.write_text('actor = ["FIN"]\n', "utf-8")
    result = run("warn", "--watchlist", "broken", "-w", str(where.folder))
    path.unlink()
    assert (result.exit_code, "broken.toml" in result.stderr, "Did you mean actors" in result.stderr) == (2, True, True)


@pytest.mark.parametrize("format_", ["table", "json", "markdown"])
def test_a_page_of_facts_has_offices_partners_series_and_sentences(format_: str, where: Workspace) -> None:
    page = siaga(where, "actor", "norway", "--as-of", AFTER, "-f", format_)
    assert "Jonas Gahr" in page
    assert "Daily Fjord" in page
    if format_ == "json":
        facts = json.loads(page)
        assert facts["partners"][0]["actor"] == "NOR"
        assert sum(facts["series"][0]["counts"]) == 4


def test_nothing_that_was_told_later_is_on_a_page_of_facts(where: Workspace) -> None:
    facts = json.loads(siaga(where, "actor", "NOR", "--as-of", "2030-11-20", "-f", "json"))
    assert (facts["partners"], facts["notes"]) == ([], [])


def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    run("init", str(tmp_path))
    for words in (("warn",), ("actor", "NOR")):
        result = run(*words, "-w", str(tmp_path))
        assert (result.exit_code, "siaga read PATH --save" in result.stderr) == (0, True)


def test_every_command_of_watch_lists_is_documented() -> None:
    page = (ROOT / "docs/warnings.md").read_text("utf-8")
    docs = "".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md"))
    assert isinstance(watchlist, click.Group)
    for name, command in watchlist.commands.items():
        options = [one.opts[0] for one in command.params if isinstance(one, click.Option)]
        assert f"siaga watchlist {name}" in page
        assert [option for option in options if option not in docs] == []
