"""Folds on a Spark cluster: workers read their own buckets, and only sums travel."""

import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial, reduce
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tropa.domain.project import EngineSpec
from tropa.errors import EngineError
from tropa.events.fold import Fold, Sum
from tropa.events.log import BUCKETS, EventLog
from tropa.version import __version__

INSTALL = "Install it with: pip install 'tropa[spark]'."
_PIECES_A_CORE = 2


@dataclass(slots=True)
class SparkEngine:
    """Runs folds on a cluster that is there already.

    A log that is given is written once, bucket by bucket, into `folder`; its events do not come back. A log that was
    opened (`open`) has its events on the cluster alone.
    """

    session: Any
    folder: str
    _addresses: dict[int, tuple[EventLog, str]] = field(default_factory=dict)

    def open(self, address: str) -> EventLog:
        """The head of a log whose bucket files are at this address; questions asked with it run over them."""
        from tropa.adapters.engines.buckets import BucketFiles  # noqa: PLC0415  pyarrow is in the extra alone

        with _told_plainly(address):
            head = BucketFiles(address).head()
        self._addresses[id(head)] = (head, address)
        return head

    def run(self, fold: Fold[Sum], log: EventLog) -> Sum:
        """The sum over all units of the log, the same as on one machine."""
        from tropa.adapters.engines.packing import packed, unpacked  # noqa: PLC0415
        from tropa.adapters.engines.worker import add_up  # noqa: PLC0415

        address = self._address_of(log)
        work = partial(add_up, fold=packed(fold), address=address, version=__version__)
        with _told_plainly(address):
            buckets = self.session.range(0, BUCKETS, 1, self._partitions())
            rows = buckets.mapInArrow(work, "sum binary").collect()
        return reduce(fold.merge, (unpacked(bytes(row["sum"])) for row in rows), fold.zero())

    def _address_of(self, log: EventLog) -> str:
        from tropa.adapters.engines.buckets import BucketFiles, clear_old, name_of  # noqa: PLC0415

        if (known := self._addresses.get(id(log))) is not None:
            return known[1]
        address = f"{self.folder.rstrip('/')}/{name_of(log)}"
        files = BucketFiles(address)
        with _told_plainly(self.folder):
            if not files.exist():
                files.write(log)
                clear_old(self.folder)
        self._addresses[id(log)] = (log, address)
        return address

    def _partitions(self) -> int:
        """A bucket a task on a large cluster, several on a small one."""
        context = getattr(self.session, "_jsparkSession", None) and self.session.sparkContext
        if not context:
            return BUCKETS
        return min(BUCKETS, max(_PIECES_A_CORE * int(context.defaultParallelism), 2))


def spark_engine(spec: EngineSpec, folder: Path) -> SparkEngine:
    """The engine that tropa.yaml asks for; `folder` is where buckets go unless it says otherwise."""
    with _told_plainly("", INSTALL):
        import pyarrow  # noqa: F401, ICN001, PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415
    master = spec.master or os.environ.get("SPARK_REMOTE") or os.environ.get("MASTER") or "local[*]"
    _reach(master, spec.timeout)
    with _told_plainly(master):
        builder = SparkSession.builder.appName("tropa")
        if master.startswith("sc://"):
            session = builder.remote(master).getOrCreate()
        else:
            session = _classic(builder, master)
            _wait_for_workers(session, spec.timeout)
    return SparkEngine(session, spec.buckets or str(folder.resolve()))


def _classic(builder: Any, master: str) -> Any:
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise EngineError(
            "Spark needs Java, and there is none on this machine.",
            "Install Java 17 or newer and set JAVA_HOME, or give the address of a Spark Connect server (sc://host:15002).",
        )
    if master.startswith("local"):  # workers are on this machine: they are this Python
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    for name, value in quiet.items():
        builder = builder.config(name, value)
    if local := os.environ.get("SPARK_LOCAL_IP"):
        builder = builder.config("spark.driver.bindAddress", local).config("spark.driver.host", local)
    return builder.master(master).getOrCreate()


def _reach(master: str, limit: timedelta) -> None:
    """A master that does not answer is told at once: Spark itself tries for minutes."""
    if not master.startswith(("spark://", "sc://")):
        return
    places = [urlsplit(f"//{one}") for one in re.sub(r"^\w+://", "", master).split(";")[0].split(",")]
    port = 15002 if master.startswith("sc://") else 7077
    errors = []
    for place in places:
        try:
            socket.create_connection((place.hostname or "", place.port or port), limit.total_seconds()).close()
        except OSError as error:
            errors.append(f"{place.hostname}:{place.port or port}: {error.strerror or error}")
        else:
            return
    raise EngineError(
        f"The Spark master does not answer ({'; '.join(errors)}).",
        "Check `engine: master:` in tropa.yaml, that the cluster runs, and that this machine may reach it.",
    )


def _wait_for_workers(session: Any, limit: timedelta) -> None:
    """A job without workers would wait for ever."""
    context = session.sparkContext
    if context.master.startswith("local") or session.conf.get("spark.dynamicAllocation.enabled", "false") == "true":
        return
    until = time.monotonic() + limit.total_seconds()
    while context._jsc.sc().getExecutorMemoryStatus().size() < 2:  # noqa: SLF001  the driver itself is one
        if time.monotonic() > until:
            session.stop()
            raise EngineError(
                f"The cluster gave no workers within {limit.total_seconds():g} seconds.",
                "See in its web page whether workers are registered and have free cores, or raise `timeout`.",
            )
        time.sleep(0.1)


@contextmanager
def _told_plainly(where: str, hint: str = "") -> Iterator[None]:
    """Errors of Spark and of the network in words that say what to do."""
    try:
        yield
    except EngineError:
        raise
    except ImportError as error:
        raise EngineError(f"Spark is not installed here: {error}.", INSTALL) from error
    except Exception as error:
        said, advice = _explained(str(error), where)
        raise EngineError(said, hint or advice) from error


def _explained(said: str, where: str) -> tuple[str, str]:
    if "No module named 'tropa" in said or "No module named 'pyarrow" in said:
        return (
            "The workers of the cluster have no tropa.",
            "Install the same tropa[spark] for the Python that they use (PYSPARK_PYTHON).",
        )
    if found := re.search(r"tropa (\S+) asks, tropa (\S+) is on the worker", said):
        return f"The workers have tropa {found[2]}, this machine {found[1]}.", "Install the same version everywhere."
    if "PYTHON_VERSION_MISMATCH" in said:
        return "The workers use another Python than this machine.", "Set PYSPARK_PYTHON to the same minor version."
    if "JAVA_GATEWAY_EXITED" in said:
        return "Java did not start.", "Spark 4 needs Java 17 or newer: see what `java -version` says."
    if "FileNotFoundError" in said or "No such file" in said or "Permission denied" in said:
        return (
            f"The workers cannot read {where}.",
            "Set `engine: buckets:` to a folder that this machine and all workers reach under the same name.",
        )
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["no reason given"]
    told = [line for line in lines if re.match(r"[\w.]*(Error|Exception): ", line)] or lines[:1]
    return f"Spark could not do it: {told[-1][:300]}", f"At {where}." if where else ""
