"""Tokens -> tokens: words whose blank was lost with a link are parted again ("Israeltelah", "drawnIsrael").

A word is parted only where both sides are known: as function or reporting words of the pack, as names of
the actor tables, or because the article writes them alone elsewhere. Offsets stay those of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from siaga.base.document import Tokens
from siaga.base.pack import Pack, asset, lexicon, read_cells
from siaga.base.record import Record

__all__ = ["WholeWord", "part_glued"]

_SEAM = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ])(?=[A-ZÀ-Þ])")
_TAILED = re.compile(r"[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]{4,}|[A-ZÀ-Þ]{2,}[^\W\d_A-ZÀ-Þ]{2,}")
_TABLES = ("countries", "groups", "institutions", "leaders", "media", "organisations", "regions")
_LONGEST_TAIL = 14
_LEAST_NAME = 4  # letters of a name before a glued word
_LEAST_VERB = 7  # letters of a reporting verb that may be cut off an unknown name
_LEAST_SEEN = 6  # letters of a small word that only the article itself shows to be one
_OFTEN = 3  # times an article writes a word with a capital inside: then it is how the word is written


class WholeWord(Record):
    """A form, or the beginning of forms, with a capital inside that are not two words."""

    form: str
    kind: Literal["whole", "prefix"]


class _Form(Record):
    form: str
    role: str | None = None
    kind: str | None = None
    strength: str | None = None
    weight: int | None = None


class _Words(NamedTuple):
    """What a pack and the actor tables know of words that may have lost a blank."""

    words: frozenset[str]
    tails: frozenset[str]
    """Words that may have been glued to the end of a name."""
    links: frozenset[str]
    """Prepositions and conjunctions: of two letters they are cut off the names of countries only (Iran|di)."""
    verbs: frozenset[str]
    names: frozenset[str]
    countries: frozenset[str]
    whole: frozenset[str]
    prefixes: tuple[str, ...]


class _Article(NamedTuple):
    known: _Words
    seen: Mapping[str, int]


def part_glued(tokens: Tokens, pack: Pack) -> Tokens:
    """The tokens with glued words parted."""
    article = _Article(_words(pack), Counter(tokens.forms))
    cuts = {form: found for form in article.seen if _is_suspect(form) and (found := tuple(_cuts(form, article)))}
    return _parted(tokens, cuts) if cuts else tokens


def _is_suspect(form: str) -> bool:
    return not form.islower() and (_SEAM.search(form) is not None or _TAILED.fullmatch(form) is not None)


def _cuts(form: str, article: _Article) -> Iterator[int]:
    """Places inside a form at which a blank was lost."""
    known = article.known
    lower = form.lower()
    if form in known.whole or form.startswith(known.prefixes) or lower in known.words or lower in article.seen:
        return
    if (seam := _seam(form, article)) is not None:
        if (tail := _tail(form[:seam], article)) is not None:
            yield tail
        yield seam
        yield from (seam + cut for cut in _cuts(form[seam:], article))
    elif (tail := _tail(form, article)) is not None:
        yield tail


def _seam(form: str, article: _Article) -> int | None:
    if article.seen.get(form, 0) >= _OFTEN:
        return None
    places = (match.start() for match in _SEAM.finditer(form))
    return next((place for place in places if _part_company(form[:place], form[place:], article)), None)


def _part_company(left: str, right: str, article: _Article) -> bool:
    """Whether a small and a capital letter between these two belong to different words."""
    words = article.known.words
    if len(left) < 2 or len(right) < 2:  # noqa: PLR2004 - iPhone, pH
        return False
    if left in words:
        return True
    if left.lower() in words or left.islower():
        return _is_known(right, article)
    if right.lower() not in words and article.seen.get(left + right, 0) > 1:
        return False  # written so again and again: the name of a firm or programme
    return (_is_name(left, article) or _tail(left, article) is not None) and _is_known(right, article)


def _is_known(form: str, article: _Article) -> bool:
    """Whether a form that begins with a capital, or its own first part, is a word of its own."""
    if len(form) > 2 and (form.lower() in article.known.words or _is_name(form, article)):  # noqa: PLR2004 - OS, TV
        return True
    tail = _tail(form, article)
    return tail is not None and _is_name(form[:tail], article)


def _is_name(form: str, article: _Article) -> bool:
    return form in article.known.names or form in article.seen


def _tail(form: str, article: _Article) -> int | None:
    """Where a known small word was glued to the end of a name."""
    known = article.known
    if not _TAILED.fullmatch(form) or form in known.names:
        return None
    for place in range(max(2, len(form) - _LONGEST_TAIL), len(form) - 1):
        name, word = form[:place], form[place:]
        small = word in known.tails or (len(word) >= _LEAST_SEEN and word in article.seen)
        if small and name.lower() not in known.words and _holds(name, word, article):
            return place
    return None


def _holds(name: str, word: str, article: _Article) -> bool:
    """Whether a small word may be cut off this name."""
    known = article.known
    if name.isupper() and len(name) > 1:
        return len(word) > 2 or name in known.names or name in article.seen  # noqa: PLR2004
    if len(name) < _LEAST_NAME:
        return False
    if word in known.verbs and len(word) >= _LEAST_VERB:
        return True
    if len(word) <= 2:  # noqa: PLR2004 - "di", "to"
        return word in known.links and name in known.countries
    return _is_name(name, article)


def _parted(tokens: Tokens, cuts: Mapping[str, tuple[int, ...]]) -> Tokens:
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    for start, end, form in zip(tokens.starts, tokens.ends, tokens.forms, strict=True):
        places = (0, *cuts.get(form, ()), len(form))
        for left, right in pairwise(places):
            starts.append(start + left)
            ends.append(start + right if right < len(form) else end)
            forms.append(form[left:right])
    return Tokens(
        starts=tuple(starts), ends=tuple(ends), forms=tuple(forms), lowers=tuple(form.lower() for form in forms)
    )


@cache
def _words(pack: Pack) -> _Words:
    roles = lexicon(pack, "quote_roles", _Form)
    verbs = lexicon(pack, "reporting", _Form)
    plain = lexicon(pack, "function_words", _Form)
    whole = lexicon(pack, "whole_words", WholeWord)
    words = frozenset(row.form for row in (*roles, *verbs, *plain) if len(row.form) > 1)
    return _Words(
        words=words,
        tails=words
        - {row.form for row in roles if row.role == "det"}
        - {row.form for row in verbs if row.strength == "near"},
        links=frozenset(row.form for row in roles if row.role in {"prep", "to", "by", "conj"}),
        verbs=frozenset(row.form for row in verbs),
        names=_names(*_TABLES),
        countries=frozenset(cell for cell in _name_cells("countries") if cell.istitle()),
        whole=frozenset(row.form for row in whole if row.kind == "whole"),
        prefixes=tuple(row.form for row in whole if row.kind == "prefix"),
    )


@cache
def _names(*tables: str) -> frozenset[str]:
    """Capitalised words of the names in the actor tables, whatever the language."""
    return frozenset(word for table in tables for cell in _name_cells(table) for word in _capitalised(cell))


def _name_cells(table: str) -> Iterator[str]:
    for row in read_cells(asset("actors", f"{table}.csv")):
        yield from (cell for column, cell in row.cells.items() if column.startswith(("name", "alias", "capital")))


def _capitalised(cell: str) -> list[str]:
    return [word for word in re.split(r"[\s|()./-]+", cell) if len(word) > 1 and word[0].isupper()]
