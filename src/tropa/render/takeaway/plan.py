"""The plan for 30, 60 and 90 days: what to do, who leads, what it takes and what may come of it."""

from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.headline import provenance
from tropa.render.takeaway.advice import Action, actions, basis, effect, effort, figures, test_words
from tropa.render.takeaway.blocks import Document, Heading, Part, Passage, Table, Tone
from tropa.render.takeaway.data_words import told

PERIODS = (30, 60, 90)
# key, width in signs
COLUMNS = (
    ("plan.when", 9),
    ("plan.what", 44),
    ("plan.first", 30),
    ("plan.stage", 15),
    ("plan.whom", 15),
    ("plan.department", 15),
    ("plan.owner", 15),
    ("urgency", 11),
    ("plan.effort", 12),
    ("plan.metric", 24),
    ("plan.effect", 26),
    ("test", 22),
    ("plan.status", 13),
    ("plan.basis", 15),
    ("plan.not", 26),
)


def plan_rows(journey: JourneyMap, language: Language) -> tuple[tuple[str, ...], ...]:
    """A row for each thing to do, in the order of COLUMNS."""
    return tuple(_row(one, journey, language) for one in actions(journey))


def _row(one: Action, journey: JourneyMap, language: Language) -> tuple[str, ...]:
    stage = journey.stage(one.stage)
    return (
        told("plan.days", language, days=one.days),
        one.text.said_in(language),
        one.first_step.said_in(language) if one.first_step else "",
        stage.name.said_in(language) if stage else "",
        words.group(one.finding.segment if one.finding else None, language),
        one.department.said_in(language) if one.department else "",
        one.leader.said_in(language) if one.leader else "",
        words.label(f"urgency.{one.urgency}", language),
        effort(one, language),
        figures(one, language, journey.currency),
        effect(one, journey, language),
        test_words(one, language),
        words.label(f"status.{one.status}", language),
        basis(one, journey, language),
        one.not_when.said_in(language) if one.not_when else "",
    )


def plan(journey: JourneyMap, language: Language) -> Document:
    """The plan as a document: a table for each period."""
    made: list[Part] = []
    every = actions(journey)
    for days in PERIODS:
        mine = [one for one in every if one.days == days]
        if mine:
            made += [Heading(told("plan.days", language, days=days), 2), _table(mine, journey, language)]
    if not every:
        made.append(Passage(told("plan.empty", language)))
    made.append(Passage(f"{told('plan.rule', language)} {told('plan.effect-rule', language)}", Tone.SMALL))
    day = journey.provenance.as_of if journey.provenance else None
    return Document(
        title=f"{told('plan', language)}: {journey.title.said_in(language)}",
        subtitle=provenance(journey, language),
        language=language,
        parts=tuple(made),
        day=day,
        landscape=True,
    )


def _table(mine: list[Action], journey: JourneyMap, language: Language) -> Table:
    heads = ("plan.what", "plan.department", "plan.effort", "plan.metric", "plan.effect", "plan.status")
    rows = tuple(_short(one, journey, language) for one in mine)
    return Table(tuple(told(key, language) for key in heads), rows, (0.37, 0.12, 0.1, 0.15, 0.17, 0.09))


def _short(one: Action, journey: JourneyMap, language: Language) -> tuple[str, ...]:
    first = one.first_step.said_in(language) if one.first_step else ""
    what = one.text.said_in(language)
    owners = [name.said_in(language) for name in (one.department, one.leader) if name is not None]
    return (
        f"{what}\n{words.label('advice.first', language)}: {first}" if first else what,
        "\n".join(dict.fromkeys(owners)) or told("owner.none", language),
        effort(one, language),
        figures(one, language, journey.currency),
        effect(one, journey, language),
        words.label(f"status.{one.status}", language),
    )
