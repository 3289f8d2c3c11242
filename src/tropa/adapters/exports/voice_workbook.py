"""What customers said as a workbook: statements, touchpoints, themes, quotes; figures as numbers, words as words."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from functools import partial
from io import BytesIO

from tropa.adapters.exports.workbook_lists import Listing, Value
from tropa.adapters.exports.xlsx import WORDS_STAY_WORDS, write_list
from tropa.domain.evidence import Rating
from tropa.domain.hearing import Share, ShownTheme, ThemeKind, VoiceReport
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.voice.figures import group_words
from tropa.render.voice.phrases import voice_word
from tropa.render.voice.themes import trend_words


def voice_workbook(report: VoiceReport, language: Language) -> bytes:
    """The bytes of the workbook; the same report gives the same bytes. Sheets without rows have their heads."""
    import xlsxwriter  # noqa: PLC0415  only those who export a table load it

    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, {"constant_memory": True, **WORDS_STAY_WORDS})
    day = report.period.end if report.period else None
    created = datetime.combine(day, time(), UTC).replace(tzinfo=None) if day else datetime(2000, 1, 1)  # noqa: DTZ001
    book.set_properties({"title": voice_word("title", language), "author": "tropa", "created": created})
    for listing in _Lists(report, language).all():
        write_list(book, listing)
    book.close()
    return memory.getvalue()


class _Lists:
    """The sheets of a report in one language."""

    def __init__(self, report: VoiceReport, language: Language) -> None:
        self.report, self.language = report, language
        self.word = partial(voice_word, language=language)
        self.names = {one.key: one.name.said_in(language) for one in report.touchpoints}
        self.themes = {one.theme.key: one.theme.name.said_in(language) for one in report.themes}

    def all(self) -> Iterator[Listing]:
        """In the order of the tabs."""
        yield self.statements()
        yield self.touchpoints()
        yield self.theme_list()
        yield self.quotes()
        yield self.months()
        yield self.surveys()
        yield self.read()

    def _listing(self, name: str, heads: tuple[tuple[str, int], ...], rows: Iterable[tuple[Value, ...]]) -> Listing:
        return Listing(self.word(name), tuple((self.word(key), width) for key, width in heads), rows)

    def statements(self) -> Listing:
        """Every statement that counts, in the order of the texts."""
        heads = (
            ("col.id", 14),
            ("col.date", 12),
            ("col.source", 18),
            ("col.rating", 12),
            ("col.text", 70),
            ("matrix.touchpoint", 28),
            ("col.sentiment", 14),
            ("col.value", 12),
            ("col.probability", 14),
            ("col.emotions", 22),
            ("col.kind", 18),
            ("col.theme", 34),
        )
        rows = (
            (
                one.feedback,
                one.date.isoformat() if one.date else None,
                one.source,
                self._mark(one.rating),
                one.text,
                ", ".join(self.names.get(key, key) for key in one.touchpoints),
                self.word(f"said.{one.sentiment}"),
                round(one.value, 2),
                round(one.probability, 3),
                ", ".join(self.word(name) for name in one.emotions),
                self.word(f"kind.{one.kind}"),
                ", ".join(self.themes[key] for key in one.themes if key in self.themes),
            )
            for one in self.report.said
        )
        return self._listing("sheet.statements", heads, rows)

    def touchpoints(self) -> Listing:
        """People by sentiment at every touchpoint."""
        heads = (
            ("matrix.touchpoint", 30),
            ("col.stage", 20),
            ("matrix.people", 10),
            ("negative", 12),
            ("neutral", 12),
            ("positive", 12),
            ("matrix.value", 14),
            ("col.low", 12),
            ("col.high", 12),
        )
        rows: list[tuple[Value, ...]] = [
            (
                self.names[one.key],
                self._stage(one.stage),
                one.people,
                one.negative.count,
                one.neutral.count,
                one.positive.count,
                _rounded(one.value),
                _rounded(one.low),
                _rounded(one.high),
            )
            for one in self.report.touchpoints
        ]
        return self._listing("sheet.touchpoints", heads, rows)

    def theme_list(self) -> Listing:
        """Every theme with its voices, of how many, the interval of the share, and where it goes."""
        heads = (
            ("col.theme", 40),
            ("col.kind", 18),
            ("matrix.touchpoint", 28),
            ("col.voices", 10),
            ("col.of", 10),
            ("col.low", 12),
            ("col.high", 12),
            ("col.trend", 30),
            ("col.quote", 70),
            ("col.key", 40),
        )
        rows: list[tuple[Value, ...]] = [self._theme(one) for one in self.report.themes]
        return self._listing("sheet.themes", heads, rows)

    def _theme(self, one: ShownTheme) -> tuple[Value, ...]:
        first = one.quotes[0] if one.quotes else None
        return (
            self.themes[one.theme.key],
            self._kind(one.theme.kind),
            self.names.get(one.theme.touchpoint, one.theme.touchpoint),
            one.share.count,
            one.share.of,
            *_ends(one.share),
            trend_words(one.trend, self.language),
            first.text[slice(*first.span)] if first and first.span else None,
            one.theme.key,
        )

    def quotes(self) -> Listing:
        """The quotes of every theme: the part that matters and the whole text."""
        heads = (
            ("col.theme", 34),
            ("matrix.touchpoint", 28),
            ("col.part", 60),
            ("col.quote", 90),
            ("col.date", 12),
            ("col.source", 18),
            ("col.rating", 12),
            ("col.id", 14),
        )
        rows: list[tuple[Value, ...]] = [
            (
                self.themes[one.theme.key],
                self.names.get(one.theme.touchpoint, one.theme.touchpoint),
                quote.text[slice(*quote.span)] if quote.span else quote.text,
                quote.text,
                quote.date.isoformat() if quote.date else None,
                quote.source,
                self._mark(quote.rating),
                quote.feedback,
            )
            for one in self.report.themes
            for quote in one.quotes
        ]
        return self._listing("sheet.quotes", heads, rows)

    def months(self) -> Listing:
        """Who complained, of whom, month by month: of all, then of each stage."""
        heads = (
            ("col.stage", 24),
            ("month", 12),
            ("spoke", 12),
            ("complained", 12),
            ("share", 10),
            ("col.low", 10),
            ("col.high", 10),
        )
        told = [(None, self.report.mood), *((one.stage, one.trend) for one in self.report.stage_moods)]
        rows: list[tuple[Value, ...]] = [
            (
                self._stage(stage) if stage else self.word("surveys.all-people"),
                one.month.isoformat()[:7],
                one.share.of,
                one.share.count,
                None if one.share.is_small else round(one.share.value, 4),
                *_ends(one.share),
            )
            for stage, trend in told
            for one in trend.months
            if one.share.of
        ]
        return self._listing("sheet.months", heads, rows)

    def surveys(self) -> Listing:
        """NPS in points, CSAT and CES as shares: of all answers, then of each group."""
        heads = (
            ("col.survey", 12),
            ("surveys.group", 30),
            ("surveys.answers", 10),
            ("col.score", 10),
            ("col.low", 10),
            ("col.high", 10),
            ("col.low-marks", 12),
            ("col.middle", 12),
            ("col.high-marks", 12),
        )
        rows: list[tuple[Value, ...]] = [
            (
                one.kind.value.upper(),
                group_words(one, self.report.stages, self.language),
                one.answers,
                _rounded(one.value),
                _rounded(one.low),
                _rounded(one.high),
                one.low_marks,
                one.middle,
                one.high_marks,
            )
            for one in self.report.surveys
        ]
        return self._listing("sheet.surveys", heads, rows)

    def read(self) -> Listing:
        """What was read, what was left out and why."""
        counts = self.report.counts
        told = (
            ("count.rows", counts.rows),
            ("count.voices", counts.voices),
            ("count.same", counts.same),
            ("count.near", counts.near),
            ("count.spam", counts.spam),
            ("count.empty", counts.empty),
            ("count.reported", counts.reported),
        )
        rows: list[tuple[Value, ...]] = [(self.word(key), count) for key, count in told]
        rows.append((self.word("model"), self.report.model))
        rows += [(self.word(key), None) for key in ("method.people", "method.interval", "method.who")]
        return self._listing("sheet.read", (("col.what", 90), ("col.count", 16)), rows)

    def _mark(self, rating: Rating | None) -> str | None:
        if rating is None:
            return None
        of = "из" if self.language is Language.RU else "of"
        return f"{words.decimal(rating.value, self.language)} {of} {words.decimal(rating.scale[1], self.language)}"

    def _stage(self, key: str | None) -> str | None:
        return (self.report.stages.get(key or "") or Text()).said_in(self.language) or None

    def _kind(self, kind: ThemeKind) -> str:
        return self.word(str(kind))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _ends(share: Share) -> tuple[float | None, float | None]:
    """The interval of a share, from thirty people on."""
    return (None, None) if share.is_small else (round(share.low, 4), round(share.high, 4))
