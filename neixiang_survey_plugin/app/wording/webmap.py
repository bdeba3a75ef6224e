"""The words and the look of the packet's map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from neixiang_survey_plugin.app.wording.words import road_class_words, utility_words

AROUND = {"roads": "城市道路", "green_spaces": "绿地", "pipelines": "既有管线"}
MEASURE = "量距离"
BEFORE, AFTER, BOTH = "共沟前", "共沟后", "两者"
BEFORE_LOOK = {"weight": 4, "dashArray": "9 5"}
AFTER_LOOK = {"weight": 5, "opacity": 1.0}
GROUND_LOOK = {"weight": 1, "color": "#8a6d3b", "fillOpacity": 0.25}
STYLE = """
html,body{margin:0;height:100%;font:14px/1.5 "Noto Sans CJK SC","Microsoft YaHei",sans-serif}
.folium-map{position:absolute;inset:0;background:#fbfbf8}
.head{position:absolute;z-index:1000;left:56px;top:10px;max-width:60%;background:#fffe;
padding:8px 12px;border:1px solid #888;border-radius:4px}
.head ul{list-style:none;margin:4px 0;padding:0;display:flex;gap:12px;flex-wrap:wrap}
.head i{display:inline-block;width:22px;height:5px;margin-right:5px;border:1px solid #232323;
vertical-align:middle}
.shared{margin-top:6px;border-top:1px solid #bbb;padding-top:4px}
.shared td,.shared th{padding:0 10px 0 0;text-align:right;font-weight:normal;
font-variant-numeric:tabular-nums}
summary{cursor:pointer}.shared td:first-child{text-align:left}.shared th{color:#555}
button[aria-pressed=true]{background:#1d5fa8;color:#fff}
.leaflet-popup-content table{border-collapse:collapse;margin-top:4px}
.leaflet-popup-content th{font-weight:normal;color:#555;text-align:left;padding-right:10px;
white-space:nowrap;vertical-align:top}
"""
# Clicks add up: the metres of a degree are those of the ellipsoid at the case.
MEASURING = """
addEventListener('load', function() {{
  var map = {map}, line = null, points = [], on = false;
  var button = document.getElementById('measure'), shown = document.getElementById('measured');
  L.control.scale({{imperial: false}}).addTo(map);
  map.attributionControl.setPrefix('Leaflet');
  function metres(a, b) {{
    return Math.hypot((a.lng - b.lng) * {lon_m:.6f}, (a.lat - b.lat) * {lat_m:.6f});
  }}
  button.onclick = function() {{
    on = !on; points = []; shown.textContent = on ? '点击起点' : '';
    if (line) {{ line.remove(); line = null; }}
  }};
  map.on('click', function(event) {{
    if (!on) return;
    points.push(event.latlng);
    if (line) line.remove();
    line = L.polyline(points, {{color: '#0050c8', dashArray: '4 4'}}).addTo(map);
    var total = 0;
    for (var i = 1; i < points.length; i++) total += metres(points[i - 1], points[i]);
    shown.textContent = total.toFixed(2) + ' m';
  }});
}});
"""


# A button shows the lines before, after, or both; the case's own layers are those of one side.
COMPARING = """
addEventListener('load', function() {{
  var map = {map}, pairs = {pairs}, own = {own};
  var buttons = Array.from(document.querySelectorAll('button.compare'));
  function show(button) {{
    var pair = pairs[button.dataset.pair], side = button.dataset.side;
    function put(layer, on) {{ if (on) map.addLayer(layer); else map.removeLayer(layer); }}
    own.forEach(function(layer) {{ put(layer, side === '' || side === button.dataset.own); }});
    pair.forEach(function(layer, place) {{ put(layer, side === '' || side === String(place)); }});
    buttons.forEach(function(other) {{
      if (other.dataset.pair === button.dataset.pair)
        other.setAttribute('aria-pressed', String(other === button));
    }});
  }}
  buttons.forEach(function(button) {{
    button.onclick = function(event) {{ event.preventDefault(); show(button); }};
  }});
  buttons.filter(function(button) {{ return button.dataset.side === button.dataset.own; }})
    .forEach(show);
}});
"""


def utility(name: str) -> str:
    """A utility in the legend."""
    return utility_words(name)


def title(label: str) -> str:
    """What the map is called."""
    return f"案件 {label}"


def remark(ways: Mapping[str, str], draft: bool) -> str:
    """Which way the lines of each utility take, and that a draft is one."""
    said = "；".join(f"{one} {way}" for one, way in ways.items())
    return f"{said}（草稿）" if draft else said


def object_facts(layer: str, row: Mapping[str, Any]) -> dict[str, str | float | None]:
    """The facts of an object of the county that its popup shows."""
    if layer == "roads":
        return {
            "road_name": row["name"],
            "road_id": row["road_id"],
            "road_class_name": road_class_words(row["road_class"]),
        }
    if layer == "green_spaces":
        return {"green_name": row["name"], "green_id": row["green_id"]}
    diameter = row["diameter_mm"]
    return {
        "utility_name": utility_words(row["utility"]),
        "other": row["pipe_id"],
        "diameter_mm": None if diameter != diameter else diameter,
        "unit_name": row["owner"],
    }
