"""What the tests of the language model's route share."""

from dataclasses import dataclass, field
from datetime import timedelta

from tropa.adapters.models.opening import open_reader
from tropa.domain.language_model import LanguageModelSpec
from tropa.domain.opinion import Opinion, Statement, StatementKind, TextReading
from tropa.domain.text import Text
from tropa.texts.touchpoints import KnownTouchpoint


def touchpoint(key, ru, en):
    return KnownTouchpoint(key=key, name=Text(ru=ru, en=en), channel="parcel", stage="delivery", events=(), words=())


TOUCHPOINTS = (
    touchpoint("delivery", "Доставка", "Delivery"),
    touchpoint("packaging", "Упаковка", "Packaging"),
    touchpoint("support", "Поддержка", "Support"),
)


@dataclass
class Light:
    """Stands in; remembers what it was given."""

    name: str = "light"
    version: str = "7"
    given: list = field(default_factory=list)

    def read(self, texts):
        self.given += texts
        return [
            TextReading(opinion=NEUTRAL, statements=(whole(text),), model=self.name, version=self.version)
            for text in texts
        ]


NEUTRAL = Opinion(probabilities=(0.2, 0.6, 0.2), value=0.0, emotions={}, kinds={})


def whole(text):
    return Statement(start=0, end=len(text), touchpoints=(), opinion=NEUTRAL, kind=StatementKind.FACT)


def spec_of(server, **other):
    quick = {"timeout": timedelta(seconds=5), "tries": 3, "parallel": 1} | other
    return LanguageModelSpec(endpoint=server.endpoint, model="some-model", **quick)


def reader_of(
    server,
    tmp_path,
    *,
    environment=None,
    consent=lambda _sending: None,
    light=None,
    report=lambda _: None,
    pauses=None,
    **other,
):
    """A reader that does not wait between tries."""
    reader = open_reader(
        spec_of(server, **other),
        TOUCHPOINTS,
        light or Light(),
        tmp_path / "answers",
        consent=consent,
        report=report,
        environment=environment or {},
    )
    reader.round.chat.pause = ([] if pauses is None else pauses).append
    return reader
