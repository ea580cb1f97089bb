"""Articles as they arrive -> the pairs that each forms with those before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from siaga.base.article import Article
from siaga.base.lineage import Candidate, CandidateIndex, Pair
from siaga.link.compare import compare
from siaga.link.profile import Profile, profile
from siaga.link.sketch import sketch
from siaga.link.vectors import Encoder

__all__ = ["MOST_CANDIDATES", "Pairing"]

LEAST_SHARED = 0.04
"""Weight of shared keys below which an article is not looked at: hand rewordings of `copies_dev` have .06 at the least
among 9,000 articles, two thirds of unrelated pairs have nothing in common."""
MOST_CANDIDATES = 8
"""Articles that each new one is compared with."""
KEPT_PROFILES = 4096


class Pairing:
    """Compares each article with those that were taken in before it.

    Args:
        index: finds candidates; each article is added to it after it was compared.
        article: gives the article with an id that is in the index; null if it is gone.
        encode: gives sentence vectors.

    """

    def __init__(self, index: CandidateIndex, article: Callable[[str], Article | None], encode: Encoder) -> None:
        self._index = index
        self._article = article
        self._encode = encode
        self._kept: dict[str, Profile] = {}

    def pairs(self, articles: Iterable[Article]) -> Iterator[Pair]:
        """The pairs of each article with its candidates, copies or not, lazily."""
        for article in articles:
            yield from self.pairs_of(article)

    def pairs_of(self, article: Article) -> Iterator[Pair]:
        """The pairs of an article with its candidates; then it is a candidate for others."""
        found = sketch(article)
        yield from self.pairs_with(article, self._index.candidates(found, most=MOST_CANDIDATES))
        self._index.add(found)

    def pairs_with(self, article: Article, candidates: Iterable[Candidate]) -> Iterator[Pair]:
        """The pairs of an article with those of its candidates that are worth a look."""
        for candidate in candidates:
            if candidate.exact or candidate.shared >= LEAST_SHARED:
                yield from self._compared(article, candidate.id)

    def _compared(self, article: Article, candidate: str) -> Iterator[Pair]:
        other = self._profile(candidate)
        own = self._profile(article.id, article)
        if own is not None and other is not None:
            yield compare(own, other, self._encode)

    def _profile(self, id_: str, article: Article | None = None) -> Profile | None:
        """The profile of an article; the last ones are kept, since copies mostly come soon."""
        if (kept := self._kept.pop(id_, None)) is None and (found := article or self._article(id_)) is not None:
            kept = profile(found)
        if kept is not None:
            self._kept[id_] = kept
            if len(self._kept) > KEPT_PROFILES:
                del self._kept[next(iter(self._kept))]
        return kept
