"""A beginning without data: a brief and a template become a map of guesses, a plan to check them, a project."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tropa.assembly.beginning import begin
from tropa.assembly.research_page import GUESS, research_blocks
from tropa.domain.brief import Brief, BriefKey
from tropa.domain.journeymap import JourneyMap
from tropa.domain.project import GoalSpec, Project
from tropa.domain.template import Template
from tropa.domain.text import Text, text_in
from tropa.mapfile.codec import map_to_text
from tropa.render.page.document import render_page
from tropa.services.understanding import title_of_path
from tropa.texts.kept_blocks import fresh_text, refreshed_text
from tropa.texts.templates import stages_to_listen

MAP = "map.cjm.json"
PAGE = "map.html"
RESEARCH = "research.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The map, what tropa.yaml says, and the files beside it."""

    journey: JourneyMap
    project: Project
    files: Mapping[str, bytes]


def begun(of: Template, brief: Brief, *, key: str, templates: str | None = None) -> Begun:
    """Everything that a folder without data begins with."""
    project = _project(of, brief, key, templates)
    journey = begin(of, brief, project)
    plan = fresh_text(research_blocks(journey, of, language=brief.language, brief=brief))
    files = {
        MAP: map_to_text(journey).encode(),
        PAGE: render_page((journey,), language=brief.language).encode(),
        RESEARCH: plan.encode(),
    }
    return Begun(journey=journey, project=project, files=files)


def grown(journey: JourneyMap, of: Template | None, plan: str | None) -> Mapping[str, bytes]:
    """The files of a beginning whose map has got answers; what people wrote into the plan stays."""
    blocks = research_blocks(journey, of, language=journey.language)
    text = fresh_text(blocks) if plan is None else refreshed_text(plan, blocks, passing=GUESS)
    return {
        MAP: map_to_text(journey).encode(),
        PAGE: render_page((journey,), language=journey.language).encode(),
        RESEARCH: text.encode(),
    }


def _project(of: Template, brief: Brief, key: str, templates: str | None) -> Project:
    project = Project(
        project=key,
        title=text_in(brief.language, brief.title) if brief.title else Text(),
        language=brief.language,
        model=of.model,
        goal=GoalSpec(text=goal_of(of, brief)) if of.goals or brief.answers.get(BriefKey.GOAL) else None,
        stages_from=f"template:{of.key}",
        templates=templates,
    )
    return replace(project, title=title_of_path(project, stages_to_listen(of)))


def goal_of(of: Template, brief: Brief) -> Text:
    """The owner's question: one of the template's by number, own words, or the first that owners usually ask."""
    said = brief.answers.get(BriefKey.GOAL, "").strip()
    if said.rstrip(".").isdigit() and 1 <= int(said.rstrip(".")) <= len(of.goals):
        return of.goals[int(said.rstrip(".")) - 1]
    return text_in(brief.language, said[:1].upper() + said[1:]) if said else of.goals[0]
