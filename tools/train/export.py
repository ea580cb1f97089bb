"""A trained network -> the file that ships: `python -m tools.train.export NETWORK.pt MODEL.npz --lang id`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from siaga.extract.syntax.weights import FORMAT
from tools.train.lexicon import known_scripts
from tools.train.model import Network, Sizes
from tools.train.recipe import MAIN

__all__ = ["arrays_of", "load_network"]


def main() -> None:
    """Write the arrays of a network."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("network", type=Path)
    asked.add_argument("model", type=Path)
    asked.add_argument("--lang", choices=tuple(MAIN), required=True)
    asked.add_argument("--data", type=Path, default=Path(__file__).parents[3] / "shared" / "data")
    given = asked.parse_args()
    network, classes = load_network(given.network)
    given.model.parent.mkdir(parents=True, exist_ok=True)
    beside = given.model.with_suffix(".part")
    with beside.open("wb") as file:
        np.savez(
            file, allow_pickle=False, **arrays_of(network, classes, MAIN[given.lang]),
            **lexicon_arrays(known_scripts(given.data, given.lang, classes["words"])),
        )  # fmt: skip
    beside.replace(given.model)  # at one stroke: a reader meets the old file or the new one
    print(f"{given.model}: {given.model.stat().st_size / 1e6:.1f} MB")


def load_network(path: Path) -> tuple[Network, dict[str, dict[str, int]]]:
    """A saved network and the classes of its heads."""
    saved = torch.load(path, weights_only=True)
    network = Network(Sizes(**saved["sizes"]))
    network.load_state_dict(saved["state"])
    return network.eval(), saved["classes"]


def arrays_of(network: Network, classes: Mapping[str, Mapping[str, int]], corpus: str) -> dict[str, NDArray[Any]]:
    """All that the run time needs; matrices lie as it multiplies, inputs down and outputs across."""
    arrays = {
        "format": np.array(FORMAT),
        "depth": np.array([len(network.layers)]),
        "shapes": _half(network.shapes.weight),
    }
    arrays |= _table("words", network.words.weight) | _table("grams", network.grams.weight)
    arrays |= {
        f"classes/{name}": _blob(classes[name]) for name in ("words", "upos", "feats", "lemmas", "labels", "names")
    }
    for name in ("form", "token", "name", "names"):
        arrays |= _linear(f"{name}.weight", f"{name}.bias", [getattr(network, name)])
    for deep, layer in enumerate(network.layers):
        arrays |= _linear(f"layers.{deep}.gates", f"layers.{deep}.bias", [layer.gates])
        arrays[f"layers.{deep}.skip"] = np.zeros((0, 0)) if layer.skip is None else _half(layer.skip.weight.T)
    wide = [network.arc_word, network.arc_head, network.label_word, network.label_head, network.tag]
    arrays |= _linear("heads.weight", "heads.bias", wide)
    arrays |= _linear("tags.weight", "tags.bias", [network.upos, network.feats, network.lemmas])
    arrays |= _linear("label.weight", "label.bias", [network.labels])
    return arrays | {
        "heads.cuts": np.cumsum([part.out_features for part in wide])[:-1],
        "norm.weight": _half(network.norm.weight), "norm.bias": _half(network.norm.bias),
        "corpus": _half(network.corpora.weight[classes["corpora"][corpus]]),
        "arc.weight": _half(network.arc.weight.T), "arc.bias": _half(network.arc_bias.weight[0]),
        "arc.root": _half(network.arc_root), "label.root": _half(network.label_root),
        "names.steps": _half(network.steps),
    }  # fmt: skip


def lexicon_arrays(scripts: Mapping[str, str]) -> dict[str, NDArray[Any]]:
    """Words with known lemmas, and their edit scripts, line by line."""
    return {
        "lexicon/words": _lines(scripts.keys()),
        "lexicon/scripts": _lines(scripts.values()),
    }


def _linear(weight: str, bias: str, parts: list[torch.nn.Linear]) -> dict[str, NDArray[Any]]:
    return {
        weight: _half(torch.cat([part.weight for part in parts]).T),
        bias: _half(torch.cat([part.bias for part in parts])),
    }


def _half(values: Tensor) -> NDArray[np.float16]:
    return values.detach().numpy().astype(np.float16)


def _table(name: str, values: Tensor) -> dict[str, NDArray[Any]]:
    rows = values.detach().numpy()
    scales = np.maximum(np.abs(rows).max(1) / 127, 1e-6).astype(np.float16)
    return {
        f"{name}/rows": np.rint(rows / scales[:, None].astype(np.float32)).clip(-127, 127).astype(np.int8),
        f"{name}/scales": scales,
    }


def _blob(names: Mapping[str, int]) -> NDArray[np.uint8]:
    """Names in the order of their numbers, a line each; words are numbered from 1, so that line 0 is empty."""
    ordered = sorted(names, key=names.__getitem__)
    lines = ordered if names[ordered[0]] == 0 else ["", *ordered]
    return _lines(lines)


def _lines(lines: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode("utf-8", "replace"), np.uint8)


if __name__ == "__main__":
    main()
