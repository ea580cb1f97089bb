"""Both sides of an event decided together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from siaga.extract.coder.settle import nearly
from siaga.extract.coder.settle import settle as settled


def settle(
    actors: dict[str, float], recipients: dict[str, float], *, together: bool = True
) -> tuple[set[str], set[str]]:
    """The two sides as plain sets."""
    doing, suffering = settled(actors, recipients, together=together)
    return set(doing), set(suffering)


GAINS = st.dictionaries(st.sampled_from(["ISR", "IRN", "USA", "LBN"]), st.floats(-5, 5))


def test_of_two_who_fight_each_is_on_the_side_where_he_is_likelier() -> None:
    assert settle({"ISR": 3.0, "IRN": -1.0}, {"ISR": -2.0, "IRN": 2.0}) == ({"ISR"}, {"IRN"})


def test_of_two_who_talk_both_are_on_both_sides() -> None:
    assert settle({"ISR": 3.0, "IRN": 3.0}, {"ISR": 3.0, "IRN": 2.0}) == ({"ISR", "IRN"}, {"ISR", "IRN"})


def test_what_is_not_done_together_has_its_sides_apart() -> None:
    both = {"ISR": 3.0, "IRN": 1.0}, {"ISR": 2.0, "IRN": 2.0}
    assert settle(*both, together=False) == ({"ISR"}, {"IRN"})


def test_at_home_one_country_is_on_both_sides() -> None:
    assert settle({"IDN": 2.0}, {"IDN": 1.0}, together=False) == ({"IDN"}, {"IDN"})


def test_nobody_is_likely_where_nobody_gains() -> None:
    assert settle({"ISR": -1.0}, {"IRN": -0.6}) == (set(), set())


def test_a_side_that_would_be_empty_is_filled_by_who_is_nearly_likely_enough() -> None:
    assert nearly({"IRN": -0.1, "LBN": -0.3}, frozenset({"ISR"})) == {"IRN"}
    assert nearly({"IRN": -0.6}, frozenset({"ISR"})) == frozenset()
    assert nearly({}, frozenset()) == frozenset()


def test_one_alone_may_fill_the_other_side_too_but_not_one_of_several() -> None:
    assert nearly({"IDN": -0.1}, frozenset({"IDN"})) == {"IDN"}
    assert nearly({"ISR": -0.1}, frozenset({"ISR", "USA"})) == frozenset()


@given(GAINS, GAINS)
def test_sides_are_apart_or_the_same(actors: dict[str, float], recipients: dict[str, float]) -> None:
    for together in (False, True):
        doing, suffering = settle(actors, recipients, together=together)
        assert doing == suffering or not doing & suffering


@given(GAINS, GAINS)
def test_only_who_may_stand_there_stands_there(actors: dict[str, float], recipients: dict[str, float]) -> None:
    doing, suffering = settle(actors, recipients)
    assert doing <= actors.keys()
    assert suffering <= recipients.keys()
