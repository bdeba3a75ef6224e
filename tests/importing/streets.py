"""Eight crooked streets of different lengths: two of them alike would be a place in doubt."""

from __future__ import annotations

import numpy as np
import shapely

from tests.builders import ORIGIN

EPSG = 4546


STREETS = np.array(
    [
        shapely.buffer(
            shapely.LineString(
                [(37.3 * n, 0), (41 * n + 3 * n**2, 90 + 11 * n), (60 * n, 200 + 7 * n)]
            ),
            5 + n / 3,
            cap_style="flat",
            join_style="mitre",
        )
        for n in range(8)
    ]
)
ROADS = shapely.transform(STREETS, lambda points: points + ORIGIN)
ROAD_TABLE = {
    "road_id": [f"R{n}" for n in range(8)],
    "road_class": ["local"] * 8,
    "delivered_on": ["2010-01-01"] * 8,
}
