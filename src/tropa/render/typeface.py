"""Golos Text, which pages and pictures carry with them."""

from base64 import b64encode
from importlib.resources import files

_SIGNS = (
    (
        "latin",
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215",
    ),
    ("cyrillic", "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116"),
    ("ruble", "U+20BD"),
)


def font_faces() -> str:
    """The faces as CSS rules with the fonts inside."""
    made = []
    for script, signs in _SIGNS:
        data = b64encode(files("tropa.render").joinpath("fonts", f"golos-{script}.woff2").read_bytes()).decode()
        made.append(
            "@font-face{font-family:'Golos Text';font-weight:400 900;font-display:block;"
            f"src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{signs}}}"
        )
    return "".join(made)
