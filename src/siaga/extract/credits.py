"""Whose report an article prints or retells: credit lines, datelines, and the media it says it quotes.

The phrases stand in `lexicon/credits.csv`, the media in `actors/media.csv` and `lexicon/media.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from siaga.base.article import Article
from siaga.base.pack import asset, languages, lexicon, load_pack, read_rows
from siaga.base.record import Record
from siaga.extract.actor_tables import Body, FormRow
from siaga.extract.language import language_of

__all__ = ["CreditPhrase", "Credits", "find_credits", "medium_named"]

BETWEEN = "|"
CREDIT = "credit"
"""Reason of the blocks that the collector dropped and that say whose text it is."""
_FEW_WORDS = r"(?:[^\W\d_][\w.’'-]*,?[ ]){0,3}?"
"""Up to three words that say what the medium is: "kantor berita Rusia, TASS"."""


class CreditPhrase(Record):
    """A row of `lexicon/credits.csv`."""

    phrase: str
    kind: Literal["cites", "reports", "line"]


class Credits(Record):
    """Media by the name we know them by, in the order in which the article names them."""

    cites: tuple[str, ...] = ()
    """All that it says it quotes, or that it credits."""
    credited: str | None = None
    """The one whose text it is by a credit line or dateline; null where there is none."""


class _Patterns(NamedTuple):
    """What finds credits in articles of one language; every pattern has a group `name`."""

    credits: tuple[re.Pattern[str], ...]
    cites: tuple[re.Pattern[str], ...]


def find_credits(article: Article) -> Credits:
    """The media whose reports an article prints, retells or quotes, its own not left out."""
    language = article.language if article.language in languages() else language_of(article.text)
    patterns, names = _patterns(language if language in languages() else None), _media()
    text = "\n".join((article.text, *(block.text for block in article.dropped if block.reason == CREDIT)))
    credited = _named(patterns.credits, text, names)
    cited = _named((*patterns.credits, *patterns.cites), text, names)
    return Credits(cites=tuple(cited), credited=next(iter(credited), None))


def medium_named(name: str) -> str:
    """The name we know a medium by, of any of its names; the same where we don't know it."""
    return _media().get(name, name)


def _named(patterns: Iterable[re.Pattern[str]], text: str, names: dict[str, str]) -> Sequence[str]:
    found = sorted((match.start("name"), names[match["name"]]) for one in patterns for match in one.finditer(text))
    return tuple(dict.fromkeys(name for _, name in found))


@cache
def _media() -> dict[str, str]:
    """Each name of a medium, and the one we know it by."""
    found: dict[str, str] = {}
    for row in read_rows(asset("actors", "media.csv"), Body):
        shown = row.name_en or row.name_id or next(iter(_names(row)), "")
        found.update((name, found.get(name, shown)) for name in _names(row))
    for language in languages():
        for form in lexicon(load_pack(language), "media", FormRow):
            if _is_name(form.form):
                found.setdefault(form.form, form.form)
    return found


def _is_name(form: str) -> bool:
    """Whether a form names one medium ("AFP", "detikNews") and not a kind ("media", "state TV")."""
    return form[0].isupper() or (" " not in form and form != form.lower())


def _names(row: Body) -> Iterator[str]:
    for cell in (row.name_en, row.name_id, row.aliases, row.aliases_id, row.aliases_en):
        yield from filter(None, cell.split(BETWEEN))


@cache
def _patterns(language: str | None) -> _Patterns:
    media = "|".join(map(re.escape, sorted(_media(), key=lambda name: (-len(name), name))))
    name = rf"(?P<name>{media})(?!\w)"
    bracketed = rf"\((?:[^()\n]{{0,30}}/\s?)?{name}(?:\s?[/,][^()\n]{{0,30}})?\)(?=\s*(?:[-–—.]|$))"
    patterns = [re.compile(bracketed, re.MULTILINE)]
    if language is None:
        return _Patterns(tuple(patterns), ())
    rows = lexicon(load_pack(language), "credits", CreditPhrase)
    line = rf"^\W{{0,3}}(?i:{_any(rows, 'line')})\s?:?\s?{name}[\s.]*$"
    cites = rf"(?<!\w)(?i:{_any(rows, 'cites')})\s?{_FEW_WORDS}{name}"
    reports = rf"(?<!\w){name},? (?:{_any(rows, 'reports')})(?!\w)"
    patterns.append(re.compile(line, re.MULTILINE))
    return _Patterns(tuple(patterns), (re.compile(cites), re.compile(reports)))


def _any(rows: Iterable[CreditPhrase], kind: str) -> str:
    phrases = sorted((row.phrase for row in rows if row.kind == kind), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in phrases)
