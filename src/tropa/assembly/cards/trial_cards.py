"""Cards of experiments: what a random half with a change does more often than the half without it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from tropa.assembly.cards.card import a_card
from tropa.assembly.facts import Facts
from tropa.assembly.saying import in_both
from tropa.assembly.trial_figures import Metric
from tropa.assembly.trials import Judged, JudgedChange
from tropa.domain.evidence import Baseline, Experiment, Measurement, Unit
from tropa.domain.hypothesis import Hypothesis, HypothesisStatus
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.period import Period
from tropa.domain.text import Language, Text
from tropa.insight.effects import Outcome
from tropa.render.words import in_quotes, of_whole, percent
from tropa.stats.proportions import Proportion, difference
from tropa.texts.keys import latin_key

_MOST = 3
_TOO_SMALL = 0.05
"""A growth that an experiment excludes from here on is not the one that was hoped for."""


def trial_cards(facts: Facts) -> Iterator[Card]:
    """Up to three cards an experiment, one a stage: the steps that it moved surely, then coming back."""
    for trial in facts.trials:
        for number, one in enumerate(_told(trial)):
            if one.stage >= len(facts.stage_keys):
                continue
            stage = facts.stage_keys[one.stage]
            key = f"trial.{latin_key(trial.change.name.ru or trial.change.name.en or '')[:40]}.{number}"
            yield a_card(
                LaneKind.KPI,
                key,
                stage,
                _text(trial, one),
                by=f"trial:{trial.change.date}:{stage}:{number}",
                evidence=_evidence(trial, one),
            )


def with_results(hypotheses: tuple[Hypothesis, ...], trials: tuple[JudgedChange, ...]) -> tuple[Hypothesis, ...]:
    """Hypotheses that an experiment names: running, proved or refuted by what it came to."""
    statuses = _statuses(trials)
    return tuple(replace(one, status=statuses.get(one.key, one.status)) for one in hypotheses)


def _statuses(trials: tuple[JudgedChange, ...]) -> Mapping[str, HypothesisStatus]:
    found = {}
    for one in trials:
        key = one.trial.name.hypothesis if one.trial else None
        if key is not None:
            found[key] = status_of(one)
    return found


def status_of(trial: JudgedChange) -> HypothesisStatus:
    """Proved by the first share asked for; refuted where it is worse, or where no growth worth having is left."""
    first = next((one for one in trial.figures if one.metric in {Metric.CONVERSION, Metric.REPEAT}), None)
    if first is None or first.effect is None:
        return HypothesisStatus.RUNNING
    if first.outcome is Outcome.BETTER:
        return HypothesisStatus.PROVED
    if first.outcome is Outcome.WORSE or first.effect.change.high < _TOO_SMALL:
        return HypothesisStatus.REFUTED
    return HypothesisStatus.RUNNING


def _told(trial: JudgedChange) -> list[Judged]:
    """Shares only, those that surely grew or fell most, one a stage."""
    sure = [one for one in (*trial.figures, *trial.steps) if one.outcome in {Outcome.BETTER, Outcome.WORSE}]
    shares = [one for one in sure if isinstance(one.before, Proportion) and one.metric is not Metric.REVIEWS]
    chosen: dict[int, Judged] = {}
    for one in sorted(shares, key=lambda one: (-_surely(one), one.name.en or "")):
        chosen.setdefault(one.stage, one)
    return sorted(list(chosen.values())[:_MOST], key=lambda one: one.stage)


def _surely(one: Judged) -> float:
    """The smallest change that the interval leaves."""
    return 0.0 if one.effect is None else min(abs(one.effect.change.low), abs(one.effect.change.high))


def _text(trial: JudgedChange, one: Judged) -> Text:
    """«Опыт «Письма по интересам»: Купили ещё раз»: figures live in the evidence."""

    def said(language: Language) -> str:
        head = "Опыт" if language is Language.RU else "Experiment"
        return f"{head} {in_quotes(trial.change.name.said_in(language))}: {one.name.said_in(language)}"

    return in_both(said)


def _evidence(trial: JudgedChange, one: Judged) -> tuple[Experiment, Measurement]:
    before, after = one.before, one.after
    assert isinstance(before, Proportion)
    assert isinstance(after, Proportion)
    gap, period = difference(after, before), Period(trial.first, trial.last)
    proof = Experiment(
        key="e1",
        name=trial.change.name,
        metric=f"trial_{one.metric}",
        unit=Unit.SHARE,
        effect=gap.value,
        low=gap.low,
        high=gap.high,
        of=before.of + after.of,
        period=period,
    )
    figure = Measurement(
        key="e2",
        metric=f"trial_{one.metric}",
        unit=Unit.SHARE,
        value=after.value,
        low=after.low,
        high=after.high,
        count=after.count,
        of=after.of,
        period=period,
        baseline=Baseline(value=before.value, of=before.of, low=before.low, high=before.high),
        note=_note(one, before, after),
    )
    return proof, figure


def _note(one: Judged, before: Proportion, after: Proportion) -> Text:
    assert one.effect is not None
    change = one.effect.change

    def said(language: Language) -> str:
        was, now = (
            f"{percent(side.value, language)} ({of_whole(side.count, side.of, language)})" for side in (before, after)
        )
        grown, low, high = (f"{part * 100:+.0f}" for part in (change.value, change.low, change.high))
        if language is Language.RU:
            return f"Без изменения {was}, с ним {now}: {grown} % ({low} … {high}). Кому что досталось, решил случай"
        return f"Without the change {was}, with it {now}: {grown}% ({low} … {high}). Chance decided who got it"

    return in_both(said)
