"""SVG elements as short strings."""

from functools import lru_cache
from html import escape

from tropa.render.curve import number


@lru_cache(maxsize=4_096)
def safe(text: str) -> str:
    """Text as content of an element: it cannot open one, and holds no null."""
    return escape(text.replace("\0", ""), quote=False)


def quoted(text: str) -> str:
    """Text as an attribute's value, in double quotes."""
    return f'"{safe(text).replace(chr(34), "&quot;")}"'


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """An element; `stroke_width` is stroke-width, `class_` is class, None leaves an attribute out, children are SVG."""
    head = "".join([f" {_named(key)}={_value(value)}" for key, value in attributes.items() if value is not None])
    return f"<{name}{head}>{''.join(children)}</{name}>" if children else f"<{name}{head}/>"


def line(path: str, ink: str, width: float, **attributes: str | float | None) -> str:
    """A stroked path with round ends."""
    return tag("path", d=path, fill="none", stroke=ink, stroke_width=width, stroke_linecap="round", **attributes)


def gradient(name: str, stops: tuple[tuple[float, str, float], ...], **attributes: str | float | None) -> str:
    """A linear gradient of (offset, colour, opacity)."""
    shades = (
        tag("stop", offset=f"{at:.3g}", stop_color=ink, stop_opacity=None if opacity == 1 else f"{opacity:g}")
        for at, ink, opacity in stops
    )
    return tag("linearGradient", *shades, id=name, **attributes)


def words(text: str, **attributes: str | float | None) -> str:
    """A text element of escaped words."""
    return tag("text", safe(text), **attributes)


@lru_cache(maxsize=256)
def _named(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return quoted(value) if isinstance(value, str) else f'"{number(value)}"'
