"""Both sides of an event decided together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from siaga.extract.coder.settle import settle as settled


def settle(actors: dict[str, float], recipients: dict[str, float]) -> tuple[set[str], set[str]]:
    """The two sides as plain sets."""
    doing, suffering = settled(actors, recipients)
    return set(doing), set(suffering)


GAINS = st.dictionaries(st.sampled_from(["ISR", "IRN", "USA", "LBN"]), st.floats(-5, 5))


def test_of_two_who_fight_each_is_on_the_side_where_he_is_likelier() -> None:
    assert settle({"ISR": 3.0, "IRN": -1.0}, {"ISR": -2.0, "IRN": 2.0}) == ({"ISR"}, {"IRN"})


def test_of_two_who_talk_both_are_on_both_sides() -> None:
    assert settle({"ISR": 3.0, "IRN": 3.0}, {"ISR": 3.0, "IRN": 2.0}) == ({"ISR", "IRN"}, {"ISR", "IRN"})


def test_at_home_one_country_is_on_both_sides() -> None:
    assert settle({"IDN": 2.0}, {"IDN": 1.0}) == ({"IDN"}, {"IDN"})


def test_nobody_is_likely_where_nobody_gains() -> None:
    assert settle({"ISR": -1.0}, {"IRN": -0.1}) == (set(), set())


@given(GAINS, GAINS)
def test_sides_are_apart_or_the_same(actors: dict[str, float], recipients: dict[str, float]) -> None:
    doing, suffering = settle(actors, recipients)
    assert doing == suffering or not doing & suffering


@given(GAINS, GAINS)
def test_only_who_may_stand_there_stands_there(actors: dict[str, float], recipients: dict[str, float]) -> None:
    doing, suffering = settle(actors, recipients)
    assert doing <= actors.keys()
    assert suffering <= recipients.keys()
