"""The commands that read articles: ``extract run``, ``extract collect`` and ``extract demo``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.flags import (
    AllowRejected,
    Articles,
    AuthorField,
    DateField,
    DayFirst,
    Engine,
    Events,
    LanguageField,
    LogFile,
    MinConfidence,
    Model,
    Outputs,
    PartOfRun,
    Published,
    PublisherField,
    Quiet,
    Scheduler,
    Shared,
    Since,
    TextField,
    TitleField,
    UrlField,
    Workers,
    Xlsx,
)
from pipeline.cli.log_file import open_log
from pipeline.cli.messages import explaining_interrupts
from pipeline.errors import require_memory
from pipeline.progress import ProgressDisplay, ReportCallback, show_progress, stopping_if_asked
from pipeline.settings import load_settings, parse_day

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.summary import Summary

#: Does the work of a command: gets what shows the progress, and what is to be called after each article.
Job = Callable[[ProgressDisplay, ReportCallback], "Summary"]


def run(
    articles: Articles = None,
    published: Published = None,
    since: Since = None,
    outputs: Outputs = None,
    model: Model = None,
    events: Events = None,
    quiet: Quiet = None,
    workers: Workers = None,
    engine: Engine = None,
    scheduler: Scheduler = None,
    shared: Shared = None,
    part: PartOfRun = None,
    min_confidence: MinConfidence = None,
    xlsx: Xlsx = None,
    allow_rejected: AllowRejected = None,
    log_file: LogFile = None,
    text_field: TextField = None,
    title_field: TitleField = None,
    date_field: DateField = None,
    url_field: UrlField = None,
    publisher_field: PublisherField = None,
    author_field: AuthorField = None,
    language_field: LanguageField = None,
    day_first: DayFirst = None,
) -> None:
    """Read articles and write claims.csv, claims.xlsx, mentions.csv, articles.csv, claims.jsonl and report.html."""
    require_memory()
    with explaining_interrupts():
        from pipeline.run_job import run as run_job

    settings = load_settings(
        articles=tuple(articles) if articles else None,
        published=parse_day(published) if published else None,
        since=parse_day(since) if since else None,
        outputs=outputs,
        model=model,
        quiet=quiet,
        workers=workers,
        engine=engine,
        scheduler=scheduler,
        shared=shared,
        min_confidence=min_confidence,
        xlsx=xlsx,
        allow_rejected=allow_rejected,
        log_file=log_file,
        text_field=text_field,
        title_field=title_field,
        date_field=date_field,
        url_field=url_field,
        publisher_field=publisher_field,
        author_field=author_field,
        language_field=language_field,
        day_first=day_first,
        events=tuple(events) if events else None,
    )
    if part:
        _run_part(settings, part)
        return
    _run_whole(
        settings,
        "Looking for files",
        lambda progress, report: run_job(settings, report, progress.start, progress.report_file, progress.tell),
    )


def collect(
    parts: Annotated[
        list[str], typer.Argument(help="Folders or files that extract run --part or --shared wrote.", metavar="PARTS")
    ],
    outputs: Outputs = None,
    model: Model = None,
    events: Events = None,
    quiet: Quiet = None,
    workers: Workers = None,
    min_confidence: MinConfidence = None,
    xlsx: Xlsx = None,
    allow_rejected: AllowRejected = None,
    log_file: LogFile = None,
) -> None:
    """Write the tables and the report of a whole run from all its parts."""
    require_memory()
    with explaining_interrupts():
        from pipeline.run_parts import collect as collect_parts

    settings = load_settings(
        outputs=outputs,
        model=model,
        events=tuple(events) if events else None,
        quiet=quiet,
        workers=workers,
        min_confidence=min_confidence,
        xlsx=xlsx,
        allow_rejected=allow_rejected,
        log_file=log_file,
    )
    _run_whole(
        settings,
        "Opening the parts",
        lambda progress, report: collect_parts(parts, settings, report, progress.start),
    )


def demo(
    folder: Annotated[Path, typer.Argument(help="Folder to make.", metavar="FOLDER")] = Path("newsclaims-demo"),
    model: Model = None,
) -> None:
    """Read the articles that ship as examples, in a folder of their own, to see what comes out."""
    require_memory()
    with explaining_interrupts():
        from pipeline.demo import copy_examples
        from pipeline.run_job import run as run_job

    settings = load_settings(corpus=copy_examples(folder), outputs=folder / "outputs", model=model)
    _run_whole(
        settings,
        "Looking for files",
        lambda progress, report: run_job(settings, report, progress.start, progress.report_file, progress.tell),
    )
    typer.echo(f"Here:     cd {folder}; extract review. Articles of your own: put them into {folder / 'corpus'}.")


def _run_whole(settings: Settings, preparing: str, job: Job) -> None:
    """Do a job with its progress shown and logged, print what it did, and exit with 1 when too much was rejected."""
    from pipeline.summary import problem_lines, summary_lines

    quiet = settings.quiet
    with open_log(settings) as log:
        with explaining_interrupts(), show_progress(quiet, preparing) as progress:
            summary = job(progress, log.following(stopping_if_asked(progress.report)))
        for line in problem_lines(summary) if quiet else summary_lines(summary):
            typer.echo(line, err=quiet)
        log.write(*summary_lines(summary))
    if len(summary.rejected) > settings.allow_rejected:
        raise typer.Exit(1)


def _run_part(settings: Settings, words: str) -> None:
    from pipeline.parts import parse_part
    from pipeline.run_parts import run_part
    from pipeline.summary import part_lines

    part = parse_part(words)
    with open_log(settings) as log:
        with explaining_interrupts(), show_progress(settings.quiet, "Looking for files") as progress:
            report = log.following(stopping_if_asked(progress.report))
            summary = run_part(settings, part, report, progress.start)
        for line in () if settings.quiet else part_lines(summary):
            typer.echo(line)
        log.write(*part_lines(summary))
    if len(summary.rejected) > settings.allow_rejected:
        raise typer.Exit(1)
