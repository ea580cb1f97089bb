"""The languages that commands speak."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

__all__ = ["LANGUAGES", "language_option", "preferred_language"]

Command = TypeVar("Command", bound=Callable[..., Any])

LANGUAGES = ("en", "id")
"""The languages of the report catalogues; a test compares."""


def preferred_language(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for, if we have it; else English."""
    asked = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return asked[:2] if asked[:2] in LANGUAGES else LANGUAGES[0]


def language_option(what: str) -> Callable[[Command], Command]:
    """The option `--lang`: the language of what a command writes."""
    return click.option(
        "--lang", "-l", "language", type=click.Choice(LANGUAGES), default=None,
        help=f"Language of {what}; by default that of your terminal (LANG), else English.",
    )  # fmt: skip
