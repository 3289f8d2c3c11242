"""Themes at their stages: what several people say of a touchpoint, or of a thing that no touchpoint takes."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tropa.domain.evidence import Quote
from tropa.domain.hearing import Theme, ThemeChoice, ThemeKind, Trend
from tropa.domain.text import Text
from tropa.domain.voice import VoiceLine
from tropa.texts.mentions import Heard
from tropa.texts.qualities import qualities
from tropa.texts.quoting import diverse_quotes
from tropa.texts.themes import apply_choices, find_themes
from tropa.texts.touchpoints import KnownTouchpoint
from tropa.texts.trends import calendar_of, trends_of

UNLISTED = "unlisted"
FEWEST_UNLISTED = 5
_QUOTES = 2
_ABOUT = "about"  # a part of the key of themes that say no more than what they are about


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTheme:
    """A theme at the stage where it is met.

    `of` people spoke of its touchpoint, of anything where it is `unlisted`: of no touchpoint that is known.
    """

    theme: Theme
    stage: str
    of: int
    trend: Trend
    quotes: tuple[Quote, ...]
    unlisted: bool = False


def stage_themes(heard: Heard, choices: Sequence[ThemeChoice] = ()) -> tuple[StageTheme, ...]:
    """The themes as people want them, most voices first.

    Statements of no known touchpoint make themes too, from five people on, at the stage that most of these texts speak
    of. Themes that only name a thing without saying what of it are left out, unless a person has named them.
    """
    lines = tuple(_with_unlisted(one, _accepted(heard)) for one in heard.lines)
    found = apply_choices(_louder(find_themes(lines, (*heard.touchpoints, _NO_TOUCHPOINT))), choices)
    told = [(one, home) for one in found if _is_told(one) and (home := _home(one, heard)) is not None]
    calendar = calendar_of(lines)
    days = [[(clause.speaker, clause.date) for clause in one.clauses if clause.date] for one, _ in told]
    trends = trends_of(days, calendar)
    by_id = {one.id: one for one in lines}
    return tuple(
        StageTheme(
            theme=one,
            stage=stage,
            of=max(one.of, one.voices),
            trend=trend,
            quotes=diverse_quotes(one.clauses, by_id, at_most=_QUOTES),
            unlisted=one.touchpoint == UNLISTED,
        )
        for (one, stage), trend in zip(told, trends, strict=True)
    )


_NO_TOUCHPOINT = KnownTouchpoint(key=UNLISTED, name=Text(), channel="", stage="", events=(), words=())


def _accepted(heard: Heard) -> frozenset[str]:
    return frozenset(one.touchpoint for one in heard.everywhere)


def _with_unlisted(line: VoiceLine, accepted: frozenset[str]) -> VoiceLine:
    statements = []
    for one in line.statements:
        known = tuple(pair for pair in one.touchpoints if pair[0] in accepted)
        statements.append(replace(one, touchpoints=known or ((UNLISTED, 1.0),)))
    return replace(line, statements=tuple(statements))


def _is_told(theme: Theme) -> bool:
    if theme.named_by_person:
        return True
    if _ABOUT in theme.key.split("."):
        return False
    if _is_generic(theme):
        return False
    return theme.touchpoint != UNLISTED or (theme.voices >= FEWEST_UNLISTED and theme.kind is ThemeKind.PAIN)


def _louder(themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Of the same words said both in praise and in blame, the louder theme: the quieter one is mostly misread."""
    voices: dict[str, int] = {}
    for one in themes:
        words = one.key.partition(".")[2]
        voices[words] = max(voices.get(words, 0), one.voices)
    return tuple(one for one in themes if one.voices == voices[one.key.partition(".")[2]])


def _is_generic(theme: Theme) -> bool:
    """It says only that something is bad: nothing to mend."""
    quality = theme.key.split(".")[2:3]
    return bool(quality) and quality[0] in qualities() and qualities()[quality[0]].generic


def _home(theme: Theme, heard: Heard) -> str | None:
    """The stage of its touchpoint; of an unlisted theme, the one that most of its texts speak of."""
    if theme.touchpoint != UNLISTED:
        return heard.homes.get(theme.touchpoint)
    texts = {one.feedback for one in theme.clauses}
    spoken: dict[str, set[str]] = defaultdict(set)
    for one in heard.everywhere:
        if one.feedback in texts:
            spoken[one.stage].add(one.feedback)
    count = Counter({stage: len(own) for stage, own in spoken.items()})
    return min(count, key=lambda stage: (-count[stage], stage), default=None)
