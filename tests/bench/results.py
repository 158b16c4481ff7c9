"""RESULTS.md: tables between markers are rewritten, everything written by hand around them stays."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

FILE = Path(__file__).with_name("RESULTS.md")


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """A Markdown table, columns padded so that it reads as plain text too; all but the first ``left`` flush right."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(padded)} |"

    rule = [("-" * width) if column < left else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    return "\n".join([line(header), line(rule), *map(line, rows)])


def describe_conditions() -> str:
    """What figures depend on besides the code: versions and cores; nothing that names the machine."""
    return f"Python {platform.python_version()}, spaCy {version('spacy')}, {os.cpu_count()} cores."


def rewrite_section(text: str, section: str, body: str) -> str:
    """The text with the section's generated part replaced; a section that isn't there yet is put at the end.

    Raises ValueError when a section has a start marker and no end marker after it.
    """
    start, end = f"<!-- {section}:start -->", f"<!-- {section}:end -->"
    block = f"{start}\n{body.strip()}\n{end}"
    before, has_start, rest = text.partition(start)
    if not has_start:
        return f"{text.rstrip()}\n\n## {section.capitalize()}\n{block}\n".lstrip()
    _, has_end, after = rest.partition(end)
    if not has_end:
        raise ValueError(f"{start} has no {end} after it")
    return f"{before}{block}{after}"


def save_section(section: str, body: str, path: Path = FILE) -> None:
    """Rewrite one section of RESULTS.md."""
    text = path.read_text(encoding="utf-8") if path.exists() else "# Results\n"
    path.write_text(rewrite_section(text, section, body), encoding="utf-8")
