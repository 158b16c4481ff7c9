"""Look at a store without changing it, for ``extract doctor``."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pipeline.errors import ExtractError
from pipeline.outputs import CLAIMS, DATABASE
from pipeline.store.damage import DamagedStore, describe_store
from pipeline.store.opening import unusable


def check_store(outputs: Path) -> str:
    """What the folder's store holds, in words, for ``extract doctor``; nothing is changed.

    Raises ExtractError, with what to do, when it is damaged or can't be looked at.
    """
    path = outputs / DATABASE
    if not path.exists():
        return f"{path} isn't there yet; the first run makes it"
    try:
        return f"{path}: {describe_store(path)}"
    except DamagedStore as damage:
        raise ExtractError(
            f"{path} is damaged: {damage}",
            "Run: extract run. It moves the store aside and keeps the decisions that can be read, and those in "
            f"{CLAIMS}.",
        ) from damage
    except sqlite3.Error as error:
        raise unusable(outputs, error) from error
