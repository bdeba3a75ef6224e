"""Beginning a county: a folder with a county file in which no layer stands yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_config import COUNTY_FILE
from neixiang_survey_plugin.io.grid_fit import county_crs
from neixiang_survey_plugin.io.policy_file import find_policy
from neixiang_survey_plugin.io.toml_writing import toml_value


@dataclass(frozen=True)
class NewCounty:
    """What a county has to say of itself: its name, its measuring grid, the policy it follows."""

    name: str
    epsg: int
    policy: str


@contextmanager
def begun(folder: Path, county: NewCounty | None) -> Iterator[None]:
    """The folder as a county, for an import into it; gone again where that comes to nothing.

    SurveyError where the folder is a county already, or the grid or policy is none. None: the
    folder has to be a county already.
    """
    if county is None:
        yield
        return
    file = folder / COUNTY_FILE
    if file.exists():
        raise SurveyError(f"{file}: 已经有县文件；不要再写 --begin")
    county_crs(county.epsg)
    find_policy(county.policy, folder)
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    text = (
        "schema = 1\n"
        f"name = {toml_value(county.name)}\n"
        f"epsg = {county.epsg}\n"
        f"policy = {toml_value(county.policy)}\n\n[layers]\n"
    )
    file.write_text(text, encoding="utf-8", newline="")
    try:
        yield
    except BaseException:
        file.unlink()
        if made and not any(folder.iterdir()):
            folder.rmdir()
        raise
