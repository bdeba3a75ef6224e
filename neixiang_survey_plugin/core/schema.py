"""Which fields each layer has: the one table that readers, checks and documents follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from neixiang_survey_plugin.core import vocabulary
from neixiang_survey_plugin.core.vocabulary import Words


class FieldType(Enum):
    """How the values of a field are held in memory."""

    TEXT = "text"  # object array of str or None
    WORD = "word"  # as TEXT, one of a vocabulary
    NUMBER = "number"  # float64, NaN where missing
    DATE = "date"  # datetime64[D], NaT where missing


class GeometryKind(Enum):
    """What a layer may be drawn as; multi-part geometries are exploded on reading."""

    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"


@dataclass(frozen=True)
class Field:
    """One field of a layer.

    ``required`` means that the column must be there and, for an identifier, filled in;
    the cells of any other required column may be empty, which is unknown and passes no rule.
    """

    name: str
    type: FieldType = FieldType.TEXT
    words: Words | None = None
    required: bool = False
    minimum: float | None = None
    above_zero: bool = False


@dataclass(frozen=True)
class LayerSchema:
    """The canonical form of one layer; ``id_field`` is unique and never empty."""

    name: str
    geometry: tuple[GeometryKind, ...]
    id_field: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)


def _text(name: str) -> Field:
    return Field(name)


def _id(name: str) -> Field:
    return Field(name, required=True)


def _word(name: str, words: Words, required: bool = False) -> Field:
    return Field(name, FieldType.WORD, words, required)


def _number(name: str, minimum: float | None = None, above_zero: bool = False) -> Field:
    return Field(name, FieldType.NUMBER, None, False, minimum, above_zero)


def _date(name: str, required: bool = False) -> Field:
    return Field(name, FieldType.DATE, None, required)


_LINE = (GeometryKind.LINE,)
_POLYGON = (GeometryKind.POLYGON,)

# A rule reads road_class and delivered_on of every touched road: a layer without the column is
# nearly always one whose fields were not mapped, so the column must be there, cells may be empty.
ROADS = LayerSchema(
    "roads",
    (GeometryKind.POLYGON, GeometryKind.LINE),
    "road_id",
    (
        _id("road_id"),
        _text("name"),
        _word("road_class", vocabulary.ROAD_CLASS, required=True),
        _number("width_m", above_zero=True),
        _date("delivered_on", required=True),
        _word("delivery_kind", vocabulary.DELIVERY_KIND),
        _date("overhauled_on"),
        _text("owner"),
    ),
)
SURFACES = LayerSchema(
    "surfaces",
    _POLYGON,
    "surface_id",
    (
        _id("surface_id"),
        _word("surface_kind", vocabulary.SURFACE_KIND),
        _word("pavement", vocabulary.PAVEMENT),
    ),
)
GREEN_SPACES = LayerSchema(
    "green_spaces",
    _POLYGON,
    "green_id",
    (
        _id("green_id"),
        _text("name"),
        _word("green_kind", vocabulary.GREEN_KIND),
        _text("owner"),
    ),
)
PIPELINES = LayerSchema(
    "pipelines",
    _LINE,
    "pipe_id",
    (
        _id("pipe_id"),
        _word("utility", vocabulary.PIPELINE_UTILITY, required=True),
        _word("laying", vocabulary.LAYING),
        _number("diameter_mm", above_zero=True),
        _word("pressure_class", vocabulary.PRESSURE_CLASS),
        _number("voltage_kv", minimum=0.0),
        _number("cover_m"),
        _text("owner"),
        _number("position_accuracy_m", minimum=0.0),
    ),
)
BUILDINGS = LayerSchema(
    "buildings",
    _POLYGON,
    "building_id",
    (_id("building_id"), _number("height_m", minimum=0.0)),
)
OBSTACLES = LayerSchema(
    "obstacles",
    (GeometryKind.POINT,),
    "obstacle_id",
    (_id("obstacle_id"), _word("kind", vocabulary.OBSTACLE_KIND)),
)
PLAN_LINES = LayerSchema(
    "plan_lines",
    _LINE,
    "plan_id",
    (
        _id("plan_id"),
        _word("utility", vocabulary.PIPELINE_UTILITY, required=True),
        _number("diameter_mm", above_zero=True),
        _text("plan_name"),
        _number("year"),
    ),
)
CONTROL_AREAS = LayerSchema(
    "control_areas",
    _POLYGON,
    "control_id",
    (
        _id("control_id"),
        _word("kind", vocabulary.CONTROL_KIND, required=True),
        _text("name"),
        _text("authority"),
    ),
)
SITES = LayerSchema(
    "sites", _POLYGON, "site_id", (_id("site_id"), _text("name"), _text("applicant"))
)
# Only counties with a detailed plan have it; nothing but the plan check asks for it.
LAND_USE = LayerSchema(
    "land_use",
    _POLYGON,
    "use_id",
    (
        _id("use_id"),
        _word("land_use", vocabulary.LAND_USE, required=True),
        _text("name"),
        _text("plan_name"),
    ),
)
COUNTY_LAYERS: Mapping[str, LayerSchema] = {
    schema.name: schema
    for schema in (
        ROADS,
        SURFACES,
        GREEN_SPACES,
        PIPELINES,
        BUILDINGS,
        OBSTACLES,
        PLAN_LINES,
        CONTROL_AREAS,
        SITES,
        LAND_USE,
    )
}
# What measuring, judging and conflicts read: the plan is held against by a check of its own.
JUDGED_LAYERS = (
    "roads",
    "green_spaces",
    "control_areas",
    "surfaces",
    "pipelines",
    "buildings",
    "obstacles",
    "sites",
)
# What the plan check reads.
PLAN_CHECK_LAYERS = (
    "plan_lines",
    "control_areas",
    "roads",
    "pipelines",
    "land_use",
    "sites",
)
# What packets hold besides: the plan that their lines are held against.
PACKET_LAYERS = (*JUDGED_LAYERS, "plan_lines", "land_use")
# What a county may leave out without anything of a check being missing.
OPTIONAL_LAYERS = frozenset({"land_use"})
# A line as it was surveyed after the works; what it is, the route of the same number says.
AS_BUILT = LayerSchema(
    "as_built",
    _LINE,
    "route_id",
    (
        _id("route_id"),
        _date("surveyed_on"),
        _text("surveyed_by"),
        _date("built_from"),
        _date("built_to"),
        _number("working_width_m", above_zero=True),
        _text("trenchless"),
    ),
)
# A way round the works that somebody proposes; without a case it is every case's.
DETOURS = LayerSchema(
    "detours", _LINE, "detour_id", (_id("detour_id"), _text("case_id"), _text("name"))
)
ROUTES = LayerSchema(
    "routes",
    _LINE,
    "route_id",
    (
        _id("route_id"),
        _word("utility", vocabulary.UTILITY, required=True),
        _text("case_id"),
        _text("site_id"),
        _text("unit"),
        _date("applied_on"),
        _number("diameter_mm", above_zero=True),
        _word("laying", vocabulary.LAYING),
        _word("pressure_class", vocabulary.PRESSURE_CLASS),
        _number("voltage_kv", minimum=0.0),
        _number("cover_m"),
        _number("trench_width_m", above_zero=True),
        _number("working_width_m", above_zero=True),
        _number("pit_length_m", above_zero=True),
        _number("pit_width_m", above_zero=True),
        _date("planned_on"),
        _date("works_from"),
        _date("works_to"),
        _text("contractor"),
        _text("trenchless"),
        _word("applicant_kind", vocabulary.APPLICANT_KIND),
        _number("power_kw", minimum=0.0),
        _number("duct_holes", minimum=0.0),
    ),
)
