"""A file that appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neixiang_survey_plugin.io.survey.connection import check_is_free

_ENDINGS = ("", "-wal", "-shm", "-journal")


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """The path to write to; the file gets its name when all went well, else it is gone.

    SurveyError when the name is taken.
    """
    check_is_free(path)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        yield unfinished
        check_is_free(path)
        os.replace(unfinished, path)
    finally:
        for ending in _ENDINGS:
            unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
