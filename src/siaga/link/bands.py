"""Candidates of a whole archive at once: what `CandidateIndex` finds article by article, found key by key.

Each key of a sketch is a band of locality-sensitive hashing: articles that share one meet in it. They are numbered in
the order in which they come. In a band, each meets those before it; the key weighs one over how many these are, and
nothing if they are too many. So a band needs to know of no other, and an archive is divided by its keys
(`siaga.scale.linking`). What an article met in all its bands, put together, are its candidates.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import fsum
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from siaga.base.ids import content_id
from siaga.base.lineage import LEAST_KEYS, MOST_SHARING, Candidate, Sketch

__all__ = [
    "BAND", "DIGEST", "KEY", "MEETING", "NAME", "Bands", "Kind", "Meetings", "bands_of", "candidates_of", "keys_of",
    "meetings", "repeated", "within",
]  # fmt: skip

BAND = np.dtype([("place", "<u8"), ("digest", "<u8"), ("article", "<u4"), ("kind", "u1")])
"""That an article has a key; `digest` is that of its words, `place` where the key lies among all."""
MEETING = np.dtype([("article", "<u4"), ("other", "<u4"), ("sharing", "u1"), ("exact", "?")])
"""That an article met one before it in a band that so many before it share; 0: they have their words in common."""
Bands = NDArray[np.void]
Meetings = NDArray[np.void]
Numbers = NDArray[np.int64]
Ids = Callable[[Sequence[int]], Mapping[int, str]]
Kind = Literal[0, 1, 2]
KEY: Final = 0
DIGEST: Final = 1
"""Of all its words."""
NAME: Final = 2
"""Of its id."""
_SPREAD = 0x9E3779B97F4A7C15
"""Odd, so that multiplying by it can be undone; keys are the least of many hashes, products lie anywhere."""
_GATHER = pow(_SPREAD, -1, 1 << 64)


def bands_of(sketches: Iterable[tuple[int, Sketch]]) -> Bands:
    """The bands of these articles, by kind and place.

    Args:
        sketches: with the number of their article.

    """
    rows = [
        (value * _SPREAD % (1 << 64), sketch.digest, number, kind)
        for number, sketch in sketches
        for kind, values in ((KEY, sketch.keys), (DIGEST, (sketch.digest,)), (NAME, (_hash(sketch.id),)))
        for value in values
    ]
    found = np.array(rows, dtype=BAND)
    return found[np.lexsort((found["article"], found["place"], found["kind"]))]


def keys_of(bands: Bands) -> Mapping[int, tuple[int, tuple[int, ...]]]:
    """The digest and the keys of each article in these bands, by its number."""
    keys: defaultdict[int, list[int]] = defaultdict(list)
    digests: dict[int, int] = {}
    for place, digest, article, kind in bands.tolist():
        digests[article] = digest
        if kind == KEY:
            keys[article].append(place * _GATHER % (1 << 64))
    return {article: (digest, tuple(sorted(keys[article]))) for article, digest in digests.items()}


def within(bands: Bands, kind: Kind, part: int, parts: int) -> Bands:
    """Those bands of a kind that lie in a part; no more of them is looked at than finding it needs."""
    begin, end = ((int(kind), (1 << 64) * one // parts) for one in (part, part + 1))
    return bands[bisect_left(bands, begin, key=_order) : bisect_left(bands, end, key=_order)]


def repeated(bands: Bands) -> Numbers:
    """The articles whose id one before them has."""
    found = bands[np.lexsort((bands["article"], bands["place"]))]
    return np.sort(found["article"][_behind(found) > 0]).astype(np.int64)


def meetings(bands: Bands, left_out: Numbers, ids: Ids, most: int) -> Meetings:
    """Who meets whom in these bands, by the article and the other.

    Args:
        bands: keys or digests, whole: all that lie at a place.
        left_out: articles that count for nothing.
        ids: gives those of articles by their numbers.
        most: candidates that an article may have.

    """
    found = bands[~np.isin(bands["article"], left_out)]
    found = found[np.lexsort((found["article"], found["place"], found["kind"]))]
    behind = _behind(found)
    far = [_meet_first(found[crowd], ids, most) for crowd in _crowds(found, behind)]
    return _in_order(np.concatenate([*_meet_near(found, behind), *far]))


def candidates_of(met: Meetings, ids: Ids, most: int) -> Mapping[int, tuple[tuple[int, Candidate], ...]]:
    """The candidates of each article that has any, with their numbers, best first.

    Args:
        met: all that these articles met, in whatever bands.
        ids: gives those of articles by their numbers.
        most: candidates that an article may have.

    """
    together = tuple(_together(_in_order(met)))
    names = ids(sorted({other for _, other, _, _ in together}))
    found: defaultdict[int, list[tuple[int, Candidate]]] = defaultdict(list)
    for article, other, exact, shared in together:
        found[article].append((other, Candidate(id=names[other], exact=exact, shared=shared)))
    return {article: tuple(sorted(those, key=_best_first)[:most]) for article, those in found.items()}


def _best_first(found: tuple[int, Candidate]) -> tuple[bool, float, str]:
    _, candidate = found
    return not candidate.exact, -candidate.shared, candidate.id


def _in_order(met: Meetings) -> Meetings:
    return met[np.lexsort((met["sharing"], met["other"], met["article"]))]


def _order(row: np.void) -> tuple[int, int]:
    return int(row["kind"]), int(row["place"])


def _hash(id_: str) -> int:
    return int(content_id("id", id_), 16)


def _behind(found: Bands) -> Numbers:
    """How many come before each in its band; bands are sorted."""
    starts = np.flatnonzero(_changes(found["place"]) | _changes(found["kind"]))
    return np.arange(len(found)) - np.repeat(starts, np.diff(np.append(starts, len(found))))


def _changes(values: NDArray[np.unsignedinteger]) -> NDArray[np.bool_]:
    """Where another value begins."""
    return np.append(np.ones(min(len(values), 1), bool), values[1:] != values[:-1])


def _meet_near(found: Bands, behind: Numbers) -> Iterator[Meetings]:
    """Each of a band that few enough before it share meets these; one look back is a step for all bands at once."""
    places = np.flatnonzero(behind <= MOST_SHARING)
    for back in range(1, MOST_SHARING + 1):
        places = places[behind[places] >= back]
        own, other = found[places], found[places - back]
        met = np.zeros(len(places), MEETING)
        met["article"], met["other"] = own["article"], other["article"]
        met["sharing"] = np.where(own["kind"] == KEY, behind[places], 0)
        met["exact"] = own["digest"] == other["digest"]
        yield met


def _crowds(found: Bands, behind: Numbers) -> Iterator[slice]:
    """Bands of the same words that more articles have than may share a key."""
    lasts = np.flatnonzero(np.append(behind[1:] == 0, True)) if len(found) else np.zeros(0, np.int64)
    for last in lasts[(behind[lasts] > MOST_SHARING) & (found["kind"][lasts] == DIGEST)].tolist():
        yield slice(last - int(behind[last]), last + 1)


def _meet_first(crowd: Bands, ids: Ids, most: int) -> Meetings:
    """Of a crowd of the same words, each whom a look back is too far for meets those of the least ids before it.

    Others of the crowd it may meet by their keys; of those that it doesn't, these come first.
    """
    numbers = crowd["article"].tolist()
    names = ids(numbers)
    least: list[tuple[str, int]] = []
    rows: list[tuple[int, int, int, bool]] = []
    for place, number in enumerate(numbers):
        if place > MOST_SHARING:
            rows.extend((number, other, 0, True) for _, other in least)
        insort(least, (names[number], number))
        del least[most:]
    return np.array(rows, dtype=MEETING)


def _together(met: Meetings) -> Iterator[tuple[int, int, bool, float]]:
    """Two that met in several bands or have the same words: whether they have, and the weight of the bands."""
    if not len(met):
        return
    new = np.flatnonzero(_changes(met["article"]) | _changes(met["other"]))
    exact = np.logical_or.reduceat(met["exact"], new)
    keys = np.add.reduceat((met["sharing"] > 0).astype(np.int64), new)
    ends = np.append(new[1:], len(met))
    for pair in np.flatnonzero(exact | (keys >= LEAST_KEYS)).tolist():
        article, other, *_ = met[new[pair]].tolist()
        sharing = met["sharing"][new[pair] : ends[pair]].tolist() if keys[pair] >= LEAST_KEYS else ()
        yield article, other, bool(exact[pair]), fsum(1 / one for one in sharing if one)
