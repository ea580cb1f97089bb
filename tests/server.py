"""Debian's PostgreSQL for tests: a server of their own in a temporary folder, and a database for each workspace."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

__all__ = ["Server", "missing", "served"]

PLACES = "/usr/lib/postgresql/*/bin/postgres"
USER = "postgres"
"""Debian's: the server refuses to run as root."""
EMPTY = """
DO $$
DECLARE
  one name;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'siaga' AND tablename <> 'migration' LOOP
    EXECUTE format('DELETE FROM siaga.%I', one);
  END LOOP;
  FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'siaga' LOOP
    EXECUTE format('ALTER SEQUENCE siaga.%I RESTART', one);
  END LOOP;
  IF to_regclass('siaga.article_words_total') IS NOT NULL THEN
    INSERT INTO siaga.article_words_total VALUES (0, 0);
  END IF;
END
$$
"""
"""Leaves a database as `siaga init` does; none of the triggers that hold on to rows is asked."""
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it


class Server:
    """A running server; it listens on a socket in its folder and nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.taken: list[str] = []
        self._free: list[str] = []
        self._numbers = count(1)

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def database(self) -> str:
        """The URL of a database in which nobody has saved anything."""
        if not self._free:
            name = f"siaga_{next(self._numbers)}"
            self.run(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY wal_log")
            self._free.append(name)
        self.taken.append(self._free.pop())
        return self.url(self.taken[-1])

    def give_back(self, most: int) -> None:
        """Keep so many of the databases that were taken, and empty the others: making one takes longer."""
        while len(self.taken) > most:
            name = self.taken.pop()
            self.run(EMPTY, name)
            self._free.append(name)

    def processor_seconds(self) -> float:
        """What its processes have spent so far, those that ended as well."""
        parent = (self.folder / "data/postmaster.pid").read_text("utf-8").split()[0]
        fields = [path.read_text("utf-8").rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat")]
        ticks = sum(sum(map(int, one[11:13])) for one in fields if one[1] == parent)
        own = Path(f"/proc/{parent}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (ticks + sum(map(int, own[11:15]))) / os.sysconf("SC_CLK_TCK")

    def end_sessions(self) -> None:
        """As when the network fails: every session but this one ends."""
        self.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    def run(self, statement: str, database: str = USER) -> None:
        import psycopg  # noqa: PLC0415 - an extra: where it is missing these tests are skipped

        with psycopg.connect(self.url(database), autocommit=True) as session:
            session.execute(statement.encode())


def missing() -> str | None:
    """Why there can be no server here; null if there can."""
    try:
        import psycopg  # noqa: F401, PLC0415
    except ModuleNotFoundError:
        return "no psycopg: pip install 'siaga[postgresql]'"
    if not _binaries():
        return "no PostgreSQL: apt-get install postgresql"
    if os.geteuid() == 0 and not any(entry.pw_name == USER for entry in pwd.getpwall()):
        return f"no user {USER}, and PostgreSQL refuses to run as root"
    return None


@contextmanager
def served(*, durable: bool = False) -> Iterator[Server]:
    """A server that ends with the block, and its folder with it; in memory and without syncs unless it is durable."""
    folder = Path(mkdtemp(prefix="siaga-pg-", dir=MEMORY if os.access(MEMORY, os.W_OK) and not durable else None))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
    data, quick = folder / "data", "" if durable else "-c fsync=off -c full_page_writes=off"
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} {quick} -c max_connections=50"
    try:
        _run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        _run("pg_ctl", "-D", data, "-o", settings, "-l", folder / "log", "-w", "start")
        yield Server(folder)
    finally:
        _run("pg_ctl", "-D", data, "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> list[Path]:
    return sorted(path.parent for path in Path("/").glob(PLACES[1:]))


def _run(program: str, *arguments: str | Path, check: bool = True) -> None:
    command = [str(_binaries()[-1] / program), *map(str, arguments)]
    user = {"user": USER} if os.geteuid() == 0 else {}
    subprocess.run(command, check=check, capture_output=True, cwd="/", **user)  # type: ignore[call-overload]
