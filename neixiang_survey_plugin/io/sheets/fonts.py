"""The Chinese font of this machine, and the few of its characters that a document needs."""

from __future__ import annotations

import functools
import io
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError

# By file; of a collection the member whose name says Simplified Chinese.
_FILES = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "NotoSansSC-Regular.ttf",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf",
    "msyh.ttc",
    "msyh.ttf",
    "Deng.ttf",
    "simhei.ttf",
    "simsun.ttc",
    "PingFang.ttc",
    "STHeiti Medium.ttc",
    "Hiragino Sans GB.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
)
_NAMES_SC = (" SC", " GB", "YaHei", "SimSun", "Heiti SC", "Micro Hei", "Zen Hei")
_TRIED = "给水长度阀门面积"
_FAMILY = "SurveySheet"
# A moment for the font's own tables, which have to have one: the same bytes for the same text.
_MADE = 3_786_912_000
_CURVES_EM = 1e-3  # how far a curve may move when it becomes a quadratic one


def font_folders() -> tuple[Path, ...]:
    """Where this kind of machine keeps its fonts, the user's own among them."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        own = Path(os.environ.get("LOCALAPPDATA", str(home))) / "Microsoft/Windows/Fonts"
        return windows / "Fonts", own
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts"


def chinese_font(folders: Iterable[Path] | None = None) -> SheetFont:
    """The first Chinese font of this machine, read once; SurveyError where there is none."""
    return _found(font_folders() if folders is None else tuple(folders))


@functools.lru_cache(maxsize=4)
def _found(folders: tuple[Path, ...]) -> SheetFont:
    files = {path.name: path for folder in folders for path in _below(folder)}
    for name in _FILES:
        if name in files:
            font = SheetFont(files[name])
            if all(font.has(letter) for letter in _TRIED):
                return font
    raise SurveyError(
        "这台机器没有中文字体，图纸画不出来；请安装一种（Debian、Ubuntu：apt install "
        "fonts-noto-cjk；Windows 自带微软雅黑），再重新出件。"
    )


def _below(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place) / name for name in names if name in _FILES)


class SheetFont:
    """A font file: how wide its characters are, and a small font of those that are used."""

    def __init__(self, path: Path) -> None:
        from fontTools.ttLib import TTFont

        self.path = path
        content = io.BytesIO(path.read_bytes())  # a file kept open would stay so for good
        self._font: Any = TTFont(content, fontNumber=_member(path), lazy=True)
        if "vmtx" in self._font:  # 65,000 tuples for columns of text, which no sheet has
            del self._font["vmtx"]
        self._names: dict[int, str] = self._font.getBestCmap()
        self._glyphs: Any = self._font.getGlyphSet()
        self._em = int(self._font["head"].unitsPerEm)
        self._drawn: dict[str, tuple[Any, int]] = {}
        self._widths: dict[str, float] = {}

    def has(self, letter: str) -> bool:
        """Whether the font can show a character."""
        return ord(letter) in self._names

    def spelled(self, text: str) -> str:
        """A text with what the font lacks, an emoji say, by its number: 〔U+1F600〕.

        Line breaks and other controls become blanks; marks that join or vary characters, which
        nobody sees, go.
        """
        return "".join(self._spelled(letter) for letter in text)

    def width_em(self, text: str) -> float:
        """How wide a text is as it will be shown, in ems."""
        return sum(self._width(letter) for letter in text)

    def small(self, texts: Iterable[str]) -> bytes:
        """A TrueType font of the characters of some texts alone."""
        letters = {letter for text in texts for letter in self.spelled(text)} | {" "}
        names = {ord(letter): self._names[ord(letter)] for letter in sorted(letters)}
        order = [".notdef", *sorted(set(names.values()) - {".notdef"})]
        return _built(order, names, {name: self._glyph(name) for name in order}, self._font)

    def _spelled(self, letter: str) -> str:
        kind = unicodedata.category(letter)
        if kind == "Cf" or "\ufe00" <= letter <= "\ufe0f":
            return ""
        if kind in ("Cc", "Zl", "Zp"):
            return " "
        return letter if self.has(letter) else f"〔U+{ord(letter):04X}〕"

    def _width(self, letter: str) -> float:
        if letter not in self._widths:
            shown = self._spelled(letter)
            units = sum(self._glyphs[self._names[ord(one)]].width for one in shown)
            self._widths[letter] = units / self._em
        return self._widths[letter]

    def _glyph(self, name: str) -> tuple[Any, int]:
        if name not in self._drawn:
            self._drawn[name] = self._outlined(name), self._glyphs[name].width
        return self._drawn[name]

    def _outlined(self, name: str) -> Any:
        """A character's outline, whole, its curves quadratic: not made of other characters."""
        from fontTools.pens.cu2quPen import Cu2QuPen
        from fontTools.pens.recordingPen import DecomposingRecordingPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        recorded, pen = DecomposingRecordingPen(self._glyphs), TTGlyphPen(None)
        self._glyphs[name].draw(recorded)
        cubic = "CFF " in self._font or "CFF2" in self._font
        error = _CURVES_EM * self._em
        recorded.replay(Cu2QuPen(pen, error, reverse_direction=True) if cubic else pen)
        return pen.glyph()


def _member(path: Path) -> int:
    """The number of the Simplified Chinese font in a collection; 0 for a single font."""
    if path.suffix.lower() != ".ttc":
        return 0
    from fontTools.ttLib import TTCollection

    with TTCollection(path, lazy=True) as collection:
        names = [str(one["name"].getDebugName(1)) for one in collection.fonts]
    fitting = (k for k, name in enumerate(names) if any(word in name for word in _NAMES_SC))
    return next(fitting, 0)


def _built(
    order: list[str], names: dict[int, str], drawn: dict[str, tuple[Any, int]], source: Any
) -> bytes:
    from fontTools.fontBuilder import FontBuilder

    builder = FontBuilder(int(source["head"].unitsPerEm), isTTF=True)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: glyph for name, (glyph, _) in drawn.items()})
    metrics = {name: (wide, getattr(glyph, "xMin", 0)) for name, (glyph, wide) in drawn.items()}
    builder.setupHorizontalMetrics(metrics)
    line = source["hhea"]
    builder.setupHorizontalHeader(ascent=line.ascent, descent=line.descent)
    builder.setupNameTable({"familyName": _FAMILY, "styleName": "Regular"})
    builder.setupOS2(
        sTypoAscender=line.ascent,
        sTypoDescender=line.descent,
        usWinAscent=max(line.ascent, 0),
        usWinDescent=max(-line.descent, 0),
    )
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = _MADE
    made = io.BytesIO()
    builder.save(made)
    return made.getvalue()
