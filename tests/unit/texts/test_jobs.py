from builders.readers import a_reader
from tropa.domain.voice import VoiceLine
from tropa.texts.clauses import Span
from tropa.texts.jobs import job_in
from tropa.texts.stage_jobs import stage_jobs
from tropa.texts.statements import statements_of


def parts(text):
    job = job_in(text, Span(0, len(text)))
    return (
        None
        if job is None
        else [None if one is None else text[slice(*one)] for one in (job.when, job.want, job.so_that)]
    )


def test_a_job_has_only_the_parts_that_were_said():
    whole = "Когда приезжает мама, хочу букет с доставкой, чтобы не стоять в пробке."
    assert parts(whole) == ["приезжает мама", "букет с доставкой", "не стоять в пробке"]
    assert parts("Искали машину, чтобы возить внуков на дачу") == [None, "машину", "возить внуков на дачу"]
    assert parts("When I travel I need a quiet room") == ["I travel I", "a quiet room", None]
    assert parts("Хочу скидку") is None
    assert parts("Привезли, чтобы забрать") is None


def test_a_job_of_a_stage_needs_three_voices():
    reader = a_reader()
    texts = [
        "Нужна доставка утром, чтобы успеть до работы",
        "Хочу доставку утром, чтобы не отпрашиваться",
        "Когда праздник, хочу доставку с утра",
    ]
    lines = [
        VoiceLine(id=str(n), text=text, statements=said)
        for n, (text, said) in enumerate(zip(texts, statements_of(texts, reader), strict=True))
    ]
    stages = {"delivery": "delivery"}
    assert stage_jobs(lines[:2], stages) == ()
    (job,) = stage_jobs(lines, stages)
    assert (job.stage, job.voices, job.when) == ("delivery", 3, "праздник")
    assert job.so_that in {"успеть до работы", "не отпрашиваться"}
    assert job.unsaid == ()
