"""Every hit and miss of the words of probability and of counting, read as the ledger reads them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from siaga.base.event import Evidence, Status
from siaga.base.pack import languages
from siaga.base.pattern import slow_text
from siaga.monitor.claims_counts import ordinal_patterns, ordinals
from siaga.monitor.claims_words import BARE, EstimateRule, band, bands, estimate_rules


def read_as(sentence: str, language: str, rule: EstimateRule) -> set[str]:
    """The bands that a sentence says, of a claim of the rule's status, else of any."""
    evidence = Evidence(start=0, end=len(sentence), text=sentence)
    statuses: tuple[Status, ...] = (rule.status,) if rule.status else ("possible", "planned")
    return {band(evidence, "", language, status).name for status in statuses}


def estimates(kind: str) -> Iterator[object]:
    for language in languages():
        for rule in estimate_rules(language):
            for text in getattr(rule, kind):
                yield pytest.param(language, rule, text, id=f"{language}/{rule.id}-{text[:40]}")


@pytest.mark.parametrize(("language", "rule", "text"), list(estimates("hits")))
def test_words_of_probability_are_read_as_their_band(language: str, rule: EstimateRule, text: str) -> None:
    assert read_as(text, language, rule) == {rule.band}


@pytest.mark.parametrize(("language", "rule", "text"), list(estimates("misses")))
def test_other_words_are_not(language: str, rule: EstimateRule, text: str) -> None:
    found = {band(Evidence(start=0, end=len(text), text=text), "", language, rule.status or "possible")}
    assert not any(one.name == rule.band and one.words for one in found)


@pytest.mark.parametrize("language", languages())
def test_every_band_can_be_said_and_lies_within_chances(language: str) -> None:
    assert {rule.band for rule in estimate_rules(language)} == bands().keys()
    assert all(0 < low < high < 1 for low, high in bands().values())
    assert set(BARE.values()) <= bands().keys()


@pytest.mark.parametrize("language", languages())
def test_a_source_s_count_is_found_by_its_rule(language: str) -> None:
    for rule, pattern in ordinal_patterns(language):
        for text in rule.hits:
            [found] = ordinals(text, language)
            assert found.ordinal >= 2, text
            assert (found.period, found.around) == (rule.period, rule.around), text
        for text in rule.misses:
            assert ordinals(text, language) == (), text
        assert slow_text(pattern, rule.hits) is None, rule.id


@pytest.mark.parametrize(
    ("language", "text", "ordinal", "period", "number"),
    [
        ("id", "konsentrasi pasukan yang tidak biasa untuk ke-2 kalinya tahun ini", 2, "year", None),
        ("id", "Ini kali ketiga pada 2021 pasukan dipusatkan di sana", 3, "year", 2021),
        ("en", "troops gathered for the second time this year", 2, "year", None),
        ("en", "the 4th time in the past 18 months that they clashed", 4, "months", 18),
        ("en", "the second time in a year", 2, "months", 12),
    ],
)  # fmt: skip
def test_a_count_has_its_number_and_its_period(
    language: str, text: str, ordinal: int, period: str, number: int | None
) -> None:
    [found] = ordinals(text, language)
    assert (found.ordinal, found.period, found.number) == (ordinal, period, number)
