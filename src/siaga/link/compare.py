"""Two profiles -> Pair: whether both derive from one text, which was made from the other, and what shows it.

A cascade: articles of the same words, and those with hardly a name or word run in common, need no look; within a
language, likeness of words decides what it is sure of, and what matches word by word; the rest is decided by sentence
vectors.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

import msgspec
import numpy as np

from siaga.base.lineage import COPIES, Match, Pair, PairRelation
from siaga.extract.credits import find_credits
from siaga.link.align import LEAST_LIKENESS, Alignment, Features, align, features, lexical_likeness, shared_share
from siaga.link.direction import direction, earlier
from siaga.link.profile import Profile
from siaga.link.spelled import spelled
from siaga.link.vectors import Encoder
from siaga.link.weights import load_model
from siaga.link.words import contained

__all__ = ["compare", "with_names"]

SURE_COPY, SURE_NONE = 0.5, 0.25
"""Probabilities by words alone beyond which no vectors are asked for, within a language. Of 29,000 candidate pairs of
5,000 articles, vectors turn over 22 of the 100 from .5 to .8 and 6 of the 109 from .1 to .25; a wider band asks for the
vectors of twice as many articles."""
SAME_WORDS = 0.75
"""Mean likeness by words of the sentences that match from which vectors have nothing to add: what matches is in the
same words already. Of 24 such pairs in doubt among 5,000 articles, vectors called 13 copies: 12 are follow-ups of one
outlet that repeat their background."""
FEW_SENTENCES, FEW_WORDS, FEW_RUNS = 4, 100, 0.5
"""In articles with fewer sentences and words, any sentence finds its match in the same order. Of 564 pairs of such
articles 115 were called copies, captions of videos with one outlet's standing words, and one was. 10 of the others
share half of their word runs, as do 43 of 48 briefs with at most three in ten words swapped, and 4 of 12 with more."""
NONE_ACROSS = 0.02
"""The same across languages, where words alone never suffice to call a copy one."""
LEAST_NAMES, LEAST_RUNS = 0.15, 0.03
"""Shares of common names and figures, and of common word runs, one of which a copy reaches: hand-made translations have
.29 of the names at the least, hand-made rewordings .67."""
COPY = 0.5
"""Probability from which two articles are copies."""
MOST_SHOWN = 12
"""Names and figures that a pair shows, of each kind."""
NEAR_LIKENESS, NEAR_RUNS = 0.9, 0.7
"""Likeness of the matching sentences and share of common runs above which a copy is edited and not reworded."""
OWN, WIRE_RUNS = 0.15, 0.3
"""Share of its words that each of two articles has for itself if both print an agency's text, and share of the word
runs that they have in common."""
INDEPENDENT = 0.15
"""Share of the names and figures of the article with fewer that two reports of one happening share at the least."""
NOTHING = Alignment((), 0.0, 0.0)


class _Judged(NamedTuple):
    """What the cascade says."""

    probability: float
    aligned: Alignment
    features: Features


def compare(a: Profile, b: Profile, encode: Encoder) -> Pair:
    """How two articles relate; the order in which they are given makes no difference."""
    if a.article.id > b.article.id:
        a, b = b, a
    if _hardly_meets(a, b):
        return _pair(a, b, "different", _Judged(0.0, NOTHING, features(a, b, NOTHING)))
    judged = _judge(a, b, encode)
    return _pair(a, b, _relation(judged, a, b), judged)


def _hardly_meets(a: Profile, b: Profile) -> bool:
    return shared_share(a.names, b.names) < LEAST_NAMES and contained(a.runs, b.runs) < LEAST_RUNS


def _judge(a: Profile, b: Profile, encode: Encoder) -> _Judged:
    judged = _by_words(a, b)
    if _same_words(a, b):
        return judged._replace(probability=1.0)
    if a.language != b.language:
        return judged if judged.probability <= NONE_ACROSS else _by_vectors(a, b, encode)
    if _say_little(a, b) and judged.features.runs < FEW_RUNS:
        return judged._replace(probability=min(judged.probability, SURE_NONE))
    in_doubt = SURE_NONE < judged.probability < SURE_COPY and judged.features.likeness < SAME_WORDS
    return _by_vectors(a, b, encode) if in_doubt else judged


def _say_little(a: Profile, b: Profile) -> bool:
    """Whether one of them is too short for the order of its sentences to tell anything."""
    return any(len(one.sizes) < FEW_SENTENCES and one.sizes.sum() < FEW_WORDS for one in (a, b))


def _same_words(a: Profile, b: Profile) -> bool:
    return len(a.words) == len(b.words) > 0 and all(map(np.array_equal, a.words, b.words))


def _by_words(a: Profile, b: Profile) -> _Judged:
    aligned = align(a, b, lexical_likeness(a, b), LEAST_LIKENESS["lexical"])
    found = features(a, b, aligned)
    return _Judged(load_model("lexical").probability(_numbers(found)), aligned, found)


def _by_vectors(a: Profile, b: Profile, encode: Encoder) -> _Judged:
    likeness = encode([one.text for one in a.sentences]) @ encode([one.text for one in b.sentences]).T
    aligned = align(a, b, likeness.astype(np.float64), LEAST_LIKENESS["vectors"])
    found = features(a, b, aligned)
    return _Judged(load_model("vectors").probability(_numbers(found)), aligned, found)


def _numbers(found: Features) -> Mapping[str, float]:
    return msgspec.structs.asdict(found)


def _relation(judged: _Judged, a: Profile, b: Profile) -> PairRelation:
    found, aligned = judged.features, judged.aligned
    if judged.probability < COPY:
        return "independent" if found.names >= INDEPENDENT and aligned.found else "different"
    if a.language != b.language:
        return "translated"
    if _same_words(a, b):
        return "exact"
    if max(aligned.covered_a, aligned.covered_b) <= 1 - OWN and found.runs >= WIRE_RUNS:
        return "wire"
    if found.likeness >= NEAR_LIKENESS and found.runs >= NEAR_RUNS:
        return "wire" if _print_one_agency(a, b) else "near"
    return "reworded"


def _print_one_agency(a: Profile, b: Profile) -> bool:
    """Whether both credit one agency or outlet for their text."""
    credited = find_credits(a.article).credited
    return credited is not None and credited == find_credits(b.article).credited


def _pair(a: Profile, b: Profile, relation: PairRelation, judged: _Judged) -> Pair:
    is_copy, copied = relation in COPIES, relation in COPIES - {"wire"}
    leads = direction(a, b, judged.aligned) if copied else 0.5
    found = Pair(
        a=a.article.id,
        b=b.article.id,
        relation=relation,
        probability=round(judged.probability, 4),
        copy=(b if leads >= 0.5 else a).article.id if copied else None,  # noqa: PLR2004 - the likelier one
        copy_probability=round(max(leads, 1 - leads), 4),
        earlier=_earlier(a, b),
        matches=_matches(a, b, judged.aligned) if is_copy else (),
    )
    return with_names(found, a, b) if is_copy else found


def with_names(pair: Pair, a: Profile, b: Profile) -> Pair:
    """The pair with the names and figures that both have, and that one has alone: for copies, and to show others."""
    if a.article.id > b.article.id:
        a, b = b, a
    return pair.replace(
        shared=_shown(a, a.names & b.names), only_a=_shown(a, a.names - b.names), only_b=_shown(b, b.names - a.names)
    )


def _matches(a: Profile, b: Profile, aligned: Alignment) -> tuple[Match, ...]:
    return tuple(
        Match(a=a.sentences[one.a], b=b.sentences[one.b], likeness=round(one.likeness, 3)) for one in aligned.found
    )


def _shown(one: Profile, names: frozenset[str]) -> tuple[str, ...]:
    """The first of these names and figures, in the order and the spelling of the text."""
    near = zip(one.sentences, one.anchors, strict=True)
    sentences = (sentence.text for sentence, words in near if not names.isdisjoint(words))
    return tuple(islice(spelled(sentences, names), MOST_SHOWN))


def _earlier(a: Profile, b: Profile) -> str | None:
    first = earlier(a.article, b.article)
    return None if first is None else (a if first == "a" else b).article.id
