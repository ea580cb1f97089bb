"""Rules of alerts as plain sentences: a few fixed forms of the catalogue, read and written, with no guessing.

`Tell desk@x.org when Russia – Ukraine reaches Siaga` is the form `alert_form.level` with its places filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter

from siaga.base.alert import Language, Rule, Trigger, When, without_secrets
from siaga.base.errors import GivenError
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.warning import LEVELS, Level
from siaga.base.watchlist import pair_name
from siaga.report.catalogue import Catalogue, catalogue, catalogue_languages
from siaga.report.facts import known_names

__all__ = ["code_named", "forms", "parsed_sentence", "sentence_of", "unit_of_words"]

FORMS: Mapping[str, When] = {
    "level": "level", "level_list": "level", "episode": "episode", "episode_list": "episode",
    "probability": "probability", "unusual": "unusual", "claim": "claim", "silence": "silence",
    "silence_any": "silence", "search": "search",
}  # fmt: skip
"""Forms of the catalogue, the narrower before the wider -> what each looks for."""
ORDER = (
    "level_list",
    "level",
    "episode_list",
    "episode",
    "probability",
    "unusual",
    "claim",
    "silence_any",
    "silence",
    "search",
)
_DASHES = re.compile(r"\s*[–—/]\s*|(?<=[A-Za-z])\s*-\s*(?=[A-Za-z])")


def forms(words: Catalogue) -> tuple[str, ...]:
    """The sentences that are understood, with their places."""
    return tuple(words.messages[f"alert_form.{name}"] for name in FORMS)


def parsed_sentence(sentence: str) -> Rule:
    """The rule that a sentence of any of our languages says; the alert is told in the language of the sentence.

    Raises:
        GivenError: it is none of the forms, or a name in it is not known.

    """
    for language in catalogue_languages():
        words = catalogue(language)
        for name in ORDER:
            if found := _pattern(words.messages[f"alert_form.{name}"]).fullmatch(" ".join(sentence.split())):
                return _rule(FORMS[name], found.groupdict(), words)
    known = "\n".join(f"  {one}" for language in catalogue_languages() for one in forms(catalogue(language)))
    raise GivenError(f"{sentence!r} is none of the sentences that are understood:\n{known}")


def sentence_of(rule: Rule, words: Catalogue) -> str:
    """A rule as a sentence."""
    trigger = rule.trigger
    unit = words.say("alert_form.anything") if trigger.unit is None else _unit_words(trigger.unit, words)
    return words.say(
        f"alert_form.{_form_of(trigger)}",
        to=words.say("alert_form.between").join(map(without_secrets, rule.to)),
        unit=unit, list=trigger.watchlist, source=trigger.source, days=trigger.days, words=trigger.words,
        topic=trigger.topic,
        level=words.say(f"alert_form.level_{trigger.level}") if trigger.level else "",
        percent=f"{100 * (trigger.probability or 0):g}",
    )  # fmt: skip


def unit_of_words(written: str, words: Catalogue) -> str | None:
    """The unit that is named so, by codes or by names in any of our languages; null for anything.

    >>> from siaga.report.catalogue import catalogue
    >>> unit_of_words("Rusia – Ukraine", catalogue("id"))
    'RUS-UKR'

    Raises:
        GivenError: a name is not known.

    """
    if written.casefold() == words.messages["alert_form.anything"].casefold():
        return None
    if (code := _codes().get(written.casefold())) is not None:  # a name may have a hyphen of its own
        return code
    between = words.messages["alert_form.pair"]
    names = [one for part in _DASHES.split(written) for one in re.split(rf"\s+{between}\s+", part)]
    codes = [code_named(name.strip()) for name in names]
    if len(codes) > 2:  # noqa: PLR2004 - a pair has two sides
        raise GivenError(f"{written!r}: expected one name, or two")
    return codes[0] if len(codes) == 1 else pair_name(*codes)


def _form_of(trigger: Trigger) -> str:
    if trigger.when in {"level", "episode"} and trigger.watchlist is not None:
        return f"{trigger.when}_list"
    return "silence_any" if trigger.when == "silence" and trigger.source is None else trigger.when


def _unit_words(unit: str, words: Catalogue) -> str:
    names = known_names(words.language)
    return words.messages["warn.between"].join(names.get(code, code) for code in unit.split("-"))


def _rule(when: When, found: Mapping[str, str], words: Catalogue) -> Rule:
    language: Language = "id" if words.language == "id" else "en"
    return Rule(to=tuple(_targets(found["to"], words)), language=language, trigger=_trigger(when, found, words))


def _targets(written: str, words: Catalogue) -> Iterator[str]:
    between = re.escape(words.messages["alert_form.pair"])
    for one in re.split(rf"\s*,\s*|\s+{between}\s+", written):
        yield one.strip()


def _trigger(when: When, found: Mapping[str, str], words: Catalogue) -> Trigger:
    unit = found.get("unit")
    days, percent = found.get("days"), found.get("percent")
    return Trigger(
        when=when,
        unit=None if unit is None else unit_of_words(unit, words),
        watchlist=found.get("list"),
        level=_level(found["level"], words) if "level" in found else None,
        probability=float(percent.replace(",", ".")) / 100 if percent else None,
        days=int(days) if days else None,
        topic=found.get("topic"),
        source=found.get("source"),
        words=found.get("words"),
    )


def _level(written: str, words: Catalogue) -> Level:
    names: dict[str, Level] = {words.messages[f"alert_form.level_{one}"].casefold(): one for one in LEVELS[1:]}
    names |= {one: one for one in LEVELS[1:]}
    if (level := names.get(written.casefold())) is None:
        meant = did_you_mean(nearest(written.casefold(), names))
        raise GivenError(f"unknown level {written!r}.{meant} There are {', '.join(LEVELS[1:])}")
    return level


def code_named(name: str) -> str:
    """The code of a country or body, by code or by name in any of our languages.

    Raises:
        GivenError: it is not known.

    """
    codes = _codes()
    if (code := codes.get(name.casefold())) is None:
        meant = codes.get(nearest(name.casefold(), codes) or "")
        raise GivenError(f"unknown country or body {name!r}.{did_you_mean(meant)}")
    return code


@cache
def _codes() -> Mapping[str, str]:
    """Codes and names in each of our languages -> codes."""
    named = [pair for language in catalogue_languages() for pair in known_names(language).items()]
    return {name.casefold(): code for code, name in named} | {code.casefold(): code for code, _ in named}


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """A form in which each place stands for some words; where none follow, for all that is left."""
    kinds = {"days": r"\d{1,3}", "percent": r"\d{1,3}(?:[.,]\d+)?"}
    parts = (
        re.escape(text) + (f"(?P<{name}>{kinds.get(name, '.+?')})" if name else "")
        for text, name, _, _ in Formatter().parse(form)
    )
    return re.compile("".join(parts), re.IGNORECASE)
