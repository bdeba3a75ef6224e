"""The Chinese for what a packet's data show: layers of drawings and maps, names of figures."""

from __future__ import annotations

LAYER_TITLES = {
    "routes": "外线",
    "bores": "非开挖段",
    "crossings": "道路内的各段",
    "working_strips": "作业带",
    "green_patches": "占用的绿地",
    "conflicts": "管线冲突",
}
FIELD_TITLES = {
    "route_id": "外线",
    "utility_name": "专业",
    "unit_name": "单位",
    "length_m": "长度 m",
    "diameter_mm": "管径 mm",
    "laying_name": "敷设方式",
    "way_name": "办理方式",
    "road_name": "道路",
    "road_id": "道路编号",
    "road_class_name": "等级",
    "kind_name": "方式",
    "angle_deg": "交角 °",
    "depth_m": "深度 m",
    "width_m": "宽 m",
    "green_id": "绿地编号",
    "green_name": "绿地",
    "area_m2": "面积 m²",
    "other": "对象",
    "measured_m": "实测 m",
    "required_m": "要求 m",
    "outcome_name": "结论",
    "clause": "条款",
}
# The layers of drawings that show what is there already.
ROADS_LAYER, GREEN_LAYER = "道路红线", "绿地"
EXISTING, WORDS, STRIPS = "现状", "注记", "作业带"
GRID_NOTE = "坐标系 EPSG:{epsg}，X 为北，Y 为东，单位 m"
