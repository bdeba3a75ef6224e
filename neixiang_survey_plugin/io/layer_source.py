"""Where a canonical layer comes from and how its columns and words are to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from neixiang_survey_plugin.core.schema import LayerSchema

# A Shapefile keeps ten characters of a column's name.
_DBF_NAME_LENGTH = 10


@dataclass(frozen=True)
class LayerSource:
    """One layer as a county file names it, or the routes of a file.

    ``fields`` maps canonical to source column names, ``values`` for each field the source's
    words to canonical ones. ``config`` says where the two stand, for the way out in messages;
    None where there is no such place.
    """

    schema: LayerSchema
    path: Path
    layer: str | None = None
    crs: str | None = None
    encoding: str | None = None
    coverage: Path | None = None
    accuracy_m: float | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    config: str | None = None

    def wants(self, column: str) -> bool:
        """Whether a source column holds one of the fields."""
        return any(column.casefold() in self.names(known.name) for known in self.schema.fields)

    def column_of(self, name: str, columns: tuple[str, ...]) -> str | None:
        """The source column of a canonical field, None where the source has none."""
        by_name = {column.casefold(): column for column in reversed(columns)}
        return next((by_name[known] for known in self.names(name) if known in by_name), None)

    def names(self, name: str) -> tuple[str, ...]:
        """The names, in lower case, under which a source may hold a field."""
        mapped = self.fields.get(name)
        if mapped is not None:
            return (mapped.casefold(),)
        if self.path.suffix.lower() == ".shp":
            return (name, name[:_DBF_NAME_LENGTH])
        return (name,)
