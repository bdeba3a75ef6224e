"""The ZIP in the real QGIS on a screen: installed into a fresh profile, used with a real mouse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.hosts.qgis import missing
from tests.qgis.bundled import make_bundle
from tools.make_plugin_zip import build

SCRIPT = Path(__file__).with_name("real_window.py")
# Where somebody wants to look at the pictures: SURVEY_PICTURES=folder make test-qgis
PICTURES = os.environ.get("SURVEY_PICTURES")


def run_qgis(folder: Path, *, stock: bool) -> dict[str, Any]:
    """What the script found in a QGIS that has never been started before."""
    profile = folder / "profiles" / "default"
    packages = missing.packages_folder(profile)
    packages.parent.mkdir(parents=True)
    if not stock:
        script = make_bundle(folder / "离线 包") / "install.sh"
        subprocess.run(
            ["bash", str(script), "--profile", str(profile)],
            env={**os.environ, "QGIS_PYTHON": sys.executable},  # QGIS's, with pip
            check=True,
        )
        assert (packages / "shapely").is_dir()
    settings = profile / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir()
    language = "zh_CN" if stock else "en_US"
    text = f"[locale]\noverrideFlag=true\nuserLocale={language}\n"
    settings.write_text(text, encoding="utf-8")
    pictures = Path(PICTURES) if PICTURES else folder
    asked, found = folder / "asked.json", folder / "found.json"
    words = {
        "zip": str(build(folder)) if stock else None,  # the bundle's script has installed it
        "stock": stock,
        "found": str(found),
        "pictures": str(pictures),
    }
    asked.write_text(json.dumps(words), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {**kept, "SURVEY_ASKED": str(asked), "XDG_RUNTIME_DIR": str(folder)}
    environment.pop("QT_QPA_PLATFORM", None)
    screen = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1600x1000x24"]
    qgis = [
        "qgis",
        "--nologo",
        "--noversioncheck",
    ]
    qgis += ["--profiles-path", str(folder), "--code", str(SCRIPT)]
    result = subprocess.run(
        [*screen, *qgis], env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert found.exists(), result.stdout + result.stderr
    told = json.loads(found.read_text(encoding="utf-8"))
    assert "error" not in told, told["error"]
    return dict(told)


def test_on_stock_qgis_the_plugin_loads_and_says_what_is_missing(tmp_path: Path) -> None:
    found = run_qgis(tmp_path, stock=True)
    assert found["dock"] is False
    said = " ".join(found["sentences"])
    assert "缺少 shapely" in said
    assert f'"{sys.base_prefix}/bin/python3.' in said  # not the first that the PATH names
    assert found["title"] == "内乡联合踏勘"  # it speaks QGIS's language
    assert "判定外线" in found["algorithms"]
    assert str(missing.packages_folder(tmp_path / "profiles" / "default")) in said
    assert found["there"] == {"docks": 0, "bars": 1, "menus": 1, "providers": 1}
    assert set(found["left"].values()) == {0}


def test_after_the_bundle_s_script_a_line_is_drawn_judged_and_a_packet_made(tmp_path: Path) -> None:
    found = run_qgis(tmp_path, stock=False)
    meant, drawn = found["meant"], found["drawn"]
    assert len(drawn) == len(meant)
    for place, where in zip(drawn, meant, strict=True):
        assert place == pytest.approx(where, abs=2.5)  # a pixel, and what the pointer snaps to
    assert found["length_m"] > 20.0
    assert "m" in found["readout"]
    assert found["verdict"] in ("commitment", "joint", "joint_government", "undetermined")
    assert found["banner"]
    assert found["sheet"] in (500, 1_000, 2_000)
    assert {"manifest.json", "map.html"} <= set(found["packet"])
    assert found["host"][0] == "osgeo.gdal_array"
    assert found["there"] == {"docks": 1, "bars": 1, "menus": 1, "providers": 1}
    assert found["unloaded"] is True
    assert set(found["left"].values()) == {0}
