"""/metrics: what a workspace and its service come to, as Prometheus reads it, for whoever may read."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from siaga.base.person import ROLES
from siaga.serve.accounts.people import person_of
from siaga.serve.metrics.exposition import Family, Sample, exposition
from siaga.serve.metrics.meter import BOUNDS, Meter, Metered
from siaga.serve.metrics.page import metrics_route
from siaga.serve.metrics.standing import workspace_families
from siaga.serve.web.app import application
from siaga.serve.web.serving import Serving
from siaga.store.counts import count_store
from siaga.store.database import noting_in, reading_from
from siaga.store.workspace import Workspace
from tests.unit.serve.test_gather import shelved, with_its_file
from tests.web.people import ADDRESS, LOCAL, Staff, browser, staffed

LINE = re.compile(
    r'(?P<name>[a-z_]+)(?:\{(?P<labels>(?:[a-z]+="(?:[^"\\]|\\.)*",?)*)\})? (?P<value>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)'
)


@pytest.fixture(scope="module")
def staff(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Staff:
    return staffed(demo, tmp_path_factory.mktemp("staff") / "work")


def served(place: Workspace) -> Starlette:
    """The application as `siaga serve` makes it, but for its meter."""
    return application(place, Serving(person_of=person_of, entrance="/login", mounts=(metrics_route(place, Meter()),)))


def numbers(text: str) -> dict[str, float]:
    """Each sample by its name and labels; every line is one, or says what they are."""
    found = {}
    for line in text.splitlines():
        if not line.startswith("# "):
            match = LINE.fullmatch(line)
            assert match, line
            found[f"{match['name']}{{{match['labels'] or ''}}}"] = float(match["value"])
    return found


def test_the_numbers_are_those_of_the_store(demo: Workspace) -> None:
    meter = Meter()
    app = Metered(application(demo, Serving(mounts=(metrics_route(demo, meter),))), meter)
    with TestClient(app, base_url=ADDRESS, client=LOCAL) as client:
        client.get("/en/board")
        client.get("/en/nothing-of-this-name")
        answer = client.get("/metrics")
    found = numbers(answer.text)
    with reading_from(demo) as connection:
        counts = count_store(connection)
    assert (found["siaga_articles{}"], found["siaga_events{}"]) == (counts.articles, counts.events)
    assert found["siaga_newest_article_age_seconds{}"] > 0
    assert found['siaga_http_requests_total{area="pages",method="GET",status="200"}'] == 1
    assert found['siaga_http_requests_total{area="pages",method="GET",status="404"}'] == 1
    assert found['siaga_http_request_duration_seconds_bucket{area="pages",le="+Inf"}'] == 2
    assert found["process_resident_memory_bytes{}"] > 10_000_000
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")


def test_a_stranger_is_refused_and_every_role_may_read(staff: Staff) -> None:
    app = served(staff.workspace)
    with browser(app) as client:
        assert client.get("/metrics").status_code == 401
    for role in ROLES:
        with browser(app, staff.sessions[role]) as client:
            assert client.get("/metrics").status_code == 200


def test_nobody_changes_anything_there(demo: Workspace) -> None:
    with TestClient(served(demo), base_url=ADDRESS, client=LOCAL) as client:
        assert client.post("/metrics", headers={"Origin": ADDRESS}).status_code == 405


def test_a_clock_that_was_set_back_shows_as_an_age_below_zero(demo: Workspace) -> None:
    past = datetime.now(UTC) - timedelta(days=2)
    ages = {one.name: one.samples for one in workspace_families(demo, past)}
    assert ages["siaga_newest_article_age_seconds"][0].value < -80_000


def test_requests_fall_into_the_buckets_of_their_time() -> None:
    meter = Meter()
    for seconds in (BOUNDS[0], 0.3, 99.0):
        meter.count("pages", "GET", 200, seconds)
    found = numbers(exposition(meter.families()))
    bucket = 'siaga_http_request_duration_seconds_bucket{area="pages",le="%s"}'
    assert [found[bucket % bound] for bound in ("0.005", "0.25", "0.5", "10", "+Inf")] == [1, 1, 2, 2, 3]
    assert found['siaga_http_request_duration_seconds_sum{area="pages"}'] == pytest.approx(99.305)


def test_labels_are_escaped() -> None:
    text = exposition([Family("siaga_x", "gauge", "a\nb", (Sample(1, {"reason": 'a"b\\c\nd'}),))])
    assert text.splitlines()[-1] == 'siaga_x{reason="a\\"b\\\\c\\nd"} 1'
    numbers(text)


def test_the_sources_that_failed_lately_fail(tmp_path: Path) -> None:
    with shelved(tmp_path, 1) as shelf:
        with_its_file(shelf)
        states = []
        for day in ("2020-01-01", datetime.now(UTC).date().isoformat()):
            with noting_in(shelf.where) as connection:
                connection.execute("INSERT INTO source_failure VALUES ('uji', ?, 'silent', 9, 0, 'x')", (day,))
            found = {one.name: one.samples for one in workspace_families(shelf.where, datetime.now(UTC))}
            states.append([one.value for one in found["siaga_sources"]])
    assert states == [[1, 0, 0], [0, 1, 0]]
