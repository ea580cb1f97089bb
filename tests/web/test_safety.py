"""The pages are safe whatever they show: each line of the security list is a test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from siaga.base.person import Person
from siaga.serve.web.app import application
from siaga.serve.web.pages import pages
from siaga.serve.web.safety import HEADERS, MOST_BODY_BYTES
from siaga.serve.web.serving import Serving
from siaga.store.workspace import Workspace
from tests.web.conftest import ADDRESS

OURS = {"Origin": ADDRESS}
TOKEN = re.compile(r'name="form_token" value="(?P<token>[0-9a-f]{64})"')
ECHO = "nowhere-zq7"


def token_of(client: TestClient) -> str:
    """Of a form of ours, as the browser finds it."""
    found = TOKEN.search(client.get("/en/board").text)
    assert found
    return found["token"]


def choice(client: TestClient, **changes: str) -> dict[str, str]:
    """What the form of the appearance sends."""
    return {"theme": "dark", "back": "/en/board", "form_token": token_of(client), **changes}


@pytest.mark.parametrize(
    "path",
    ["/", "/en/board", "/en/board.json", "/en/board.csv", "/static/css/siaga.css", "/en/nowhere", "/static/nowhere",
     "/en/board?as_of=never", "/elsewhere"],
)  # fmt: skip
def test_every_response_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get(name) for name, _ in HEADERS} == dict(HEADERS)


def test_the_policy_of_content_lets_nothing_in_but_what_is_ours(client: TestClient) -> None:
    policy = client.get("/en/board").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)


def test_a_refusal_before_the_pages_has_the_headers_too(client: TestClient) -> None:
    for answer in (
        client.get("/en/board", headers={"Host": "elsewhere.example"}),
        client.post("/en/appearance", content=b"x" * (MOST_BODY_BYTES + 1), headers=OURS),
        client.post("/en/appearance", headers={"Origin": "https://elsewhere.example"}),
    ):
        assert answer.status_code in {400, 403, 413}
        assert {name: answer.headers.get(name) for name, _ in HEADERS} == dict(HEADERS)


def test_a_page_that_breaks_tells_nothing_and_has_the_headers(demo: Workspace) -> None:
    def broken(_request: Request) -> Response:
        raise RuntimeError(ECHO)

    serving = Serving(mounts=(Route("/en/broken", broken),))
    with TestClient(application(demo, serving), base_url=ADDRESS, raise_server_exceptions=False) as client:
        answer = client.get("/en/broken")
    assert answer.status_code == 500
    assert ECHO not in answer.text
    assert "Traceback" not in answer.text
    assert {name: answer.headers.get(name) for name, _ in HEADERS} == dict(HEADERS)


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "[::1", "localhost.:8000"])
def test_only_our_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/en/board", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:9999", "[::1]:8000", "LOCALHOST"])
def test_our_own_names_are_answered_at_any_port(client: TestClient, host: str) -> None:
    assert client.get("/en/board", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "null"}, {"Origin": "https://elsewhere.example"}, {"Origin": "http://127.0.0.1:8001"},
     {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Authorization": "Bearer x", "Cookie": "a=b"}],
)  # fmt: skip
def test_nothing_is_done_for_another_origin(client: TestClient, headers: dict[str, str]) -> None:
    sent = choice(client)
    assert client.post("/en/appearance", data=sent, headers=headers).status_code == 403


def test_nothing_is_done_without_the_token_of_the_form(client: TestClient) -> None:
    for token in ("", "0" * 64, "é"):
        assert client.post("/en/appearance", data=choice(client, form_token=token), headers=OURS).status_code == 403


def test_the_token_of_another_visitor_is_none(client: TestClient) -> None:
    sent = choice(client)
    with TestClient(client.app, base_url=ADDRESS, follow_redirects=False) as other:
        other.get("/en/board")
        assert other.post("/en/appearance", data=sent, headers=OURS).status_code == 403
    assert client.post("/en/appearance", data=sent, headers=OURS).status_code == 303


def test_a_choice_with_the_token_is_kept_by_the_browser(client: TestClient) -> None:
    answer = client.post("/en/appearance", data=choice(client), headers=OURS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/board")
    assert 'data-theme="dark"' in client.get("/en/board").text


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""])
def test_nobody_is_sent_elsewhere(client: TestClient, back: str) -> None:
    assert client.post("/en/appearance", data=choice(client, back=back), headers=OURS).status_code == 400


def test_cookies_are_for_us_alone(client: TestClient) -> None:
    client.cookies.clear()
    for cookie in client.get("/en/board").headers.get_list("set-cookie"):
        assert "httponly" in cookie.lower()
        assert "samesite=strict" in cookie.lower()


def test_a_long_body_is_refused_whatever_it_says_of_its_length(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        yield from (b"x" * 100_000 for _ in range(MOST_BODY_BYTES // 100_000 + 1))

    assert client.post("/en/appearance", content=parts(), headers=OURS).status_code == 413


def test_only_plain_forms_are_read(client: TestClient) -> None:
    answer = client.post("/en/appearance", content=b"{}", headers={**OURS, "Content-Type": "application/json"})
    assert answer.status_code == 415


def test_a_form_with_too_many_fields_or_bad_signs_is_refused(client: TestClient) -> None:
    plain = {**OURS, "Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/en/appearance", content=b"a=1&" * 5_000, headers=plain).status_code == 400
    assert client.post("/en/appearance", content=b"\xff\xfe", headers=plain).status_code == 400


@pytest.mark.parametrize(
    "path",
    [f"/en/{ECHO}", f"/en/board?as_of={ECHO}", f"/en/board.{ECHO}", f"/{ECHO}", f"/static/{ECHO}.js",
     f"/en/board?from={ECHO}&as_of={ECHO}"],
)  # fmt: skip
def test_error_pages_repeat_nothing(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"X-Forwarded-Host": ECHO, "Cookie": f"siaga_theme={ECHO}"})
    assert answer.status_code in {400, 404}
    assert ECHO not in answer.text + str(answer.headers)


def test_what_changes_something_is_never_asked_by_get(client: TestClient) -> None:
    """A page that acts takes POST; on GET nothing of the store or of what was chosen changes."""
    assert client.get("/en/appearance?theme=dark").status_code == 404
    assert "siaga_theme" not in client.cookies
    for route in routes(client):
        assert {"PUT", "DELETE", "PATCH"}.isdisjoint(route.methods or ())


def routes(client: TestClient) -> list[Route]:
    app = client.app
    assert isinstance(app, Starlette)
    return [route for route in app.routes if isinstance(route, Route)]


def test_only_pages_that_act_take_a_post(client: TestClient) -> None:
    posted = {route.path for route in routes(client) if "POST" in (route.methods or ())}
    assert posted == {f"/{{language:language}}{page.path}" for page in pages() if page.act}


def test_those_who_are_not_known_or_may_not_are_refused(demo: Workspace) -> None:
    nobody = Serving(person_of=lambda _place, _request: None)
    viewer = Serving(person_of=lambda _place, _request: Person(name="ani", role="viewer"))
    with TestClient(application(demo, nobody), base_url=ADDRESS) as client:
        assert client.get("/en/board").status_code == 401
        assert client.get("/en/board.json").status_code == 401
    with TestClient(application(demo, viewer), base_url=ADDRESS) as client:
        assert client.get("/en/board").status_code == 200
        assert "ani" in client.get("/en/board").text


def test_those_who_are_not_known_are_shown_the_way_in(demo: Workspace) -> None:
    serving = Serving(person_of=lambda _place, _request: None, entrance="/login")
    with TestClient(application(demo, serving), base_url=ADDRESS, follow_redirects=False) as client:
        answer = client.get("/id/board")
    assert (answer.status_code, answer.headers["location"]) == (303, "/id/login?back=%2Fid%2Fboard")


def test_templates_never_switch_escaping_off() -> None:
    folder = files("siaga.serve.web") / "templates"
    texts = {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".html")}
    assert len(texts) > 3
    unsafe = re.compile(r"\|\s*safe|autoescape|style=|\bon\w+=|<style|<script(?![^>]*\bsrc=)")
    assert [name for name, text in texts.items() if unsafe.search(text)] == []
