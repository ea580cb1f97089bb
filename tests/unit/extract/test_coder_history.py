"""What the rest of an article says of who does what to whom."""

from __future__ import annotations

from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from siaga.extract.coder.history import OPPOSITE, Act, History, Others

TYPES, CODES, SIDES = ("ASSAULT", "CONSULT"), ("IRN", "ISR", "RUS"), ("actor", "recipient")
SOME = st.frozensets(st.sampled_from(CODES))
ACTS = st.lists(st.builds(Act, st.sampled_from(TYPES), SOME, SOME), max_size=6)

Answers = list[int | set[str]]


def answers(history: History | Others) -> Answers:
    """Whatever a history can be asked about these codes."""
    return [
        *(history.on_side(kind, side, code) for kind, side, code in product(TYPES, SIDES, CODES)),
        *(history.partner(side, code, frozenset({other})) for side, code, other in product(SIDES, CODES, CODES)),
        *(history.partners(side, frozenset({other})) for side, other in product(SIDES, CODES)),
    ]


def test_an_act_counts_for_its_sides_and_its_pair() -> None:
    history = History([assault("ISR", "IRN"), assault("ISR", "IRN"), assault("IRN", "ISR")])
    assert history.on_side("ASSAULT", "actor", "ISR") == 2
    assert history.on_side("ASSAULT", "recipient", "ISR") == 1
    assert history.partner("actor", "ISR", frozenset({"IRN"})) == 2
    assert history.partners("recipient", frozenset({"ISR"})) == {"IRN"}


def test_acts_of_another_type_show_who_meets_whom_but_not_who_does_what() -> None:
    history = History([assault("ISR", "IRN")])
    assert history.on_side("CONSULT", "actor", "ISR") == 0
    assert history.partner("actor", "ISR", frozenset({"IRN"})) == 1


def test_who_acts_alone_has_no_partner() -> None:
    history = History([Act("ASSAULT", frozenset({"ISR"}), frozenset())])
    assert history.on_side("ASSAULT", "actor", "ISR") == 1
    assert all(not history.partners(side, frozenset(CODES)) for side in SIDES)


@given(ACTS.filter(bool), st.data())
def test_without_an_act_is_as_if_it_had_never_been_counted(acts: list[Act], data: st.DataObject) -> None:
    left_out = data.draw(st.integers(0, len(acts) - 1))
    rest = [act for position, act in enumerate(acts) if position != left_out]
    assert answers(History(acts).without(acts[left_out])) == answers(History(rest))


@given(ACTS.filter(bool))
def test_leaving_an_act_out_leaves_the_history_as_it_was(acts: list[Act]) -> None:
    history = History(acts)
    before = answers(history)
    answers(history.without(acts[0]))
    assert answers(history) == before


@given(ACTS)
def test_a_pair_counts_the_same_from_both_ends(acts: list[Act]) -> None:
    history = History(acts)
    for one, other in product(CODES, CODES):
        from_actor = history.partner("actor", one, frozenset({other}))
        assert from_actor == history.partner("recipient", other, frozenset({one}))


@given(ACTS, st.randoms())
def test_the_order_of_acts_does_not_matter(acts: list[Act], random: Random) -> None:
    shuffled = random.sample(acts, len(acts))
    assert answers(History(shuffled)) == answers(History(acts))


def assault(actor: str, recipient: str) -> Act:
    return Act("ASSAULT", frozenset({actor}), frozenset({recipient}))


@given(ACTS.filter(bool), st.sampled_from([None, *CODES]))
def test_habits_at_hand_for_many_codes_are_what_the_others_say_of_each(acts: list[Act], main: str | None) -> None:
    history, act = History(acts), acts[-1]
    others = history.without(act)
    for side, code in product(SIDES, CODES):
        other = OPPOSITE[side]
        opposite = act.of(other)
        rest, prominent = opposite - {code}, frozenset({main} if main else ()) - {code}
        assert history.habits(act, side, main).of(code) == (
            others.on_side(act.type, side, code), others.on_side(act.type, other, code),
            others.acts(side, code), others.acts(other, code),
            others.partner(side, code, rest), others.partner(other, code, rest), others.partner(side, code, prominent),
            code in opposite, len(opposite), len(rest),
        )  # fmt: skip
