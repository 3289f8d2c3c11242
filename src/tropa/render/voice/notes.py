"""What nobody listed, and how everything was counted."""

from functools import partial

from tropa.domain.hearing import Discovered, VoiceReport
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.page.markup import Markup, both, el, said
from tropa.render.voice.phrases import term, voice_word, whole
from tropa.render.voice.themes import quote

_METHOD = ("method.people", "method.split", "method.interval", "method.flukes", "method.who")


def subjects(report: VoiceReport) -> Markup:
    """Frequent subjects that no touchpoint takes, with a quote each."""
    head = el("h2", term("subjects"))
    if not report.discovered:
        return el("section", head, el("p", term("subjects.none"), class_="none"), id_="subjects")
    rows = [_subject(one) for one in report.discovered]
    return el(
        "section", head, el("p", term("subjects.note"), class_="note"), el("ul", *rows, class_="sbj"), id_="subjects"
    )


def _subject(one: Discovered) -> Markup:
    return el(
        "li",
        el("div", el("h4", said(one.name)), el("b", both(partial(words.counted, one.people, "voice"))), class_="th"),
        el("p", both(partial(_moods, one)), class_="of"),
        quote(one.quotes[0]) if one.quotes else None,
    )


def _moods(one: Discovered, language: Language) -> str:
    bad, good = voice_word("negative", language).lower(), voice_word("positive", language).lower()
    return f"{bad} {words.whole(one.negative, language)} · {good} {words.whole(one.positive, language)}"


def method(report: VoiceReport) -> Markup:
    """What was read and left out, and the rules of counting."""
    counts = report.counts
    told = (
        ("count.rows", counts.rows),
        ("count.voices", counts.voices),
        ("count.same", counts.same),
        ("count.near", counts.near),
        ("count.spam", counts.spam),
        ("count.empty", counts.empty),
        ("count.reported", counts.reported),
    )
    kept = [(key, count) for key, count in told if count or key in {"count.rows", "count.voices"}]
    read = el(
        "ul", *(el("li", el("b", whole(count)), " ", el("span", term(key))) for key, count in kept), class_="read"
    )
    rules = el("ul", *(el("li", term(key)) for key in _METHOD), class_="rules")
    return el(
        "section",
        el("h2", term("method")),
        el("h3", term("method.read")),
        read,
        rules,
        el("p", term("model"), ": ", report.model, class_="mut"),
        id_="method",
    )
