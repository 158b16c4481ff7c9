"""Copies of the texts that offsets count in, where these are no files of their own: outputs/texts/DOC_ID.txt."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.outputs import partial_path
from pipeline.records import Article
from pipeline.text.identifiers import ID_PATTERN

#: Only files so named are ever removed from the folder.
_OURS = re.compile(rf"d{ID_PATTERN}\.txt")


class Texts:
    """The texts of one run, written beside the last run's."""

    def __init__(self, part: Path) -> None:
        self._part = part

    def add(self, article: Article) -> None:
        """Keep the article's text: UTF-8, every line break as it is."""
        self._part.mkdir(exist_ok=True)
        with (self._part / f"{article.doc_id}.txt").open("w", encoding="utf-8", newline="") as file:
            file.write(article.text)


@contextmanager
def texts_beside(folder: Path) -> Iterator[Texts]:
    """Where to put texts; at the end they take the place of the last run's in ``folder``, after an error none does."""
    part = partial_path(folder)
    shutil.rmtree(part, ignore_errors=True)
    try:
        yield Texts(part)
        _replace(folder, part)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _replace(folder: Path, part: Path) -> None:
    new = {file.name for file in part.iterdir()} if part.is_dir() else set()
    if new:
        folder.mkdir(exist_ok=True)
    for name in sorted(new):
        (part / name).replace(folder / name)
    if folder.is_dir():
        for file in list(folder.iterdir()):
            if _OURS.fullmatch(file.name) and file.name not in new:
                file.unlink()
        if not any(folder.iterdir()):
            folder.rmdir()
