"""What is stored is passed over; what is read is saved batch by batch, even if the run is cut short."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.invented import reading
from siaga.base.article import Article, Reject
from siaga.base.document import Reading
from siaga.store.database import reading_from
from siaga.store.intake import taking_in
from siaga.store.save import Saved
from siaga.store.segments import manifest
from tests.unit.store.shelves import counts, filled, workspace

pytestmark = pytest.mark.usefixtures("store")

REJECT = Reject(stage="load", id="x", reason="empty", message="no bytes at all")


def this_reader(language: str | None) -> str:
    del language
    return "siaga 0.1.0 id-1"


def test_stored_articles_are_passed_over_and_counted(tmp_path: Path) -> None:
    found: list[Article | Reject] = [*(reading(number).article for number in range(25)), REJECT]
    with taking_in(filled(tmp_path)) as intake:
        assert list(intake.unsaved(found, this_reader)) == found[20:]
    assert intake.saved == Saved(known=20)


def test_articles_read_by_another_reader_count_as_kept(tmp_path: Path) -> None:
    with taking_in(filled(tmp_path)) as intake:
        assert list(intake.unsaved([reading(3).article], lambda language: f"siaga 9.9 {language}-2")) == []
    assert intake.saved == Saved(kept=1)


def test_another_text_under_a_stored_id_is_not_passed_over(tmp_path: Path) -> None:
    other = reading(3).article.replace(text="Another text.")
    with taking_in(filled(tmp_path)) as intake:
        assert list(intake.unsaved([other], this_reader)) == [other]


def test_results_pass_through_and_are_saved(tmp_path: Path) -> None:
    where = workspace(tmp_path, batch=4)
    results: list[Reading | Reject] = [*map(reading, range(10)), REJECT]
    with taking_in(where) as intake:
        assert list(intake.saving(results)) == results
    assert intake.saved == Saved(articles=10, events=120, rejects=1)
    assert counts(where)["article"] == 10


def broken(after: int, error: BaseException) -> Iterator[Reading]:
    yield from map(reading, range(after))
    raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), BrokenPipeError(), ValueError("ours")])
def test_what_was_read_before_an_end_is_saved(error: BaseException, tmp_path: Path) -> None:
    where = workspace(tmp_path, batch=4)
    with pytest.raises(type(error)), taking_in(where) as intake:
        list(intake.saving(broken(7, error)))
    assert counts(where)["article"] == 7


def test_events_that_gather_are_sealed_by_themselves(tmp_path: Path) -> None:
    where = workspace(tmp_path, batch=5, seal_after=100)
    with taking_in(where) as intake:
        list(intake.saving(map(reading, range(22))))
    with reading_from(where) as connection:
        assert [(one.first, one.last) for one in manifest(connection)] == [(1, 120), (121, 240)]
