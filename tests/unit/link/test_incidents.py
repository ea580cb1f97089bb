"""Mentions of one act are merged, and what they tell otherwise is shown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from siaga.base.event import Event, Evidence, Magnitude, Party, Place, Status
from siaga.link.accounts import incident_of
from siaga.link.incidents import Told, acts, widened
from siaga.link.lineages import lineages
from siaga.link.stories import stories_of
from tests.unit.link.telling import BLAST, readings

MOSUL = Place(name="Mosul", country="IRQ", latitude=36.3, longitude=43.1, precision="city")
BASRA = Place(name="Basra", country="IRQ", latitude=30.5, longitude=47.8, precision="city")
IRAQ = Place(name="Iraq", country="IRQ", latitude=33.0, longitude=44.0, precision="country")
EVENT = Event(
    id="e", type="ASSAULT", mode=None, contexts=(), cameo=None, status="happened", trigger="attack",
    actors=(Party(code="ISIS", name="ISIS", sector="REB", text="ISIS"),),
    recipients=(Party(code="IRQ", name="Iraq", sector="CVL", text="Iraq"),),
    place=MOSUL, earliest="2025-03-04", latest="2025-03-04", when_text="Tuesday", magnitude=(), speaker=None,
    medium=None, evidence=Evidence(start=0, end=1, text="x"), confidence=0.9, rule="en/attack",
)  # fmt: skip


def told(id_: str, story: str = "s", published: str | None = "2025-03-05", **changes: object) -> Told:
    return Told(event=EVENT.replace(id=id_, **changes), article=f"article of {id_}", story=story, published=published)


def killed(minimum: float, maximum: float | None) -> tuple[Magnitude, ...]:
    return (Magnitude(minimum=minimum, maximum=maximum, unit="killed", text=f"{minimum} to {maximum}"),)


def groups(*mentions: Told) -> set[frozenset[str]]:
    return {frozenset(one.event.id for one in act) for act in acts(mentions)}


def sources(mentions: Sequence[Told]) -> int:
    return len({one.article for one in mentions})


def test_mentions_that_agree_are_one_act_and_what_is_not_told_agrees_with_anything() -> None:
    unknown = told("b", actors=(), place=IRAQ, earliest=None, latest=None)
    assert groups(told("a"), unknown) == {frozenset("ab")}


@pytest.mark.parametrize(
    "other",
    [
        told("b", place=BASRA),
        told("b", earliest="2025-03-01", latest="2025-03-01"),
        told("b", actors=(Party(code="USA", name="US", sector="MIL", text="US"),)),
        told("b", type="COERCE"),
        told("b", story="another", place=IRAQ),
        told("b", mode="bombing").replace(event=EVENT.replace(id="b", mode="x")),
    ],
    ids=["another town", "another day", "another actor", "another type", "another story, no town", "another mode"],
)
def test_another_act_is_another_incident(other: Told) -> None:
    first = told("a", mode="shooting") if other.event.mode else told("a")
    assert groups(first, other) == {frozenset("a"), frozenset("b")}


def test_an_act_of_the_same_town_and_day_is_one_in_several_stories() -> None:
    assert widened([told("a")], [told("b", story="another")]) == (told("a"), told("b", story="another"))


@pytest.mark.parametrize(
    "other",
    [
        told("b", story="another", place=BASRA),
        told("b", story="another", place=IRAQ),
        told("b", story="another", earliest="2025-03-03", latest="2025-03-03"),
        told("b", story="another", earliest="2025-03-03"),
        told("b", story="another", actors=(Party(code="USA", name="US", sector="MIL", text="US"),)),
        told("b", story="another", type="COERCE"),
        told("b", story="another", magnitude=killed(900, 900)),
        told("b", story="another", confidence=0.45),
    ],
    ids=["another town", "no town", "another day", "days", "another actor", "another type", "another toll", "unsure"],
)
def test_what_another_story_tells_otherwise_is_another_act(other: Told) -> None:
    own = told("a", magnitude=killed(12, 12))
    assert widened([own], [other]) == (own,)


def test_two_strikes_of_one_day_in_two_towns_stay_apart_however_many_stories_tell_them() -> None:
    mosul, basra = (
        (told("a"), told("b", story="another")),
        (told("c", place=BASRA), told("d", story="another", place=BASRA)),
    )
    assert widened(mosul[:1], [*mosul[1:], *basra]) == mosul
    assert widened(basra[:1], [*basra[1:], *mosul]) == basra


def test_a_strike_that_one_story_foresaw_and_another_reports_is_one_with_its_history() -> None:
    foreseen = told("a", published="2025-03-03", status="planned")
    happened = told("b", story="another", published="2025-03-05", magnitude=killed(12, 12))
    later = told("c", story="third", published="2025-03-06", magnitude=killed(20, None))
    incident = incident_of(widened([foreseen], [later, happened]), sources)
    assert [step.status for step in incident.status_history] == ["planned", "happened", "happened"]
    assert incident.independent_sources == 3
    assert [one.field for one in incident.contradictions] == ["magnitude"]
    denied = told("d", story="another", published="2025-03-06", status="denied")
    assert incident_of(widened([foreseen], [denied]), sources).status == "denied"


def test_an_act_has_the_same_id_in_each_story_that_tells_it() -> None:
    vague = told("0", published="2025-03-05", earliest=None, latest=None)
    one = incident_of(widened([told("b"), vague], [told("a", story="another")]), sources)
    other = incident_of(widened([told("a", story="another")], [told("b"), vague]), sources)
    assert one.id == other.id


def test_a_mention_that_fits_two_acts_does_not_make_them_one() -> None:
    found = groups(told("a"), told("b", place=BASRA), told("c", place=IRAQ))
    assert len(found) == 2


def test_numbers_that_agree_are_narrowed_and_those_that_cannot_are_contradictions() -> None:
    mentions = (
        told("a", magnitude=killed(12, 12)), told("b", magnitude=killed(20, None)), told("c", magnitude=killed(22, 22)),
    )  # fmt: skip
    incident = incident_of(mentions, sources)
    assert (incident.magnitude[0].minimum, incident.magnitude[0].maximum) == (22, 22)
    [contradiction] = incident.contradictions
    assert (contradiction.field, contradiction.unit) == ("magnitude", "killed")
    assert contradiction.events == (("a",), ("b",), ("c",))


def test_numbers_that_agree_are_no_contradiction() -> None:
    incident = incident_of((told("a", magnitude=killed(20, None)), told("b", magnitude=killed(22, 22))), sources)
    assert incident.contradictions == ()


@pytest.mark.parametrize(
    ("steps", "status", "history"),
    [
        ([("possible", "2025-03-01"), ("planned", "2025-03-02"), ("happened", "2025-03-05")], "happened",
         ["possible", "planned", "happened"]),
        ([("happened", "2025-03-05"), ("possible", "2025-03-06")], "happened", ["happened"]),
        ([("possible", "2025-03-01"), ("denied", "2025-03-02")], "denied", ["possible", "denied"]),
        ([("possible", "2025-03-02"), ("denied", "2025-03-02")], "possible", ["denied", "possible"]),
    ],
)  # fmt: skip
def test_a_history_of_what_it_was_said_to_be(steps: list[tuple[Status, str]], status: str, history: list[str]) -> None:
    mentions = tuple(told(f"e{n}", published=day, status=step) for n, (step, day) in enumerate(steps))
    incident = incident_of(mentions, sources)
    assert incident.status == status
    assert [step.status for step in incident.status_history] == history


def test_what_happened_and_did_not_is_a_contradiction() -> None:
    incident = incident_of((told("a"), told("b", status="denied")), sources)
    assert [(one.field, one.values) for one in incident.contradictions] == [("status", ("denied", "happened"))]


def test_an_article_that_denies_one_and_tells_of_another_contradicts_nobody() -> None:
    mentions = tuple(
        told(name, status=status).replace(article="one") for name, status in (("a", "happened"), ("b", "denied"))
    )
    assert incident_of(mentions, sources).contradictions == ()
    assert incident_of((*mentions, told("c")), sources).contradictions == ()


def test_a_number_of_another_order_is_of_another_act() -> None:
    assert len(groups(told("a", magnitude=killed(12, 12)), told("b", magnitude=killed(40000, None)))) == 2


def test_a_party_that_one_of_many_mentions_names_is_left_out() -> None:
    both = (*EVENT.actors, Party(code="USA", name="US", sector="MIL", text="US"))
    incident = incident_of((*(told(f"e{n}") for n in range(5)), told("x", actors=both)), sources)
    assert [party.code for party in incident.actors] == ["ISIS"]


def test_the_best_day_and_place_are_the_narrowest_and_most_told() -> None:
    wide = told("c", place=IRAQ, earliest="2025-03-03", latest="2025-03-09")
    incident = incident_of((told("a"), told("b"), wide), sources)
    assert (incident.earliest, incident.latest) == ("2025-03-04", "2025-03-04")
    assert incident.place is not None
    assert incident.place.name == "Mosul"


def test_the_id_stays_when_a_later_article_tells_it() -> None:
    first = told("b", published="2025-03-04")
    assert incident_of((first,), sources).id == incident_of((told("a"), first), sources).id


def test_one_act_is_merged_from_articles_in_two_languages_with_what_contradicts() -> None:
    found = stories_of(readings(), lineages([one.article.id for one in readings()], ())).incidents
    attack = max((one for one in found if one.type == "ASSAULT"), key=lambda one: len(one.articles))
    assert set(attack.articles) == BLAST
    assert attack.independent_sources == 3
    assert [one.field for one in attack.contradictions] == ["magnitude"]
