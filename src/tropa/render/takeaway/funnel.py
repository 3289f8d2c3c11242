"""The funnel of communications: for each stage and group whom to tell what, where and when; data or a suggestion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.journeymap import Card, JourneyMap, LaneKind, Stage
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.emotion import quote_of
from tropa.render.evidence_words import footer
from tropa.render.heads import loss_after
from tropa.render.sheet import Sheet
from tropa.render.takeaway.advice import figure_now, people_in_genitive
from tropa.render.takeaway.data_words import told

# key, width in signs
COLUMNS = (
    ("funnel.stage", 14),
    ("funnel.audience", 22),
    ("funnel.question", 24),
    ("funnel.message", 28),
    ("funnel.content", 32),
    ("funnel.channel", 16),
    ("funnel.offer", 28),
    ("funnel.trigger", 26),
    ("funnel.now", 22),
    ("funnel.target", 22),
)
_GROWTH = frozenset({FindingKind.OPPORTUNITY, FindingKind.UPSELL})


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in a cell and what it rests on; a suggestion is for a person to check."""

    text: str
    basis: str = ""
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One stage for one group; `place` counts stages from 0."""

    place: int
    cells: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Whom a row is about: everybody, a segment with its own map, or the group of a finding."""

    name: str
    sheet: Sheet
    stage: Stage
    finding: Finding | None = None


def funnel_rows(journey: JourneyMap, language: Language, segments: Sequence[JourneyMap] = ()) -> tuple[FunnelRow, ...]:
    """The rows stage by stage: everybody first, then segments with maps of their own and groups that findings name."""
    sheet = Sheet(journey, 0)
    maps = [Sheet(one, 0) for one in segments]
    return tuple(
        FunnelRow(place, _Row(journey, group, maps, language).cells())
        for place, stage in enumerate(sheet.stages)
        for group in _groups(sheet, stage, maps, language)
    )


def _groups(sheet: Sheet, stage: Stage, maps: Sequence[Sheet], language: Language) -> list[_Group]:
    found = [one for one in sheet.journey.findings if one.stage == stage.key]
    whole = next((one for one in found if not one.segment), None)
    made = [_Group(words.label("everybody", language), sheet, stage, whole)]
    named: dict[str, Finding] = {}
    for one in found:
        if one.segment:
            named.setdefault(words.group(one.segment, language), one)
    made += [_Group(name, sheet, stage, one) for name, one in named.items()]
    for other in maps:
        name = words.group(other.journey.segment, language)
        own = other.journey.stage(stage.key)
        if own is not None and own.persons and name not in named:
            made.append(_Group(name, other, own))
    return made


@dataclass(frozen=True, slots=True)
class _Row:
    journey: JourneyMap
    group: _Group
    maps: Sequence[Sheet]
    language: Language

    def cells(self) -> tuple[Said, ...]:
        """The cells in the order of COLUMNS."""
        return (
            Said(self.group.stage.name.said_in(self.language)),
            self.audience(),
            self.question(),
            self.message(),
            self.content(),
            self.channel(),
            self.offer(),
            self.trigger(),
            self.now(),
            self.target(),
        )

    def _best(self, kind: LaneKind) -> Card | None:
        """The card of a kind at the stage that rests on most."""
        cards = self.group.sheet.cards_of(kind, self.group.stage)
        return max(cards, key=lambda one: (not one.is_guess, one.voices or 0), default=None)

    def _of_card(self, card: Card, text: str | None = None) -> Said:
        said = text or card.text.said_in(self.language)
        if card.is_guess:
            return Said(said, told("funnel.guess", self.language), suggested=True)
        return Said(said, self._foot(card))

    def _foot(self, card: Card) -> str:
        return footer(card, self.language, b2b=self.journey.is_b2b)

    def _hint(self, text: str, rests: str) -> Said:
        """A suggestion that draws on something known."""
        return Said(text, f"{told('funnel.suggestion', self.language)}; {rests}", suggested=True)

    def _suggest(self, key: str, **values: object) -> Said:
        return Said(told(key, self.language, **values), told("funnel.suggestion", self.language), suggested=True)

    def audience(self) -> Said:
        """Who is here, and how many of them went no further."""
        one = self.group.finding
        unit = self.journey.counted
        if one is not None and one.segment:
            affected = people_in_genitive(one.persons_affected, unit, self.language)
            people = words.of_whole(one.persons_affected, one.of, self.language)
            return Said(
                self.group.name, f"{told('affects', self.language)} {people if one.unit is Unit.SHARE else affected}"
            )
        stage = self.group.stage
        if stage.persons is None:
            return Said(self.group.name, told("funnel.no-figure", self.language))
        people = words.units(stage.persons, unit, self.language)
        loss = loss_after(stage)
        if loss is None:
            return Said(self.group.name, people)
        stay = words.of_whole(loss.persons, loss.of, self.language)
        return Said(self.group.name, f"{people}; {told('funnel.stay', self.language, persons=stay)}")

    def question(self) -> Said:
        """What they want to know here: in their own words where they said so."""
        for kind in (LaneKind.THOUGHT, LaneKind.GOAL, LaneKind.EXPECTATION):
            card = self._best(kind)
            if card is not None:
                return self._of_card(card)
        asked = next((one for one in self.group.stage.asks if one.is_open), None)
        if asked is not None:
            return Said(asked.question.said_in(self.language), told("funnel.suggestion", self.language), suggested=True)
        return self._suggest("funnel.ask")

    def message(self) -> Said:
        """What takes the pain away that is spoken of most, else what is praised."""
        for kind, key in ((LaneKind.BARRIER, "relieve"), (LaneKind.GAIN, "praise")):
            card = self._best(kind)
            if card is not None and not card.is_guess:
                words_of = quote_of(card)
                said = words.in_quotes(words_of) if words_of else card.text.said_in(self.language)
                text = told(f"funnel.{key}", self.language, pain=said, gain=said)
                return self._hint(text, self._foot(card))
        following = self._next()
        return self._suggest("funnel.next", next=following) if following else self._suggest("funnel.last")

    def _next(self) -> str:
        stages = self.group.sheet.stages
        later = stages[stages.index(self.group.stage) + 1 :][:1] if self.group.stage in stages else ()
        return later[0].name.said_in(self.language) if later else ""

    def content(self) -> Said:
        """What to put in front of them: the recommendation for this group, or a personal pick."""
        one = self.group.finding
        if one is not None and one.recommendation is not None:
            rests = (
                f"{told('funnel.suggestion', self.language)}; {figure_now(one, self.language, self.journey.currency)}"
            )
            return Said(one.recommendation.text.said_in(self.language), rests, suggested=True)
        for kind in (LaneKind.PERSONALISATION, LaneKind.RECOMMENDATION):
            card = self._best(kind)
            if card is not None:
                return self._hint(card.text.said_in(self.language), self._foot(card))
        return self._suggest("funnel.no-content")

    def channel(self) -> Said:
        """By what means they come here."""
        cards = self.group.sheet.cards_of(LaneKind.CHANNEL, self.group.stage)
        known = [card for card in cards if not card.is_guess]
        if known:
            return self._of_card(known[0])
        named = next((one.channel for one in self.group.stage.touchpoints if one.channel), None)
        return Said(named) if named else self._suggest("funnel.no-channel")

    def offer(self) -> Said:
        """What else may be offered: what people gladly take, else the bet that waits for a test."""
        growth = next(
            (one for one in self.journey.findings if one.stage == self.group.stage.key and one.kind in _GROWTH), None
        )
        if growth is not None:
            return Said(growth.text.said_in(self.language))
        finding = self.group.finding
        code = finding.code if finding else None
        bets = [one for one in self.journey.hypotheses if one.stage == self.group.stage.key]
        bet = next((one for one in bets if one.finding == code), None)
        if bet is not None:
            status = words.label(f"status.{bet.status}", self.language)
            return self._hint(bet.text.said_in(self.language), status)
        return self._suggest("funnel.no-offer")

    def trigger(self) -> Said:
        """What moves them on: what they say moved them, else the time by which most have gone."""
        card = self._best(LaneKind.TRIGGER)
        if card is not None:
            return self._of_card(card)
        late = self.group.stage.p90_seconds_to_next
        if late and loss_after(self.group.stage) is not None:
            time = words.duration(late, self.language)
            rests = f"{words.label('proof.most', self.language)} {time}"
            return self._hint(told("funnel.wait", self.language, time=time), rests)
        return self._suggest("funnel.no-trigger")

    def now(self) -> Said:
        """The figure that this row should move."""
        one = self.group.finding
        if one is not None:
            return Said(
                figure_now(one, self.language, self.journey.currency), words.label("basis.measured", self.language)
            )
        went = self.group.stage.conversion
        if went is None:
            return Said(told("funnel.no-figure", self.language))
        share = words.share(went.count, went.of, self.language)
        ends = f"; {words.interval(went.low, went.high, Unit.SHARE, self.language)}"
        text = f"{words.label('went-on', self.language)} {share}{ends if went.of >= FEW_PERSONS else ''}"
        return Said(text, words.label("basis.measured", self.language))

    def target(self) -> Said:
        """Where it should get: the map's own target, what it is compared with, or what the best group has."""
        goal, one = self.journey.goal, self.group.finding
        if one is not None and one.baseline is not None:
            value = words.amount(one.baseline, one.unit, self.language, self.journey.currency)
            return self._suggest("funnel.like-others", value=value)
        if goal is not None and goal.target is not None and self.group.stage.goal:
            return Said(told("funnel.goal-target", self.language, value=words.percent(goal.target, self.language)))
        best = self._best_group()
        if best is not None:
            return self._suggest("funnel.like-best", group=best[0], value=best[1])
        return self._suggest("funnel.set-target")

    def _best_group(self) -> tuple[str, str] | None:
        """The segment that goes on most often at this stage, where it does better than this group."""
        here = self.group.stage.conversion
        found: Mapping[str, Stage] = {
            words.group(one.journey.segment, self.language): stage
            for one in self.maps
            if (stage := one.journey.stage(self.group.stage.key)) is not None
            and stage.conversion is not None
            and stage.conversion.of >= FEW_PERSONS
        }
        better = [
            (stage.conversion.value, name, stage.conversion)
            for name, stage in found.items()
            if stage.conversion is not None and here is not None and stage.conversion.low > here.value
        ]
        if not better:
            return None
        _, name, went = max(better, key=lambda row: (row[0], row[1]))
        return name, words.share(went.count, went.of, self.language)
