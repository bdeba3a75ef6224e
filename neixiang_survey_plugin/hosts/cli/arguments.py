"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

RoutesFile = Annotated[
    Path, typer.Argument(help="外线文件：踏勘文件，或含 routes 线图层的任何矢量文件。")
]
SurveyFile = Annotated[Path, typer.Argument(help="踏勘文件 (*.survey.gpkg)。")]
NewFile = Annotated[Path, typer.Option("--out", help="写成的新文件。")]
CountyFolder = Annotated[Path, typer.Option("--county", help="县资料文件夹，内有 county.toml。")]
Day = Annotated[
    str | None, typer.Option("--on", help="判定日期 (2026-11-22)；外线自己的 planned_on 优先。")
]
JsonTarget = Annotated[
    str | None, typer.Option("--json", help="结果写入 JSON 文件；- 为标准输出。")
]
Every = Annotated[bool, typer.Option("--all", help="屏幕上列出全部，不止 200 行。")]
Strict = Annotated[bool, typer.Option("--strict", help="有任何一项不合格或未知时，退出状态为 1。")]
