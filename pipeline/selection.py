"""Which files a run reads: what was named, else the corpus, its examples only where nothing else is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.corpus import COMMON_FORMATS, ReadingStore, display_path, find_files, read
from pipeline.errors import ExtractError
from pipeline.records import Article, Rejected
from pipeline.settings import Settings

#: Folder of the corpus with the articles that ship with the project.
EXAMPLES = "examples"

#: How many of the names that can't be read a message lists.
_NAMES_SHOWN = 5
#: How many of the named files and folders a report names.
_SELECTED_SHOWN = 3

_UNCHANGED = "Nothing was written; what is in the outputs stays as it was."


@dataclass(frozen=True, slots=True)
class Selection:
    """What a run is to read."""

    paths: list[Path]  #: files and folders
    bounds: list[Path]  #: files and folders that links may lead to or into
    total: int  #: number of files in them, and of what else becomes a row
    empty_folders: list[Rejected] = field(default_factory=list)  #: named folders that have nothing in them
    only_examples: bool = False  #: whether the examples are read because nothing else is in the corpus


def describe_selection(settings: Settings) -> str:
    """What a run reads, as a report says it, by names without their folders, which may be nobody's business.

    For example: the corpus “corpus”; “april”, “march”, “wire.jsonl” and 4 more.
    """
    if not settings.articles:
        return f"the corpus “{_name(settings.corpus)}”"
    names = [f"“{name}”" for name in sorted({_name(path) for path in settings.articles})]
    if more := len(names[_SELECTED_SHOWN:]):
        names = [*names[:_SELECTED_SHOWN], f"{more} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _name(path: Path) -> str:
    """A file's or folder's own name, also of "." and ".."; of the root all there is."""
    return path.name if path.name not in ("", "..") else path.resolve().name or str(path.resolve())


def select_files(settings: Settings) -> Selection:
    """What to read: the named files and folders, else all of the corpus; its examples only if nothing else is there."""
    if settings.articles:
        return _select_named(settings.articles, settings.corpus)
    corpus = settings.corpus
    if not corpus.is_dir():
        raise ExtractError(
            f"There is no folder {corpus}.",
            f"Create it and put articles in it (mkdir {corpus}), or name files: extract run ARTICLE.txt",
        )
    try:
        paths = sorted(path for path in corpus.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise ExtractError(
            f"The folder {corpus} can't be read: {error.strerror}.", "Change its permissions, then run again."
        ) from error
    own = [path for path in paths if path.name != EXAMPLES]
    total = _count_files(own, corpus)
    if total:
        return Selection(own, [corpus], total)
    total = _count_files(paths, corpus)
    if not total:
        raise ExtractError(f"There is nothing to read in {corpus}.", f"Put articles in it ({COMMON_FORMATS}).")
    return Selection(paths, [corpus], total, only_examples=True)


def _select_named(paths: Sequence[Path], corpus: Path) -> Selection:
    """What was named on the command line; links may lead into the corpus, too.

    Raises ExtractError when none of it exists or has a file in it.
    """
    empty_folders = [
        Rejected(
            display_path(path, Path()), "there is nothing in this folder", f"Put articles in it ({COMMON_FORMATS})."
        )
        for path in dict.fromkeys(paths)
        if next(find_files([path]), None) is None
    ]
    bounds = [*paths, corpus]
    found = list(find_files(paths, bounds))
    rejected = [
        Rejected(display_path(path, Path()), problem.message, problem.hint)
        for path, problem in found
        if problem is not None
    ]
    if len(rejected) == len(found):
        raise _nothing_named_exists([*rejected, *empty_folders])
    return Selection(list(paths), bounds, len(found) + len(empty_folders), empty_folders)


def _count_files(paths: Sequence[Path], corpus: Path) -> int:
    return sum(1 for _ in find_files(paths, [corpus]))


def _nothing_named_exists(unread: Sequence[Rejected]) -> ExtractError:
    """The error for a run of which nothing that was named can be read."""
    hints = dict.fromkeys(item.hint for item in unread[:_NAMES_SHOWN] if item.hint)
    hint = " ".join(hints)
    if len(unread) == 1:
        return ExtractError(f"{unread[0].file} can't be read: {unread[0].reason}. {_UNCHANGED}", hint)
    shown = ", ".join(f"{item.file} ({item.reason})" for item in unread[:_NAMES_SHOWN])
    more = f" and {len(unread) - _NAMES_SHOWN} more" if len(unread) > _NAMES_SHOWN else ""
    return ExtractError(f"Nothing that was named can be read: {shown}{more}. {_UNCHANGED}", hint)


def read_files(
    selection: Selection,
    paths: Sequence[Path],
    settings: Settings,
    readings: ReadingStore,
    digests: dict[str, str] | None = None,
) -> Iterator[Article | Rejected]:
    """What the files of these paths give, which are all of a selection's or some; links lead no further than its.

    ``digests`` is filled as ``corpus.read`` does.
    """
    return read(
        paths,
        root=Path(),
        published=settings.published,
        fields=settings.fields,
        readings=readings,
        bounds=selection.bounds,
        digests=digests,
    )


def leave_out_earlier(
    items: Iterable[Article | Rejected], since: date | None, left_out: list[str]
) -> Iterator[Article | Rejected]:
    """The items without the articles published before ``since``, whose files are added to ``left_out``.

    Articles without a day stay, and everything where there is no ``since``.
    """
    for item in items:
        if since and isinstance(item, Article) and item.published and item.published < since:
            left_out.append(item.file)
        else:
            yield item
