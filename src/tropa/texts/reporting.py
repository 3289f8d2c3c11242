"""The report of a pile of feedback: touchpoints, themes, trends, drivers, surveys and what nobody listed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from tropa.domain.hearing import Discovered, SaidRow, ShownTheme, Theme, ThemeChoice, ThemeClause, VoiceReport
from tropa.domain.opinion import Sentiment, Statement
from tropa.domain.period import Period
from tropa.domain.text import Text
from tropa.domain.voice import VoiceLine, counted
from tropa.texts.drivers import common_scale, rating_drivers
from tropa.texts.hearing import day_of, people, speaker_of, voices_of
from tropa.texts.quoting import diverse_quotes
from tropa.texts.stage_moods import stage_moods
from tropa.texts.surveys import SurveyAnswer, answers_in, survey_scores
from tropa.texts.theme_names import thing_name
from tropa.texts.themes import FEWEST_VOICES, apply_choices, find_themes
from tropa.texts.things import things_in
from tropa.texts.touchpoint_voices import emotions_of, touchpoint_voices
from tropa.texts.touchpoints import KnownTouchpoint
from tropa.texts.trends import Calendar, calendar_of, share_of, trends_of
from tropa.texts.words import is_russian, words_of

_FEW_VOICES = 60  # below so many people two who say the same are a theme
_QUOTES = 4
_DISCOVERED_FROM = 5
_MOST_DISCOVERED = 12
_WORDINGS = 3  # a sentence that is repeated word for word names no subject


def voice_report(
    lines: Sequence[VoiceLine],
    touchpoints: Sequence[KnownTouchpoint],
    *,
    model: str,
    stages: Mapping[str, Text] | None = None,
    choices: Sequence[ThemeChoice] = (),
    answers: Sequence[SurveyAnswer] | None = None,
) -> VoiceReport:
    """Everything that the report shows. `answers` to surveys; None: marks on 0–10 are answers of NPS.

    `choices` are what people decided of the themes; the same lines and choices give the same report.
    """
    voices = voices_of(lines)
    crowd = people(voices)
    calendar = calendar_of(voices)
    fewest = FEWEST_VOICES if crowd >= _FEW_VOICES else 2
    themes = apply_choices(find_themes(voices, touchpoints, fewest=fewest), choices)
    feel = {sentiment: _who_feels(voices, sentiment) for sentiment in Sentiment}
    return VoiceReport(
        counts=counted(lines),
        people=crowd,
        unhappy=share_of(len(feel[Sentiment.NEGATIVE]), crowd),
        pleased=share_of(len(feel[Sentiment.POSITIVE]), crowd),
        rated=sum(one.rating is not None for one in voices),
        period=Period(calendar.first, calendar.last) if calendar else None,
        sources=_sources(voices),
        model=model,
        touchpoints=touchpoint_voices(voices, touchpoints, calendar),
        themes=_shown(themes, voices, calendar),
        drivers=rating_drivers(voices),
        scale=common_scale(voices),
        surveys=survey_scores(answers_in(lines) if answers is None else answers),
        discovered=discovered_subjects(voices),
        stage_moods=stage_moods(voices, {one.key: one.stage for one in touchpoints}, calendar),
        mood=trends_of([_complaints(voices)], calendar, news=False)[0],
        said=_SaidRows(voices, themes),
        stages=stages or {},
    )


def _who_feels(voices: Sequence[VoiceLine], sentiment: Sentiment) -> set[str]:
    return {speaker_of(one) for one in voices if any(said.opinion.sentiment is sentiment for said in one.statements)}


def _complaints(voices: Sequence[VoiceLine]) -> list[tuple[str, date]]:
    return [
        (speaker_of(one), day)
        for one in voices
        if (day := day_of(one)) is not None
        and any(said.opinion.sentiment is Sentiment.NEGATIVE for said in one.statements)
    ]


def _sources(voices: Sequence[VoiceLine]) -> tuple[str, ...]:
    counts = Counter(one.source for one in voices if one.source)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _shown(themes: Sequence[Theme], voices: Sequence[VoiceLine], calendar: Calendar | None) -> tuple[ShownTheme, ...]:
    """The themes with shares, trends and quotes."""
    by_id = {one.id: one for one in voices}
    dated = [[(one.speaker, one.date) for one in theme.clauses if one.date is not None] for theme in themes]
    return tuple(
        ShownTheme(
            theme=theme,
            share=share_of(theme.voices, max(theme.of, theme.voices)),
            trend=trend,
            quotes=diverse_quotes(theme.clauses, by_id, at_most=_QUOTES),
        )
        for theme, trend in zip(themes, trends_of(dated, calendar), strict=True)
    )


def discovered_subjects(voices: Sequence[VoiceLine]) -> tuple[Discovered, ...]:
    """Things that at least five people name where no touchpoint was found, most people first."""
    by_id = {one.id: one for one in voices}
    of = people(voices)
    named: dict[str, list[ThemeClause]] = defaultdict(list)
    moods: dict[str, dict[Sentiment, set[str]]] = defaultdict(lambda: {one: set() for one in Sentiment})
    for line in voices:
        for said in line.statements:
            if said.touchpoints:
                continue
            words = tuple(words_of(line.text[said.start : said.end]))
            for lemma in sorted({one.lemma for one in things_in(words)}):
                clause = ThemeClause(
                    feedback=line.id,
                    speaker=speaker_of(line),
                    start=said.start,
                    end=said.end,
                    part=lemma,
                    date=day_of(line),
                )
                named[lemma].append(clause)
                moods[lemma][said.opinion.sentiment].add(clause.speaker)
    counts = {
        lemma: len({one.speaker for one in own})
        for lemma, own in named.items()
        if len({by_id[one.feedback].text[one.start : one.end] for one in own}) >= _WORDINGS
    }
    enough = sorted((one for one in counts if counts[one] >= _DISCOVERED_FROM), key=lambda one: (-counts[one], one))
    return tuple(
        Discovered(
            name=_subject(lemma),
            people=counts[lemma],
            of=of,
            negative=len(moods[lemma][Sentiment.NEGATIVE]),
            positive=len(moods[lemma][Sentiment.POSITIVE]),
            quotes=diverse_quotes(named[lemma], by_id, at_most=2),
        )
        for lemma in enough[:_MOST_DISCOVERED]
    )


def _subject(lemma: str) -> Text:
    name = thing_name(lemma)
    return Text(ru=name) if is_russian(lemma) else Text(en=name)


class _SaidRows(Collection[SaidRow]):
    """Every statement that counts as a row, in the order of the texts; made as they are asked for."""

    def __init__(self, voices: Sequence[VoiceLine], themes: Sequence[Theme]) -> None:
        self._voices = voices
        self._homes: dict[tuple[str, int], tuple[str, ...]] = {}
        for theme in themes:
            for clause in theme.clauses:
                place = (clause.feedback, clause.start)
                self._homes[place] = (*self._homes.get(place, ()), theme.key)

    def __len__(self) -> int:
        return sum(len(line.statements) for line in self._voices)

    def __contains__(self, row: object) -> bool:
        return any(one == row for one in self)

    def __iter__(self) -> Iterator[SaidRow]:
        return (self._row(line, said) for line in self._voices for said in line.statements)

    def _row(self, line: VoiceLine, said: Statement) -> SaidRow:
        return SaidRow(
            feedback=line.id,
            text=line.text[said.start : said.end],
            start=said.start,
            end=said.end,
            date=day_of(line),
            source=line.source,
            rating=line.rating,
            touchpoints=tuple(key for key, _ in said.touchpoints),
            sentiment=said.opinion.sentiment,
            value=said.opinion.value,
            probability=said.opinion.probability,
            emotions=tuple(sorted(emotions_of(said.opinion))),
            kind=said.kind,
            themes=self._homes.get((line.id, said.start), ()),
        )
