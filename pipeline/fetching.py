"""Articles at addresses (s3://bucket/news): copied into the outputs, where a run reads them as it reads any file.

So files come in through one room, wherever they lie: the reading process touches no network, offsets can be looked up
in the copies, and nothing is asked for but what was named. A file that didn't change there is not fetched again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from pipeline.errors import ExtractError, unwritable
from pipeline.files import create_file, replace_file, sync
from pipeline.outputs import FETCHED, partial_path
from pipeline.settings import Settings
from pipeline.storage import RemoteFiles, address_of, explaining_storage

#: The file in the folder of copies that says of each what it was like where it came from.
_INDEX = "fetched.json"
#: Files that are fetched at a time: each waits for the network much longer than for this machine.
_AT_ONCE = 8
#: In an address what stands between protocol and place, with the name and password of a user.
_USER = re.compile(r"://(?:[^/@]*@)?")
#: What may not stand in a file's name on every system, or leads out of a folder.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]|^\.+$|[. ]$')


def fetch_articles(settings: Settings, tell: Callable[[str], None] = lambda _: None) -> Settings:
    """The settings with copies in the place of articles at addresses, which are fetched where they are new or changed.

    Copies of what isn't there any more are removed. ``tell`` is called with a line for each address that has new files.
    Raises ExtractError where an address can't be read, or the outputs can't be written to.
    """
    addresses = {path: address for path in settings.articles if (address := address_of(path))}
    if not addresses:
        return settings
    try:
        copies = _Copies(settings.outputs / FETCHED)
        fetched = {path: copies.fetch(address, tell) for path, address in addresses.items()}
    except OSError as error:
        raise unwritable(settings.outputs, error) from error
    return replace(settings, articles=tuple(fetched.get(path, path) for path in settings.articles))


class _Copies:
    """The folder of copies; what it says of them is saved after each address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamps: dict[str, str] = {}  #: by a copy's path below the folder
        with suppress(FileNotFoundError, ValueError):  # damaged: everything is fetched again
            self._stamps = dict(json.loads((folder / _INDEX).read_text(encoding="utf-8")))

    def fetch(self, address: str, tell: Callable[[str], None]) -> Path:
        """Where the copy of the file or folder at that address is."""
        remote = RemoteFiles(address)
        with _explaining(address):
            stamps = {name: stamp for name, stamp in remote.stamps().items() if not _is_hidden(name)}
        if not stamps:
            raise ExtractError(f"There is nothing to read at {address}.", "Check the address.")
        top = _safe_path(_USER.sub("/", address))
        copies = {name: (top / _safe_path(name)).as_posix() for name in stamps}
        below = {copy for copy in self._stamps if PurePosixPath(copy).is_relative_to(top)}
        self._remove(below.difference(copies.values()))
        digests = {name: sha256(stamp.encode("utf-8", "surrogatepass")).hexdigest() for name, stamp in stamps.items()}
        new = [name for name, copy in copies.items() if not self._has(copy, digests[name])]
        if new:
            tell(f"Fetching {len(new):,} of {len(stamps):,} files from {address}")
        threads = ThreadPoolExecutor(_AT_ONCE)
        try:
            jobs = {name: threads.submit(self._copy, remote, address, name, copies[name]) for name in new}
            for name, job in jobs.items():
                job.result()
                self._stamps[copies[name]] = digests[name]
        finally:
            threads.shutdown(cancel_futures=True)
            self._save()
        return self._folder / top

    def _has(self, copy: str, digest: str) -> bool:
        return self._stamps.get(copy) == digest and (self._folder / copy).is_file()

    def _copy(self, remote: RemoteFiles, address: str, name: str, copy: str) -> None:
        path = self._folder / copy
        path.parent.mkdir(parents=True, exist_ok=True)
        part = partial_path(path)
        try:
            with create_file(part) as file:
                with _explaining(f"{address}/{name}".rstrip("/")):
                    remote.copy(name, file)
                sync(file)
            replace_file(part, path)
        finally:
            part.unlink(missing_ok=True)

    def _remove(self, copies: Iterable[str]) -> None:
        for copy in copies:
            (self._folder / copy).unlink(missing_ok=True)
            del self._stamps[copy]

    def _save(self) -> None:
        path = self._folder / _INDEX
        self._folder.mkdir(parents=True, exist_ok=True)
        part = partial_path(path)
        with create_file(part) as file:
            file.write(json.dumps(self._stamps, indent=0, sort_keys=True).encode("ascii"))
        replace_file(part, path)


def _explaining(address: str) -> AbstractContextManager[None]:
    return explaining_storage(
        address,
        "can't be read",
        "Check the address and whether you may read there, then run again: what was fetched is not fetched again.",
    )


def _is_hidden(name: str) -> bool:
    """Whether the file, or a folder that it lies in, would be passed over in a folder on this machine."""
    return any(part.startswith(".") and part.strip(".") for part in name.split("/"))


def _safe_path(name: str) -> PurePosixPath:
    """A path with slashes as one that every system can have; what had to be changed gets a digest of its own."""
    parts = [part if not _UNSAFE.search(part) else _changed(part) for part in name.split("/") if part]
    return PurePosixPath(*parts)


def _changed(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    digest = sha256(part.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    words = _UNSAFE.sub("_", (stem or ending) if dot else part).strip(". ") or "_"
    return f"{words}-{digest}.{ending}" if stem and ending.isalnum() else f"{words}-{digest}"
