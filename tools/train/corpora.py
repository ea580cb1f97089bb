"""The corpora of each language: what they are, whose, and how they are read."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from siaga.extract.tokens import tokenise
from tools.train.conllu import Sample, as_run_time_tokens, read_treebank

__all__ = ["both_tokenisations", "name_samples", "news_articles", "news_sentences", "tagged_samples", "treebank"]

NAME_KINDS = {"PERSON": "PER", "PER": "PER", "PLACE": "LOC", "LOC": "LOC", "ORGANISATION": "ORG", "ORG": "ORG", "O": ""}
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘']?[^\W\d_a-z])|\n+")


def treebank(data: Path, name: str) -> list[Sample]:
    """One treebank file, in its own words."""
    return list(read_treebank(data / "nlp" / "ud" / f"{name}.conllu.gz", name.partition("-")[0]))


def both_tokenisations(samples: list[Sample]) -> list[tuple[Sample, Sample]]:
    """Each sentence as the treebank cuts it and as the run time does."""
    return [(sample, as_run_time_tokens(sample)) for sample in samples]


def name_samples(path: Path, corpus: str) -> list[Sample]:
    """Sentences of a file with a word and its name tag a line (the last column)."""
    blocks = path.read_text("utf-8").split("\n\n")
    rows = [[line.split() for line in block.splitlines() if len(line.split()) > 1] for block in blocks]
    return [_named(block, corpus) for block in rows if block]


def _named(block: list[list[str]], corpus: str) -> Sample:
    names = [_common_kind(row[-1]) for row in block]
    return Sample(corpus, [row[0] for row in block], names=names, upos=[])


def _common_kind(tag: str) -> str:
    mark, _, kind = tag.partition("-")
    return f"{mark}-{NAME_KINDS[kind]}" if kind else "O"


def tagged_samples() -> list[Sample]:
    """The part-of-speech news corpus inside the `nlp-id` package (MIT)."""
    text = files("nlp_id").joinpath("data", "dataset_postag.txt").read_text("utf-8")
    return [sample for block in text.split("\n\n") if len((sample := _tagged(block)).forms) > 2]  # noqa: PLR2004


def _tagged(block: str) -> Sample:
    rows = [line.split("\t") for line in block.splitlines() if line.count("\t") == 1]
    return Sample(
        "nlpid",
        [row[0].replace(" ", "") for row in rows if row[0].strip()],
        extra=[row[1] for row in rows if row[0].strip()],
    )


def news_sentences(data: Path, language: str) -> Iterator[list[str]]:
    """The sentences of the training news, roughly cut, in run-time tokens."""
    for article in news_articles(data, language):
        yield from article


def news_articles(data: Path, language: str, most: int = 60) -> Iterator[list[list[str]]]:
    """The same, article by article; sentences of 4 to `most` tokens."""
    with gzip.open(data / "news" / f"{language}_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            pieces = [list(tokenise(piece).forms) for piece in SENTENCE_END.split(json.loads(line)["text"])]
            yield [forms for forms in pieces if 3 < len(forms) <= most]  # noqa: PLR2004
