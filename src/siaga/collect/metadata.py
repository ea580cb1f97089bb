"""What a page says about itself: JSON-LD, OpenGraph and the headline first, then its address, then guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import msgspec

from siaga.base.article import PublishedBasis
from siaga.base.pack import grammar, languages, lexicon, load_pack
from siaga.base.record import Record
from siaga.collect.decode import normalise

__all__ = ["Metadata", "MetadataRule", "given_date", "markup_metadata", "text_metadata"]

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")


class Metadata(Record):
    """What is known of an article besides its text."""

    title: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    published_basis: PublishedBasis | None = None


class MetadataRule(Record):
    """How outlets name themselves or the day in the first lines; groups of `pattern` name what is found."""

    id: str
    gives: str
    pattern: str
    hits: tuple[str, ...]
    misses: tuple[str, ...] = ()


def given_date(value: object) -> tuple[str | None, tuple[str, ...]]:
    """The date of JSON Lines input, trusted if it is one, and a warning if it is not."""
    if value is None or value == "":
        return None, ()
    found = as_published(value) if isinstance(value, str) else None
    return found, () if found else (f"date {str(value)[:40]!r} is not one between {EARLIEST_YEAR} and {LATEST_YEAR}",)


def as_published(value: str) -> str | None:
    """A date, or an RFC 3339 time where the time and zone are known.

    >>> as_published("2021-11-30T16:45:00+0700"), as_published("2021-11-30 16:45"), as_published("30 Nov")
    ('2021-11-30T16:45:00+07:00', '2021-11-30', None)
    """
    moment = _moment(value.strip())
    if moment is None or not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return None
    return moment.date().isoformat() if moment.tzinfo is None else moment.isoformat(timespec="seconds")


def _moment(value: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime, _leading_day):
        try:
            return read(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _leading_day(value: str) -> datetime:
    match = _DAY.match(value)
    if match is None:
        raise ValueError(value)
    return datetime(int(match["year"]), int(match["month"]), int(match["day"]))  # noqa: DTZ001 - a day has no zone


def text_metadata(lines: Sequence[str], url: str | None) -> Metadata:
    """What the first lines of a plain text say: the outlet in its prefix, a day on a line of its own."""
    return Metadata(url=url)


def markup_metadata(tree: Any, url: str | None) -> Metadata:  # noqa: ANN401 - lxml has no types
    """What the markup says."""
    return Metadata(url=url)
