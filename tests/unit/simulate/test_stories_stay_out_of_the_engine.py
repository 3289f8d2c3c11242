"""The engine was not told the stories: nothing that is special to one stands in it."""

import re
from pathlib import Path

import pytest

import tropa
from tropa.domain.text import Language
from tropa.simulate import data_plants as n
from tropa.simulate.data_plants import What
from tropa.simulate.plants import words_in
from tropa.simulate.story import TOLD_STORIES
from tropa.simulate.telling import read_telling

ENGINE = Path(tropa.__file__).parent
# Words that any shop uses; they say nothing of this one.
COMMON = {
    *(What.SITE_VISIT, What.SEARCH, What.TO_CART, What.CART, What.CHECKOUT, What.PAYMENT, What.CATALOG),
    *(What.SUBSCRIBED, What.DELIVERY, What.REORDER),
}
USUAL: set[str] = set()


def own_words() -> set[str]:
    dates = {n.PRICE_LATE_SINCE, n.NO_SMS_SINCE, n.PROMO_FIRST, n.PROMO_LAST, n.SAPLINGS_FIRST, n.SAPLINGS_LAST}
    found = {str(day) for day in dates} | {day.strftime("%d.%m.%Y") for day in dates}
    for language in Language:
        words = words_in(language)
        found |= {name for what, name in words.events.items() if what not in COMMON}
        found |= {words.regions[number] for number in n.COLD_REGIONS if " " in words.regions[number]}
        found |= set(words.goods) - {"seeds"}
    for story, facts in TOLD_STORIES.items():
        found |= {str(one.since) for one in facts.problems if one.since} | {str(one.first) for one in facts.decoys}
        for language in Language:
            telling = read_telling(story, language)
            found |= {name for name in telling.events.values() if len(name.split("_")) > 2 or " " in name} - USUAL
            found |= {
                word for name in ("place", "operator") for word in telling.values.get(name, {}).values() if " " in word
            }
    return found | {"грядк", "рассад", "саженц", "sapling", "Plot & Petal"}


@pytest.mark.parametrize("word", sorted(own_words()))
def test_the_engine_does_not_know(word):
    files = [
        path
        for path in ENGINE.rglob("*")
        if path.suffix in {".py", ".toml", ".yaml", ".json", ".typ"} and "simulate" not in path.parts
    ]
    assert len(files) > 40
    pattern = re.compile(re.escape(word), re.IGNORECASE)
    assert [path.name for path in files if pattern.search(path.read_text(encoding="utf-8"))] == []
