"""The simulated shop: what is planted is told among the first seven findings, decoys are not."""

import json

import pytest

from builders.shop_files import shop_log
from builders.truth_score import decoys_reported, problems_found
from tropa.domain.project import Project
from tropa.domain.text import Language
from tropa.insight.findings import find
from tropa.simulate.story import simulate


def _outcome(seed: int, language: Language) -> tuple[bool, bool]:
    business = simulate("plants", language=language, seed=seed)
    findings = find(shop_log(business.files), Project(project="shop"))
    found = problems_found(findings, business.truth)
    assert set(found) == {one["code"] for one in json.loads(business.truth)["planted"]}
    return all(found.values()), bool(decoys_reported(findings, business.truth))


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("language", "seeds"), [(Language.RU, 20), (Language.EN, 5)])
def test_the_planted_problems_lead_and_no_decoy_is_told(language, seeds):
    outcomes = [_outcome(seed, language) for seed in range(1, seeds + 1)]
    whole, decoyed = sum(right for right, _ in outcomes), sum(decoy for _, decoy in outcomes)
    print(f"{language}: all problems among the first seven in {whole} of {seeds}, decoys told in {decoyed}")
    assert whole >= 0.9 * seeds
    assert decoyed <= 0.05 * seeds
