"""The jobs for which several customers come to a stage, and what is still to be asked about them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tropa.domain.opinion import Job
from tropa.domain.text import Text
from tropa.domain.voice import VoiceLine
from tropa.texts.words import is_russian, lemma, readings, words_of

FEWEST_VOICES = 3
UNSAID = "…"
_ALIKE = 0.5  # of the content words of the shorter wish
_CONTENT = frozenset({"NOUN", "INFN", "VERB", "ADJF"})

QUESTIONS: Mapping[str, Text] = {
    "when": Text(
        ru="Расскажите о последнем разе: что случилось перед тем, как вам это понадобилось?",
        en="Tell me about the last time: what happened before you needed this?",
    ),
    "so_that": Text(
        ru="Что вы сможете, когда это получится? Ради чего это было нужно?",
        en="What can you do once you have it? What was it for?",
    ),
}
"""What to ask in an interview about a part that nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageJob:
    """A job of a stage: `voices` different people tell it; parts are verbatim, each from somebody; None = unsaid."""

    stage: str
    voices: int
    want: str
    when: str | None = None
    so_that: str | None = None
    examples: tuple[str, ...] = ()  # ids of the lines

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The parts to ask about: keys of QUESTIONS."""
        return tuple(name for name in QUESTIONS if getattr(self, name) is None)


def stage_jobs(lines: Sequence[VoiceLine], stages: Mapping[str, str]) -> tuple[StageJob, ...]:
    """Jobs that three or more people tell of one stage, most voices first; `stages`: touchpoint → kind of stage.

    Two jobs are one where half of the content words of the shorter wish are in the other too.
    """
    groups: list[tuple[str, frozenset[str], list[tuple[VoiceLine, Job]]]] = []
    for line in lines:
        for one in line.statements if line.counts else ():
            if one.job is None:
                continue
            stage = next((stages[key] for key, _ in one.touchpoints if stages.get(key)), "")
            words = _content(line.text[slice(*one.job.want)])
            home = next((group for group in groups if group[0] == stage and _alike(group[1], words)), None)
            if home is None:
                groups.append((stage, words, [(line, one.job)]))
            else:
                home[2].append((line, one.job))
    told = [_told(stage, said) for stage, _, said in groups]
    enough = [one for one in told if one.voices >= FEWEST_VOICES]
    return tuple(sorted(enough, key=lambda one: (-one.voices, one.stage, one.want)))


def _told(stage: str, said: Sequence[tuple[VoiceLine, Job]]) -> StageJob:
    return StageJob(
        stage=stage,
        voices=len({line.person or line.id for line, _ in said}),
        want=_commonest([line.text[slice(*job.want)] for line, job in said]) or UNSAID,
        when=_commonest([line.text[slice(*job.when)] for line, job in said if job.when]),
        so_that=_commonest([line.text[slice(*job.so_that)] for line, job in said if job.so_that]),
        examples=tuple(dict.fromkeys(line.id for line, _ in said)),
    )


def _commonest(parts: Sequence[str]) -> str | None:
    """The part said most often; of equals the shortest, then the first by the alphabet."""
    counts = Counter(parts)
    return min(counts, key=lambda part: (-counts[part], len(part), part), default=None)


def _content(text: str) -> frozenset[str]:
    return frozenset(
        lemma(word.text)
        for word in words_of(text)
        if (readings(word.text)[0].part in _CONTENT if is_russian(word.text) else len(word.text) > 3)
    )


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) and len(one & other) >= _ALIKE * min(len(one), len(other))
