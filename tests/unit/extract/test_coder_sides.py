"""What can be said of who is on which side, with both sides and the whole article in view."""

from __future__ import annotations

from collections.abc import Mapping

from siaga.extract.coder.around import ABSENT
from siaga.extract.coder.decide import Models, drafts
from siaga.extract.coder.history import Act
from siaga.extract.coder.linear import Linear, Softmax
from siaga.extract.coder.sides import SIDE_FEATURES, Scene, first_act, scenes, side_features, standing
from siaga.extract.coder.trees import load_trees
from siaga.extract.coder.view import views
from tests.unit.extract.coding import AS_FIRST_DATED, read

BEFORE, AFTER = "place=left0|active", "place=right0|active"
READER = Models(
    trigger=Linear({"bias": 9.0}),
    actor=Linear({BEFORE: 3.0, "bias": -1.5}),
    recipient=Linear({AFTER: 3.0, "bias": -1.5}),
    status=Softmax({"happened": Linear({})}),
    sides=load_trees("sides"),
    days=Linear({}),
    dating=AS_FIRST_DATED,
)
"""Whoever stands right before a verb acts, whoever stands right after it suffers."""


def scene(text: str) -> Scene:
    """The last event of an Indonesian text as first read, among the others."""
    found = [one for view in views(read("id", text), "id") for one in drafts(view, READER)]
    return scenes(found)[-1]


def seen(one: Scene, side: str, code: str) -> Mapping[str, float]:
    """The columns of a code on a side by name."""
    return dict(zip(SIDE_FEATURES, side_features(one, side)[code], strict=True))


def test_the_first_reading_puts_those_on_a_side_who_lean_to_it() -> None:
    act = first_act(scene("Israel menyerang Iran pada Senin.").draft)
    assert act == Act("ASSAULT", frozenset({"ISR"}), frozenset({"IRN"}))


def test_somebody_named_is_weighed_on_both_sides() -> None:
    one = scene("Israel menyerang Iran.")
    doing, suffering = seen(one, "actor", "ISR"), seen(one, "recipient", "ISR")
    assert (doing["here"], doing["across"]) == (1.5, -1.5)
    assert (suffering["here"], suffering["across"]) == (-1.5, 1.5)
    assert (doing["actor"], suffering["actor"]) == (1.0, 0.0)


def test_the_rival_is_the_likeliest_other() -> None:
    one = scene("Israel menyerang Iran.")
    assert (seen(one, "actor", "IRN")["rival here"], seen(one, "actor", "IRN")["ahead here"]) == (1.5, -3.0)


def test_somebody_whom_only_the_context_offers_is_not_in_the_sentence() -> None:
    offered = seen(scene("Jepang diam. Israel menyerang Iran."), "recipient", "JPN")
    assert (offered["in sentence"], offered["here"], offered["previous sentence"]) == (0.0, ABSENT, 1.0)


def test_troops_without_a_name_may_be_of_whom_the_last_troops_were() -> None:
    one = scene("JAKARTA - Tentara Iran tiba di Indonesia. Pasukan menyerang kota.")
    assert seen(one, "actor", "IRN")["nameless"]
    assert seen(one, "actor", "IRN")["owner"] >= 0
    named = scene("Pasukan Iran menyerang kota.")
    assert not seen(named, "actor", "IRN")["nameless"]
    assert seen(named, "actor", "IRN")["owner"] == -1


def test_what_else_happens_in_the_article_is_counted_both_ways() -> None:
    one = scene("Israel menyerang Iran. Israel menyerang Iran. Israel menyerang Iran.")
    assert (seen(one, "actor", "ISR")["pair here"], seen(one, "actor", "ISR")["pair across"]) == (2, 0)
    assert (seen(one, "recipient", "ISR")["type here"], seen(one, "recipient", "ISR")["type across"]) == (0, 2)


def test_the_acts_before_and_after_tell_whom_they_lean_to() -> None:
    one = scene("Israel menyerang Iran. Prancis menyerang.")
    assert seen(one, "recipient", "IRN")["last act here"] == 1.5
    assert seen(one, "recipient", "IRN")["next act here"] == ABSENT


def test_named_offered_and_opposite_codes_may_stand_on_a_side_each_once() -> None:
    codes = standing(scene("Jepang diam. Israel menyerang Iran."), "recipient")
    assert set(codes) >= {"ISR", "IRN", "JPN"}
    assert len(codes) == len(set(codes))


def test_a_row_has_every_column() -> None:
    rows = side_features(scene("Jepang diam. Israel menyerang Iran."), "actor").values()
    assert {len(row) for row in rows} == {len(SIDE_FEATURES)}
