"""How much of a map rests on evidence, said in its first lines: for maps that grow answer by answer."""

from dataclasses import dataclass, replace

from tropa.assembly.research import open_guesses
from tropa.assembly.saying import in_both
from tropa.domain.generated import Generated
from tropa.domain.journeymap import Goal, JourneyMap, Minute, Statement
from tropa.domain.text import Language, Text
from tropa.render.words import counted, of_whole


@dataclass(frozen=True, slots=True)
class Coverage:
    """So many cards rest on evidence, of so many."""

    resting: int
    cards: int

    def said_in(self, language: Language) -> str:
        """«На доказательствах 12 из 74 карточек»."""
        share = of_whole(self.resting, self.cards, language)
        if language is Language.RU:
            one = self.cards % 10 == 1 and self.cards % 100 != 11
            return f"На доказательствах {share} {'карточки' if one else 'карточек'}"
        return f"{share} cards rest on evidence"


def coverage(journey: JourneyMap) -> Coverage:
    """All cards, and those that are no guesses."""
    return Coverage(sum(not one.is_guess for one in journey.cards), len(journey.cards))


def standing(journey: JourneyMap) -> JourneyMap:
    """The map with its first lines told anew; lines that a person has written stay."""
    minute = journey.minute or Minute()
    action = _kept(minute.action, _action(journey))
    goal = journey.goal
    return replace(
        journey,
        goal=None if goal is None else replace(goal, answer=_answer(journey, goal)),
        minute=replace(minute, action=action),
    )


def _answer(journey: JourneyMap, goal: Goal) -> Statement | None:
    share = coverage(journey)

    def say(language: Language) -> str:
        cards = counted(share.cards, "card", language)
        if not share.resting:
            return (
                f"Ответа пока нет: на карте {cards}, и всё это предположения."
                if language is Language.RU
                else f"No answer yet: all {cards} are guesses."
            )
        more = "ответ ещё впереди" if language is Language.RU else "the answer is still ahead"
        return f"{share.said_in(language)}: {more}."

    return _kept(goal.answer, _statement("answer", in_both(say)))


def _action(journey: JourneyMap) -> Statement | None:
    first = next(iter(open_guesses(journey, 1)), None)
    if first is None:
        return None

    def say(language: Language) -> str:
        stage = first.stage.name.said_in(language)
        if language is Language.RU:
            return f"Расспросите 5–8 человек про этап «{stage}»: кого и о чём, сказано в research.md"
        return f"Ask 5–8 people about “{stage}”: whom and what, research.md tells"

    return replace(_statement("action", in_both(say)), card=first.card.key)


def _statement(key: str, text: Text) -> Statement:
    return Statement(text=text, generated=Generated(by=f"standing:{key}", text=text))


def _kept(present: Statement | None, fresh: Statement | None) -> Statement | None:
    """A sentence that a person has reworded is theirs."""
    if present is not None and present.generated is not None and present.text != present.generated.text:
        return present
    return fresh
