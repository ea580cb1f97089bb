"""No page can stop us: what exhausts a parser is a reject in less than two seconds, and the next page is read."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from string import ascii_lowercase

import pytest

from siaga.base.article import Article, Page, Reject
from siaga.collect.apart import MEMORY, Apart
from siaga.collect.article import articles
from siaga.collect.frames import Task
from tests.unit.collect.archive import page

MOST_SECONDS = 2
MOST_MEMORY = 1_000_000
"""Kilobytes that this process and its children may have held at their most."""
NAMES = ["".join(letters) for letters in product(ascii_lowercase, repeat=3)]
GOOD = Page(name="good", body=page(1), kind="html")
BOMBS = {
    "deep": b"<div>" * 400_000,
    "deep within tags": b"<table><tr><td><font>" * 5_000,
    "attributes": b"<p " + " ".join(NAMES).encode() + b">Riga",
    "attributes in one tag of many": b"<p>Riga</p>" * 2_000 + b"<a " + " ".join(NAMES[:300]).encode() + b">",
    "large": b"<p>" + b"Riga " * 1_200_000,
    "many tags": b"<b><p>" * 40_000,
    "entities": b"<!DOCTYPE html ["
    + b"".join(b"<!ENTITY a%d '&a%d;&a%d;'>" % (n, n - 1, n - 1) for n in range(1, 40))
    + b"]><p>&a39;",
    "one word": b"<p>" + b"a" * 4_000_000,
    "one line": b"<article><p>" + b"Baca juga: A B c. " * 200_000,
    "brackets": b"<article><p>" + b"(" * 3_000_000,
    "attribute selectors": b"<script type='application/ld+json'>" + b"[" * 2_000_000 + b"</script><p>Riga</p>",
    "long script": b"<script>" + b"a b " * 900_000,
    "zeros": b"<p>Riga" + b"\x00" * 3_000_000,
}


@pytest.fixture(scope="module", params=[False, True], ids=["careful", "archive"])
def apart(request: pytest.FixtureRequest) -> Iterator[Apart]:
    with Apart(quick=request.param) as stage:
        list(stage([GOOD]))
        yield stage


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_an_article_or_a_reject_in_two_seconds_and_the_next_page_is_read(apart: Apart, bomb: str) -> None:
    before = processor_seconds()
    held = most_memory()
    first, second = apart([Page(name=bomb, body=b"<html><body>" + BOMBS[bomb], kind="html"), GOOD])
    assert isinstance(first, Reject) or len(first.text) < len(BOMBS[bomb]) + 100
    assert first.id == bomb if isinstance(first, Reject) else True
    assert isinstance(second, Article)
    assert processor_seconds() - before < 2 * MOST_SECONDS  # the bomb, and loading a new child where it cost one
    # other tests of this process may have held more, and a child begins as large as its parent
    assert most_memory() <= max(held + MOST_MEMORY / 10, MOST_MEMORY)


def most_memory() -> int:
    """Kilobytes that this process and its children held at most."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def processor_seconds() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def test_a_page_that_takes_too_long_costs_its_child_and_no_other_page() -> None:
    slow = Page(name="slow", body=b"<html><body>" + b"<table><tr><td>" * 120 + b"<p>x</p>" * 9_000, kind="html")
    with Apart(seconds=0.02) as stage:
        found = list(stage([slow, GOOD, slow, GOOD]))
    assert [one.reason for one in found if isinstance(one, Reject)] == ["too_slow"] * 2
    assert "0.02 s" in next(one.message for one in found if isinstance(one, Reject))


def test_a_child_that_dies_or_needs_too_much_memory_is_told() -> None:
    with Apart() as stage:
        [child] = stage._children
        child.give(Task(page=GOOD), GOOD.name)
        assert child._process is not None
        os.kill(child._process.pid, signal.SIGSTOP)
        os.kill(child._process.pid, signal.SIGSEGV)
        os.kill(child._process.pid, signal.SIGCONT)
        first = child.answer()
        assert first.article or (first.reject and first.reject.reason == "parser_crashed")
        if child._process is not None:
            child._process.wait()
        assert isinstance(next(stage([GOOD])), Article)


def test_memory_is_limited_by_the_kernel() -> None:
    with Apart() as stage:
        list(stage([GOOD]))
        [child] = stage._children
        assert child._process is not None
        limits = Path(f"/proc/{child._process.pid}/limits")
        if not limits.exists():
            pytest.skip("no /proc here")
        assert f"Max address space         {MEMORY}" in limits.read_text()


def test_several_children_give_articles_in_order_and_rejects_pass() -> None:
    pages = [Page(name=str(number), body=page(number), kind="html") for number in range(12)]
    reject = Reject(stage="load", id="x", reason="empty", message="")
    with Apart(children=2) as stage:
        found = list(stage([*pages[:5], reject, *pages[5:]]))
    assert found == list(articles([*pages[:5], reject, *pages[5:]]))


def test_the_children_end_with_their_stage() -> None:
    with Apart(children=2) as stage:
        list(stage([GOOD, GOOD]))
        processes = [child._process for child in stage._children]
    assert all(process is not None and process.returncode is not None for process in processes)
