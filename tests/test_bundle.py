"""The offline bundle's script: packages beside the host's, the plugin in its place."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = "neixiang_survey_plugin"
INSTALL_BAT = ROOT / "tools" / "bundle" / "install.bat"


def wheel(folder: Path, name: str, version: str, tag: str = "py3-none-any") -> None:
    """A package of one module that says its version."""
    folder.mkdir(exist_ok=True)
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-{tag}.whl", "w") as made:
        made.writestr(f"{name}.py", f"VERSION = '{version}'\n")
        made.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        made.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        made.writestr(f"{info}/RECORD", "")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle of a plugin of one file and a package of one module."""
    folder = tmp_path / "带 空格 bundle"
    shutil.copytree(ROOT / "tools" / "bundle", folder)
    wheel(folder / "wheels", "geometry", "1.0")
    (folder / "requirements-qgis.txt").write_text("geometry==1.0  # why\n", encoding="utf-8")
    with zipfile.ZipFile(folder / f"{PLUGIN}.0.1.0.zip", "w") as archive:
        archive.writestr(f"{PLUGIN}/metadata.txt", "[general]\n")
    return folder


def installed(bundle: Path, profile: Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-X", "utf8", str(bundle / "install.py"), "--profile", str(profile)]
    return subprocess.run(call, capture_output=True, encoding="utf-8", check=False)


def test_it_installs_the_plugin_and_its_packages_into_the_profile(
    bundle: Path, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    result = installed(bundle, profile)
    assert result.returncode == 0, result.stderr
    assert (profile / "python" / "neixiang_survey_packages" / "geometry.py").is_file()
    assert (profile / "python" / "plugins" / PLUGIN / "metadata.txt").is_file()
    assert {one.name for one in (profile / "python").iterdir()} == {
        "neixiang_survey_packages",
        "plugins",
    }


def test_a_second_time_it_takes_the_place_of_the_first(bundle: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    installed(bundle, profile)
    old = profile / "python" / "plugins" / PLUGIN / "old.py"
    old.write_text("")
    shutil.rmtree(bundle / "wheels")
    wheel(bundle / "wheels", "geometry", "2.0")
    (bundle / "requirements-qgis.txt").write_text("geometry==2.0\n", encoding="utf-8")
    assert installed(bundle, profile).returncode == 0
    assert not old.exists()
    packages = profile / "python" / "neixiang_survey_packages"
    assert "2.0" in (packages / "geometry.py").read_text(encoding="utf-8")
    assert not (packages / "geometry-1.0.dist-info").exists()


def test_another_python_is_named_and_what_was_there_stays(bundle: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    installed(bundle, profile)
    shutil.rmtree(bundle / "wheels")
    wheel(bundle / "wheels", "geometry", "1.0", "cp27-cp27m-win32")
    result = installed(bundle, profile)
    assert result.returncode == 2
    assert f"{sys.version_info[0]}.{sys.version_info[1]}" in result.stderr
    assert (profile / "python" / "neixiang_survey_packages" / "geometry.py").is_file()


def test_a_zip_that_cannot_be_read_leaves_the_plugin_that_was_there(
    bundle: Path, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    installed(bundle, profile)
    (bundle / f"{PLUGIN}.0.1.0.zip").write_bytes(b"cut short")
    assert installed(bundle, profile).returncode != 0
    assert (profile / "python" / "plugins" / PLUGIN / "metadata.txt").is_file()
    assert not (profile / "python" / f"{PLUGIN}.new").exists()


def test_what_else_pip_says_is_not_called_a_want_of_packages(bundle: Path, tmp_path: Path) -> None:
    (bundle / "wheels" / "geometry-1.0-py3-none-any.whl").write_bytes(b"cut short")
    result = installed(bundle, tmp_path / "profile")
    assert result.returncode == 2
    assert "geometry" in result.stderr
    assert "pip" in result.stderr.splitlines()[-1]
    assert "README" not in result.stderr


def installer(bundle: Path) -> ModuleType:
    """The script of a bundle, loaded and not run."""
    spec = importlib.util.spec_from_file_location("installer", bundle / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("refused", ["neixiang_survey_packages", "neixiang_survey_packages.new"])
def test_packages_that_are_in_use_stay_as_they_were_and_the_way_out_is_said(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    script, python = installer(bundle), tmp_path / "python"
    for folder in ("neixiang_survey_packages", "neixiang_survey_packages.new"):
        (python / folder).mkdir(parents=True)
        (python / folder / "whose.txt").write_text(folder)
    rename = Path.rename

    def locked(self: Path, target: Path) -> Path:
        if self.name == refused:
            raise PermissionError(13, "in use", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", locked)
    target = python / "neixiang_survey_packages"
    with pytest.raises(script.NotInstalledError, match="QGIS"):
        script.take_the_place_of(target, python / "neixiang_survey_packages.new")
    assert (target / "whose.txt").read_text() == "neixiang_survey_packages"
    assert [one.name for one in python.iterdir()] == ["neixiang_survey_packages"]


def test_the_script_for_windows_is_what_every_cmd_reads() -> None:
    """Labels are looked for by bytes: only CRLF, and letters of one byte; nothing expands late."""
    text = INSTALL_BAT.read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n")
    words = text.decode("ascii")
    assert "DisableDelayedExpansion" in words
    assert "!" not in words
    labels = set(re.findall(r"^:(\w+)", words, re.MULTILINE))
    assert set(re.findall(r"(?:call :|goto )(\w+)", words)) == labels
    assert words.replace("%~dp0", "").count('"') % 2 == 0


def test_the_script_for_windows_says_how_python_ended() -> None:
    lines = INSTALL_BAT.read_text(encoding="ascii").splitlines()
    called = lines.index('call "%QGIS_PYTHON%" install.py %*')
    assert lines[called - 1] == 'pushd "%~dp0"'
    assert lines[called + 1 : called + 5] == [
        'set "RESULT=%ERRORLEVEL%"',
        "popd",
        "pause",
        "exit /b %RESULT%",
    ]
