"""A page of any kind gives an article or a reject with its reason, never a traceback."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siaga.base.article import Article, Page, Reject
from siaga.collect.article import articles, quick_articles, quick_page
from siaga.collect.decode import decode
from siaga.collect.load import load

SHARED = Path(__file__).parents[3] / "../shared"
PARAGRAPHS = (
    "Para menteri luar negeri bertemu di ibu kota Latvia untuk membahas perbatasan pada Selasa.",
    "“Kami siap,” kata juru bicara aliansi itu kepada wartawan setelah rapat ditutup.",
    "Rapat berikutnya akan digelar pada bulan depan di kota yang sama.",
)


def read(body: bytes) -> list[Article | Reject]:
    return list(articles(load(["-"], io.BytesIO(body))))


def article(body: bytes) -> Article:
    [found] = read(body)
    assert isinstance(found, Article), found
    return found


def code_of(body: bytes) -> str:
    [found] = read(body)
    assert isinstance(found, Reject), found
    return found.reason


def line(**fields: object) -> bytes:
    return json.dumps({"id": "a1", "text": "\n".join(PARAGRAPHS), **fields}).encode()


def page_of(*blocks: str, head: str = "") -> bytes:
    body = f"<body><article>{''.join(blocks)}</article></body>"
    return f"<!doctype html><html lang='id'><head>{head}</head>{body}</html>".encode()


def test_plain_text_is_paragraphs_by_line() -> None:
    found = article("\r\n\r\n".join(PARAGRAPHS).encode())
    assert found.text == "\n".join(PARAGRAPHS)
    assert (found.title, found.source, found.published, found.published_basis) == (None, None, None, None)


def test_markup_is_its_main_text_and_metadata() -> None:
    body = page_of(
        "<h1>Rapat di Riga</h1>",
        *(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS),
        "<div class='linksisip'>Baca juga: Harga Cabai Naik</div>",
        head="<meta property='article:published_time' content='2021-11-30T16:45:00+07:00'>",
    )
    found = article(body)
    assert found.text == "\n".join(PARAGRAPHS)
    assert (found.title, found.published, found.language) == ("Rapat di Riga", "2021-11-30T16:45:00+07:00", "id")
    assert [block.reason for block in found.dropped] == ["read-also"]


def test_json_lines_give_their_fields_and_tolerate_others() -> None:
    found = article(
        line(title="Rapat", date="2021-11-30", source="Kabar", url="https://k.example", lang="id", extra=[1])
    )
    assert (found.id, found.title, found.published, found.published_basis) == ("a1", "Rapat", "2021-11-30", "metadata")
    assert (found.source, found.url, found.language, found.warnings) == ("Kabar", "https://k.example", "id", ())


def test_nulls_and_numbers_in_json_lines_are_tolerated() -> None:
    found = article(line(id=7, title=None, date=None, source=None, url=3, lang=None))
    assert (found.id, found.title, found.url, found.warnings) == ("7", None, None, ())


def test_a_date_out_of_range_is_null_with_a_warning() -> None:
    found = article(line(date="0021-11-30"))
    assert (found.published, found.published_basis) == (None, None)
    assert "0021-11-30" in found.warnings[0]


def test_a_broken_line_is_rejected_by_its_number_and_the_rest_is_read() -> None:
    first, second, third, fourth = read(b"\n".join([line(), b'{"id": "x", "text"', b'{"id": "x"}', line(id="b")]))
    assert isinstance(first, Article)
    assert isinstance(second, Reject)
    assert (second.id, second.reason) == ("-:2", "broken_json")
    assert isinstance(third, Reject)
    assert (third.id, third.reason) == ("-:3", "missing_field")
    assert isinstance(fourth, Article)


def test_lone_surrogates_do_not_crash() -> None:
    found = article(b'{"id": "\\ud800", "text": "Riga \\udc00 memanas.", "title": "\\ud83d"}')
    assert found.text == "Riga \ufffd memanas."
    found.to_json()


def test_the_text_is_normal_form_c_and_emoji_stay() -> None:
    assert article("Nin\u0303o 👩\u200d👧 di\u00a0Riga\u200b.".encode()).text == "Niño 👩\u200d👧 di Riga."


def test_the_same_page_has_the_same_id_and_another_has_another() -> None:
    first, again, other = (article(text.encode()) for text in (PARAGRAPHS[0], PARAGRAPHS[0], PARAGRAPHS[1]))
    assert first.id == again.id != other.id


def test_rejects_pass_through() -> None:
    reject = Reject(stage="load", id="x", reason="empty", message="")
    assert list(articles([reject])) == [reject]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"12345 !!! 67", "no_text"),
        (b"ADVERTISEMENT", "no_text"),
        (b"<html></html>", "no_text"),
        (b"<html><body>" + b"<div>" * 5000 + b"Riga", "too_deep"),
        (b"<html><body><p " + b"a " * 3000 + b">Riga</p>", "too_many_attributes"),
        (b"<html>" + b"a" * 6_000_000, "too_large"),
        (b"\xff\xfe" + b"\x00\xd8" * 100, "mis_encoded"),
        (b'{"id": "a", "text": "123"}', "no_text"),
        (b'{"id": "a", "text": ["Riga"]}', "missing_field"),
        (b'{"id": "a", "text": ' + b"[" * 50_000, "broken_json"),
        (b'{"id": "a"', "broken_json"),
    ],
)
def test_what_is_no_article_has_its_code(body: bytes, code: str) -> None:
    assert code_of(body) == code


@pytest.mark.parametrize("stage", [articles, quick_articles])
def test_a_page_that_breaks_a_parser_is_a_reject_and_the_rest_goes_on(
    stage: Callable[[Iterable[Page | Reject]], Iterator[Article | Reject]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(body: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
        if b"evil" in body:
            raise ValueError("unheard of")
        return decode(body, charset)

    monkeypatch.setattr("siaga.collect.article.decode", breaks)
    good = b"<html><body><p>Riga is quiet, said the mayor of the city on Tuesday.</p></body></html>"
    pages = [Page(name=name, body=body, kind="html") for name, body in (("a", b"<p>evil</p>"), ("b", good))]
    broken, article = stage(pages)
    assert isinstance(broken, Reject)
    assert (broken.stage, broken.id, broken.reason) == ("collect", "a", "internal_error")
    assert "unheard of" in broken.message
    assert isinstance(article, Article)


HOSTILE = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(max_size=200).map(lambda text: f"<html><body><p>{text}</p>".encode("utf-8", "surrogatepass")),
    st.binary(max_size=200).map(lambda body: b"<html><p>" + body),
    st.binary(max_size=200).map(lambda body: b'{"id": "a", "text": "' + body),
    st.dictionaries(
        st.sampled_from(["id", "text", "date", "title", "lang"]), st.text() | st.none() | st.integers()
    ).map(lambda fields: json.dumps(fields).encode()),
    st.binary(max_size=200).map(gzip.compress),
    st.binary(max_size=200).map(lambda body: gzip.compress(body)[:-3]),
)


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_any_bytes_give_articles_or_rejects(body: bytes) -> None:
    found = read(body)
    assert found
    for thing in found:
        assert isinstance(thing, Article | Reject)
        thing.to_json()


def test_a_page_may_come_from_anywhere() -> None:
    page = Page(name="x", body=PARAGRAPHS[0].encode(), url="https://kabar.example/x")
    [found] = articles([page])
    assert isinstance(found, Article)
    assert found.url == "https://kabar.example/x"


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared pages")
def test_the_seed_keeps_nine_paragraphs_and_drops_eleven_lines() -> None:
    found = article((SHARED / "seed/umatpost.txt").read_bytes())
    assert found.text.count("\n") + 1 == 9
    assert len(found.dropped) == 11
    assert {block.reason for block in found.dropped} == {"related-list"}
    assert (found.source, found.published) == ("UmatPost", None)


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared pages")
@pytest.mark.parametrize("layout", "ABCDEFGH")
def test_the_layouts_lose_no_paragraph_and_keep_no_junk(layout: str) -> None:
    folder = SHARED / "data/pages/indonesian_layouts"
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    [path] = folder.glob(f"{layout}_*.html")
    found = article(path.read_bytes())
    assert [paragraph for paragraph in gold["P"] if paragraph not in found.text] == []
    assert [junk for junk in gold["BJ"] + gold["REL"] if junk in found.text] == []
    assert (found.title, found.published) == (gold["T"], "2021-11-30T16:45:00+07:00")
    assert found.language == "id"


def test_the_headline_and_the_day_above_the_text_are_dropped() -> None:
    found = article(line(title="Rapat di Riga", text="Rapat di Riga\n30 November 2021\n" + PARAGRAPHS[0]))
    assert found.text.strip() == PARAGRAPHS[0]
    assert [block.reason for block in found.dropped] == ["credit"]
    dated = article(f"Selasa, 30 November 2021 16:45 WIB\n{PARAGRAPHS[0]}".encode())
    assert (dated.text, dated.published) == (PARAGRAPHS[0], "2021-11-30T16:45:00+07:00")


def test_what_json_lines_leave_open_is_read_from_the_address_and_the_text() -> None:
    text = "UmatPost - " + PARAGRAPHS[0]
    found = article(line(text=text, url="https://kabar.example/2021/11/30/rapat", date="kemarin"))
    assert (found.source, found.published, found.published_basis) == ("UmatPost", "2021-11-30", "url")
    assert len(found.warnings) == 1


@pytest.mark.parametrize("url", ["http://[broken", "not an address", "\ud800", ""])
def test_an_address_that_is_none_does_not_crash(url: str) -> None:
    assert article(line(url=url)).published is None


def test_each_dropped_block_says_where_in_the_text_it_stood() -> None:
    text = (
        f"{PARAGRAPHS[0]}\nBaca juga: Harga Naik\nMenteri\nBudi Santoso\n, kata dia, hadir.\nIklan\n"
        "Pasukan ditarik (baca juga: Moskow Tarik Pasukan) pada Senin.\nArtikel Terkait\nHarga Cabai Naik Lagi"
    )
    found = article(line(text=text))
    places = {block.text: block.at for block in found.dropped}
    assert found.text[: places["Baca juga: Harga Naik"]].rstrip() == PARAGRAPHS[0]
    assert str(found.text[places["Baca juga: Harga Naik"] :]).startswith("Menteri\nBudi Santoso, kata dia")
    assert str(found.text[places["Iklan"] :]).startswith("Pasukan ditarik")
    assert found.text[: places["(baca juga: Moskow Tarik Pasukan)"]].endswith("Pasukan ditarik ")
    assert places["Artikel Terkait"] == places["Harga Cabai Naik Lagi"] == len(found.text)


BLOCKS = st.sampled_from(
    (*PARAGRAPHS, "Iklan", "Baca juga: Harga Naik", "(ab/cd)", "Menteri", ", kata dia", "Riga (foto: dok. X)")
)


@settings(max_examples=200, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=8))
def test_places_of_dropped_blocks_lie_in_the_text_and_in_order(blocks: list[str]) -> None:
    [found] = read(line(text="\n".join(blocks)))
    if isinstance(found, Article):
        places = [block.at for block in found.dropped]
        assert all(place is not None and 0 <= place <= len(found.text) for place in places)
        assert places == sorted(place for place in places if place is not None)


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared pages")
@pytest.mark.parametrize("layout", "ABCDEFGH")
def test_the_fast_lane_loses_no_paragraph_of_the_layouts(layout: str) -> None:
    folder = SHARED / "data/pages/indonesian_layouts"
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    [path] = folder.glob(f"{layout}_*.html")
    found = quick_page(Page(name=layout, body=path.read_bytes(), kind="html"))
    assert [paragraph for paragraph in gold["P"] if paragraph not in found.text] == []
    assert [junk for junk in gold["BJ"] + gold["REL"] if junk in found.text] == []
