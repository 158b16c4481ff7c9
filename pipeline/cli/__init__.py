"""The command ``extract``: each of its commands parses flags, calls one function and prints what it returns.

Exit codes: 0 all good, 1 done but something was rejected, 2 could not do it, 130 interrupted.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.flags import (
    Browser,
    EventId,
    Events,
    Examples,
    FileFormat,
    Gold,
    Host,
    MinConfidence,
    Model,
    Outputs,
    PartitionBy,
    Port,
    Published,
    Quiet,
    Reviewer,
    Team,
    TlsCertificate,
    TlsKey,
    Version,
    Workers,
)
from pipeline.cli.messages import Interrupted, print_error, print_problems
from pipeline.cli.running import collect, demo, run
from pipeline.errors import BadSettings, ExtractError, out_of_memory, require_memory
from pipeline.progress import show_progress
from pipeline.settings import load_settings, parse_day
from pipeline.write.wording import printable

if TYPE_CHECKING:
    from pipeline.store import EditSummary


app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def command(version: Version = False) -> None:
    """Who claims what: quotes and closures from news articles, each with its exact place in the text."""


def main() -> None:
    """Run the command line; an error that the user can mend is printed as two plain lines, never as a traceback."""
    # Before numpy loads: on matrices this small a second BLAS thread costs more than it gives.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except ExtractError as error:
        print_error(error.message, error.hint)
        sys.exit(130 if isinstance(error, Interrupted) else 2)
    except MemoryError:
        no_memory = out_of_memory()
        print_error(no_memory.message, no_memory.hint)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # whoever read the output has gone; typer makes that a 1
            sys.exit(0)
        raise


app.command()(run)
app.command()(collect)
app.command()(demo)


@app.command()
def review(
    outputs: Outputs = None,
    reviewer: Reviewer = None,
    port: Port = None,
    browser: Browser = None,
    host: Host = None,
    tls_certificate: TlsCertificate = None,
    tls_key: TlsKey = None,
    team: Team = None,
) -> None:
    """Review the claims of the last run in the browser: read, accept, reject, edit, add. Ends with Ctrl-C."""
    from pipeline.review.address import check_address
    from pipeline.review.reviewer import name_reviewer, name_team
    from pipeline.review.server import make_server
    from pipeline.review.terminal import accompany

    settings = load_settings(
        outputs=outputs, reviewer=reviewer, port=port, browser=browser, host=host, tls_certificate=tls_certificate,
        tls_key=tls_key, team=name_team(team),
    )  # fmt: skip
    name, advice = name_reviewer(settings.reviewer)
    print_problems(filter(None, (advice,)))
    address = check_address(settings.host, settings.tls_certificate, settings.tls_key)
    names = name_team(settings.team) or ()
    with suppress(KeyboardInterrupt), make_server(settings.outputs, name, settings.port, address, names) as server:
        accompany(server, typer.echo, open_browser=settings.browser, team=names)
    typer.echo(
        "\nThe review has ended. All decisions are kept; extract run or extract export writes them into the tables."
    )


@app.command()
def export(
    accepted: Annotated[bool, typer.Option("--accepted", help="Only claims decided accept or edit.")] = False,
    named_format: FileFormat = None,
    partition_by: PartitionBy = None,
    to: Annotated[
        Path | None, typer.Option(help="The file to write; - is the standard output.", show_default="in the outputs")
    ] = None,
    outputs: Outputs = None,
    gold: Gold = False,
    events: Annotated[bool, typer.Option("--events", help="The events instead of the claims.")] = False,
) -> None:
    """Write the claims of the last run, with all decisions made since, or its events, to one file."""
    from pipeline.summary import unknown_word_lines
    from pipeline.write.exchange import EXCHANGE_FORMATS
    from pipeline.write.export import choose_format, export_claims, export_events, export_exchange, export_partitions
    from pipeline.write.wording import counted

    file_format = "parquet" if partition_by and named_format is None else named_format or choose_format(to)
    folder = load_settings(outputs=outputs).outputs
    if partition_by:
        _require_partitions(gold=gold, events=events, file_format=file_format, to=to)
    if gold:
        if accepted or events or file_format not in ("csv", "jsonl"):
            raise BadSettings(
                f"--gold can't be combined with --accepted, --events or --format {file_format}.",
                "Leave them out: gold is always JSON Lines of whole articles.",
            )
        _export_gold(folder, to)
        return
    if events:
        if accepted:
            raise BadSettings("--events can't be combined with --accepted.", "Leave one of them out.")
        if file_format in EXCHANGE_FORMATS:
            raise BadSettings(
                f"--events can't be combined with --format {file_format}.",
                "Leave --events out; of these formats sqlite has the events beside the claims.",
            )
        summary = export_events(folder, file_format, to=to)
        _tell_of_edits(summary.edits, folder)
        typer.echo(f"{counted(summary.claims, 'event')}: {printable(str(summary.path))}", err=summary.is_stream)
        return
    if partition_by:
        summary = export_partitions(folder, partition_by, accepted=accepted, to=to)
    elif file_format in EXCHANGE_FORMATS:
        summary = export_exchange(folder, file_format, accepted=accepted, to=to)
    else:
        summary = export_claims(folder, file_format, accepted=accepted, to=to)
    _tell_of_edits(summary.edits, folder)
    claims = counted(summary.claims, "accepted claim" if accepted else "claim")
    typer.echo(f"{claims}: {printable(str(summary.path))}", err=summary.is_stream)
    print_problems(unknown_word_lines(summary.unknown_words, folder))


def _require_partitions(*, gold: bool, events: bool, file_format: str, to: Path | None) -> None:
    """Raise BadSettings when what is exported can't be a folder in parts."""
    wrong = (
        "--gold" if gold else "--events" if events else "" if file_format == "parquet" else f"--format {file_format}"
    )
    if wrong:
        raise BadSettings(
            f"--partition-by can't be combined with {wrong}.", "Leave one of them out: claims as parquet can be parted."
        )
    if to is not None and str(to) == "-":
        raise BadSettings("--partition-by writes a folder, which the standard output can't be.", "Name one with --to.")


@app.command()
def report(
    accepted: Annotated[bool, typer.Option("--accepted", help="Only claims decided accept or edit.")] = False,
    title: Annotated[str, typer.Option(help="What stands at the top of the page.")] = "",
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="Only articles published on that day or later.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Only articles published on that day or earlier.")
    ] = None,
    event: EventId = "",
    file: Annotated[
        Path | None, typer.Option(help="The file to write; - is the standard output.", show_default="in the outputs")
    ] = None,
    outputs: Outputs = None,
    min_confidence: MinConfidence = None,
) -> None:
    """Write a report to mail: of the last run or a part of it, with all decisions made since."""
    from pipeline.write.selected_report import ReportSelection, write_selected_report
    from pipeline.write.wording import counted

    settings = load_settings(outputs=outputs, min_confidence=min_confidence)
    first_day, last_day = (parse_day(day) if day else None for day in (first, last))
    selection = ReportSelection(accepted, first_day, last_day, event.strip(), settings.min_confidence)
    summary = write_selected_report(settings.outputs, selection, title=title, to=file)
    _tell_of_edits(summary.edits, settings.outputs)
    numbers = f"{counted(summary.claims, 'claim')} from {counted(summary.articles, 'article')}"
    typer.echo(f"{numbers}: {printable(str(summary.path))}", err=summary.is_stream)


def _tell_of_edits(edits: EditSummary, outputs: Path) -> None:
    from pipeline.summary import edit_problem_lines

    print_problems(edit_problem_lines(edits, outputs))


def _export_gold(outputs: Path, to: Path | None) -> None:
    from pipeline.write.gold import export_gold
    from pipeline.write.wording import counted

    summary = export_gold(outputs, to)
    _tell_of_edits(summary.edits, outputs)
    numbers = f"{counted(summary.articles, 'article')} with {counted(summary.claims, 'claim')}"
    typer.echo(f"{numbers}: {printable(str(summary.path))}", err=summary.is_stream)
    for note in summary.notes():
        typer.echo(printable(note), err=summary.is_stream)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold as extract export --gold writes it.")],
    model: Model = None,
    events: Events = None,
    workers: Workers = None,
    examples: Examples = None,
    to: Annotated[Path | None, typer.Option("--json", help="File to write all figures and mistakes to.")] = None,
    quiet: Quiet = None,
) -> None:
    """Measure what is found against gold: precision, recall and F1 by kind, with examples of what went wrong."""
    require_memory()
    from pipeline.evaluate import evaluate as measure
    from pipeline.evaluate.lines import format_evaluation, write_json
    from pipeline.write.destination import find_destination

    settings = load_settings(
        model=model, workers=workers, events=tuple(events) if events else None, quiet=quiet, examples=examples
    )
    destination = find_destination(to, "--json", "evaluation.json", [gold]) if to is not None else None
    with show_progress(settings.quiet, "Reading the gold file") as progress:
        evaluation = measure(gold, settings, progress.report)
    for line in format_evaluation(evaluation, settings.examples, shutil.get_terminal_size((120, 24)).columns):
        typer.echo(printable(line), err=destination is not None and destination.is_stream)
    if destination is not None:
        write_json(destination, evaluation)


@app.command()
def forget(
    files: Annotated[list[str] | None, typer.Argument(help="Articles, as named in articles.csv.")] = None,
    missing: Annotated[bool, typer.Option("--missing", help="All articles that the last run did not find.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="All articles.")] = False,
    decisions: Annotated[bool, typer.Option("--decisions", help="Forget the decisions on their claims, too.")] = False,
    outputs: Outputs = None,
) -> None:
    """Take articles out of the store (outputs/claims.db) for good; decisions on them stay without --decisions."""
    from pipeline.store import open_outputs
    from pipeline.write.wording import counted

    if bool(files) + missing + everything != 1:
        raise BadSettings("It isn't clear what to forget.", "Name articles, or give either --missing or --all.")
    folder = load_settings(outputs=outputs).outputs
    with open_outputs(folder) as store:
        _tell_of_edits(store.import_edits(), folder)
        forgotten = store.forget(None if everything else files or (), missing=missing, decisions=decisions)
    for name in forgotten.unknown:
        typer.echo(f"Not in the store: {printable(name)}", err=True)
    typer.echo(f"Forgotten: {counted(forgotten.articles, 'article')}, {counted(forgotten.decisions, 'decision')}.")
    if forgotten.rewritten_files:
        typer.echo(
            f"Still in these files until the next run rewrites them: {printable(', '.join(forgotten.rewritten_files))}"
        )
    if forgotten.other_files:
        typer.echo(f"Maybe still in these files, which no run rewrites: {printable(', '.join(forgotten.other_files))}")
    if forgotten.unknown:
        raise typer.Exit(1)


@app.command()
def explain(target: Annotated[str, typer.Argument(metavar="FILE[#PART][:LINE]")] = "", event: EventId = "",
            published: Published = None, outputs: Outputs = None, model: Model = None,
            events: Events = None) -> None:  # fmt: skip
    """Show for each sentence what was found, by which rule, and the parse; with --event why claims are of one event.

    FILE is of any kind; an article inside it is named as in articles.csv: wire.jsonl#3, box.zip/inside/page.html.
    """
    require_memory()
    from pipeline.explain import explain as explain_file
    from pipeline.explain import explain_event

    if bool(target) == bool(event):
        raise ExtractError("Name a file, or an event with --event ID.", "For example: extract explain corpus/a.txt:12")
    if event:
        for text in explain_event(load_settings(outputs=outputs).outputs, event):
            typer.echo(printable(text))
        return

    path, line = _split_line(target)
    settings = load_settings(
        published=parse_day(published) if published else None,
        model=model,
        events=tuple(events) if events else None,
    )
    for text in explain_file(path, settings, line):
        typer.echo(text)


@app.command()
def doctor(outputs: Outputs = None, model: Model = None, events: Events = None) -> None:
    """Check versions, model, folders, one article and the sentences of further event types; say what to do."""
    require_memory()
    from pipeline.doctor import doctor as run_checks
    from pipeline.write.wording import counted

    problems = 0
    for check in run_checks(load_settings(outputs=outputs, model=model, events=tuple(events) if events else None)):
        typer.echo(f"{'ok   ' if check.ok else 'WRONG'} {check.name:12} {printable(check.seen)}")
        if not check.ok:
            problems += 1
            typer.echo(f"      -> {printable(check.advice)}")
    if problems:
        typer.echo(
            f"{counted(problems, 'problem')}: follow the advice after each arrow, then run extract doctor again."
        )
        raise typer.Exit(2)
    typer.echo("No problems found.")


def _split_line(target: str) -> tuple[Path, int | None]:
    """Split FILE[:LINE]; FILE may name an article inside a file. A file whose name really ends in ":12" has no line."""
    name, _, line = target.rpartition(":")
    if name and line.isdecimal() and not Path(target).exists():
        return Path(name), int(line)
    return Path(target), None
