"""WARC, and ARC, which came before it: web pages as crawlers and archives keep them; one article a page."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from typing import Any

from pipeline.corpus.limits import MAX_BYTES
from pipeline.corpus.readers.source import FilePart, Source, failed_task, too_large
from pipeline.corpus.readers.user_errors import GET_WHOLE_COPY
from pipeline.errors import UnreadableArticle

#: A page begins with a tag within these bytes.
_MARKUP_BYTES = 200
#: Media types of web pages.
_PAGE_TYPES = ("text/html", "application/xhtml+xml")

#: Why a WARC is not read, and what to do about it.
DAMAGED = ("the WARC is damaged or cut off here: what follows is not read", GET_WHOLE_COPY)
IN_BROTLI = ("the page is compressed with Brotli", "Save the page itself as HTML and run again.")
NO_PAGES = ("the WARC holds no HTML page", "Nothing to do.")


def iter_warc_parts(source: Source) -> Iterator[FilePart]:
    """The HTML pages that were answered with status 200, "#1" the first; pictures, scripts and the like are left out.

    A page that is too large is a task that fails. Raises UnreadableArticle where the WARC is damaged, after the pages
    before that, and at the end of one without any page.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    source.stream.seek(0)
    number = 0
    try:
        for record in ArchiveIterator(source.stream, arc2warc=True):
            if not _is_page(record):
                continue
            number += 1
            part = f"{source.part}#{number}"
            data = record.content_stream().read(MAX_BYTES + 1)
            source.budget.count_bytes(len(data))
            if len(data) > MAX_BYTES:
                yield failed_task(part, too_large("Leave it out."))
                continue
            if _is_brotli(record, data):
                yield failed_task(part, UnreadableArticle(*IN_BROTLI))
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            yield source.open_inside("page.html", data, part, url=url.strip("<>"), charset=_declared_charset(record))
    except (ArchiveLoadFailed, AttributeError, ValueError) as error:  # it looks for headers that may be missing
        raise UnreadableArticle(*DAMAGED) from error
    if not number:
        raise UnreadableArticle(*NO_PAGES)


def _is_page(record: Any) -> bool:
    """Whether the record is a server's answer with an HTML page."""
    if record.rec_type != "response" or record.http_headers is None:
        return False
    content_type = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return record.http_headers.get_statuscode() == "200" and content_type in _PAGE_TYPES


def _is_brotli(record: Any, data: bytes) -> bool:
    """Whether the page is still compressed with Brotli, which warcio undoes only where that is installed."""
    encoding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    return encoding == "br" and b"<" not in data[:_MARKUP_BYTES].strip()[:1]


def _declared_charset(record: Any) -> str:
    """The charset that the server declared, "" when it declared none."""
    header = Message()
    header["Content-Type"] = record.http_headers.get_header("Content-Type") or ""
    return header.get_content_charset("") or ""
