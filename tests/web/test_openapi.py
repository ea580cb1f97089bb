"""The description is right: what it promises is what comes, whatever is asked within it or beside it."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
import uvicorn
from hypothesis import HealthCheck, Phase, given, seed, settings
from starlette.applications import Starlette

import siaga
from siaga.serve.accounts.people import person_of
from siaga.serve.api.app import mount
from siaga.serve.api.description import PATH, description
from siaga.serve.web.app import application
from siaga.serve.web.serving import Serving
from siaga.store.workspace import Workspace, find_workspace

schemathesis = pytest.importorskip("schemathesis")
CHECKS = [
    getattr(schemathesis.checks, name)
    for name in (
        "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    )
]  # fmt: skip
OPERATIONS = {one.ok().label: one.ok() for one in schemathesis.openapi.from_dict(description()).get_all_operations()}
EXAMPLES = 8
"""Of each operation, and as many that the description forbids."""
FEWER = 3
RECKONED = ("/warnings", "/claims", "/series", "/episodes", "/corrections", "/articles")
"""Operations that take a moment have fewer."""
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def address(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on loopback, for a single user."""
    folder = tmp_path_factory.mktemp("openapi") / "work"
    shutil.copytree(demo.folder, folder, ignore=shutil.ignore_patterns("*.lock"))
    siaga.Workspace(folder).link()
    where = find_workspace(str(folder), {}, folder)
    app = application(where, Serving(person_of=person_of, mounts=(mount(where),)))
    with socket.create_server(("127.0.0.1", 0)) as listener, serving(app, listener) as told:
        yield f"{told}{PATH}"


@contextmanager
def serving(app: Starlette, listener: socket.socket) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none"))
    thread = Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def test_the_description_names_every_record_and_has_no_reference_that_leads_nowhere() -> None:
    described = description()
    schemas = described["components"]["schemas"]
    refs = {part.split('"')[0] for part in json.dumps(described).split("#/components/schemas/")[1:]}
    assert refs <= schemas.keys()
    assert {"Event", "Story", "Incident", "Quote", "Standing", "Card", "Problem", "CorrectionGiven"} <= schemas.keys()
    assert schemas["Event"]["properties"]["type"]["enum"]
    operations = [one for path in described["paths"].values() for one in path.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    assert all(one["summary"] for one in operations)


@pytest.mark.parametrize("label", OPERATIONS)
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_what_comes_is_what_the_description_promises(address: str, label: str, mode: str) -> None:
    operation = OPERATIONS[label]
    wanted = schemathesis.GenerationMode(mode)
    if mode == "negative" and not (operation.query or operation.body):
        return  # there is nothing in it that could be wrong
    few = any(label.endswith((path, f"{path}/{{id}}")) for path in RECKONED)

    @seed(20_261_128)
    @settings(
        max_examples=FEWER if few else EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=wanted))
    def holds(case: Any) -> None:
        case.validate_response(case.call(base_url=address, headers=OURS), checks=CHECKS)

    holds()
