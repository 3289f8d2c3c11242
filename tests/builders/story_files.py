"""A story's files read back by the plainest means: the log, tables, and who of the second delivery has the cure."""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import exp, sqrt

from python_calamine import CalamineWorkbook

from tropa.domain.text import Language
from tropa.simulate.story import simulate, telling_of
from tropa.simulate.story_facts import Delivery
from tropa.simulate.telling import Telling


@dataclass(frozen=True, slots=True)
class StoryFiles:
    """Files by name, the words of the story, and the log's rows as dicts."""

    files: dict[str, bytes]
    truth: bytes
    telling: Telling
    log: list[dict[str, str]]

    def table(self, key: str) -> list[dict[str, object]]:
        name = self.telling.tables[key].file
        content = self.files[name]
        if name.endswith(".xlsx"):
            head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
            return [dict(zip(map(str, head), row, strict=True)) for row in rows]
        coding = "utf-8-sig" if key in {"reviews", "survey"} else self.telling.shape.encoding
        return list(csv.DictReader(io.StringIO(content.decode(coding)), delimiter=self.telling.shape.delimiter))

    def events(self) -> dict[str, set[str]]:
        """Names of events by person."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.log:
            found[row[self.telling.log.heads["person"]]].add(row[self.telling.log.heads["event"]])
        return found

    def values(self, name: str) -> dict[str, str]:
        """A property's word by person."""
        head = self.telling.heads[name]
        return {row[self.telling.log.heads["person"]]: row[head] for row in self.log if row[head]}


def read_story(
    story: str, language: Language, *, seed: int, scale: float = 1.0, delivery: Delivery = Delivery.BEFORE
) -> StoryFiles:
    business = simulate(story, language=language, seed=seed, scale=scale, delivery=delivery)
    telling = telling_of(story, language)
    assert telling is not None
    text = gzip.decompress(business.files[telling.log.file]).decode()
    return StoryFiles(dict(business.files), business.truth, telling, list(csv.DictReader(io.StringIO(text))))


def times_as_many(cured: Iterable[str], usual: Iterable[str], reached: Collection[str]) -> tuple[float, float, float]:
    """How many times as many of the cured got there as of the others, with its 99 % interval."""
    groups = [list(cured), list(usual)]
    (k1, n1), (k0, n0) = ((sum(one in reached for one in group), len(group)) for group in groups)
    ratio, error = (k1 / n1) / (k0 / n0), 2.58 * sqrt(1 / k1 - 1 / n1 + 1 / k0 - 1 / n0)
    return ratio, ratio * exp(-error), ratio * exp(error)
