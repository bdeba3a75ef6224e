#!/usr/bin/env bash
# Make the folder for offices without a network: the plugin's ZIP, the packages that it needs for
# QGIS's Python here and for that of QGIS on Windows, and the scripts that install both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(sed -n 's/^version=//p' metadata.txt)
out=dist/neixiang_survey_bundle.$version
requirements=neixiang_survey_plugin/requirements-qgis.txt
pip=(.venv-qgis/bin/python -m pip --quiet --disable-pip-version-check)

rm -rf "$out"
mkdir -p "$out/wheels"
.venv/bin/python tools/make_plugin_zip.py "$out" >/dev/null
cp "$requirements" LICENSE tools/bundle/* "$out"
# Here first: what comes as source only becomes a wheel that is good everywhere.
"${pip[@]}" wheel --no-deps --wheel-dir "$out/wheels" --requirement "$requirements"
"${pip[@]}" download --no-deps --only-binary=:all: --dest "$out/wheels" \
    --platform win_amd64 --python-version 3.12 --implementation cp --abi cp312 --abi none \
    --find-links "$out/wheels" --requirement "$requirements"
echo "$out"
