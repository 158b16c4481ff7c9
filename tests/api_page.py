"""The records as ARCHITECTURE.md shows them: ``python -m tests.api_page`` writes the section anew out of records.py.

What each field holds stands once, beside the field in pipeline/records.py, as a comment that begins with "#:".
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from pipeline.write import dictionary

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "ARCHITECTURE.md"
RECORDS = ROOT / "pipeline" / "records.py"
#: The section reaches from this heading to the page's end.
HEADING = "## The records\n"


def main() -> None:
    """Replace the section on the page."""
    before, _, _ = PAGE.read_text(encoding="utf-8").partition(HEADING)
    PAGE.write_text(before + records_section(), encoding="utf-8")


def records_section() -> str:
    """The section: the module's conventions, its types with their values, and a table of fields for each record."""
    source = RECORDS.read_text(encoding="utf-8")
    lines = source.splitlines()
    tree = ast.parse(source)
    parts = [HEADING, ast.get_docstring(tree) or "", "| type | is | means |\n|---|---|---|"]
    parts[-1] += "".join(f"\n| {row} |" for row in _type_rows(tree, lines))
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            rows = "".join(f"\n| {row} |" for row in _field_rows(node, lines))
            intro = ast.get_docstring(node) or ""
            parts.append(f"### `{node.name}`\n\n{intro}\n\n| field | type | holds |\n|---|---|---|{rows}")
    return "\n\n".join(part.strip("\n") for part in parts).replace("``", "`") + "\n"


def _type_rows(tree: ast.Module, lines: list[str]) -> Iterator[str]:
    """A row for each name at the top of the module that a type or a set of values is given."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            values = ast.unparse(node.value).removeprefix("frozenset({").removesuffix("})").replace("|", r"\|")
            yield f"`{ast.unparse(target)}` | `{values}` | {comment_of(node, lines)}"


def _field_rows(record: ast.ClassDef, lines: list[str]) -> Iterator[str]:
    """A row for each field of the record; ends with the methods, as a sentence each."""
    for node in record.body:
        if isinstance(node, ast.AnnAssign):
            kind = ast.unparse(node.annotation).replace("|", r"\|")
            yield f"`{ast.unparse(node.target)}` | `{kind}` | {comment_of(node, lines)}"
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"`{node.name}()` | method | {' '.join((ast.get_docstring(node) or '').split())}"


def comment_of(node: ast.stmt, lines: list[str]) -> str:
    """The words of the "#:" comments of the statement, for a cell of a table."""
    return dictionary.comment_of(node, lines).replace("|", r"\|")


if __name__ == "__main__":
    main()
