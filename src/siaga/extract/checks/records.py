"""Which record each file of knowledge is made of, and how a rule of each grammar is compiled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from siaga.base.errors import PackError
from siaga.base.pack import load_pack
from siaga.base.pattern import compile_pattern, slow_text
from siaga.base.record import Record
from siaga.collect.authors import BylineWord
from siaga.collect.byline import BylineRule, OutletWord, Zone, compile_byline
from siaga.collect.content import JunkClass
from siaga.collect.inserts import TitleWord
from siaga.collect.junk import JunkRule
from siaga.collect.paging import PagingWord
from siaga.extract import actor_tables, gazetteer
from siaga.extract.actor_rules import ActorRule, compile_actor_rule
from siaga.extract.asides import AsideRule
from siaga.extract.attribution import QuoteRule, Reporting, Role, compile_quote_rule
from siaga.extract.coder.cues import CueRow
from siaga.extract.coder.triggers import EventRule, Row
from siaga.extract.coder.view import LightRow, MarkerRow
from siaga.extract.credits import CreditPhrase
from siaga.extract.daterules import (
    DateContext,
    DateModifier,
    DateRule,
    Month,
    Ordinal,
    Period,
    Weekday,
    compile_date_rule,
)  # fmt: skip
from siaga.extract.forecasts import ConditionRow
from siaga.extract.glued import WholeWord
from siaga.extract.language import NearWord
from siaga.extract.magnitudes import MagnitudeRule, UnitWord, compile_magnitude_rule
from siaga.extract.morphology import Inflection, Irregular, Paradigm, compile_inflection
from siaga.extract.numbers import NumberContext, NumberWord
from siaga.extract.published import PastOffice
from siaga.extract.sentences import Abbreviation, FunctionWord, JoinRule, compile_join_rule
from siaga.extract.sites import PlaceRule
from siaga.extract.speakers import AnonymousForm, Form

__all__ = ["RECORDS", "check_rule"]

RECORDS: Mapping[str, type[Record]] = {
    "actors/countries.csv": actor_tables.Country,
    "actors/organisations.csv": actor_tables.Body,
    "actors/groups.csv": actor_tables.Body,
    "actors/institutions.csv": actor_tables.Body,
    "actors/regions.csv": actor_tables.Body,
    "actors/media.csv": actor_tables.Body,
    "actors/leaders.csv": actor_tables.Leader,
    "places/countries.csv": gazetteer.Country,
    "places/regions.csv": gazetteer.Region,
    "places/cities.csv": gazetteer.City,
    "lexicon/abbreviations.csv": Abbreviation,
    "lexicon/actor_nouns.csv": actor_tables.NounRow,
    "lexicon/actor_words.csv": actor_tables.WordRow,
    "lexicon/ambiguous_names.csv": Form,
    "lexicon/anonymous.csv": AnonymousForm,
    "lexicon/byline_words.csv": BylineWord,
    "lexicon/conditions.csv": ConditionRow,
    "lexicon/credits.csv": CreditPhrase,
    "lexicon/date_context.csv": DateContext,
    "lexicon/date_modifiers.csv": DateModifier,
    "lexicon/definite.csv": Form,
    "lexicon/demonyms.csv": actor_tables.DemonymRow,
    "lexicon/events.csv": Row,
    "lexicon/function_words.csv": FunctionWord,
    "lexicon/irregular.csv": Irregular,
    "lexicon/junk_classes.csv": JunkClass,
    "lexicon/lightverbs.csv": LightRow,
    "lexicon/locatives.csv": Form,
    "lexicon/markers.csv": MarkerRow,
    "lexicon/media.csv": Form,
    "lexicon/medium_markers.csv": Form,
    "lexicon/months.csv": Month,
    "lexicon/name_particles.csv": Form,
    "lexicon/near_languages.csv": NearWord,
    "lexicon/not_actors.csv": Form,
    "lexicon/not_names.csv": Form,
    "lexicon/not_places.csv": gazetteer.NotPlace,
    "lexicon/number_context.csv": NumberContext,
    "lexicon/numbers.csv": NumberWord,
    "lexicon/offices.csv": actor_tables.OfficeRow,
    "lexicon/ordinals.csv": Ordinal,
    "lexicon/outlet_words.csv": OutletWord,
    "lexicon/paging_words.csv": PagingWord,
    "lexicon/paradigms.csv": Paradigm,
    "lexicon/past_offices.csv": PastOffice,
    "lexicon/periods.csv": Period,
    "lexicon/place_context.csv": gazetteer.PlaceContext,
    "lexicon/places.csv": gazetteer.OtherName,
    "lexicon/quote_roles.csv": Role,
    "lexicon/references.csv": actor_tables.ReferenceRow,
    "lexicon/reporting.csv": Reporting,
    "lexicon/sentence_starters.csv": Form,
    "lexicon/speaker_titles.csv": Form,
    "lexicon/status.csv": CueRow,
    "lexicon/title_words.csv": TitleWord,
    "lexicon/titles.csv": Form,
    "lexicon/units.csv": UnitWord,
    "lexicon/weekdays.csv": Weekday,
    "lexicon/whole_words.csv": WholeWord,
    "lexicon/zones.csv": Zone,
    "grammar/actors.toml": ActorRule,
    "grammar/dates.toml": DateRule,
    "grammar/events.toml": EventRule,
    "grammar/asides.toml": AsideRule,
    "grammar/junk.toml": JunkRule,
    "grammar/magnitudes.toml": MagnitudeRule,
    "grammar/metadata.toml": BylineRule,
    "grammar/morphology.toml": Inflection,
    "grammar/places.toml": PlaceRule,
    "grammar/quotes.toml": QuoteRule,
    "grammar/sentences.toml": JoinRule,
}
"""A name of `assets/overlay/files.csv` -> the record of a row or rule."""


def check_rule(rule: Record, language: str) -> None:
    """Make sure that a rule can be compiled, and that its patterns can't run away.

    Raises:
        PackError: one can't, or may.

    """
    for kind, compiled in _COMPILED.items():
        if isinstance(rule, kind):
            for pattern in compiled(rule, language):
                _tame(pattern, _texts(rule))


def _junk(rule: AsideRule | JunkRule) -> re.Pattern[str]:
    pattern = compile_pattern(rule.pattern, rule.id, re.IGNORECASE)
    if pattern.groupindex:  # the rules are one expression, whose named group says which of them matched
        raise PackError(f"expected groups without names, met (?P<{next(iter(pattern.groupindex))}>")
    return pattern


def _site(rule: PlaceRule) -> tuple[()]:
    if not rule.before and not rule.after:
        raise PackError("expected words in `before` or `after`, met neither")
    return ()


def _tame(pattern: re.Pattern[str], examples: tuple[str, ...]) -> None:
    if (slow := slow_text(pattern, examples)) is not None:
        raise PackError(f"expected a pattern that is quick on every text; it is not on {slow!r}")


def _texts(rule: Record) -> tuple[str, ...]:
    """The examples of a rule that are bare texts."""
    hits: tuple[object, ...] = getattr(rule, "hits", ())
    return tuple(hit for hit in hits if isinstance(hit, str))


def _counting(rule: MagnitudeRule, _: str) -> tuple[()]:
    compile_magnitude_rule(rule)
    return ()


_COMPILED: Mapping[type[Record], Callable[[Any, str], tuple[re.Pattern[str], ...]]] = {
    ActorRule: lambda rule, _: (compile_actor_rule(rule),),
    DateRule: compile_date_rule,
    AsideRule: lambda rule, _: (_junk(rule),),
    JunkRule: lambda rule, _: (_junk(rule),),
    MagnitudeRule: _counting,
    BylineRule: lambda rule, _: (compile_byline(rule),),
    Inflection: compile_inflection,
    PlaceRule: lambda rule, _: _site(rule),
    QuoteRule: lambda rule, _: (compile_quote_rule(rule),),
    JoinRule: lambda rule, code: compile_join_rule(rule, load_pack(code)),
}
"""Record of a rule -> its expressions, for rules of one language."""
