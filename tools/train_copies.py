"""Fit the weights of linking: assets/model/copies.csv.

    python -m tools.train_copies ../shared [--ship]

Copies to learn from are made by recipes from news (`tools/copies`), or are those of the demo archive; what is no copy
are pairs of real articles that share keys. The hand-made pairs of the team (`gold/copies_dev`) are not learnt from:
what is printed of them is a measurement on other data.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from siaga.base.article import Article
from siaga.base.lineage import COPIES
from siaga.base.pack import asset
from siaga.collect.article import articles
from siaga.collect.load import load
from siaga.link.align import LEAST_LIKENESS, align, features, lexical_likeness
from siaga.link.direction import leads
from siaga.link.profile import Profile, profile
from siaga.link.vectors import KeptVectors
from siaga.link.weights import INTERCEPT, Question
from tools.copies.made import collected, made_pairs, news
from tools.copies.recipes import HERE

DEMO_WEIGHT = 3.0
"""Weight of a pair of the demo archive, of which there are few, beside a made one."""
DIRECTION_STRENGTH = 0.1
"""Inverse of the regularisation of the direction: its features are few, its pairs of few kinds."""
Matrix = NDArray[np.float64]


class Sample(NamedTuple):
    """A pair with its features by question, and what it is."""

    kind: str
    is_copy: bool
    is_directed: bool
    """Whether the second is made from the first."""
    weight: float
    numbers: Mapping[Question, Mapping[str, float]]


def main(shared: Path, *, ship: bool) -> None:
    learnt = [*_made(shared), *_demo(), *_negatives(shared)]
    weights = {question: _copy_weights(learnt, question) for question in _copy_questions()}
    weights["direction"] = _direction_weights(learnt)
    for question, found in weights.items():
        _tell(question, found, learnt, "learnt from")
        _tell(question, found, list(_dev(shared)), "gold/copies_dev")
    if ship:
        _write(weights)


def _copy_questions() -> tuple[Question, ...]:
    return ("lexical", "vectors")


def _made(shared: Path) -> Iterator[Sample]:
    for pair in made_pairs(shared):
        kind = pair.a.id.split("-")[0] if pair.is_copy else pair.relation
        yield _sample(kind, (pair.a, pair.b), is_copy=pair.is_copy, is_directed=pair.is_directed)


def _demo() -> Iterator[Sample]:
    root = Path(str(asset("demo")))
    lines = (root / "manifest.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(line for line in lines if line[0] != "#"):
        if row["of"]:
            one, other = (_page(root / "pages" / name) for name in (row["of"], row["file"]))
            directed = row["relation"] != "wire"
            found = _sample(f"demo {row['relation']}", (one, other), is_copy=True, is_directed=directed)
            yield found._replace(weight=DEMO_WEIGHT)


def _negatives(shared: Path) -> Iterator[Sample]:
    known = news(shared)
    lines = (HERE / "negatives.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(line for line in lines if line[0] != "#"):
        pair = collected(known[row["a"]]), collected(known[row["b"]])
        yield _sample("negative", pair, is_copy=False, is_directed=False)


def _dev(shared: Path) -> Iterator[Sample]:
    known = {
        one.id: one for one in articles(load([str(shared / "gold" / "copies_dev.jsonl")])) if isinstance(one, Article)
    }
    for pair in json.loads((shared / "gold" / "copies_dev.pairs.json").read_text("utf-8")):
        both = known[pair["a"]], known[pair["b"]]
        directed = bool(pair["direction"]) and pair["direction"].startswith("b copies")
        yield _sample(pair["relation"], both, is_copy=pair["relation"] in COPIES, is_directed=directed)


def _page(path: Path) -> Article:
    [found] = articles(load([str(path)]))
    assert isinstance(found, Article)  # noqa: S101 - pages of ours
    return found


def _sample(kind: str, pair: tuple[Article, Article], *, is_copy: bool, is_directed: bool) -> Sample:
    a, b = (_profile(one) for one in pair)
    words = align(a, b, lexical_likeness(a, b), LEAST_LIKENESS["lexical"])
    vectors = align(a, b, (_encoded(a) @ _encoded(b).T).astype(float), LEAST_LIKENESS["vectors"])
    numbers: dict[Question, Mapping[str, float]] = {
        "lexical": msgspec.structs.asdict(features(a, b, words)),
        "vectors": msgspec.structs.asdict(features(a, b, vectors)),
        "direction": msgspec.structs.asdict(leads(a, b, vectors)),
    }
    return Sample(kind, is_copy, is_directed, 1.0, numbers)


@cache
def _profile(article: Article) -> Profile:
    return profile(article)


@cache
def _vectors() -> KeptVectors:
    return KeptVectors()


def _encoded(one: Profile) -> NDArray[np.float32]:
    return _vectors()([sentence.text for sentence in one.sentences])


def _copy_weights(learnt: Sequence[Sample], question: Question) -> dict[str, float]:
    """Weights and intercept; what is no copy weighs together as much as all copies."""
    names, numbers = _table(learnt, question)
    answers = np.array([one.is_copy for one in learnt])
    weights = np.array([one.weight for one in learnt])
    weights[~answers] *= weights[answers].sum() / weights[~answers].sum()
    scaler = StandardScaler().fit(numbers)
    model = LogisticRegression(max_iter=1000).fit(scaler.transform(numbers), answers, sample_weight=weights)
    found = model.coef_[0] / scaler.scale_
    return dict(zip(names, found, strict=True)) | {INTERCEPT: float(model.intercept_[0] - found @ scaler.mean_)}


def _direction_weights(learnt: Sequence[Sample]) -> dict[str, float]:
    """Weights without an intercept: each pair is learnt both ways."""
    directed = [one for one in learnt if one.is_directed]
    names, numbers = _table(directed, "direction")
    weights = np.array([one.weight for one in directed])
    model = LogisticRegression(C=DIRECTION_STRENGTH, fit_intercept=False)
    answers = np.repeat([True, False], len(directed))
    model.fit(np.vstack([numbers, -numbers]), answers, sample_weight=np.tile(weights, 2))
    return dict(zip(names, model.coef_[0], strict=True))


def _table(samples: Sequence[Sample], question: Question) -> tuple[tuple[str, ...], Matrix]:
    names = tuple(samples[0].numbers[question])
    return names, np.array([[one.numbers[question][name] for name in names] for one in samples])


def _tell(question: Question, weights: Mapping[str, float], samples: Iterable[Sample], name: str) -> None:
    """How many of each kind the weights say yes to, and the extreme log odds."""
    by_kind: defaultdict[str, list[float]] = defaultdict(list)
    for one in samples:
        if question != "direction" or one.is_directed:
            odds = sum(weight * one.numbers[question].get(key, 1.0) for key, weight in weights.items())
            by_kind[one.kind].append(odds)
    print(f"{question} on {name}")
    for kind, found in sorted(by_kind.items()):
        print(f"  {kind:18} {sum(one > 0 for one in found):5} of {len(found):5}  {min(found):7.2f} {max(found):7.2f}")


def _write(weights: Mapping[Question, Mapping[str, float]]) -> None:
    with Path(str(asset("model", "copies.csv"))).open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            "# Fitted by tools/train_copies.py. Features: siaga.link.align, siaga.link.direction; -: always added\n"
        )
        file.write("model,feature,weight\n")
        for question, found in weights.items():
            file.writelines(f"{question},{name},{weight:.4f}\n" for name, weight in found.items())


if __name__ == "__main__":
    main(Path(sys.argv[1]), ship="--ship" in sys.argv)
