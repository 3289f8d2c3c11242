"""HTML that cannot be broken by data: whatever is no Markup is escaped."""

import re
from collections.abc import Callable
from html import unescape

from tropa.domain.text import Language, Text
from tropa.render.hyphens import FITS, hyphenated
from tropa.render.svg import quoted, safe
from tropa.render.words import NBSP, drawable, fine, label_text

_VOID = frozenset({"meta", "br", "img", "hr", "input"})
_OPEN = frozenset({"td", "th", "tr", "li", "dt", "dd"})
_RENAMED = {"class_": "class", "for_": "for", "id_": "id", "type_": "type"}


_STYLE = "\0"
_SAID, _TWIN = "\1", "\2"
_BARE = re.compile(r"[\w#.:-]+")
# where there is room, «115 из 1 800» stays on one line
_COUNTS = re.compile(r"(?<=\d) (?=(?:из|of)[ \u00a0]\d)")
_SPOKEN = re.compile(f"{_SAID}([^{_SAID}{_TWIN}]*){_TWIN}([^{_SAID}{_TWIN}]*){_SAID}")
_STYLED = re.compile(f"{_STYLE}([^{_STYLE}]*){_STYLE}")


class Markup(str):
    """A string that is HTML already."""

    __slots__ = ()


Child = str | None
Value = str | float | bool | None


def joined(*children: Child) -> Markup:
    """Children one after another; plain strings are escaped."""
    return Markup("".join(child if isinstance(child, Markup) else safe(child) for child in children if child))


def el(tag: str, *children: Child, **attributes: Value) -> Markup:
    """An element; `class_` is class, `aria_label` is aria-label, False and None leave an attribute out."""
    head = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Markup(f"<{tag}{head}>")
    # HTML closes cells, rows and items by itself
    end = "" if tag in _OPEN else f"</{tag}>"
    return Markup(f"<{tag}{head}>{joined(*children)}{end}")


def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    if name == "style":
        return f"{_STYLE}{value}{_STYLE}"
    shown = _RENAMED.get(name, name.replace("_", "-"))
    if value is True:
        return f" {shown}"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f" {shown}={text if _BARE.fullmatch(text) else quoted(text)}"


def twin(russian: str, english: str) -> Markup:
    """The same thing in both languages, of which the page shows one; alike words stand once."""
    if russian == english:
        return joined(russian)
    return joined(Markup("<r->"), russian, Markup("</r-><e->"), english, Markup("</e->"))


def both(say: Callable[[Language], str]) -> Markup:
    """Something that differs by language only in how it is said."""
    return twin(fine(say(Language.RU)), fine(say(Language.EN)))


def said(text: Text | None, *, narrow: bool = False, fits: int = FITS) -> Markup:
    """A text in both languages with its no-break spaces, and soft hyphens where columns are narrow: words of
    more signs than `fits` may break.
    """
    if text is None:
        return Markup("")
    russian, english = (fine(drawable(text.said_in(language))) for language in (Language.RU, Language.EN))
    if narrow:
        return twin(hyphenated(russian, fits), hyphenated(english, fits))
    return twin(*(_COUNTS.sub(NBSP, told) for told in (russian, english)))


def word(key: str, *, narrow: bool = False) -> Markup:
    """A word of the interface in both languages."""
    return said(label_text(key), narrow=narrow)


def repeated(text: Text) -> Markup:
    """Words that many cards bear: the style sheet says them once, and screen readers read them as they read text.

    For what cannot be pressed: a link and a button have their words in them.
    """
    russian, english = (fine(text.said_in(language)) for language in (Language.RU, Language.EN))
    return Markup(f"{_SAID}{safe(russian)}{_TWIN}{safe(english)}{_SAID}")


def often(key: str) -> Markup:
    """A word of the interface that many cards bear."""
    return repeated(label_text(key))


def named(text: Text) -> dict[str, str]:
    """An accessible name in both languages, which the page switches."""
    russian, english = text.said_in(Language.RU), text.said_in(Language.EN)
    return {"aria_label": russian, "data_ru": russian, "data_en": english}


def named_in(say: Callable[[Language], str]) -> dict[str, str]:
    """An accessible name that is said in each language."""
    return named(Text(ru=say(Language.RU), en=say(Language.EN)))


def named_by(key: str) -> dict[str, str]:
    """An accessible name from the interface's words."""
    return named(label_text(key))


HEAD_ICONS = ("hourglass", "loop", "star")


def icon(name: str, size: int = 14, class_: str = "i") -> Markup:
    """A drawn icon from the page's sprite."""
    return _drawn(f"i-{name}", size, class_)


def _drawn(name: str, size: int, class_: str) -> Markup:
    return Markup(f'<svg class="{class_} z{size}"><use href=#{name} /></svg>')


def head_icon(name: str, size: int) -> Markup:
    """An icon of the head, which paper repeats on each sheet: there browsers lose the scale of a symbol."""
    return Markup(f'<svg class="i z{size}" viewBox="0 0 24 24"><use href=#g-{name} /></svg>')


def dot(name: str) -> Markup:
    """An evidence mark, drawn by the style sheet: a page has thousands of them."""
    return Markup(f'<i class="mk m-{name}"></i>')


def meter(degree: int) -> Markup:
    """Rising bars from the page's sprite, as many filled as there are degrees."""
    return Markup(f'<svg class="hm"><use href=#h-{degree} /></svg>')


def small_face(value: float, size: int = 22) -> Markup:
    """A face from the page's sprite."""
    mood = round(max(-2.0, min(2.0, value)))
    return _drawn(f"f-{mood}", size, "face")


def sheeted(body: str) -> tuple[str, str]:
    """The body with inline styles and repeated words as numbers, and their rules.

    A strict policy allows no style attributes.
    """
    numbers: dict[str, int] = {}
    said_as: dict[tuple[str, str], int] = {}

    def number(found: re.Match[str]) -> str:
        return f" data-s={numbers.setdefault(found[1], len(numbers))}"

    def spoken(found: re.Match[str]) -> str:
        return f"<l- class=l{said_as.setdefault((found[1], found[2]), len(said_as))}></l->"

    short = _SPOKEN.sub(spoken, _STYLED.sub(number, body))
    rules = [f"[data-s='{place}']{{{style}}}" for style, place in numbers.items()]
    for words, place in said_as.items():
        rules += [
            f":root[lang={language}] .l{place}::before{{content:{_css_string(unescape(text))}}}"
            for language, text in zip(Language, words, strict=True)
        ]
    return short, "".join(rules)


def _css_string(text: str) -> str:
    """A string of CSS that cannot end early: whatever is no letter, digit or blank is written by its number."""
    return '"' + "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in text) + '"'
