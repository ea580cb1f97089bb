"""How far the acts around one lean to somebody: each way of standing to it against what it means."""

from __future__ import annotations

import math

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
        others = [act for at, act in enumerate(acts) if at != number]
        wanted = [
            most(acts[number - 1 : number] if number else []),
            most(acts[number + 1 : number + 2]),
            most([one for one in others if one[0].sentence == place.sentence]),
            total([one for one in others if abs(one[0].sentence - place.sentence) <= CLOSE]),
            total(others),
            most([one for one in others if one[0].type == place.type]),
            most([one for one in others if one[0][1:] == place[1:]]),
        ]
        for code in CODES:
            leaning = around.leaning(code)
            assert all(math.isclose(one, other[code], abs_tol=1e-9) for one, other in zip(leaning, wanted, strict=True))


def test_who_leans_to_nobody_else_leaves_nothing_at_all() -> None:
    [first, _] = around_each([Placed(0, "A", "x"), Placed(0, "A", "x")], [{"IRN": 0.1, "ISR": 0.7}, {}])
    assert first.leaning("IRN") == (ABSENT, ABSENT, ABSENT, 0.0, 0.0, ABSENT, ABSENT)


def most(acts: Acts) -> dict[str, float]:
    return {code: max((odds[code] for _, odds in acts if code in odds), default=ABSENT) for code in CODES}


def total(acts: Acts) -> dict[str, float]:
    return {code: sum(max(0.0, odds.get(code, 0.0)) for _, odds in acts) for code in CODES}
