"""Find and read the files of models/: in a checkout beside the package, in a wheel inside it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import BadKnowledge

_PACKAGE = Path(__file__).resolve().parent.parent


def models_folder() -> Path:
    """The folder models/: inside the package in a wheel, beside it in a checkout. Raises BadKnowledge without one."""
    for folder in (_PACKAGE / "models", _PACKAGE.parent / "models"):
        if (folder / "README.md").is_file():
            return folder
    raise BadKnowledge("The folder models/ is missing from this installation.", "Install newsclaims again.")


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dict. Raises BadKnowledge naming the file and the line of a mistake."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadKnowledge(f"{path} can't be read: {error.strerror}.", "Name a file that exists.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadKnowledge(f"{path}: {error}", "Correct the file and run again.") from error


def check_keys(table: Mapping[str, Any], allowed: Iterable[str], where: str) -> None:
    """Refuse keys that mean nothing: raises BadKnowledge naming the first, with the keys that are allowed as hint.

    ``where`` is the file, with the section if there are any: "cues.toml [stances]".
    """
    allowed_keys = sorted(allowed)
    unknown_keys = sorted(set(table) - set(allowed_keys))
    if unknown_keys:
        raise BadKnowledge(f"{where}: unknown key {unknown_keys[0]!r}.", f"Known keys here: {', '.join(allowed_keys)}.")
