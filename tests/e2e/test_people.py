"""From a finding to the people it is about, and nobody else."""

import csv
import json
import stat
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from builders.command_line import NearTerminal
from builders.maps import a_short_map
from tropa.domain.evidence import Baseline, Measurement, Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.period import Period
from tropa.domain.text import Text
from tropa.mapfile.codec import map_to_text

DAYS = Period(date(2025, 1, 1), date(2025, 3, 1))
QUERY = {
    "analysis": "openings",
    "version": 1,
    "metric": "conversion",
    "steps": [{"events": ["cart"]}, {"events": ["payment"]}],
    "semantics": "first_touch",
    "window_seconds": 86_400,
    "segment": {"region": ["Урал"]},
    "unit": "person",
    "period": {"from": None, "to": None},
}
YAML = """version: 1
project: people-test
sources:
  - file: events.csv
    kind: events
    columns: {person: client, event: event, time: time, consent: opt_in, properties: [region]}
stages:
  - {key: buy, name: Покупка, touchpoints: [{key: pay, name: Оплата, match: {event: [cart, payment]}}]}
"""


def a_finding(query):
    measured = Measurement(
        key="e1", metric="conversion", unit=Unit.SHARE, value=0.5, count=10, of=20, period=DAYS, query=query,
        baseline=Baseline(value=0.9, of=20),
    )  # fmt: skip
    return Finding(
        code="drop_off.buy.pay.1", kind=FindingKind.DROP_OFF, stage="s1", metric="conversion", unit=Unit.SHARE, value=0.5,
        of=20, persons_affected=8, period=DAYS, evidence=(measured,), text=Text(ru="Не платят", en="Do not pay"),
    )  # fmt: skip


@pytest.fixture
def shop(tmp_path):
    """Of 20 people of the Urals the odd ones never pay; every fifth said no; others live elsewhere."""
    began = datetime(2025, 1, 1, 10)
    with (tmp_path / "events.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["client", "event", "time", "region", "opt_in"])
        for number in range(40):
            who, region = f"+7912000{number:04}", "Урал" if number < 20 else "Центр"
            said = "нет" if number % 5 == 0 else "да"
            at = began + timedelta(days=number)
            lines.writerow([who, "cart", at.isoformat(), region, said])
            if number % 2 == 0:
                lines.writerow([who, "payment", (at + timedelta(hours=1)).isoformat(), region, said])
        lines.writerow(["+79129999999", "cart", "2025-03-01T10:00:00", "Центр", "да"])
    (tmp_path / "tropa.yaml").write_text(YAML, encoding="utf-8")
    (tmp_path / "out").mkdir()
    journey = replace(a_short_map(), findings=(a_finding(QUERY),))
    (tmp_path / "out" / "map.cjm.json").write_text(map_to_text(journey), encoding="utf-8")
    return tmp_path


@pytest.fixture
def near(tmp_path_factory):
    return NearTerminal({"TROPA_KEY_FILE": str(tmp_path_factory.mktemp("key") / "key"), "TROPA_LANG": "ru"})


def test_exactly_those_concerned_who_did_not_say_no_are_listed(shop, near):
    answer = near.tropa("people", "1", shop / "out" / "map.cjm.json", "--to", "csv")
    assert answer.code == 0, answer.err
    lines = (shop / "people-lists" / "drop_off.buy.pay.1.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["id", *(f"+7912000{number:04}" for number in range(1, 20, 2) if number % 5)]
    assert "Отказались" in answer.err


def test_the_list_is_private_and_its_taking_is_noted_without_names(shop, near, tmp_path):
    target = tmp_path / "list.csv"
    assert near.tropa("people", "drop_off", shop, "-o", target).code == 0
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    noted = (shop / ".tropa" / "people-lists.jsonl").read_text(encoding="utf-8")
    line = json.loads(noted)
    assert (line["finding"], line["people"], line["left_out"], line["file"]) == ("drop_off.buy.pay.1", 8, 2, "list.csv")
    assert "7912" not in noted


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["slow.xx"], "На карте нет находки «slow.xx»."),
        (["1", "--to", "xlsx"], "Список людей не записать"),
        (["2"], "Есть: 1: drop_off.buy.pay.1"),
    ],
)
def test_what_cannot_be_listed_is_told(shop, near, arguments, told):
    finding, *rest = arguments
    answer = near.tropa("people", finding, shop, *rest)
    assert answer.code == 2
    assert told in answer.err


def test_a_place_outside_every_folder_is_told(tmp_path_factory, near):
    answer = near.tropa("people", "1", tmp_path_factory.mktemp("nowhere"))
    assert answer.code == 2
    assert "нет tropa.yaml" in answer.err
