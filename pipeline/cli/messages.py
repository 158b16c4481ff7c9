"""What the commands say when something stands in their way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from pipeline.errors import ExtractError
from pipeline.write.wording import printable


class Interrupted(ExtractError):
    """The user stopped a run with Ctrl-C; ends with exit code 130 instead of 2."""


@contextmanager
def explaining_interrupts() -> Iterator[None]:
    """Turn Ctrl-C into an error that says how to go on; by itself typer would end without a word."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise Interrupted(
            "Stopped before the end; the tables of the last complete run are unchanged.",
            "Run the same command again: it continues with the articles that have not been read yet.",
        ) from error


def print_problems(lines: Iterator[str]) -> None:
    """Print the lines to standard error."""
    for line in lines:
        typer.echo(printable(line), err=True)


def print_error(message: str, hint: str) -> None:
    """Print an error in two plain lines: what happened, and what to do next."""
    typer.echo(f"extract: {printable(message)}", err=True)
    if hint:
        typer.echo(f"         {printable(hint)}", err=True)
