"""A clock that is set back, sources that flood, folders that may not be written to: told clearly, and nothing lost."""

from __future__ import annotations

import errno
import gzip
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from siaga.base.errors import NotSavedError
from siaga.base.failpoint import VARIABLE, failpoint
from siaga.serve.daily import daily, turn
from siaga.store.database import writing_to
from siaga.store.files import put_whole
from siaga.store.jobs import after
from siaga.store.workspace import Workspace
from tests.unit.collect.webserver import Given, article_page, rss
from tests.unit.monitor.told import Told, stored
from tests.unit.serve.test_gather import Shelf, collected, rows, shelved, with_its_file

ENTRIES = 100_000


def clock_set_back(shelf: Shelf) -> None:
    """All that was noted has been noted by a clock that was a day ahead."""
    with writing_to(shelf.where) as connection:
        for table, column in (("listing", "due"), ("listing", "looked"), ("page", "due"), ("page", "found")):
            connection.execute(
                f"UPDATE {table} SET {column} = strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '+1 day')"  # noqa: S608
            )


def test_after_a_clock_was_set_back_a_day_lists_and_pages_are_looked_at_now_and_not_tomorrow(tmp_path: Path) -> None:
    with shelved(tmp_path, 3) as shelf:
        with_its_file(shelf)
        collected(shelf)
        shelf.site.put("/feed", Given(rss(shelf.base, range(4))))
        shelf.site.put(shelf.path(3), Given(article_page(3)))
        clock_set_back(shelf)
        command = [sys.executable, "-m", "siaga", "watch", "--quiet", "--for", "10", "-w", str(shelf.folder)]
        subprocess.run(command, check=True, capture_output=True)
        [(due,)] = rows(shelf, "SELECT max(due) FROM listing WHERE failures = 0")
        assert rows(shelf, "SELECT count(*), count(DISTINCT id) FROM article") == [(4, 4)]
    assert str(due) < after(datetime.now(UTC).isoformat(), 3600)


def test_a_daily_step_of_a_clock_that_was_ahead_keeps_the_next_one_from_nothing(tmp_path: Path) -> None:
    where = stored(tmp_path, [Told(day=1, outlet="Outlet 1")])
    daily(where, date(2030, 3, 1))
    moment = datetime.now(UTC)
    assert turn(where, moment) is None
    assert turn(where, moment - timedelta(minutes=2)) is None  # clocks differ a little
    assert turn(where, moment - timedelta(days=1)) == "daily"
    assert turn(where, moment + timedelta(days=1, minutes=1)) == "daily"


def test_a_feed_of_a_hundred_thousand_entries_is_cut_told_and_the_rest_of_the_web_is_read(tmp_path: Path) -> None:
    with shelved(tmp_path, 3) as shelf:
        items = "".join(f"<item><link>/x/{number}</link></item>" for number in range(ENTRIES))
        body = f"<rss><channel>{items}</channel></rss>".encode()
        head = (("Content-Type", "application/rss+xml"), ("Content-Encoding", "gzip"))
        shelf.site.put("/flood", Given(gzip.compress(body), headers=head))
        found = collected(shelf, shelf.source(feeds=(f"{shelf.base}/flood", f"{shelf.base}/feed")))
        assert rows(shelf, "SELECT count(*) FROM article") == [(3,)]
        assert rows(shelf, "SELECT count(*) FROM page WHERE url LIKE '%/x/%'") == [(200,)]  # watch.newest
        [(message,)] = rows(shelf, "SELECT message FROM reject WHERE reason = 'too_many'")
    assert "more than 5000 entries in one list" in str(message)
    assert [one.reject.reason for one in found if one.reject and one.reject.reason == "too_many"] == ["too_many"]


def test_a_feed_that_is_larger_than_an_answer_may_be_is_refused_and_told(tmp_path: Path) -> None:
    with shelved(tmp_path, 1) as shelf:
        shelf.site.put("/flood", Given(b"<rss><channel>" + b"<item/>" * 2_000_000))
        collected(shelf, shelf.source(feeds=(f"{shelf.base}/flood", f"{shelf.base}/feed")))
        assert rows(shelf, "SELECT count(*) FROM article") == [(1,)]
        assert rows(shelf, "SELECT substr(reason, 1, 9) FROM reject") == [("too_large",)]


def test_the_same_article_under_a_hundred_addresses_is_stored_once(tmp_path: Path) -> None:
    with shelved(tmp_path, 1) as shelf:
        links = "".join(f"<item><link>{shelf.url(0)}?session={number}</link></item>" for number in range(100))
        for number in range(100):
            shelf.site.put(f"{shelf.path(0)}?session={number}", Given(article_page(0)))
        shelf.site.put("/feed", Given(f"<rss><channel>{links}</channel></rss>".encode()))
        collected(shelf)
        assert rows(shelf, "SELECT count(*) FROM article") == [(1,)]
        assert rows(shelf, "SELECT DISTINCT state FROM page") == [("done",)]


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EIO])
def test_a_file_that_cannot_be_written_is_told_and_the_one_before_it_stays(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_whole(tmp_path / "rule.toml", b"before")
    monkeypatch.setenv(VARIABLE, f"file.synced:1:{errno.errorcode[number]}")
    with pytest.raises(NotSavedError, match="Is the disk full or read-only"):
        put_whole(tmp_path / "rule.toml", b"after")
    assert [path.name for path in tmp_path.iterdir()] == ["rule.toml"]
    assert (tmp_path / "rule.toml").read_bytes() == b"before"


def test_a_failpoint_does_nothing_unless_it_is_the_one_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    failpoint("cache.written")
    monkeypatch.setenv(VARIABLE, "cache.written:2:ENOSPC")
    failpoint("seal.written")
    failpoint("cache.written")
    for _ in range(2):  # from then on
        with pytest.raises(OSError, match="No space left"):
            failpoint("cache.written")


def test_two_who_watch_one_workspace_are_told_which_process_writes(tmp_path: Path) -> None:
    with shelved(tmp_path, 1) as shelf:
        with_its_file(shelf)
        command = [sys.executable, "-m", "siaga", "collect", "-w", str(shelf.folder)]
        with writing_to(Workspace(folder=shelf.folder)):
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, env={**os.environ, "SIAGA_STORE_WAIT": "0"}
            )
    assert done.returncode == 75
    assert "is writing here, and one writes at a time" in done.stderr
