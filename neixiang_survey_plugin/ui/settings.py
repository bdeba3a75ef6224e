"""What a user may decide about the window: one typed model for form, file and checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, asdict, dataclass, field, fields, replace
from enum import Enum
from typing import Any

from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.theme import Density


@dataclass(frozen=True)
class Settings:
    """Every setting with its default; ``least`` and ``most`` bound the numbers."""

    language: Language = Language.CHINESE
    theme: Theme = Theme.LIGHT
    density: Density = Density.COMFORTABLE
    snapping: bool = True
    snap_px: int = field(default=12, metadata={"least": 4, "most": 40})
    show_readout: bool = True
    who: str = ""
    receiver: str = ""


def setting_fields() -> tuple[Field[Any], ...]:
    """The settings in the order in which the form shows them."""
    return fields(Settings)


def as_texts(settings: Settings) -> dict[str, str]:
    """The settings as a file keeps them."""
    return {name: _text(value) for name, value in asdict(settings).items()}


def from_texts(kept: Mapping[str, str]) -> Settings:
    """Settings from a file; what is missing or makes no sense there has its default."""
    usual = Settings()
    read = {
        one.name: value
        for one in setting_fields()
        if one.name in kept
        and (value := _read(one, getattr(usual, one.name), kept[one.name])) is not None
    }
    return replace(usual, **read)


def _text(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(one: Field[Any], usual: object, text: str) -> Any:
    """The value that a text stands for; None where it stands for none."""
    if isinstance(usual, Enum):
        return next((kind for kind in type(usual) if kind.value == text), None)
    if isinstance(usual, bool):
        return {"true": True, "false": False}.get(text)
    if isinstance(usual, int):
        within = text.isdigit() and one.metadata["least"] <= int(text) <= one.metadata["most"]
        return int(text) if within else None
    return text
