"""What is said of a packet that was verified."""

from __future__ import annotations

from collections.abc import Sequence

from neixiang_survey_plugin.app.verifying import Difference, DifferenceKind, Verified
from neixiang_survey_plugin.app.wording.casework import state_words
from neixiang_survey_plugin.app.wording.figures import few_named
from neixiang_survey_plugin.core.casework.dossier import Dossier

NO_OFFICE = (
    "没有找到 LibreOffice，资料包里只有 DOCX，没有 PDF；"
    "装上 LibreOffice 后重新出件（Windows 上有 Word 的，装 pywin32 也可以），"
    "或在 Word 里打开另存为 PDF。"
)
_SENTENCES = {
    DifferenceKind.DAMAGED: "{where}：已损坏，读不出来",
    DifferenceKind.CONTAINER: "{where}：压缩包不是出件时的样子，里面的文件见下",
    DifferenceKind.MISSING: "{where}：清单里有，包里没有",
    DifferenceKind.EXTRA: "{where}：清单里没有，是后来放入的",
    DifferenceKind.CHANGED: "{where}：内容已被改动，哈希与清单不符",
    DifferenceKind.FIGURE: "{where}：包里写 {said}，重算得 {found}",
    DifferenceKind.MILDER: "{where}：包里走 {said}，比判定的 {found} 宽",
    DifferenceKind.NOT_JUDGED: "{where}：用包里的县资料无法重新判定（{found}）",
}


def difference_sentence(one: Difference) -> str:
    """In what the packet is not what it says."""
    return _SENTENCES[one.kind].format(where=one.where, said=one.said, found=one.found) + "。"


def issued_sentence(case_id: str) -> str:
    """That a packet was issued and is on record."""
    return f"案件 {case_id}：已出具，已记入踏勘文件。"


def not_issued_sentence(case_id: str, problems: Sequence[str]) -> str:
    """That a packet is only a draft, and everything that stands against it."""
    said = " ".join(problems)
    return f"案件 {case_id}：只出了草稿。{said}"


def without_number_sentence(lines: Sequence[str]) -> str:
    """That lines of no case were passed over, and what to do."""
    named = few_named(lines)
    return f"外线 {named}没有案件编号，没有出资料包；先用 line set --set case_id=… 归入案件。"


def too_late_words(dossier: Dossier) -> str:
    """That a case is past the state in which packets go out."""
    return f"案件已是“{state_words(dossier.case.state)}”，须先写明理由退回才能重新出资料。"


def without_pdf_sentence(packet: str, forms: Sequence[str]) -> str:
    """Which forms of a packet the office program did not convert."""
    return f"{packet}：{'、'.join(forms)} 没有转成 PDF；请在 Word 或 LibreOffice 里打开另存。"


def verified_sentence(verified: Verified) -> str:
    """Whether the packet is as it was written."""
    if verified.differences:
        return f"资料包 {verified.packet}：不一致，{len(verified.differences)} 处。"
    own = "、".join(verified.forms_by_hash_alone)
    by_hash = f"{own} 用的不是随程序提供的模板，只核对了哈希。" if own else ""
    return (
        f"资料包 {verified.packet}：一致。文件哈希全部相符，{verified.figures} 个数值重算相同。"
        f"{by_hash}编号 {verified.number}"
    )
