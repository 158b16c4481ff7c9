"""Settings of a run: built-in defaults, [tool.newsclaims] of pyproject.toml, extract.toml, environment, flags: each
overrides those before it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.errors import BadSettings

#: The spaCy pipeline that the rules were developed and measured on.
DEFAULT_MODEL = "en_core_web_md"
SETTINGS_FILE = "extract.toml"
#: The file of a Python project whose table of this name may hold the same settings.
PROJECT_FILE, PROJECT_TABLE = "pyproject.toml", "tool.newsclaims"
#: As many processes as may be asked for.
MAX_WORKERS = 64
#: The last port that there is.
MAX_PORT = 65_535
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
#: Keys whose value is a path, which counts from the folder of extract.toml.
_FOLDER_KEYS = ("corpus", "outputs", "log_file", "tls_certificate", "tls_key")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run and the commands after it need to know. Paths are as given; relative ones count from where we are."""

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
    #: Folder that all machines of a cluster have, by path or address ("s3://bucket/parts"): its workers read articles
    #: themselves and leave there what they give. Empty: "parts" in the outputs where files are many, on one machine.
    shared: str = ""
    article_seconds: float = ARTICLE_SECONDS  #: CPU seconds that each 100,000 characters of an article may take
    #: Whether to write claims.xlsx; None: unless there are more claims than WORKBOOK_CLAIMS.
    xlsx: bool | None = None
    #: Undecided claims of less confidence, 0 to 1, are left out of the tables and the report; 0 leaves out none.
    min_confidence: float = 0.0
    since: date | None = None  #: articles published before that day are left out; those without a day stay
    allow_rejected: int = 0  #: how many files may be rejected in a run that counts as one in which all is well
    log_file: Path | None = None  #: file to which each command adds what it read and said
    quiet: bool = False  #: whether to print problems only
    reviewer: str = ""  #: the name that signs the decisions of extract review; empty: the login name
    port: int = 0  #: the port of its page; 0 takes any free one
    browser: bool = True  #: whether it opens the page in the browser
    host: str = ""  #: name or IP address of this machine at which the page is served; empty: to this machine alone
    tls_certificate: Path | None = None  #: PEM file of the certificate that the page shows to other machines
    tls_key: Path | None = None  #: PEM file of its key, without a password
    team: tuple[str, ...] = ()  #: reviewers who each get an address of their own, which signs with their name
    examples: int = 5  #: how many of each kind of mistake extract evaluate shows


def load_settings(folder: Path = Path(), **flags: Any) -> Settings:
    """The settings from ``folder``/extract.toml or pyproject.toml, overridden by flags that aren't None.

    Flags are the fields of Settings, and text_field, title_field and so on for those of Fields; keys of the files are
    the same, without ``articles``. Raises BadSettings for a file that isn't TOML, an unknown key, or a wrong value.
    """
    values: dict[str, Any] = {"corpus": folder / "corpus", "outputs": folder / "outputs"}
    for path, read in ((folder / PROJECT_FILE, _read_project_file), (folder / SETTINGS_FILE, _read_toml)):
        if path.is_file():
            where = f"{path} [{PROJECT_TABLE}]" if path.name == PROJECT_FILE else str(path)
            values.update(_parse_values(read(path), where, folder))
    values.update((name, value) for name, value in flags.items() if value is not None)
    columns = {FIELD_KEYS[key]: values.pop(key) for key in FIELD_KEYS if key in values}
    if "day_first" in values:
        columns["day_first"] = values.pop("day_first")
    return Settings(**values, fields=Fields(**columns))


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path} is not valid TOML: {error}.", "Correct that line or delete the file.") from error


def _read_project_file(path: Path) -> dict[str, Any]:
    """The table of newsclaims in a file of any project; where it isn't mentioned nothing is parsed."""
    if PROJECT_TABLE not in path.read_text(encoding="utf-8", errors="replace"):
        return {}
    tools = _read_toml(path).get("tool", {})
    table = tools.get("newsclaims", {}) if isinstance(tools, dict) else {}
    if not isinstance(table, dict):
        raise BadSettings(f"{path}: [{PROJECT_TABLE}] must be a table.", f"For example: [{PROJECT_TABLE}]")
    return table


def _parse_values(values: Mapping[str, Any], where: str, folder: Path) -> dict[str, Any]:
    """The values of a file as Settings has them; ``where`` names it. Raises BadSettings where one is wrong."""
    for key in values:
        if key not in _VALUES:
            raise BadSettings(f"{where}: unknown key {key!r}.", f"Known keys: {', '.join(_VALUES)}.")
    parsed = {key: _VALUES[key].parse(key, value, where) for key, value in values.items()}
    for key in _FOLDER_KEYS:
        if key in parsed:
            parsed[key] = folder / parsed[key]
    if "events" in parsed:
        parsed["events"] = tuple(folder / name for name in parsed["events"])
    return parsed


@dataclass(frozen=True, slots=True)
class _Value:
    """What may stand behind a key of extract.toml."""

    types: tuple[type, ...]  #: the very types that it may have: true is no number
    must_be: str  #: how to go on after "KEY must be "
    example: str  #: what may stand behind "KEY = "
    convert: Callable[[Any], Any]
    is_within: Callable[[Any], bool] = lambda _: True  #: whether a value of the right type is one that can be used

    def parse(self, key: str, value: Any, where: str) -> Any:
        """The value as Settings has it. Raises BadSettings where it isn't right."""
        try:
            return self.check(key, value)
        except (TypeError, ValueError) as error:
            raise BadSettings(
                f"{where}: {key} must be {self.must_be}.", f"For example: {key} = {self.example}"
            ) from error

    def check(self, key: str, value: Any) -> Any:
        """As ``parse``, for a value that comes from Python. Raises TypeError for another type, else ValueError."""
        if type(value) not in self.types:
            raise TypeError(f"{key} must be {self.must_be}, not {type(value).__name__}")
        if not self.is_within(value):
            raise ValueError(f"{key} must be {self.must_be}; it is {value!r}")
        return self.convert(value)


def check_setting(key: str, value: object) -> Any:
    """The value of a setting of extract.toml as Settings has it, given from Python.

    Raises TypeError for a value of another type, ValueError for one out of its bounds, KeyError where there is no such
    setting.
    """
    return _VALUES[key].check(key, value)


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


def _day_of(value: date | str) -> date:
    return parse_day(str(value))


_TEXT = _Value((str,), "text in quotation marks", '"name"', str)
_SWITCH = _Value((bool,), "true or false", "true", bool)
_DAY = _Value((date, str), "a day", "2025-03-04", _day_of)
#: What may stand in extract.toml, by key. To add a key, add it here and to Settings.
_VALUES: Mapping[str, _Value] = {
    "corpus": _TEXT,
    "outputs": _TEXT,
    "model": _TEXT,
    "events": _Value(
        (list,), "a list of files", '["strikes.toml"]', tuple, lambda names: all(type(name) is str for name in names)
    ),
    "published": _DAY,
    "since": _DAY,
    "workers": _Value((int,), f"a number from 1 to {MAX_WORKERS}", "4", int, lambda count: 1 <= count <= MAX_WORKERS),
    "engine": _TEXT,
    "scheduler": _TEXT,
    "shared": _TEXT,
    "article_seconds": _Value(
        (int, float), "a number above 0", f"{ARTICLE_SECONDS:g}", float, lambda seconds: 0 < seconds < float("inf")
    ),
    "min_confidence": _Value((int, float), "a number from 0 to 1", "0.5", float, lambda share: 0 <= share <= 1),
    "allow_rejected": _Value((int,), "a whole number from 0", "10", int, lambda count: count >= 0),
    "log_file": _TEXT,
    "quiet": _SWITCH,
    "reviewer": _TEXT,
    "port": _Value((int,), f"a number from 0 to {MAX_PORT}", "8321", int, lambda port: 0 <= port <= MAX_PORT),
    "browser": _SWITCH,
    "host": _TEXT,
    "tls_certificate": _TEXT,
    "tls_key": _TEXT,
    "team": _Value(
        (list,), "a list of names", '["Ana", "Ben"]', tuple, lambda names: all(type(name) is str for name in names)
    ),
    "examples": _Value((int,), "a whole number from 0", "10", int, lambda count: count >= 0),
    "xlsx": _SWITCH,
    "day_first": _SWITCH,
    **dict.fromkeys(FIELD_KEYS, _TEXT),
}
