"""Cards of jobs to be done and triggers: «когда … хочу … чтобы …», only from what was said."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tropa.assembly.cards.card import a_card
from tropa.assembly.facts import Facts
from tropa.assembly.spoken import quotes_of
from tropa.domain.evidence import Quote
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.opinion import Job, Statement, StatementKind
from tropa.domain.text import Text
from tropa.domain.voice import VoiceLine
from tropa.texts.hearing import people, speaker_of
from tropa.texts.quoting import unlike_ways
from tropa.texts.words import lemma, words_of

FEWEST_VOICES = 3
FEWEST_TRIGGERS = 5
_WAYS = 3  # unlike wordings of a trigger
_QUOTES = 3
_LONGEST = 90  # code points of a part; a longer one is a story, not a job
_UNSAID = "…"
_ASK = {
    "when": Text(
        ru="Когда вам это понадобилось? Что тогда происходило?", en="When did you need it? What was happening?"
    ),
    "so_that": Text(
        ru="Зачем вам это было нужно? Что стало бы лучше?", en="What did you need it for? What would get better?"
    ),
}
Said = tuple[VoiceLine, Statement]


def job_cards(facts: Facts) -> Iterator[Card]:
    """For each stage where three people tell their job: the one most like the others; triggers from five people on."""
    jobs: dict[str, list[Said]] = defaultdict(list)
    triggers: dict[str, list[Said]] = defaultdict(list)
    of = people(facts.heard.lines)
    for line in facts.heard.lines:
        for one in line.statements:
            stage = next((facts.heard.homes[key] for key, _ in one.touchpoints if key in facts.heard.homes), None)
            if stage in facts.stage_keys and one.job is not None and _is_short(one.job):
                jobs[stage].append((line, one))
            elif stage in facts.stage_keys and one.kind is StatementKind.TRIGGER:
                triggers[stage].append((line, one))
    for stage in facts.stage_keys:
        if people(line for line, _ in jobs[stage]) >= FEWEST_VOICES:
            yield _job_card(facts, stage, jobs[stage], of)
        if people(line for line, _ in triggers[stage]) >= FEWEST_TRIGGERS and _is_told_in_ways(triggers[stage]):
            yield _trigger_card(facts, stage, triggers[stage], of)


def _job_card(facts: Facts, stage: str, said: Sequence[Said], of: int) -> Card:
    line, statement = _most_typical(said)
    job = statement.job
    assert job is not None
    parts = {name: _part(line.text, getattr(job, name)) for name in ("when", "want", "so_that")}
    unsaid = [_ASK[name] for name in ("when", "so_that") if parts[name] == _UNSAID]
    return a_card(
        LaneKind.GOAL,
        f"job.{stage}",
        stage,
        Text(
            ru=f"Когда {parts['when']}, хочу {parts['want']}, чтобы {parts['so_that']}",
            en=f"When {parts['when']}, I want {parts['want']}, so that {parts['so_that']}",
        ),
        by=f"job:{stage}",
        evidence=[quotes_of(facts, people(one for one, _ in said), of, _quotes(said, first=(line, statement)))],
        reason=_joined(unsaid) if unsaid else None,
    )


def _is_told_in_ways(said: Sequence[Said]) -> bool:
    """Whether people put it in words of their own: one turn of speech again and again is rather a misread one."""
    return unlike_ways((line.text[one.start : one.end] for line, one in said), _WAYS) == _WAYS


def _trigger_card(facts: Facts, stage: str, said: Sequence[Said], of: int) -> Card:
    line, statement = _most_typical(said)
    words = line.text[statement.start : statement.end].strip(" .,;:!…")
    return a_card(
        LaneKind.TRIGGER,
        f"said.{stage}",
        stage,
        Text(ru=f"«{words}»", en=f"“{words}”"),
        by=f"trigger:{stage}",
        evidence=[quotes_of(facts, people(one for one, _ in said), of, _quotes(said, first=(line, statement)))],
    )


def _is_short(job: Job) -> bool:
    return all(part is None or part[1] - part[0] <= _LONGEST for part in (job.when, job.want, job.so_that))


def _part(text: str, span: tuple[int, int] | None) -> str:
    return _UNSAID if span is None else text[slice(*span)]


def _joined(questions: Sequence[Text]) -> Text:
    return Text(ru=" ".join(one.ru or "" for one in questions), en=" ".join(one.en or "" for one in questions))


def _most_typical(said: Sequence[Said]) -> Said:
    """The most complete one, then the one whose words most of the others share."""
    lemmas = [
        frozenset(lemma(word.text) for word in words_of(line.text[one.start : one.end]) if len(word.text) > 3)
        for line, one in said
    ]
    shared = Counter(word for words in lemmas for word in words)

    def rank(place: int) -> tuple[int, float, str, int]:
        line, one = said[place]
        job = one.job
        parts = 0 if job is None else (job.when is not None) + (job.so_that is not None)
        mean = sum(shared[word] for word in lemmas[place]) / max(1, len(lemmas[place]))
        return -parts, -mean, line.id, one.start

    return said[min(range(len(said)), key=rank)]


def _quotes(said: Sequence[Said], first: Said) -> tuple[Quote, ...]:
    chosen: dict[str, Said] = {speaker_of(first[0]): first}
    for line, one in said:
        chosen.setdefault(speaker_of(line), (line, one))
    return tuple(
        Quote(
            feedback=line.id,
            text=line.text,
            span=(one.start, one.end),
            source=line.source,
            date=line.written_at.date() if line.written_at else None,
            rating=line.rating,
        )
        for line, one in list(chosen.values())[:_QUOTES]
    )
