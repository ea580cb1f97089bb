"""Fit `assets/link/stories.toml`: whether two articles tell one story, from pairs that were read by hand.

    python -m tools.train_stories SHARED READ.jsonl [--half first]

READ.jsonl is what `siaga read --format jsonl` gives of the training articles that `tools/labels/story_pairs.csv` names
and of `SHARED/gold/copies_dev.jsonl`, whose independent reports and different articles are further pairs. `--half`
leaves the other half of the pairs out, to see how good the model is on it (`bench/stories.py`). Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from siaga.base.document import Reading
from siaga.base.story import Traits
from siaga.link.candidates import StoryIndex
from siaga.link.likeness import FEATURES, WITHIN, Terms, features
from siaga.link.traits import traits_of

ROOT = Path(__file__).parents[1]
PAIRS = ROOT / "tools/labels/story_pairs.csv"
TARGET = ROOT / "src/siaga/assets/link/stories.toml"
HEADER = "# Whether two articles tell one story: log odds. By tools/train_stories.py; do not edit.\n"
COPIES = frozenset({"near", "exact", "reworded", "wire"})
COPY_WEIGHT = 0.3
"""Copies are easy, and many in the gold pairs."""
UNLIKE_WEIGHT = 100.0
"""Of all candidates together that share so little that they need no reading."""
LITTLE = 0.2
"""Cosines below which two candidates share too little to be read."""
DRAWN = 0.03
"""Share of the candidates that is looked at for those."""
REGULARISATION = 5.0


class Labelled(NamedTuple):
    """A pair with its figures."""

    figures: tuple[float, ...]
    same_language: bool
    same_story: bool
    weight: float


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("read", type=Path, nargs="+")
    parser.add_argument("--half", choices=("first", "second"), default=None)
    args = parser.parse_args()
    traits = tuple(traits_in(args.read))
    terms = {one.id: Terms(one) for one in traits}
    rows = (*hand_read(terms, args.half), *gold(args.shared, terms), *unlike(traits, terms))
    sections = (("same_language", True), ("across", False))
    TARGET.write_text(HEADER + "".join(section(name, rows, same=same) for name, same in sections), "utf-8")


def traits_in(paths: Iterable[Path]) -> Iterator[Traits]:
    """The traits of every article that was read, each once."""
    seen: set[str] = set()
    for path in paths:
        for line in path.read_bytes().splitlines():
            one = traits_of(Reading.from_json(line))
            if one.id not in seen:
                seen.add(one.id)
                yield one


def hand_read(terms: Mapping[str, Terms], half: str | None) -> Iterator[Labelled]:
    """The pairs that were read for this."""
    lines = (line for line in PAIRS.read_text("utf-8").splitlines() if not line.startswith("#"))
    for row in csv.DictReader(lines):
        if row["a"] in terms and row["b"] in terms and row["half"] in ({half} if half else {"first", "second"}):
            yield labelled(terms[row["a"]], terms[row["b"]], same=row["same"] == "1", weight=1.0)


def gold(shared: Path, terms: Mapping[str, Terms]) -> Iterator[Labelled]:
    """The pairs of the team's copies: all but the different ones tell one story."""
    for pair in json.loads((shared / "gold/copies_dev.pairs.json").read_text("utf-8")):
        if pair["a"] in terms and pair["b"] in terms:
            relation = pair["relation"]
            weight = COPY_WEIGHT if relation in COPIES else 1.0
            yield labelled(terms[pair["a"]], terms[pair["b"]], same=relation != "different", weight=weight)


def unlike(traits: Sequence[Traits], terms: Mapping[str, Terms]) -> Sequence[Labelled]:
    """Candidates that share so little that they tell different stories for certain."""
    index, dice = StoryIndex(), Random(5)
    found: list[Labelled] = []
    for one in traits:
        drawn = (other for other in index.candidates(one) if dice.random() < DRAWN)
        found.extend(labelled(terms[one.id], terms[other], same=False, weight=1.0) for other in drawn)
        index.add(one)
    kept = [row for row in found if shares_little(row)]
    return [row._replace(weight=UNLIKE_WEIGHT / len(kept)) for row in kept]


def shares_little(row: Labelled) -> bool:
    """Whether the figures leave no doubt."""
    figures = dict(zip(FEATURES, row.figures, strict=True))
    if row.same_language:
        return figures["lead"] < LITTLE and figures["words"] < LITTLE and figures["names"] < LITTLE
    return figures["names"] < LITTLE and figures["lead_names"] < LITTLE


def labelled(one: Terms, other: Terms, *, same: bool, weight: float) -> Labelled:
    """A pair with its figures."""
    return Labelled(features(one, other), one.language == other.language, same, weight)


def section(name: str, rows: Iterable[Labelled], *, same: bool) -> str:
    """The model for pairs within a language or across, as TOML."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    used = [row for row in rows if row.same_language == same]
    places = [place for place, feature in enumerate(FEATURES) if same or feature not in WITHIN]
    model = LogisticRegression(C=REGULARISATION, max_iter=5000).fit(
        [[row.figures[place] for place in places] for row in used],
        [row.same_story for row in used],
        sample_weight=[row.weight for row in used],
    )
    weights = "".join(
        f"{FEATURES[place]} = {weight:.3f}\n" for place, weight in zip(places, model.coef_[0], strict=True)
    )
    return f"\n[{name}]\nbias = {model.intercept_[0]:.3f}\n{weights}"


if __name__ == "__main__":
    main()
