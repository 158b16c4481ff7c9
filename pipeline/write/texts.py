"""Copies of articles that are no plain text files themselves: outputs/texts/DOC_ID.txt, into which offsets point."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from pipeline.files import create_file
from pipeline.outputs import partial_path
from pipeline.records import Article
from pipeline.text.identifiers import ID_PATTERN

#: A file named by a document id, as "d2k4...7a.txt"; nothing else in the folder is ever removed.
_COPY_NAME = re.compile(rf"d{ID_PATTERN}\.txt")


class TextCopies:
    """The text copies of one run, collected in a temporary folder until the run is complete."""

    def __init__(self, part: Path) -> None:
        self._part = part
        self._is_made = False

    def add(self, article: Article) -> None:
        """Keep the article's text as UTF-8 with every line break as it is, so that offsets fit the copy."""
        if not self._is_made:
            self._part.mkdir()  # raises for a link that was put there just now
            self._is_made = True
        path = self._part / f"{article.doc_id}.txt"
        with TextIOWrapper(create_file(path), encoding="utf-8", newline="") as file:
            file.write(article.text)


@contextmanager
def open_text_copies(folder: Path) -> Iterator[TextCopies]:
    """Collect text copies; when the block ends they replace those of the last run in ``folder``.

    After an error the last run's copies stay as they were. The folder is made and removed as needed; a link in its
    place is replaced, and what it leads to left alone.
    """
    part = partial_path(folder)
    _remove(part)
    try:
        yield TextCopies(part)
        _replace_copies(folder, part)
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    """Remove the temporary folder, or a link in its place; what cannot be removed is met when it is made."""
    if part.is_symlink():
        part.unlink()
    shutil.rmtree(part, ignore_errors=True)


def _replace_copies(folder: Path, part: Path) -> None:
    new_names = {file.name for file in part.iterdir()} if part.is_dir() else set()
    if folder.is_symlink():  # a folder elsewhere, whose files are not ours to remove
        folder.unlink()
    if new_names:
        folder.mkdir(exist_ok=True)
    for name in sorted(new_names):
        (part / name).replace(folder / name)
    if folder.is_dir():
        _remove_old_copies(folder, new_names)


def _remove_old_copies(folder: Path, new_names: set[str]) -> None:
    for file in list(folder.iterdir()):
        if _COPY_NAME.fullmatch(file.name) and file.name not in new_names:
            file.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()
