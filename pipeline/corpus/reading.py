"""Read articles, one at a time: an Article or a Rejected for every file, in an order that doesn't change."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.corpus.article import make_article
from pipeline.corpus.decode import decode
from pipeline.corpus.folder import explain, find_files, whole_path
from pipeline.corpus.language import NotEnglish, require_english
from pipeline.corpus.metadata import Metadata, combined, front_matter, sidecar
from pipeline.errors import UnreadableArticle
from pipeline.records import Article, Rejected

#: Larger files are refused: no article is so long, and each is held in memory whole.
MAX_BYTES = 50_000_000


def read(paths: Sequence[Path], *, root: Path, published: date | None = None) -> Iterator[Article | Rejected]:
    """Every file of ``paths`` (files, or folders with all below) as an Article, or as a Rejected that says why not.

    ``file`` is the path below ``root`` with slashes, else as given. ``published`` is the day of articles that bring
    no date of their own. A text that came before is a Rejected with ``copies_of``; two different articles never share
    a key. Nothing is raised for a bad file.
    """
    files: dict[str, str] = {}
    keys: set[str] = set()
    for path, problem in find_files(paths):
        file = _shown(path, root)
        try:
            if problem is not None:
                raise problem
            article = _read_file(path, file, Metadata(published=published, published_source="--published"))
            require_english(article)
        except NotEnglish as error:
            yield Rejected(file, error.message, error.hint, language=error.language)
            continue
        except UnreadableArticle as error:
            yield Rejected(file, error.message, error.hint)
            continue
        if (same := files.get(article.doc_id)) is not None:
            yield Rejected(file, f"the same text as {same}", "Nothing to do: it is read once.", copies_of=same)
            continue
        files[article.doc_id] = file
        if article.key in keys:
            article = replace(article, key=f"{article.key} {article.doc_id}")
        keys.add(article.key)
        yield article


def _read_file(path: Path, file: str, default: Metadata) -> Article:
    """Raises UnreadableArticle with what is wrong."""
    text = decode(_bytes(path))
    own, start = front_matter(text)
    if not text[start:].strip():
        raise UnreadableArticle("nothing but front matter", "Put the article's text below it.")
    known = combined(combined(sidecar(path), own), default)
    return make_article(
        text,
        file=file,
        title=known.title,
        published=known.published,
        published_source=known.published_source if known.published else "",
        publisher=known.publisher,
        url=known.url,
        start=start,
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise explain(error) from error
    if len(data) > MAX_BYTES:
        raise UnreadableArticle(f"larger than {MAX_BYTES // 1_000_000} MB", "Split it into articles.")
    return data


def _shown(path: Path, root: Path) -> str:
    """The path below root, else as given; always encodable, whatever bytes the name has."""
    whole, top = Path(whole_path(path)), Path(whole_path(root))
    name = whole.relative_to(top) if whole.is_relative_to(top) else path
    return os.fsencode(name.as_posix()).decode("utf-8", "replace")
