"""A map before there are data: what a template supposes and what the owner believes, every card a marked guess."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tropa.assembly.cards.card import a_card, in_order
from tropa.assembly.lanes import lane_records
from tropa.assembly.personas import EVERYBODY, OPEN_QUESTIONS
from tropa.assembly.saying import lower_first
from tropa.assembly.standing import standing
from tropa.domain.brief import Brief, BriefKey
from tropa.domain.generated import Generated
from tropa.domain.journeymap import (
    Ask,
    Author,
    Card,
    Goal,
    JourneyMap,
    Lane,
    LaneKind,
    MapView,
    Minute,
    Persona,
    Stage,
    Statement,
    Touchpoint,
)
from tropa.domain.order import orders
from tropa.domain.project import Project
from tropa.domain.template import Suggestion, Template, TemplateStage
from tropa.domain.text import Text, text_in
from tropa.insight.playbook import playbook
from tropa.texts.forgotten import forgotten_at
from tropa.texts.templates import touchpoints_at
from tropa.texts.voices import emotion_names

_FEARS = re.compile(r"^(?:боится|боятся|боюсь|страшно|(?:is |are )?afraid (?:of|that)|fears?)[\s,]+", re.IGNORECASE)
_PILLS = 4
_MOST_ASKS = 5
_SUPPOSED = Text(ru="как мы думаем", en="as we suppose")
LANES = (
    *("action", "touchpoint", "goal", "emotion", "barrier"),
    *("kpi", "importance", "recommendation", "owner"),
)


@dataclass(frozen=True, slots=True)
class _Path:
    """Where on the template's path an answer of the brief belongs."""

    first: TemplateStage
    goal: TemplateStage
    after: TemplateStage
    last: TemplateStage
    key: TemplateStage


def begin(of: Template, brief: Brief, project: Project) -> JourneyMap:
    """The map of how it probably is and should be; `project` tells key, title, goal and language."""
    own = tuple(_own_cards(of, brief))
    cards = in_order([*own, *_guesses(of, own)])
    journey = JourneyMap(
        key=project.project,
        title=project.title,
        generated=Generated(by="title", text=project.title),
        goal=Goal(text=project.goal.text) if project.goal else None,
        model=of.model,
        model_lines=of.lines,
        view=MapView.TO_BE,
        language=project.language,
        segment=None,
        persons=None,
        provenance=None,
        minute=_minute(cards, _path(of)),
        personas=_personas(brief),
        stages=tuple(_stages(of)),
        lanes=_lanes(cards),
        cards=cards,
    )
    return standing(journey)


def _lanes(cards: Sequence[Card]) -> tuple[Lane, ...]:
    """The lanes; nobody has told how it feels yet, and the rail says so."""
    return tuple(
        replace(one, meaning=_SUPPOSED) if one.kind is LaneKind.EMOTION else one for one in lane_records(LANES, cards)
    )


def _path(of: Template) -> _Path:
    stages = of.stages
    goal = next((number for number, one in enumerate(stages) if one.goal), len(stages) - 1)
    key = max(stages[: goal + 1], key=lambda one: (one.importance.value if one.importance else 0, one.goal))
    return _Path(stages[0], stages[goal], stages[min(goal + 1, len(stages) - 1)], stages[-1], key)


def _stages(of: Template) -> Iterator[Stage]:
    met = frozenset(one.key for stage in of.stages for one in touchpoints_at(of, stage))
    for stage, order in zip(of.stages, orders(len(of.stages)), strict=True):
        specs = touchpoints_at(of, stage)
        yield Stage(
            key=stage.key,
            order=order,
            name=stage.name,
            goal=stage.goal,
            moment_of_truth=stage.importance is not None and stage.importance.value == 5,
            touchpoints=tuple(
                Touchpoint(
                    key=one.key,
                    order=place,
                    name=one.name,
                    channel=one.channel,
                    words=one.words,
                    owner=stage.owner,
                    generated=Generated(by=f"touchpoint:{one.key}", text=one.name, stage=stage.key, order=place),
                )
                for one, place in zip(specs, orders(len(specs)), strict=True)
            ),
            asks=tuple(_asks(stage, met)),
            generated=Generated(by=f"stage:{stage.key}", text=stage.name, order=order),
        )


def _asks(stage: TemplateStage, met: frozenset[str]) -> Iterator[Ask]:
    """Touchpoints that companies forget: the first questions of each kind of stage that belongs here."""
    found = [one for kind in (stage.key, *stage.kinds) for one in forgotten_at(kind, met)]
    different = {one.touchpoint: one for one in reversed(found)}
    for one in list(reversed(different.values()))[:_MOST_ASKS]:
        key = f"{stage.key}.{one.touchpoint}"
        yield Ask(
            key=key,
            touchpoint=one.touchpoint,
            question=one.question,
            generated=Generated(by=f"ask:{key}", text=one.question),
        )


def _guesses(of: Template, own: Sequence[Card]) -> Iterator[Card]:
    for stage in of.stages:
        for kind, texts in (
            (LaneKind.ACTION, stage.actions),
            (LaneKind.GOAL, stage.jobs),
            (LaneKind.TRIGGER, stage.triggers),
            (LaneKind.EXPECTATION, stage.expectations),
            (LaneKind.BARRIER, stage.barriers),
            (LaneKind.KPI, stage.kpis),
        ):
            for number, text in enumerate(texts):
                yield _guess(kind, stage, text, number)
        for one in touchpoints_at(of, stage)[:_PILLS]:
            yield a_card(
                LaneKind.TOUCHPOINT, one.key, stage.key, one.name, by=f"touchpoint:{one.key}", touchpoint=one.key
            )
        yield from _weighed(stage)
        for number, advice in enumerate(stage.advice):
            yield _guess(
                LaneKind.RECOMMENDATION,
                stage,
                _advice(advice, stage),
                number,
                urgency=advice.urgency,
                owner=stage.owner,
            )
        if stage.owner is not None and not any(
            one.lane == LaneKind.OWNER.value and one.stage == stage.key for one in own
        ):
            yield _guess(LaneKind.OWNER, stage, stage.owner, 0)


def _weighed(stage: TemplateStage) -> Iterator[Card]:
    """How people feel here, and how much of the goal is decided."""
    if stage.emotion is not None:
        names = [emotion_names()[key] for key in stage.emotion.names]
        text = Text(
            ru=", ".join(one.ru or "" for one in names).capitalize(),
            en=", ".join(one.en or "" for one in names).capitalize(),
        )
        value = float(stage.emotion.value)
        yield _guess(LaneKind.EMOTION, stage, text, 0, value=value, names=tuple(one.ru or "" for one in names))
    if stage.importance is not None:
        weight = stage.importance
        text = Text(ru=f"{weight.value} из 5", en=f"{weight.value} of 5")
        yield _guess(LaneKind.IMPORTANCE, stage, text, 0, value=float(weight.value), reason=weight.reason)


def _advice(advice: Suggestion, stage: TemplateStage) -> Text:
    """The template's own words, or the playbook's at this stage."""
    if advice.text is not None:
        return advice.text
    entry = next(one for one in playbook() if one.key == advice.play)
    return Text(
        ru=(entry.text.ru or "").format_map(_Named(stage.name.ru or stage.name.en or "")),
        en=(entry.text.en or "").format_map(_Named(stage.name.en or stage.name.ru or "")),
    )


class _Named(dict[str, str]):
    """The place's name; what only data know stays open."""

    def __init__(self, place: str) -> None:
        super().__init__(place=place)

    def __missing__(self, key: str) -> str:
        return "…"


def _guess(kind: LaneKind, stage: TemplateStage, text: Text, number: int, **more: Any) -> Card:
    tail = f".{number + 1}" if number else ""
    by = f"template:{kind.value}:{stage.key}{tail}"
    return a_card(kind, f"guess.{stage.key}{tail}", stage.key, text, by=by, **more)


def _own_cards(of: Template, brief: Brief) -> Iterator[Card]:
    """What the owner believes: a guess too, with its author."""
    path = _path(of)
    places = (
        (BriefKey.REASONS, LaneKind.TRIGGER, path.first),
        (BriefKey.FINDS, LaneKind.ACTION, path.first),
        (BriefKey.FEARS, LaneKind.BARRIER, path.key),
        (BriefKey.PAYS, LaneKind.ACTION, path.goal),
        (BriefKey.AFTER, LaneKind.ACTION, path.after),
        (BriefKey.RETURNS, LaneKind.TRIGGER, path.last),
        (BriefKey.DECIDES, LaneKind.ACTION, path.key),
    )
    for key, kind, stage in places:
        for number, words in enumerate(brief.said(key), start=1):
            yield _own(kind, f"brief.{key.value}.{number}", stage, text_in(brief.language, _sentence(words)))
    yield from _own_owners(of, brief)


def _own_owners(of: Template, brief: Brief) -> Iterator[Card]:
    """A department of the brief takes the place of the template's where they are called alike."""
    for number, words in enumerate(brief.said(BriefKey.DEPARTMENTS), start=1):
        for stage in of.stages:
            if stage.owner is not None and _is_called_alike(words, stage.owner):
                key = f"brief.{BriefKey.DEPARTMENTS.value}.{number}.{stage.key}"
                yield _own(LaneKind.OWNER, key, stage, text_in(brief.language, _sentence(words)))


_STEM = 5  # letters that words of one family share


def _is_called_alike(words: str, owner: Text) -> bool:
    mine = {word[:_STEM].casefold() for word in words.split() if len(word) >= _STEM}
    theirs = " ".join(filter(None, (owner.ru, owner.en))).split()
    return bool(mine & {word[:_STEM].casefold() for word in theirs if len(word) >= _STEM})


def _own(kind: LaneKind, key: str, stage: TemplateStage, text: Text) -> Card:
    return Card(key=f"{kind.value}.{key}", lane=kind.value, stage=stage.key, order="", text=text, author=Author.PERSON)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _personas(brief: Brief) -> tuple[Persona, ...]:
    """One draft: whom the owner has in mind, or nobody yet; what is not known stays a question."""

    def said(key: BriefKey) -> tuple[Text, ...]:
        return tuple(text_in(brief.language, _sentence(words)) for words in brief.said(key))

    described = brief.said(BriefKey.BUYERS)
    name = text_in(brief.language, _sentence(described[0])) if described else EVERYBODY
    more = " ".join(described[1:])
    base = None if described else Generated(by="persona:everybody", text=name, order="a0")
    return (
        Persona(
            key="customer",
            name=name,
            context=text_in(brief.language, _sentence(more)) if more else None,
            goals=said(BriefKey.REASONS),
            fears=tuple(text_in(brief.language, _FEARS.sub("", words)) for words in brief.said(BriefKey.FEARS)),
            questions=OPEN_QUESTIONS,
            generated=base,
        ),
    )


def _minute(cards: Sequence[Card], path: _Path) -> Minute:
    """What customers probably want, where they are probably lost; the sentence says that it is a guess."""
    want = _first(cards, LaneKind.GOAL, path.key)
    loss = _first(cards, LaneKind.BARRIER, path.key)
    stage = path.key.name
    return Minute(
        want=_statement("want", "Скорее всего, хотят: {}", "Most likely they want: {}", want),
        loss=_statement(
            "loss",
            f"Скорее всего, теряем на этапе «{stage.ru or stage.en}»: {{}}",
            f"Most likely lost at “{stage.en or stage.ru}”: {{}}",
            loss,
        ),
    )


def _first(cards: Iterable[Card], kind: LaneKind, stage: TemplateStage) -> Card | None:
    return next((one for one in cards if one.lane == kind.value and one.stage == stage.key), None)


def _statement(key: str, ru: str, en: str, card: Card | None) -> Statement | None:
    if card is None:
        return None
    russian, english = card.text.ru or card.text.en or "", card.text.en or card.text.ru or ""
    text = Text(ru=ru.format(lower_first(russian)), en=en.format(lower_first(english)))
    return Statement(text=text, card=card.key, generated=Generated(by=f"minute:{key}", text=text))
