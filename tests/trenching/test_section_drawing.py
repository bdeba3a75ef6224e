"""The drawing of a section: to scale, every figure on it, the same on screen, paper and in CAD."""

from __future__ import annotations

import builtins
import itertools
import threading
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import ezdxf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.colours import UTILITY_COLOURS
from neixiang_survey_plugin.app.drawings import Disc, Drawing, Layer, Stroke, Words
from neixiang_survey_plugin.app.trenching.section_drawing import section_drawing
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection
from neixiang_survey_plugin.core.trenching.profile import Profile, SurfaceAbove, profile_of
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.io.drawing_dxf import write_dxf
from neixiang_survey_plugin.qt import QtGui
from neixiang_survey_plugin.render.fonts import font
from neixiang_survey_plugin.render.section import drawing_image, start_painting, write_svg
from tests.trenching.test_cross_section import line, section
from tests.trenching.towns import line as town_line
from tests.trenching.towns import only, planner, proposal, town

SECTION = section(line("power", 400.0, 0.5), line("water", 110.0, 1.2))


def words(drawing: Drawing, layer: Layer | None = None) -> list[str]:
    return [
        one.text
        for one in drawing.primitives
        if isinstance(one, Words) and (layer is None or one.layer is layer)
    ]


def discs(drawing: Drawing) -> list[Disc]:
    return [one for one in drawing.primitives if isinstance(one, Disc)]


def test_every_line_lies_where_the_section_puts_it_in_its_colour() -> None:
    power, water = discs(section_drawing(SECTION))
    assert (power.centre, power.radius_m) == ((0.2, -0.7), 0.2)
    assert water.centre == pytest.approx((0.955, -1.255))
    assert (power.fill, water.fill) == (UTILITY_COLOURS["power"], UTILITY_COLOURS["water"])
    assert power.colour == water.colour != power.fill  # a casing round both


def test_cover_levels_gaps_trench_and_width_are_dimensioned() -> None:
    shown = words(section_drawing(SECTION), Layer.DIMENSION)
    # covers, the clear gap, the trench from wall to wall, all between outer faces
    assert shown == ["0.50", "1.20", "0.50", "1.61", "1.01"]
    assert words(section_drawing(SECTION), Layer.TRENCH) == ["-1.00", "-1.41"]


def test_the_title_says_what_it_is_at_which_scale_in_which_order() -> None:
    title, below = words(section_drawing(SECTION), Layer.WORDS)[:2]
    assert title == "电力、给水 断面图"
    assert below == "1:10，尺寸单位 m、外径 mm，按 4.1.3 的次序"


def test_a_wide_section_takes_a_smaller_scale_and_still_fits_the_sheet() -> None:
    wide = section(line("power", 400.0), line("heat", 900.0), trench=(0, 1))
    for one in (SECTION, wide):
        drawing = section_drawing(one)
        assert drawing.width_mm <= 240.0
        for primitive in drawing.primitives:
            if isinstance(primitive, Stroke):
                for across, up in primitive.points:
                    assert drawing.low[0] <= across <= drawing.high[0]
                    assert drawing.low[1] <= up <= drawing.high[1]


def test_what_nobody_knows_is_drawn_dashed_and_said() -> None:
    drawing = section_drawing(section(line("power", 400.0, None)))
    (trench,) = [p for p in drawing.primitives if isinstance(p, Stroke) and p.fill and p.dashed]
    assert trench.layer is Layer.TRENCH
    assert words(drawing).count("未知") == 2  # the cover, and the level of the floor


def test_a_red_line_on_the_sheet_is_drawn_to_scale() -> None:
    drawing = section_drawing(SECTION, Profile(red_lines_m=(-0.4,)))
    lines = [p for p in drawing.primitives if isinstance(p, Stroke) and p.layer is Layer.LIMIT]
    assert [point[0] for one in lines for point in one.points] == [-0.4, -0.4]
    assert words(drawing, Layer.LIMIT) == ["道路红线"]


def test_a_red_line_beyond_the_sheet_says_how_far_it_is_from_the_trench() -> None:
    drawing = section_drawing(SECTION, Profile(red_lines_m=(-9.0, -5.3), kerbs_m=(-6.0,)))
    assert words(drawing, Layer.LIMIT) == ["← 道路红线 5.00 m", "← 路缘 5.70 m"]


def test_the_surface_above_is_named() -> None:
    above = SurfaceAbove(-5.0, 5.0, "sidewalk", "brick")
    drawing = section_drawing(SECTION, Profile(surfaces=(above,)))
    assert "人行道（砖）" in words(drawing, Layer.GROUND)


def test_the_profile_is_cut_across_the_middle_of_the_stretch() -> None:
    routes = (town_line("0 12, 60 12", "power"), town_line("0 14, 60 14", "water"))
    one = proposal(only(*routes))
    found = planner().profile(one)
    assert one.section is not None
    # the street's edge at 10 N lies beyond the line nearest to it, at 12 N or moved from there
    home = one.section.slots[0]
    after = {m.route.route_id: m.after.line for m in one.members}[home.route_id]
    north_m = after.interpolate(0.5, normalized=True).y
    nearest_m = -(north_m - 10.0 - home.centre_m)
    assert found.red_lines_m == pytest.approx((nearest_m - 10.0, nearest_m), abs=1e-6)
    assert [(one.kind, one.pavement) for one in found.surfaces] == [(None, "asphalt")]
    assert profile_of(one, None, None) == Profile()
    assert town().name


@given(
    utilities=st.lists(st.sampled_from(tuple(UTILITY)), min_size=1, max_size=5),
    widths_mm=st.lists(st.floats(20.0, 900.0), min_size=5, max_size=5),
)
def test_names_never_stand_in_each_other(utilities: list[str], widths_mm: list[float]) -> None:
    lines = [
        line(utility, width, pressure_class="medium_b" if utility == "gas" else None)
        for utility, width in zip(utilities, widths_mm, strict=False)
    ]
    drawing = section_drawing(section(*lines, trench=tuple(range(len(lines)))))
    names = [
        (p.at, p.size_mm * 2.4)
        for p in drawing.primitives
        if isinstance(p, Words) and p.bold and p.size_mm == 3.5
    ]
    for (one, size_mm), (other, _) in itertools.combinations(names, 2):
        apart_mm = abs(one[0] - other[0]) * 1000.0 / drawing.scale
        assert apart_mm >= size_mm or one[1] != other[1]


@pytest.fixture
def painting(qapp: Any) -> None:
    start_painting()  # the application of the tests is there already, and stays
    assert QtGui.QGuiApplication.instance() is qapp


def colour_at(image: Any, drawing: Drawing, at: tuple[float, float], dots_per_inch: float) -> str:
    dots_a_metre = 1000.0 / drawing.scale * dots_per_inch / 25.4
    x = round((at[0] - drawing.low[0]) * dots_a_metre)
    y = round((drawing.high[1] - at[1]) * dots_a_metre)
    return str(QtGui.QColor(image.pixel(x, y)).name())


def test_the_picture_is_to_scale(painting: None) -> None:
    drawing = section_drawing(SECTION)
    image = drawing_image(drawing, 100.0)
    assert image.width() == round(drawing.width_mm * 100.0 / 25.4)
    for disc in discs(drawing):
        beside = (disc.centre[0] + disc.radius_m * 0.6, disc.centre[1])
        assert colour_at(image, drawing, beside, 100.0) == disc.fill
        outside = (disc.centre[0] + disc.radius_m + 0.05, disc.centre[1])
        assert colour_at(image, drawing, outside, 100.0) != disc.fill


def test_the_picture_can_be_painted_in_a_thread(painting: None) -> None:
    drawing = section_drawing(SECTION)
    painted: list[Any] = []
    thread = threading.Thread(target=lambda: painted.append(drawing_image(drawing, 60.0)))
    thread.start()
    thread.join()
    assert painted[0] == drawing_image(drawing, 60.0)


def test_every_character_has_its_glyph(painting: None) -> None:
    raw = QtGui.QRawFont.fromFont(font(20.0))
    texts = "".join(words(section_drawing(everything(), Profile((-5.0,), (-6.0,)))))
    assert [one for one in set(texts) if not raw.supportsCharacter(one)] == []


def everything() -> CrossSection:
    return section(
        line("power", 400.0),
        line("telecom", 250.0, None),
        line("water", 110.0),
        line("gas", 110.0, pressure_class="medium_b"),
        line("heat", 650.0),
    )


def test_the_svg_has_the_size_of_the_paper_and_the_same_colours(
    painting: None, tmp_path: Path
) -> None:
    drawing = section_drawing(SECTION)
    write_svg(drawing, tmp_path / "s.svg")
    root = ElementTree.parse(tmp_path / "s.svg").getroot()
    assert float(root.attrib["width"].removesuffix("mm")) == pytest.approx(
        drawing.width_mm, abs=0.1
    )
    text = (tmp_path / "s.svg").read_text(encoding="utf-8")
    assert all(colour in text for colour in (UTILITY_COLOURS["power"], UTILITY_COLOURS["water"]))


def test_the_dxf_holds_the_same_drawing_in_metres(tmp_path: Path) -> None:
    drawing = section_drawing(everything())
    write_dxf(drawing, tmp_path / "s.dxf")
    document = ezdxf.readfile(tmp_path / "s.dxf")
    assert document.audit().errors == []
    space = document.modelspace()
    circles = [((*one.dxf.center,)[:2], one.dxf.radius) for one in space.query("CIRCLE")]
    assert circles == [(pytest.approx(d.centre), pytest.approx(d.radius_m)) for d in discs(drawing)]
    assert [one.dxf.text for one in space.query("TEXT")] == words(drawing)
    assert {one.dxf.layer for one in space} <= {layer.value for layer in Layer}
    assert len(space.query("LWPOLYLINE")) == sum(isinstance(p, Stroke) for p in drawing.primitives)


def test_without_ezdxf_there_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("ezdxf"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(SurveyError, match="ezdxf"):
        write_dxf(section_drawing(SECTION), tmp_path / "s.dxf")
