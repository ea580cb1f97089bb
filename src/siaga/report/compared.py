"""Two articles side by side, with what they share marked: for a terminal, and as one HTML page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from siaga.base.article import Article
from siaga.base.event import Evidence
from siaga.base.lineage import COPIES, Match, Pair
from siaga.base.record import Record
from siaga.report.catalogue import Catalogue

__all__ = ["Compared", "Piece", "by_match", "compared_page", "heading", "pieces", "verdict"]

_WORD = re.compile(r"\w+")
STYLE = (
    "body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color:#222;background:#fff}"
    "main{display:grid;grid-template-columns:1fr 1fr;gap:2rem}article{white-space:pre-line}h2{font-size:1.1rem}"
    "mark{background:#fff3c4;color:inherit;border-radius:.2rem}mark u{text-decoration-thickness:2px}"
    "sup{color:#5a4500;font-weight:bold}.about{color:#555}@media(max-width:50rem){main{display:block}}"
    "@media(prefers-color-scheme:dark){body{background:#1b1b1b;color:#eee}mark{background:#4d3f00}sup{color:#ffd75e}"
    ".about{color:#aaa}}"
)


class Compared(Record):
    """Two articles and how they relate: what `siaga compare --format json` gives."""

    a: Article
    b: Article
    pair: Pair
    one_story: float | None
    """Probability that both tell one story; null where that was not asked."""


class Piece(Record):
    """A stretch of an article's text."""

    text: str
    match: int | None
    """Number of the match it stands in, from 1; null outside of every match."""
    shared: bool = False
    """Whether the matching sentence has these words, too."""


def verdict(compared: Compared, words: Catalogue) -> Iterator[str]:
    """How the two relate, what shows it, and what differs, in a few lines."""
    pair, number = compared.pair, "{:.2f}".format
    yield words.say(f"compare.relation_{pair.relation}")
    chances = [words.say("compare.derived", probability=number(pair.probability))]
    if compared.one_story is not None:
        chances.append(words.say("compare.story", probability=number(compared.one_story)))
    yield " · ".join(chances)
    if pair.copy is not None:
        original = pair.b if pair.copy == pair.a else pair.a
        chance = number(pair.copy_probability)
        yield words.say("compare.copy", copy=pair.copy, original=original, probability=chance)
    if pair.relation in COPIES:
        yield words.say("compare.matches", count=words.number(len(pair.matches)))
    yield from _names(pair, words)


def pieces(article: Article, matches: Sequence[Match], *, first: bool) -> Iterator[Piece]:
    """The text of an article, cut where matches begin and end, and within them where words are shared.

    Args:
        article: one of the two.
        matches: between them.
        first: whether it is the first, `a`.

    """
    own = [(_side(match, first=first), number) for number, match in enumerate(matches, 1)]
    end = 0
    for sentence, number in sorted(own, key=lambda one: one[0].start):
        if sentence.start > end:
            yield Piece(text=article.text[end : sentence.start], match=None)
        other = _side(matches[number - 1], first=not first)
        yield from _shared_words(sentence.text, other.text, number)
        end = sentence.end
    if end < len(article.text):
        yield Piece(text=article.text[end:], match=None)


def compared_page(compared: Compared, words: Catalogue) -> str:
    """The whole as one HTML page: no scripts, nothing fetched, every word of the articles escaped."""
    title = escape(words.say("compare.title", a=compared.pair.a, b=compared.pair.b))
    about = "".join(f"<p>{escape(line)}</p>" for line in verdict(compared, words))
    columns = "".join(_column(one, compared, words) for one in (compared.a, compared.b))
    return (
        f'<!doctype html><html lang="{escape(words.language)}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1>{about}"
        f'<p class="about">{escape(words.say("compare.legend"))}</p><main>{columns}</main></body></html>\n'
    )


def heading(article: Article) -> str:
    """Who published it, when, under which id."""
    return " · ".join(filter(None, (article.source, (article.published or "")[:10], article.language, article.id)))


def _column(article: Article, compared: Compared, words: Catalogue) -> str:
    cut = pieces(article, compared.pair.matches, first=article.id == compared.pair.a)
    title = escape(article.title or words.say("compare.untitled"))
    language = escape(article.language or "")
    text = "".join(_marked(run) for run in by_match(cut))
    return (
        f'<section><h2>{title}</h2><p class="about">{escape(heading(article))}</p>'
        f'<article lang="{language}">{text}</article></section>'
    )


def _marked(run: Sequence[Piece]) -> str:
    text = "".join(f"<u>{escape(one.text)}</u>" if one.shared else escape(one.text) for one in run)
    number = run[0].match
    return text if number is None else f"<mark><sup>{number}</sup> {text}</mark>"


def by_match(cut: Iterable[Piece]) -> Iterator[Sequence[Piece]]:
    """Pieces one after the other that stand in one match, or outside of every one."""
    run: list[Piece] = []
    for piece in cut:
        if run and piece.match != run[-1].match:
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _names(pair: Pair, words: Catalogue) -> Iterator[str]:
    if pair.shared:
        yield words.say("compare.shared", names=", ".join(pair.shared))
    for id_, only in ((pair.a, pair.only_a), (pair.b, pair.only_b)):
        if only:
            yield words.say("compare.only", id=id_, names=", ".join(only))


def _side(match: Match, *, first: bool) -> Evidence:
    return match.a if first else match.b


def _shared_words(text: str, other: str, number: int) -> Iterator[Piece]:
    """A sentence, cut where runs of words begin and end that the other sentence has in the same order."""
    spans = [match.span() for match in _WORD.finditer(text)]
    own = [text[start:end].casefold() for start, end in spans]
    its = [match.group().casefold() for match in _WORD.finditer(other)]
    end = 0
    for block in SequenceMatcher(None, own, its, autojunk=False).get_matching_blocks():
        if block.size:
            start, stop = spans[block.a][0], spans[block.a + block.size - 1][1]
            if start > end:
                yield Piece(text=text[end:start], match=number)
            yield Piece(text=text[start:stop], match=number, shared=True)
            end = stop
    if end < len(text):
        yield Piece(text=text[end:], match=number)
