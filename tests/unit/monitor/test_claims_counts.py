"""A source's own count is found in its sentence, and held against our count of the same series."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from siaga.base.claim import Claim, Verdict
from siaga.base.document import Reading
from siaga.base.event import Event, Place
from siaga.monitor.alarm import Series
from siaga.monitor.claims_counts import check_count, counts_in
from siaga.monitor.steps import number_of
from tests.unit.monitor.claiming import event_of, reading_of

SENTENCE = "For the second time this year Russia is massing troops near Ukraine."
UKRAINE = Place(name="Ukraine", country="UKR", latitude=None, longitude=None, precision="country")
SAID = "2021-11-30"


def massing(sentence: str = SENTENCE, trigger: str = "massing", **fields: object) -> Event:
    given: dict[str, object] = {"type_": "MOBILIZE", "status": "happened", "place": UKRAINE} | fields
    return event_of(sentence, trigger, **given)  # type: ignore[arg-type]  # fields of an event


def counted(*events: Event) -> list[Claim]:
    reading: Reading = reading_of(*events, published=SAID)
    return list(counts_in(reading))


def series(bursts: dict[int, int], *, first: str = "2021-01-04", length: int = 48, told: bool = True) -> Series:
    dice = np.random.default_rng(3)
    counts = dice.poisson(0.5, (6, length)).astype(float)
    counts[0] = 0
    for week, count in bursts.items():
        counts[0, week] = count
    exposure = counts + 1 if told else counts.copy()
    begin = number_of(date.fromisoformat(first), "week")
    return Series(("RUS>UKR", *"BCDEF"), counts, exposure, np.full(counts.shape, 2.0), begin)


def said_of(*known: Series) -> Verdict:
    [claim] = counted(massing())
    verdict = check_count(claim, known, SAID)
    assert verdict is not None
    return verdict


def test_a_count_is_of_the_pair_and_the_place_from_january_to_the_day_it_was_said() -> None:
    [claim] = counted(massing())
    assert claim.count is not None
    assert claim.count.units == ("RUS>UKR", "@UKR")
    assert (claim.count.family, claim.count.ordinal) == ("MOBILIZE", 2)
    assert (claim.count.since, claim.count.until) == ("2021-01-01", SAID)
    assert claim.words == "second time this year"


def test_one_earlier_stretch_and_the_present_one_agree_with_second() -> None:
    verdict = said_of(series({12: 6, 47: 6}))
    assert verdict.outcome == "agrees"
    assert [one.code for one in verdict.because] == ["counted", "counted_stretch", "present_counted"]


def test_the_present_one_is_taken_from_the_source_where_our_count_has_it_not_yet() -> None:
    verdict = said_of(series({12: 6}))
    assert (verdict.outcome, verdict.because[-1].code) == ("agrees", "present_not_counted")


def test_the_series_that_has_the_present_one_answers() -> None:
    pair, place = series({12: 6, 22: 6}), series({12: 6, 47: 6})
    assert said_of(pair, place).because[-1].code == "present_counted"


def test_two_earlier_stretches_differ_from_second() -> None:
    verdict = said_of(series({8: 6, 30: 6, 47: 6}))
    assert (verdict.outcome, verdict.because[0].number) == ("differs", 3)


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ((), "few_weeks"),
        ((series({10: 6}, first="2021-08-30", length=14),), "period_not_read"),
        ((series({8: 6, 30: 6, 47: 6}, told=False),), "thin"),
    ],
)
def test_what_we_have_not_read_we_can_t_contradict(known: tuple[Series, ...], reason: str) -> None:
    verdict = said_of(*known)
    assert (verdict.outcome, verdict.because[-1].code) == ("cannot_tell", reason)


def test_a_count_without_an_act_that_happened_is_no_claim() -> None:
    assert counted(massing(status="possible")) == []


def test_the_act_stands_within_a_phrase_that_counts_acts() -> None:
    sentence = "The second offensive this year began after Russia massed troops."
    attack = event_of(sentence, "offensive", status="happened")
    [claim] = counted(massing(sentence, "massed"), attack)
    assert (claim.type, claim.words) == ("ASSAULT", "second offensive this year")


def test_a_count_of_nobody_known_can_t_be_resolved() -> None:
    [claim] = counted(massing(sides=((), ()), place=None))
    assert (claim.count, claim.reason) == (None, "no_parties")
