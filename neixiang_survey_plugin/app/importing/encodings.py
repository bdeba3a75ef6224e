"""In which encoding texts are written, judged by what they say when they are read in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

UTF8, GBK, BIG5 = "UTF-8", "GB18030", "Big5"  # GB18030 contains GBK, which contains GB2312
_MOST_BYTES = 400_000

# The common characters of each: level 1 of GB2312 by its first byte, of Big5 likewise.
_GB_COMMON = range(0xB0, 0xD8)
_BIG5_COMMON = range(0xA4, 0xC7)
# Punctuation, figures and letters that stand between Chinese characters.
_BETWEEN = (
    range(0x2010, 0x2070),
    range(0x2160, 0x2190),
    range(0x3000, 0x3020),
    range(0xFF01, 0xFF5F),
)
_ALSO_BETWEEN = frozenset("·×ΦφØ°±²³℃㎡№→←—…①②③④⑤⑥⑦⑧⑨⑩")

_PLAUSIBLE = 0.7  # share of common characters from which a reading is Chinese
_LEAD = 0.15  # by which it must be better than every other
_NAMES = {
    "utf-8": UTF8,
    "utf8": UTF8,
    "65001": UTF8,
    "cp65001": UTF8,
    "gbk": GBK,
    "gb2312": GBK,
    "gb18030": GBK,
    "936": GBK,
    "cp936": GBK,
    "ansi936": GBK,
    "windows936": GBK,
    "ms936": GBK,
    "54936": GBK,
    "euccn": GBK,
    "big5": BIG5,
    "950": BIG5,
    "cp950": BIG5,
}


class Evidence(Enum):
    """Why an encoding was taken."""

    TOLD = "told"
    DECLARED = "declared"  # the file says so, and what it says then makes sense
    ASCII = "ascii"  # nothing but ASCII: every encoding is right
    READS = "reads"  # only so it makes sense; the file says nothing
    DENIES = "denies"  # only so it makes sense; the file says something else


@dataclass(frozen=True)
class Judged:
    """The encoding of some texts; ``candidates`` are those that make sense where none is certain.

    ``share`` is the share of common Chinese characters among those that are not ASCII.
    """

    encoding: str | None
    evidence: Evidence
    share: float
    candidates: tuple[str, ...] = ()


def judge_encoding(samples: Iterable[bytes], declared: str | None = None) -> Judged:
    """The encoding in which texts make sense; None where several do, or none.

    ``declared`` is what the file says of itself: it is believed where its reading is no worse
    than the others. A text that was cut within a character counts without the rest.
    """
    texts = _telling(samples)
    said = known_encoding(declared)
    if not texts:
        return Judged(said or UTF8, Evidence.ASCII, 1.0)
    shares = {
        name: plausible_share(texts, name) for name in dict.fromkeys((said, UTF8, GBK)) if name
    }
    if shares[GBK] < _PLAUSIBLE:  # a few characters of GBK are nearly always some of Big5 too
        shares[BIG5] = plausible_share(texts, BIG5)
    best = max(shares, key=lambda name: (shares[name], name == said))
    if said is not None and shares[said] >= max(_PLAUSIBLE, shares[best] - _LEAD):
        return Judged(said, Evidence.DECLARED, shares[said])
    others = [share for name, share in shares.items() if name != best]
    if shares[best] >= _PLAUSIBLE and shares[best] - max(others) >= _LEAD:
        evidence = Evidence.DENIES if declared and said != best else Evidence.READS
        return Judged(best, evidence, shares[best])
    possible = sorted((name for name in shares if shares[name] > 0.0), key=lambda one: -shares[one])
    return Judged(None, Evidence.READS, shares[best], tuple(possible) or (GBK, UTF8))


def known_encoding(written: str | None) -> str | None:
    """One of the encodings of Chinese by any of its names; None for none or another one."""
    plain = "".join(sign for sign in (written or "").casefold() if sign.isalnum() or sign == "-")
    return _NAMES.get(plain) or _NAMES.get(plain.replace("-", ""))


def plausible_share(texts: Sequence[bytes], encoding: str) -> float:
    """Share of characters beyond ASCII that are common Chinese; 0.0 where one cannot be read."""
    common = strange = 0
    for text in texts:
        read = decoded(text, encoding)
        if read is None:
            return 0.0
        for sign in read:
            if ord(sign) < 0x80:
                continue
            if _is_common(sign, encoding):
                common += 1
            else:
                strange += 1
    return common / (common + strange) if common else 0.0


def decoded(text: bytes, encoding: str) -> str | None:
    """A text, without a character that was cut off at its end; None where it cannot be read."""
    try:
        return text.decode(encoding)
    except UnicodeDecodeError as error:
        cut_off = error.reason in ("unexpected end of data", "incomplete multibyte sequence")
        if not cut_off:
            return None
        return text[: error.start].decode(encoding)


def _telling(samples: Iterable[bytes]) -> list[bytes]:
    """Distinct texts that are not ASCII, up to some amount."""
    found: dict[bytes, None] = {}
    size = 0
    for text in samples:
        if not text.isascii() and text not in found:
            found[text] = None
            size += len(text)
            if size > _MOST_BYTES:
                break
    return list(found)


def _is_common(sign: str, encoding: str) -> bool:
    code = ord(sign)
    if sign in _ALSO_BETWEEN or any(code in part for part in _BETWEEN):
        return True
    if not 0x4E00 <= code < 0xA000:
        return False
    return _first_byte(sign, "gb2312") in _GB_COMMON or (
        encoding == BIG5 and _first_byte(sign, "big5") in _BIG5_COMMON
    )


def _first_byte(sign: str, encoding: str) -> int:
    try:
        return sign.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0
