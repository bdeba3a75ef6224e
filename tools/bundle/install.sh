#!/usr/bin/env bash
# Let QGIS's own Python install; QGIS_PYTHON=... names it where it is another than the system's.
set -euo pipefail
exec "${QGIS_PYTHON:-/usr/bin/python3}" "$(dirname "${BASH_SOURCE[0]}")/install.py" "$@"
