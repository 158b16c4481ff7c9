"""The flags and arguments of the commands, as types that typer reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.settings import WORKBOOK_CLAIMS
from pipeline.write.exchange import EXCHANGE_FORMATS
from pipeline.write.export_formats import FORMATS

_FORMAT_NAMES = (*FORMATS, *EXCHANGE_FORMATS)


def _parse_format(name: str) -> str:
    if name not in _FORMAT_NAMES:
        raise typer.BadParameter(f"there is no format {name!r}; choose one of {', '.join(_FORMAT_NAMES)}.")
    return name


def parse_article(name: str) -> Path:
    """The path of an article that was named. Raises typer.BadParameter for an empty name."""
    if not name:  # as from a variable of the shell that isn't set; Path() would be the whole working folder
        raise typer.BadParameter("an empty name was given; name a file or a folder.")
    return Path(name)


Published = Annotated[str | None, typer.Option(help="Publication day of articles that carry none: YYYY-MM-DD.")]
Model = Annotated[str | None, typer.Option(help="A spaCy pipeline with tagger, parser and NER, by name or folder.")]
Outputs = Annotated[Path | None, typer.Option(help="Folder for the results.", show_default="outputs")]
Articles = Annotated[
    list[Path] | None,
    typer.Argument(help="Files or folders.", show_default="corpus", parser=parse_article, metavar="ARTICLES"),
]
Workers = Annotated[
    int | None, typer.Option(min=1, max=64, help="Processes that extract.", show_default="by machine and corpus")
]
Engine = Annotated[
    str | None,
    typer.Option(help="Who extracts: local, processes or dask.", show_default="by the number of workers"),
]
Scheduler = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="A running Dask scheduler: tls://host:8786.", show_default="none")
]
PartOfRun = Annotated[
    str | None,
    typer.Option(
        metavar="N/M", help="Extract only the N-th of M parts, for extract collect.", show_default="all of it"
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(min=0, max=1, help="Leave undecided claims of less confidence out of the tables.", show_default="0"),
]
Xlsx = Annotated[
    bool | None,
    typer.Option("--xlsx/--no-xlsx", help="Write claims.xlsx.", show_default=f"up to {WORKBOOK_CLAIMS:,} claims"),
]
_TABLES = "Tables and JSON"
TextField = Annotated[str | None, typer.Option(help="Column or key of the text.", rich_help_panel=_TABLES)]
TitleField = Annotated[str | None, typer.Option(help="Column or key of the title.", rich_help_panel=_TABLES)]
DateField = Annotated[str | None, typer.Option(help="Column or key of the publication day.", rich_help_panel=_TABLES)]
UrlField = Annotated[str | None, typer.Option(help="Column or key of the URL.", rich_help_panel=_TABLES)]
PublisherField = Annotated[str | None, typer.Option(help="Column or key of the publisher.", rich_help_panel=_TABLES)]
AuthorField = Annotated[str | None, typer.Option(help="Column or key of the authors.", rich_help_panel=_TABLES)]
LanguageField = Annotated[str | None, typer.Option(help="Column or key of the language.", rich_help_panel=_TABLES)]
DayFirst = Annotated[
    bool | None,
    typer.Option(
        "--day-first/--month-first",
        help="Whether 03/04/2025 is 3 April or March 4.",
        show_default="as the file's other days show",
        rich_help_panel=_TABLES,
    ),
]
Events = Annotated[
    list[Path] | None, typer.Option(help="File that describes another kind of event; may be given more than once.")
]
EventId = Annotated[str, typer.Option("--event", metavar="ID", help="An event by its id, as in events.csv.")]
Gold = Annotated[bool, typer.Option("--gold", help="Fully decided articles, for extract evaluate.")]
FileFormat = Annotated[
    str, typer.Option("--format", parser=_parse_format, metavar=f"[{'|'.join(_FORMAT_NAMES)}]", help="Kind of file.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print problems only.")]
