"""Bytes become characters in one normal form, with a warning for what was guessed."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.errors import RejectError
from siaga.collect.decode import decode, looks_binary, normalise

TEXT = "“Kami siap,” kata Menlu di Riga — café São Tomé. " * 3


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_the_charsets_news_comes_in(charset: str) -> None:
    assert decode(TEXT.encode(charset)).text == TEXT


def test_only_guesses_are_warned_of() -> None:
    assert decode(TEXT.encode()).warnings == ()
    assert decode(TEXT.encode("cp1252")).warnings == ("read as cp1252",)


def test_a_declared_charset_is_believed() -> None:
    page = "<meta charset='windows-1251'><p>Встреча министров прошла в Риге во вторник</p>"
    assert decode(page.encode("cp1251")).text == page


def test_an_undeclared_foreign_charset_is_guessed() -> None:
    text = "Встреча министров иностранных дел прошла в Риге во вторник, сообщил представитель альянса. " * 5
    found = decode(text.encode("koi8-r"))
    assert found.warnings != ()


def test_a_few_broken_bytes_do_not_spoil_a_text() -> None:
    body = (TEXT * 20).encode() + b" \xff akhir"
    text, warnings = decode(body)
    assert text.startswith("“Kami siap")
    assert warnings == ("1 unreadable characters",)


def test_utf_16_that_is_none_is_mis_encoded() -> None:
    with pytest.raises(RejectError) as caught:
        decode(b"\xff\xfe" + b"\x00\xd8\x00\xd8" * 50)
    assert caught.value.code == "mis_encoded"


def test_text_has_one_kind_of_space_and_nothing_invisible() -> None:
    assert normalise("Riga\u00a0\u200b memanas\u202f!\r\nBaris\u2028dua\x00") == "Riga memanas !\nBaris\ndua"


def test_emoji_and_combining_marks_survive() -> None:
    family = "👩\u200d👩\u200d👧 🇮🇩"
    assert normalise(family) == family
    assert normalise("Nin\u0303o") == "Niño"
    assert normalise("k\u0332") == "k\u0332"


def test_control_bytes_are_binary_and_a_stray_one_is_not() -> None:
    assert looks_binary(bytes(range(256)) * 4)
    assert not looks_binary(b"Riga " * 100 + b"\x00")
    assert not looks_binary("Riga".encode("utf-16"))


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.binary())
def test_any_bytes_are_read_or_mis_encoded(body: bytes) -> None:
    with suppress(RejectError):
        decode(body).text.encode("utf-8")


@pytest.mark.parametrize(
    "charset", ["punycode", "idna", "unicode_escape", "utf-7", "zlib_codec", "rot13", "no such", ""]
)
def test_what_is_no_charset_of_a_page_is_not_used_whoever_declares_it(charset: str) -> None:
    body = b"<meta charset='" + charset.encode() + b"'><p>Rapat di Riga\xa0\xe9 " + b"a-" * 100_000
    begun = time.process_time()
    assert decode(body, charset).warnings == ("read as cp1252",)
    assert time.process_time() - begun < 1
