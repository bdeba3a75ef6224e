"""Numbers with the units that people write."""

from __future__ import annotations

import pytest

from neixiang_survey_plugin.app.importing.amounts import likely_units, read_amount


@pytest.mark.parametrize(
    ("text", "millimetres"),
    [
        ("300", 300.0),
        ("DN300", 300.0),
        ("dn 110", 110.0),
        ("De110", 110.0),
        ("Φ108×4", 108.0),
        ("φ529*8", 529.0),
        ("D400", 400.0),
        ("300mm", 300.0),
        ("300毫米", 300.0),
        ("0.3m", 300.0),
        ("30cm", 300.0),
        ('12"', 304.8),
        ("12寸", 304.8),
        ("1,200", 1200.0),
        ("400×300", 400.0),
        ("300X400mm", 400.0),
        ("1.2×0.8", 1200.0),
        ("ＤＮ３００", 300.0),
    ],
)
def test_a_diameter_is_read_in_every_spelling(text: str, millimetres: float) -> None:
    found = read_amount("diameter_mm", text)
    assert found is not None
    assert found.value == millimetres


@pytest.mark.parametrize("text", ["2-DN300", "Φ110×6孔", "DN", "300-400", "大", "300kV"])
def test_what_is_no_diameter_is_not_guessed(text: str) -> None:
    assert read_amount("diameter_mm", text) is None


@pytest.mark.parametrize(
    ("text", "unit", "kilovolts"),
    [("10kV", None, 10.0), ("380V", None, 0.38), ("10千伏", None, 10.0), ("380", "V", 0.38)],
)
def test_a_voltage_is_in_kilovolts(text: str, unit: str | None, kilovolts: float) -> None:
    found = read_amount("voltage_kv", text, unit)
    assert found is not None
    assert found.value == kilovolts


@pytest.mark.parametrize(
    ("field", "numbers", "units"),
    [
        ("diameter_mm", [100.0, 300.0], ("mm",)),
        ("diameter_mm", [0.1, 0.3], ("m", "mm", "in")),
        ("diameter_mm", [4.0, 12.0], ("mm", "cm", "in")),
        ("voltage_kv", [0.4, 10.0], ("kV",)),
        ("voltage_kv", [380.0, 10_000.0], ("V",)),
        ("voltage_kv", [220.0], ("kV", "V")),
        ("cover_m", [0.8, 1.2], ("m",)),
        ("cover_m", [80.0, 120.0], ("cm", "mm", "m")),
        ("cover_m", [0.0], ("m",)),
    ],
)
def test_bare_numbers_tell_their_unit_or_leave_it_in_doubt(
    field: str, numbers: list[float], units: tuple[str, ...]
) -> None:
    assert likely_units(field, numbers) == units
