"""A call in slices gives what it gives at once."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.core.slices import in_slices


@pytest.mark.parametrize("count", [0, 1, 4_000, 4_001, 9_000])
def test_slices_joined_are_the_whole(count: int) -> None:
    low = np.arange(float(count))
    boxes = in_slices(shapely.box, low, low, low + 1, low + 2)
    assert len(boxes) == count
    assert (shapely.area(boxes) == 2.0).all()
    assert (in_slices(shapely.get_parts, boxes) == boxes).all()
    points = in_slices(shapely.get_coordinates, boxes)
    assert (points == shapely.get_coordinates(boxes)).all()


def test_no_slice_is_larger_than_some_thousands() -> None:
    sizes: list[int] = []

    def counted(column: np.ndarray) -> np.ndarray:
        sizes.append(len(column))
        return column

    in_slices(counted, np.arange(10_000))
    assert max(sizes) == 4_000
    assert sum(sizes) == 10_000
