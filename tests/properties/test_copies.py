"""Whatever pairs are found and whoever owns what, copies never make more sources, and order makes no difference."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from siaga.base.lineage import Pair, PairRelation, Voice
from siaga.link.independence import independence
from siaga.link.index import MemoryIndex
from siaga.link.lineages import lineages
from siaga.link.pairing import Pairing
from siaga.link.vectors import KeptVectors
from tests.unit.link.pages import ENCODE, copies, page

ARTICLES = "abcdefgh"
RELATIONS: st.SearchStrategy[PairRelation] = st.sampled_from(("exact", "near", "reworded", "translated", "wire"))
VOICES = st.builds(
    Voice,
    article=st.just(""),
    owner=st.none() | st.sampled_from("ABCD"),
    credited=st.none() | st.sampled_from(("AFP", "CNN")),
    cites=st.lists(st.sampled_from(("AFP", "CNN", "Reuters")), unique=True, max_size=2).map(tuple),
    anonymous=st.booleans(),
)


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    a, b = sorted(draw(st.lists(st.sampled_from(ARTICLES), min_size=2, max_size=2, unique=True)))
    relation = draw(RELATIONS)
    copy = None if relation == "wire" else draw(st.sampled_from((a, b)))
    sure = 0.5 if copy is None else draw(st.floats(0.5, 1))
    return Pair(a=a, b=b, relation=relation, probability=0.9, copy=copy, copy_probability=sure, earlier=None)


def spoken(voices: Sequence[Voice]) -> list[Voice]:
    return [voice.replace(article=article) for article, voice in zip(ARTICLES, voices, strict=False)]


EIGHT = st.lists(VOICES, min_size=8, max_size=8).map(spoken)
SOME = st.lists(pairs(), max_size=9, unique_by=lambda pair: (pair.a, pair.b))


@settings(max_examples=150)
@given(SOME, EIGHT, VOICES, st.sampled_from(ARTICLES), st.floats(0.5, 1))
def test_a_copy_never_raises_the_number_of_sources(
    found: list[Pair], voices: list[Voice], new: Voice, of: str, sure: float
) -> None:
    copied = Pair(a=of, b="z", relation="reworded", probability=0.9, copy="z", copy_probability=sure, earlier=None)
    before = independence(lineages(ARTICLES, found), voices)
    after = independence(
        lineages(ARTICLES + "z", [*found, copied]), [*voices, new.replace(article="z", anonymous=True)]
    )
    assert after.texts == before.texts
    assert len(after.sources) <= len(before.sources)


@settings(max_examples=100)
@given(SOME, st.permutations(ARTICLES), st.randoms())
def test_lineages_do_not_depend_on_the_order_of_articles_and_pairs(
    found: list[Pair], order: list[str], dice: object
) -> None:
    shuffled = sorted(found, key=lambda _: dice.random())  # type: ignore[attr-defined]  # a random.Random
    assert sorted(lineages(order, shuffled), key=lambda one: one.id) == sorted(
        lineages(ARTICLES, found), key=lambda one: one.id
    )


@settings(max_examples=100)
@given(SOME)
def test_every_article_stands_in_one_lineage_below_what_it_was_made_from(found: list[Pair]) -> None:
    made = lineages(ARTICLES, found)
    assert sorted(article for one in made for article in one.articles) == sorted(ARTICLES)
    for one in made:
        for place, link in enumerate(one.links):
            assert link.copied_from is None or link.copied_from in one.articles[:place]


PAGES = tuple(dict.fromkeys(name for _, file, of in copies() for name in (of, file)))[:24]


@settings(max_examples=8, deadline=None)
@given(st.permutations(PAGES))
def test_pages_are_linked_the_same_in_every_order_of_arrival(order: list[str]) -> None:
    def families(names: Sequence[str]) -> set[frozenset[str]]:
        known = {page(name).id: page(name) for name in names}
        found = Pairing(MemoryIndex(), known.get, KeptVectors(encoder=ENCODE)).pairs(known.values())
        return {frozenset(one.articles) for one in lineages(known, found)}

    assert families(order) == families(PAGES)
