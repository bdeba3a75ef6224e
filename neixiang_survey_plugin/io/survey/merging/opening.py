"""Opening the files that are to be merged, and checking that they belong together."""

from __future__ import annotations

import string
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from neixiang_survey_plugin.app.checking import Tick
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.io.survey.connection import SUFFIX, Connection, connect
from neixiang_survey_plugin.io.survey.failures import explained
from neixiang_survey_plugin.io.survey.merging.copy import Copy, read_copy
from neixiang_survey_plugin.io.survey.meta import SCHEMA_VERSION, check_not_newer, read_meta
from neixiang_survey_plugin.io.survey.migrating import migrate
from neixiang_survey_plugin.io.survey.read_only import looking_into

LABELS = string.ascii_uppercase


@contextmanager
def opened(paths: Sequence[Path], tick: Tick | None = None) -> Iterator[list[Copy]]:
    """The files as they are at one moment, none of them changed; an older one as a migrated copy.

    SurveyError with one sentence for every file that cannot be merged with the others.
    """
    if not 2 <= len(paths) <= len(LABELS):
        raise SurveyError(f"合并需要 2 到 {len(LABELS)} 个踏勘文件，这里给了 {len(paths)} 个")
    with ExitStack() as stack:
        copies, problems = [], Problems()
        for number, (label, path) in enumerate(zip(LABELS, paths, strict=False)):
            if tick is not None:
                tick(number, len(paths))
            try:
                copies.append(_opened(label, path, stack))
            except SurveyError as error:
                problems.extend(error)
        problems.raise_if_any()
        try:
            _check_together(copies)
            yield copies
        finally:
            for copy in copies:
                copy.let_go()


def _opened(label: str, path: Path, stack: ExitStack) -> Copy:
    stack.enter_context(explained(path))
    connection = stack.enter_context(looking_into(path))
    meta = read_meta(connection, path)
    check_not_newer(meta, path)
    (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        raise SurveyError(f"{path}: 文件已损坏（{state}）；请先用 survey recover 抢救，再合并")
    if meta.schema_version < SCHEMA_VERSION:
        connection = stack.enter_context(_migrated(connection, path))
    connection.execute("BEGIN")
    return read_copy(label, path, connection)


@contextmanager
def _migrated(connection: Connection, path: Path) -> Iterator[Connection]:
    """An older file in today's schema, as a copy that goes away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        copy_path = Path(folder) / f"older{SUFFIX}"
        with closing(connect(copy_path, "mode=rwc")) as copy:
            connection.backup(copy)
            migrate(copy, copy_path, read_meta(copy, path), SCHEMA_VERSION)
            yield copy


def _check_together(copies: Sequence[Copy]) -> None:
    """One grid, and one county: surveys begun apart may meet, those of two counties may not."""
    first, problems = copies[0], Problems()
    for copy in copies[1:]:
        if copy.meta.epsg != first.meta.epsg:
            problems.add(
                f"{copy.path}: 坐标系是 EPSG:{copy.meta.epsg}，{first.path} 是"
                f" EPSG:{first.meta.epsg}；不同坐标系的踏勘文件不能合并"
            )
        codes = (first.meta.county_code, copy.meta.county_code)
        if None in codes and not first.origins & copy.origins:
            problems.add(
                f"{copy.path}: 与 {first.path} 不是同一次开始的踏勘，又没有都写明行政区划代码，"
                "无法确认是同一个县，不能合并"
            )
        elif None not in codes and codes[0] != codes[1]:
            problems.add(
                f"{copy.path}: 行政区划代码是 {codes[1]}，{first.path} 是 {codes[0]}；"
                "不同县的踏勘文件不能合并"
            )
    problems.raise_if_any()
