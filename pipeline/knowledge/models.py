"""The pinned spaCy models: package, version and SHA-256 of each file, from models/spacy.toml."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.knowledge.files import check_keys, models_folder, read_toml


@dataclass(frozen=True, slots=True)
class PinnedModel:
    """A spaCy pipeline as measured.

    ``name`` is its official name (en_core_web_md), ``package`` what is imported and ``distribution`` what pip installs;
    ``version`` is that of the distribution, ``sha256`` has the digest of each file by its path in the package.
    """

    name: str
    package: str
    distribution: str
    version: str
    sha256: Mapping[str, str]


def load_models() -> dict[str, PinnedModel]:
    """The pinned models of spacy.toml by official name. Raises BadKnowledge for a file that can't be used."""
    path = models_folder() / "spacy.toml"
    models = {}
    for name, table in read_toml(path).items():
        check_keys(table, ("package", "distribution", "version", "sha256"), f"{path} [{name}]")
        models[name] = PinnedModel(name, table["package"], table["distribution"], table["version"], table["sha256"])
    return models


def find_changed_files(model: PinnedModel, folder: Path) -> list[str]:
    """Paths of pinned files that are missing from ``folder``, the installed model, or differ."""
    return [name for name, digest in model.sha256.items() if file_digest(folder / name) != digest]


def file_digest(path: Path) -> str:
    """SHA-256 of a file in hex; empty when there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
