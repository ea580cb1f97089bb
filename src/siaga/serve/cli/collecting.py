"""How a command turns pages into articles: by which lane, and whether in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from siaga.flow import Collect

__all__ = ["collecting", "collecting_options"]

Command = TypeVar("Command", bound=Callable[..., Any])


def collecting_options(command: Command) -> Command:
    """The options `--lane` and `--untrusted`."""
    lane = click.option(
        "--lane", type=click.Choice(["careful", "archive"]), default="careful", show_default=True,
        help="archive reads pages of an archive many times as fast, a little less cleanly.",
    )  # fmt: skip
    untrusted = click.option(
        "--untrusted", is_flag=True,
        help="Parse each page in a process of its own with limits: for pages that somebody may have built to harm.",
    )  # fmt: skip
    return lane(untrusted(command))


@contextmanager
def collecting(lane: str, *, untrusted: bool) -> Iterator[Collect]:
    """The stage that turns pages into articles."""
    from siaga.collect.apart import Apart  # noqa: PLC0415 - `siaga --help` must not load the reader
    from siaga.collect.article import articles, quick_articles  # noqa: PLC0415

    quick = lane == "archive"
    if not untrusted:
        yield quick_articles if quick else articles
        return
    with Apart(quick=quick) as apart:
        yield apart
