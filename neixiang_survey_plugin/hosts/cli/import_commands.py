"""What the command ``county import`` takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from neixiang_survey_plugin.hosts.cli.arguments import JsonTarget
from neixiang_survey_plugin.hosts.cli.import_options import ImportOptions
from neixiang_survey_plugin.hosts.cli.options import with_options


def add_import_commands(county_app: typer.Typer) -> None:
    """Give the program the commands of this module."""
    county_app.command("import", help="把外来的图层收进县资料：认列、认词、认坐标，存疑的逐项问。")(
        with_options(county_import, ImportOptions)
    )


def county_import(
    layer: Annotated[str, typer.Argument(help="县图层名，如 roads、pipelines。")],
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE", help="外来的文件；几个合成一个图层。")
    ],
    into: Annotated[Path, typer.Option("--into", help="县资料文件夹，内有 county.toml。")],
    options: ImportOptions,
    json: JsonTarget = None,
) -> None:
    """Import one layer into a county's folder."""
    from neixiang_survey_plugin.hosts.cli.importing import run_county_import

    run_county_import(layer, sources, into, options, json_target=json)
