"""A finding in a few words, without figures: they live in its evidence and change without touching the words."""

from collections.abc import Mapping, Sequence

from tropa.domain.evidence import Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.text import Language, Text
from tropa.events.staged import StagedLog, names_matching
from tropa.insight.finding_words import value_words
from tropa.texts.names import event_words

_CLAIMS: Mapping[FindingKind, Text] = {
    FindingKind.DROP_OFF: Text(ru="Не доходят до «{to}»", en="Do not get to “{to}”"),
    FindingKind.SLOW: Text(ru="Долго ждут «{to}»", en="Wait long for “{to}”"),
    FindingKind.LOOP: Text(ru="Ходят по кругу: «{at}» и обратно", en="Go in circles: “{at}” and back"),
    FindingKind.DEAD_END: Text(ru="Путь обрывается на «{at}»", en="The path breaks off at “{at}”"),
    FindingKind.PAIN: Text(ru="Жалуются: «{at}»", en="Complaints about “{at}”"),
    FindingKind.MISSING_STAGE: Text(ru="Не случается «{at}»", en="“{at}” does not happen"),
    FindingKind.SEGMENT_GAP: Text(ru="Реже доходят до «{to}»", en="Get to “{to}” less often"),
    FindingKind.CHANNEL_GAP: Text(ru="Реже доходят до «{to}»", en="Get to “{to}” less often"),
    FindingKind.HANDOVER: Text(ru="Теряются при передаче: «{at}»", en="Are lost at the hand-over: “{at}”"),
    FindingKind.CHANGE: Text(ru="Изменилось: «{at}»", en="Changed: “{at}”"),
    FindingKind.OPPORTUNITY: Text(ru="Доходят до «{to}» заметно чаще", en="Get to “{to}” clearly more often"),
    FindingKind.UPSELL: Text(ru="Охотно берут следом «{to}»", en="Gladly take “{to}” next"),
}
_RETURN_METRIC = "repeat_share"
_RETURN = Text(ru="Реже возвращаются", en="Come back less often")
_RARER = Text(ru="Стали реже доходить до «{to}»", en="Get to “{to}” less often than before")
_OFTENER = Text(ru="Стали чаще попадать на «{to}»", en="Meet “{to}” more often than before")


def short_claim(finding: Finding, staged: StagedLog) -> Text:
    """What happens and for whom: «Не доходят до «Оплата» · Сибирь, телефон»."""
    return Text(ru=_claim(finding, staged, Language.RU), en=_claim(finding, staged, Language.EN))


def _claim(finding: Finding, staged: StagedLog, language: Language) -> str:
    at = _named(finding.at.event, finding.touchpoint, staged, language)
    to = _named(finding.at.to_event, None, staged, language) or at
    said = _wording(finding).said_in(language).format(at=at or to, to=to)
    who = group_words(finding.segment, language)
    return f"{said} · {who}" if who else said


def _wording(finding: Finding) -> Text:
    if finding.metric == _RETURN_METRIC:
        return _RETURN
    told_both = finding.unit is Unit.SHARE and finding.baseline is not None and finding.at.to_event is not None
    if finding.kind is FindingKind.CHANGE and told_both:
        return _RARER if finding.value < (finding.baseline or 0.0) else _OFTENER
    return _CLAIMS[finding.kind]


def group_words(segment: Mapping[str, str | Sequence[str]] | None, language: Language) -> str:
    """A group in a few words: «Сибирь, Дальний Восток · с телефона»."""
    return " · ".join(value_words(name, given, language) for name, given in (segment or {}).items())


def _named(event: str | None, touchpoint: str | None, staged: StagedLog, language: Language) -> str:
    spec = next((one for one in staged.touchpoints if one.key == touchpoint), None)
    if spec is None and event is not None:
        spec = next(
            (one for one in staged.touchpoints if one.match and names_matching([event], one.match.event)[0]), None
        )
    if spec is not None:
        return spec.name.said_in(language)
    return event_words(event).said_in(language) if event else ""
