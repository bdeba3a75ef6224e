"""Where a layer lies and why, in words."""

from __future__ import annotations

from collections.abc import Iterator

from neixiang_survey_plugin.app.importing.where import Candidate, Standing, Whereabouts
from neixiang_survey_plugin.app.importing.where_matching import (
    FARTHEST_PUSH_M,
    NEAREST_PUSH_M,
    SAME_PLACE_M,
    Match,
)
from neixiang_survey_plugin.app.importing.where_reading import Reading
from neixiang_survey_plugin.app.importing.where_web_maps import WebShift
from neixiang_survey_plugin.app.wording.figures import trimmed

_WEB_MAPS = {WebShift.GCJ02: "GCJ-02（高德、腾讯等网络地图）", WebShift.BD09: "BD-09（百度地图）"}


def mistake_words(reading: Reading, name: str, declared: str, only_swapped: bool) -> str:
    """What was taken for what, for a layer that does not lie in the county."""
    if only_swapped:
        return "像是两个坐标写反了（应东坐标或经度在前）"
    if reading.prefix:
        return f"东坐标像是带了带号 {reading.prefix}"
    if reading.system == "EPSG:4490":
        what = "纬度在前的经纬度" if reading.north_first else "经纬度（EPSG:4490、EPSG:4326）"
        return f"像是{what}被当成了 {declared}"
    if reading.north_first:
        return f"像是北坐标在前的 {name}的坐标被当成了 {declared}"
    return f"像是 {name}的坐标被当成了 {declared}"


def reading_words(candidate: Candidate) -> str:
    """How a candidate reads the numbers, in one line."""
    return "，".join(reading_parts(candidate))


def reading_parts(candidate: Candidate) -> tuple[str, ...]:
    """The system that a candidate reads the numbers in, then what else is done with them."""
    reading = candidate.reading
    parts = [candidate.name]
    if reading.north_first:
        parts.append("北坐标（纬度）在前")
    if reading.prefix:
        parts.append(f"去掉带号 {reading.prefix}")
    if reading.web is not None:
        parts.append(f"去掉 {_WEB_MAPS[reading.web]} 的偏移")
    if reading.shift_m is not None:
        parts.append(shift_words(reading.shift_m))
    return tuple(parts)


def shift_words(shift_m: tuple[float, float]) -> str:
    """An offset in the county grid."""
    return f"整体平移：东 {shift_m[0]:+.3f} m，北 {shift_m[1]:+.3f} m"


def standing_sentence(found: Whereabouts) -> str:
    """What is known of the place, as a whole."""
    best = found.best
    if best is None:
        nowhere = "没有一种常用坐标系能让它落在县的附近；可能是地方坐标，请问清坐标系或平移量"
        return _astray(found) + nowhere
    read = reading_words(best)
    if found.standing is Standing.PROVEN and best.is_declared:
        return f"位置确定：{read}；与文件声明一致，也与县里已有的图层对得上"
    if found.standing is Standing.PROVEN and found.declared is not None:
        return f"文件声明的坐标系不对：与县里已有的图层对得上的是 {read}"
    if found.standing is Standing.PROVEN:
        return f"位置确定：{read}；与县里已有的图层对得上"
    if found.standing is Standing.DECLARED:
        why = "与县里已有的图层没有可核对的共同点" if found.compared else "县里还没有图层可以核对"
        return f"按文件声明的 {read}，落在县里；{why}，未经核实"
    return _astray(found) + f"说不准在哪里：{_doubt(found)}"


def place_sentences(taken: Reading, found: Whereabouts) -> list[str]:
    """Where a layer was put and what speaks for it; a warning where something else fits better."""
    said = [standing_sentence(found)]
    one = next((one for one in found.candidates if one.reading.code == taken.code), None)
    if one is not None and one is not found.best:
        said.append(f"已按指定的 {reading_words(one)} 放置")
    elif one is None:
        said.append(f"已按指定的 {taken.code} 放置，它不在所列的读法之中")
    if taken.shift_m is not None:
        said.append(f"{shift_words(taken.shift_m)}；由重合的边线比出，不能代替正式的转换参数")
    return said


def reasons(candidate: Candidate, found: Whereabouts) -> tuple[str, ...]:
    """Why a candidate may be right or wrong, a sentence each."""
    return tuple(_reasons(candidate, found))


def _reasons(candidate: Candidate, found: Whereabouts) -> Iterator[str]:
    if candidate.is_declared:
        yield "文件自己声明的坐标系"
    if candidate.old_datum:
        yield (
            "文件声明的旧基准（北京54、西安80）没有公开的转换参数，"
            "照这样放会差几十到一百多米；要与县里的图层比对，或先用本地参数转换"
        )
    yield from _of_shift(candidate.reading)
    if candidate.gap_m > 0:
        yield f"离县里已有的图层 {candidate.gap_m / 1000:.1f} km"
    elif found.compared:
        yield f"{candidate.inside:.0%} 的顶点在县里已有图层的范围内"
    if candidate.match is not None:
        yield from _of_match(candidate.match, candidate.coincides)
    if candidate.also:
        yield f"放在同一位置的还有 {'、'.join(candidate.also)}"


def _of_shift(reading: Reading) -> Iterator[str]:
    if reading.shift_m is None:
        return
    if reading.shift_is_of_a_datum:
        yield "平移几十到一百多米，是北京54、西安80 等旧基准的样子"
    else:
        yield "平移很大，是减去了常数的地方坐标的样子"


def _of_match(match: Match, coincides: bool) -> Iterator[str]:
    near = trimmed(SAME_PLACE_M)
    aside = f"往旁边挪 {trimmed(NEAREST_PUSH_M)}-{trimmed(FARTHEST_PUSH_M)} m"
    if coincides and match.on_corner >= match.rival_on_corner * 2:
        yield (
            f"{match.points} 个顶点里有 {match.on_corner} 个与县里已有的点重合（{near} m 内），"
            f"{aside}，最多只有 {match.rival_on_corner} 个"
        )
    elif coincides:
        yield (
            f"{match.points} 个顶点里有 {match.on_edge} 个在县里已有的边线上（{near} m 内），"
            f"{aside}，最多只有 {match.rival_on_edge} 个"
        )
    else:
        yield (
            f"{match.points} 个顶点里有 {match.on_edge} 个在县里已有的边线上（{near} m 内），"
            "不足以认定位置"
        )
    if match.in_streets is not None and match.in_streets_aside is not None:
        yield (
            f"{match.in_streets:.0%} 的顶点在道路里，挪开 75 m 以上时平均 "
            f"{match.in_streets_aside:.0%}"
        )


def _astray(found: Whereabouts) -> str:
    """What the file says, where that leads nowhere near."""
    if found.declared_name is None:
        return "文件没有写明坐标系，"
    if any(one.is_declared for one in found.candidates):
        return ""
    return f"按文件声明的 {found.declared_name}，它不在县的附近（或在县坐标系的使用范围之外）；"


def _doubt(found: Whereabouts) -> str:
    proven = sum(one.coincides for one in found.candidates)
    if proven > 1:
        return f"有 {proven} 种读法都与县里已有的图层对得上"
    missing = "与县里已有的图层没有可核对的共同点" if found.compared else "县里还没有图层可以核对"
    best = found.best
    if best is not None and best.old_datum:
        return f"旧基准没有公开的转换参数，{missing}"
    if best is not None and best.is_declared:
        return "文件声明的位置与县里的道路看不出关系，可能差了几十米到几百米"
    return f"单凭坐标分不清 CGCS2000、北京54、西安80 和网络地图的偏移，{missing}"
