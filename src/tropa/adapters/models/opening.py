"""The parts of a reader by a language model, put together."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tropa.adapters.models.chat import Chat
from tropa.adapters.models.kept import KeptAnswers
from tropa.adapters.models.keys import Keys
from tropa.adapters.models.llm import LanguageModelReader
from tropa.adapters.models.post import Wire
from tropa.adapters.models.question import Question
from tropa.adapters.models.round import Round
from tropa.domain.language_model import LanguageModelSpec, Sending
from tropa.errors import LanguageModelError, told
from tropa.ports import Report, StatementReader, silent
from tropa.texts.touchpoints import KnownTouchpoint


def open_reader(
    spec: LanguageModelSpec,
    touchpoints: Sequence[KnownTouchpoint],
    light: StatementReader,
    answers: Path,
    *,
    consent: Callable[[Sending], None],
    report: Report = silent,
    environment: Mapping[str, str] = os.environ,
) -> LanguageModelReader:
    """A reader by this model; nothing is sent before it is told to read and `consent` has returned."""
    ca_file = None if spec.ca_file is None else Path(spec.ca_file)
    if ca_file is not None and not ca_file.is_file():
        raise LanguageModelError(told("There is no file of certificates {file}.", file=ca_file), "See `ca_file`.")
    wire = Wire(proxy=spec.proxy, ca_file=ca_file)
    question = Question(touchpoints)
    chat = Chat(spec, Keys(spec, environment, wire), wire, pause=wire.hung_up.wait)
    return LanguageModelReader(
        spec=spec,
        light=light,
        question=question,
        round=Round(spec, question, chat),
        kept=KeptAnswers(answers, json.dumps([question.version, question.rules, spec.model])),
        consent=consent,
        report=report,
    )
