"""Records: better or worse than the base rate, only from ten answers on, drawn to the mean of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from siaga.base.claim import Band, Outcome, Standing, Verdict
from siaga.monitor.claims_scores import LEAST_ANSWERED, Track, score, tallies, tracks
from tests.unit.monitor.claiming import claim_of, standing_of

LIKELY = Band(name="likely", low=0.6, high=0.8)


def said(speaker: str, outcome: Outcome, *, base: float | None = 0.1, band: Band = LIKELY, number: int = 1) -> Standing:
    claim = claim_of().replace(id=f"{speaker}-{number}", speaker=speaker, band=band)
    verdict = Verdict(claim=claim.id, as_of="2022-12-31", outcome=outcome, because=(), base_rate=base)
    return standing_of(claim, verdict, number, source=f"outlet of {speaker}")


def record(speaker: str, outcomes: Iterable[Outcome], base: float | None = 0.1) -> list[Standing]:
    return [said(speaker, outcome, base=base, number=number) for number, outcome in enumerate(outcomes)]


def some(hits: int, misses: int) -> Iterable[Outcome]:
    hit: Outcome = "hit"
    miss: Outcome = "miss"
    yield from (hit for _ in range(hits))
    yield from (miss for _ in range(misses))


def of(found: Sequence[Track], name: str) -> Track:
    [one] = [one for one in found if one.name == name]
    return one


def test_a_claim_is_scored_at_the_middle_of_its_band_against_the_base_rate() -> None:
    true, false = score(said("A", "hit")), score(said("A", "miss"))
    assert true is not None
    assert false is not None
    assert true.chance == pytest.approx(0.7)
    assert true.brier_gain == pytest.approx(0.9**2 - 0.3**2)
    assert false.brier_gain == pytest.approx(0.1**2 - 0.7**2)
    assert true.log_gain > 0 > false.log_gain


def test_what_only_repeats_the_base_rate_gains_nothing() -> None:
    same = score(said("A", "hit", base=0.7))
    assert same is not None
    assert same.brier_gain == pytest.approx(0)
    assert same.log_gain == pytest.approx(0)


@pytest.mark.parametrize(("outcome", "base"), [("open", 0.1), ("void", 0.1), ("hit", None)])
def test_what_has_no_answer_or_no_base_rate_is_not_scored(outcome: Outcome, base: float | None) -> None:
    assert score(said("A", outcome, base=base)) is None


def test_nine_answers_are_no_record_and_ten_are() -> None:
    nine, ten = record("nine", ["hit"] * 9), record("ten", ["hit"] * 10)
    found = tracks([*nine, *record("nine", ["open"] * 9), *ten], "speaker")
    assert (of(found, "nine").share_true, of(found, "nine").answered) == (None, 9)
    assert of(found, "ten").share_true == 1
    assert LEAST_ANSWERED == 10


def test_a_few_lucky_claims_do_not_outrank_many_good_ones() -> None:
    many = record("many", some(hits=45, misses=5))
    few = record("few", ["hit"] * 10)
    others = [one for number in range(6) for one in record(f"other {number}", some(hits=2 + number % 2, misses=8))]
    found = tracks([*many, *few, *others], "speaker")
    weights = of(found, "few").weight, of(found, "many").weight
    assert weights[0] is not None
    assert weights[1] is not None
    assert 0 < weights[0] < weights[1] < 1
    own = [0.9**2 - 0.3**2]
    drawn = of(found, "few").drawn_gain
    assert drawn is not None
    assert drawn < own[0]
    assert found[0].name in {"many", "few"}


def test_where_nobody_differs_all_are_drawn_to_one_mean() -> None:
    found = tracks([*record("A", ["hit", "miss"] * 6), *record("B", ["hit", "miss"] * 6)], "speaker")
    assert {one.weight for one in found} == {0}
    assert len({one.drawn_gain for one in found}) == 1


def test_one_who_says_likely_of_what_never_comes_is_worse_than_the_base_rate() -> None:
    [one] = tracks(record("A", ["miss"] * 12), "speaker")
    assert one.brier_skill is not None
    assert one.brier_skill < 0


def test_outlets_have_the_claims_they_carry_and_superseded_ones_count_for_nobody() -> None:
    standing = said("A", "hit")
    gone = standing.replace(entry=standing.entry.replace(superseded_by="x"))
    assert [one.name for one in tracks([standing], "outlet")] == ["outlet of A"]
    assert tracks([gone], "speaker") == ()
    assert tallies([gone]) == ()


def test_a_tally_counts_what_has_no_verdict_apart() -> None:
    unresolvable = standing_of(claim_of().replace(query=None, reason="unsure_reading"), None)
    found = {one.outcome: one.claims for one in tallies([said("A", "hit"), said("B", "hit"), unresolvable])}
    assert found == {"hit": 2, "not_resolvable": 1}
