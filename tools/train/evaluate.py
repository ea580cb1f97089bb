"""The figures of the shipped models, through the run time: `python -m tools.train.evaluate [--dev]`.

Heads and labels are counted over words that are not punctuation (by the gold tag), tags over all words. "Run-time
tokens" cut the text as `siaga read` does, gold trees being carried over to them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from siaga.base.errors import PackError
from siaga.extract.syntax.annotate import name_spans, parsed_sentences
from tools.train import corpora, recipe
from tools.train.augment import with_forms
from tools.train.conllu import Sample, as_run_time_tokens
from tools.train.spans import spans

__all__ = ["name_figures", "syntax_figures"]

SHARED = Path(__file__).parents[3] / "shared" / "data"
TESTS = {"id": ("csui-test", "gsd-test"), "en": ("en_ewt-test",)}
DEVS = {"id": ("csui-train", "gsd-dev"), "en": ("en_ewt-dev",)}


def main() -> None:
    """Print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--dev", action="store_true", help="the sets that decisions are taken on, instead of the tests")
    asked.add_argument("--data", type=Path, default=SHARED)
    given = asked.parse_args()
    for language, names in (DEVS if given.dev else TESTS).items():
        for name in names:
            samples = corpora.treebank(given.data, name)
            samples = samples[-recipe.HELD_OUT :] if name == "csui-train" else samples
            cut = [as_run_time_tokens(sample) for sample in samples]
            _row(f"{name}, gold words", partial(syntax_figures, language, samples))
            _row(f"{name}, run-time tokens", partial(syntax_figures, language, cut))
    names_of_tests = corpora.name_samples(
        given.data / f"nlp/idner-news-2k/{'dev' if given.dev else 'test'}.txt", "idner"
    )
    upper = [with_forms(sample, [form.upper() for form in sample.forms]) for sample in names_of_tests]
    _row("idner names", partial(name_figures, "id", names_of_tests))
    _row("idner names, capitals only", partial(name_figures, "id", upper))


def _row(name: str, figures: Callable[[], dict[str, float]]) -> None:
    try:
        found = figures()
    except PackError as error:
        found = {str(error): 0.0}
    print(f"{name:32}", "  ".join(f"{what} {100 * share:.2f}" for what, share in found.items()), flush=True)


def syntax_figures(language: str, samples: Sequence[Sample]) -> dict[str, float]:
    """Shares right of heads, labelled heads, parts of speech, features and lemmas."""
    rights: dict[str, list[bool]] = {"UAS": [], "LAS": [], "UPOS": [], "feats": [], "lemmas": []}
    for sample, (found, feats) in zip(
        samples, parsed_sentences(language, [sample.forms for sample in samples]), strict=True
    ):
        scored = [place for place, tag in enumerate(sample.upos) if tag != "PUNCT"]
        heads = [head + 1 == gold for head, gold in zip(found.heads, sample.heads, strict=True)]
        rights["UAS"] += [heads[place] for place in scored]
        rights["LAS"] += [heads[place] and found.labels[place] == sample.labels[place] for place in scored]
        rights["UPOS"] += _same(found.upos, sample.upos)
        rights["feats"] += _same(feats, sample.feats)
        rights["lemmas"] += _same(found.lemmas, sample.lemmas)
    return {name: sum(right) / len(right) for name, right in rights.items() if right}


def _same(found: Sequence[str], gold: Sequence[str]) -> list[bool]:
    return [one == other for one, other in zip(found, gold, strict=False)]


def name_figures(language: str, samples: Sequence[Sample]) -> dict[str, float]:
    """Precision, recall and F1 of whole names with their kinds, and F1 of each kind."""
    found = _numbered(name_spans(language, [sample.forms for sample in samples]))
    gold = _numbered(spans(sample.names) for sample in samples)
    kinds = sorted({kind for *_, kind in gold})
    figures = {"precision": len(found & gold) / max(1, len(found)), "recall": len(found & gold) / len(gold)}
    for kind in kinds:
        figures[f"F1 {kind}"] = _f1(
            {span for span in found if span[-1] == kind}, {span for span in gold if span[-1] == kind}
        )
    return figures | {"F1": _f1(found, gold)}


def _f1(found: set[tuple[int, int, int, str]], gold: set[tuple[int, int, int, str]]) -> float:
    return 2 * len(found & gold) / max(1, len(found) + len(gold))


def _numbered(spans_of_sentences: Iterable[Sequence[tuple[int, int, str]]]) -> set[tuple[int, int, int, str]]:
    return {(number, *span) for number, spans_ in enumerate(spans_of_sentences) for span in spans_}


if __name__ == "__main__":
    main()
