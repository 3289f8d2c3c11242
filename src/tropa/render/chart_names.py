"""What each chart finds, in a sentence: its name for those who do not see it."""

from tropa.domain.text import Language
from tropa.render import words
from tropa.render.heads import loss_after
from tropa.render.sheet import Column, Sheet


def flow_name(sheet: Sheet, language: Language) -> str:
    """From how many to how many, and where most are lost."""
    known = [one for one in sheet.columns if one.record.persons is not None]
    if not known:
        return words.label("no-events", language)
    first, last = (words.whole(one.record.persons or 0, language) for one in (known[0], known[-1]))
    told = f"{words.label('chart.flow', language)}: {first} — {last}"
    losses = [(loss, one) for one in known if (loss := loss_after(one.record)) is not None]
    if not losses:
        return told
    loss, where = max(losses, key=lambda one: one[0].persons)
    return f"{told}. {words.label('minute.loss', language)}: {_quoted(where, language)}, {loss.counts_in(language)}"


def emotion_name(sheet: Sheet, language: Language) -> str:
    """The best and the worst place with their values."""
    known = [(card.value, one) for one in sheet.columns if (card := sheet.emotion_card(one)) and card.value is not None]
    if not known:
        return words.label("no-reviews", language)
    low, high = (find(known, key=lambda one: one[0]) for find in (min, max))
    told = [
        f"{words.label(key, language)}: {_quoted(where, language)}, {words.signed(value, language)}"
        for key, (value, where) in (("chart.best", high), ("chart.worst", low))
    ]
    return ". ".join(told)


def _quoted(column: Column, language: Language) -> str:
    name = column.record.name.said_in(language)
    return f"«{name}»" if language is Language.RU else f"“{name}”"
