"""Collecting from a small web: once, twice, edited, withdrawn, broken, killed; every article exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from siaga.base.source import Layout, Source
from siaga.collect.sources import source_text
from siaga.serve.gathering.gather import Gathering, gathering
from siaga.serve.gathering.settling import Settled
from siaga.store.database import reading_from, writing_to
from siaga.store.load import load_reading
from siaga.store.versions import load_versions
from siaga.store.workspace import Workspace, lay_out
from tests.unit.collect.webserver import Given, Site, article_page, rss, served, sitemap, workspace_settings


class Shelf(NamedTuple):
    """A site, its address, and a workspace that may fetch from it."""

    site: Site
    base: str
    folder: Path

    @property
    def where(self) -> Workspace:
        return lay_out(self.folder, {})

    def source(self, **fields: object) -> Source:
        return Source(id="uji", name="Warta Uji", feeds=(f"{self.base}/feed",)).replace(**fields)

    def path(self, number: int) -> str:
        return f"/berita/artikel-nomor-{number}"

    def url(self, number: int) -> str:
        return self.base + self.path(number)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelved(tmp_path, 6) as one:
        yield one


@contextmanager
def shelved(folder: Path, articles: int) -> Iterator[Shelf]:
    site = Site()
    with served(site) as base:
        for number in range(articles):
            site.put(f"/berita/artikel-nomor-{number}", Given(article_page(number)))
        site.put("/feed", Given(rss(base, range(articles))))
        with writing_to(lay_out(folder / "ruang", {})):
            pass
        workspace_settings(folder / "ruang", (site.port,))
        yield Shelf(site, base, folder / "ruang")


def collected(shelf: Shelf, source: Source | None = None, seconds: float = 100) -> list[Settled]:
    """Everything that is due, until nothing is."""
    ends = time.monotonic() + seconds
    with gathering(shelf.where, [source or shelf.source()]) as run:
        run.begin(at_once=True)
        return list(run.steps(lambda: not run.is_done and time.monotonic() < ends))


def rows(shelf: Shelf, sql: str) -> list[Any]:
    with reading_from(shelf.where) as connection:
        return connection.execute(sql).fetchall()


def hours_pass(shelf: Shelf) -> None:
    """Every article that is to be looked at again is due."""
    with writing_to(shelf.where) as connection:
        connection.execute("UPDATE page SET due = fetched, fetched = '2021-01-01T00:00:00Z' WHERE due IS NOT NULL")


def test_a_second_look_costs_one_short_answer_and_brings_nothing_twice(shelf: Shelf) -> None:
    first = collected(shelf)
    assert sum(one.counts.articles for one in first) == 6
    assert shelf.site.sent[200] == 8  # robots.txt, the feed, six articles
    shelf.site.sent.clear()
    second = collected(shelf)
    assert dict(shelf.site.sent) == {304: 1}
    assert sum(one.counts.articles for one in second) == 0
    assert rows(shelf, "SELECT count(*), count(DISTINCT id) FROM article") == [(6, 6)]
    [(source, published)] = rows(shelf, "SELECT source, published FROM article WHERE url LIKE '%nomor-3'")
    assert (source, published) == ("Warta Uji", "2021-11-30T03:00:00+07:00")


def test_an_edited_article_keeps_its_id_and_its_earlier_text(shelf: Shelf) -> None:
    collected(shelf)
    [(id_,)] = rows(shelf, "SELECT article FROM page WHERE url LIKE '%nomor-2'")
    shelf.site.put(shelf.path(2), Given(article_page(2, "Sebelumnya disebut tiga pejabat ditahan.")))
    hours_pass(shelf)
    collected(shelf)
    with reading_from(shelf.where) as connection:
        versions = load_versions(connection, str(id_))
        reading = load_reading(connection, str(id_))
    assert [one.kind for one in versions] == ["edited", "current"]
    assert versions[0].text is not None
    assert "tiga pejabat" not in versions[0].text
    assert any(line.startswith("+") and "tiga pejabat" in line for line in versions[1].changes)
    assert reading is not None
    assert "tiga pejabat" in reading.article.text
    for event in reading.events:
        assert reading.article.text[event.evidence.start : event.evidence.end] == event.evidence.text
    assert rows(shelf, "SELECT count(*) FROM article_words WHERE article_words MATCH 'ditahan'") == [(1,)]
    assert rows(shelf, "SELECT count(*) FROM article") == [(6,)]
    with writing_to(shelf.where) as connection:
        connection.execute("INSERT INTO article_words (article_words, rank) VALUES ('integrity-check', 1)")


def test_a_withdrawn_article_stays_and_is_told_as_such_until_it_is_there_again(shelf: Shelf) -> None:
    collected(shelf)
    [(id_,)] = rows(shelf, "SELECT article FROM page WHERE url LIKE '%nomor-1'")
    shelf.site.put(shelf.path(1), Given(b"", 410), Given(article_page(1)))
    for _ in range(2):
        hours_pass(shelf)
        collected(shelf)
    with reading_from(shelf.where) as connection:
        assert [one.kind for one in load_versions(connection, str(id_))] == ["withdrawn", "restored", "current"]
    assert rows(shelf, "SELECT count(*) FROM article") == [(6,)]


def test_one_article_under_many_names_is_stored_once(shelf: Shelf) -> None:
    head = f"<link rel='canonical' href='{shelf.url(0)}'>"
    shelf.site.put("/m/0", Given(article_page(0, "Versi ponsel.", head)))
    shelf.site.put("/amp/1", Given(article_page(1, "AMP.", head).replace(b"<html", b"<html amp")))
    shelf.site.put("/lama/2", Given(b"", 301, (("Location", shelf.url(2)),)))
    links = "".join(f"<item><link>{shelf.base}{path}?utm_source=rss</link></item>" for path in ("/lama/2", "/m/0"))
    links += f"<item><link>{shelf.base}/amp/1</link></item>"
    shelf.site.put("/second", Given(f"<rss><channel>{links}</channel></rss>".encode()))
    collected(shelf)
    collected(shelf, shelf.source(feeds=(f"{shelf.base}/second",)))
    assert rows(shelf, "SELECT count(*) FROM article") == [(6,)]
    assert rows(shelf, "SELECT count(*) FROM page WHERE state = 'done'") == [(9,)]
    assert rows(shelf, "SELECT page FROM address WHERE url LIKE '%/berita/artikel-nomor-2'") == []


def test_what_fails_for_now_is_tried_again_later_and_what_fails_for_good_is_a_reject(shelf: Shelf) -> None:
    shelf.site.put(shelf.path(0), Given(b"", 429, (("Retry-After", "900"),)))
    shelf.site.put(shelf.path(1), Given(b"", 404))
    shelf.site.put(shelf.path(2), Given(b"<html><body></body></html>"))
    shelf.site.put(shelf.path(3), Given(b"x" * 500, cut=10))
    collected(shelf)
    assert rows(shelf, "SELECT count(*) FROM article") == [(2,)]
    told = dict(rows(shelf, "SELECT substr(url, -1), substr(reason, 1, 8) FROM page WHERE reason IS NOT NULL"))
    assert told == {"0": "http_429", "1": "http_404", "2": "no_text:", "3": "bad_answ"}
    states = dict(rows(shelf, "SELECT substr(url, -1), state FROM page WHERE reason IS NOT NULL"))
    assert states == {"0": "waiting", "1": "given_up", "2": "given_up", "3": "waiting"}
    [(seconds,)] = rows(shelf, "SELECT unixepoch(due) - unixepoch('now') FROM page WHERE url LIKE '%nomor-0'")
    assert 850 < int(str(seconds)) <= 900
    assert {str(one) for (one,) in rows(shelf, "SELECT reason FROM reject")} == {"http_404", "no_text"}


def test_a_host_that_is_busy_is_left_alone_whatever_else_is_due_there(shelf: Shelf) -> None:
    shelf.site.put(shelf.path(5), Given(b"", 503, (("Retry-After", "600"),)))  # the newest is asked for first
    collected(shelf)
    assert [path for path, _ in shelf.site.headers] == ["/robots.txt", "/feed", shelf.path(5)]
    assert rows(shelf, "SELECT count(*) FROM page WHERE state = 'waiting'") == [(6,)]


def test_a_page_for_phones_that_is_its_own_canonical_one_is_read(shelf: Shelf) -> None:
    head = f"<link rel='canonical' href='{shelf.url(0)}'>"
    shelf.site.put(shelf.path(0), Given(article_page(0, "AMP.", head).replace(b"<html", b"<html amp")))
    collected(shelf)
    assert rows(shelf, "SELECT count(*) FROM article") == [(6,)]


def test_a_feed_that_breaks_is_looked_at_more_and_more_seldom(shelf: Shelf) -> None:
    shelf.site.put("/feed", Given(b"<html>no feed</html>"))
    collected(shelf)
    [(failures, reason)] = rows(shelf, "SELECT failures, reason FROM listing")
    assert (failures, str(reason)[:7]) == (1, "no_feed")
    assert rows(shelf, "SELECT looks, failures FROM source_day") == [(1, 1)]


def test_sitemaps_of_an_index_and_sections_with_a_layout_bring_articles(shelf: Shelf) -> None:
    index = f"<sitemapindex><sitemap><loc>{shelf.base}/s1.xml</loc></sitemap></sitemapindex>"
    shelf.site.put("/index.xml", Given(index.encode()))
    shelf.site.put("/s1.xml", Given(sitemap(shelf.base, range(3))))
    shelf.site.put(
        "/dunia", Given(b"<html><div id=isi><a href='/berita/artikel-nomor-4'>x</a></div><a href=/x-y-z-a>n</a></html>")
    )
    source = shelf.source(
        feeds=(), sitemaps=(f"{shelf.base}/index.xml",), sections=(f"{shelf.base}/dunia",),
        layout=(Layout(links="//div[@id='isi']", keep="//article"),),
    )  # fmt: skip
    collected(shelf, source)
    assert rows(shelf, "SELECT count(*) FROM article") == [(4,)]
    assert rows(shelf, "SELECT kind FROM listing ORDER BY kind") == [("section",), ("sitemap",)]


def test_a_backfill_takes_what_was_published_since_a_day_and_nothing_before(shelf: Shelf) -> None:
    from datetime import date  # noqa: PLC0415

    entry = "<url><loc>{0}{1}</loc><lastmod>{2}</lastmod></url>".format
    urls = entry(shelf.base, shelf.path(0), "2021-11-30") + entry(shelf.base, shelf.path(1), "2020-01-01")
    old = f"<sitemap><loc>{shelf.base}/sitemap-2019-05.xml</loc></sitemap>"
    index = f"<sitemapindex><sitemap><loc>{shelf.base}/all.xml</loc></sitemap>{old}</sitemapindex>"
    shelf.site.put("/index.xml", Given(index.encode()))
    shelf.site.put("/all.xml", Given(f"<urlset>{urls}</urlset>".encode()))
    source = shelf.source(feeds=(), archives=(f"{shelf.base}/index.xml", f"{shelf.base}/indeks?tanggal={{date}}"))
    source = source.replace(layout=(Layout(links="//a"),))
    shelf.site.put(f"/indeks?tanggal={date.today()}", Given(b"<a href='/berita/artikel-nomor-5'>x</a>"))  # noqa: DTZ011
    with gathering(shelf.where, [source]) as run:
        run.begin(at_once=False)
        run.look_back(source, date(2021, 11, 1))
        drop_old_days(run)
        list(run.steps(lambda: not run.is_done))
    assert rows(shelf, "SELECT substr(url, -1) FROM page ORDER BY url") == [("0",), ("5",)]
    assert shelf.site.asked["/sitemap-2019-05.xml"] == 0


def drop_old_days(run: Gathering) -> None:
    """Leave the days of the archive that the small web does not have."""
    run._connection.execute("DELETE FROM listing WHERE url LIKE '%tanggal=20%' AND url NOT LIKE '%' || date('now')")


def test_everything_fetched_can_be_kept_and_read_again_without_the_network(shelf: Shelf) -> None:
    path = shelf.folder / "siaga.toml"
    path.write_text(path.read_text("utf-8").replace("# archive = false", "archive = true"), "utf-8")
    collected(shelf)
    from siaga.collect.archive import records_of, target_of_record  # noqa: PLC0415

    [file] = (shelf.folder / "archive").iterdir()
    kept = {target_of_record(record): record for _, record in records_of(file)}
    assert {shelf.url(number) for number in range(6)} | {f"{shelf.base}/feed"} <= kept.keys()
    assert article_page(2) in kept[shelf.url(2)]


def test_private_addresses_in_a_feed_are_never_asked_for(shelf: Shelf) -> None:
    links = "".join(f"<item><link>{url}</link></item>" for url in (
        "http://169.254.169.254/latest/meta-data/iam", f"http://10.0.0.1:{shelf.site.port}/berita/a-b-c-d",
        "file:///etc/passwd",
    ))  # fmt: skip
    shelf.site.put("/feed", Given(f"<rss><channel>{links}</channel></rss>".encode()))
    collected(shelf)
    assert rows(shelf, "SELECT count(*) FROM article") == [(0,)]
    assert {str(one) for (one,) in rows(shelf, "SELECT reason FROM reject")} == {"blocked_address"}


def with_its_file(shelf: Shelf) -> Source:
    source = shelf.source(sitemaps=(f"{shelf.base}/s.xml",))
    (shelf.folder / "sources").mkdir(exist_ok=True)
    (shelf.folder / "sources/uji.toml").write_text(source_text(source), "utf-8")
    return source


def watching(shelf: Shelf, seconds: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "siaga", "watch", "--quiet", "-w", str(shelf.folder), "--for", str(seconds)]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def stored(shelf: Shelf) -> int:
    return int(str(rows(shelf, "SELECT count(*) FROM article")[0][0]))


def killed_at(shelf: Shelf, articles: int) -> None:
    """Watch until so many articles are stored, and be killed."""
    with watching(shelf, 100) as process:
        while stored(shelf) < articles and process.poll() is None:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)


def trouble(site: Site, base: str, articles: int) -> None:
    """One page is slow, one busy at first, and one is broken for ever."""
    site.put("/feed", Given(rss(base, range(articles // 2))))
    site.put("/s.xml", Given(sitemap(base, range(articles))))
    site.put("/berita/artikel-nomor-7", Given(article_page(7), drip=0.0005))
    site.put("/berita/artikel-nomor-9", Given(b"", 429, (("Retry-After", "1"),)), Given(article_page(9)))
    site.put("/berita/artikel-nomor-11", Given(b"x" * 300, cut=10))


def exactly_once(shelf: Shelf, articles: int) -> None:
    assert rows(shelf, "SELECT count(*), count(DISTINCT id), count(DISTINCT url) FROM article") == [(articles,) * 3]
    events = rows(shelf, "SELECT count(*), count(DISTINCT id) FROM event")
    assert events[0][0] == events[0][1]
    assert rows(shelf, "SELECT count(*) FROM page WHERE leased IS NOT NULL AND state = 'done'") == [(0,)]


def test_watching_goes_on_where_it_was_killed_and_stores_every_article_exactly_once(tmp_path: Path) -> None:
    with shelved(tmp_path, 40) as shelf:
        trouble(shelf.site, shelf.base, 40)
        source = with_its_file(shelf)
        killed_at(shelf, 10)
        killed_at(shelf, 22)
        with watching(shelf, 100) as process:
            while stored(shelf) < 37 and process.poll() is None:
                time.sleep(0.05)
            process.terminate()
            assert process.wait(60) == 0
        assert stored(shelf) in {37, 38}  # of 40, one is broken, one asks to be left alone, one is tried again later
        exactly_once(shelf, stored(shelf))
        looked_once_more(shelf, source)


@pytest.mark.slow
def test_sixty_seconds_of_watching_with_two_kills_store_two_hundred_articles_exactly_once(tmp_path: Path) -> None:
    """What the project promises, as it is promised; a minute long, nearly all of it waiting."""
    with shelved(tmp_path, 200) as shelf:
        trouble(shelf.site, shelf.base, 200)
        source, began = with_its_file(shelf), time.monotonic()
        killed_at(shelf, 50)
        killed_at(shelf, 120)
        with watching(shelf, max(1.0, began + 60 - time.monotonic())) as process:
            _, told = process.communicate(timeout=100)
            assert process.returncode == 0, told
        assert stored(shelf) in {198, 199}  # of 200, one is broken, and one asked to be left alone for a minute
        exactly_once(shelf, stored(shelf))
        looked_once_more(shelf, source)


def looked_once_more(shelf: Shelf, source: Source) -> None:
    """A second pass fetches almost nothing: two lists that have not changed."""
    shelf.site.sent.clear()
    collected(shelf, source)
    assert shelf.site.sent[304] == 2
    assert shelf.site.sent.total() <= 4  # and, if a minute has gone by, the two that are tried again


def test_a_bomb_is_a_reject_and_costs_no_other_article(shelf: Shelf) -> None:
    shelf.site.put(shelf.path(1), Given(b"<html><body>" + b"<div>" * 400_000))
    shelf.site.put(shelf.path(2), Given(b"<html><body><p " + b" ".join(b"a%d" % n for n in range(20_000)) + b">Riga"))
    rejects = [one.reject.reason for one in collected(shelf) if one.reject]
    assert len(rejects) == 2
    assert rows(shelf, "SELECT count(*), count(DISTINCT id) FROM article") == [(4, 4)]


def test_what_is_fetched_is_parsed_in_a_child_process(shelf: Shelf) -> None:
    with gathering(shelf.where, [shelf.source()]) as run:
        run.begin(at_once=True)
        settled = next(one for one in run.steps(lambda: True) if one.counts.articles)
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
        told = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children]
    assert settled.reading is not None
    assert any(b"siaga.collect.child" in one for one in told)
