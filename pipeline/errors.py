"""Errors a user can do something about. The command line prints ``message`` and ``hint``, never a traceback."""

from __future__ import annotations

import errno
from pathlib import Path


class ExtractError(Exception):
    """Something the user can mend: ``message`` says what happened and to what, ``hint`` what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UnreadableArticle(ExtractError):
    """A file that gives no article."""


class BadSettings(ExtractError):
    """A flag or a line of extract.toml that means nothing."""


class BadKnowledge(ExtractError):
    """A file of models/ (or one the user named) that can't be used; the message names file and line or key."""


class BadModel(ExtractError):
    """A spaCy pipeline that is missing or lacks a part."""


def unwritable(folder: Path, error: OSError) -> ExtractError:
    """What the user is told when the outputs can't be written."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return ExtractError(
        f"The results can't be written to {folder}: {error.strerror or error}.",
        f"{'Make room on that disk' if full else 'Close the files in other programs, change the permissions'}, "
        "or name another folder with --outputs; then run again. Nothing kept is lost.",
    )
