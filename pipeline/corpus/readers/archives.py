"""ZIP, TAR, gzip, bzip2 and xz: the files inside, read in memory and never unpacked to disk."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
from collections.abc import Iterator

from pipeline.corpus.limits import MAX_BYTES
from pipeline.corpus.metadata import SIDECAR
from pipeline.corpus.readers.source import Counted, ReadTask, Source, failed_task, safe_name
from pipeline.corpus.readers.user_errors import DAMAGE, WHOLE, to_user_error
from pipeline.errors import UnreadableArticle

_ENDINGS = (".gz", ".bz2", ".xz", ".tgz", ".tbz2", ".txz")


def in_gzip(source: Source) -> Iterator[Source | ReadTask]:
    """The one file in a gzip, under the same place."""
    source.stream.seek(0)
    yield _unpacked(source, gzip.GzipFile(fileobj=source.stream))


def in_bzip2(source: Source) -> Iterator[Source | ReadTask]:
    """The one file in a bzip2, under the same place."""
    source.stream.seek(0)
    yield _unpacked(source, bz2.BZ2File(source.stream))


def in_xz(source: Source) -> Iterator[Source | ReadTask]:
    """The one file in an xz, under the same place."""
    source.stream.seek(0)
    yield _unpacked(source, lzma.LZMAFile(source.stream))  # noqa: SIM115


def _unpacked(source: Source, stream: object) -> Source:
    name = source.name
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return source.inside(name, source.counted(stream), source.part)  # type: ignore[arg-type]


def in_zip(source: Source) -> Iterator[Source | ReadTask]:
    """The files of a ZIP, each at "/name". Raises UnreadableArticle when its list of files is damaged."""
    try:
        archive = zipfile.ZipFile(source.stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableArticle("a broken or cut off ZIP: its list of files is missing", WHOLE) from error
    places = _Places(source.part)
    for member in archive.infolist():
        if member.filename.endswith("/") or is_hidden(member.filename):
            continue
        source.budget.enter()
        part = places.take(member.filename)
        if member.flag_bits & 1:
            yield failed_task(part, UnreadableArticle("packed with a password", "Unpack it with its password."))
        elif member.file_size > MAX_BYTES:
            yield failed_task(part, _too_large(member.file_size))
        else:
            yield _member(source, part, member.filename, lambda member=member: archive.read(member))


def in_tar(source: Source) -> Iterator[Source | ReadTask]:
    """The files of a TAR, each at "/name"; links and devices in it are refused."""
    source.stream.seek(0)
    places = _Places(source.part)
    with tarfile.open(fileobj=source.stream, mode="r|") as archive:
        for member in archive:
            if member.isdir() or is_hidden(member.name):
                continue
            source.budget.enter()
            part = places.take(member.name)
            if not member.isreg():
                yield failed_task(
                    part, UnreadableArticle("no file but a link or device", "Put the file itself into it.")
                )
            elif member.size > MAX_BYTES:
                yield failed_task(part, _too_large(member.size))
            else:
                stream = archive.extractfile(member)
                yield _member(source, part, member.name, stream.read if stream else bytes)
    # tarfile takes a header that is cut off for the end; in packed data the packing tells.
    if not isinstance(source.stream, Counted) and source.stream.seek(0, 2) % tarfile.BLOCKSIZE:
        raise UnreadableArticle("a TAR that is cut off: what follows is missing", WHOLE)


def _member(source: Source, part: str, name: str, read: object) -> Source | ReadTask:
    """The member, or why it can't be unpacked."""
    if name.endswith(SIDECAR):
        return failed_task(part, UnreadableArticle("a sidecar in an archive is not used", "Unpack the archive."))
    try:
        data = read()  # type: ignore[operator]
    except (*DAMAGE, NotImplementedError, OSError) as error:
        how = UnreadableArticle("packed in a way that is not read", "Pack it as a usual ZIP.")
        return failed_task(part, how if isinstance(error, NotImplementedError) else to_user_error(error))
    source.budget.spend(len(data))
    try:
        return source.inside(safe_name(name), data, part)
    except UnreadableArticle as error:
        return failed_task(part, error)


def _too_large(size: int) -> UnreadableArticle:
    most = MAX_BYTES // 1_000_000
    return UnreadableArticle(f"it unpacks to {size // 1_000_000} MB, more than {most} MB", "Leave it out.")


def is_hidden(name: str) -> bool:
    """Files that systems put into archives, and those that a folder's walk passes over too."""
    parts = name.replace("\\", "/").split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part not in (".", "..") for part in parts)


class _Places:
    """Where members lie, each place given once: names in an archive may repeat."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        """The place of the next member called ``name``."""
        place = shown = f"{self._part}/{safe_name(name)}"
        number = 1
        while place in self._taken:
            number += 1
            place = f"{shown}~{number}"
        self._taken.add(place)
        return place
