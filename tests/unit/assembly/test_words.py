"""The words of the minute strip, of short claims and of guesses: no case is needed where a name stands in quotes."""

from datetime import date

import pytest

from tropa.assembly.claims import group_words
from tropa.domain.evidence import Baseline
from tropa.domain.text import Language, Text
from tropa.insight.finding_words import named_value, pain_words
from tropa.stats.proportions import proportion
from tropa.texts.names import stage_kinds

PAYING = Text(ru="Оплата", en="Payment")


def test_a_group_in_a_claim_names_the_property_of_values_that_say_nothing() -> None:
    assert group_words({"service_type": ("Value 1", "Value 5")}, Language.RU) == "вид услуги: Value 1, Value 5"
    assert group_words({"region": "Урал", "device": "mobile"}, Language.RU) == "Урал · с телефона"
    assert group_words(None, Language.EN) == ""


@pytest.mark.parametrize(
    ("count", "of", "since", "said"),
    [
        (17, 17, None, "«Оплата»: жалуются 17 из\u00a017 из тех, кто об этом пишет; на другое — 7 из\u00a021"),
        (
            17,
            17,
            date(2026, 3, 5),
            "«Оплата»: с 5\u00a0марта 2026 жалуются 17 из\u00a017 написавших; раньше 7 из\u00a021",
        ),
    ],
)
def test_a_pain_of_few_is_told_in_counts_alone(count: int, of: int, since: date | None, said: str) -> None:
    words = pain_words(PAYING, proportion(count, of), Baseline(value=7 / 21, of=21), since)
    assert (words.ru or "").replace("\u00a0", " ") == said.replace("\u00a0", " ")
    assert "%" not in (words.en or "")


def test_a_pain_of_many_has_its_share_and_interval() -> None:
    words = pain_words(PAYING, proportion(60, 100), Baseline(value=0.2, of=400), None)
    assert (words.ru or "").startswith("«Оплата»: жалуются 60")
    assert "%" in (words.ru or "")


def test_channels_and_devices_are_named_in_the_readers_language() -> None:
    assert named_value("paid_search") == Text(ru="Реклама в поиске", en="Paid search")
    assert named_value("Авито") == Text(ru="Авито", en="Авито")


def test_who_asks_for_help_wants_something_else_than_who_buys() -> None:
    jobs = {kind.key: kind.job for kind in stage_kinds().values()}
    assert jobs["triage"] == Text(ru="Понять, кто займётся и когда", en="Know who will take it up, and when")
    told = [job.ru for key in ("request", "triage", "work", "resolution") if (job := jobs[key]) is not None]
    assert len(set(told)) == 4
