"""Linking: articles a second through the whole cascade as the store grows, memory, and how many need vectors.

    python -m bench.linking [--articles 100000] [--replayed] [--kept FILE] [--stored 20000] [--index 1000000]

Articles are invented: 170 words of a Zipf vocabulary, names and figures of their story; three reports of a story in
their own words. Of a hundred, ten print another as it is or edited, three retell it in other words, four print agency
text. `--replayed`: sentence vectors are not encoded but come from a table at once, as from a cache that has them, so
that a million articles take no day. `--kept`: what was linked is kept there after each tenth, and a run that was broken
off goes on from it. `--stored`: that many articles through the index in SQLite as well. `--index`: that
many sketches, invented without a text, through the index in memory alone.
"""

from __future__ import annotations

import argparse
import pickle
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from zlib import crc32

import numpy as np

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.lineage import COPIES, CandidateIndex, Pair, Sketch
from siaga.link.index import MemoryIndex
from siaga.link.pairing import MOST_CANDIDATES, Pairing
from siaga.link.sketch import sketch
from siaga.link.vectors import DIMENSIONS, KeptVectors, Vectors
from siaga.store.candidates import StoredIndex
from siaga.store.database import now, transaction, writing_to
from siaga.store.save import save
from siaga.store.workspace import lay_out

BLOCKS = 10
"""Parts of a run that are told apart, to see whether later ones cost more."""
WORDS, NAMES = 20_000, 40_000
SYLLABLES = ("ba", "ka", "di", "per", "sa", "tu", "mi", "lo", "ran", "gi", "ne", "wo", "kan", "se", "pu", "har")
REPORTS = 3
"""Of each story."""
KINDS = ("own",) * 83 + ("exact",) * 4 + ("near",) * 6 + ("reworded",) * 3 + ("wire",) * 4
BACK = 2_000
"""Articles between a copy and its original, at most."""
BATCH = 200
PART = 5_000
"""Articles that are invented at once."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--replayed", action="store_true")
    parser.add_argument("--kept", type=Path, default=None)
    parser.add_argument("--stored", type=int, default=0)
    parser.add_argument("--index", type=int, default=0)
    args = parser.parse_args()
    if args.articles:
        _bench_cascade(args.articles, args.kept, replayed=args.replayed)
    if args.index:
        _bench_index(args.index)
    if args.stored:
        _bench_stored(args.stored)
    return 0


class Counting:
    """An encoder that counts the articles whose sentences it was asked for."""

    def __init__(self, encode: Callable[[Sequence[str]], Vectors]) -> None:
        self._encode = encode
        self.asked: set[int] = set()

    def __call__(self, sentences: Sequence[str]) -> Vectors:
        self.asked.add(crc32("\n".join(sentences).encode()))
        return self._encode(sentences)


def replay(sentences: Sequence[str]) -> Vectors:
    """Vectors at once: those of equal sentences are equal, of others unrelated."""
    rows = np.zeros((len(sentences), DIMENSIONS), np.float32)
    rows[np.arange(len(sentences)), [crc32(one.encode()) % DIMENSIONS for one in sentences]] = 1
    return rows


class Cascade:
    """A run over invented articles, as far as it has come."""

    def __init__(self) -> None:
        self.done = 0
        self.index = MemoryIndex()
        self.found = Counter[str]()
        self.compared = 0

    def link(self, articles: Sequence[Article], pairing: Pairing) -> float:
        """Link these; the seconds of processor it took."""
        began = time.process_time()
        for number, article in enumerate(articles, self.done):
            pairs = tuple(pairing.pairs_of(article))
            self.compared += len(pairs)
            self.found.update(_right(number, pairs))
        self.done += len(articles)
        return time.process_time() - began


def _bench_cascade(articles: int, kept: Path | None, *, replayed: bool) -> None:
    encoder, block = Counting(replay if replayed else KeptVectors()), articles // BLOCKS
    run: Cascade = pickle.loads(kept.read_bytes()) if kept and kept.is_file() else Cascade()  # noqa: S301 - our own
    pairing = Pairing(run.index, _by_id, encoder)
    _tell(f"{articles:,} articles, vectors {'replayed' if replayed else 'encoded'}; invention is not counted")
    while run.done < articles:
        needed, compared, spent, end = len(encoder.asked), run.compared, 0.0, run.done + block
        while run.done < end:
            spent += run.link([invented(number) for number in range(run.done, min(run.done + PART, end))], pairing)
        share, pairs = (len(encoder.asked) - needed) / block, (run.compared - compared) / block
        _tell(
            f"  to {run.done:9,}: {block / spent:6.0f} articles/s; {pairs:.2f} pairs an article; "
            f"{share:.2%} need vectors; {_megabytes():,} MB"
        )
        if kept:
            kept.write_bytes(pickle.dumps(run))
    found = run.found
    made_of = Counter(kind_of(number) for number in range(articles))
    for kind in ("exact", "near", "reworded", "wire"):
        _tell(f"  {kind}: {found[kind]:,} of {made_of[kind]:,} found")
    _tell(f"  pairs called copies that are not made so: {found['wrong']:,}")


def _tell(line: str) -> None:
    print(line, flush=True)


def _right(number: int, pairs: Iterable[Pair]) -> Iterator[str]:
    """The kind of a copy whose original was found, and a word for each pair that is no copy."""
    kind, origin = kind_of(number), text_of(number)
    copies = [text_of(int(other)) for pair in pairs if pair.relation in COPIES for other in _others(pair, number)]
    if origin in copies:
        yield kind
    yield from ("wrong" for other in copies if other != origin)


def _others(pair: Pair, number: int) -> tuple[str, ...]:
    return tuple(one for one in (pair.a, pair.b) if int(one) != number)


def _bench_stored(articles: int) -> None:
    print(f"{articles:,} articles in the index in SQLite, {BATCH} in a transaction")
    with tempfile.TemporaryDirectory() as folder, writing_to(lay_out(Path(folder), {})) as connection:
        index, block = StoredIndex(connection), articles // BLOCKS
        for first in range(0, articles, block):
            made = [invented(number) for number in range(first, first + block)]
            save(connection, map(_bare, made), now())
            sketches = iter([sketch(article) for article in made])
            began = time.process_time()
            while batch := tuple(islice(sketches, BATCH)):
                with transaction(connection):
                    _ask_and_add(index, batch)
            spent = time.process_time() - began
            size = sum(file.stat().st_size for file in Path(folder).glob("siaga.db*")) // 1_000_000
            print(f"  to {first + block:9,}: {block / spent:6.0f} articles/s asked and added; {size:,} MB with texts")


def _bench_index(articles: int) -> None:
    print(f"{articles:,} sketches in the index in memory")
    index, block = MemoryIndex(), articles // BLOCKS
    for first in range(0, articles, block):
        spent = 0.0
        for begin in range(first, first + block, BATCH):
            made = [invented_sketch(number) for number in range(begin, begin + BATCH)]
            began = time.process_time()
            _ask_and_add(index, made)
            spent += time.process_time() - began
        print(f"  to {first + block:9,}: {block / spent:6.0f} sketches/s asked and added; {_megabytes():,} MB")


def invented_sketch(number: int) -> Sketch:
    """A sketch of 42 keys, of which one in ten is shared with another and one in ten with many."""
    dice = _dice(number, "sketch")
    back, crowd = _dice(dice.randrange(number + 1), "shared"), _dice(dice.randrange(number // 100 + 1), "crowd")
    keys = (one.getrandbits(63) for one, count in ((dice, 34), (back, 4), (crowd, 4)) for _ in range(count))
    return Sketch(id=f"{number:09}", digest=dice.getrandbits(63), keys=tuple(sorted(set(keys))))


def _ask_and_add(index: CandidateIndex, batch: Iterable[Sketch]) -> None:
    for one in batch:
        index.candidates(one, most=MOST_CANDIDATES)
        index.add(one)


def _bare(article: Article) -> Reading:
    return Reading(article=article, events=(), title_events=(), quotes=(), forecasts=())


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def kind_of(number: int) -> str:
    """What the article with this number is."""
    return KINDS[_dice(number, "kind").randrange(len(KINDS))] if number >= BACK else "own"


@lru_cache(100_000)
def text_of(number: int) -> int:
    """The number of the article whose text this one has."""
    kind = kind_of(number)
    return number if kind == "own" else text_of(number - 1 - _dice(number, "back").randrange(BACK))


def _by_id(id_: str) -> Article:
    return invented(int(id_))


def invented(number: int) -> Article:
    """The article with this number, the same each time."""
    kind, own = kind_of(number), list(_sentences(text_of(number)))
    dice = _dice(number, "made")
    if kind == "near":
        own = own[: max(4, round(len(own) * dice.uniform(0.5, 1)))] + list(_sentences(-number))[:2]
    elif kind == "reworded":
        own = [_reworded(sentence, dice) for sentence in own]
    elif kind == "wire":
        own = [*list(_sentences(-number))[:2], *(one for one in own if dice.random() < 0.8)]  # noqa: PLR2004
    return Article(id=f"{number:09}", language="id", text="\n".join(own))


def _sentences(number: int) -> Iterator[str]:
    dice, story = _dice(number, "text"), _dice(number // REPORTS, "story")
    names = [_name(story.randrange(NAMES)) for _ in range(9)]
    figures = [str(story.randrange(12, 5000)) for _ in range(6)]
    for _ in range(dice.randrange(10, 15)):
        words = [_word(int(WORDS ** dice.random())) for _ in range(14)]
        words[dice.randrange(1, 5)] = dice.choice(names)
        words[dice.randrange(5, 9)] = dice.choice(names)
        words[dice.randrange(9, 14)] = dice.choice(figures)
        yield f"{words[0].capitalize()} {' '.join(words[1:])}."


def _reworded(sentence: str, dice: random.Random) -> str:
    """Two in five of the words swapped for their neighbours in the vocabulary; names and figures stay."""
    words = (_instead(one) if one.islower() and dice.random() < 0.4 else one for one in sentence[:-1].split())  # noqa: PLR2004
    return " ".join(words) + "."


def _instead(word: str) -> str:
    return _word(crc32(word.encode()) % WORDS)


def _word(number: int) -> str:
    return "".join(SYLLABLES[number >> shift & 15] for shift in (0, 4, 8, 12) if number >> shift or not shift)


def _name(number: int) -> str:
    return (_word(number) + "ov").capitalize()


def _dice(number: int, what: str) -> random.Random:
    return random.Random(f"{what} {number}")  # noqa: S311 - dice, not secrets


if __name__ == "__main__":
    raise SystemExit(main())
