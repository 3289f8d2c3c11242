from pathlib import Path

import pytest

from tropa.lint.check import RULES

PAGES = Path(__file__).parents[2] / "docs" / "lint"


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_a_page_that_says_what_the_rule_says(code: str) -> None:
    rule = RULES[code]
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    for words in (rule.name, rule.why.ru, rule.why.en, rule.first_step.ru, rule.first_step.en, rule.severity.value):
        assert words
        assert words in page
    assert f"({code}.md)" in (PAGES / "README.md").read_text(encoding="utf-8")


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert {page.stem for page in PAGES.glob("TR*.md")} == set(RULES)
