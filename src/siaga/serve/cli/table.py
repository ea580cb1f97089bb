"""An article's events for the terminal: tables where there is room for them, else one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from siaga.base.document import Reading
from siaga.base.event import Event, Forecast, Party, Quote
from siaga.report.catalogue import Catalogue

__all__ = ["render"]

STATUS_STYLES = {"happened": "bold", "planned": "cyan", "considered": "blue", "possible": "yellow", "denied": "red"}
RATIOS = {"sentence": 8, "said": 8}
"""Shares of the width, by column; 2 for the others."""
WIDE = 110
"""Columns of a terminal from which a sentence in a table has forty of them."""


def render(reading: Reading, width: int, told: Catalogue) -> Iterator[RenderableType]:
    """The head of the article, its events, quotes and forecasts, and what was dropped, for so many columns."""
    yield _head(reading, told)
    yield from _tables(reading, told) if width >= WIDE else _list(reading, told)
    yield Text("")


def _tables(reading: Reading, told: Catalogue) -> Iterator[RenderableType]:
    if reading.events or reading.title_events:
        yield _event_table(reading, told)
    if reading.quotes:
        yield _quote_table(reading, told)
    if reading.forecasts:
        yield _forecast_table(reading, told)


def _list(reading: Reading, told: Catalogue) -> Iterator[RenderableType]:
    """Each with its facts in a line and its sentence below."""
    for event in (*reading.title_events, *reading.events):
        act = (_act(event, " "), _parties(event), _where(event), _days(event), _counts(event, ", "))
        yield _item(_status(event, told), act, _highlighted(event))
    for quote in reading.quotes:
        whose = (quote.organisation, quote.medium and told.say("read.told", medium=quote.medium))
        yield _item(Text(_speaker(quote, told), "bold"), whose, Text(_said(quote, reading)))
    for forecast in reading.forecasts:
        foreseen = (forecast.speaker, _window(forecast), forecast.words)
        yield _item(Text(told.say("read.forecast"), "yellow"), foreseen, Text(forecast.evidence.text))


def _item(first: Text, facts: Iterable[str | None], sentence: Text) -> RenderableType:
    line = Text(" · ").join((first, *(Text(fact) for fact in facts if fact)))
    return Group(line, Padding(sentence, (0, 0, 0, 2)))


def _head(reading: Reading, told: Catalogue) -> Text:
    article = reading.article
    head = Text(article.title or article.text.split("\n", 1)[0][:100] or article.id, style="bold underline")
    basis = f" ({article.published_basis})" if article.published_basis else ""
    facts = (article.source or "?", f"{article.published or '?'}{basis}", article.language or "?", article.id)
    head.append("\n" + " · ".join(facts), style="not bold not underline dim")
    for warning in article.warnings:
        head.append(f"\n! {warning}", style="not bold not underline yellow")
    if article.dropped:
        dropped = told.say("read.dropped", count=len(article.dropped))
        head.append(f"\n{dropped}", style="not bold not underline dim")
    return head


def _event_table(reading: Reading, told: Catalogue) -> Table:
    table = _table(told, "status", "type", "parties", "place", "days", "amount", "sentence")
    for event in (*reading.title_events, *reading.events):
        table.add_row(
            _status(event, told),
            _act(event, "\n"),
            _parties(event),
            _where(event),
            _days(event),
            _counts(event, "\n"),
            _highlighted(event),
        )
    return table


def _quote_table(reading: Reading, told: Catalogue) -> Table:
    table = _table(told, "speaker", "organisation", "medium", "said")
    for quote in reading.quotes:
        table.add_row(_speaker(quote, told), quote.organisation, quote.medium, Text(_said(quote, reading)))
    return table


def _forecast_table(reading: Reading, told: Catalogue) -> Table:
    table = _table(told, "foresees", "words", "window", "sentence")
    for forecast in reading.forecasts:
        table.add_row(forecast.speaker, Text(forecast.words), _window(forecast), Text(forecast.evidence.text))
    return table


def _table(told: Catalogue, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for column in columns:
        table.add_column(told.say(f"read.{column}"), ratio=RATIOS.get(column, 2), overflow="fold")
    return table


def _status(event: Event, told: Catalogue) -> Text:
    return Text(told.say(f"status.{event.status}"), STATUS_STYLES[event.status])


def _act(event: Event, between: str) -> str:
    return event.type if event.mode is None else f"{event.type}{between}{event.mode}"


def _parties(event: Event) -> str:
    return f"{_names(event.actors)} → {_names(event.recipients)}"


def _names(parties: tuple[Party, ...]) -> str:
    return ", ".join(party.code or party.name or party.text for party in parties) or "?"


def _where(event: Event) -> str:
    return event.place.name if event.place else ""


def _counts(event: Event, between: str) -> str:
    return between.join(magnitude.text for magnitude in event.magnitude)


def _speaker(quote: Quote, told: Catalogue) -> str:
    speaker = quote.speaker or quote.speaker_text or "?"
    return told.say("read.anonymous", speaker=speaker) if quote.anonymous else speaker


def _said(quote: Quote, reading: Reading) -> str:
    return f"“{quote.words}”" if quote.words else reading.article.text[quote.start : quote.end]


def _window(forecast: Forecast) -> str:
    return f"{forecast.window_earliest or '…'} – {forecast.window_latest or '…'}"


def _days(event: Event) -> str:
    if event.earliest == event.latest:
        return event.earliest or ""
    return f"{event.earliest or '…'} – {event.latest or '…'}"


def _highlighted(event: Event) -> Text:
    sentence = Text(event.evidence.text)
    sentence.highlight_words([event.trigger], "bold")
    return sentence
