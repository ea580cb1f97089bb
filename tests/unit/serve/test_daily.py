"""The daily step: taken by one process at a time, killed at any moment and taken up again, and by `siaga watch`."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from siaga.base.errors import BusyError, GivenError
from siaga.serve.daily import Turns, daily, turn
from siaga.store.alert_rules import rule_text, save_rule
from siaga.store.alerts import load_alerts
from siaga.store.database import noting_in, reading_from
from siaga.store.outbox import load_outbox
from siaga.store.workspace import Workspace
from tests.unit.monitor.told import Told, stored
from tests.unit.serve.test_alerts import rule

KILLS = 4
DAY = date(2030, 3, 1)
MOMENT = datetime(2031, 1, 1, tzinfo=UTC)


@pytest.fixture
def where(tmp_path: Path) -> Workspace:
    """Articles of two months, a source that fell silent, and a rule that tells of it."""
    made = stored(tmp_path, [Told(day=day, outlet=f"Outlet {day % 4}") for day in range(0, 54, 2)])
    save_rule(made, "feeds", rule_text(rule("Tell atom:desk when any source falls silent"), "x"))
    with noting_in(made) as connection:
        connection.execute("INSERT INTO source_failure VALUES ('harbour', '2030-02-28', 'silent', 9, 0, 'x')")
    return made


def test_killed_at_any_moment_the_next_step_does_what_is_left_and_nothing_twice(where: Workspace) -> None:
    dice, command = random.Random(7), [sys.executable, "-m", "siaga", "daily", "--as-of", DAY.isoformat()]
    for _ in range(KILLS):
        with subprocess.Popen([*command, "-w", str(where.folder)], stdout=subprocess.DEVNULL) as step:
            time.sleep(dice.uniform(0.5, 2.5))
            step.kill()
    daily(where, DAY)
    again = daily(where, DAY)
    assert (again.linked, again.claims, again.verdicts, again.fired, again.messages.sent) == (0, 0, 0, 0, 0)
    with reading_from(where) as connection:
        assert len(load_alerts(connection, 9)) == 1
        assert [one.state for one in load_outbox(connection, 9)] == ["sent"]
        assert connection.execute("SELECT count(*) FROM daily_run WHERE ended IS NOT NULL").get >= 2
    assert (where.folder / "alerts/desk.atom").read_text("utf-8").count("<entry") == 1


def test_one_process_takes_the_step_at_a_time(where: Workspace) -> None:
    taken = daily(where, DAY, goes_on=lambda: _is_refused(where))
    assert taken.messages.sent == 1


def _is_refused(where: Workspace) -> bool:
    """Whether another one is refused while the step goes on; it is asked before each message."""
    with pytest.raises(BusyError, match="another process takes the daily step"):
        daily(where, DAY)
    return True


def test_whoever_watches_pauses_when_the_step_is_due_and_goes_on_after_it(where: Workspace) -> None:
    turns = Turns(where, lambda: True, pause=0.0)
    assert not turns()
    assert turns.due == "daily"
    daily(where, DAY)
    turns.taken()
    assert turns()
    ended = Turns(where, lambda: False, pause=0.0)
    assert not ended()
    assert ended.due is None


def test_a_message_that_is_due_is_sent_between_two_steps(where: Workspace) -> None:
    daily(where, DAY, goes_on=lambda: False)  # nothing is sent
    assert turn(where, datetime.now(UTC)) == "send"


def test_a_workspace_that_wants_no_daily_steps_gets_none(where: Workspace) -> None:
    settings = where.config.daily.replace(every=0.0)
    assert turn(where.replace(config=where.config.replace(daily=settings)), MOMENT) is None


def test_what_nobody_acknowledges_goes_further_up_in_time(where: Workspace) -> None:
    up = rule("Tell atom:desk when any source falls silent", escalate_to=("atom:boss",), escalate_hours=2.0)
    save_rule(where, "feeds", rule_text(up, "x"))
    daily(where, DAY)
    with reading_from(where) as connection:
        posted = {one.target: one for one in load_outbox(connection, 9)}
    assert posted["atom:desk"].state == "sent"
    assert (posted["atom:boss"].state, posted["atom:boss"].escalated) == ("waiting", True)
    hours = datetime.fromisoformat(posted["atom:boss"].due) - datetime.fromisoformat(posted["atom:desk"].due)
    assert hours.total_seconds() == 2 * 3600


def test_a_rule_that_cannot_be_right_keeps_nothing_from_being_sent(where: Workspace) -> None:
    daily(where, DAY, goes_on=lambda: False)
    save_rule(where, "broken", rule_text(rule("Tell atom:desk when articles say x").replace(to=("nobody",)), "x"))
    with pytest.raises(GivenError, match="'nobody'"):
        daily(where, DAY)
    with reading_from(where) as connection:
        assert [one.state for one in load_outbox(connection, 9)] == ["sent"]
