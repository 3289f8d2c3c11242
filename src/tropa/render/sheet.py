"""One map laid out: its columns, lanes and cards, what each rests on, and the addresses of its proofs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from tropa.domain.journeymap import Card, JourneyMap, Lane, LaneKind, Stage, Step
from tropa.render.icons import mark_of

Record = TypeVar("Record", Stage, Step, Lane)
RAIL = 156
_BOARD = 1_410
_NARROWEST, _WIDEST = 108, 300
# where a board has to be scrolled anyway, even the longest word of an evidence mark gets its room
_ROOMY = 132
FOLDED_FROM = 17


@dataclass(frozen=True, slots=True)
class Column:
    """A step's column, or a stage's where it has no steps or the map is read by stages."""

    stage: Stage
    step: Step | None
    place: int
    stage_place: int

    @property
    def key(self) -> str:
        """What cards of this column name."""
        return self.step.key if self.step else self.stage.key

    @property
    def record(self) -> Step | Stage:
        """The step, or the stage that stands for all its steps."""
        return self.step or self.stage


@dataclass(frozen=True)
class Sheet:
    """A map with its place among the page's maps, those beside it, and the map of how it should be."""

    journey: JourneyMap
    index: int
    by_stage: bool = False
    others: tuple[JourneyMap, ...] = ()
    to_be: JourneyMap | None = None

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in their order."""
        return _ordered(self.journey.stages)

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes in their order."""
        return _ordered(self.journey.lanes)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns from left to right."""
        made: list[Column] = []
        for stage_place, stage in enumerate(self.stages):
            steps: Sequence[Step | None] = () if self.by_stage else _ordered(stage.steps)
            made += [Column(stage, step, len(made) + at, stage_place) for at, step in enumerate(steps or (None,))]
        return tuple(made)

    @cached_property
    def steps_in_all(self) -> int:
        """How many columns the map has when it is read by steps."""
        return sum(max(1, len(stage.steps)) for stage in self.journey.stages)

    @cached_property
    def column_width(self) -> int:
        """The width of a column: the board fills a laptop's screen where it can."""
        fitting = (_BOARD - RAIL) // max(1, len(self.columns))
        return min(_WIDEST, fitting) if fitting >= _NARROWEST else _ROOMY

    @property
    def width(self) -> int:
        """The width of all columns."""
        return self.column_width * len(self.columns)

    @cached_property
    def _columns_of(self) -> dict[str, tuple[Column, ...]]:
        made: dict[str, list[Column]] = defaultdict(list)
        for column in self.columns:
            made[column.stage.key].append(column)
        return {key: tuple(columns) for key, columns in made.items()}

    def columns_of(self, stage: Stage) -> tuple[Column, ...]:
        """The columns of one stage."""
        return self._columns_of[stage.key]

    def middle(self, column: Column) -> float:
        """The middle of a column."""
        return self.column_width * (column.place + 0.5)

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """The cards in reading order: by lane, then from left to right."""
        lanes = {lane.key: place for place, lane in enumerate(self.lanes)}
        stages = {stage.key: place for place, stage in enumerate(self.stages)}
        steps = {step.key: place for stage in self.stages for place, step in enumerate(_ordered(stage.steps))}

        def place(card: Card) -> tuple[int, int, int, str, str]:
            return lanes[card.lane], stages[card.stage], steps.get(card.step or "", -1), card.order, card.key

        kept = (card for card in self.journey.cards if card.lane in lanes and card.stage in stages)
        return tuple(sorted(kept, key=place))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {card.key: number for number, card in enumerate(self.cards)}

    def address(self, card: Card) -> str:
        """The id of a card's proof."""
        return f"d{self.index}-{self._numbers[card.key]}"

    def address_of(self, key: str | None) -> str | None:
        """The id of the proof of the card with this key, if the map has it."""
        return f"d{self.index}-{self._numbers[key]}" if key in self._numbers else None

    def stage_address(self, stage: Stage) -> str:
        """The id of a stage's proof."""
        return f"d{self.index}-s{self.stages.index(stage)}"

    def column_address(self, column: Column) -> str:
        """The id of a step's proof, or of its stage's where the column is a stage."""
        if column.step is None:
            return self.stage_address(column.stage)
        steps = [step.key for stage in self.stages for step in _ordered(stage.steps)]
        return f"d{self.index}-p{steps.index(column.step.key)}"

    def before(self, column: Column) -> int | None:
        """How many were in the column before; None for the first one and where nobody was counted."""
        if column.place == 0:
            return None
        last = self.columns[column.place - 1]
        return last.record.persons

    @cached_property
    def _kinds(self) -> dict[str, LaneKind]:
        return {lane.key: lane.kind for lane in self.lanes}

    def kind_of(self, card: Card) -> LaneKind:
        """The kind of a card's lane."""
        return self._kinds[card.lane]

    @cached_property
    def _in_lane(self) -> dict[str, tuple[Card, ...]]:
        made: dict[str, list[Card]] = defaultdict(list)
        for card in self.cards:
            made[card.lane].append(card)
        return {key: tuple(cards) for key, cards in made.items()}

    def in_lane(self, lane: Lane) -> tuple[Card, ...]:
        """The cards of one lane."""
        return self._in_lane.get(lane.key, ())

    @cached_property
    def _by_kind(self) -> dict[tuple[LaneKind, str], list[Card]]:
        made: dict[tuple[LaneKind, str], list[Card]] = defaultdict(list)
        for card in self.cards:
            made[self.kind_of(card), card.stage].append(card)
        return made

    def cards_of(self, kind: LaneKind, stage: Stage) -> list[Card]:
        """The cards of one kind at one stage."""
        return self._by_kind.get((kind, stage.key), [])

    @cached_property
    def _states(self) -> dict[str, str]:
        b2b = self.journey.is_b2b
        return {card.key: mark_of(card.basis(b2b=b2b), card.flags) for card in self.cards}

    def state_of(self, card: Card) -> str:
        """The name of a card's evidence mark."""
        return self._states[card.key]

    def lane_of_kind(self, kind: LaneKind) -> Lane | None:
        """The first lane of a kind."""
        return next((lane for lane in self.lanes if lane.kind is kind), None)

    @cached_property
    def _emotions(self) -> dict[str, list[Card]]:
        made: dict[str, list[Card]] = defaultdict(list)
        for lane in self.lanes:
            if lane.kind is LaneKind.EMOTION:
                for card in self.in_lane(lane):
                    made[card.stage].append(card)
        return made

    def emotion_card(self, column: Column) -> Card | None:
        """The emotion told in this column: of the step, or of the whole stage."""
        here = self._emotions.get(column.stage.key, [])
        if column.step is not None:
            own = next((card for card in here if card.step == column.step.key), None)
            return own or (self.whole_emotion(column.stage) if self._middle_column(column.stage) == column else None)
        return max(here, key=lambda card: (card.step is None, card.voices or 0, abs(card.value or 0)), default=None)

    def whole_emotion(self, stage: Stage) -> Card | None:
        """The emotion told of a whole stage."""
        return next((card for card in self._emotions.get(stage.key, []) if card.step is None), None)

    def is_told(self, column: Column) -> bool:
        """Whether anybody told of the emotion here, or of the whole stage around."""
        here = self._emotions.get(column.stage.key, [])
        return any(card.value is not None and card.step in {None, column.key} for card in here)

    def _middle_column(self, stage: Stage) -> Column:
        columns = self.columns_of(stage)
        return columns[len(columns) // 2]


def _ordered(records: Sequence[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda one: (one.order, one.key)))
