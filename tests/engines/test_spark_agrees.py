"""The same questions on a cluster give equal answers; what can go wrong with a cluster is told plainly."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from builders.every_question import QUESTIONS
from tropa.domain.project import EngineKind, EngineSpec
from tropa.errors import EngineError

pytestmark = pytest.mark.full
TESTS = Path(__file__).parents[1]
ALONE = "events that are on the cluster alone"


def environment():
    paths = [str(TESTS), *(one for one in sys.path if one.endswith("src"))]
    return os.environ | {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join(paths),
    }


@pytest.fixture(scope="module")
def spark_home():
    pyspark = pytest.importorskip("pyspark", reason="needs pyspark: pip install --group cluster")
    return Path(pyspark.__file__).parent


@contextmanager
def running(*commands, log):
    with log.open("wb") as out:
        started = [
            subprocess.Popen(one, stdout=out, stderr=out, env=environment(), start_new_session=True) for one in commands
        ]
        try:
            yield started
        finally:
            for one in started:
                one.terminate()
            for one in started:
                one.wait(20)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, processes, seconds=90):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert all(one.poll() is None for one in processes)
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail(f"nothing answers at port {port}")


@pytest.fixture(scope="module")
def master(spark_home, tmp_path_factory):
    """A standalone master with two workers, as a company's cluster is, on this machine alone."""
    room, port, page = tmp_path_factory.mktemp("cluster"), free_port(), free_port()
    spark = [str(spark_home / "bin" / "spark-class"), "org.apache.spark.deploy"]
    at = ["--host", "127.0.0.1"]
    first = [spark[0], f"{spark[1]}.master.Master", *at, "--port", str(port), "--webui-port", str(page)]
    worker = [spark[0], f"{spark[1]}.worker.Worker", *at, "-c", "1", "-m", "1g", "--webui-port", "0"]
    address = f"spark://127.0.0.1:{port}"
    with running(first, log=room / "master.log") as one:
        wait_for(port, one)
        with running(*([*worker, "-d", str(room / name), address] for name in "ab"), log=room / "workers.log"):
            yield address


@pytest.fixture(scope="module")
def sail(spark_home, tmp_path_factory):
    """Another engine that speaks Spark Connect, with workers of its own."""
    pytest.importorskip("pysail", reason="needs pysail: pip install --group cluster")
    port = free_port()
    command = [sys.executable, "-m", "pysail", "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
    os.environ["SAIL_MODE"] = "local-cluster"
    with running(command, log=tmp_path_factory.mktemp("sail") / "sail.log") as started:
        wait_for(port, started)
        yield f"sc://127.0.0.1:{port}"


def asked(master, folder, names, seconds=60, **settings):
    script = str(TESTS / "engines" / "ask_a_cluster.py")
    command = [sys.executable, script, master, str(folder), str(seconds), *names]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment() | settings, timeout=400, check=False
    )


SOME = ("funnel by first touch", "flow over stages", "transitions by group", "typical paths", "retention")


@pytest.mark.parametrize(("cluster", "names"), [("master", SOME), ("sail", tuple(QUESTIONS))])
def test_a_cluster_answers_as_one_machine_does(cluster, names, request, tmp_path):
    """A job of Spark takes its time, so it is asked what differs in kind; Sail is asked everything."""
    done = asked(request.getfixturevalue(cluster), tmp_path / "buckets", names)
    said = done.stdout.splitlines()

    assert said[:-1] == [f"same {name}" for name in [*names, ALONE]], done.stderr[-3000:]
    assert said[-1].startswith(f"told: The workers cannot read {tmp_path}")


def test_workers_without_tropa_are_told(master, tmp_path):
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    done = asked(master, tmp_path / "buckets", SOME[:1], PYSPARK_PYTHON=str(bare / "bin" / "python"))

    assert "The workers of the cluster have no tropa." in done.stderr


@pytest.mark.parametrize("scheme", ["spark", "sc"])
def test_a_master_that_does_not_answer_is_told_at_once(spark_home, tmp_path, scheme):
    from tropa.adapters.engines.spark import spark_engine

    spec = EngineSpec(kind=EngineKind.SPARK, master=f"{scheme}://127.0.0.1:{free_port()}", timeout=timedelta(seconds=2))
    began = time.monotonic()
    with pytest.raises(EngineError, match="master does not answer"):
        spark_engine(spec, tmp_path)
    assert time.monotonic() - began < 30


def test_a_cluster_without_workers_is_told(spark_home, tmp_path):
    port = free_port()
    command = [str(spark_home / "bin" / "spark-class"), "org.apache.spark.deploy.master.Master"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--webui-port", str(free_port())]
    with running([*command, *options], log=tmp_path / "master.log") as started:
        wait_for(port, started)
        done = asked(f"spark://127.0.0.1:{port}", tmp_path / "buckets", (), seconds=3)

    assert "The cluster gave no workers within 3 seconds" in done.stderr


def test_a_machine_without_java_is_told(spark_home, tmp_path, monkeypatch):
    from tropa.adapters.engines.spark import spark_engine

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(EngineError, match="needs Java"):
        spark_engine(EngineSpec(kind=EngineKind.SPARK, master="local[1]"), tmp_path)
