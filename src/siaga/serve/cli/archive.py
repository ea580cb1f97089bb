"""`siaga archive`: a pile of pages read in shards, on one machine or many."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import click

from siaga.serve.cli.languages import preferred_language
from siaga.serve.cli.logging_ import log_option, logged_as
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.report.catalogue import Catalogue
    from siaga.scale.job import Job, Receipt
    from siaga.scale.local import Progress, Tell

__all__ = ["command"]

EXIT_INCOMPLETE = 65


@click.group("archive")
def command() -> None:
    """Read a large archive in shards: plan, run, link, verify, merge.

    The job lies in a folder of its own. Any number of processes, on one machine or on many that see the folder, read
    its shards and find copies over all of it; each shard counts once, whoever is killed. In the end all is put into a
    workspace.

    \b
    Examples:
      siaga archive plan job/ crawl/ --lane archive
      siaga archive run job/ --workers 4
      siaga archive link job/ --workers 4
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


_workers = click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="Processes that do it.")
_engine = click.option(
    "--engine", type=click.Choice(["local", "ray", "commands"]), default="local", show_default=True,
    help="local: processes here; ray: tasks of a Ray cluster (pip install 'siaga[ray]'); commands: only print a "
    "command a shard, for Slurm, Kubernetes or Spark.",
)  # fmt: skip
_address = click.option("--address", default=None, help="Of a running Ray cluster; by default one is started here.")


@command.command("run")
@click.argument("folder", metavar="JOB")
@_workers
@_engine
@_address
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

    job = Job(folder=Path(folder))
    if engine == "commands":
        _print_commands(job)
        return
    with logged_as(log, None), _runner(engine, workers, address) as do:
        do(job, _teller(job))
    sys.exit(0 if _is_whole(job) else EXIT_INCOMPLETE)


@command.command("link")
@click.argument("folder", metavar="JOB")
@_workers
@_engine
@_address
@log_option
def link(folder: str, workers: int, engine: str, address: str | None, log: str | None) -> None:
    """Find copies over the whole archive, in four steps, each divided among all processes.

    It finds what siaga link finds in the same articles, and siaga archive merge takes it over. Interrupted, it goes on
    where it stopped. With --engine commands it prints the commands of one step: when these are done, run it again
    for the next, until it prints none.

    \b
    Examples:
      siaga archive link job/ --workers 4
      siaga archive link job/ --engine ray --address auto
      siaga archive link job/ --engine commands | xargs -P 8 -I{} sh -c {}

    Exit code: 0 if all is linked, 65 if not all is read or shards were given up.
    """  # noqa: D301
    from siaga.scale.job import Job  # noqa: PLC0415
    from siaga.scale.linking import next_step, steps_of  # noqa: PLC0415

    job, words = Job(folder=Path(folder)), _words()
    if engine == "commands":
        if (step := next_step(job)) is not None:
            _print_commands(step)
        return
    with logged_as(log, None), _runner(engine, workers, address) as do:
        while (step := next_step(job)) is not None:
            click.echo(words.say(f"archive_links.{step.plan().step}"), err=True)
            do(step, _teller(step))
            if not _is_whole(step):
                sys.exit(EXIT_INCOMPLETE)
    *_, last = steps_of(job)
    pairs = words.number(sum(one.pairs for one in _receipts(last)))
    click.echo(words.say("archive_links.linked", pairs=pairs), err=True)


@contextmanager
def _runner(engine: str, workers: int, address: str | None) -> Iterator[Callable[[Job, Tell], None]]:
    """What does all that is left of a job."""
    if engine == "ray":
        from siaga.scale.cluster import cluster  # noqa: PLC0415

        with cluster(workers, address) as run:
            yield run
    else:
        from siaga.scale.local import run_local  # noqa: PLC0415

        yield lambda job, tell: run_local(job, workers, tell)


def _print_commands(job: Job) -> None:
    """Print the commands that do what is left of a job."""
    from siaga.scale.local import open_shards  # noqa: PLC0415

    for shard in open_shards(job, job.plan().shards):
        click.echo(shlex.join(["siaga", "archive", "shard", str(job.folder.resolve()), shard.id]))


def _receipts(job: Job) -> tuple[Receipt, ...]:
    return tuple(found for shard in job.plan().shards if (found := job.receipt(shard.id)))


def _is_whole(job: Job) -> bool:
    return len(_receipts(job)) == len(job.plan().shards)


@command.command("shard")
@click.argument("folder", metavar="JOB")
@click.argument("shard", metavar="SHARD")
def one_shard(folder: str, shard: str) -> None:
    """Do one shard: what `--engine commands` of run and link prints. Again, it changes nothing.

    \b
    Example:
      siaga archive shard /data/job 0123456789abcdef
    """  # noqa: D301
    from siaga.scale.job import Job  # noqa: PLC0415
    from siaga.scale.steps import do_shard  # noqa: PLC0415

    job = Job(folder=Path(folder))
    planned = job.plan()
    chosen = next((one for one in planned.shards if one.id == shard), None)
    if chosen is None:
        raise click.UsageError(_words().say("archive.no_shard", shard=shard, job=folder))
    click.echo(do_shard(job, planned, chosen).to_json().decode())


@command.command("verify")
@click.argument("folder", metavar="JOB")
def verify(folder: str) -> None:
    """Tell what is not read yet, and whether what was read and linked is whole: every byte is looked at.

    \b
    Example:
      siaga archive verify job/

    Exit code: 0 if all is read and whole, 65 if not.
    """  # noqa: D301
    from siaga.scale.job import Job  # noqa: PLC0415
    from siaga.scale.linking import steps_of  # noqa: PLC0415
    from siaga.scale.merge import faults  # noqa: PLC0415

    job, words = Job(folder=Path(folder)), _words()
    wrong = tuple(line for one in (job, *steps_of(job)) for line in faults(one))
    for line in wrong:
        click.echo(line)
    receipts = _receipts(job)
    counts = {name: words.number(sum(getattr(one, name) for one in receipts)) for name in _COUNTS}
    click.echo(words.say("archive.verified", shards=words.number(len(receipts)), **counts), err=True)
    sys.exit(EXIT_INCOMPLETE if wrong else 0)


_COUNTS = ("articles", "events", "rejects")


@command.command("merge")
@click.argument("folder", metavar="JOB")
@workspace_option
def merge_(folder: str, workspace: str | None) -> None:
    """Put what was read into a workspace; what is stored there already is passed over.

    Copies that siaga archive link has found are taken over into a workspace that has no other articles; else siaga
    link finds them. Stories are found by siaga link in any case.

    \b
    Examples:
      siaga archive merge job/ -w watch/
      siaga link -w watch/
    """  # noqa: D301
    from siaga.scale.job import Job  # noqa: PLC0415
    from siaga.scale.linking import steps_of  # noqa: PLC0415
    from siaga.scale.merge import merge, merge_links  # noqa: PLC0415
    from siaga.store.intake import taking_in  # noqa: PLC0415
    from siaga.store.lineages import linking  # noqa: PLC0415

    job, where, words = Job(folder=Path(folder)), the_workspace(workspace), _words()
    with taking_in(where) as intake:
        merge(job, intake)
    counts = {name: words.number(getattr(intake.saved, name)) for name in ("articles", "events", "known", "rejects")}
    click.echo(words.say("save.summary", **counts), err=True)
    if not any(steps_of(job)):
        return
    with linking(where) as run:
        taken = merge_links(job, run)
    said = "left" if taken is None else "taken"
    click.echo(words.say(f"archive_links.{said}", pairs=words.number(taken or 0)), err=True)


def _words() -> Catalogue:
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    return catalogue(preferred_language(os.environ))


def _teller(job: Job) -> Tell:
    """What tells how far a run is: on one line where a person waits, else where another shard is done."""
    import msgspec  # noqa: PLC0415 - `siaga --help` must not load records

    from siaga.serve.logs import note  # noqa: PLC0415

    words, told, is_read = _words(), [-1], job.plan().step == "read"

    def tell(progress: Progress) -> None:
        if progress.done == told[0]:
            return
        told[0] = progress.done
        note("archive.progress", **msgspec.to_builtins(progress))
        left = "?" if progress.left is None else words.number(round(progress.left / 60, 1))
        counts = {name: words.number(getattr(progress, name)) for name in ("done", "shards", "articles")}
        said = "archive.progress" if is_read else "archive_links.progress"
        line = words.say(said, **counts, rate=words.number(round(progress.rate, 1)), left=left)
        click.echo(f"\r{line}\x1b[K" if sys.stderr.isatty() else line, err=True, nl=not sys.stderr.isatty())

    return tell
