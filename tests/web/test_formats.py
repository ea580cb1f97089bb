"""Every page answers in every format, from the same view."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from siaga.base.person import NOBODY
from siaga.base.record import Record
from siaga.report.catalogue import catalogue_languages
from siaga.serve.web.asking import Asking
from siaga.serve.web.freshness import Freshness
from siaga.serve.web.respond import body
from siaga.serve.web.view import Entry, Place, Rows, View
from siaga.store.workspace import Workspace

ATOM = "{http://www.w3.org/2005/Atom}"
FRESH = Freshness(as_of="2022-02-01", newest="2022-02-01", saved=None, articles=1, failed=())
NASTY = "<script>alert(1)</script>\x01\x0b ]]> & | [x](javascript:alert(1))"


class Shown(Record):
    text: str = NASTY
    status: str = NASTY


def written(place: Workspace, suffix: str, **parts: object) -> bytes:
    asking = Asking(workspace=place, language="en", person=NOBODY, path="/board")
    view = View(title=NASTY, template="error.html", shown=Shown()).replace(**parts)
    return body(suffix, asking, view, FRESH)


@pytest.mark.parametrize("language", catalogue_languages())
def test_the_board_is_a_page_in_each_language(client: TestClient, language: str) -> None:
    answer = client.get(f"/{language}/board")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}"' in answer.text


def test_the_same_warnings_stand_in_every_format(winter_client: TestClient) -> None:
    board = winter_client.get("/en/board.json").json()["shown"]
    rows = (*board["top"], *(row for one in board["folded"] for row in one["rows"]))
    units = [row["card"]["unit"] for row in rows]
    table = list(csv.DictReader(io.StringIO(winter_client.get("/en/board.csv").text)))
    feed = ET.fromstring(winter_client.get("/en/board.atom").text)  # noqa: S314 - our own
    assert len(units) > 2
    assert [row["unit"] for row in table] == units
    assert [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")] == [
        f"urn:siaga:warning/{unit}/{row['as_of']}" for unit, row in zip(units, table, strict=True)
    ]
    assert winter_client.get("/en/board.md").text.count("\n# ") + 1 >= len(units)


def test_a_page_without_places_has_no_geojson(client: TestClient) -> None:
    assert client.get("/en/board.geojson").status_code == 404


def test_a_format_that_nobody_knows_is_no_page(client: TestClient) -> None:
    assert client.get("/en/board.exe").status_code == 404


def test_an_earlier_day_is_answered_by_what_was_known_then(client: TestClient) -> None:
    then = client.get("/en/board.json?as_of=2022-02-20").json()
    assert then["freshness"]["as_of"] == "2022-02-20"
    days = [note["published"] for row in then["shown"]["top"] for note in row["card"]["notes"]]
    assert days
    assert max(days) <= "2022-02-20"


def test_the_switch_of_language_keeps_the_page_and_its_question(client: TestClient) -> None:
    assert 'href="/id/board?as_of=2022-02-20"' in client.get("/en/board?as_of=2022-02-20").text


@pytest.mark.parametrize(("asked", "language"), [("id,en;q=0.5", "id"), ("fr, en", "en"), ("", "en"), ("xx", "en")])
def test_the_browser_chooses_the_first_language(client: TestClient, asked: str, language: str) -> None:
    assert client.get("/", headers={"Accept-Language": asked}).headers["location"] == f"/{language}/board"


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(demo: Workspace, value: str) -> None:
    rows = Rows(columns=("a", "b"), lines=((value, -1.5),))
    _, line = csv.reader(io.StringIO(written(demo, "csv", rows=rows).decode(), newline=""))
    assert line == [f"'{value}", "-1.5"]


def test_what_was_read_stays_text_in_every_format(demo: Workspace) -> None:
    rows = Rows(columns=("a",), lines=((NASTY,),))
    entries = (Entry(id="x", title=NASTY, path="/board", updated="2022-02-01", summary=NASTY),)
    places = (Place(latitude=1.0, longitude=2.0, properties=(("title", NASTY),)),)
    feed = ET.fromstring(written(demo, "atom", entries=entries).decode())  # noqa: S314 - our own
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == NASTY.replace("\x01", "").replace("\x0b", "")
    [feature] = json.loads(written(demo, "geojson", places=places))["features"]
    assert feature["properties"]["title"] == NASTY
    assert feature["geometry"] == {"type": "Point", "coordinates": [2.0, 1.0]}
    assert written(demo, "md", rows=rows).count(b"\\<script\\>") == 2
    assert b"<script>" not in written(demo, "html")
    assert json.loads(written(demo, "json"))["shown"]["text"] == NASTY
