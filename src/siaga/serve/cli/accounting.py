"""What commands about accounts share: who gives them, and what they say when something can't be."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.languages import preferred_language
from siaga.serve.cli.workspaces import the_workspace

if TYPE_CHECKING:
    from siaga.base.person import Person
    from siaga.report.catalogue import Catalogue
    from siaga.store.workspace import Workspace

__all__ = ["Desk", "at_desk", "desk"]


class Desk:
    """Where an account is changed, by whom, and in which words it is told."""

    def __init__(self, workspace: Workspace, by: Person, words: Catalogue) -> None:
        self.workspace, self.by, self.words = workspace, by, words


def desk(workspace: str | None, language: str | None) -> Desk:
    """Where we work, whoever is logged in here, and their language."""
    from siaga.base.person import Person  # noqa: PLC0415 - `siaga --help` must not load records
    from siaga.report.catalogue import catalogue  # noqa: PLC0415
    from siaga.serve.accounts.local import local_name  # noqa: PLC0415

    where, words = the_workspace(workspace), catalogue(language or preferred_language(os.environ))
    return Desk(where, Person(name=local_name(where) or "?", role="admin", means="command"), words)


@contextmanager
def at_desk(workspace: str | None, language: str | None) -> Iterator[Desk]:
    """The same; what can't be is told in the language of whoever asks.

    Raises:
        UsageError: what is asked of an account can't be.

    """
    from siaga.base.errors import AccountError  # noqa: PLC0415

    at = desk(workspace, language)
    try:
        yield at
    except AccountError as error:
        raise click.UsageError(at.words.say(f"account.error.{error.code}")) from error
