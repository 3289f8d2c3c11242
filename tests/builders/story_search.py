"""A story's exports on disk, understood as `tropa init --yes` does, and searched as `tropa build` does."""

from dataclasses import replace
from pathlib import Path

from tropa.bootstrap import Workshop
from tropa.domain.finding import Finding
from tropa.domain.text import Language
from tropa.events.staged import stage_events
from tropa.insight.findings import find
from tropa.simulate.story import simulate
from tropa.simulate.story_facts import Delivery


def told_of_story(
    folder: Path, story: str, language: Language, *, seed: int, delivery: Delivery = Delivery.BEFORE
) -> tuple[tuple[Finding, ...], bytes]:
    """What the search tells of the story's path, and the truth about it."""
    business = simulate(story, language=language, seed=seed, delivery=delivery)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in business.files.items():
        (folder / name).write_bytes(content)
    workshop = Workshop(folder)
    look = workshop.first_look(language)
    project = workshop.keep(replace(look.understanding.project, language=language))
    staged = stage_events(workshop.events(project), project.stages)
    return find(staged, project), business.truth
