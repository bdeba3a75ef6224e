"""`make deps` installs what is missing where it may, and else says the one command that does."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the script on a machine made of stand-ins, with three packages wanted."""
    tools = tmp_path / "a folder with spaces" / "tools"
    tools.mkdir(parents=True)
    script = Path(shutil.copy(ROOT / "tools" / "install_system_packages.sh", tools))
    (tools / "debian-packages.txt").write_text(
        "# why\none\n\ntwo  # reason\nthree  # tests only: x\n"
    )
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("bash", "dirname"):
        (programs / name).symlink_to(str(shutil.which(name)))

    def program(name: str, body: str) -> None:
        path = programs / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def run_script(
        installed: str, user: int, sudo_works: bool, debian: bool = True, option: str = ""
    ) -> subprocess.CompletedProcess[str]:
        if debian:
            # The last argument is the package; a package nobody knows is a failure.
            query = f'for p; do :; done; case " {installed} " in *" $p "*) echo installed;;'
            program("dpkg-query", f"{query} *) exit 1;; esac")
        program("id", f"echo {user}")
        program("sudo", 'shift; exec "$@"' if sudo_works else "exit 1")
        program("true", "exit 0")
        program("apt-get", 'echo "apt-get $*"')
        return subprocess.run(
            ["bash", str(script), *option.split()],
            env={**os.environ, "PATH": str(programs)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run_script


def test_who_only_runs_the_program_needs_no_package_of_the_tests(run: Run) -> None:
    result = run(installed="one", user=0, sudo_works=False, option="--without-tests")
    assert result.stdout.splitlines()[0] == "Installing two"
    assert run(installed="one two", user=1000, sudo_works=False).returncode == 2


def test_nothing_happens_where_all_are_there(run: Run) -> None:
    result = run(installed="one two three", user=1000, sudo_works=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_root_installs_only_what_is_missing(run: Run) -> None:
    result = run(installed="two", user=0, sudo_works=False)
    assert result.returncode == 0
    assert result.stdout.splitlines()[-1].endswith("--no-install-recommends one three")


def test_sudo_without_a_password_will_do(run: Run) -> None:
    result = run(installed="one two", user=1000, sudo_works=True)
    assert result.returncode == 0
    assert result.stdout.splitlines()[-1].endswith("--no-install-recommends three")


def test_without_the_right_to_install_the_one_command_is_printed(run: Run) -> None:
    result = run(installed="", user=1000, sudo_works=False)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1].strip() == (
        "sudo apt-get install --no-install-recommends one two three"
    )


def test_another_system_is_left_alone(run: Run) -> None:
    result = run(installed="", user=1000, sudo_works=False, debian=False)
    assert result.returncode == 0
    assert "Not a Debian system" in result.stdout


def test_no_package_is_listed_twice() -> None:
    text = (ROOT / "tools" / "debian-packages.txt").read_text(encoding="utf-8")
    names = [line.split()[0] for line in text.splitlines() if line and not line.startswith("#")]
    assert len(names) == len(set(names))
