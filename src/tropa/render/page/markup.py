"""HTML that cannot be broken by data: whatever is no Markup is escaped."""

import re
from html import escape

from tropa.domain.text import Language, Text
from tropa.render.hyphens import hyphenated
from tropa.render.words import fine, label_text

_VOID = frozenset({"meta", "br", "img", "hr", "use", "path", "rect", "circle", "line", "stop"})
_RENAMED = {"class_": "class", "for_": "for", "id_": "id", "type_": "type"}


_STYLE = "\0"
_STYLED = re.compile(f"{_STYLE}([^{_STYLE}]*){_STYLE}")


class Markup(str):
    """A string that is HTML already."""

    __slots__ = ()


Child = str | None
Value = str | float | bool | None


def joined(*children: Child) -> Markup:
    """Children one after another; plain strings are escaped."""
    return Markup(
        "".join(
            child if isinstance(child, Markup) else escape(child.replace(_STYLE, ""), quote=False)
            for child in children
            if child
        )
    )


def el(tag: str, *children: Child, **attributes: Value) -> Markup:
    """An element; `class_` is class, `aria_label` is aria-label, False and None leave an attribute out."""
    head = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Markup(f"<{tag}{head}/>")
    return Markup(f"<{tag}{head}>{joined(*children)}</{tag}>")


def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    if name == "style":
        return f"{_STYLE}{value}{_STYLE}"
    shown = _RENAMED.get(name, name.replace("_", "-"))
    if value is True:
        return f" {shown}"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f' {shown}="{escape(text)}"'


def twin(russian: str, english: str) -> Markup:
    """The same thing in both languages, of which the page shows one; alike words stand once."""
    if russian == english:
        return joined(russian)
    return joined(Markup("<span lang=ru>"), russian, Markup("</span><span lang=en>"), english, Markup("</span>"))


def said(text: Text | None, *, narrow: bool = False) -> Markup:
    """A text in both languages with its no-break spaces, and soft hyphens where columns are narrow."""
    if text is None:
        return Markup("")
    russian, english = (fine(text.said_in(language)) for language in (Language.RU, Language.EN))
    return twin(hyphenated(russian), hyphenated(english)) if narrow else twin(russian, english)


def word(key: str) -> Markup:
    """A word of the interface in both languages."""
    return said(label_text(key))


def named(text: Text) -> dict[str, str]:
    """An accessible name in both languages, which the page switches."""
    russian, english = text.said_in(Language.RU), text.said_in(Language.EN)
    return {"aria_label": russian, "data_ru": russian, "data_en": english}


def named_by(key: str) -> dict[str, str]:
    """An accessible name from the interface's words."""
    return named(label_text(key))


def icon(name: str, size: int = 14, class_: str = "i") -> Markup:
    """A drawn icon from the page's sprite."""
    return Markup(
        f'<svg class="{class_}" width="{size}" height="{size}" viewBox="0 0 24 24" aria-hidden="true">'
        f'<use href="#i-{name}"/></svg>'
    )


def dot(name: str) -> Markup:
    """An evidence mark from the page's sprite."""
    return Markup(
        f'<svg class="mk" width="11" height="11" viewBox="-5.500 -5.500 11 11" aria-hidden="true"><use href="#m-{name}"/></svg>'
    )


def small_face(value: float, size: int = 22) -> Markup:
    """A face from the page's sprite."""
    mood = round(max(-2.0, min(2.0, value)))
    return Markup(
        f'<svg class="face" width="{size}" height="{size}" viewBox="-11.500 -11.500 23 23" aria-hidden="true"><use href="#f-{mood}"/></svg>'
    )


def sheeted(body: str) -> tuple[str, str]:
    """The body with its inline styles as numbers, and the rules for those: a strict policy allows no style attributes."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f" data-s={numbers.setdefault(found[1], len(numbers))}"

    return _STYLED.sub(number, body), "".join(f"[data-s='{place}']{{{style}}}" for style, place in numbers.items())
