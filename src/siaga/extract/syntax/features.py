"""A word's form -> the numbers the models know it by. The same at training and at run time."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

__all__ = ["NGRAM_ROWS", "SHAPE_ROWS", "ngram_rows", "normal", "shape_row"]

NGRAM_ROWS = 1 << 15
"""Rows of the hashed table of letter n-grams; more gave nothing on the development sets."""
SHAPE_ROWS = 256
"""Rows of the hashed table of word shapes."""
_LONGEST_FORM = 24
"""Letters of a form that are looked at: more than that is a web address or noise."""
_SAME = {ord(mark): plain for marks, plain in (("“”„«»″", '"'), ("‘’‚′`", "'"), ("–—−", "-")) for mark in marks}
_SAME |= {ord(digit): "0" for digit in "123456789"}


def normal(form: str) -> str:
    """A form in lower case with one kind of quotation mark, dash and digit.

    >>> normal("“A-330”")
    '"a-000"'
    """
    return form[: 4 * _LONGEST_FORM].translate(_SAME).lower()


def ngram_rows(norm: str) -> tuple[int, ...]:
    """Rows of the n-grams of 2 to 5 letters of a normal form, its two ends marked; pairs only at the ends."""
    word = f"\x02{norm if len(norm) <= _LONGEST_FORM else norm[:12] + norm[-12:]}\x03"
    grams = [word, word[:2], word[-2:]]
    grams += [word[start : start + size] for size in (3, 4, 5) for start in range(len(word) - size + 1)]
    return tuple(sorted({crc32(gram.encode("utf-8", "replace")) % NGRAM_ROWS for gram in grams}))


def shape_row(form: str) -> int:
    """Row of a form's shape: runs of capitals, small letters, digits and other letters, marks as they are."""
    return _row_of_shape(_shape(form[:_LONGEST_FORM]))


@lru_cache(maxsize=4096)
def _row_of_shape(shape: str) -> int:
    return crc32(shape.encode("utf-8", "replace")) % SHAPE_ROWS


def _shape(form: str) -> str:
    classes = [_letter_class(letter) for letter in form]
    triples = zip(classes, classes[1:], classes[2:], strict=False)
    kept = classes[:2] + [third for first, second, third in triples if not first == second == third]
    return "".join(kept[:8])


def _letter_class(letter: str) -> str:
    if letter.isupper():
        return "X"
    if letter.islower():
        return "x"
    if letter.isdigit():
        return "d"
    return "c" if letter.isalpha() else letter.translate(_SAME)
