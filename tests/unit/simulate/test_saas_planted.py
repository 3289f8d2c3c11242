"""The exports of the CRM for sales teams hold what the story plants, counted from the files by the plainest means."""

import csv
import gzip
import io
import json
from collections import defaultdict
from datetime import datetime
from statistics import median

import pytest

from tropa.domain.text import Language
from tropa.simulate import data_saas as n
from tropa.simulate.story import simulate
from tropa.simulate.story_facts import Delivery
from tropa.simulate.story_stages import told_besides

TELEPHONY = {"телефония", "телефония и 1С"}
LEDGER = {"1С", "телефония и 1С"}
LATE = datetime(2025, 10, 6)


class Crm:
    """The files of one delivery, read back."""

    def __init__(self, delivery: Delivery) -> None:
        self.business = simulate("saas", language=Language.RU, seed=3, delivery=delivery)
        self.deals = {row["ID сделки"]: row for row in self._rows("сделки.csv", ";")}
        self.contacts = self._rows("контакты.csv", ";")
        self.log = self._rows("сайт_и_триал.csv.gz", ",")
        self.done = defaultdict(list)
        for row in self.log:
            self.done[row["ID сделки"]].append((row["Событие"], row["Дата и время"]))

    def _rows(self, name: str, delimiter: str) -> list[dict[str, str]]:
        content = self.business.files[name]
        text = gzip.decompress(content).decode() if name.endswith(".gz") else content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))

    def first(self, deal: str, event: str) -> datetime | None:
        times = [at for name, at in self.done[deal] if name == event]
        return datetime.fromisoformat(min(times)) if times else None

    def looks(self, deal: str) -> int:
        return sum(name == "Страница тарифов" for name, _ in self.done[deal])


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d.%m.%Y %H:%M")


def share(flags: list[bool]) -> float:
    return sum(flags) / len(flags)


@pytest.fixture(scope="module")
def before() -> Crm:
    return Crm(Delivery.BEFORE)


@pytest.fixture(scope="module")
def after() -> Crm:
    return Crm(Delivery.AFTER)


def test_deals_contacts_and_events_belong_together(before):
    assert len(before.deals) == n.DEALS
    assert len(before.contacts) == n.CONTACTS
    home = {row["ID контакта"]: row["ID сделки"] for row in before.contacts}
    assert set(home.values()) == set(before.deals)
    assert all(home[row["ID контакта"]] == row["ID сделки"] for row in before.log)
    together = defaultdict(set)
    for row in before.log:
        together[row["ID сделки"]].add(row["ID контакта"])
    assert median(len(people) for people in together.values()) >= 2


def test_who_comes_back_to_the_tariffs_three_times_leaves(before):
    tried = {True: [], False: []}
    of_telephony = {True: [], False: []}
    for deal, row in before.deals.items():
        tries = before.first(deal, "Старт пробного периода") is not None
        tried[before.looks(deal) >= 4].append(tries)
        of_telephony[row["Интеграции"] in TELEPHONY].append(before.looks(deal) >= 4)
    assert 1 - share(tried[True]) == pytest.approx(n.LEAVE_CONFUSED, abs=0.04)
    assert 1 - share(tried[False]) == pytest.approx(n.LEAVE, abs=0.04)
    assert share(of_telephony[True]) > 0.9 > 0.25 > share(of_telephony[False])


def test_first_answers_slow_down_on_the_day_and_fewer_trials_are_paid(before):
    waits, paid = defaultdict(list), defaultdict(list)
    for deal, row in before.deals.items():
        tried = before.first(deal, "Старт пробного периода")
        if tried is None or not row["Первый ответ"]:
            continue
        waits[tried >= LATE].append((moment(row["Первый ответ"]) - tried).total_seconds() / 3600)
        if tried < datetime(2025, 11, 20):
            paid[tried >= LATE].append(bool(row["Оплачено"]))
    assert median(waits[False]) == pytest.approx(0.75, abs=0.1)
    assert median(waits[True]) == pytest.approx(6, abs=1.2)
    assert share(paid[False]) == pytest.approx(n.WON, abs=0.03)
    assert share(paid[True]) == pytest.approx(n.WON_LATE, abs=0.06)


def test_large_deals_that_met_nobody_technical_are_seldom_won_and_wait_for_security(before):
    technical = set(told_besides("saas", Language.RU)["titles"]["technical"])
    met = {row["ID сделки"] for row in before.contacts if row["Должность"] in technical}
    outcomes, waits = defaultdict(list), defaultdict(list)
    for deal, row in before.deals.items():
        if row["Размер компании"] != "51–250" or before.first(deal, "Старт пробного периода") is None:
            continue
        if moment(row["Дата создания"]) < datetime(2025, 11, 1):
            outcomes[deal in met].append(bool(row["Оплачено"]))
        if row["Анкета ИБ"] and row["Договор подписан"]:
            waits[deal in met].append((moment(row["Договор подписан"]) - moment(row["Анкета ИБ"])).days)
    assert len(outcomes[False]) == pytest.approx(n.UNMET, abs=4)
    assert sum(outcomes[False]) == pytest.approx(n.UNMET_WON, abs=3)
    assert share(outcomes[True]) == pytest.approx(n.MET_WON, abs=0.03)
    assert median(waits[False]) > 2.5 * median(waits[True])


def test_their_own_contract_is_paid_late(before):
    days = defaultdict(list)
    for row in before.deals.values():
        if row["Оплачено"]:
            days[row["Тип договора"]].append((moment(row["Оплачено"]) - moment(row["Счёт выставлен"])).days)
    assert median(days["типовой"]) == pytest.approx(3, abs=1)
    assert median(days["свой"]) == pytest.approx(12, abs=2)


def test_the_integration_with_the_ledger_leaves_teams_idle(before):
    active = defaultdict(list)
    for deal, row in before.deals.items():
        step = before.first(deal, "Шаг 2: интеграция")
        if step is not None and step < datetime(2026, 1, 10):
            active[row["Интеграции"] in LEDGER].append(before.first(deal, "Команда работает в CRM") is not None)
    assert share(active[True]) == pytest.approx(n.ACTIVATED_LEDGER, abs=0.1)
    assert share(active[False]) == pytest.approx(n.ACTIVATED, abs=0.1)


def test_the_manager_who_wins_least_has_the_largest_deals_and_wins_them_as_others_do(before):
    won, by_size = defaultdict(list), defaultdict(list)
    for row in before.deals.values():
        tried = before.first(row["ID сделки"], "Старт пробного периода") is not None
        if tried:
            kirill, large = row["Ответственный"] == "Кирилл", row["Размер компании"] == "51–250"
            won[kirill].append(bool(row["Оплачено"]))
            by_size[kirill, large].append(bool(row["Оплачено"]))
    assert share(won[True]) < share(won[False])
    assert len(by_size[True, True]) > 0.9 * len(won[True])
    assert len(by_size[False, True]) < 0.25 * len(won[False])
    assert share(by_size[True, True]) == pytest.approx(share(by_size[False, True]), abs=0.08)


def test_simple_tariffs_bring_18_per_cent_more_to_the_decision(after):
    tried = defaultdict(list)
    half = {row["ID сделки"]: row["Группа"] for row in after.log if row["Группа"]}
    for deal, group in half.items():
        tried[group].append(after.first(deal, "Старт пробного периода") is not None)
    times = share(tried["простые тарифы"]) / share(tried["прежние тарифы"])
    assert times == pytest.approx(n.CURED_TIMES, abs=0.12)
    assert json.loads(after.business.truth)["cures"][0]["times"] == n.CURED_TIMES


@pytest.mark.parametrize("language", list(Language))
def test_job_titles_are_as_varied_as_people_write_them(language):
    titles = told_besides("saas", language)["titles"]
    said = [title for names in titles.values() for title in names]
    assert len(said) == len(set(said)) >= 115
    assert {"economic", "technical", "user", "unclear"} <= titles.keys()


@pytest.mark.parametrize("language", list(Language))
def test_the_same_seed_gives_the_same_bytes_in_each_language(language):
    one, other = (simulate("saas", language=language, seed=5, scale=0.05) for _ in range(2))
    assert dict(one.files) == dict(other.files)
    assert one.truth == other.truth
