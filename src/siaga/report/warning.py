"""A warning told to people: level and why first, then what drives it, how unusual and how likely it is.

`told` makes a card of sections and lines in one language; the terminal, Markdown and HTML only set them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from siaga.base.record import Record
from siaga.base.warning import Card, Change, ClaimAbout, Driver, Footnote, Odds, SeriesTold, Span
from siaga.report.backtest import chance_word
from siaga.report.catalogue import Catalogue
from siaga.report.facts import SURE_ENOUGH, code_of, known_names
from siaga.report.timeline import sparkline
from siaga.report.wording import place_name, plain_act

__all__ = ["ToldCard", "ToldLine", "ToldSection", "figure", "headline", "note_line", "told", "unit_name"]

SMALL, TINY = 10, 0.1
"""Numbers below it are told with a decimal; those below the other are only said to be."""
ENOUGH = 0.5
"""Acts that are usual in a week, from which on a multiple of them says anything."""


class ToldLine(Record):
    """A line and the numbers of its notes."""

    text: str
    notes: tuple[int, ...] = ()


class ToldSection(Record):
    """Lines under a heading."""

    key: str
    heading: str
    lines: tuple[ToldLine, ...]


class ToldCard(Record):
    """A warning in words."""

    language: str
    level: str
    """Key: `normal`, `waspada`, `siaga`, `awas` or `unknown`."""
    headline: str
    why: tuple[ToldLine, ...]
    sections: tuple[ToldSection, ...]
    notes: tuple[Footnote, ...]


def told(card: Card, words: Catalogue) -> ToldCard:
    """The card in words."""
    names = known_names(words.language)
    parts = {
        "drivers": _drivers(card, names, words),
        "unusual": _unusual(card, words),
        "likely": _likely(card.odds, words),
        "alarms": _alarms(card, words),
        "claims": (_claim(one, words) for one in card.claims),
        "easing": (_driver(one, names, words) for one in card.easing),
        "stand": _stand(card, words),
        "change": (_change(one, card, words) for one in card.changes),
        "method": (ToldLine(text=words.say("warn.judged_by", program=card.method.program, rule=card.method.rule)),),
    }
    sections = (
        ToldSection(key=key, heading=words.say(f"warn.head_{key}"), lines=tuple(lines)) for key, lines in parts.items()
    )
    return ToldCard(
        language=words.language,
        level=card.level or "unknown",
        headline=headline(card, words),
        why=tuple(_why(card, words)),
        sections=tuple(one for one in sections if one.lines or one.key == "drivers"),
        notes=card.notes,
    )


def headline(card: Card, words: Catalogue) -> str:
    """Level, whom it is about, and the day: `SIAGA · Russia – Ukraine · 30 November 2021`."""
    level = words.say(f"warn.level_{card.level or 'unknown'}")
    return words.say("warn.headline", level=level, unit=unit_name(card.unit, words), day=words.day(card.as_of))


def unit_name(unit: str, words: Catalogue) -> str:
    """A country or pair by its names."""
    names = known_names(words.language)
    return words.say("warn.between").join(names.get(code, code) for code in unit.split("-"))


def note_line(note: Footnote, words: Catalogue) -> str:
    """Outlet, day and sentence."""
    source = note.source or words.say("line.no_source")
    sentence = " ".join(note.sentence.split())
    if not note.published:
        return words.say("line.note_undated", source=source, sentence=sentence)
    return words.say("line.note", source=source, day=words.day(note.published), sentence=sentence)


def _why(card: Card, words: Catalogue) -> Iterator[ToldLine]:
    """Why the level is what it is, in two lines: on what it stands, and how firm that is."""
    if card.level is None:
        yield ToldLine(text=words.say(f"warn.blind_{card.stand.state}"))
        return
    signals = card.signals
    kinds = words.listed([words.say(f"warn.kind_{kind}") for kind in signals.kinds])
    key = "warn.why" if signals.acts else "warn.why_none"
    yield ToldLine(
        text=words.say(key, acts=signals.acts, days=card.recent_days, kinds=kinds),
        notes=card.drivers[0].notes if card.drivers else (),
    )
    if open_series := [one for one in card.series if one.episodes.open]:
        since = words.day(open_series[0].episodes.spans[-1].first)
        yield ToldLine(text=words.say("warn.why_episode", since=since, ordinal=_ordinal_told(open_series[0], words)))
    if signals.acts:
        yield ToldLine(text=_firmness(card, words))
    if card.stand.state in {"source_failure", "silent"}:
        yield ToldLine(text=words.say(f"warn.blind_{card.stand.state}"))


def _firmness(card: Card, words: Catalogue) -> str:
    sources = card.sources
    counts = {"articles": sources.articles, "texts": sources.texts, "sources": sources.independent}
    if not sources.articles:
        return words.say("warn.imported")
    key = "warn.confirmed" if card.confirmed else "warn.unconfirmed"
    return words.say(key, **{name: words.number(count) for name, count in counts.items()})


def _drivers(card: Card, names: Mapping[str, str], words: Catalogue) -> Iterator[ToldLine]:
    yield from (_driver(one, names, words) for one in card.drivers)
    if card.more_drivers:
        yield ToldLine(text=words.say("brief.more", count=card.more_drivers))
    if not card.drivers:
        yield ToldLine(text=words.say("warn.no_drivers", days=card.recent_days))


def _driver(one: Driver, names: Mapping[str, str], words: Catalogue) -> ToldLine:
    act = plain_act(one.event, names, words)
    status = f"as.{one.event.status}"
    act = words.say(status, act=act) if words.has(status) else act
    place = place_name([one.event], names)
    line = words.say(
        "warn.driver",
        act=act,
        place=words.say("line.place", place=place) if place else "",
        days=_days(one.first, one.last, words),
        articles=one.articles,
        sources=one.independent_sources,
    )
    if one.event.confidence < SURE_ENOUGH:
        line = words.say("warn.unsure", line=line)
    if one.event.speaker:
        line = words.say("line.according", line=line, speakers=_speaker(one.event.speaker, names, words))
    return ToldLine(text=line, notes=one.notes)


def _speaker(name: str, names: Mapping[str, str], words: Catalogue) -> str:
    """Who says it: by our name if we know one, in quotation marks if the article names but an office."""
    if code := code_of(name):
        return names.get(code, name)
    return words.say("line.words", words=name) if name[:1].islower() else name


def _unusual(card: Card, words: Catalogue) -> Iterator[ToldLine]:
    for one in card.series:
        yield ToldLine(text=_series(one, words))
    for one in card.series:
        if one.episodes.spans:
            yield ToldLine(text=_episodes(one, words))


def _series(one: SeriesTold, words: Catalogue) -> str:
    drawn = sparkline([int(number) for number in one.last_year]).strip()
    name = words.say(f"warn.series_{one.name}")
    counts = {"name": name, "week": figure(one.observed, words), "month": figure(one.observed_four_weeks, words)}
    if one.expected is None or one.bound is None or one.chance is None or one.chance_four_weeks is None:
        return words.say("warn.learning", weeks=one.weeks_known, drawn=drawn, **counts)
    return words.say(
        "warn.series",
        usual=figure(one.expected, words),
        bound=figure(one.bound, words),
        ratio=words.say("warn.times", ratio=figure(one.ratio, words)) if one.ratio and one.expected >= ENOUGH else "",
        chance=_percent(one.chance, words),
        usual_month=figure(one.expected_four_weeks or 0.0, words),
        chance_month=_percent(one.chance_four_weeks, words),
        drawn=drawn,
        **counts,
    )


def _episodes(one: SeriesTold, words: Catalogue) -> str:
    spans = [_span(span, words) for span in one.episodes.spans]
    key = "warn.episodes_open" if one.episodes.open else "warn.episodes"
    name = words.say(f"warn.series_{one.name}")
    since = words.day(one.episodes.since)
    return words.say(key, name=name, ordinal=_ordinal_told(one, words), spans="; ".join(spans), since=since)


def _span(one: Span, words: Catalogue) -> str:
    return words.say("warn.span", days=_days(one.first, one.last, words).removeprefix(", "), acts=one.acts)


def _ordinal_told(one: SeriesTold, words: Catalogue) -> str:
    last = one.episodes.spans[-1]
    return words.say(
        "episodes.ordinal",
        ordinal=_ordinal(one.episodes.number_in_year, words),
        year=last.first[:4],
        rolling=_ordinal(one.episodes.number_in_twelve_months, words),
    )


def _ordinal(number: int, words: Catalogue) -> str:
    key = f"ordinal.{number}"
    return words.say(key) if words.has(key) else words.say("ordinal.more", number=number)


def _likely(odds: Odds, words: Catalogue) -> Iterator[ToldLine]:
    weeks = odds.horizon_weeks
    if odds.probability is None:
        known, needed = odds.weeks_known, odds.weeks_needed
        yield ToldLine(text=words.say("warn.no_odds", weeks=weeks, known=known, needed=needed))
    else:
        yield ToldLine(text=_probability(odds, words))
    if odds.base_cases:
        counts = {"true": words.number(odds.base_true), "cases": words.number(odds.base_cases)}
        own = {"own_true": odds.own_true, "own_cases": odds.own_cases}
        yield ToldLine(text=words.say("warn.base", weeks=weeks, units=odds.units, **counts, **own))
    yield ToldLine(text=words.say("warn.persists" if odds.persistence else "warn.persists_not", weeks=weeks))


def _probability(odds: Odds, words: Catalogue) -> str:
    chance = odds.probability or 0.0
    told = {
        "weeks": odds.horizon_weeks, "chance": _percent(chance, words), "word": chance_word(chance, words),
        "model": odds.model, "cases": words.number(odds.like_this), "true": words.number(odds.came_true),
    }  # fmt: skip
    if odds.low is None or odds.high is None:
        return words.say("warn.odds_wide", **told)
    key = "warn.odds" if odds.low <= chance <= odds.high else "warn.odds_off"
    return words.say(key, low=_percent(odds.low, words), high=_percent(odds.high, words), **told)


def _alarms(card: Card, words: Catalogue) -> Iterator[ToldLine]:
    one = card.alarms
    if not one.weeks:
        yield ToldLine(text=words.say("warn.no_record"))
        return
    counts = {"weeks": one.weeks, "alarms": one.alarms, "followed": one.followed, "horizon": card.odds.horizon_weeks}
    counts |= {"pending": one.pending}
    yield ToldLine(text=words.say("warn.record", onsets=one.onsets, warned=one.onsets_warned, **counts))


def _claim(one: ClaimAbout, words: Catalogue) -> ToldLine:
    speaker = one.speaker or words.say("line.anonymous")
    state = words.say(f"warn.claim_{one.state}")
    return ToldLine(text=words.say("warn.claim", speaker=speaker, words=one.words, state=state, id=one.id))


def _stand(card: Card, words: Catalogue) -> Iterator[ToldLine]:
    stand = card.stand
    yield ToldLine(text=words.say(f"warn.state_{stand.state}"))
    usual = "?" if stand.usual_articles is None else figure(stand.usual_articles, words)
    counts = {"articles": stand.articles, "usual": usual, "outlets": stand.outlets, "young": stand.young_outlets}
    yield ToldLine(text=words.say("warn.articles", **counts))
    newest = {
        "newest": words.day(stand.newest) if stand.newest else words.say("warn.no_article"),
        "about": words.day(stand.newest_about) if stand.newest_about else words.say("warn.no_article"),
    }
    yield ToldLine(text=words.say("warn.newest", **newest))
    if stand.failed:
        yield ToldLine(text=words.say("warn.failed", sources=words.listed(stand.failed)))
    if stand.unlinked:
        yield ToldLine(text=words.say("warn.unlinked", count=stand.unlinked))


def _change(one: Change, card: Card, words: Catalogue) -> ToldLine:
    level = words.say(f"warn.level_{one.level}")
    if one.condition is None:
        return ToldLine(text=words.say("warn.falls", level=level, day=words.day(one.day or card.as_of)))
    return ToldLine(text=words.say("warn.rises", level=level, lacking=words.listed(list(_lacking(one, card, words)))))


def _lacking(one: Change, card: Card, words: Catalogue) -> Iterator[str]:
    if one.lacking_force:
        yield words.say("warn.lacks_force", count=one.lacking_force)
    if one.lacking_acts > one.lacking_force:
        yield words.say("warn.lacks_acts", count=one.lacking_acts)
    if one.lacking_kinds:
        yield words.say("warn.lacks_kinds", count=one.lacking_kinds)
    if one.lacking_episode:
        bounds = [series.bound for series in card.series if series.bound is not None]
        key = "warn.lacks_episode" if bounds else "warn.lacks_episode_learning"
        yield words.say(key, bound=figure(min(bounds, default=0.0), words))


def _days(first: str, last: str, words: Catalogue) -> str:
    if first == last:
        return words.say("line.day", day=words.day(first))
    return words.say("line.span", first=words.day(first), last=words.day(last))


def figure(number: float, words: Catalogue) -> str:
    """A number, with one decimal where it is small; of one that is hardly more than nothing only that it is below."""
    if number >= SMALL or number == int(number):
        return words.number(round(number))
    if number < TINY:
        return words.say("warn.below", number=f"{TINY}".replace(".", words.say("warn.decimal")))
    return f"{number:.1f}".replace(".", words.say("warn.decimal"))


def _percent(chance: float, words: Catalogue) -> str:
    percent = 100 * chance
    written = f"{percent:.1f}" if percent < SMALL else f"{percent:.0f}"
    return words.say("warn.percent", number=written.replace(".", words.say("warn.decimal")))
