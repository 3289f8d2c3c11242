"""Reading by a language model: agreed to first, checked after, with tropa's own model where it fails."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tropa.adapters.models.answer import check
from tropa.adapters.models.kept import KeptAnswers
from tropa.adapters.models.pool import in_parallel
from tropa.adapters.models.question import Question, answer_tokens_of, is_suspect, tokens_of
from tropa.adapters.models.round import Outcome, Round
from tropa.domain.language_model import LanguageModelSpec, ReadingCounts, Sending, StandIn
from tropa.domain.opinion import TextReading
from tropa.errors import LanguageModelError, told
from tropa.ports import Progress, Report, StatementReader, silent
from tropa.texts.masking import mask

LONGEST = 20_000  # characters of a text that is sent
SENDING = "voice.sending"
_MOST_AT_ONCE = 12_000  # characters of a batch
_PATIENCE = 5  # batches in a row without a usable answer
_AROUND_A_TEXT = 15  # tokens of its frame in a request
Consent = Callable[[Sending], None]
"""Returns where the texts may be sent; LanguageModelError where not."""


@dataclass(slots=True)
class LanguageModelReader:
    """Fulfils StatementReader: texts that were agreed to are sent, answers are believed where the texts bear them out.

    `light` reads what the model cannot be asked about or did not answer truly. Call `announce` with all texts where
    they are read in parts, so that people are asked once.
    """

    spec: LanguageModelSpec
    light: StatementReader
    question: Question
    round: Round
    kept: KeptAnswers
    consent: Consent
    report: Report = silent
    _at_home: dict[str, StandIn | None] = field(default_factory=dict)
    _agreed: set[str] = field(default_factory=set)
    _failed: dict[str, StandIn] = field(default_factory=dict)
    _came_of: dict[str, StandIn | None] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _dropped: int = 0
    _took: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """`llm:` and the model."""
        return f"llm:{self.spec.short_name}"

    @property
    def version(self) -> str:
        """Changes with the rules and the touchpoints; a model that changes behind its name is not noticed."""
        return self.question.version

    def announce(self, texts: Sequence[str]) -> None:
        """Say what will be sent and get leave for it; LanguageModelError where there is none."""
        fresh = [text for text in self._to_send(texts) if text not in self._agreed]
        if not fresh:
            return
        self.round.chat.keys.key()  # a missing key is said before anybody is asked
        self.consent(self.sending(texts))
        self._agreed.update(fresh)

    def sending(self, texts: Sequence[str]) -> Sending:
        """What reading these texts would send."""
        fresh = self._to_send(texts)
        requests = len(list(_batches(fresh, self.spec.batch)))
        sent = requests * tokens_of(self.question.rules) + sum(tokens_of(text) + _AROUND_A_TEXT for text in fresh)
        received = sum(answer_tokens_of(text) for text in fresh)
        place = urlsplit(self.spec.endpoint)
        return Sending(
            host=place.hostname or "",
            model=self.spec.short_name,
            encrypted=place.scheme == "https",
            texts=len(fresh),
            kept=sum(self.kept.get(text) is not None for text in dict.fromkeys(texts)),
            requests=requests,
            tokens_sent=sent,
            tokens_received=received,
            cost=self._cost(sent, received),
            currency=self._currency,
        )

    def read(self, texts: Sequence[str]) -> Sequence[TextReading]:
        """One reading a text; what the light model read is named so."""
        self.announce(texts)
        self._send(self._to_send(texts))
        found: dict[str, TextReading] = {}
        for text in dict.fromkeys(texts):
            reading = self._reading(text)
            if isinstance(reading, TextReading):
                found[text] = reading
            self._came_of[text] = reading if isinstance(reading, StandIn) else None
        others = [text for text in dict.fromkeys(texts) if text not in found]
        if others:
            found |= zip(others, self.light.read(others), strict=True)
        return tuple(found[text] for text in texts)

    @property
    def counts(self) -> ReadingCounts:
        """What came of everything read so far."""
        by_reason = Counter(why for why in self._came_of.values() if why is not None)
        sent, received = self._took["sent"], self._took["received"]
        return ReadingCounts(
            read=sum(why is None for why in self._came_of.values()),
            kept=sum(why is None and text not in self._asked for text, why in self._came_of.items()),
            stood_in={why: by_reason[why] for why in StandIn if by_reason[why]},
            dropped=self._dropped,
            requests=self._took["requests"],
            tokens_sent=sent,
            tokens_received=received,
            cost=self._cost(sent, received) if sent else None,
            currency=self._currency,
        )

    def _to_send(self, texts: Sequence[str]) -> list[str]:
        """The distinct texts that may leave and that nothing is known about."""
        return [
            text
            for text in dict.fromkeys(texts)
            if text not in self._failed and self._stays(text) is None and self.kept.get(text) is None
        ]

    def _stays(self, text: str) -> StandIn | None:
        """Why a text is not sent, None where it may be."""
        if text not in self._at_home:
            why = StandIn.LONG if len(text) > LONGEST else None if text.strip() else StandIn.EMPTY
            self._at_home[text] = why or (StandIn.UNMASKED if mask(text) != text else None)
        return self._at_home[text]

    def _send(self, texts: Sequence[str]) -> None:
        if not self._agreed.issuperset(texts):
            raise AssertionError
        batches = list(_batches(texts, self.spec.batch))
        in_a_row = 0
        try:
            for outcome in in_parallel(batches, self.round.ask, workers=self.spec.parallel):
                self._keep(outcome)
                done = len(self._asked | self._failed.keys())
                self.report(Progress(work=SENDING, done=done, total=len(self._agreed), rows=done))
                in_a_row = in_a_row + 1 if outcome.trouble else 0
                _endured(in_a_row, outcome.trouble)
        except BaseException:  # Ctrl+C too: nothing may go on sending
            self.round.chat.wire.hang_up()
            raise

    def _keep(self, outcome: Outcome) -> None:
        self._failed |= outcome.failed
        self._asked.update(outcome.answers)
        self._took.update(requests=outcome.requests, sent=outcome.tokens_sent, received=outcome.tokens_received)
        if outcome.answers:
            self.kept.keep(outcome.answers)

    def _reading(self, text: str) -> TextReading | StandIn:
        stays = self._stays(text)
        answer = self.kept.get(text)
        if stays or answer is None or answer.raw is None:
            return stays or (answer.why if answer and answer.why else self._failed.get(text, StandIn.FAILED))
        checked = check(text, answer.raw, self.question.keys)
        if text not in self._came_of:
            self._dropped += len(checked.faults) if checked.statements else 0
        if checked.statements and checked.opinion is not None:
            return TextReading(
                opinion=checked.opinion, statements=checked.statements, model=self.name, version=self.version
            )
        if not checked.faults:
            return StandIn.EMPTY
        return StandIn.MALFORMED if checked.opinion is None else StandIn.UNTRUE

    @property
    def _currency(self) -> str | None:
        prices = self.spec.price_per_million_tokens
        return None if prices is None else prices.currency

    def _cost(self, sent: int, received: int) -> float | None:
        prices = self.spec.price_per_million_tokens
        return None if prices is None else (sent * prices.sent + received * prices.received) / 1_000_000


def _endured(in_a_row: int, trouble: str | None) -> None:
    if in_a_row >= _PATIENCE:
        raise LanguageModelError(
            told("The language model gives no usable answers any more: {words}", words=trouble or ""),
            "What it has answered is kept: the same command goes on from there.",
        )


def _batches(texts: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    """Texts to be asked about together; one that seems to speak to the model is asked about alone."""
    batch: list[str] = []
    for text in texts:
        if is_suspect(text):
            yield [text]
            continue
        if batch and (len(batch) >= most or sum(map(len, batch)) + len(text) > _MOST_AT_ONCE):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch
