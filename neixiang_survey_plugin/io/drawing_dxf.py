"""Writing a drawing as DXF, for offices that draw in CAD."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.drawings import (
    MM_A_METRE,
    Anchor,
    Disc,
    Drawing,
    Layer,
    Primitive,
    Stroke,
    Words,
)
from neixiang_survey_plugin.core.errors import SurveyError

_VERSION = "R2010"  # the oldest that keeps true colours and that every CAD in use reads
_FONT = "simsun.ttc"  # on every Chinese Windows; elsewhere the program takes its own
_DASHED = "DASHED"
# Of a font's height, how high a capital letter stands: DXF measures text by that.
_CAPITAL = 0.9


def write_dxf(drawing: Drawing, path: Path) -> None:
    """The drawing in metres, one CAD layer for each kind of thing.

    SurveyError where ezdxf is not installed; OSError where the file cannot be written.
    """
    ezdxf = _ezdxf()
    document = ezdxf.new(_VERSION, setup=True)
    document.units = ezdxf.units.M
    document.styles.add("汉字", font=_FONT)
    for layer in Layer:
        document.layers.add(layer.value)
    pen = _Plotter(document.modelspace(), ezdxf, drawing.scale)
    for primitive in drawing.primitives:
        pen.draw(primitive)
    document.saveas(path)


def _ezdxf() -> Any:
    try:
        import ezdxf
        import ezdxf.units
    except ImportError:
        raise SurveyError(
            "写 DXF 需要 ezdxf：pip install 'neixiang-survey-plugin[cad]'；SVG 和 PNG 不需要它"
        ) from None
    return ezdxf


class _Plotter:
    """Puts primitives into the space of a DXF document."""

    def __init__(self, space: Any, ezdxf: Any, scale: float) -> None:
        self._space, self._ezdxf, self._scale = space, ezdxf, scale

    def draw(self, primitive: Primitive) -> None:
        """Draw one."""
        if isinstance(primitive, Words):
            self._write(primitive)
        elif isinstance(primitive, Disc):
            if primitive.fill is not None:
                edge = self._hatch(primitive.layer, primitive.fill).paths.add_edge_path()
                edge.add_arc(primitive.centre, primitive.radius_m, 0, 360)
            self._space.add_circle(primitive.centre, primitive.radius_m, self._pen(primitive))
        else:
            if primitive.fill is not None:
                hatch = self._hatch(primitive.layer, primitive.fill)
                hatch.paths.add_polyline_path(primitive.points, is_closed=True)
            pen = self._pen(primitive)
            if primitive.dashed:
                pen["linetype"], pen["ltscale"] = _DASHED, self._scale / MM_A_METRE * 5.0
            self._space.add_lwpolyline(primitive.points, close=primitive.closed, dxfattribs=pen)

    def _pen(self, primitive: Stroke | Disc) -> dict[str, Any]:
        return {
            "layer": primitive.layer.value,
            "true_color": self._colour(primitive.colour),
            "lineweight": round(primitive.weight.value * 100),
        }

    def _hatch(self, layer: Layer, fill: str) -> Any:
        colour = self._colour(fill)
        return self._space.add_hatch(dxfattribs={"layer": layer.value, "true_color": colour})

    def _write(self, words: Words) -> None:
        alignment = self._ezdxf.enums.TextEntityAlignment
        anchors = {
            Anchor.LEFT: alignment.MIDDLE_LEFT,
            Anchor.CENTRE: alignment.MIDDLE_CENTER,
            Anchor.RIGHT: alignment.MIDDLE_RIGHT,
        }
        text = self._space.add_text(
            words.text,
            height=words.size_mm * _CAPITAL * self._scale / MM_A_METRE,
            rotation=90.0 if words.upwards else 0.0,
            dxfattribs={
                "layer": words.layer.value,
                "style": "汉字",
                "true_color": self._colour(words.colour),
            },
        )
        text.set_placement(words.at, align=anchors[words.anchor])

    def _colour(self, colour: str) -> int:
        value = int(colour.lstrip("#"), 16)
        return int(self._ezdxf.rgb2int((value >> 16, value >> 8 & 0xFF, value & 0xFF)))
