"""Regular expressions of rules: compiled with the rule named if they can't be, and kept from running away.

Python's matcher goes back and tries again. A repetition without end inside another one (`(a+)+`) lets it try every way
of cutting a line into pieces: 2^n for n characters. Such a pattern is refused, and so is a reference to a group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]  # the only parser there is; its tree is stable since 3.11
from typing import Any

from siaga.base.errors import PackError

__all__ = ["compile_pattern", "runaway"]

_REPEATS = frozenset({_constants.MAX_REPEAT, _constants.MIN_REPEAT})


def compile_pattern(pattern: str, rule: str, flags: int = 0) -> re.Pattern[str]:
    """The expression of a rule.

    Raises:
        PackError: it is none; names the rule.

    """
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise PackError(f"rule {rule!r}: expected a regular expression, met {pattern!r}: {error}") from error


def runaway(pattern: str) -> str | None:
    """Why matching an expression may take time without bound; null if it can't, as far as can be told."""
    tree = _parser.parse(pattern)
    if any(operation in (_constants.GROUPREF, _constants.GROUPREF_EXISTS) for operation, _ in _walk(tree)):
        return "a reference to a group"
    if any(_is_endless(one) and any(map(_is_endless, _walk(one[1][2]))) for one in _walk(tree)):
        return "a repetition without end inside another one, as in (a+)+"
    return None


def _is_endless(node: tuple[Any, Any]) -> bool:
    operation, arguments = node
    return operation in _REPEATS and arguments[1] is _constants.MAXREPEAT


def _walk(tree: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - the parser's tree has no types
    """Every operation of an expression, the outer before the inner."""
    for node in tree:
        yield node
        yield from _inside(node[1])


def _inside(arguments: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    if isinstance(arguments, _parser.SubPattern):
        yield from _walk(arguments)
    elif isinstance(arguments, tuple | list):
        for part in arguments:
            yield from _inside(part)
