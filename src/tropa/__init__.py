"""tropa: customer journey maps built from a company's own data."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tropa.version import __version__

if TYPE_CHECKING:
    from tropa.api import (
        Answer,
        Card,
        Diagnostic,
        Finding,
        InputError,
        JourneyMap,
        Language,
        Mapped,
        Project,
        Questions,
        Semantics,
        Stage,
        Text,
        TropaError,
        VoiceLine,
        Workshop,
        ask,
        build,
        export_map,
        import_map,
        lint,
        map_from_text,
        map_to_text,
        open_map,
        voice,
    )

__all__ = [
    "Answer",
    "Card",
    "Diagnostic",
    "Finding",
    "InputError",
    "JourneyMap",
    "Language",
    "Mapped",
    "Project",
    "Questions",
    "Semantics",
    "Stage",
    "Text",
    "TropaError",
    "VoiceLine",
    "Workshop",
    "__version__",
    "ask",
    "build",
    "export_map",
    "import_map",
    "lint",
    "map_from_text",
    "map_to_text",
    "open_map",
    "voice",
]


def __getattr__(name: str) -> Any:
    """Public names come from `tropa.api` when they are first asked for: importing the package costs nothing."""
    if name in __all__:
        return getattr(import_module("tropa.api"), name)
    message = f"tropa has no public name “{name}”"
    raise AttributeError(message)
