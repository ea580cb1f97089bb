"""The newcomer's walk: every command of it runs, one after the other, and every page that it names is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from siaga.serve.web.app import application
from siaga.store.workspace import find_workspace
from tests.unit.collect.webserver import Given, Site, article_page, rss, served

ROOT = Path(__file__).parents[2]
PAGES = {language: ROOT / f"docs/walk.{language}.md" for language in ("en", "id")}
FENCE = re.compile(r"^```sh\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL)
ADDRESS = re.compile(r"<http://127\.0\.0\.1:8000(?P<path>/[^>]+)>")
SAID = re.compile(r'"[^"]+"')
"""Words in the language of the page."""
OUTSIDE = "https://www.antaranews.com/"
SERVES = "siaga serve"
"""Goes on until it is stopped; the pages are asked below without it."""


def commands(language: str) -> list[str]:
    text = PAGES[language].read_text("utf-8")
    return [line for match in FENCE.finditer(text) for line in match["body"].splitlines()]


@pytest.fixture
def base() -> Iterator[str]:
    """A news site on this machine, in place of the one that the walk names."""
    site = Site()
    with served(site) as address:
        for number in range(3):
            site.put(f"/berita/artikel-nomor-{number}", Given(article_page(number)))
        site.put("/feed", Given(rss(address, range(3)), headers=(("Content-Type", "application/rss+xml"),)))
        head = "<link rel='alternate' type='application/rss+xml' title='Uji' href='/feed'>"
        site.put("/", Given(f"<html><head><title>Uji</title>{head}</head><body><p>Uji</p></body></html>".encode()))
        yield address


def test_the_walk_goes_through_and_every_page_it_names_is_there(base: str, tmp_path: Path) -> None:
    shim = tmp_path / "bin/siaga"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m siaga "$@"\n', "utf-8")
    shim.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{shim.parent}:{os.environ['PATH']}", "LANG": "C", "SIAGA_FETCH_DELAY": "0",
        "SIAGA_FETCH_ALLOW_NETWORKS": "127.0.0.0/8", "SIAGA_FETCH_PORTS": base.rpartition(":")[2],
    }  # fmt: skip
    lines = [line.replace(OUTSIDE, f"{base}/") for line in commands("en") if line != SERVES]
    script = "set -eu\n" + "\n".join(f"echo '== {number}'\n{line}" for number, line in enumerate(lines))
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert "Traceback" not in done.stderr
    told = dict(zip(lines, done.stdout.split("== ")[1:], strict=True))
    assert all("\n" in out.strip() for line, out in told.items() if " collect" in line), told
    assert "SIAGA" in next(out for line, out in told.items() if "alerts history" in line)
    assert (tmp_path / "desk/alerts/desk.atom").is_file()
    where = find_workspace(str(tmp_path / "desk"), {}, tmp_path)
    with TestClient(application(where), base_url="http://127.0.0.1:8000") as visitor:
        for page in PAGES.values():
            for path in ADDRESS.findall(page.read_text("utf-8")):
                assert visitor.get(path).status_code == 200, path


def test_both_walks_have_the_same_commands_and_pages() -> None:
    english, indonesian = (commands(language) for language in ("en", "id"))
    assert len(english) > 12
    assert [SAID.sub("…", line) for line in indonesian] == [SAID.sub("…", line) for line in english]
    named = [ADDRESS.findall(page.read_text("utf-8")) for page in PAGES.values()]
    assert [path.replace("/id/", "/en/") for path in named[1]] == named[0]
    headings = [page.read_text("utf-8").count("\n## ") for page in PAGES.values()]
    assert headings[0] == headings[1]
