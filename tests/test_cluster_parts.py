"""A large run on a cluster, its workers played by this process: parts in a shared folder give the bytes of one run."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline import cluster_parts, run_job
from pipeline.cluster_parts import MANY_FILES, has_workers_read
from pipeline.engines import dask_tasks
from pipeline.engines.dask_cluster import ClusterRun
from pipeline.errors import BadSettings, ExtractError
from pipeline.part_tables import PartItem, find_part_names, read_part_tables, write_part_tables
from pipeline.records import Rejected
from pipeline.run_parts import collect
from pipeline.selection import Selection
from pipeline.settings import Settings
from pipeline.storage import open_folder
from tests.helpers.store import EXTRACTED, extracted, outputs_of, run

SHARED = Settings(engine="dask", shared="shared", outputs=Path("together"))


@pytest.fixture
def articles(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus whose parts share texts and keys and have files that can't be read; the cluster is this process."""
    for number in range(7):
        (corpus / f"{number}.txt").write_text(f"Number {number} is late, she said. He went home.\n", encoding="utf-8")
    shutil.copy(corpus / "0.txt", corpus / "4.txt")
    shutil.copy(corpus / "4.txt", corpus / "6.txt")
    (corpus / "5.txt.meta.json").write_text('{"published": "2024-05-06"}')
    (corpus / "empty.txt").write_text("")
    (corpus / "gone.txt").symlink_to("nowhere.txt")
    for name in ("x", "y", "z"):  # three articles of one address
        page = {"text": f"The {name} is open, the mayor said. It rained.", "url": "https://paper.example/same"}
        (corpus / f"{name}.json").write_text(json.dumps(page), encoding="utf-8")

    def do_here(tasks: Sequence[Any], work: Any, run: ClusterRun, workers: int, scheduler: str = "") -> Iterator[None]:
        for task in tasks:
            work(task, lambda items: extracted(items, Settings()))
            yield

    monkeypatch.setattr(dask_tasks, "run_tasks", do_here)
    monkeypatch.setattr(cluster_parts, "result_parts", lambda _: {})
    monkeypatch.setattr(cluster_parts, "_FILES_PER_PART", 2**32 + 1)  # cut by number alone, wherever the corpus lies
    monkeypatch.setattr(cluster_parts, "_MOST_FILES", 2)
    return corpus


def part_files(table: str = "articles") -> list[Path]:
    return sorted(Path("shared").glob(f"{table}/*"))


def test_parts_of_workers_give_the_bytes_of_one_run(articles: Path) -> None:
    run()
    summary = run_job.run(SHARED)
    assert outputs_of(Path("together")) == outputs_of(Path("outputs"))
    assert (summary.copies, len(summary.rejected)) == (2, 2)
    assert len(part_files()) == len(part_files("claims")) == len(part_files("mentions")) > 3
    collected = collect(["shared"], Settings(outputs=Path("again")))
    assert outputs_of(Path("again")) == outputs_of(Path("outputs"))
    assert collected.read == summary.read


def test_articles_published_earlier_are_left_out(articles: Path) -> None:
    since = date(2025, 1, 1)
    assert run_job.run(replace(SHARED, since=since)).earlier == run_job.run(Settings(since=since)).earlier
    assert collect(["shared"], Settings(outputs=Path("again"))).earlier == ["corpus/5.txt"]
    assert outputs_of(Path("again")) == outputs_of(Path("outputs"))


def test_only_missing_and_changed_parts_are_made(articles: Path) -> None:
    run_job.run(SHARED)
    made = part_files()
    EXTRACTED.clear()
    run_job.run(SHARED)
    assert part_files() == made
    assert set(EXTRACTED) <= {"corpus/y.json", "corpus/z.json"}  # whose keys another part has
    changed = {path: path.stat().st_mtime_ns for path in made}
    made[0].unlink()
    run_job.run(SHARED)
    assert part_files() == made
    assert [path for path in made if path.stat().st_mtime_ns != changed[path]] == made[:1]
    (articles / "3.txt").write_text("Number 3 is early, she said.\n", encoding="utf-8")
    (articles / "5.txt.meta.json").write_text('{"published": "2024-05-16 12:00"}')
    run()
    EXTRACTED.clear()
    run_job.run(SHARED)
    assert {"corpus/3.txt", "corpus/5.txt"} <= set(EXTRACTED)
    assert outputs_of(Path("together")) == outputs_of(Path("outputs"))


def test_a_run_that_was_stopped_leaves_whole_parts_and_can_not_be_collected(articles: Path) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_job.run(SHARED, stop)
    there = part_files()
    assert there
    assert not Path("together/claims.csv").exists()
    with pytest.raises(ExtractError) as caught:
        collect(["shared"], Settings())
    assert caught.value.message.startswith("Of the ")
    assert caught.value.message.endswith(" are missing.")
    run_job.run(SHARED)
    run()
    assert outputs_of(Path("together")) == outputs_of(Path("outputs"))
    assert {path.name for path in there} < {path.name for path in part_files()}


@pytest.mark.parametrize("table", ["articles", "claims"])
@pytest.mark.parametrize("damage", ["cut", "no parquet", "gone"])
def test_a_damaged_part_is_named(articles: Path, table: str, damage: str) -> None:
    run_job.run(SHARED)
    path = part_files(table)[1]
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] if damage == "cut" else b"no parquet")
    if damage == "gone":
        path.unlink()
    with pytest.raises(ExtractError) as caught:
        collect(["shared"], Settings())
    expected = {"articles": "are missing", "claims": "can't be used"}[table] if damage == "gone" else "can't be read"
    assert expected in caught.value.message
    assert not Path("outputs/claims.csv").exists()


def test_a_damaged_list_of_parts_is_named(articles: Path) -> None:
    run_job.run(SHARED)
    Path("shared/parts.json").write_text('{"header": []}')
    with pytest.raises(ExtractError, match=r"shared/parts\.json can't be read"):
        collect(["shared"], Settings())


def test_a_worker_that_sees_another_file_is_refused(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_parts, "_look_at", count_looks(cluster_parts._look_at))
    with pytest.raises(ExtractError, match=r"doesn't see .*0\.txt as this machine does") as caught:
        run_job.run(SHARED)
    assert "the same path" in caught.value.hint
    assert not part_files()


def count_looks(look_at: Any) -> Any:
    """A look that sees a file changed when it looks again."""
    looks: dict[str, int] = {}

    def look(path: Path) -> cluster_parts.InputFile:
        looks[path.name] = looks.get(path.name, -1) + 1
        seen: cluster_parts.InputFile = look_at(path)
        return seen._replace(changed=seen.changed + looks[path.name])

    return look


@pytest.mark.parametrize(
    ("settings", "files", "reads"),
    [
        (Settings(engine="dask"), MANY_FILES, True),
        (Settings(engine="dask"), MANY_FILES - 1, False),
        (Settings(engine="processes"), MANY_FILES, False),
        (Settings(engine="dask", scheduler="tls://host:8786"), MANY_FILES, False),
        (Settings(engine="dask", scheduler="tls://host:8786", shared="s3://bucket/parts"), 1, True),
    ],
)
def test_who_reads(settings: Settings, files: int, *, reads: bool) -> None:
    assert has_workers_read(settings, Selection([Path("corpus")], [], files)) is reads
    assert not has_workers_read(Settings(engine="dask"), Selection([Path("../news")], [], files))


def test_what_workers_can_not_read_is_refused() -> None:
    with pytest.raises(BadSettings, match="for the engine dask alone"):
        has_workers_read(Settings(shared="parts"), Selection([Path("corpus")], [], 1))
    for name in ("../news", "-"):
        with pytest.raises(BadSettings, match="can't read"):
            has_workers_read(SHARED, Selection([Path(name)], [], 1))


@pytest.mark.parametrize("address", ["memory://parts/of/a/run", "file://{}/parts", "parts"])
def test_parts_lie_wherever_fsspec_reaches(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = open_folder(address.format(tmp_path.as_posix()))
    assert find_part_names(folder) == set()
    items: list[PartItem] = [Rejected("a.txt", "empty \ud800"), "b.txt"]
    for _ in range(2):
        write_part_tables(folder, "a", items)
        assert find_part_names(folder) == {"a"}
        assert list(read_part_tables(folder, "a", "")) == items
    assert not list(tmp_path.rglob("*.part"))


def test_what_an_address_needs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(ExtractError, match="needs a library") as caught:
        open_folder("s3://bucket/parts")
    assert caught.value.hint.endswith('pip install "newsclaims[dask]" s3fs')
    with pytest.raises(ExtractError, match="no protocol 'nowhere'"):
        open_folder("nowhere://bucket/parts")
