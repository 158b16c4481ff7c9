"""The articles that ship as examples, for ``extract demo``: in a checkout in corpus/, in a wheel inside the package."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.errors import ExtractError
from pipeline.selection import EXAMPLES

_PACKAGE = Path(__file__).resolve().parent


def copy_examples(folder: Path) -> Path:
    """Copy the examples into ``folder``/corpus, which is made; that folder of articles.

    A folder with other things in it is refused with an ExtractError, one of an earlier demo is taken again.
    """
    corpus = folder / "corpus"
    try:
        if folder.exists() and any(folder.iterdir()) and not corpus.is_dir():
            raise ExtractError(
                f"{folder} is there already and isn't a folder of a demo.",
                "Name a new folder: extract demo my-demo",
            )
        corpus.mkdir(parents=True, exist_ok=True)
        for file in sorted(find_examples().iterdir()):
            if file.is_file() and not (corpus / file.name).exists():
                shutil.copyfile(file, corpus / file.name)
    except OSError as error:
        raise ExtractError(
            f"{folder} can't be written: {error.strerror or error}.", "Name another folder: extract demo my-demo"
        ) from error
    return corpus


def find_examples() -> Path:
    """The folder with the examples. Raises ExtractError when the installation has none."""
    for folder in (_PACKAGE / EXAMPLES, _PACKAGE.parent / "corpus" / EXAMPLES):
        if folder.is_dir():
            return folder
    raise ExtractError("The examples are missing from this installation.", "Install newsclaims again.")
