"""A company's own look on what it hands over: its name, mark, colours, and which pages stand around."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandingSpec:
    """The look as written; colours are #RRGGBB, `logo` is a file beside.

    `stages`: colours of the stages in turn; `cover`, `method`, `sources`: whether these pages stand in documents, None
    leaves it to each form.
    """

    company: str | None = None
    logo: str | None = None
    colour: str | None = None
    stages: tuple[str, ...] = ()
    footer: str | None = None
    cover: bool | None = None
    method: bool | None = None
    sources: bool | None = None


@dataclass(frozen=True, slots=True)
class Logo:
    """A company's mark: the picture's bytes, and what they are (png, jpg, svg)."""

    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Branding:
    """The look with the mark read."""

    spec: BrandingSpec = BrandingSpec()
    logo: Logo | None = None


PLAIN = Branding()
