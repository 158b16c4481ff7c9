"""Load models/: what the extractors know, as readable data. Unknown keys are refused."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.knowledge.cues import Cues, load_cues
from pipeline.knowledge.dates import DateWords, load_date_words
from pipeline.knowledge.events.files import find_event_file, load_event_types
from pipeline.knowledge.events.types import EventType
from pipeline.knowledge.events.words import EventWords, load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.models import file_digest
from pipeline.knowledge.people import People, load_people
from pipeline.knowledge.places import PlaceTable, load_places


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that is known, loaded once for a run and only read.

    ``cues``: reporting cues with the models that find quotes; ``dates``: words that decide what a date means;
    ``places``: countries, regions and cities; ``people``: words about people and organisations, first names;
    ``events``: event types in the order of their files' names, closures among them; ``event_words``: general English
    that the rules for all event types share.
    """

    cues: Cues
    dates: DateWords
    places: PlaceTable
    people: People
    events: tuple[EventType, ...]
    event_words: EventWords


def load_knowledge(event_files: Sequence[Path] = ()) -> Knowledge:
    """Knowledge from models/ and further event files, each a path or the name of a shipped example ("appointment").

    Takes some tenths of a second. Raises BadKnowledge for a file that can't be used and for two event types of one
    name; the message names file and line or key.
    """
    folder = models_folder()
    people = load_people(folder)
    return Knowledge(
        cues=load_cues(folder, people),
        dates=load_date_words(folder),
        places=load_places(folder / "places"),
        people=people,
        events=load_event_types(event_files),
        event_words=load_event_words(folder),
    )


def fingerprint(event_files: Sequence[Path] = ()) -> str:
    """SHA-256 over names and contents of all files of models/ and contents of further event files.

    The store keeps it with every result: where it differs, the result is stale and the article is read again. Raises
    BadKnowledge when an event file isn't there.
    """
    folder = models_folder()
    digest = hashlib.sha256()
    for named in event_files:
        digest.update(find_event_file(named).read_bytes() + b"\0")
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        facts = path.stat()
        content = _content_digest(path, facts.st_size, facts.st_mtime_ns)
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + content.encode() + b"\0")
    return digest.hexdigest()


@cache  # a run asks several times, and it is three megabytes
def _content_digest(path: Path, _size: int, _modified_ns: int) -> str:
    """SHA-256 in hex of a file that has this size and was written at this time."""
    return file_digest(path)
