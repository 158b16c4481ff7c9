"""The engine for clusters, on a real one of two workers: what is lost on the way costs nothing, what differs is named.

Same bytes as one process: tests/test_same_bytes.py.
"""

from __future__ import annotations

import os
import platform
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline import cluster_parts
from pipeline.engines import Item, dask_cluster
from pipeline.engines.choice import choose_engine
from pipeline.engines.dask_cluster import run_dask
from pipeline.errors import BadSettings, ExtractError
from pipeline.records import Article, Block, Rejected, Result
from pipeline.selection import select_files
from pipeline.settings import Settings

if TYPE_CHECKING:
    import psutil
    from distributed import LocalCluster

# Dask takes long to load and is loaded by the tests that use it, not by whoever looks for tests.
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals")]


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers that are reached by TLS, the certificates in Dask's configuration, as a real cluster has them."""
    import dask
    from distributed import Client, LocalCluster
    from distributed.security import Security

    from tests.helpers.fake_cluster import FakeWorkers

    pem = Security.temporary()
    tls: dict[str, Any] = {"distributed.comm.require-encryption": True, "distributed.comm.tls.ca-file": pem.tls_ca_file}
    for role in ("scheduler", "worker", "client"):
        tls[f"distributed.comm.tls.{role}.cert"] = getattr(pem, f"tls_{role}_cert")
        tls[f"distributed.comm.tls.{role}.key"] = getattr(pem, f"tls_{role}_key")
    settings = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with (
        dask.config.set({**tls, "distributed.scheduler.allowed-failures": 1}),
        LocalCluster(**settings, protocol="tls://", security=Security(), silence_logs=50) as started,
        Client(started.scheduler_address) as client,
    ):
        client.register_plugin(FakeWorkers(), name="fake")
        yield started


def article(text: str, number: int) -> Article:
    return Article(f"d{number}", f"key {number}", f"{number}.txt", text, (Block(0, len(text), "body"),))


def pids_of(cluster: LocalCluster) -> list[int]:
    from distributed import Client

    with Client(cluster.scheduler_address) as client:
        client.wait_for_workers(2, timeout=60)
        return list(client.run(os.getpid).values())


def extracting(cluster: LocalCluster) -> list[psutil.Process]:
    """The processes that the cluster's workers keep for runs."""
    import psutil

    with suppress(psutil.NoSuchProcess):
        return [child for pid in pids_of(cluster) for child in psutil.Process(pid).children()]
    return extracting(cluster)


def test_results_come_in_order_though_a_worker_is_killed(cluster: LocalCluster) -> None:
    items: list[Item] = [article("SLOW" if number % 5 == 0 else "text", number) for number in range(90)]
    items[3] = Rejected("3.txt", "unreadable")
    items[40] = article("KILL", 40)
    done: list[Result | Rejected] = []
    for item in run_dask(items, "", (), 2, scheduler=cluster.scheduler_address):
        done.append(item)
        if len(done) == 5:
            os.kill(pids_of(cluster)[0], signal.SIGKILL)
    names = [item.article.file if isinstance(item, Result) else item.file for item in done]
    assert names == [f"{number}.txt" for number in range(90)]
    rejected = {item.file: item.reason for item in done if isinstance(item, Rejected)}
    assert rejected == {
        "3.txt": "unreadable",
        "40.txt": "processing failed: its worker ended (signal SIGKILL: maybe the memory ran out)",
    }
    assert not extracting(cluster)


def test_who_stops_early_leaves_nothing_running(cluster: LocalCluster) -> None:
    results = run_dask(
        (article("SLOW", number) for number in range(200)), "", (), 2, scheduler=cluster.scheduler_address
    )
    next(results)
    assert extracting(cluster)
    assert isinstance(results, Iterator)
    results.close()  # type: ignore[attr-defined]
    until = time.monotonic() + 20
    while extracting(cluster) and time.monotonic() < until:
        time.sleep(0.1)
    assert not extracting(cluster)


def test_workers_read_by_themselves_and_leave_parts_though_one_is_killed(
    cluster: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cluster_parts, "_MOST_FILES", 3)
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(24):
        word = "KILL" if number == 13 else "SLOW"
        (folder / f"{number:02}.txt").write_text(f"Number {number} of the papers is {word}, she said to us.")
    address = cluster.scheduler_address
    settings = Settings(engine="dask", scheduler=address, shared=f"file://{tmp_path.as_posix()}/shared")
    parts = cluster_parts.ClusterRunParts(settings, select_files(settings), "fingerprint")
    done: list[Item] = []
    for item in parts.items([]):
        done.append(item)
        if len(done) == 4:
            os.kill(pids_of(cluster)[0], signal.SIGKILL)
    names = [item.article.file if isinstance(item, Result) else item.file for item in done]
    assert names == [f"corpus/{number:02}.txt" for number in range(24)]
    assert [item.file for item in done if isinstance(item, Rejected)] == ["corpus/13.txt"]
    assert not extracting(cluster)
    made = {path: path.stat().st_mtime_ns for path in tmp_path.glob("shared/articles/*")}
    assert len(made) >= 8
    missing = min(made)
    missing.unlink()
    again = cluster_parts.ClusterRunParts(settings, select_files(settings), "fingerprint")
    assert len(list(again.items([]))) == 24
    assert [path for path in made if path.stat().st_mtime_ns != made[path]] == [missing]


def versions_here_and_elsewhere() -> dict[str, str]:
    return {"Python": "3.11", "spacy": f"as on process {os.getpid()}"}


def test_a_worker_with_other_versions_is_refused_by_their_names(cluster: LocalCluster) -> None:
    run = run_dask([article("text", 1)], "", (), 2, scheduler=cluster.scheduler_address,
                   find_versions=versions_here_and_elsewhere)  # fmt: skip
    with pytest.raises(ExtractError) as caught:
        list(run)
    assert caught.value.message == f"The worker on {platform.node()} has another version of: spacy."
    assert "the same newsclaims" in caught.value.hint


def test_an_article_with_which_every_worker_is_lost_is_a_row(
    cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_cluster, "extract_batch", end_on_word)
    texts = ["one", "two", *["text"] * 16, "the END", *["text"] * 16]
    done = list(run_dask([article(text, number) for number, text in enumerate(texts)], "", (), 2,
                         scheduler=cluster.scheduler_address))  # fmt: skip
    lost = [item for item in done if isinstance(item, Rejected)]
    assert [(item.file, item.reason) for item in lost] == [
        ("18.txt", "processing failed: every worker of the cluster that took it was lost")
    ]
    assert len(done) == len(texts)


def end_on_word(_: dask_cluster.ClusterRun, texts: list[str]) -> list[str]:
    if any("the END" in text for text in texts):
        # Dask starts no other worker for one that ends before Dask has noticed that it began, and the run would wait.
        time.sleep(0.3 * max(1.0, os.getloadavg()[0]))
        os.kill(os.getpid(), signal.SIGKILL)
    return ["\n".join(("result", '["mentions",[]]', '["dates",[]]', '["claims",[]]', '["words",0]')) for _ in texts]


def test_a_scheduler_that_is_not_there_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(ExtractError, match=r"The cluster at tcp://127\.0\.0\.1:9 can't be used"):
        list(run_dask([article("text", 1)], "", (), 1, scheduler="tcp://127.0.0.1:9"))


def test_without_dask_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExtractError) as caught:
        list(run_dask([article("text", 1)], "", (), 1))
    assert "newsclaims[dask]" in caught.value.hint


def test_an_engine_that_does_not_exist_and_a_scheduler_without_dask_are_refused() -> None:
    with pytest.raises(BadSettings, match="no engine 'spark'"):
        choose_engine(Settings(engine="spark"))
    with pytest.raises(BadSettings, match="for the engine dask alone"):
        choose_engine(Settings(scheduler="tls://host:8786"))
