"""Alerts: what somebody wants to be told of, what was found, and what is on its way to whom.

    Rule (trigger, to whom) ──on a day──▶ Match ──once an occasion──▶ Alert ──one a target──▶ Message in the outbox

A warning is the assessed score; an alert is its delivery.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

import msgspec

from siaga.base.errors import GivenError
from siaga.base.ids import content_id
from siaga.base.record import Record
from siaga.base.warning import Level

__all__ = [
    "Alert", "Channel", "Language", "Match", "Message", "Note", "Rule", "Target", "Trigger", "When",
    "alert_id", "target_of", "without_secrets",
]  # fmt: skip

When = Literal["level", "episode", "probability", "unusual", "claim", "silence", "search"]
Channel = Literal["mail", "webhook", "atom", "apprise"]
Language = Literal["en", "id"]
Hours = Annotated[float, msgspec.Meta(ge=0, le=24 * 366)]
_MAIL = re.compile(r"[^@\s,;<>\"]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class Trigger(Record):
    """What is looked for. Of `unit` and `watchlist` one at the most; without either, anything that was told of."""

    when: When
    unit: str | None = None
    """`RUS-UKR` or `UKR`."""
    watchlist: str | None = None
    level: Level | None = None
    """Of `level`: this one or a graver one."""
    probability: Annotated[float, msgspec.Meta(gt=0, le=1)] | None = None
    """Of `probability`: of an act of force within the horizon, this or more."""
    topic: str | None = None
    """Of `unusual`: a family or type of events, e.g. `protest`."""
    days: Annotated[int, msgspec.Meta(ge=0, le=366)] | None = None
    """Of `claim`: before the end of its window."""
    source: str | None = None
    """Of `silence`: an id; null: any."""
    words: str | None = None
    """Of `search`: as `siaga search` takes them."""


class Rule(Record):
    """A file of the folder alerts/ of a workspace; without its name, which is that of the file."""

    to: tuple[str, ...]
    """Whom: an address of mail, https://…, `atom:NAME` or `apprise:NAME`."""
    trigger: Trigger
    language: Language = "en"
    cooldown_hours: Hours = 72.0
    """For so long the same is not told again."""
    quiet: str | None = None
    """Hours in which nothing is sent, `22:00-06:00`; what comes up is sent at their end."""
    zone: str = "UTC"
    """Of the quiet hours, e.g. `Asia/Jakarta`."""
    wakes: Literal["waspada", "siaga", "awas", "never"] = "awas"
    """The least level that is sent in quiet hours all the same."""
    escalate_hours: Hours | None = None
    """Hours after which it goes to `escalate_to`, unless somebody acknowledges it."""
    escalate_to: tuple[str, ...] = ()


class Target(Record):
    """Where a message goes."""

    channel: Channel
    address: str


class Match(Record):
    """What a trigger looks for holds on a day."""

    day: str
    subject: str
    """Unit, claim, source, story or article: what is told once an occasion."""
    since: str
    """First day of the stretch on which it holds: the occasion."""
    level: Level | None = None
    """Of the unit on that day."""
    probability: float | None = None
    articles: tuple[str, ...] = ()
    """Ids, of a search."""
    label: str | None = None
    """What the subject is, in words of an article; null where its code says it."""


class Note(Record):
    """A line of an alert, and where it stands."""

    text: str
    url: str | None = None


class Alert(Record):
    """What was found and is told, in the language of its rule."""

    id: str
    rule: str
    subject: str
    since: str
    as_of: str
    """The day whose knowledge it rests on."""
    fired: str
    """RFC 3339, UTC."""
    language: Language
    level: Level | None
    headline: str
    lines: tuple[Note, ...]
    sentences: tuple[Note, ...]
    """Word for word, with outlet, day and place."""


class Message(Record):
    """An alert on its way to one target. The key is the same however often it is sent."""

    key: str
    alert: str
    target: str
    due: str
    escalated: bool = False


def alert_id(rule: str, match: Match) -> str:
    """The id of what a rule tells of an occasion: the same again makes no second alert."""
    return content_id("alert", rule, match.subject, match.since, match.day)


def target_of(written: str) -> Target:
    """Where a message goes that is addressed so.

    >>> target_of("atom:desk")
    Target(channel='atom', address='desk')

    Raises:
        GivenError: it is none of the four kinds, or has a password in it: rules are no place for secrets.

    """
    kind, _, rest = written.partition(":")
    if kind in {"http", "https"} and rest.startswith("//"):
        if "@" in rest[2:].partition("/")[0]:
            raise GivenError(f"{without_secrets(written)!r}: an address with a password; bodies are signed instead")
        return Target(channel="webhook", address=written)
    if kind == "atom" and _NAME.fullmatch(rest):
        return Target(channel="atom", address=rest)
    if kind == "apprise" and _NAME.fullmatch(rest):
        return Target(channel="apprise", address=rest)
    if _MAIL.fullmatch(mail := written.removeprefix("mailto:")):
        return Target(channel="mail", address=mail)
    raise GivenError(
        f"{without_secrets(written)!r}: expected an address of mail, https://…, atom:NAME or apprise:NAME (small "
        "letters, digits, hyphens)"
    )


def without_secrets(target: str) -> str:
    """A target as it may be shown: what stands before @ in the address of a web hook, and its query, are left out."""
    if not target.startswith(("http://", "https://")):
        return target
    scheme, _, rest = target.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path.partition('?')[0]}"
