"""How a workspace and this process stand: read anew each time somebody asks."""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from siaga import __version__
from siaga.collect.sources import load_sources
from siaga.serve.metrics.exposition import Family, Sample
from siaga.store.connection import Connection
from siaga.store.counts import count_messages, count_reasons, count_store
from siaga.store.daily import daily_began
from siaga.store.database import reading_from
from siaga.store.health import failing_sources, saved_last
from siaga.store.segments import unsealed
from siaga.store.sql import migrations
from siaga.store.workspace import Workspace

__all__ = ["process_families", "workspace_families"]

STATES = ("waiting", "sent", "dead", "dropped")
PAGE = resource.getpagesize()


def workspace_families(workspace: Workspace, moment: datetime) -> Iterator[Family]:
    """What is stored, how fresh it is, and how sources and messages fare.

    Args:
        workspace: to look at.
        moment: now, aware.

    Raises:
        StoreError: as `reading_from`.

    """
    with reading_from(workspace) as connection:
        yield from _stored(connection)
        yield from _fresh(connection, moment)
        yield _sources(workspace, connection, moment.date())
        sent = count_messages(connection)
    messages = tuple(Sample(sent.get(state, 0), {"state": state}) for state in STATES)
    yield Family("siaga_outbox_messages", "gauge", "Messages of alerts; dead ones were given up.", messages)
    yield _gauge("siaga_store_bytes", "Of the database with its log.", sum(map(_size, _database(workspace))))


def process_families() -> Iterator[Family]:
    """Memory, processor time and version of this process, by the names that Prometheus gives them."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resident = int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE
    yield _gauge("process_resident_memory_bytes", "Memory that is held.", resident)
    yield Family("process_cpu_seconds_total", "counter", "Processor time.", (Sample(used.ru_utime + used.ru_stime),))
    yield _gauge("process_open_fds", "Open files.", len([*Path("/proc/self/fd").iterdir()]))
    labels = {"version": __version__, "schema": str(len(migrations()))}
    yield Family("siaga_build_info", "gauge", "Version of the program.", (Sample(1, labels),))


def _stored(connection: Connection) -> Iterator[Family]:
    counts = count_store(connection)
    for name in ("articles", "events", "stories", "claims", "corrections"):
        yield _gauge(f"siaga_{name}", f"Stored {name}.", getattr(counts, name))
    yield _gauge("siaga_unlinked_articles", "Articles that were not compared with others yet.", counts.unlinked)
    yield _gauge("siaga_unsealed_events", "Events that are in no segment yet.", unsealed(connection))
    reasons = tuple(Sample(n, {"stage": stage, "reason": why}) for stage, why, n in count_reasons(connection))
    yield Family("siaga_rejects", "gauge", "Inputs that could not be used.", reasons)


def _fresh(connection: Connection, moment: datetime) -> Iterator[Family]:
    """Ages in seconds; without a sample where there is nothing yet."""
    for name, about, then in (
        ("siaga_newest_article_age_seconds", "Since an article was last saved.", saved_last(connection)),
        ("siaga_daily_age_seconds", "Since the last daily step that was done began.", daily_began(connection)),
    ):
        ages = () if then is None else (Sample((moment - datetime.fromisoformat(then)).total_seconds()),)
        yield Family(name, "gauge", about, ages)


def _sources(workspace: Workspace, connection: Connection, today: date) -> Family:
    """Sources by how they fare; one that failed today or yesterday fails."""
    since = (today - timedelta(days=1)).isoformat()
    failing = {source for source, _, _ in failing_sources(connection, since, today.isoformat())}
    states = Counter(
        "paused" if one.paused else "failing" if one.id in failing else "alive"
        for one in load_sources(workspace.sources)
    )
    samples = tuple(Sample(states[state], {"state": state}) for state in ("alive", "failing", "paused"))
    return Family("siaga_sources", "gauge", "Sources, by how they fare.", samples)


def _database(workspace: Workspace) -> tuple[Path, ...]:
    return workspace.database, workspace.database.with_name(f"{workspace.database.name}-wal")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _gauge(name: str, about: str, value: float) -> Family:
    return Family(name, "gauge", about, (Sample(value),))
