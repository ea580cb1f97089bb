"""Servers on this machine that take mail and web hooks, and remember what came."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

__all__ = ["Box", "Posted", "mail_server", "web_server"]


class Posted(NamedTuple):
    """What was posted to a web hook."""

    headers: dict[str, str]
    body: bytes


class Box:
    """What came, and how the server behaves."""

    def __init__(self, status: int = 200, reply: bytes = b"250 ok", pause: Callable[[], float] = lambda: 0.0) -> None:
        self.mails: list[Message] = []
        self.posts: list[Posted] = []
        self.status = status
        self.reply = reply
        """To a recipient."""
        self.pause = pause
        """Seconds before what came is confirmed."""

    @property
    def keys(self) -> list[str]:
        """The keys of all that came, in order for each server."""
        return [one["X-Siaga-Key"] for one in self.mails] + [one.headers["Idempotency-Key"] for one in self.posts]


class _Mail(socketserver.StreamRequestHandler):
    box: Box

    def handle(self) -> None:
        with suppress(OSError):  # whoever sent may be killed
            self._session()

    def _session(self) -> None:
        self._say(b"220 here")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self._say(b"354 go on")
                self._take()
            elif word == b"QUIT":
                self._say(b"221 bye")
                return
            else:
                self._say(self.box.reply if word == b"RCPT" else b"250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return
            lines.append(line.removeprefix(b"."))
        self.box.mails.append(message_from_bytes(b"".join(lines), policy=default))
        time.sleep(self.box.pause())
        self._say(b"250 taken")

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")
        self.wfile.flush()


class _Web(BaseHTTPRequestHandler):
    box: Box

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.box.posts.append(Posted(dict(self.headers.items()), body))
        time.sleep(self.box.pause())
        with suppress(OSError):  # whoever sent may be killed
            self.send_response(self.box.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server has it
        pass


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server(box: Box) -> Iterator[int]:
    """A server that takes mail; its port."""
    with _Server(("127.0.0.1", 0), type("Mail", (_Mail,), {"box": box})) as server, _running(server):
        yield server.server_address[1]


@contextmanager
def web_server(box: Box) -> Iterator[int]:
    """A server that takes web hooks; its port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Web", (_Web,), {"box": box})) as server, _running(server):
        server.daemon_threads = True
        yield server.server_port


@contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
