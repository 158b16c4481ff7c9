"""Errors that a user can do something about. The command line prints ``message`` and ``hint``, never a traceback.

A command that ends with one of these has exit code 2; a run that read some files and rejected others has 1.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path


class ExtractError(Exception):
    """Something that the user can put right.

    ``message`` is a sentence that says what happened and to which file or setting; ``hint`` says what to do next, in
    one sentence or more, and is empty when there is nothing to add. Both are printed, a line each.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UnreadableArticle(ExtractError):
    """A file that gives no article. The run goes on: the file becomes a Rejected with this reason."""


class BadSettings(ExtractError):
    """A flag or a line of extract.toml that means nothing: an unknown key, a value of the wrong type."""


class BadKnowledge(ExtractError):
    """A file of models/ (or one that the user named) that can't be used; the message names file and line or key."""


class BadModel(ExtractError):
    """A spaCy pipeline that isn't installed, isn't for English or lacks a component that the rules need."""


def unwritable(folder: Path, error: OSError) -> ExtractError:
    """The error for an outputs folder in which a file can't be written; a full disk gets a hint of its own."""
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    remedy = "Make room on that disk" if is_full else "Close the files in other programs, change the permissions"
    name = Path(os.fsdecode(error.filename)).name if isinstance(error.filename, (str, bytes, os.PathLike)) else ""
    what = f"{name}: {error.strerror}" if name and error.strerror else error.strerror or error
    return ExtractError(
        f"The results can't be written to {folder} ({what}).",
        f"{remedy}, or name another folder with --outputs; then run again. Nothing that was saved before is lost.",
    )


def no_claims_yet(outputs: Path) -> ExtractError:
    """The error for commands that work on the claims of the last run when there was none in this folder."""
    return ExtractError(f"There are no claims in {outputs} yet.", "Run first: extract run")
