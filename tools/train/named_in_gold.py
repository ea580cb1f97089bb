"""A check of names by hand-coded sentences: are the places and speakers that people wrote down among the names found?

The only figure on English names that is not measured against the teacher: `python -m tools.train.named_in_gold`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from siaga.extract.syntax.annotate import name_spans
from siaga.extract.tokens import tokenise

__all__ = ["recall"]

SHARED = Path(__file__).parents[3] / "shared" / "gold"


def main() -> None:
    """Print a line a language and kind."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--gold", type=Path, default=SHARED)
    gold = asked.parse_args().gold
    for language in ("id", "en"):
        for kind in ("LOC", "PER"):
            found, overlapping, wanted = recall(gold, language, kind)
            print(f"{language} {kind}: {found} of {wanted} with their kind, {overlapping} with any")


def recall(gold: Path, language: str, kind: str) -> tuple[int, int, int]:
    """How many of the hand-coded names overlap a name of this kind, how many any name, and how many there are."""
    wanted = sorted(
        {pair for part in ("train", "dev") for pair in _wanted(gold / f"{language}_{part}.gold.json", kind)}
    )
    cut = [tokenise(text) for text, _ in wanted]
    found = overlapping = 0
    for (text, name), tokens, spans in zip(
        wanted, cut, name_spans(language, [tokens.forms for tokens in cut]), strict=True
    ):
        start = text.index(name)
        near = {
            kind_found for first, last, kind_found in spans
            if tokens.starts[first] < start + len(name) and start < tokens.ends[last - 1]
        }  # fmt: skip
        found += kind in near
        overlapping += bool(near)
    return found, overlapping, len(wanted)


def _wanted(path: Path, kind: str) -> Iterator[tuple[str, str]]:
    """Sentences with a name that someone wrote down: the place of an event, or a speaker."""
    for document in json.loads(path.read_text("utf-8")):
        for sentence in document["sentences"]:
            places = [event.get("place_name") for event in sentence["events"]]
            speakers = [quote.get("speaker") for quote in sentence["quotes"]]
            for name in places if kind == "LOC" else speakers:
                if name and name in sentence["text"] and ((kind == "LOC" and name[:1].isupper()) or _personal(name)):
                    yield sentence["text"], name


def _personal(name: str) -> bool:
    """Whether this looks like first and last name: two or three words of letters, capitalised but not in capitals."""
    words = name.split()
    return 2 <= len(words) <= 3 and all(word.isalpha() and word.istitle() for word in words)  # noqa: PLR2004


if __name__ == "__main__":
    main()
