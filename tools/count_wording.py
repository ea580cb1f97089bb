"""Count words and pairs of neighbours in news: lang/*/model/wording.npz.

    python -m tools.count_wording ../shared

Kept are the hashes of those that stand in the news LEAST times or more, with their counts; no text can be read from it.
What is usual is measured on news that was not counted (`*_public_test`).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from siaga.base.article import Article
from siaga.base.pack import asset, languages
from siaga.link.profile import Profile, profile
from siaga.link.wording import Wording, usualness, with_counts
from siaga.link.words import Hashes, runs

LEAST = 3
"""Times that a word or pair stands in the news."""
LOW = np.uint64(0xFFFFFFFF)


def main(shared: Path) -> None:
    for language in languages():
        counted = _counted(_sentences(shared, language, "train"))
        usual = float(np.mean([usualness(one.words, counted) for one in _profiles(shared, language, "public_test")]))
        target = Path(str(asset("lang", language, "model"))) / "wording.npz"
        np.savez_compressed(
            target, words=counted.words, word_logs=_bytes(counted.words, counted.counts), pairs=counted.pairs,
            pair_logs=_bytes(counted.pairs, counted.pair_counts), total=counted.total, usual=usual,
        )  # fmt: skip
        print(f"{target}: {len(counted.words)} words, {len(counted.pairs)} pairs, usual {usual:.3f}")


def _counted(sentences: Iterator[Hashes]) -> Wording:
    found = [one for one in sentences if len(one)]
    words, counts = _often(np.concatenate(found))
    pairs, pair_counts = _often(np.concatenate([runs(one, 2) for one in found]))
    return Wording(words, counts, pairs, pair_counts, total=float(sum(map(len, found))), usual=0.0)


def _often(hashes: Hashes) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
    unique, counts = np.unique((hashes & LOW).astype(np.uint32), return_counts=True)
    return unique[counts >= LEAST], counts[counts >= LEAST].astype(np.float64)


def _bytes(hashes: NDArray[np.uint32], counts: NDArray[np.float64]) -> NDArray[np.uint8]:
    return with_counts(hashes, counts).astype(np.uint8)


def _sentences(shared: Path, language: str, part: str) -> Iterator[Hashes]:
    for one in _profiles(shared, language, part):
        yield from one.words


def _profiles(shared: Path, language: str, part: str) -> Iterator[Profile]:
    with gzip.open(shared / "data" / "news" / f"{language}_{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield profile(Article(id=row["id"], text=row["text"], language=language))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
