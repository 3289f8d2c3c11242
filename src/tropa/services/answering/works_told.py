"""What is said of changes: before and after, against what, and whether it is more than chance."""

from collections.abc import Sequence

from tropa.assembly.saying import in_both
from tropa.assembly.trial_figures import Figure, Metric
from tropa.assembly.trials import Judged, JudgedChange
from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.text import Language, Text
from tropa.insight.effects import Against, Outcome, Score
from tropa.insight.holidays import country_of, holidays_between
from tropa.insight.near_changes import promos_of
from tropa.render import words
from tropa.services.answering.scope import Scope
from tropa.stats.proportions import Interval

AGAINST = {
    Against.RANDOM: Text(ru="случайная половина без изменения", en="a random half without it"),
    Against.UNTOUCHED: Text(ru="те, кого не коснулось", en="those it did not touch"),
    Against.LAST_YEAR: Text(ru="те же недели год назад", en="the same weeks last year"),
    Against.NOBODY: Text(ru="не с чем", en="nothing"),
}
_TOLD = {
    Outcome.BETTER: Text(ru="лучше", en="better"),
    Outcome.WORSE: Text(ru="хуже", en="worse"),
    Outcome.NOISE: Text(ru="в пределах шума", en="within the noise"),
    Outcome.FEW: Text(ru="мало данных", en="too few data"),
}
_MANY = Text(ru="при стольких сравнениях – шум", en="noise among so many comparisons")
_ONLY_NAIVE = Text(ru="только до/после: может быть сезон", en="before and after only: may be the season")
_HOW = Text(
    ru="Доля сравнивается в разах: во сколько раз выросла у тех, кого изменение коснулось, поделённое на то же без "
    "него. NPS – в пунктах. Интервал 95 %, q-поправка на число сравнений.",
    en="A share is compared as a ratio: how many times it grew where the change was made, divided by the same without "
    "it. NPS in points. 95% intervals, q-values correct for the number of comparisons.",
)
_PROOF = Text(
    ru="Причину доказывает только опыт со случайной половиной. Группа, которой не коснулось, и прошлый год "
    "отсекают сезон, но не всё остальное.",
    en="Only an experiment with a random half proves a cause. Those untouched and last year take the season out, "
    "but not everything else.",
)
_NAIVE = Text(
    ru="Где сравнить не с чем, «до и после» показано как есть: весна, реклама и праздники сидят в нём же.",
    en="Where there is nothing to compare with, before and after is shown as it is: spring, advertising and holidays "
    "are in it too.",
)
_NEVER_TRIED = Text(
    ru="Чтобы узнать наверняка, дайте следующее изменение случайной половине и назовите её в `experiments`.",
    en="To be sure, give the next change to a random half and name it under `experiments`.",
)


def sentence(judged: Sequence[JudgedChange], known: int, language: Language) -> str:
    """How many changes show an effect, and the surest of them."""
    ru = language is Language.RU
    if not judged:
        if ru:
            return f"Изменений – {known}, но ни у одного нет двух недель данных до и недели после."
        return f"There are {known} changes, but none has two weeks of data before it and a week after."
    sure = [(change, one) for change in judged for one in change.figures if _is_told(one)]
    sure += [(change, one) for change in judged for one in change.steps if _is_told(one)]
    seen = len({id(change) for change, _ in sure})
    count = f"{words.whole(seen, language)} {'из' if ru else 'of'} {words.whole(len(judged), language)}"
    head = (
        f"Эффект больше шума виден у {count} изменений"
        if ru
        else f"An effect beyond the noise shows in {count} changes"
    )
    if not sure:
        return f"{head}."
    asked = [pair for pair in sure if pair[1] in pair[0].figures] or sure
    change, one = max(asked, key=lambda pair: (pair[1].against is Against.RANDOM, -(pair[1].q_value or 0.0)))
    name, figure = change.change.name.said_in(language), one.name.said_in(language)
    before, after = (figure_told(side, language) for side in (one.before, one.after))
    told = f"{figure}: {change_told(one, language)}, {AGAINST[one.against].said_in(language)} ({before} → {after})"
    return f"{head}. {words.in_quotes(name)} – {told}." if ru else f"{head}. {words.in_quotes(name)}: {told}."


def _is_told(one: Judged) -> bool:
    return one.outcome in {Outcome.BETTER, Outcome.WORSE} and one.against is not Against.NOBODY


def figure_told(one: Figure, language: Language) -> str:
    """«9,1 % (540 из 5 950)», «7 из 20», «+31 (900 ответов)»."""
    if isinstance(one, Score):
        answers = words.counted(one.of, "answer", language)
        return answers if one.of < FEW_PERSONS else f"{words.signed(one.value, language)} ({answers})"
    counts = words.of_whole(one.count, one.of, language)
    return counts if one.of < FEW_PERSONS else f"{words.percent(one.value, language)} ({counts})"


def change_told(one: Judged, language: Language) -> str:
    """«+57 % (45–70)», «+2,7 (−4,7 – 10,1): в пределах шума»."""
    if one.effect is None:
        return _TOLD[Outcome.FEW].said_in(language)
    if one.against is Against.NOBODY:
        return "–"
    said = _moved(one.effect.change, one.metric, language)
    if one.outcome is not Outcome.NOISE:
        return said
    return f"{said}, {(_MANY if one.effect.is_sure else _TOLD[Outcome.NOISE]).said_in(language)}"


def naive_told(one: Judged, language: Language) -> str:
    """The same without a comparison; a random half needs none."""
    if one.effect is None or one.against is Against.RANDOM:
        return "–"
    return _moved(one.effect.naive, one.metric, language)


def _moved(one: Interval, metric: Metric, language: Language) -> str:
    if metric is Metric.NPS:
        ends = f"{words.signed(one.low, language)} … {words.signed(one.high, language)}"
        return f"{words.signed(one.value, language)} ({ends})"
    value, low, high = (
        f"{'+' if round(part * 100) > 0 else ''}{words.decimal(part * 100, language, 0)}"
        for part in (one.value, one.low, one.high)
    )
    gap = words.NBSP if language is Language.RU else ""
    return f"{value}{gap}% ({low} … {high})"


def concluded(one: Judged) -> Text:
    """The result in a word or two."""
    if one.against is Against.NOBODY and one.outcome in {Outcome.BETTER, Outcome.WORSE}:
        return _ONLY_NAIVE
    return _TOLD[one.outcome]


def notes_on(judged: Sequence[JudgedChange], scope: Scope) -> tuple[Text, ...]:
    """How it was counted, what stood beside, what was too short."""
    notes = [_HOW, _PROOF]
    if any(one.against is Against.NOBODY for change in judged for one in change.figures):
        notes.append(_NAIVE)
    notes += [_beside(one) for one in judged if one.beside][:4]
    notes += _holidays(judged, scope)
    short = len(scope.project.changes) - len(judged)
    if short > 0:
        notes.append(
            in_both(
                lambda language: (
                    f"Ещё изменений без двух недель данных до или недели после: {short}."
                    if language is Language.RU
                    else f"Changes without two weeks of data before or a week after: {short} more."
                )
            )
        )
    if judged and all(one.trial is None for one in judged):
        notes.append(_NEVER_TRIED)
    return tuple(notes)


def _beside(change: JudgedChange) -> Text:
    def said(language: Language) -> str:
        name = words.in_quotes(change.change.name.said_in(language))
        others = ", ".join(words.in_quotes(one.name.said_in(language)) for one in change.beside[:3])
        if language is Language.RU:
            return f"В те же недели, что и {name}: {others}. Что из этого сработало, по этим данным не сказать."
        return f"In the same weeks as {name}: {others}. Which of them it was these data do not tell."

    return in_both(said)


def _holidays(judged: Sequence[JudgedChange], scope: Scope) -> list[Text]:
    """Sales and holidays on the very days on which a change came."""
    country, notes = country_of(scope.project), []
    for change in judged:
        if change.trial is not None:
            continue
        day = change.first
        names = [one.name for one in holidays_between(country, day, day)]
        names += [one.name for one in promos_of(scope.project) if one.start <= day <= one.end and one.start != day]
        notes += [_on_a_holiday(change, name) for name in names[:1]]
    return notes[:3]


def _on_a_holiday(change: JudgedChange, name: Text) -> Text:
    return Text(
        ru=f"{words.in_quotes(change.change.name.said_in(Language.RU))} пришлось на дни «{name.said_in(Language.RU)}».",
        en=f"{words.in_quotes(change.change.name.said_in(Language.EN))} came on “{name.said_in(Language.EN)}”.",
    )
