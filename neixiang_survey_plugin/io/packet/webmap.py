"""The packet's map: one HTML file that any browser opens without a network."""

from __future__ import annotations

import base64
import functools
import html
import importlib.util
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping

from neixiang_survey_plugin.app.colours import UTILITY_COLOURS
from neixiang_survey_plugin.app.trenching.shown import SharedTrench
from neixiang_survey_plugin.app.wording import webmap as words
from neixiang_survey_plugin.app.wording.exports import LAYER_TITLES
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.packet.exports import degrees, described
from neixiang_survey_plugin.io.packet.features import Feature, FeatureLayer, shown_text
from neixiang_survey_plugin.io.packet.sharing import (
    after_features,
    before_features,
    common_ground,
)

_CASING, _ROAD, _GREEN = "#232323", "#9a9a9a", "#5aa05a"
_CONFLICT = "#c00000"
# What the head and the list of layers cover of the page; the case lies beside them.
_HEAD_PX, _LIST_PX = (40, 170), (180, 40)
_IDENTIFIER = re.compile("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_IMAGE = re.compile(r"url\((images/[\w.-]+\.png)\)")
# What a page says to the browser's guard: nothing is fetched from anywhere.
_GUARD = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"


def case_map(
    title: str,
    remark: str,
    layers: Sequence[FeatureLayer],
    county: County,
    shared: Sequence[SharedTrench] = (),
) -> bytes:
    """The map of a case over the county's objects around it; the same bytes for the same case.

    ``shared`` are common works that it shows before and after, one beside the other's place.
    Every text from the data is escaped: markup in a name is shown, never run.
    """
    import folium

    page = _map_class()(tiles=None, max_zoom=24)
    for name, features, style in _around(county):
        if features:
            _add(folium, page, name, features, style, county)
    own = [
        _add(folium, page, LAYER_TITLES[layer.name], layer.features, _style(layer), county)
        for layer in layers
        if layer.features
    ]
    pairs = [_add_shared(folium, page, one, county) for one in shared]
    folium.LayerControl(collapsed=False).add_to(page)
    west, south, east, north = _box(layers, county)
    corners = [[south, west], [north, east]]
    page.fit_bounds(corners, padding_top_left=_HEAD_PX, padding_bottom_right=_LIST_PX)
    head = page.get_root()
    _inline(head, title, remark, layers, shared)
    head.script.add_child(_raw(_measuring(page.get_name(), county, layers)), name="measuring")
    if pairs:
        script = words.COMPARING.format(
            map=page.get_name(),
            pairs=f"[{','.join(pairs)}]",
            own=f"[{','.join(one.get_name() for one in own)}]",
        )
        head.script.add_child(_raw(script), name="comparing")
    return _numbered(head.render()).encode("utf-8", "replace")


def _around(county: County) -> Iterator[tuple[str, list[Feature], Mapping[str, Any]]]:
    """What is there already, below the case's own layers."""
    names = {"roads": ("name", "road_id"), "green_spaces": ("name", "green_id")}
    looks = {
        "roads": {"color": _ROAD, "weight": 1, "fillOpacity": 0.25},
        "green_spaces": {"color": _GREEN, "weight": 1, "fillOpacity": 0.25},
        "pipelines": {"weight": 2, "dashArray": "6 4"},
    }
    for layer, look in looks.items():
        table = county.layers.get(layer)
        if table is None:
            continue
        features = []
        for part, geometry in enumerate(table.geometry.tolist()):
            row = {name: column[table.feature[part]] for name, column in table.columns.items()}
            label = next((row[name] for name in names.get(layer, ()) if row[name]), "")
            facts = words.object_facts(layer, row)
            features.append(
                Feature(geometry, row.get("utility", ""), shown_text(str(label)), facts)
            )
        yield words.AROUND[layer], features, look


def _style(layer: FeatureLayer) -> Mapping[str, Any]:
    looks: dict[str, dict[str, Any]] = {
        "routes": {"weight": 5, "opacity": 1.0},
        "bores": {"weight": 5, "dashArray": "2 8", "color": _CASING},
        "crossings": {"weight": 9, "opacity": 0.5, "color": _CASING},
        "working_strips": {"weight": 1, "fillOpacity": 0.3},
        "green_patches": {"weight": 1, "color": _GREEN, "fillOpacity": 0.7},
        "conflicts": {"color": _CONFLICT, "fillOpacity": 0.9, "radius": 6},
    }
    return looks[layer.name]


def _add(
    folium: Any,
    page: Any,
    name: str,
    features: Iterable[Feature],
    style: Mapping[str, Any],
    county: County,
) -> Any:
    """One layer that can be switched on and off, with a popup for each thing."""
    return _add_styled(folium, page, name, [(one, style) for one in features], county)


def _add_styled(
    folium: Any,
    page: Any,
    name: str,
    features: Sequence[tuple[Feature, Mapping[str, Any]]],
    county: County,
) -> Any:
    collection = {
        "type": "FeatureCollection",
        "features": [_geojson(one, style, county.grid.epsg) for one, style in features],
    }
    marker = folium.CircleMarker(radius=6, weight=2, fill=True)
    layer = folium.GeoJson(
        collection,
        name=name,
        marker=marker,
        style_function=lambda feature: feature["properties"]["style"],
        popup=folium.GeoJsonPopup(["text"], labels=False, max_width=320),
    )
    return layer.add_to(page)


def _add_shared(folium: Any, page: Any, trench: SharedTrench, county: County) -> str:
    """The layers of common works before and after, as a pair of the page's script."""
    before = _add(folium, page, words.BEFORE, before_features(trench), words.BEFORE_LOOK, county)
    ground = [(one, words.GROUND_LOOK) for one in common_ground(trench)]
    lines = [(one, words.AFTER_LOOK) for one in after_features(trench)]
    after = _add_styled(folium, page, words.AFTER, [*ground, *lines], county)
    return f"[{before.get_name()},{after.get_name()}]"


def _geojson(feature: Feature, style: Mapping[str, Any], epsg: int) -> dict[str, Any]:
    colour = UTILITY_COLOURS.get(feature.utility, _ROAD)
    rows = "".join(
        f"<tr><th>{_escaped(title)}</th><td>{_escaped(value)}</td></tr>"
        for title, value in described(feature)
    )
    text = f"<b>{_escaped(feature.title)}</b><table>{rows}</table>"
    look = {"color": colour, "fillColor": style.get("color", colour), **style}
    shape = mapping(degrees(feature.geometry, epsg))
    return {
        "type": "Feature",
        "properties": {"text": text, "style": look},
        "geometry": shape,
    }


def _box(layers: Sequence[FeatureLayer], county: County) -> tuple[float, float, float, float]:
    shapes = [degrees(one.geometry, county.grid.epsg) for la in layers for one in la.features]
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north


def _inline(
    head: Any,
    title: str,
    remark: str,
    layers: Sequence[FeatureLayer],
    shared: Sequence[SharedTrench],
) -> None:
    """The scripts and styles, the title and the legend, all within the page."""
    guard = f'<meta http-equiv="Content-Security-Policy" content="{_GUARD}">'
    head.header.add_child(_raw(guard), name="guard", index=0)
    head.header.add_child(_raw(f"<title>{_escaped(title)}</title>"), name="title")
    for number, script in enumerate((_asset("jquery", "jquery.min.js"), _leaflet_script())):
        head.header.add_child(_raw(f"<script>{script}</script>"), name=f"script{number}")
    head.header.add_child(_raw(f"<style>{_styles()}{words.STYLE}</style>"), name="styles")
    utilities = dict.fromkeys(
        one.utility for la in layers for one in la.features if one.utility in UTILITY_COLOURS
    )
    legend = "".join(
        f'<li><i style="background:{UTILITY_COLOURS[one]}"></i>{words.utility(one)}</li>'
        for one in utilities
    )
    head.html.add_child(
        _raw(
            f'<div class="head"><b>{_escaped(title)}</b><br>{_escaped(remark)}'
            f"<ul>{legend}</ul><button id=measure>{words.MEASURE}</button> "
            f"<span id=measured></span>{''.join(map(_comparison, enumerate(shared)))}</div>"
        ),
        name="head",
    )


def _comparison(numbered: tuple[int, SharedTrench]) -> str:
    """What common works change, in figures, and the buttons that show one or the other."""
    number, trench = numbered
    rows = "".join(
        "<tr>" + "".join(f"<td>{_escaped(cell)}</td>" for cell in row) + "</tr>"
        for row in trench.rows
    )
    buttons = "".join(
        f'<button class=compare data-pair="{number}" data-side="{side}" '
        f'data-own="{int(trench.accepted)}">{title}</button>'
        for side, title in (("0", words.BEFORE), ("1", words.AFTER), ("", words.BOTH))
    )
    heads = "".join(f"<th>{one}</th>" for one in ("", words.BEFORE, words.AFTER))
    return (
        f"<details class=shared><summary><b>{_escaped(trench.title)}</b> {buttons}</summary>"
        f"<table><tr>{heads}</tr>{rows}</table></details>"
    )


def _measuring(map_name: str, county: County, layers: Sequence[FeatureLayer]) -> str:
    """A tool that adds up the metres between clicks, by the ellipsoid's scale at the case."""
    shapes = [one.geometry for layer in layers for one in layer.features]
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    middle = np.array([[(west + east) / 2, (south + north) / 2]])
    factor = float(county.grid.factor_at(middle[:, 0], middle[:, 1])[0])
    lon_m, lat_m = _metres_a_degree(shapely.Point(middle[0]), county.grid.epsg, factor)
    return words.MEASURING.format(map=map_name, lon_m=lon_m, lat_m=lat_m)


def _metres_a_degree(at: shapely.Point, epsg: int, factor: float) -> tuple[float, float]:
    """Metres on the ellipsoid for a degree of longitude and of latitude at a place."""
    step_m = 500.0
    steps = ((-step_m, 0.0), (step_m, 0.0), (0.0, -step_m), (0.0, step_m))
    points = [(at.x + dx, at.y + dy) for dx, dy in steps]
    west, east, south, north = shapely.get_coordinates(
        degrees(shapely.MultiPoint(points), epsg)
    ).tolist()
    along = 2 * step_m / factor
    # the grid's axes lean by the convergence: both sums of squares count
    (a, b), (c, d) = (np.subtract(east, west), np.subtract(north, south))
    solution = np.linalg.solve(
        np.array([[a * a, b * b], [c * c, d * d]]), np.array([along**2, along**2])
    )
    return float(np.sqrt(solution[0])), float(np.sqrt(solution[1]))


@functools.cache
def _map_class() -> Any:
    """Folium's map without the addresses of scripts that it would fetch."""
    import folium

    return type("OfflineMap", (folium.Map,), {"default_js": [], "default_css": []})


def _escaped(text: str) -> str:
    """A text as HTML that shows it: no markup, and no mark of a template either.

    branca takes what it has written for a template once more; a name must never be one.
    """
    return html.escape(text).replace("{", "&#123;").replace("}", "&#125;").replace("%", "&#37;")


def _raw(text: str) -> Any:
    """An element that stands in the page as it is, whatever braces it holds."""
    from branca.element import Element

    return Element("{% raw %}" + text.replace("{% endraw %}", "") + "{% endraw %}")


def _numbered(page: str) -> str:
    """The page with its chance identifiers counted in the order in which they come."""
    count: dict[str, str] = {}
    return _IDENTIFIER.sub(lambda one: count.setdefault(one[0], f"{len(count):032x}"), page)


def _leaflet_script() -> str:
    return _asset("leaflet", "leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")


@functools.cache
def _styles() -> str:
    """Leaflet's style with its pictures inside."""

    def picture(found: re.Match[str]) -> str:
        content = (_folder("leaflet") / found[1]).read_bytes()
        return f"url(data:image/png;base64,{base64.b64encode(content).decode()})"

    return _IMAGE.sub(picture, _asset("leaflet", "leaflet.css"))


@functools.cache
def _asset(package: str, name: str) -> str:
    return (_folder(package) / name).read_text(encoding="utf-8")


def _folder(package: str) -> Path:
    found = importlib.util.find_spec(f"xstatic.pkg.{package}")
    if found is None or found.origin is None:
        raise SurveyError(f"地图要用的 XStatic-{package} 没有安装；请重新安装本程序")
    return Path(found.origin).parent / "data"
