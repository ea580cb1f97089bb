"""Sources as files, as lists of other readers, and in the catalogue."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from siaga.base.errors import ConfigError, RejectError
from siaga.base.pack import asset, read_cells
from siaga.base.source import Layout, Source
from siaga.collect.archive import Archive, cut_out, records_of, target_of_record
from siaga.collect.fetch.answer import Answer
from siaga.collect.fetch.target import target_of
from siaga.collect.opml import from_opml, to_opml
from siaga.collect.sources import catalogued, load_source, load_sources, outlet_of, source_id, source_text

WHOLE = Source(
    id="uji", name='Uji "Satu"', home="https://a.id/", owner="Grup", language="id", country="IDN",
    feeds=("https://a.id/feed",), sitemaps=("https://a.id/" + "s" * 90 + ".xml",), expected=12.5, paused=True,
    layout=(Layout(until=date(2025, 1, 1), keep="//a"), Layout(drop=("//b", "//c"), links="//d")),
)  # fmt: skip


def test_a_source_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "uji.toml").write_text(source_text(WHOLE), "utf-8")
    assert load_sources(tmp_path) == (WHOLE,)
    assert load_sources(tmp_path / "none") == ()


def test_a_layout_holds_until_its_day_and_then_the_next() -> None:
    assert WHOLE.layout_on(date(2025, 1, 1)) == WHOLE.layout[0]
    assert WHOLE.layout_on(date(2025, 1, 2)) == WHOLE.layout[1]
    assert WHOLE.replace(layout=WHOLE.layout[:1]).layout_on(date(2025, 1, 2)) is None


@pytest.mark.parametrize("text", ["name = 3", "nmae = 'x'", "name = 'x'\nfeeds = 'https://a.id'", "name = "])
def test_a_file_that_is_no_source_is_told_with_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "uji.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"uji\.toml"):
        load_source(tmp_path / "uji.toml")


def test_a_list_of_feeds_goes_out_and_comes_in(tmp_path: Path) -> None:
    assert tmp_path.is_dir()
    [source] = from_opml(to_opml([WHOLE]))
    assert (source.name, source.feeds, source.home, source.language) == (WHOLE.name, WHOLE.feeds, WHOLE.home, "id")
    known = from_opml(b"<opml><body><outline xmlUrl='https://www.antaranews.com/rss/a.xml'/>"
                      b"<outline text='B'><outline text='Antara' xmlUrl='https://www.antaranews.com/rss/b.xml'/></outline>"
                      b"<outline xmlUrl='javascript:alert(1)'/></body></opml>", ["antara"])  # fmt: skip
    assert [one.id for one in known] == ["antara-2", "antara-3"]
    assert {one.owner for one in known} == {"Perum LKBN Antara (state)"}
    with pytest.raises(RejectError):
        from_opml(b"<rss/>")


def test_names_of_files_are_plain_and_taken_once() -> None:
    assert source_id("https://www.kantor-berita.co.id/feed") == "kantor-berita"
    assert source_id("Le Figaro – Monde", frozenset({"le-figaro-monde"})) == "le-figaro-monde-2"
    assert source_id("://../../etc", frozenset()) == "etc"


def test_the_catalogue_has_forty_outlets_of_indonesia_and_forty_others_each_with_basis_and_day() -> None:
    outlets = catalogued()
    assert len({one.id for one in outlets}) == len({one.host for one in outlets}) == len(outlets)
    at_home = [one for one in outlets if one.country == "IDN"]
    assert len(at_home) >= 40
    assert len(outlets) - len(at_home) >= 40
    assert all(one.basis and date.fromisoformat(one.checked) for one in outlets)
    assert {one.kind for one in outlets} == {"outlet", "agency", "broadcaster"}


def test_the_catalogue_names_media_as_the_table_of_actors_does_and_its_feeds_can_be_asked_for() -> None:
    named = {line.cells.get("name_en") for line in read_cells(asset("actors", "media.csv"))}
    assert {one.media for one in catalogued()} - {None} <= named
    for one in catalogued():
        for feed in (one.feeds or "").split("|"):
            assert not feed or target_of(feed).scheme == "https"


def test_outlets_are_known_by_their_host_and_share_owners() -> None:
    detik, cnn = outlet_of("news.detik.com"), outlet_of("www.cnnindonesia.com")
    assert detik is not None
    assert cnn is not None
    assert detik.owner == cnn.owner == "CT Corp"
    assert outlet_of("com") is None
    assert outlet_of("unknown.example") is None


def answer(url: str, body: bytes = b"<p>isi</p>") -> Answer:
    headers = (("Content-Type", "text/html"), ("Set-Cookie", "id=1"), ("Content-Encoding", "gzip"))
    return Answer(
        url=url, final=url, status=200, headers=headers, body=body, moment="2026-11-28T00:00:00Z", peer="1.1.1.1"
    )


def test_answers_are_kept_as_records_of_their_own_without_cookies(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    for number in range(3):
        archive.keep(answer(f"https://a.id/{number}"))
    [file] = (tmp_path / "archive").iterdir()
    records = [record for _, record in records_of(file)]
    assert [target_of_record(record) for record in records] == [None, *(f"https://a.id/{n}" for n in range(3))]
    assert b"isi" in records[1]
    assert b"Cookie" not in records[1]
    assert b"Content-Encoding" not in records[1]


def test_other_readers_of_web_archives_read_ours(tmp_path: Path) -> None:
    fastwarc = pytest.importorskip("fastwarc.warc")
    Archive(tmp_path).keep(answer("https://a.id/1"))
    [file] = tmp_path.iterdir()
    with file.open("rb") as stream:
        found = [str(one.record_type).rpartition(".")[2] for one in fastwarc.ArchiveIterator(stream, parse_http=True)]
    assert found == ["warcinfo", "response"]


def test_what_is_taken_down_is_cut_out_and_a_file_that_ends_in_a_broken_record_is_still_read(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for number in range(3):
        archive.keep(answer(f"https://a.id/{number}", b"rahasia" if number == 1 else b"isi"))
    [file] = tmp_path.iterdir()
    assert cut_out(tmp_path, {"https://a.id/1"}) == 1
    assert cut_out(tmp_path, {"https://a.id/1"}) == 0
    assert b"rahasia" not in gzip.decompress(file.read_bytes())
    with file.open("ab") as end:
        end.write(gzip.compress(b"WARC/1.1")[:-5])
    assert len(list(records_of(file))) == 3
