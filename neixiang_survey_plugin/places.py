"""Where the shipped files lie: in a checkout, in an installed wheel, in a QGIS plugin."""

from __future__ import annotations

from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError

_PACKAGE = Path(__file__).resolve().parent


def rules_folder() -> Path:
    """The folder of the shipped policy files."""
    return _PACKAGE / "rules"


def policy_files() -> tuple[Path, ...]:
    """The shipped policies; the tables of clearances, trenches and repairs beside them are none."""
    files = sorted(rules_folder().glob("*.toml"))
    others = ("clearances", "trenches", "repairs", "planning")
    return tuple(path for path in files if not path.name.startswith(others))


def templates_folder() -> Path:
    """The folder of the shipped document templates."""
    return _PACKAGE / "templates"


def sample_county() -> Path:
    """The folder of the sample county; SurveyError when this installation came without it."""
    return _shipped("data", "county.toml")


def icons_folder() -> Path:
    """The folder of the icons; SurveyError when this installation came without them."""
    return _shipped("icons", "")


def _shipped(name: str, witness: str) -> Path:
    for parent in _candidates(_PACKAGE):
        if (parent / name / witness).exists():
            return parent / name
    raise SurveyError(
        f"找不到随程序提供的 {name} 文件夹（查找过 "
        f"{'、'.join(str(parent / name) for parent in _candidates(_PACKAGE))}）；请重新安装本程序"
    )


def _candidates(package: Path) -> tuple[Path, ...]:
    """A wheel carries the folders under ``_shipped``, a plugin inside, a checkout beside."""
    return (package / "_shipped", package, package.parent)
