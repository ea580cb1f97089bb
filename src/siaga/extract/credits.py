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


_DOMAIN = r"(?:\.[a-z]{2,3}){0,2}"
_DATELINE = r"\A\W{0,3}(?:[^\W\d_][\w.’ ]{0,30}, ?)?NAME(?:, ?[^\W\d_][\w.’ ]{0,30})? ?[-–—]{1,2}(?!\w)"
"""The first line of a text says whose it is: "Jakarta, CNN Indonesia --", "KOMPAS.com -", "Liputan6.com, Jakarta -"."""
_ANYWHERE = (
    r"[(\[](?:[^()\n]{0,30}/\s?)?NAME(?:\s?[/,][^()\n]{0,30})?[)\]](?=\s*(?:[-–—.]|$))",
    r"(?:^|(?<=[.!?”\"’']\s)|(?<=[.!?”\"’']))[-–—]{1,2}\s?NAME[\s.]*$",
    r"^\W{0,3}NAME[\s.]*$",
    r"©\s?(?:\d{4}\s)?NAME",
)
"""Credits without a word of a language: in brackets, after a dash at the end, in a line alone, under a copyright."""


class CreditPhrase(Record):
    """A row of `lexicon/credits.csv`."""

    phrase: str
    kind: Literal["cites", "reports", "line"]


class Credits(Record):
    """Media by the name we know them by, in the order in which the article names them."""

    cites: tuple[str, ...] = ()
    """All that it says it quotes, or that it credits."""
    credited: str | None = None
    """The one whose text it is by a credit line, or in brackets after the place; null where there is none."""
    dateline: str | None = None
    """The one with whose name it begins ("Jakarta, CNN Indonesia --"): its outlet, or whom its outlet has it from."""


class _Patterns(NamedTuple):
    """What finds credits in articles of one language; every pattern has a group `name`."""

    dateline: re.Pattern[str]
    credits: tuple[re.Pattern[str], ...]
    cites: tuple[re.Pattern[str], ...]


def find_credits(article: Article) -> Credits:
    """The media whose reports an article prints, retells or quotes, its own not left out."""
    language = article.language if article.language in languages() else language_of(article.text)
    patterns = _patterns(language if language in languages() else None)
    text = "\n".join((article.text, *(block.text for block in article.dropped if block.reason == CREDIT)))
    lines = tuple(_lines_with_media(text))
    credited = _named(patterns.credits, text, lines)
    begins = _named((patterns.dateline,), text, lines)
    cited = _named((patterns.dateline, *patterns.credits, *patterns.cites), text, lines)
    return Credits(cites=tuple(cited), credited=next(iter(credited), None), dateline=next(iter(begins), None))


def medium_named(name: str) -> str:
    """The name we know a medium by, of any of its names; the same where we don't know it."""
    return _media().get(name, name)


def _lines_with_media(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines begin and end that name a medium, and the first: looking through all for phrases takes 2 ms."""
    named = [name for name in _media() if name in text]
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        if begin == 0 or any(name in line for name in named):
            yield begin, end
        begin = end + 1


def _named(patterns: Iterable[re.Pattern[str]], text: str, lines: Sequence[tuple[int, int]]) -> Sequence[str]:
    matches = (match for one in patterns for begin, end in lines for match in one.finditer(text, begin, end))
    found = sorted((match.start("name"), _known(match["name"])) for match in matches)
    return tuple(dict.fromkeys(name for _, name in found))


def _known(name: str) -> str:
    """The name we know a medium by, also if it is written in capitals, as datelines are."""
    return _media().get(name) or _folded()[name.casefold()]


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


@cache
def _folded() -> dict[str, str]:
    return {name.casefold(): shown for name, shown in _media().items()}


def _is_name(form: str) -> bool:
    """Whether a form names one medium ("AFP", "detikNews") and not a kind ("media", "state TV")."""
    return form[0].isupper() or (" " not in form and form != form.lower())


def _names(row: Body) -> Iterator[str]:
    for cell in (row.name_en, row.name_id, row.aliases, row.aliases_id, row.aliases_en):
        yield from filter(None, cell.split(BETWEEN))


@cache
def _patterns(language: str | None) -> _Patterns:
    media = "|".join(map(re.escape, sorted(_media(), key=lambda name: (-len(name), name))))
    name = rf"(?P<name>{media}){_DOMAIN}(?!\w)"
    patterns = [re.compile(one.replace("NAME", name), re.MULTILINE) for one in _ANYWHERE]
    dateline = re.compile(_DATELINE.replace("NAME", f"(?i:{name})"))
    if language is None:
        return _Patterns(dateline, tuple(patterns), ())
    rows = lexicon(load_pack(language), "credits", CreditPhrase)
    line = rf"^\W{{0,3}}(?i:{_any(rows, 'line')})\s?:?\s?{name}[\s.]*$"
    inline = rf"(?<!\w)(?i:{_any(rows, 'line')})\s?:\s?{name}[\s.)\]]*$"
    cites = rf"(?<!\w)(?i:{_any(rows, 'cites')})\s?{_FEW_WORDS}{name}"
    reports = rf"(?<!\w){name},? (?:{_any(rows, 'reports')})(?!\w)"
    patterns.extend(re.compile(one, re.MULTILINE) for one in (line, inline))
    return _Patterns(dateline, tuple(patterns), (re.compile(cites), re.compile(reports)))


def _any(rows: Iterable[CreditPhrase], kind: str) -> str:
    phrases = sorted((row.phrase for row in rows if row.kind == kind), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in phrases)
