"""What each language's models learn from, how often, and for how long."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tools.train import corpora, teacher
from tools.train.augment import Pools, augmented, renamed
from tools.train.conllu import Sample

__all__ = ["Source", "epoch", "held_out", "sources"]

MAIN = {"id": "csui", "en": "en_ewt"}
"""The corpus whose conventions the run time follows."""
SAME_CONVENTIONS = {"idner": ("csui",), "news": ("en_ewt", "csui")}
"""Corpora of names, which contradict no treebank, count as the main one, so that it names as they do."""
HELD_OUT = 100
"""Sentences at the end of CSUI's training part that decisions are taken on."""


@dataclass(frozen=True, slots=True)
class Source:
    """A corpus: its sentences as the treebank and as we cut them, and how often an epoch sees each, first and last."""

    name: str
    pairs: Sequence[tuple[Sample, Sample]]
    first: float
    last: float
    capitals: float = 0.06
    pools: Pools = field(default_factory=dict)
    """Names of each kind that may stand for its own."""


def sources(data: Path, language: str, *, final: bool, network: Path | None = None) -> list[Source]:
    """All a language learns from. Not `final`: without what decisions are taken on; `network` names the news."""
    if language == "en":
        return _english(data)
    found = _indonesian(data, final=final)
    return found if network is None else _with_news(found, data, network)


def _with_news(found: list[Source], data: Path, network: Path) -> list[Source]:
    """The Indonesian corpora, names in which change places with others, and the news as a first network names them."""
    silver = teacher.named_news(data, "id", network=network)
    pools = teacher.names_by_kind(silver)
    pools["PER"] = [name for name in pools["PER"] + _foreign_people(data) if len(name) > 1]
    pools.pop("ORG")
    found = [replace(source, pools=pools if source.name in {"idner", "nergrit"} else {}) for source in found]
    share = 2500 / len(silver)
    return [*found, Source("news", [(sample, sample) for sample in silver], share, share, 0.2)]


def _foreign_people(data: Path) -> list[tuple[str, ...]]:
    return teacher.names_by_kind(teacher.named_news(data, "en"))["PER"]


def _indonesian(data: Path, *, final: bool) -> list[Source]:
    csui = corpora.both_tokenisations(corpora.treebank(data, "csui-train"))
    idner = corpora.name_samples(data / "nlp/idner-news-2k/train.txt", "idner")
    nergrit = [
        sample for part in ("train", "valid", "test")
        for sample in corpora.name_samples(data / f"nlp/nergrit_ner-grit/{part}.txt", "nergrit")
    ]  # fmt: skip
    if final:
        idner += corpora.name_samples(data / "nlp/idner-news-2k/dev.txt", "idner")
    return [
        Source("csui", csui if final else csui[:-HELD_OUT], 3.0, 5.0),
        Source("pud", corpora.both_tokenisations(corpora.treebank(data, "pud")), 1.5, 1.0),
        Source("gsd", corpora.both_tokenisations(corpora.treebank(data, "gsd-dev")), 1.0, 0.7),
        Source("oldgsd", _renamed(corpora.both_tokenisations(corpora.treebank(data, "gsd-oldtrain"))), 0.35, 0.1),
        Source("nlpid", [(sample, sample) for sample in corpora.tagged_samples()], 0.08, 0.02),
        Source("idner", [(sample, sample) for sample in idner], 1.0, 1.5, 0.25),
        Source("nergrit", [(sample, sample) for sample in nergrit], 0.8, 0.3, 0.25),
    ]


def _english(data: Path) -> list[Source]:
    ewt = corpora.both_tokenisations(corpora.treebank(data, "en_ewt-train"))
    silver = teacher.named_news(data, "en")
    return [
        Source("en_ewt", ewt, 1.0, 1.0),
        Source("news", [(sample, sample) for sample in silver], 3000 / len(silver), 3000 / len(silver), 0.2),
    ]


def _renamed(pairs: list[tuple[Sample, Sample]]) -> list[tuple[Sample, Sample]]:
    """The older treebank under a name of its own: other people's conventions, and no lemmas or features."""
    return [(replace(one, corpus="oldgsd"), replace(other, corpus="oldgsd")) for one, other in pairs]


def epoch(found: Sequence[Source], progress: float, dice: random.Random) -> list[Sample]:
    """The sentences of one epoch, drawn and varied; `progress` runs from 0 to 1 over the training."""
    seen = []
    for source in found:
        wanted = (source.first + (source.last - source.first) * progress) * len(source.pairs)
        pairs = [pair for _ in range(int(wanted // len(source.pairs))) for pair in source.pairs]
        pairs += dice.sample(list(source.pairs), round(wanted) - len(pairs))
        drawn = [pair[dice.random() < 0.5] for pair in pairs]  # noqa: PLR2004
        drawn = [renamed(sample, source.pools, dice) for sample in drawn] if source.pools else drawn
        seen += [augmented(sample, dice, source.capitals) for sample in drawn]
    return [sample for sample in seen if len(sample.forms) <= 150]  # noqa: PLR2004 - longer ones are lists


def held_out(data: Path, language: str) -> dict[str, list[Sample]]:
    """What decisions are taken on."""
    if language == "en":
        return {"ewt-dev": corpora.treebank(data, "en_ewt-dev"), "news-dev": teacher.named_news(data, "en", dev=True)}
    return {
        "csui-dev": corpora.treebank(data, "csui-train")[-HELD_OUT:],
        "idner-dev": corpora.name_samples(data / "nlp/idner-news-2k/dev.txt", "idner"),
    }
