"""Names and figures for people: as the text writes them, neighbours as one (`Hardeep Singh Puri`, `20/10/2025`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from siaga.extract.tokens import tokenise

__all__ = ["spelled"]

JOINS = frozenset({" ", "-", "/", ". "})
"""What may stand between the words of a name, or the figures of a day."""


def spelled(sentences: Iterable[str], names: frozenset[str]) -> Iterator[str]:
    """The stretches of sentences that consist of these names and figures, in order, each word once.

    Args:
        sentences: in which to look.
        names: in lower case, figures without points and commas, as a `Profile` has them.

    """
    told: set[str] = set()
    for text in sentences:
        for stretch in _stretches(text, names):
            words = {_plain(form) for form in tokenise(stretch).forms} & names
            if not words <= told:
                told |= words
                yield stretch


def _stretches(text: str, names: frozenset[str]) -> Iterator[str]:
    found = tokenise(text)
    begin = end = 0
    for start, stop, form in zip(found.starts, found.ends, found.forms, strict=True):
        if not _is_named(form, names) or text[start - 1 : start] == ".":
            continue
        if begin < end and text[end:start] not in JOINS:
            yield text[begin:end]
            begin = start
        elif begin == end:
            begin = start
        end = stop
    if begin < end:
        yield text[begin:end]


def _is_named(form: str, names: frozenset[str]) -> bool:
    return (form[0].isupper() or form[0].isdigit()) and _plain(form) in names


def _plain(form: str) -> str:
    return form.replace(".", "").replace(",", "") if form[0].isdigit() else form.lower()
