"""outputs/run.json: what a run was made with and of. Times stand there and in no other file of the outputs."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from pipeline.corpus import find_files
from pipeline.errors import unwritable
from pipeline.knowledge import fingerprint as knowledge_fingerprint
from pipeline.knowledge.models import PinnedModel, file_digest, load_models
from pipeline.nlp import model_folder
from pipeline.outputs import RUN_RECORD
from pipeline.selection import Selection
from pipeline.settings import Settings
from pipeline.store.fingerprint import READING_LIBRARIES, RESULT_LIBRARIES
from pipeline.summary import Summary
from pipeline.write.atomic import OutputFiles, write_atomically
from pipeline.write.dictionary import SCHEMA_VERSION

DISTRIBUTION = "newsclaims"
_PACKAGE = Path(__file__).resolve().parent
#: A commit in a file of Git: 40 hexadecimal digits, 64 in repositories with SHA-256.
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """The spaCy model of a run."""

    name: str  #: as the settings name it
    version: str  #: of its meta.json; empty where that has none
    stamp: str  #: what changes when a file of it is written: paths, sizes and times, as one digest
    sha256: dict[str, str]  #: digest of each of its files, by their paths in its folder
    changed: list[str]  #: of a model of models/spacy.toml the files that aren't as pinned there
    pinned: bool  #: whether it is one of models/spacy.toml


def record_run(settings: Settings, summary: Summary, started: datetime, inputs: Mapping[str, str]) -> None:
    """Write run.json into the outputs, and into the summary which files of the model aren't as pinned.

    ``inputs`` has the SHA-256 of each input by its name, empty where it can't be read. The model's files are read only
    where the record of an earlier run doesn't have them as they are. Raises ExtractError when it can't be written.
    """
    path = settings.outputs / RUN_RECORD
    model = describe_model(settings.model, path)
    finished = datetime.now(UTC)
    record = {
        "schema_version": SCHEMA_VERSION,
        "newsclaims": {"version": version_of(DISTRIBUTION), "commit": find_commit()},
        "python": platform.python_version(),
        "libraries": {name: version for name in _libraries() if (version := version_of(name))},
        "model": asdict(model),
        "knowledge": knowledge_fingerprint(settings.events),
        "corpus": summary.corpus,
        "settings": {name: _plain(value) for name, value in asdict(settings).items()},
        "inputs": [{"file": file, "sha256": digest} for file, digest in inputs.items()],
        "started": started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "seconds": round((finished - started).total_seconds(), 3),
        "counts": count(summary),
    }
    try:
        with write_atomically(path, OutputFiles()) as file:
            json.dump(record, file, ensure_ascii=True, indent=1)
            file.write("\n")
    except OSError as error:
        raise unwritable(settings.outputs, error) from error
    summary.changed_model_files = model.changed


def count(summary: Summary) -> dict[str, Any]:
    """What a run counted, by plain names."""
    return {
        "articles": summary.read,
        "unchanged_articles": summary.kept,
        "rejected": len(summary.rejected),
        "published_earlier": len(summary.earlier),
        "copies": summary.copies,
        "same_story": summary.same_story,
        "undated": summary.undated,
        "words": summary.words,
        "claims": dict(sorted(summary.claims.items())),
        "left_out_claims": summary.unsure,
        "orphaned_decisions": summary.orphans,
        "conflicting_decisions": summary.conflicts,
    }


def digest_files(selection: Selection, read: Mapping[str, str]) -> dict[str, str]:
    """SHA-256 of the files of a run, by their paths as given; empty where a file can't be read.

    ``read`` has the files in their order with the digests of those that this process read; it is empty where others
    did, who don't tell.
    """
    names = read or [path.as_posix() for path, _ in find_files(selection.paths, selection.bounds)]
    return {name: read.get(name) or _digest_or_nothing(Path(name)) for name in names}


def digest_paths(paths: Iterable[Path]) -> dict[str, str]:
    """SHA-256 of files by their paths as given; empty where there is no file or it can't be read."""
    return {path.as_posix(): _digest_or_nothing(path) for path in paths}


def describe_model(name: str, record: Path) -> ModelRecord:
    """What a run says of the model of that name; ``record`` is the run.json of an earlier run, if there is one."""
    folder = model_folder(name)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    stamp = _stamp(folder, files)
    before = _read_model(record)
    if before is not None and (before.name, before.stamp) == (name, stamp):
        digests = before.sha256
    else:
        digests = {path.relative_to(folder).as_posix(): file_digest(path) for path in files}
    pinned = load_models().get(name)
    return ModelRecord(name, _model_version(folder), stamp, digests, _changed(pinned, digests), pinned is not None)


def find_commit(folder: Path = _PACKAGE.parent) -> str:
    """The commit that is checked out in a folder; empty when it isn't the top of a clone. Git itself isn't needed."""
    try:
        git = folder / ".git"
        if git.is_file():  # of a further work tree: "gitdir: PATH"
            git = folder / git.read_text(encoding="utf-8").partition(":")[2].strip()
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        common = git / "commondir"
        shared = git / common.read_text(encoding="utf-8").strip() if common.is_file() else git
        branch = head.removeprefix("ref: ")
        found = head if branch == head else _commit_of(branch, (git, shared))
    except (OSError, UnicodeDecodeError):
        return ""
    return found if _COMMIT.fullmatch(found) else ""


@cache
def version_of(distribution: str) -> str:
    """The version of an installed distribution; empty where there is none. Looked up once: it takes a millisecond."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def _commit_of(branch: str, folders: Iterable[Path]) -> str:
    """The commit that a branch stands at, in one of the folders of a repository."""
    for folder in folders:
        if (folder / branch).is_file():
            return (folder / branch).read_text(encoding="utf-8").strip()
        if (folder / "packed-refs").is_file():
            for line in (folder / "packed-refs").read_text(encoding="utf-8").splitlines():
                commit, _, name = line.partition(" ")
                if name == branch:
                    return commit
    return ""


def _libraries() -> list[str]:
    return sorted({*RESULT_LIBRARIES, *READING_LIBRARIES})


def _plain(value: Any) -> Any:
    """A setting as JSON has it."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _digest_or_nothing(path: Path) -> str:
    try:
        return file_digest(path)
    except OSError:
        return ""


def _stamp(folder: Path, files: Iterable[Path]) -> str:
    from hashlib import sha256

    digest = sha256()
    for path in files:
        facts = path.stat()
        digest.update(f"{path.relative_to(folder).as_posix()} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _read_model(record: Path) -> ModelRecord | None:
    """What an earlier run said of its model; None where no record has it."""
    try:
        return ModelRecord(**json.loads(record.read_text(encoding="utf-8"))["model"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _model_version(folder: Path) -> str:
    try:
        return str(json.loads((folder / "meta.json").read_text(encoding="utf-8")).get("version", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def _changed(pinned: PinnedModel | None, digests: Mapping[str, str]) -> list[str]:
    if pinned is None:
        return []
    return [file for file, digest in pinned.sha256.items() if digests.get(file) != digest]
