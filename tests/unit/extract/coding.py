"""What the tests of the event coder share: invented sentences, read as far as the coder needs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from siaga.base.article import Article
from siaga.base.document import Document, Sentence
from siaga.extract.coder.dating import DAY_COLUMNS
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import View, views
from siaga.extract.tokens import tokenise
from siaga.flow import lineup

__all__ = ["AS_FIRST_DATED", "ByRule", "bare", "found", "read", "seen"]


LEFT_OUT = frozenset({"syntax", "names", "events", "forecasts"})
"""Layers that a trained model has a say in."""


def read(language: str, text: str, published: str | None = "2021-12-01") -> Document:
    """A text with every layer below events that is read by rules alone."""
    document = Document(article=Article(id="case", language=language, published=published, text=text))
    for annotator in lineup():
        if not annotator.gives & LEFT_OUT:
            document = annotator(document)
    return document


def bare(language: str, text: str) -> Document:
    """A text of one sentence in which nothing but the words is known."""
    tokens = tokenise(text)
    whole = Sentence(start=0, end=len(text), first=0, last=len(tokens.forms))
    article = Article(id="case", language=language, published="2021-12-01", text=text)
    return Document(article=article, tokens=tokens, sentences=(whole,))


def seen(language: str, text: str) -> View:
    """The last sentence of a text, ready for questions."""
    return views(read(language, text), language)[-1]


def found(view: View, word: str) -> Candidate:
    """The first reading of this word as a trigger."""
    return next(one for one in view.candidates if view.lowers[one.first] == word)


class ByRule:
    """A second look made by hand: log odds from the columns of a row, by name."""

    def __init__(self, columns: Sequence[str], rule: Callable[[Mapping[str, float]], float]) -> None:
        self._columns, self._rule = columns, rule

    def log_odds(self, rows: npt.NDArray[np.float64], /) -> npt.NDArray[np.float64]:
        return np.array([self._rule(dict(zip(self._columns, row, strict=True))) for row in rows.tolist()])

    def reasons(self, row: npt.NDArray[np.float64], /) -> npt.NDArray[np.float64]:
        return np.zeros_like(row)


AS_FIRST_DATED = ByRule(DAY_COLUMNS, lambda row: row["odds"])
"""The second look at days repeats the first."""
