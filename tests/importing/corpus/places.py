"""Coordinates that are somewhere else, or the wrong way round."""

from __future__ import annotations

from pathlib import Path

import shapely

from tests.importing.corpus.base import ROADS, Imported, Refused, awkward, first
from tests.importing.counties import in_degrees, squares, write_vector


@awkward("roads", Imported(3))
def degrees(folder: Path) -> Path:
    return write_vector(folder / "r.gpkg", in_degrees(squares(3)), ROADS, "EPSG:4326")


@awkward("roads", Refused("使用范围"))
def axes_swapped(folder: Path) -> Path:
    swapped = [shapely.transform(one, lambda xy: xy[:, ::-1]) for one in squares(3)]
    return write_vector(folder / "r.gpkg", swapped, ROADS)


@awkward("roads", Refused("使用范围|公里"))
def metres_said_to_be_degrees(folder: Path) -> Path:
    return write_vector(folder / "r.gpkg", squares(3), ROADS, "EPSG:4326")


@awkward("roads", Refused("--crs"))
def no_system_at_all(folder: Path) -> Path:
    return write_vector(folder / "r.gpkg", squares(3), ROADS, None)


@awkward("roads", Imported(2, (), ("outside",)), set_aside=True)
def one_feature_at_zero_set_aside(folder: Path) -> Path:
    return one_feature_at_zero(folder)


@awkward("roads", Refused("使用范围之外.*--set-aside"))
def one_feature_at_zero(folder: Path) -> Path:
    lost = shapely.box(0, 0, 10, 10)
    return write_vector(folder / "r.gpkg", [*squares(2), lost], ROADS)


@awkward("roads", Refused("使用范围"))
def everything_at_zero(folder: Path) -> Path:
    shapes = [shapely.box(n, 0, n + 1, 1) for n in range(2)]
    return write_vector(folder / "r.gpkg", shapes, first(ROADS, 2))


@awkward("roads", Imported(3))
def a_local_wkt_without_a_code(folder: Path) -> Path:
    wkt = (
        'PROJCS["CGCS2000_3_Degree_GK_CM_111E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
        'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],'
        'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
        'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],'
        'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",111.0],'
        'PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
    )
    path = write_vector(folder / "r.shp", squares(3), ROADS, encoding="GBK")
    path.with_suffix(".prj").write_text(wkt)
    return path


@awkward("roads", Refused("--crs|坐标系"))
def a_prj_of_rubbish(folder: Path) -> Path:
    path = write_vector(folder / "r.shp", squares(3), ROADS, encoding="GBK")
    path.with_suffix(".prj").write_text("独立坐标系")
    return path
