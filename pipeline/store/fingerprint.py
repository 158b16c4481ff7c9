"""Fingerprints of what results and readings depend on: when one changes, articles are extracted or read again."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from pipeline.knowledge import fingerprint as knowledge_fingerprint
from pipeline.nlp import model_folder
from pipeline.settings import Settings

_PACKAGE = Path(__file__).resolve().parent.parent
#: The rooms that run between an Article and its Result: a change of their code makes every result anew. A test compares
#: this with the order of rooms; errors, interrupts and settings change no result, the corpus only what it is made from.
RESULT_ROOMS = (
    "records",
    "serial",
    "text",
    "rule_table",
    "knowledge",
    "nlp",
    "extract",
    "link",
    "claims",
    "event_profiles",
    "article",
)
#: Libraries that these import; tests/store/test_fingerprint.py compares.
RESULT_LIBRARIES = ("spacy", "thinc", "numpy", "dateparser")
#: The rooms that run between a file and its Article, and the serialiser, in whose form readings are stored: a change of
#: their code makes every reading anew.
READING_ROOMS = ("records", "serial", "text", "corpus")
#: Libraries that the readers import, and those that these read pages with: htmldate has dateparser's names of months,
#: trafilatura falls back on jusText, which cleans by lxml-html-clean. Not py3langid: the language of every article is
#: decided anew, whether it was read just now or earlier.
READING_LIBRARIES = (
    "charset-normalizer", "dateparser", "htmldate", "justext", "lxml", "lxml-html-clean", "pypdfium2", "python-docx",
    "pyarrow", "python-calamine", "striprtf", "trafilatura", "warcio", "xlrd", "zstandard",
)  # fmt: skip


def result_fingerprint(settings: Settings) -> str:
    """SHA-256 in hex of all that the result of an article depends on besides the article.

    That is the source code of RESULT_ROOMS, the files of models/ and further event types, the spaCy model, Python and
    libraries. Raises BadModel for a model that isn't installed, BadKnowledge for a file that can't be used.
    """
    knowledge = knowledge_fingerprint(settings.events).encode()
    code = (_source_code(RESULT_ROOMS), *_versions(RESULT_LIBRARIES))
    return _digest((*code, *_model_files(settings.model), knowledge))


def result_parts(settings: Settings) -> dict[str, str]:
    """What ``result_fingerprint`` is made of, by names that a user knows: {"spacy": "3.8.7", "the model": digest, ...}.

    For machines that must give the same results to compare. Raises as ``result_fingerprint`` does.
    """
    return {
        "newsclaims": _source_code(RESULT_ROOMS).decode(),
        "Python": _python_version(),
        **{name: _version(name) for name in RESULT_LIBRARIES},
        f"the model {settings.model}": _digest(_model_files(settings.model)),
        "models/ or event types": knowledge_fingerprint(settings.events),
    }


def grouping_fingerprint(results: str) -> str:
    """SHA-256 in hex of what a grouping of events depends on besides them; ``results`` is their own fingerprint."""
    return _digest((results.encode(), _source_code(("compare",))))


def reading_fingerprint() -> str:
    """SHA-256 in hex of all that decides what a file is read as, besides the file: code, Python and libraries."""
    return _digest((_source_code(READING_ROOMS), *_versions(READING_LIBRARIES)))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part + b"\0")
    return digest.hexdigest()


@cache  # what is loaded stays what it was
def _source_code(rooms: tuple[str, ...]) -> bytes:
    """Digest of names and source of the rooms' modules: so a changed rule is noticed without a version number."""
    parts: list[bytes] = []
    for room in rooms:
        folder = _PACKAGE / room
        for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]:
            parts += (path.relative_to(_PACKAGE).as_posix().encode(), path.read_bytes())
    return _digest(parts).encode()


def _versions(libraries: Iterable[str]) -> Iterator[bytes]:
    """Python's version and its Unicode data's, on which ``\\w`` depends, and those of the libraries."""
    yield _python_version().encode()
    for name in libraries:
        yield f"{name} {_version(name)}".encode()


def _python_version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor} {unicodedata.unidata_version}"


@cache  # looking it up reads the library's whole description
def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:  # pyarrow is an extra
        return ""


def _model_files(name: str) -> Iterator[bytes]:
    """What tells spaCy pipelines apart without reading their weights: description, names and sizes of the files."""
    folder = model_folder(name)
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        yield f"{path.relative_to(folder).as_posix()} {path.stat().st_size}".encode()
        if path.name in ("meta.json", "config.cfg"):
            yield path.read_bytes()
