"""A language model is believed only as far as the texts bear it out, whatever its server does."""

import json
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from builders.language_model_reader import TOUCHPOINTS, Light, reader_of
from builders.language_model_server import Back, honest, in_turn, item, language_model, said, statement
from tropa.adapters.models import llm
from tropa.domain.language_model import AnswerFormat, StandIn, TokenPrices
from tropa.domain.opinion import Sentiment, StatementKind
from tropa.errors import LanguageModelError

QUICK = "Доставка быстрая, но коробка мятая."
CALM = "Курьер пришёл вовремя, спасибо"


def spans(reading, text):
    return [text[one.start : one.end] for one in reading.statements]


def test_statements_come_back_with_exact_spans_and_the_readers_name(tmp_path):
    answer = said(
        {
            "texts": [
                item(
                    1,
                    statement("но коробка мятая", touchpoints=["packaging"], value=-2, attributes=["мятая", "рваная"]),
                    statement("Доставка быстрая", value=2, certainty=1, emotions=["joy"], kind="praise"),
                    value=0,
                    certainty=0.6,
                )
            ]
        }
    )
    with language_model(answer) as server:
        (reading,) = reader_of(server, tmp_path).read([QUICK])

    assert (reading.model, reading.version[:2]) == ("llm:some-model", "1-")
    assert spans(reading, QUICK) == ["Доставка быстрая", "но коробка мятая"]
    quick, torn = reading.statements
    assert (quick.kind, quick.opinion.sentiment, quick.opinion.value) == (StatementKind.PRAISE, Sentiment.POSITIVE, 2)
    assert torn.touchpoints == (("packaging", 0.9),)
    assert torn.attributes == ("мятая",)
    assert reading.opinion.sentiment is Sentiment.NEUTRAL
    for one in (quick.opinion, torn.opinion, reading.opinion):
        assert sum(one.probabilities) == pytest.approx(1)
    assert sum(quick.opinion.kinds.values()) == pytest.approx(1)
    assert [name for name, share in quick.opinion.emotions.items() if share >= 0.5] == ["joy"]
    assert quick.opinion.probability < 1, "a model's own certainty is no fact"


def test_the_same_words_twice_are_two_places(tmp_path):
    text = "Долго. Очень долго. Долго"
    answer = said({"texts": [item(1, statement("олго"), statement("олго"), statement("олго"), statement("олго"))]})
    with language_model(answer) as server:
        (reading,) = reader_of(server, tmp_path).read([text])
    assert [one.start for one in reading.statements] == [1, 14, 21]


def test_a_batch_is_one_request_and_equal_texts_are_asked_about_once(tmp_path):
    texts = [f"Ждали заказ номер {n} неделю" for n in range(20)]
    with language_model() as server:
        readings = reader_of(server, tmp_path, batch=8, parallel=3).read([*texts, *texts])
    assert [spans(one, text) for one, text in zip(readings, [*texts, *texts], strict=True)] == [
        [text] for text in [*texts, *texts]
    ]
    assert sorted(len(one.texts) for one in server.chats) == [4, 8, 8]
    assert server.chats[0].path == "/v1/chat/completions"
    body = server.chats[0].json
    assert (body["model"], body["temperature"], body["stream"]) == ("some-model", 0.0, False)
    assert body["response_format"]["json_schema"]["strict"] is True


def test_nothing_is_sent_without_leave(tmp_path):
    asked = []

    def no(sending):
        asked.append(sending)
        raise LanguageModelError("Nothing was sent.")

    with language_model() as server:
        reader = reader_of(
            server, tmp_path, consent=no, price_per_million_tokens=TokenPrices(sent=100, received=300, currency="RUB")
        )
        for _ in range(2):
            with pytest.raises(LanguageModelError):
                reader.read([QUICK, CALM, CALM])
    assert server.requests == []
    (first, _) = asked
    assert (first.host, first.texts, first.requests, first.kept, first.encrypted) == ("127.0.0.1", 2, 1, 0, False)
    assert 300 < first.tokens_sent < 2000
    assert 100 < first.tokens_received < 400
    assert first.cost == pytest.approx((100 * first.tokens_sent + 300 * first.tokens_received) / 1e6)
    assert first.currency == "RUB"


def test_leave_is_asked_once_for_all_announced_and_again_for_others(tmp_path):
    asked = []
    with language_model() as server:
        reader = reader_of(server, tmp_path, consent=asked.append)
        reader.announce([QUICK, CALM])
        reader.read([QUICK])
        reader.read([CALM])
        assert [one.texts for one in asked] == [2]
        reader.read(["Оператор нахамил"])
        assert [one.texts for one in asked] == [2, 1]


def test_what_was_answered_is_never_paid_twice(tmp_path):
    with language_model() as server:
        first = reader_of(server, tmp_path).read([QUICK])
        asked = []
        reader = reader_of(server, tmp_path, consent=asked.append)
        assert reader.read([QUICK]) == first
        assert (len(server.requests), asked) == (1, [])
        assert (reader.counts.read, reader.counts.kept, reader.counts.requests) == (1, 1, 0)
        reader.read([QUICK, CALM])
        assert server.chats[-1].texts == [CALM]
        assert [(one.texts, one.kept) for one in asked] == [(1, 1)]


def test_another_model_or_other_touchpoints_are_another_question(tmp_path):
    from tropa.adapters.models.question import Question

    with language_model() as server:
        reader_of(server, tmp_path).read([QUICK])
        other = reader_of(server, tmp_path)
        assert Question(TOUCHPOINTS[:2]).version != other.version
        from dataclasses import replace

        from tropa.adapters.models.opening import open_reader

        renamed = open_reader(
            replace(other.spec, model="other"), TOUCHPOINTS, Light(), tmp_path / "answers", consent=lambda _: None
        )
        fewer = open_reader(other.spec, TOUCHPOINTS[:2], Light(), tmp_path / "answers", consent=lambda _: None)
        renamed.read([QUICK])
        fewer.read([QUICK])
        assert len(server.requests) == 3


def test_a_kept_file_that_was_cut_off_or_tampered_with_does_no_harm(tmp_path):
    with language_model() as server:
        reader_of(server, tmp_path).read([QUICK, CALM])
        file = tmp_path / "answers" / "answers.jsonl"
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
        lines[0]["answer"] = json.dumps(item(1, statement("чего в тексте нет")))
        file.write_text(f"[[[\n{json.dumps(lines[0])}\n{json.dumps(lines[1])[:-9]}", encoding="utf-8")
        light = Light()
        reader = reader_of(server, tmp_path, light=light)
        readings = reader.read([QUICK, CALM])
    assert [one.model for one in readings] == ["light", "llm:some-model"]
    assert light.given == [QUICK]
    assert server.chats[-1].texts == [CALM]
    assert spans(reader_of(server, tmp_path).read([CALM])[0], CALM) == [CALM], "a line after half a line is whole"


@pytest.mark.parametrize(
    ("around", "name"),
    [
        (lambda answer: f"Конечно! Вот разбор:\n```json\n{answer}\n```\nНадеюсь, помог.", "fences and politeness"),
        (
            lambda answer: f'<think>{{"texts": [{{"id": 1, "statements": []}}]}} hm {{x}}</think>{answer}',
            "thoughts with drafts",
        ),
        (lambda answer: f"\ufeff{answer}{{", "odd ends"),
    ],
)
def test_words_around_the_json_are_passed_over(tmp_path, around, name):
    def chatty(asked):
        return said(around(json.dumps({"texts": [item(1, statement(asked.texts[0]))]}, ensure_ascii=False)))

    with language_model(chatty) as server:
        (reading,) = reader_of(server, tmp_path).read([QUICK])
    assert spans(reading, QUICK) == [QUICK], name
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (statement("Доставка ужасная"), "this quote is not in the text"),
        (statement("доставка быстрая"), "this quote is not in the text"),
        (statement("   "), "this quote is not in the text"),
        (statement("Доставка", touchpoints=["space_lift"]), "no such touchpoint"),
        (statement("Доставка", value=-7), "not of the form"),
        (statement("Доставка", certainty=1.5), "not of the form"),
        (statement("Доставка", emotions=["ennui"]), "not of the form"),
        (statement("Доставка", kind="rant"), "not of the form"),
        (statement("Доставка", value="very bad"), "not of the form"),
        ("Доставка", "not of the form"),
    ],
)
def test_a_statement_that_is_not_true_to_the_text_is_asked_again_with_its_fault_and_then_dropped(tmp_path, fault, told):
    right = statement("коробка мятая", touchpoints=["packaging"])
    with language_model(said({"texts": [item(1, fault, right)]})) as server:
        reader = reader_of(server, tmp_path)
        (reading,) = reader.read([QUICK])
    assert len(server.requests) == 2
    assert told in server.chats[1].items[0]["faults"][0]
    assert spans(reading, QUICK) == ["коробка мятая"]
    assert reader.counts.dropped == 1
    assert reader.counts.read == 1


def test_a_fault_that_is_mended_leaves_no_trace(tmp_path):
    wrong, right = item(1, statement("Доставка ужасная")), item(1, statement("Доставка быстрая"))
    with language_model(in_turn(said({"texts": [wrong]}), said({"texts": [right]}))) as server:
        reader = reader_of(server, tmp_path)
        (reading,) = reader.read([QUICK])
    assert spans(reading, QUICK) == ["Доставка быстрая"]
    assert (reader.counts.dropped, reader.counts.stood_in) == (0, {})


def test_a_second_answer_that_is_worse_does_not_replace_the_first(tmp_path):
    first = item(1, statement("Доставка быстрая"), statement("нет такого"))
    with language_model(
        in_turn(said({"texts": [first]}), said({"texts": [item(1, statement("и такого нет"))]}))
    ) as server:
        (reading,) = reader_of(server, tmp_path).read([QUICK])
    assert spans(reading, QUICK) == ["Доставка быстрая"]


@pytest.mark.parametrize(
    ("answer", "why", "requests"),
    [
        (said({"texts": [item(1, statement("чего нет"))]}), StandIn.UNTRUE, 2),
        (said({"texts": [item(1)]}), StandIn.EMPTY, 1),
        (said({"texts": []}), StandIn.MALFORMED, 2),
        (said({"texts": [{"id": 1}]}), StandIn.MALFORMED, 2),
        (said({"texts": [item(1, *[statement("Доставка")] * 50)]}), StandIn.MALFORMED, 2),
        (said("Извините, я не могу."), StandIn.MALFORMED, 2),
        (said('{"texts": [{"id": 1, "value": -1,', finish="length"), StandIn.MALFORMED, 2),
        (said("[" * 100_000), StandIn.MALFORMED, 2),
        (said('{"a":' * 100_000), StandIn.MALFORMED, 2),
        (said(""), StandIn.EMPTY, 2),
        (said(None), StandIn.EMPTY, 2),
        (Back(body=b"<html>busy</html>"), StandIn.EMPTY, 2),
        (Back(body=b"\xff\xfe"), StandIn.EMPTY, 2),
        (Back(body=b'{"choices": []}'), StandIn.EMPTY, 2),
        (said(None, refusal="I can't help with that."), StandIn.REFUSED, 1),
        (said("", finish="content_filter"), StandIn.REFUSED, 1),
        (said("Не люблю менять тему", finish="blacklist"), StandIn.REFUSED, 1),
        (Back(status=400, body=b'{"error": {"message": "this prompt was flagged"}}'), StandIn.REFUSED, 3),
        (Back(status=413), StandIn.REFUSED, 3),
        (Back(status=503), StandIn.FAILED, 3),
        (Back(cut=True), StandIn.FAILED, 3),
        (Back(cut=True, body=b"x" * 100), StandIn.FAILED, 3),
        (Back(body=b"x" * (3 << 20)), StandIn.EMPTY, 2),
    ],
)
def test_where_the_model_fails_the_light_model_reads_and_it_is_said(tmp_path, answer, why, requests):
    light = Light()
    with language_model(answer) as server:
        reader = reader_of(server, tmp_path, light=light)
        (reading,) = reader.read([QUICK])
    assert (reading.model, reading.version) == ("light", "7")
    assert light.given == [QUICK]
    assert reader.counts.stood_in == {why: 1}
    assert reader.counts.read == 0
    assert len(server.requests) == requests


@pytest.mark.parametrize("slow", [Back(after=30), Back(body=b"x" * 500, drip=0.05)])
def test_a_slow_server_costs_the_timeout_and_no_more(tmp_path, slow):
    with language_model(slow) as server:
        reader = reader_of(server, tmp_path, timeout=timedelta(seconds=0.4))
        began = time.monotonic()
        (reading,) = reader.read([QUICK])
    assert time.monotonic() - began < 15
    assert reading.model == "light"
    assert reader.counts.stood_in == {StandIn.SLOW: 1}
    with language_model() as server:
        assert reader_of(server, tmp_path).read([QUICK])[0].model == "llm:some-model", "next time it is asked again"


def test_one_text_that_is_refused_takes_no_other_with_it(tmp_path):
    def squeamish(asked):
        return said(None, refusal="no") if QUICK in asked.texts else honest(asked)

    with language_model(squeamish) as server:
        reader = reader_of(server, tmp_path)
        readings = reader.read([CALM, QUICK, "Всё понравилось"])
    assert [one.model for one in readings] == ["llm:some-model", "light", "llm:some-model"]
    assert reader.counts.stood_in == {StandIn.REFUSED: 1}


@pytest.mark.parametrize("first", [AnswerFormat.JSON_SCHEMA, AnswerFormat.SCHEMA, AnswerFormat.JSON_OBJECT])
def test_a_form_that_is_refused_gives_way_to_the_next_and_is_not_tried_again(tmp_path, first):
    def old(asked):
        if "response_format" in asked.json:
            return Back(status=400, body=b'{"error": {"message": "response_format is not supported"}}')
        return honest(asked)

    with language_model(old) as server:
        reader = reader_of(server, tmp_path, response_format=first, batch=1)
        assert {one.model for one in reader.read([QUICK, CALM])} == {"llm:some-model"}
    forms = {
        AnswerFormat.JSON_SCHEMA: ["json_schema", "json_object", None, None],
        AnswerFormat.SCHEMA: ["json_schema", None, None],
        AnswerFormat.JSON_OBJECT: ["json_object", None, None],
    }
    assert [one.form for one in server.chats] == forms[first]
    if first is AnswerFormat.SCHEMA:
        assert server.chats[0].json["response_format"]["schema"]["type"] == "object"


def test_busy_servers_are_waited_for_as_long_as_they_ask(tmp_path):
    pauses = []
    busy = [Back(status=429, headers={"Retry-After": "7"}), Back(status=500)]
    with language_model(in_turn(*busy, honest)) as server:
        assert reader_of(server, tmp_path, pauses=pauses).read([QUICK])[0].model == "llm:some-model"
    assert pauses == [7.0, 2.0]


@pytest.mark.parametrize(
    ("asked", "pause"),
    [("86400", 60.0), ("-3", 1.0), ("nan", 1.0), ("Wed, 21 Oct 2199 07:28:00 GMT", 60.0), ("soon", 1.0)],
)
def test_no_server_makes_us_wait_longer_than_a_minute(tmp_path, asked, pause):
    pauses = []
    with language_model(in_turn(Back(status=503, headers={"Retry-After": asked}), honest)) as server:
        reader_of(server, tmp_path, pauses=pauses).read([QUICK])
    assert pauses == [pause]


def test_a_connection_that_drops_once_is_taken_up_again(tmp_path):
    with language_model(in_turn(Back(cut=True), honest)) as server:
        assert reader_of(server, tmp_path).read([QUICK])[0].model == "llm:some-model"


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            Back(status=401, body=b'{"error": {"message": "bad key sk-hidden-1"}}'),
            "does not let this key in (answer 401): bad key …",
        ),
        (Back(status=403, body=b"go \x1b[31maway\x07\r\n"), "(answer 403): go [31maway"),
        (
            Back(status=404, body=b'{"error": "model not found"}'),
            "no chat of a language model (answer 404): model not found",
        ),
        (Back(status=302, headers={"Location": "http://127.0.0.1:1/"}), "(answer 302)"),
        (Back(status=402), "(answer 402)"),
    ],
)
def test_what_no_question_can_mend_ends_the_run_in_words(tmp_path, answer, message):
    with language_model(answer) as server, pytest.raises(LanguageModelError) as raised:
        reader_of(server, tmp_path, environment={"LLM_KEY": "sk-hidden-1"}, key_env="LLM_KEY").read([QUICK])
    assert message in raised.value.message
    assert "sk-hidden-1" not in str(raised.value)
    assert "\x1b" not in str(raised.value)
    assert len(server.requests) == 1


def test_nobody_at_the_address_is_said_at_once(tmp_path):
    with language_model() as server:
        pass
    with pytest.raises(LanguageModelError) as raised:
        reader_of(server, tmp_path).read([QUICK])
    assert "Nobody answers at" in raised.value.message


def test_a_server_that_has_stopped_answering_ends_the_run_and_the_next_goes_on(tmp_path):
    texts = [f"Заказ {n} так и не пришёл" for n in range(20)]
    left = [3]

    def failing(asked):
        left[0] -= 1
        return honest(asked) if left[0] >= 0 else Back(status=500, body=b"out of memory")

    with language_model(failing) as server, pytest.raises(LanguageModelError) as raised:
        reader_of(server, tmp_path, batch=1, tries=1).read(texts)
    assert "no usable answers any more: out of memory" in raised.value.message
    assert 0 <= len(server.requests) - (3 + llm._PATIENCE) < 2  # one may be on its way when the run ends
    with language_model() as server:
        readings = reader_of(server, tmp_path).read(texts)
    assert {one.model for one in readings} == {"llm:some-model"}
    assert sum(len(one.texts) for one in server.chats) == 17


def test_progress_and_tokens_are_counted(tmp_path):
    seen = []
    prices = TokenPrices(sent=1000, received=2000)
    with language_model() as server:
        reader = reader_of(server, tmp_path, batch=2, report=seen.append, price_per_million_tokens=prices)
        reader.read([QUICK, CALM, "Упаковка хорошая"])
    assert [(one.done, one.total) for one in seen] == [(2, 3), (3, 3)]
    counts = reader.counts
    assert (counts.requests, counts.tokens_sent, counts.tokens_received) == (2, 2000, 200)
    assert counts.cost == pytest.approx(2.4)


def test_what_is_empty_or_endless_stays_at_home(tmp_path):
    endless = "Плохо " * 200_000
    with language_model() as server:
        reader = reader_of(server, tmp_path)
        readings = reader.read([endless, "  ", ""])
    assert server.requests == []
    assert {one.model for one in readings} == {"light"}
    assert reader.counts.stood_in == {StandIn.EMPTY: 2, StandIn.LONG: 1}


CHILD = """
import sys
from pathlib import Path
from builders.language_model_reader import Light, reader_of
class Server: endpoint = sys.argv[1]
texts = [f"Заказ {n} опоздал" for n in range(40)]
print("begun", flush=True)
try:
    reader_of(Server, Path(sys.argv[2]), batch=1, parallel=2).read(texts)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


def test_ctrl_c_ends_it_at_once_and_what_was_answered_stays(tmp_path):
    sofar = []

    def stuck(asked):
        sofar.append(asked)
        return honest(asked) if len(sofar) <= 6 else Back(after=60)

    with language_model(stuck) as server:
        paths = [str(Path(__file__).parents[3]), *sys.path]
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, server.endpoint, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": ":".join(paths)},
        )
        deadline = time.monotonic() + 120
        while len(sofar) < 8 and time.monotonic() < deadline:
            time.sleep(0.05)
        pressed = time.monotonic()
        child.send_signal(signal.SIGINT)
        out, _ = child.communicate(timeout=55)
    assert time.monotonic() - pressed < 30, "the server would have taken a minute"
    assert out.split() == ["begun", "stopped"]
    assert child.returncode == 0
    with language_model() as server:
        reader = reader_of(server, tmp_path)
        reader.read([f"Заказ {n} опоздал" for n in range(40)])
    assert sum(len(one.texts) for one in server.chats) == 34
