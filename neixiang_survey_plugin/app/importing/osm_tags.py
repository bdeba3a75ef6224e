"""What of OpenStreetMap may pre-fill a layer, and what its tags may mean, until confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

OSM = "osm"
PREFIX = "osm_"
ROAD_TAG = f"{PREFIX}highway"

# By layer: the keys whose things belong there, with the values that count; none: every value.
TAGGED: Mapping[str, Mapping[str, Collection[str]]] = {
    "roads": {
        "highway": frozenset(
            {"motorway", "trunk", "primary", "secondary", "tertiary", "unclassified"}
            | {"residential", "living_street", "service", "road", "pedestrian"}
            | {"motorway_link", "trunk_link", "primary_link", "secondary_link", "tertiary_link"}
        )
    },
    "buildings": {"building": ()},
    "green_spaces": {
        "leisure": frozenset({"park", "garden"}),
        "landuse": frozenset({"grass", "forest", "village_green", "greenfield"}),
        "natural": frozenset({"wood", "grassland", "scrub"}),
    },
    "obstacles": {"natural": frozenset({"tree"}), "power": frozenset({"pole", "tower"})},
}

# Only proposed, never taken (facts 2.4): tags follow the administrative level of a road in China.
_LIKELY: Mapping[str, str] = {
    "highway=motorway": "highway",
    "highway=trunk": "expressway",
    "highway=primary": "arterial",
    "highway=secondary": "secondary",
    "highway=tertiary": "local",
    "highway=residential": "local",
    "highway=unclassified": "local",
    "highway=living_street": "local",
    "highway=service": "other",
    "highway=pedestrian": "other",
}


def tagged(layer: str, tags: Mapping[str, str]) -> bool:
    """Whether something with these tags belongs to a layer."""
    return any(
        key in tags and (not values or tags[key] in values)
        for key, values in TAGGED.get(layer, {}).items()
    )


def likely_class(text: str) -> str | None:
    """The road class that a tag may stand for; None where nothing is likely."""
    return _LIKELY.get(text)
