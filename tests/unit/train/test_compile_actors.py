"""Leaders of REIGN beside our own rows."""

from __future__ import annotations

from tools.compile_actors import BASIS, merge


def row(name: str, since: str, until: str, *, office: str = "president", basis: str = "own") -> dict[str, str]:
    return {
        "code": "ECU", "name": name, "aliases": "", "office": office, "valid_from": since, "valid_until": until,
        "basis": basis,
    }  # fmt: skip


def reign(name: str, since: str, until: str) -> dict[str, str]:
    return row(name, since, until, office="head", basis=BASIS)


OURS = row("Lenin Moreno", "2017-05-24", "2021-05-24")


def test_a_term_that_ends_in_the_month_in_which_ours_begins_is_kept() -> None:
    before = reign("Correa", "2007-01-15", "2017-05-31")
    assert merge([OURS], [before]) == [OURS, before]


def test_a_term_that_ours_covers_is_left_out_and_so_is_one_from_an_earlier_run() -> None:
    assert merge([OURS, reign("Old", "2001-01-01", "2002-01-31")], [reign("Moreno", "2017-05-24", "")]) == [OURS]


def test_a_minister_of_ours_covers_only_a_namesake() -> None:
    minister = row("Rafael Correa", "2005-01-01", "2016-12-31", office="foreign_minister")
    other, same = reign("Palacio", "2005-04-20", "2007-01-31"), reign("Correa", "2007-01-15", "2017-05-31")
    assert merge([minister], [other, same]) == [minister, other]
