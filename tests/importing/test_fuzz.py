"""A share of the damaged files of ``benchmarks/fuzz_import.py``, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARE = 60


def test_whatever_is_done_to_a_file_an_import_ends_well_or_says_why_not() -> None:
    command = [sys.executable, "-m", "benchmarks.fuzz_import", "--workers", "1"]
    command += ["--count", str(SHARE), "--seed", "20261125"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert f"{SHARE} damaged files" in ran.stdout
