import dataclasses
import re
from pathlib import Path

from tropa.insight.conditions import STAGE_FAMILIES, Condition, Problem
from tropa.insight.group_kinds import kinds_of_properties, kinds_of_values
from tropa.insight.trades import trades

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "advice.md").read_text(encoding="utf-8")


def test_every_condition_of_the_playbook_and_every_word_it_knows_is_on_its_page() -> None:
    named = set(re.findall(r"`([a-z0-9_]+)`", PAGE))
    conditions = {field.name for field in dataclasses.fields(Condition)}
    words = {*STAGE_FAMILIES, *map(str, Problem), *trades(), *kinds_of_properties(), *kinds_of_values()}
    assert conditions | words <= named
