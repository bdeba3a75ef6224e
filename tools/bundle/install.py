"""Install the plugin and its packages into a profile of QGIS, without a network.

Run it with QGIS's own Python: install.bat and install.sh find that. The packages go into a folder
of the profile that comes last on Python's path; nothing of QGIS's own is touched.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLUGIN = "neixiang_survey_plugin"
PACKAGES = "neixiang_survey_packages"


def usual_profile() -> Path:
    """The folder of QGIS's default profile on this system; QGIS 4 has its own where it is used."""
    if sys.platform == "win32":
        base = Path(os.environ["APPDATA"]) / "QGIS"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support" / "QGIS"
    else:
        base = Path.home() / ".local" / "share" / "QGIS"
    homes = [base / name / "profiles" / "default" for name in ("QGIS3", "QGIS4")]
    return next((home for home in homes if home.is_dir()), homes[0])


class NotInstalledError(Exception):
    """Why nothing was installed, in one sentence of both languages; what was there stays."""


def install_packages(profile: Path) -> None:
    """Let pip put every package into the profile; what it said is shown where it did not."""
    target = profile / "python" / PACKAGES
    fresh = target.with_name(f"{PACKAGES}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    call = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    call += ["--no-index", "--find-links", str(HERE / "wheels"), "--no-deps"]
    call += ["--target", str(fresh), "--requirement", str(HERE / "requirements-qgis.txt")]
    done = subprocess.run(call, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
        shutil.rmtree(fresh, ignore_errors=True)
        raise NotInstalledError(why_pip_failed(done.stderr))
    take_the_place_of(target, fresh)


def why_pip_failed(said: str) -> str:
    """One sentence: no packages for this Python, or whatever pip named."""
    version = ".".join(map(str, sys.version_info[:2]))
    if "No matching distribution" in said:
        return (
            f"QGIS 的 Python 是 {version}（{sys.platform}），离线包里没有适合它的软件包；"
            f"README.md 写明有哪些。 This bundle has no packages for Python {version}: README.md."
        )
    return (
        "QGIS 的 Python 里的 pip 没有装成，原因见上；什么也没有改动。 "
        "pip of QGIS's Python did not install, see above; nothing was changed."
    )


def take_the_place_of(target: Path, fresh: Path) -> None:
    """Put a folder in the place of an older one, which stays whole where a program uses it."""
    old = fresh.with_name(f"{fresh.stem}.old")
    shutil.rmtree(old, ignore_errors=True)
    try:
        if target.exists():
            target.rename(old)  # Windows refuses this while a library in it is loaded
        fresh.rename(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.rename(target)
        raise NotInstalledError(
            f"不能替换 {target}（{error.strerror}）：请先关闭 QGIS，再运行一次。 "
            "It is in use: close QGIS and run this again."
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def install_plugin(profile: Path) -> Path:
    """Where the plugin of the ZIP lies now, in place of an older one once it is unpacked whole."""
    plugins = profile / "python" / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    fresh = profile / "python" / f"{PLUGIN}.new"  # among the plugins QGIS would take it for one
    shutil.rmtree(fresh, ignore_errors=True)
    [archive] = HERE.glob(f"{PLUGIN}.*.zip")
    try:
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(fresh)
        take_the_place_of(plugins / PLUGIN, fresh / PLUGIN)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return plugins / PLUGIN


def main() -> int:
    """Install both, and say what comes next; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", type=Path, default=None, help="folder of the QGIS profile")
    profile = parser.parse_args().profile or usual_profile()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a redirected one may not know Chinese
    try:
        install_packages(profile)
        print(install_plugin(profile))
    except NotInstalledError as reason:
        print(reason, file=sys.stderr)
        return 2
    print("已装好。打开 QGIS，在“插件 → 管理并安装插件 → 已安装”里勾选“内乡联合踏勘”。")
    print("Installed. Start QGIS and tick Neixiang Survey among the installed plugins.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
