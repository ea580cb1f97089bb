"""Where a headline ends that was glued into a paragraph: "… he said. Read also: Troops Leave TownThe minister …".

Only plain ends count: a capital or quote glued to the last word, or a word that starts sentences after a
headline in title case. Anything else stays in the text: body text is worth more than a clean page.
"""

from __future__ import annotations

import re
from functools import cache

from siaga.base.pack import languages, lexicon, load_pack
from siaga.base.record import Record

__all__ = ["FunctionWord", "TitleWord", "headline_end"]

LONGEST = 200
"""Characters within which a headline must end."""
FEWEST_WORDS = 3
_WORD = re.compile(r"\S+")
_GLUE = re.compile(r"(?<=[a-z0-9!?”\"’')%])(?=[\"“‘][A-Z])|(?<=[a-z]{2})(?=[A-Z][a-z]+$)|(?<=[!?])(?=[A-Z])")
_GLUED = re.compile(r"[a-z]{3}[A-Z]")
_QUOTES = '"“‘'
_EDGES = "\"“”‘’'(),.:;!?-–"


class TitleWord(Record):
    """A word that stays small in headlines in title case."""

    word: str


class FunctionWord(Record):
    """A row of `lexicon/function_words.csv`: words that may start a sentence, among others."""

    form: str
    weight: float = 1


def headline_end(text: str, start: int) -> int | None:
    """Where the headline that starts at `start` ends and the sentence goes on; null where that is not plain."""
    words = list(_WORD.finditer(text, start, min(len(text), start + LONGEST)))
    for number, word in enumerate(words):
        following = words[number + 1].group() if number + 1 < len(words) else ""
        glue = _GLUE.search(word.group())
        if glue and (following[:1].islower() or word.group()[glue.end()] in _QUOTES):
            return word.start() + glue.end()
        if number >= FEWEST_WORDS and _starts_sentence(word.group(), following):
            return word.start()
        if not _in_title(word.group()) or _GLUED.search(word.group()):
            return None
    return len(text) if words and words[-1].end() == len(text) else None


def _starts_sentence(word: str, following: str) -> bool:
    """Whether a sentence starts here: a quote opens, or a word that starts sentences, and small words follow."""
    if not following[:1].islower() or _bare(following) in _small_words():
        return False
    return word[0] in '"“' or (word[0].isupper() and _bare(word) in _function_words())


def _in_title(word: str) -> bool:
    return not word[0].islower() or _bare(word) in _small_words()


def _bare(word: str) -> str:
    return word.strip(_EDGES).lower()


@cache
def _small_words() -> frozenset[str]:
    return frozenset(row.word for code in languages() for row in lexicon(load_pack(code), "title_words", TitleWord))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(
        row.form for code in languages() for row in lexicon(load_pack(code), "function_words", FunctionWord)
    )
