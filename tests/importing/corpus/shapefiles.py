"""Shapefiles with parts missing, in wrong code pages, cut off."""

from __future__ import annotations

from pathlib import Path

from tests.importing.corpus.base import (
    ROADS,
    Imported,
    Refused,
    awkward,
    edited,
    pipes,
    roads,
)
from tests.importing.counties import squares, write_vector


def shapefile(folder: Path, encoding: str = "GBK") -> Path:
    path = roads(folder / "roads.shp", encoding=encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    return path


@awkward("roads", Imported(3, ("GB18030",)))
def gbk_without_cpg(folder: Path) -> Path:
    return shapefile(folder)


@awkward("roads", Imported(3, ("UTF-8",)))
def utf8_without_cpg(folder: Path) -> Path:
    return shapefile(folder, "UTF-8")


@awkward("roads", Imported(3, ("GB18030",)))
def gb18030_with_a_rare_character(folder: Path) -> Path:
    table = {**ROADS, "name": ["㙍园路", "菊潭街", "𠮷祥路"]}
    path = write_vector(folder / "r.shp", squares(3), table, encoding="GB18030")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    return path


@awkward("roads", Imported(3, ("GB18030",)))
def cpg_that_lies(folder: Path) -> Path:
    path = shapefile(folder)
    path.with_suffix(".cpg").write_text("UTF-8")
    return path


@awkward("roads", Imported(3, ("GB18030",)))
def cpg_of_western_europe(folder: Path) -> Path:
    path = shapefile(folder)
    path.with_suffix(".cpg").write_text("ISO-8859-1")
    return path


@awkward("roads", Imported(3, ("GB18030",)))
def wrong_code_page_byte(folder: Path) -> Path:
    path = shapefile(folder)
    edited(path.with_suffix(".dbf"), lambda content: content.__setitem__(29, 0x03))
    return path


@awkward("roads", Imported(3, (".shx",)))
def without_shx(folder: Path) -> Path:
    path = shapefile(folder)
    path.with_suffix(".shx").unlink()
    return path


@awkward("buildings", Imported(3, (".dbf",)))
def without_dbf(folder: Path) -> Path:
    path = shapefile(folder)
    path.with_suffix(".dbf").unlink()
    return path


@awkward("roads", Refused("--crs"))
def without_prj(folder: Path) -> Path:
    path = shapefile(folder)
    path.with_suffix(".prj").unlink()
    return path


@awkward("roads", Imported(3), crs="EPSG:4546")
def without_prj_but_told(folder: Path) -> Path:
    return without_prj(folder)


@awkward("roads", Imported(3))
def endings_in_capitals(folder: Path) -> Path:
    path = shapefile(folder)
    for part in list(folder.iterdir()):
        part.rename(part.with_suffix(part.suffix.upper()))
    return path.with_suffix(".SHP")


@awkward("roads", Refused("无法读取"))
def shp_cut_off(folder: Path) -> Path:
    return edited(shapefile(folder), lambda content: content[:90])


@awkward("roads", Refused("几何"))
def shp_cut_off_within_a_record(folder: Path) -> Path:
    return edited(shapefile(folder), lambda content: content[:-40])


@awkward("roads", Refused("被截断"))
def dbf_cut_off_within_a_row(folder: Path) -> Path:
    path = shapefile(folder)
    edited(path.with_suffix(".dbf"), lambda content: content[:-20])
    return path


@awkward("roads", Imported(3, ("末尾 3 行没有属性",)))
def dbf_cut_off_behind_its_head(folder: Path) -> Path:
    path = shapefile(folder)
    edited(path.with_suffix(".dbf"), lambda content: content[:-100])
    return path


@awkward("roads", Refused("0 字节"))
def shp_of_no_bytes(folder: Path) -> Path:
    path = shapefile(folder)
    path.write_bytes(b"")
    return path


@awkward("roads", Refused("没有任何要素"))
def shp_of_no_features(folder: Path) -> Path:
    return write_vector(folder / "r.shp", squares(3)[:0], {"a": []}, geometry_type="Polygon")


@awkward("roads", Imported(3))
def names_cut_to_ten_letters(folder: Path) -> Path:
    table = {"road_id": ["1", "2", "3"], "road_class": ["支路"] * 3}
    table |= {"delivered_on": ["20191201"] * 3, "overhauled_on": ["20200101"] * 3}
    return write_vector(folder / "r.shp", squares(3), table, encoding="GBK")


@awkward("buildings", Imported(3, ("编号",)))
def only_one_field(folder: Path) -> Path:
    return write_vector(folder / "b.shp", squares(3), {"备注": ["无", "无", "无"]}, encoding="GBK")


@awkward("pipelines", Imported(3, ("高程",)))
def shp_with_heights(folder: Path) -> Path:
    import shapely

    from tests.importing.counties import lines

    high = [shapely.force_3d(line, 93.5) for line in lines(3)]
    return pipes(folder / "p.shp", high, geometry_type="LineString Z", encoding="GBK")


@awkward("roads", Refused("没有这个文件"))
def not_there(folder: Path) -> Path:
    return folder / "nothing.shp"


@awkward("roads", Refused("没有带几何的图层"))
def only_the_dbf_of_a_shapefile(folder: Path) -> Path:
    path = shapefile(folder)
    path.unlink()
    return path.with_suffix(".dbf")
