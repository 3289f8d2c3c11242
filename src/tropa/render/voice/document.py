"""The report as one file: it opens anywhere, loads nothing and lets no data become code."""

from base64 import b64encode
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from importlib.resources import files

from tropa.domain.hearing import VoiceReport
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.page.markup import Markup, both, el, joined, sheeted
from tropa.render.theme import css_tokens
from tropa.render.typeface import font_faces
from tropa.render.voice.answer import answer
from tropa.render.voice.figures import drivers, mood, surveys
from tropa.render.voice.matrix import emotions, matrix
from tropa.render.voice.notes import method, subjects
from tropa.render.voice.phrases import name_of, term, voice_word
from tropa.render.voice.themes import news, themes

_SECTIONS = ("matrix", "themes", "news", "mood", "emotions", "drivers", "surveys", "subjects", "method")
_DRAWN: dict[str, Callable[[VoiceReport], Markup | None]] = {
    "matrix": matrix,
    "themes": themes,
    "news": news,
    "mood": mood,
    "emotions": emotions,
    "drivers": drivers,
    "surveys": surveys,
    "subjects": subjects,
    "method": method,
}


def render_voice(report: VoiceReport, *, language: Language) -> str:
    """One self-contained HTML page; it opens in this language and can be switched to the other."""
    parts = {key: _DRAWN[key](report) for key in _SECTIONS}
    shown = [key for key in _SECTIONS if parts[key] is not None]
    content = joined(
        el("a", term("skip"), class_="skip", href="#answer"),
        _head(report, shown),
        el("main", answer(report), *(parts[key] for key in shown)),
        el("footer", term("made-by"), class_="foot"),
    )
    body, rules = sheeted(content)
    style = _asset("voice.css").replace("/*tokens*/", css_tokens()).replace("/*fonts*/", font_faces()) + rules
    script = _asset("voice.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    head = joined(
        Markup('<meta charset="utf-8">'),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="referrer" content="no-referrer">'),
        el("title", voice_word("title", language), " · tropa"),
        Markup(f"<style>{style}</style>"),
    )
    return (
        f'<!doctype html>\n<html lang="{language}" data-theme="light">\n<head>{head}</head>\n'
        f"<body>{body}<script>{script}</script></body>\n</html>\n"
    )


def _head(report: VoiceReport, shown: list[str]) -> Markup:
    languages = el(
        "div",
        *(el("button", one.upper(), type_="button", data_lang=str(one)) for one in Language),
        class_="tabs",
        role="group",
        **name_of("language"),
    )
    scheme = el(
        "button",
        Markup(
            '<svg class="i" viewBox="0 0 24 24"><path d="M20 14.500A8 8 0 1 1 9.500 4a6.500 6.500 0 0 0 10.500 10.500Z"/></svg>'
        ),
        type_="button",
        class_="btn",
        data_scheme=True,
        **name_of("theme"),
    )
    links = [el("a", term(f"nav.{key}"), href=f"#{key}") for key in shown]
    return el(
        "header",
        el("div", el("h1", term("title")), el("p", both(partial(_source_line, report))), class_="ttl"),
        el("div", languages, scheme, class_="tools"),
        el("nav", *links, **name_of("contents")),
        class_="top",
    )


def _source_line(report: VoiceReport, language: Language) -> str:
    parts = []
    if report.period is not None:
        parts.append(words.period(report.period, language))
    if report.sources:
        named = ", ".join(report.sources[:4])
        parts.append(named + (" …" if len(report.sources) > 4 else ""))
    return " · ".join(parts)


def _asset(name: str) -> str:
    return files("tropa.render.voice").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
