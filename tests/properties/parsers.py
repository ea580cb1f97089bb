"""Every parser of what comes from outside, with examples to change: none may meet an error that is not its own.

Used by the tests with few examples, and by `make fuzz` with many.
"""

# ruff: noqa: E501 - examples stand in one piece

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from siaga.base.alert import target_of as alert_target_of
from siaga.base.article import Article, Page
from siaga.base.config import load_config
from siaga.base.document import Reading
from siaga.base.errors import SiagaError
from siaga.base.overlay import load_overlay
from siaga.base.stored import from_stored
from siaga.collect.article import quick_page, read_page, whole_page
from siaga.collect.decode import decode, normalise
from siaga.collect.feed import moment_of, parse_feed
from siaga.collect.fetch.robots import Rules, robots_file
from siaga.collect.fetch.target import joined, target_of
from siaga.collect.fetch.unpack import unpacked
from siaga.collect.load import load
from siaga.collect.opml import from_opml
from siaga.collect.outline import Sheet, outline
from siaga.collect.sitemap import parse_sitemap
from siaga.collect.sources import load_source
from siaga.extract.checks.own import unsound
from siaga.flow import annotate
from siaga.monitor.alerting import check_rule
from siaga.monitor.panel import load_panel
from siaga.report.alert_forms import parsed_sentence
from siaga.serve.api import parameters
from siaga.serve.api.parameters import asked_of, place_of
from siaga.serve.api.problems import AskedError
from siaga.store.alert_rules import load_rule
from siaga.store.backup import Held, Manifest, verify
from siaga.store.database import reading_from, writing_to
from siaga.store.imports import format_of, import_file
from siaga.store.playbooks import read_playbook
from siaga.store.search import Asked, plain_words, search
from siaga.store.watchlists import load_watch_list
from siaga.store.workspace import Workspace, lay_out

__all__ = ["PARSERS", "Parser", "changed", "parse"]

URL = "https://example.org/news/one-two-three"
MOST_BYTES = 20_000
TOKENS = (
    b"<", b">", b"&", b'"', b"'", b"<![CDATA[", b"<!--", b"-->", b"<!ENTITY x 'y'>", b"&#x0;", b"&#55296;", b"\x00",
    b"\xff\xfe", b"\xed\xa0\x80", b"\r\n\r\n", b"[" * 3_000, b'{"a":' * 3_000, b"(" * 500, b"<div>" * 600,
    b"<ul><li>" * 300, b"9" * 400, b"-1", b"1e999", b"NaN", b"0000-00-00", b"9999-12-31T23:59:60Z", b"2021-02-30",
    b"31/11/2021", b"\xe2\x80\xae", b"\xf0\x9f\x87\xae\xf0\x9f\x87\xa9", b"../../x", b"http://[::1", b"//", b"%00%ff",
    b"\t", b",,,,", b'"""', b"= [", b"]]", b"* AND (", b"NEAR(", b"Content-Length: -5\r\n", b"WARC/1.0\r\n",
)  # fmt: skip
"""What has broken parsers before."""


class Parser(NamedTuple):
    """How it is asked, and what it is made for."""

    read: Callable[[bytes], object]
    examples: tuple[bytes, ...]
    errors: tuple[type[Exception], ...] = (SiagaError,)
    """Its own."""


def parse(name: str, body: bytes) -> bool:
    """Read a body; whether it was taken. Any error but the parser's own comes out."""
    parser = PARSERS[name]
    try:
        parser.read(body)
    except parser.errors:
        return False
    return True


def changed(name: str) -> st.SearchStrategy[bytes]:
    """Examples of a parser with pieces cut out, doubled, exchanged or put in; and bytes of no kind at all."""
    example = st.sampled_from(PARSERS[name].examples)
    edits = st.lists(_EDIT, min_size=1, max_size=6)
    return st.one_of(
        st.tuples(example, edits).map(_edited), st.tuples(example, edits).map(_edited), st.binary(max_size=300)
    )


class _Edit(NamedTuple):
    start: float
    length: float
    put: bytes
    times: int


_EDIT = st.builds(
    _Edit, st.floats(0, 1), st.floats(0, 0.3),
    st.one_of(st.sampled_from(TOKENS), st.binary(max_size=8), st.text(max_size=6).map(lambda text: text.encode("utf-8", "replace"))),
    st.integers(0, 3),
)  # fmt: skip


def _edited(given: tuple[bytes, list[_Edit]]) -> bytes:
    body, edits = given
    for edit in edits:
        start = int(edit.start * len(body))
        end = start + int(edit.length * len(body))
        body = body[:start] + edit.put * edit.times + (body[start:end] if edit.times > 1 else b"") + body[end:]
    return body[:MOST_BYTES]


@cache
def _workspace() -> Workspace:
    where = lay_out(Path(tempfile.mkdtemp(prefix="siaga-fuzz-")), {})
    (where.folder / "alerts").mkdir()
    (where.folder / "watchlists").mkdir()
    with writing_to(where):
        return where


def _file(name: str, body: bytes) -> Path:
    path = _workspace().folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _page(body: bytes) -> None:
    page = Page(name="page", body=body, url=URL, kind="html")
    for read in (read_page, whole_page, quick_page):
        try:
            read(page)
        except SiagaError:
            continue


def _loaded(body: bytes) -> None:
    for page in load(["-"], io.BytesIO(body)):
        if isinstance(page, Page):
            try:
                read_page(page)
            except SiagaError:
                continue


def _robots(body: bytes) -> None:
    rules = Rules(robots_file("https://example.org", 200, body, 0.0), "siaga")
    rules.allow(URL)
    assert rules.delay >= 0
    assert isinstance(rules.sitemaps, tuple)


def _read(body: bytes) -> None:
    for language in ("id", "en"):
        text = normalise(_text(body))
        document = annotate(Article(id="x", text=text, language=language, published="2021-11-30"))
        for event in document.events:
            assert text[event.evidence.start : event.evidence.end] == event.evidence.text


def _overlay(body: bytes) -> None:
    folder = _workspace().folder / "overlay"
    half = body.index(b"\n---\n") if b"\n---\n" in body else len(body)
    _file("overlay/actors/leaders.csv", body[:half])
    _file("overlay/lang/id/grammar/junk.toml", body[half + 5 :])
    unsound(load_overlay(folder, ("id", "en")))


def _rule(body: bytes) -> None:
    _file("alerts/x.toml", body)
    check_rule(load_rule(_workspace(), "x"))


def _watch_list(body: bytes) -> None:
    _file("watchlists/x.toml", body)
    load_watch_list(_workspace(), "x")


def _events(body: bytes) -> None:
    path = _file("events.csv", body)
    format_of(path)
    with writing_to(_workspace()) as connection:
        import_file(_workspace(), connection, path, "2022-01-01T00:00:00Z")


def _search(body: bytes) -> None:
    text = _text(body)
    with reading_from(_workspace()) as connection:
        list(search(connection, Asked(words=plain_words(text))))
        list(search(connection, Asked(words=text.replace("\0", " "))))


def _query(body: bytes) -> None:
    kinds: list[Any] = [one for one in vars(parameters).values() if isinstance(one, type) and hasattr(one, "question")]
    assert len(kinds) > 5
    for kind in kinds:
        try:
            asked_of(QueryParams(_text(body)), kind).question()
        except (AskedError, SiagaError):
            continue


def _sheet(body: bytes) -> None:
    for expects in ("listing", "page", "either"):
        try:
            outline(Sheet(body=body, url=URL, expects=expects))
        except SiagaError:
            continue


def _addresses(body: bytes) -> None:
    text = _text(body)
    joined(URL, text)
    try:
        target_of(text)
    except SiagaError:
        alert_target_of(text)


def _json(*records: Mapping[str, object]) -> bytes:
    return b"\n".join(json.dumps(record).encode() for record in records)


PAGE = (
    b"<!doctype html><html lang='id'><head><title>Rusia</title><meta property='article:published_time' content='2021-11-"
    b'30T10:00:00+07:00\'><script type=\'application/ld+json\'>{"@type":"NewsArticle","headline":"Rusia","author":'
    b'[{"name":"Ani"}],"datePublished":"2021-11-30"}</script></head><body><nav><a href=\'/x\'>Dunia</a></nav><article>'
    b"<h1>Rusia menyerang</h1><p>JAKARTA - Rusia menyerang Ukraina pada Senin (29/11/2021), kata Menteri Pertahanan "
    b"Ukraina kepada AFP.</p><p>Baca juga: yang lain</p><table><tr><td>a</td></tr></table></article></body></html>"
)
INDONESIAN = (
    "Rusia menyerang Ukraina pada Senin (29/11/2021), kata Menteri Pertahanan Ukraina Oleksii Reznikov kepada AFP. "
    "“Puluhan ribu pasukan – 12.500 orang – bergerak,” ujarnya; dua setengah juta orang mengungsi sejak 3 Maret lalu."
)
ENGLISH = (
    "Russia could attack Ukraine as early as next January, NATO's Secretary General Jens Stoltenberg told AFP on "
    "Tuesday (30 Nov). At least 1,200 troops and three-and-a-half million people, he said, were near Riga on 24/2/22."
)
NEWS = (INDONESIAN, ENGLISH)
FEED = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>Uji</title><item><title>Satu</title><link>/a</link><guid "
    b"isPermaLink='true'>https://example.org/a</guid><pubDate>Tue, 30 Nov 2021 10:00:00 +0700</pubDate></item></channel></rss>"
)
ATOM = (
    b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><link rel='alternate' href='b'/><updated>2021-11-30T10:00"
    b":00Z</updated></entry></feed>"
)
SITEMAP = (
    b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://example.org/a</loc><lastmod>2021-11-30"
    b"</lastmod></url></urlset>"
)
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nContent-Type: application/http\r\n"
    b"Content-Length: %d\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s\r\n\r\n" % (len(PAGE) + 44, PAGE)
)
JSONL = _json(
    {"id": "a", "text": NEWS[0], "date": "2021-11-30", "lang": "id"}, {"id": "b", "text": NEWS[1], "url": URL}
)
RULE = (
    b'to = ["desk@example.org"]\nquiet = "22:00-06:00"\nzone = "Asia/Jakarta"\n[trigger]\nwhen = "level"\nunit = "RUS-UKR"\n'
    b'level = "siaga"\n'
)
PANEL = b"unit,date,count,population\nUKR,2021-01,3,40\nUKR,2021-02,0,41\nRUS,2021-01,1,140\n"
EVENTS = b"date,actor,recipient,type,count\n2021-11-01,RUS,UKR,ASSAULT,3\n2021-11-02,USA,,CONSULT,1\n"
QUERY = b"actor=RUS&recipient=UKR&since=2021-01-01&type=ASSAULT&limit=5&cursor=WyJhIiwxXQ&unit=RUS-UKR&q=Riga"
OVERLAY = (
    b"code,name,aliases,office,organisation,sector,valid_from,valid_until,basis,checked\nIDN,Budi,B|C,president,,GOV,2020-01-01,,"
    b"own,2026-11-27\n---\n[[rule]]\nid = 'x'\npattern = "
    b"'Baca: .*'\nhits = ['Baca: satu']\nmisses = ['Membaca']\n"
)
SENTENCES = (
    b"Tell desk@example.org when Russia \xe2\x80\x93 Ukraine reaches Siaga",
    b"Beri tahu atom:meja bila artikel menyebut laut hitam",
)


def _backup() -> bytes:
    """A small one: manifest, settings, and a database of no table."""
    manifest = Manifest(
        kind="siaga backup", version=1, siaga="0.1.0", schema=0, moment="2022-01-01T00:00:00Z",
        files=(Held(path="siaga.toml", bytes=3, sha256=sha256(b"[a]").hexdigest()),),
    )  # fmt: skip
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, body in (("manifest.json", manifest.to_json()), ("siaga.toml", b"[a]")):
            member = tarfile.TarInfo(name)
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
    return packed.getvalue()


def _playbooks() -> tuple[bytes, ...]:
    return tuple(
        one.read_bytes() for one in files("siaga").joinpath("assets/playbooks").iterdir() if one.name.endswith(".toml")
    )


PARSERS: Mapping[str, Parser] = {
    "page of HTML": Parser(_page, (PAGE,)),
    "file, pipe or archive of any kind": Parser(_loaded, (JSONL, gzip.compress(JSONL), PAGE, NEWS[0].encode(), WARC)),
    "WARC": Parser(_loaded, (WARC, gzip.compress(WARC), WARC * 2)),
    "JSON Lines": Parser(_loaded, (JSONL,)),
    "feed": Parser(lambda body: parse_feed(body, URL), (FEED, ATOM, b'{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"/a"}]}')),
    "sitemap": Parser(lambda body: parse_sitemap(body, URL), (SITEMAP, gzip.compress(SITEMAP))),
    "OPML": Parser(from_opml, (b"<opml version='2.0'><body><outline text='a' xmlUrl='https://example.org/f'/></body></opml>",)),
    "outline of a list or page": Parser(_sheet, (PAGE, FEED, SITEMAP, b"https://example.org/a\n")),
    "robots.txt": Parser(_robots, (b"User-agent: *\nDisallow: /x*y$\nCrawl-delay: 3\nSitemap: https://example.org/s.xml\n",)),
    "characters of a page": Parser(lambda body: normalise(decode(body).text), (PAGE, NEWS[0].encode("utf-16"), NEWS[0].encode("cp1252", "replace"))),
    "packed body": Parser(lambda body: unpacked([body], ["gzip"], 100_000), (gzip.compress(PAGE),)),
    "moment of a feed": Parser(lambda body: moment_of(_text(body)), (b"Tue, 30 Nov 2021 18:04:00 +0700", b"2021-11-30T18:04:00Z")),
    "text: sentences, dates, numbers, quotes, events": Parser(_read, tuple(one.encode() for one in NEWS)),
    "address": Parser(_addresses, (URL.encode(), b"https://u:p@example.org:443/a?b#c")),
    "settings": Parser(lambda body: load_config(_file("x.toml", body), {}), (b"[store]\nbatch = 5\n[fetch]\nports = [80]\n",)),
    "source": Parser(lambda body: load_source(_file("sources/x.toml", body)), (b"name = 'x'\nfeeds = ['https://example.org/f']\n",)),
    "overlay": Parser(_overlay, (OVERLAY,)),
    "alert rule": Parser(_rule, (RULE,)),
    "sentence of an alert": Parser(lambda body: parsed_sentence(_text(body)), SENTENCES),
    "watch list": Parser(_watch_list, (b'actors = ["RUS"]\npairs = ["RUS-UKR"]\n',)),
    "playbook": Parser(lambda body: read_playbook(_file("book.toml", body)), _playbooks()),
    "panel of counts": Parser(lambda body: load_panel(_file("panel.csv", body)), (PANEL,)),
    "events of other projects": Parser(_events, (EVENTS,)),
    "words of a search": Parser(_search, (b'Riga "laut hitam" perbatasan*', b"NEAR(a b, 3) NOT c")),
    "query of the API": Parser(_query, (QUERY,)),
    "cursor of the API": Parser(lambda body: place_of(_text(body), tuple[str | None, int]), (b"WyJhIiwxXQ",), (AskedError,)),
    "stored record": Parser(lambda body: from_stored(_text(body), Reading, "x"), (b'{"article":{"id":"a","text":"x"},"events":[],"title_events":[],"quotes":[],"forecasts":[]}',)),
    "backup": Parser(lambda body: verify(_file("b.tar.gz", body)), (_backup(),)),
}  # fmt: skip
