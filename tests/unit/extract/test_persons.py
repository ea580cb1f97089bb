"""Leaders as of a day, and the persons an article has named."""

from __future__ import annotations

from siaga.base.document import Mention
from siaga.extract.actor_tables import Leader, load_leaders
from siaga.extract.persons import Known, holder


def leader(code: str, since: str, until: str | None) -> Leader:
    return Leader(
        code=code,
        name="A B",
        office="president",
        sector="GOV",
        valid_from=since,
        valid_until=until,
        basis="",
        checked="",
    )


FIRST, SECOND = leader("NLD", "2010-10-14", "2024-07-02"), leader("NATO", "2024-10-01", None)


def test_the_office_held_on_the_day_counts() -> None:
    assert holder((FIRST, SECOND), "2021-01-01", alone=True) == (FIRST, True)
    assert holder((FIRST, SECOND), "2025-01-01", alone=True) == (SECOND, True)


def test_between_two_offices_the_last_one_counts_as_former() -> None:
    assert holder((FIRST, SECOND), "2024-08-01", alone=True) == (FIRST, False)


def test_long_before_any_office_a_surname_means_nobody() -> None:
    assert holder((SECOND,), "1999-01-01", alone=True) is None
    assert holder((SECOND,), "1999-01-01", alone=False) == (SECOND, False)


def test_without_a_day_the_latest_office_counts() -> None:
    assert holder((FIRST, SECOND), None, alone=True) == (SECOND, True)


def test_terms_of_office_end_after_they_begin() -> None:
    wrong = [row for row in load_leaders() if row.valid_from and row.valid_until and row.valid_from > row.valid_until]
    assert wrong == []


def test_every_term_has_a_first_day() -> None:
    assert all(row.valid_from for row in load_leaders())


def person(name: str) -> Mention:
    return Mention(start=0, end=1, first=0, last=1, kind="person", code="IDN", name=name, sector=None)


def test_a_person_is_found_by_any_run_of_words_of_the_name() -> None:
    known, rudi = Known(), person("Rudi Budi Hartono")
    known.learn(rudi, ("Rudi", "Budi", "Hartono"))
    assert known.find(("Hartono",)) == rudi
    assert known.find(("Rudi", "Budi")) == rudi
    assert known.find(("Rudi", "Hartono")) is None


def test_of_two_namesakes_the_latest_counts() -> None:
    known, first, second = Known(), person("Ana Sari"), person("Ani Sari")
    known.learn(first, ("Ana", "Sari"))
    known.learn(second, ("Ani", "Sari"))
    assert known.find(("Sari",)) == second
    assert known.find(("Ana",)) == first


def test_a_particle_alone_is_no_name() -> None:
    known = Known()
    known.learn(person("Omar al Said"), ("Omar", "al", "Said"))
    assert known.find(("al",)) is None


def test_the_holder_of_an_office_is_the_one_met_last_or_learnt_last_of_a_country() -> None:
    known = Known()
    first = person("Ana Sari").replace(office="Presiden", code="IDN")
    second = person("Bo Lind").replace(office="Presiden", code="SWE")
    known.learn(first, ("Ana", "Sari"))
    known.learn(second, ("Bo", "Lind"))
    assert known.in_office("Presiden") == second
    assert known.in_office("Presiden", "IDN") == first
    assert known.in_office("Presiden", "NOR") is None
    known.meet(first)
    assert known.in_office("Presiden") == first
    assert known.in_office("Presiden", "SWE") == second
