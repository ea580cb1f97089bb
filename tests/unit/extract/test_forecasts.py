"""Claims about what lies ahead."""

from __future__ import annotations

import pytest

from siaga.base.document import Document
from siaga.base.event import Event, Evidence, Forecast, Party, Quote
from siaga.extract.forecasts import Forecasts
from tests.unit.extract.coding import read

TEXT = "Russia may attack Ukraine in January if talks fail, Kuzmenko said."
RUSSIA = Party(code="RUS", name="Russia", sector=None, text="Russia")
UNKNOWN = Party(code=None, name=None, sector="REB", text="rebels")
ATTACK = Event(
    id="attack", type="ASSAULT", mode=None, contexts=(), cameo=None, status="possible", trigger="attack",
    actors=(RUSSIA,), recipients=(), place=None, earliest="2022-01-01", latest="2022-01-31", when_text="January",
    magnitude=(), speaker=None, medium=None, evidence=Evidence(start=0, end=len(TEXT), text=TEXT), confidence=0.8,
    rule="en/assault-attack",
)  # fmt: skip
"""What the coder makes of `TEXT`; tests change what they are about."""


def forecasts(event: Event, document: Document | None = None) -> tuple[Forecast, ...]:
    """The claims in an article with this event, published on 1 December 2021 unless the document says otherwise."""
    document = document or read("en", TEXT)
    return Forecasts()(document.replace(events=(event,))).forecasts


def told(language: str, text: str) -> str | None:
    """The condition of a claim made in this sentence, the last of its article."""
    document = read(language, text)
    sentence = document.sentences[-1]
    words = text[sentence.start : sentence.end]
    evidence = Evidence(start=sentence.start, end=sentence.end, text=words)
    [forecast] = forecasts(ATTACK.replace(evidence=evidence, when_text=words[:3]), document)
    return forecast.condition


def test_a_claim_is_tied_to_its_event_and_says_its_window_as_written() -> None:
    [forecast] = forecasts(ATTACK)
    assert (forecast.event, forecast.status, forecast.words) == ("attack", "possible", "January")
    assert (forecast.window_earliest, forecast.window_latest) == ("2022-01-01", "2022-01-31")
    assert forecast.evidence == ATTACK.evidence


@pytest.mark.parametrize(
    ("status", "claims"), [("possible", 1), ("planned", 1), ("considered", 0), ("denied", 0), ("happened", 0)]
)
def test_only_what_may_or_will_happen_is_claimed(status: str, claims: int) -> None:
    assert len(forecasts(ATTACK.replace(status=status))) == claims


@pytest.mark.parametrize(
    ("earliest", "latest", "claims"),
    [
        ("2021-12-02", "2021-12-02", 1),
        ("2021-12-01", "2021-12-31", 1),
        ("2021-11-01", "2021-12-02", 1),
        ("2022-01-01", None, 1),
        (None, "2021-12-31", 1),
        ("2021-12-01", "2021-12-01", 0),
        ("2021-11-01", "2021-11-30", 0),
        (None, "2021-11-30", 0),
        (None, None, 0),
    ],
)
def test_a_window_must_reach_past_the_day_of_publication(earliest: str | None, latest: str | None, claims: int) -> None:
    assert len(forecasts(ATTACK.replace(earliest=earliest, latest=latest))) == claims


def test_a_window_without_an_end_reaches_past_publication_once_it_has_begun() -> None:
    assert len(forecasts(ATTACK.replace(earliest="2021-11-29", latest=None))) == 1


def test_a_window_named_in_another_sentence_makes_no_claim() -> None:
    assert forecasts(ATTACK.replace(when_text="next spring")) == ()
    assert forecasts(ATTACK.replace(when_text=None)) == ()


def test_the_hour_of_publication_does_not_matter() -> None:
    document = read("en", TEXT)
    late = document.replace(article=document.article.replace(published="2022-01-30T23:59:00+07:00"))
    assert len(forecasts(ATTACK, late)) == 1
    over = document.replace(article=document.article.replace(published="2022-01-31T00:01:00+07:00"))
    assert forecasts(ATTACK, over) == ()


def test_without_a_day_of_publication_nothing_is_known_to_lie_ahead() -> None:
    document = read("en", TEXT)
    assert forecasts(ATTACK, document.replace(article=document.article.replace(published=None))) == ()


@pytest.mark.parametrize(
    ("language", "text", "condition"),
    [
        ("en", TEXT, "if talks fail"),
        ("en", "Rain fell. If talks fail, Russia may attack.", "If talks fail"),
        ("en", "Russia may attack unless talks succeed.", "unless talks succeed"),
        ("en", "Russia may attack as long as talks fail; nobody knows.", "as long as talks fail"),
        ("en", "If talks fail here. Russia may attack.", None),
        ("en", "Russia may attack.", None),
        ("id", "Rusia dapat menyerang jika perundingan gagal, katanya.", "jika perundingan gagal"),
        ("id", "Apabila perundingan gagal, Rusia dapat menyerang.", "Apabila perundingan gagal"),
        ("id", "Rusia dapat menyerang.", None),
    ],
)
def test_the_condition_is_the_clause_as_written(language: str, text: str, condition: str | None) -> None:
    assert told(language, text) == condition


def test_a_title_does_not_end_the_condition() -> None:
    assert told("en", "Russia may attack if Mr. Kuzmenko resigns.") == "if Mr. Kuzmenko resigns"


def test_a_claim_has_the_code_of_its_speaker() -> None:
    quote = Quote(
        speaker="Olena Kuzmenko", speaker_text="Kuzmenko", office=None, organisation=None, code="UKR", anonymous=False,
        medium=None, direct=False, words=None, start=0, end=50,
    )  # fmt: skip
    document = read("en", TEXT).replace(quotes=(quote,))
    for name in ("Olena Kuzmenko", "Kuzmenko"):
        [forecast] = forecasts(ATTACK.replace(speaker=name, medium="Pelita"), document)
        assert (forecast.speaker, forecast.code, forecast.medium) == (name, "UKR", "Pelita")
    [other] = forecasts(ATTACK.replace(speaker="Ann Hill"), document)
    assert other.code is None
    [nobody] = forecasts(ATTACK, document)
    assert (nobody.speaker, nobody.code) == (None, None)


@pytest.mark.parametrize(
    ("actors", "recipients", "reason"),
    [
        ((RUSSIA,), (), None),
        ((), (RUSSIA,), None),
        ((UNKNOWN, RUSSIA), (), None),
        ((UNKNOWN,), (), "unknown_parties"),
        ((), (), "unknown_parties"),
    ],
)
def test_a_claim_about_nobody_known_can_never_be_settled(
    actors: tuple[Party, ...], recipients: tuple[Party, ...], reason: str | None
) -> None:
    [forecast] = forecasts(ATTACK.replace(actors=actors, recipients=recipients))
    assert (forecast.resolvable, forecast.reason) == (reason is None, reason)


def test_each_event_has_a_claim_of_its_own() -> None:
    document = read("en", TEXT).replace(events=(ATTACK, ATTACK.replace(id="other"), ATTACK.replace(status="denied")))
    claims = Forecasts()(document).forecasts
    assert [claim.event for claim in claims] == ["attack", "other"]
    assert len({claim.id for claim in claims}) == 2


def test_a_language_without_a_pack_has_claims_without_conditions() -> None:
    document = read("en", TEXT)
    foreign = document.replace(article=document.article.replace(language="xx"))
    [forecast] = forecasts(ATTACK, foreign)
    assert forecast.condition is None


def test_without_events_there_is_no_claim() -> None:
    assert Forecasts()(read("en", TEXT)).forecasts == ()
