"""On which of the days on offer an event is."""

from __future__ import annotations

import pytest

from siaga.base.document import DateMention, Document
from siaga.extract.coder.decide import load_models
from siaga.extract.coder.linear import Linear
from siaga.extract.coder.view import View, views
from siaga.extract.coder.when import CARRIED_SENTENCES, NO_DAYS, choose_days, day_features, days_on_offer
from tests.unit.extract.coding import found, read

MONDAY, TUESDAY, PUBLISHED = "2021-11-29", "2021-11-30", "2021-12-01"


def last(document: Document) -> View:
    return views(document, document.article.language or "")[-1]


def on_offer(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    """Source and first day of what the last sentence of an English text has on offer."""
    return [(days.source, days.earliest) for days in days_on_offer(last(read("en", text, published)))]


def chosen(text: str, word: str, model: Linear) -> str | None:
    view = last(read("en", text))
    return choose_days(view, found(view, word), "happened", model).earliest


def test_no_day_and_that_of_publication_are_always_on_offer() -> None:
    assert on_offer("Russia attacked Ukraine.") == [("none", None), ("published", PUBLISHED)]


def test_without_a_day_of_publication_there_is_none_on_offer() -> None:
    assert on_offer("Russia attacked Ukraine.", None) == [("none", None)]


def test_the_days_of_the_sentence_come_before_those_named_earlier() -> None:
    text = "It rained on Monday. Russia attacked Ukraine on Tuesday."
    assert [one for one in on_offer(text) if one[0] in {"here", "before"}] == [("here", TUESDAY), ("before", MONDAY)]


def test_a_weekday_may_be_the_next_one_too() -> None:
    assert ("coming", "2021-12-07") in on_offer("Russia attacked Ukraine on Tuesday.")
    assert "coming" not in {source for source, _ in on_offer("Russia attacked Ukraine on 30 November 2021.")}


def test_a_day_is_on_offer_once() -> None:
    assert [day for _, day in on_offer("It rained on Monday. Russia attacked Ukraine on Monday.")].count(MONDAY) == 1


@pytest.mark.parametrize(("between", "there"), [(CARRIED_SENTENCES - 1, True), (CARRIED_SENTENCES, False)])
def test_a_day_is_carried_over_few_sentences_only(between: int, *, there: bool) -> None:
    text = "It rained on Monday. " + "It went on and on. " * between + "Russia attacked Ukraine."
    assert (("before", MONDAY) in on_offer(text)) is there


def test_a_year_is_not_carried_over() -> None:
    assert [source for source, _ in on_offer("It rained much in 2021. Russia attacked Ukraine.")] == [
        "none",
        "published",
    ]


def test_a_day_named_after_the_sentence_is_not_on_offer() -> None:
    view = views(read("en", "Russia attacked Ukraine. It rained on Monday."), "en")[0]
    assert MONDAY not in [days.earliest for days in days_on_offer(view)]


def test_a_date_of_which_nothing_is_known_is_not_on_offer() -> None:
    document = read("en", "Russia attacked Ukraine then.")
    unknown = DateMention(start=24, end=28, first=3, last=4, earliest=None, latest=None, rule="none")
    assert [days.source for days in days_on_offer(last(document.replace(dates=(unknown,))))] == ["none", "published"]


def test_the_likeliest_offer_is_taken() -> None:
    text = "On Monday Russia attacked Ukraine, and ministers met on Tuesday."
    assert chosen(text, "attacked", Linear({"gap=left|1": 9.0})) == MONDAY
    assert chosen(text, "met", Linear({"gap=right|1": 9.0})) == TUESDAY
    assert chosen(text, "met", Linear({"from=published": 9.0})) == PUBLISHED
    assert chosen(text, "met", Linear({"from=none": 9.0})) is None


def test_features_do_not_hold_a_day_itself() -> None:
    view = last(read("en", "It rained on Monday. Russia attacked Ukraine on 30 November 2021."))
    offers = tuple(days_on_offer(view))
    features = {
        feature for days in offers for feature in day_features(view, found(view, "attacked"), "happened", days, offers)
    }
    assert not [feature for feature in features if "2021" in feature or "november" in feature.lower()]
    assert NO_DAYS in offers


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "Russia attacked Ukraine on Monday.", MONDAY),
        ("id", "Rusia menyerang Ukraina pada Senin (29/11).", MONDAY),
    ],
)
def test_the_shipped_models_take_the_day_beside_the_verb(language: str, text: str, day: str) -> None:
    view = last(read(language, text))
    word = "attacked" if language == "en" else "menyerang"
    assert choose_days(view, found(view, word), "happened", load_models(language).days).earliest == day
