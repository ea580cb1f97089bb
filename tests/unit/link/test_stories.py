"""Articles about one happening are a story, whatever language they are in and whatever order they come in."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from siaga.base.story import Assignment, Held, Likeness, Past, StoryChange
from siaga.link.clusters import clusters
from siaga.link.growth import founded, grow, regrow
from siaga.link.highlights import centre_of
from siaga.link.lineages import lineages
from siaga.link.stories import stories_of
from siaga.link.story_ids import name_stories, story_id
from siaga.link.traits import traits_of
from tests.unit.link.telling import BLAST, EARLIER, SUMMIT, by_id, readings

Partition = frozenset[frozenset[str]]


def partition(assignments: tuple[Assignment, ...]) -> Partition:
    stories = {one.story for one in assignments}
    return frozenset(frozenset(one.article for one in assignments if one.story == story) for story in stories)


def arrived(held: Held, *ids: str) -> Held:
    """What is held after these articles arrived."""
    new = tuple(map(traits_of, by_id(*ids)))
    growth = grow(held.replace(past=held.past), new)
    stories = {one.article: one.story for one in held.stories} | {one.article: one.story for one in growth.assignments}
    return held.replace(
        traits=(*held.traits, *new),
        pairs=(*held.pairs, *growth.pairs),
        stories=tuple(Assignment(article=article, story=story) for article, story in stories.items()),
    )


def test_articles_about_one_happening_are_a_story_across_languages_and_another_day_is_another() -> None:
    told = stories_of(readings(), lineages([one.article.id for one in readings()], ()))
    assert partition(told.assignments) == {BLAST, SUMMIT, EARLIER}
    blast = next(story for story in told.stories if set(story.articles) == BLAST)
    assert blast.languages == ("en", "id")
    assert (blast.first, blast.last, blast.lineages, blast.independent_sources) == ("2025-03-04", "2025-03-05", 3, 3)


def test_a_title_and_key_sentences_are_words_of_the_articles() -> None:
    told = stories_of(readings(), lineages([one.article.id for one in readings()], ()))
    articles = {one.article.id: one.article for one in readings()}
    for story in told.stories:
        assert story.title in {articles[one].title for one in story.articles}
        assert story.key_sentences
        for key in story.key_sentences:
            assert articles[key.article].text[key.sentence.start : key.sentence.end] == key.sentence.text


def test_the_order_of_arrival_changes_no_story() -> None:
    ids = ("blast-1", "blast-2", "summit-1", "earlier")
    found = set()
    for order in permutations(ids):
        held = Held()
        for one in order:
            held = arrived(held, one)
        found.add(partition(held.stories))
    assert found == {frozenset({frozenset({"blast-1", "blast-2"}), frozenset({"summit-1"}), EARLIER})}


def test_an_article_that_arrives_again_changes_nothing() -> None:
    held = arrived(Held(), "blast-1", "blast-2")
    growth = grow(held, tuple(map(traits_of, by_id("blast-2"))))
    assert (growth.pairs, growth.assignments, growth.changes) == ((), (), ())


def test_a_story_keeps_its_id_as_articles_arrive() -> None:
    held = arrived(arrived(Held(), "blast-2"), "blast-1", "blast-3")
    assert {one.story for one in held.stories} == {story_id("blast-2")}


def test_removing_an_article_leaves_the_others_as_they_were() -> None:
    before = arrived(Held(), "blast-1", "blast-2", "summit-1")
    after = arrived(before, "blast-3")
    growth = regrow(after, ["blast-3"], ())
    stories = {one.article: one.story for one in after.stories if one.article != "blast-3"}
    stories |= {one.article: one.story for one in growth.assignments}
    assert stories == {one.article: one.story for one in before.stories}


def test_copies_belong_to_one_story_whatever_they_look_like() -> None:
    growth = grow(Held(), tuple(map(traits_of, by_id("earlier", "summit-1"))), [("earlier", "summit-1")])
    assert len({one.story for one in growth.assignments}) == 1


def test_a_chain_of_neighbours_is_not_one_story() -> None:
    chain = [Likeness(a=f"{n}", b=f"{n + 1}", probability=0.6) for n in range(8)]
    assert max(map(len, clusters((str(n) for n in range(9)), chain))) < 5


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 100)), max_size=40),
    st.randoms(use_true_random=False),
)
def test_the_order_of_pairs_changes_no_cluster(drawn: list[tuple[int, int, int]], dice: object) -> None:
    pairs = {
        (min(a, b), max(a, b)): Likeness(a=str(min(a, b)), b=str(max(a, b)), probability=p / 100)
        for a, b, p in drawn
        if a != b
    }
    ids, ordered = list(map(str, range(10))), list(pairs.values())
    shuffled = sorted(ordered, key=lambda one: hash((one.b, one.a, str(dice))))
    assert clusters(ids, ordered) == clusters(reversed(ids), shuffled)


def test_merging_and_splitting_are_recorded() -> None:
    merged = name_stories([("a", "b", "c")], {"a": "one", "b": "one", "c": "two"}, Past())
    assert merged.changes == (StoryChange(kind="merged", story="two", other="one"),)
    split = name_stories([("a", "b"), ("c",)], {"a": "one", "b": "one", "c": "one"}, Past())
    assert split.changes == (StoryChange(kind="split", story=story_id("c"), other="one"),)
    moved = name_stories([("a", "b"), ("c", "d")], {"a": "one", "b": "one", "c": "one", "d": "two"}, Past())
    assert moved.changes == (StoryChange(kind="moved", story="one", other="two"),)
    assert {one.story for one in moved.assignments} == {"one", "two"}


def test_a_part_that_splits_off_takes_its_old_id_again() -> None:
    past = Past(retired=frozenset({story_id("d")}))
    named = name_stories([("a", "b"), ("c", "d")], dict.fromkeys("abcd", "one"), past)
    assert {one.article: one.story for one in named.assignments}["c"] == story_id("d")


def test_an_id_that_stands_elsewhere_is_not_given_again() -> None:
    named = name_stories([("a",)], {}, Past(standing=frozenset({story_id("a")})))
    assert named.assignments[0].story != story_id("a")
    assert founded(Held(), map(traits_of, by_id("earlier"))) == (story_id("earlier"),)


def test_what_a_story_names_counts_by_the_texts_that_name_it() -> None:
    centre = centre_of(map(traits_of, by_id("blast-1", "blast-2", "summit-1")))
    assert centre["haddad"] > centre["rafale"]
