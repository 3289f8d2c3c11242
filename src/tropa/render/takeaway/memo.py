"""One page for a boss: the answer, three facts, three actions, and the journey in a picture."""

from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.finding import Finding
from tropa.domain.journeymap import JourneyMap, Stage
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.headline import provenance
from tropa.render.heads import loss_after
from tropa.render.page.findings import certainty
from tropa.render.sheet import Sheet
from tropa.render.takeaway.advice import Action, actions, who
from tropa.render.takeaway.blocks import Document, Heading, Listed, Part, Passage, Picture, Tone
from tropa.render.takeaway.data_words import told
from tropa.render.takeaway.strip import strip

MOST = 3
Point = tuple[str, str, str]


def memo(journey: JourneyMap, language: Language) -> Document:
    """The memo of a map."""
    day = journey.provenance.as_of if journey.provenance else None
    return Document(
        title=journey.title.said_in(language),
        subtitle=provenance(journey, language),
        language=language,
        parts=tuple(_parts(journey, language)),
        day=day,
        compact=True,
    )


def _parts(journey: JourneyMap, language: Language) -> list[Part]:
    made: list[Part] = []
    goal = journey.goal
    if goal is not None:
        made.append(Passage(goal.text.said_in(language), Tone.SMALL))
        made += [Passage(goal.answer.text.said_in(language), Tone.LEAD)] if goal.answer else []
    facts = _facts(journey, language)
    made.append(Heading(told("memo.facts", language), 2))
    made.append(Listed(tuple(facts), numbered=True) if facts else Passage(told("memo.no-facts", language)))
    wanted = [_action(one, language) for one in actions(journey)[:MOST]]
    made.append(Heading(told("memo.actions", language), 2))
    made.append(Listed(tuple(wanted), numbered=True) if wanted else Passage(told("memo.no-actions", language)))
    picture = strip(journey, language)
    if picture is not None:
        made.append(Heading(told("memo.picture", language), 2))
        made.append(Picture(picture, told("picture.told", language)))
    return made


def _facts(journey: JourneyMap, language: Language) -> list[Point]:
    """The findings that matter most; where there are fewer than three, the largest losses of the path."""
    found = [_fact(one, journey, language) for one in journey.findings[:MOST]]
    taken = {one.stage for one in journey.findings[:MOST]}
    return [*found, *(_loss(one, journey, language) for one in _losing(journey) if one.key not in taken)][:MOST]


def _fact(one: Finding, journey: JourneyMap, language: Language) -> Point:
    affects = told("affects", language).capitalize()
    parts = [f"{affects} {words.units(one.persons_affected, journey.unit, language)}"]
    if one.money is not None:
        low, high = (words.money(end, one.money.currency, language) for end in (one.money.low, one.money.high))
        parts.append(f"{words.money(one.money.amount, one.money.currency, language)} ({low} – {high})")
    parts.append(words.period(one.period, language))
    parts.append(f"{told('certainty', language)} {words.label(f'certainty.{certainty(one)}', language)}")
    return "", one.text.said_in(language), " · ".join(parts)


def _losing(journey: JourneyMap) -> list[Stage]:
    """Stages by what they lose, the most people first."""
    lossy = [(loss.persons, stage) for stage in Sheet(journey, 0).stages if (loss := loss_after(stage)) is not None]
    return [stage for _, stage in sorted(lossy, key=lambda pair: -pair[0])]


def _loss(one: Stage, journey: JourneyMap, language: Language) -> Point:
    went = one.conversion
    name = words.in_quotes(one.name.said_in(language))
    if went is None:
        return "", name, ""
    ends = words.interval(went.low, went.high, Unit.SHARE, language)
    share = words.share(went.count, went.of, language)
    head = f"{name}: {words.label('went-on', language)} {share}"
    return "", head if went.of < FEW_PERSONS else f"{head} ({ends})", words.units(went.of, journey.unit, language)


def _action(one: Action, language: Language) -> Point:
    owner = who(one, language) or told("owner.none", language)
    urgency = words.label(f"urgency.{one.urgency}", language)
    rests = f"{told('owner', language)}: {owner} · {told('urgency', language).lower()}: {urgency}"
    if one.first_step is not None:
        first = f"{words.label('advice.first', language)}: {one.first_step.said_in(language)}"
        rests = f"{first}\n{rests}"
    return "", one.text.said_in(language), rests
