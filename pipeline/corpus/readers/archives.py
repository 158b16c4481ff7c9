"""ZIP, TAR, gzip, bzip2, xz and Zstandard: the files inside, read in memory and never unpacked to disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, cast

from pipeline.corpus.limits import MAX_BYTES
from pipeline.corpus.metadata import SIDECAR
from pipeline.corpus.readers.source import CountedStream, FilePart, Source, failed_task, safe_name
from pipeline.corpus.readers.user_errors import DAMAGE_ERRORS, GET_WHOLE_COPY, to_user_error
from pipeline.errors import UnreadableArticle

#: Endings that packing adds to a name; the file inside is called as without them ("a.csv.gz" holds "a.csv").
_PACKED_ENDINGS = (".gz", ".bz2", ".xz", ".zst", ".tgz", ".tbz2", ".txz", ".tzst")
#: Bytes that are unpacked at once where a stream is only passed over.
_CHUNK = 1_000_000
#: The bit in a ZIP member's flags that says it needs a password (APPNOTE 4.4.4).
_ENCRYPTED = 1

#: Why an archive or a member of it is not read, and what to do about it.
ZIP_WITHOUT_LIST = ("the ZIP is damaged or cut off: its list of files is missing", GET_WHOLE_COPY)
TAR_CUT_OFF = ("the TAR is cut off: the files that should follow are missing", GET_WHOLE_COPY)
WITH_PASSWORD = ("it is protected with a password", "Unpack it with its password.")
NOT_A_FILE = ("it is a link or a device, not a file", "Put the file itself into the archive.")
IN_ARCHIVE = ("a sidecar file inside an archive is not used", "Unpack the archive.")
UNKNOWN_PACKING = ("it is packed by a method that can't be read", "Unpack it, or pack it as an ordinary ZIP.")
EXPANDS_TOO_MUCH = (f"it unpacks to more than {MAX_BYTES // 1_000_000} MB", "Split it into articles, or leave it out.")


def iter_gzip_parts(source: Source) -> Iterator[FilePart]:
    """The one file in a gzip, at the same place as the gzip itself."""
    source.stream.seek(0)
    yield _open_packed(source, gzip.GzipFile(fileobj=source.stream))


def iter_bzip2_parts(source: Source) -> Iterator[FilePart]:
    """The one file in a bzip2, at the same place as the bzip2 itself."""
    source.stream.seek(0)
    yield _open_packed(source, bz2.BZ2File(source.stream))


def iter_xz_parts(source: Source) -> Iterator[FilePart]:
    """The one file in an xz, at the same place as the xz itself."""
    source.stream.seek(0)
    yield _open_packed(source, lzma.LZMAFile(source.stream))  # noqa: SIM115


def iter_zstd_parts(source: Source) -> Iterator[FilePart]:
    """The one file in a Zstandard file, at the same place as that itself."""
    source.stream.seek(0)
    yield _open_packed(source, _ZstdFile(source.stream))


class _ZstdFile(io.RawIOBase):
    """A Zstandard file as a stream that can be sought, as GzipFile is: backwards by beginning anew."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._rewind()

    def _rewind(self) -> None:
        import zstandard

        self._packed.seek(0)
        self._error = zstandard.ZstdError
        unpacked = zstandard.ZstdDecompressor().stream_reader(self._packed, read_across_frames=True, closefd=False)
        self._buffer = io.BufferedReader(cast("io.RawIOBase", unpacked))
        self._offset = 0

    def read(self, size: int = -1) -> bytes:
        """As a file's. Raises OSError, as bz2 does, for damaged data."""
        return self._counted(lambda: self._buffer.read(size))

    def readline(self, size: int | None = -1) -> bytes:
        """As a file's, damage as in ``read``."""
        return self._counted(lambda: self._buffer.readline(-1 if size is None else size))

    def _counted(self, read: Callable[[], bytes]) -> bytes:
        try:
            data = read()
        except self._error as error:
            raise OSError(str(error)) from error
        self._offset += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """As a file's; the end is found by reading up to it."""
        if whence == 1:
            offset += self._offset
        elif whence == 2:
            while self.read(_CHUNK):
                pass
            offset += self._offset
        if offset < self._offset:
            self._rewind()
        while self._offset < offset and self.read(min(_CHUNK, offset - self._offset)):
            pass
        return self._offset

    def tell(self) -> int:
        """As a file's."""
        return self._offset

    def seekable(self) -> bool:
        """Always: see ``seek``."""
        return True

    def readable(self) -> bool:
        """Always."""
        return True


def _open_packed(source: Source, stream: gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile | _ZstdFile) -> Source:
    name = source.name
    for ending in _PACKED_ENDINGS:
        name = name.removesuffix(ending)
    return source.open_inside(name, CountedStream(cast("BinaryIO", stream), source.budget), source.part)


def iter_zip_parts(source: Source) -> Iterator[FilePart]:
    """The files of a ZIP in its own order, each at "/name"; system files are left out.

    A member that can't be unpacked is a task that fails. Raises UnreadableArticle when the ZIP's list of files is
    damaged.
    """
    try:
        archive = zipfile.ZipFile(source.stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableArticle(*ZIP_WITHOUT_LIST) from error
    places = _MemberPlaces(source.part)
    for member in archive.infolist():
        if member.filename.endswith("/") or is_system_file(member.filename):
            continue
        source.budget.count_member()
        part = places.take(member.filename)
        if member.flag_bits & _ENCRYPTED:
            yield failed_task(part, UnreadableArticle(*WITH_PASSWORD))
        elif member.file_size > MAX_BYTES:
            yield failed_task(part, UnreadableArticle(*EXPANDS_TOO_MUCH))
        else:
            yield _open_member(source, part, member.filename, partial(archive.read, member))


def iter_tar_parts(source: Source) -> Iterator[FilePart]:
    """The files of a TAR in its own order, each at "/name"; system files are left out.

    Links, devices and members that can't be unpacked are tasks that fail. Raises UnreadableArticle at the end of a TAR
    that is cut off.
    """
    source.stream.seek(0)
    places = _MemberPlaces(source.part)
    with tarfile.open(fileobj=source.stream, mode="r|") as archive:
        for member in archive:
            if member.isdir() or is_system_file(member.name):
                continue
            source.budget.count_member()
            part = places.take(member.name)
            if not member.isreg():
                yield failed_task(part, UnreadableArticle(*NOT_A_FILE))
            elif member.size > MAX_BYTES:
                yield failed_task(part, UnreadableArticle(*EXPANDS_TOO_MUCH))
            else:
                stream = archive.extractfile(member)
                yield _open_member(source, part, member.name, stream.read if stream else bytes)
    # tarfile takes a header that is cut off for the end; in packed data the packing tells.
    if not isinstance(source.stream, CountedStream) and source.stream.seek(0, 2) % tarfile.BLOCKSIZE:
        raise UnreadableArticle(*TAR_CUT_OFF)


def _open_member(source: Source, part: str, name: str, read: Callable[[], bytes]) -> FilePart:
    """The member, or a task that fails with why it can't be unpacked."""
    if name.endswith(SIDECAR):
        return failed_task(part, UnreadableArticle(*IN_ARCHIVE))
    try:
        data = read()
    except NotImplementedError:
        return failed_task(part, UnreadableArticle(*UNKNOWN_PACKING))
    except (*DAMAGE_ERRORS, OSError) as error:
        return failed_task(part, to_user_error(error))
    source.budget.count_bytes(len(data))
    try:
        return source.open_inside(safe_name(name), data, part)
    except UnreadableArticle as error:
        return failed_task(part, error)


def is_system_file(name: str) -> bool:
    """Whether a member is no one's document: what macOS adds to archives, and names that begin with a dot.

    A folder's walk passes over such files too.
    """
    parts = name.replace("\\", "/").split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part not in (".", "..") for part in parts)


class _MemberPlaces:
    """Where the members of an archive lie, each place given once: names in an archive may repeat."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        """The place of the next member called ``name``: "/a.txt", for a second one "/a.txt~2"."""
        place = first_place = f"{self._part}/{safe_name(name)}"
        number = 1
        while place in self._taken:
            number += 1
            place = f"{first_place}~{number}"
        self._taken.add(place)
        return place
