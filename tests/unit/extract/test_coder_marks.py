"""A sentence as numbers, and what the network in context makes of it."""

from __future__ import annotations

import pytest

from siaga.base.article import Article
from siaga.base.document import Document
from siaga.extract.coder.context import STATUSES, load_context
from siaga.extract.coder.marks import DISTANCES, MARKS, RANKS, marked
from siaga.extract.coder.view import View, views
from siaga.flow import lineup
from tests.unit.extract.coding import read


def seen(language: str, text: str) -> list[View]:
    """The sentences of a text with all that comes before events, syntax included."""
    document = Document(article=Article(id="case", language=language, published="2021-12-01", text=text))
    for annotator in lineup():
        if not annotator.gives & {"events", "forecasts"}:
            document = annotator(document)
    return views(document, language)


def test_the_further_words_of_a_name_are_one_word() -> None:
    classes = load_context().classes
    short, long = (
        marked(seen("en", f"{name} attacked Iran."), classes) for name in ("Israel", "The United Arab Emirates")
    )
    assert len(long.rows) == len(short.rows) + 1  # "The"
    assert long.people[0, 1] == long.acts[0, 0] - 1


def test_every_candidate_stands_to_every_mention() -> None:
    [view] = seen("en", "Russia said Israel attacked Iran and shelled Syria.")
    one = marked([view], load_context().classes)
    assert one.marks.shape == (len(one.rows), len(MARKS))
    assert len(one.pairs) == len(view.candidates) * len(view.named)
    assert one.pairs[:, 0].max() < DISTANCES
    assert one.pairs[:, 1].max() < RANKS


def test_a_mention_between_makes_another_farther() -> None:
    [view] = seen("en", "Russia and Israel attacked Iran.")
    one = marked([view], load_context().classes)
    ranks = dict(zip((mention.code for mention, _ in view.named), one.pairs[:, 1].tolist(), strict=False))
    assert ranks["RUS"] == ranks["ISR"] + 1


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Israel attacked Iran on Monday."), ("id", "Israel menyerang Iran pada Senin."),
     ("en", "Iran was attacked by Israel on Monday."), ("id", "Iran diserang oleh Israel pada Senin.")],
)  # fmt: skip
def test_who_does_it_is_told_by_the_words_around(language: str, text: str) -> None:
    [view] = seen(language, text)
    [*_, said] = load_context()([view])[view.number]
    sides = {mention.code: odds for (mention, _), odds in zip(view.named, said.sides, strict=True)}
    assert sides["ISR"][0] > sides["ISR"][1]
    assert sides["IRN"][1] > sides["IRN"][0]


def test_what_may_be_is_not_what_was() -> None:
    was, may = (seen("en", text)[0] for text in ("Russia attacked Ukraine.", "Russia may attack Ukraine."))
    told = [dict(zip(STATUSES, load_context()([view])[0][0].statuses, strict=True)) for view in (was, may)]
    assert told[0]["happened"] - told[0]["possible"] > told[1]["happened"] - told[1]["possible"]


def test_several_sentences_read_together_say_what_each_says_alone() -> None:
    every = seen("en", "Israel attacked Iran. France and Germany said they would send weapons to Ukraine.")
    together = load_context()(every)
    for view in every:
        [alone] = load_context()([view]).values()
        for one, other in zip(alone, together[view.number], strict=True):
            assert one.trigger == pytest.approx(other.trigger, abs=1e-4)
            assert one.statuses == pytest.approx(other.statuses, abs=1e-4)


def test_a_sentence_without_states_is_not_read() -> None:
    assert load_context()(views(read("en", "Israel attacked Iran."), "en")) == {}
