"""What people are told before and after texts go to a language model."""

import io
from dataclasses import replace

import pytest

from tropa.cli import sending
from tropa.cli.sending import consent, counts_lines, sending_lines
from tropa.domain.language_model import ReadingCounts, Sending, StandIn
from tropa.domain.text import Language
from tropa.errors import LanguageModelError

PLAN = Sending(
    host="api.example.com",
    model="yandexgpt/latest",
    encrypted=True,
    texts=1240,
    kept=87,
    requests=155,
    tokens_sent=312_345,
    tokens_received=158_999,
    cost=188.5375,
    currency="RUB",
)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_before_sending_it_is_said_what_goes_where_and_at_what_cost():
    assert sending_lines(PLAN, Language.EN) == [
        (
            "Texts to be sent to the language model yandexgpt/latest at api.example.com: 1,240.\n"
            "That is about 310,000 tokens there and 160,000 back, about 188.54 RUB."
        ),
        "Personal data in them are masked: [имя], [телефон], [почта] and so on.",
        "Answers kept from earlier runs: 87.",
    ]
    russian = "\n".join(sending_lines(PLAN, Language.RU)).replace("\u00a0", " ")
    assert "Языковой модели yandexgpt/latest на api.example.com уйдут тексты: 1 240." in russian
    assert "около 310 000 токенов туда и 160 000 обратно, примерно 188,54 RUB" in russian


@pytest.mark.parametrize(("host", "is_said"), [("gpu.example.com", True), ("localhost", False), ("127.0.0.1", False)])
def test_an_open_line_is_said_where_it_leaves_the_machine(host, is_said):
    said = " ".join(sending_lines(replace(PLAN, encrypted=False, host=host, cost=None), Language.EN))
    assert ("is not encrypted" in said) == is_said
    assert "RUB" not in said


def test_a_cost_below_a_hundredth_is_not_nothing():
    assert "about < 0.01 RUB" in sending_lines(replace(PLAN, cost=0.0004), Language.EN)[0]
    assert "about 0 RUB" in sending_lines(replace(PLAN, cost=0.0), Language.EN)[0]


def test_without_a_terminal_only_yes_gives_leave(monkeypatch, capsys):
    monkeypatch.setattr(sending.sys, "stdin", io.StringIO("y\n"))
    with pytest.raises(LanguageModelError) as raised:
        consent(Language.EN, yes=False)(PLAN)
    assert "nobody to ask" in raised.value.message
    assert "--yes" in raised.value.hint
    consent(Language.EN, yes=True)(PLAN)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("api.example.com") == 2, "it is said with --yes too"


@pytest.mark.parametrize(("answer", "is_leave"), [("y\n", True), ("\n", False), ("n\n", False)])
def test_on_a_terminal_a_person_decides_and_silence_is_no(monkeypatch, answer, is_leave):
    monkeypatch.setattr(sending.sys, "stdin", Terminal(answer))
    ask = consent(Language.EN, yes=False)
    if is_leave:
        ask(PLAN)
    else:
        with pytest.raises(LanguageModelError) as raised:
            ask(PLAN)
        assert raised.value.message == "Nothing was sent."


def test_afterwards_it_is_said_who_read_what_and_why():
    counts = ReadingCounts(
        read=1100,
        kept=87,
        stood_in={StandIn.REFUSED: 3, StandIn.UNTRUE: 12},
        dropped=41,
        requests=160,
        tokens_sent=300_000,
        tokens_received=150_000,
        cost=180.0,
        currency="RUB",
    )
    assert counts_lines(counts, Language.EN) == [
        "Texts read by the language model: 1,100.",
        "Answers kept from earlier runs: 87.",
        "Read by tropa's own model in its place: 15 (refused 3, not what the text says 12).",
        "Statements dropped because the texts do not hold them: 41.",
        "Requests: 160; tokens: 300,000 there and 150,000 back, about 180 RUB.",
    ]
    assert counts_lines(ReadingCounts(), Language.EN) == ["Texts read by the language model: 0."]


@pytest.mark.parametrize("language", list(Language))
def test_every_reason_has_words(language):
    counts = ReadingCounts(stood_in=dict.fromkeys(StandIn, 1))
    assert f"{len(StandIn)} (" in counts_lines(counts, language)[1]
