"""What changed between two windows."""

from __future__ import annotations

from siaga.base.document import Reading
from siaga.base.window import Window
from siaga.report.brief import Asking, Scope, Section, brief
from siaga.report.changed import compared
from siaga.report.pairs import changed_pairs, count_query
from tests.unit.report.invented import event, forecast, reading

MAY = Window(since="2031-05-01", until="2031-05-31")


def changed(now: list[Reading], before: list[Reading]) -> Section:
    """The section of what changed."""
    asking = Asking(window=MAY, sure=0.5, conditions=())
    composed = brief(now, scope=Scope(asking=asking, before=tuple(before)))
    [section] = [section for section in composed.sections if section.key == "changed"]
    return section


def texts(section: Section) -> list[str]:
    return [line.text for line in section.lines]


def april(*events: object, **more: object) -> Reading:
    return reading(*events, published="2031-04-10", **more)  # type: ignore[arg-type]


OTHER = event("Finland met NATO.", "CONSULT", "FIN", "NATO")
"""Something that is told, so that there is something to compare with."""


def test_a_window_is_compared_with_the_one_of_the_same_length_before_it() -> None:
    assert MAY.days == 31
    assert MAY.before == Window(since="2031-03-31", until="2031-04-30")
    assert [MAY.holds(day) for day in ("2031-04-30", "2031-05-01", "2031-05-31T23:00:00Z", "2031-06-01", None)] == [
        False, True, True, False, False,
    ]  # fmt: skip


def test_without_articles_before_nothing_is_called_new_and_it_is_said_why() -> None:
    section = changed([reading(event("Norway shelled Sweden."))], [])
    assert section.lines == ()
    assert section.said == (
        "No article published 31 March 2031 to 30 April 2031 is stored: there is nothing to compare with."
    )


def test_beside_a_handful_of_articles_nothing_is_called_new() -> None:
    section = changed(many(6), [april(OTHER)])
    assert section.lines == ()
    assert "too few" in (section.said or "")


def test_an_act_that_was_not_told_before_is_new_wherever_it_stands() -> None:
    now = [reading(*(event(f"{type_} told.", type_) for type_ in ("ASSAULT", "AID", "SANCTION", "COERCE")))]
    now += [reading(event(f"{type_} told.", type_)) for type_ in ("ACCUSE", "REQUEST")]
    composed = brief(now, scope=Scope(asking=Asking(window=MAY, sure=0.5, conditions=()), before=(april(OTHER),)))
    lines = {section.key: [line.text for line in section.lines] for section in composed.sections}
    assert all(text.endswith(" – new") for text in lines["situation"])
    assert lines["changed"][0] == "New: Demand or request by Norway to Sweden, reported 2 May 2031"
    assert lines["happened"] == []


def test_what_was_told_before_however_unsure_or_by_whatever_status_is_not_new() -> None:
    unsure = april(event("Norway may shell Sweden.", status="possible", confidence=0.1))
    composed = brief(
        [reading(event("Norway shelled Sweden."))],
        scope=Scope(asking=Asking(window=MAY, sure=0.5, conditions=()), before=(unsure,)),
    )
    assert [line.text for line in composed.sections[0].lines] == [
        "Attack by Norway against Sweden, reported 2 May 2031"
    ]


def test_an_act_without_a_known_actor_is_never_called_new() -> None:
    assert not any("new" in text for text in texts(changed([reading(event("x", who=""))], [april(OTHER)])))


def test_what_was_planned_and_is_told_as_happened_stands_on_both_sentences() -> None:
    planned = april(event("Norway plans to meet Sweden.", "CONSULT", status="planned"))
    happened = reading(event("Norway met Sweden.", "CONSULT"))
    [line] = changed([happened], [planned]).lines
    assert line.text == (
        "Told as planned on 10 April 2031, as happened on 2 May 2031: Talks between Norway and Sweden, "
        "reported 2 May 2031"
    )
    assert len(line.notes) == 2


def test_a_prospect_does_not_turn_true_where_such_acts_went_on_already() -> None:
    planned = april(event("Norway plans to shell Sweden.", status="planned"), event("Norway shelled Sweden again."))
    assert changed([reading(event("Norway shelled Sweden."))], [planned]).lines == ()


def test_a_prospect_of_another_day_or_other_sides_does_not_turn_true() -> None:
    june = {"earliest": "2031-06-01", "latest": "2031-06-30"}
    for prospect in (
        event("Norway will meet Sweden in June.", "CONSULT", status="planned", **june),
        event("Norway will meet Finland.", "CONSULT", "NOR", "FIN", status="planned"),
        event("Norway will meet somebody.", "CONSULT", "NOR", "", status="planned"),
    ):
        day = {"earliest": "2031-05-01", "latest": "2031-05-01"}
        met = reading(event("Norway met Sweden on 1 May.", "CONSULT", **day))
        assert not any(text.startswith("Told as") for text in texts(changed([met], [april(prospect)])))


def test_a_forecast_nobody_made_before_is_new() -> None:
    foreseen = event("War may come by June.", status="possible")
    told = reading(foreseen, forecasts=(forecast(foreseen, "by June"),))
    assert any(text.startswith("New forecast: Oslo: ") for text in texts(changed([told], [april(OTHER)])))
    before = april(foreseen, forecasts=(forecast(foreseen, "by June"),))
    assert not any(text.startswith("New forecast") for text in texts(changed([told], [before])))


def test_what_several_papers_told_and_none_does_now_is_told_no_more() -> None:
    before = [april(event(f"{name}: Norway shelled Sweden."), source=name) for name in ("One", "Two")]
    [line] = changed([reading(OTHER)], [*before, april(OTHER)]).lines
    assert line.text == "Not told any more: Attack by Norway against Sweden, reported 10 April 2031 – 2 sources"
    assert changed([reading(OTHER)], [before[0], april(OTHER)]).lines == ()
    doubtful = reading(event("Norway shelled?", confidence=0.1), OTHER)
    assert changed([doubtful], [*before, april(OTHER)]).lines == ()


def many(count: int, published: str = "2031-05-02") -> list[Reading]:
    return [reading(event(f"Attack {number}."), source=str(number), published=published) for number in range(count)]


def test_a_pair_is_busier_only_if_it_is_so_among_all_that_is_told() -> None:
    others = [reading(event(f"Talk {number}.", "CONSULT", "FIN", "NATO"), source=str(number)) for number in range(6)]
    both = compared([*many(6), *others], [*many(2, published="2031-04-02"), *others], 0.5)
    assert [(one.pair, one.now, one.before) for one in changed_pairs(both.now, both.before)] == [(("NOR", "SWE"), 6, 2)]
    twice = compared([*many(6), *others], [*many(3), *others[:3]], 0.5)
    assert changed_pairs(twice.now, twice.before) == ()
    assert changed_pairs(both.now[:4], both.before[:1]) == ()


def test_a_count_names_the_command_that_gives_it() -> None:
    [line] = [
        line
        for line in changed([*many(6), reading(OTHER)], [april(OTHER), april(OTHER, source="Gazette")]).lines
        if line.query
    ]
    assert line.text == "More told of Norway → Sweden: 6 events, 0 in the window before, copies counted"
    assert line.query == (
        "siaga events --actor NOR --recipient SWE --published-since 2031-05-01 --published-until 2031-05-31 "
        "--min-confidence 0.5"
    )
    assert len(line.events) == 6
    assert len(line.notes) == 3


def test_a_source_with_spaces_is_quoted_in_the_command() -> None:
    assert count_query(("NOR", "SWE"), MAY, 0.5, ("--source", "Daily `Fjord`")).endswith("--source 'Daily `Fjord`'")
