"""The playbook: what to try about a kind of problem, and on which measured facts each entry depends."""

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
    "payment": ("payment", "pay_", "оплат"),
    "delivery": ("carrier", "courier", "delivery", "shipping", "достав", "служба"),
    "account": ("account", "login", "guest", "membership", "кабинет", "аккаунт"),
    "product": ("product", "kind", "category", "item", "товар", "категори", "продукт"),
    "experience": ("experience", "cohort", "lifecycle", "level", "new", "опыт", "уровень", "новичок"),
    "time": ("hour", "weekday", "day_part", "час", "день_недели"),
}
"""What a property's name tells of: parts of names, Russian and English."""


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
            and self.metric in {None, finding.metric}
            and self.dated in {None, finding.since is not None}
            and (not self.pair or len(finding.segment or {}) > 1)
        )

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
    names = [name.lower() for name in finding.segment or {}]
    return frozenset(
        kind for kind, parts in GROUP_WORDS.items() if any(part in name for name in names for part in parts)
    )
