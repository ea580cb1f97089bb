"""Fetching: limits, redirects, robots, conditions, against a server on this machine."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator

import msgspec
import pytest

from siaga.base.config import FetchConfig
from siaga.base.errors import RejectError
from siaga.collect.fetch.answer import Answer, Request, retry_after
from siaga.collect.fetch.fetcher import Fetcher, fetch_patiently
from siaga.collect.fetch.robots import Rules, robots_file
from tests.unit.collect.webserver import Given, Site, served


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    with served(site):
        yield site


def base(site: Site) -> str:
    return f"http://127.0.0.1:{site.port}"


def fetcher(*sites: Site, **settings: object) -> Fetcher:
    """One that may ask these sites, by any name under `.example`."""
    given = {"allow_networks": ("127.0.0.0/8",), "ports": tuple(one.port for one in sites), "delay": 0.0} | settings
    return Fetcher(
        msgspec.convert(given, FetchConfig), lambda host, _port: ("127.0.0.1" if host.endswith(".example") else host,)
    )


def slow_resolver(_host: str, _port: int) -> tuple[str, ...]:
    time.sleep(3)
    return ()


def refused(asking: Fetcher, url: str) -> str:
    with pytest.raises(RejectError) as error:
        asking.fetch(Request(url=url))
    return error.value.code


def test_an_answer_has_what_the_server_said(site: Site) -> None:
    site.put("/a", Given(b"halo", headers=(("Content-Type", "text/html; charset=iso-8859-1"),)))
    answer = fetcher(site).fetch(Request(url=f"{base(site)}/a#part"))
    assert (answer.status, answer.body, answer.charset, answer.final) == (200, b"halo", "iso-8859-1", f"{base(site)}/a")
    [(_, sent)] = [one for one in site.headers if one[0] == "/a"]
    assert sent["User-Agent"].startswith("siaga/")


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.put("/a", Given(b"halo"))
    asking = fetcher(site)
    first = asking.fetch(Request(url=f"{base(site)}/a"))
    again = asking.fetch(Request(url=f"{base(site)}/a", etag=first.header("ETag")))
    assert (again.unchanged, again.body) == (True, b"")


@pytest.mark.parametrize("slow", ["page", "robots"])
def test_a_slow_drip_is_cut_off_at_the_deadline(site: Site, slow: str) -> None:
    site.put("/a", Given(b"x" * 500, drip=0.05))
    if slow == "robots":
        site.put("/robots.txt", Given(b"x" * 500, drip=0.05))
    began = time.monotonic()
    assert refused(fetcher(site, deadline=0.6), f"{base(site)}/a") == "timed_out"
    assert time.monotonic() - began < 2.0


def test_a_slow_name_server_is_cut_off_at_the_deadline() -> None:
    asking = Fetcher(FetchConfig(deadline=0.3), slow_resolver)
    began = time.monotonic()
    assert refused(asking, "http://slow.example/") == "timed_out"
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Given(b"x" * 20_001), "too_large"),
        (Given(gzip.compress(b"x" * 5_000_000), headers=(("Content-Encoding", "gzip"),)), "too_large"),
        (Given(gzip.compress(gzip.compress(b"x")), headers=(("Content-Encoding", "gzip, gzip"),)), "bad_encoding"),
        (Given(b"x", headers=(("Content-Encoding", "gzip"), ("Content-Encoding", "gzip"))), "bad_encoding"),
        (Given(b"x", headers=(("Content-Encoding", "br"),)), "bad_encoding"),
        (Given(b"no gzip", headers=(("Content-Encoding", "gzip"),)), "bad_encoding"),
        (Given(gzip.compress(b"x" * 999)[:-20], headers=(("Content-Encoding", "gzip"),)), "bad_encoding"),
        (Given(b"x" * 100, cut=50), "bad_answer"),
        (Given(b"", headers=(("X-Long", "y" * 70_000),)), "bad_answer"),
        (Given(b"", headers=tuple((f"X-{number}", "y" * 30_000) for number in range(4))), "bad_answer"),
    ],
)
def test_an_answer_beyond_its_limits_is_refused(site: Site, given: Given, code: str) -> None:
    site.put("/a", given)
    assert refused(fetcher(site, most_bytes=20_000), f"{base(site)}/a") == code


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_one_packing_is_undone(site: Site, pack: object) -> None:
    name = "gzip" if pack is gzip.compress else "deflate"
    packed = gzip.compress(b"halo" * 100) if name == "gzip" else zlib.compress(b"halo" * 100)
    site.put("/a", Given(packed, headers=(("Content-Encoding", name),)))
    assert fetcher(site).fetch(Request(url=f"{base(site)}/a")).body == b"halo" * 100


def redirect(target: str, status: int = 302) -> Given:
    return Given(b"", status, (("Location", target),))


def test_redirects_are_followed_and_told(site: Site) -> None:
    site.put("/a", redirect("/b", 301))
    site.put("/b", redirect("c", 308))
    site.put("/c", Given(b"here"))
    answer = fetcher(site).fetch(Request(url=f"{base(site)}/a"))
    assert (answer.body, answer.final) == (b"here", f"{base(site)}/c")
    assert answer.hops == (f"{base(site)}/a", f"{base(site)}/b")


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", "blocked_port"), ("file:///etc/passwd", "not_http"),
        ("http://10.0.0.1:PORT/", "blocked_address"), ("http://[::ffff:127.0.0.1]:PORT/", "blocked_address"),
        ("http://0x7f000001:PORT/", "blocked_address"), ("/a", "too_many_redirects"),
    ],
)  # fmt: skip
def test_every_hop_is_checked_as_the_first_address_is(site: Site, target: str, code: str) -> None:
    site.put("/a", redirect(target.replace("PORT", str(site.port))))
    assert refused(fetcher(site), f"{base(site)}/a") == code
    assert site.asked["/a"] <= 7


def test_the_robots_file_cannot_lead_to_where_pages_may_not(site: Site) -> None:
    site.put("/robots.txt", redirect("http://10.0.0.1/robots.txt"))
    site.put("/a", Given(b"here"))
    assert refused(fetcher(site), f"{base(site)}/a").startswith("blocked")


def test_credentials_go_to_their_own_host_and_never_on_to_another() -> None:
    first, second = Site(), Site()
    with served(first), served(second, "127.0.0.2"):
        first.put("/a", redirect("/b"))
        first.put("/b", redirect(f"http://127.0.0.2:{second.port}/c"))
        second.put("/c", redirect(f"http://127.0.0.1:{first.port}/d"))
        first.put("/d", Given(b"end"))
        answer = fetcher(first, second).fetch(Request(url=f"http://ani:rahasia@127.0.0.1:{first.port}/a"))
    told = [(path, "Authorization" in headers) for path, headers in (*first.headers, *second.headers)]
    assert [path for path, sent in told if sent] == ["/robots.txt", "/a", "/b"]
    assert [path for path, sent in told if not sent] == ["/d", "/robots.txt", "/c"]
    assert not any("Cookie" in headers for _, headers in (*first.headers, *second.headers))
    assert "rahasia" not in answer.to_json().decode().replace(answer.url, "")


def test_what_robots_forbid_is_not_asked_for(site: Site) -> None:
    site.put("/robots.txt", Given(b"User-agent: *\nDisallow: /\n\nUser-agent: siaga\nDisallow: /secret\nAllow: /\n"))
    site.put("/secret/a", Given(b"no"))
    site.put("/open", redirect("/secret/a"))
    asking = fetcher(site)
    assert refused(asking, f"{base(site)}/secret/a") == "robots"
    assert refused(asking, f"{base(site)}/open") == "robots"
    assert site.asked["/secret/a"] == 0
    assert site.asked["/robots.txt"] == 1


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (410, True), (500, False), (503, False),
                                                 (429, False)])  # fmt: skip
def test_a_robots_file_that_is_refused_allows_and_one_that_breaks_forbids(status: int, *, allowed: bool) -> None:
    assert Rules(robots_file("https://a.example", status, b"", 0.0), "siaga").allow("https://a.example/x") is allowed


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/c", False),
        ("User-agent: *\nDisallow: /*.gif$", "/x/y.gif", False),
        ("User-agent: *\nDisallow: /*.gif$", "/x/y.gif?z", True),
        ("User-agent: SIAGA\nDisallow: /\nUser-agent: *\nAllow: /", "/", False),
        ("User-agent: other\nDisallow: /", "/", True),
        ("User-agent: a\nUser-agent: siaga\nDisallow: /x", "/x", False),
        ("User-agent: *\nDisallow: /a%3Cd", "/a%3cd.html", False),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /" + "*a" * 40 + "b", "/" + "a" * 3000, True),
    ],
)
def test_rules_mean_what_rfc_9309_says(rules: str, path: str, *, allowed: bool) -> None:
    file = robots_file("https://a.example", 200, rules.encode(), 0.0)
    assert Rules(file, "siaga").allow(f"https://a.example{path}") is allowed


def test_a_delay_that_robots_ask_for_is_kept_up_to_two_minutes() -> None:
    ask = "User-agent: *\nCrawl-delay: {}\nSitemap: https://a.example/s.xml"
    slow, slower = (Rules(robots_file("o", 200, ask.format(n).encode(), 0.0), "siaga") for n in (7, 100_000))
    assert (slow.delay, slower.delay, slow.sitemaps) == (7.0, 120.0, ("https://a.example/s.xml",))


def test_what_may_pass_is_asked_for_again_and_what_will_not_is_not(site: Site) -> None:
    site.put("/a", Given(b"", 503), Given(b"there"))
    site.put("/b", Given(b"", 404))
    asking = fetcher(site)
    assert fetch_patiently(asking, Request(url=f"{base(site)}/a"), 2).body == b"there"
    with pytest.raises(RejectError, match="404"):
        fetch_patiently(asking, Request(url=f"{base(site)}/b"), 3)
    assert site.asked["/b"] == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), ("999999999", 3600.0), ("Thu, 01 Jan 1970 00:01:00 GMT", 60.0), ("soon", None), ("-5", None),
     ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("9" * 5000, 3600.0)],
)  # fmt: skip
def test_a_server_that_asks_to_be_left_alone_is_understood(value: str, seconds: float | None) -> None:
    answer = Answer(url="u", final="u", status=429, headers=(("retry-after", value),), body=b"", moment="")
    assert retry_after(answer, 0.0, 3600.0) == seconds
