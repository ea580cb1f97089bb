"""`siaga archive`: a pile of pages read in shards, on one machine or many."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import click

from siaga.serve.cli.languages import preferred_language
from siaga.serve.cli.logging_ import log_option, logged_as
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.report.catalogue import Catalogue
    from siaga.scale.local import Progress

__all__ = ["command"]

EXIT_INCOMPLETE = 65


@click.group("archive")
def command() -> None:
    """Read a large archive in shards: plan, run, verify, merge.

    The job lies in a folder of its own. Any number of processes, on one machine or on many that see the folder, read
    its shards; each shard counts once, whoever is killed. In the end all is put into a workspace.

    \b
    Examples:
      siaga archive plan job/ crawl/ --lane archive
      siaga archive run job/ --workers 4
      siaga archive verify job/
      siaga archive merge job/ -w watch/
    """  # noqa: D301 - click reads \b


@command.command("plan")
@click.argument("folder", metavar="JOB")
@click.argument("paths", nargs=-1, required=True, metavar="PATH ...")
@click.option("--size", type=click.IntRange(1), default=1000, show_default=True, help="Pages in a shard.")
@click.option(
    "--lane", type=click.Choice(["careful", "archive"]), default="archive", show_default=True,
    help="How pages become articles, as of siaga read.",
)  # fmt: skip
def plan(folder: str, paths: tuple[str, ...], size: int, lane: str) -> None:
    """Divide files of JSON Lines, web archives or pages into shards.

    Planned again, shards that are the same and were read stay read.

    \b
    Example:
      siaga archive plan job/ news.jsonl.gz crawl-01.warc.gz --size 500
    """  # noqa: D301
    from siaga.scale.job import Job, plan_of  # noqa: PLC0415 - `siaga --help` must not load the reader

    found = plan_of(paths, size, cast("Literal['careful', 'archive']", lane))
    Job(folder=Path(folder)).lay_out(found)
    pages = sum(shard.pages for shard in found.shards)
    words = _words()
    click.echo(words.say("archive.planned", shards=words.number(len(found.shards)), pages=words.number(pages)))


@command.command("run")
@click.argument("folder", metavar="JOB")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="Processes that read.")
@click.option(
    "--engine", type=click.Choice(["local", "ray", "commands"]), default="local", show_default=True,
    help="local: processes here; ray: tasks of a Ray cluster (pip install 'siaga[ray]'); commands: only print a "
    "command a shard, for Slurm, Kubernetes or Spark.",
)  # fmt: skip
@click.option("--address", default=None, help="Of a running Ray cluster; by default one is started here.")
@log_option
def run(folder: str, workers: int, engine: str, address: str | None, log: str | None) -> None:
    """Read all shards that are not read yet; interrupted, it goes on where it stopped.

    \b
    Examples:
      siaga archive run job/ --workers 4
      siaga archive run job/ --engine ray --address auto
      siaga archive run job/ --engine commands | xargs -P 8 -I{} sh -c {}

    Exit code: 0 if all is read, 65 if shards were given up, else as siaga read.
    """  # noqa: D301
    from siaga.scale.job import Job  # noqa: PLC0415
    from siaga.scale.local import open_shards, run_local  # noqa: PLC0415

    job = Job(folder=Path(folder))
    planned = job.plan()
    if engine == "commands":
        for shard in open_shards(job, planned):
            click.echo(shlex.join(["siaga", "archive", "shard", str(job.folder.resolve()), shard.id]))
        return
    with logged_as(log, None):
        if engine == "ray":
            from siaga.scale.cluster import run_on_ray  # noqa: PLC0415

            run_on_ray(job, workers, address, _teller())
        else:
            run_local(job, workers, _teller())
    sys.exit(0 if all(job.receipt(shard.id) for shard in planned.shards) else EXIT_INCOMPLETE)


@command.command("shard")
@click.argument("folder", metavar="JOB")
@click.argument("shard", metavar="SHARD")
def one_shard(folder: str, shard: str) -> None:
    """Read one shard: what `run --engine commands` prints. Again, it changes nothing.

    \b
    Example:
      siaga archive shard /data/job 0123456789abcdef
    """  # noqa: D301
    from siaga.scale.job import Job  # noqa: PLC0415
    from siaga.scale.shard import read_shard  # noqa: PLC0415

    job = Job(folder=Path(folder))
    planned = job.plan()
    chosen = next((one for one in planned.shards if one.id == shard), None)
    if chosen is None:
        raise click.UsageError(_words().say("archive.no_shard", shard=shard, job=folder))
    click.echo(read_shard(job, planned, chosen).to_json().decode())


@command.command("verify")
@click.argument("folder", metavar="JOB")
def verify(folder: str) -> None:
    """Tell what is not read yet, and whether what was read is whole: every byte is looked at.

    \b
    Example:
      siaga archive verify job/

    Exit code: 0 if all is read and whole, 65 if not.
    """  # noqa: D301
    from siaga.scale.job import Job  # noqa: PLC0415
    from siaga.scale.merge import faults  # noqa: PLC0415

    job, words = Job(folder=Path(folder)), _words()
    wrong = tuple(faults(job))
    for line in wrong:
        click.echo(line)
    receipts = [found for shard in job.plan().shards if (found := job.receipt(shard.id))]
    counts = {name: words.number(sum(getattr(one, name) for one in receipts)) for name in _COUNTS}
    click.echo(words.say("archive.verified", shards=words.number(len(receipts)), **counts), err=True)
    sys.exit(EXIT_INCOMPLETE if wrong else 0)


_COUNTS = ("articles", "events", "rejects")


@command.command("merge")
@click.argument("folder", metavar="JOB")
@workspace_option
def merge_(folder: str, workspace: str | None) -> None:
    """Put what was read into a workspace; what is stored there already is passed over.

    Copies and stories are linked over all of it by siaga link, which goes on where it stopped.

    \b
    Examples:
      siaga archive merge job/ -w watch/
      siaga link -w watch/
    """  # noqa: D301
    from siaga.scale.job import Job  # noqa: PLC0415
    from siaga.scale.merge import merge  # noqa: PLC0415
    from siaga.store.intake import taking_in  # noqa: PLC0415

    words = _words()
    with taking_in(the_workspace(workspace)) as intake:
        merge(Job(folder=Path(folder)), intake)
    counts = {name: words.number(getattr(intake.saved, name)) for name in ("articles", "events", "known", "rejects")}
    click.echo(words.say("save.summary", **counts), err=True)


def _words() -> Catalogue:
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    return catalogue(preferred_language(os.environ))


def _teller() -> Callable[[Progress], None]:
    """What tells how far a run is: on one line where a person waits, else where another shard is done."""
    import msgspec  # noqa: PLC0415 - `siaga --help` must not load records

    from siaga.serve.logs import note  # noqa: PLC0415

    words, told = _words(), [-1]

    def tell(progress: Progress) -> None:
        if progress.done == told[0]:
            return
        told[0] = progress.done
        note("archive.progress", **msgspec.to_builtins(progress))
        left = "?" if progress.left is None else words.number(round(progress.left / 60, 1))
        counts = {name: words.number(getattr(progress, name)) for name in ("done", "shards", "articles")}
        line = words.say("archive.progress", **counts, rate=words.number(round(progress.rate, 1)), left=left)
        click.echo(f"\r{line}\x1b[K" if sys.stderr.isatty() else line, err=True, nl=not sys.stderr.isatty())

    return tell
