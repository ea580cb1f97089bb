"""A process that does one shard after the other until none is left: `python -m siaga.scale.worker FOLDER`.

It takes a lease on each, which it touches while it reads. Of a reader that died the lease grows old (or is broken by
whoever started it), and the next one takes it over.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from siaga.base.errors import DamagedError, NotSavedError
from siaga.base.failpoint import failpoint
from siaga.scale.job import Job, Plan, Shard
from siaga.scale.steps import do_shard

__all__ = ["MOST_DEATHS", "break_leases", "work"]

LEASE = 60.0
"""Seconds after which a lease that nobody touched is anybody's; an article takes a second at the most."""
TOUCH = 5.0
"""Seconds between two touches."""
MOST_DEATHS = 3
"""Readers that may die over a shard before it is given up, so that one page can't stop a night's run."""
WAIT = 0.2


def work(job: Job) -> None:
    """Do shards until each is done, or given up."""
    plan = job.plan()
    while waiting := [shard for shard in plan.shards if _is_open(job, shard)]:
        read = [_read(job, plan, shard) for shard in waiting]
        if not any(read):
            time.sleep(WAIT)  # the rest is with others, who may die


def break_leases(job: Job, pid: int) -> list[str]:
    """Take the lease from a process that is no more; the shards that it was reading."""
    broken = []
    for lease in (job.folder / "leases").iterdir():
        with suppress(FileNotFoundError):
            if lease.read_text("utf-8") == str(pid):
                lease.unlink()
                broken.append(lease.name)
    return broken


def _is_open(job: Job, shard: Shard) -> bool:
    return job.receipt(shard.id) is None and job.deaths(shard.id) < MOST_DEATHS


def _read(job: Job, plan: Plan, shard: Shard) -> bool:
    """Whether this shard was ours to read."""
    lease = job.lease(shard.id)
    if not _is_open(job, shard) or not _claimed(job, lease):
        return False
    failpoint("shard.leased")
    touches = _touches(lease)
    try:
        do_shard(job, plan, shard, lambda: next(touches))
    finally:
        lease.unlink(missing_ok=True)
    return True


def _claimed(job: Job, lease: Path) -> bool:
    with suppress(FileNotFoundError):
        if time.time() - lease.stat().st_mtime > LEASE:
            _take_over(job, lease)
    try:
        with lease.open("x", encoding="utf-8") as file:
            file.write(str(os.getpid()))
    except FileExistsError:
        return False
    return True


def _take_over(job: Job, lease: Path) -> None:
    """Break a lease; of several who try, one does."""
    broken = lease.with_name(f".{lease.name}.{uuid4().hex[:8]}")
    with suppress(FileNotFoundError):
        lease.replace(broken)
        broken.unlink()
        job.note_death(lease.name)


def _touches(lease: Path) -> Iterator[None]:
    last = time.monotonic()
    while True:
        if time.monotonic() - last > TOUCH:
            last = time.monotonic()
            with suppress(FileNotFoundError):
                os.utime(lease)
        yield


def main() -> int:
    """Work on the job that is named; the exit code: 74 where nothing can be written, 65 where something is broken."""
    try:
        work(Job(folder=Path(sys.argv[1])))
    except (NotSavedError, DamagedError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - what whoever started it shows
        return os.EX_DATAERR if isinstance(error, DamagedError) else os.EX_IOERR
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    sys.exit(main())
