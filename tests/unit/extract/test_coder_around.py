"""How far the acts around one lean to somebody: each way of standing to it against what it means."""

from __future__ import annotations

import math
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from siaga.extract.coder.around import ABSENT, CLOSE, Placed, around_each

CODES = ("IRN", "ISR")
ODDS = st.dictionaries(st.sampled_from(CODES), st.floats(-7, 7))
ACTS = st.lists(
    st.tuples(st.builds(Placed, st.integers(0, 6), st.sampled_from("AB"), st.sampled_from("xy")), ODDS), max_size=7
)
Acts = list[tuple[Placed, dict[str, float]]]


@given(ACTS)
def test_each_way_of_standing_to_an_act_is_what_it_says(acts: Acts) -> None:
    found = around_each([place for place, _ in acts], [odds for _, odds in acts])
    for number, ((place, _), around) in enumerate(zip(acts, found, strict=True)):
        others = [(at, *act) for at, act in enumerate(acts) if at != number]
        for code in CODES:
            wanted = (
                most(others, code, lambda at, _, number=number: at == number - 1),
                most(others, code, lambda at, _, number=number: at == number + 1),
                most(others, code, lambda _, other, place=place: other.sentence == place.sentence),
                total(others, code, lambda _, other, place=place: abs(other.sentence - place.sentence) <= CLOSE),
                total(others, code, lambda _, other: bool(other)),
                most(others, code, lambda _, other, place=place: other.type == place.type),
                most(others, code, lambda _, other, place=place: other[1:] == place[1:]),
            )
            assert all(
                math.isclose(one, other, abs_tol=1e-9) for one, other in zip(around.leaning(code), wanted, strict=True)
            )


def test_who_leans_to_nobody_else_leaves_nothing_at_all() -> None:
    [first, _] = around_each([Placed(0, "A", "x"), Placed(0, "A", "x")], [{"IRN": 0.1, "ISR": 0.7}, {}])
    assert first.leaning("IRN") == (ABSENT, ABSENT, ABSENT, 0.0, 0.0, ABSENT, ABSENT)


Chosen = Callable[[int, Placed], bool]


def most(others: list[tuple[int, Placed, dict[str, float]]], code: str, chosen: Chosen) -> float:
    return max((odds[code] for at, act, odds in others if chosen(at, act) and code in odds), default=ABSENT)


def total(others: list[tuple[int, Placed, dict[str, float]]], code: str, chosen: Chosen) -> float:
    return sum(max(0.0, odds.get(code, 0.0)) for at, act, odds in others if chosen(at, act))
