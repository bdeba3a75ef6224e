"""Shapefiles as they come: in every encoding, with parts missing, zipped, in one or more files."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.proposal import propose
from neixiang_survey_plugin.app.importing.questions import Ask
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.schema import ROADS
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.source import SourceRead, read_source
from tests.importing.counties import ROADS_GBK, squares, write_vector

LDID = 29


def shapefile(folder: Path, encoding: str = "GBK", name: str = "道路") -> Path:
    folder.mkdir(exist_ok=True)
    path = write_vector(folder / f"{name}.shp", squares(3), ROADS_GBK, encoding=encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    return path


def read(*paths: Path, choice: Choice | None = None) -> SourceRead:
    return read_source(paths, choice or Choice(), Progress())


def names(found: SourceRead) -> list[str]:
    return list(found.raw.columns["路名"])


@pytest.mark.parametrize("encoding", ["GBK", "GB18030", "UTF-8"])
@pytest.mark.parametrize("cpg", [None, "GBK", "UTF-8", "ISO-8859-1"])
@pytest.mark.parametrize("code_page", [0x00, 0x4D, 0x57])
def test_texts_are_read_right_whatever_cpg_and_code_page_say(
    tmp_path: Path, encoding: str, cpg: str | None, code_page: int
) -> None:
    path = shapefile(tmp_path, encoding)
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg)
    table = path.with_suffix(".dbf")
    content = bytearray(table.read_bytes())
    content[LDID] = code_page
    table.write_bytes(content)
    found = read(path)
    assert names(found) == ROADS_GBK["路名"]
    cut = ["道路编", "路名", "道路等", "交付日"]  # ten bytes, within a character
    assert list(found.raw.columns) == (cut if encoding == "UTF-8" else list(ROADS_GBK))
    assert propose(found.layer, ROADS).questions == ()
    assert found.layer.origin.encoding_reason


def test_an_encoding_that_is_told_is_taken_and_one_that_is_none_is_refused(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    assert names(read(path, choice=Choice(encoding="GBK"))) == ROADS_GBK["路名"]
    with pytest.raises(SurveyError, match="--encoding klingon"):
        read(path, choice=Choice(encoding="klingon"))


def test_a_missing_index_is_made_in_a_copy(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    path.with_suffix(".shx").unlink()
    found = read(path)
    assert names(found) == ROADS_GBK["路名"]
    assert [one.wkb for one in found.raw.geometry] == [one.wkb for one in read(path).raw.geometry]
    assert any(".shx" in one for one in found.layer.origin.remarks)
    assert not path.with_suffix(".shx").exists()


def test_a_missing_table_leaves_shapes_without_columns(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    path.with_suffix(".dbf").unlink()
    found = read(path)
    assert len(found.raw) == 3
    assert any(".dbf" in one for one in found.layer.origin.remarks)


def test_endings_in_capitals_or_mixed_are_found(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    for one in list(tmp_path.iterdir()):
        one.rename(one.with_suffix(one.suffix.title()))
    found = read(path.with_suffix(".Shp"))
    assert names(found) == ROADS_GBK["路名"]
    assert len(found.parts) == 4


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_zip_is_read_whatever_its_names_are_written_in(tmp_path: Path, encoding: str) -> None:
    path = shapefile(tmp_path / "shapes")
    packed = tmp_path / "道路.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for one in path.parent.iterdir():
            archive.write(one, one.name)
    if encoding == "gbk":
        content = packed.read_bytes()
        stem = path.stem.encode()
        shorter = path.stem.encode("gbk")
        assert stem in content
        packed.unlink()
        _zip_with_raw_names(packed, path, shorter)
    found = read(packed)
    assert names(found) == ROADS_GBK["路名"]
    assert found.parts == (packed,)


def _zip_with_raw_names(packed: Path, path: Path, stem: bytes) -> None:
    """As Windows does: names in GBK, no flag that says so."""
    with zipfile.ZipFile(packed, "w") as archive:
        for one in path.parent.iterdir():
            archive.write(one, stem.decode("cp437") + one.suffix)
    content = packed.read_bytes()
    packed.write_bytes(content.replace(stem.decode("cp437").encode(), stem))
    with zipfile.ZipFile(packed, "w") as archive:
        for one in path.parent.iterdir():
            info = zipfile.ZipInfo("x" * len(stem) + one.suffix)
            archive.writestr(info, one.read_bytes())
    packed.write_bytes(packed.read_bytes().replace(b"x" * len(stem), stem))


def test_several_sources_in_a_zip_are_asked_for(tmp_path: Path) -> None:
    shapefile(tmp_path / "shapes")
    shapefile(tmp_path / "shapes", name="绿地")
    packed = Path(shutil.make_archive(str(tmp_path / "all"), "zip", tmp_path / "shapes"))
    with pytest.raises(UndecidedError) as caught:
        read(packed)
    assert [one.ask for one in caught.value.questions] == [Ask.LAYER]
    assert set(caught.value.questions[0].choices) == {"道路.shp", "绿地.shp"}
    assert names(read(packed, choice=Choice(("道路.shp",)))) == ROADS_GBK["路名"]


def test_a_zip_that_points_outside_or_is_broken_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.zip"
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("../../evil.shp", b"")
    with pytest.raises(SurveyError, match="指向包外"):
        read(outside)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(outside.read_bytes()[:30])
    with pytest.raises(SurveyError, match="压缩包打不开"):
        read(broken)


def test_several_files_become_one_layer_that_says_where_each_row_is_from(tmp_path: Path) -> None:
    first, second = (
        shapefile(tmp_path / "a", name="给水管线"),
        shapefile(tmp_path / "b", "UTF-8", "污水管线"),
    )
    found = read(first, second)
    assert len(found.raw) == 6
    assert found.raw.columns["图层"] == ["给水管线"] * 3 + ["污水管线"] * 3
    assert names(found) == ROADS_GBK["路名"] * 2
    assert len(found.parts) == 8
    other = write_vector(tmp_path / "c.shp", squares(1), {"a": ["1"]}, "EPSG:4547")
    with pytest.raises(SurveyError, match="坐标系不同"):
        read(first, other)


def test_layers_of_one_file_are_joined_where_several_or_all_are_chosen(tmp_path: Path) -> None:
    path = tmp_path / "管网.gpkg"
    for layer in ("JSLINE", "PSLINE", "DLLINE"):
        write_vector(path, squares(2), {"编号": ["1", "2"]}, layer=layer, append=path.exists())
    with pytest.raises(UndecidedError):
        read(path)
    assert len(read(path, choice=Choice(("JSLINE", "DLLINE"))).raw) == 4
    whole = read(path, choice=Choice(("*",)))
    assert whole.raw.columns["图层"] == ["JSLINE"] * 2 + ["PSLINE"] * 2 + ["DLLINE"] * 2
    with pytest.raises(SurveyError, match="没有图层 RQ"):
        read(path, choice=Choice(("RQ",)))
