"""A small web for tests: generated articles, feeds and sitemaps, with the ways in which servers go wrong."""

from __future__ import annotations

import gzip
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

__all__ = ["Site", "article_page", "served", "workspace_settings"]

CITIES = ("Ukraina", "Polandia", "Jepang", "Turki", "Mesir")


class Given(NamedTuple):
    """An answer of a path."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    drip: float = 0.0
    """Seconds between two bytes."""
    cut: int | None = None
    """Bytes after which the connection is cut, though more were promised."""


class Site:
    """What a server answers by path, and how often it was asked for what."""

    def __init__(self) -> None:
        self.pages: dict[str, list[Given]] = {"/robots.txt": [Given(b"User-agent: *\nAllow: /\n")]}
        self.asked: Counter[str] = Counter()
        self.sent: Counter[int] = Counter()
        self.headers: list[tuple[str, dict[str, str]]] = []
        self.port = 0

    def put(self, path: str, *answers: Given) -> None:
        """Answer a path so: one after the other, the last for ever."""
        self.pages[path] = list(answers)

    def answer(self, path: str) -> Given:
        answers = self.pages.get(path)
        if answers is None:
            return Given(b"not here", 404)
        return answers.pop(0) if len(answers) > 1 else answers[0]


class _Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        site = self.site
        site.asked[self.path] += 1
        site.headers.append((self.path, dict(self.headers.items())))
        given = site.answer(self.path)
        etag = f'"{sha256(given.body).hexdigest()[:16]}"'
        if given.status == 200 and self.headers.get("If-None-Match") == etag:
            given = Given(status=304)
        site.sent[given.status] += 1
        self._send(given, etag)

    def _send(self, given: Given, etag: str) -> None:
        try:
            self.send_response(given.status)
            for name, value in (*given.headers, ("ETag", etag), ("Connection", "close")):
                self.send_header(name, value)
            if not any(name == "Transfer-Encoding" for name, _ in given.headers):
                self.send_header("Content-Length", str(len(given.body)))
            self.end_headers()
            self._write(given)
        except OSError:
            pass  # the other side had enough
        self.close_connection = True

    def _write(self, given: Given) -> None:
        body = given.body if given.cut is None else given.body[: given.cut]
        if not given.drip:
            self.wfile.write(body)
            return
        for byte in body:
            self.wfile.write(bytes([byte]))
            time.sleep(given.drip)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server has it
        pass


@contextmanager
def served(site: Site, host: str = "127.0.0.1") -> Iterator[str]:
    """A server of this site; the address of its front page, without the last slash."""
    handler = type("Asked", (_Asked,), {"site": site})
    with ThreadingHTTPServer((host, 0), handler) as server:
        server.daemon_threads = True
        site.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://{host}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def article_page(number: int, words: str = "", head: str = "") -> bytes:
    """A page of news of its own, with what pages have around it."""
    place = CITIES[number % len(CITIES)]
    title = f"Menteri Luar Negeri Rusia Mengunjungi {place} untuk Perundingan Nomor {number}"
    body = (
        f"<p>JAKARTA - Menteri Luar Negeri Rusia mengunjungi {place} pada Selasa (30/11/2021) untuk perundingan "
        f"ke-{number} dengan pejabat setempat, kata juru bicara kementerian. {words}</p>"
        f"<p>Kedua pihak membahas perdagangan dan keamanan kawasan dalam pertemuan nomor {number} itu.</p>"
    )
    page = (
        f"<!doctype html><html lang='id'><head><title>{title}</title><meta property='og:title' content='{title}'>"
        f"<meta property='article:published_time' content='2021-11-30T{number % 24:02d}:00:00+07:00'>{head}</head>"
        f"<body><nav><a href='/dunia'>Dunia</a></nav><article><h1>{title}</h1>{body}</article></body></html>"
    )
    return page.encode()


def rss(base: str, numbers: range) -> bytes:
    """A feed of articles."""
    items = "".join(
        f"<item><title>Artikel {number}</title><link>{base}/berita/artikel-nomor-{number}</link>"
        f"<pubDate>Tue, 30 Nov 2021 {number % 24:02d}:00:00 +0700</pubDate></item>"
        for number in numbers
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Uji</title>{items}</channel></rss>".encode()


def sitemap(base: str, numbers: range) -> bytes:
    """A sitemap of articles, in gzip."""
    urls = "".join(
        f"<url><loc>{base}/berita/artikel-nomor-{number}</loc><lastmod>2021-11-30</lastmod></url>" for number in numbers
    )
    text = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>"
    return gzip.compress(text.encode())


def workspace_settings(folder: Path, ports: tuple[int, ...], more: str = "") -> None:
    """Let a workspace fetch from this machine, at once."""
    text = re.sub(
        r"^# (?=allow_networks|ports|delay)", "", (folder / "siaga.toml").read_text("utf-8"), flags=re.MULTILINE
    )
    text = text.replace("allow_networks = []", 'allow_networks = ["127.0.0.0/8"]')
    text = text.replace("ports = [80, 443]", f"ports = {list(ports)}").replace("delay = 2.0", "delay = 0.0")
    (folder / "siaga.toml").write_text(text.replace("[watch]", f"{more}\n[watch]"), "utf-8")
