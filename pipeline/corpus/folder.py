"""Which files are meant: files as named, folders with all that lies below, in an order that doesn't change."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.corpus.metadata import SIDECAR
from pipeline.errors import UnreadableArticle

_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe (FIFO)"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_MEANING = {
    errno.EACCES: ("no permission to read it", "Give yourself the right to read it: chmod u+r FILE"),
    errno.EPERM: ("no permission to read it", "Give yourself the right to read it: chmod u+r FILE"),
    errno.ELOOP: ("a link that leads round in a circle", "Delete the link."),
}


def whole_path(path: Path) -> str:
    """The path from the top, without "." and ".."; links stay what they are."""
    return os.path.normpath(path.absolute())


def explain(error: OSError) -> UnreadableArticle:
    """What the system's refusal means for the user."""
    reason, hint = _MEANING.get(error.errno or 0, (f"can't be read: {error.strerror or error}", ""))
    return UnreadableArticle(reason, hint)


def find_files(paths: Sequence[Path]) -> Iterator[tuple[Path, UnreadableArticle | None]]:
    """Every ordinary file named or below a named folder once, or with the reason why it can't be read.

    Folders are walked sorted by name; hidden files and folders are passed over unless named, and so are sidecars
    that have an article. A link to a folder is followed when that folder wasn't walked before.
    """
    seen: set[str] = set()
    walked: set[str] = set()
    owners: dict[Path, frozenset[str]] = {}
    waiting = list(reversed(paths))
    while waiting:
        path = waiting.pop()
        whole = whole_path(path)
        if whole in seen:
            continue
        seen.add(whole)
        try:
            if not _check(path):
                if not path.name.endswith(SIDECAR):
                    yield path, None
                elif path.name.removesuffix(SIDECAR) not in _owners(path.parent, owners):
                    yield path, UnreadableArticle("a sidecar without its article", "Put the article beside it.")
                continue
            real = os.path.realpath(path)
            if path.is_symlink() and real in walked:
                yield path, UnreadableArticle(f"a link to a folder that is read anyway: {real}", "Delete the link.")
                continue
            walked.add(real)
            below = sorted(entry.name for entry in os.scandir(path) if not entry.name.startswith("."))
        except OSError as error:
            yield path, explain(error)
        except ValueError:  # a NUL in the name
            yield path, UnreadableArticle("no file can have this name", "Check the name.")
        except UnreadableArticle as error:
            yield path, error
        else:
            waiting.extend(path / name for name in reversed(below))


def _check(path: Path) -> bool:
    """Whether the path is a folder. Raises UnreadableArticle when it is neither that nor an ordinary file."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        if path.is_symlink():
            raise UnreadableArticle("a link to a file that isn't there", "Mend or delete the link.") from error
        raise UnreadableArticle("there is no such file or folder", "Check the name.") from error
    for is_kind, name in _SPECIAL:
        if is_kind(mode):
            raise UnreadableArticle(f"no ordinary file: {name}", "Name an ordinary file.")
    return stat.S_ISDIR(mode)


def _owners(folder: Path, known: dict[Path, frozenset[str]]) -> frozenset[str]:
    """What a sidecar in the folder may be called: every other file's name, with and without its ending."""
    if folder not in known:
        files = [path for path in folder.iterdir() if not path.name.endswith(SIDECAR)]
        known[folder] = frozenset(name for path in files for name in (path.name, path.stem))
    return known[folder]
