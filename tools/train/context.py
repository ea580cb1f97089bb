"""The network that reads triggers and parties in context, as it is trained; `extract/coder/context.py` is its forward
pass in numpy.

Three answers are learned at once from hand-coded sentences: whether a trigger reports an event, its status, and who of
those whom the sentence names is on which side. Where a party is named several times, one mention need be right.
Deterministic: fixed seed, fixed number of steps.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from siaga.extract.coder.context import STATUSES, ContextModel
from siaga.extract.coder.marks import ACT_CLASSES, DISTANCES, MARKS, RANKS, Classes
from siaga.extract.syntax.weights import Arrays
from tools.train.lessons import Lesson
from tools.train.model import Layer

__all__ = ["Network", "train"]

EPOCHS = 10
"""Rounds over all lessons: on a sixth of the articles kept apart, log loss still falls a little at the tenth."""
RATE, DECAY, WARM = 2e-3, 1e-2, 200
DROP, DROP_INPUT = 0.3, 0.2
WORDS = 1800
"""Words of a batch, padding included."""
STATUS_WEIGHT = 0.7
RARE_EMPHASIS = 0.5
"""A status seen n times less often than `happened` counts n to the power of this."""
WIDTH, STATE, DEPTH = 160, 96, 2
HIDDEN = {"trigger": 96, "status": 64, "side": 128}
MEETING = 64
ACT_WIDTH = {"type": 24, "rule": 24, "voice": 8, "frame": 8}


def train(lessons: Sequence[Lesson], classes: Classes, seed: int = 0) -> ContextModel:
    """The network that learned these lessons."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = random.Random(seed)
    languages = sorted({one.language for one in lessons})
    network = Network(languages, classes)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    rare, steps, step = _rare(lessons), EPOCHS * len(_batches(lessons, chance)), 0
    network.train()
    for _ in range(EPOCHS):
        for batch in _batches(lessons, chance):
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1, step / WARM + 0.01) * (0.5 + 0.5 * math.cos(math.pi * min(1, step / steps)))
            optimiser.zero_grad()
            (_loss(network, batch, rare) / len(batch)).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            step += 1
    return ContextModel(Arrays(network.arrays()))


def _rare(lessons: Iterable[Lesson]) -> Tensor:
    counts = Counter(status for one in lessons for _, status in one.statuses)
    return torch.tensor([(counts["happened"] / max(counts[status], 1)) ** RARE_EMPHASIS for status in STATUSES])


def _batches(lessons: Sequence[Lesson], chance: random.Random) -> list[list[Lesson]]:
    """Sentences of about one length together, in another order each time."""
    ordered = sorted(lessons, key=lambda one: len(one.inputs) + chance.random() * 4)
    batches: list[list[Lesson]] = [[]]
    for one in ordered:
        if batches[-1] and (len(batches[-1]) + 1) * len(one.inputs) > WORDS:
            batches.append([])
        batches[-1].append(one)
    chance.shuffle(batches)
    return batches


class Network(nn.Module):
    """The network; `arrays` are what its forward pass in numpy needs."""

    def __init__(self, languages: Sequence[str], classes: Classes) -> None:
        super().__init__()
        self.languages, self.classes = languages, classes
        inputs, both = 416, 2 * STATE
        self.enter = nn.ModuleList(nn.Linear(inputs, WIDTH) for _ in languages)
        self.marks = nn.ModuleList(nn.Embedding(len(classes[kind]) + 1, WIDTH) for kind in MARKS)
        self.acts = nn.ModuleList(nn.Embedding(len(classes[kind]) + 1, ACT_WIDTH[kind]) for kind in ACT_CLASSES)
        self.layers = nn.ModuleList(
            Layer(WIDTH if deep == 0 else both, STATE, WIDTH if deep == 0 else both) for deep in range(DEPTH)
        )
        act, person = 2 * both + sum(ACT_WIDTH.values()), 2 * both
        self.wide = nn.ModuleDict({name: nn.Linear(act, width) for name, width in HIDDEN.items()})
        outcomes = {"trigger": 1, "status": len(STATUSES), "side": 2}
        self.narrow = nn.ModuleDict({name: nn.Linear(HIDDEN[name], count) for name, count in outcomes.items()})
        self.person = nn.Linear(person, HIDDEN["side"], bias=False)
        self.distance, self.rank = nn.Embedding(DISTANCES, HIDDEN["side"]), nn.Embedding(RANKS, HIDDEN["side"])
        self.meeting_act, self.meeting_person = (nn.Linear(one, MEETING, bias=False) for one in (act, person))
        self.meeting = nn.Linear(MEETING, 2, bias=False)
        for table in (*self.marks, self.distance, self.rank):
            nn.init.normal_(table.weight, std=0.1)

    def words(self, batch: Sequence[Lesson]) -> Tensor:
        """States `[time, sentence, 2 * STATE]`."""
        longest = max(len(one.inputs) for one in batch)
        inputs = np.zeros((longest, len(batch), 416), np.float32)
        marks = np.zeros((longest, len(batch), len(MARKS)), np.int64)
        mask = np.zeros((longest, len(batch), 1), np.float32)
        for column, one in enumerate(batch):
            inputs[: len(one.inputs), column], marks[: len(one.inputs), column] = one.inputs, one.marked.marks
            mask[: len(one.inputs), column] = 1
        values = self._entered(functional.dropout(torch.from_numpy(inputs), DROP_INPUT, self.training), batch)
        for column, table in enumerate(self.marks):
            values = values + table(torch.from_numpy(marks[..., column]))
        past = self._dropped_per_sentence(torch.relu(values))
        for layer in self.layers:
            past = self._dropped_per_sentence(layer(past, past, torch.from_numpy(mask)))
        return past

    def _entered(self, inputs: Tensor, batch: Sequence[Lesson]) -> Tensor:
        numbers = torch.tensor([self.languages.index(one.language) for one in batch])[None, :, None]
        values = torch.zeros(())
        for number, enter in enumerate(self.enter):
            values = torch.where(numbers == number, enter(inputs), values)
        return values

    def _dropped_per_sentence(self, states: Tensor) -> Tensor:
        if not self.training:
            return states
        return states * torch.rand_like(states[0]).ge_(DROP).div_(1 - DROP)

    def act(self, words: Tensor, batch: Sequence[Lesson]) -> Tensor:
        """A row a candidate."""
        acts = torch.from_numpy(np.concatenate([one.marked.acts for one in batch]))
        columns = torch.tensor([column for column, one in enumerate(batch) for _ in one.marked.acts])
        known = [table(acts[:, 2 + number]) for number, table in enumerate(self.acts)]
        return torch.cat((words[acts[:, 0], columns], words[acts[:, 1], columns], *known), dim=1)

    def head(self, name: str, act: Tensor) -> Tensor:
        """Log odds of a question that is asked of a candidate alone."""
        return self._leave(name, self.wide[name](act))

    def _leave(self, name: str, hidden: Tensor) -> Tensor:
        return self.narrow[name](functional.dropout(torch.relu(hidden), DROP, self.training))

    def sides(self, act: Tensor, words: Tensor, pairs: NDArray[np.int64]) -> Tensor:
        """Log odds of actor and recipient of pairs: candidate, sentence, words, distance, rank."""
        acts, column, first, last, distance, rank = torch.from_numpy(pairs.T)
        person = torch.cat((words[first, column], words[last, column]), dim=1)
        hidden = self.wide["side"](act)[acts] + self.person(person) + self.distance(distance) + self.rank(rank)
        meeting = self.meeting_act(act)[acts] * self.meeting_person(person)
        meeting = functional.dropout(meeting, DROP, self.training)
        return self._leave("side", hidden) + self.meeting(meeting)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The weights as they are multiplied, inputs down and outputs across."""
        arrays = {"depth": np.array([DEPTH]), "classes/language": _blob(self.languages)}
        arrays |= {f"classes/{kind}": _blob(["", *of_kind]) for kind, of_kind in self.classes.items()}
        for language, enter in zip(self.languages, self.enter, strict=True):
            arrays |= _linear(f"enter.{language}", enter)
        arrays |= {f"marks.{kind}": _half(table.weight) for kind, table in zip(MARKS, self.marks, strict=True)}
        arrays |= {f"acts.{kind}": _half(table.weight) for kind, table in zip(ACT_CLASSES, self.acts, strict=True)}
        for deep, layer in enumerate(self.layers):
            arrays[f"layers.{deep}.gates"] = _half(layer.gates.weight.T)
            arrays[f"layers.{deep}.bias"] = _half(layer.gates.bias)
            arrays[f"layers.{deep}.skip"] = np.zeros((0, 0)) if layer.skip is None else _half(layer.skip.weight.T)
        for name in HIDDEN:
            arrays |= _linear(f"{name}.wide", self.wide[name]) | _linear(f"{name}.narrow", self.narrow[name])
        return arrays | {
            "side.person": _half(self.person.weight.T), "side.distance": _half(self.distance.weight),
            "side.rank": _half(self.rank.weight), "side.meeting": _half(self.meeting.weight.T),
            "side.meeting.act": _half(self.meeting_act.weight.T),
            "side.meeting.person": _half(self.meeting_person.weight.T),
        }  # fmt: skip


def _loss(network: Network, batch: Sequence[Lesson], rare: Tensor) -> Tensor:
    words = network.words(batch)
    act = network.act(words, batch)
    begins = np.cumsum([0, *(len(one.marked.acts) for one in batch)]).tolist()
    placed = list(zip(begins[:-1], batch, strict=True))
    triggers = [(begin + row, answer) for begin, one in placed for row, answer in one.triggers]
    statuses = [(begin + row, answer) for begin, one in placed for row, answer in one.statuses]
    loss = torch.zeros(())
    if triggers:
        rows, answers = zip(*triggers, strict=True)
        odds = network.head("trigger", act)[list(rows), 0]
        loss = loss + functional.binary_cross_entropy_with_logits(odds, torch.tensor(answers).float(), reduction="sum")
    if statuses:
        rows, names = zip(*statuses, strict=True)
        wanted = torch.tensor([STATUSES.index(name) for name in names])
        odds = network.head("status", act)[list(rows)]
        loss = loss + STATUS_WEIGHT * functional.cross_entropy(odds, wanted, weight=rare, reduction="sum")
    return loss + _side_loss(network, act, words, placed)


def _side_loss(network: Network, act: Tensor, words: Tensor, placed: Sequence[tuple[int, Lesson]]) -> Tensor:
    """That nobody is on a side who isn't, and that of the mentions of each party at least one is."""
    pairs, sides, groups = [], [], []
    for column, (begin, one) in enumerate(placed):
        people, count = one.marked.people.tolist(), len(one.marked.people)
        for row, person, side, right in one.sides:
            pairs.append((begin + row, column, *people[person], *one.marked.pairs[row * count + person].tolist()))
            sides.append(side)
            groups.append((column, row, side, right) if right else None)
    if not pairs:
        return torch.zeros(())
    odds = network.sides(act, words, np.array(pairs, np.int64))[range(len(pairs)), sides]
    wrong = torch.tensor([group is None for group in groups])
    number: dict[Any, int] = {}
    group_of = torch.tensor([number.setdefault(group, len(number)) for group in groups if group], dtype=torch.long)
    none = torch.zeros(len(number)).index_add(0, group_of, -functional.softplus(odds[~wrong]))
    return functional.softplus(odds[wrong]).sum() - torch.log1p(-torch.exp(none).clamp(max=1 - 1e-6)).sum()


def _linear(name: str, part: nn.Linear) -> dict[str, NDArray[Any]]:
    return {f"{name}.weight": _half(part.weight.T), f"{name}.bias": _half(part.bias)}


def _half(values: Tensor) -> NDArray[np.float16]:
    return values.detach().numpy().astype(np.float16)


def _blob(names: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), np.uint8)
