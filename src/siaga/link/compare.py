"""Two profiles -> Pair: whether both derive from one text, which was made from the other, and what shows it.

A cascade: the same words in the same order need no look; likeness of words decides what it is sure of; the rest, and
all across languages, is decided by sentence vectors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from siaga.base.lineage import COPIES, Match, Pair, PairRelation
from siaga.link.align import LEAST_LIKENESS, Alignment, Features, align, features, lexical_likeness
from siaga.link.direction import direction, earlier
from siaga.link.profile import Profile
from siaga.link.vectors import Encoder
from siaga.link.weights import load_model

__all__ = ["compare"]

SURE_COPY, SURE_NONE = 0.97, 0.02
"""Probabilities by words alone beyond which no vectors are asked for, within a language. Across languages only
SURE_NONE counts, and is never reached by a translation (.14 at the least on `copies_dev`, cross-validated)."""
COPY = 0.5
"""Probability from which two articles are copies."""
MOST_SHOWN = 12
"""Names and figures that a pair shows, of each kind."""
NEAR_LIKENESS, NEAR_RUNS = 0.9, 0.7
"""Likeness of the matching sentences and share of common runs above which a copy is edited and not reworded."""
OWN = 0.15
"""Share of its words that each of two articles has for itself if both print an agency's text."""
INDEPENDENT = 0.15
"""Share of the names and figures of the article with fewer that two reports of one happening share at the least."""


class _Judged(NamedTuple):
    """What the cascade says."""

    probability: float
    aligned: Alignment
    features: Features


def compare(a: Profile, b: Profile, encode: Encoder) -> Pair:
    """How two articles relate; the order in which they are given makes no difference."""
    if a.article.id > b.article.id:
        a, b = b, a
    exact = _same_words(a, b)
    judged = _by_words(a, b)
    if not exact and not _is_sure(judged, a, b):
        judged = _by_vectors(a, b, encode)
    probability = 1.0 if exact else judged.probability
    relation = "exact" if exact else _relation(judged, a, b)
    leads = direction(a, b, judged.aligned)
    copied = relation in COPIES and relation != "wire"
    shared, only_a, only_b = _names(a, b)
    return Pair(
        a=a.article.id,
        b=b.article.id,
        relation=relation,
        probability=round(probability, 4),
        copy=(b if leads >= 0.5 else a).article.id if copied else None,  # noqa: PLR2004 - the likelier one
        copy_probability=round(max(leads, 1 - leads), 4) if copied else 0.5,
        earlier=_earlier(a, b),
        matches=tuple(
            Match(a=a.sentences[one.a], b=b.sentences[one.b], likeness=round(one.likeness, 3))
            for one in judged.aligned.found
        )
        if relation in COPIES
        else (),
        shared=shared,
        only_a=only_a,
        only_b=only_b,
    )


def _same_words(a: Profile, b: Profile) -> bool:
    return (
        len(a.words) == len(b.words)
        and all(
            (one == other).all() if len(one) == len(other) else False
            for one, other in zip(a.words, b.words, strict=True)
        )
        and bool(a.words)
    )


def _by_words(a: Profile, b: Profile) -> _Judged:
    aligned = align(a, b, lexical_likeness(a, b), LEAST_LIKENESS["lexical"])
    found = features(a, b, aligned)
    return _Judged(load_model("lexical").probability(_numbers(found)), aligned, found)


def _by_vectors(a: Profile, b: Profile, encode: Encoder) -> _Judged:
    likeness = encode([one.text for one in a.sentences]) @ encode([one.text for one in b.sentences]).T
    aligned = align(a, b, likeness.astype(float), LEAST_LIKENESS["vectors"])
    found = features(a, b, aligned)
    return _Judged(load_model("vectors").probability(_numbers(found)), aligned, found)


def _is_sure(judged: _Judged, a: Profile, b: Profile) -> bool:
    if judged.probability <= SURE_NONE:
        return True
    return judged.probability >= SURE_COPY and a.language == b.language


def _numbers(found: Features) -> Mapping[str, float]:
    return msgspec.structs.asdict(found)


def _relation(judged: _Judged, a: Profile, b: Profile) -> PairRelation:
    found, aligned = judged.features, judged.aligned
    if judged.probability < COPY:
        return "independent" if found.names >= INDEPENDENT and found.matches else "different"
    if a.language != b.language:
        return "translated"
    if max(aligned.covered_a, aligned.covered_b) <= 1 - OWN and found.runs >= 1 - NEAR_RUNS:
        return "wire"
    return "near" if found.likeness >= NEAR_LIKENESS and found.runs >= NEAR_RUNS else "reworded"


def _names(a: Profile, b: Profile) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Names and figures that both have, and that only one has, in the order of the text."""
    ordered = [dict.fromkeys(word for sentence in one.anchors for word in sentence if word[0] != "=") for one in (a, b)]
    shared = tuple(word for word in ordered[0] if word in ordered[1])
    only = (
        tuple(word for word in ordered[0] if word not in ordered[1]),
        tuple(word for word in ordered[1] if word not in ordered[0]),
    )
    return shared[:MOST_SHOWN], only[0][:MOST_SHOWN], only[1][:MOST_SHOWN]


def _earlier(a: Profile, b: Profile) -> str | None:
    first = earlier(a.article, b.article)
    return None if first is None else (a if first == "a" else b).article.id
