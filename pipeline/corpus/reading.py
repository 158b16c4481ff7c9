"""Read articles, one at a time: an Article or a Rejected for each of every file, in an order that doesn't change."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.corpus.article import make_article
from pipeline.corpus.detect.language import NotEnglish, require_english, require_words
from pipeline.corpus.detect.sniff import STREAMED, detect_kind_by_head
from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.folder import Bounds, absolute_path, describe_os_error, find_files, is_standard_input
from pipeline.corpus.layout.blocks import find_blocks
from pipeline.corpus.limits import HEAD_BYTES, MAX_BYTES
from pipeline.corpus.metadata import Metadata, merge_metadata, read_sidecar
from pipeline.corpus.metadata.days import DayOrder, latest_day
from pipeline.corpus.metadata.fields import choose_day_order
from pipeline.corpus.metadata.published import find_published
from pipeline.corpus.process.reading_process import ReadingProcess
from pipeline.corpus.readers.text import read_text
from pipeline.corpus.stored_readings import ReadingStore, is_unchanged, read_or_recall, reading_key
from pipeline.errors import UnreadableArticle
from pipeline.records import Article, Rejected
from pipeline.settings import Fields

#: What an article from standard input is called in the tables.
INPUT_NAME = "standard input"


def read(
    paths: Sequence[Path],
    *,
    root: Path,
    published: date | None = None,
    fields: Fields | None = None,
    readings: ReadingStore | None = None,
    bounds: Sequence[Path] | None = None,
    digests: dict[str, str] | None = None,
) -> Generator[Article | Rejected, None, None]:
    """Every article in the files of ``paths`` (files, or folders with all below), or a Rejected that says why not.

    ``file`` is the path below ``root`` with slashes, else as given, and the part of the file where it holds several
    articles ("wire.jsonl#3", "box.zip/inside/page.html"). ``published`` is the day of articles that bring no date of
    their own; ``fields`` names columns and keys of tables and JSON. A file that ``readings`` has isn't read anew. A
    text that came before is a Rejected with ``copies_of``; two different articles never share a key. Nothing is raised
    for a bad file. Links out of ``bounds`` (``paths``, unless given) aren't followed. ``digests`` is filled: by the
    path of each file its SHA-256 in hex, empty for one that wasn't read as a whole.
    """
    repeats = RepeatFilter()
    with ReadingProcess(fields) as process:
        limits = Bounds(paths if bounds is None else bounds)
        files = _noted(find_files(paths, bounds), digests)
        for item in _read_files(files, root, published, process, _Kept(readings, digests), limits):
            yield repeats.admit(item) if isinstance(item, Article) else item


class RepeatFilter:
    """Sees to it that over all articles of a run every text comes once, and every key stands for one article.

    What came before is in a database of SQLite: in memory while it is small, else in a temporary file.
    """

    def __init__(self) -> None:
        self._seen = sqlite3.connect("", isolation_level=None)
        for statement in (
            "PRAGMA journal_mode = OFF",
            "CREATE TABLE texts (doc_id TEXT PRIMARY KEY, file TEXT) WITHOUT ROWID",
            "CREATE TABLE keys (key BLOB PRIMARY KEY) WITHOUT ROWID",
            "BEGIN",
        ):
            self._seen.execute(statement)
        self._first_files: dict[str, str] = {}  #: by the file of a copy that of the text's first article

    def admit(self, article: Article) -> Article | Rejected:
        """The article, with a key of its own; where its text came before, a Rejected that names the first file."""
        row = self._seen.execute("SELECT file FROM texts WHERE doc_id = ?", (article.doc_id,)).fetchone()
        if row is not None:
            self._first_files[article.file] = row[0]
            return _copy(article.file, row[0])
        self._seen.execute("INSERT INTO texts VALUES (?, ?)", (article.doc_id, article.file))
        if not self._take_key(article.key):
            article = replace(article, key=f"{article.key} {article.doc_id}")
            self._take_key(article.key)
        return article

    def _take_key(self, key: str) -> bool:
        """Whether the key is new; from now on it isn't."""
        added = self._seen.execute("INSERT OR IGNORE INTO keys VALUES (?)", (key.encode("utf-8", "surrogatepass"),))
        return added.rowcount > 0

    def admit_copy(self, copy: Rejected) -> Rejected:
        """A Rejected for a copy that another filter knew, naming the first file that this one knows of its text."""
        return _copy(copy.file, self._first_files.get(copy.copies_of, copy.copies_of))


def _copy(file: str, first_file: str) -> Rejected:
    return Rejected(file, f"the same text as {first_file}", "Nothing to do: it is read once.", copies_of=first_file)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of the files that are read: how they were read, and their digests by path; None for neither."""

    readings: ReadingStore | None = None
    digests: dict[str, str] | None = None


def _noted(
    files: Iterable[tuple[Path, UnreadableArticle | None]], digests: dict[str, str] | None
) -> Iterator[tuple[Path, UnreadableArticle | None]]:
    """The files, each noted among the digests, in their order."""
    for path, problem in files:
        if digests is not None:
            digests[path.as_posix()] = ""
        yield path, problem


def _read_files(
    files: Iterable[tuple[Path, UnreadableArticle | None]],
    root: Path,
    published: date | None,
    process: ReadingProcess,
    kept: _Kept,
    limits: Bounds,
) -> Iterator[Article | Rejected]:
    """What the files hold, copies and shared keys not yet seen to."""
    order = choose_day_order((), process.fields)
    for path, problem in files:
        file = display_path(path, root)
        try:
            if problem is not None:
                raise problem
            if is_standard_input(path):
                file = INPUT_NAME
                yield from _read_standard_input(published, process, order)
                continue
            sidecar = read_sidecar(path, limits.allow_sidecar)
            for outcome, is_plain in _read_file(path, file, process, kept):
                if isinstance(outcome, UnreadablePart):
                    yield Rejected(file + outcome.part, outcome.reason, outcome.hint)
                else:
                    article = build_article(outcome, file, sidecar, published, stored=not is_plain, order=order)
                    yield _readable_or_rejected(article)
        except UnreadableArticle as error:
            yield Rejected(file, error.message, error.hint)


def _read_standard_input(
    published: date | None, process: ReadingProcess, order: DayOrder
) -> Iterator[Article | Rejected]:
    """What comes on standard input, read as a file of that kind would be; its text is kept with the outputs.

    Raises UnreadableArticle for more than one article may have, and where nothing comes.
    """
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    except (AttributeError, OSError, ValueError) as error:  # there is none, or it is closed
        raise UnreadableArticle("nothing can be read there", "Name a file instead.") from error
    if len(data) > MAX_BYTES:
        raise UnreadableArticle(f"larger than {MAX_BYTES // 1_000_000} MB", "Save it as files and name these.")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "standard-input"
        copy.write_bytes(data)
        for outcome, _ in _read_file(copy, INPUT_NAME, process, _Kept()):
            if isinstance(outcome, UnreadablePart):
                yield Rejected(INPUT_NAME + outcome.part, outcome.reason, outcome.hint)
            else:
                article = build_article(outcome, INPUT_NAME, Metadata(), published, stored=True, order=order)
                yield _readable_or_rejected(article)


def _readable_or_rejected(article: Article) -> Article | Rejected:
    try:
        require_words(article)
        require_english(article)
    except NotEnglish as error:
        return Rejected(article.file, error.message, error.hint, language=error.language)
    except UnreadableArticle as error:
        return Rejected(article.file, error.message, error.hint)
    return article


def _read_file(
    path: Path, file: str, process: ReadingProcess, kept: _Kept
) -> Iterator[tuple[Document | UnreadablePart, bool]]:
    """What the file holds, and whether it is plain text. Raises UnreadableArticle when it can't be read or changes
    meanwhile.

    Each outcome is held until the next is there: the last must not come out of a file that changed under its reader.
    """
    held: Document | UnreadablePart | None = None
    try:
        before = path.stat()
        fits = before.st_size <= MAX_BYTES
        data = _read_bytes(path, before.st_size)
        kind = detect_kind_by_head(data, path.name, text_field=process.fields.text, complete=fits)
        if not fits and kind not in STREAMED:
            raise UnreadableArticle(f"larger than {MAX_BYTES // 1_000_000} MB", "Split it into articles.")
        outcomes = _read_plain_text(data, path.name) if kind == "text" else process.read(path)
        if kept.digests is not None and fits:
            kept.digests[path.as_posix()] = hashlib.sha256(data).hexdigest()
        if kept.readings is not None and fits:
            key = reading_key(path.name, process.fields, data)
            outcomes = read_or_recall(path, file, outcomes, kept.readings, key, before)
        for outcome in outcomes:
            if held is not None:
                yield held, kind == "text"
            held = outcome
        after = path.stat()
    except OSError as error:
        raise describe_os_error(error) from error
    if not is_unchanged(before, after):
        raise UnreadableArticle("it changed while it was read", "Run again when nothing writes to it any more.")
    if held is None:
        raise UnreadableArticle("there is nothing in it to read", "Open it with the program it came from and look.")
    yield held, kind == "text"


def _read_plain_text(data: bytes, name: str) -> Iterator[Document | UnreadablePart]:
    """The one article of a text file, its blocks found now, so that they are kept with it."""
    document = read_text(data, name)
    if document.blocks is None:
        document = replace(document, blocks=find_blocks(document.text, document.start))
    yield document


def _read_bytes(path: Path, size: int) -> bytes:
    """The file, or its head when it is larger than one article may be."""
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1 if size <= MAX_BYTES else HEAD_BYTES)


def build_article(
    document: Document, file: str, sidecar: Metadata, published: date | None, *, stored: bool, order: DayOrder = ""
) -> Article:
    """The Article of what a reader gave of ``file``.

    ``sidecar`` goes before what the file says of itself; where the file holds many articles it speaks of all of them,
    so only fills gaps, and not with title or address. ``published`` is the day of articles that bring none. ``stored``
    says that the text is no file's own, ``order`` how days of numbers alone are to be read.
    """
    if document.part:
        metadata = merge_metadata(document.metadata, replace(sidecar, title="", url=""))
    else:
        metadata = merge_metadata(sidecar, document.metadata)
    if metadata.published and metadata.published > latest_day():
        metadata = replace(metadata, published=None, published_source="")
    blocks = document.blocks if document.blocks is not None else find_blocks(document.text, document.start)
    metadata = find_published(metadata, document.text, blocks, file + document.part, published, order)
    return make_article(
        document.text,
        file=file + document.part,
        title=metadata.title,
        published=metadata.published,
        published_source=metadata.published_source,
        publisher=metadata.publisher,
        url=metadata.url,
        authors=metadata.authors,
        language=re.split("[-_]", metadata.language)[0].lower(),
        start=document.start,
        blocks=blocks,
        stored=stored,
        section=metadata.section,
        left_out=document.left_out,
    )


def display_path(path: Path, root: Path) -> str:
    """The path below ``root`` with slashes, else as given.

    Always encodable in UTF-8: bytes of a name that are no text become U+FFFD.
    """
    absolute, top = Path(absolute_path(path)), Path(absolute_path(root))
    name = absolute.relative_to(top) if absolute.is_relative_to(top) else path
    return os.fsencode(name.as_posix()).decode("utf-8", "replace")
