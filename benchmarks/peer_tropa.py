"""The standard set, asked of tropa: from its store, or straight from a Parquet file."""

import shutil
from datetime import timedelta
from pathlib import Path

import numpy as np

from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.funnel import FunnelQuery, run_funnel, step_of
from tropa.analysis.sessions import SessionQuery, count_sessions
from tropa.analysis.step_flow import step_flow
from tropa.analysis.transitions import TransitionQuery, transitions_by
from tropa.analysis.variants import VariantQuery, variants
from tropa.bootstrap import Workshop
from tropa.events.groups import Reached
from tropa.events.places import EventNames, every_event_name
from tropa.events.stretches import Stretch
from tropa.version import __version__

PROJECT = """\
version: 1
project: bench
sources:
  - file: events.parquet
    kind: events
    columns: {person: user_id, event: event, time: {column: timestamp, format: epoch_us}}
"""


def answer_as_tropa(asked, tasks, work: Path) -> str:
    from tropa.adapters.stores.local.store import LocalStore
    from tropa.adapters.stores.parquet_log import read_events

    engine = LocalEngine(asked.threads)
    place = work / "company"

    place.mkdir()
    shutil.copyfile(asked.events, place / "events.parquet")
    (place / "tropa.yaml").write_text(PROJECT, encoding="utf-8")

    def load() -> None:
        workshop = Workshop(place)
        workshop.ingest(workshop.project())

    if asked.engine == "tropa_store":
        tasks("load", load)
        log = LocalStore(place).load()
    else:
        log = None

    def current():
        return log if log is not None else held["log"]

    held = {}

    def read() -> None:
        held["log"] = read_events(
            Path(asked.events), person="user_id", event="event", time="timestamp", threads=asked.threads
        )

    if log is None:
        tasks("set.read", read)
    steps = tuple(step_of(step, step) for step in asked.steps.split(","))

    def moves():
        query = TransitionQuery(every_event_name(current()))
        return transitions_by(current(), query, Reached(EventNames(((asked.goal,),))), engine)

    def told(found):
        medians = np.concatenate([one.median_seconds for one in found])
        return [len(medians), int(sum(one.events.sum() for one in found)), round(float(medians.sum()), 1)]

    tasks("set.dfg", moves, told)
    tasks(
        "set.variants",
        lambda: variants(current(), VariantQuery(every_event_name(current()), top=20, collapse=False), engine),
        lambda found: [found.variants[0].persons, sum(one.persons for one in found.variants)],
    )
    tasks(
        "set.funnel",
        lambda: run_funnel(current(), FunnelQuery(steps, timedelta(days=7)), engine),
        lambda found: [one.persons for one in found.steps],
    )
    tasks(
        "set.sessions",
        lambda: count_sessions(current(), SessionQuery(every_event_name(current())), engine),
        lambda found: found.sessions,
    )
    tasks(
        "set.steps",
        lambda: step_flow(current(), Stretch(places=every_event_name(current()), after=9, collapse=False), engine),
        lambda found: sum(persons for step in found.at for _, persons in step),
    )
    return __version__
