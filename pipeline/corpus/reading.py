"""Read articles, one at a time: an Article or a Rejected for each of every file, in an order that doesn't change."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from pipeline.corpus.article import make_article
from pipeline.corpus.detect.language import NotEnglish, require_english
from pipeline.corpus.detect.sniff import STREAMED, kind_of
from pipeline.corpus.document import Document, Refused
from pipeline.corpus.folder import explain, find_files, whole_path
from pipeline.corpus.layout.blocks import find_blocks
from pipeline.corpus.limits import HEAD_BYTES, MAX_BYTES
from pipeline.corpus.metadata import Metadata, combined, sidecar
from pipeline.corpus.metadata.days import latest_day
from pipeline.corpus.metadata.published import find_published
from pipeline.corpus.process.messages import dump, load
from pipeline.corpus.process.reading_process import Reader
from pipeline.corpus.readers.text import read_text
from pipeline.errors import UnreadableArticle
from pipeline.records import Article, Rejected
from pipeline.settings import Fields


class Kept(Protocol):
    """Where is kept, from run to run, what files were read as."""

    def find(self, key: str, file: str) -> Any | None:
        """What was kept under the key, as JSON gives it; None when nothing was."""

    def keep(self, key: str, file: str, found: Any) -> None:
        """Keep what JSON can hold."""


def read(
    paths: Sequence[Path],
    *,
    root: Path,
    published: date | None = None,
    fields: Fields | None = None,
    kept: Kept | None = None,
) -> Generator[Article | Rejected, None, None]:
    """Every article in the files of ``paths`` (files, or folders with all below), or a Rejected that says why not.

    ``file`` is the path below ``root`` with slashes, else as given, and the part of the file where it holds several
    articles ("wire.jsonl#3", "box.zip/inside/page.html"). ``published`` is the day of articles that bring no date of
    their own; ``fields`` names columns and keys of tables and JSON. A file that ``kept`` knows isn't read anew. A text
    that came before is a Rejected with ``copies_of``; two different articles never share a key. Nothing is raised for
    a bad file.
    """
    files: dict[str, str] = {}
    keys: set[str] = set()
    with Reader(fields) as reader:
        for item in _items(paths, root, published, reader, kept):
            if isinstance(item, Rejected):
                yield item
                continue
            article = item
            if (same := files.get(article.doc_id)) is not None:
                hint = "Nothing to do: it is read once."
                yield Rejected(article.file, f"the same text as {same}", hint, copies_of=same)
                continue
            files[article.doc_id] = article.file
            if article.key in keys:
                article = replace(article, key=f"{article.key} {article.doc_id}")
            keys.add(article.key)
            yield article


def _items(
    paths: Sequence[Path], root: Path, published: date | None, reader: Reader, kept: Kept | None
) -> Iterator[Article | Rejected]:
    for path, problem in find_files(paths):
        file = shown(path, root)
        try:
            if problem is not None:
                raise problem
            beside = sidecar(path)
            for found, plain in _documents(path, file, reader, kept):
                if isinstance(found, Refused):
                    yield Rejected(file + found.part, found.reason, found.hint)
                else:
                    yield _in_english(article_of(found, file, beside, published, stored=not plain))
        except UnreadableArticle as error:
            yield Rejected(file, error.message, error.hint)


def _in_english(article: Article) -> Article | Rejected:
    try:
        require_english(article)
    except NotEnglish as error:
        return Rejected(article.file, error.message, error.hint, language=error.language)
    return article


def _documents(path: Path, file: str, reader: Reader, kept: Kept | None) -> Iterator[tuple[Document | Refused, bool]]:
    """What the file holds, and whether it is plain text. Raises UnreadableArticle when it can't be read or changes
    meanwhile."""
    try:
        before = path.stat()
        data = _bytes(path, before.st_size)
        kind = kind_of(data, path.name, text_field=reader.fields.text, whole=before.st_size <= MAX_BYTES)
        if before.st_size > MAX_BYTES and kind not in STREAMED:
            raise UnreadableArticle(f"larger than {MAX_BYTES // 1_000_000} MB", "Split it into articles.")
        found = _plain_text(data, path.name) if kind == "text" else reader.read(path)
        if kept is not None and before.st_size <= MAX_BYTES:
            named = json.dumps([path.name, astuple(reader.fields)]).encode("ascii")
            key = hashlib.sha256(named + b"\0" + data).hexdigest()
            found = _kept(path, file, found, kept, key, before)
        # Each is held until the next is known: the last must not come out of a file that changed under its reader.
        held = next(found, None)
        for each in found:
            if held is not None:
                yield held, kind == "text"
            held = each
        after = path.stat()
    except OSError as error:
        raise explain(error) from error
    if not _same(before, after):
        raise UnreadableArticle("it changed while it was read", "Run again when it is whole.")
    if held is None:
        raise UnreadableArticle("there is nothing in it to read", "Look into it with the program it is from.")
    yield held, kind == "text"


def _plain_text(data: bytes, name: str) -> Iterator[Document | Refused]:
    found = read_text(data, name)
    yield replace(found, blocks=find_blocks(found.text, found.start)) if found.blocks is None else found


def _kept(
    path: Path, file: str, reading: Iterator[Document | Refused], kept: Kept, key: str, before: os.stat_result
) -> Iterator[Document | Refused]:
    """What the file was read as before, else what it is read as now, which is kept unless its reader gave up."""
    known = kept.find(key, file)
    if known is not None:
        yield from (load(each, part) for part, each in known)
        return
    found, size = [], 0
    for each in reading:
        size += len(each.text) if isinstance(each, Document) else 0
        if size <= MAX_BYTES:
            found.append(each)
        yield each
    gave_up = any(isinstance(each, Refused) and each.gave_up for each in found)
    if size <= MAX_BYTES and not gave_up and _same(before, path.stat()):
        kept.keep(key, file, [[each.part if isinstance(each, Refused) else "", dump(each)] for each in found])


def _same(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)


def _bytes(path: Path, size: int) -> bytes:
    """The file, or its head when it is larger than one article may be."""
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1 if size <= MAX_BYTES else HEAD_BYTES)


def article_of(found: Document, file: str, beside: Metadata, published: date | None, *, stored: bool) -> Article:
    """The Article that a reader found in ``file``; ``beside`` is its sidecar's, ``published`` that of undated ones."""
    # Where a file holds many articles, its sidecar speaks of all of them.
    whole = not found.part
    known = combined(beside, found.known) if whole else combined(found.known, replace(beside, title="", url=""))
    if known.published and known.published > latest_day():
        known = replace(known, published=None, published_source="")
    blocks = found.blocks if found.blocks is not None else find_blocks(found.text, found.start)
    known = find_published(known, found.text, blocks, file + found.part, published)
    return make_article(
        found.text,
        file=file + found.part,
        title=known.title,
        published=known.published,
        published_source=known.published_source,
        publisher=known.publisher,
        url=known.url,
        authors=known.authors,
        language=re.split("[-_]", known.language)[0].lower(),
        start=found.start,
        blocks=blocks,
        stored=stored,
    )


def shown(path: Path, root: Path) -> str:
    """The path below root, else as given; always encodable, whatever bytes the name has."""
    whole, top = Path(whole_path(path)), Path(whole_path(root))
    name = whole.relative_to(top) if whole.is_relative_to(top) else path
    return os.fsencode(name.as_posix()).decode("utf-8", "replace")
