"""Number words and figures of both languages."""

from __future__ import annotations

import pytest

from siaga.extract.numbers import find_numbers
from siaga.extract.tokens import tokenise


def ranges(code: str, text: str) -> list[tuple[float, float | None]]:
    return [(number.minimum, number.maximum) for number in find_numbers(tokenise(text).lowers, code)]


@pytest.mark.parametrize(
    ("code", "text", "minimum", "maximum"),
    [
        ("id", "puluhan ribu", 10_000, None),
        ("id", "ratusan", 100, None),
        ("id", "belasan ribu", 11_000, 19_000),
        ("id", "dua belas", 12, 12),
        ("id", "seratus dua puluh tiga", 123, 123),
        ("id", "seribu dua ratus", 1_200, 1_200),
        ("id", "1,5 juta", 1_500_000, 1_500_000),
        ("id", "10.000", 10_000, 10_000),
        ("id", "2-3 juta", 2_000_000, 3_000_000),
        ("id", "sedikitnya 20", 20, None),
        ("id", "hingga 30.000", 0, 30_000),
        ("id", "sekitar 300", 300, 300),
        ("en", "tens of thousands", 10_000, None),
        ("en", "dozens", 24, None),
        ("en", "two dozen", 24, 24),
        ("en", "twenty-three", 23, 23),
        ("en", "Twenty-three", 23, 23),
        ("en", "two hundred and five", 205, 205),
        ("en", "1.5 million", 1_500_000, 1_500_000),
        ("en", "10,000", 10_000, 10_000),
        ("en", "more than 20", 20, None),
        ("en", "up to 30,000", 0, 30_000),
        ("en", "20-30", 20, 30),
        ("en", "between 20 and 30", 20, 30),
        ("id", "antara 20 dan 30", 20, 30),
        ("en", "3.8bn", 3_800_000_000, 3_800_000_000),
    ],
)
def test_a_number_is_read_as_its_range(code: str, text: str, minimum: float, maximum: float | None) -> None:
    assert ranges(code, text) == [(minimum, maximum)]


def test_numbers_joined_by_and_stay_two() -> None:
    assert ranges("en", "five and six") == [(5, 5), (6, 6)]


def test_a_dotted_date_is_no_number() -> None:
    assert ranges("id", "pada 30.11.2021") == []


def test_the_modifier_belongs_to_the_span_and_the_core_starts_after_it() -> None:
    [number] = find_numbers(tokenise("killed at least 20 people").lowers, "en")
    assert (number.first, number.core, number.last) == (1, 3, 4)
