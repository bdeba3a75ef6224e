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


_DONE = "-- done --"


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

    def session(self) -> Session:
        """A connection that stays open."""
        return Session(self._psql)

    def memory_mb(self) -> float:
        """What the server's processes hold, what they share counted once."""
        first = int((self.socket / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return sum(_proportional_mb(int(one)) for one in (first, *children))

    def milliseconds(self, query: str, times: int) -> list[float]:
        """How long a query takes on the server, after one run that is not counted."""
        plans = self.run(f"EXPLAIN (ANALYZE, TIMING OFF) {query};\n" * (times + 1))
        found = [row[0] for row in plans if row[0].startswith("Execution Time")]
        return [float(one.split(":")[1].removesuffix("ms")) for one in found[1:]]


def _proportional_mb(process: int) -> float:
    rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024


class Session:
    """One connection: a new one for each query would load PostGIS each time."""

    def __init__(self, psql: Sequence[str]) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._psql = subprocess.Popen([*psql, "-v", "ON_ERROR_STOP=1"], text=True, **pipes)

    def run(self, sql: str) -> list[list[str]]:
        """The rows of some SQL; RuntimeError where it ended the session."""
        assert self._psql.stdin is not None
        assert self._psql.stdout is not None
        self._psql.stdin.write(f"{sql}\n\\echo {_DONE}\n")
        self._psql.stdin.flush()
        rows = []
        for line in self._psql.stdout:
            if line.strip() == _DONE:
                return rows
            rows.append(line.rstrip("\n").split("|"))
        raise RuntimeError("PostgreSQL ended the session")

    def planned_and_run_ms(self, query: str) -> float:
        """How long a query takes on the server, once, planning included."""
        plan = self.run(f"EXPLAIN (ANALYZE, TIMING OFF) {query};")
        times = [row[0].split(":") for row in plan if " Time: " in row[0]]
        return sum(float(words[1].removesuffix("ms")) for words in times)

    def close(self) -> None:
        """Leave."""
        assert self._psql.stdin is not None
        self._psql.stdin.close()
        self._psql.wait()


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
