"""Stories read from their files as `init --yes` reads them: planted problems are told first, decoys are not."""

import json

import pytest

from builders.story_search import told_of_story
from builders.truth_score import decoys_reported, problems_found
from tropa.domain.text import Language

RU, EN = Language.RU, Language.EN


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("story", "language", "seed"), [("school", RU, 1), ("school", EN, 2), ("travel", RU, 1), ("travel", EN, 1)]
)
def test_planted_problems_of_a_story_lead_and_no_decoy_is_told(tmp_path, story, language, seed):
    findings, truth = told_of_story(tmp_path / story, story, language, seed=seed)
    in_words = {one["code"] for one in json.loads(truth)["planted"] if one["kind"] == ["pain"]}
    found = problems_found(findings, truth)
    assert {code for code, right in found.items() if not right} <= in_words
    assert decoys_reported(findings, truth) == []
