"""Who may come in, for how long, and what is kept of it. Real databases; the clock is an argument."""

from __future__ import annotations

import time
from pathlib import Path

import apsw
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import HTTPConnection

from siaga.base.account import SCOPES, Deed
from siaga.base.errors import AccountError, BusyError, StoreError
from siaga.base.person import ROLES, Person
from siaga.serve.accounts.entrance import (
    IDLE_SECONDS,
    MOST_SECONDS,
    Credentials,
    Refused,
    Session,
    log_in,
    log_out,
    log_out_everywhere,
)
from siaga.serve.accounts.limits import FREE_BY_ADDRESS, FREE_BY_NAME, LONGEST_WAIT, seconds_to_wait
from siaga.serve.accounts.people import is_open_to_all, person_of
from siaga.serve.accounts.secrets import digest
from siaga.serve.accounts.tokens import Wanted, make_token, revoke_token, tokens
from siaga.serve.accounts.users import add_user, change_password, change_role, remove_user, users
from siaga.serve.cli import main, token, user
from siaga.store.accounts import load_session
from siaga.store.audit import Lines, add_deed, list_audit
from siaga.store.database import noting_in, now, reading_from, transaction, writing_to
from siaga.store.jobs import after
from siaga.store.workspace import Workspace, lay_out

CHIEF = Person(name="chief", role="admin", means="command")
PASSWORD = "a sentence by the sea"
OTHER = "another sentence, inland"
NOON = "2026-11-28T12:00:00Z"


@pytest.fixture
def alone(tmp_path: Path) -> Workspace:
    """A workspace in which nobody has an account."""
    where = lay_out(tmp_path / "watch", {})
    with writing_to(where):
        return where


@pytest.fixture
def where(alone: Workspace) -> Workspace:
    """A workspace with an admin, ani."""
    add_user(alone, CHIEF, Person(name="ani", role="admin"), PASSWORD)
    return alone


def request(host: str = "127.0.0.1", scheme: str = "http", **headers: str) -> HTTPConnection:
    lines = [(name.encode(), value.encode()) for name, value in headers.items()]
    return HTTPConnection(
        {"type": "http", "scheme": scheme, "path": "/", "headers": lines, "client": (host, 1), "server": ("x", 80)}
    )


def entered(where: Workspace, name: str = "ani", password: str = PASSWORD) -> Session:
    session = log_in(where, Credentials(name=name, password=password, address="192.0.2.1"), now())
    assert isinstance(session, Session)
    return session


def with_session(session: Session) -> HTTPConnection:
    return request(cookie=f"siaga={session.id}")


def trail(where: Workspace) -> list[tuple[str | None, str, str | None]]:
    with reading_from(where) as connection:
        return [(one.who, one.deed.name, one.deed.object) for one in list_audit(connection, Lines())][::-1]


def bytes_of(where: Workspace) -> bytes:
    return b"".join(path.read_bytes() for path in where.folder.glob("siaga.db*"))


def test_without_any_account_whoever_is_at_this_machine_is_an_admin_and_nobody_else_is_known(alone: Workspace) -> None:
    assert is_open_to_all(alone)
    for host in ("127.0.0.1", "127.8.8.8", "::1"):
        person = person_of(alone, request(host))
        assert person is not None
        assert (person.role, person.means) == ("admin", "alone")
    for host in ("192.0.2.1", "10.0.0.1", "::ffff:192.0.2.1", "testclient", ""):
        assert person_of(alone, request(host)) is None


def test_with_the_first_account_nobody_comes_in_without_one(where: Workspace) -> None:
    assert not is_open_to_all(where)
    assert person_of(where, request()) is None


def test_the_first_account_must_be_an_admins(alone: Workspace) -> None:
    with pytest.raises(AccountError) as met:
        add_user(alone, CHIEF, Person(name="ani", role="viewer"), PASSWORD)
    assert met.value.code == "first"
    assert users(alone) == ()


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("ani", PASSWORD, "taken"),
        ("ANI ", PASSWORD, "taken"),
        ("", PASSWORD, "name"),
        ("budi\n", "x" * 8, "short"),
        ("<script>", PASSWORD, "name"),
        ("b" * 65, PASSWORD, "name"),
        ("budi", "eleven sign", "short"),
        ("budi", "x" * 1001, "long"),
        ("budi", "abababababab", "easy"),
        ("longer-name-1", "Longer-Name-1", "easy"),
    ],
)
def test_what_can_t_be_is_refused_and_leaves_no_trace(where: Workspace, name: str, password: str, code: str) -> None:
    before = trail(where)
    with pytest.raises(AccountError) as met:
        add_user(where, CHIEF, Person(name=name, role="viewer"), password)
    assert met.value.code == code
    assert trail(where) == before


def test_a_login_makes_a_session_that_says_who_asks(where: Workspace) -> None:
    session = entered(where)
    person = person_of(where, with_session(session))
    assert person == Person(name="ani", role="admin", means="session")
    assert len(session.id) >= 43  # 256 bits, six a sign


def test_names_are_taken_in_any_case_and_passwords_however_a_keyboard_composes_them(where: Workspace) -> None:
    add_user(where, CHIEF, Person(name="Budi", role="viewer"), "caf\u00e9 di tepi pantai")
    assert entered(where, "BUDI ", "cafe\u0301 di tepi pantai").person.name == "budi"


def test_no_secret_is_kept_only_hashes(where: Workspace) -> None:
    session, issued = entered(where), make_token(where, CHIEF, Wanted(account="ani", label="t"))
    stored = bytes_of(where)
    assert b"$argon2id$v=19$m=65536,t=3,p=4$" in stored
    for secret in (PASSWORD, session.id, issued.secret, issued.secret.removeprefix("siaga_")):
        assert secret.encode() not in stored
    assert digest(session.id).encode() in stored


@pytest.mark.parametrize("name", ["ani", "nobody", "", "x" * 5000, "'; DROP TABLE account; --"])
def test_a_wrong_password_and_a_wrong_name_are_answered_alike(where: Workspace, name: str) -> None:
    assert log_in(where, Credentials(name=name, password="not the right one"), NOON) == Refused(wait=0)


def test_a_wrong_name_takes_as_long_as_a_wrong_password(where: Workspace) -> None:
    log_in(where, Credentials(name="warm-up", password="x"), NOON)
    known, unknown = (cpu_of_login(where, name) for name in ("ani", "nobody"))
    assert unknown > known / 3


def cpu_of_login(where: Workspace, name: str) -> float:
    """Seconds of the processor for a login that fails, the least of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        log_in(where, Credentials(name=name, password="not the right one"), NOON)
        taken.append(time.process_time() - start)
    return min(taken)


def test_after_five_failures_under_a_name_each_wait_doubles_and_the_password_is_not_looked_at(
    where: Workspace,
) -> None:
    wrong, right = (Credentials(name="ani", password=one) for one in ("not the right one", PASSWORD))
    for _ in range(FREE_BY_NAME):
        assert log_in(where, wrong, NOON) == Refused(wait=0)
    assert log_in(where, right, NOON) == Refused(wait=1)
    assert log_in(where, wrong, after(NOON, 1)) == Refused(wait=0)
    assert log_in(where, right, after(NOON, 2)) == Refused(wait=1)
    assert isinstance(log_in(where, right, after(NOON, 3)), Session)
    assert log_in(where, wrong, after(NOON, 3)) == Refused(wait=0)  # counted anew


def test_a_name_that_nobody_has_is_limited_in_the_same_way(where: Workspace) -> None:
    for _ in range(FREE_BY_NAME):
        log_in(where, Credentials(name="nobody", password="x"), NOON)
    assert log_in(where, Credentials(name="nobody", password="x"), NOON) == Refused(wait=1)


def test_many_names_from_one_address_are_limited_and_others_are_not(where: Workspace) -> None:
    for number in range(FREE_BY_ADDRESS):
        tried = Credentials(name=f"name{number}", password="x", address="2001:db8::1")
        assert log_in(where, tried, NOON) == Refused(wait=0)
    here, there = (
        Credentials(name="ani", password=PASSWORD, address=one) for one in ("2001:db8::2", "2001:db8:0:1::1")
    )
    assert log_in(where, here, NOON) == Refused(wait=1)  # the same customer's network
    assert isinstance(log_in(where, there, NOON), Session)


def test_a_day_after_the_last_failure_all_is_forgotten(where: Workspace) -> None:
    for _ in range(FREE_BY_NAME):
        log_in(where, Credentials(name="ani", password="x"), NOON)
    later = after(NOON, 86_401)
    assert log_in(where, Credentials(name="ani", password="x"), later) == Refused(wait=0)
    assert log_in(where, Credentials(name="ani", password="x"), later) == Refused(wait=0)


def test_a_clock_that_is_set_back_makes_nobody_wait_longer_than_the_longest(where: Workspace) -> None:
    for _ in range(FREE_BY_NAME):
        log_in(where, Credentials(name="ani", password="x"), NOON)
    assert log_in(where, Credentials(name="ani", password="x"), after(NOON, -3600)) == Refused(wait=1)


@given(st.integers(0, 10_000), st.integers(1, 50))
def test_waits_never_shrink_and_have_an_end(times: int, free: int) -> None:
    assert seconds_to_wait(times, free) <= seconds_to_wait(times + 1, free) <= LONGEST_WAIT


def test_a_session_ends_by_idleness_and_by_age(where: Workspace) -> None:
    session = log_in(where, Credentials(name="ani", password=PASSWORD), NOON)
    assert isinstance(session, Session)
    hash_ = digest(session.id)
    with reading_from(where) as connection:
        for seconds, holds in ((IDLE_SECONDS - 1, True), (IDLE_SECONDS, False)):
            moment = after(NOON, seconds)
            assert (load_session(connection, hash_, moment, after(moment, -IDLE_SECONDS)) is not None) is holds
        for seconds, holds in ((MOST_SECONDS - 1, True), (MOST_SECONDS, False)):
            assert (load_session(connection, hash_, after(NOON, seconds), "0") is not None) is holds


def test_logging_out_ends_this_session_and_everywhere_ends_all(where: Workspace) -> None:
    one, two, three = (entered(where) for _ in range(3))
    log_out(where, one.id, one.person, now())
    assert [person_of(where, with_session(each)) is None for each in (one, two, three)] == [True, False, False]
    log_out_everywhere(where, two.person, now())
    assert [person_of(where, with_session(each)) is None for each in (one, two, three)] == [True, True, True]


def test_another_password_ends_all_sessions_and_the_old_one_no_longer_fits(where: Workspace) -> None:
    session = entered(where)
    change_password(where, CHIEF, "ani", OTHER)
    assert person_of(where, with_session(session)) is None
    assert log_in(where, Credentials(name="ani", password=PASSWORD), now()) == Refused()
    assert entered(where, "ani", OTHER).person.name == "ani"


def test_another_role_counts_from_the_next_request_on(where: Workspace) -> None:
    add_user(where, CHIEF, Person(name="budi", role="viewer"), PASSWORD)
    session = entered(where, "budi")
    change_role(where, CHIEF, "budi", "analyst")
    person = person_of(where, with_session(session))
    assert person is not None
    assert person.role == "analyst"


def test_the_last_admin_stays_as_long_as_others_are_there(where: Workspace) -> None:
    add_user(where, CHIEF, Person(name="budi", role="viewer"), PASSWORD)
    with pytest.raises(AccountError) as met:
        remove_user(where, CHIEF, "ani")
    assert met.value.code == "last"
    with pytest.raises(AccountError):
        change_role(where, CHIEF, "ani", "analyst")
    remove_user(where, CHIEF, "budi")
    remove_user(where, CHIEF, "ani")
    assert is_open_to_all(where)


def test_an_account_takes_its_sessions_and_tokens_along(where: Workspace) -> None:
    add_user(where, CHIEF, Person(name="budi", role="viewer"), PASSWORD)
    session, issued = entered(where, "budi"), make_token(where, CHIEF, Wanted(account="budi", label=""))
    remove_user(where, CHIEF, "budi")
    assert person_of(where, with_session(session)) is None
    assert person_of(where, bearer(issued.secret)) is None
    assert tokens(where) == ()


def bearer(secret: str) -> HTTPConnection:
    return request(authorization=f"Bearer {secret}")


def test_a_token_may_do_what_its_scope_says_and_never_more_than_its_account(where: Workspace) -> None:
    add_user(where, CHIEF, Person(name="budi", role="analyst"), PASSWORD)
    for scope, role in zip(SCOPES, ROLES, strict=True):
        issued = make_token(where, CHIEF, Wanted(account="ani", label="", scope=scope))
        assert person_of(where, bearer(issued.secret)) == Person(name="ani", role=role, means="token")
    with pytest.raises(AccountError) as met:
        make_token(where, CHIEF, Wanted(account="budi", label="", scope="admin"))
    assert met.value.code == "scope"
    issued = make_token(where, CHIEF, Wanted(account="budi", label="", scope="write"))
    change_role(where, CHIEF, "budi", "viewer")
    assert person_of(where, bearer(issued.secret)) == Person(name="budi", role="viewer", means="token")


def test_a_token_that_does_not_hold_is_not_made_up_for_by_a_session(where: Workspace) -> None:
    session = entered(where)
    for shown in ("Bearer wrong", "Basic YW5pOng=", "Bearer", ""):
        assert person_of(where, request(cookie=f"siaga={session.id}", authorization=shown)) is None


def test_a_token_ends_when_it_is_revoked_or_its_days_are_over(where: Workspace) -> None:
    issued = make_token(where, CHIEF, Wanted(account="ani", label="", days=1))
    assert issued.token.ends == after(issued.token.made, 86_400)
    with noting_in(where) as connection:
        connection.execute("UPDATE token SET ends = ?", (now(),))
    assert person_of(where, bearer(issued.secret)) is None
    other = make_token(where, CHIEF, Wanted(account="ani", label=""))
    with pytest.raises(AccountError):
        revoke_token(where, CHIEF, other.token.id, "budi")  # another's
    revoke_token(where, CHIEF, other.token.id, "ani")
    assert person_of(where, bearer(other.secret)) is None


def test_the_last_use_of_a_token_is_noted(where: Workspace) -> None:
    issued = make_token(where, CHIEF, Wanted(account="ani", label=""))
    assert tokens(where)[0].used is None
    person_of(where, bearer(issued.secret))
    assert tokens(where)[0].used is not None


def test_the_trail_tells_who_did_what_and_of_failed_logins_only_names_that_somebody_has(where: Workspace) -> None:
    log_in(where, Credentials(name="ani", password="not the right one"), NOON)
    log_in(where, Credentials(name=PASSWORD, password=""), NOON)  # typed into the wrong field
    entered(where)
    change_role(where, CHIEF, "ani", "admin")
    assert trail(where) == [
        ("chief", "account.add", "ani"),
        (None, "login.fail", "ani"),
        (None, "login.fail", None),
        ("ani", "login", None),
        ("chief", "account.role", "ani"),
    ]
    assert PASSWORD.encode() not in bytes_of(where)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'somebody else'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit VALUES (1, '', 'x', 'session', 'x', NULL, NULL)",
        "REPLACE INTO audit SELECT * FROM audit",
    ],
)
def test_the_database_refuses_to_change_the_trail(where: Workspace, statement: str) -> None:
    before = trail(where)
    with noting_in(where) as connection, pytest.raises(apsw.ConstraintError, match="only added to"):
        connection.execute(statement)
    assert trail(where) == before


def test_who_logs_in_does_not_wait_for_the_writer_to_end(where: Workspace) -> None:
    with writing_to(where) as connection:  # as `siaga watch` does for days
        assert entered(where).person.name == "ani"
        with transaction(connection):
            add_deed(connection, CHIEF, Deed(name="x"), now())
    assert [name for _, name, _ in trail(where)][-2:] == ["login", "x"]


def test_a_transaction_that_does_not_end_is_told_of(tmp_path: Path) -> None:
    where = lay_out(tmp_path / "watch", {"SIAGA_STORE_WAIT": "0"})
    with writing_to(where) as connection, transaction(connection), pytest.raises(BusyError):
        add_user(where, CHIEF, Person(name="ani", role="admin"), PASSWORD)


def test_notes_are_not_taken_where_there_is_no_database_or_an_older_one(tmp_path: Path) -> None:
    where = lay_out(tmp_path / "watch", {})
    with pytest.raises(StoreError, match="no such file"), noting_in(where):
        pass
    assert not where.database.exists()
    with writing_to(where) as connection:
        connection.execute("PRAGMA user_version = 1")
    with pytest.raises(StoreError, match="earlier version"), noting_in(where):
        pass


@pytest.fixture
def runner(alone: Workspace) -> CliRunner:
    return CliRunner(env={"SIAGA_WORKSPACE": str(alone.folder), "LANG": "en_US.UTF-8"})


def test_accounts_and_tokens_come_and_go_by_command(runner: CliRunner, alone: Workspace) -> None:
    assert "nobody has an account" in said(runner, "user list")
    assert "ani has an account now: admin" in said(runner, "user add ani", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert "budi kini punya akun: pembaca" in said(runner, "user add budi -l id --password-file -", typed=PASSWORD)
    assert "budi is analyst now" in said(runner, "user role budi analyst")
    assert "budi has another password" in said(runner, "user password budi --password-file -", typed=OTHER)
    assert entered(alone, "budi", OTHER).person.role == "analyst"
    secret, told = said(runner, "token add budi --scope write --label tables").split("\n", 1)
    assert person_of(alone, bearer(secret)) == Person(name="budi", role="analyst", means="token")
    [listed] = said(runner, "token list budi").splitlines()
    assert listed.split(" · ")[1:3] == ["budi", "reads and writes"]
    assert listed.split(" · ")[0] in told
    said(runner, f"token revoke {listed.split(' · ')[0]}")
    assert "there are no tokens" in said(runner, "token list")
    said(runner, "user remove budi")
    assert [line.split(" · ")[0] for line in said(runner, "user list").splitlines()] == ["ani"]


def test_the_trail_is_shown_newest_first_and_by_conditions(runner: CliRunner, alone: Workspace) -> None:
    assert "nothing of the kind" in said(runner, "audit")
    for name in ("ani", "budi"):
        said(runner, f"user add {name} --password-file -", typed=PASSWORD)
    entered(alone, "budi")
    lines = said(runner, "audit").splitlines()
    done = [line.split("  ")[2] for line in lines]
    assert done == ["login", "account.add · budi · viewer", "account.add · ani · admin"]
    assert len(said(runner, "audit --limit 1").splitlines()) == 1
    assert said(runner, "audit --who budi --since 2020-01-01").splitlines() == lines[:1]
    first, _ = said(runner, "audit --deed account -f jsonl").splitlines()
    assert '"deed":{"name":"account.add","object":"budi"' in first


@pytest.mark.parametrize(
    ("line", "typed", "told"),
    [
        ("user add ani --password-file -", "short", "too short"),
        ("user add ani --role viewer --password-file -", PASSWORD, "must be an admin's"),
        ("user remove nobody", "", "no account of this name"),
        ("token add nobody", "", "no account of this name"),
        ("token revoke 123", "", "no token with this id"),
        ("token add nobody --days 400", "", "1 to 366 days"),
    ],
)
def test_what_can_t_be_is_a_mistake_of_use_that_says_what_to_do(
    runner: CliRunner, line: str, typed: str, told: str
) -> None:
    result = runner.invoke(main, line.split(), input=typed)
    assert (result.exit_code, told in result.output) == (2, True), result.output


def said(runner: CliRunner, line: str, typed: str = "") -> str:
    result = runner.invoke(main, line.split(), input=typed)
    assert result.exit_code == 0, result.output
    return result.stdout + result.stderr


def test_the_choices_of_the_commands_are_the_roles_and_scopes() -> None:
    assert (user.ROLES, token.SCOPES) == (ROLES, SCOPES)
