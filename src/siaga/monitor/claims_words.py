"""Words of probability -> bands: what "could", "kemungkinan besar" or a plain "will" say, from the packs.

A phrase of a scale ("highly likely") goes before one that only says how a thing is told ("will", "could"); of several,
the one nearest to the act counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from siaga.base.claim import Band, BandName
from siaga.base.errors import PackError
from siaga.base.event import Evidence, Status
from siaga.base.expected import convert
from siaga.base.pack import asset, languages, lexicon, load_pack, read_rows
from siaga.base.record import Record
from siaga.extract.phrases import Match, Phrases
from siaga.extract.tokens import tokenise

__all__ = ["EstimateRule", "band", "bands", "bare", "estimate_rules", "is_day_of_saying", "is_negated"]

REACH = 12
"""Tokens between an act and the words of a scale that are said of it, at the most."""
BARE: Mapping[Status, BandName] = {"planned": "announced", "happened": "announced"}
"""What a status says where no phrase does; any other one: that it is possible."""


class EstimateRule(Record):
    """Phrases that say a band."""

    id: str
    band: BandName
    phrases: tuple[str, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    status: Status | None = None
    """Only of claims with this status; null: of any. Phrases of any are those of a scale."""


class _BandRow(Record):
    name: BandName
    low: float
    high: float
    basis: str


class _SayingRow(Record):
    form: str
    kind: str
    strength: str


class _SmallWord(Record):
    form: str
    weight: int


class _Phrase(Record):
    phrase: str


def band(evidence: Evidence, trigger: str, language: str | None, status: Status) -> Band:
    """How probable a sentence says an act to be."""
    found = tuple(_said(evidence.text, language, status)) if language in languages() else ()
    if not found:
        return _band(bare(status), None)
    at = len(tokenise(evidence.text[: max(evidence.text.find(trigger), 0)]).forms)
    scale = [one for one in found if one.value.status is None and _distance(one, at) <= REACH]
    nearest = min(scale or found, key=lambda one: _distance(one, at))
    if nearest.value.status is None and not scale:
        return _band(bare(status), None)
    return _band(nearest.value.band, _words(evidence.text, nearest))


def is_negated(words: str, language: str | None) -> bool:
    """Whether a condition is that something does not happen."""
    return language in languages() and any(_negations(str(language)).find(tokenise(words).lowers))


def bare(status: Status) -> BandName:
    """The band that a status says by itself."""
    return BARE.get(status, "possible")


def is_day_of_saying(sentence: str, words: str, language: str | None) -> bool:
    """Whether words that name days stand beside a verb of saying, small words left out: "pledged on Wednesday"."""
    at = sentence.find(words)
    if language not in languages() or at < 0:
        return False
    small = _small_words(str(language))
    before, after = tokenise(sentence[:at]).lowers, tokenise(sentence[at + len(words) :]).lowers
    last = next((word for word in reversed(before) if word not in small), "")
    return last in _saying(str(language)) or (bool(after) and after[0] in _saying(str(language)))


@cache
def bands() -> Mapping[BandName, tuple[float, float]]:
    """The ranges of chances by name."""
    return {row.name: (row.low, row.high) for row in read_rows(asset("ontology", "bands.csv"), _BandRow)}


@cache
def estimate_rules(language: str) -> tuple[EstimateRule, ...]:
    """The rules of a language.

    Raises:
        PackError: one is none.

    """
    path = asset("lang", language, "claims", "estimates.toml")
    try:
        tables = tomllib.loads(path.read_text("utf-8"))["rule"]
    except (tomllib.TOMLDecodeError, KeyError, FileNotFoundError) as error:
        raise PackError(f"{path}: expected [[rule]] tables, met {error}") from error
    return tuple(convert(table, EstimateRule, f"{path}: rule {number}") for number, table in enumerate(tables, 1))


def _said(text: str, language: str | None, status: Status) -> Iterator[Match[EstimateRule]]:
    """The phrases of a sentence that may be said of a claim of this status."""
    tokens = tokenise(text)
    for match in _phrases(str(language)).find(tokens.lowers):
        if match.value.status in {None, status} and _is_written_small(tokens.forms, match):
            yield match


def _is_written_small(forms: Sequence[str], match: Match[EstimateRule]) -> bool:
    """Whether a phrase is no name: "May" is a month, but at the beginning of a sentence it may be none."""
    return match.first == 0 or forms[match.first][:1] == forms[match.first][:1].lower()


def _distance(match: Match[EstimateRule], at: int) -> int:
    """Tokens between a phrase and the act."""
    return at - match.last if match.last <= at else max(0, match.first - at)


def _words(text: str, match: Match[EstimateRule]) -> str:
    tokens = tokenise(text)
    return text[tokens.starts[match.first] : tokens.ends[match.last - 1]]


def _band(name: BandName, words: str | None) -> Band:
    low, high = bands()[name]
    return Band(name=name, low=low, high=high, words=words)


@cache
def _phrases(language: str) -> Phrases[EstimateRule]:
    rules = estimate_rules(language)
    return Phrases((tokenise(phrase).lowers, rule) for rule in rules for phrase in rule.phrases)


@cache
def _negations(language: str) -> Phrases[str]:
    rows = read_rows(asset("lang", language, "claims", "negated.csv"), _Phrase)
    return Phrases((tokenise(row.phrase).lowers, row.phrase) for row in rows)


@cache
def _saying(language: str) -> frozenset[str]:
    """Verbs that introduce speech."""
    rows = lexicon(load_pack(language), "reporting", _SayingRow)
    return frozenset(row.form for row in rows if row.kind in {"clause", "bare"} and row.strength != "near")


@cache
def _small_words(language: str) -> frozenset[str]:
    return frozenset(row.form for row in lexicon(load_pack(language), "function_words", _SmallWord))
