"""Headings, field tables, repeated tables and boxes of a Chinese form on A4."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.font import CT_RPr
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from neixiang_survey_plugin.io.fixed_zip import without_times

TEXT_WIDTH_CM = 17.0
_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_LABEL_FILL = "F2F2F2"
_FIXED_TIME = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


class FormTemplate:
    """A form that grows downwards; text in double braces is filled in later."""

    def __init__(self, title: str) -> None:
        self.document = Document()
        self._set_up_page()
        self._set_up_style()
        _write(
            self._paragraph(after=4, align=WD_ALIGN_PARAGRAPH.CENTER), title, 18, _HEI, bold=True
        )
        self.begin("if draft")
        self.text("【草稿，未出件，不能盖章】", centred=True)
        self.end("if")

    def content(self) -> bytes:
        """The template as a file holds it."""
        self._paragraph()  # Word wants a paragraph behind a table
        saved = io.BytesIO()
        self.document.save(saved)
        return without_times(saved.getvalue())

    def heading(self, text: str) -> None:
        """The head of a part; it stays with what follows."""
        paragraph = self._paragraph(before=9, after=4)
        paragraph.paragraph_format.keep_with_next = True
        _write(paragraph, text, 12, _HEI, bold=True)

    def subheading(self, text: str) -> None:
        """The head of a table or of a list; it stays with what follows."""
        paragraph = self._paragraph(before=6, after=3)
        paragraph.paragraph_format.keep_with_next = True
        _write(paragraph, text, 10.5, _HEI, bold=True)

    def text(self, text: str, *, centred: bool = False) -> None:
        """One paragraph."""
        alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        paragraph = self._paragraph(before=2, after=3, align=alignment)
        _write(paragraph, text, 10.5, _SONG)

    def repeated(self, variable: str, source: str, text: str) -> None:
        """One paragraph for each item of a list."""
        self.begin(f"for {variable} in {source}")
        self.text(text)
        self.end("for")

    def begin(self, condition: str) -> None:
        """What follows depends on a condition or is repeated, up to ``end``."""
        self.document.add_paragraph("{%p " + condition + " %}")

    def end(self, kind: str) -> None:
        """The end of what ``begin`` began: if or for."""
        self.document.add_paragraph("{%p end" + kind + " %}")

    def fields(self, rows: Sequence[Sequence[str]], label_cm: float = 3.4) -> None:
        """Labels and values in turn; a row of two has one wide value."""
        value_cm = TEXT_WIDTH_CM / 2 - label_cm
        widths = [label_cm, value_cm, label_cm, value_cm]
        table = self._table(len(rows), widths)
        for row, texts in zip(table.rows, rows, strict=True):
            _keep_whole(row)
            _set_height(row, 0.75)
            cells = row.cells
            if len(texts) == 2:
                cells = (cells[0], cells[1].merge(cells[3]))
            for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
                _fill(cell, text, label=place % 2 == 0)

    def table(
        self,
        loop: str,
        columns: Sequence[tuple[str, str, float]],
        row_cm: float = 0.65,
        right: Sequence[str] = (),
    ) -> None:
        """A table with a repeated head and a row an item: head, text and share of the width.

        The columns whose heads are in ``right`` are figures.
        """
        total = sum(share for _, _, share in columns)
        widths = [TEXT_WIDTH_CM * share / total for _, _, share in columns]
        table = self._table(4, widths)
        head, begin, row, end = table.rows
        _repeat_on_every_page(head)
        begin.cells[0].text = "{%tr for " + loop + " %}"
        end.cells[0].text = "{%tr endfor %}"
        _set_height(row, row_cm)
        for one in (head, row):
            _keep_whole(one)
        for index, (title, text, _) in enumerate(columns):
            _fill(head.cells[index], title, label=True)
            head.cells[index].paragraphs[0].paragraph_format.keep_with_next = True
            _fill(row.cells[index], text, right=title in right)

    def opinions(self, loop: str, label: str, height_cm: float = 2.5, text: str = "意见：") -> None:
        """A box an item, with room for an opinion, a signature, a seal and a date."""
        table = self._table(3, [4.2, TEXT_WIDTH_CM - 4.2])
        begin, row, end = table.rows
        begin.cells[0].text = "{%tr for " + loop + " %}"
        end.cells[0].text = "{%tr endfor %}"
        _opinion(row, label, text, height_cm)

    def box(self, label: str, text: str, height_cm: float) -> None:
        """One box with room for writing, a signature, a seal and a date."""
        _opinion(self._table(1, [4.2, TEXT_WIDTH_CM - 4.2]).rows[0], label, text, height_cm)

    def blank(self, rows: Sequence[tuple[str, float]]) -> None:
        """Empty boxes to write into by hand: label and height."""
        table = self._table(len(rows), [4.2, TEXT_WIDTH_CM - 4.2])
        for row, (label, height_cm) in zip(table.rows, rows, strict=True):
            _keep_whole(row)
            _set_height(row, height_cm)
            _fill(row.cells[0], label, label=True)

    def signatures(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Two boxes side by side, to be signed and sealed."""
        row = self._table(1, [TEXT_WIDTH_CM / 2] * 2).rows[0]
        _keep_whole(row)
        for cell, lines in zip(row.cells, (left, right), strict=True):
            for place, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(14)
                _write(paragraph, line, 10.5, _SONG)

    def _paragraph(
        self,
        before: float = 0,
        after: float = 0,
        align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    ) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.alignment = align
        return paragraph

    def _table(self, rows: int, widths_cm: Sequence[float]) -> Table:
        table: Table = self.document.add_table(rows, len(widths_cm), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width_cm in zip(table.columns, widths_cm, strict=True):
            column.width = Cm(width_cm)
            for cell in column.cells:
                cell.width = Cm(width_cm)
        return table

    def _set_up_page(self) -> None:
        section = self.document.sections[0]
        section.start_type = WD_SECTION.NEW_PAGE
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.0)
        section.top_margin, section.bottom_margin = Cm(2.0), Cm(1.8)
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for part in ("第 ", "PAGE", " 页　共 ", "NUMPAGES", " 页"):
            (_add_field if part.isupper() else _add_small)(footer, part)
        number = section.footer.add_paragraph()
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        # by this number anybody finds the packet again, and checks its figures
        _add_small(number, "资料包编号 {{ number }}{% if draft %}（草稿）{% endif %}")

    def _set_up_style(self) -> None:
        style = self.document.styles["Normal"]
        style.font.size = Pt(10.5)
        _set_font(style.element.get_or_add_rPr(), _SONG)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
        style.element.get_or_add_rPr().append(language)
        properties = self.document.core_properties
        properties.author = properties.comments = properties.title = ""
        properties.created = properties.modified = _FIXED_TIME


def _opinion(row: _Row, label: str, text: str, height_cm: float) -> None:
    _keep_whole(row)
    _set_height(row, height_cm)
    _fill(row.cells[0], label, label=True)
    cell = row.cells[1]
    _fill(cell, text)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    sign = cell.add_paragraph()
    sign.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    sign.paragraph_format.space_before = Pt(max(height_cm * 28.35 - 48, 4))
    _write(sign, "签字：　　　　　　（盖章）　　　　　年　　月　　日", 10.5, _SONG)


def _fill(cell: _Cell, text: str, *, label: bool = False, right: bool = False) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _write(paragraph, text, 10 if label else 9.5, _HEI if label else _SONG)
    if label:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _LABEL_FILL)
        cell._tc.get_or_add_tcPr().append(shade)


def _write(paragraph: Paragraph, text: str, size_pt: float, font: str, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.size = Pt(size_pt)
    _set_font(run._r.get_or_add_rPr(), font)


def _set_font(properties: CT_RPr, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi"):
        fonts.set(qn(script), _LATIN)
    fonts.set(qn("w:eastAsia"), font)


def _add_small(paragraph: Paragraph, text: str) -> None:
    _write(paragraph, text, 9, _SONG)


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)
    shown = Run(OxmlElement("w:r"), paragraph)
    shown.text = "1"
    shown.font.size = Pt(9)
    field.append(shown._r)


def _set_height(row: _Row, height_cm: float) -> None:
    row.height = Cm(height_cm)
    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat_on_every_page(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
