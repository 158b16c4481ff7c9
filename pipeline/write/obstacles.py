"""Why a file that is there must not be replaced just now."""

from __future__ import annotations

from pathlib import Path

#: Permission bits that let owner, group or others write; a file with none of them set is write-protected.
_WRITE_BITS = 0o222


def find_obstacle(path: Path) -> str:
    """Why an existing file must not be replaced, as the end of a sentence; empty when it may be or isn't there."""
    if not path.exists():
        return ""
    if not path.stat().st_mode & _WRITE_BITS:
        return "it is write-protected"
    programs = {f".~lock.{path.name}#": "LibreOffice", f"~${path.name}": "Excel"}
    return next((f"{name} has it open" for lock, name in programs.items() if path.with_name(lock).exists()), "")
