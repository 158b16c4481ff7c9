"""Extraction from Python: from one text, from many, from rows of a table, from files, and a whole run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from markupsafe import Markup

from pipeline.article import Resources, load_resources, process_all
from pipeline.corpus import make_article, read
from pipeline.engines.choice import choose_engine
from pipeline.records import Article, Rejected, Result
from pipeline.settings import DEFAULT_MODEL, Fields, Settings, check_setting, load_settings
from pipeline.write.highlight import mark_spans

if TYPE_CHECKING:
    from pipeline.run_job import ProgressCallback
    from pipeline.summary import Summary

#: What is known of an article and may be given with its text, besides ``published``.
_TEXT_KEYS = ("title", "publisher", "url")
#: How roles look in a notebook, as CSS; every other role is only underlined.
_COLOURS = {"content": "#fff3bf", "source": "#d0ebff", "cue": "#e9ecef", "trigger": "#ffd8a8", "target": "#d3f9d8"}
#: Settings that are files or folders, and those that are days.
_PATHS, _DAYS = frozenset({"corpus", "outputs"}), frozenset({"published", "since"})


class RunSettings(TypedDict, total=False):
    """The settings of ``run`` by their names in extract.toml; None counts as not given. ``Settings`` describes them.

    What speaks of the command's own output (``quiet``, ``log_file``, ``allow_rejected``) is none.
    """

    corpus: str | Path | None
    outputs: str | Path | None
    model: str | None
    events: str | Path | Sequence[str | Path] | None
    published: date | str | None
    since: date | str | None
    workers: int | None
    engine: str | None
    scheduler: str | None
    shared: str | None
    article_seconds: float | None
    min_confidence: float | None
    xlsx: bool | None
    day_first: bool | None
    text_field: str | None
    title_field: str | None
    date_field: str | None
    url_field: str | None
    publisher_field: str | None
    author_field: str | None
    language_field: str | None


class ExtractedText(Result):
    """A Result that a notebook shows as its article with the claims marked."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """The article as HTML; speaker, cue, words, triggers and targets of all claims are marked."""
        spans: dict[str, list[tuple[int, int]]] = {}
        for claim in self.claims:
            for role, parts in claim.spans.items():
                spans.setdefault(role, []).extend(parts)
        rules = "".join(f".newsclaims .{role} {{ background: {colour} }} " for role, colour in _COLOURS.items())
        style = (
            f".newsclaims {{ white-space: pre-wrap }} .newsclaims mark {{ border-bottom: 1px solid #868e96 }} {rules}"
        )
        return str(Markup("<style>{}</style><div class=newsclaims>{}</div>").format(style, self._marked(spans)))

    def _marked(self, spans: Mapping[str, Iterable[tuple[int, int]]]) -> Markup:
        return mark_spans(self.article.text, spans)


def extract_text(
    text: str,
    *,
    published: date | str | None = None,
    title: str = "",
    publisher: str = "",
    url: str = "",
    model: str = DEFAULT_MODEL,
    events: str | Path | Sequence[str | Path] = (),
) -> ExtractedText:
    """The claims, mentions and dates of one article given as a string; offsets in the result are into ``text``.

    ``published`` is the publication day: a date, a datetime, of which the day counts, or ISO 8601 text ("2025-03-04");
    without it no relative date ("last week") gets days. ``events`` is a file with further event types, or several.
    Model and files are loaded at the first call and kept. Raises TypeError for an argument of another type, ValueError
    for a ``published`` that is no day, BadModel when ``model`` isn't installed or can't be used, BadKnowledge for a
    mistake in a file. For example::

        result = extract_text("The mine will close, Ada Brandt said.", published=date(2025, 3, 4))
        [(claim.speaker, claim.claim_text) for claim in result.claims]
    """
    for name, value in {"text": text, "title": title, "publisher": publisher, "url": url, "model": model}.items():
        if not isinstance(value, str):
            raise TypeError(f"{name} must be a str, not {type(value).__name__}")
    article = to_article({"text": text, "published": published, "title": title, "publisher": publisher, "url": url})
    return _shown(next(process_all([article], load_once(model, _files(events)))))


def extract_texts(
    rows: Iterable[str | Mapping[str, Any] | Article] | Any,
    *,
    columns: Mapping[str, str] | None = None,
    model: str = DEFAULT_MODEL,
    events: str | Path | Sequence[str | Path] = (),
    workers: int = 1,
    engine: str = "",
) -> Iterator[ExtractedText | Rejected]:
    """The result of each article, in order, one by one as they are ready.

    A row is a text, a mapping with the keys "text" and, where known, "published", "title", "publisher" and "url", or an
    ``Article`` of ``read_articles``; ``rows`` may also be a pandas DataFrame with such columns. ``columns`` says which
    keys are named otherwise: ``{"text": "body", "published": "day"}``. Cells that are None, NaN or NaT are unknown.
    ``workers`` processes share the work; ``engine`` is "local", "processes" or "dask". What takes too long or breaks
    the process that works on it is a Rejected with the reason, and so is a row whose text is empty or unknown.

    Raises TypeError or ValueError, with the number of the row, for what is no text or no day; KeyError for a row
    without its text; else as ``extract_text``.
    """
    names = {"text": "text", "published": "published", **{key: key for key in _TEXT_KEYS}, **(columns or {})}
    records = rows.to_dict("records") if hasattr(rows, "to_dict") and not isinstance(rows, Mapping) else rows
    settings = Settings(model=model, events=_files(events), workers=workers, engine=engine)
    run = choose_engine(settings)
    items = run(_row_to_article(row, number, names) for number, row in enumerate(records, 1))
    return (_shown(item) if isinstance(item, Result) else item for item in items if not isinstance(item, Article))


def read_articles(
    *paths: str | Path, published: date | str | None = None, day_first: bool | None = None
) -> Iterator[Article | Rejected]:
    """The articles in files and folders of any kind that ``extract run`` reads, one by one; what is none is a Rejected.

    ``published`` is the day of articles that don't tell theirs, ``day_first`` says whether 03/04/2025 is 3 April.
    """
    return read(
        [Path(path) for path in paths], root=Path(), published=to_day(published), fields=Fields(day_first=day_first)
    )


def run(
    *articles: str | Path,
    settings: Settings | None = None,
    report: ProgressCallback | None = None,
    **values: Unpack[RunSettings],
) -> Summary:
    """Do what ``extract run`` does: read the articles, extract what is new, and write the tables and the report.

    ``articles`` are files and folders; without any, all of the folder ``corpus``. ``values`` are settings by the names
    that they have in extract.toml, as ``outputs="out", published="2025-03-04", workers=2, xlsx=False``; they count
    before those of an extract.toml in the working folder. ``settings`` says all of it in one record instead, and no
    file is read for it. ``report`` is called after each article with its Result or Rejected, the number of those that
    are done, and that of the files.

    Returns a Summary: ``read``, ``rejected``, ``claims`` by type, ``outputs`` and more; printed, it is what the command
    prints. Raises TypeError for a setting that there isn't or one of another type, ValueError for one out of its bounds
    or a day that is none; BadSettings for a mistake in extract.toml, and ExtractError, its parent and that of BadModel
    and BadKnowledge, when nothing can be done, as when no article is there: all tables are then as they were.
    """
    from pipeline.run_job import run as run_job  # has more to load than extraction needs

    if settings is None:
        settings = _to_settings(articles, values)
    elif articles or values:
        raise TypeError("run takes either settings or articles and single settings, not both")
    return run_job(settings, report)


def _to_settings(articles: Sequence[str | Path], values: Mapping[str, Any]) -> Settings:
    """The settings of ``run``; a value that is None counts as not given. Raises as ``run`` does."""
    given = {key: _to_setting(key, value) for key, value in values.items() if value is not None}
    return load_settings(articles=tuple(_to_path("articles", path) for path in articles) or None, **given)


def _to_setting(key: str, value: Any) -> Any:
    if key not in RunSettings.__annotations__:
        raise TypeError(f"run has no setting {key!r}; it has {', '.join(RunSettings.__annotations__)}")
    if key in _DAYS:
        return to_day(value, key)
    if key in _PATHS:
        return _to_path(key, value)
    if key == "events":
        return tuple(_to_path(key, path) for path in ((value,) if isinstance(value, str | Path) else value))
    return check_setting(key, value)


def _to_path(name: str, value: object) -> Path:
    if not isinstance(value, str | Path):
        raise TypeError(f"{name} must be a str or a Path, not {type(value).__name__}")
    if not str(value):  # Path("") would be the whole working folder
        raise ValueError(f"{name} must name a file or a folder; it is empty")
    return Path(value)


def to_day(published: object, name: str = "published") -> date | None:
    """The publication day: from a date, a datetime, ISO 8601 text, or None. Raises TypeError or ValueError for what is
    no day, with the argument's ``name``."""
    if published is None:
        return None
    try:
        if isinstance(published, str):
            return date.fromisoformat(published.strip())
        day = published.date() if isinstance(published, datetime) else published
        if isinstance(day, datetime):
            raise ValueError("pandas' NaT, a datetime that has no day")
        if isinstance(day, date):
            return day
    except ValueError as error:
        raise ValueError(
            f"{name} must be a day such as 2025-03-04 (YYYY-MM-DD), or None where it is unknown; it is {published!r}"
        ) from error
    raise TypeError(f"{name} must be a date or text in the form YYYY-MM-DD, not {type(published).__name__}")


@cache
def load_once(model: str, events: tuple[Path, ...] = ()) -> Resources:
    """As ``load_resources``; what was loaded is kept for the next call."""
    return load_resources(model, events)


def _files(events: str | Path | Sequence[str | Path]) -> tuple[Path, ...]:
    return tuple(map(Path, (events,) if isinstance(events, str | Path) else events))


def _shown(result: Result) -> ExtractedText:
    return ExtractedText(*(getattr(result, name) for name in Result.__slots__))


def _row_to_article(row: Any, number: int, names: Mapping[str, str]) -> Article | Rejected:
    if isinstance(row, Article):
        return row
    if isinstance(row, str):
        row, names = {"text": row}, {"text": "text"}
    if not isinstance(row, Mapping):
        raise TypeError(f"row {number} must be a str, a mapping or an Article, not {type(row).__name__}")
    if names["text"] not in row:
        raise KeyError(
            f"row {number} has no {names['text']!r}; say with columns={{'text': ...}} which key has the text"
        )
    values = {key: row[name] for key, name in names.items() if name in row and not _is_missing(row[name])}
    if not values.get("text", ""):
        return Rejected(f"row {number}", "there is no text")
    for key in ("text", *_TEXT_KEYS):
        if not isinstance(values.setdefault(key, ""), str):
            raise TypeError(f"row {number}: {names[key]} must be a str, not {type(values[key]).__name__}")
    try:
        return to_article(values)
    except (TypeError, ValueError) as error:
        raise type(error)(f"row {number}: {error}") from error


def _is_missing(value: Any) -> bool:
    """Whether a cell is empty as pandas has it: None, or NaN or NaT, which equal nothing, not even themselves."""
    return value is None or bool(value != value)


def to_article(values: Mapping[str, Any]) -> Article:
    """The Article of a text and what is known of it: "text", and maybe "published", "title", "publisher" and "url".

    All but the day are text already. Raises TypeError or ValueError for a "published" that is no day.
    """
    day = to_day(values.get("published"))
    known = {key: values.get(key, "") for key in _TEXT_KEYS}
    return make_article(values["text"], file="", published=day, published_source="argument" if day else "", **known)
