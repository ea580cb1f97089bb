"""What is wrong with the network's answers, for each head; corpora without an answer do not count."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from tools.train.model import Batch, Network

__all__ = ["guess_loss", "loss"]

WEIGHTS = {"upos": 1.0, "feats": 0.5, "lemmas": 0.5, "extra": 0.5, "arcs": 1.0, "labels": 1.0, "names": 1.0}


def loss(network: Network, batch: Batch, names_weight: float = 1.0) -> Tensor:
    """The weighted sum of the heads' losses, each a mean over the words it is known for."""
    states = network.encode(batch)
    losses = {name: _cross(scores, batch.targets[name]) for name, scores in network.tags(states).items()}
    if (batch.targets["heads"] >= 0).any():
        heads = batch.targets["heads"].T
        losses["arcs"] = _cross(network.arc_scores(states, batch.mask), heads, 0.0)
        losses["labels"] = _cross(network.label_scores(states, heads.clamp(min=0)), batch.targets["labels"].T)
    if (batch.targets["names"] >= 0).any():
        losses["names"] = _names_loss(network, states, batch)
    weights = WEIGHTS | {"names": names_weight}
    return torch.stack([weights[name] * value for name, value in losses.items()]).sum()


def _cross(scores: Tensor, targets: Tensor, smoothing: float = 0.03) -> Tensor:
    known = targets >= 0
    if not known.any():
        return scores.new_zeros(())
    return functional.cross_entropy(scores[known], targets[known], label_smoothing=smoothing)


def _names_loss(network: Network, states: Tensor, batch: Batch) -> Tensor:
    """Negative log-likelihood of the whole tag sequences (a linear chain), per word."""
    known = (batch.targets["names"] >= 0).any(0)
    scores = network.name_scores(states[:, known])
    tags, mask = batch.targets["names"][:, known].clamp(min=0), batch.mask[:, known]
    gold = (scores.gather(-1, tags.unsqueeze(-1)).squeeze(-1) * mask).sum()
    gold = gold + (network.steps[tags[:-1], tags[1:]] * mask[1:]).sum()
    total = scores[0]
    for time in range(1, len(scores)):
        onward = torch.logsumexp(total.unsqueeze(2) + network.steps, dim=1) + scores[time]
        total = torch.where(mask[time].unsqueeze(-1) > 0, onward, total)
    return (torch.logsumexp(total, -1).sum() - gold) / mask.sum()


def guess_loss(network: Network, batch: Batch, noise: Tensor) -> Tensor:
    """How badly hidden words are told apart from `noise` and each other, by their word vectors."""
    states = network.encode(batch)
    known = batch.targets["guess"] > 0
    wanted, place = torch.unique(batch.targets["guess"][known], return_inverse=True)
    choices = torch.cat((wanted, noise[~torch.isin(noise, wanted)]))
    vectors = functional.normalize(network.words.weight[choices], dim=-1)
    guesses = functional.normalize(network.guessed(states[known]), dim=-1)
    return functional.cross_entropy(12.0 * guesses @ vectors.T, place)
