"""The runner of a cluster: each shard is a task of Ray (`pip install 'siaga[ray]'`), tried again where it fails."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from siaga.base.errors import WorkspaceError
from siaga.scale.job import Job, Plan
from siaga.scale.local import Meter, Progress, open_shards
from siaga.scale.steps import do_shard

__all__ = ["run_on_ray"]

MOST_TRIES = 3
"""Times that a task is begun again after its process died."""
OBJECT_STORE = 100_000_000
"""Bytes; tasks give back receipts only, what is read goes to the job's folder."""


def run_on_ray(job: Job, workers: int, address: str | None, tell: Callable[[Progress], None]) -> None:
    """Read all shards that are not done, as tasks of a cluster that sees the job's folder under the same path.

    Args:
        job: what is read.
        workers: processors of the cluster that is started here where no address is given.
        address: of a running cluster, e.g. `auto`.
        tell: is told after each shard.

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
        _run(ray, job, tell)
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


def _run(ray: Any, job: Job, tell: Callable[[Progress], None]) -> None:  # noqa: ANN401
    plan, meter = job.plan(), Meter(job)
    task = ray.remote(num_cpus=1, max_retries=MOST_TRIES)(_task)
    waiting = [task.remote(str(job.folder.resolve()), shard.id) for shard in open_shards(job, plan)]
    while waiting:
        done, waiting = ray.wait(waiting, num_returns=1)
        ray.get(done)
        tell(meter.progress())


def _task(folder: str, shard: str) -> bytes:
    """Do a shard; what crosses between machines is plain."""
    job, plan = Job(folder=Path(folder)), _plan(folder)
    [chosen] = (one for one in plan.shards if one.id == shard)
    return do_shard(job, plan, chosen).to_json()


@cache
def _plan(folder: str) -> Plan:
    return Job(folder=Path(folder)).plan()
