"""The runner of a cluster: each shard is a task of Ray (`pip install 'siaga[ray]'`), tried again where it fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from siaga.base.errors import WorkspaceError
from siaga.scale.job import Job, Plan
from siaga.scale.local import Meter, Tell, open_shards
from siaga.scale.steps import do_shard
from siaga.scale.worker import MOST_DEATHS

__all__ = ["cluster"]

MOST_TRIES = MOST_DEATHS - 1
"""Times that a task is begun again after its process died."""
OBJECT_STORE = 100_000_000
"""Bytes; tasks give back receipts only, what is read goes to the job's folder."""


@contextmanager
def cluster(workers: int, address: str | None) -> Iterator[Callable[[Job, Tell], None]]:
    """What does all shards of a job that are not done, as tasks of a cluster that sees its folder under the same path.

    Args:
        workers: processors of the cluster that is started here where no address is given.
        address: of a running cluster, e.g. `auto`.

    Raises:
        WorkspaceError: Ray is not installed.

    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # nothing is told to anybody
    try:
        import ray  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise WorkspaceError("Ray is not installed; expected: pip install 'siaga[ray]'") from error
    _join(ray, workers, address)
    try:
        yield partial(_run, ray)
    finally:
        ray.shutdown()


def _join(ray: Any, workers: int, address: str | None) -> None:  # noqa: ANN401 - an extra without types here
    if address:
        ray.init(address=address, log_to_driver=False)
    else:
        ray.init(
            num_cpus=workers, include_dashboard=False, object_store_memory=OBJECT_STORE, log_to_driver=False,
            configure_logging=False,
        )  # fmt: skip


def _run(ray: Any, job: Job, tell: Tell) -> None:  # noqa: ANN401
    plan, meter = job.plan(), Meter(job)
    task = ray.remote(num_cpus=1, max_retries=MOST_TRIES)(_task)
    shards = {task.remote(str(job.folder.resolve()), shard.id): shard.id for shard in open_shards(job, plan.shards)}
    waiting = list(shards)
    while waiting:
        [done], waiting = ray.wait(waiting, num_returns=1)
        try:
            ray.get(done)
        except ray.exceptions.WorkerCrashedError:  # each time it was tried
            for _ in range(MOST_DEATHS):
                job.note_death(shards[done])
        tell(meter.progress())


def _task(folder: str, shard: str) -> bytes:
    """Do a shard; what crosses between machines is plain."""
    job, plan = Job(folder=Path(folder)), _plan(folder)
    [chosen] = (one for one in plan.shards if one.id == shard)
    return do_shard(job, plan, chosen).to_json()


@cache
def _plan(folder: str) -> Plan:
    return Job(folder=Path(folder)).plan()
