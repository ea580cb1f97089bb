"""Claims, sources, search, the first steps, the state and the method, as pages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from starlette.testclient import TestClient

from siaga.serve.web.app import application
from siaga.store.database import reading_from, writing_to
from siaga.store.published import newest_day
from siaga.store.workspace import Workspace, find_workspace, lay_out
from tests.web.conftest import ADDRESS

TOKEN = re.compile(r'name="form_token" value="(?P<token>[0-9a-f]{64})"')
FEED = (
    b'<rss version="2.0"><channel><title>Pos Uji</title><item><title>Riga</title>'
    b"<link>http://127.0.0.1/1</link></item></channel></rss>"
)


@pytest.fixture
def new(tmp_path: Path) -> Workspace:
    """A workspace in which nothing is."""
    made = lay_out(tmp_path / "new", {})
    with writing_to(made):
        return made


def asking(place: Workspace) -> TestClient:
    return TestClient(application(place), base_url=ADDRESS, follow_redirects=False, headers={"Origin": ADDRESS})


def sent(client: TestClient, **fields: str) -> str:
    """What the page of the first steps says after one."""
    token = TOKEN.search(client.get("/en/start").text)
    assert token
    answer = client.post("/en/start", data={"form_token": token["token"], **fields})
    assert answer.status_code == 200
    return answer.text


class Feed(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("content-type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(FEED)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def feed() -> Iterator[int]:
    """The port of a server that has a feed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_each_state_of_claims_can_be_listed(client: TestClient) -> None:
    shown = client.get("/en/claims.json").json()["shown"]
    assert sum(count for _, count in shown["counts"]) == len(shown["claims"]) > 1
    for state, count in shown["counts"]:
        listed = client.get(f"/en/claims.json?state={state}").json()["shown"]["claims"]
        assert {one["state"] for one in listed} == {state}
        assert len(listed) == count


def test_a_claim_shows_its_sentence_its_query_and_why(client: TestClient) -> None:
    claims = client.get("/en/claims.json?state=resolved").json()["shown"]["claims"]
    assert claims
    for one in claims:
        page = client.get(f"/en/claim/{one['row']['claim']}")
        assert page.status_code == 200
        assert all(reason in page.text for reason in one["reasons"])


def test_open_deadlines_are_a_calendar(client: TestClient) -> None:
    answer = client.get("/id/claims.ics?as_of=2022-02-20")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.text.startswith("BEGIN:VCALENDAR\r\n")
    assert answer.text.endswith("END:VCALENDAR\r\n")


@pytest.mark.parametrize("asked", ["state=x", "kind=x", "page=0", "page=x", "most=0", "most=100000", "from=x"])
def test_claims_that_can_not_be_asked_for(client: TestClient, asked: str) -> None:
    assert client.get(f"/en/claims?{asked}").status_code == 400


def test_a_page_of_claims_leads_to_the_next(client: TestClient) -> None:
    shown = [client.get(f"/en/claims.json?most=1&page={page}").json()["shown"] for page in (1, 2)]
    first, second = ({one["row"]["claim"] for one in page["claims"]} for page in shown)
    assert len(first) == len(second) == 1
    assert not first & second
    assert 'rel="next"' in client.get("/en/claims?most=1").text


def test_no_claim_is_no_page(client: TestClient) -> None:
    assert client.get("/en/claim/0000000000000000").status_code == 404


def test_every_outlet_stands_among_the_sources_with_its_articles(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/en/sources.csv?from=2022-02-01").text)))
    assert (
        sum(int(row["articles"]) for row in rows) == client.get("/en/status.json").json()["shown"]["counts"]["articles"]
    )
    assert {row["state"] for row in rows} == {"read"}
    assert sum(int(row["taken"]) for row in rows) == sum(int(row["given"]) for row in rows) > 0


def test_a_source_that_failed_stands_first(demo: Workspace, tmp_path: Path) -> None:
    place = Workspace(folder=tmp_path, config=demo.config)
    (tmp_path / "siaga.db").symlink_to(demo.database)
    (tmp_path / "segments").symlink_to(demo.segments)
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/zz.toml").write_text('name = "Zz"\nfeeds = ["https://zz.example/feed"]\n', "utf-8")
    with asking(place) as client:
        [own] = [one for one in client.get("/en/sources.json").json()["shown"]["outlets"] if one["name"] == "Zz"]
        assert own["fetched"]["state"] == "new"
        assert "not looked at yet" in client.get("/en/sources").text


def test_what_is_found_is_marked_and_narrowed(client: TestClient) -> None:
    page = client.get("/en/search?q=Kyiv").text
    assert "<mark>Kyiv</mark>" in page
    shown = client.get("/en/search.json?q=Kyiv").json()["shown"]
    for facet, choices in shown["choices"]:
        name = {"language": "in"}.get(facet, facet)
        for one in choices[:2]:
            narrowed = client.get("/en/search.json", params={"q": "Kyiv", name: one["name"]}).json()["shown"]
            assert narrowed["found"] == one["articles"], (facet, one)
            assert any(other["chosen"] for kind, some in narrowed["choices"] if kind == facet for other in some)


@pytest.mark.parametrize("typed", ['"', "AND OR NOT", "a*b*", "NEAR(", "\x00", "<b>", "'; drop table article; --"])
def test_whatever_is_typed_is_no_error(client: TestClient, typed: str) -> None:
    answer = client.get("/en/search", params={"q": typed})
    assert answer.status_code == 200
    assert "<b>" not in answer.text


def test_an_earlier_day_finds_less(client: TestClient) -> None:
    now, then = (
        client.get(f"/en/search.json?q=Kyiv{day}").json()["shown"]["found"] for day in ("", "&as_of=2022-02-10")
    )
    assert 0 < then < now


def test_the_state_tells_what_the_doctor_finds(client: TestClient, demo: Workspace) -> None:
    shown = client.get("/en/status.json").json()["shown"]
    assert {one["level"] for one in shown["findings"]} >= {"well", "doubt"}
    assert shown["findings"][0]["level"] != "well"
    assert shown["bytes"] >= demo.database.stat().st_size


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_method_names_whose_data_is_in_it(client: TestClient, language: str) -> None:
    page = client.get(f"/{language}/about").text
    assert [one for one in ("GeoNames", "Unicode", "REIGN", "PLOVER", "Natural Earth") if one not in page] == []


def test_a_new_workspace_begins_at_the_first_steps(new: Workspace, client: TestClient) -> None:
    with asking(new) as first:
        assert first.get("/id").headers["location"] == "/id/start"
    assert client.get("/id").headers["location"] == "/id/board"


def test_an_article_that_is_pasted_is_read_and_kept(new: Workspace) -> None:
    with asking(new) as client:
        text = "NATO foreign ministers met in Riga on Tuesday."
        said = sent(client, step="text", text=text, source="Test Post", date="2021-11-30", title="--help")
        assert "1 new articles" in said
    with reading_from(new) as connection:
        assert str(newest_day(connection)) == "2021-11-30"


def test_a_feed_becomes_a_source(new: Workspace, feed: int) -> None:
    (new.folder / "siaga.toml").write_text(
        f'[fetch]\nallow_networks = ["127.0.0.0/8"]\nports = [80, 443, {feed}]\n', "utf-8"
    )
    with asking(find_workspace(str(new.folder), {}, Path())) as client:
        assert "added" in sent(client, step="source", url=f"http://127.0.0.1:{feed}/feed")
        assert len(list(new.sources.glob("*.toml"))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"step": "none"}, {"step": "source", "url": "--help"}, {"step": "source", "url": "file:///etc/passwd"},
        {"step": "source", "url": "http://[::1"}, {"step": "text", "text": " "},
        {"step": "text", "text": "x", "date": "soon"}, {"step": "text", "text": "x" * 200_001},
    ],
)  # fmt: skip
def test_a_step_that_can_not_be_is_refused(new: Workspace, fields: dict[str, str]) -> None:
    with asking(new) as client:
        token = TOKEN.search(client.get("/en/start").text)
        assert token
        assert client.post("/en/start", data={"form_token": token["token"], **fields}).status_code == 400


def test_a_step_without_the_token_is_refused_and_a_get_does_nothing(new: Workspace) -> None:
    with asking(new) as client:
        assert client.post("/en/start", data={"step": "text", "text": "NATO met."}).status_code == 403
        client.get("/en/start?step=text&text=NATO+met.")
    with reading_from(new) as connection:
        assert newest_day(connection) is None
