"""What is wrong with a file of knowledge, by itself and in what it refers to; nothing is read for it.

The files of the packs and those of an overlay are checked by the same functions, standing on the same ground.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from siaga.base.errors import PackError
from siaga.base.expected import convert, unknown_column
from siaga.base.ground import standing_on
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.overlay import (
    NO_OVERLAY,
    REMOVE,
    TRUE,
    Knowledge,
    OverlayFile,
    Table,
    knowledge,
    knowledge_of,
    own_tables,
)
from siaga.base.pack import asset, languages, lexicon, load_pack, read_cells, read_rows
from siaga.base.record import Record
from siaga.base.table import Line, read_header, read_lines
from siaga.extract.actor_tables import Body, Country, OfficeRow
from siaga.extract.checks.records import RECORDS, check_rule
from siaga.extract.coder.triggers import BLOCKED, event_rules
from siaga.extract.morphology import Inflection, known_inflections, known_paradigms

__all__ = ["Fault", "file_faults", "pack_files", "reference_faults"]

BODIES = ("organisations", "groups", "institutions", "regions", "media")
MAY_LACK_HITS = "never"
"""Kind of the rules of dates that only forbid."""


class Fault(Record):
    """Something that can't be right: where, what was met, what was expected."""

    where: str
    """`path:line`, as far as it is known."""
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def pack_files() -> Iterator[OverlayFile]:
    """The files that come with Siaga and that an overlay may add to, as files of an overlay."""
    for name in knowledge():
        in_pack = name.startswith(("lexicon/", "grammar/"))
        for place in [f"lang/{code}/{name}" for code in languages()] if in_pack else [name]:
            path = asset(*place.split("/"))
            yield OverlayFile(name=place, path=str(path), text=path.read_text("utf-8"))


def file_faults(file: OverlayFile) -> Iterator[Fault]:
    """What is wrong with a file by itself: columns, records, forms, rows that stand twice."""
    try:
        if file.name.endswith(".toml"):
            yield from _grammar_faults(file)
        else:
            yield from _table_faults(file)
    except PackError as error:
        yield _fault_of(error)


def reference_faults(file: OverlayFile) -> Iterator[Fault]:
    """What a file names that there is none of. Stands on the ground; for files that are right by themselves."""
    try:
        if file.name.endswith(".toml"):
            yield from _rule_faults(file)
        else:
            yield from _cell_faults(file)
    except PackError as error:
        yield _fault_of(error)


def _fault_of(error: PackError) -> Fault:
    where, _, message = str(error).partition(": ")
    return Fault(where=where, message=message)


def _record(file: OverlayFile) -> type[Record]:
    return RECORDS[_known(file).file]


def _known(file: OverlayFile) -> Knowledge:
    known = knowledge_of(file.name)
    if known is None:
        raise PackError(f"{file.path}: no file of knowledge has this name")
    return known


def _language(file: OverlayFile) -> str:
    parts = file.name.split("/")
    return parts[1] if parts[0] == "lang" else languages()[0]


def _table_faults(file: OverlayFile) -> Iterator[Fault]:
    number, columns = read_header(file.text)
    record = _record(file)
    known = (*(field.name for field in msgspec.structs.fields(record)), REMOVE)
    for column in columns:
        if column not in known:
            yield Fault(where=f"{file.path}:{number}", message=unknown_column(column, record, REMOVE))
            return
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    for line in read_lines(file.text, file.path):
        if line.cells.get(REMOVE, TRUE) != TRUE:
            yield Fault(where=line.where, message=f"{REMOVE}: expected {TRUE!r} or nothing, met {line.cells[REMOVE]!r}")
        if REMOVE not in line.cells:
            yield from _row_faults(line, record, _known(file))
        key = tuple(sorted(line.cells.items()))
        if key in seen:
            yield Fault(where=line.where, message=f"the same row stands in line {seen[key]}")
        seen.setdefault(key, line.number)


def _row_faults(line: Line, record: type[Record], known: Knowledge) -> Iterator[Fault]:
    try:
        convert(line.cells, record, line)
    except PackError as error:
        yield _fault_of(error)
        return
    for column, cell in line.cells.items():
        if cell != (clean := " ".join(unicodedata.normalize("NFC", cell).split())):
            yield Fault(where=line.where, message=f"{column}: expected {clean!r} (NFC, single blanks), met {cell!r}")
    first = line.cells.get(known.key.split()[0], "")
    if known.lower and first != first.lower():
        yield Fault(
            where=line.where, message=f"expected lower case, as it is matched: {first.lower()!r}, met {first!r}"
        )


def _grammar_faults(file: OverlayFile) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for table in own_tables(file):
        try:
            rule: Any = convert(table.fields, _record(file), table.where)
        except PackError as error:
            yield _fault_of(error)
            continue
        if rule.id in seen:
            yield Fault(where=table.where, message=f"a rule {rule.id!r} stands at {seen[rule.id]}, too")
        seen.setdefault(rule.id, table.where)
        yield from _bare(rule, table)


def _bare(rule: Any, table: Table) -> Iterator[Fault]:  # noqa: ANN401 - a rule of any grammar
    """A rule without examples proves nothing."""
    if not rule.hits and getattr(rule, "kind", None) != MAY_LACK_HITS:
        yield Fault(where=table.where, message=f"rule {rule.id!r}: expected at least one text in `hits`")
    if not rule.misses and not isinstance(rule, Inflection):  # every form is one that another word could have
        yield Fault(where=table.where, message=f"rule {rule.id!r}: expected at least one text in `misses`")


def _rule_faults(file: OverlayFile) -> Iterator[Fault]:
    language = _language(file)
    for table in own_tables(file):
        rule: Any = convert(table.fields, _record(file), table.where)
        try:
            check_rule(rule, language)
        except PackError as error:
            yield Fault(where=table.where, message=f"rule {rule.id!r}: {error}")
        if _known(file).file == "grammar/events.toml":
            yield from _outside_ontology(rule, table.where)


def _outside_ontology(rule: Any, where: str) -> Iterator[Fault]:  # noqa: ANN401
    """A mode or context that the ontology has not."""
    modes = _column("modes", "mode", type=rule.type)
    if rule.mode is not None and rule.mode not in modes:
        yield Fault(where=where, message=_unknown(f"mode of {rule.type}", rule.mode, modes))
    contexts = _column("contexts", "context")
    for context in rule.contexts:
        if context not in contexts:
            yield Fault(where=where, message=_unknown("context", context, contexts))


def _cell_faults(file: OverlayFile) -> Iterator[Fault]:
    refers = [pair.split("=") for pair in _known(file).refers.split()]
    for line in read_lines(file.text, file.path):
        for column, kind in refers:
            if (cell := line.cells.get(column)) is None or REMOVE in line.cells:
                continue
            for message in _shape_faults(cell, kind) if kind in _SHAPES else _name_faults(cell, kind, column, file):
                yield Fault(where=line.where, message=f"{column}: {message}")


def _shape_faults(cell: str, kind: str) -> Iterator[str]:
    if not _SHAPES[kind].fullmatch(cell):
        yield f"expected a {kind} ({_SHAPES[kind].pattern}), met {cell!r}"


def _name_faults(cell: str, kind: str, column: str, file: OverlayFile) -> Iterator[str]:
    names = _words(file.name, column) if kind == "known" else _NAMES[kind](_language(file))
    for word in cell.split() if kind in SEVERAL else (cell,):
        if word not in names:
            yield _unknown("word" if kind == "known" else kind, word, names)


def _unknown(kind: str, word: str, names: Iterable[str]) -> str:
    known = sorted(names)
    shown = "" if len(known) > MOST_SHOWN else f" There are {', '.join(known)}"
    return f"no {kind} {word!r}.{did_you_mean(nearest(word, known))}{shown}"


SEVERAL = frozenset({"paradigm", "inflection"})
"""Kinds of which a cell may name several, with a space between."""
MOST_SHOWN = 40
"""Names of a kind that a message lists; of more, only the nearest is told."""


@cache
def _words(name: str, column: str) -> frozenset[str]:
    """The words that the rows of Siaga have in a column."""
    with standing_on(NO_OVERLAY):
        return frozenset(line.cells[column] for line in read_cells(asset(*name.split("/"))) if column in line.cells)


@cache
def _column(table: str, column: str, **where: str) -> frozenset[str]:
    """The words of a column of the ontology."""
    lines = read_cells(asset("ontology", f"{table}.csv"))
    return frozenset(line.cells[column] for line in lines if where.items() <= line.cells.items())


@cache
def _countries(_: str) -> frozenset[str]:
    return frozenset(row.code for row in read_rows(asset("actors", "countries.csv"), Country))


@cache
def _actor_codes(_: str) -> frozenset[str]:
    bodies = (row.code for table in BODIES for row in read_rows(asset("actors", f"{table}.csv"), Body))
    return _countries("").union(bodies)


@cache
def _lands(_: str) -> frozenset[str]:
    """Countries, and territories that have codes of their own on the map but no government in our tables."""
    return _countries("") | _words("places/cities.csv", "country") | _words("places/regions.csv", "country")


@cache
def _mapped(_: str) -> frozenset[str]:
    """Countries that have a middle on the map."""
    return frozenset(line.cells["code"] for line in read_cells(asset("places", "countries.csv")))


@cache
def _offices(_: str) -> frozenset[str]:
    rows = (row.key for code in languages() for row in lexicon(load_pack(code), "offices", OfficeRow))
    return frozenset(rows) | {"head"}


def _sectors(_: str) -> frozenset[str]:
    return _column("sectors", "sector")


def _rules(language: str) -> frozenset[str]:
    return frozenset(event_rules(language)) | {BLOCKED}


_SHAPES = {
    "code": re.compile(r"(?:BUS:)?[A-Z][A-Z0-9_]*"),
    "day": re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"),
}
"""What cells must look like that name nothing else."""
_NAMES: Mapping[str, Callable[[str], Iterable[str]]] = {
    "country": _countries,
    "actor": _actor_codes,
    "land": _lands,
    "mapped": _mapped,
    "office": _offices,
    "sector": _sectors,
    "rule": _rules,
    "paradigm": known_paradigms,
    "inflection": known_inflections,
    "language": lambda _: languages(),
}
"""What cells may refer to -> the names there are."""
