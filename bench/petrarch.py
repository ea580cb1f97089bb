"""The 78 coded English sentences of PETRARCH2: how many of their types, and of their pairs of countries, are found.

    python -m bench.petrarch SHARED [--misses]

Reads `SHARED/data/english/petrarch2_gsr/PETR2_GSR_validation.xml` (MIT, Open Event Data Alliance). Its codes are CAMEO
and lean to what PETRARCH2 gives; they become PLOVER types by `assets/ontology/cameo.csv`, a code that is not there by
the nearest above it, and comments (01x) have none. Every sentence is an article of its day; those whose ids name one
story ("AFP0808020840_1", "_2") are one article together. Measured are

  type recall      types of a sentence that are found in it, whatever their parties
  both countries   events with a country on both sides that are found with both on the right sides, and the type

Not counted: precision, for the sentences have more events than are coded.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from siaga.base.article import Article
from siaga.base.event import Event
from siaga.base.pack import asset
from siaga.flow import read_article

FILE = "data/english/petrarch2_gsr/PETR2_GSR_validation.xml"
SENTENCE = re.compile(r"<Sentence (?P<head>[^>]*)>(?P<body>.*?)(?=<Sentence |</Sentences>)", re.DOTALL)
"""No parser of XML reads the file: elements are closed twice."""
ATTRIBUTE = re.compile(r'(?P<name>\w+) ?= ?"(?P<value>[^"]*)"')
STORY = re.compile(r"(?P<story>AFP\d+)_\d+")


class Coded(NamedTuple):
    """An event of the gold: a PLOVER type and, where they are countries, who (alpha-3) did it to whom."""

    type: str
    source: str | None
    target: str | None


class Sentence(NamedTuple):
    """A sentence, its day (`YYYY-MM-DD`), and what PETRARCH2's people coded."""

    id: str
    day: str
    text: str
    events: tuple[Coded, ...]


class Found(NamedTuple):
    """A sentence and what we read in it."""

    sentence: Sentence
    events: tuple[Event, ...]


class Recall(NamedTuple):
    """How many were found of how many."""

    hit: int
    of: int

    @property
    def share(self) -> float:
        return self.hit / self.of


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what was not found, with its sentence")
    args = parser.parse_args()
    found = read(args.shared / FILE)
    for name, (hit, of) in {"type recall": type_recall(found), "both countries": pair_recall(found)}.items():
        print(f"{name:14} {hit / of:.3f}  ({hit} of {of})")
    quiet = [one for one in found if not one.sentence.events]
    print(
        f"sentences without a coded type {len(quiet)}, with an event of ours {sum(bool(one.events) for one in quiet)}"
    )
    if args.misses:
        print(*misses(found), sep="\n")
    return 0


def read(path: Path) -> tuple[Found, ...]:
    """All sentences of the file, and what we read in each."""
    return tuple(one for story in _stories(sentences(path.read_text("utf-8"))) for one in _read_story(story))


def type_recall(found: Iterable[Found]) -> Recall:
    """Types found in their sentences, one type of a sentence counted once."""
    wanted = [(type_, one) for one in found for type_ in {event.type for event in one.sentence.events}]
    return Recall(sum(_has_type(one, type_) for type_, one in wanted), len(wanted))


def pair_recall(found: Iterable[Found]) -> Recall:
    """Events with two countries found with their type and both countries on their sides."""
    wanted = [(event, one) for one in found for event in set(one.sentence.events) if event.source and event.target]
    return Recall(sum(_has_pair(one, event) for event, one in wanted), len(wanted))


def misses(found: Iterable[Found]) -> Iterator[str]:
    """What was not found, a line each: whether the type or its countries, the gold, ours, the sentence."""
    for one in found:
        ours = " ".join(f"{e.type}({_codes(e, 'actors')}>{_codes(e, 'recipients')})" for e in one.events) or "-"
        for event in dict.fromkeys(one.sentence.events):
            if missed := _missed(one, event):
                gold = f"{event.type}({event.source}>{event.target})"
                yield f"{missed}  {one.sentence.id} {gold} {ours} | {one.sentence.text}"


def _missed(found: Found, event: Coded) -> str | None:
    if not _has_type(found, event.type):
        return "type"
    return "pair" if event.source and event.target and not _has_pair(found, event) else None


def sentences(text: str) -> Iterator[Sentence]:
    """The coded sentences that have a text."""
    for match in SENTENCE.finditer(text):
        head = {one["name"]: one["value"] for one in ATTRIBUTE.finditer(match["head"])}
        said = _plain(match["body"].partition("<Text>")[2].partition("</Text>")[0])
        if said:
            yield Sentence(head["id"], _day(head["date"]), said, tuple(_coded(match["body"])))


def _plain(text: str) -> str:
    """The sentence as it was printed: quotation marks were written as treebanks have them."""
    quoted = re.sub(r"''", '"', re.sub(r"\s*``\s*", ' "', text))
    return " ".join(quoted.split())


def _day(written: str) -> str:
    return datetime.strptime(written, "%Y%m%d" if len(written) > len("yymmdd") else "%y%m%d").date().isoformat()  # noqa: DTZ007 - a day


def _coded(body: str) -> Iterator[Coded]:
    for line in re.findall(r"<EventCoding [^>]*>", body):
        fields = {one["name"]: one["value"] for one in ATTRIBUTE.finditer(line)}
        if (type_ := _type(fields.get("eventcode", ""))) is not None:
            yield Coded(type_, _country(fields["sourcecode"]), _country(fields["targetcode"]))


def _type(cameo: str) -> str | None:
    """The PLOVER type of a CAMEO code, or of the nearest code above it."""
    codes = (cameo[:length] for length in range(len(cameo), 1, -1))
    return next((_types()[code] for code in codes if code in _types()), None)


@cache
def _types() -> Mapping[str, str]:
    return {cells[0]: cells[1] for cells in _rows("ontology", "cameo.csv")}


@cache
def _countries() -> frozenset[str]:
    return frozenset(cells[0] for cells in _rows("actors", "countries.csv"))


def _rows(*parts: str) -> Iterator[list[str]]:
    lines = asset(*parts).read_text("utf-8").splitlines()
    return (line.split(",") for line in lines if not line.startswith("#"))


def _country(code: str) -> str | None:
    return code[:3] if code[:3] in _countries() else None


def _stories(read: Iterable[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of each story together; all others by themselves."""
    for _, story in groupby(read, key=lambda one: match["story"] if (match := STORY.fullmatch(one.id)) else one.id):
        yield tuple(story)


def _read_story(story: tuple[Sentence, ...]) -> Iterator[Found]:
    text = "\n\n".join(one.text for one in story)
    article = Article(id=story[0].id, text=text, language="en", published=story[0].day)
    events, start = read_article(article).events, 0
    for one in story:
        end = start + len(one.text)
        yield Found(one, tuple(event for event in events if start <= event.evidence.start < end))
        start = end + 2


def _has_type(found: Found, type_: str) -> bool:
    return any(event.type == type_ for event in found.events)


def _has_pair(found: Found, wanted: Coded) -> bool:
    return any(
        event.type == wanted.type
        and wanted.source in {party.code for party in event.actors}
        and wanted.target in {party.code for party in event.recipients}
        for event in found.events
    )


def _codes(event: Event, side: str) -> str:
    return "+".join(party.code or "?" for party in getattr(event, side)) or "?"


if __name__ == "__main__":
    raise SystemExit(main())
