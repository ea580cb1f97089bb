"""A plain text names its outlet before its first sentence, and its day on a line of its own."""

from __future__ import annotations

import pytest

from siaga.collect.byline import text_metadata


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("UmatPost - Menteri bertemu di Riga.", "UmatPost"),
        ("Liputan6.com, Jakarta - Menteri bertemu.", "Liputan6.com"),
        ("Jakarta, CNN Indonesia -- Menteri bertemu.", "CNN Indonesia"),
        ("JAKARTA, KOMPAS.com – Menteri bertemu.", "KOMPAS.com"),
        ("KYIV, Ukraine (Reuters) - Ministers met.", "Reuters"),
        ("Jakarta - Menteri bertemu.", None),
        ("Presiden - dan menterinya - bertemu.", None),
        ("Ministers met in Riga.", None),
    ],
)
def test_the_outlet_stands_before_the_dash(line: str, source: str | None) -> None:
    assert text_metadata([line], None).source == source


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Selasa, 30 November 2021 16:45 WIB", "2021-11-30T16:45:00+07:00"),
        ("Kabar Nusantara - 30/11/2021, 16:45 WIB", "2021-11-30T16:45:00+07:00"),
        ("November 30, 2021 04:22 pm | Updated 04:33 pm IST - Patna", "2021-11-30"),
        ("Published 30 Nov 2021, 6:05 PM GMT", "2021-11-30T18:05:00+00:00"),
        ("2021-11-30", "2021-11-30"),
        ("31 November 2021", None),
        ("Selasa (30/11)", None),
        ("30 November 1021", None),
    ],
)
def test_a_day_on_its_own_line_is_when_it_was_published(line: str, published: str | None) -> None:
    found = text_metadata([line, "Menteri bertemu."], None)
    assert (found.published, found.published_basis) == (published, "text" if published else None)


def test_a_day_below_the_first_sentence_is_another_one() -> None:
    sentence = "Berikut jadwal lengkap pertandingan yang akan digelar pekan depan di ibu kota."
    assert text_metadata([sentence, "Selasa, 30 November 2021 16:45 WIB"], None).published is None


def test_no_lines_say_nothing() -> None:
    assert text_metadata([], None).source is None
