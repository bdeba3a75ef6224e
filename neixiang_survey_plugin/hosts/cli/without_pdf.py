"""Saying, beside what a command prints, which forms have no PDF and why."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from neixiang_survey_plugin.app.wording.packets import NO_OFFICE, without_pdf_sentence
from neixiang_survey_plugin.io.packet.pdf import Converter
from neixiang_survey_plugin.io.packet.writing import PacketWritten


def say_without_pdf(packets: Sequence[PacketWritten], office: Converter | None) -> None:
    """Say on the error stream what has no PDF; the packets are good without."""
    console = Console(stderr=True, highlight=False)
    if office is None:
        console.print(NO_OFFICE, soft_wrap=True)
    for packet in packets:
        if packet.without_pdf:
            said = without_pdf_sentence(packet.folder.name, packet.without_pdf)
            console.print(escape(said), soft_wrap=True)
