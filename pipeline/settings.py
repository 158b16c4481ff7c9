"""Settings of a run: built-in defaults, overridden by extract.toml in the project folder, overridden by flags."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.errors import BadSettings

#: The spaCy pipeline that the rules were developed and measured on.
DEFAULT_MODEL = "en_core_web_md"
SETTINGS_FILE = "extract.toml"
#: Seconds of CPU time that extraction may take for each 100,000 characters of an article, begun ones counting whole.
#: Such an article takes about 5; twenty times as much leaves room for slow machines.
ARTICLE_SECONDS = 120.0


#: Claims up to which claims.xlsx is written without being asked for. Each takes about a quarter of a millisecond, so
#: many about 12 seconds, which is little beside reading the two thousand articles that they come from.
WORKBOOK_CLAIMS = 50_000


@dataclass(frozen=True, slots=True)
class Fields:
    """For tables and JSON the name of the column or key that holds each part; empty: the usual names are tried."""

    text: str = ""  #: the article's text
    title: str = ""  #: its headline
    date: str = ""  #: day of publication
    url: str = ""  #: its address
    publisher: str = ""  #: newspaper, agency or site
    author: str = ""  #: author or authors
    language: str = ""  #: ISO 639-1 code
    #: Whether 03/04/2025 is 3 April; None: whatever the days of the file itself show.
    day_first: bool | None = None


#: Keys of extract.toml (and flags) that name a column, with the field of ``Fields`` they set: "text_field": "text".
FIELD_KEYS = {f"{field.name}_field": field.name for field in fields(Fields) if field.name != "day_first"}
#: All keys of extract.toml. To add one, add it here and to Settings, and convert its value in _parse_value.
_KEYS = ("corpus", "outputs", "model", "events", "article_seconds", "min_confidence", "xlsx", "day_first", *FIELD_KEYS)
#: Keys whose value is a folder, which counts from the folder of extract.toml.
_FOLDER_KEYS = ("corpus", "outputs")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run needs to know. Paths are as given; relative ones count from the working folder."""

    articles: tuple[Path, ...] = ()  #: files and folders to read; empty means all of ``corpus``
    corpus: Path = Path("corpus")  #: folder of articles
    outputs: Path = Path("outputs")  #: folder for results, created when missing
    model: str = DEFAULT_MODEL  #: name or folder of a spaCy pipeline
    published: date | None = None  #: publication day of the articles that carry none of their own
    fields: Fields = Fields()  #: names of columns and keys in tables and JSON
    events: tuple[Path, ...] = ()  #: files with further event types, or names of those that ship as examples
    workers: int | None = None  #: number of processes that extract; None: what machine and corpus deserve
    engine: str = ""  #: "local", "processes" or "dask"; empty chooses one of the first two by the number of workers
    scheduler: str = ""  #: address of a running Dask scheduler, for the engine dask; empty starts one on this machine
    article_seconds: float = ARTICLE_SECONDS  #: CPU seconds that each 100,000 characters of an article may take
    #: Whether to write claims.xlsx; None: unless there are more claims than WORKBOOK_CLAIMS.
    xlsx: bool | None = None
    #: Undecided claims of less confidence, 0 to 1, are left out of the tables and the report; 0 leaves out none.
    min_confidence: float = 0.0


def load_settings(folder: Path = Path(), **flags: Any) -> Settings:
    """The settings from ``folder``/extract.toml, overridden by flags that aren't None.

    Flags are the fields of Settings, and text_field, title_field and so on for those of Fields; the file's keys are
    corpus, outputs, model, events, article_seconds, min_confidence, xlsx, day_first and the same ``_field`` keys.
    Raises BadSettings for a file that isn't TOML, an unknown key, or a value that isn't text (events: a list of texts;
    article_seconds and min_confidence: a number; xlsx and day_first: true or false).
    """
    path = folder / SETTINGS_FILE
    values: dict[str, Any] = {"corpus": folder / "corpus", "outputs": folder / "outputs"}
    if path.is_file():
        values.update(_read_file(path, folder))
    values.update((name, value) for name, value in flags.items() if value is not None)
    columns = {FIELD_KEYS[key]: values.pop(key) for key in FIELD_KEYS if key in values}
    if "day_first" in values:
        columns["day_first"] = values.pop("day_first")
    return Settings(**values, fields=Fields(**columns))


def _read_file(path: Path, folder: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path} is not valid TOML: {error}.", "Correct that line or delete the file.") from error
    for key in values:
        if key not in _KEYS:
            raise BadSettings(f"{path}: unknown key {key!r}.", f"Known keys: {', '.join(_KEYS)}.")
    return {key: _parse_value(key, value, path, folder) for key, value in values.items()}


def _parse_value(key: str, value: Any, path: Path, folder: Path) -> Any:
    """The value of a key as Settings has it. Raises BadSettings where it is of the wrong type."""
    if key == "events":
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise BadSettings(f"{path}: events must be a list of files.", 'For example: events = ["strikes.toml"]')
        return tuple(folder / name for name in value)
    if key == "article_seconds":
        if not _is_number(value) or not 0 < value < float("inf"):
            raise BadSettings(f"{path}: {key} must be a number above 0.", f"For example: {key} = {ARTICLE_SECONDS:g}")
        return float(value)
    if key == "min_confidence":
        if not _is_number(value) or not 0 <= value <= 1:
            raise BadSettings(f"{path}: {key} must be a number from 0 to 1.", f"For example: {key} = 0.5")
        return float(value)
    if key in ("day_first", "xlsx"):
        if not isinstance(value, bool):
            raise BadSettings(f"{path}: {key} must be true or false.", f"For example: {key} = true")
        return value
    if not isinstance(value, str):
        raise BadSettings(f"{path}: {key} must be text in quotation marks.", f'For example: {key} = "name"')
    return folder / value if key in _FOLDER_KEYS else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def parse_day(text: str) -> date:
    """A publication day given as YYYY-MM-DD. Raises BadSettings for anything else and for a day in the future."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadSettings(f"{text!r} is not a date.", "Write it as YYYY-MM-DD, for example 2024-03-31.") from error
    # One day's grace: where the article was published it may be tomorrow already.
    if day > date.today() + timedelta(days=1):
        raise BadSettings(f"{day} is in the future.", "Give the day on which the articles were published.")
    return day
