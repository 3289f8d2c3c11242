"""The simulated shop: what is planted is told among the first seven findings, decoys are not."""

import json

import pytest

from builders.shop_files import shop_log
from builders.truth_score import decoys_reported, problems_found
from tropa.domain.project import Project
from tropa.domain.text import Language
from tropa.insight.findings import find
from tropa.simulate.story import simulate

SEEDS = range(1, 21)


def _outcome(seed: int, language: Language) -> tuple[bool, bool]:
    business = simulate("plants", language=language, seed=seed)
    findings = find(shop_log(business.files), Project(project="shop"))
    found = problems_found(findings, business.truth)
    assert set(found) == {one["code"] for one in json.loads(business.truth)["planted"]}
    return all(found.values()), bool(decoys_reported(findings, business.truth))


@pytest.mark.full
@pytest.mark.parametrize("language", [Language.RU, Language.EN])
def test_in_twenty_seeds_the_planted_problems_lead_and_no_decoy_is_told(language):
    outcomes = [_outcome(seed, language) for seed in SEEDS]
    whole, decoyed = sum(right for right, _ in outcomes), sum(decoy for _, decoy in outcomes)
    print(f"{language}: all problems among the first seven in {whole} of 20, decoys told in {decoyed}")
    assert whole >= 18
    assert decoyed <= 1
