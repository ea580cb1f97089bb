"""The rules that join pieces into one mention: patterns over roles, from `grammar/actors.toml`.

A pattern is a regular expression whose words are roles of `ROLES` in capitals, `UNIT` (a country,
capital, people, group or institution, with an abbreviation in brackets after it) and `NAME` (titles
and a name). It is matched against one letter a piece, so that it is short, and linear in the sentence.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from siaga.base.errors import PackError
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.pack import grammar, load_pack
from siaga.base.pattern import compile_pattern
from siaga.base.record import Record
from siaga.extract.actor_tables import ROLES

__all__ = ["ActorRule", "Hit", "Joint", "Rules", "compile_actor_rule", "load_rules"]

UNIT = "(?:[CQMGI](?:B[CQMGIXON]{1,3}E)?)"
MOST = 6
"""Most repetitions that `*` and `+` of a pattern stand for: bounded, so that matching is linear in the sentence."""
NAME = "(?P<name>T*[XP])"


class Hit(Record):
    """A text that a rule must read, and the mention it must find there."""

    text: str
    mention: str
    code: str | None = None
    name: str | None = None


class ActorRule(Record):
    """A rule of `grammar/actors.toml`; of two that match at one place the first in the file counts."""

    id: str
    pattern: str
    hits: tuple[Hit, ...]
    misses: tuple[str, ...]


class Joint(NamedTuple):
    """Pieces `[first, last)` that make one mention, and those of the person's name, if any."""

    rule: str
    first: int
    last: int
    name: tuple[int, int] | None


class Rules:
    """The rules of a language, compiled to one expression."""

    def __init__(self, rules: tuple[ActorRule, ...]) -> None:
        self._ids = tuple(rule.id for rule in rules)
        self._pattern = re.compile("|".join(_compiled(number, rule) for number, rule in enumerate(rules)))

    def joints(self, shape: str) -> list[Joint]:
        """The longest runs of pieces the rules take together, from the left, that do not overlap."""
        return [self._joint(match) for match in self._pattern.finditer(shape)]

    def _joint(self, match: re.Match[str]) -> Joint:
        number = int(str(match.lastgroup)[1:])
        named = match.re.groupindex.get(f"name{number}")
        name = match.span(named) if named is not None and match.start(named) >= 0 else None
        return Joint(self._ids[number], match.start(), match.end(), name)


@cache
def load_rules(language: str) -> Rules:
    """The rules of the pack of a language.

    Raises:
        PackError: the grammar is missing or a rule is not one.

    """
    return Rules(grammar(load_pack(language), "actors", ActorRule))


def compile_actor_rule(rule: ActorRule) -> re.Pattern[str]:
    """The expression of one rule.

    Raises:
        PackError: it names a role that there is none of, or is no expression.

    """
    return compile_pattern(_compiled(0, rule), rule.id)


def _compiled(number: int, rule: ActorRule) -> str:
    letters: dict[str, Any] = {role.upper(): letter for role, letter in ROLES.items()}
    pattern = re.sub(r"\b[A-Z]{2,}\b", lambda word: _expanded(word.group(), letters), rule.pattern)
    pattern = re.sub(r"\s+", "", pattern).replace("?P<name>", f"?P<name{number}>")
    pattern = pattern.replace("*", f"{{0,{MOST}}}").replace("+", f"{{1,{MOST}}}")
    return f"(?P<r{number}>{pattern})"


def _expanded(word: str, letters: dict[str, str]) -> str:
    if word == "UNIT":
        return UNIT
    if word == "NAME":
        return NAME
    if word not in letters:
        known = ("UNIT", "NAME", *letters)
        raise PackError(f"no role {word}.{did_you_mean(nearest(word, known))} There are {', '.join(known)}")
    return str(letters[word])
