"""The ways to whoever is to be told: mail, web hook, a feed on the disk, and what apprise knows.

Each sends one message, or says why not. The key goes along, so that whoever gets a message twice can tell.
"""

from __future__ import annotations

import hmac
import os
import smtplib
import ssl
import time
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path

from siaga import __version__
from siaga.base.alert import Alert, Target, target_of
from siaga.base.config import MailConfig
from siaga.base.errors import ConfigError, GivenError, NotSavedError, RejectError
from siaga.base.record import Record
from siaga.collect.fetch.address import networks
from siaga.collect.fetch.fetcher import will_pass
from siaga.collect.fetch.target import target_of as web_target
from siaga.collect.fetch.wire import Letter as WebLetter
from siaga.collect.fetch.wire import Limits, post
from siaga.report.alerts import Letter, letter, shipped_template
from siaga.report.atom import atom
from siaga.store.database import reading_from
from siaga.store.files import put_whole
from siaga.store.outbox import Job, sent_to
from siaga.store.secrets import secret
from siaga.store.workspace import Workspace

__all__ = ["Hook", "Unsent", "deliver"]

MAIL_SECONDS = 30.0
MOST_ANSWER = 100_000
"""Bytes of the answer to a web hook that are read."""
MOST_ENTRIES = 100
"""Of a feed."""
LASTING_FROM = 500
"""Replies of a mail server from this one on say that asking again will not help (RFC 5321, 4.2.1)."""


class Unsent(Exception):  # noqa: N818 - it is what became of the message
    """A message was not sent. `lasting`: trying again will not help."""

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.lasting = lasting


class Hook(Record):
    """What is posted to a web hook."""

    kind: str
    version: int
    key: str
    escalated: bool
    alert: Alert


def deliver(workspace: Workspace, job: Job, environment: Mapping[str, str] = os.environ) -> None:
    """Send a message to its target.

    Raises:
        Unsent: it could not be; says why, and whether trying again may help.

    """
    target = target_of(job.target)
    try:
        {"mail": _mail, "webhook": _hook, "atom": _feed, "apprise": _apprise}[target.channel](
            workspace, job, target, environment
        )
    except (ConfigError, GivenError, NotSavedError) as error:  # it can be put right, and is tried again
        raise Unsent(str(error)) from error


def _mail(workspace: Workspace, job: Job, target: Target, environment: Mapping[str, str]) -> None:
    settings = workspace.config.mail
    if not settings.host or not settings.sender:
        raise Unsent("no mail server is set: mail.host and mail.sender of siaga.toml")
    mail = _as_mail(settings, target.address, job, _letter(workspace, job))
    password = secret(workspace, "mail", environment)
    try:
        with _server(settings) as server:
            if settings.tls == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.user and settings.tls != "none":
                server.login(settings.user, password or "")
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise Unsent(f"refused: {error.recipients}", lasting=min(codes) >= LASTING_FROM) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unsent(f"{settings.host}:{settings.port}: {type(error).__name__}: {error}") from error


def _server(settings: MailConfig) -> smtplib.SMTP:
    if settings.tls == "tls":
        return smtplib.SMTP_SSL(
            settings.host, settings.port, timeout=MAIL_SECONDS, context=ssl.create_default_context()
        )
    return smtplib.SMTP(settings.host, settings.port, timeout=MAIL_SECONDS)


def _as_mail(settings: MailConfig, to: str, job: Job, said: Letter) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = said.subject, settings.sender, to
    mail["Date"], mail["Message-ID"] = formatdate(), f"<{job.key}@siaga.invalid>"
    mail["X-Siaga-Key"], mail["Auto-Submitted"] = job.key, "auto-generated"
    mail.set_content(said.text)
    mail.add_alternative(said.html, subtype="html")
    return mail


def _letter(workspace: Workspace, job: Job) -> Letter:
    """The alert as mail, by the templates of the workspace where there are any."""
    language = job.alert.language
    text, html = (_template(workspace.folder / "alerts" / "templates", language, kind) for kind in ("txt", "html"))
    return letter(job.alert, (text, html), escalated=job.escalated)


def _template(folder: Path, language: str, kind: str) -> str:
    own = folder / f"{language}.{kind}"
    return own.read_text("utf-8") if own.is_file() else shipped_template(language, kind)


def _hook(workspace: Workspace, job: Job, target: Target, environment: Mapping[str, str]) -> None:
    key = secret(workspace, "webhook", environment)
    if key is None:
        raise Unsent("no key to sign with: put one into secrets/webhook or SIAGA_SECRET_WEBHOOK")
    hook = Hook(kind="alert", version=1, key=job.key, escalated=job.escalated, alert=job.alert)
    body, moment = hook.to_json(), str(int(time.time()))
    signature = hmac.new(key.encode(), f"{moment}.".encode() + body, sha256).hexdigest()
    headers = {
        "Content-Type": "application/json", "User-Agent": f"siaga/{__version__}", "Idempotency-Key": job.key,
        "X-Siaga-Timestamp": moment, "X-Siaga-Signature": f"v1={signature}",
    }  # fmt: skip
    settings = workspace.config.fetch
    limits = Limits(deadline=settings.deadline, most_bytes=MOST_ANSWER, allowed=networks(settings.allow_networks))
    try:
        to = web_target(target.address, settings.ports)
        _require_taken(to.authority, post(to, WebLetter(headers=tuple(headers.items()), body=body), limits).status)
    except RejectError as error:
        raise Unsent(f"{error.code}: {error}", lasting=not will_pass(error)) from error


def _require_taken(who: str, status: int) -> None:
    """Make sure that a server took what was posted.

    Raises:
        RejectError: it did not; with its status.

    """
    if not 200 <= status < 300:  # noqa: PLR2004 - the class of success (RFC 9110)
        raise RejectError(f"http_{status}", f"{who} answered {status}")


def _feed(workspace: Workspace, job: Job, target: Target, _environment: Mapping[str, str]) -> None:
    with reading_from(workspace) as connection:
        entries = sent_to(connection, job.target, job.key, MOST_ENTRIES)
    path = workspace.folder / "alerts" / f"{target.address}.atom"
    put_whole(path, atom(target.address, entries))


def _apprise(workspace: Workspace, job: Job, target: Target, environment: Mapping[str, str]) -> None:
    name = f"apprise-{target.address}"
    address = secret(workspace, name, environment)
    if address is None:
        raise Unsent(f"no address of apprise: put it into secrets/{name}")
    try:
        import apprise  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise Unsent("apprise is not installed: pip install 'siaga[apprise]'") from error
    said, sender = _letter(workspace, job), apprise.Apprise()
    if not sender.add(address):
        raise Unsent(f"secrets/{name}: apprise does not understand this address")
    if not sender.notify(title=said.subject, body=said.text):
        raise Unsent(f"{target.address}: apprise could not send it; it says why in its log")
