"""A PostGIS for one benchmark or test: started in a folder, asked over its socket, stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "shared_buffers": "512MB",
    "work_mem": "128MB",
    "max_parallel_workers_per_gather": "2",
    "jit": "off",  # compiling costs more here than it saves
}


class PostgisMissingError(Exception):
    """PostgreSQL or PostGIS is not installed; the sentence says what is missing."""


class Postgis:
    """A running database; SQL goes in as text and comes out as rows of texts."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket  # the folder in which it listens
        self._psql = ["psql", "-h", str(socket), "-U", "postgres", "-d", "postgres", "-qAtX"]

    def run(self, sql: str) -> list[list[str]]:
        """The rows of some SQL; CalledProcessError with its message where it fails."""
        command = [*self._psql, "-v", "ON_ERROR_STOP=1", "-f", "-"]
        done = subprocess.run(command, input=sql, text=True, check=True, capture_output=True)
        return [row.split("|") for row in done.stdout.splitlines()]

    def load(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Copy rows into a table."""
        lines = "\n".join("\t".join(map(str, row)) for row in rows)
        self.run(f"COPY {table} FROM STDIN;\n{lines}\n\\.\n")

    def milliseconds(self, query: str, times: int) -> list[float]:
        """How long a query takes on the server, after one run that is not counted."""
        plans = self.run(f"EXPLAIN (ANALYZE, TIMING OFF) {query};\n" * (times + 1))
        found = [row[0] for row in plans if row[0].startswith("Execution Time")]
        return [float(one.split(":")[1].removesuffix("ms")) for one in found[1:]]


@contextmanager
def postgis() -> Iterator[Postgis]:
    """A new, empty PostGIS that is gone afterwards; PostgisMissingError where there is none."""
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="postgis-") as name:
        folder = Path(name)
        owner = _owner(folder)
        data = folder / "data"
        _call([*owner, str(programs / "initdb"), "-N", "-A", "trust", "-U", "postgres", str(data)])
        options = " ".join(f"-c {key}='{value}'" for key, value in _OPTIONS.items())
        started = [*owner, str(programs / "pg_ctl"), "-D", str(data), "-w"]
        log = ["-l", str(folder / "log")]
        _call([*started, *log, "-o", f"{options} -c unix_socket_directories='{folder}'", "start"])
        try:
            database = Postgis(folder)
            try:
                database.run("CREATE EXTENSION postgis;")
            except subprocess.CalledProcessError as error:
                raise PostgisMissingError(error.stderr.strip()) from None
            yield database
        finally:
            _call([*started, "-m", "immediate", "stop"])


def _programs() -> Path:
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not folders or shutil.which("psql") is None:
        raise PostgisMissingError(
            "PostgreSQL is not installed (Debian: postgresql postgresql-postgis)"
        )
    return folders[-1]


def _owner(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: there it runs as its own user."""
    if os.getuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _call(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
