"""Asks a cluster questions and says which answers equal those of one machine: `… MASTER FOLDER SECONDS NAMES`."""

import sys
from datetime import timedelta
from pathlib import Path

from builders.every_question import QUESTIONS, a_full_log, is_same
from tropa.adapters.engines.local import LocalEngine
from tropa.adapters.engines.spark import spark_engine
from tropa.domain.project import EngineKind, EngineSpec
from tropa.errors import TropaError


def ask(master: str, folder: Path, timeout: timedelta, names: list[str]) -> None:
    log, here = a_full_log(), LocalEngine(1)
    cluster = spark_engine(EngineSpec(kind=EngineKind.SPARK, master=master, timeout=timeout), folder)
    for name in names:
        expected = QUESTIONS[name](log, here)
        print("same" if is_same(QUESTIONS[name](log, cluster), expected) else "DIFFERENT", name, flush=True)
    (written,) = folder.iterdir()
    head = cluster.open(str(written))
    name = "transitions"
    same = head.size == 0 and is_same(QUESTIONS[name](head, cluster), QUESTIONS[name](log, here))
    print("same" if same else "DIFFERENT", "events that are on the cluster alone", flush=True)
    (written / "events-07.parquet").unlink()
    try:
        QUESTIONS[name](head, cluster)
    except TropaError as error:
        print("told:", error.message, flush=True)


if __name__ == "__main__":
    ask(sys.argv[1], Path(sys.argv[2]), timedelta(seconds=float(sys.argv[3])), sys.argv[4:])
