"""The outbox: what is told gets there, however often whoever sends is killed; what can't be sent stays to be seen."""

from __future__ import annotations

import hmac
import random
import subprocess
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from siaga.base.alert import Alert, Message, Note
from siaga.base.errors import BusyError
from siaga.serve.alerting.channels import Hook, Unsent, deliver
from siaga.serve.alerting.sending import Sent, send_due
from siaga.store.alerts import Acknowledged, Fired, acknowledge, add_alerts
from siaga.store.database import reading_from, writing_to
from siaga.store.outbox import Job, load_outbox, revive, sending
from siaga.store.workspace import Workspace, find_workspace, lay_out
from tests.unit.serve.posts import Box, mail_server, web_server

KILLS, ALERTS = 20, 60
LONG_AGO, FAR = "2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"
KEY = "of the hook"
SENDER = """
import os, sys
from pathlib import Path
from siaga.serve.alerting.sending import send_due
from siaga.store.workspace import find_workspace
where = find_workspace(sys.argv[1], os.environ, Path())
print("begun", flush=True)
send_due(where)
"""


def told(number: int = 1, **fields: object) -> Alert:
    return Alert(
        id=f"{number:016x}", rule="border", subject="RUS-UKR", since="2021-11-22", as_of="2021-11-30",
        fired="2021-11-30T06:00:00Z", language="en", level="siaga", headline=f"SIAGA · number {number}",
        lines=(Note(text="Acts that warn: 4."),),
        sentences=(Note(text="Kabar, 30 November: “Pasukan <b>bergerak</b> {{headline}}”", url="https://kabar.example/1"),),
    ).replace(**fields)  # fmt: skip


def workspace(folder: Path, mail: int = 1, web: int = 1, more: str = "") -> Workspace:
    """A workspace that may send to this machine."""
    where = lay_out(folder, {})
    (folder / "siaga.toml").write_text(
        f'[fetch]\nallow_networks = ["127.0.0.0/8"]\nports = [{web}]\n[mail]\nhost = "127.0.0.1"\nport = {mail}\n'
        f'tls = "none"\nsender = "siaga@example.org"\n[alerts]\npause = 0.0\n{more}',
        "utf-8",
    )
    (folder / "secrets").mkdir()
    (folder / "secrets/webhook").write_text(KEY, "utf-8")
    (folder / "secrets/webhook").chmod(0o600)
    where = find_workspace(str(folder), {}, Path())
    with writing_to(where):
        return where


def put(where: Workspace, alerts: list[Alert], *targets: str, due: str = LONG_AGO) -> None:
    """Enter alerts with a message to each target."""
    messages = [
        Message(key=f"{target[:4]}-{one.id}", alert=one.id, target=target, due=due)
        for one in alerts
        for target in targets
    ]
    with writing_to(where) as connection:
        add_alerts(connection, Fired(rule="border", alerts=tuple(alerts), messages=tuple(messages), looked=0))


def states(where: Workspace) -> Counter[str]:
    with reading_from(where) as connection:
        return Counter(one.state for one in load_outbox(connection, 1000))


def job(target: str, alert: Alert | None = None) -> Job:
    return Job(number=1, key="k1", target=target, escalated=False, attempts=0, alert=alert or told())


def test_killed_twenty_times_every_message_arrives_and_repeats_have_the_same_key(tmp_path: Path) -> None:
    dice = random.Random(11)
    box = Box(pause=lambda: dice.uniform(0, 0.02))
    with mail_server(box) as mail, web_server(box) as web:
        where = workspace(tmp_path, mail, web)
        put(where, [told(number) for number in range(ALERTS)], "desk@example.org", f"http://127.0.0.1:{web}/hook")
        wanted = {f"{kind}-{number:016x}" for kind in ("desk", "http") for number in range(ALERTS)}
        killed = 0
        while killed < KILLS:
            sender = subprocess.Popen([sys.executable, "-c", SENDER, str(where.folder)], stdout=subprocess.PIPE)
            assert sender.stdout is not None
            assert sender.stdout.readline() == b"begun\n"
            time.sleep(dice.uniform(0, 0.15))
            killed += sender.poll() is None
            sender.kill()
            sender.wait()
            sender.stdout.close()
            if states(where)["waiting"] < 20:  # nothing left to be killed at: let some be due again
                put(where, [told(ALERTS + killed)], "desk@example.org", f"http://127.0.0.1:{web}/hook")
                wanted |= {f"{kind}-{ALERTS + killed:016x}" for kind in ("desk", "http")}
        send_due(where)
    assert set(box.keys) == wanted
    assert states(where) == Counter(sent=len(wanted))
    assert max(Counter(box.keys).values()) <= 1 + KILLS
    assert len(box.keys) <= len(wanted) + KILLS  # each kill repeats one message at the most


def test_nothing_of_an_alert_is_there_without_its_messages(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    wrong = Message(key="k", alert=told().id, target=None, due=LONG_AGO)  # type: ignore[arg-type]
    with writing_to(where) as connection, pytest.raises(Exception, match="NOT NULL"):
        add_alerts(connection, Fired(rule="border", alerts=(told(),), messages=(wrong,), looked=5))
    with reading_from(where) as connection:
        assert connection.execute("SELECT (SELECT count(*) FROM alert), (SELECT count(*) FROM alert_looked)").get == (
            0,
            0,
        )


def test_an_alert_is_entered_once_and_never_changed_or_removed(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    put(where, [told()], "desk@example.org")
    put(where, [told(headline="another")], "boss@example.org")
    with writing_to(where) as connection:
        assert [row.target for row in load_outbox(connection, 9)] == ["desk@example.org"]
        for change in (
            "UPDATE alert SET rule = 'x'",
            "DELETE FROM alert",
            "INSERT OR REPLACE INTO alert SELECT * FROM alert",
        ):
            with pytest.raises(Exception, match=r"only added to|told already"):
                connection.execute(change)


def test_a_mail_has_the_alert_as_text_and_html_in_which_nothing_is_markup(tmp_path: Path) -> None:
    box = Box()
    with mail_server(box) as port:
        deliver(workspace(tmp_path, mail=port), job("desk@example.org"))
    [mail] = box.mails
    assert (mail["To"], mail["Subject"], mail["X-Siaga-Key"]) == ("desk@example.org", "SIAGA · number 1", "k1")
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[attr-defined]
    assert "- Acts that warn: 4." in text
    assert "Pasukan <b>bergerak</b> {{headline}}" in text
    assert "Pasukan &lt;b&gt;bergerak&lt;/b&gt; {{headline}}" in html


def test_a_web_hook_is_signed_and_carries_the_key_and_the_alert(tmp_path: Path) -> None:
    box = Box()
    with web_server(box) as port:
        deliver(workspace(tmp_path, web=port), job(f"http://127.0.0.1:{port}/hook"))
    [posted] = box.posts
    stamp = posted.headers["X-Siaga-Timestamp"]
    signed = hmac.new(KEY.encode(), f"{stamp}.".encode() + posted.body, sha256).hexdigest()
    assert posted.headers["X-Siaga-Signature"] == f"v1={signed}"
    assert abs(time.time() - int(stamp)) < 60
    hook = Hook.from_json(posted.body)
    assert (hook.key, posted.headers["Idempotency-Key"], hook.alert) == ("k1", "k1", told())


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/hook", "http://169.254.169.254/latest", "http://[::1]/", "http://2130706433/"]
)
def test_a_web_hook_to_a_private_address_is_given_up_at_once(address: str, tmp_path: Path) -> None:
    where = workspace(tmp_path, web=80)
    text = (tmp_path / "siaga.toml").read_text("utf-8").replace('["127.0.0.0/8"]', "[]")
    (tmp_path / "siaga.toml").write_text(text, "utf-8")
    with pytest.raises(Unsent, match="blocked_address") as told_:
        deliver(find_workspace(str(where.folder), {}, Path()), job(address))
    assert told_.value.lasting


def test_an_unsigned_hook_is_never_sent(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    (tmp_path / "secrets/webhook").unlink()
    with pytest.raises(Unsent, match="no key to sign with"):
        deliver(where, job("https://example.org/"), {})


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    (tmp_path / "secrets/webhook").chmod(0o644)
    with pytest.raises(Unsent, match="chmod 600"):
        deliver(where, job("https://example.org/"), {})


def test_what_fails_is_tried_again_and_in_the_end_given_up_but_stays_to_be_seen(tmp_path: Path) -> None:
    box = Box(status=503)
    with web_server(box) as port:
        where = workspace(tmp_path, web=port, more="attempts = 3\n")
        put(where, [told()], f"http://127.0.0.1:{port}/hook")
        assert send_due(where) == Sent(waiting=2, dead=1)
        assert set(box.keys) == {f"http-{1:016x}"}
        with writing_to(where) as connection:
            [row] = load_outbox(connection, 9, "dead")
            assert (row.attempts, row.told) == (3, f"http_503: 127.0.0.1:{port} answered 503")
            assert revive(connection, row.key, LONG_AGO)
        box.status = 204
        assert send_due(where) == Sent(sent=1)


@pytest.mark.parametrize(("status", "state"), [(410, "dead"), (429, "waiting"), (302, "dead")])
def test_only_what_may_pass_is_tried_again(status: int, state: str, tmp_path: Path) -> None:
    with web_server(Box(status=status)) as port:
        where = workspace(tmp_path, web=port)
        text = (tmp_path / "siaga.toml").read_text("utf-8").replace("pause = 0.0", "pause = 600.0")
        (tmp_path / "siaga.toml").write_text(text, "utf-8")
        where = find_workspace(str(tmp_path), {}, Path())
        put(where, [told()], f"http://127.0.0.1:{port}/hook")
        send_due(where)
    assert states(where) == Counter({state: 1})


def test_a_recipient_that_is_refused_for_good_is_given_up(tmp_path: Path) -> None:
    with mail_server(Box(reply=b"550 nobody here")) as port:
        where = workspace(tmp_path, mail=port)
        put(where, [told()], "nobody@example.org")
        assert send_due(where) == Sent(dead=1)


def test_what_is_not_due_waits(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    put(where, [told()], "desk@example.org", due=FAR)
    assert send_due(where) == Sent()


def test_one_process_sends_at_a_time(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    with sending(where), pytest.raises(BusyError, match="another process is sending"):
        send_due(where)


def test_what_is_acknowledged_goes_no_further_up(tmp_path: Path) -> None:
    where, alert = workspace(tmp_path), told()
    message = Message(key="up", alert=alert.id, target="boss@example.org", due=FAR, escalated=True)
    by = Acknowledged(who="ani", moment=LONG_AGO, note=None)
    with writing_to(where) as connection:
        add_alerts(connection, Fired(rule="border", alerts=(alert,), messages=(message,), looked=0))
        assert acknowledge(connection, alert.id, by)
        assert not acknowledge(connection, alert.id, by.replace(who="budi"))
    assert states(where) == Counter(dropped=1)


def test_a_feed_has_each_alert_once_under_its_key(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    put(where, [told(1), told(2)], "atom:desk")
    assert send_due(where) == Sent(sent=2)
    names = {"a": "http://www.w3.org/2005/Atom"}
    feed = ET.parse(tmp_path / "alerts/desk.atom").getroot()  # noqa: S314 - we wrote it
    ids = [one.text for one in feed.findall("a:entry/a:id", names)]
    assert ids == [f"urn:siaga:message:atom-{2:016x}", f"urn:siaga:message:atom-{1:016x}"]


def test_nothing_is_mailed_in_the_clear_where_the_way_is_to_be_secured(tmp_path: Path) -> None:
    box = Box()
    with mail_server(box) as port:
        where = workspace(tmp_path, mail=port)
        mail = where.config.mail.replace(tls="starttls")
        with pytest.raises(Unsent, match="STARTTLS"):
            deliver(where.replace(config=where.config.replace(mail=mail)), job("desk@example.org"))
    assert box.mails == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of apprise's own
def test_apprise_is_handed_the_alert_under_the_name_whose_address_is_secret(tmp_path: Path) -> None:
    pytest.importorskip("apprise")
    box = Box()
    with web_server(box) as port:
        where = workspace(tmp_path)
        with pytest.raises(Unsent, match="secrets/apprise-team"):
            deliver(where, job("apprise:team"), {})
        deliver(where, job("apprise:team"), {"SIAGA_SECRET_APPRISE_TEAM": f"json://127.0.0.1:{port}/hook"})
    [posted] = box.posts
    assert b"number 1" in posted.body
