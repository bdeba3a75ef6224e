"""Archives, folders, wrong endings, formats that hold several layers."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import shapely

from neixiang_survey_plugin.io.importing.choice import Choice
from tests.importing.corpus.base import ROADS, Imported, Refused, awkward, edited, roads
from tests.importing.corpus.shapefiles import shapefile
from tests.importing.counties import in_degrees, squares, write_vector


def zipped(folder: Path, *files: Path, encoding: str = "utf-8") -> Path:
    """An archive with the names in an encoding, which is not said, as Windows does."""
    path = folder / "source.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            info = zipfile.ZipInfo(file.name.encode(encoding).decode("cp437"))
            archive.writestr(info, file.read_bytes())
    content = path.read_bytes()
    for file in files:  # zipfile writes what is beyond ASCII as UTF-8 with a flag
        wrong = file.name.encode(encoding).decode("cp437").encode()
        content = content.replace(wrong, file.name.encode(encoding).ljust(len(wrong), b"_"))
    return path


@awkward("roads", Imported(3))
def zip_of_a_shapefile(folder: Path) -> Path:
    shapefile(folder / "in" if (folder / "in").mkdir() is None else folder)
    return zipped(folder, *sorted((folder / "in").iterdir()))


@awkward("roads", Imported(3, ("GB18030",)))
def zip_with_chinese_names_in_gbk(folder: Path) -> Path:
    inner = folder / "in"
    inner.mkdir()
    shapefile(inner)
    with zipfile.ZipFile(folder / "source.zip", "w") as archive:
        for part in sorted(inner.iterdir()):
            archive.write(part, f"AAAA{part.suffix}")
    name = "道路".encode("gbk")
    return edited(folder / "source.zip", lambda content: bytes(content).replace(b"AAAA", name))


@awkward("roads", Refused("压缩包打不开"))
def zip_cut_off(folder: Path) -> Path:
    return edited(zip_of_a_shapefile(folder), lambda content: content[: len(content) // 2])


@awkward("roads", Refused("没有带几何的图层"))
def zip_of_no_map(folder: Path) -> Path:
    note = folder / "readme.txt"
    note.write_text("nothing")
    return zipped(folder, note)


@awkward("roads", Refused("--layer"))
def zip_of_two_shapefiles(folder: Path) -> Path:
    path = shapefile(folder)
    for part in list(folder.iterdir()):
        shutil.copyfile(part, folder / f"other{part.suffix}")
    return zipped(folder, *sorted(folder.iterdir())) if path else path


@awkward("roads", Refused("指向包外"))
def zip_that_reaches_out(folder: Path) -> Path:
    path = folder / "source.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.geojson", "{}")
    return path


@awkward("roads", Refused("没有带几何的图层"))
def kmz_without_kml(folder: Path) -> Path:
    path = folder / "source.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("files/picture.png", b"\x89PNG")
    return path


@awkward("buildings", Imported(3))
def kml_with_areas(folder: Path) -> Path:
    return write_vector(
        folder / "b.kml",
        in_degrees(squares(3)),
        {"Name": ["甲", "乙", "丙"]},
        "EPSG:4326",
        driver="KML",
    )


@awkward("buildings", Imported(3))
def kmz_with_areas(folder: Path) -> Path:
    kml = kml_with_areas(folder)
    path = folder / "source.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(kml, "doc.kml")
    return path


@awkward("roads", Imported(3))
def file_geodatabase(folder: Path) -> Path:
    return roads(folder / "g.gdb", driver="OpenFileGDB", layer="DLM")


@awkward("roads", Refused("--layer"))
def geopackage_of_two_layers(folder: Path) -> Path:
    path = roads(folder / "g.gpkg", layer="a")
    return write_vector(path, squares(3), ROADS, layer="b", append=True)


@awkward("roads", Imported(3), choice=Choice(("B",)))
def geopackage_of_two_layers_one_chosen(folder: Path) -> Path:
    return geopackage_of_two_layers(folder)


@awkward("roads", Refused("c.*a、b|a、b"), choice=Choice(("c",)))
def a_layer_that_is_not_there(folder: Path) -> Path:
    return geopackage_of_two_layers(folder)


@awkward("roads", Refused("文件夹"))
def a_folder(folder: Path) -> Path:
    (folder / "shp").mkdir()
    return folder / "shp"


@awkward("roads", Imported(3))
def a_geopackage_named_geojson(folder: Path) -> Path:
    return roads(folder / "g.gpkg").rename(folder / "g.geojson")


@awkward("roads", Refused("GeoPackage|数据库|损坏"))
def a_geojson_named_geopackage(folder: Path) -> Path:
    path = write_vector(folder / "g.geojson", in_degrees(squares(3)), ROADS, "EPSG:4326")
    return path.rename(folder / "g.gpkg")


@awkward("roads", Refused("无法读取"))
def a_picture(folder: Path) -> Path:
    path = folder / "map.shp"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 500)
    return path


@awkward("roads", Refused("无法读取|损坏"))
def geopackage_cut_off(folder: Path) -> Path:
    return edited(roads(folder / "g.gpkg"), lambda content: content[:20_000])


@awkward("roads", Refused("无法读取"))
def geojson_cut_off(folder: Path) -> Path:
    path = write_vector(folder / "g.geojson", in_degrees(squares(3)), ROADS, "EPSG:4326")
    return edited(path, lambda content: content[: len(content) // 2])


@awkward("roads", Imported(3))
def geojson_with_a_crs_member(folder: Path) -> Path:
    return geojson(folder, "urn:ogc:def:crs:EPSG::4546")


@awkward("roads", Refused("--crs|坐标系"))
def geojson_with_a_crs_that_nobody_knows(folder: Path) -> Path:
    return geojson(folder, "urn:ogc:def:crs:EPSG::999999")


@awkward("roads", Imported(3))
def geojson_with_a_byte_order_mark(folder: Path) -> Path:
    path = geojson(folder, "urn:ogc:def:crs:EPSG::4546")
    return edited(path, lambda content: b"\xef\xbb\xbf" + content)


def geojson(folder: Path, crs: str) -> Path:
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(shapely.to_geojson(shape)),
            "properties": {name: cells[row] for name, cells in ROADS.items()},
        }
        for row, shape in enumerate(squares(3))
    ]
    said = {"type": "name", "properties": {"name": crs}}
    path = folder / "g.geojson"
    collection = {"type": "FeatureCollection", "crs": said, "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    return path


@awkward("roads", Refused("没有任何要素|没有带几何"))
def geojson_of_nothing(folder: Path) -> Path:
    path = folder / "g.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    return path
