"""Forecasts become claims with a query that later news can answer, or with the reason why there is none."""

from __future__ import annotations

import pytest

from siaga.base.claim import Claim
from siaga.base.event import Place
from siaga.monitor.claims import claims_about, forecasts_in, same_claim
from tests.unit.monitor.claiming import claim_of, event_of, query_of, reading_of, standing_of


def test_as_early_as_january_is_possible_and_has_no_end_but_ours() -> None:
    claim = claim_of()
    assert claim.band is not None
    assert (claim.band.name, claim.band.words) == ("possible", "could")
    assert (claim.earliest, claim.latest) == ("2022-01-01", None)
    query = query_of(claim)
    assert (query.earliest, query.latest, query.end_by_rule) == ("2022-01-01", "2022-04-01", True)
    assert (query.actors, query.recipients, query.least_sources) == (("RUS",), ("UKR",), 2)


def test_a_window_without_a_beginning_opens_on_the_day_it_was_said() -> None:
    query = query_of(
        claim_of(
            "Russia may attack Ukraine by the end of January.", (None, "2022-01-31"), words="by the end of January"
        )
    )
    assert (query.earliest, query.latest, query.end_by_rule) == ("2021-12-03", "2022-01-31", False)


def only(*, published: str | None = "2021-12-03", condition: str | None = None, **fields: object) -> Claim:
    sentence = "Russia could attack Ukraine in January if talks fail."
    given = {"window": ("2022-01-01", "2022-01-31"), "words": "in January"} | fields
    event = event_of(sentence, "attack", **given)  # type: ignore[arg-type]  # fields of an event
    [claim] = forecasts_in(reading_of(event, published=published, condition=condition))
    return claim


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, None),
        ({"published": None}, "no_day"),
        ({"window": (None, None)}, "no_window"),
        ({"window": ("2021-10-01", "2021-11-30")}, "window_over"),
        ({"window": ("2022-01-01", "2031-12-31")}, "window_too_long"),
        ({"sides": ((), ())}, "no_parties"),
        ({"confidence": 0.1}, "unsure_reading"),
        ({"window": ("2022-11-22", "2022-11-22"), "words": "in January"}, "unsure_reading"),
        ({"condition": "if talks fail"}, "condition_unclear"),
        ({"condition": "attack Ukraine in January if talks fail"}, "hypothetical"),
    ],
)  # fmt: skip
def test_what_can_t_be_resolved_says_why(fields: dict[str, object], reason: str | None) -> None:
    claim = only(**fields)  # type: ignore[arg-type]
    assert claim.reason == reason
    assert (claim.query is None) == (reason is not None)


def test_a_condition_that_tells_of_one_act_is_compiled_too() -> None:
    sentence = "The United States will impose sanctions in January if Russia invades Ukraine."
    act = event_of(sentence, "sanctions", type_="SANCTION", status="planned", sides=(("USA",), ("RUS",)),
                   window=("2022-01-01", "2022-01-31"), words="in January")  # fmt: skip
    [claim] = forecasts_in(reading_of(act, event_of(sentence, "invades"), condition="if Russia invades Ukraine"))
    assert claim.condition is not None
    assert claim.condition.query is not None
    assert claim.condition.query.types == ("ASSAULT",)
    assert (claim.condition.query.earliest, claim.condition.query.latest) == ("2021-12-03", "2022-01-31")


def test_a_condition_that_something_does_not_happen_can_t_be_checked() -> None:
    sentence = "The United States will impose sanctions in January unless Russia retreats."
    act = event_of(sentence, "sanctions", type_="SANCTION", status="planned", sides=(("USA",), ("RUS",)),
                   window=("2022-01-01", "2022-01-31"), words="in January")  # fmt: skip
    retreat = event_of(sentence, "retreats", type_="RETREAT")
    [claim] = forecasts_in(reading_of(act, retreat, condition="unless Russia retreats"))
    assert claim.reason == "condition_unclear"


def test_the_condition_of_another_act_of_the_sentence_is_none_of_this_one() -> None:
    sentence = "The envoy may travel to Moscow on Wednesday, and sanctions will follow if Russia attacks."
    trip = event_of(sentence, "travel", type_="CONSULT", sides=(("USA",), ("RUS",)),
                    window=("2021-12-08", "2021-12-08"), words="on Wednesday")  # fmt: skip
    sanctions = event_of(sentence, "sanctions", type_="SANCTION", sides=(("USA",), ("RUS",)))
    [claim] = forecasts_in(reading_of(trip, sanctions, condition="if Russia attacks"))
    assert claim.condition is None
    assert claim.reason is None


def test_one_window_is_said_of_the_nearest_act_only() -> None:
    sentence = "Fearing an attack, the government plans to disarm the militia by year end."
    window = (None, "2021-12-31")
    attack = event_of(sentence, "attack", window=window, words="by year end")
    disarm = event_of(sentence, "disarm", type_="COERCE", status="planned", window=window, words="by year end")
    assert [one.type for one in forecasts_in(reading_of(attack, disarm))] == ["COERCE"]


def test_of_two_readings_of_one_word_the_surer_is_the_claim() -> None:
    sentence = "Rumours of an invasion worry the allies, since Kyiv says that the invasion may come in January."
    window = ("2022-01-01", "2022-01-31")
    rumour = event_of(sentence, "invasion", window=window, words="January", confidence=0.4)
    kyiv = event_of(sentence, "invasion", window=window, words="January", speaker="Kyiv").replace(id="kyiv")
    assert [one.speaker for one in forecasts_in(reading_of(rumour, kyiv))] == ["Kyiv"]


def test_the_day_on_which_it_was_said_foresees_nothing() -> None:
    sentence = "The ministers pledged on Wednesday to punish those who buy oil."
    event = event_of(sentence, "punish", status="planned", window=("2021-12-08", "2021-12-08"), words="Wednesday")
    assert tuple(forecasts_in(reading_of(event))) == ()


WEDNESDAY, THURSDAY = "2021-12-08", "2021-12-09"


@pytest.mark.parametrize(
    ("said", "words", "read", "whole"),
    [
        ("on Wednesday or Thursday", "Wednesday", (WEDNESDAY, WEDNESDAY), (WEDNESDAY, THURSDAY)),
        ("by 31 January or the beginning of February", "by 31 January", (None, "2022-01-31"), (None, "2022-02-10")),
        ("on 1 or 2 January", "2 January", ("2022-01-02", "2022-01-02"), ("2022-01-01", "2022-01-02")),
        ("even before the Games end on 2 January", "2 January", ("2022-01-02", "2022-01-02"), (None, "2022-01-02")),
        ("on Wednesday, and they meet on Thursday", "Wednesday", (WEDNESDAY, WEDNESDAY), (WEDNESDAY, WEDNESDAY)),
    ],
)
def test_a_window_is_as_the_sentence_names_it_whole(
    said: str, words: str, read: tuple[str | None, str | None], whole: tuple[str | None, str | None]
) -> None:
    claim = claim_of(f"Russia may attack Ukraine {said}.", read, words=words)
    assert (claim.earliest, claim.latest) == whole


def test_a_window_from_a_day_until_another_ends_on_the_latter() -> None:
    sentence = "Presiden akan bertolak dari esok hingga Selasa (14/12/2021)."
    event = event_of(sentence, "bertolak", type_="CONSULT", status="planned", words="dari esok",
                     window=("2021-12-04", "2021-12-04"))  # fmt: skip
    reading = reading_of(event)
    [claim] = forecasts_in(reading.replace(article=reading.article.replace(language="id")))
    assert (claim.earliest, claim.latest) == ("2021-12-04", "2021-12-14")


def test_a_day_before_which_something_else_happens_is_no_end_of_the_window() -> None:
    claim = claim_of(
        "Before the elections Russia may attack on 2 January.", ("2022-01-02", "2022-01-02"), words="2 January"
    )
    assert (claim.earliest, claim.latest) == ("2022-01-02", "2022-01-02")


def test_acts_of_a_country_within_itself_are_asked_for_at_their_place() -> None:
    sentence = "Students will attack the palace in Papua on 8 December."
    papua = Place(name="Papua", country="IDN", latitude=None, longitude=None, precision="region")
    event = event_of(
        sentence,
        "attack",
        sides=(("IDN",), ("IDN",)),
        window=("2021-12-08", "2021-12-08"),
        words="8 December",
        place=papua,
    )
    [claim] = forecasts_in(reading_of(event))
    assert (query_of(claim).place, query_of(claim).country) == ("Papua", None)


def test_copies_are_one_claim_and_one_speaker_s_word_is_one_however_many_report_it() -> None:
    claim = claim_of()
    copy = claim.replace(id="b", article="b", speaker="Menteri Pertahanan Ukraina")
    elsewhere = claim.replace(id="c", article="c", made="2021-12-05", code="USA", speaker="Blinken")
    assert same_claim(claim, copy, same_text=True)
    assert same_claim(claim, copy, same_text=False)
    assert not same_claim(claim, elsewhere, same_text=False)
    assert not same_claim(claim, copy.replace(made="2022-01-05"), same_text=False)
    assert not same_claim(claim, copy.replace(type="MOBILIZE"), same_text=True)


def test_two_voices_in_one_article_are_two_claims() -> None:
    claim = claim_of()
    other = claim.replace(id="b", speaker="intelligence document", code=None, latest="2022-04-30")
    assert not same_claim(claim, other, same_text=True)


def test_claims_about_a_pair_are_those_that_name_both_the_latest_first_and_none_that_is_superseded() -> None:
    claim = claim_of()
    later, other = claim.replace(id="b", made="2021-12-09"), claim.replace(id="c", recipients=("POL",))
    ledger = [standing_of(one, None, number) for number, one in enumerate((claim, later, other), 1)]
    assert [one.entry.claim.id for one in claims_about(ledger, ("RUS", "UKR"))] == ["b", claim.id]
    assert len(claims_about(ledger, ("RUS",))) == 3
    gone = ledger[0].replace(entry=ledger[0].entry.replace(superseded_by="b"))
    assert [one.entry.claim.id for one in claims_about([gone], ("RUS",))] == []
