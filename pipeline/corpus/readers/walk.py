"""A file to the articles in it that are read on their own, archives opened however deep they lie (within the limits).

To add a kind of file, name it in detect/sniff.py, write a module beside this one, and add it to ``_CONTAINERS`` (it
holds files or records) or to ``_READERS`` (it is one article).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from pipeline.corpus.detect.sniff import STREAMED, Kind, detect_kind
from pipeline.corpus.html import read_html
from pipeline.corpus.limits import HEAD_BYTES, MAX_HTML
from pipeline.corpus.readers.agency import iter_newsml_parts, read_nitf
from pipeline.corpus.readers.archives import (
    iter_bzip2_parts,
    iter_gzip_parts,
    iter_tar_parts,
    iter_xz_parts,
    iter_zip_parts,
    iter_zstd_parts,
)
from pipeline.corpus.readers.columnar import iter_columnar_parts
from pipeline.corpus.readers.docx import read_docx
from pipeline.corpus.readers.feeds import iter_feed_parts
from pipeline.corpus.readers.mail import iter_mail_parts, iter_mbox_parts
from pipeline.corpus.readers.pdf import read_pdf_or_export
from pipeline.corpus.readers.press_export import iter_press_parts, split_document
from pipeline.corpus.readers.press_html import read_html_export
from pipeline.corpus.readers.rtf import read_rtf
from pipeline.corpus.readers.source import FilePart, LimitExceeded, Reading, ReadTask, Source, failed_task
from pipeline.corpus.readers.tables import iter_json_lines_parts, iter_json_parts, iter_table_parts
from pipeline.corpus.readers.text import read_text
from pipeline.corpus.readers.user_errors import to_user_error
from pipeline.corpus.readers.warc import iter_warc_parts
from pipeline.corpus.readers.wire import iter_wire_parts
from pipeline.corpus.readers.workbooks import iter_workbook_parts
from pipeline.errors import UnreadableArticle

#: Pictures and fonts that browsers put into a page saved as one file.
_EMBEDDED = re.compile(rb"data:[\w/+.;=-]{1,80};base64,[A-Za-z0-9+/=\s%]{100,}")


def _read_page(source: Source) -> Reading:
    """The article of a web page, after what is embedded in too large a one has been left out; or an export's."""
    data = source.read_all()
    if len(data) > MAX_HTML:
        data = _EMBEDDED.sub(b"", data)
    return read_html_export(data, source.charset) or read_html(data, url=source.url, charset=source.charset)


#: Kinds that hold files or records, and what opens them.
_CONTAINERS: dict[Kind, Callable[[Source], Iterator[FilePart]]] = {
    "gzip": iter_gzip_parts,
    "bzip2": iter_bzip2_parts,
    "xz": iter_xz_parts,
    "Zstandard": iter_zstd_parts,
    "workbook": iter_workbook_parts,
    "Parquet": iter_columnar_parts,
    "ZIP": iter_zip_parts,
    "TAR": iter_tar_parts,
    "WARC": iter_warc_parts,
    "mbox": iter_mbox_parts,
    "mail": iter_mail_parts,
    "table": iter_table_parts,
    "JSON": iter_json_parts,
    "JSON Lines": iter_json_lines_parts,
    "NewsML-G2": iter_newsml_parts,
    "feed": iter_feed_parts,
    "press export": iter_press_parts,
    "wire": iter_wire_parts,
}
#: Kinds that are one article, and what reads it.
_READERS: dict[Kind, Callable[[Source], Reading]] = {
    "text": lambda source: read_text(source.read_all(), source.name),
    "HTML": _read_page,
    "NITF": lambda source: read_nitf(source.read_all()),
    "PDF": lambda source: read_pdf_or_export(source.read_all()),
    "DOCX": lambda source: split_document(read_docx(source.read_all())),
    "RTF": lambda source: split_document(read_rtf(source.read_all())),
}


def iter_tasks(source: Source) -> Iterator[ReadTask]:
    """Find every article of the file, in its order, each as a task to be read on its own.

    A part that breaks while it is opened is a task that fails, and costs only itself. Raises LimitExceeded where a
    limit on the whole file is passed, nothing else.
    """
    kind: Kind | None = None
    try:
        kind = _find_kind(source)
        if kind not in _CONTAINERS:
            yield ReadTask(source.part, partial(_READERS[kind], source), kind)
            return
        for part in _CONTAINERS[kind](source):
            if isinstance(part, ReadTask):
                yield part
            else:
                yield from iter_tasks(part)
    except LimitExceeded:
        raise
    except Exception as error:  # whatever a library finds no words for
        yield failed_task(source.part, to_user_error(error, kind or ""))


def _find_kind(source: Source) -> Kind:
    """The kind by the head where the head tells; by the whole where a document's structure must be seen."""
    head = source.read_head()
    is_whole = len(head) < HEAD_BYTES
    kind = detect_kind(head, source.name, text_field=source.fields.text, complete=is_whole)
    if is_whole or kind in STREAMED - {"ZIP"}:
        return kind
    try:
        return detect_kind(source.read_all(), source.name, text_field=source.fields.text)
    except UnreadableArticle:
        if kind == "ZIP":
            return kind
        raise
