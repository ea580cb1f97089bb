"""Sentences coded by hand, against which a reader is measured, and what a reader coded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from siaga.base.document import Reading
from siaga.base.errors import PanelError
from siaga.base.event import EventType, Status

__all__ = ["GoldDocument", "GoldEvent", "GoldQuote", "GoldSentence", "load_coded", "load_gold"]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event that a person coded; parties are codes, `?` for one who is not known."""

    type: EventType
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None = None
    """Country (alpha-3) where it happens."""
    earliest: str | None = None
    """First day, `YYYY-MM-DD`."""


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Attributed speech as a person marked it; `words` are null where it is indirect."""

    direct: bool
    words: str | None = None
    speaker: str | None = None
    speaker_resolved: str | None = None
    """The full name where the sentence has a pronoun or a surname."""


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence `n` that ends at code point `end`; of one that is `unsure` nothing is measured."""

    n: int
    end: int
    text: str
    events: tuple[GoldEvent, ...] = ()
    quotes: tuple[GoldQuote, ...] = ()
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """The coded part of the article `doc`: its sentences from the first on, at least one."""

    doc: str
    sentences: tuple[GoldSentence, ...]


def load_gold(path: Path) -> tuple[GoldDocument, ...]:
    """The hand-coded articles of a JSON file: an array of documents, or one. Fields we don't measure are passed over.

    Raises:
        PanelError: it can't be read so; says where in the file.

    """
    raw = _bytes_of(path).strip()
    try:
        documents = msgspec.json.decode(b"[%b]" % raw if raw[:1] == b"{" else raw, type=tuple[GoldDocument, ...])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PanelError(f"{path}: {error}; expected an array of hand-coded articles (docs/evaluation.md)") from error
    if bare := next((one.doc for one in documents if not one.sentences), None):
        raise PanelError(f"{path}: {bare}: no sentences; expected those that were coded")
    if not documents:
        raise PanelError(f"{path}: no articles; expected at least one with its coded sentences")
    return documents


def load_coded(path: Path) -> Mapping[str, Reading]:
    """What `siaga read --format jsonl` wrote, by the id of the article.

    Raises:
        PanelError: a line is no such reading, and says which; or there is none.

    """
    readings = {reading.article.id: reading for reading in _readings(path)}
    if not readings:
        raise PanelError(f"{path}: no articles; expected what siaga read --format jsonl wrote")
    return readings


def _readings(path: Path) -> Iterator[Reading]:
    for number, line in enumerate(_bytes_of(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield Reading.from_json(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise PanelError(f"{path}:{number}: {error}; expected a line of siaga read --format jsonl") from error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PanelError(f"{path}: can't be read: {error.strerror}") from error
