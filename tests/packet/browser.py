"""A packet's map opened in a real Chromium that has no network."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

_CHROMIUM = (
    "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
    " --disable-dev-shm-usage --virtual-time-budget=4000 --window-size=1300,850"
).split()
# Opens every popup there is, and puts what the page came to into an element of its own.
_PROBE = """
<pre id="probe"></pre><script>
var errors = [];
addEventListener('error', function(e) { errors.push(String(e.message)); });
addEventListener('securitypolicyviolation', function(e) { errors.push(e.blockedURI); });
addEventListener('load', function() { setTimeout(function() {
  var map = Object.keys(window).filter(function(k) { return /^map_/.test(k); })
    .map(function(k) { return window[k]; }).find(function(m) { return m instanceof L.Map; });
  var popups = [];
  map.eachLayer(function(layer) {
    if (layer.feature) {
      var at = layer.getLatLng ? layer.getLatLng() : layer.getBounds().getCenter();
      layer.fire('click', {latlng: at}, true);
      popups.push(map._popup._contentNode.textContent);
    }
  });
  var sides = {};
  document.querySelectorAll('button.compare').forEach(function(button) {
    button.click();
    var boxes = document.querySelectorAll('.leaflet-control-layers-overlays label');
    sides[button.textContent] = Array.from(boxes)
      .filter(function(box) { return box.querySelector('input').checked; })
      .map(function(box) { return box.textContent.trim(); });
  });
  document.getElementById('measure').click();
  map.fire('click', {latlng: MEASURED[0]});
  map.fire('click', {latlng: MEASURED[1]});
  document.getElementById('probe').textContent = JSON.stringify({
    errors: errors, popups: popups, sides: sides, hacked: window.hacked === 1,
    paths: document.querySelectorAll('path.leaflet-interactive').length,
    layers: document.querySelector('.leaflet-control-layers-overlays').textContent,
    head: document.querySelector('.head').textContent,
    measured: document.getElementById('measured').textContent,
    fetched: performance.getEntriesByType('resource').map(function(r) { return r.name; })
  });
}, 500); });
</script>
"""


def looked_at(page: Path, scratch: Path, ends: list[list[float]]) -> dict[str, Any]:
    """What the page came to: its popups, layers, errors, and the metres between two places.

    ``ends`` are latitude and longitude of the two.
    """
    places = json.dumps([{"lat": lat, "lng": lng} for lat, lng in ends])
    probe = _PROBE.replace("MEASURED", places)
    copy = scratch / "map.html"
    copy.write_text(page.read_text(encoding="utf-8") + probe, encoding="utf-8")
    profile = f"--user-data-dir={scratch / 'profile'}"
    resolver = "--host-resolver-rules=MAP * ~NOTFOUND"
    done = subprocess.run(
        [*_CHROMIUM, profile, resolver, "--dump-dom", copy.as_uri()],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    found = re.search(r'<pre id="probe">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found is not None, done.stderr[-2000:]
    text = found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    result: dict[str, Any] = json.loads(text)
    return result
