"""Hypotheses: if we do this, that number moves, because we suppose so; and whether this traffic can show it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tropa.domain.evidence import Unit
from tropa.domain.finding import Finding
from tropa.domain.generated import Generated
from tropa.domain.hypothesis import DetectableEffect, Hypothesis
from tropa.domain.text import Language, Text
from tropa.insight.advice_words import Path, end_of, filled, group_of, is_own_before, usual, value_now
from tropa.insight.conditions import GROWTH, Problem, problem_of
from tropa.insight.playbook import Bet, best_of, bets
from tropa.render.words import amount, points, units
from tropa.stats.power import (
    detectable_difference,
    detectable_rise,
    detectable_shortening,
    spread_of_log_times,
)

WEEKS = (2, 4, 8)
_FEWEST_A_WEEK = 15
_WORTH_HOPING = 0.05
"""What one change may bring where nothing says how much is missing: five points."""
_MAY_RISE = frozenset({Problem.LOSS, Problem.DEAD_END, Problem.RETURN})
_WEEK_DAYS = 7
_Z = 1.959964
_THEN = {Language.RU: ", то ", Language.EN: ", then "}
_IF = {Language.RU: "Если ", Language.EN: "If we "}
_INSTEAD: Mapping[Problem, Text] = {
    Problem.WAIT: Text(
        ru="Введите новый порядок на одной смене или в одном отделе и считайте ожидание по неделям: четыре до, "
        "четыре после, рядом с теми, у кого порядок прежний",
        en="Bring the new order to one shift or department and count the wait week by week: four before, four after, "
        "beside those whose order is unchanged",
    ),
    Problem.PAIN: Text(
        ru="Исправьте для всех и считайте долю жалоб в новых отзывах по месяцам; позвоните 5–8 жаловавшимся",
        en="Mend it for everybody and count the share of complaints in new reviews month by month; call 5–8 people "
        "who complained",
    ),
}
_INSTEAD_USUALLY = Text(
    ru="Сделайте для всех и сравните те же недели с группой, которой это не коснулось; до и после поговорите с "
    "5–8 людьми",
    en="Do it for everybody and compare the same weeks with a group it did not touch; talk to 5–8 people before "
    "and after",
)


def hypothesise(
    findings: Sequence[Finding], path: Path, *, units_per_week: Mapping[str, float]
) -> tuple[tuple[Finding, ...], tuple[Hypothesis, ...]]:
    """A bet for each problem with a baseline; the findings carry its key.

    `units_per_week`: people a week at each stage. A test has two equal arms, α .05 two-sided, power .8; the people of
    a finding came in the weeks of its own period.
    """
    told: list[str] = []
    carried, hypotheses = [], []
    for finding in findings:
        place = path.place_of(finding)
        bet = best_of(path.own.bets, finding, place, told=told) or best_of(bets(), finding, place, told=told)
        if bet is None or not _may_be_tested(finding):
            carried.append(finding)
            continue
        told.append(bet.key)
        weeks = max(1.0, finding.period.days / _WEEK_DAYS)
        per_week = min(finding.of / weeks, units_per_week.get(finding.stage, math.inf))
        hypothesis = _hypothesis(bet, finding, path, per_week)
        carried.append(replace(finding, hypothesis=hypothesis.key))
        hypotheses.append(hypothesis)
    return tuple(carried), tuple(hypotheses)


def _may_be_tested(finding: Finding) -> bool:
    """A growth point is no repair; without a baseline, a share that may rise."""
    problem = problem_of(finding)
    return problem not in GROWTH and (finding.baseline is not None or problem in _MAY_RISE)


def deed_of(hypothesis: Hypothesis) -> Text:
    """What a hypothesis proposes to do, without what should follow."""

    def said(language: Language) -> str:
        deed = hypothesis.text.said_in(language).split(_THEN[language])[0].removeprefix(_IF[language])
        return deed[:1].upper() + deed[1:]

    return Text(ru=said(Language.RU), en=said(Language.EN))


def _hypothesis(bet: Bet, finding: Finding, path: Path, per_week: float) -> Hypothesis:
    effects = tuple(
        DetectableEffect(weeks=weeks, effect=effect)
        for weeks in WEEKS
        if math.isfinite(effect := smallest_effect(finding, per_week * weeks / 2))
    )
    gap = _gap(finding)
    testable = per_week >= _FEWEST_A_WEEK and any(one.effect <= gap for one in effects)
    text = Text(ru=_sentence(bet, finding, path, Language.RU), en=_sentence(bet, finding, path, Language.EN))
    return Hypothesis(
        key=f"h.{finding.code}",
        stage=finding.stage,
        text=text,
        metric=finding.metric,
        unit=finding.unit,
        value_now=finding.value,
        of=finding.of,
        detectable=effects,
        testable=testable,
        instead=None if testable else _instead(finding, path, per_week, effects),
        finding=finding.code,
        impact=_impact(finding, gap),
        confidence=8 if finding.since is not None else 6,
        ease=bet.ease,
        generated=Generated(by=f"hypothesis:{finding.code}", text=text, fact=finding.code),
    )


def smallest_effect(finding: Finding, per_arm: float) -> float:
    """The smallest effect that so many people an arm can show, in the metric's own unit; infinity where none.

    Shares: two proportions. Times: the spread of their logarithms is read off the interval of the median. Other
    figures: the spread is read off the interval of the mean.
    """
    if finding.unit is Unit.SHARE:
        rises = finding.baseline is None or finding.value < finding.baseline
        base = finding.value if rises else 1 - finding.value
        return round(detectable_rise(min(max(base, 0.001), 0.999), per_arm), 4)
    low, high = finding.interval or (finding.value, finding.value)
    if finding.unit is Unit.SECONDS:
        spread = spread_of_log_times(low, high, finding.of)
        return round(detectable_shortening(per_arm, spread=spread) * finding.value, 4)
    deviation = (high - low) / (2 * _Z) * math.sqrt(finding.of)
    return round(detectable_difference(deviation, per_arm), 4) if deviation > 0 else math.inf


def _sentence(bet: Bet, finding: Finding, path: Path, language: Language) -> str:
    """«Если …, то …, потому что …»: the reason is what the bet supposes, and it is said so."""
    who = group_of(finding, language)
    deed = filled(bet.deed, finding, path, language) + (f" ({who})" if who else "")
    outcome, reason = _outcome(finding, path, language), bet.reason.said_in(language)
    if language is Language.RU:
        return f"Если {deed}, то {outcome}, потому что {reason} (это предположение, его и проверяем)"
    return f"If we {deed}, then {outcome}, because {reason} (this is what the test is for)"


def _outcome(finding: Finding, path: Path, language: Language) -> str:
    """Which number moves, from what it is now to where."""
    return _russian_outcome(finding, path) if language is Language.RU else _english_outcome(finding, path)


def _russian_outcome(finding: Finding, path: Path) -> str:
    now, goal = value_now(finding, path, Language.RU), usual(finding, Language.RU)
    end, before = end_of(finding, path, Language.RU), is_own_before(finding)
    if finding.baseline is None:
        return f"дальше пойдут чаще, чем сейчас: {now}"
    compared = f"сейчас {now}, {'раньше было' if before else 'у остальных'} {goal}"
    moves = f"не {now}, а ближе к {goal}, {'как раньше' if before else 'как у остальных'}"
    match problem_of(finding):
        case Problem.WAIT:
            return f"обычное ожидание сократится: {compared}"
        case Problem.LOOP:
            return f"кругов станет меньше: {compared}"
        case Problem.PAIN | Problem.HANDOVER:
            return f"показатель улучшится: {compared}"
        case Problem.RETURN:
            return f"вернутся {moves}"
        case Problem.MISSING:
            return f"доля людей с этим шагом вырастет: {compared}"
        case Problem.HELP:
            return f"за помощью пойдут {moves}"
        case _:
            return f"до шага «{end}» дойдут {moves}" if end else f"дальше пойдут {moves}"


def _english_outcome(finding: Finding, path: Path) -> str:
    now, goal = value_now(finding, path, Language.EN), usual(finding, Language.EN)
    end, before = end_of(finding, path, Language.EN), is_own_before(finding)
    if finding.baseline is None:
        return f"more people go on than now: {now}"
    compared = f"now {now}, {'before that' if before else 'the others'} {goal}"
    whose = "the former" if before else "the others'"
    moves = f"moves from {now} towards {whose} {goal}"
    match problem_of(finding):
        case Problem.WAIT:
            return f"the usual wait shortens: {compared}"
        case Problem.LOOP:
            return f"there are fewer circles: {compared}"
        case Problem.PAIN | Problem.HANDOVER:
            return f"the figure gets better: {compared}"
        case Problem.RETURN:
            return f"the share that comes back {moves}"
        case Problem.MISSING:
            return f"the share that has this step {moves}"
        case Problem.HELP:
            return f"the share that asks for help {moves}"
        case _:
            return f"the share that gets to “{end}” {moves}" if end else f"the share that goes on {moves}"


def _instead(finding: Finding, path: Path, per_week: float, effects: Sequence[DetectableEffect]) -> Text:
    """Why no A/B test can show it, with its figures, and what to do instead."""
    todo = _INSTEAD.get(problem_of(finding), _INSTEAD_USUALLY)

    def said(language: Language) -> str:
        ru = language is Language.RU
        if per_week < _FEWEST_A_WEEK or not effects:
            people = units(max(1, round(per_week)), path.unit, language)
            why = f"сюда приходит всего {people} в неделю" if ru else f"only {people} a week come here"
            if per_week >= _FEWEST_A_WEEK:
                why += ", для такой доли этого мало" if ru else ", too few for such a share"
        else:
            shown, gap = (_difference(finding, one, language) for one in (effects[-1].effect, _gap(finding)))
            weeks = effects[-1].weeks
            if finding.baseline is None:
                hope = f"одна перемена редко даёт больше {gap}" if ru else f"one change seldom brings more than {gap}"
            else:
                hope = f"выиграть можно {gap}" if ru else f"there is {gap} to win"
            seen = (
                f"за {weeks} недель видна разница от {shown}" if ru else f"{weeks} weeks show a difference from {shown}"
            )
            why = f"{seen}, а {hope}" if ru else f"{seen}, and {hope}"
        head = "Проверить A/B не получится" if ru else "An A/B test cannot show it"
        return f"{head}: {why.rstrip('.')}. {todo.said_in(language)}."

    return Text(ru=said(Language.RU), en=said(Language.EN))


def _difference(finding: Finding, value: float, language: Language) -> str:
    if finding.unit is Unit.SHARE:
        return points(value, language).lstrip("+")
    return amount(value, finding.unit, language)


def _gap(finding: Finding) -> float:
    return _WORTH_HOPING if finding.baseline is None else abs(finding.baseline - finding.value)


def _impact(finding: Finding, gap: float) -> int:
    """1–10 by the share of the group's people who would be won back."""
    lost = finding.persons_affected / finding.of if finding.of else gap
    return max(1, min(10, math.ceil(lost * 20)))
