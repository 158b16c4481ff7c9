"""run.json: what a run was made with and of, and nothing of it in any other file."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import provenance
from pipeline.knowledge import models
from pipeline.nlp import model_folder
from pipeline.parts import parse_part
from pipeline.provenance import describe_model, find_commit
from pipeline.run_parts import collect, run_part
from pipeline.settings import DEFAULT_MODEL, Settings
from pipeline.summary import problem_lines
from pipeline.write.dictionary import SCHEMA_VERSION
from tests.helpers.store import outputs_of, read_once, rows, run

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TEXT = "It is late, she said.\n"


def record(outputs: Path = Path("outputs")) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((outputs / "run.json").read_text(encoding="ascii"))
    return content


def test_versions_settings_inputs_times_and_counts(corpus: Path) -> None:
    (corpus / "scän.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    article = read_once(corpus, TEXT)
    made = record()
    assert made["schema_version"] == SCHEMA_VERSION
    assert (made["python"], made["libraries"]["spacy"][:2]) == (platform.python_version(), "3.")
    assert (made["settings"]["model"], made["settings"]["min_confidence"]) == (DEFAULT_MODEL, 0)
    assert (made["settings"]["outputs"], made["corpus"]) == ("outputs", "the corpus “corpus”")
    digests = {item["file"]: item["sha256"] for item in made["inputs"]}
    assert digests["corpus/a.txt"] == hashlib.sha256(article.read_bytes()).hexdigest()
    assert set(digests) == {"corpus/a.txt", "corpus/scän.png"}
    assert (made["counts"]["articles"], made["counts"]["rejected"], made["counts"]["claims"]) == (1, 1, {"quote": 1})
    started, finished = (datetime.fromisoformat(made[name]) for name in ("started", "finished"))
    assert started.tzinfo is not None
    assert started <= finished
    assert made["seconds"] >= 0


def test_the_model_is_named_with_the_digest_of_each_file(corpus: Path) -> None:
    read_once(corpus, TEXT)
    model = record()["model"]
    assert (model["name"], model["pinned"], model["changed"]) == (DEFAULT_MODEL, True, [])
    pinned = models.load_models()[DEFAULT_MODEL]
    assert pinned.sha256.items() <= model["sha256"].items()
    assert model["version"]


def test_the_models_files_are_read_once_and_again_when_one_is_written(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read_once(corpus, TEXT)
    looked_at: list[Path] = []

    def digest(path: Path) -> str:
        looked_at.append(path)
        return "0"

    monkeypatch.setattr(provenance, "file_digest", digest)
    first = describe_model(DEFAULT_MODEL, Path("outputs/run.json"))
    assert (looked_at, first.changed) == ([], [])
    Path("outputs/run.json").write_text("{")
    assert describe_model(DEFAULT_MODEL, Path("outputs/run.json")).changed
    assert len(looked_at) == len(first.sha256)


def test_a_model_that_is_not_as_it_was_measured_is_told_of(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_once(corpus, TEXT)
    before = record()
    pinned = models.load_models()[DEFAULT_MODEL]
    changed = next(iter(pinned.sha256))
    before["model"]["sha256"][changed] = "0"
    Path("outputs/run.json").write_text(json.dumps(before))
    (line,) = problem_lines(run())
    assert line.startswith("Model:    not as it was measured: 1 file changed")
    assert changed in line
    assert record()["model"]["changed"] == [changed]


def test_a_folder_of_ones_own_is_a_model_that_nobody_pinned(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for name in ("config.cfg", "meta.json"):
        shutil.copy(model_folder(DEFAULT_MODEL) / name, folder)
    model = describe_model(str(folder), tmp_path / "run.json")
    assert (model.pinned, model.changed, sorted(model.sha256)) == (False, [], ["config.cfg", "meta.json"])
    (folder / "meta.json").write_text("[]")
    again = describe_model(str(folder), tmp_path / "run.json")
    assert (again.version, again.stamp == model.stamp) == ("", False)


@pytest.mark.usefixtures("workbook")
def test_times_stand_there_alone(corpus: Path) -> None:
    read_once(corpus, TEXT)
    before, tables = record(), outputs_of(Path("outputs"))
    others = {name: Path("outputs", name).read_bytes() for name in ("schema.json", "datapackage.json", "claims.xlsx")}
    run()
    assert outputs_of(Path("outputs")) == tables
    assert {name: Path("outputs", name).read_bytes() for name in others} == others
    same = ("inputs", "model", "libraries", "settings", "knowledge", "newsclaims")
    assert {name: record()[name] for name in same} == {name: before[name] for name in same}
    assert record()["counts"]["unchanged_articles"] == 1


def test_what_is_collected_names_the_parts(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    (corpus / "b.txt").write_text("So be it, he said.\n")
    for number in (1, 2):
        run_part(Settings(outputs=Path(f"part{number}")), parse_part(f"{number}/2"))
    collect([Path("part1"), Path("part2")], Settings())
    inputs = record()["inputs"]
    assert len(inputs) == 2
    assert all(item["file"].startswith("part") and len(item["sha256"]) == 64 for item in inputs)
    assert len(rows()) == 2


def test_the_commit_of_a_clone_of_a_further_work_tree_and_of_none(tmp_path: Path) -> None:
    assert find_commit(tmp_path) == ""
    git = tmp_path / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    assert find_commit(tmp_path) == ""
    (git / "packed-refs").write_text(f"# pack-refs with: peeled\n{COMMIT} refs/heads/main\n")
    assert find_commit(tmp_path) == COMMIT
    (git / "refs/heads/main").write_text(f"{COMMIT[::-1]}\n")
    assert find_commit(tmp_path) == COMMIT[::-1]
    (git / "HEAD").write_text(f"{COMMIT}\n")
    assert find_commit(tmp_path) == COMMIT
    tree, own = tmp_path / "tree", git / "worktrees" / "tree"
    tree.mkdir()
    own.mkdir(parents=True)
    (tree / ".git").write_text(f"gitdir: {own}\n")
    (own / "HEAD").write_text("ref: refs/heads/main\n")
    (own / "commondir").write_text("../..\n")
    assert find_commit(tree) == COMMIT[::-1]
    (git / "HEAD").write_text("what is this")
    assert find_commit(tmp_path) == ""
