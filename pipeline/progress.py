"""What shows how far a command is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import typer

from pipeline.interrupts import raise_interrupt
from pipeline.records import Rejected, Result
from pipeline.write.wording import printable

#: Called after each article, with what it gave, how many are done, and how many there are.
ReportCallback = Callable[["Result | Rejected", int, int], None]


def stopping_if_asked(report: ReportCallback) -> ReportCallback:
    """The callback, before which an interrupt takes effect that came earlier and was swallowed on its way."""

    def report_or_stop(item: Result | Rejected, done: int, total: int) -> None:
        raise_interrupt()
        report(item, done, total)

    return report_or_stop


@dataclass(frozen=True, slots=True)
class ProgressDisplay:
    """What shows how far a command is."""

    start: Callable[[int], None]  #: called with the number of files once it is known
    report: ReportCallback
    report_file: Callable[[str], None]  #: called with the file that is worked on
    tell: Callable[[str], None]  #: called with a line for the user


@contextmanager
def show_progress(quiet: bool, preparing: str) -> Iterator[ProgressDisplay]:
    """Show a bar and the file it is at on a terminal, plain lines elsewhere, problems always.

    ``preparing`` says what goes on before the first file.
    """
    if quiet or not sys.stderr.isatty():
        yield ProgressDisplay(
            start=lambda _: None,
            report=lambda item, done, total: _print_progress(item, done, total, quiet),
            report_file=lambda _: None,
            tell=lambda line: None if quiet else typer.echo(line, err=True),
        )
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.table import Column

    file_column = TextColumn("{task.fields[file]}", markup=False, table_column=Column(no_wrap=True, ratio=1))
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(), file_column)
    with Progress(*columns, transient=True, console=Console(stderr=True)) as bar:
        task = bar.add_task(preparing, total=None, file="")

        def start(total: int) -> None:
            bar.update(task, total=total, description=f"Reading 0/{total}")

        def report(item: Result | Rejected, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=f"Reading {done}/{total}")
            if isinstance(item, Rejected):
                bar.console.print(_problem_line(item), markup=False, highlight=False)

        yield ProgressDisplay(
            start,
            report,
            report_file=lambda file: bar.update(task, file=printable(file)),
            tell=lambda line: bar.console.print(line, markup=False, highlight=False),
        )


def _print_progress(item: Result | Rejected, done: int, total: int, quiet: bool) -> None:
    if isinstance(item, Rejected):
        typer.echo(_problem_line(item), err=True)
    elif not quiet:
        typer.echo(f"{done}/{total} {printable(item.article.file)}: {len(item.claims)} claims", err=True)


def _problem_line(item: Rejected) -> str:
    return printable(f"Not read: {item.file}: {item.reason}. {item.hint}".rstrip())
