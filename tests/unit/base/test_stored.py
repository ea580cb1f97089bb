"""Stored records are read back tolerantly."""

from __future__ import annotations

import pytest

from siaga.base.errors import DamagedError
from siaga.base.event import Place
from siaga.base.record import Record
from siaga.base.stored import from_stored


class Inner(Record):
    name: str
    since: str | None


class Outer(Record):
    inner: Inner | None
    many: tuple[Inner, ...]
    words: tuple[str, ...]
    number: int = 3


WHOLE = Outer(inner=Inner(name="a", since=None), many=(Inner(name="b", since="2021"),), words=("c",), number=4)


def test_what_was_saved_comes_back() -> None:
    assert from_stored(WHOLE.to_json().decode(), Outer, "here") == WHOLE


def test_fields_of_a_later_version_are_left_out_at_every_depth() -> None:
    json = (
        '{"inner": {"name": "a", "since": null, "later": 1}, "later": {"x": []}, '
        '"many": [{"name": "b", "since": "2021", "later": "y"}], "words": ["c"], "number": 4}'
    )
    assert from_stored(json, Outer, "here") == WHOLE


def test_fields_that_an_earlier_version_lacked_are_null_or_empty() -> None:
    assert from_stored('{"inner": {"name": "a"}}', Outer, "here") == Outer(
        inner=Inner(name="a", since=None), many=(), words=()
    )


@pytest.mark.parametrize(
    "json", ['{"inner": {"since": "x"}}', "[]", "{broken", '{"number": "x"}', "[" * 100_000, '{"x": ' + "[" * 100_000]
)
def test_what_can_be_no_such_record_is_told_with_its_place(json: str) -> None:
    with pytest.raises(DamagedError, match="article 7: no outer can be read"):
        from_stored(json, Outer, "article 7")


def test_a_value_that_we_do_not_know_is_told() -> None:
    json = '{"name": "x", "country": null, "latitude": 1, "longitude": 2, "precision": "orbit"}'
    with pytest.raises(DamagedError, match="orbit"):
        from_stored(json, Place, "event 1")


def test_a_field_of_a_wrong_kind_before_broken_json_is_told_as_damage() -> None:
    with pytest.raises(DamagedError, match="article 7"):
        from_stored('{"name": 3, "since": ', Inner, "article 7")
