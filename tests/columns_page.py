"""COLUMNS.md, which says what each column of each table holds: ``python -m tests.columns_page`` writes it anew."""

from __future__ import annotations

from pathlib import Path

from pipeline.outputs import CLAIMS, CLAIMS_JSONL, EVENTS, EVENTS_JSONL
from pipeline.write.dictionary import SCHEMA_VERSION, Column, tables

PAGE = Path(__file__).resolve().parent.parent / "COLUMNS.md"
#: Lines of JSON that have the fields of a table; only what they have besides is shown.
_BESIDES = {CLAIMS_JSONL: CLAIMS, EVENTS_JSONL: EVENTS}
_INTRODUCTION = f"""# Columns

What each column of the tables in `outputs/` holds, in their order. This is version {SCHEMA_VERSION} of the tables,
which `run.json`, `schema.json` and `datapackage.json` name, too. The page is made of the comments beside the records
(`python -m tests.columns_page`), and a test keeps it true.

In a CSV a list is one text with " | " between its items, a day is YYYY-MM-DD, a number with a fraction has two places,
yes or no is `yes` or empty; a text that a spreadsheet would take for a formula begins with an apostrophe. In a line of
JSON (`claims.jsonl`, `events.jsonl`) values are raw: lists are lists, unknown days null, yes or no true or false.
`claims.xlsx` has the columns of the CSV files in another order, those of programs folded, without apostrophes. Places
are offsets into the article's text, counted in code points, the end excluded.
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The page: a table for each file."""
    parts = [_INTRODUCTION]
    for name, columns in tables().items():
        if name in _BESIDES:
            shown = {column.name for column in tables()[_BESIDES[name]]}
            more = [column for column in columns if column.name not in shown]
            text = f"A line has the fields of `{_BESIDES[name]}`" + (", and:\n\n" + _table(more) if more else ".\n")
        else:
            text = _table(columns)
        parts.append(f"## `{name}`\n\n{text}")
    return "\n".join(parts)


def _table(columns: tuple[Column, ...] | list[Column]) -> str:
    rows = (f"| `{column.name}` | {column.kind} | {column.note.replace('|', chr(92) + '|')} |\n" for column in columns)
    return "| column | kind | holds |\n|---|---|---|\n" + "".join(rows)


if __name__ == "__main__":
    main()
