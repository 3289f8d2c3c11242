"""Every row of a source of feedback as it will be stored, masked, a batch at a time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from tropa.adapters.stores.local import sql
from tropa.adapters.stores.local.keys import PseudonymKey
from tropa.adapters.stores.local.rawtable import RawTable
from tropa.adapters.stores.local.rows import Identities, Verdict, Warnings
from tropa.adapters.stores.local.voices import Speakers, feedback_of, take_voices
from tropa.domain.project import FeedbackSource
from tropa.domain.text import Text
from tropa.ports import Progress, Report, TableSource, silent
from tropa.texts.document import Feedback

_BATCH = 1_000
_SAMPLE = 400
_READING = "voice.reading"


class VoiceRows:
    """The rows of sources of feedback, in the order of sources and rows; empty ones are rows too."""

    def __init__(
        self, sources: Sequence[tuple[TableSource, FeedbackSource]], key: PseudonymKey, *, zone: str = "UTC"
    ) -> None:
        self._sources = sources
        self._key = key
        self._zone = zone
        self._warnings = Warnings()

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What a person should hear about the rows read so far."""
        return tuple(self._warnings.said)

    def read(self, report: Report = silent) -> Iterator[Feedback]:
        """Each row; ids are those of the rows, numbered where they repeat."""
        times: Counter[str] = Counter()
        identities = Identities()
        for tables, source in self._sources:
            with sql.opened() as connection:
                loaded = tables.load(connection, source, "voices")
                rows = int(connection.execute('SELECT count(*) FROM "voices"').fetchone()[0])
                for begin in range(0, rows, _BATCH):
                    report(Progress(work=_READING, done=begin, total=rows, rows=begin))
                    connection.execute(
                        'CREATE OR REPLACE TABLE "batch" AS SELECT * FROM "voices" WHERE rowid >= ? AND rowid < ? '
                        "ORDER BY rowid",
                        [begin, begin + _BATCH],
                    ).fetchall()
                    table = RawTable(connection, "batch", loaded)
                    yield from self._numbered(self._batch(table, source, identities), times)

    def sample(self) -> tuple[str, ...]:
        """Some texts, the same whatever the order of the rows: by these the industry is told."""
        texts: list[str] = []
        for tables, source in self._sources:
            names = (source.columns.text,) if isinstance(source.columns.text, str) else source.columns.text
            if not names:
                continue
            with sql.opened() as connection:
                loaded = tables.load(connection, source, "voices")
                table = RawTable(connection, "voices", loaded)
                cells = ", ".join(sql.quoted(table.column(name)) for name in names)
                query = f'SELECT concat_ws(chr(10), {cells}) AS t FROM "voices" ORDER BY hash(t), t LIMIT {_SAMPLE}'  # noqa: S608
                texts += [row[0] for row in connection.execute(query).fetchall()]
        return tuple(texts)

    def _batch(self, table: RawTable, source: FeedbackSource, identities: Identities) -> tuple[Feedback, ...]:
        taken = take_voices(table, source, identities=identities, warnings=self._warnings, zone=self._zone)
        taken.verdict[:] = Verdict.ACCEPTED
        nowhere = np.full(len(identities), -1, dtype=np.int32)
        return feedback_of([taken], Speakers(identities.names(), nowhere, self._key))

    @staticmethod
    def _numbered(feedback: Sequence[Feedback], times: Counter[str]) -> Iterator[Feedback]:
        for one in feedback:
            times[one.id] += 1
            yield one if times[one.id] == 1 else replace(one, id=f"{one.id}-{times[one.id]}")
