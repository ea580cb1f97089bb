"""An alert in full: what a rule found, with the sentences that it stands on, and the messages that carry it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from siaga.base.alert import Alert, Match, Message, Rule, alert_id
from siaga.base.ids import content_id
from siaga.monitor.alerting import may_be_sent
from siaga.monitor.ledger import ledger_series, standings
from siaga.report.alerts import Said, about_articles, about_card, about_claim, about_silence
from siaga.report.catalogue import Catalogue, catalogue
from siaga.serve.claimed import claims_by
from siaga.serve.warned import Wanted, warned
from siaga.store.database import reading_from
from siaga.store.load import load_reading
from siaga.store.workspace import Workspace

__all__ = ["composed", "messages_of", "moment_text"]


def composed(workspace: Workspace, named: tuple[str, Rule], match: Match, moment: datetime) -> Alert:
    """The alert of what a rule found.

    Args:
        workspace: to read from.
        named: the rule, after its name.
        match: what it found; its day is the one whose knowledge counts.
        moment: now, aware.

    """
    name, rule = named
    said = _said(workspace, rule, match, catalogue(rule.language))
    return Alert(
        id=alert_id(name, match), rule=name, subject=match.subject, since=match.since, as_of=match.day,
        fired=moment_text(moment), language=rule.language, level=match.level, headline=said.headline,
        lines=said.lines, sentences=said.sentences,
    )  # fmt: skip


def messages_of(alert: Alert, rule: Rule, match: Match, moment: datetime) -> Iterator[Message]:
    """The messages that carry an alert: one a target, and those that go further up later."""
    due = may_be_sent(rule, match, moment)
    for target in rule.to:
        yield _message(alert, target, due, escalated=False)
    for target in rule.escalate_to:
        yield _message(alert, target, due + timedelta(hours=rule.escalate_hours or 0), escalated=True)


def moment_text(moment: datetime) -> str:
    """A moment as it is stored."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _message(alert: Alert, target: str, due: datetime, *, escalated: bool) -> Message:
    key = content_id("message", alert.id, target, escalated)
    return Message(key=key, alert=alert.id, target=target, due=moment_text(due), escalated=escalated)


def _said(workspace: Workspace, rule: Rule, match: Match, words: Catalogue) -> Said:
    when = rule.trigger.when
    if when == "silence":
        return about_silence(match.subject, match.since, words)
    if when == "search":
        return _of_articles(workspace, rule.trigger.words or "", match, words)
    if when == "claim":
        return _of_claim(workspace, match, words)
    unit = (match.subject,)
    wanted = Wanted(pairs=unit) if "-" in match.subject else Wanted(countries=unit)
    [card] = warned(workspace, date.fromisoformat(match.day), wanted, claims_by(workspace, match.day)).cards
    return about_card(when, match, card, words)


def _of_articles(workspace: Workspace, asked: str, match: Match, words: Catalogue) -> Said:
    with reading_from(workspace) as connection:
        found = (load_reading(connection, id_) for id_ in match.articles)
        return about_articles(asked, [reading.article for reading in found if reading is not None], words)


def _of_claim(workspace: Workspace, match: Match, words: Catalogue) -> Said:
    with reading_from(workspace) as connection, ledger_series(workspace, match.day) as stored:
        ledger = standings(connection, stored, match.day)
    return about_claim(next(one for one in ledger if one.entry.claim.id == match.subject), words)
