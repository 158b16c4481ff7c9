"""Folders that several machines share: on a file system, or wherever fsspec reaches (s3://, gs://, abfs://, ...).

A file that is put into them is there whole or not at all.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from pipeline.errors import ExtractError
from pipeline.files import create_beside, replace_file, sync
from pipeline.outputs import PARTIAL_SUFFIX

#: What stands between the protocol and the place in an address: "s3://bucket/parts".
_AFTER_PROTOCOL = "://"
#: An address as a path has it. A single letter is a drive of Windows.
_ADDRESS = re.compile(r"(?P<protocol>[a-z][a-z0-9+.-]+):/(?P<place>[^/].*)")
_NOT_FETCHED = frozenset(("file", "local", "http", "https", "ftp"))
#: Packages that fsspec needs for some protocols.
_PACKAGES = {"s3": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "abfss": "adlfs", "az": "adlfs"}


class SharedFolder(Protocol):
    """A folder; names in it are paths with slashes, as "claims/part-1.parquet". All methods raise OSError."""

    def names(self, folder: str) -> set[str]:
        """The names of the files in a folder of it; none where there is no such folder."""

    def put(self, name: str, source: BinaryIO) -> None:
        """Put a file there, replacing one of that name; ``source`` is read from where it stands to its end."""

    def open(self, name: str) -> BinaryIO:
        """The file of that name, to be read and sought in. Raises FileNotFoundError where there is none."""


def is_address(folder: str) -> bool:
    """Whether it is an address ("s3://bucket/parts") and no path."""
    return _AFTER_PROTOCOL in folder


def address_of(path: Path) -> str:
    """The address that a path was made of, which has one slash then ("s3:/bucket/news"); empty for any other path.

    Addresses of files here and of web pages aren't among them: nobody has to fetch the former, nor the latter unasked.
    """
    match = _ADDRESS.fullmatch(path.as_posix())
    if match is None or match["protocol"] in _NOT_FETCHED or Path(f"{match['protocol']}:").exists():
        return ""
    return f"{match['protocol']}{_AFTER_PROTOCOL}{match['place']}"


def open_folder(folder: str) -> SharedFolder:
    """The folder at that path or address, made when something is put there.

    Raises ExtractError, saying what to install, where its protocol needs a library that isn't there.
    """
    return _open_address(folder) if is_address(folder) else _LocalFolder(Path(folder))


def _open_address(address: str) -> SharedFolder:
    system, path = _find_system(address, "Install it on all machines", "dask")
    is_local = type(system).__name__ == "LocalFileSystem"
    return _LocalFolder(Path(path)) if is_local else _RemoteFolder(system, path)


def _find_system(address: str, advice: str, extra: str) -> tuple[Any, str]:
    """fsspec's file system for an address, and the place in it; ``extra`` is the extra of ours that brings fsspec.

    Raises ExtractError with the ``advice`` where a library isn't there, or no protocol is called so.
    """
    protocol = address.partition(_AFTER_PROTOCOL)[0]
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        package = _PACKAGES.get(protocol, "")
        further = package or "and what fsspec needs for it"
        raise ExtractError(
            f"{address} needs a library that isn't installed ({error.name or package or protocol}).",
            f'{advice}: pip install "newsclaims[{extra}]" {further}',
        ) from error
    except ValueError as error:
        raise ExtractError(
            f"{address} can't be used: there is no protocol {protocol!r}.",
            "Name a folder, or an address that fsspec knows, such as s3://bucket/parts.",
        ) from error
    return system, path


class _LocalFolder:
    """A folder of a file system: files are written beside their place and then renamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self, folder: str) -> set[str]:
        try:
            return {path.name for path in (self._folder / folder).iterdir()}
        except FileNotFoundError:
            return set()

    def put(self, name: str, source: BinaryIO) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        file, part = create_beside(path, PARTIAL_SUFFIX)  # two machines may make one part at the same time
        try:
            with file:
                shutil.copyfileobj(source, file)
                sync(file)
            replace_file(part, path)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise

    def open(self, name: str) -> BinaryIO:
        return (self._folder / name).open("rb")


class _RemoteFolder:
    """A folder of an object store, in which what is put appears once it is whole."""

    def __init__(self, system: Any, path: str) -> None:
        self._system, self._path = system, path.rstrip("/")

    def names(self, folder: str) -> set[str]:
        path = f"{self._path}/{folder}" if folder else self._path
        with _as_os_error():
            self._system.invalidate_cache()
            try:
                return {str(name).rpartition("/")[2] for name in self._system.ls(path, detail=False)}
            except FileNotFoundError:
                return set()

    def put(self, name: str, source: BinaryIO) -> None:
        with _as_os_error():
            self._system.pipe_file(f"{self._path}/{name}", source.read())

    def open(self, name: str) -> BinaryIO:
        with _as_os_error():
            return cast(BinaryIO, self._system.open(f"{self._path}/{name}", "rb"))


class RemoteFiles:
    """The files at an address: one, or all that lie below a folder. The methods raise OSError."""

    def __init__(self, address: str) -> None:
        """Raises ExtractError, saying what to install, where the address can't be used."""
        self._system, self._path = _find_system(address, "Install it", "storage")

    def stamps(self) -> dict[str, str]:
        """What changes with a file's content, by the file's path below the folder ("" for the file itself)."""
        with _as_os_error():
            self._system.invalidate_cache()
            found = self._system.find(self._path, detail=True)
        names = {name.removeprefix(self._path).strip("/"): facts for name, facts in found.items()}
        return {name: str(sorted((key, str(value)) for key, value in facts.items())) for name, facts in names.items()}

    def copy(self, name: str, target: BinaryIO) -> None:
        """Write the content of a file to ``target``; ``name`` as ``stamps`` has it."""
        with _as_os_error(), self._system.open(f"{self._path}/{name}".rstrip("/"), "rb") as source:
            shutil.copyfileobj(source, target)


@contextmanager
def _as_os_error() -> Iterator[None]:
    """Raise OSError for whatever the library of an object store raises, as where there are no credentials."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


@contextmanager
def explaining_storage(
    place: str,
    problem: str = "can't be used",
    advice: str = "Look whether all machines may read and write there, then run again: parts that are there stay.",
) -> Iterator[None]:
    """Raise ExtractError, naming the ``place``, where it can't be read or written, whatever its file system says."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or " ".join(str(error).split()) or type(error).__name__
        raise ExtractError(f"{place} {problem}: {reason}.", advice) from error
