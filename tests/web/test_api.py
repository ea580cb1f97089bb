"""The API: who may ask, what it gives, page by page or whole, what may be sent, and what is answered to mistakes."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import pytest
from starlette.testclient import TestClient

import siaga
from siaga.base.account import SCOPES, Scope
from siaga.base.person import ROLES, Person, Role
from siaga.base.watchlist import WatchList
from siaga.serve.accounts.people import person_of
from siaga.serve.accounts.tokens import Wanted, make_token
from siaga.serve.api.app import api, mount
from siaga.serve.api.description import PATH, description
from siaga.serve.api.exports import EXPORTS, Export
from siaga.serve.api.parameters import EventsAsked
from siaga.serve.api.resources import ITEMS, LISTS
from siaga.serve.api.writing import WRITES
from siaga.serve.exporting import SHAPES, streamed
from siaga.serve.web.app import application
from siaga.serve.web.safety import HEADERS
from siaga.serve.web.serving import Serving
from siaga.store.analysis import analysing
from siaga.store.audit import Lines, list_audit
from siaga.store.browse import all_events
from siaga.store.database import reading_from, writing_to
from siaga.store.watchlists import save_watch_list
from siaga.store.workspace import Workspace
from tests.unit.store.shelves import filled
from tests.web.people import LOCAL, OURS, Staff, browser, staffed

CHIEF = Person(name="admin", role="admin", means="command")
NASTY = "<script>alert(1)</script>\x01"
ARTICLE = {"text": "Rusia menyerang Ukraina pada Senin (22/11/2021), kata NATO.", "date": "2021-11-22", "lang": "id"}
WATCHED = WatchList(pairs=("RUS-UKR",))
NEEDED = {"series": "?unit=RUS-UKR", "episodes": "?unit=RUS-UKR"}


@pytest.fixture(scope="module")
def staff(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Staff:
    """A copy of the demo with accounts, claims and a watch list, served as `siaga serve` does."""
    staff = staffed(demo, tmp_path_factory.mktemp("api") / "work")
    siaga.Workspace(staff.workspace.folder).link()
    save_watch_list(staff.workspace, "europe", WATCHED)
    serving = Serving(person_of=person_of, entrance="/login", mounts=(mount(staff.workspace),))
    return staff._replace(app=application(staff.workspace, serving))


@pytest.fixture
def client(staff: Staff) -> Iterator[TestClient]:
    """A browser in which a viewer is logged in."""
    with browser(staff.app, staff.sessions["viewer"]) as client:
        yield client


@pytest.fixture
def writer(staff: Staff) -> Iterator[TestClient]:
    """A program with a token that may write."""
    with browser(staff.app) as client:
        client.headers["Authorization"] = f"Bearer {token(staff, 'write')}"
        yield client


def token(staff: Staff, scope: Scope, name: str = "admin") -> str:
    return make_token(staff.workspace, CHIEF, Wanted(account=name, label="test", scope=scope)).secret


def got(client: TestClient, path: str) -> Any:
    answer = client.get(f"{PATH}/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def reads() -> list[str]:
    """The path of everything that is read: items by an id that isn't there."""
    lists = [f"{one.name}{NEEDED.get(one.name, '')}" for one in LISTS]
    return ["openapi.json", *lists, *(f"{one.name}/nothing" for one in ITEMS), *(one.name for one in EXPORTS)]


def every_page(client: TestClient, path: str, limit: int) -> list[Any]:
    found: list[Any] = []
    sign = "&" if "?" in path else "?"
    page = got(client, f"{path}{sign}limit={limit}")
    while True:
        assert len(page["items"]) <= limit
        found += page["items"]
        if page["next"] is None:
            return found
        page = got(client, f"{path}{sign}limit={limit}&cursor={page['next']}")


@pytest.mark.parametrize("path", reads())
def test_a_stranger_is_refused_and_told_how_to_ask(staff: Staff, path: str) -> None:
    with browser(staff.app) as client:
        for headers in ({}, {"Authorization": "Bearer siaga_nothing"}, {"Cookie": "siaga=nothing"}):
            answer = client.get(f"{PATH}/{path}", headers=headers)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
            assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", reads())
def test_whoever_may_read_reads_by_session_or_by_token(staff: Staff, client: TestClient, path: str) -> None:
    expected = 404 if path.endswith("/nothing") else 200
    assert client.get(f"{PATH}/{path}").status_code == expected
    if path == "articles":  # the rest is asked in the same way
        with browser(staff.app) as program:
            for scope in SCOPES:
                headers = {"Authorization": f"Bearer {token(staff, scope)}"}
                assert program.get(f"{PATH}/{path}", headers=headers).status_code == expected


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("write", [one.name for one in WRITES])
def test_who_may_write_is_told_by_role_and_scope(staff: Staff, write: str, role: Role) -> None:
    may = role != "viewer"
    with browser(staff.app, staff.sessions[role]) as client:
        assert (client.post(f"{PATH}/{write}", json={}, headers=OURS).status_code == 403) is not may
    with browser(staff.app) as program:
        for scope in SCOPES[: ROLES.index(role) + 1]:
            headers = {"Authorization": f"Bearer {token(staff, scope, role)}"}
            status = program.post(f"{PATH}/{write}", json={}, headers=headers).status_code
            assert status == (403 if scope == "read" else 422)


def test_every_route_of_the_api_is_in_the_description_and_tested_here(staff: Staff) -> None:
    paths = description()["paths"]
    routes = {(route.path, method) for route in api(staff.workspace).routes for method in route.methods - {"HEAD"}}  # type: ignore[attr-defined]
    assert routes == {(path, method.upper()) for path, methods in paths.items() for method in methods}
    asked = {f"/{path.partition('?')[0]}".replace("/nothing", "/{id}") for path in reads()}
    assert {path for path, method in routes if method == "GET"} == asked
    assert {path for path, method in routes if method == "POST"} == {f"/{one.name}" for one in WRITES}


def test_nothing_is_written_for_another_site(staff: Staff) -> None:
    with browser(staff.app, staff.sessions["admin"]) as client:
        for headers in ({}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert client.post(f"{PATH}/articles", json=ARTICLE, headers=headers).status_code == 403
        form = {**OURS, "Content-Type": "text/plain"}
        assert client.post(f"{PATH}/articles", content=json.dumps(ARTICLE), headers=form).status_code == 415
    assert client.get(f"{PATH}/articles").headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["articles", "events", "events?titles=true", "stories", "incidents", "quotes", "claims"]
)
@pytest.mark.parametrize("limit", [3, 1000])
def test_pages_give_every_record_once_in_the_order_of_the_whole(
    staff: Staff, client: TestClient, path: str, limit: int
) -> None:
    work = siaga.Workspace(staff.workspace.folder)
    titles = "titles" in path
    whole: tuple[Any, ...] = work.events(titles=True) if titles else getattr(work, path.partition("?")[0])()
    assert len(whole) > 3 or path == "claims"
    assert every_page(client, path, limit) == [json.loads(one.to_json()) for one in whole]


def test_a_page_goes_on_where_it_was_though_more_came_meanwhile(writer: TestClient) -> None:
    first = got(writer, "articles?limit=2")
    sent = {**ARTICLE, "text": "NATO menuduh Rusia pada Selasa (1/3/2022).", "date": "2099-01-01"}
    assert writer.post(f"{PATH}/articles", json=sent).status_code == 201
    second = got(writer, f"articles?limit=2&cursor={first['next']}")
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in second["items"]}
    assert got(writer, "articles?limit=1")["items"][0]["published"] == "2099-01-01"


def test_the_next_page_is_linked_with_all_that_was_asked(client: TestClient) -> None:
    answer = client.get(f"{PATH}/events?actor=Rusia&type=ASSAULT&type=MOBILIZE&limit=1")
    link = answer.headers["link"]
    assert link.endswith('>; rel="next"')
    following = client.get(link[1 : link.index(">")])
    assert following.status_code == 200
    assert {one["event"]["type"] for one in following.json()["items"]} <= {"ASSAULT", "MOBILIZE"}
    assert following.json()["items"] != answer.json()["items"]


def test_conditions_choose_as_those_of_the_commands(client: TestClient) -> None:
    events = got(client, "events?actor=Rusia&recipient=UKR&since=2022-02-20&min_confidence=0.4")["items"]
    assert events
    for one in events:
        assert "RUS" in {party["code"] for party in one["event"]["actors"]}
        assert one["event"]["confidence"] >= 0.4
    assert got(client, "events?text_language=en&limit=1000")["items"]
    assert {one["article"]["language"] for one in got(client, "quotes?text_language=en")["items"]} == {"en"}
    assert all(one["independent_sources"] >= 2 for one in got(client, "stories?min_sources=2")["items"])
    [card] = got(client, "warnings?pair=ukr-rus&as_of=2022-02-24&country=USA&level=awas")["items"][:1]
    assert card["as_of"] == "2022-02-24"
    assert {one["unit"] for one in got(client, "warnings?watchlist=europe&level=awas")["items"]} >= {"RUS-UKR"}


def test_an_article_is_shown_without_its_text_unless_it_is_asked_for(client: TestClient) -> None:
    head = got(client, "articles?limit=1")["items"][0]
    assert "text" not in head
    short, long = (got(client, f"articles/{head['id']}{query}") for query in ("", "?text=true"))
    assert short["text"] is None
    assert short | {"text": long["text"]} == long
    for event in long["events"]:
        evidence = event["evidence"]
        assert long["text"][evidence["start"] : evidence["end"]] == evidence["text"]


def test_single_records_are_those_of_the_lists(client: TestClient) -> None:
    for name, id_of in (("events", "event"), ("stories", None), ("claims", "entry"), ("watchlists", "name")):
        first = got(client, name)["items"][0]
        id_ = first["event"]["id"] if id_of == "event" else first.get("id") or first.get("name")
        if id_of == "entry":
            id_ = first["entry"]["claim"]["id"]
        found = got(client, f"{name}/{id_}")
        assert found == first or found["story"]["id"] == id_


def test_events_are_exported_whole_in_every_shape(staff: Staff, client: TestClient) -> None:
    events = siaga.Workspace(staff.workspace.folder).events(types="ASSAULT")
    ids = [one.event.id for one in events]
    answer = {name: client.get(f"{PATH}/events.{name}?type=ASSAULT") for name in (*SHAPES, "parquet")}
    assert {one.status_code for one in answer.values()} == {200}
    assert answer["csv"].headers["content-disposition"] == 'attachment; filename="events.csv"'
    assert [row["id"] for row in csv.DictReader(io.StringIO(answer["csv"].text))] == ids
    assert [json.loads(line)["event"]["id"] for line in answer["jsonl"].text.splitlines()] == ids
    points = {one["id"] for one in answer["geojson"].json()["features"]}
    assert points == {one.event.id for one in events if one.event.place and one.event.place.latitude is not None}
    assert {len(line.split("\t")) for line in answer["gdelt"].text.splitlines()} == {58}
    assert sum(one["type"] == "incident" for one in answer["stix"].json()["objects"]) == len(ids)
    file = staff.workspace.folder / "events.parquet"
    file.write_bytes(answer["parquet"].content)
    assert {row[0] for row in duckdb.read_parquet(str(file)).project("id").fetchall()} == {*ids}


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.name)
def test_an_export_takes_no_limit_instead_of_passing_over_it(client: TestClient, export: Export) -> None:
    for query in ("limit=5", "cursor=x"):
        answer = client.get(f"{PATH}/{export.name}?{query}")
        assert (answer.status_code, answer.json()["parameter"]) == (400, query.partition("=")[0])


@pytest.mark.parametrize("name", ["articles", "stories", "incidents", "quotes"])
def test_other_resources_are_exported_whole_as_lines(client: TestClient, name: str) -> None:
    lines = [json.loads(line) for line in client.get(f"{PATH}/{name}.jsonl").text.splitlines()]
    assert lines == every_page(client, name, 1000) != []


def test_the_memory_of_an_export_does_not_grow_with_it(tmp_path: Path) -> None:
    peaks = {}
    for articles in (100, 1_000):
        where = filled(tmp_path / str(articles), articles)
        with reading_from(where) as connection, analysing(where, connection) as engine:
            events = all_events(connection, engine, EventsAsked().question())
            next(events)  # what is loaded once is loaded
            tracemalloc.start()
            size = sum(map(len, streamed(events, SHAPES["jsonl"])))
            peaks[articles] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert size > 1_000 * articles
    assert peaks[1_000] < peaks[100] + 200_000  # of more than ten million that are written


def test_an_article_that_is_sent_is_read_kept_and_told_in_the_trail(staff: Staff, writer: TestClient) -> None:
    answer = writer.post(f"{PATH}/articles", json=ARTICLE)
    assert answer.status_code == 201
    article, [event] = answer.json()["article"], answer.json()["events"]
    assert (event["type"], [party["code"] for party in event["actors"]]) == ("ASSAULT", ["RUS"])
    assert got(writer, f"articles/{article['id']}?text=1")["text"] == ARTICLE["text"]
    assert writer.post(f"{PATH}/articles", json=ARTICLE).json()["article"]["id"] == article["id"]
    with reading_from(staff.workspace) as connection:
        told = [one.deed.object for one in list_audit(connection, Lines(deed="article.add", who="admin"))]
    assert told.count(article["id"]) == 1


def test_a_correction_that_is_sent_stands_until_it_is_undone(staff: Staff, writer: TestClient) -> None:
    event = got(writer, "events?type=ASSAULT&status=happened&limit=1")["items"][0]["event"]
    made = writer.post(f"{PATH}/corrections", json={"kind": "edit", "event": event["id"], "given": {"status": "denied"},
                                                   "note": NASTY})  # fmt: skip
    assert made.status_code == 201, made.text
    assert made.json()["correction"]["analyst"] == "admin"
    assert got(writer, f"events/{event['id']}")["event"]["status"] == "denied"
    undo = {"kind": "undo", "correction": made.json()["correction"]["id"]}
    assert writer.post(f"{PATH}/corrections", json=undo).status_code == 201
    assert got(writer, f"events/{event['id']}")["event"]["status"] == event["status"]
    assert writer.post(f"{PATH}/corrections", json=undo).status_code == 422
    gone = writer.post(f"{PATH}/corrections", json={"kind": "wrong", "event": event["id"]})
    assert gone.status_code == 201
    assert writer.get(f"{PATH}/events/{event['id']}").status_code == 404
    writer.post(f"{PATH}/corrections", json={"kind": "undo", "correction": gone.json()["correction"]["id"]})
    with reading_from(staff.workspace) as connection:
        kinds = [one.deed.name for one in list_audit(connection, Lines(deed="correction"))]
    assert kinds == ["correction.undo", "correction.wrong", "correction.undo", "correction.edit"]


def test_an_event_is_added_to_a_sentence_by_its_number(writer: TestClient) -> None:
    sent = {"text": "Delegasi tiba. Mereka bertemu di Riga pada Selasa (1/3/2022).", "date": "2022-03-01", "lang": "id"}
    article = writer.post(f"{PATH}/articles", json=sent).json()["article"]["id"]
    given = {"type": "CONSULT", "trigger": "tiba", "actors": ["RUS"]}
    body = {"kind": "add", "article": article, "sentence": 1, "given": given}
    answer = writer.post(f"{PATH}/corrections", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["correction"]["given"][0]["evidence"]["text"] == "Delegasi tiba."
    for changes in ({"sentence": 99}, {"sentence": None}, {"given": None}, {"article": "nothing"}):
        assert writer.post(f"{PATH}/corrections", json={**body, **changes}).status_code in {404, 422}
    deep = b'{"undo": ' + b"[" * 100_000
    sent_as = {"Content-Type": "application/json"}
    assert writer.post(f"{PATH}/corrections", content=deep, headers=sent_as).status_code == 422


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"), ("limit=1001", "limit"), ("limit=x", "limit"), ("limit=1&limit=2", "limit"),
        ("type=WAR", "type"), ("since=2022-13-01", "since"), ("since=yesterday", "since"), ("cursor=x", "cursor"),
        ("cursor=WyJ4IiwgMV0", "cursor"), ("cursor=", "cursor"), ("min_confidence=2", "min_confidence"),
        ("min_confidence=nan", "min_confidence"), ("nothing=1", None), (f"{quote(NASTY)}=1", None),
        (f"type={quote(NASTY)}", "type"),
        (f"source={'x' * 300}", "source"), ("titles=perhaps", "titles"),
    ],
)  # fmt: skip
def test_a_parameter_that_can_t_be_is_named_and_not_repeated(
    client: TestClient, query: str, parameter: str | None
) -> None:
    answer = client.get(f"{PATH}/events?{query}")
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["parameter"]) == (400, 400, parameter)
    assert "alert(1)" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert {name: answer.headers.get(name) for name, _ in HEADERS} == dict(HEADERS)


def test_a_name_that_is_not_known_is_answered_with_the_one_that_is_near(client: TestClient) -> None:
    answer = client.get(f"{PATH}/events?actor=Rusiaa")
    assert (answer.status_code, "Did you mean RUS?" in answer.json()["detail"]) == (422, True)
    assert "<" not in client.get(f"{PATH}/events", params={"actor": NASTY}).text
    assert "\x01" not in client.get(f"{PATH}/events", params={"actor": NASTY}).json()["detail"]


@pytest.mark.parametrize("path", ["series?unit=MNG", "warnings?watchlist=nothing", "elsewhere", "articles/a/b"])
def test_what_is_not_there_is_a_problem_too(client: TestClient, path: str) -> None:
    answer = client.get(f"{PATH}/{path}")
    assert answer.status_code in {404, 422}
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"text": ""}', b'{"text": 1}', b'{"text": "x", "more": 1}',
     b'{"text": "x", "id": ""}', b'{"text": "\\u0000\\u0001"}', b"[" * 10_000],
)  # fmt: skip
def test_a_body_that_can_t_be_is_refused(writer: TestClient, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = writer.post(f"{PATH}/articles", content=body, headers=headers)
    assert answer.status_code == 422, answer.text


def test_other_methods_are_refused(client: TestClient) -> None:
    assert client.put(f"{PATH}/articles", json={}, headers=OURS).status_code == 405
    assert client.post(f"{PATH}/events", json={}, headers=OURS).status_code == 405


def test_while_another_process_writes_it_is_told_when_to_come_again(tmp_path: Path) -> None:
    where = filled(tmp_path, 2, wait=0)
    with TestClient(api(where), client=LOCAL) as client, writing_to(where):
        answer = client.post("/articles", json=ARTICLE)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert str(tmp_path) not in answer.text
        assert len(client.get("/events").json()["items"]) > 0  # reading goes on


def test_a_store_that_is_broken_is_told_without_its_path(tmp_path: Path) -> None:
    where = filled(tmp_path, 2)
    with TestClient(api(where), client=LOCAL, raise_server_exceptions=False) as client:
        where.database.write_bytes(b"no database" * 100)
        answer = client.get("/articles")
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text


def test_an_error_of_ours_tells_nothing(tmp_path: Path) -> None:
    def broken(_place: Workspace, _request: object) -> Person | None:
        raise RuntimeError(NASTY)

    where = filled(tmp_path, 1)
    with TestClient(api(where, broken), client=LOCAL, raise_server_exceptions=False) as client:
        answer = client.get("/articles")
    assert (answer.status_code, answer.json()["detail"]) == (
        500,
        "something broke here; it stands in the log of the server",
    )
