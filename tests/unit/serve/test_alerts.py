"""Rules of alerts: sentences and their TOML, when they fire and would have, and the commands around them."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.alert import Match, Rule, Trigger, target_of
from siaga.base.errors import GivenError
from siaga.base.window import Window
from siaga.monitor.alerting import check_rule, may_be_sent, told
from siaga.report.alert_forms import parsed_sentence, sentence_of
from siaga.report.catalogue import catalogue, catalogue_languages
from siaga.report.template import filled, filled_html
from siaga.serve.alerting.firing import fire
from siaga.serve.alerting.matching import would_have_fired
from siaga.serve.cli import main
from siaga.serve.cli.alerts_sent import STATES
from siaga.serve.daily import turn
from siaga.serve.warned import Wanted, warned
from siaga.store.alert_rules import load_rule, rule_text, save_rule
from siaga.store.alerts import load_alerts
from siaga.store.database import reading_from, writing_to
from siaga.store.save import save
from siaga.store.sql import migrations
from siaga.store.workspace import Workspace
from tests.unit.monitor.told import Told, stored
from tests.unit.serve.test_warn import BUILD_UP

MOMENT = datetime(2031, 1, 1, 12, tzinfo=UTC)
AFTER = date(2030, 12, 24)
SENTENCES = (
    "Tell desk@example.org when Norway–Sweden reaches Siaga",
    "Beri tahu desk@example.org, atom:desk bila Norwegia dan Swedia mencapai Awas",
    "Tell https://example.org/hook when an episode of Timor-Leste begins",
    "Tell atom:desk when the chance of force for anything is 12.5 percent or more",
    "Beri tahu atom:meja 7 hari sebelum klaim tentang Rusia – Ukraina jatuh tempo",
    "Tell atom:desk when any source falls silent",
    "Tell atom:desk when the source harbour-post falls silent",
    'Tell apprise:team when articles say laut hitam "pasukan khusus"',
    "Tell atom:desk when anything on the list europe reaches Waspada",
    "Tell atom:desk when more protest than usual is told of Kazakhstan",
    "Tell atom:desk when anything reaches Waspada",
)  # fmt: skip


def run(where: Workspace, *words: str, code: int = 0) -> Result:
    environment = {"LANG": "C", "SIAGA_ANALYST_NAME": "ani"}
    result = CliRunner().invoke(main, [*words, "-w", str(where.folder)], env=environment)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def quiet_year(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A quiet year with news every third day, and a build-up at its end."""
    quiet = [Told(day=day, type="CONSULT", who="FIN", outlet="Harbour Post") for day in range(0, 352, 3)]
    tense = [
        Told(day=day, type=type_, status=status, outlet=outlet)
        for day, type_, status in BUILD_UP
        for outlet in ("Daily Fjord", "Gazette")
    ]
    return stored(tmp_path_factory.mktemp("alerts"), [*quiet, *tense])


@pytest.fixture
def where(quiet_year: Workspace, tmp_path: Path) -> Workspace:
    """A copy of it, without rules."""
    os.system(f"cp -r {quiet_year.folder}/. {tmp_path}")  # noqa: S605 - a folder of ours
    return quiet_year.replace(folder=tmp_path)


def rule(sentence: str, **fields: object) -> Rule:
    return parsed_sentence(sentence).replace(**fields)


def keep(where: Workspace, name: str, one: Rule) -> None:
    save_rule(where, name, rule_text(one, "x"))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_and_its_toml_say_the_same_in_every_language(sentence: str, tmp_path: Path) -> None:
    one = parsed_sentence(sentence)
    where = Workspace(folder=tmp_path)
    save_rule(where, "one", rule_text(one, sentence_of(one, catalogue("en"))))
    assert load_rule(where, "one") == one
    for language in catalogue_languages():
        again = parsed_sentence(sentence_of(one, catalogue(language)))
        assert (again.trigger, again.to) == (one.trigger, one.to)


def test_a_rule_tells_in_the_language_of_its_sentence() -> None:
    assert [parsed_sentence(one).language for one in SENTENCES[:2]] == ["en", "id"]


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Tell me everything", "none of the sentences that are understood"),
        ("Tell a@b.c when Norwegen reaches Siaga", "unknown country or body 'Norwegen'. Did you mean NOR"),
        ("Tell a@b.c when Norway reaches Sigaa", "unknown level 'Sigaa'. Did you mean siaga"),
        ("Tell a@b.c when A–B–C reaches Siaga", "unknown country"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_is(sentence: str, why: str) -> None:
    with pytest.raises(GivenError, match=why):
        parsed_sentence(sentence)


@pytest.mark.parametrize(
    "target", ["nobody", "ftp://x.org", "https://u:pw@x.org/h", "atom:../x", "a@b.c, d@e.f", "a@b.c\nBcc: x@y.z"]
)
def test_a_target_that_is_none_or_holds_a_password_is_refused_without_telling_it(target: str) -> None:
    with pytest.raises(GivenError) as error:
        target_of(target)
    assert "pw" not in str(error.value)


@pytest.mark.parametrize(
    "trigger",
    [Trigger(when="level"), Trigger(when="claim"), Trigger(when="level", level="normal"),
     Trigger(when="episode", unit="NOR", watchlist="x"), Trigger(when="search", words='"..."'),
     Trigger(when="unusual", topic="weather")],
)  # fmt: skip
def test_a_trigger_that_lacks_what_it_needs_is_refused(trigger: Trigger) -> None:
    with pytest.raises(GivenError):
        check_rule(Rule(to=("a@b.c",), trigger=trigger))


@pytest.mark.parametrize(
    "fields", [{"quiet": "22-6"}, {"quiet": "25:00-06:00"}, {"zone": "Mars/Base"}, {"escalate_to": ("a@b.c",)}]
)
def test_hours_zones_and_escalations_that_cannot_be_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(GivenError):
        check_rule(rule(SENTENCES[0], **fields))


def test_what_would_have_fired_is_what_each_day_replayed_says(where: Workspace) -> None:
    one = rule("Tell a@b.c when Norway–Sweden reaches Waspada", cooldown_hours=0.0)
    days = Window(since="2030-12-12", until="2031-01-02")
    found = [match.day for match in would_have_fired(where, one, days)]
    before, began = False, []
    for number in range(22):
        day = date.fromordinal(date(2030, 12, 12).toordinal() + number)
        [card] = warned(where, day, Wanted(pairs=("NOR-SWE",))).cards
        holds = card.level not in {None, "normal"}
        if holds and not before:
            began.append(day.isoformat())
        before = holds
    assert found == began != []


def test_a_rule_fires_once_an_occasion_however_often_it_is_fired(where: Workspace) -> None:
    keep(where, "border", rule(SENTENCES[0], to=("a@b.c", "atom:desk")))
    assert len(fire(where, AFTER, MOMENT).alerts) == 1
    assert fire(where, AFTER, MOMENT).alerts == ()
    assert fire(where, date(2030, 12, 26), MOMENT).alerts == ()
    with reading_from(where) as connection:
        [one] = load_alerts(connection, 9)
    assert (one.alert.subject, one.alert.level, one.waiting) == ("NOR-SWE", "siaga", 2)
    assert one.alert.headline == "SIAGA (alert) · Norway – Sweden · 24 December 2030"
    assert all(note.text for note in one.alert.sentences)
    assert len(one.alert.sentences) >= 1


def test_below_its_level_a_rule_tells_nothing(where: Workspace) -> None:
    keep(where, "border", rule("Tell a@b.c when Norway–Sweden reaches Awas"))
    assert fire(where, AFTER, MOMENT).alerts == ()


def test_a_snoozed_rule_tells_later_what_still_holds(where: Workspace) -> None:
    keep(where, "border", rule(SENTENCES[0]))
    run(where, "alerts", "snooze", "border", "--hours", "90000")
    assert fire(where, AFTER, MOMENT).rules == 0
    run(where, "alerts", "snooze", "border", "--hours", "0")
    assert len(fire(where, AFTER, MOMENT).alerts) == 1


def test_a_search_tells_of_articles_that_come_after_it_one_story_once(where: Workspace) -> None:
    keep(where, "words", rule("Tell atom:desk when articles say assault"))
    assert fire(where, AFTER, MOMENT).alerts == ()
    new = [Told(day=352, outlet="Late Post"), Told(day=353, outlet="Later Post")]
    readings = [one.reading(900 + at) for at, one in enumerate(new)]
    with writing_to(where) as connection:
        save(connection, readings, "2031-01-01T00:00:00Z")
    alerts = fire(where, date(2030, 12, 26), MOMENT).alerts
    assert sorted(one.subject for one in alerts) == sorted(one.article.id for one in readings)
    assert fire(where, date(2030, 12, 26), MOMENT).alerts == ()


def test_a_silent_source_is_told_on_the_days_after(where: Workspace) -> None:
    keep(where, "feeds", rule("Beri tahu atom:meja bila sumber mana pun bungkam"))
    with writing_to(where) as connection:
        connection.execute("INSERT INTO source_failure VALUES ('harbour', '2030-12-23', 'silent', 9, 0, 'x')")
    [alert] = fire(where, AFTER, MOMENT).alerts
    assert alert.headline == "Sumber bungkam: harbour, 23 Desember 2030"
    assert [
        one.day
        for one in would_have_fired(where, load_rule(where, "feeds"), Window(since="2030-01-01", until="2031-01-01"))
    ] == ["2030-12-23"]


def test_nothing_is_told_twice_within_the_cooldown() -> None:
    days = [Match(day=day, subject="A", since=day) for day in ("2030-01-01", "2030-01-03", "2030-01-04", "2030-01-09")]
    assert [one.day for one in told(days, 72, {})] == ["2030-01-01", "2030-01-04", "2030-01-09"]
    assert [one.day for one in told(days, 72, {"A": "2030-01-03"})] == ["2030-01-09"]


def test_what_goes_on_since_before_it_was_told_is_not_told_again() -> None:
    on = [Match(day=f"2030-01-{day:02d}", subject="A", since="2030-01-01") for day in range(1, 28)]
    assert [one.day for one in told(on, 24, {})] == ["2030-01-01"]


@given(
    st.integers(0, 366 * 24 * 60).map(lambda minutes: MOMENT - timedelta(minutes=minutes)),
    st.sampled_from(["UTC", "Asia/Jakarta", "America/New_York"]),
)
def test_nothing_is_sent_in_quiet_hours_but_what_wakes(moment: datetime, zone: str) -> None:
    one = rule(SENTENCES[0], quiet="22:00-06:00", zone=zone)
    tense, grave = (
        Match(day="2030-01-01", subject="A", since="2030-01-01", level=level) for level in ("siaga", "awas")
    )
    sent = may_be_sent(one, tense, moment)
    assert sent >= moment
    assert (sent - moment).total_seconds() <= 9 * 3600  # an hour more where clocks are put back
    assert 6 <= sent.astimezone(ZoneInfo(zone)).hour < 22
    assert may_be_sent(one, grave, moment) == moment


@given(st.text())
def test_no_value_is_taken_for_a_template_or_for_markup(value: str) -> None:
    assert filled("{{a}}|{{#b}}{{c}}{{/b}}", {"a": value, "b": [{"c": value}]}) == f"{value}|{value}"
    assert "<" not in filled_html("{{a}}", {"a": value})


def test_a_template_that_names_what_there_is_not_is_refused() -> None:
    with pytest.raises(GivenError, match=r"unknown \{\{b\}\}. There are a"):
        filled("{{b}}", {"a": ""})


def test_a_rule_is_added_after_its_past_is_shown_and_told_as_a_sentence(where: Workspace) -> None:
    words = ("alerts", "add", "border", SENTENCES[0])
    result = run(where, *words, "--dry-run")
    assert "2030-12-19  Norway – Sweden  SIAGA (alert), since 19 December 2030" in result.output
    assert not (where.folder / "alerts").exists()
    run(where, *words, "--quiet", "22:00-06:00", "--escalate-to", "boss@example.org", "--escalate-after", "2")
    assert "border: Tell desk@example.org when Norway – Sweden reaches Siaga" in run(where, "alerts", "list").output
    assert load_rule(where, "border").escalate_hours == 2
    assert "already" in run(where, *words, code=2).output
    run(where, "alerts", "remove", "border")
    assert "no alert rule yet" in run(where, "alerts", "list").output


def test_an_alert_is_fired_told_acknowledged_and_seen_by_commands(where: Workspace) -> None:
    keep(where, "border", rule(SENTENCES[0], to=("atom:desk",), escalate_to=("boss@b.c",), escalate_hours=2.0))
    assert "border: SIAGA (alert)" in run(where, "alerts", "fire", "--as-of", AFTER.isoformat()).output
    assert "sent 1" in run(where, "alerts", "send").output
    [line] = run(where, "alerts", "history").output.splitlines()
    id_ = line.split()[1]
    assert "acknowledged by ani" in run(where, "alerts", "ack", id_).output
    assert "acknowledged before" in run(where, "alerts", "ack", id_).output
    outbox = run(where, "alerts", "outbox").output
    assert "left out (acknowledged)" in outbox
    assert "sent  " in outbox
    assert "acknowledged by ani" in run(where, "alerts", "history").output
    run(where, "alerts", "ack", "nonsense", code=2)


def test_a_trial_says_what_arrived_and_what_did_not(where: Workspace) -> None:
    keep(where, "border", rule(SENTENCES[0], to=("atom:desk", "desk@example.org")))
    result = run(where, "alerts", "test", "border", code=1)
    assert "atom:desk: sent" in result.output
    assert "desk@example.org: no mail server is set" in result.output


def test_the_daily_step_does_it_all_and_again_nothing(where: Workspace) -> None:
    keep(where, "feeds", rule("Tell atom:desk when any source falls silent"))
    with writing_to(where) as connection:
        connection.execute("INSERT INTO source_failure VALUES ('harbour', '2030-12-23', 'silent', 9, 0, 'x')")
    assert turn(where, MOMENT) == "daily"
    first = run(where, "daily", "--as-of", AFTER.isoformat()).output
    assert "alerts: 1 new" in first
    assert "messages: sent 1" in first
    again = run(where, "daily", "--as-of", AFTER.isoformat()).output
    assert "linked: 0 articles" in again
    assert "alerts: 0 new" in again
    assert turn(where, datetime.now(UTC)) is None


def test_a_daily_step_that_was_cut_short_is_taken_up_again(where: Workspace) -> None:
    with writing_to(where) as connection:
        connection.execute("INSERT INTO daily_run (as_of, began) VALUES ('2030-12-24', '2031-01-01T11:59:00Z')")
    assert turn(where, MOMENT) == "daily"


def test_the_states_of_the_command_are_those_of_the_schema() -> None:
    [schema] = [one for one in migrations() if "CREATE TABLE outbox" in one]
    assert all(f"'{state}'" in schema for state in STATES)
