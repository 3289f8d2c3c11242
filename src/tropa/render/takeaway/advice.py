"""Recommendations and hypotheses as things to do: for whom, who leads, what it takes, what may come of it."""

from dataclasses import dataclass

from tropa.domain.evidence import FEW_PERSONS, Measurement, Unit
from tropa.domain.finding import Finding
from tropa.domain.hypothesis import Hypothesis, HypothesisStatus
from tropa.domain.journeymap import Card, JourneyMap, LaneKind, Urgency
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.evidence_words import footer
from tropa.render.sheet import Sheet
from tropa.render.takeaway.data_words import told
from tropa.render.takeaway.department import owner_of

_EFFORTS = ((9, "hours"), (7, "days"), (5, "weeks"), (3, "month"), (0, "quarter"))
_SOON, _LATER = 7, 5
_URGENCIES = tuple(Urgency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do; `days` is 30, 60 or 90."""

    text: Text
    first_step: Text | None
    not_when: Text | None
    stage: str
    department: Text | None
    leader: Text | None
    urgency: Urgency
    days: int
    finding: Finding | None
    hypothesis: Hypothesis | None
    card: Card | None

    @property
    def status(self) -> HypothesisStatus:
        """Where it stands: where its hypothesis stands."""
        return self.hypothesis.status if self.hypothesis else HypothesisStatus.IDEA


def actions(journey: JourneyMap) -> tuple[Action, ...]:
    """What findings advise, then what else the map recommends and bets on; the most urgent first in each period."""
    sheet = Sheet(journey, 0)
    bets = {one.key: one for one in journey.hypotheses}
    cards = [card for card in sheet.cards if sheet.kind_of(card) is LaneKind.RECOMMENDATION]
    made = [_of_finding(journey, one, cards, bets) for one in journey.findings if one.recommendation]
    told_of = {one.finding.code for one in made if one.finding}
    made += [_of_card(journey, card, bets) for card in cards if card.finding not in told_of]
    used = {one.hypothesis.key for one in made if one.hypothesis}
    made += [_of_hypothesis(journey, one) for one in journey.hypotheses if one.key not in used]
    order = {id(one): place for place, one in enumerate(made)}
    return tuple(sorted(made, key=lambda one: (one.days, -_URGENCIES.index(one.urgency), order[id(one)])))


def _of_finding(journey: JourneyMap, one: Finding, cards: list[Card], bets: dict[str, Hypothesis]) -> Action:
    advice = one.recommendation
    assert advice is not None
    card = next((card for card in cards if card.finding == one.code), None)
    bet = bets.get(one.hypothesis or "") or next((bet for bet in bets.values() if bet.finding == one.code), None)
    urgency = card.urgency if card is not None and card.urgency else Urgency(advice.urgency)
    return Action(
        text=advice.text,
        first_step=advice.first_step,
        not_when=advice.not_when,
        stage=one.stage,
        department=owner_of(journey, one.stage, one.touchpoint, card.step if card else None),
        leader=_leader(card, bet),
        urgency=urgency,
        days=_days(urgency, bet),
        finding=one,
        hypothesis=bet,
        card=card,
    )


def _of_card(journey: JourneyMap, card: Card, bets: dict[str, Hypothesis]) -> Action:
    bet = bets.get(card.hypothesis or "")
    urgency = card.urgency or Urgency.ORDINARY
    return Action(
        text=card.text,
        first_step=card.reason,
        not_when=None,
        stage=card.stage,
        department=owner_of(journey, card.stage, card.touchpoint, card.step),
        leader=_leader(card, bet),
        urgency=urgency,
        days=_days(urgency, bet),
        finding=next((one for one in journey.findings if one.code == card.finding), None),
        hypothesis=bet,
        card=card,
    )


def _of_hypothesis(journey: JourneyMap, one: Hypothesis) -> Action:
    return Action(
        text=one.text,
        first_step=None if one.testable else one.instead,
        not_when=None,
        stage=one.stage,
        department=owner_of(journey, one.stage, None),
        leader=one.owner,
        urgency=Urgency.ORDINARY,
        days=_days(Urgency.ORDINARY, one),
        finding=next((found for found in journey.findings if found.code == one.finding), None),
        hypothesis=one,
        card=None,
    )


def _leader(card: Card | None, bet: Hypothesis | None) -> Text | None:
    return (card.owner if card else None) or (bet.owner if bet else None)


def _days(urgency: Urgency, bet: Hypothesis | None) -> int:
    """When: what is urgent or quick at once, what takes weeks next, anything larger last."""
    ease = bet.ease if bet is not None and bet.ease is not None else _LATER
    if urgency is not Urgency.ORDINARY or ease >= _SOON:
        return 30
    return 60 if ease >= _LATER else 90


def effort(one: Action, language: Language) -> str:
    """How much work it is, in words."""
    ease = one.hypothesis.ease if one.hypothesis else None
    if ease is None:
        return told("effort.unknown", language)
    return told(f"effort.{next(name for least, name in _EFFORTS if ease >= least)}", language)


def who(one: Action, language: Language) -> str:
    """Who leads it, or whose it is; nothing where nobody is named."""
    named = one.leader or one.department
    return named.said_in(language) if named else ""


def figures(one: Action, language: Language, currency: str | None) -> str:
    """The number that should move: now, counted of whom, and where it should get."""
    finding = one.finding
    if finding is not None:
        now = figure_now(finding, language, currency)
        return f"{now}\n→ {_aim(finding, language, currency)}" if finding.baseline is not None else now
    bet = one.hypothesis
    if bet is None or bet.value_now is None:
        return ""
    value = words.amount(bet.value_now, bet.unit, language, currency)
    if bet.of and bet.unit is Unit.SHARE:
        value = words.share(round(bet.value_now * bet.of), bet.of, language)
    return value


def figure_now(one: Finding, language: Language, currency: str | None) -> str:
    """A finding's figure with its counts and interval: 23 % (1 600 из 6 971; 22–24); counts alone below 30 people."""
    measured = next((proof for proof in one.evidence if isinstance(proof, Measurement)), None)
    count = measured.count if measured is not None and measured.of == one.of else None
    if one.unit is Unit.SHARE:
        counts = words.of_whole(round(one.value * one.of) if count is None else count, one.of, language)
        if one.of < FEW_PERSONS:
            return counts
        share = words.percent(one.value, language)
        if one.interval is None:
            return f"{share} ({counts})"
        low, high = one.interval
        return f"{share} ({counts}; {words.span_of(100 * low, 100 * high, language)})"
    of = f"{words.label('of', language)}{words.NBSP}{words.whole(one.of, language)}"
    ends = f"; {words.interval(*one.interval, one.unit, language, currency)}" if one.interval else ""
    return f"{words.amount(one.value, one.unit, language, currency)} ({of}{ends})"


def _aim(one: Finding, language: Language, currency: str | None) -> str:
    return words.amount(one.baseline or 0.0, one.unit, language, currency)


def effect(one: Action, journey: JourneyMap, language: Language) -> str:
    """What may come of it, as a range, or why nothing can be promised."""
    finding = one.finding
    if finding is None or finding.baseline is None:
        return told("effect.unmeasured", language)
    people = words.units(finding.persons_affected, journey.unit, language) + _between(finding, language)
    period = words.period(finding.period, language)
    parts = [told("effect.people", language, people=people, period=period)]
    if finding.money is not None:
        paid = finding.money
        value = words.money(paid.amount, paid.currency, language)
        low, high = (words.money(end, paid.currency, language) for end in (paid.low, paid.high))
        parts.append(f"{value} ({low} – {high})")
    return "; ".join(parts)


def _between(one: Finding, language: Language) -> str:
    """The people that the ends of the figure's interval stand for."""
    if one.unit is not Unit.SHARE or one.interval is None or one.baseline is None:
        return ""
    low, high = sorted(round(abs(one.baseline - end) * one.of) for end in one.interval)
    return f" ({words.whole(low, language)}–{words.whole(high, language)})"


def test_words(one: Action, language: Language) -> str:
    """What this traffic can show in a test of it, and why not where it cannot."""
    bet = one.hypothesis
    if bet is None:
        return ""
    if not bet.testable:
        return bet.instead.said_in(language) if bet.instead else words.label("hypothesis.cannot", language)
    if not bet.detectable:
        return ""
    last = bet.detectable[-1]
    size = (
        words.points(last.effect, language) if bet.unit is Unit.SHARE else words.amount(last.effect, bet.unit, language)
    )
    return told("effect.testable", language, weeks=words.counted(last.weeks, "week", language), effect=size.lstrip("+"))


def basis(one: Action, journey: JourneyMap, language: Language) -> str:
    """What it rests on, in short."""
    if one.card is not None:
        return footer(one.card, language, b2b=journey.is_b2b)
    return words.label("basis.measured" if one.finding else "basis.guess", language)
