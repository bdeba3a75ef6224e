"""What the layer of sites says of the sites that lines are laid for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.county import County


def site_texts(results: Iterable[RouteResult], county: County, field: str) -> list[str]:
    """The texts of one field, each once; a site without one, or no site, gives none."""
    sites = county.layers.get("sites")
    if sites is None:
        return []
    wanted = dict.fromkeys(one.route.site_id for one in results if one.route.site_id)
    rows = (row for site in wanted for row in np.flatnonzero(sites.ids == site)[:1])
    texts = (sites.columns[field][row] for row in rows)
    return list(dict.fromkeys(str(text) for text in texts if text))
