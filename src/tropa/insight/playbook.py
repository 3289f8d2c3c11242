"""The playbook: what to try about a kind of problem, and on which measured facts each entry depends."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tropa.domain.finding import Finding, FindingKind
from tropa.domain.text import Text

GROUP_WORDS: Mapping[str, tuple[str, ...]] = {
    "device": ("device", "platform", "browser", "os", "устройств", "платформ", "браузер"),
    "channel": ("channel", "source", "utm", "campaign", "канал", "источник", "кампани"),
    "region": ("region", "city", "country", "state", "регион", "город", "страна", "округ"),
    "payment": ("payment", "pay", "оплат"),
    "delivery": ("carrier", "courier", "delivery", "shipping", "достав", "служба"),
    "account": ("account", "login", "guest", "membership", "кабинет", "аккаунт"),
    "product": ("product", "kind", "category", "item", "товар", "категори", "продукт"),
    "experience": ("experience", "cohort", "lifecycle", "level", "new", "опыт", "уровень", "новичок"),
    "time": ("hour", "weekday", "day_part", "час", "часы", "день"),
}
"""What a property's name tells of: beginnings of its words, Russian and English; up to three letters, whole words."""
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_WHOLE_WORD = 3
_AFTER_THE_STEP = frozenset({"repeat_share", "contact_rate"})
_GROWTH = frozenset({FindingKind.OPPORTUNITY, FindingKind.UPSELL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry.

    Empty conditions hold always; `groups` must all be among the finding's, `pair` asks for two properties;
    `metric` None = any; `dated` None = whether dated or not.
    """

    key: str
    kinds: tuple[FindingKind, ...]
    stages: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    metric: str | None = None
    dated: bool | None = None
    pair: bool = False
    text: Text
    first_step: Text
    not_when: Text

    def fits(self, finding: Finding, kind_of_stage: str | None, industry: str | None) -> bool:
        """Every condition holds for the measured facts of the finding."""
        groups = groups_of(finding)
        return (
            finding.kind in self.kinds
            and (not self.stages or kind_of_stage in self.stages)
            and set(self.groups) <= groups
            and (not self.industries or industry in self.industries)
            and self._speaks_of(finding)
            and self.dated in {None, finding.since is not None}
            and (not self.pair or len(finding.segment or {}) > 1)
        )

    def _speaks_of(self, finding: Finding) -> bool:
        """Advice about passing a step says nothing of who comes back or asks for help after it."""
        if self.metric is not None or finding.metric not in _AFTER_THE_STEP or finding.kind in _GROWTH:
            return self.metric in {None, finding.metric}
        return not self.stages and not self.groups

    @property
    def specificity(self) -> int:
        """How many conditions the entry has: the more, the better it fits where it fits."""
        return (
            bool(self.stages)
            + 2 * len(self.groups)
            + bool(self.industries)
            + 2 * (self.metric is not None)
            + (self.dated is not None)
            + self.pair
        )


@cache
def playbook() -> tuple[Entry, ...]:
    """All entries as shipped."""
    data = tomllib.loads((files("tropa.insight") / "data" / "playbook.toml").read_text(encoding="utf-8"))
    return tuple(
        Entry(
            key=one["key"],
            kinds=tuple(FindingKind(kind) for kind in one["kinds"]),
            stages=tuple(one.get("stages", ())),
            groups=tuple(one.get("groups", ())),
            industries=tuple(one.get("industries", ())),
            metric=one.get("metric"),
            dated=one.get("dated"),
            pair=one.get("pair", False),
            text=Text(ru=one["ru"], en=one["en"]),
            first_step=Text(ru=one["step_ru"], en=one["step_en"]),
            not_when=Text(ru=one["not_ru"], en=one["not_en"]),
        )
        for one in data["entry"]
    )


def groups_of(finding: Finding) -> frozenset[str]:
    """What the finding's group is told by: device, region and so on."""
    words = {word for name in finding.segment or {} for word in _NOT_LETTERS.split(name.casefold()) if word}
    return frozenset(kind for kind, parts in GROUP_WORDS.items() if any(_tells(word, parts) for word in words))


def _tells(word: str, parts: tuple[str, ...]) -> bool:
    return any(word == part if len(part) <= _WHOLE_WORD else word.startswith(part) for part in parts)
