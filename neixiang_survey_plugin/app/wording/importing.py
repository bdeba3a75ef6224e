"""Sentences about an import: what is asked, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from neixiang_survey_plugin.app.importing.changes import Change
from neixiang_survey_plugin.app.importing.encodings import Evidence, Judged
from neixiang_survey_plugin.app.importing.mapping import Reason
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.app.importing.report import FieldReport, ImportReport
from neixiang_survey_plugin.app.wording.changes import cell_sentence, change_sentences
from neixiang_survey_plugin.app.wording.repairs import repair_sentences
from neixiang_survey_plugin.app.wording.where import place_sentences

_MOST_CHOICES = 8


def question_sentence(question: Question) -> str:
    """One question with the options that answer it."""
    said = _SENTENCES[question.ask](question)
    return f"{said}；{_ways(question)}"


def _ways(question: Question) -> str:
    options = question.options[: _MOST_CHOICES + 1]
    if question.ask in (Ask.FIELD, Ask.UNIT, Ask.REPEATS, Ask.IDS):
        first, *others = options
        return f"若是，请加 {first}" + "".join(f"，否则 {one}" for one in others)
    return "请加 " + " 或 ".join(options)


def _field(question: Question) -> str:
    others = question.choices[1:]
    also = f"（也可能是 {'、'.join(others)}）" if others else ""
    return f"字段 {question.field} 像是列 {question.column}{also}，但不能肯定"


def _ids(question: Question) -> str:
    numbered = f"可按行的次序编成 {question.proposed}1 起"
    if question.column is None:
        return f"没有可作编号（{question.field}）的列，{numbered}"
    return f"编号（{question.field}）像是列 {question.column}，但不能肯定，也{numbered}"


def _absent(question: Question) -> str:
    named = f"；从图层名看都是 {question.proposed}" if question.proposed else ""
    return f"没有像 {question.field} 的列，而判定要用它{named}"


def _value(question: Question) -> str:
    known = "、".join(question.choices)
    words = f"，可写 {known}" if known else "，可写成 2019-12-01、300 这样的日期或数"
    return (
        f"列 {question.column} 的值“{question.text}”（{question.count} 处）"
        f"不知是 {question.field} 的什么{words}，留空为未知"
    )


_SENTENCES: Mapping[Ask, Callable[[Question], str]] = {
    Ask.LAYER: lambda one: f"里面有 {len(one.choices)} 个图层，不知要哪一个",
    Ask.ENCODING: lambda one: "文字的编码不能肯定",
    Ask.CRS: lambda one: one.text or "不知坐标在哪里",
    Ask.AXES: lambda one: (
        f"坐标列 {'、'.join(one.choices)} 的数看不出哪个是北（north-first 前一列是北）"
    ),
    Ask.FIELD: _field,
    Ask.ABSENT: _absent,
    Ask.IDS: _ids,
    Ask.REPEATS: lambda one: (
        f"编号列 {one.column} 有 {one.count} 行重复或为空，可把重复的写成 -2、-3，空的按行号编"
    ),
    Ask.VALUE: _value,
    Ask.UNIT: lambda one: (
        f"列 {one.column}（{one.field}）的数没有写单位，像是 {one.proposed}，但不能肯定"
    ),
    Ask.DATE_ORDER: lambda one: (
        f"列 {one.column} 的日期不知是日在前还是月在前（dmy 日月年，mdy 月日年）"
    ),
    Ask.SET_ASIDE: lambda one: (
        f"{one.count} 个要素的几何不能用：{one.text}；"
        "请在源文件里补画，也可先搁置（判定就看不到它们）"
    ),
    Ask.GONE: lambda one: (
        f"图层原有的 {one.count} 个对象不在这个文件里：{one.text}；"
        "文件只是一部分时原有的保留（--update），文件是整个图层时它们移入历史（--replace）"
    ),
    Ask.CONFIRM: lambda one: (
        "OSM 的 highway 标签不是道路等级的依据；道路等级宜留空，"
        "除非有人已按县的道路名册逐类核对并写明姓名"
    ),
}

_EVIDENCE: Mapping[Evidence, str] = {
    Evidence.TOLD: "按指定的",
    Evidence.DECLARED: "文件自己写明，读来也通顺",
    Evidence.ASCII: "没有中文，哪种编码都一样",
    Evidence.READS: "文件没有写明，按它读出的是通顺的中文",
    Evidence.DENIES: "文件写的是 {declared}，但那样读不通，按它读出的是通顺的中文",
}


def encoding_sentence(judged: Judged, declared: str | None) -> str:
    """Why texts were read in an encoding."""
    return _EVIDENCE[judged.evidence].format(declared=declared)


# The steps of an import in their order; each has words of its own under ``work``.
STEPS = (
    "import_read",
    "import_describe",
    "import_convert",
    "import_place",
    "import_repair",
    "import_check",
    "import_compare",
    "import_write",
    "import_verify",
    "import_publish",
)

_REASONS: Mapping[Reason, str] = {
    Reason.TOLD: "已指定",
    Reason.REMEMBERED: "上次已确认",
    Reason.SAME_NAME: "同名",
    Reason.SYNONYM: "列名",
    Reason.PERHAPS: "列名相近",
    Reason.CONTENT: "内容",
    Reason.ABSENT: "没有",
}
_HOW: Mapping[str, str] = {
    "unknown": "{} 处写明不详，作未知",
    "unread": "{} 处读不懂，作未知",
    "told": "{} 处按指定的含义",
    "month": "{} 处只有年月，取月末",
    "quarter": "{} 处只有季度，取季末",
    "year": "{} 处只有年份，取年末",
    "period": "{} 处是起止时间，取止日",
    "serial": "{} 处是电子表格的日期序号",
    "stamp": "{} 处是时间戳",
}
_MOST_TEXTS = 6


def reason_word(reason: Reason) -> str:
    """Why a column was taken, in a word."""
    return _REASONS[reason]


def how_words(one: FieldReport) -> list[str]:
    """What was special about the cells of a field, each with its count."""
    said = [] if one.unit is None else [f"单位 {one.unit}"]
    for how, count in one.how.items():
        said.append(_HOW[how].format(count) if how in _HOW else f"{count} 处写的是 {how}")
    if one.unread:
        texts = "、".join(list(one.unread)[:_MOST_TEXTS])
        said.append(f"读不懂的有 {texts}{' 等' if len(one.unread) > _MOST_TEXTS else ''}")
    changed = {text: word for text, word in one.words.items() if word not in (None, text)}
    if changed:
        shown = [f"{text}→{word}" for text, word in list(changed.items())[:_MOST_TEXTS]]
        said.append("，".join(shown))
    return said


def import_sentences(
    report: ImportReport, say_change: Callable[[Change], str] = cell_sentence
) -> list[str]:
    """What is to be known about an import besides its fields; ``say_change`` tells of one cell."""
    origin = report.origin
    said = [
        f"来源 {origin.source} 图层 {origin.layer}：{report.features} 个要素，按 {report.crs} 读"
    ]
    said += place_sentences(report.place, report.where)
    if origin.encoding:
        why = f"（{origin.encoding_reason}）" if origin.encoding_reason else ""
        said.append(f"文字编码 {origin.encoding}{why}")
    said += origin.remarks
    if report.new_ids:
        said.append(f"编号按行的次序编成 {report.new_ids}1 起；源文件增删行后再导入，编号会变")
    elif report.renamed:
        said.append(f"{report.renamed} 个重复或空的编号已补成唯一的")
    if report.columns_left:
        said.append(f"没有用到的列：{'、'.join(report.columns_left)}（在源文件的副本里）")
    said += repair_sentences(report.repairs)
    said += change_sentences(report.changes, say_change)
    if report.written is None:
        said.append("预览：什么也没有写")
    else:
        done = "已替换" if report.replaced else "已写成"
        said.append(f"{done} {report.written}，源文件的副本在 {'、'.join(report.kept_source)}")
    return said
