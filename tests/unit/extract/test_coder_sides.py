"""What can be said of who is on which side, with both sides and the whole article in view."""

from __future__ import annotations

from siaga.extract.coder.decide import Models, drafts
from siaga.extract.coder.history import Act, History
from siaga.extract.coder.linear import Linear, Softmax
from siaga.extract.coder.sides import Draft, first_act, side_features, standing
from siaga.extract.coder.view import views
from tests.unit.extract.coding import read

BEFORE, AFTER = "place=left0|active", "place=right0|active"
READER = Models(
    trigger=Linear({"bias": 9.0}),
    actor=Linear({BEFORE: 3.0, "bias": -1.5}),
    recipient=Linear({AFTER: 3.0, "bias": -1.5}),
    status=Softmax({"happened": Linear({})}),
    sides=Linear({}),
    days=Linear({}),
)
"""Whoever stands right before a verb acts, whoever stands right after it suffers."""
NOTHING_ELSE = History(()).without(Act("", frozenset(), frozenset()))


def draft(text: str) -> Draft:
    """The last event of an Indonesian text as first read."""
    return [one for view in views(read("id", text), "id") for one in drafts(view, READER)][-1]


def seen(one: Draft, side: str, code: str, history: History | None = None) -> set[str]:
    act = first_act(one)
    rest = NOTHING_ELSE if history is None else history.without(Act("", frozenset(), frozenset()))
    return set(side_features(one, side, code, act, rest))


def test_the_first_reading_puts_those_on_a_side_who_lean_to_it() -> None:
    act = first_act(draft("Israel menyerang Iran pada Senin."))
    assert act == Act("ASSAULT", frozenset({"ISR"}), frozenset({"IRN"}))


def test_every_feature_names_its_side() -> None:
    one = draft("Israel menyerang Iran.")
    assert all(feature.startswith("actor:") for feature in seen(one, "actor", "ISR"))
    assert all(feature.startswith("recipient:") for feature in seen(one, "recipient", "JPN"))


def test_somebody_named_is_weighed_on_both_sides() -> None:
    one = draft("Israel menyerang Iran.")
    assert "actor:both=4|1" in seen(one, "actor", "ISR")
    assert "recipient:both=1|4" in seen(one, "recipient", "ISR")


def test_somebody_whom_only_the_context_offers_is_an_offer() -> None:
    one = draft("Jepang diam. Israel menyerang Iran.")
    assert "recipient:offer" in seen(one, "recipient", "JPN")
    assert "recipient:bias" not in seen(one, "recipient", "JPN")


def test_troops_without_a_name_are_told_from_named_ones() -> None:
    one = draft("Iran marah. Iran kecewa. Pasukan menyerang kota.")
    assert any("|generic" in feature for feature in seen(one, "actor", "IRN"))
    named = draft("Pasukan Iran menyerang kota.")
    assert not any("|generic" in feature for feature in seen(named, "actor", "IRN"))


def test_what_else_happens_in_the_article_is_counted_both_ways() -> None:
    one = draft("Israel menyerang Iran.")
    history = History([Act("ASSAULT", frozenset({"ISR"}), frozenset({"IRN"}))] * 2)
    assert "actor:named-pairs=2|0" in seen(one, "actor", "ISR", history)
    assert "recipient:named-habit=0|2" in seen(one, "recipient", "ISR", history)


def test_named_offered_and_opposite_codes_may_stand_on_a_side_each_once() -> None:
    one = draft("Jepang diam. Israel menyerang Iran.")
    codes = standing(one, "recipient", frozenset({"ISR"}), NOTHING_ELSE)
    assert set(codes) >= {"ISR", "IRN", "JPN"}
    assert len(codes) == len(set(codes))
