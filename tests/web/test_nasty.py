"""What outlets write is text on every page, whatever it would be elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html
from starlette.testclient import TestClient

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import Event, Evidence, Party, Place, Quote
from siaga.serve.cli import main
from siaga.serve.web.app import application
from siaga.store.database import now, reading_from, writing_to
from siaga.store.save import save
from siaga.store.stories import StoryQuestion, list_stories
from siaga.store.workspace import Workspace, find_workspace
from tests.web.conftest import ADDRESS

MARK = "zq7"
NASTY = f"{MARK}\"'><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>{{{{7*7}}}}</textarea>"
FIRST = date(2025, 3, 4)
COPIES, ARTICLES = 2, 8
OURS = frozenset({"/static/dist/siaga.js"})


def reading(number: int) -> Reading:
    """An article of which everything that an outlet can choose is a payload."""
    sentence = f"Rusia menyerang Ukraina di {NASTY} pada {number}."
    text = f"{sentence} {NASTY} Serangan itu dikecam."
    quote = Quote(
        speaker=NASTY, speaker_text=NASTY, office=NASTY, organisation=NASTY, code="RUS", anonymous=False, medium=NASTY,
        direct=True, words=sentence, start=0, end=len(sentence),
    )  # fmt: skip
    article = Article(
        id=f"a<b>'\"{number}", url="javascript:alert(1)", source=f"{NASTY} {number}", title=f"{NASTY} {number}",
        language="id", published=day_of(number), published_basis="metadata", text=text, reader="test",
    )  # fmt: skip
    return Reading(
        article=article, events=(event("body", number, sentence),), title_events=(event("title", number, sentence),),
        quotes=(quote,), forecasts=(),
    )  # fmt: skip


def day_of(number: int) -> str:
    return (FIRST + timedelta(days=3 * number)).isoformat()


def event(part: str, number: int, sentence: str) -> Event:
    day = day_of(number)
    party = [Party(code=code, name=NASTY, sector="MIL", text=NASTY) for code in ("RUS", "UKR")]
    return Event(
        id=f"{part}-{number}", type="ASSAULT", mode=None, contexts=(NASTY,), cameo=None, status="happened",
        trigger="menyerang", actors=(party[0],), recipients=(party[1],),
        place=Place(name=NASTY, country="UKR", latitude=50.0, longitude=30.0, precision="city"),
        earliest=day, latest=day, when_text=None, magnitude=(), speaker=NASTY, medium=NASTY,
        evidence=Evidence(start=0, end=len(sentence), text=sentence), confidence=0.9, rule="id/test",
    )  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace of such articles, the first two linked."""
    folder = tmp_path_factory.mktemp("nasty")
    run = CliRunner(env={"SIAGA_WORKSPACE": str(folder), "LANG": "en"})
    assert run.invoke(main, ["init", str(folder)]).exit_code == 0
    where = find_workspace(str(folder), {}, Path())
    for numbers in (range(COPIES), range(COPIES, ARTICLES)):
        with writing_to(where) as connection:
            assert not save(connection, map(reading, numbers), now()).rejects
        if numbers.start == 0:  # the others, alike as they are, would be copies, too, and warn of nothing
            assert run.invoke(main, ["link"]).exit_code == 0
    return where


@pytest.fixture(scope="module")
def asks(place: Workspace) -> Iterator[TestClient]:
    """Somebody who looks at it."""
    with TestClient(application(place), base_url=ADDRESS) as client:
        yield client


def paths(place: Workspace) -> list[str]:
    """Every page that shows something of an article."""
    with reading_from(place) as connection:
        stories = list_stories(connection, StoryQuestion(), None)
    quoted = "a%3Cb%3E'%22"
    return [
        "/board", "/stories?from=2025-03-01&until=2025-04-30", "/pair/RUS-UKR", "/country/UKR", "/actor/UKR",
        *(f"/story/{one.id}" for one in stories), f"/article/{quoted}0", f"/compare?a={quoted}0&b={quoted}1",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_payload_is_shown_as_text_and_runs_nowhere(asks: TestClient, place: Workspace, language: str) -> None:
    for path in paths(place):
        answer = asks.get(f"/{language}{path}")
        assert answer.status_code == 200, path
        tree = html.fromstring(answer.content)
        scripts = {str(one.get("src", "inline")).partition("?")[0] for one in tree.iter("script")}
        assert scripts == OURS, path
        assert not list(tree.iter("img", "iframe", "object", "embed", "textarea")), path
        for element in tree.iter():
            names = [str(name) for name in element.attrib]
            assert not [name for name in names if name.lower().startswith("on") or name == "style"], path
            for name in ("href", "src", "action", "formaction", "xlink:href"):
                assert not str(element.get(name, "")).strip().lower().startswith(("javascript:", "data:")), path
        assert "<script>alert" in tree.text_content() or path == "/actor/UKR", path
        assert "49" not in {part for part in tree.text_content().split() if part.startswith(MARK)}


def test_a_payload_stays_text_for_programs(asks: TestClient, place: Workspace) -> None:
    for path in paths(place):
        name, sign, query = path.partition("?")
        found = json.loads(asks.get(f"/en{name}.json{sign}{query}").content)
        assert MARK in json.dumps(found), path
        assert b"<script>" not in asks.get(f"/en{name}.md{sign}{query}").content.replace(b"\\<script", b""), path
        assert b"<script>" not in asks.get(f"/en{name}.atom{sign}{query}").content, path
