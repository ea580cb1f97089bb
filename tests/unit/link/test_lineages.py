"""Pairs make lineages: trees from the origin down."""

from __future__ import annotations

from siaga.base.lineage import Pair, PairRelation, Relation
from siaga.link.lineages import lineages


def made(copy: str, original: str, sure: float = 0.9, relation: PairRelation = "reworded") -> Pair:
    a, b = sorted((copy, original))
    is_wire = relation == "wire"
    return Pair(
        a=a, b=b, relation=relation, probability=0.95, copy=None if is_wire else copy,
        copy_probability=0.5 if is_wire else sure, earlier=None,
    )  # fmt: skip


def tree(*pairs: Pair, articles: str = "abcd") -> dict[str, tuple[Relation, str | None]]:
    return {link.id: (link.relation, link.copied_from) for one in lineages(articles, pairs) for link in one.links}


def test_an_article_without_a_pair_is_a_lineage_of_its_own() -> None:
    [one] = lineages("a", ())
    assert [(link.relation, link.copied_from, link.probability) for link in one.links] == [("original", None, 1.0)]
    assert one.origins == ("a",)


def test_a_copy_of_a_copy_leads_back_to_the_origin() -> None:
    found = tree(made("b", "a"), made("c", "b", relation="translated"))
    assert found == {
        "a": ("original", None), "b": ("reworded", "a"), "c": ("translated", "b"), "d": ("original", None)
    }  # fmt: skip


def test_a_copy_that_is_copied_often_does_not_become_the_origin() -> None:
    found = tree(made("b", "a", 0.55), made("c", "b", 0.99), made("d", "b", 0.99))
    assert found["a"] == ("original", None)
    assert [found[one][1] for one in "bcd"] == ["a", "b", "b"]


def test_of_several_it_may_be_made_from_the_nearest_is_taken() -> None:
    pairs = made("b", "a", relation="translated"), made("c", "b", 0.95, "translated"), made("c", "a", 0.8, "near")
    assert tree(*pairs)["c"] == ("near", "a")


def test_wires_have_no_parent_and_the_copy_of_one_has() -> None:
    found = tree(made("a", "b", relation="wire"), made("c", "b"))
    assert {found["a"], found["b"]} == {("wire", None)}
    assert found["c"] == ("reworded", "b")


def test_an_origin_that_is_not_sure_leaves_more_than_one_that_may_be_it() -> None:
    [one, *_] = lineages("abc", (made("b", "a", 0.6), made("c", "a", 0.9)))
    assert one.origins == ("a", "b")


def test_pairs_that_are_no_copies_link_nothing() -> None:
    pair = made("b", "a").replace(relation="independent")
    assert len(lineages("ab", (pair,))) == 2


def test_pairs_of_articles_that_are_not_asked_about_do_not_count() -> None:
    assert len(lineages("ac", (made("b", "a"), made("c", "b")))) == 2


def test_a_family_of_thousands_is_put_in_order_quickly() -> None:
    ids = [f"{number:05}" for number in range(3000)]
    [one] = lineages(ids, [made(copy, ids[0]) for copy in ids[1:]])
    assert one.articles[0] == ids[0]
    assert len(one.links) == 3000
