"""Logging in and out by the pages, one's own account, accounts and the audit trail of others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from siaga.serve.accounts.entrance import Credentials, Session, log_in
from siaga.serve.accounts.limits import Tried
from siaga.serve.accounts.people import person_of
from siaga.serve.accounts.tokens import tokens
from siaga.serve.accounts.users import users
from siaga.serve.web.app import application
from siaga.serve.web.serving import Serving
from siaga.store.accounts import add_failure
from siaga.store.database import noting_in, now, writing_to
from siaga.store.workspace import Workspace, lay_out
from tests.web.people import ADDRESS, OURS, PASSWORD, browser, peopled, token_of

OTHER = "another sentence, inland"
NASTY = "<script>alert(1)</script>"


@pytest.fixture
def where(tmp_path: Path) -> Workspace:
    return peopled(tmp_path / "work")


@pytest.fixture
def app(where: Workspace) -> Starlette:
    return application(where, Serving(person_of=person_of, entrance="/login"))


def enter(client: TestClient, name: str = "admin", password: str = PASSWORD, **more: str) -> int:
    sent = {"name": name, "password": password, "form_token": token_of(client), **more}
    return int(client.post("/en/login", data=sent, headers=OURS).status_code)


def done(client: TestClient, page: str, **fields: str) -> tuple[int, str]:
    answer = client.post(page, data={"form_token": token_of(client, "/en/account"), **fields}, headers=OURS)
    return answer.status_code, answer.text


def test_who_logs_in_goes_on_to_where_they_wanted(app: Starlette) -> None:
    with browser(app) as client:
        way = client.get("/en/account?as_of=2022-02-01").headers["location"]
        page = client.get(way).text
        *_, back = re.findall(r'name="back" value="([^"]+)"', page)  # before it: that of the appearance
        assert back == "/en/account?as_of=2022-02-01"
        sent = {"name": "viewer", "password": PASSWORD, "form_token": token_of(client), "back": back}
        answer = client.post("/en/login", data=sent, headers=OURS)
        assert (answer.status_code, answer.headers["location"]) == (303, back)
        assert "viewer" in client.get(back).text


BACKS = ("https://elsewhere.example", "//elsewhere.example", "/en/\\elsewhere", "/id/board", "")


@pytest.mark.parametrize("back", BACKS)
def test_nobody_is_sent_elsewhere_after_it(app: Starlette, back: str) -> None:
    with browser(app) as client:
        sent = {"name": "viewer", "password": PASSWORD, "form_token": token_of(client), "back": back}
        assert client.post("/en/login", data=sent, headers=OURS).headers["location"] == "/en/board"


def test_the_cookie_of_a_session_is_read_by_no_script_and_over_https_by_no_other_host(app: Starlette) -> None:
    with browser(app) as client:
        sent = {"name": "admin", "password": PASSWORD, "form_token": token_of(client)}
        [plain] = session_cookies(client, sent)
    assert plain.startswith("siaga=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= {*plain.split("; ")}
    secure = TestClient(app, base_url="https://127.0.0.1:8000", follow_redirects=False)
    with secure as client:
        sent["form_token"] = token_of(client)
        [kept] = session_cookies(client, sent, "https://127.0.0.1:8000")
        assert kept.startswith("__Host-siaga=")
        assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= {*kept.split("; ")}
        assert "Domain" not in kept
        assert client.get("/en/account").status_code == 200


def session_cookies(client: TestClient, sent: dict[str, str], origin: str = ADDRESS) -> list[str]:
    answer = client.post("/en/login", data=sent, headers={"Origin": origin})
    assert answer.status_code == 303
    return [line for line in answer.headers.get_list("set-cookie") if "siaga=" in line]


def test_a_wrong_name_and_a_wrong_password_show_the_same_page(app: Starlette) -> None:
    with browser(app) as client:
        token = token_of(client)
        pages = {
            client.post("/en/login", data={"name": name, "password": "x" * 12, "form_token": token}, headers=OURS).text
            for name in ("admin", "nobody", NASTY)
        }
    assert len(pages) == 1
    assert NASTY not in pages.pop()


def test_after_too_many_attempts_the_right_password_has_to_wait_too(app: Starlette, where: Workspace) -> None:
    [(by_name, free)] = Tried("admin", None).limits
    with noting_in(where) as connection:
        for _ in range(free + 8):
            add_failure(connection, by_name, now())
    with browser(app) as client:
        assert enter(client, "viewer", "x" * 12) == 401
        assert enter(client) == 429
        assert client.get("/en/account").status_code == 303


def test_who_logs_out_is_out_and_the_old_cookie_opens_nothing(app: Starlette) -> None:
    with browser(app) as client:
        assert enter(client) == 303
        old = client.cookies["siaga"]
        assert done(client, "/en/logout")[0] == 303
        assert "siaga" not in client.cookies
        client.cookies.set("siaga", old)
        assert client.get("/en/account").status_code == 303


def test_each_login_is_another_session_whatever_the_browser_brings(app: Starlette) -> None:
    with browser(app) as client:
        client.cookies.set("siaga", "chosen-by-somebody-else", domain="127.0.0.1", path="/")
        assert enter(client) == 303
        first = client.cookies.get("siaga", domain="127.0.0.1")
        assert first != "chosen-by-somebody-else"


def test_the_tokens_of_forms_from_before_the_login_are_good_no_more(app: Starlette) -> None:
    with browser(app) as client:
        before = token_of(client)
        assert enter(client) == 303
        sent = {"form_token": before, "deed": "everywhere"}
        assert client.post("/en/account", data=sent, headers=OURS).status_code == 403


def test_one_changes_ones_own_password_knowing_the_old_one_and_stays_in_here_alone(
    app: Starlette, where: Workspace
) -> None:
    elsewhere = log_in(where, Credentials(name="viewer", password=PASSWORD), now())
    assert isinstance(elsewhere, Session)
    with browser(app) as client:
        enter(client, "viewer")
        for old, new, again in (("x" * 12, OTHER, OTHER), (PASSWORD, OTHER, "y" * 12), (PASSWORD, "short", "short")):
            status, _ = done(client, "/en/account", deed="password", old=old, new=new, again=again)
            assert status == 400
        assert done(client, "/en/account", deed="password", old=PASSWORD, new=OTHER, again=OTHER)[0] == 303
        assert client.get("/en/account").status_code == 200
    with browser(app, elsewhere) as other:
        assert other.get("/en/account").status_code == 303


def test_a_token_is_shown_once_and_may_be_revoked(app: Starlette, where: Workspace) -> None:
    with browser(app) as client:
        enter(client, "analyst")
        status, page = done(client, "/en/account", deed="token", label=NASTY, scope="write", days="7")
        secret = re.search(r"siaga_[\w-]{43}", page)
        assert (status, secret is not None, NASTY in page) == (200, True, False)
        assert secret
        assert secret[0] not in client.get("/en/account").text
        [token] = tokens(where)
        assert (token.account, token.scope, token.label) == ("analyst", "write", NASTY)
        assert done(client, "/en/account", deed="token", label="", scope="admin", days="7")[0] == 400
        assert done(client, "/en/account", deed="token", label="", scope="read", days="1e9")[0] == 400
        assert done(client, "/en/account", deed="revoke", token=token.id)[0] == 303
        assert tokens(where) == ()


def test_an_admin_adds_changes_and_removes_accounts_and_sees_it_in_the_trail(app: Starlette, where: Workspace) -> None:
    with browser(app) as client:
        enter(client)
        assert done(client, "/en/users", deed="add", name="Budi", role="viewer", password=OTHER)[0] == 303
        assert done(client, "/en/users", deed="role", name="budi", role="analyst")[0] == 303
        assert {one.name: one.role for one in users(where)}["budi"] == "analyst"
        status, page = done(client, "/en/users", deed="add", name="budi", role="viewer", password=OTHER)
        assert (status, "already" in page) == (400, True)
        assert done(client, "/en/users", deed="remove", name="budi")[0] == 303
        assert done(client, "/en/users", deed="remove", name="admin")[0] == 400
        assert done(client, "/en/users", deed="nothing")[0] == 400
        lines = client.get("/en/audit.json?deed=account").json()["shown"]["lines"]
    told = [(line["who"], line["deed"]["name"], line["deed"]["object"]) for line in reversed(lines)]
    assert told == [("admin", f"account.{deed}", "budi") for deed in ("add", "role", "remove")]


def test_the_trail_turns_its_pages(app: Starlette) -> None:
    with browser(app) as client:
        enter(client)
        assert client.get("/en/audit.csv?who=admin").text.count("login") == 1
        assert client.get("/en/audit.json?before=1").json()["shown"]["lines"] == []
        assert client.get("/en/audit?before=x").status_code == 400
        assert client.get(f"/en/audit?who={NASTY}").text.count(NASTY) == 0


def test_in_single_user_mode_this_machine_makes_the_first_account_and_then_must_log_in(tmp_path: Path) -> None:
    where = lay_out(tmp_path / "alone", {})
    with writing_to(where):
        pass
    app = application(where, Serving(person_of=person_of, entrance="/login"))
    with browser(app) as client:
        assert "siaga.toml" not in client.get("/id/account").text
        assert client.get("/en/users").status_code == 200
        assert client.get("/en/users", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 303
        assert done(client, "/en/users", deed="add", name="ani", role="admin", password=OTHER)[0] == 303
        assert client.get("/en/users").status_code == 303
    assert [one.name for one in users(where)] == ["ani"]
    with TestClient(app, base_url=ADDRESS, client=("192.0.2.1", 1), follow_redirects=False) as other:
        assert other.get("/en/board").status_code == 303


def test_from_another_machine_nobody_is_alone(tmp_path: Path) -> None:
    where = lay_out(tmp_path / "alone", {})
    with writing_to(where):
        pass
    app = application(where, Serving(person_of=person_of))
    with TestClient(app, base_url=ADDRESS, client=("192.0.2.1", 1)) as other:
        assert other.get("/en/board").status_code == 401
