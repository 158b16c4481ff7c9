"""The flags and arguments of the commands, as types that typer reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline import __version__
from pipeline.settings import MAX_PORT, WORKBOOK_CLAIMS
from pipeline.write.exchange import EXCHANGE_FORMATS
from pipeline.write.export_formats import FORMATS
from pipeline.write.partitions import PARTITIONS

_FORMAT_NAMES = (*FORMATS, *EXCHANGE_FORMATS)

#: What the names of environment variables begin with: NEWSCLAIMS_OUTPUTS for --outputs.
_ENVIRONMENT_PREFIX = "NEWSCLAIMS"


def _parse_format(name: str) -> str:
    if name not in _FORMAT_NAMES:
        raise typer.BadParameter(f"there is no format {name!r}; choose one of {', '.join(_FORMAT_NAMES)}.")
    return name


def _parse_partition(name: str) -> str:
    if name not in PARTITIONS:
        raise typer.BadParameter(f"claims can't be parted by {name!r}; choose of {', '.join(PARTITIONS)}.")
    return name


def parse_article(name: str) -> Path:
    """The path of an article that was named. Raises typer.BadParameter for an empty name."""
    if not name:  # as from a variable of the shell that isn't set; Path() would be the whole working folder
        raise typer.BadParameter("an empty name was given; name a file or a folder.")
    return Path(name)


def _option(*names: str, **settings: Any) -> Any:
    """An option that an environment variable may set, too, of the name that it has in extract.toml: NEWSCLAIMS_XLSX."""
    key = names[0].removeprefix("--").partition("/")[0].replace("-", "_").upper()
    return typer.Option(*names, envvar=f"{_ENVIRONMENT_PREFIX}_{key}", show_envvar=False, **settings)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newsclaims {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
]
Published = Annotated[
    str | None, _option("--published", help="Publication day of articles that carry none: YYYY-MM-DD.")
]
Model = Annotated[
    str | None, _option("--model", help="A spaCy pipeline with tagger, parser and NER, by name or folder.")
]
Outputs = Annotated[Path | None, _option("--outputs", help="Folder for the results.", show_default="outputs")]
Articles = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Files, folders, or addresses of storage (s3://).",
        show_default="corpus",
        parser=parse_article,
        metavar="ARTICLES",
    ),
]
Workers = Annotated[
    int | None,
    _option("--workers", min=1, max=64, help="Processes that extract.", show_default="by machine and corpus"),
]
Engine = Annotated[
    str | None,
    _option("--engine", help="Who extracts: local, processes or dask.", show_default="by the number of workers"),
]
Scheduler = Annotated[
    str | None,
    _option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler: tls://host:8786.", show_default="none"),
]
Shared = Annotated[
    str | None,
    _option(
        "--shared",
        metavar="FOLDER",
        help="Folder or address (s3://...) in which workers of Dask, which then read themselves, leave parts.",
        show_default="none",
    ),
]
PartOfRun = Annotated[
    str | None,
    typer.Option(
        metavar="N/M", help="Extract only the N-th of M parts, for extract collect.", show_default="all of it"
    ),
]
MinConfidence = Annotated[
    float | None,
    _option(
        "--min-confidence",
        min=0,
        max=1,
        help="Leave undecided claims of less confidence out of the tables.",
        show_default="0",
    ),
]
Xlsx = Annotated[
    bool | None,
    _option("--xlsx/--no-xlsx", help="Write claims.xlsx.", show_default=f"up to {WORKBOOK_CLAIMS:,} claims"),
]
_TABLES = "Tables and JSON"
TextField = Annotated[str | None, _option("--text-field", help="Column or key of the text.", rich_help_panel=_TABLES)]
TitleField = Annotated[
    str | None, _option("--title-field", help="Column or key of the title.", rich_help_panel=_TABLES)
]
DateField = Annotated[
    str | None, _option("--date-field", help="Column or key of the publication day.", rich_help_panel=_TABLES)
]
UrlField = Annotated[str | None, _option("--url-field", help="Column or key of the URL.", rich_help_panel=_TABLES)]
PublisherField = Annotated[
    str | None, _option("--publisher-field", help="Column or key of the publisher.", rich_help_panel=_TABLES)
]
AuthorField = Annotated[
    str | None, _option("--author-field", help="Column or key of the authors.", rich_help_panel=_TABLES)
]
LanguageField = Annotated[
    str | None, _option("--language-field", help="Column or key of the language.", rich_help_panel=_TABLES)
]
DayFirst = Annotated[
    bool | None,
    _option(
        "--day-first/--month-first",
        help="Whether 03/04/2025 is 3 April or March 4.",
        show_default="as the file's other days show",
        rich_help_panel=_TABLES,
    ),
]
Events = Annotated[
    list[Path] | None,
    _option("--events", help="File that describes another kind of event; may be given more than once."),
]
EventId = Annotated[str, typer.Option("--event", metavar="ID", help="An event by its id, as in events.csv.")]
Gold = Annotated[bool, typer.Option("--gold", help="Fully decided articles, for extract evaluate.")]
FileFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        parser=_parse_format,
        metavar=f"[{'|'.join(_FORMAT_NAMES)}]",
        help="Kind of file.",
        show_default="as --to ends, else csv",
    ),
]
Reviewer = Annotated[
    str | None, _option("--reviewer", help="Name saved with each decision.", show_default="your login name")
]
Port = Annotated[
    int | None,
    _option("--port", min=0, max=MAX_PORT, help="Port of the page; 0 takes any free one.", show_default="0"),
]
Browser = Annotated[
    bool | None, _option("--browser/--no-browser", help="Open the page in the browser.", show_default="yes")
]
Host = Annotated[
    str | None,
    _option(
        "--host",
        metavar="ADDRESS",
        help="Serve the page at this name or IP address of this machine; what others reach needs a certificate.",
        show_default="this machine alone",
    ),
]
TlsCertificate = Annotated[
    Path | None, _option("--tls-certificate", metavar="FILE", help="Certificate of that address: a PEM file.")
]
TlsKey = Annotated[
    Path | None, _option("--tls-key", metavar="FILE", help="Key of the certificate: a PEM file without a password.")
]
Team = Annotated[
    list[str] | None,
    _option(
        "--team",
        metavar="NAME",
        help="A reviewer who gets an address of their own, which signs with that name; may be given more than once.",
    ),
]
Examples = Annotated[
    int | None, _option("--examples", min=0, help="How many of each kind of mistake to show.", show_default="5")
]
PartitionBy = Annotated[
    list[str] | None,
    typer.Option(
        "--partition-by",
        parser=_parse_partition,
        metavar=f"[{'|'.join(PARTITIONS)}]",
        help="Of parquet: write a folder with a folder for each of these; may be given more than once.",
        show_default="one file",
    ),
]
Quiet = Annotated[bool | None, _option("--quiet", help="Print problems only.", show_default="no")]
Since = Annotated[
    str | None,
    _option("--since", metavar="DAY", help="Leave out articles published before that day.", show_default="none"),
]
AllowRejected = Annotated[
    int | None,
    _option(
        "--allow-rejected",
        metavar="N",
        min=0,
        help="End with exit code 0 though N files were rejected.",
        show_default="0",
    ),
]
LogFile = Annotated[
    Path | None, _option("--log-file", help="Add to this file what is read and said.", show_default="none")
]
