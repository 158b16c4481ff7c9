"""What an exception in a reader means for whoever gave the file."""

from __future__ import annotations

import gzip
import lzma
import tarfile
import zipfile
import zlib

from pipeline.errors import UnreadableArticle

#: What the standard library raises for damaged or cut off data; of bz2 it is an OSError without a number.
DAMAGE_ERRORS = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile)
#: Hints for files that can't be mended here.
GET_WHOLE_COPY = "Get a complete copy of the file and run again."
_SAVE_AS_TEXT = "Save the article as text."
#: Characters of a library's own message that are shown.
MESSAGE_CHARS = 100


def to_user_error(error: Exception, form: str = "") -> UnreadableArticle:
    """Turn an exception of any kind into a reason that a user understands, with a hint what to do.

    Parsers meet broken files with exceptions of every kind: damaged or cut off data, errors of the disk and lack of
    memory are told apart, the rest is named as it is, with the ``form`` of the file ("PDF", "mail") if known.
    """
    if isinstance(error, UnreadableArticle):
        return error
    if isinstance(error, DAMAGE_ERRORS) or (isinstance(error, OSError) and error.errno is None):
        state = "cut off" if _is_cut_off(error) else "damaged"
        return UnreadableArticle(f"its compressed data is {state}", GET_WHOLE_COPY)
    if isinstance(error, OSError):
        return UnreadableArticle(f"it can't be read: {error.strerror or error}", "Check the file and run again.")
    if isinstance(error, MemoryError):
        return UnreadableArticle("reading it takes more memory than allowed", f"Split it. {_SAVE_AS_TEXT}")
    details = with_details(type(error).__name__, error)
    return UnreadableArticle(f"it is broken or of an unusual kind ({form or 'file'}: {details})", _SAVE_AS_TEXT)


def _is_cut_off(error: Exception) -> bool:
    return isinstance(error, EOFError) or "truncated" in str(error) or "unexpected end" in str(error)


def with_details(reason: str, error: Exception, limit: int = MESSAGE_CHARS) -> str:
    """The reason with the first ``limit`` characters of a library's message: "the RTF is damaged: no group closes"."""
    return f"{reason}: {' '.join(str(error).split())[:limit]}".rstrip(": ")
