"""The public names of `import tropa`: the main job from Python, and the values it works with.

What only building or listening needs is loaded then: a question should not wait for it.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tropa.bootstrap import Workshop, export_map, import_map, open_map
from tropa.domain.finding import Finding
from tropa.domain.journeymap import Card, JourneyMap, Stage
from tropa.domain.project import Project, Semantics
from tropa.domain.text import Language, Text
from tropa.domain.voice import VoiceLine
from tropa.errors import InputError, TropaError
from tropa.lint.check import Diagnostic, lint
from tropa.mapfile.codec import map_from_text, map_to_text
from tropa.services.answering.answer import Answer
from tropa.services.answering.questions import Questions

if TYPE_CHECKING:
    from tropa.services.mapping import Mapped

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


def ask(folder: str | Path) -> Questions:
    """Questions to a folder's data, as the commands ask them: `tropa.ask("my-shop").funnel(["cart", "payment"])`."""
    workshop = _understood(folder)
    return workshop.questions(workshop.project())


def build(folder: str | Path, *, out: str | Path | None = None) -> "Mapped":
    """Build the map of a folder, as `tropa build` does; without tropa.yaml the folder is understood first.

    The result holds the maps (`built.journey`, `built.segments`), the findings and the report of what was read.
    """
    workshop = _understood(folder, out)
    return workshop.build(workshop.project())


def voice(
    files: str | Path | Sequence[str | Path],
    *,
    taxonomy: str | Path | None = None,
    labels: str | Path | None = None,
    learned: str | Path | None = None,
    industry: str | None = None,
    model: str = "light",
) -> Iterator[VoiceLine]:
    """Read texts as `tropa voice` does: a line for every row, in order; each says what its clauses are about.

    `taxonomy`: your own touchpoints (YAML); `labels`: corrections; `learned`: a file of `tropa voice-learn`.
    """
    from tropa.voice_setup import Voices  # noqa: PLC0415

    several = [files] if isinstance(files, str | Path) else files
    voices = Voices(
        tuple(map(Path, several)),
        taxonomy_file=None if taxonomy is None else Path(taxonomy),
        labels_file=None if labels is None else Path(labels),
        learned_file=None if learned is None else Path(learned),
        industry=industry,
        model_name=model,
    )
    yield from voices.lines()


def __getattr__(name: str) -> Any:
    """What a build gives back, loaded when it is asked for."""
    if name == "Mapped":
        return import_module("tropa.services.mapping").Mapped
    message = f"tropa.api has no name “{name}”"
    raise AttributeError(message)


def _understood(folder: str | Path, out: str | Path | None = None) -> Workshop:
    workshop = Workshop(Path(folder), None if out is None else Path(out))
    if not workshop.project_file.exists():
        workshop.keep(workshop.first_look().understanding.project)
    return workshop
