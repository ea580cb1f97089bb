"""On which of the days on offer an event is."""

from __future__ import annotations

from siaga.base.document import DateMention, Document
from siaga.extract.coder.view import View, views
from siaga.extract.coder.when import MOST_AFTER, MOST_BEFORE, NO_DAYS, day_features, days_on_offer
from tests.unit.extract.coding import found, read

MONDAY, TUESDAY, PUBLISHED = "2021-11-29", "2021-11-30", "2021-12-01"


def last(document: Document) -> View:
    return views(document, document.article.language or "")[-1]


def on_offer(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    """Source and first day of what the last sentence of an English text has on offer."""
    return [(days.source, days.earliest) for days in days_on_offer(last(read("en", text, published)))]


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


def test_so_many_days_of_other_sentences_are_on_offer_nearest_first() -> None:
    rain = " ".join(f"It rained on {day} November 2021." for day in range(1, 10))
    later = rain.replace("November", "December")
    view = views(read("en", f"{rain} Russia attacked Ukraine. {later}"), "en")[9]
    days = [(one.source, (one.earliest or "")[8:]) for one in days_on_offer(view)]
    assert days[1 : 1 + MOST_BEFORE] == [("before", f"{day:02}") for day in range(9, 9 - MOST_BEFORE, -1)]
    assert [day for source, day in days if source == "after"] == ["01", "02", "03"][:MOST_AFTER]


def test_a_day_named_after_the_sentence_is_on_offer() -> None:
    view = views(read("en", "Russia attacked Ukraine. It rained on Monday."), "en")[0]
    assert ("after", MONDAY) in [(days.source, days.earliest) for days in days_on_offer(view)]


def test_a_year_is_not_carried_over() -> None:
    assert [source for source, _ in on_offer("It rained much in 2021. Russia attacked Ukraine.")] == [
        "none",
        "published",
    ]


def test_a_date_of_which_nothing_is_known_is_not_on_offer() -> None:
    document = read("en", "Russia attacked Ukraine then.")
    unknown = DateMention(start=24, end=28, first=3, last=4, earliest=None, latest=None, rule="none")
    assert [days.source for days in days_on_offer(last(document.replace(dates=(unknown,))))] == ["none", "published"]


def test_features_do_not_hold_a_day_itself() -> None:
    view = last(read("en", "It rained on Monday. Russia attacked Ukraine on 30 November 2021."))
    offers = tuple(days_on_offer(view))
    features = {
        feature for days in offers for feature in day_features(view, found(view, "attacked"), "happened", days, offers)
    }
    assert not [feature for feature in features if "2021" in feature or "november" in feature.lower()]
    assert NO_DAYS in offers
