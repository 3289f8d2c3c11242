"""Remarks on a map in words for the terminal: equal ones together, each with where, why it harms and what to do."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tropa.cli.words import say
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.lint.check import RULES, Diagnostic, Severity

_INDENT = "       "


def remark_counts(remarks: Sequence[Diagnostic], language: Language) -> str:
    """How many remarks of each weight there are; those a person has set aside are counted apart."""
    open_ones = [one for one in remarks if one.dismissed is None]
    counts = {severity: sum(one.severity is severity for one in open_ones) for severity in Severity}
    said = [say(f"lint.{severity.value}", language, count=count) for severity, count in counts.items()]
    aside = len(remarks) - len(open_ones)
    return ", ".join([*said, say("lint.dismissed", language, count=aside)] if aside else said)


def remark_lines(journey: JourneyMap, remarks: Sequence[Diagnostic], language: Language) -> Iterator[str]:
    """All open remarks, rule by rule, errors first."""
    open_ones = [one for one in remarks if one.dismissed is None]
    yield say("lint.all", language, counts=remark_counts(remarks, language))
    for code, same in groupby(open_ones, key=lambda one: one.code):
        rule = RULES[code]
        yield ""
        yield f"{code}  {say(f'lint.one-{rule.severity.value}', language)}"
        yield from (f"{_INDENT}{_said(journey, one, language)}" for one in same)
        yield _INDENT + say("lint.why", language, words=rule.why.said_in(language))
        yield _INDENT + say("lint.step", language, words=rule.first_step.said_in(language))
        yield _INDENT + say("lint.page", language, page=rule.doc)


def _said(journey: JourneyMap, one: Diagnostic, language: Language) -> str:
    """What is wrong, and at which stage where the words do not say it."""
    said = one.text.said_in(language)
    stage = journey.stage(one.stage) if one.stage else None
    name = stage.name.said_in(language) if stage else ""
    if not name or name in said:
        return said
    quoted = f"«{name}»" if language is Language.RU else f"“{name}”"
    return f"{said} · {say('lint.stage', language)} {quoted}"
