"""Settings of a run: extract.toml in the project folder, then flags."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.errors import BadSettings

DEFAULT_MODEL = "en_core_web_md"
SETTINGS_FILE = "extract.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run needs to know. Paths are as given; relative ones count from the working folder.

    ``articles``: files and folders to read; empty means ``corpus``. ``published`` dates the articles that carry no
    publication date of their own. ``workers`` is the number of processes that extract.
    """

    articles: tuple[Path, ...] = ()
    corpus: Path = Path("corpus")
    outputs: Path = Path("outputs")
    model: str = DEFAULT_MODEL
    published: date | None = None
    workers: int = 1


def load_settings(folder: Path = Path(), **flags: Any) -> Settings:
    """Settings from ``folder``/extract.toml (keys: corpus, outputs, model), overridden by flags that aren't None.

    Raises BadSettings for a file that isn't TOML, an unknown key or a value that isn't text.
    """
    path = folder / SETTINGS_FILE
    settings = Settings(corpus=folder / "corpus", outputs=folder / "outputs")
    if path.is_file():
        settings = replace(settings, **_from_file(path, folder))
    return replace(settings, **{name: value for name, value in flags.items() if value is not None})


def _from_file(path: Path, folder: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: {error}", "Mend the line or delete the file.") from error
    for key, value in values.items():
        if key not in ("corpus", "outputs", "model"):
            raise BadSettings(f"{path}: unknown key {key!r}.", "Known keys: corpus, outputs, model.")
        if not isinstance(value, str):
            raise BadSettings(f"{path}: {key} must be text in quotation marks.")
    return {key: value if key == "model" else folder / value for key, value in values.items()}


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
