"""Files, folders and standard input become pages; what can't be used becomes a reject with its reason."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from siaga.base.article import Page, Reject
from siaga.collect.load import MOST_LINE, load

SENTENCE = "Menteri bertemu di Riga pada Selasa. "
LINE = json.dumps({"id": "a1", "text": SENTENCE}).encode()


def loaded(path: Path | str, standard_input: bytes = b"") -> list[Page | Reject]:
    return list(load([str(path)], io.BytesIO(standard_input)))


def code_of(body: bytes) -> str:
    [found] = loaded("-", body)
    assert isinstance(found, Reject), found
    return found.reason


def kind_of(body: bytes) -> str:
    [found] = loaded("-", body)
    assert isinstance(found, Page), found
    return found.kind


def test_kinds_are_seen_from_content_and_not_from_the_name() -> None:
    assert kind_of(SENTENCE.encode()) == "text"
    assert kind_of(b"\n<!doctype html><html><body><p>Riga</p></body></html>") == "html"
    assert kind_of(b"<?xml version='1.0'?><html><p>Riga</p></html>") == "html"
    assert kind_of(LINE) == "jsonl"
    assert kind_of(b"\xef\xbb\xbf" + LINE) == "jsonl"
    assert kind_of("<html><p>Riga</p></html>".encode("utf-16")) == "html"


def test_a_text_that_mentions_a_tag_is_no_markup() -> None:
    assert kind_of(b"The tag <html> starts a page.") == "text"


def test_json_lines_are_one_page_a_line_named_by_their_line() -> None:
    pages = loaded("-", LINE + b"\n\n" + LINE + b"\n")
    assert [page.name for page in pages if isinstance(page, Page)] == ["-:1", "-:3"]


def test_gzip_is_seen_through_whatever_it_holds() -> None:
    assert kind_of(gzip.compress(SENTENCE.encode())) == "text"
    assert len(loaded("-", gzip.compress(b"\n".join([LINE] * 3)))) == 3


def test_lines_before_the_break_of_a_truncated_gzip_are_read() -> None:
    rows = b"".join(json.dumps({"id": number, "text": os.urandom(40).hex()}).encode() + b"\n" for number in range(3000))
    *pages, last = loaded("-", gzip.compress(rows)[:-2000])
    assert isinstance(last, Reject)
    assert last.reason == "truncated"
    assert len(pages) > 2000
    assert all(isinstance(page, Page) for page in pages)


def test_a_truncated_or_broken_gzip_of_text_is_a_reject() -> None:
    whole = gzip.compress(SENTENCE.encode() * 500)
    assert code_of(whole[:-9]) == "truncated"
    assert code_of(whole[:12] + b"\xff\xff\xff" + whole[15:]) in {"unreadable", "truncated"}
    assert code_of(b"\x1f\x8b\x00\x00") in {"unreadable", "truncated"}


def test_a_gzip_bomb_is_too_large() -> None:
    bomb = gzip.compress(b"Riga " * 11_000_000, compresslevel=1)
    assert code_of(bomb) == "too_large"
    lines = gzip.compress((b'{"a":"' + b"a" * 100_000 + b'"}\n') * 600, compresslevel=1)
    *_, last = load(["-"], io.BytesIO(lines))
    assert isinstance(last, Reject)
    assert last.reason == "too_large"


def test_a_gzip_within_a_gzip_is_refused() -> None:
    assert code_of(gzip.compress(gzip.compress(SENTENCE.encode()))) == "unreadable"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary"),
        (b"%PDF-1.7\n" + os.urandom(5000), "binary"),
        (b"\x00" * 5000, "binary"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "broken_record"),
    ],
)
def test_what_is_no_text_has_its_code(body: bytes, code: str) -> None:
    assert code_of(body) == code


def test_archives_of_files_are_not_opened_whatever_is_in_them() -> None:
    for write in (zipped, tarred):
        assert code_of(write("../../etc/passwd")) == code_of(write("/etc/passwd")) == "binary"


def zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, SENTENCE)
    return stream.getvalue()


def tarred(name: str) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(SENTENCE)
        archive.addfile(member, io.BytesIO(SENTENCE.encode()))
    return stream.getvalue()


def test_a_line_that_is_too_long_is_rejected_and_the_next_is_read() -> None:
    first, second = loaded("-", b'{"id":"' + b"a" * (MOST_LINE + 10) + b'"}\n' + LINE)
    assert isinstance(first, Reject)
    assert (first.reason, first.id) == ("too_large", "-:1")
    assert isinstance(second, Page)
    assert second.name == "-:2"


def test_a_folder_gives_its_files_in_order_and_no_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "b/a.txt", "a.txt", ".hidden"):
        (tmp_path / name).write_text(SENTENCE)
    names = [page.name for page in loaded(tmp_path) if isinstance(page, Page)]
    assert names == [str(tmp_path / name) for name in ("a.txt", "b/a.txt", "z.txt")]


def test_an_empty_folder_is_a_reject(tmp_path: Path) -> None:
    [found] = loaded(tmp_path)
    assert isinstance(found, Reject)
    assert found.reason == "empty"


def test_what_is_not_there_or_not_a_file_is_a_reject(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none", "not_found"), ("https://kabar.example/a", "not_fetched")):
        [found] = loaded(path)
        assert isinstance(found, Reject)
        assert found.reason == code
    [found] = loaded("a\x00b")
    assert isinstance(found, Reject)
    assert found.reason == "unreadable"


def test_a_big_file_of_json_lines_is_read_as_a_stream() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            rows = (LINE + b"\n") * (len(buffer) // (len(LINE) + 1) + 1)
            buffer[:] = rows[: len(buffer)]
            return len(buffer)

    pages = load(["-"], io.BufferedReader(Endless()))
    assert isinstance(next(pages), Page)


def test_an_object_over_many_lines_is_one_page_and_an_array_is_refused() -> None:
    assert kind_of(json.dumps({"id": "a", "text": SENTENCE}, indent=2).encode()) == "jsonl"
    assert code_of(json.dumps([{"id": "a", "text": SENTENCE}]).encode()) == "broken_json"
    assert kind_of(b"[Foto] Warga mengungsi ke Riga.") == "text"
