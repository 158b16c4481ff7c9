"""What results and readings depend on is listed by hand: the lists agree with what is imported."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

from pipeline.store.fingerprint import READING_LIBRARIES, READING_ROOMS, RESULT_LIBRARIES, RESULT_ROOMS

PACKAGE = Path(__file__).resolve().parents[2] / "pipeline"
#: Imported by no room, but what others compute with.
INDIRECT = {"dateparser", "justext", "lxml-html-clean"}
#: Imported, but nothing that is kept depends on it.
NOT_KEPT = {"py3langid"}


def imported_libraries(rooms: Iterable[str]) -> set[str]:
    """The distributions whose packages the rooms import, inside functions too, the standard library left out."""
    names: set[str] = set()
    for room in rooms:
        folder = PACKAGE / room
        for file in folder.rglob("*.py") if folder.is_dir() else [folder.with_suffix(".py")]:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names.update(alias.name for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    names.add(node.module or "")
    tops = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"pipeline"}
    distributions = packages_distributions()
    return {distributions[top][0].lower().replace("_", "-") for top in tops}


def test_every_library_that_reads_files_counts() -> None:
    imported = imported_libraries(READING_ROOMS)
    assert imported - NOT_KEPT <= set(READING_LIBRARIES)
    assert set(READING_LIBRARIES) <= imported | INDIRECT


def test_every_library_that_makes_results_counts() -> None:
    imported = imported_libraries(RESULT_ROOMS)
    assert imported <= set(RESULT_LIBRARIES)
    assert set(RESULT_LIBRARIES) <= imported | INDIRECT
