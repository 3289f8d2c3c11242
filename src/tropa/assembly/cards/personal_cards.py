"""Cards of the lane «Персонализация»: for whom what is worth showing first, with the audience and its proof."""

from collections.abc import Iterator, Sequence

from tropa.assembly.answer import goal_stage
from tropa.assembly.cards.card import a_card
from tropa.assembly.facts import Facts
from tropa.assembly.figures import ASIDE
from tropa.assembly.saying import in_both, of_units
from tropa.domain.evidence import Baseline, Measurement, Unit
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.period import Period
from tropa.domain.text import Language, Text
from tropa.insight.finding_words import value_words
from tropa.insight.personal import ADAPTED, Preference, Taste, preferences
from tropa.render.words import in_quotes, percent, whole
from tropa.stats.proportions import Proportion
from tropa.texts.keys import latin_key
from tropa.texts.names import kind_of_stage

_MOST = 3
_DOES = {
    Taste.VIEWS: Text(ru="чаще смотрят {what}", en="look at {what} more"),
    Taste.TAKES: Text(ru="чаще берут {what}", en="take {what} more"),
    Taste.ASKS: Text(ru="чаще спрашивают: {what}", en="ask more: {what}"),
    Taste.NEXT: Text(ru="дальше чаще идут в {what}", en="go on to {what} more"),
}


def personal_cards(facts: Facts) -> Iterator[Card]:
    """Three a stage at most: the clearest difference of each property first."""
    if not facts.figures.persons or facts.segment is not None:
        return
    stages = facts.figures.staged.stages
    aside = frozenset(number for number, one in enumerate(stages) if kind_of_stage(one) in ASIDE)
    found = preferences(
        facts.figures.staged,
        facts.project.segments,
        goal=goal_stage(facts),
        aside=aside,
        at_least=facts.project.findings.min_persons,
    )
    for stage in range(len(stages)):
        for one in _chosen([one for one in found if one.stage == stage]):
            yield _card(facts, one)


def _chosen(found: Sequence[Preference]) -> list[Preference]:
    """One a group and one a thing, properties in turn."""
    chosen: list[Preference] = []
    for one in found:
        taken = {(other.property, other.value) for other in chosen}
        things = {(other.what, other.of) for other in chosen}
        if (one.property, one.value) not in taken and (one.what, one.of) not in things and len(chosen) < _MOST:
            chosen.append(one)
    return chosen


def _card(facts: Facts, one: Preference) -> Card:
    key = latin_key(f"{one.property} {one.value} {one.what}")[:50]
    stage = facts.stage_keys[one.stage]
    return a_card(
        LaneKind.PERSONALISATION,
        f"{stage}.{key}"[:70],
        stage,
        in_both(lambda language: _text(one, language)),
        by=f"personal:{stage}:{one.property}:{one.value}:{one.taste}",
        evidence=[_measured(facts, one)],
        fact=f"personal:{one.property}:{one.value}:{one.what}",
    )


def _text(one: Preference, language: Language) -> str:
    who = value_words(one.property, one.value, language)
    what = in_quotes(one.name.said_in(language))
    does = _DOES[one.taste].said_in(language).format(what=what)
    made = ADAPTED[one.adaptation].said_in(language)
    return f"{who} – {does}. {made[:1].upper()}{made[1:]}"


def _measured(facts: Facts, one: Preference) -> Measurement:
    figures = facts.figures
    return Measurement(
        key="e1",
        metric="preference",
        unit=Unit.SHARE,
        value=one.own.value,
        low=one.own.low,
        high=one.own.high,
        count=one.own.count,
        of=one.own.of,
        period=figures.period or Period(figures.as_of, figures.as_of),
        baseline=Baseline(value=one.others.value, of=one.others.of, low=one.others.low, high=one.others.high),
        sources=facts.event_files,
        note=in_both(lambda language: _note(facts, one, language)),
    )


def _note(facts: Facts, one: Preference, language: Language) -> str:
    own, others = (_side(facts, side, language) for side in (one.own, one.others))
    audience = whole(one.own.of, language)
    if language is Language.RU:
        return f"Аудитория – {audience}: так делают {own}, остальные – {others}. Это связь, а не причина"
    return f"Audience {audience}: {own} do so, of the others {others}. This is association, not cause"


def _side(facts: Facts, side: Proportion, language: Language) -> str:
    counts = f"{whole(side.count, language)} {of_units(side.of, facts.unit, language)}"
    return f"{percent(side.value, language)} ({counts})"
