"""The run time computes what was trained (where torch is installed)."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import numpy as np
import pytest

from siaga.extract.syntax.products import Part, Products

torch = pytest.importorskip("torch")


class Exact:
    """The products of `Products`, in single precision."""

    bends: ClassVar[Mapping[str, Callable[[np.ndarray], np.ndarray]]] = {
        "": lambda values: values, "Relu": lambda values: np.maximum(values, 0), "Tanh": np.tanh,
        "Sigmoid": lambda values: 1 / (1 + np.exp(-values)),
    }  # fmt: skip

    def __init__(self, parts: Sequence[Part], _: float) -> None:
        self.parts = parts

    def __call__(self, rows: np.ndarray) -> list[np.ndarray]:
        return [self.bends[part.bend](rows @ part.weight + part.bias) for part in self.parts]


@pytest.mark.parametrize(("products", "least", "most"), [(Exact, 0.0, 1e-4), (Products, 1e-4, 0.05)])
def test_numpy_gives_the_states_and_tags_of_torch(
    products: type, least: float, most: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the fourth digit where products are exact, and near that in 8 bits."""
    monkeypatch.setattr("siaga.extract.syntax.network.Products", products)
    monkeypatch.setattr("siaga.extract.syntax.heads.Products", products)
    from siaga.extract.syntax.heads import Parser  # noqa: PLC0415 - only with torch
    from siaga.extract.syntax.network import Encoder  # noqa: PLC0415 - only with torch
    from siaga.extract.syntax.weights import Weights  # noqa: PLC0415 - only with torch
    from tools.train.batches import collate  # noqa: PLC0415 - only with torch
    from tools.train.conllu import Sample  # noqa: PLC0415 - only with torch
    from tools.train.export import arrays_of, lexicon_arrays  # noqa: PLC0415 - only with torch
    from tools.train.model import Network, Sizes  # noqa: PLC0415 - only with torch

    torch.manual_seed(0)
    heads = {
        "upos": {"NOUN": 0, "VERB": 1},
        "feats": {"_": 0},
        "lemmas": {"l|0||0|": 0},
        "labels": {"root": 0, "obj": 1},
    }
    classes = {
        "words": {"a": 1, "b": 2},
        "corpora": {"x": 0},
        "names": {"O": 0, "B-PER": 1},
        "extra": {"z": 0},
        **heads,
    }
    counts = {name: len(classes[name]) for name in ("corpora", *heads, "names", "extra")}
    sizes = Sizes(words=3, state=16, **counts)
    network = Network(sizes).eval()
    arrays = arrays_of(network, classes, "x") | lexicon_arrays({"a": "l|0||0|"})
    rounded(network, arrays)
    samples = [Sample("x", ["a", "B", "c!"]), Sample("x", ["b"])]
    with torch.no_grad():
        batch = collate(samples, classes, random.Random(0))
        states = network.encode(batch)
        tags = network.tags(states)["upos"].argmax(-1)
    forms, lengths = ["a", "B", "c!", "b"], [3, 1]
    found = Encoder(Weights(arrays))(forms, lengths)
    wanted = np.concatenate((states[:3, 0].numpy(), states[:1, 1].numpy()))
    assert least <= np.abs(found - wanted).max() < most
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.999 - most
    parsed = Parser(Weights(arrays))(found, forms, lengths)
    assert parsed.upos == [["NOUN", "VERB"][tag] for tag in (*tags[:3, 0].tolist(), *tags[:1, 1].tolist())]
    assert parsed.heads.count(-1) == 2


def rounded(network, arrays) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - torch is not typed here
    """Give the network the weights as they are shipped."""
    with torch.no_grad():
        for name, values in network.named_parameters():
            table = name.removesuffix(".weight")
            shipped = values.half().float()
            if f"{table}/rows" in arrays:
                scales = arrays[f"{table}/scales"].astype(np.float32)[:, None]
                shipped = torch.from_numpy(arrays[f"{table}/rows"] * scales)
            values.copy_(shipped)
