"""Which files are meant: files as named, folders with all that lies below, in an order that doesn't change."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.corpus.metadata import SIDECAR, sidecars_of
from pipeline.corpus.missing import describe_missing
from pipeline.errors import UnreadableArticle

#: What stands for standard input among the names of files, unless there is a file called so.
STANDARD_INPUT = Path("-")
_SPECIAL_FILES = (
    (stat.S_ISFIFO, "a named pipe (FIFO)"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_NO_PERMISSION = ("no permission to read it", "Give yourself permission to read it: chmod u+r FILE")
#: How many missing names are compared with those that exist, to suggest one: a stale list of thousands must not take
#: minutes.
_MOST_SUGGESTIONS = 10
#: The system's commonest refusals: reason and hint.
_OS_REASONS = {
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.ELOOP: ("a link that leads back to itself", "Delete the link."),
}


def is_standard_input(path: Path) -> bool:
    """Whether the name stands for standard input: "-", unless a file is called so."""
    return path == STANDARD_INPUT and not os.path.lexists(path)


def absolute_path(path: Path) -> str:
    """The path from the top, without "." and ".."; links stay what they are."""
    return os.path.normpath(path if os.path.isabs(path) else os.path.join(os.getcwd(), path))  # noqa: PTH109, PTH117, PTH118


def describe_os_error(error: OSError) -> UnreadableArticle:
    """What the system's refusal to open a file means for the user, with what to do about it."""
    reason, hint = _OS_REASONS.get(error.errno or 0, (f"can't be read: {error.strerror or error}", ""))
    return UnreadableArticle(reason, hint)


def find_files(
    paths: Sequence[Path], bounds: Sequence[Path] | None = None
) -> Iterator[tuple[Path, UnreadableArticle | None]]:
    """Every ordinary file named or below a named folder once, or with the reason why it can't be read.

    Folders are walked sorted by name; hidden files and folders are passed over unless named, and so are sidecars
    that have an article. A link is followed when it leads to one of ``bounds`` (what was named, unless given) or into
    one, and to a folder that wasn't walked before. A sidecar that is another link comes with its reason, whether its
    folder is walked or not. "-" stands for standard input and comes first, as it is.
    """
    if any(map(is_standard_input, paths)):
        yield STANDARD_INPUT, None
    limits = Bounds(paths if bounds is None else bounds)
    yield from _walk([path for path in paths if not is_standard_input(path)], limits)


def _walk(paths: Sequence[Path], limits: Bounds) -> Iterator[tuple[Path, UnreadableArticle | None]]:
    """Every file named or below a named folder, as ``find_files`` gives them."""
    seen: set[str] = set()
    folders = _Folders()
    waiting = list(reversed(paths))
    while waiting:
        path = waiting.pop()
        absolute = absolute_path(path)
        if absolute in seen:
            continue
        seen.add(absolute)
        try:
            is_folder = folders.has(path)
            if path.is_symlink():
                limits.require(path)
            if is_folder:
                waiting.extend(path / name for name in reversed(folders.enter(path)))
            elif not path.name.endswith(SIDECAR):
                waiting.extend(_sidecars_elsewhere(path, limits))
                yield path, None
            elif not folders.has_article_of(path):
                hint = "Put its article beside it, or delete it."
                yield path, UnreadableArticle("a sidecar without its article", hint)
        except OSError as error:
            yield path, describe_os_error(error)
        except ValueError:  # a NUL in the name
            yield path, UnreadableArticle("no file can have this name", "Check the name.")
        except UnreadableArticle as error:
            yield path, error


def _sidecars_elsewhere(path: Path, limits: Bounds) -> list[Path]:
    """The sidecars of a file that are links which may not be followed."""
    name = str(path)  # most files have no such link, and names are quicker to make than paths
    if os.path.islink(name + SIDECAR) or os.path.islink(name.removesuffix(path.suffix) + SIDECAR):  # noqa: PTH114
        return [sidecar for sidecar in sidecars_of(path) if not limits.allow_sidecar(sidecar)]
    return []


def _real_path(path: Path) -> str:
    """The path without links; as it is where no path can be so."""
    try:
        return os.path.realpath(path)
    except ValueError:  # a NUL in the name
        return str(path)


class Bounds:
    """Files and folders that links may lead to, or into."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = [_with_slash(_real_path(path)) for path in paths]

    def require(self, link: Path) -> None:
        """Raise UnreadableArticle when the link leads out of all of them."""
        real = os.path.realpath(link)
        if not any(_with_slash(real).startswith(path) for path in self._paths):
            raise UnreadableArticle(
                f"a link that leads out of the corpus: {real}",
                "Name it, too, if it is to be read; else delete the link.",
            )

    def allow_sidecar(self, sidecar: Path) -> bool:
        """Whether the sidecar may be read: it is no link, or one into a bound or into the folder that it lies in."""
        if not sidecar.is_symlink():
            return True
        real = _with_slash(os.path.realpath(sidecar))
        return any(real.startswith(path) for path in (*self._paths, _with_slash(os.path.realpath(sidecar.parent))))


def _with_slash(path: str) -> str:
    return os.path.join(path, "")  # noqa: PTH118


class _Folders:
    """The folders walked so far, and what is said of names that lead nowhere."""

    def __init__(self) -> None:
        self._missing = 0
        #: Without links, so that a folder that two paths lead to is walked once.
        self._walked: set[str] = set()
        #: Names of each folder's files that are no sidecars, with and without their endings.
        self._articles: dict[Path, frozenset[str]] = {}

    def has(self, path: Path) -> bool:
        """Whether the path is a folder. Raises UnreadableArticle when it is neither that nor an ordinary file."""
        try:
            mode = path.stat().st_mode
        except (FileNotFoundError, NotADirectoryError) as error:
            if path.is_symlink():
                raise UnreadableArticle("a link to a file that isn't there", "Fix or delete the link.") from error
            self._missing += 1
            raise describe_missing(path, suggest=self._missing <= _MOST_SUGGESTIONS) from error
        for is_kind, name in _SPECIAL_FILES:
            if is_kind(mode):
                raise UnreadableArticle(f"not an ordinary file: {name}", "Name an ordinary file.")
        return stat.S_ISDIR(mode)

    def enter(self, folder: Path) -> list[str]:
        """The sorted names in the folder that aren't hidden. Raises UnreadableArticle for a link to a walked one."""
        real = os.path.realpath(folder)
        if folder.is_symlink() and real in self._walked:
            raise UnreadableArticle(f"a link to a folder that is read anyway: {real}", "Delete the link.")
        self._walked.add(real)
        return sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith("."))

    def has_article_of(self, sidecar: Path) -> bool:
        """Whether the file that the sidecar speaks of lies beside it: "a.txt" or "a" for "a.txt.meta.json"."""
        folder = sidecar.parent
        if folder not in self._articles:
            files = [path for path in folder.iterdir() if not path.name.endswith(SIDECAR)]
            self._articles[folder] = frozenset(name for path in files for name in (path.name, path.stem))
        return sidecar.name.removesuffix(SIDECAR) in self._articles[folder]
