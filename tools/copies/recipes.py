"""Recipes: what is done to the text of an article to make a copy of it. Each is a function of the text and its dice."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from siaga.base.lineage import PairRelation
from siaga.base.record import Record

__all__ = ["RECIPES", "Kitchen", "Recipe", "make"]

HERE = Path(__file__).parent
_SENTENCE = re.compile(r"(?<=[.!?][\"”’'])\s+|(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+")


class Kitchen(Record):
    """What recipes are cooked with."""

    synonyms: Mapping[str, tuple[str, ...]]
    """Of the article's language."""
    titles: tuple[str, ...]
    """Of other articles, for lists of them."""
    other: str
    """The text of another article, for paragraphs of its own."""


Cook = Callable[[str, Kitchen, random.Random], str]


class Recipe(Record):
    """How copies are made; a recipe that makes two cuts of a text that is itself kept away makes wires."""

    relation: PairRelation
    cook: Cook
    twice: bool = False


def make(text: str, recipe: Recipe, kitchen: Kitchen, seed: int) -> tuple[str, str]:
    """The original, or the first of two cuts of it, and the copy."""
    dice = random.Random(seed)
    return (recipe.cook(text, kitchen, dice) if recipe.twice else text), recipe.cook(text, kitchen, dice)


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    return [one.strip() for one in _SENTENCE.split(text) if one.strip()]


def halved(text: str, kitchen: Kitchen, dice: random.Random) -> str:
    """The first 40 to 70 % of it, and headlines under it without a word of what they are."""
    found = sentences(text)
    kept = found[: max(4, round(len(found) * dice.uniform(0.4, 0.7)))]
    return "\n".join((*kept, *dice.sample(kitchen.titles, 8)))


def listed(text: str, kitchen: Kitchen, dice: random.Random) -> str:
    """All of it, with headlines of other articles between."""
    found: list[str] = []
    for sentence in sentences(text):
        found.append(sentence)
        if dice.random() < 0.3:  # noqa: PLR2004 - one in three or so
            found.append(dice.choice(kitchen.titles))
    return "\n".join(found)


def joined(text: str, kitchen: Kitchen, dice: random.Random) -> str:
    """Sentences run together by twos, one in eight left out, a few words swapped."""
    kept = [one for one in sentences(text) if dice.random() > 0.12]  # noqa: PLR2004
    pairs = (kept[place : place + 2] for place in range(0, len(kept), 2))
    return "\n".join(_swapped("; ".join(one.rstrip(".") for one in pair) + ".", kitchen, dice, 0.1) for pair in pairs)


def spun(text: str, kitchen: Kitchen, dice: random.Random) -> str:
    """A third to all of the words that the thesaurus has swapped, one sentence in eight left out."""
    rate = dice.uniform(0.35, 1.0)
    kept = (one for one in sentences(text) if dice.random() > 0.12)  # noqa: PLR2004
    return "\n".join(_swapped(one, kitchen, dice, rate) for one in kept)


def cut(text: str, kitchen: Kitchen, dice: random.Random) -> str:
    """Agency text as an outlet prints it: its own lead, most of the sentences, a line of its own between."""
    found, own = sentences(text), sentences(kitchen.other)
    rate = dice.uniform(0.65, 0.9)
    kept = [one for one in found if dice.random() < rate] or found
    kept[0:0] = [dice.choice(own)]
    kept.insert(dice.randrange(1, len(kept) + 1), dice.choice(own))
    return "\n".join(kept)


def _swapped(sentence: str, kitchen: Kitchen, dice: random.Random, rate: float) -> str:
    return _WORD.sub(lambda found: _instead(found.group(), kitchen.synonyms, dice, rate), sentence)


def _instead(word: str, synonyms: Mapping[str, Sequence[str]], dice: random.Random, rate: float) -> str:
    choices = synonyms.get(word.lower())
    if not choices or dice.random() >= rate:
        return word
    chosen = dice.choice(choices).strip()
    return chosen.capitalize() if word[0].isupper() else chosen


RECIPES: Mapping[str, Recipe] = {
    "halved": Recipe(relation="near", cook=halved),
    "listed": Recipe(relation="near", cook=listed),
    "joined": Recipe(relation="near", cook=joined),
    "spun": Recipe(relation="reworded", cook=spun),
    "cut": Recipe(relation="wire", cook=cut, twice=True),
}


@cache
def synonyms(language: str, shared: Path) -> Mapping[str, tuple[str, ...]]:
    """Words of a language and others in their place: a thesaurus of the team's, and a list of ours."""
    if language == "id":
        read = json.loads((shared / "data" / "lexicon" / "tesaurus_id_dict.json").read_text("utf-8"))
        return {word: tuple(entry["sinonim"]) for word, entry in read.items() if entry.get("sinonim")}
    lines = (HERE / "synonyms.csv").read_text("utf-8").splitlines()
    return {row["word"]: (row["instead"],) for row in csv.DictReader(line for line in lines if line[0] != "#")}
