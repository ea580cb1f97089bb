"""Who is named: mentions of countries, bodies, groups, persons and kinds of people, as of publication."""

from __future__ import annotations

from siaga.base.document import Document, Layer, Mention, MentionKind
from siaga.base.pack import languages, load_pack
from siaga.extract.actor_pieces import Piece, read_pieces, shape
from siaga.extract.actor_rules import Joint, load_rules
from siaga.extract.actor_tables import ROLES, Actors, Entry, is_country, load_actors
from siaga.extract.persons import Known, holder
from siaga.extract.references import resolve
from siaga.extract.setting import find_setting

__all__ = ["Mentions", "find_mentions"]

UNITS = frozenset(ROLES[role] for role in ("country", "capital", "demonym", "group", "institution"))
UNKNOWN = Entry(ROLES["other"])
SINGLE = frozenset(ROLES[role] for role in ("noun", "office", "reference", "person", "word", "common")) | UNITS
"""Roles of pieces that may be a mention by themselves."""
PEOPLES = frozenset((ROLES["country"], ROLES["demonym"]))
LINKS = frozenset((ROLES["of"], ROLES["link"]))
PRONOUN_REACH = 6
"""Sentences, this one included, in which the person meant by a pronoun is looked for."""
NAMES = frozenset(ROLES[role] for role in ("person", "word", "common"))


class Mentions:
    """Gives the mentions of the text and the country the article plays in."""

    needs: frozenset[Layer] = frozenset({"tokens", "sentences", "published"})
    gives: frozenset[Layer] = frozenset({"mentions", "setting"})

    def __call__(self, document: Document, /) -> Document:
        if document.article.language not in languages():
            return document
        mentions, setting = find_mentions(document)
        return document.replace(mentions=mentions, setting=setting)


def find_mentions(document: Document) -> tuple[tuple[Mention, ...], str | None]:
    """All mentions in order, and the setting (alpha-3, or null)."""
    language = document.article.language or ""
    actors, rules = load_actors(language), load_rules(language)
    setting = find_setting(document, actors)
    reader = _Reader(document, actors, setting)
    for sentence in document.sentences:
        pieces = read_pieces(document.tokens, sentence.first, sentence.last, actors)
        reader.read(pieces, rules.joints(shape(pieces)))
    return tuple(reader.mentions), setting


def _speaks(pieces: list[Piece], number: int) -> bool:
    """Whether an unknown name stands beside a reporting verb."""
    around = pieces[max(0, number - 1) : number] + pieces[number + 1 : number + 2]
    return any(piece.entry.role == ROLES["reporting"] for piece in around)


def _is_namesake(person: Mention, unit: Entry, name: Entry) -> bool:
    """Whether a bare surname of a leader is somebody else's: of another country, or of none and out of office."""
    if name.alone:
        return False
    return person.code != unit.code if unit.code is not None else person.organisation is None


def _foremost(units: list[Entry]) -> Entry:
    """Of units side by side: a group before the people it is of, a country before a body we know at home.

    "kelompok Palestina Hamas" is Hamas; "Mahkamah Agung AS" is of the USA, though one at home has that name.
    """
    groups = [unit for unit in units if unit.role == ROLES["group"]]
    countries = [unit for unit in units if unit.role in PEOPLES]
    if groups:
        return groups[0]
    return countries[0] if countries and units[0].role == ROLES["institution"] else units[0]


def _head(pieces: list[Piece]) -> list[Piece]:
    """The pieces up to the end of the first country or body: not that to which an envoy is sent."""
    for number, piece in enumerate(pieces):
        if piece.entry.role in LINKS and any(before.entry.role in UNITS for before in pieces[:number]):
            return pieces[:number]
    return pieces


def _owned(code: str | None, sector: str | None) -> str | None:
    """A country's code as that of its business or its media, where the noun says so."""
    if code is None or not is_country(code):
        return code
    return {"BUS": f"BUS:{code}", "JRN": "MEDIA"}.get(sector or "", code)


class _Reader:
    """Reads the pieces of one article from its start; what it has learnt serves what follows."""

    def __init__(self, document: Document, actors: Actors, setting: str | None) -> None:
        self._actors = actors
        self._setting = setting
        home = load_pack(document.article.language or "").home
        self._home = home if home == setting else None
        """The country of a minister or mayor without one: in news from home only, or abroad it would often be wrong."""
        self.mentions: list[Mention] = []
        self._tokens = document.tokens
        self._text = document.article.text
        self._published = document.article.published
        self._known = Known()
        self._sentences: list[int] = []

    def read(self, pieces: list[Piece], joints: list[Joint]) -> None:
        """Add the mentions of a sentence: joints as the rules found them, the other pieces one by one."""
        self._sentences.append(len(self.mentions))
        position = 0
        for joint in joints:
            self._read_singly(pieces, position, joint.first)
            self.mentions.append(self._joined(pieces, joint))
            position = joint.last
        self._read_singly(pieces, position, len(pieces))

    def _read_singly(self, pieces: list[Piece], first: int, last: int) -> None:
        for number in range(first, last):
            role = pieces[number].entry.role
            if role == ROLES["word"] and _speaks(pieces, number):
                self._meet(pieces[number])
            elif role in SINGLE:
                self.mentions.extend(self._single(pieces[number]))

    def _joined(self, pieces: list[Piece], joint: Joint) -> Mention:
        whole = pieces[joint.first : joint.last]
        if joint.name is None:
            return self._office_or_body(whole)
        return self._named(whole, pieces[joint.name[0] : joint.name[1]])

    def _spoken_of(self) -> Mention | None:
        """The first person of the latest sentence that names one: mostly its subject, and so the later "he"."""
        end = len(self.mentions)
        for start in reversed(self._sentences[-PRONOUN_REACH:]):
            person = next((mention for mention in self.mentions[start:end] if mention.kind == "person"), None)
            if person is not None:
                return person
            end = start
        return None

    def _meet(self, piece: Piece) -> None:
        """A person who is known only by speaking: named before, or learnt now."""
        person = self._person(piece, alone=True)
        if person is None and self._is_personal(piece):
            person = self._mention([piece], "person", None, self._words([piece]), None)
            self._learn(person, piece)
        if person is not None:
            self.mentions.append(person)

    def _is_personal(self, piece: Piece) -> bool:
        """Whether an unknown name looks like a person's: no abbreviation, and not one common word."""
        if piece.last - piece.first > 1:
            return True
        form = self._tokens.forms[piece.first]
        return len(form) > 1 and not form.isupper() and form.lower() not in self._actors.starters

    def _single(self, piece: Piece) -> tuple[Mention, ...]:
        role, entry = piece.entry.role, piece.entry
        if role in NAMES:
            person = self._person(piece, alone=True)
            return (person,) if person is not None else ()
        if role == ROLES["reference"]:
            found = resolve(entry, self.mentions, self._spoken_of(), self._actors)
            return tuple(self._again(mention, piece) for mention in found)
        if role == ROLES["office"]:
            return self._office(piece)
        if not entry.alone:
            return ()
        code = _owned(self._setting, entry.sector) if role == ROLES["noun"] and entry.sector == "BUS" else entry.code
        return (self._mention([piece], entry.kind, code, entry.name, entry.sector, capital=entry.capital),)

    def _again(self, mention: Mention, piece: Piece) -> Mention:
        """The same actor at another place."""
        return mention.replace(
            start=self._tokens.starts[piece.first],
            end=self._tokens.ends[piece.last - 1],
            first=piece.first,
            last=piece.last,
            capital=False,
            units=(),
        )

    def _office(self, piece: Piece) -> tuple[Mention, ...]:
        """An office without country or name: the person last named with it, else whoever holds it."""
        entry = piece.entry
        before = None if entry.plural else self._known.in_office(entry.name)
        if before is not None:
            return (self._again(before, piece),)
        if not entry.alone:
            return ()
        name = self._words([piece])
        if entry.plural:
            return (self._mention([piece], "generic", entry.code, name, entry.sector),)
        return (self._mention([piece], "person", entry.code, name, entry.sector, office=entry.name),)

    def _office_or_body(self, pieces: list[Piece]) -> Mention:
        """A body, people or office, mostly of a country or organisation, without a name."""
        unit = self._unit(pieces)
        office = next((piece.entry for piece in pieces if piece.entry.role == ROLES["office"]), None)
        sector = self._sector(pieces)
        if office is None or office.plural:
            name = unit.name or self._words(pieces)
            return self._mention(pieces, unit.kind, _owned(unit.code, sector), name, sector)
        code = unit.code or office.code
        before = self._known.in_office(office.name, code) if code is not None else None
        name = before.name if before is not None else self._words(pieces)
        organisation = unit.name or None
        mention = self._mention(pieces, "person", code, name, sector, office=office.name, organisation=organisation)
        if code is not None:
            self._known.meet(mention)
        return mention

    def _unit(self, pieces: list[Piece]) -> Entry:
        """The country or body of an office: the first named, else that of a person ("envoy of President X")."""
        units = [piece.entry for piece in _head(pieces) if piece.entry.role in UNITS]
        if units:
            return _foremost(units)
        people = (self._person(piece, alone=False) for piece in pieces if piece.entry.role in NAMES)
        codes = [person.code for person in people if person is not None and person.code is not None]
        if not codes:
            return UNKNOWN
        return UNKNOWN._replace(kind="country", code=codes[0], name=self._actors.country_names.get(codes[0], codes[0]))

    def _named(self, pieces: list[Piece], names: list[Piece]) -> Mention:
        """A person with an office, a title, a country or organisation."""
        others = [piece for piece in pieces if piece not in names]
        unit = self._unit(others)
        person = self._person(names[-1], alone=False)
        if person is not None and names[-1].entry.leaders and _is_namesake(person, unit, names[-1].entry):
            person = None
        office = next((piece.entry for piece in others if piece.entry.role == ROLES["office"]), UNKNOWN)
        person = person or self._by_surname(names[-1], office)
        mention = self._mention(
            pieces,
            "person",
            (person.code if person else None) or unit.code or office.code or self._assumed(office),
            person.name if person else self._words(names[-1:]),
            self._sector(pieces) or (person.sector if person else None),
            office=(None if office.plural else office.name) or (person.office if person else None),
            organisation=unit.name or (person.organisation if person else None),
        )
        self._learn(mention, names[-1])
        return mention

    def _assumed(self, office: Entry) -> str | None:
        """The country of a minister or mayor without one: in news from home only, abroad it would often be wrong."""
        return self._home if office.role == ROLES["office"] and office.sector != "CVL" else None

    def _person(self, piece: Piece, *, alone: bool) -> Mention | None:
        """The person a name means: one of the tables, unless the article has named him, else one it has named."""
        before = self._known.find(self._tokens.forms[piece.first : piece.last])
        leader = self._leader(piece, alone=alone)
        if before is not None and (leader is None or leader.code == before.code):
            self._known.meet(before)
            return self._again(before, piece)
        if leader is not None:
            self._learn(leader, piece)
        return leader

    def _by_surname(self, piece: Piece, office: Entry) -> Mention | None:
        """The holder of this very office with this surname, whose first name is spelt otherwise than in the tables."""
        found = self._actors.names.at(self._tokens.forms, piece.last - 1, piece.last)
        if found is None or all(row.office != office.key for row in found.value.leaders):
            return None
        return self._leader(piece._replace(entry=found.value), alone=False)

    def _leader(self, piece: Piece, *, alone: bool) -> Mention | None:
        """The person of the tables that a name means on the day of publication; the name stays as written."""
        entry = piece.entry
        if not entry.leaders or (alone and not entry.alone):
            return None
        found = holder(entry.leaders, self._published, alone=alone and piece.last - piece.first == 1)
        if found is None:
            return None
        row, held = found
        office = self._actors.offices.get(row.office) if held else None
        organisation = (row.organisation or self._actors.country_names.get(row.code)) if held else None
        name = self._words([piece])
        return self._mention([piece], "person", row.code, name, row.sector, office=office, organisation=organisation)

    def _learn(self, mention: Mention, piece: Piece) -> None:
        self._known.learn(mention, self._tokens.forms[piece.first : piece.last])

    def _sector(self, pieces: list[Piece]) -> str | None:
        """Sector of an office or noun, but a group keeps its own."""
        entries = [piece.entry for piece in pieces if piece.entry.sector]
        groups = [entry.sector for entry in entries if entry.kind == "group"]
        own = [
            entry.sector for entry in entries if entry.role in {ROLES["noun"], ROLES["office"], ROLES["institution"]}
        ]
        return next(iter(groups + own + [entry.sector for entry in entries]), None)

    def _words(self, pieces: list[Piece]) -> str:
        return self._text[self._tokens.starts[pieces[0].first] : self._tokens.ends[pieces[-1].last - 1]]

    def _mention(  # noqa: PLR0913 - the fields of the record
        self,
        pieces: list[Piece],
        kind: MentionKind,
        code: str | None,
        name: str,
        sector: str | None,
        *,
        office: str | None = None,
        organisation: str | None = None,
        capital: bool = False,
    ) -> Mention:
        first, last = pieces[0].first, pieces[-1].last
        return Mention(
            start=self._tokens.starts[first],
            end=self._tokens.ends[last - 1],
            first=first,
            last=last,
            kind=kind,
            code=code,
            name=name,
            sector=sector,
            office=office,
            organisation=organisation,
            capital=capital,
            units=tuple((piece.first, piece.last) for piece in pieces if piece.entry.role in UNITS),
        )
