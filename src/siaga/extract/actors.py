"""Who is named: mentions of countries, bodies, groups, persons and kinds of people, as of publication."""

from __future__ import annotations

from collections.abc import Iterator

from siaga.base.document import Document, Layer, Mention, MentionKind, Sentence
from siaga.base.pack import languages
from siaga.extract.actor_pieces import Piece, read_pieces, shape
from siaga.extract.actor_rules import Joint, load_rules
from siaga.extract.actor_tables import ROLES, Actors, load_actors
from siaga.extract.persons import Known, holder
from siaga.extract.references import resolve
from siaga.extract.setting import find_setting

__all__ = ["Mentions", "find_mentions"]

UNITS = frozenset(ROLES[role] for role in ("country", "capital", "demonym", "group", "institution"))
NAMES = frozenset((ROLES["person"], ROLES["word"]))


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
    reader = _Reader(document, load_actors(language))
    rules = load_rules(language)
    setting = find_setting(document, reader.actors)
    for sentence in document.sentences:
        pieces = read_pieces(document.tokens, sentence.first, sentence.last, reader.actors)
        for first, last, joint in _spans(pieces, rules.joints(shape(pieces))):
            reader.read(pieces[first:last], joint, setting, sentence)
    return tuple(reader.mentions), setting


def _spans(pieces: list[Piece], joints: list[Joint]) -> Iterator[tuple[int, int, Joint | None]]:
    """The pieces each mention is made of: joints as the rules found them, the others one by one."""
    position = 0
    for joint in joints:
        yield from ((number, number + 1, None) for number in range(position, joint.first))
        yield joint.first, joint.last, joint
        position = joint.last
    yield from ((number, number + 1, None) for number in range(position, len(pieces)))


class _Reader:
    """Reads the pieces of one article from its start; what it has learnt serves what follows."""

    def __init__(self, document: Document, actors: Actors) -> None:
        self.actors = actors
        self.mentions: list[Mention] = []
        self._tokens = document.tokens
        self._text = document.article.text
        self._published = document.article.published
        self._known = Known()

    def read(self, pieces: list[Piece], joint: Joint | None, setting: str | None, sentence: Sentence) -> None:
        """Add the mention that these pieces make, if they make one."""
        if joint is None:
            found = self._single(pieces[0])
        elif joint.name is None:
            found = self._office_or_body(pieces)
        else:
            low, high = (bound - joint.first for bound in joint.name)
            found = self._named(pieces, pieces[low:high], setting)
        if found is not None:
            self.mentions.extend(found)

    def _single(self, piece: Piece) -> tuple[Mention, ...]:
        role, entry = piece.entry.role, piece.entry
        if role in NAMES:
            person = self._person(piece, alone=True)
            return (person,) if person is not None else ()
        if role == ROLES["reference"]:
            found = resolve(entry, self.mentions, self._known, self.actors)
            return tuple(self._again(mention, piece) for mention in found)
        if role == ROLES["office"]:
            return (self._office(piece),)
        if not entry.alone:
            return ()
        return (self._mention([piece], entry.kind, entry.code, entry.name, entry.sector, capital=entry.capital),)

    def _again(self, mention: Mention, piece: Piece) -> Mention:
        """The same actor at another place."""
        return mention.replace(
            start=self._tokens.starts[piece.first],
            end=self._tokens.ends[piece.last - 1],
            first=piece.first,
            last=piece.last,
            capital=False,
        )

    def _office(self, piece: Piece) -> Mention:
        """An office without country or name: the person last named with it, else whoever holds it."""
        entry = piece.entry
        before = None if entry.plural else self._known.in_office(entry.name)
        if before is not None:
            return self._again(before, piece)
        kind: MentionKind = "generic" if entry.plural else "person"
        return self._mention([piece], kind, entry.code, self._words([piece]), entry.sector, office=entry.name)

    def _office_or_body(self, pieces: list[Piece]) -> tuple[Mention, ...]:
        """A body, people or office of a country or organisation, without a name."""
        unit = next(piece.entry for piece in pieces if piece.entry.role in UNITS)
        offices = [piece.entry for piece in pieces if piece.entry.role == ROLES["office"]]
        if not offices or offices[0].plural:
            return (self._mention(pieces, unit.kind, unit.code, unit.name, self._sector(pieces)),)
        office = offices[0]
        name = self._words(pieces)
        return (
            self._mention(
                pieces, "person", unit.code, name, self._sector(pieces), office=office.name, organisation=unit.name
            ),
        )

    def _named(self, pieces: list[Piece], names: list[Piece], setting: str | None) -> tuple[Mention, ...]:
        """A person with an office, a title, a country or organisation."""
        person = self._person(names[-1], alone=False)
        others = [piece for piece in pieces if piece not in names]
        unit = next((piece.entry for piece in others if piece.entry.role in UNITS), None)
        office = next((piece.entry for piece in others if piece.entry.role == ROLES["office"]), None)
        code = self._code(person, unit.code if unit else None, office.code if office else None)
        mention = self._mention(
            pieces,
            "person",
            code or (setting if office is not None and unit is None else None),
            person.name if person else self._words(names[-1:]),
            self._sector(pieces) or (person.sector if person else None),
            office=office.name if office else (person.office if person else None),
            organisation=unit.name if unit else (person.organisation if person else None),
        )
        self._learn(mention, names[-1])
        return (mention,)

    def _code(self, person: Mention | None, unit: str | None, home: str | None) -> str | None:
        if person is not None and person.code is not None:
            return person.code
        return unit or home

    def _person(self, piece: Piece, *, alone: bool) -> Mention | None:
        """The person a name means: one the article has named, else one of the tables."""
        before = self._known.find(self._tokens.forms[piece.first : piece.last])
        if before is not None:
            return self._again(before, piece)
        entry = piece.entry
        if not entry.leaders or (alone and not entry.alone):
            return None
        single = alone and piece.last - piece.first == 1
        found = holder(entry.leaders, self._published, alone=single)
        if found is None:
            return None
        row, held = found
        office = self.actors.offices.get(row.office) if held else None
        organisation = row.organisation or self.actors.country_names.get(row.code)
        mention = self._mention(
            [piece],
            "person",
            row.code,
            row.name,
            row.sector,
            office=office,
            organisation=organisation if held else None,
        )
        self._known.learn(mention, row.name.split())
        return mention

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
        )
