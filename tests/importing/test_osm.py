"""Extracts of OpenStreetMap pre-fill shapes and names, and prove no road's class."""

from __future__ import annotations

import struct
import tomllib
import zlib
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.importing.answers import Answers
from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.questions import Ask
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.run import ImportRequest, import_layer
from neixiang_survey_plugin.io.importing.source import read_source
from tests.importing.counties import make_county

NODES = [(111.84, 33.04), (111.841, 33.04), (111.841, 33.041), (111.84, 33.041)]
WAYS: list[tuple[list[int], dict[str, str]]] = [
    ([1, 2], {"highway": "secondary", "name": "范蠡大道", "width": "12"}),
    ([2, 3], {"highway": "footway"}),
    ([3, 4], {"highway": "residential", "name": "菊潭街"}),
    ([1, 2, 3, 4, 1], {"building": "yes"}),
    ([1, 2, 3, 1], {"leisure": "park", "name": "示例公园"}),
]


def extract(path: Path) -> Path:
    nodes = [
        f'<node id="{n}" version="1" lat="{lat}" lon="{lon}"/>'
        for n, (lon, lat) in enumerate(NODES, start=1)
    ]
    ways = []
    for number, (refs, tags) in enumerate(WAYS, start=10):
        inner = [f'<nd ref="{ref}"/>' for ref in refs]
        inner += [f'<tag k="{key}" v="{value}"/>' for key, value in tags.items()]
        ways.append(f'<way id="{number}" version="1">{"".join(inner)}</way>')
    path.write_text(f'<?xml version="1.0"?><osm version="0.6">{"".join(nodes + ways)}</osm>')
    return path


def varint(number: int) -> bytes:
    out = b""
    while True:
        number, low = number >> 7, number & 0x7F
        out += bytes([low | (0x80 if number else 0)])
        if not number:
            return out


def zigzag(number: int) -> bytes:
    return varint(number << 1 if number >= 0 else (-number << 1) - 1)


def degrees(number: float) -> bytes:
    return zigzag(round(number * 1e7))


def part(field: int, content: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(content)) + content


def whole(field: int, number: bytes) -> bytes:
    return varint(field << 3) + number


def binary_extract(path: Path) -> Path:
    """The same as PBF, by its public description: blobs of strings, nodes and ways."""
    words: list[str] = [""]

    def word(text: str) -> bytes:
        if text not in words:
            words.append(text)
        return varint(words.index(text))

    nodes = b"".join(
        part(
            1,
            whole(1, zigzag(n))
            + whole(8, zigzag(round(lat * 1e7)))
            + whole(9, zigzag(round(lon * 1e7))),
        )
        for n, (lon, lat) in enumerate(NODES, start=1)
    )
    ways = b""
    for number, (refs, tags) in enumerate(WAYS, start=10):
        steps = b"".join(
            zigzag(ref - before) for before, ref in zip([0, *refs], refs, strict=False)
        )
        keys = b"".join(word(key) for key in tags)
        values = b"".join(word(value) for value in tags.values())
        way = whole(1, varint(number)) + part(2, keys) + part(3, values) + part(8, steps)
        ways += part(3, way)
    strings = b"".join(part(1, text.encode()) for text in words)
    header = part(4, b"OsmSchema-V0.6") + part(4, b"DenseNodes")
    content = b""
    for kind, block in (
        (b"OSMHeader", header),
        (b"OSMData", part(1, strings) + part(2, nodes) + part(2, ways)),
    ):
        blob = whole(2, varint(len(block))) + part(3, zlib.compress(block))
        head = part(1, kind) + whole(3, varint(len(blob)))
        content += struct.pack(">I", len(head)) + head + blob
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("ending", [".osm", ".osm.pbf"])
def test_roads_of_an_extract_are_pre_filled_and_their_class_stays_unknown(
    tmp_path: Path, ending: str
) -> None:
    county = make_county(tmp_path / "county")
    path = tmp_path / f"内乡{ending}"
    extract(path) if ending == ".osm" else binary_extract(path)
    with pytest.raises(UndecidedError) as caught:
        import_layer(ImportRequest("roads", (path,), county))
    asks = {one.field: one for one in caught.value.questions}
    assert asks["road_class"].ask is Ask.CONFIRM
    assert any("不是道路等级的依据" in one for one in caught.value.problems)
    report = import_layer(ImportRequest("roads", (path,), county, answers=Answers(accept=True)))
    assert any("OSM 资料只作预填" in one for one in report.origin.remarks)
    roads = load_county(county).layers["roads"]
    assert roads.columns["name"].tolist() == ["范蠡大道", "菊潭街"]
    assert roads.columns["road_class"].tolist() == [None, None]
    assert "width_m" not in {one.mapping.field for one in report.fields if one.mapping.column}


def test_a_class_is_taken_from_tags_only_with_the_name_of_who_confirmed_it(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    path = extract(tmp_path / "内乡.osm")
    fields = {"road_class": "osm_highway", "delivered_on": None}
    values = {"road_class": {"highway=secondary": "arterial", "highway=residential": "local"}}
    told = Answers(fields=fields, values=values, new_ids="R")
    with pytest.raises(UndecidedError, match="--confirmed-by"):
        import_layer(ImportRequest("roads", (path,), county, answers=told))
    named = Answers(fields=fields, values=values, new_ids="R", confirmed_by="示例张工")
    import_layer(ImportRequest("roads", (path,), county, answers=named))
    roads = load_county(county).layers["roads"]
    assert roads.columns["road_class"].tolist() == ["arterial", "local"]
    memory = tomllib.loads((county / "imports.toml").read_text(encoding="utf-8"))
    assert memory["roads"]["confirmed_by"] == "示例张工"


def test_a_tag_is_asked_for_with_what_it_may_mean(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    fields = {"road_class": "osm_highway", "delivered_on": None}
    told = Answers(fields=fields, new_ids="R", confirmed_by="示例张工")
    path = extract(tmp_path / "内乡.osm")
    with pytest.raises(UndecidedError) as caught:
        import_layer(ImportRequest("roads", (path,), county, answers=told))
    proposed = {one.text: one.proposed for one in caught.value.questions}
    assert proposed == {"highway=secondary": "secondary", "highway=residential": "local"}


@pytest.mark.parametrize(("layer", "count"), [("buildings", 1), ("green_spaces", 1)])
def test_areas_of_an_extract_are_chosen_by_their_tags(
    tmp_path: Path, layer: str, count: int
) -> None:
    path = extract(tmp_path / "内乡.osm")
    assert len(read_source((path,), Choice(target=layer), Progress()).raw) == count


def test_mains_are_not_taken_from_openstreetmap(tmp_path: Path) -> None:
    path = extract(tmp_path / "内乡.osm")
    with pytest.raises(SurveyError, match="OSM 里没有可作 pipelines"):
        read_source((path,), Choice(target="pipelines"), Progress())
