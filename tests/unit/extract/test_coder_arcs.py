"""What the grammar of a sentence says of a trigger and its parties: trees made by hand."""

from __future__ import annotations

import pytest

from siaga.base.document import Syntax
from siaga.extract.coder.arcs import LONGEST_PATH, party_arcs, path, status_arcs, top, trigger_arcs
from siaga.extract.coder.signs import features_of
from siaga.extract.coder.view import View, views
from tests.unit.extract.coding import found, read

TREE = (("nsubj", 1), ("root", -1), ("obj", 1), ("punct", 1))
"""X attacked Y."""


def grown(*arcs: tuple[str, int]) -> Syntax:
    """A tree of these relations and heads, one a token."""
    count = len(arcs)
    labels, heads = tuple(label for label, _ in arcs), tuple(head for _, head in arcs)
    return Syntax(heads=heads, labels=labels, upos=("X",) * count, lemmas=("x",) * count)


def planted(text: str, *arcs: tuple[str, int]) -> View:
    document = read("en", text)
    assert len(document.tokens.lowers) == len(arcs)
    syntax = grown(*arcs).replace(lemmas=document.tokens.lowers)
    return views(document.replace(syntax=syntax), "en")[0]


def told(view: View, word: str) -> list[list[str]]:
    """What the tree says of a trigger, its status and each mention."""
    candidate = found(view, word)
    parties = [party_arcs(view, candidate, mention, "past") for mention in view.mentions]
    signs = [trigger_arcs(view, candidate), status_arcs(view, candidate, "past"), *parties]
    return [features_of(some) for some in signs]


def test_the_path_from_a_verb_to_its_subject_and_its_object_goes_down() -> None:
    assert (path(grown(*TREE), 1, 0), path(grown(*TREE), 1, 2)) == (">nsubj", ">obj")


def test_a_path_goes_up_before_it_goes_down() -> None:
    assert path(grown(*TREE), 0, 2) == "<nsubj>obj"
    assert path(grown(*TREE), 0, 1) == "<nsubj"
    assert path(grown(*TREE), 1, 1) == ""


def test_a_path_names_its_arcs_in_the_order_in_which_they_are_walked() -> None:
    deep = grown(("root", -1), ("obj", 0), ("nmod", 1))
    assert (path(deep, 0, 2), path(deep, 2, 0)) == (">obj>nmod", "<nmod<obj")


def test_two_trees_have_no_path_between_them() -> None:
    assert path(grown(("root", -1), ("root", -1)), 0, 1) == "far"


@pytest.mark.parametrize(("arcs", "route"), [(LONGEST_PATH, ">dep" * LONGEST_PATH), (LONGEST_PATH + 1, "far")])
def test_a_path_that_is_too_long_says_nothing(arcs: int, route: str) -> None:
    chain = [("root", -1), *(("dep", token) for token in range(arcs))]
    assert path(grown(*chain), 0, arcs) == route


def test_the_top_of_a_phrase_is_the_word_whose_head_lies_outside() -> None:
    phrase = grown(("amod", 1), ("nsubj", 3), ("flat", 1), ("root", -1))
    assert (top(phrase, 0, 3), top(phrase, 3, 4), top(phrase, 0, 1)) == (1, 3, 0)


def test_a_party_is_told_by_its_path() -> None:
    _, _, actor, recipient = told(planted("Russia attacked Ukraine.", *TREE), "attacked")
    assert "path=>nsubj" in actor
    assert "path=>obj" in recipient


def test_the_tree_says_the_same_of_any_two_countries() -> None:
    one, other = (
        told(planted(text, *TREE), "attacked") for text in ("Russia attacked Ukraine.", "Iran attacked Qatar.")
    )
    assert one == other


def test_the_word_that_governs_an_act_colours_it() -> None:
    view = planted(
        "Russia promised to attack Ukraine.",
        ("nsubj", 1), ("root", -1), ("mark", 3), ("xcomp", 1), ("obj", 3), ("punct", 1),
    )  # fmt: skip
    _, status, *_ = told(view, "attack")
    assert {"over=promised", "colour=mark|to"} <= set(status)


def test_words_that_govern_an_act_colour_it_from_far_the_outermost_above_all() -> None:
    view = planted(
        "Russia denied claims of orders to attack Ukraine.",
        ("nsubj", 1), ("root", -1), ("obj", 1), ("case", 4), ("nmod", 2), ("mark", 6), ("acl", 4), ("obj", 6),
        ("punct", 1),
    )  # fmt: skip
    _, status, *_ = told(view, "attack")
    assert {"far=orders|1", "far=claims|2", "far=denied|2", "outer=denied|3"} <= set(status)
    assert "outer=claims|3" not in status


def test_an_act_stands_under_what_governs_the_act_that_it_is_joined_to() -> None:
    view = planted(
        "Russia may storm or attack Ukraine.",
        ("nsubj", 2), ("aux", 2), ("root", -1), ("cc", 4), ("conj", 2), ("obj", 4), ("punct", 2),
    )  # fmt: skip
    _, status, *_ = told(view, "attack")
    assert "over-colour=may" in status
    assert not [feature for feature in status if feature.startswith(("far=", "outer="))]


def test_without_syntax_nothing_is_told() -> None:
    view = views(read("en", "Russia attacked Ukraine."), "en")[0]
    assert told(view, "attacked") == [[], [], [], []]
