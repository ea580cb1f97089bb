"""What may be wrong with a workspace and the machine under it, each with what to do."""

from __future__ import annotations

import shutil
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from siaga.base.errors import SiagaError
from siaga.base.overlay import load_overlay
from siaga.base.pack import languages
from siaga.collect.fetch.address import networks
from siaga.collect.sources import load_sources
from siaga.serve.gathering.checking import state_of
from siaga.store.database import now, reading_from
from siaga.store.ground import ground_of
from siaga.store.health import newest_moment
from siaga.store.segments import check
from siaga.store.workspace import Workspace

__all__ = ["Finding", "findings"]

LEAST_FREE = 1_000_000_000
"""Bytes of disk below which a night's run may not fit."""
CLOCK_SLACK = 60.0
"""Seconds that clocks may differ by."""


class Finding(NamedTuple):
    """What was looked at, how it is, and the values of the message `doctor.<key>`."""

    level: Literal["well", "doubt", "fault"]
    key: str
    values: dict[str, object]


def findings(where: Workspace) -> Iterator[Finding]:
    """What was found, one finding or more for each thing that was looked at; nothing is changed."""
    for look in (_disk, _certificates, _settings, _overlay, _database, _sources):
        try:
            yield from look(where)
        except SiagaError as error:
            yield Finding("fault", "error", {"message": str(error)})


def _disk(where: Workspace) -> Iterator[Finding]:
    free = shutil.disk_usage(where.folder).free
    level: Literal["well", "doubt"] = "well" if free >= LEAST_FREE else "doubt"
    yield Finding(level, "disk" if level == "well" else "disk_full", {"free": f"{free / 1e9:.1f}"})


def _certificates(where: Workspace) -> Iterator[Finding]:  # noqa: ARG001 - as the others
    count = len(ssl.create_default_context().get_ca_certs())
    paths = ssl.get_default_verify_paths()
    known = count or paths.cafile or paths.capath
    yield Finding("well" if known else "fault", "certificates" if known else "no_certificates", {})


def _settings(where: Workspace) -> Iterator[Finding]:
    networks(where.config.fetch.allow_networks)
    yield Finding("well", "settings", {"file": where.folder / "siaga.toml"})
    if where.config.fetch.allow_networks:
        yield Finding("doubt", "networks", {"networks": ", ".join(where.config.fetch.allow_networks)})
    if not where.config.fetch.contact:
        yield Finding("doubt", "no_contact", {})


def _overlay(where: Workspace) -> Iterator[Finding]:
    overlay = load_overlay(where.overlay, languages())
    yield Finding("well", "overlay", {"files": len(overlay.files)})


def _database(where: Workspace) -> Iterator[Finding]:
    with reading_from(where) as connection:
        ground = ground_of(where, connection)
        yield Finding("well", f"database_{ground.kind}", {"schema": ground.schema, "version": ground.version})
        faults = check(where, connection)
        if faults:
            yield Finding("fault", "segments", {"fault": faults[0], "count": len(faults)})
        newest = newest_moment(connection)
        if newest is not None and _seconds_ahead(newest) > CLOCK_SLACK:
            yield Finding("fault", "clock", {"moment": newest, "now": now()})
        else:
            yield Finding("well", "clock_well", {"now": now()})


def _seconds_ahead(moment: str) -> float:
    return (datetime.fromisoformat(moment) - datetime.now(UTC)).total_seconds()


def _sources(where: Workspace) -> Iterator[Finding]:
    sources = load_sources(where.sources)
    if not sources:
        yield Finding("doubt", "no_sources", {})
        return
    with reading_from(where) as connection:
        states = [state_of(connection, source, now()) for source in sources]
    bad = [one for one in states if one.state in {"silent", "shrinking", "unreachable", "unwatched"}]
    yield Finding("well", "sources", {"count": len(sources)})
    for one in bad:
        yield Finding("doubt", f"source_{one.state}", {"source": one.source, "success": one.last_success or "-"})
