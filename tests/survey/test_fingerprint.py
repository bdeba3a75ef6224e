"""A row has one fingerprint, however large its cells are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from neixiang_survey_plugin.io.survey import fingerprint
from neixiang_survey_plugin.io.survey.blobs import blob_from_geometry

_PLACE = blob_from_geometry(Point(3, 4), 4546)
_FINITE = st.floats(allow_nan=False, allow_infinity=False)
_CELL = st.none() | st.integers() | _FINITE | st.text() | st.binary() | st.just(_PLACE)


@given(st.lists(_CELL, max_size=5))
def test_in_pieces_a_row_comes_to_the_same_as_in_one(cells: list[object]) -> None:
    row = (*cells, '照片 "1"', bytes(range(256)))
    whole = fingerprint._row_digest(row)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fingerprint, "_AT_ONCE", 7)
        assert fingerprint._row_digest(row) == whole
