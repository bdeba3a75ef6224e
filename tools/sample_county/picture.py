"""A picture of the sample county for the README; needs matplotlib beside the project's packages.

``python tools/sample_county/picture.py data docs/images/sample_county.png``
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

_BOX = (576_144.0, 582_633.0, 3_655_816.0, 3_661_969.0)
_SIZE_IN = (13.0, 12.33)
_DPI = 110
_FIELD = "#eceede"
_TINTS = ("#f6f2e8", "#a8cbe4", "#bcdca2", "#d3c4ae", "#d9c3df", "#4b4436", "#3f78a3", _FIELD)
_ROAD_FILL = {
    "expressway": "#e9a25a",
    "arterial": "#f6cf7d",
    "secondary": "#fbe9b7",
    "highway": "#c9a3c7",
    "local": "#ffffff",
    "other": "#f4f1ea",
}
_ROAD_WORD = {
    "expressway": "快速路",
    "arterial": "主干路",
    "secondary": "次干路",
    "local": "支路",
    "highway": "公路",
    "other": "街巷",
}
_VERDICT = {
    "commitment": ("#1f9d55", "告知承诺"),
    "joint": ("#e08a00", "并联审批"),
    "joint_government": ("#c8321f", "县政府批准"),
    "undetermined": ("#6b5bb5", "资料不足"),
    "outside_policy": ("#777777", "不适用"),
}
_LABELS = (
    ("示例快速路", 576_905, 3_657_950, 87),
    ("示例大街", 578_455, 3_659_900, 94),
    ("示例路", 577_950, 3_658_735, -2),
    ("示例北路", 577_000, 3_660_180, 7),
    ("示例南路", 577_200, 3_657_320, -3),
    ("示例东大街", 581_344, 3_659_800, 90),
    ("示例公路", 582_050, 3_656_060, -10),
    ("示例老街", 579_110, 3_657_700, 96),
    ("示例滨河路", 580_085, 3_659_420, 100),
)


def draw(data: Path, out: Path) -> None:
    """Draw the layers of a county folder into a PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    figure, axes = plt.subplots(figsize=_SIZE_IN)
    axes.set_facecolor(_FIELD)
    _draw_ground(axes, data)
    _draw_roads(axes, data)
    _draw_cases(axes, data)
    _draw_words(axes)
    _draw_legend(axes)
    axes.set(xlim=_BOX[:2], ylim=_BOX[2:], aspect="equal", xticks=[], yticks=[])
    figure.subplots_adjust(0.005, 0.005, 0.995, 0.995)
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, dpi=_DPI)
    _with_palette(out)


def _layer(data: Path, name: str) -> Any:
    import geopandas as gpd

    return gpd.read_file(next(data.rglob(f"{name}.gpkg")))


def _draw_ground(axes: Any, data: Path) -> None:
    controls = _layer(data, "control_areas")
    _layer(data, "sites").plot(ax=axes, color="#f6f2e8", ec="#e4dccb", lw=0.35)
    controls[controls.kind == "blue"].plot(ax=axes, color="#a8cbe4")
    _layer(data, "green_spaces").plot(ax=axes, color="#bcdca2", ec="#a3c98a", lw=0.2)
    _layer(data, "buildings").plot(ax=axes, color="#d3c4ae", ec="#b9a88d", lw=0.15)
    controls[controls.kind == "purple"].plot(ax=axes, color="#b48ac4", alpha=0.35)
    obstacles = _layer(data, "obstacles")
    trees = obstacles[obstacles.kind == "tree"]
    axes.scatter(trees.geometry.x, trees.geometry.y, s=0.5, color="#6aa552", lw=0)


def _draw_roads(axes: Any, data: Path) -> None:
    roads = _layer(data, "roads")
    lines = roads[roads.geom_type == "LineString"]
    lines.plot(ax=axes, color="#b8b09c", lw=1.6)
    lines.plot(ax=axes, color=_ROAD_FILL["other"], lw=0.9)
    areas = roads[roads.geom_type == "Polygon"]
    areas.boundary.plot(ax=axes, color="#b3a88f", lw=0.5)
    for kind in reversed(list(_ROAD_FILL)):
        areas[areas.road_class == kind].plot(ax=axes, color=_ROAD_FILL[kind])
    areas[areas.road_class.isna()].plot(ax=axes, color=_ROAD_FILL["local"])


def _draw_cases(axes: Any, data: Path) -> None:
    routes = _layer(data, "routes").set_index("route_id")
    for line in (data / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) > 4 and cells[1] in routes.index:
            x, y = routes.geometry[cells[1]].xy
            colour = _VERDICT[cells[4]][0]
            axes.plot(x, y, color="white", lw=3.4, solid_capstyle="round")
            axes.plot(x, y, color=colour, lw=2.1, solid_capstyle="round")


def _draw_words(axes: Any) -> None:
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=2.2, foreground="white")]
    for text, x, y, angle in _LABELS:
        axes.text(
            x, y, text, rotation=angle, fontsize=9, color="#4b4436", ha="center", va="center",
            path_effects=halo,
        )  # fmt: skip
    axes.text(
        580_180, 3_658_050, "示 例 河", rotation=80, fontsize=12, color="#3f78a3", ha="center",
        style="italic",
    )  # fmt: skip
    for text, x, y in (
        ("老 城 区", 579_200, 3_658_300),
        ("产 业 集 聚 区", 581_000, 3_659_330),
        ("新 城 区", 578_000, 3_660_600),
    ):
        axes.text(x, y, text, fontsize=15, color="#6d6350", ha="center", path_effects=halo)


def _draw_legend(axes: Any) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    entries: list[Any] = [
        Patch(fc=colour, ec="#b3a88f", lw=0.6, label=_ROAD_WORD[kind])
        for kind, colour in _ROAD_FILL.items()
    ]
    entries += [
        Patch(fc="#a8cbe4", label="蓝线(河道)"),
        Patch(fc="#bcdca2", label="绿地"),
        Patch(fc="#b48ac4", alpha=0.45, label="紫线(文物)"),
        Patch(fc="#d3c4ae", ec="#b9a88d", lw=0.6, label="建筑物"),
    ]
    entries += [
        Line2D([], [], color=colour, lw=2.6, label=f"外线 {word}")
        for colour, word in _VERDICT.values()
    ]
    legend = axes.legend(
        handles=entries, loc="lower left", fontsize=8.5, framealpha=0.95, borderpad=0.7,
        title="示例县城\n地名、管线、案件\n均为虚构\nEPSG:4546", title_fontsize=9,
        bbox_to_anchor=(0.004, 0.235), handlelength=1.5, labelspacing=0.55,
    )  # fmt: skip
    legend.get_title().set(multialignment="center", linespacing=1.5)
    legend.get_frame().set_edgecolor("#b3a88f")
    _draw_scale(axes)


def _draw_scale(axes: Any) -> None:
    x, y = 581_350.0, 3_655_960.0
    axes.plot([x, x + 1000], [y, y], color="#4b4436", lw=3, solid_capstyle="butt")
    axes.text(x + 500, y + 45, "1 km", ha="center", fontsize=9, color="#4b4436")
    axes.annotate(
        "北", (576_330, 3_661_860), (576_330, 3_661_480), ha="center", fontsize=12,
        color="#4b4436", arrowprops={"arrowstyle": "-|>", "color": "#4b4436", "lw": 1.6},
    )  # fmt: skip


def _with_palette(path: Path) -> None:
    """Keep the file small: the tints of the map themselves, then what is most frequent."""
    from PIL import Image, ImageColor

    fixed = [*_ROAD_FILL.values(), *(colour for colour, _ in _VERDICT.values()), *_TINTS]
    with Image.open(path) as opened:
        image = opened.convert("RGB")
    counted = image.getcolors(image.width * image.height) or []
    frequent = [colour for _, colour in sorted(counted, reverse=True)]
    palette = list(dict.fromkeys([*(ImageColor.getrgb(c) for c in fixed), *frequent]))[:256]
    key = Image.new("P", (1, 1))
    key.putpalette([channel for colour in palette for channel in colour])
    image.quantize(palette=key, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
