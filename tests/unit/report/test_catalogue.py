"""The catalogues of report messages."""

from __future__ import annotations

from string import Formatter
from typing import get_args

import pytest

from siaga.base.errors import PackError
from siaga.base.event import EventType, Status
from siaga.base.pack import asset, languages
from siaga.report.catalogue import catalogue, catalogue_languages


def test_there_is_a_catalogue_for_every_language_pack() -> None:
    assert catalogue_languages() == languages()


@pytest.mark.parametrize("language", catalogue_languages())
def test_every_catalogue_has_the_keys_and_placeholders_of_the_english_one(language: str) -> None:
    assert shape(language) == shape("en")


@pytest.mark.parametrize("language", catalogue_languages())
def test_every_type_and_status_has_words(language: str) -> None:
    words = catalogue(language)
    forms = ("both", "actors", "recipients", "none", "within", "between")
    assert all(words.has(f"act.{type_}.{form}") for type_ in get_args(EventType) for form in forms)
    assert all(words.has(f"type.{type_}") for type_ in get_args(EventType))
    assert all(words.has(f"status.{status}") and words.has(f"brief.{status}") for status in get_args(Status))


@pytest.mark.parametrize("language", catalogue_languages())
def test_every_mode_of_the_ontology_has_a_noun(language: str) -> None:
    lines = [line for line in asset("ontology", "modes.csv").read_text("utf-8").splitlines() if line[:1] != "#"]
    modes = [line.split(",")[:2] for line in lines[1:]]
    assert len(modes) > 50
    assert [mode for mode in modes if not catalogue(language).has(f"noun.{mode[0]}.{mode[1]}")] == []


@pytest.mark.parametrize("language", catalogue_languages())
def test_no_two_messages_of_a_kind_are_the_same(language: str) -> None:
    words = catalogue(language)
    for kind in ("status.", "type.", "brief."):
        told = [message for key, message in words.messages.items() if key.startswith(kind)]
        assert len(set(told)) == len(told)


def test_an_unknown_message_or_language_is_an_error_that_says_where() -> None:
    with pytest.raises(PackError, match=r"report/en\.toml: no message 'brief\.nonsense'"):
        catalogue("en").say("brief.nonsense")
    with pytest.raises(PackError, match="no report catalogue 'xx'; there are en, id"):
        catalogue("xx")


@pytest.mark.parametrize(
    ("language", "day", "number", "listed"),
    [
        ("en", "2 May 2031", "13,000", "Norway, Sweden and Finland"),
        ("id", "2 Mei 2031", "13.000", "Norway, Sweden dan Finland"),
    ],
)
def test_days_numbers_and_lists_are_written_as_the_language_does(
    language: str, day: str, number: str, listed: str
) -> None:
    words = catalogue(language)
    assert words.day("2031-05-02T10:00:00+07:00") == day
    assert words.number(13000) == number
    assert words.listed(["Norway", "Sweden", "Finland"]) == listed
    assert words.listed(["Norway"]) == "Norway"


def shape(language: str) -> dict[str, frozenset[str]]:
    """Every key with its placeholders."""
    return {
        key: frozenset(field for _, field, _, _ in Formatter().parse(message) if field)
        for key, message in catalogue(language).messages.items()
    }
