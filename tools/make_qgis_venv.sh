#!/usr/bin/env bash
# Make .venv-qgis, in which the tests in tests/qgis run: QGIS's own Python and its packages, and
# beside them what tools/qgis-requirements.txt names. SURVEY_QGIS_PYTHON=... chooses the Python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Not the first python3 on the path, which need not be the one that QGIS was built for.
python=${SURVEY_QGIS_PYTHON:-/usr/bin/python3}
if ! "$python" -c 'import ensurepip, qgis.core' 2>/dev/null; then
    echo "No QGIS for $python. Install it (on Debian: make deps), or name the Python that" >&2
    echo "QGIS comes with: SURVEY_QGIS_PYTHON=/path/to/python3 make test-qgis" >&2
    exit 2
fi

if ! .venv-qgis/bin/python -c 'import pip, qgis.core' 2>/dev/null; then
    echo "Making .venv-qgis with $python"
    "$python" -m venv --clear --system-site-packages .venv-qgis
fi

# Another numpy than the host's breaks QGIS's other plugins, and the geometry library with them.
host_numpy=$("$python" -c 'import numpy; print(numpy.__version__)')
install=(.venv-qgis/bin/python -m pip --quiet --disable-pip-version-check install)
"${install[@]}" --requirement tools/qgis-requirements.txt "numpy==$host_numpy"
# As a user installs them: these and nothing else.
"${install[@]}" --no-deps --requirement neixiang_survey_plugin/requirements-qgis.txt
