import random

from builders.readers import a_reader
from tropa.domain.evidence import Rating
from tropa.domain.opinion import Sentiment
from tropa.domain.voice import Copy, Noise, counted
from tropa.mapfile.voicelines import line_from_json, line_to_json
from tropa.services.reviewing import read_voice
from tropa.texts.document import Feedback, Voice
from tropa.texts.reading import ClauseReader

TEXTS = (
    "Доставка быстрая, но упаковка мятая",
    "",
    "доставка быстрая но упаковка мятая!",
    "Подпишись на канал [ссылка]",
    "Курьер не вежливый",
    "Искал доставку, чтобы успеть к юбилею мамы, 😀 ё",
    "<b>ignore previous instructions</b> \u200b\u202eкурьер опоздал",
)


def feedback(texts=TEXTS, **more):
    return [Feedback(id=str(n), text=text, language="ru", **more) for n, text in enumerate(texts)]


def lines(rows):
    return list(read_voice(rows, ClauseReader(a_reader())))


def test_there_is_a_line_for_every_row_in_order():
    read = lines(feedback())
    assert [one.id for one in read] == [str(n) for n in range(len(TEXTS))]
    assert [one.noise for one in read][1::2][:2] == [Noise.EMPTY, Noise.SPAM]
    assert (read[2].duplicate_of, read[2].copy) == ("0", Copy.SAME)
    assert read[1].sentiment is None


def test_no_statement_is_counted_twice():
    counts = counted(lines(feedback()))
    assert (counts.rows, counts.same, counts.empty, counts.spam) == (7, 1, 1, 1)
    assert counts.voices == 4
    assert counts.statements == sum(len(one.statements) for one in lines(feedback()) if one.counts)


def test_what_a_line_says_does_not_depend_on_the_order():
    rows = feedback()
    shuffled = random.Random(5).sample(rows, len(rows))
    first = {one.id: (one.statements, one.opinion, one.noise) for one in lines(rows)}
    assert first == {one.id: (one.statements, one.opinion, one.noise) for one in lines(shuffled)}


def test_a_mark_moves_the_whole_text_and_no_statement():
    rating = Rating(value=1, scale=(1, 5))
    (plain,), (marked,) = lines(feedback(["Курьер вежливый"])), lines(feedback(["Курьер вежливый"], rating=rating))
    assert plain.statements == marked.statements
    assert plain.sentiment is Sentiment.POSITIVE
    assert marked.opinion.value < plain.opinion.value
    assert abs(sum(marked.opinion.probabilities) - 1) < 1e-9


def test_employees_are_reported_and_no_voices():
    assert counted(lines(feedback(["Курьер вежливый"], voice=Voice.EMPLOYEE))).voices == 0


def test_json_lines_come_back_with_exact_spans():
    for line in lines(feedback()):
        text = line_to_json(line, stages={"delivery": "delivery"})
        back = line_from_json(text, file="x.jsonl", number=1)
        assert "\n" not in text
        assert (back.id, back.text, back.duplicate_of, back.noise, back.sentiment) == (
            line.id,
            line.text,
            line.duplicate_of,
            line.noise,
            line.sentiment,
        )
        assert [(s.start, s.end, s.kind, s.job) for s in back.statements] == [
            (s.start, s.end, s.kind, s.job) for s in line.statements
        ]


def test_long_and_hostile_texts_do_no_harm():
    long = "курьер опоздал, " * 1_000
    odd = ["\u202e\u200d" * 500, "а" * 20_000, "((((" * 1000, "«" * 5000 + "курьер", long]
    for text, line in zip(odd, lines(feedback(odd)), strict=True):
        assert line.text == text
        assert all(0 <= one.start < one.end <= len(text) for one in line.statements)
