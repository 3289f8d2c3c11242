"""The map's first line, where the company watches its own number."""

from builders.people import a_person, population
from tropa.assembly.build import Ingredients, build
from tropa.domain.journeymap import Match
from tropa.domain.project import GoalSpec, KpiMetric, KpiSpec, Project, Semantics, StageSpec, TouchpointSpec
from tropa.domain.text import Text

DUE = TouchpointSpec(
    key="due", name=Text(ru="Подошёл срок ТО", en="Service fell due"), match=Match(event=("service_due",))
)
CAME = TouchpointSpec(key="came", name=Text(ru="Приёмка", en="Reception"), match=Match(event=("reception",)))
STAGES = (
    StageSpec(
        key="buying",
        name=Text(ru="Покупаю", en="Buying"),
        touchpoints=(TouchpointSpec(key="sale", name=Text(ru="Договор", en="Contract"), match=Match(event=("sale",))),),
    ),
    StageSpec(key="service", name=Text(ru="Первое ТО", en="The service"), goal=True, touchpoints=(DUE, CAME)),
)


def answer(question: Text) -> Text:
    """200 bought, 100 of them are due, 15 of these came."""
    people = [a_person(f"p{i}").did("sale") for i in range(200)]
    people = [one.did("service_due") if i < 100 else one for i, one in enumerate(people)]
    people = [one.did("reception") if i < 15 else one for i, one in enumerate(people)]
    project = Project(
        project="cars",
        goal=GoalSpec(text=question, kpi="back"),
        kpis=(
            KpiSpec(
                key="back",
                name=Text(en="Back"),
                metric=KpiMetric.CONVERSION,
                start="due",
                end="came",
                semantics=Semantics.UNWINDOWED,
            ),
        ),
        stages=STAGES,
    )
    goal = build(Ingredients(project=project, log=population(*people))).journey.goal
    assert goal is not None
    assert goal.answer is not None
    return goal.answer.text


def test_those_whose_term_came_are_what_the_return_is_a_share_of() -> None:
    said = answer(Text(ru="Почему не возвращаются на ТО?", en="Why do they not come back for the service?"))
    assert (
        (said.ru or "").replace("\u00a0", " ").startswith("Из 100 клиентов, у кого подошёл срок ТО, вернулись 15 (15 %")
    )
    assert (said.en or "").replace("\u00a0", " ").startswith("Of 100 customers whose service fell due, 15 (15%")
    assert "came back" in (said.en or "")


def test_another_question_names_where_they_came() -> None:
    said = answer(Text(ru="Где теряем?", en="Where do we lose them?"))
    assert "до шага «Приёмка» дошли 15" in (said.ru or "").replace("\u00a0", " ")
    assert "reached “Reception”" in (said.en or "")
