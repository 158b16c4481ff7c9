"""The name with which decisions of a review are signed."""

from __future__ import annotations

import getpass
from collections.abc import Sequence

from pipeline.review.entries import readable_name

#: The name where none was given and the system has none for the user, as in a container with a user id of its own.
NAMELESS = "reviewer"


def name_reviewer(given: str | None) -> tuple[str, str]:
    """The name: the one given, else the login name, else NAMELESS; and then what to tell the user, else "".

    Bytes of a name that are no text become "�".
    """
    try:
        return readable_name((given or "").strip() or getpass.getuser()), ""
    except (KeyError, OSError, ImportError):  # by Python's version and system: no entry for the user, no such list
        advice = f'This system has no login name for you: decisions are signed "{NAMELESS}". Give one: --reviewer NAME'
        return NAMELESS, advice


def name_team(given: Sequence[str] | None) -> tuple[str, ...] | None:
    """The names of reviewers, each once, in the order given and without empty ones; None where none were given."""
    names = tuple(dict.fromkeys(filter(None, (readable_name(name.strip()) for name in given or ()))))
    return names or None
