"""One batch of texts asked about, and what was wrong asked about once more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from tropa.adapters.models.answer import check, split_answer
from tropa.adapters.models.chat import BrokenError, Chat, FailedError, NotTakenError, RefusedError, Reply
from tropa.adapters.models.kept import Answer
from tropa.adapters.models.post import SlowError
from tropa.adapters.models.question import Question
from tropa.domain.language_model import LanguageModelSpec, StandIn

_NO_FORM = ("the answer was not one JSON object of the form asked for",)
_NO_ITEM = ("there was no item with this text's id",)
Again = list[tuple[Sequence[str], Mapping[str, Sequence[str]]]]


@dataclass(slots=True)
class Outcome:
    """What came of a batch: answers worth keeping, texts that got none this time, and what it took."""

    answers: dict[str, Answer] = field(default_factory=dict)
    failed: dict[str, StandIn] = field(default_factory=dict)
    trouble: str | None = None
    requests: int = 0
    tokens_sent: int = 0
    tokens_received: int = 0

    def count(self, reply: Reply) -> None:
        """Add what a reply took."""
        self.tokens_sent += reply.tokens_sent
        self.tokens_received += reply.tokens_received

    def fail(self, texts: Sequence[str], why: StandIn, words: str) -> None:
        """Nothing came back about these texts, or nothing that was paid for."""
        self.trouble = words
        self.failed |= dict.fromkeys((text for text in texts if text not in self.answers), why)


@dataclass(frozen=True, slots=True)
class Round:
    """Asks about batches."""

    spec: LanguageModelSpec
    question: Question
    chat: Chat

    def ask(self, batch: Sequence[str]) -> Outcome:
        """Ask, and where the answer has faults ask once more and tell them."""
        outcome = Outcome()
        for texts, faults in self._asked(batch, {}, outcome, last=False):
            self._asked(texts, faults, outcome, last=True)
        return outcome

    def _asked(
        self, texts: Sequence[str], faults: Mapping[str, Sequence[str]], outcome: Outcome, *, last: bool
    ) -> Again:
        """What should be asked again; nothing after the last time."""
        outcome.requests += 1
        try:
            reply = self.chat.ask(partial(self.question.body, self.spec, texts, faults))
        except SlowError:
            outcome.fail(texts, StandIn.SLOW, "no answer in time")
            return []
        except FailedError as error:
            outcome.fail(texts, StandIn.FAILED, error.words)
            return []
        except NotTakenError as error:
            if not (again := _one_by_one(texts, outcome, last=last)):
                outcome.fail(texts, StandIn.REFUSED, error.words)
            return again
        except RefusedError:
            if not (again := _one_by_one(texts, outcome, last=last)):
                _settle(texts, StandIn.REFUSED, outcome)
            return again
        except BrokenError:
            reply = Reply("", 0, 0)
        outcome.count(reply)
        return self._taken(texts, reply.content, outcome, last=last)

    def _taken(self, texts: Sequence[str], content: str, outcome: Outcome, *, last: bool) -> Again:
        parts = split_answer(content, len(texts))
        if parts is None:
            if last:
                _settle(texts, StandIn.MALFORMED if content.strip() else StandIn.EMPTY, outcome)
                outcome.trouble = _NO_FORM[0]
                return []
            half = max(1, len(texts) // 2)
            halves = [texts[start : start + half] for start in range(0, len(texts), half)]
            return [(some, dict.fromkeys(some, _NO_FORM)) for some in halves]
        outcome.trouble = None
        faults = {}
        for place, text in enumerate(texts):
            if told := self._faults(text, parts.get(place), outcome):
                faults[text] = told
        if last:
            _settle([text for text in texts if text not in outcome.answers], StandIn.MALFORMED, outcome)
            return []
        return [(list(faults), faults)] if faults else []

    def _faults(self, text: str, raw: bytes | None, outcome: Outcome) -> Sequence[str]:
        """What is wrong with an answer, which is kept where it is better than the one before."""
        if raw is None:
            return _NO_ITEM
        checked = check(text, raw, self.question.keys)
        before = outcome.answers.get(text)
        if before is not None and before.raw is not None:
            former = check(text, before.raw, self.question.keys)
            if (len(former.statements), -len(former.faults)) > (len(checked.statements), -len(checked.faults)):
                return former.faults
        outcome.answers[text] = Answer(raw=raw)
        return checked.faults


def _one_by_one(texts: Sequence[str], outcome: Outcome, *, last: bool) -> Again:
    """One text may be why all of them were refused."""
    alone = [text for text in texts if text not in outcome.answers]
    return [([text], {}) for text in alone] if len(texts) > 1 and not last else []


def _settle(texts: Sequence[str], why: StandIn, outcome: Outcome) -> None:
    for text in texts:
        outcome.answers.setdefault(text, Answer(why=why))
