"""A group's difference in one sentence, with its figures."""

from collections.abc import Sequence

from tropa.assembly.figures import PathFigures
from tropa.assembly.measures import share
from tropa.assembly.saying import in_both, share_of
from tropa.assembly.segments import SegmentGap
from tropa.domain.journeymap import SegmentNote
from tropa.domain.project import Project
from tropa.domain.text import Language, Text
from tropa.render.words import whole
from tropa.texts.keys import latin_key


def segment_note(gap: SegmentGap, figures: PathFigures, *, sources: Sequence[str]) -> SegmentNote:
    """The group, its size, and where it differs most from everybody else."""
    stage = figures.staged.stages[gap.stage].name
    key = f"{latin_key(gap.name)}-{latin_key(gap.value)}"
    figure = share("conversion", gap.own, figures=figures, asked=None, sources=sources)

    def say(language: Language) -> str:
        own, others, name = share_of(gap.own, language), share_of(gap.others, language), stage.said_in(language)
        if language is Language.RU:
            return f"После этапа «{name}» идут дальше {own}, у остальных {others}"
        return f"After “{name}” {own} go on, against {others} of the others"

    return SegmentNote(
        key=key,
        segment={gap.name: gap.value},
        name=Text(ru=gap.value, en=gap.value),
        persons=gap.persons,
        text=in_both(say),
        differs=True,
        file=f"segments/{key}.cjm.json",
        evidence=(figure,),
    )


def no_difference(project: Project, figures: PathFigures) -> Text:
    """What is said where no group differs, or nothing is known to tell groups by."""
    names = ", ".join(spec.property for spec in project.segments)
    if not names:
        return Text(
            ru="В данных нет свойств, по которым людей можно сравнить", en="The data hold nothing to compare people by"
        )
    least, people = project.findings.min_persons, figures.persons
    if people >= 2 * least:
        return Text(
            ru=f"Ни один сегмент ({names}) не отличается от остальных на 5 п.п. и больше",
            en=f"No segment ({names}) differs from the others by 5 points or more",
        )
    return Text(
        ru=f"Сегменты не сравниваем: клиентов {whole(people, Language.RU)}, а в каждой группе нужно от {least}",
        en=f"Segments are not compared: {whole(people, Language.EN)} people, and each group needs {least}",
    )
