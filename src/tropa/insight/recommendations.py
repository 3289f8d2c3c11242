"""Recommendations: the playbook made concrete, with the touchpoint, the group and the number that should move."""

from collections.abc import Sequence
from dataclasses import replace

from tropa.domain.finding import Finding, Recommendation
from tropa.domain.text import Language, Text
from tropa.insight.advice_words import Path, filled, group_of, short_target, target
from tropa.insight.conditions import GROWTH, problem_of
from tropa.insight.playbook import Entry, best_of, playbook

_URGENT_SHARE = 0.15


def recommend(findings: Sequence[Finding], path: Path, *, told: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Each finding with the playbook entry that fits its facts best; entries are not repeated while others fit.

    `told`: the keys of what has been advised before these, which leaves none of them the key one.
    """
    given = list(told)
    advised = []
    for finding in findings:
        place = path.place_of(finding)
        best = best_of(path.own.entries, finding, place, told=given) or best_of(playbook(), finding, place, told=given)
        if best is None:
            advised.append(finding)
            continue
        given.append(best.key)
        advice = _rendered(best, finding, path, _urgency(finding, findings, is_first=len(given) == 1))
        advised.append(replace(finding, recommendation=advice))
    return tuple(advised)


def short_advice(finding: Finding, path: Path) -> Text:
    """A recommendation as its card tells it: what to change, for whom, the number now → where it should get."""
    key = finding.recommendation.key if finding.recommendation else None
    entry = next((one for one in (*path.own.entries, *playbook()) if one.key == key), None)

    def say(language: Language) -> str:
        if entry is None:
            return finding.recommendation.text.said_in(language) if finding.recommendation else ""
        who = group_of(finding, language)
        moves = short_target(finding, language)
        tail = f"{who}: {moves}" if who else moves
        return f"{filled(entry.text, finding, path, language)}. {tail[:1].upper()}{tail[1:]}"

    return Text(ru=say(Language.RU), en=say(Language.EN))


def _rendered(entry: Entry, finding: Finding, path: Path, urgency: str) -> Recommendation:
    def say(language: Language) -> str:
        ru = language is Language.RU
        who = group_of(finding, language)
        told = [
            filled(entry.text, finding, path, language),
            (f"Для кого: {who}" if ru else f"For: {who}") if who else "",
            target(finding, path, language),
        ]
        return " ".join(f"{one}." for one in told if one)

    return Recommendation(
        key=entry.key,
        text=Text(ru=say(Language.RU), en=say(Language.EN)),
        first_step=Text(
            ru=filled(entry.first_step, finding, path, Language.RU),
            en=filled(entry.first_step, finding, path, Language.EN),
        ),
        metric=finding.metric,
        not_when=entry.not_when,
        urgency=urgency,
    )


def _urgency(finding: Finding, findings: Sequence[Finding], *, is_first: bool) -> str:
    """Key: the largest loss of all. Urgent: dated, so something broke, and it concerns many."""
    problems = [one for one in findings if problem_of(one) not in GROWTH]
    if is_first and problem_of(finding) not in GROWTH:
        return "key"
    people = sum(one.persons_affected for one in problems)
    large = people > 0 and finding.persons_affected >= _URGENT_SHARE * people
    return "urgent" if finding.since is not None and large else "ordinary"
