"""What results depend on besides the article: rules, knowledge, model, libraries. What changes it is done anew."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from pipeline.knowledge import fingerprint as knowledge_fingerprint
from pipeline.nlp import model_folder
from pipeline.settings import Settings

_PACKAGE = Path(__file__).resolve().parent.parent
#: The rooms between an Article and its Result.
RESULT_ROOMS = ("records", "serial", "text", "knowledge", "nlp", "extract", "link", "claims", "article")
#: Libraries that these import, and numpy, which spaCy and thinc compute with; tests/store/test_fingerprint.py compares.
RESULT_LIBRARIES = ("spacy", "thinc", "numpy", "dateparser")
#: The serialiser too: readings are kept in its form.
READING_ROOMS = ("records", "serial", "text", "corpus")
#: Libraries that the readers import, and those that these read pages with: htmldate has dateparser's names of months,
#: trafilatura falls back on jusText, which cleans by lxml-html-clean. Not py3langid: the language is asked anew of
#: every article, read just now or kept.
READING_LIBRARIES = (
    "charset-normalizer", "dateparser", "htmldate", "justext", "lxml", "lxml-html-clean", "pypdfium2", "python-docx",
    "striprtf", "trafilatura", "warcio",
)  # fmt: skip


def result_fingerprint(settings: Settings) -> str:
    """SHA-256 over all that makes the result of an article what it is. Raises BadModel and BadKnowledge."""
    digest = hashlib.sha256()
    for part in (*_code(RESULT_ROOMS), *_versions(RESULT_LIBRARIES), *_model(settings.model)):
        digest.update(part + b"\0")
    digest.update(knowledge_fingerprint(settings.events).encode())
    return digest.hexdigest()


def reading_fingerprint() -> str:
    """SHA-256 over all that makes what a file is read as, besides the file."""
    digest = hashlib.sha256()
    for part in (*_code(READING_ROOMS), *_versions(READING_LIBRARIES)):
        digest.update(part + b"\0")
    return digest.hexdigest()


def _code(rooms: Iterable[str]) -> Iterator[bytes]:
    """The names and sources of the rooms' modules: a changed rule needs no new version number to be noticed."""
    for room in rooms:
        folder = _PACKAGE / room
        for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]:
            yield path.relative_to(_PACKAGE).as_posix().encode()
            yield path.read_bytes()


def _versions(libraries: Iterable[str]) -> Iterator[bytes]:
    yield f"{sys.version_info.major}.{sys.version_info.minor} {unicodedata.unidata_version}".encode()
    for name in libraries:
        yield f"{name} {metadata.version(name)}".encode()


def _model(name: str) -> Iterator[bytes]:
    """What tells a spaCy pipeline from another without reading its weights: its own description, names and sizes."""
    folder = model_folder(name)
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        yield f"{path.relative_to(folder).as_posix()} {path.stat().st_size}".encode()
        if path.name in ("meta.json", "config.cfg"):
            yield path.read_bytes()
