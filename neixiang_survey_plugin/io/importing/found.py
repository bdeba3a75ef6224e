"""What a reader of one format hands on."""

from __future__ import annotations

from dataclasses import dataclass

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.encodings import Evidence, Judged
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.app.wording.importing import encoding_sentence
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.raw_layer import RawLayer


@dataclass(frozen=True, eq=False)
class Found:
    """One layer of a source, the names of all its layers, and how its texts were read.

    ``remarks`` are sentences on what was made good or left out while reading.
    """

    raw: RawLayer
    layers: tuple[str, ...]
    format: str
    encoding: str | None = None
    encoding_reason: str | None = None
    remarks: tuple[str, ...] = ()


def settled_encoding(source: str, judged: Judged, declared: str | None) -> tuple[str, str]:
    """The encoding to read in, and the sentence why; UndecidedError where the texts do not say."""
    if judged.encoding is None:
        raise UndecidedError(source, (Question(Ask.ENCODING, choices=judged.candidates),))
    return judged.encoding, encoding_sentence(judged, declared)


def told_encoding(encoding: str) -> tuple[str, str]:
    """An encoding that the user named; SurveyError for one that does not exist."""
    try:
        "".encode(encoding)
    except LookupError:
        raise SurveyError(f"--encoding {encoding}：不认识这种编码；可写 GBK、UTF-8、Big5") from None
    return encoding, encoding_sentence(Judged(encoding, Evidence.TOLD, 1.0), None)


def chosen_layer(source: str, layers: tuple[str, ...], wanted: str | None) -> str:
    """The layer that was named, else the only one.

    UndecidedError where there are several and none was named; SurveyError lists those there are.
    """
    if wanted is not None:
        found = [name for name in layers if name.casefold() == wanted.casefold()]
        if not found:
            listed = "、".join(layers) or "没有带几何的图层"
            raise SurveyError(f"{source}: 没有图层 {wanted}；里面有 {listed}")
        return found[0]
    if not layers:
        raise SurveyError(f"{source}: 里面没有带几何的图层；请换一个文件")
    if len(layers) > 1:
        raise UndecidedError(source, (Question(Ask.LAYER, choices=layers),))
    return layers[0]
