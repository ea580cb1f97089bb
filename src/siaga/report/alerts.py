"""Alerts in words: what is told of a warning, a claim, a source or articles, and the mail that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from siaga.base.alert import Alert, Match, Note, When
from siaga.base.article import Article
from siaga.base.claim import Standing
from siaga.base.pack import asset
from siaga.base.record import Record
from siaga.base.warning import Card
from siaga.report.catalogue import Catalogue, catalogue
from siaga.report.claims import claim_row
from siaga.report.template import Values, filled, filled_html
from siaga.report.warning import headline, note_line, told, unit_name

__all__ = [
    "Letter", "Said", "about_articles", "about_card", "about_claim", "about_silence", "letter", "shipped_template",
]  # fmt: skip

LONGEST_TITLE = 120


class Said(Record):
    """What is told."""

    headline: str
    lines: tuple[Note, ...]
    sentences: tuple[Note, ...] = ()


class Letter(Record):
    """An alert as it is sent to people."""

    subject: str
    text: str
    html: str


def about_card(when: When, match: Match, card: Card, words: Catalogue) -> Said:
    """What is told of a country or pair: level and why, what drives it, what would change it; with the sentences."""
    spoken = told(card, words)
    shown = [section for section in spoken.sections if section.key in {"drivers", "change"}]
    key = f"alert.begun_{when}"
    begun = words.say(
        key, unit=unit_name(card.unit, words), since=words.day(match.since),
        percent=f"{100 * (match.probability or 0):.0f}",
    )  # fmt: skip
    lines = (begun, *(line.text for line in spoken.why), *(line.text for one in shown for line in one.lines))
    sentences = (Note(text=note_line(note, words), url=note.url) for note in spoken.notes)
    return Said(headline=headline(card, words), lines=tuple(map(_line, lines)), sentences=tuple(sentences))


def about_claim(standing: Standing, words: Catalogue) -> Said:
    """What is told of a claim that falls due: who foresaw what, by when, and what is known of it."""
    row, claim = claim_row(standing, words), standing.entry.claim
    latest = words.day(claim.query.latest) if claim.query else ""
    lines = (words.say("alert.claim_who", who=row.who, made=words.day(row.made)), row.outcome)
    return Said(
        headline=words.say("alert.claim_due", what=row.what, day=latest),
        lines=tuple(map(_line, lines)),
        sentences=(_line(words.say("line.words", words=row.sentence)),),
    )


def about_silence(source: str, day: str, words: Catalogue) -> Said:
    """What is told of a source that fell silent."""
    lines = (words.say("warn.blind_source_failure"), words.say("alert.silence_do", source=source))
    return Said(headline=words.say("alert.silence", source=source, day=words.day(day)), lines=tuple(map(_line, lines)))


def about_articles(asked: str, found: Sequence[Article], words: Catalogue) -> Said:
    """What is told of new articles of one story in which the words of a search stand."""
    first = found[0]
    key = "alert.search_one" if len(found) == 1 else "alert.search"
    return Said(
        headline=words.say(key, words=asked, count=len(found), title=_title(first)),
        lines=tuple(Note(text=_article_line(one, words), url=one.url) for one in found),
    )


def letter(alert: Alert, templates: tuple[str, str], *, escalated: bool) -> Letter:
    """An alert as mail.

    Args:
        alert: what is told.
        templates: for text and for HTML.
        escalated: nobody took notice of it so far.

    Raises:
        GivenError: a template names what there is not.

    """
    words = catalogue(alert.language)
    values: Values = {
        "headline": alert.headline, "rule": alert.rule, "day": words.day(alert.as_of), "id": alert.id,
        "subject": alert.subject, "language": alert.language,
        "escalated": [{"text": words.say("alert.escalated")}] if escalated else [],
        "lines": _rows(alert.lines), "sentences": _rows(alert.sentences),
    }  # fmt: skip
    text, html = templates
    subject = " ".join(alert.headline.split())
    shown = words.say("alert.subject_escalated", headline=subject) if escalated else subject
    return Letter(subject=shown, text=filled(text, values), html=filled_html(html, values))


def shipped_template(language: str, kind: str) -> str:
    """The template that comes with Siaga: `txt` or `html`."""
    return asset("alerts", f"{language}.{kind}").read_text("utf-8")


def _rows(notes: Iterable[Note]) -> list[dict[str, str]]:
    return [{"text": one.text, "url": one.url or ""} for one in notes]


def _line(text: str) -> Note:
    return Note(text=text)


def _title(article: Article) -> str:
    return " ".join((article.title or article.text).split())[:LONGEST_TITLE]


def _article_line(article: Article, words: Catalogue) -> str:
    source = article.source or words.say("line.no_source")
    day = words.day(article.published) if article.published else "?"
    return f"{source}, {day}: {_title(article)}"
