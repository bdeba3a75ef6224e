"""Beginning a survey: a new file with every table, journal and style."""

from __future__ import annotations

import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.crs import look_up_crs
from neixiang_survey_plugin.io.survey.connection import Connection, connect, transaction
from neixiang_survey_plugin.io.survey.failures import explained
from neixiang_survey_plugin.io.survey.meta import SCHEMA_VERSION, SurveyMeta, write_meta
from neixiang_survey_plugin.io.survey.script import run_script, schema_scripts
from neixiang_survey_plugin.io.survey.styles import write_styles
from neixiang_survey_plugin.io.survey.tables import make_triggers, register_tables
from neixiang_survey_plugin.io.survey.whole_file import appearing

_GPKG_ID = 0x47504B47  # "GPKG"
_GPKG_VERSION = 10300  # 1.3: 1.4 fails Debian's validator, and QGIS 3.22 warns of it
_WGS84 = 4326


def create_survey(path: Path, epsg: int, county_code: str | None = None) -> None:
    """A new survey file for the county grid of an EPSG code; SurveyError when there is one."""
    meta = SurveyMeta(str(uuid.uuid4()), SCHEMA_VERSION, epsg, now_text(), county_code)
    with (
        explained(path),
        appearing(path) as unfinished,
        closing(connect(unfinished, "mode=rwc")) as connection,
    ):
        lay_out(connection, meta)
        with transaction(connection):
            make_triggers(connection)


def lay_out(connection: Connection, meta: SurveyMeta) -> None:
    """Every table of a survey in an empty file, without triggers: nothing is journaled yet."""
    connection.execute(f"PRAGMA application_id = {_GPKG_ID}")
    connection.execute(f"PRAGMA user_version = {_GPKG_VERSION}")
    with transaction(connection):
        for version in range(1, meta.schema_version + 1):
            for script in schema_scripts(version):
                run_script(connection, script)
        _write_systems(connection, meta.epsg)
        register_tables(connection, now_text(), meta.epsg)
        write_styles(connection, now_text())
        write_meta(connection, meta)


def now_text() -> str:
    """This moment as GeoPackage writes it, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _write_systems(connection: Connection, epsg: int) -> None:
    """The systems that every GeoPackage names, and the county's."""
    rows = [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
        *(_system(code) for code in sorted({_WGS84, epsg})),
    ]
    connection.executemany(
        "INSERT INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization,"
        " organization_coordsys_id, definition) VALUES (?, ?, ?, ?, ?)",
        rows,
    )


def _system(epsg: int) -> tuple[str, int, str, int, str]:
    crs = look_up_crs(f"EPSG:{epsg}")
    if crs.is_geographic and epsg != _WGS84:
        raise SurveyError(f"EPSG:{epsg} 以度为单位，不能用来量算；请用投影坐标系，如 EPSG:4546")
    return crs.name, epsg, "EPSG", epsg, crs.to_wkt("WKT1_GDAL")
