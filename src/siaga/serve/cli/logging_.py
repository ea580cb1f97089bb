"""The option `--log` of commands that run as services."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from siaga.store.workspace import Workspace

__all__ = ["log_option", "logged_as"]

FORMAT = "SIAGA_LOG_FORMAT"

log_option = click.option(
    "--log", "log", type=click.Choice(["text", "json"]), default=None,
    help="json: standard error has a line of JSON for all that happens. By default log.format of siaga.toml.",
)  # fmt: skip


def logged_as(form: str | None, where: Workspace | None) -> AbstractContextManager[None]:
    """Logs as they are asked for, else as the workspace, or without one the environment, has it."""
    from siaga.serve.logs import logged, secrets_of  # noqa: PLC0415 - `siaga --help` must not load records

    if where is None:
        return logged(form or os.environ.get(FORMAT, "text"))
    return logged(form or where.config.log.format, secrets_of(where, os.environ))
