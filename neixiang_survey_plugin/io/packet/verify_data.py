"""Whether a packet's map and its files for other programs show what was judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely

from neixiang_survey_plugin.app.issuing import packet_label
from neixiang_survey_plugin.app.trenching.shown import SharedTrench
from neixiang_survey_plugin.app.verifying import Difference, DifferenceKind, differing
from neixiang_survey_plugin.io.packet.contents import UnreadableError, plain_contents
from neixiang_survey_plugin.io.packet.features import case_layers
from neixiang_survey_plugin.io.packet.manifest import DATA
from neixiang_survey_plugin.io.packet.rejudging import Rejudged
from neixiang_survey_plugin.io.packet.sharing import SHARING_FILE, read_sharing
from neixiang_survey_plugin.io.packet.writing import MAP, data_files, map_file

_SHARING = f"{DATA}{SHARING_FILE}"
# Their coordinates are degrees, of which a millimetre is a hundred-millionth.
_DEGREES = (f"{DATA}case_wgs84.geojson", f"{DATA}case.kml", MAP)
_SAME_M = 1e-6


def differing_data(
    files: Mapping[str, bytes], facts: Mapping[str, Any], again: Rejudged
) -> Iterator[Difference]:
    """The map and the files for other programs show what was judged, and nothing else."""
    case, county = again.case, again.county
    conflicts = again.check.conflicts_of({one.route.route_id for one in case.routes})
    layers = case_layers(case, conflicts, county)
    shared = read_sharing(files[_SHARING]) if _SHARING in files else ()
    written = data_files(packet_label(case), layers, county)
    found = {f"{DATA}{name}": content for name, content in written.items()}
    found[MAP] = map_file(case, layers, county, shared, draft=bool(facts["draft"]))
    for name, content in found.items():
        # a drawing is made only where ezdxf is installed
        if name in files or not name.endswith(".dxf"):
            yield from _contents(name, files.get(name, b""), content)
    yield from _shared(again, shared)


def _contents(name: str, said: bytes, found: bytes) -> Iterator[Difference]:
    try:
        yield from differing(
            plain_contents(name, said), plain_contents(name, found), name, exact=name in _DEGREES
        )
    except UnreadableError:
        yield Difference(DifferenceKind.DAMAGED, name)


def _shared(again: Rejudged, shared: Sequence[SharedTrench]) -> Iterator[Difference]:
    """The lines of the case lie where the map shows them, before or after a shared trench."""
    lines = {one.route.route_id: one.route.line for one in again.case.routes}
    for trench in shared:
        for one in trench.lines:
            there = lines.get(one.route_id)
            shown = one.after if trench.accepted else one.before
            if there is not None and not shapely.equals_exact(there, shown, _SAME_M):
                yield Difference(
                    DifferenceKind.FIGURE, _SHARING, f"{one.route_id} {shown.wkt}", there.wkt
                )
