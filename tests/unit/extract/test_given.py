"""What an analyst gives becomes an event whose parties and place are named as ours are."""

from __future__ import annotations

import pytest

from siaga.base.article import Article
from siaga.base.errors import GivenError
from siaga.base.event import Evidence, Magnitude
from siaga.extract.given import Given, given_event, merged_event, new_event
from tests.unit.store.analysts import event, parties

ATTACK = event("menyerang").replace(mode="aerial", cameo="195", when_text="Kamis")


def test_what_is_not_given_stays_as_it_was() -> None:
    assert given_event(ATTACK, Given(), "id", ()) == ATTACK
    assert given_event(ATTACK, Given(status="planned"), "id", ()) == ATTACK.replace(status="planned")


def test_another_type_takes_the_mode_and_code_of_the_first_with_it() -> None:
    changed = given_event(ATTACK, Given(type="COERCE"), "id", ())
    assert (changed.mode, changed.cameo) == (None, None)
    assert given_event(ATTACK, Given(mode="drone"), "id", ()).mode == "drone"


def test_parties_are_named_as_the_article_names_them_else_as_our_tables_do() -> None:
    as_told = parties(["UKR"])[0].replace(text="Kyiv")
    other = event("mengecam").replace(actors=(as_told,))
    [russia, nato, ukraine] = given_event(ATTACK, Given(actors=("RUS", "NATO", "UKR")), "id", [other]).actors
    assert russia == ATTACK.actors[0]
    assert (nato.name, nato.sector, nato.text) == ("NATO", "IGO", "")
    assert ukraine == ATTACK.recipients[0]
    [poland] = given_event(ATTACK, Given(actors=("POL",)), "id", ()).actors
    assert (poland.name, poland.sector) == ("Polandia", "GOV")
    [in_english] = given_event(ATTACK, Given(actors=("POL",)), None, ()).actors
    assert in_english.name == "Poland"


def test_empty_takes_away() -> None:
    given = Given(actors=(), place="", earliest="", latest="", mode="")
    changed = given_event(ATTACK, given, "id", ())
    assert (changed.actors, changed.place, changed.earliest, changed.latest, changed.when_text, changed.mode) == (
        (), None, None, None, None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "name", "country", "precision"),
    [
        (Given(place="Riga"), "Riga", "LVA", "city"),
        (Given(place="Paris", country="USA"), "Paris", "USA", "city"),
        (Given(place="Kampung Baru Sekali", country="IDN"), "Kampung Baru Sekali", "IDN", "city"),
        (Given(country="LVA"), "Latvia", "LVA", "country"),
        (Given(place="Ukraina"), "Ukraina", "UKR", "country"),
    ],
    ids=str,
)
def test_a_place_is_found_by_its_name_and_country(given: Given, name: str, country: str, precision: str) -> None:
    place = given_event(ATTACK, given, "id", ()).place
    assert place is not None
    assert (place.name, place.country, place.precision) == (name, country, precision)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (Given(mode="arial"), "unknown mode 'arial' of ASSAULT. Did you mean aerial"),
        (Given(type="REJECT", mode="nothing"), "unknown mode 'nothing' of REJECT"),
        (Given(trigger="pergi"), "the sentence has no 'pergi'"),
        (Given(earliest="2022-03-01"), "the earliest day, 2022-03-01, comes after the latest, 2022-02-24"),
        (Given(place="Atlantis Raya"), "unknown place"),
        (Given(country="NATO"), "NATO is no country"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_is_refused_with_what_was_met(given: Given, says: str) -> None:
    with pytest.raises(GivenError, match=says):
        given_event(ATTACK, given, "id", ())


def test_a_new_event_needs_a_type_and_a_word_that_tells_of_it() -> None:
    article, sentence = Article(id="a", text="Rusia MENYERANG."), Evidence(start=0, end=16, text="Rusia MENYERANG.")
    for lacking in (Given(type="ASSAULT"), Given(trigger="menyerang")):
        with pytest.raises(GivenError, match="expected at least a type and the trigger"):
            new_event(article, sentence, lacking)
    made = new_event(article, sentence, Given(type="ASSAULT", trigger="menyerang", actors=("RUS",)))
    assert (made.trigger, made.status, made.evidence, made.confidence) == ("MENYERANG", "happened", sentence, 1.0)
    assert made.id == new_event(article, sentence, Given(type="ASSAULT", trigger="menyerang", status="planned")).id


def test_a_merged_event_has_what_each_of_them_tells() -> None:
    troops = Magnitude(minimum=10, maximum=10, unit="troops", text="10 tentara")
    other = event("menembaki", actors=["BLR", "RUS"]).replace(magnitude=(troops,), speaker="Kuleba", mode="drone")
    merged = merged_event([event("menyerang").replace(earliest=None), other])
    assert [party.code for party in merged.actors] == ["RUS", "BLR"]
    assert (merged.id, merged.magnitude, merged.speaker, merged.mode, merged.earliest) == (
        event("menyerang").id, (troops,), "Kuleba", "drone", "2022-02-24",
    )  # fmt: skip
