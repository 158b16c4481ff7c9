"""What an exception in a reader means for whoever gave the file."""

from __future__ import annotations

import gzip
import lzma
import tarfile
import zipfile
import zlib

from pipeline.errors import UnreadableArticle

#: What the standard library raises for damaged or cut off data; of bz2 it is an OSError without a number.
DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile)
WHOLE = "Get a whole copy of the file."
_AS_TEXT = "Save the article as text."


def to_user_error(error: Exception, form: str = "") -> UnreadableArticle:
    """The exception as a reason: parsers meet broken files of their ``form`` with exceptions of every kind."""
    if isinstance(error, UnreadableArticle):
        return error
    if isinstance(error, DAMAGE) or (isinstance(error, OSError) and error.errno is None):
        cut = isinstance(error, EOFError) or "truncated" in str(error) or "unexpected end" in str(error)
        return UnreadableArticle(f"packed data that is {'cut off' if cut else 'damaged'}", WHOLE)
    if isinstance(error, OSError):
        return UnreadableArticle(f"can't be read: {error.strerror or error}", "Check the file and run again.")
    if isinstance(error, MemoryError):
        return UnreadableArticle("reading it takes more memory than allowed", f"Split it. {_AS_TEXT}")
    said = f"{type(error).__name__}: {' '.join(str(error).split())[:100]}".rstrip(": ")
    return UnreadableArticle(f"broken or of an unusual kind ({form or 'file'}: {said})", _AS_TEXT)
