"""How many of the sure facts of the demo's pages the reader finds: floors, raised only.

`python -m tests.quality.test_demo_facts` prints the rates and each fact that is missed.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from siaga.base.article import Reject
from siaga.base.document import Reading
from siaga.base.event import Event
from siaga.flow import readings
from siaga.serve.cli.demo import demo_pages

FACTS = Path(__file__).with_name("demo_facts.csv")
FLOORS = {"type": 0.7, "who": 0.45, "status": 0.4}
"""Share of facts found by type; also with the parties; also with the status. Raised when the reader gets better."""

Fact = Mapping[str, str]


def load_facts() -> tuple[Fact, ...]:
    """The facts, by column."""
    return tuple(csv.DictReader(line for line in FACTS.read_text("utf-8").splitlines() if not line.startswith("#")))


def read_pages() -> dict[str, Reading]:
    """What the pages with facts say, by file."""
    wanted = {fact["file"] for fact in load_facts()}
    pages = [page for page in demo_pages() if page.name in wanted]
    read = zip(pages, readings(pages), strict=True)
    return {page.name: reading for page, reading in read if not isinstance(reading, Reject)}


def found(fact: Fact, reading: Reading) -> dict[str, bool]:
    """Whether an event of the fact's type is there; with its parties; with its status too."""
    of_type = [event for event in reading.events if event.type == fact["type"]]
    of_them = [event for event in of_type if has(event, fact)]
    told = [event for event in of_them if event.status == fact["status"]]
    return {"type": bool(of_type), "who": bool(of_them), "status": bool(told)}


def has(event: Event, fact: Fact) -> bool:
    """Whether the event has the parties of the fact; who is named first in talks makes no difference."""
    actors = {party.code for party in event.actors}
    recipients = {party.code for party in event.recipients}
    if fact["type"] in {"CONSULT", "AGREE", "COOPERATE"}:
        return {fact["actor"], fact["recipient"]} - {""} <= actors | recipients
    return {fact["actor"]} - {""} <= actors and {fact["recipient"]} - {""} <= recipients


def rates() -> dict[str, float]:
    """The share of facts found, by what is compared."""
    read, all_facts = read_pages(), load_facts()
    results = [found(fact, read[fact["file"]]) for fact in all_facts]
    return {what: sum(result[what] for result in results) / len(results) for what in FLOORS}


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    return rates()


@pytest.mark.parametrize("what", FLOORS)
def test_the_reader_finds_the_sure_facts_of_the_demo(measured: dict[str, float], what: str) -> None:
    assert measured[what] >= FLOORS[what]


def test_every_fact_is_of_a_page_and_both_languages_have_many() -> None:
    names = {page.name for page in demo_pages()}
    assert {fact["file"] for fact in load_facts()} <= names
    assert len(load_facts()) > 100


if __name__ == "__main__":
    pages_read = read_pages()
    for one in load_facts():
        marks = found(one, pages_read[one["file"]])
        if not all(marks.values()):
            missed = next(what for what, is_found in marks.items() if not is_found)
            print(f"{missed:7}{','.join(one.values())}")  # noqa: T201 - a report for people
    print({what: round(rate, 3) for what, rate in rates().items()})  # noqa: T201
