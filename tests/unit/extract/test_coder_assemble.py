"""A decision written down as an event."""

from __future__ import annotations

import math

import pytest

from siaga.base.document import Document
from siaga.base.event import Event, Place, Quote
from siaga.extract.coder.assemble import assemble, certainty_of, reported
from siaga.extract.coder.confidence import confidence, load_confidence
from siaga.extract.coder.decide import Choice, Decision
from siaga.extract.coder.view import Side, View, views
from siaga.extract.coder.when import NO_DAYS, Days, days_on_offer
from tests.unit.extract.coding import found, read


def decide_at(view: View, word: str, actors: str = "", recipients: str = "", days: Days = NO_DAYS) -> Decision:
    """The decision that this word of a sentence is an event between these codes."""
    sides = chosen(view, actors), chosen(view, recipients)
    return Decision(view, found(view, word), 0.9, *sides, "happened", 0.8, days)


def chosen(view: View, codes: str) -> tuple[Choice, ...]:
    """These codes, each where the sentence names it, or as the context offers it."""
    named = {code: Side(code, one.mention) for one in reversed(view.named) for code in one.codes}
    return tuple(Choice(named.get(code, Side(code)), 0.64) for code in codes.split())


def event_in(language: str, text: str, word: str, actors: str = "", recipients: str = "") -> Event:
    """The event at this word of the last sentence."""
    return written(read(language, text), word, actors, recipients)


def written(document: Document, word: str, actors: str = "", recipients: str = "") -> Event:
    view = views(document, document.article.language or "")[-1]
    return assemble(decide_at(view, word, actors, recipients))


def test_the_evidence_is_the_exact_sentence() -> None:
    text = "  Hujan turun.  Israel menyerang Iran pada Senin. Hujan reda.\n"
    document = read("id", text)
    event = assemble(decide_at(views(document, "id")[1], "menyerang"))
    assert event.evidence.text == "Israel menyerang Iran pada Senin."
    assert event.evidence.text == text[event.evidence.start : event.evidence.end]


def test_an_event_that_is_hardly_right_as_a_whole_is_not_reported() -> None:
    [view] = views(read("id", "Israel menyerang Iran."), "id")
    likely = decide_at(view, "menyerang", "ISR", "IRN")
    hardly = likely._replace(probability=0.3, status_probability=0.3, actors=(), recipients=())
    assert [event.trigger for event in reported([likely, hardly])] == ["menyerang"]


def test_offsets_are_code_points_behind_any_letter() -> None:
    text = "“Élysée” 🕊 dibuka. Israel menyerang Iran."
    event = event_in("id", text, "menyerang")
    assert text[event.evidence.start : event.evidence.end] == event.evidence.text
    assert event.evidence.text.endswith("Israel menyerang Iran.")


def test_the_trigger_stands_as_written_and_the_rule_names_its_pack() -> None:
    event = event_in("en", "Rebels Shot down a plane.", "shot")
    assert event.trigger == "Shot down"
    assert event.rule == "en/assault-shootdown"
    assert event.type == "ASSAULT"


def test_a_party_is_named_as_its_mention_has_it() -> None:
    event = event_in("en", "Russian troops attacked Ukraine.", "attacked", "RUS", "UKR")
    [actor], [recipient] = event.actors, event.recipients
    assert (actor.code, actor.sector, actor.text) == ("RUS", "MIL", "Russian troops")
    assert (recipient.code, recipient.text) == ("UKR", "Ukraine")


def test_a_party_that_the_context_offers_is_named_as_the_article_names_it_first() -> None:
    event = event_in("en", "Russian troops waited. Russia waited. Ukraine was attacked.", "attacked", "RUS", "UKR")
    assert [party.text for party in event.actors] == ["Russian troops"]


def test_a_party_that_the_article_never_names_has_its_code_for_a_name_and_no_text() -> None:
    [actor] = event_in("en", "Rebels were attacked.", "attacked", "FRA").actors
    assert (actor.code, actor.name, actor.text) == ("FRA", "FRA", "")


@pytest.mark.parametrize(
    ("language", "text", "word", "name", "precision"),
    [
        ("id", "Mereka bertemu di Ibu Kota Latvia, Riga, pada Selasa.", "bertemu", "Riga", "city"),
        ("id", "Mereka bertemu di Riga, Latvia, pada Selasa.", "bertemu", "Riga", "city"),
        ("en", "They met in Riga, Latvia, on Monday.", "met", "Riga", "city"),
        ("en", "They met in Latvia on Monday.", "met", "Latvia", "country"),
        ("en", "They met near the Black Sea.", "met", "Black Sea", "sea"),
        ("en", "They met in the northern city of Homs.", "met", "Homs", "city"),
    ],
)  # fmt: skip
def test_of_places_named_in_one_breath_the_finest_is_where_it_happens(
    language: str, text: str, word: str, name: str, precision: str
) -> None:
    assert located(event_in(language, text, word)) == (name, precision)


def test_of_two_places_the_one_nearest_to_the_trigger_is_meant() -> None:
    text = "In Geneva ministers met, and in Kharkiv rebels attacked."
    assert located(event_in("en", text, "met")) == ("Geneva", "city")
    assert located(event_in("en", text, "attacked")) == ("Kharkiv", "city")


def test_a_place_keeps_its_country_and_coordinates() -> None:
    place = event_in("en", "They met in Riga, Latvia.", "met").place
    assert place
    assert (place.country, round(place.latitude or 0), round(place.longitude or 0)) == ("LVA", 57, 24)


def test_who_is_named_is_not_where_it_happens() -> None:
    assert event_in("id", "Rusia bertemu Iran.", "bertemu", "RUS", "IRN").place is None


def test_an_attack_without_a_place_happens_where_those_are_who_are_attacked() -> None:
    place = event_in("id", "Israel menyerang Iran.", "menyerang", "ISR", "IRN").place
    assert place
    assert (place.name, place.country, place.precision) == ("Iran", "IRN", "country")
    assert round(place.latitude or 0) in range(30, 36)


def test_an_attack_on_an_organisation_has_no_place_of_its_own() -> None:
    assert event_in("en", "Rebels attacked NATO.", "attacked", "", "NATO").place is None


def test_the_words_of_the_day_stand_beside_it() -> None:
    view = views(read("id", "Israel menyerang Iran pada Senin."), "id")[0]
    [here] = [days for days in days_on_offer(view) if days.source == "here"]
    event = assemble(decide_at(view, "menyerang", days=here))
    assert (event.earliest, event.latest, event.when_text) == ("2021-11-29", "2021-11-29", "Senin")


def test_an_event_of_the_day_of_publication_has_no_words_for_it() -> None:
    view = views(read("id", "Israel menyerang Iran."), "id")[0]
    event = assemble(decide_at(view, "menyerang", days=Days("published", "2021-12-01", "2021-12-01")))
    assert (event.earliest, event.latest, event.when_text) == ("2021-12-01", "2021-12-01", None)


def test_only_numbers_that_say_something_of_the_act_are_its_magnitude() -> None:
    text = "Russia fired 30 missiles at Ukraine, and ministers met."
    assert [(one.minimum, one.unit) for one in event_in("en", text, "fired").magnitude] == [(30, "missiles")]
    assert event_in("en", text, "met").magnitude == ()


def test_a_number_of_another_sentence_is_not_its_magnitude() -> None:
    text = "Russia fired 30 missiles. Russia attacked Ukraine."
    assert event_in("en", text, "attacked").magnitude == ()


def test_what_is_said_has_its_speaker_and_what_is_told_has_none() -> None:
    document = read("en", "We attacked Ukraine, he said.")
    speech = Quote(
        speaker="Olena Kuzmenko", speaker_text="he", office=None, organisation=None, code=None, anonymous=False,
        medium="Pelita", direct=False, words=None, start=0, end=19,
    )  # fmt: skip
    said = written(document.replace(quotes=(speech,)), "attacked")
    assert (said.speaker, said.medium) == ("Olena Kuzmenko", "Pelita")
    nameless = written(document.replace(quotes=(speech.replace(speaker=None),)), "attacked")
    assert nameless.speaker == "he"
    told = written(document.replace(quotes=(speech.replace(start=21, end=28),)), "attacked")
    assert (told.speaker, told.medium) == (None, None)


def test_an_event_is_as_sure_as_its_parts() -> None:
    decision = decide_at(views(read("en", "Russia attacked Ukraine."), "en")[-1], "attacked", "RUS", "UKR")
    certain = certainty_of(decision)
    assert (certain.trigger, certain.status) == (0.9, 0.8)
    assert (*certain.actors, *certain.recipients) == (0.64, 0.64)
    assert math.isclose(assemble(decision).confidence, confidence(certain, load_confidence()), abs_tol=1e-3)


def test_the_same_decision_has_the_same_id_and_another_one_another() -> None:
    text = "Russia attacked Ukraine, and ministers met."
    first, again, other = (event_in("en", text, word).id for word in ("attacked", "attacked", "met"))
    assert first == again != other


def located(event: Event) -> tuple[str, str] | None:
    place: Place | None = event.place
    return (place.name, place.precision) if place else None
