"""Settings of a run: extract.toml in the project folder, then flags."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.errors import BadSettings

DEFAULT_MODEL = "en_core_web_md"
SETTINGS_FILE = "extract.toml"


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the columns of tables and the keys of JSON that hold what; empty: the usual names are tried."""

    text: str = ""
    title: str = ""
    date: str = ""
    url: str = ""
    publisher: str = ""
    author: str = ""
    language: str = ""


#: Keys of extract.toml that name a column: "text_field".
FIELD_KEYS = {f"{field.name}_field": field.name for field in fields(Fields)}
_KEYS = ("corpus", "outputs", "model", "events", *FIELD_KEYS)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run needs to know. Paths are as given; relative ones count from the working folder.

    ``articles``: files and folders to read; empty means ``corpus``. ``published`` dates the articles that carry no
    publication date of their own. ``fields`` names columns and keys of tables and JSON. ``events``: files with further
    event types, or names of those that ship as examples. ``workers`` is the number of processes that extract.
    """

    articles: tuple[Path, ...] = ()
    corpus: Path = Path("corpus")
    outputs: Path = Path("outputs")
    model: str = DEFAULT_MODEL
    published: date | None = None
    fields: Fields = Fields()
    events: tuple[Path, ...] = ()
    workers: int = 1


def load_settings(folder: Path = Path(), **flags: Any) -> Settings:
    """Settings from ``folder``/extract.toml, overridden by flags that aren't None.

    Keys of the file are corpus, outputs, model, events and text_field, title_field...; flags are the fields of Settings
    and those keys. Raises BadSettings for a file that isn't TOML, an unknown key or a value that isn't text (events: a
    list of texts).
    """
    path = folder / SETTINGS_FILE
    values: dict[str, Any] = {"corpus": folder / "corpus", "outputs": folder / "outputs"}
    if path.is_file():
        values.update(_from_file(path, folder))
    values.update((name, value) for name, value in flags.items() if value is not None)
    columns = {FIELD_KEYS[key]: values.pop(key) for key in FIELD_KEYS if key in values}
    return Settings(**values, fields=Fields(**columns))


def _from_file(path: Path, folder: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: {error}", "Mend the line or delete the file.") from error
    known: dict[str, Any] = {}
    for key, value in values.items():
        if key not in _KEYS:
            raise BadSettings(f"{path}: unknown key {key!r}.", f"Known keys: {', '.join(_KEYS)}.")
        if key == "events":
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                raise BadSettings(f'{path}: events must be a list of files: events = ["strikes.toml"].')
            known[key] = tuple(folder / each for each in value)
        elif not isinstance(value, str):
            raise BadSettings(f"{path}: {key} must be text in quotation marks.")
        else:
            known[key] = folder / value if key in ("corpus", "outputs") else value
    return known


def parse_day(text: str) -> date:
    """A publication day as YYYY-MM-DD. Raises BadSettings for anything else and for a day still to come."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadSettings(f"{text!r} is no date.", "Write it as YYYY-MM-DD, for example 2024-03-31.") from error
    # A day's grace: it may be tomorrow already where the article was published.
    if day > date.today() + timedelta(days=1):
        raise BadSettings(f"{day} lies in the future.", "Give the day on which the articles were published.")
    return day
