"""Quick figures while a network is taught: each word's best head alone, each name tag sequence at its best."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import torch

from tools.train.batches import Classes, batches, collate
from tools.train.conllu import Sample
from tools.train.model import Batch, Network
from tools.train.spans import name_f1

__all__ = ["report"]


@torch.no_grad()
def report(network: Network, classes: Classes, dev: Mapping[str, Sequence[Sample]]) -> str:
    """Shares right on each development set, in percent."""
    network.eval()
    return " | ".join(f"{name} {_figures(network, classes, samples)}" for name, samples in dev.items())


def _figures(network: Network, classes: Classes, samples: Sequence[Sample]) -> str:
    if samples[0].names:
        return f"F1 {100 * _names(network, classes, samples):.1f}"
    sums = {"uas": 0, "las": 0, "upos": 0, "feats": 0, "lemmas": 0, "words": 0, "all": 0}
    for group in batches(samples, 3000, random.Random(0)):
        _count(network, collate(group, classes, random.Random(0)), classes, sums)
    return " ".join(
        f"{name} {100 * count / sums['words' if name in {'uas', 'las'} else 'all']:.1f}"
        for name, count in sums.items()
        if name not in {"words", "all"}
    )


def _count(network: Network, batch: Batch, classes: Classes, sums: dict[str, int]) -> None:
    states = network.encode(batch)
    heads = network.arc_scores(states, batch.mask).argmax(-1)
    labels = network.label_scores(states, heads).argmax(-1)
    gold = batch.targets["heads"].T
    counted = (gold >= 0) & batch.targets["upos"].T.ne(classes["upos"]["PUNCT"])
    right = heads.eq(gold) & counted
    sums["uas"] += int(right.sum())
    sums["las"] += int((right & (labels.eq(batch.targets["labels"].T))).sum())
    sums["words"] += int(counted.sum())
    sums["all"] += int((gold >= 0).sum())
    for name, scores in network.tags(states).items():
        if name in sums:
            sums[name] += int((scores.argmax(-1) == batch.targets[name])[batch.mask > 0].sum())


def _names(network: Network, classes: Classes, samples: Sequence[Sample]) -> float:
    tags = list(classes["names"])
    pairs = []
    for group in batches(samples, 3000, random.Random(0)):
        batch = collate(group, classes, random.Random(0))
        best = _best_tags(network, batch)
        pairs += [
            (sample.names, [tags[n] for n in best[: len(sample.forms), column]]) for column, sample in enumerate(group)
        ]
    return name_f1(pairs)


def _best_tags(network: Network, batch: Batch) -> torch.Tensor:
    scores = network.name_scores(network.encode(batch))
    total, back = scores[0], []
    for time in range(1, len(scores)):
        onward = total.unsqueeze(2) + network.steps
        best, which = onward.max(1)
        alive = batch.mask[time].unsqueeze(-1) > 0
        back.append(torch.where(alive, which, torch.arange(scores.shape[-1])))
        total = torch.where(alive, best + scores[time], total)
    path = [total.argmax(-1)]
    for which in reversed(back):
        path.append(which.gather(1, path[-1].unsqueeze(1)).squeeze(1))
    return torch.stack(path[::-1])
