"""WARC: web pages as crawlers and archives keep them, gzipped or not; one article a page."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from typing import Any

from pipeline.corpus.limits import MAX_BYTES
from pipeline.corpus.readers.source import ReadTask, Source, failed_task
from pipeline.errors import UnreadableArticle

_PAGES = ("text/html", "application/xhtml+xml")


def in_warc(source: Source) -> Iterator[Source | ReadTask]:
    """The HTML pages that were answered with 200, "#1" the first. Pictures, scripts and the like are passed over."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    source.stream.seek(0)
    number = 0
    try:
        for record in ArchiveIterator(source.stream):
            if not _is_page(record):
                continue
            number += 1
            part = f"{source.part}#{number}"
            data = record.content_stream().read(MAX_BYTES + 1)
            source.budget.spend(len(data))
            if len(data) > MAX_BYTES:
                yield failed_task(part, UnreadableArticle(f"larger than {MAX_BYTES // 1_000_000} MB", "Leave it out."))
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            yield source.inside("page.html", data, part, url=url.strip("<>"), charset=_charset(record))
    except (ArchiveLoadFailed, AttributeError, ValueError) as error:  # it looks for headers that may be missing
        broken = UnreadableArticle("broken or cut off here: what follows is not read", "Get a whole copy of the file.")
        raise broken from error
    if not number:
        raise UnreadableArticle("a WARC without an HTML page in it", "Nothing to do.")


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return record.http_headers.get_statuscode() == "200" and kind in _PAGES


def _charset(record: Any) -> str:
    header = Message()
    header["Content-Type"] = record.http_headers.get_header("Content-Type") or ""
    return header.get_content_charset("") or ""
