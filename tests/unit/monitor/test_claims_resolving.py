"""What later news says of a claim: by what was known on a day, with the reasons, and void where nobody looked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from siaga.base.claim import Claim, Occurrence, Verdict
from siaga.monitor.claims_resolving import Known, base_rate, resolve
from tests.unit.monitor.claiming import claim_of, query_of, report, watch

JANUARY = claim_of("Russia may attack Ukraine in January.", ("2022-01-01", "2022-01-31"), words="in January")
OPEN_END = claim_of()
TALKS = claim_of("Russia will attack Ukraine in January.", ("2022-01-01", "2022-01-31"), "CONSULT", "in January")
TWO = (report("2022-01-20"), report("2022-01-21", "Kanal"))


def came_of(claim: Claim, *told: Occurrence, as_of: str = "2022-06-30", articles: int = 50) -> Verdict:
    verdict = resolve(claim, Known(told=told, watch=watch(as_of, articles)), as_of)
    assert verdict is not None
    return verdict


def why(verdict: Verdict) -> list[str]:
    return [one.code for one in verdict.because]


def test_two_independent_sources_within_the_window_make_it_true() -> None:
    verdict = came_of(JANUARY, *TWO)
    assert (verdict.outcome, verdict.decided, why(verdict)) == ("hit", "2022-01-21", ["told"])
    assert verdict.events == tuple(one.event for one in TWO)


def test_one_source_of_an_attack_is_but_a_part_even_when_copies_tell_it() -> None:
    copies = tuple(one.replace(voices=("Halyard",)) for one in TWO)
    assert (came_of(JANUARY, TWO[0]).outcome, why(came_of(JANUARY, TWO[0]))) == ("partly", ["told_by_few"])
    assert came_of(JANUARY, *copies).outcome == "partly"


def test_one_sure_source_is_enough_for_talks_and_an_unsure_one_is_not() -> None:
    assert came_of(TALKS, report("2022-01-20", type_="CONSULT")).outcome == "hit"
    assert came_of(TALKS, report("2022-01-20", type_="CONSULT", confidence=0.4)).outcome == "miss"


def test_it_makes_no_difference_who_is_named_first_where_two_meet() -> None:
    assert came_of(TALKS, report("2022-01-20", type_="CONSULT", sides=(("UKR",), ("RUS",)))).outcome == "hit"
    turned = tuple(one.replace(actors=("UKR",), recipients=("RUS",)) for one in TWO)
    assert came_of(JANUARY, *turned).outcome == "miss"


def test_what_is_done_on_somebody_s_soil_is_done_to_them() -> None:
    there = tuple(one.replace(recipients=(), country="UKR") for one in TWO)
    assert came_of(JANUARY, *there).outcome == "hit"
    assert came_of(JANUARY, *(one.replace(country="BLR") for one in there)).outcome == "partly"


def test_what_is_told_of_some_of_the_parties_is_a_part() -> None:
    elsewhere = tuple(one.replace(recipients=("GEO",)) for one in TWO)
    assert why(came_of(JANUARY, *elsewhere)) == ["part_of_parties"]


@pytest.mark.parametrize(("day", "reason"), [("2022-02-02", "after_window"), ("2021-12-30", "before_window")])
def test_a_few_days_off_is_a_part(day: str, reason: str) -> None:
    told = [report(day), report(day, "Kanal")]
    assert (came_of(JANUARY, *told).outcome, why(came_of(JANUARY, *told))) == ("partly", [reason])


def test_weeks_off_is_a_miss() -> None:
    assert came_of(JANUARY, report("2022-02-24"), report("2022-02-24", "Kanal")).outcome == "miss"


def test_a_claim_is_open_until_its_window_is_over_and_news_of_it_had_a_week_to_come() -> None:
    assert why(came_of(JANUARY, as_of="2022-01-31")) == ["not_over"]
    assert why(came_of(JANUARY, as_of="2022-02-07")) == ["late_news"]
    assert came_of(JANUARY, as_of="2022-02-08").outcome == "miss"


def test_nothing_is_missed_where_nobody_looked_or_the_news_ends_before() -> None:
    assert (came_of(JANUARY, articles=2).outcome, why(came_of(JANUARY, articles=2))) == ("void", ["little_read"])
    unread = resolve(JANUARY, Known(told=(), watch=watch("2022-01-15")), "2022-06-30")
    assert unread is not None
    assert unread.outcome == "open"


def test_an_end_that_was_never_promised_is_told_to_be_ours() -> None:
    assert why(came_of(OPEN_END)) == ["nothing_told", "end_by_rule"]
    assert why(came_of(OPEN_END, *TWO)) == ["told", "end_by_rule"]


def test_a_condition_that_was_not_met_makes_it_void_and_one_that_was_does_not() -> None:
    asked = query_of(JANUARY).replace(types=("MOBILIZE",), least_sources=1)
    claim = JANUARY.replace(condition=JANUARY.condition or _condition(asked))
    known = Known(told=TWO, watch=watch())
    met = known.replace(condition=(report("2022-01-05", type_="MOBILIZE"),))
    unmet, told = resolve(claim, known, "2022-06-30"), resolve(claim, met, "2022-06-30")
    assert unmet is not None
    assert told is not None
    assert (unmet.outcome, why(unmet), told.outcome) == ("void", ["condition_not_told"], "hit")


def _condition(asked: object) -> object:
    from siaga.base.claim import Condition, Query  # noqa: PLC0415 - named here only

    assert isinstance(asked, Query)
    return Condition(words="if troops mass", query=asked)


def test_acts_of_a_country_within_itself_may_be_others_unless_told_of_the_place() -> None:
    own = (("IDN",), ("IDN",))
    query = query_of(TALKS).replace(
        types=("PROTEST",), actors=("IDN",), recipients=("IDN",), mutual=False, place="Papua"
    )
    claim = TALKS.replace(query=query, actors=("IDN",), recipients=("IDN",))
    there = report("2022-01-20", type_="PROTEST", sides=own).replace(place="papua")
    assert came_of(claim, there).outcome == "hit"
    assert why(came_of(claim, there.replace(place="Bandung"))) == ["may_be_another"]


def test_the_base_rate_counts_stretches_as_long_as_the_window_before_it_was_said() -> None:
    quiet, busy = Known(told=(), watch=watch()), Known(told=_every_month(), watch=watch())
    low, high = (base_rate(JANUARY, query_of(JANUARY), known) for known in (quiet, busy))
    assert low is not None
    assert high is not None
    assert 0 < low < 0.1
    assert 0.9 < high < 1


def test_what_happened_after_it_was_said_is_no_base_rate() -> None:
    quiet = base_rate(JANUARY, query_of(JANUARY), Known(told=(), watch=watch()))
    assert base_rate(JANUARY, query_of(JANUARY), Known(told=TWO, watch=watch())) == quiet


def test_a_past_shorter_than_two_windows_gives_no_base_rate() -> None:
    short = watch().replace(first="2021-11-01")
    assert base_rate(JANUARY, query_of(JANUARY), Known(told=(), watch=short)) is None


def _every_month() -> tuple[Occurrence, ...]:
    days = [date(2021, 1, 5) + timedelta(days=25 * number) for number in range(13)]
    return tuple(report(day.isoformat(), source) for day in days for source in ("Halyard", "Kanal"))


BRIEFLY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""On a machine that others use."""
DAYS = some.dates(date(2021, 6, 1), date(2022, 6, 30))
REPORTS = some.lists(
    some.builds(
        lambda day, late, source, sure: report(
            day.isoformat(), source, confidence=sure, published=(day + timedelta(days=late)).isoformat()
        ),
        DAYS, some.integers(0, 20), some.sampled_from(["Halyard", "Kanal", "Pelita"]), some.sampled_from([0.4, 0.9]),
    ),
    max_size=12,
)  # fmt: skip


@BRIEFLY
@given(told=REPORTS, day=DAYS)
def test_what_is_published_later_changes_no_verdict_of_a_day(told: list[Occurrence], day: date) -> None:
    as_of = day.isoformat()
    known = [one for one in told if one.published <= as_of]
    both = [resolve(OPEN_END, Known(told=tuple(some), watch=watch(as_of)), as_of) for some in (told, known)]
    assert both[0] == both[1]


@BRIEFLY
@given(told=REPORTS)
def test_more_copies_of_what_is_told_never_establish_anything(told: list[Occurrence]) -> None:
    copies = [one.replace(event=f"{one.event}'", article=f"{one.article}'", source="Copier") for one in told]
    assert came_of(JANUARY, *told).outcome == came_of(JANUARY, *told, *copies).outcome
