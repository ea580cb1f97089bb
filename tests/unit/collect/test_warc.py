"""Web archives give all their good pages, whatever is broken between them, and every broken record is listed."""

from __future__ import annotations

import gzip
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siaga.base.article import Page, Reject
from siaga.collect.article import articles
from siaga.collect.load import load
from siaga.collect.members import LARGEST_MEMBER
from siaga.collect.warc import MOST_BYTES
from tests.unit.collect.archive import DAMAGES, Damage, Row, address, answer, archive, page, record, rows


def read(body: bytes) -> list[Page | Reject]:
    return list(load(["-"], io.BytesIO(body)))


def the_reject(body: bytes) -> Reject:
    [found] = read(body)
    assert isinstance(found, Reject), found
    return found


def addresses(found: list[Page | Reject]) -> list[str | None]:
    return [one.url for one in found if isinstance(one, Page)]


@pytest.mark.parametrize("zipped", [False, True])
def test_a_web_archive_is_known_by_what_it_holds_and_gives_its_pages(zipped: bool) -> None:  # noqa: FBT001
    first, second = read(archive([Row(1), Row(2)], zipped=zipped))
    assert isinstance(first, Page)
    assert (first.url, first.name, first.kind, first.charset) == (address(1), f"-#{address(1)}", "html", "utf-8")
    assert first.body == page(1)
    assert isinstance(second, Page)


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_broken_record_is_one_reject_and_those_around_it_are_read(damage: Damage, zipped: bool) -> None:  # noqa: FBT001
    found = read(archive([Row(1), Row(2, damage), Row(3), Row(4)], zipped=zipped))
    assert addresses(found) == [address(1), address(3), address(4)]
    [reject] = [one for one in found if isinstance(one, Reject)]
    assert reject.reason == ("unreadable" if damage == "packed body" else "broken_record")
    assert reject.id == f"-#{address(2)}"


@pytest.mark.parametrize("zipped", [False, True])
def test_of_a_thousand_pages_with_one_in_a_hundred_broken_all_good_ones_are_read(zipped: bool) -> None:  # noqa: FBT001
    wanted = rows(1000, 100)
    found = read(archive(wanted, zipped=zipped))
    assert addresses(found) == [address(row.number) for row in wanted if row.damage is None]
    rejects = [one.id for one in found if isinstance(one, Reject)]
    assert rejects == [f"-#{address(row.number)}" for row in wanted if row.damage]


def test_the_first_and_the_last_record_may_be_broken() -> None:
    for zipped in (False, True):
        body = archive([Row(1, "long length"), Row(2), Row(3)], zipped=zipped)
        assert addresses(read(body)) == [address(2), address(3)]
        assert addresses(read(body[:-30])) == [address(2)]
        assert isinstance(read(body[:-30])[-1], Reject)


def test_broken_records_in_a_row_are_each_listed() -> None:
    found = read(archive([Row(1), Row(2, "bits"), Row(3, "long length"), Row(4, "cut off"), Row(5)], zipped=True))
    assert addresses(found) == [address(1), address(5)]
    assert [one.id for one in found if isinstance(one, Reject)] == [f"-#{address(number)}" for number in (2, 3, 4)]


def test_garbage_between_members_is_passed_over_and_told() -> None:
    first, garbage, last = read(archive([Row(1)], zipped=True) + b"\x1f\x8b\x08" * 40 + archive([Row(2)], zipped=True))
    assert isinstance(first, Page)
    assert isinstance(garbage, Reject)
    assert isinstance(last, Page)


def test_an_archive_that_is_one_gzip_is_read_as_a_stream() -> None:
    plain = archive([Row(1), Row(2)], zipped=False)
    assert len(addresses(read(gzip.compress(plain)))) == 2
    film = record(b"\x00" * (LARGEST_MEMBER + 10), uri="http://kabar.example/film", kind="resource")
    whole = gzip.compress(plain + film + plain, compresslevel=1)
    assert len(addresses(read(whole))) in {2, 4}
    assert all(one.reason in {"binary", "broken_record"} for one in read(whole) if isinstance(one, Reject))


def test_good_records_before_the_damage_of_one_big_gzip_are_read() -> None:
    whole = gzip.compress(archive([Row(number) for number in range(200)], zipped=False))
    found = read(whole[: len(whole) * 2 // 3])
    assert len(addresses(found)) > 80
    assert isinstance(found[-1], Reject)


def test_a_bomb_in_a_member_or_a_body_is_a_reject_and_the_rest_is_read() -> None:
    bomb = gzip.compress(b"WARC/1.0\r\n" + b"\x00" * (3 * LARGEST_MEMBER), compresslevel=9)
    body = answer(gzip.compress(b"<p>Riga " + b" " * (5 * MOST_BYTES)), "Content-Encoding: gzip")
    begun = time.process_time()
    found = read(archive([Row(1)], zipped=True) + bomb + gzip.compress(record(body, uri=address(2)))
                 + archive([Row(3)], zipped=True))  # fmt: skip
    assert time.process_time() - begun < 2
    assert addresses(found) == [address(1), address(3)]
    assert [one.reason for one in found if isinstance(one, Reject)] == ["broken_record", "too_large"]


def test_what_is_no_page_is_passed_over_or_has_its_code() -> None:
    own = record(b"software: x", uri="x", kind="warcinfo") + record(b"GET /", uri="x", kind="request")
    assert the_reject(own).reason == "empty"
    assert the_reject(record(answer(b"gone", status="404 Not Found"), uri="x")).reason == "http_status"
    image = answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20).replace(b"text/html", b"image/png")
    assert the_reject(record(image, uri="x")).reason == "binary"
    twice = answer(gzip.compress(gzip.compress(b"<p>Riga")), "Content-Encoding: gzip, gzip")
    assert the_reject(record(twice, uri="x")).reason == "unreadable"
    assert the_reject(record(answer(b" "), uri="x")).reason == "empty"


def test_a_body_is_unpacked_or_taken_as_it_was_archived() -> None:
    packed = answer(gzip.compress(page(1)), "Content-Encoding: gzip")
    unpacked = answer(page(1), "Content-Encoding: gzip")
    chunked = answer(b"5\r\n<html\r\n3\r\n><p\r\n0\r\n\r\n", "Transfer-Encoding: chunked")
    for block, body in ((packed, page(1)), (unpacked, page(1)), (chunked, b"<html><p")):
        [found] = read(record(block, uri=address(1)))
        assert isinstance(found, Page)
        assert found.body == body


def test_the_charset_of_the_server_counts() -> None:
    body = answer("<p>Rapat digelar di Łódź pada Selasa.</p>".encode("iso-8859-2")).replace(b"utf-8", b"iso-8859-2")
    [article] = articles(read(record(body, uri=address(1))))
    assert not isinstance(article, Reject)
    assert article.text == "Rapat digelar di Łódź pada Selasa."


@pytest.mark.parametrize(
    "piece", [b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"WARC/1.0\r\nContent-Length: 9\r\n\r\n", b"\r\n", b"W"]
)
def test_hostile_archives_are_scanned_in_linear_time(piece: bytes) -> None:
    begun = time.process_time()
    read(b"WARC/1.0\r\n" + piece * (4_000_000 // len(piece)))
    read(gzip.compress(b"WARC/1.0\r\n") + piece * (2_000_000 // len(piece)))
    assert time.process_time() - begun < 10


BROKEN = st.one_of(
    st.binary(max_size=200), st.sampled_from([archive([Row(1)], zipped=zipped) for zipped in (True, False)])
)


@settings(max_examples=150, deadline=None)
@given(st.lists(BROKEN, min_size=1, max_size=5), st.booleans())
def test_any_bytes_after_a_good_record_leave_it_read(pieces: list[bytes], zipped: bool) -> None:  # noqa: FBT001
    found = read(archive([Row(7)], zipped=zipped) + b"\r\n\r\n".join(pieces))
    assert all(isinstance(one, Page | Reject) for one in found)
    assert zipped is False or addresses(found)[0] == address(7)
