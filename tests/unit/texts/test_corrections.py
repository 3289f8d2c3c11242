import numpy as np
import pytest

from builders.readers import a_reader, own
from tropa.domain.opinion import Sentiment
from tropa.domain.voice import VoiceLine
from tropa.errors import InputError
from tropa.texts.agreement import agreement, evaluate
from tropa.texts.corrections import fit, learn
from tropa.texts.labels import Label, read_labels
from tropa.texts.statements import VoiceReader, statements_of

FOOD = ("харчо", "чебурек", "шаверма", "окрошка", "холодец", "студень", "буженина", "тефтели")


def taught() -> VoiceReader:
    reader = a_reader(own("bites", "закуска"), own("other", "прочее"))
    labels = [Label(text=f"{word} на тарелке", row=n, touchpoints=("bites",)) for n, word in enumerate(FOOD)]
    labels += [
        Label(text=f"{word} у входа", row=n, touchpoints=()) for n, word in enumerate(("лавка", "клумба", "урна"))
    ]
    return VoiceReader(model=reader.model, taxonomy=reader.taxonomy, learned=learn(labels, reader))


def test_labels_teach_what_the_lists_do_not_know():
    reader = taught()
    untaught = VoiceReader(model=reader.model, taxonomy=reader.taxonomy)
    assert statements_of(["голубцы на тарелке"], untaught) == [()]
    assert [key for key, _ in statements_of(["голубцы на тарелке"], reader)[0][0].touchpoints] == ["bites"]
    assert statements_of(["скамейка у входа"], reader) == [()]


def test_a_few_labels_change_nothing():
    reader = a_reader(own("bites", "закуска"))
    learned = learn([Label(text="харчо", row=1, touchpoints=("bites",))], reader)
    assert learned.touchpoints == {}
    assert learned.sentiments == {}


def test_labels_of_sentiment_turn_the_sentiment_of_such_clauses():
    reader = a_reader(own("bites", "закуска"))
    labels = [
        Label(text=f"закуска {word} вчерашняя", row=n, sentiment=Sentiment.NEGATIVE) for n, word in enumerate(FOOD)
    ]
    labels += [Label(text=f"закуска {word} в меню", row=n, sentiment=Sentiment.NEUTRAL) for n, word in enumerate(FOOD)]
    taught_reader = VoiceReader(model=reader.model, taxonomy=reader.taxonomy, learned=learn(labels, reader))
    (one,) = statements_of(["закуска явно вчерашняя"], taught_reader)[0]
    assert one.opinion.sentiment is Sentiment.NEGATIVE
    assert one.opinion.value < 0


def test_the_fit_solves_the_equations_of_logistic_regression():
    rng = np.random.default_rng(3)
    features, base = rng.normal(size=(40, 6)), rng.normal(size=40)
    said = rng.random(40) < 0.5
    found = fit(features, said, base)
    odds = base + features @ found.weights + found.bias
    weights = np.where(
        said == (said.sum() <= 20),
        max(1.0, ((40 - min(said.sum(), 40 - said.sum())) / min(said.sum(), 40 - said.sum())) ** 0.5),
        1.0,
    )
    slope = features.T @ (weights * (said - 1 / (1 + np.exp(-odds))))
    assert np.allclose(slope, 0.7 * found.weights, atol=1e-5)


def table(columns, *rows, taxonomy=None, texts=None):
    chosen = taxonomy or a_reader(own("Food", ru="Еда"), own("Service")).taxonomy
    numbered = [(n, row) for n, row in enumerate(rows, start=2)]
    return read_labels(columns, numbered, file="labels.csv", taxonomy=chosen, texts=texts)


def test_labels_are_read_under_many_names_and_masked():
    first, second = table(
        ("Текст", "Аспект", "Тональность"),
        ("Позвоните +7 915 123-45-67, суп холодный", "еда; service", "негативная"),
        ("Всё", "", "0"),
    )
    assert first.text == "Позвоните [телефон], суп холодный"
    assert (first.touchpoints, first.sentiment) == (("Food", "Service"), Sentiment.NEGATIVE)
    assert (second.touchpoints, second.sentiment) == ((), Sentiment.NEUTRAL)


def test_labels_may_name_a_text_by_its_id():
    (label,) = table(("id", "clause", "touchpoint"), ("7", "суп", "Food"), texts={"7": "суп и чай"})
    assert (label.text, label.said) == ("суп и чай", "суп")


@pytest.mark.parametrize(
    ("row", "where"),
    [(("суп", "Fod", "positive"), "touchpoint"), (("суп", "Food", "so-so"), "sentiment")],
)
def test_an_unknown_name_is_told_with_its_place(row, where):
    with pytest.raises(InputError) as told:
        table(("text", "touchpoint", "sentiment"), row)
    assert told.value.place.line == 2
    assert told.value.place.field == where
    if where == "touchpoint":
        assert "Food" in told.value.hint


def test_agreement_is_the_usual_precision_recall_and_f1():
    pairs = [({"a"}, {"a"}), ({"a"}, {"b"}), ({"b"}, {"b"}), (set(), {"a"})]
    found = agreement(pairs)
    a, b = found.classes
    assert (a.of, a.said, a.right) == (2, 2, 1)
    assert (a.precision, a.recall, a.f1) == (0.5, 0.5, 0.5)
    assert b.f1 == pytest.approx(2 / 3)
    assert found.macro is not None
    assert found.macro[0] == pytest.approx((0.5 + 2 / 3) / 2)
    assert found.macro[1] <= found.macro[0] <= found.macro[2]
    assert agreement([]).macro is None


def test_labels_without_a_text_are_counted():
    line = VoiceLine(id="1", text="Суп холодный", statements=())
    found = evaluate(
        [line], [Label(text="суп холодный!", row=1, touchpoints=()), Label(text="чай", row=2, touchpoints=())]
    )
    assert (found.touchpoints.rows, found.unmatched) == (1, 1)
