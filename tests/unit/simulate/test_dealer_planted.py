"""The dealer's exports hold what the story plants, counted from the files by the plainest means."""

import csv
import gzip
import io
import json
from collections import defaultdict
from datetime import datetime
from statistics import median

import pytest

from tropa.domain.text import Language
from tropa.simulate import data_dealer as n
from tropa.simulate.story import simulate
from tropa.simulate.story_facts import Delivery


class Dealer:
    """The files of one delivery, read back."""

    def __init__(self, language: Language, delivery: Delivery, scale: float = 1.0) -> None:
        self.business = simulate("dealer", language=language, seed=3, scale=scale, delivery=delivery)
        self.log = self._rows("события.csv.gz", ",")
        self.calls = self._rows("звонки_в_сервис.csv", ",")
        self.sales = self._rows("продажи.csv", ";")
        self.services = self._rows("заказ-наряды_ТО.csv", ";")

    def _rows(self, name: str, delimiter: str) -> list[dict[str, str]]:
        content = self.business.files[name]
        text = gzip.decompress(content).decode() if name.endswith(".gz") else None
        if text is None:
            text = content.decode("utf-8" if delimiter == "," else "cp1251")
        return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))

    def due(self) -> dict[str, dict[str, str]]:
        return {row["Клиент"]: row for row in self.log if row["Событие"] == "Подошёл срок ТО"}

    def visits(self) -> dict[str, list[dict[str, str]]]:
        found = defaultdict(list)
        for row in self.services:
            found[row["Клиент"]].append(row)
        return found


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d.%m.%Y %H:%M")


@pytest.fixture(scope="module")
def before() -> Dealer:
    return Dealer(Language.RU, Delivery.BEFORE)


@pytest.fixture(scope="module")
def after() -> Dealer:
    return Dealer(Language.RU, Delivery.AFTER)


def test_962_of_6412_come_back_and_the_others_of_9800_are_not_due_yet(before):
    due, came = before.due(), set(before.visits())
    assert len({row["Клиент"] for row in before.sales}) == n.BUYERS
    assert len(due) == n.DUE
    assert came <= set(due)
    assert len(came) == n.RETURNED


def test_the_invited_come_back_five_times_as_often(before):
    came = set(before.visits())
    share = {}
    for value in ("приглашение отправлено", "без приглашения"):
        group = {client for client, row in before.due().items() if row["Рассылка о ТО"] == value}
        share[value] = (len(group), len(group & came) / len(group))
    assert share["приглашение отправлено"][0] == round(n.INVITED * n.DUE)
    assert share["приглашение отправлено"][1] == pytest.approx(0.41, abs=0.005)
    assert share["без приглашения"][1] == pytest.approx(0.077, abs=0.005)


def test_evenings_and_saturdays_wait_and_seldom_come_again(before):
    waits, again = defaultdict(list), defaultdict(list)
    for rows in before.visits().values():
        for row in rows:
            crowded = row["Время визита"] != "будни днём"
            waits[crowded].append((moment(row["Машина у мастера"]) - moment(row["Стойка приёмки"])).seconds / 60)
        if moment(rows[0]["Стойка приёмки"]) < datetime(2025, 7, 15):
            again[rows[0]["Время визита"] != "будни днём"].append(len(rows) > 1)
    assert median(waits[False]) == pytest.approx(15, abs=2)
    assert median(waits[True]) == pytest.approx(70, abs=4)
    assert sum(again[False]) / len(again[False]) == pytest.approx(n.SECOND_VISIT, abs=0.09)
    assert sum(again[True]) / len(again[True]) == pytest.approx(n.SECOND_VISIT_CROWDED, abs=0.11)


def test_a_third_of_morning_calls_is_missed_since_the_day(before):
    missed = defaultdict(list)
    for row in before.calls:
        if row["Событие"] != "Вызов в сервис":
            late = row["Дата и время"] >= "2025-05-19" and row["Час звонка"] == "9–10"
            missed[late].append(row["Событие"] == "Звонок без ответа")
    assert sum(missed[True]) / len(missed[True]) == pytest.approx(n.UNANSWERED_MORNING, abs=0.04)
    assert sum(missed[False]) / len(missed[False]) == pytest.approx(n.UNANSWERED, abs=0.015)


def test_nobody_comes_a_third_time_after_a_second_bill_above_the_estimate(before):
    second = [rows for rows in before.visits().values() if len(rows) > 1]
    over = [rows for rows in second if rows[1]["Чек к смете"] == "выше сметы"]
    assert len(over) > 40
    assert sum(len(rows) > 2 for rows in over) <= 0.1 * len(over)
    for rows in over:
        assert float(rows[1]["Сумма чека, руб."]) >= 1.27 * float(rows[1]["Смета, руб."])


def test_tyres_are_changed_in_two_weeks_of_spring_and_autumn(before):
    months = {row["Дата и время"][5:7] for row in before.log if row["Событие"] == "Шиномонтаж"}
    assert months == {"04", "10"}


def test_the_cured_half_comes_back_more_often_and_only_the_second_delivery_knows_of_it(before, after):
    assert "Группа" not in before.log[0]
    due, came = after.due(), set(after.visits())
    share = {}
    for value in ("новый порядок", "как раньше"):
        group = {client for client, row in due.items() if row["Группа"] == value and row["Дата и время"] < "2026-08-25"}
        share[value] = len(group & came) / len(group)
        assert len(group) > 1_000
    assert share["новый порядок"] == pytest.approx(0.22, abs=0.03)
    assert share["как раньше"] == pytest.approx(0.15, abs=0.03)
    assert json.loads(after.business.truth)["cures"][0]["times"] == pytest.approx(0.22 / 0.15, abs=0.05)


def test_the_two_deliveries_do_not_overlap_and_share_their_customers(before, after):
    assert (
        max(row["Дата и время"] for row in before.log) < "2026-02-01" <= min(row["Дата и время"] for row in after.log)
    )
    assert {row["Клиент"] for row in after.log} & {row["Клиент"] for row in before.sales}


@pytest.mark.parametrize("language", list(Language))
def test_the_same_seed_gives_the_same_bytes_in_each_language(language):
    one, other = (simulate("dealer", language=language, seed=5, scale=0.02) for _ in range(2))
    assert dict(one.files) == dict(other.files)
    assert one.truth == other.truth
