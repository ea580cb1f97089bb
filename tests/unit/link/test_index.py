"""The indexes in memory and in the store keep one contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.invented import reading
from siaga.base.lineage import MOST_SHARING, CandidateIndex, Sketch
from siaga.link.index import FRESH, MemoryIndex
from siaga.store.candidates import StoredIndex
from siaga.store.database import writing_to
from siaga.store.save import save
from siaga.store.workspace import lay_out
from tests.unit.store.shelves import MOMENT

IDS = tuple(reading(number).article.id for number in range(MOST_SHARING + 2))


@pytest.fixture(params=["memory", "store"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CandidateIndex]:
    if request.param == "memory":
        yield MemoryIndex()
        return
    with writing_to(lay_out(tmp_path, {})) as connection:
        save(connection, map(reading, range(len(IDS))), MOMENT)
        yield StoredIndex(connection)


def of(place: int, *keys: int, digest: int = 0) -> Sketch:
    return Sketch(id=IDS[place], digest=digest or place + 1, keys=keys)


def found(index: CandidateIndex, sketch: Sketch, most: int = 9) -> list[tuple[str, bool, float]]:
    return [(one.id, one.exact, round(one.shared, 6)) for one in index.candidates(sketch, most=most)]


def test_who_shares_most_comes_first_and_rare_keys_weigh_most(index: CandidateIndex) -> None:
    for sketch in (of(0, 1, 2, 3), of(1, 3, 4), of(2, 3, 4, 5, 2**62)):
        index.add(sketch)
    assert found(index, of(3, 1, 3, 4, 2**62)) == [
        (IDS[2], False, round(1 + 1 / 2 + 1 / 3, 6)),
        (IDS[0], False, round(1 + 1 / 3, 6)),
        (IDS[1], False, round(1 / 2 + 1 / 3, 6)),
    ]
    assert len(found(index, of(3, 1, 3, 4), most=2)) == 2


def test_who_shares_one_key_alone_is_no_candidate(index: CandidateIndex) -> None:
    index.add(of(0, 1, 2))
    assert found(index, of(1, 2, 3)) == []
    assert found(index, of(1, 1, 2, 3)) == [(IDS[0], False, 2.0)]


def test_exact_copies_come_before_all_others_even_without_keys(index: CandidateIndex) -> None:
    index.add(of(0, 1, 2, 3))
    index.add(of(1, digest=77))
    assert found(index, of(2, 1, 2, digest=77)) == [(IDS[1], True, 0.0), (IDS[0], False, 2.0)]


def test_an_article_is_no_candidate_for_itself(index: CandidateIndex) -> None:
    index.add(of(0, 1, 2))
    assert found(index, of(0, 1, 2)) == []


def test_added_twice_is_added_once(index: CandidateIndex) -> None:
    index.add(of(0, 1, 2))
    index.add(of(0, 1, 2))
    assert found(index, of(1, 1, 2)) == [(IDS[0], False, 2.0)]


def test_what_is_removed_was_never_there(index: CandidateIndex) -> None:
    index.add(of(0, 1, 2))
    before = found(index, of(1, 1, 2))
    index.add(of(2, 1, 2, digest=2))
    index.remove(IDS[2])
    assert found(index, of(1, 1, 2)) == before
    index.remove(IDS[2])
    index.add(of(2, 1, 2))
    assert found(index, of(1, 1, 2)) == sorted([(IDS[0], False, 1.0), (IDS[2], False, 1.0)])


def test_a_key_that_too_many_have_says_nothing(index: CandidateIndex) -> None:
    for place in range(MOST_SHARING):
        index.add(of(place, 8, 9))
    assert len(found(index, of(MOST_SHARING, 8, 9), most=99)) == MOST_SHARING
    index.add(of(MOST_SHARING, 9))
    assert found(index, of(MOST_SHARING + 1, 8, 9), most=99) == []


def test_sorted_runs_in_memory_find_what_fresh_keys_did() -> None:
    index, each = MemoryIndex(), FRESH // 3
    for place in range(8):
        index.add(of(place, *range(place * each, (place + 1) * each)))
    asked = of(9, *(place * each + step for place in (0, 1, 7) for step in (0, 1)))
    assert found(index, asked) == sorted((IDS[place], False, 2.0) for place in (0, 1, 7))
    index.remove(IDS[0])
    assert found(index, asked) == sorted((IDS[place], False, 2.0) for place in (1, 7))
