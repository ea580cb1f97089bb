"""Failpoints: named places at which a test lets the process die or the disk fail; elsewhere they do nothing.

    SIAGA_FAILPOINT=seal.renamed           killed (SIGKILL) on coming there
    SIAGA_FAILPOINT=commit.before:3        killed on coming there for the third time
    SIAGA_FAILPOINT=file.written:1:ENOSPC  from the first time on, the system says that the disk is full

They stand around each commit, seal, rename and send. docs/reliability.md tells what was found at each.
"""

from __future__ import annotations

import errno
import os
import signal
from collections import Counter
from collections.abc import Mapping

__all__ = ["FAILPOINTS", "VARIABLE", "failpoint"]

VARIABLE = "SIAGA_FAILPOINT"
FAILPOINTS: Mapping[str, str] = {
    "commit.before": "all of a transaction is done, nothing of it committed",
    "commit.after": "a transaction is committed",
    "file.written": "a file is written aside, not synced",
    "file.synced": "a file is synced, not renamed",
    "file.renamed": "a file is in its place, its folder not synced",
    "seal.written": "a segment is written aside",
    "seal.synced": "a segment is synced, not renamed",
    "seal.renamed": "a segment is in its place, not in the manifest",
    "seal.entered": "a segment is in the manifest, small ones not put together",
    "seal.replaced": "segments are made again, the old files not removed",
    "import.written": "an import is written aside",
    "import.synced": "an import is synced, not renamed",
    "import.renamed": "an import is in its place, not in the list",
    "send.leased": "a message is taken, not sent",
    "send.sent": "a message is sent, not settled",
    "send.settled": "a message is settled",
    "daily.begun": "a daily step is begun",
    "daily.done": "all of a daily step is done, its end not noted",
    "plan.written": "the plan of an archive's job is written aside",
    "shard.leased": "a shard is taken, nothing of it read",
    "shard.written": "the result of a shard is written aside",
    "shard.synced": "the result of a shard is synced, not renamed",
    "shard.renamed": "the result of a shard is in its place, without a receipt",
    "receipt.written": "a receipt is written aside",
    "receipt.linked": "a receipt is in its place, its folder not synced",
    "answer.kept": "an answer is in the archive, what is read of it not saved",
    "archive.written": "an archive without what was taken down is written aside",
    "archive.replaced": "an archive without what was taken down is in its place",
    "output.written": "a file that was asked for is written aside",
    "output.synced": "a file that was asked for is synced, not renamed",
    "output.renamed": "a file that was asked for is in its place",
    "backup.written": "a backup is written aside",
    "backup.renamed": "a backup is in its place, its folder not synced",
    "restore.laid_out": "a backup is laid out aside and checked",
    "restore.placed": "a backup is in its place, its folder not synced",
    "cache.written": "what can be reckoned again is written aside",
}
"""Name -> what is done by then; their numbers are their places here, from 1."""
_passed: Counter[str] = Counter()


def failpoint(name: str) -> None:
    """Die or fail here, if that is what is asked for.

    Raises:
        OSError: the error that is asked for.

    """
    if asked := os.environ.get(VARIABLE):
        _fail(name, *asked.split(":"))


def _fail(name: str, wanted: str, at: str = "1", how: str = "") -> None:
    if name != wanted:
        return
    _passed[name] += 1
    if how and _passed[name] >= int(at):
        number = int(getattr(errno, how))
        raise OSError(number, os.strerror(number))
    if not how and _passed[name] == int(at):
        os.kill(os.getpid(), signal.SIGKILL)
