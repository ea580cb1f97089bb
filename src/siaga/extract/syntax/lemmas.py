"""Lemmas as edit scripts: what to cut from and put on a form to get its dictionary form."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

__all__ = ["apply_script", "script_of"]


def script_of(form: str, lemma: str) -> str:
    """The script that turns a form into its lemma: letter case, cut at the front, put there, the same at the end.

    >>> script_of("menyetujui", "setuju")
    'l|4|s|1|'
    """
    small = form.lower()
    case = "l" if lemma == lemma.lower() else "k"
    goal = lemma if case == "l" else lemma.lower()
    if case == "k" and lemma != form[: len(lemma)] and lemma != form:
        return f"={lemma}"
    match = SequenceMatcher(None, small, goal, autojunk=False).find_longest_match()
    if match.size < min(2, len(goal)):
        return f"={lemma}"
    back = len(small) - match.a - match.size
    return f"{case}|{match.a}|{goal[: match.b]}|{back}|{goal[match.b + match.size :]}"


@lru_cache(maxsize=65536)
def apply_script(form: str, script: str) -> str:
    """The lemma that a script makes of a form; the form itself in lower case where the script does not fit.

    >>> apply_script("menyebabkan", "l|4|s|3|")
    'sebab'
    """
    if script.startswith("="):
        return script[1:]
    case, front, put_front, back, put_back = script.split("|")
    stem = form[int(front) : len(form) - int(back)]
    if not stem:
        return form.lower()
    lemma = f"{put_front}{stem}{put_back}"
    return lemma if case == "k" else lemma.lower()
