"""The conditions that `siaga.Workspace` takes by name; a test holds them against the questions to the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

__all__ = [
    "ArticleConditions", "ClaimConditions", "Day", "EventConditions", "IncidentConditions", "QuoteConditions",
    "StoryConditions", "Words",
]  # fmt: skip

Words = str | Sequence[str]
"""One word, or any of several."""
Day = str | date
"""`YYYY-MM-DD`, or a `date`."""


class EventConditions(TypedDict, total=False):
    """Which events; an empty condition is none."""

    actors: Words
    recipients: Words
    types: Words
    statuses: Words
    countries: Words
    languages: Words
    sources: Words
    since: Day | None
    until: Day | None
    published_since: Day | None
    published_until: Day | None
    least_confidence: float
    titles: bool


class ArticleConditions(TypedDict, total=False):
    """Which articles; days are those of publication."""

    since: Day | None
    until: Day | None
    sources: Words
    languages: Words


class QuoteConditions(ArticleConditions, total=False):
    """Which quotes."""

    article: str | None
    codes: Words
    speaker: str | None


class StoryConditions(TypedDict, total=False):
    """Which stories."""

    since: Day | None
    until: Day | None
    least_articles: int
    least_sources: int
    sources: Words
    languages: Words
    types: Words
    codes: Words


class IncidentConditions(TypedDict, total=False):
    """Which incidents; days are those of the act."""

    since: Day | None
    until: Day | None
    types: Words
    statuses: Words
    story: str | None
    least_sources: int


class ClaimConditions(TypedDict, total=False):
    """Which claims; days are those on which they were made."""

    speaker: str | None
    parties: Words
    outcomes: Words
    kind: str | None
    since: Day | None
    until: Day | None
    as_of: Day | None
