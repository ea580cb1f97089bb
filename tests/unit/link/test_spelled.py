"""Names and figures are shown as the text writes them."""

from __future__ import annotations

from siaga.link.spelled import spelled

TEXT = (
    "SOLO.COM - Menteri Hardeep Singh Puri bertemu Puri di Grogol-Petamburan, Senin (20/10/2025), soal 3,00,000 barel."
)
NAMES = frozenset({"com", "hardeep", "singh", "puri", "grogol", "petamburan", "20", "10", "2025", "300000"})


def test_neighbours_are_one_name_and_days_one_figure() -> None:
    assert list(spelled([TEXT], NAMES)) == ["Hardeep Singh Puri", "Grogol-Petamburan", "20/10/2025", "3,00,000"]


def test_what_was_told_is_not_told_again() -> None:
    assert list(spelled(["Hardeep Singh Puri.", "Puri, Singh.", "Puri dan Grogol."], NAMES)) == [
        "Hardeep Singh Puri", "Grogol",
    ]  # fmt: skip


def test_words_that_are_no_names_there_are_left_out() -> None:
    assert list(spelled(["barel dan puri"], frozenset({"puri"}))) == []
