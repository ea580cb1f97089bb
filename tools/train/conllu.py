"""Treebanks in CoNLL-U, as their own words and as the tokens of our run time."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from siaga.extract.tokens import tokenise

__all__ = ["Sample", "as_run_time_tokens", "read_treebank"]

KEPT_FEATURES = frozenset({
    "Mood", "Number", "NumType", "Person", "Polarity", "Poss", "PronType", "Tense", "VerbForm", "Voice",
})  # fmt: skip


@dataclass(slots=True)
class Sample:
    """A sentence to learn from; an empty list means that this corpus does not say. Heads are 1-based, 0 is the root."""

    corpus: str
    forms: list[str]
    upos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    """Tags of another tagset, only to learn from."""
    spans: list[tuple[int, int]] = field(default_factory=list)
    """Where each word stands in `text`; the words of one written token share its span."""
    text: str = ""


def read_treebank(path: Path, corpus: str) -> Iterator[Sample]:
    """The sentences of a gzipped CoNLL-U file, in the treebank's own words."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows: list[list[str]] = []
        for line in lines:
            if line.strip():
                rows.append(line.rstrip("\n").split("\t"))
            elif rows:
                yield _sample(rows, corpus)
                rows = []


def _sample(rows: list[list[str]], corpus: str) -> Sample:
    sample = Sample(corpus, [])
    place, shared_until, shared = 0, 0, (0, 0)
    for row in rows:
        if len(row) == 1 or "." in row[0]:
            continue
        if "-" in row[0]:
            shared_until = int(row[0].split("-")[1])
            place, shared = _write(sample, row, place)
            continue
        inside = int(row[0]) <= shared_until
        place, span = (place, shared) if inside else _write(sample, row, place)
        _add_word(sample, row, span)
    if all(lemma == "_" for lemma in sample.lemmas):
        sample.lemmas, sample.feats = [], []
    return sample


def _write(sample: Sample, row: list[str], place: int) -> tuple[int, tuple[int, int]]:
    """Put a written token at the end of the text; gives the next free place and the token's span."""
    space = "" if "SpaceAfter=No" in row[9] else " "
    sample.text += row[1] + space
    return place + len(row[1]) + len(space), (place, place + len(row[1]))


def _add_word(sample: Sample, row: list[str], span: tuple[int, int]) -> None:
    sample.forms.append(row[1])
    sample.lemmas.append(row[2] if row[1] == "_" or row[2] != "_" else "_")
    sample.upos.append(row[3])
    sample.feats.append(kept_features(row[5]))
    sample.heads.append(int(row[6]))
    sample.labels.append(row[7])
    sample.spans.append(span)


def kept_features(feats: str) -> str:
    """The features that the coder asks for, in the treebank's order; `_` for none."""
    return "|".join(pair for pair in feats.split("|") if pair.split("=")[0] in KEPT_FEATURES) or "_"


def as_run_time_tokens(sample: Sample) -> Sample:
    """The same sentence in the tokens that the run time makes of its text.

    Words that one token covers become one, with the head of the outermost; more tokens of a word hang on its first.
    """
    tokens = tokenise(sample.text)
    covered = [_covered(sample.spans, start, end) for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    tops = [_outermost(sample.heads, words) for words in covered]
    first_of: dict[int, int] = {}
    for token, words in enumerate(covered):
        for word in words:
            first_of.setdefault(word, token)
    merged = Sample(sample.corpus, list(tokens.forms), text=sample.text)
    for token, (words, top) in enumerate(zip(covered, tops, strict=True)):
        whole = first_of[top] == token
        above = sample.heads[top]
        merged.heads.append((first_of[above - 1] + 1 if above else 0) if whole else first_of[top] + 1)
        _add_token(merged, sample, words, top if whole else None)
    return merged


def _covered(spans: list[tuple[int, int]], start: int, end: int) -> list[int]:
    return [word for word, (left, right) in enumerate(spans) if left < end and start < right]


def _outermost(heads: list[int], words: list[int]) -> int:
    """The first of these words whose head is none of them."""
    inside = {word + 1 for word in words}
    return next(word for word in words if heads[word] not in inside)


def _add_token(merged: Sample, sample: Sample, words: list[int], top: int | None) -> None:
    """Say of the next token what is said of its outermost word; `top` is None for a later part of a word."""
    form = merged.forms[len(merged.labels)]
    mark = top is None and not any(letter.isalnum() for letter in form)
    place = words[0] if top is None else top
    merged.labels.append("punct" if mark else "flat" if top is None else sample.labels[top])
    merged.upos.append("PUNCT" if mark else sample.upos[place])
    if sample.lemmas:
        whole = top is not None and (len(words) > 1 or form == sample.forms[top])
        merged.lemmas.append(sample.lemmas[place] if whole else form)
        merged.feats.append(_joined_features(sample, words, place))


def _joined_features(sample: Sample, words: list[int], top: int) -> str:
    """The features of the outermost word, and the negation of any of them."""
    own = sample.feats[top]
    negations = {pair for word in words for pair in sample.feats[word].split("|") if pair == "Polarity=Neg"}
    pairs = ({*own.split("|")} | negations) - {"_"}
    return "|".join(sorted(pairs)) or "_"
