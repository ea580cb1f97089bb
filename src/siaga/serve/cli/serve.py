"""`siaga serve`: the pages, for a browser on this machine."""

from __future__ import annotations

import signal
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.logging_ import log_option, logged_as
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from types import FrameType

    from siaga.serve.metrics.meter import Meter
    from siaga.serve.web.serving import Serving
    from siaga.store.workspace import Workspace

__all__ = ["command"]

LOCAL = "localhost"
Reached = tuple[tuple[str, ...], str | None]
"""By which names beyond this machine's own, and through which proxy."""
QUEUE = 128
"""Connections that wait to be taken."""
GRACE_SECONDS = 5


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0: any that is free.")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A name by which browsers reach it, besides those of this machine.",
)
@click.option(
    "--proxy", default=None, metavar="ADDRESS",
    help="Address of a proxy before it, which is believed when it says who asks, and that they ask by https.",
)  # fmt: skip
@log_option
@workspace_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    workspace: str | None, host: str, port: int, names: tuple[str, ...], proxy: str | None, log: str | None
) -> None:
    """Serve the pages of a workspace to a browser, and the API to programs.

    Nothing is opened but the port, and nothing is fetched. It goes on until Ctrl-C or SIGTERM. `siaga watch` may run
    beside it: it writes, the pages read. As long as nobody has an account (siaga user add) it answers this machine
    alone. Beyond it, let a proxy speak https: passwords must not cross a network in the clear. /metrics tells
    Prometheus how it fares.

    \b
    Examples:
      siaga serve
      siaga serve --port 8080 -w /srv/watch
      siaga serve --name siaga.example.org --proxy 127.0.0.1
    """  # noqa: D301 - click reads \b
    where = the_workspace(workspace)
    _refuse_beyond(where, (host, *names), proxy)
    stand_on_overlay(where)
    with logged_as(log, where), _listening(host, port) as listener:
        _run(where, listener, (names, proxy), as_json=(log or where.config.log.format) == "json")


def _refuse_beyond(where: Workspace, names: tuple[str, ...], proxy: str | None) -> None:
    """Whoever reaches the port may do everything while there are no users: so nobody else may reach it."""
    from siaga.serve.accounts.people import is_open_to_all  # noqa: PLC0415 - `siaga --help` must not load the store

    beyond = [name for name in names if not _is_local(name)]
    if (beyond or proxy is not None) and is_open_to_all(where):
        raise click.BadParameter(
            f"{', '.join(beyond) or proxy} can be reached from other machines, and nobody has an account. Add one: "
            "siaga user add NAME. Or answer 127.0.0.1, ::1 or localhost alone and forward the port: "
            "ssh -L 8000:127.0.0.1:8000 MACHINE",
            param_hint="'--host'" if beyond[:1] == [names[0]] else "'--name'" if beyond else "'--proxy'",
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


def _run(where: Workspace, listener: socket.socket, reached: Reached, *, as_json: bool) -> None:
    import uvicorn  # noqa: PLC0415 - `siaga --help` must not load the server
    from uvicorn.config import LOGGING_CONFIG  # noqa: PLC0415

    from siaga.serve.metrics.meter import Meter, Metered  # noqa: PLC0415
    from siaga.serve.web.app import application  # noqa: PLC0415

    host, port = listener.getsockname()[:2]
    names, proxy = reached
    meter = Meter()
    app = application(where, _serving(where, (host, *names), meter))
    app.state.outlooks.begin()
    server = uvicorn.Server(uvicorn.Config(
        Metered(app, meter), log_config=None if as_json else LOGGING_CONFIG, log_level="warning", access_log=False,
        server_header=False, proxy_headers=proxy is not None, forwarded_allow_ips=proxy, lifespan="off", ws="none",
        timeout_graceful_shutdown=GRACE_SECONDS,
    ))  # fmt: skip
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _told_to_end)
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    server.run(sockets=[listener])


def _serving(where: Workspace, names: tuple[str, ...], meter: Meter) -> Serving:
    from siaga.serve.accounts.people import person_of  # noqa: PLC0415
    from siaga.serve.api.app import mount  # noqa: PLC0415
    from siaga.serve.metrics.page import metrics_route  # noqa: PLC0415
    from siaga.serve.web.serving import LOCAL_NAMES, Serving  # noqa: PLC0415

    mounts = (mount(where), metrics_route(where, meter))
    return Serving(names=(*LOCAL_NAMES, *names), person_of=person_of, entrance="/login", mounts=mounts)


def _told_to_end(_number: int, _frame: FrameType | None) -> None:
    """Nothing more: the server has ended what it was answering, and sends itself the signal once more."""
