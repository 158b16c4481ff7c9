"""A file to the parts of it that are read on their own, archives opened however deep they lie (within the limits)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from pipeline.corpus.detect.sniff import STREAMED, Kind, detect_kind
from pipeline.corpus.document import Document
from pipeline.corpus.html import read_html
from pipeline.corpus.limits import HEAD_BYTES, MAX_HTML
from pipeline.corpus.readers.agency import in_newsml, read_nitf
from pipeline.corpus.readers.archives import in_bzip2, in_gzip, in_tar, in_xz, in_zip
from pipeline.corpus.readers.docx import read_docx
from pipeline.corpus.readers.feeds import in_feed
from pipeline.corpus.readers.mail import in_mail, in_mbox
from pipeline.corpus.readers.pdf import read_pdf
from pipeline.corpus.readers.rtf import read_rtf
from pipeline.corpus.readers.source import ReadTask, Source, TooMuch, failed_task
from pipeline.corpus.readers.tables import in_json, in_lines, in_table
from pipeline.corpus.readers.text import read_text
from pipeline.corpus.readers.user_errors import to_user_error
from pipeline.corpus.readers.warc import in_warc
from pipeline.errors import UnreadableArticle

#: Pictures and fonts that browsers put into a page saved as one file.
_EMBEDDED = re.compile(rb"data:[\w/+.;=-]{1,80};base64,[A-Za-z0-9+/=\s%]{100,}")
#: Kinds that hold files or records.
_CONTAINERS: dict[Kind, Callable[[Source], Iterator[Source | ReadTask]]] = {
    "gzip": in_gzip, "bzip2": in_bzip2, "xz": in_xz, "ZIP": in_zip, "TAR": in_tar, "WARC": in_warc, "mbox": in_mbox,
    "mail": in_mail, "table": in_table, "JSON": in_json, "JSON Lines": in_lines, "NewsML-G2": in_newsml,
    "feed": in_feed,
}  # fmt: skip


def walk(source: Source) -> Iterator[ReadTask]:
    """Every part of the file, in its order. Raises TooMuch where a limit on the whole is passed, nothing else: a part
    that breaks costs only itself."""
    kind: Kind | None = None
    try:
        kind = _kind(source)
        if kind not in _CONTAINERS:
            yield ReadTask(source.part, partial(_read, kind, source), kind)
            return
        for found in _CONTAINERS[kind](source):
            if isinstance(found, ReadTask):
                yield found
            else:
                yield from walk(found)
    except TooMuch:
        raise
    except Exception as error:  # whatever a library finds no words for
        yield failed_task(source.part, to_user_error(error, kind or ""))


def _kind(source: Source) -> Kind:
    """The kind by the head where the head tells; by the whole where a document's structure must be seen."""
    head = source.head()
    whole = len(head) < HEAD_BYTES
    kind = detect_kind(head, source.name, text_field=source.fields.text, complete=whole)
    if whole or kind in STREAMED - {"ZIP"}:
        return kind
    try:
        return detect_kind(source.all(), source.name, text_field=source.fields.text)
    except UnreadableArticle:
        if kind == "ZIP":
            return kind
        raise


def _read(kind: Kind, source: Source) -> Iterator[Document]:
    data = source.all()
    if kind == "text":
        yield read_text(data, source.name)
    elif kind == "HTML":
        yield _page(data, source)
    elif kind == "NITF":
        yield from read_nitf(data)
    else:
        yield {"PDF": read_pdf, "DOCX": read_docx, "RTF": read_rtf}[kind](data)


def _page(data: bytes, source: Source) -> Document:
    if len(data) > MAX_HTML:
        data = _EMBEDDED.sub(b"", data)
    if len(data) > MAX_HTML:
        raise UnreadableArticle(f"HTML of more than {MAX_HTML // 1_000_000} MB", "Save the article as text.")
    return read_html(data, url=source.url, charset=source.charset)
