"""The network as it is trained, in torch; `siaga.extract.syntax.network` is its forward pass in numpy.

Form features (word, letter n-grams, shape) -> a small perceptron, the same wherever the form stands -> one window of
three words and three layers of gated linear recurrence in both directions -> heads for tags, arcs, labels and names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from siaga.extract.syntax.features import NGRAM_ROWS, SHAPE_ROWS

__all__ = ["Batch", "Network", "Sizes"]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of the network, and how many classes each of its heads tells apart."""

    words: int
    corpora: int
    upos: int
    feats: int
    lemmas: int
    labels: int
    names: int
    extra: int
    word: int = 96
    gram: int = 96
    shape: int = 24
    wide: int = 256
    token: int = 160
    state: int = 128
    layers: int = 3
    arc: int = 160
    label: int = 128
    tag: int = 128
    name: int = 128


@dataclass(slots=True)
class Batch:
    """Sentences padded to one length: `[time, sentence]`. Targets are -1 where nothing is known."""

    kinds: Tensor
    """Number of the form and whether its word is hidden, `[time, sentence]`, into the next three."""
    words: Tensor
    grams: Tensor
    gram_offsets: Tensor
    shapes: Tensor
    mask: Tensor
    corpora: Tensor
    targets: dict[str, Tensor]
    hidden: Tensor
    """Where the whole token is hidden, to be guessed."""


class _Scan(torch.autograd.Function):
    """c[t] = f[t] * c[t - 1] + x[t], with its derivative, in one loop each."""

    @staticmethod
    def forward(ctx: Any, keep: Tensor, add: Tensor) -> Tensor:  # noqa: ANN401 - torch's own context
        states = torch.empty_like(add)
        states[0] = add[0]
        for time in range(1, add.shape[0]):
            torch.addcmul(add[time], keep[time], states[time - 1], out=states[time])
        ctx.save_for_backward(keep, states)
        return states

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor]:  # noqa: ANN401 - torch's own context
        keep, states = ctx.saved_tensors
        total = grads[0].clone()
        for time in range(total.shape[0] - 2, -1, -1):
            total[time].addcmul_(keep[time + 1], total[time + 1])
        before = torch.zeros_like(states)
        before[1:] = states[:-1]
        return total * before, total


class Layer(nn.Module):
    """One layer of gated linear recurrence in both directions, with a highway past it."""

    def __init__(self, inputs: int, state: int, skip: int) -> None:
        super().__init__()
        self.gates = nn.Linear(inputs, 6 * state)
        self.skip = nn.Linear(skip, 2 * state, bias=False) if skip != 2 * state else None
        with torch.no_grad():
            self.gates.bias[2 * state : 4 * state] += 1.0

    def forward(self, inputs: Tensor, past: Tensor, mask: Tensor) -> Tensor:
        value, keep, out = self.gates(inputs).chunk(3, dim=-1)
        keep, out = torch.sigmoid(keep), torch.sigmoid(out)
        add = (1 - keep) * torch.tanh(value) * mask
        states = _flip_half(_Scan.apply(_flip_half(keep), _flip_half(add)))
        past = past if self.skip is None else self.skip(past)
        return past + out * (states - past)


def _flip_half(both: Tensor) -> Tensor:
    """The second half of the columns (the backward direction) with time reversed."""
    forward, backward = both.chunk(2, dim=-1)
    return torch.cat((forward, backward.flip(0)), dim=-1)


class Network(nn.Module):
    """All heads on one encoder."""

    def __init__(self, sizes: Sizes, drop: float = 0.3) -> None:
        super().__init__()
        self.sizes, self.drop = sizes, drop
        both = 2 * sizes.state
        self.words = nn.Embedding(sizes.words, sizes.word)
        self.grams = nn.EmbeddingBag(NGRAM_ROWS, sizes.gram, mode="mean")
        self.shapes = nn.Embedding(SHAPE_ROWS, sizes.shape)
        self.form = nn.Linear(sizes.word + sizes.gram + sizes.shape, sizes.wide)
        self.token = nn.Linear(sizes.wide, sizes.token)
        self.norm = nn.LayerNorm(sizes.token)
        self.corpora = nn.Embedding(sizes.corpora, sizes.token)
        self.guess = nn.Parameter(torch.zeros(sizes.token))
        self.layers = nn.ModuleList(
            Layer(3 * sizes.token if deep == 0 else both, sizes.state, sizes.token if deep == 0 else both)
            for deep in range(sizes.layers)
        )
        self.arc_word, self.arc_head = nn.Linear(both, sizes.arc), nn.Linear(both, sizes.arc)
        self.label_word, self.label_head = nn.Linear(both, sizes.label), nn.Linear(both, sizes.label)
        self.tag, self.name = nn.Linear(both, sizes.tag), nn.Linear(both, sizes.name)
        self.arc = nn.Linear(sizes.arc, sizes.arc, bias=False)
        self.arc_bias = nn.Linear(sizes.arc, 1, bias=False)
        self.arc_root, self.label_root = (
            nn.Parameter(torch.randn(sizes.arc) * 0.1),
            nn.Parameter(torch.randn(sizes.label) * 0.1),
        )
        self.labels = nn.Linear(3 * sizes.label, sizes.labels)
        self.upos, self.feats = nn.Linear(sizes.tag, sizes.upos), nn.Linear(sizes.tag, sizes.feats)
        self.lemmas, self.extra = nn.Linear(sizes.tag, sizes.lemmas), nn.Linear(sizes.tag, sizes.extra)
        self.names = nn.Linear(sizes.name, sizes.names)
        self.steps = nn.Parameter(torch.zeros(sizes.names, sizes.names))
        self.guessed = nn.Linear(both, sizes.word)
        nn.init.normal_(self.words.weight, std=0.1)
        nn.init.normal_(self.grams.weight, std=0.3)
        nn.init.normal_(self.shapes.weight, std=0.3)
        nn.init.normal_(self.corpora.weight, std=0.02)
        with torch.no_grad():
            self.words.weight[0] = 0
            self.arc.weight.mul_(0.3)

    def encode(self, batch: Batch) -> Tensor:
        """States of every word, `[time, sentence, 2 * state]`."""
        forms = torch.cat(
            (self.words(batch.words), self.grams(batch.grams, batch.gram_offsets), self.shapes(batch.shapes)), dim=-1
        )
        kinds = self.norm(self.token(functional.relu(self.form(self._dropped(forms, 0.5)))))
        tokens = kinds[batch.kinds]
        tokens = torch.where(batch.hidden.unsqueeze(-1), self.guess, tokens) + self.corpora(batch.corpora)
        mask = batch.mask.unsqueeze(-1)
        past = self._dropped(tokens) * mask
        edge = torch.zeros_like(past[:1])
        inputs = torch.cat((torch.cat((edge, past[:-1])), past, torch.cat((past[1:], edge))), dim=-1)
        for layer in self.layers:
            past = layer(inputs, past, mask)
            inputs = past = self._dropped_per_sentence(past)
        return past

    def _dropped(self, values: Tensor, share: float = 1.0) -> Tensor:
        return functional.dropout(values, self.drop * share, self.training)

    def _dropped_per_sentence(self, states: Tensor) -> Tensor:
        """The same states hidden at every time of a sentence."""
        if not self.training:
            return states
        kept = torch.rand_like(states[0]).ge_(self.drop).div_(1 - self.drop)
        return states * kept

    def tags(self, states: Tensor) -> dict[str, Tensor]:
        """Scores of the word-wise classes."""
        tag = self._dropped_per_sentence(functional.relu(self.tag(states)))
        return {name: getattr(self, name)(tag) for name in ("upos", "feats", "lemmas", "extra")}

    def name_scores(self, states: Tensor) -> Tensor:
        return self.names(self._dropped_per_sentence(functional.relu(self.name(states))))

    def arc_scores(self, states: Tensor, mask: Tensor) -> Tensor:
        """Scores `[sentence, word, head]`; head 0 is the root."""
        words = self._dropped_per_sentence(functional.relu(self.arc_word(states))).transpose(0, 1)
        heads = self._dropped_per_sentence(functional.relu(self.arc_head(states))).transpose(0, 1)
        heads = torch.cat((self.arc_root.expand(heads.shape[0], 1, -1), heads), dim=1)
        scores = self.arc(words) @ heads.transpose(1, 2) + self.arc_bias(heads).transpose(1, 2)
        real = torch.cat((torch.ones_like(mask[:1]), mask)).T.unsqueeze(1)
        return scores.masked_fill(real == 0, -1e4)

    def label_scores(self, states: Tensor, heads: Tensor) -> Tensor:
        """Scores `[sentence, word, label]` given each word's head, `[sentence, word]`."""
        words = self._dropped_per_sentence(functional.relu(self.label_word(states))).transpose(0, 1)
        above = self._dropped_per_sentence(functional.relu(self.label_head(states))).transpose(0, 1)
        above = torch.cat((self.label_root.expand(above.shape[0], 1, -1), above), dim=1)
        chosen = above.gather(1, heads.unsqueeze(-1).expand(-1, -1, above.shape[-1]))
        return self.labels(torch.cat((words * chosen, words, chosen), dim=-1))
