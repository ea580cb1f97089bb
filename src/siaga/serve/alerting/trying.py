"""A message by which whoever made a rule sees that alerts arrive: nothing of it is stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from siaga.base.alert import Alert, Note, Rule
from siaga.base.ids import content_id
from siaga.report.alert_forms import sentence_of
from siaga.report.catalogue import catalogue
from siaga.serve.alerting.composing import moment_text
from siaga.store.outbox import Job

__all__ = ["trial"]


def trial(named: tuple[str, Rule], moment: datetime) -> Iterator[Job]:
    """A message to each address of a rule, after its name; with a key of its own each time."""
    name, rule = named
    words, fired = catalogue(rule.language), moment_text(moment)
    alert = Alert(
        id=content_id("trial", name, moment.isoformat()), rule=name, subject=name, since=fired[:10], as_of=fired[:10],
        fired=fired, language=rule.language, level=None, headline=words.say("alert.test_headline", name=name),
        lines=(Note(text=words.say("alert.test_line", sentence=sentence_of(rule, words))),), sentences=(),
    )  # fmt: skip
    for target in dict.fromkeys((*rule.to, *rule.escalate_to)):
        key = content_id("message", alert.id, target)
        yield Job(number=0, key=key, target=target, escalated=target not in rule.to, attempts=0, alert=alert)
