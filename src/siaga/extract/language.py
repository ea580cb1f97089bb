"""Article -> its language: what is given, then the packs' function words, then a general identifier."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from siaga.base.document import Document, Layer
from siaga.base.pack import languages, lexicon, load_pack
from siaga.base.record import Record
from siaga.extract.sentences import FunctionWord

__all__ = ["UNSUPPORTED", "Language", "NearWord", "language_of"]

UNSUPPORTED = "unsupported_language"
"""Warning of an article whose language has no pack."""
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 6000  # code points: as sure as the whole text on all 8,912 training articles
_SHARE = 0.09
"""Least share of words that are function words of the pack; 99 of 100 training articles have .125 (id), .167 (en)."""
_LEAD = 2.0
"""Times the share of the second pack: 99 of 100 training articles have 7 (id), 100 (en)."""
_NEAR_LEAST = 3  # words of a near language: fewer stand in quotations and names; 6 of 6,349 training articles had 2


class NearWord(Record):
    """A word of a near language that is not usual in the pack's own."""

    form: str
    language: str


class Language:
    """Gives the language: keeps a given one that has a pack; one without a pack is marked in the warnings."""

    needs: frozenset[Layer] = frozenset()
    gives: frozenset[Layer] = frozenset({"language"})

    def __call__(self, document: Document, /) -> Document:
        article = document.article
        given = article.language and re.split(r"[-_]", article.language.lower())[0]
        language = given if given in languages() else language_of(article.text) or given
        warnings = article.warnings
        if language not in languages() and UNSUPPORTED not in warnings:
            warnings = (*warnings, UNSUPPORTED)
        return document.replace(article=article.replace(language=language, warnings=warnings))


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language of a text; null where there are no words to tell by."""
    words = Counter(_WORD.findall(text[:_LOOKED_AT].lower()))
    if not words:
        return None
    return _by_function_words(words) or _by_identifier(text[:_LOOKED_AT], words)


def _by_function_words(words: Counter[str]) -> str | None:
    shares = sorted(((_share(words, _function_words(code)), code) for code in languages()), reverse=True)
    (best, code), *others = shares
    if best < _SHARE or (others and best < _LEAD * others[0][0]):
        return None
    return _near_language(words, code) or code


def _share(words: Counter[str], forms: frozenset[str]) -> float:
    return sum(count for word, count in words.items() if word in forms) / words.total()


def _near_language(words: Counter[str], code: str) -> str | None:
    """The near language whose own words outweigh those that only this one has, if there is one."""
    near = Counter[str]()
    for word, language in _near_words(code).items():
        near[language] += words[word]
    if not near:
        return None
    [(language, count)] = near.most_common(1)
    own = sum(words[word] for word in _own_words(code))
    return language if count >= _NEAR_LEAST and count > own else None


def _by_identifier(text: str, words: Counter[str]) -> str:
    import py3langid  # noqa: PLC0415 - loads a model, and most news never comes here

    found = str(py3langid.classify(text)[0])
    return next((code for code in languages() if _is_near(found, code) and not _near_language(words, code)), found)


def _is_near(language: str, code: str) -> bool:
    return language in _near_words(code).values()


@cache
def _function_words(code: str) -> frozenset[str]:
    return frozenset(row.form for row in lexicon(load_pack(code), "function_words", FunctionWord) if row.weight)


@cache
def _own_words(code: str) -> frozenset[str]:
    return frozenset(row.form for row in lexicon(load_pack(code), "function_words", FunctionWord) if row.weight > 1)


@cache
def _near_words(code: str) -> dict[str, str]:
    return {row.form: row.language for row in lexicon(load_pack(code), "near_languages", NearWord)}
