"""Errors a user can do something about. The command line prints ``message`` and ``hint``, never a traceback."""

from __future__ import annotations


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
