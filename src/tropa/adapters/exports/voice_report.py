"""The voice report as a file: a page or a workbook, by the ending of its name."""

from pathlib import Path

from tropa.adapters.exports.voice_workbook import voice_workbook
from tropa.adapters.exports.writing import write_whole
from tropa.domain.hearing import VoiceReport
from tropa.domain.text import Language
from tropa.render.voice.document import render_voice

REPORT_FORMS = (".html", ".xlsx")


def write_voice_report(report: VoiceReport, target: Path, language: Language) -> Path:
    """Write the page where the name ends with .html, else the workbook; whole or not at all."""
    if target.suffix == ".html":
        return write_whole(target, render_voice(report, language=language).encode())
    return write_whole(target, voice_workbook(report, language))
