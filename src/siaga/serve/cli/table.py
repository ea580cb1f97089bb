"""An article's events as a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from siaga.base.document import Reading
from siaga.base.event import Event, Party

__all__ = ["render"]

STATUS_STYLES = {"happened": "bold", "planned": "cyan", "considered": "blue", "possible": "yellow", "denied": "red"}


def render(reading: Reading) -> Iterator[RenderableType]:
    """The head of the article, its events, quotes and forecasts, and what was dropped."""
    yield _head(reading)
    if reading.events or reading.title_events:
        yield _event_table(reading)
    if reading.quotes:
        yield _quote_table(reading)
    if reading.forecasts:
        yield _forecast_table(reading)
    yield Text("")


def _head(reading: Reading) -> Text:
    article = reading.article
    head = Text(article.title or article.text.split("\n", 1)[0][:100] or article.id, style="bold underline")
    basis = f" ({article.published_basis})" if article.published_basis else ""
    facts = (article.source or "?", f"{article.published or '?'}{basis}", article.language or "?", article.id)
    head.append("\n" + " · ".join(facts), style="not bold not underline dim")
    for warning in article.warnings:
        head.append(f"\n! {warning}", style="not bold not underline yellow")
    if article.dropped:
        head.append(f"\n{len(article.dropped)} blocks dropped", style="not bold not underline dim")
    return head


def _event_table(reading: Reading) -> Table:
    table = _table("status", "type", "who → to whom", "where", "when", "how many", "sentence")
    for event in (*reading.title_events, *reading.events):
        table.add_row(
            Text(event.status, STATUS_STYLES[event.status]),
            event.type if event.mode is None else f"{event.type}\n{event.mode}",
            f"{_names(event.actors)} → {_names(event.recipients)}",
            event.place.name if event.place else "",
            _days(event),
            "\n".join(magnitude.text for magnitude in event.magnitude),
            _highlighted(event),
        )
    return table


def _quote_table(reading: Reading) -> Table:
    table = _table("speaker", "of", "told", "said")
    for quote in reading.quotes:
        text = f"“{quote.words}”" if quote.words else reading.article.text[quote.start : quote.end]
        speaker = quote.speaker or quote.speaker_text or "?"
        table.add_row(
            speaker + (" (anonymous)" if quote.anonymous else ""), quote.organisation, quote.medium, Text(text)
        )
    return table


def _forecast_table(reading: Reading) -> Table:
    table = _table("who foresees", "words", "window", "sentence")
    for forecast in reading.forecasts:
        window = f"{forecast.window_earliest or '…'} – {forecast.window_latest or '…'}"
        table.add_row(forecast.speaker, Text(forecast.words), window, Text(forecast.evidence.text))
    return table


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for column in columns:
        table.add_column(column, ratio=4 if column in {"sentence", "said"} else 1, overflow="fold")
    return table


def _names(parties: tuple[Party, ...]) -> str:
    return ", ".join(party.code or party.name or party.text for party in parties) or "?"


def _days(event: Event) -> str:
    if event.earliest == event.latest:
        return event.earliest or ""
    return f"{event.earliest or '…'} – {event.latest or '…'}"


def _highlighted(event: Event) -> Text:
    sentence = Text(event.evidence.text)
    sentence.highlight_words([event.trigger], "bold")
    return sentence
