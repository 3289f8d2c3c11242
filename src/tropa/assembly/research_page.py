"""research.md: which guesses to check first, whom to ask and how, what to log, a short survey, what is known by now."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tropa.assembly.research import MOST, OpenGuess, events_to_log, open_guesses
from tropa.assembly.saying import full_stop
from tropa.domain.brief import Brief, BriefKey
from tropa.domain.evidence import Basis, Flag, Quotes, Report
from tropa.domain.journeymap import Author, Card, JourneyMap, LaneKind
from tropa.domain.template import Template
from tropa.domain.text import Language
from tropa.render.words import counted, in_quotes, label
from tropa.texts.brief import brief_questions
from tropa.texts.kept_blocks import Block
from tropa.texts.shipped import shipped

GUESS = "guess:"
_MOST_ASKS = 8
_HEADS: Mapping[str, tuple[str, str]] = {
    "title": ("Что проверить", "What to check"),
    "whom": ("Кого спросить", "Whom to ask"),
    "rules": ("Как спрашивать", "How to ask"),
    "log": ("Что записывать", "What to log"),
    "survey": ("Короткий опрос", "A short survey"),
    "forgotten": ("О чём обычно забывают спросить", "What is usually forgotten"),
    "said": ("Что вы рассказали", "What you told"),
    "known": ("Уже узнали", "Known by now"),
}


def research_blocks(
    journey: JourneyMap, of: Template | None, *, language: Language, brief: Brief | None = None
) -> tuple[Block, ...]:
    """The plan in blocks, in the order of the page; what the brief said is written once, at the beginning."""
    return tuple(_Page(journey, of, language, brief).blocks())


class _Page:
    """One plan in one language."""

    def __init__(self, journey: JourneyMap, of: Template | None, language: Language, brief: Brief | None) -> None:
        self._journey, self._of, self._language, self._brief = journey, of, language, brief
        self._model = journey.model.value

    def blocks(self) -> Iterator[Block]:
        yield Block("intro", self._intro())
        guesses = open_guesses(self._journey, MOST)
        for number, one in enumerate(guesses, start=1):
            yield Block(f"{GUESS}{one.card.key}", self._guess(number, one), returns=True)
        known = self._known()
        if known:
            yield Block("known", known, returns=True)
        yield Block("whom", self._whom())
        yield Block("rules", self._section("rules", self._list("rules")))
        yield Block("log", self._log())
        yield Block("survey", self._section("survey", self._list("survey", self._model), numbered=True))
        if asks := self._asks():
            yield Block("forgotten", self._section("forgotten", asks))
        if self._brief is not None and self._brief.answers:
            yield Block("said", self._said(self._brief))

    def _intro(self) -> str:
        journey, russian = self._journey, self._language is Language.RU
        goal = journey.goal.text.said_in(self._language) if journey.goal else ""
        answer = journey.goal.answer.text.said_in(self._language) if journey.goal and journey.goal.answer else ""
        title = f"# {self._head('title')}: {journey.title.said_in(self._language)}"
        question = (f"Вопрос карты: **{goal}**" if russian else f"The map's question: **{goal}**") if goal else ""
        how = (
            "Ниже предположения, которые важнее остальных: где решается цель и где меньше всего известно. "
            "Пишите между блоками и в них: ваши слова tropa не тронет."
            if russian
            else "Below are the guesses that matter most: where the goal is decided and least is known. "
            "Write between the blocks and in them: tropa leaves your words alone."
        )
        return "\n\n".join(part for part in (title, question, answer, how) if part)

    def _guess(self, number: int, one: OpenGuess) -> str:
        words = self._words("lane", one.kind.value)
        stage, said = one.stage.name.said_in(self._language), one.card.text.said_in(self._language)
        head = f"## {number}. {stage} · {words[self._language.value].lower()}: {in_quotes(said)}"
        asks = [self._of_stage(one.stage.key), *words[f"ask_{self._language.value}"]]
        return "\n".join([head, "", self._why(one), "", *_bullets(one for one in asks if one), "", self._how(one)])

    def _why(self, one: OpenGuess) -> str:
        russian = self._language is Language.RU
        parts = []
        if one.weight is not None and one.weight.value is not None:
            reason = one.weight.reason.said_in(self._language) if one.weight.reason else ""
            value = f"{one.weight.value:g}"
            said = f"Важность этапа {value} из 5" if russian else f"This stage matters {value} of 5"
            parts.append(f"{said}. {full_stop(reason)}" if reason else f"{said}.")
        return " ".join([*parts, self._state(one.card)])

    def _state(self, card: Card) -> str:
        """What the guess rests on by now."""
        russian = self._language is Language.RU
        if Flag.CONTRADICTED in card.flags:
            return "Говорят разное: спросите ещё." if russian else "People disagree on it: ask more of them."
        match card.basis(b2b=self._journey.is_b2b):
            case Basis.REPORTED:
                said = "Так говорят сотрудники, клиенты ещё нет." if russian else "Staff say so; no customer has yet."
            case Basis.ANECDOTAL:
                voices = counted(_voices(card), "voice", self._language)
                said = f"Пока {voices}: до вывода нужно пять." if russian else f"{voices} so far: five make a finding."
            case _ if card.author is Author.PERSON:
                said = "Это ваше мнение: его и проверяем." if russian else "You believe so: that is what we check."
            case _:
                said = "Это предположение шаблона." if russian else "The template supposes so."
        return said

    def _how(self, one: OpenGuess) -> str:
        russian = self._language is Language.RU
        folder, who, words = ("ПАПКА", "Анна", "дословно") if russian else ("FOLDER", "Ann", "word for word")
        note = "Записать ответ" if russian else "Put an answer in"
        return f'{note}: `tropa answer {folder} --guess {one.card.key} --by "{who}" --said "{words}"`'

    def _whom(self) -> str:
        goal = next((one.name.said_in(self._language) for one in self._journey.stages if one.goal), "")
        people = [one.replace("{goal}", goal) for one in self._list("whom", self._model)]
        nobody = self._words("nobody")[self._language.value]
        head = "Подойдут те, кто" if self._language is Language.RU else "Choose people of whom this is true"
        criteria = self._list("criteria", self._model)
        return "\n".join(
            [f"## {self._head('whom')}", "", *_bullets(people), "", f"{head}:", "", *_bullets(criteria), "", nobody]
        )

    def _log(self) -> str:
        russian = self._language is Language.RU
        head = "| этап | событие |" if russian else "| stage | event |"
        rows = [
            f"| {stage.name.said_in(self._language)} | {', '.join(f'`{name}`' for name in names)} |"
            for stage, names in events_to_log(self._journey, self._of)
        ]
        fields = self._words("fields", self._model)[self._language.value]
        each = f"В каждой строке: {fields}." if russian else f"In each row: {fields}."
        then = (
            "Когда появится хотя бы таблица заказов, положите её в папку и запустите `tropa build ПАПКА`."
            if russian
            else "As soon as there is a table of orders at least, put it into the folder and run `tropa build FOLDER`."
        )
        table = [head, "|---|---|", *rows, ""] if rows else []
        return "\n".join([f"## {self._head('log')}", "", *table, each, "", then])

    def _asks(self) -> list[str]:
        """The forgotten touchpoints of the stages that matter most."""
        weights = {one.stage: one.value or 0 for one in self._journey.cards_of(LaneKind.IMPORTANCE)}
        stages = sorted(self._journey.stages, key=lambda one: (-weights.get(one.key, 0), one.order))
        asks = [(stage, ask) for stage in stages for ask in stage.asks[:2] if ask.is_open]
        return [
            f"{stage.name.said_in(self._language)}: {ask.question.said_in(self._language)}"
            for stage, ask in asks[:_MOST_ASKS]
        ]

    def _said(self, brief: Brief) -> str:
        rows = [
            f"**{one.text.said_in(self._language)}** {'; '.join(brief.said(one.key))}"
            for one in brief_questions()
            if one.key is not BriefKey.GOAL and brief.said(one.key)
        ]
        return self._section("said", rows)

    def _known(self) -> str:
        rows = [self._found_out(card) for card in self._journey.cards if _is_answered(card)]
        return self._section("known", rows) if rows else ""

    def _found_out(self, card: Card) -> str:
        basis = label(f"basis.{card.basis(b2b=self._journey.is_b2b).value}", self._language)
        voices = _voices(card)
        tail = f", {counted(voices, 'voice', self._language)}" if voices else ""
        against = f", {label('flag.contradicted', self._language)}" if Flag.CONTRADICTED in card.flags else ""
        return f"{in_quotes(card.text.said_in(self._language))}: {basis}{tail}{against}"

    def _section(self, key: str, rows: Sequence[str], *, numbered: bool = False) -> str:
        lines = [f"{place}. {row}" for place, row in enumerate(rows, start=1)] if numbered else list(_bullets(rows))
        return "\n".join([f"## {self._head(key)}", "", *lines])

    def _head(self, key: str) -> str:
        return _HEADS[key][self._language is not Language.RU]

    def _of_stage(self, key: str) -> str:
        stages = self._of.stages if self._of is not None else ()
        found = next((one.ask for one in stages if one.key == key), None)
        return found.said_in(self._language) if found is not None else ""

    def _list(self, *path: str) -> list[str]:
        rows: list[str] = self._words(*path)[self._language.value]
        return rows

    def _words(self, *path: str) -> dict[str, Any]:
        data: Any = shipped("research")
        for key in path:
            data = data[key]
        found: dict[str, Any] = data
        return found


def _bullets(rows: Sequence[str] | Iterator[str]) -> Iterator[str]:
    return (f"- {row}" for row in rows)


def _voices(card: Card) -> int:
    return max((one.voices for one in card.evidence if isinstance(one, Quotes)), default=0)


def _is_answered(card: Card) -> bool:
    """People have told of it: by quotes, by a report, or by contradicting it."""
    told = any(isinstance(one, Quotes | Report) for one in card.evidence)
    return told or Flag.CONTRADICTED in card.flags
