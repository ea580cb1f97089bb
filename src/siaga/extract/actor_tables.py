"""The tables of actors and the words around them, compiled once a language into two phrase dictionaries.

Names ("Rusia", "PBB", "Garda Revolusi") are matched as written, in capitals too; words ("menteri luar
negeri", "troops") in lower case. Every entry has a role, the letter the rules of `grammar/actors.toml`
see: see `ROLES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from siaga.base.document import MentionKind
from siaga.base.pack import Pack, asset, lexicon, load_pack, read_rows
from siaga.base.record import Record
from siaga.extract.phrases import Phrases
from siaga.extract.tokens import tokenise

__all__ = ["ROLES", "Actors", "Entry", "Leader", "is_country", "load_actors", "load_leaders"]

ROLES = {
    "country": "C",
    "capital": "Q",
    "demonym": "M",
    "group": "G",
    "institution": "I",
    "noun": "N",
    "office": "O",
    "title": "T",
    "person": "P",
    "word": "X",
    "common": "W",
    "of": "Y",
    "link": "L",
    "possessive": "S",
    "determiner": "D",
    "adjective": "A",
    "comma": "K",
    "open": "B",
    "close": "E",
    "reference": "F",
    "reporting": "V",
    "other": "o",
}
"""Role -> the one letter that stands for a piece of it in a sentence's shape."""

SHORTEST_SHOUTED = 4
"""Letters from which a name is known in capitals too: "XI" is a number before it is a president."""

CURLY = "\u2019"
"""The apostrophe that many outlets print for that of the tables."""

WordRole = Literal["of", "link", "possessive", "determiner", "adjective", "comma", "open", "close", "other"]


class Country(Record):
    """A row of `actors/countries.csv`: names of a country and its capital in both languages."""

    code: str
    name_id: str
    name_en: str
    basis: str = ""
    checked: str = ""
    aliases: str = ""
    aliases_id: str = ""
    aliases_en: str = ""
    capital_id: str = ""
    capital_en: str = ""
    valid_from: str | None = None
    valid_until: str | None = None


class Body(Record):
    """A row of organisations, groups, institutions, media or regions."""

    code: str
    basis: str = ""
    checked: str = ""
    sector: str = "GOV"
    name_id: str = ""
    name_en: str = ""
    aliases: str = ""
    aliases_id: str = ""
    aliases_en: str = ""
    stands_for_government: bool = False
    valid_from: str | None = None
    valid_until: str | None = None


class Leader(Record):
    """A row of `actors/leaders.csv`: a person in an office from a day until a day (unknown is null)."""

    code: str
    name: str
    office: str
    sector: str
    basis: str = ""
    checked: str = ""
    aliases: str = ""
    organisation: str = ""
    valid_from: str | None = None
    valid_until: str | None = None


class OfficeRow(Record):
    """A row of `offices.csv`. A form with a capital is matched as written ("PM" is not "pm").

    `weak`: no mention without a name or country ("head"). `home`: the country whose office this is when none is named.
    """

    form: str
    key: str
    name: str
    sector: str
    plural: bool = False
    home: str | None = None
    weak: bool = False


class NounRow(Record):
    """A row of `actor_nouns.csv`: a word for people or bodies, and whether it is an actor by itself."""

    form: str
    sector: str
    alone: bool = False


class DemonymRow(Record):
    """A row of `demonyms.csv`: an adjective or a people, and the country."""

    form: str
    code: str


class WordRow(Record):
    """A row of `actor_words.csv`: a function word and its role in the rules."""

    form: str
    role: WordRole


class FormRow(Record):
    """A row of a plain list."""

    form: str


class ReportingRow(Record):
    """A row of `reporting.csv`, of which the form alone matters here."""

    form: str
    kind: str
    strength: str = ""


class ReferenceRow(Record):
    """A row of `references.csv`: a phrase that points back, and to what ("negara itu" -> country)."""

    form: str
    kind: MentionKind
    number: int = 1


class Entry(NamedTuple):
    """What the tables say of a phrase."""

    role: str
    kind: MentionKind = "generic"
    code: str | None = None
    name: str = ""
    sector: str | None = None
    key: str = ""
    plural: bool = False
    alone: bool = False
    capital: bool = False
    leaders: tuple[Leader, ...] = ()


class Actors(NamedTuple):
    """All that is known of actors for one language."""

    names: Phrases[Entry]
    """By form as written."""
    words: Phrases[Entry]
    """By form in lower case."""
    name_heads: frozenset[str]
    word_heads: frozenset[str]
    ambiguous: frozenset[str]
    """Names that are often part of somebody's or something else's name ("Jordan", "Barat")."""
    not_names: frozenset[str]
    """Words in lower case that are no part of a person's name though they begin with a capital."""
    starters: frozenset[str]
    """Words in lower case that often begin a sentence: no name when they stand there."""
    particles: frozenset[str]
    """Words in lower case that may stand inside a name ("bin", "al", "van")."""
    locatives: frozenset[str]
    """Words in lower case after which a country is where something happens ("di", "in")."""
    offices: dict[str, str]
    """Key of an office -> its name in this language."""
    country_names: dict[str, str]
    """Code -> canonical name in this language."""


@cache
def load_leaders() -> tuple[Leader, ...]:
    """All rows of `actors/leaders.csv`."""
    return read_rows(asset("actors", "leaders.csv"), Leader)


@cache
def load_actors(language: str) -> Actors:
    """The tables compiled for the pack of a language.

    Raises:
        PackError: a table is missing or has a row that is not one.

    """
    pack = load_pack(language)
    names = tuple(_spelt(_names(pack)))
    words = tuple((_split(form), entry) for form, entry in _words(pack))
    offices = lexicon(pack, "offices", OfficeRow)
    return Actors(
        names=Phrases(names),
        words=Phrases(words),
        name_heads=frozenset(parts[0] for parts, _ in names),
        word_heads=frozenset(parts[0] for parts, _ in words),
        ambiguous=_forms(pack, "ambiguous_names"),
        not_names=_forms(pack, "not_names"),
        starters=_forms(pack, "sentence_starters"),
        particles=_forms(pack, "name_particles"),
        locatives=_forms(pack, "locatives"),
        offices=_office_names(offices),
        country_names={row.code: _own(row, language) for row in _countries()},
    )


def _forms(pack: Pack, name: str) -> frozenset[str]:
    return frozenset(row.form for row in lexicon(pack, name, FormRow))


def _office_names(rows: Iterable[OfficeRow]) -> dict[str, str]:
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(row.key, row.name)
    return names


def _names(pack: Pack) -> Iterator[tuple[str, Entry]]:
    """Everything matched as written; of equal forms the first counts."""
    yield from _listed(pack)
    yield from ((row.form, _office(row)) for row in lexicon(pack, "offices", OfficeRow) if row.form != row.form.lower())
    yield from _country_entries(pack.code)
    yield from _demonym_entries(pack)
    yield from _body_entries("organisations", "organisation", "group", pack.code)
    yield from _body_entries("groups", "group", "group", pack.code)
    yield from _body_entries("institutions", "country", "institution", pack.code)
    yield from _body_entries("regions", "country", "capital", pack.code)
    yield from _leader_entries()
    yield from _body_entries("media", "organisation", "group", pack.code)


def _listed(pack: Pack) -> Iterator[tuple[str, Entry]]:
    """Names that hold the name of an actor and are none ("Laut China Selatan")."""
    for row in lexicon(pack, "not_actors", FormRow):
        yield row.form, Entry(ROLES["other"])


@cache
def _countries() -> tuple[Country, ...]:
    return read_rows(asset("actors", "countries.csv"), Country)


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(row.code for row in _countries())


def is_country(code: str) -> bool:
    """Whether a code is a country's: OIC and IMF have three letters too."""
    return code in _country_codes()


def _country_entries(language: str) -> Iterator[tuple[str, Entry]]:
    for row in _countries():
        name = _own(row, language)
        entry = Entry(ROLES["country"], "country", row.code, name, "GOV", alone=True)
        for form in _surfaces(row, language):
            yield form, entry
        capital = Entry(ROLES["capital"], "country", row.code, name, "GOV", alone=True, capital=True)
        for form in filter(None, f"{row.capital_id}|{row.capital_en}".split("|")):
            yield form, capital


def _demonym_entries(pack: Pack) -> Iterator[tuple[str, Entry]]:
    names = {row.code: _own(row, pack.code) for row in _countries()}
    for row in lexicon(pack, "demonyms", DemonymRow):
        yield row.form, Entry(ROLES["demonym"], "country", row.code, names.get(row.code, row.code), "GOV", alone=True)


def _body_entries(table: str, kind: MentionKind, role: str, language: str) -> Iterator[tuple[str, Entry]]:
    countries = {row.code: _own(row, language) for row in _countries()}
    for row in read_rows(asset("actors", f"{table}.csv"), Body):
        name = countries.get(row.code) if role == "capital" else _own(row, language)
        capital = role == "capital" or row.stands_for_government
        own: MentionKind = kind if kind != "country" or row.code in countries or ":" in row.code else "organisation"
        entry = Entry(ROLES[role], own, row.code, name or row.code, row.sector, alone=True, capital=capital)
        for form in _surfaces(row, language):
            yield form, entry


def _leader_entries() -> Iterator[tuple[str, Entry]]:
    """One entry a form, with every row that has it, by first day: the day of publication decides between them."""
    rows: dict[str, list[Leader]] = {}
    for leader in sorted(load_leaders(), key=lambda leader: leader.valid_from or ""):
        for form in (leader.name, *filter(None, leader.aliases.split("|"))):
            rows.setdefault(form, []).append(leader)
    for form, leaders in rows.items():
        yield form, Entry(ROLES["person"], "person", leaders=tuple(leaders), alone=_stands_alone(form, leaders))


def _stands_alone(form: str, leaders: Iterable[Leader]) -> bool:
    """Whether a form names the person without an office: a bare surname does only where we wrote it as an alias."""
    return " " in form or any(form in leader.aliases.split("|") for leader in leaders)


def _own(row: Country | Body, language: str) -> str:
    name: str = getattr(row, f"name_{language}", "")
    return name or row.name_en or row.name_id


def _surfaces(row: Country | Body, language: str) -> Iterator[str]:
    """The forms of a row in a text of this language: its own names, then those common to all, then English ones."""
    own: str = getattr(row, f"aliases_{language}", "")
    named: str = getattr(row, f"name_{language}", "")
    spellings = (named, own, row.aliases, row.name_en)
    yield from dict.fromkeys(form for cell in spellings for form in cell.split("|") if form)


def _spelt(entries: Iterable[tuple[str, Entry]]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Each form as written, with either apostrophe, with a capital at its start, in capitals unless an abbreviation."""
    for form, entry in _with_either_apostrophe(entries):
        parts = _split(form)
        yield parts, entry
        if form.upper() != form and len(form) >= SHORTEST_SHOUTED:
            yield tuple(part.upper() for part in parts), entry
        if form[0].islower():
            yield (parts[0][0].upper() + parts[0][1:], *parts[1:]), entry


def _with_either_apostrophe(entries: Iterable[tuple[str, Entry]]) -> Iterator[tuple[str, Entry]]:
    for form, entry in entries:
        yield form, entry
        if "'" in form:
            yield form.replace("'", CURLY), entry


def _words(pack: Pack) -> Iterator[tuple[str, Entry]]:
    for reference in lexicon(pack, "references", ReferenceRow):
        yield reference.form, Entry(ROLES["reference"], reference.kind, key=str(reference.number))
    yield from ((row.form, _office(row)) for row in lexicon(pack, "offices", OfficeRow) if row.form == row.form.lower())
    for noun in lexicon(pack, "actor_nouns", NounRow):
        yield noun.form, Entry(ROLES["noun"], "generic", None, noun.form, noun.sector, alone=noun.alone)
    for title in lexicon(pack, "titles", FormRow):
        yield title.form, Entry(ROLES["title"])
    for word in lexicon(pack, "actor_words", WordRow):
        yield word.form, Entry(ROLES[word.role])
    for verb in lexicon(pack, "reporting", ReportingRow):
        yield verb.form, Entry(ROLES["reporting"])


def _office(row: OfficeRow) -> Entry:
    return Entry(ROLES["office"], "person", row.home, row.name, row.sector, row.key, row.plural, alone=not row.weak)


def _split(form: str) -> tuple[str, ...]:
    """The tokens of a form."""
    return tuple(form.split()) if form.replace(" ", "").isalpha() else tokenise(form).forms
