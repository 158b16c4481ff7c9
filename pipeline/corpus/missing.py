"""What is said of a name that leads nowhere: one mistyped, a pattern that no shell expanded, "-", an address."""

from __future__ import annotations

import glob
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from pipeline.errors import UnreadableArticle

#: How alike (difflib's ratio, 0 to 1) a name must be to be suggested: "corpsu" and "corpus" are 0.83 alike.
_LIKENESS = 0.75
#: Names in a folder that a mistyped one is compared with: of more, none is suggested, as that would take seconds.
_MOST_NAMES = 2_000
#: What addresses begin with, as a Path has it: it makes one slash of two.
_ADDRESSES = ("http:/", "https:/", "ftp:/")


def describe_missing(path: Path, *, suggest: bool = True) -> UnreadableArticle:
    """The error for a path at which nothing is: what was probably meant, and what to do.

    With ``suggest`` the names beside it are searched for one that is alike.
    """
    name = str(path)
    if name.startswith(_ADDRESSES):
        return UnreadableArticle(
            "addresses aren't read: nothing is fetched from the network",
            "Open the page in a browser, save it as a file (Ctrl+S) and name that.",
        )
    if name.startswith("file:/"):
        return UnreadableArticle("addresses aren't read", f"Name the file itself: {_path_of_address(name)}")
    if name.startswith("~") and (home := _expanded(path)) != path:
        hint = f"Write it without quotation marks, or name it in full: {home}"
        return UnreadableArticle("the shell left the ~ as it is, so there is no such file or folder", hint)
    if glob.has_magic(name) and next(glob.iglob(name), None) is not None:  # noqa: PTH207 - Path.glob takes no "/"
        hint = "Write it without quotation marks, so that the shell puts the names in its place."
        return UnreadableArticle("it is a pattern, not the name of a file", hint)
    if "*" in name or "?" in name:
        return UnreadableArticle("nothing matches this pattern", "Check the folder and the ending.")
    likely = _find_similar(path) if suggest else None
    hint = f"Did you mean {likely}?" if likely else "Check the name."
    return UnreadableArticle("there is no such file or folder", hint)


def _path_of_address(address: str) -> str:
    """The path in the address of a file on this machine, of which a Path has one slash: "file:/home/ada/a.txt"."""
    return unquote("/" + address.removeprefix("file:").removeprefix("//localhost").lstrip("/"))


def _expanded(path: Path) -> Path:
    """The path with the home folder in the place of "~"; as it is where there is none."""
    try:
        return path.expanduser()
    except RuntimeError:  # no such user, or no home
        return path


def _find_similar(path: Path) -> Path | None:
    """The existing path whose name is most like the one given, or None.

    The first part that doesn't exist is replaced; what follows it is kept where it exists there.
    """
    parts = path.parts
    for number, part in enumerate(parts):
        parent = Path(*parts[:number])
        if (parent / part).exists():
            continue
        similar = _most_similar(part, parent)
        if similar is None:
            return None
        whole = Path(parent, similar, *parts[number + 1 :])
        return whole if whole.exists() else parent / similar
    return None


def _most_similar(name: str, folder: Path) -> str | None:
    """The name in the folder that is most like ``name``, whatever their case; hidden ones are passed over."""
    try:
        names = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError:  # no folder, or one that can't be looked into: there is nothing to suggest
        return None
    if len(names) > _MOST_NAMES:
        return None
    by_key = {entry.casefold(): entry for entry in reversed(names)}
    similar = get_close_matches(name.casefold(), sorted(by_key), n=1, cutoff=_LIKENESS)
    return by_key[similar[0]] if similar else None
