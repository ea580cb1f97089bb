"""`siaga serve`: the pages, for a browser on this machine."""

from __future__ import annotations

import signal
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from types import FrameType

    from siaga.serve.web.serving import Serving
    from siaga.store.workspace import Workspace

__all__ = ["command"]

LOCAL = "localhost"
QUEUE = 128
"""Connections that wait to be taken."""
GRACE_SECONDS = 5


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0: any that is free.")
@workspace_option
def command(workspace: str | None, host: str, port: int) -> None:
    """Serve the pages of a workspace to a browser: board, stories, pairs, countries, actors.

    Nothing is opened but the port, and nothing is fetched. It goes on until Ctrl-C or SIGTERM. `siaga watch` may run
    beside it: it writes, the pages read.

    \b
    Examples:
      siaga serve
      siaga serve --port 8080 -w /srv/watch
    """  # noqa: D301 - click reads \b
    where = the_workspace(workspace)
    _refuse_beyond(host)
    stand_on_overlay(where)
    with _listening(host, port) as listener:
        _run(where, listener)


def _refuse_beyond(host: str) -> None:
    """Whoever reaches the port may do everything while there are no users: so nobody else may reach it."""
    if not _is_local(host):
        raise click.BadParameter(
            f"{host} can be reached from other machines, and nobody has a password yet. Expected 127.0.0.1, ::1 or "
            "localhost; to read from elsewhere, forward the port: ssh -L 8000:127.0.0.1:8000 MACHINE",
            param_hint="'--host'",
        )


def _is_local(host: str) -> bool:
    try:
        return host == LOCAL or ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    """The port, taken before anything is loaded, so that one that is taken is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise click.BadParameter(
            f"can't listen on {host}:{port}: {error.strerror}. Is another siaga serve running? Take another port: "
            "--port 8001",
            param_hint="'--port'",
        ) from error
    listener.listen(QUEUE)
    return listener


def _run(where: Workspace, listener: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415 - `siaga --help` must not load the server

    from siaga.serve.web.app import application  # noqa: PLC0415

    server = uvicorn.Server(uvicorn.Config(
        application(where, _serving(where)), log_level="warning", access_log=False, server_header=False,
        proxy_headers=False, lifespan="off", ws="none", timeout_graceful_shutdown=GRACE_SECONDS,
    ))  # fmt: skip
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _told_to_end)
    host, port = listener.getsockname()[:2]
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    server.run(sockets=[listener])


def _serving(_where: Workspace) -> Serving:
    from siaga.serve.web.serving import Serving  # noqa: PLC0415

    return Serving()


def _told_to_end(_number: int, _frame: FrameType | None) -> None:
    """Nothing more: the server has ended what it was answering, and sends itself the signal once more."""
