"""The stories of deals and of the car dealer: from files to findings, the planted is told and the decoys are not."""

import json
from pathlib import Path

import pytest

from builders.truth_score import decoys_reported, problems_found
from tropa.adapters.stores.local.store import LocalStore
from tropa.bootstrap import Workshop, simulated_files, told_by_company
from tropa.domain.finding import Finding
from tropa.domain.text import Language
from tropa.events.staged import stage_events
from tropa.insight.findings import find
from tropa.insight.trades import pack_of
from tropa.simulate.story import simulate
from tropa.texts.mentions import listen
from tropa.texts.voices import touchpoint_pains

BY_WORDS = "pain"


def told(folder: Path, story: str, language: Language, *, seed: int) -> tuple[Finding, ...]:
    """What the search tells of the path of a story's exports, its stages named as the company would name them."""
    simulated_files(story, folder, language=language, seed=seed)
    workshop = Workshop(folder)
    understood = workshop.first_look(language).understanding.project
    project = workshop.keep(told_by_company(story, language)(understood))
    log = workshop.staged(project).log
    return find(stage_events(log, project.stages), project)


def on_the_path(truth: bytes) -> bytes:
    """The truth without what only words tell."""
    known = json.loads(truth)
    return json.dumps(known | {"planted": [one for one in known["planted"] if one["kind"] != [BY_WORDS]]}).encode()


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("story", "language", "seeds"),
    [
        ("saas", Language.RU, 20),
        ("saas", Language.EN, 3),
        ("dealer", Language.RU, 20),
        ("dealer", Language.EN, 3),
    ],
)
def test_the_planted_problems_lead_and_no_decoy_is_told(tmp_path, story, language, seeds):
    whole = decoyed = 0
    for seed in range(1, seeds + 1):
        truth = on_the_path(simulate(story, language=language, seed=seed).truth)
        findings = told(tmp_path / str(seed), story, language, seed=seed)
        found = problems_found(findings, truth)
        whole += all(found.values())
        decoyed += bool(decoys_reported(findings, truth))
        print(f"{story} {language} {seed}: {found}")
    assert whole >= 0.9 * seeds
    assert decoyed <= 0.05 * seeds


@pytest.mark.full
@pytest.mark.parametrize("language", list(Language))
def test_what_only_words_tell_of_the_dealer_is_among_the_first_complaints(tmp_path, language):
    simulated_files("dealer", tmp_path, language=language, seed=1)
    workshop = Workshop(tmp_path)
    project = workshop.keep(told_by_company("dealer", language)(workshop.first_look(language).understanding.project))
    staged = workshop.staged(project)
    feedback = LocalStore(tmp_path).feedback()
    heard = listen(feedback, staged.stages, industry=pack_of(project, staged.stages))
    own = {one.key for stage in staged.stages for one in stage.touchpoints}
    pains = [one.touchpoint for one in touchpoint_pains(feedback, heard.everywhere) if one.touchpoint in own]
    assert {"promise", "returned"} <= set(pains[:8])
