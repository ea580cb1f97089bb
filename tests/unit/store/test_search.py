"""Words are found, whatever users type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.invented import reading
from siaga.base.errors import SearchError
from siaga.store.connection import Connection
from siaga.store.database import reading_from
from siaga.store.search import Asked, plain_words, search
from tests.unit.store.shelves import put, workspace

pytestmark = pytest.mark.usefixtures("store")

TEXTS = {
    "riga": ("NATO di Riga", "Para menteri luar negeri bertemu di Riga untuk membahas Laut Hitam.", "2021-11-30", "id"),
    "lodz": (None, "Ministers met in Łódź, and the café was full: mobilisation, mobilised.", "2021-12-02", "en"),
    "laut": ("Kapal", "Kapal hitam berlayar di laut yang tenang. Riga tidak disebut lagi.", "2022-01-05", "id"),
}


@pytest.fixture(scope="module")
def connection(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:  # noqa: ARG001 - made on this store
    where = workspace(tmp_path_factory.mktemp("store"))
    for number, (id_, (title, text, day, language)) in enumerate(TEXTS.items()):
        plain = reading(number, events=0)
        article = plain.article.replace(id=id_, title=title, text=text, published=day, language=language)
        put(where, [plain.replace(article=article, quotes=(), forecasts=())])
    with reading_from(where) as opened:
        yield opened


def found(connection: Connection, typed: str, **more: object) -> list[str]:
    asked = Asked(words=plain_words(typed), **more)  # type: ignore[arg-type]
    return [one.article.id for one in search(connection, asked)]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("riga", ["riga", "laut"]),
        ("RIGA nato", ["riga"]),
        ("laut hitam", ["riga", "laut"]),
        ('"laut hitam"', ["riga"]),
        ("mobilis*", ["lodz"]),
        ("mobilis", []),
        ("cafe", ["lodz"]),
        ("kapal -laut", ["laut"]),
        ("riga AND", []),
        ("", []),
        ('" - "', []),
        ("*", []),
    ],
)
def test_words(connection: Connection, typed: str, ids: list[str]) -> None:
    assert sorted(found(connection, typed)) == sorted(ids)


def test_a_word_in_the_title_counts_more(connection: Connection) -> None:
    assert found(connection, "riga") == ["riga", "laut"]


def test_conditions(connection: Connection) -> None:
    assert found(connection, "riga", since="2022-01-01") == ["laut"]
    assert found(connection, "riga", until="2021-11-30") == ["riga"]
    assert found(connection, "riga", language="en") == []
    assert found(connection, "riga", source=reading(0).article.source) == ["riga"]
    assert found(connection, "riga", most=1) == ["riga"]


def test_the_words_found_are_marked_in_code_points(connection: Connection) -> None:
    [one] = search(connection, Asked(words=plain_words("cafe mobilis*")))
    assert [one.snippet[mark.start : mark.end] for mark in one.marks] == ["café", "mobilisation", "mobilised"]


def test_a_raw_question_that_is_none_is_told(connection: Connection) -> None:
    assert [one.article.id for one in search(connection, Asked(words="riga NOT nato"))] == ["laut"]
    with pytest.raises(SearchError, match=r"'AND \(' is no question to FTS5: .*syntax error"):
        list(search(connection, Asked(words="AND (")))


@given(typed=st.text(st.characters(codec="utf-8"), max_size=40))
def test_nothing_that_is_typed_is_an_error(connection: Connection, typed: str) -> None:
    found(connection, typed)
