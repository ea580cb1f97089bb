"""Which triggers count, who stands on which side, and what fills the gaps: small models made by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import get_args

import pytest

from siaga.base.article import Article
from siaga.base.event import Status
from siaga.extract.coder.context import Said
from siaga.extract.coder.decide import (
    LEAST_NAMED,
    LEAST_OFFERED,
    STATUSES,
    TRIGGER_THRESHOLD,
    Decision,
    Models,
    decide,
    load_models,
    weighed,
)
from siaga.extract.coder.linear import Linear, Softmax
from siaga.extract.coder.settle import LEEWAY
from siaga.extract.coder.sides import SIDE_FEATURES
from siaga.extract.coder.view import views
from siaga.flow import annotate
from tests.unit.extract.coding import AS_FIRST_DATED, ByRule, read, seen

YES, NO = Linear({"bias": 9.0}), Linear({"bias": -9.0})
HAPPENED = Softmax({name: Linear({"bias": float(name == "happened")}) for name in STATUSES})
SIDES = ("actor", "recipient")


def as_first_read(row: Mapping[str, float]) -> float:
    """What the first reading found, and nothing from the context."""
    return row["here"] if row["in sentence"] else -9.0


def by(rule: Callable[[Mapping[str, float]], float]) -> ByRule:
    return ByRule(SIDE_FEATURES, rule)


FOLLOW = by(as_first_read)
EVERYTHING = Models(
    trigger=YES, actor=YES, recipient=YES, status=HAPPENED, sides=FOLLOW, days=Linear({}), dating=AS_FIRST_DATED
)
NOBODY = EVERYTHING._replace(actor=NO, recipient=NO)
ACTIVE = Linear({"place=left0|active": 9.0, "bias": -5.0})
"""Whoever stands right before a verb in the active."""
OBJECT = Linear({"place=right0|active": 9.0, "bias": -5.0})
"""Whoever stands right after it."""
PLAIN = EVERYTHING._replace(actor=ACTIVE, recipient=OBJECT)


def decided(text: str, models: Models, language: str = "id") -> list[Decision]:
    return decide(views(read(language, text), language), models)


def parties(decision: Decision) -> tuple[list[str | None], list[str | None]]:
    """The codes of the actors and of the recipients, in their order."""
    return [one.side.code for one in decision.actors], [one.side.code for one in decision.recipients]


@pytest.mark.parametrize(("above", "events"), [(0.01, 1), (-0.01, 0)])
def test_a_trigger_counts_from_its_threshold_on(above: float, events: int) -> None:
    models = EVERYTHING._replace(trigger=Linear({"bias": odds(TRIGGER_THRESHOLD + above)}))
    assert len(decided("Israel menyerang Iran.", models)) == events


@pytest.mark.parametrize(("above", "count"), [(0.01, 1), (0.01 - LEEWAY, 1), (-0.01 - LEEWAY, 0)])
@pytest.mark.parametrize("side", SIDES)
def test_somebody_alone_on_a_side_counts_from_a_little_under_the_threshold_on(
    side: str, above: float, count: int
) -> None:
    sides = by(lambda row: LEAST_NAMED + above if row["actor"] == (side == "actor") else -9.0)
    [decision] = decided("Israel menyerang.", EVERYTHING._replace(sides=sides))
    assert len(parties(decision)[SIDES.index(side)]) == count


@pytest.mark.parametrize(("above", "count"), [(0.01, 2), (-0.01, 1)])
def test_somebody_named_beside_another_counts_from_the_threshold_on(above: float, count: int) -> None:
    israel = by(lambda row: (3.0 if row["ahead here"] > 0 else LEAST_NAMED + above) if row["actor"] else -9.0)
    beside = Linear({"place=left0|active": 1.0})
    [decision] = decided("Israel dan Prancis menyerang.", EVERYTHING._replace(actor=beside, sides=israel))
    assert len(decision.actors) == count


def test_of_two_who_are_likely_on_both_sides_each_is_where_he_is_likelier() -> None:
    both = by(lambda row: 4.0 if row["here"] > row["across"] else -3.0)
    [decision] = decided("Israel menyerang Iran pada Senin.", PLAIN._replace(sides=both))
    assert parties(decision) == (["ISR"], ["IRN"])


def test_who_stands_before_the_verb_acts_and_who_stands_after_it_suffers() -> None:
    [decision] = decided("Israel menyerang Iran pada Senin.", PLAIN)
    assert parties(decision) == (["ISR"], ["IRN"])


def test_of_the_readings_of_a_word_only_the_likeliest_counts() -> None:
    for kind in ("ASSAULT", "PROTEST"):
        models = EVERYTHING._replace(trigger=Linear({"bias": 2.0, f"type={kind}": 1.0}))
        [decision] = decided("A strike was seen.", models, "en")
        assert decision.candidate.trigger.rule.type == kind


def test_events_come_in_the_order_of_their_triggers_however_likely_they_are() -> None:
    text = "Rusia bertemu Iran. Israel menyerang Iran dan bertemu Rusia."
    for likelier in ("CONSULT", "ASSAULT"):
        models = EVERYTHING._replace(trigger=Linear({"bias": 1.0, f"type={likelier}": 1.0}))
        assert [one.candidate.trigger.rule.type for one in decided(text, models)] == ["CONSULT", "ASSAULT", "CONSULT"]


def test_a_party_named_twice_is_one_party_at_its_likeliest() -> None:
    models = EVERYTHING._replace(actor=Linear({"initial=True|active": 2.0}), recipient=NO)
    [decision] = decided("Israel menyerang kota di Israel.", models)
    [choice] = decision.actors
    assert choice.side.mention
    assert choice.side.mention.first == 0


def test_parties_come_likeliest_first() -> None:
    models = EVERYTHING._replace(actor=Linear({"bias": 1.0, "place=right0|active": 1.0}))
    models = models._replace(sides=by(lambda row: row["here"] if row["actor"] else -9.0))
    [decision] = decided("Israel menyerang Iran.", models)
    assert parties(decision)[0] == ["IRN", "ISR"]


@pytest.mark.parametrize("status", STATUSES)
def test_the_likeliest_status_is_taken_with_its_probability(status: Status) -> None:
    models = EVERYTHING._replace(status=Softmax({name: Linear({"bias": float(name == status)}) for name in STATUSES}))
    [decision] = decided("Israel menyerang Iran.", models)
    assert decision.status == status
    assert math.isclose(decision.status_probability, math.e / (math.e + len(STATUSES) - 1))


def test_statuses_are_those_of_the_contract() -> None:
    assert set(STATUSES) == set(get_args(Status))


def test_a_side_that_the_sentence_leaves_out_is_filled_by_whom_the_context_offers() -> None:
    likely = ByRule(
        SIDE_FEATURES, lambda row: 3.0 if row["previous sentence"] and not row["actor"] else as_first_read(row)
    )
    *_, last = decided("Prancis turun tangan. Israel menyerang.", PLAIN._replace(sides=likely))
    assert parties(last) == (["ISR"], ["FRA"])
    assert last.recipients[0].side.mention is None


@pytest.mark.parametrize(("above", "filled"), [(0.01 - LEEWAY, True), (-0.01 - LEEWAY, False)])
def test_an_offer_fills_an_empty_side_from_a_little_under_its_threshold_on(above: float, *, filled: bool) -> None:
    offer = LEAST_OFFERED + above
    offered = by(lambda row: as_first_read(row) if row["in sentence"] or row["actor"] else offer)
    *_, decision = decided("Prancis turun tangan. Israel menyerang.", PLAIN._replace(sides=offered))
    assert bool(decision.recipients) is filled


def test_whom_one_attacks_elsewhere_in_the_article_fills_the_gap() -> None:
    habit = ByRule(
        SIDE_FEATURES, lambda row: 3.0 if row["pair here"] and not row["in sentence"] else as_first_read(row)
    )
    text = "Israel menyerang Iran. Prancis diam. Hujan turun di Jepang. Israel menyerang lagi."
    *_, last = decided(text, PLAIN._replace(sides=habit))
    assert parties(last) == (["ISR"], ["IRN"])


def test_a_stranger_is_a_party_where_nobody_with_a_code_is() -> None:
    [decision] = decided("Rebels attacked.", EVERYTHING, "en")
    assert parties(decision)[0] == [None]
    [decision] = decided("Rebels attacked Iran.", EVERYTHING._replace(recipient=NO), "en")
    assert None not in parties(decision)[0]


def test_where_nobody_is_known_an_event_has_no_parties() -> None:
    [decision] = decided("Rebels attacked.", NOBODY, "en")
    assert parties(decision) == ([], [])


def test_without_sentences_there_are_no_events() -> None:
    assert decide([], EVERYTHING) == []
    assert decided("", EVERYTHING) == []


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("id", "Israel menyerang Iran pada Senin.", (["ISR"], ["IRN"])),
        ("id", "Rusia menyerang Ukraina pada Senin.", (["RUS"], ["UKR"])),
        ("en", "Russia attacked Ukraine on Monday.", (["RUS"], ["UKR"])),
        ("en", "Israel attacked Iran on Monday.", (["ISR"], ["IRN"])),
    ],
)
def test_the_shipped_models_read_a_plain_attack(
    language: str, text: str, codes: tuple[list[str | None], list[str | None]]
) -> None:
    [decision] = shipped(text, language)
    assert (decision.candidate.trigger.rule.type, decision.status) == ("ASSAULT", "happened")
    assert parties(decision) == codes


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Jika Rusia menyerang Ukraina, harga akan naik."),
        ("id", "Rusia mungkin menyerang Ukraina."),
        ("en", "If Russia attacks Ukraine, prices will rise."),
        ("en", "Russia may attack Ukraine."),
    ],
)
def test_the_shipped_models_do_not_take_what_may_be_for_what_was(language: str, text: str) -> None:
    attacks = [one for one in shipped(text, language) if kind_of(one) == "ASSAULT"]
    assert [one.status for one in attacks] == ["possible"]


def shipped(text: str, language: str) -> list[Decision]:
    """What the models of the pack decide, with syntax and all."""
    document = annotate(Article(id="case", language=language, published="2021-12-01", text=text))
    return decide(views(document, language), load_models(language))


def kind_of(decision: Decision) -> str:
    return decision.candidate.trigger.rule.type


def odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def test_the_network_says_whether_a_word_tells_of_an_act_and_not_of_which() -> None:
    view = seen("id", "Raja Yordania menyambut Presiden Indonesia.")
    rivals = [one for one in view.candidates if view.lowers[one.first] == "menyambut"]
    assert len(rivals) > 1
    said = [Said(float(number), ((0.0, 0.0),) * len(view.named), (0.0,) * 5) for number in range(len(view.candidates))]
    told = {one.candidate: one.probability for one in weighed(view, EVERYTHING, said)}
    assert len({told[one] for one in rivals}) == 1
