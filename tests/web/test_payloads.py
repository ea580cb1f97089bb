"""Whatever title, source, quote, place or sentence hold: every page shows it as text, and nothing runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bench import big_store
from siaga.base.claim import Claim
from siaga.base.document import Reading
from siaga.base.event import Event, Evidence, Quote
from siaga.link.lineages import lineages
from siaga.serve.web.app import application
from siaga.store.claims import Ledger
from siaga.store.database import now, transaction, writing_to
from siaga.store.lineages import settle_lineages
from siaga.store.save import save_within
from siaga.store.sql import query
from siaga.store.workspace import Workspace, lay_out
from tests.web.conftest import ADDRESS
from tools.screens import CHROMIUM, LANGUAGES, addresses, chromium, lived_in, served

PAYLOAD = '"><script>document.title="run"</script><img src=x onerror=\'document.title="run"\'>{{7*7}}'
RAW = ("<script>document", "<img src=x")
SHOWS_NOTHING_READ = frozenset({
    "/status", "/about", "/start", "/login", "/account", "/users", "/audit", "/alerts", "/alerts/new",
    "/alerts/rule/{name}", "/playbooks", "/playbook/{name}", "/playbook/{name}/print", "/run/{id}", "/run/{id}/print",
    "/briefs",
})  # fmt: skip
"""Pages on which no word of an article stands."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    workspace = nasty_workspace(tmp_path_factory.mktemp("nasty"))
    lived_in(workspace.folder)
    return application(workspace)


@pytest.fixture(scope="module")
def walked(app: Starlette) -> dict[str, str]:
    return addresses(app)


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, base_url=ADDRESS) as asks:
        yield asks


def nasty_workspace(folder: Path) -> Workspace:
    """A workspace of ten articles of two stories, each with two copies, and claims, all of them full of payloads."""
    workspace = lay_out(folder, {})
    readings = [nasty(number) for number in range(10)]
    with writing_to(workspace) as connection, transaction(connection):
        save_within(connection, readings, now())
        for number in (4, 9):
            pair = big_store.copied(big_store.article_id(number - 1), big_store.article_id(number))
            connection.execute(query("add_pair"), {
                "a": pair.a, "b": pair.b, "relation": pair.relation, "probability": pair.probability,
                "record": pair.to_json().decode(),
            })  # fmt: skip
        settle_lineages(connection, [one.article.id for one in readings], lineages)
        big_store.save_stories(connection, readings)
        Ledger(connection).add(nasty_claim(readings[0]))
    return workspace


def nasty(number: int) -> Reading:
    """An article with a payload wherever one may stand."""
    one = big_store.reading(number)
    text = f"{PAYLOAD} attacked. {number}"
    evidence = Evidence(start=0, end=len(text), text=text)
    article = one.article.replace(
        text=text, title=f"{PAYLOAD} {number}", source=PAYLOAD, published=f"2026-11-{11 + number}"
    )
    quote = Quote(
        speaker=PAYLOAD, speaker_text=PAYLOAD, office=PAYLOAD, organisation=PAYLOAD, code=None, anonymous=False,
        medium=PAYLOAD, direct=True, words=PAYLOAD, start=0, end=len(PAYLOAD),
    )  # fmt: skip
    events = tuple(nasty_event(event, evidence, f"2026-11-{10 + number}") for event in one.events)
    return one.replace(article=article, events=events, quotes=(quote,))


def nasty_event(event: Event, evidence: Evidence, day: str) -> Event:
    """An attack by Russia on Ukraine whose every word is a payload."""
    [party] = event.actors
    return event.replace(
        type="ASSAULT", status="happened", evidence=evidence, trigger="attacked", speaker=PAYLOAD, medium=PAYLOAD,
        actors=(party.replace(code="RUS", name=PAYLOAD, text=PAYLOAD),),
        recipients=(party.replace(code="UKR", name=PAYLOAD, text=PAYLOAD),),
        place=big_store.place_of("UKR").replace(name=PAYLOAD, precision="city"), earliest=day,
        latest=day, confidence=0.9,
    )  # fmt: skip


def nasty_claim(reading: Reading) -> Claim:
    """A claim that says nothing but payloads."""
    return big_store.claim(0).replace(
        article=reading.article.id, speaker=PAYLOAD, medium=PAYLOAD, source=PAYLOAD, words=PAYLOAD, place=PAYLOAD,
        evidence=reading.events[0].evidence, made="2026-11-20", actors=("RUS",), recipients=("UKR",),
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_repeats_it_as_markup(client: TestClient, walked: dict[str, str], language: str) -> None:
    for path, address in walked.items():
        answer = client.get(address.replace("/en/", f"/{language}/", 1))
        assert [one for one in RAW if one in answer.text] == [], path
        assert ("{{7*7}}" in answer.text) != (path in SHOWS_NOTHING_READ), path


@pytest.mark.skipif(not CHROMIUM.is_file(), reason="chromium is not installed (Debian's package)")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_shows_it_as_text_and_runs_nothing(app: Starlette, walked: dict[str, str], language: str) -> None:
    with served(app) as base, chromium() as browser:
        page = browser.new_page()
        for path, address in walked.items():
            page.goto(base + address.replace("/en/", f"/{language}/", 1))
            assert page.title() != "run", path
            assert page.locator("main script, main img").count() == 0, path
            if path not in SHOWS_NOTHING_READ:
                assert '<script>document.title="run"</script>' in page.locator("main").inner_text(), path
