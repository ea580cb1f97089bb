"""The languages that commands speak."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LANGUAGES", "preferred_language"]

LANGUAGES = ("en", "id")
"""The languages of the report catalogues; a test compares."""


def preferred_language(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for, if we have it; else English."""
    asked = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return asked[:2] if asked[:2] in LANGUAGES else LANGUAGES[0]
