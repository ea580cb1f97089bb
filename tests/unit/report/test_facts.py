"""The same act told by several articles."""

from __future__ import annotations

import pytest

from siaga.base.event import Party, Place
from siaga.report.facts import cited, facts, known_names, names_of
from tests.unit.report.invented import event, reading


def test_the_same_act_in_two_outlets_is_one_fact_with_two_sources() -> None:
    one = reading(event("Norway shelled Sweden.", earliest="2031-05-01", latest="2031-05-01"))
    other = reading(event("Shells hit Sweden.", earliest="2031-05-01", latest="2031-05-02"), source="Harbour Gazette")
    [fact] = facts(cited([one, other]))
    assert set(fact.sources) == {"Daily Fjord", "Harbour Gazette"}


def test_another_status_type_side_or_day_is_another_fact() -> None:
    day = {"earliest": "2031-05-01", "latest": "2031-05-01"}
    read = reading(
        event("a", **day),
        event("b", status="possible", **day),
        event("c", "SANCTION", **day),
        event("d", who="SWE", whom="NOR", **day),
        event("e", earliest="2031-05-09", latest="2031-05-09"),
    )
    assert len(facts(cited([read]))) == 5


def test_talks_are_the_same_whoever_is_named_first() -> None:
    read = reading(
        event("a", "CONSULT"), event("b", "CONSULT", who="SWE", whom="NOR"), event("c", "CONSULT", "NOR SWE", "")
    )
    assert len(facts(cited([read]))) == 1


def test_acts_without_a_day_are_the_same_only_if_published_within_days_of_each_other() -> None:
    first, next_day, later = (
        reading(event(f"s{day}"), published=f"2031-05-{day}", source=day) for day in ("02", "03", "20")
    )
    assert [len(fact.said) for fact in facts(cited([first, next_day, later]))] == [2, 1]


def test_a_vague_year_does_not_swallow_the_acts_within_it() -> None:
    read = reading(
        event("all year", earliest="2031-01-01", latest="2031-12-31"),
        event("one day", earliest="2031-03-03", latest="2031-03-03"),
        event("another", earliest="2031-04-04", latest="2031-04-04"),
    )
    assert len(facts(cited([read]))) == 3


def test_the_same_day_in_two_towns_is_two_facts_but_a_country_holds_its_towns() -> None:
    kiruna, lund = (
        Place(name=name, country="SWE", latitude=latitude, longitude=1.0, precision="city")
        for name, latitude in (("Kiruna", 67.9), ("Lund", 55.7))
    )
    sweden = Place(name="Sweden", country="SWE", latitude=None, longitude=None, precision="country")
    assert len(facts(cited([reading(event("a", place=kiruna), event("b", place=lund))]))) == 2
    assert len(facts(cited([reading(event("a", place=kiruna), event("b", place=sweden), event("c"))]))) == 1


def test_a_copied_sentence_is_credited_to_the_first_who_printed_it() -> None:
    copies = [reading(event("Same."), source=name, published=f"2031-05-0{day}") for day, name in ((3, "B"), (2, "A"))]
    [fact] = facts(cited(copies))
    assert (len(fact.said), fact.sources) == (2, ("A",))


def test_unsure_events_stay_out() -> None:
    assert cited([reading(event("a", confidence=0.49))]) == ()


def test_most_reported_comes_first_and_order_of_articles_changes_nothing() -> None:
    articles = [
        reading(event("a", "AID")),
        reading(event("b"), source="One"),
        reading(event("c"), source="Two"),
    ]
    found = facts(cited(articles))
    assert [fact.event.type for fact in found] == ["ASSAULT", "AID"]
    assert facts(cited(articles[::-1])) == found


@pytest.mark.parametrize(("language", "names"), [("en", ("Norway", "NATO")), ("id", ("Norwegia", "NATO"))])
def test_known_actors_have_their_names_in_each_language(language: str, names: tuple[str, str]) -> None:
    known = known_names(language)
    assert (known["NOR"], known["NATO"]) == names


def test_the_name_of_an_unknown_group_is_taken_from_articles_in_the_language_asked_for() -> None:
    front, barisan = (
        Party(code="FJORD_FRONT", name=name, sector="REB", text=name) for name in ("Fjord Front", "Barisan Fjord")
    )
    read = [reading(event("a").replace(actors=(front,)), source=str(number)) for number in range(3)]
    read.append(reading(event("b").replace(actors=(barisan,)), language="id"))
    assert names_of(read, "id")["FJORD_FRONT"] == "Barisan Fjord"
    assert names_of(read, "en")["FJORD_FRONT"] == "Fjord Front"
