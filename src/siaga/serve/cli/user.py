"""`siaga user`: who may use the web pages and the API."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TextIO

import click

from siaga.serve.cli.accounting import at_desk, desk
from siaga.serve.cli.languages import language_option
from siaga.serve.cli.workspaces import workspace_option

if TYPE_CHECKING:
    from siaga.base.person import Role
    from siaga.report.catalogue import Catalogue

__all__ = ["command"]

ROLES = ("viewer", "analyst", "admin")
"""Those of `base.account`, which `siaga --help` must not load; a test compares."""


@click.group("user")
def command() -> None:
    """Accounts of those who use the web pages and the API: add, list, another role or password, remove.

    As long as there is none, whoever is at this machine may do everything, and siaga serve answers nobody else. A
    viewer reads; an analyst also corrects, signs and acknowledges; an admin also changes accounts and settings.

    \b
    Examples:
      siaga user add ani --role admin
      siaga user add budi --role analyst
      siaga user list
    """  # noqa: D301 - click reads \b


def _password_option(command: Any) -> Any:  # noqa: ANN401 - whatever click decorates
    return click.option(
        "--password-file", type=click.File("r", encoding="utf-8"), default=None, metavar="FILE",
        help="Its first line is the password; - for standard input. By default you are asked for it.",
    )(command)  # fmt: skip


@command.command("add")
@click.argument("name")
@click.option(
    "--role", type=click.Choice(ROLES), default=None,
    help="What they may do; by default viewer, and admin for the first account.",
)  # fmt: skip
@_password_option
@language_option("what the command says")
@workspace_option
def add(
    workspace: str | None, name: str, role: Role | None, password_file: TextIO | None, language: str | None
) -> None:
    """Give somebody an account.

    \b
    Examples:
      siaga user add ani
      siaga user add budi --role analyst --password-file budi.txt
    """  # noqa: D301 - click reads \b
    from siaga.base.person import Person  # noqa: PLC0415 - `siaga --help` must not load records
    from siaga.serve.accounts.users import add_user, name_of, users  # noqa: PLC0415

    with at_desk(workspace, language) as at:
        given = role or ("viewer" if users(at.workspace) else "admin")
        password = _password(password_file, at.words)
        add_user(at.workspace, at.by, Person(name=name, role=given, means="session"), password)
        click.echo(at.words.say("account.added", name=name_of(name), role=at.words.say(f"account.role.{given}")))


@command.command("list")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help="table for people, jsonl for programs.",
)  # fmt: skip
@language_option("the list")
@workspace_option
def list_(workspace: str | None, format_: str, language: str | None) -> None:
    """List who has an account.

    \b
    Example:
      siaga user list
    """  # noqa: D301 - click reads \b
    from siaga.serve.accounts.users import users  # noqa: PLC0415

    at = desk(workspace, language)
    found = users(at.workspace)
    if format_ == "jsonl":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in found)
        return
    for one in found:
        role, day = at.words.say(f"account.role.{one.role}"), at.words.day(one.changed)
        click.echo(at.words.say("account.line", name=one.name, role=role, day=day))
    if not found:
        click.echo(at.words.say("account.none"), err=True)


@command.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@language_option("what the command says")
@workspace_option
def role(workspace: str | None, name: str, role: Role, language: str | None) -> None:
    """Give somebody another role; it counts from their next click on.

    \b
    Example:
      siaga user role budi admin
    """  # noqa: D301 - click reads \b
    from siaga.serve.accounts.users import change_role, name_of  # noqa: PLC0415

    with at_desk(workspace, language) as at:
        change_role(at.workspace, at.by, name, role)
        click.echo(at.words.say("account.changed", name=name_of(name), role=at.words.say(f"account.role.{role}")))


@command.command("password")
@click.argument("name")
@_password_option
@language_option("what the command says")
@workspace_option
def password(workspace: str | None, name: str, password_file: TextIO | None, language: str | None) -> None:
    """Give somebody another password; wherever they are logged in, they are logged out. Their tokens stay.

    \b
    Example:
      siaga user password ani
    """  # noqa: D301 - click reads \b
    from siaga.serve.accounts.users import change_password, name_of  # noqa: PLC0415

    with at_desk(workspace, language) as at:
        change_password(at.workspace, at.by, name, _password(password_file, at.words))
        click.echo(at.words.say("account.password_set", name=name_of(name)))


@command.command("remove")
@click.argument("name")
@language_option("what the command says")
@workspace_option
def remove(workspace: str | None, name: str, language: str | None) -> None:
    """Remove an account with its sessions and tokens; what it did stays in the audit trail.

    \b
    Example:
      siaga user remove budi
    """  # noqa: D301 - click reads \b
    from siaga.serve.accounts.users import name_of, remove_user, users  # noqa: PLC0415

    with at_desk(workspace, language) as at:
        remove_user(at.workspace, at.by, name)
        click.echo(at.words.say("account.removed", name=name_of(name)))
        if not users(at.workspace):
            click.echo(at.words.say("account.none"), err=True)


def _password(file: TextIO | None, words: Catalogue) -> str:
    """The first line of a file, else what is typed twice and not shown."""
    if file is not None:
        return file.readline().rstrip("\r\n")
    return str(click.prompt(words.say("account.ask"), hide_input=True, confirmation_prompt=words.say("account.again")))
