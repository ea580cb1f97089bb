"""Train a language's models of syntax and names: `python -m tools.train.syntax --lang id`.

Deterministic on one machine: seeds are fixed, and the number of epochs does not depend on time.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from tools.train import recipe
from tools.train.batches import batches, cached_script, collate
from tools.train.conllu import Sample
from tools.train.corpora import news_sentences, tagged_samples
from tools.train.export import load_network
from tools.train.losses import guess_loss, loss
from tools.train.model import Network, Sizes
from tools.train.progress import report
from tools.train.vectors import context_vectors, encoder_vectors, vocabulary

SHARED = Path(__file__).parents[3] / "shared" / "data"
MOST_WORDS = 30_000
TOKENS = 1600
"""Padded tokens of a batch."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a network is taught with: the corpora, how long, and the dice that decide on order and variation."""

    asked: argparse.Namespace
    sources: Sequence[recipe.Source]
    dice: random.Random


def main() -> None:
    """Train, and leave the network where `--out` says."""
    asked = arguments()
    torch.set_num_threads(1)
    course = Course(
        asked,
        recipe.sources(asked.data, asked.lang, final=asked.final, network=asked.teacher),
        random.Random(asked.seed),
    )
    torch.manual_seed(asked.seed)  # not before: naming the news for the first time throws torch's dice too
    network, classes = start(course) if asked.teacher is None else start_again(course)
    teach(network, classes, course)
    torch.save({"sizes": asdict(network.sizes), "classes": classes, "state": network.state_dict()}, asked.out)


def arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lang", choices=("id", "en"), required=True)
    asked.add_argument("--data", type=Path, default=SHARED)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--final", action="store_true", help="learn from the held-out sentences too")
    asked.add_argument("--epochs", type=int, default=26)
    asked.add_argument(
        "--guess-steps", type=int, default=1500, help="batches of hidden words in the news to begin with"
    )
    asked.add_argument("--teacher", type=Path, help="a first network: it names the Indonesian news, and is taught on")
    asked.add_argument("--names-weight", type=float, default=1.0)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--rate", type=float, default=2e-3)
    return asked.parse_args()


def start(course: Course) -> tuple[Network, dict[str, dict[str, int]]]:
    """A network that has read the news, but has been taught nothing yet."""
    asked = course.asked
    seen = list(news_sentences(asked.data, asked.lang))
    if asked.lang == "id":
        seen += [sample.forms for sample in tagged_samples()]
    seen += [pair[0].forms for source in course.sources for pair in source.pairs]
    words = vocabulary(seen, MOST_WORDS)
    classes = {"words": words, **learnt_classes(course.sources)}
    network = Network(Sizes(words=len(words) + 1, **{name: len(classes[name]) for name in CLASSES}))
    vectors = np.concatenate((context_vectors(seen, words, 64), encoder_vectors(words, 32)), axis=1)
    vectors[0] = 0
    with torch.no_grad():
        network.words.weight.copy_(torch.from_numpy(vectors))
    guess(network, classes, seen, course)
    return network, classes


def start_again(course: Course) -> tuple[Network, dict[str, dict[str, int]]]:
    """The first network, to be taught once more."""
    network, classes = load_network(course.asked.teacher)
    _unite(classes["corpora"])
    return network, classes


CLASSES = ("corpora", "upos", "feats", "lemmas", "labels", "names", "extra")


def learnt_classes(found: Sequence[recipe.Source]) -> dict[str, dict[str, int]]:
    """The classes of every head, in alphabetical order; rare lemma scripts and features are left out."""
    samples = [sample for source in found for pair in source.pairs for sample in pair]
    counted = {
        "corpora": Counter(source.name for source in found),
        "lemmas": Counter(
            cached_script(form, lemma)
            for sample in samples
            for form, lemma in zip(sample.forms, sample.lemmas, strict=False)
        ),
    } | {
        name: Counter(value for sample in samples for value in getattr(sample, name))
        for name in CLASSES[1:]
        if name != "lemmas"
    }
    rare = {"lemmas": 8, "feats": 4, "labels": 3}
    numbered = {
        name: _numbered(value for value, count in counted[name].items() if count >= rare.get(name, 1))
        for name in CLASSES
    }
    _unite(numbered["corpora"])
    return numbered


def _unite(corpora: dict[str, int]) -> None:
    """Give the corpora of names the number of the main one."""
    for corpus, others in recipe.SAME_CONVENTIONS.items():
        for other in set(others) & set(corpora):
            corpora[corpus] = corpora[other]


def _numbered(values: Iterable[str]) -> dict[str, int]:
    return {value: number for number, value in enumerate(sorted(values))}


def guess(network: Network, classes: dict[str, dict[str, int]], sentences: list[list[str]], course: Course) -> None:
    """Let the network guess hidden words of the news from what stands around them."""
    asked, dice = course.asked, course.dice
    if not asked.guess_steps:
        return
    corpus = recipe.MAIN[asked.lang]
    samples = [Sample(corpus, forms) for forms in sentences]
    dice.shuffle(samples)
    common = torch.arange(1, min(4000, len(classes["words"])))
    optimiser, schedule = _optimiser(network, asked.rate, asked.guess_steps)
    network.train()
    began, sums = time.monotonic(), 0.0
    steps = (group for _ in range(99) for group in batches(samples, TOKENS, dice))
    for step, group in zip(range(asked.guess_steps), steps, strict=False):
        noise = common[torch.randint(len(common), (600,))].unique()
        value = guess_loss(network, collate(group, classes, dice, (0.0, 0.2)), noise)
        _step(network, optimiser, schedule, value)
        sums += value.item()
        if step % 250 == 249:  # noqa: PLR2004
            print(f"guess {step + 1} loss {sums / 250:.3f} {time.monotonic() - began:.0f}s", flush=True)
            sums = 0.0


def teach(network: Network, classes: dict[str, dict[str, int]], course: Course) -> None:
    """Teach all heads together, epoch by epoch."""
    asked, found, dice = course.asked, course.sources, course.dice
    dev = recipe.held_out(asked.data, asked.lang)
    size = sum(1 for _ in batches(recipe.epoch(found, 0.5, random.Random(0)), TOKENS, random.Random(0)))
    optimiser, schedule = _optimiser(network, asked.rate, size * asked.epochs)
    began = time.monotonic()
    for number in range(asked.epochs):
        network.train()
        samples, sums, count = recipe.epoch(found, number / asked.epochs, dice), 0.0, 0
        for group in batches(samples, TOKENS, dice):
            value = loss(network, collate(group, classes, dice, (0.12, 0.0)), asked.names_weight)
            _step(network, optimiser, schedule, value)
            sums, count = sums + value.item(), count + 1
        told = report(network, classes, dev) if number % 3 == 2 or number == asked.epochs - 1 else ""  # noqa: PLR2004
        print(f"epoch {number + 1} loss {sums / count:.3f} {time.monotonic() - began:.0f}s {told}", flush=True)


def _optimiser(
    network: Network, rate: float, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, betas=(0.9, 0.95), weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min(1.0, (step + 1) / 150) * max(0.02, 0.5 * (1 + np.cos(np.pi * min(1.0, step / steps)))),
    )
    return optimiser, schedule


def _step(
    network: Network,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    value: torch.Tensor,
) -> None:
    optimiser.zero_grad(set_to_none=True)
    value.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
    optimiser.step()
    schedule.step()


if __name__ == "__main__":
    main()
