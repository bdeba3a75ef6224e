"""What the plugin remembers: settings in QGIS's profile, survey and county in the project."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsSettings

from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.ui.settings import Settings, as_texts, from_texts

SCOPE = "neixiang_survey"
_LANGUAGE = "language"


def profile_folder() -> Path:
    """The folder of QGIS's profile."""
    return Path(QgsApplication.qgisSettingsDirPath())


def language() -> Language:
    """The language that QGIS speaks, as far as the plugin knows it."""
    chinese = QgsApplication.instance().locale().startswith("zh")
    return Language.CHINESE if chinese else Language.ENGLISH


def load_settings() -> Settings:
    """The settings as they were left, in QGIS's language."""
    kept, found = QgsSettings(), {}
    for name in as_texts(Settings()):
        value = kept.value(f"{SCOPE}/{name}")
        if value is not None:
            found[name] = str(value)
    return from_texts({**found, _LANGUAGE: language().value})


def keep_settings(settings: Settings) -> None:
    """Remember the settings; the language is QGIS's own."""
    kept = QgsSettings()
    for name, text in as_texts(settings).items():
        if name != _LANGUAGE:
            kept.setValue(f"{SCOPE}/{name}", text)


def project_path(name: str) -> Path | None:
    """A file or folder that the project remembers, such as ``survey``, where it is still there."""
    text, _ = QgsProject.instance().readEntry(SCOPE, name)
    path = Path(QgsProject.instance().readPath(text)) if text else None
    return path if path is not None and path.exists() else None


def keep_project_path(name: str, path: Path, project: QgsProject | None = None) -> None:
    """Let a project, else the open one, remember a file or folder, relative to its own."""
    project = project or QgsProject.instance()
    project.writeEntry(SCOPE, name, project.writePath(str(path)))


def is_of_the_sample() -> bool:
    """Whether the project is the one of the sample county, which begins with its cases."""
    sample, _ = QgsProject.instance().readBoolEntry(SCOPE, "sample", False)
    return bool(sample)


def keep_sample() -> None:
    """Let the project begin with the sample's cases."""
    QgsProject.instance().writeEntryBool(SCOPE, "sample", True)


def was_asked() -> bool:
    """Whether somebody was asked in this project which of its layers are the county's."""
    asked, _ = QgsProject.instance().readBoolEntry(SCOPE, "asked", False)
    return bool(asked)


def keep_asked(project: QgsProject | None = None) -> None:
    """Ask nobody again in a project, else in the open one."""
    (project or QgsProject.instance()).writeEntryBool(SCOPE, "asked", True)
