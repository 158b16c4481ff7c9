"""The command ``extract``: each command parses flags and calls one function.

Exit codes: 0 all good, 1 done but something was rejected, 2 could not do it, 130 interrupted.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import BadSettings, ExtractError
from pipeline.records import Rejected
from pipeline.settings import load_settings, parse_day

if TYPE_CHECKING:
    from pipeline.records import Result
    from pipeline.run import Summary


class Form(StrEnum):
    """What ``extract export`` can write."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Who claims what: quotes and closures from news articles, each with its exact place in the text.",
)

Published = Annotated[str | None, typer.Option(help="Publication day of articles that carry none: YYYY-MM-DD.")]
Model = Annotated[str | None, typer.Option(help="A spaCy pipeline with tagger, parser and NER, by name or folder.")]
Outputs = Annotated[Path | None, typer.Option(help="Folder for the results.", show_default="outputs")]
Articles = Annotated[list[Path] | None, typer.Argument(help="Files or folders.", show_default="corpus")]
Workers = Annotated[int | None, typer.Option(min=1, max=64, help="Processes that extract.", show_default="1")]
_TABLES = "Tables and JSON"
TextField = Annotated[str | None, typer.Option(help="Column or key of the text.", rich_help_panel=_TABLES)]
TitleField = Annotated[str | None, typer.Option(help="... of the title.", rich_help_panel=_TABLES)]
DateField = Annotated[str | None, typer.Option(help="... of the publication day.", rich_help_panel=_TABLES)]
UrlField = Annotated[str | None, typer.Option(help="... of the URL.", rich_help_panel=_TABLES)]
PublisherField = Annotated[str | None, typer.Option(help="... of the publisher.", rich_help_panel=_TABLES)]
AuthorField = Annotated[str | None, typer.Option(help="... of the authors.", rich_help_panel=_TABLES)]
LanguageField = Annotated[str | None, typer.Option(help="... of the language.", rich_help_panel=_TABLES)]
Events = Annotated[
    list[Path] | None, typer.Option(help="A file that describes another kind of event; may be given again.")
]
Gold = Annotated[bool, typer.Option("--gold", help="Articles decided to the end, for extract evaluate.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print problems only.")]


class Stopped(ExtractError):
    """The user interrupted a run."""


def main() -> None:
    """Entry point: what the user can mend is printed as two plain lines, never a traceback."""
    # Before numpy loads: on matrices this small a second BLAS thread costs more than it gives.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except ExtractError as error:
        _say_error(error.message, error.hint)
        sys.exit(130 if isinstance(error, Stopped) else 2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read the output has gone; there is nobody to tell
        sys.exit(0)


@app.command()
def run(
    articles: Articles = None,
    published: Published = None,
    outputs: Outputs = None,
    model: Model = None,
    events: Events = None,
    quiet: Quiet = False,
    workers: Workers = None,
    text_field: TextField = None,
    title_field: TitleField = None,
    date_field: DateField = None,
    url_field: UrlField = None,
    publisher_field: PublisherField = None,
    author_field: AuthorField = None,
    language_field: LanguageField = None,
) -> None:
    """Read articles and write claims.csv, mentions.csv, articles.csv, claims.jsonl and report.html."""
    from pipeline.run import run as run_job

    settings = load_settings(
        articles=tuple(articles) if articles else None,
        published=parse_day(published) if published else None,
        outputs=outputs,
        model=model,
        workers=workers,
        text_field=text_field,
        title_field=title_field,
        date_field=date_field,
        url_field=url_field,
        publisher_field=publisher_field,
        author_field=author_field,
        language_field=language_field,
        events=tuple(events) if events else None,
    )
    with _stoppable(), _progress(quiet) as report:
        summary = run_job(settings, report)
    if not quiet:
        for line in summary_lines(summary):
            typer.echo(line)
    if summary.rejected:
        raise typer.Exit(1)


@app.command()
def review(
    outputs: Outputs = None,
    reviewer: Annotated[str | None, typer.Option(help="Who decides.", show_default="your login name")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
) -> None:
    """Review the claims of the last run in the browser: read, accept, reject, edit, add. Ends with Ctrl-C."""
    import getpass

    from pipeline.review.server import make_server

    folder = load_settings(outputs=outputs).outputs
    with suppress(KeyboardInterrupt), make_server(folder, reviewer or getpass.getuser(), port) as server:
        typer.echo(f"Review:   {server.url}")
        typer.echo("          This address is for this machine and this session alone. Ctrl-C ends the review.")
        if browser and not server.open_browser():
            typer.echo("          No browser could be opened: open the address in one.")
        server.wait()
    typer.echo("\nEnded. All decisions are kept; extract run or extract export writes them into the tables.")


@app.command()
def export(
    accepted: Annotated[bool, typer.Option("--accepted", help="Only claims decided accept or edit.")] = False,
    form: Annotated[Form, typer.Option("--format", help="The kind of file.")] = Form.csv,
    to: Annotated[Path | None, typer.Option(help="The file to write.", show_default="in the outputs")] = None,
    outputs: Outputs = None,
    gold: Gold = False,
) -> None:
    """Write the claims of the last run, with all decisions made since, to one file."""
    from pipeline.write.export import export as export_claims

    if gold:
        if accepted or form is Form.parquet:
            raise BadSettings("Gold is JSON Lines of whole articles.", "Leave --accepted and --format out.")
        _export_gold(load_settings(outputs=outputs).outputs, to)
        return
    done = export_claims(load_settings(outputs=outputs).outputs, form.value, accepted=accepted, to=to)
    typer.echo(f"{done.claims} {'accepted ' if accepted else ''}claims: {_clean(str(done.path))}")


def _export_gold(outputs: Path, to: Path | None) -> None:
    from pipeline.write.gold import export_gold

    done = export_gold(outputs, to)
    typer.echo(f"{done.articles} articles with {done.claims} claims: {_clean(str(done.path))}")
    for line in done.notes():
        typer.echo(_clean(line))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold as extract export --gold writes it.")],
    model: Model = None,
    events: Events = None,
    examples: Annotated[int, typer.Option(min=0, help="How many of each kind of mistake to show.")] = 5,
    to: Annotated[Path | None, typer.Option("--json", help="A file for all figures and mistakes.")] = None,
    quiet: Quiet = False,
) -> None:
    """Measure what is found against gold: precision, recall and F1 by kind, with examples of what went wrong."""
    from pipeline.evaluate import evaluate as measure
    from pipeline.evaluate.lines import format_evaluation, write_json

    settings = load_settings(model=model, events=tuple(events) if events else None)
    with _progress(quiet) as report:
        done = measure(gold, settings, report)
    for line in format_evaluation(done, examples, shutil.get_terminal_size((120, 24)).columns):
        typer.echo(_clean(line))
    if to is not None:
        write_json(to, done)


@app.command()
def forget(
    files: Annotated[list[str] | None, typer.Argument(help="Articles, as named in articles.csv.")] = None,
    missing: Annotated[bool, typer.Option("--missing", help="All that the last run did not find.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="All articles.")] = False,
    decisions: Annotated[bool, typer.Option("--decisions", help="Forget what was decided on them, too.")] = False,
    outputs: Outputs = None,
) -> None:
    """Take articles out of the store (outputs/claims.db) for good; decisions on them stay unless asked."""
    from pipeline.store import open_outputs

    if bool(files) + missing + everything != 1:
        raise BadSettings("Say what to forget.", "Name articles, or give one of --missing and --all.")
    with open_outputs(load_settings(outputs=outputs).outputs) as store:
        store.import_edits()
        gone = store.forget(None if everything else files or (), missing=missing, decisions=decisions)
    for name in gone.unknown:
        typer.echo(f"Not in the store: {_clean(name)}", err=True)
    typer.echo(f"Forgotten: {gone.articles} articles, {gone.decisions} decisions.")
    if gone.left:
        typer.echo(f"Still in, until the next run writes them anew: {_clean(', '.join(gone.left))}")
    if gone.others:
        typer.echo(f"Maybe still in, and written by no run: {_clean(', '.join(gone.others))}")
    if gone.unknown:
        raise typer.Exit(1)


@app.command()
def explain(place: Annotated[str, typer.Argument(metavar="FILE[#PART][:LINE]")], published: Published = None,
            model: Model = None, events: Events = None) -> None:  # fmt: skip
    """Show for each sentence what was found, by which rule, and the parse.

    FILE is of any kind; an article inside it is named as in articles.csv: wire.jsonl#3, box.zip/inside/page.html.
    """
    from pipeline.explain import explain as explain_file

    path, line = _place(place)
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
    from pipeline.doctor import doctor as checks

    problems = 0
    for check in checks(load_settings(outputs=outputs, model=model, events=tuple(events) if events else None)):
        typer.echo(f"{'ok   ' if check.ok else 'WRONG'} {check.name:12} {_clean(check.seen)}")
        if not check.ok:
            problems += 1
            typer.echo(f"      -> {_clean(check.advice)}")
    if problems:
        typer.echo(f"Problems: {problems}. Follow the advice after each arrow, then run extract doctor again.")
        raise typer.Exit(2)
    typer.echo("No problems found.")


def summary_lines(summary: Summary) -> Iterator[str]:
    """What a run did, in plain lines, and what to do next."""
    if summary.examples:
        yield "Nothing but the examples lies in the corpus, so these were read. Put your own articles beside them."
    copies = f", {summary.copies} the same as another" if summary.copies else ""
    kept = f" ({summary.kept} of them unchanged)" if summary.kept else ""
    yield f"Articles: {summary.read} read{kept}, {len(summary.rejected)} rejected{copies}."
    if summary.same_story:
        yield f"Stories:  {summary.same_story} articles carry the story of another: see copies_of in articles.csv."
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(summary.claims.items()))
    yield f"Claims:   {sum(summary.claims.values())}{f' ({kinds})' if kinds else ''}."
    speed = summary.words / summary.seconds if summary.seconds else 0.0
    yield f"Words:    {summary.words:,} in {summary.seconds:.1f} s, {speed:,.0f} a second."
    if summary.undated:
        yield (
            f'Undated:  {summary.undated}; there "last week" has no dates. Give the day with --published YYYY-MM-DD, '
            "in a front matter or a NAME.meta.json."
        )
    yield from _told(summary)
    yield f"Results:  {_clean(str(summary.outputs))}/claims.csv, mentions.csv, articles.csv, claims.jsonl, report.html"
    yield "Next:     open claims.csv in a spreadsheet; the next run keeps what you write in its first five columns."


def _told(summary: Summary) -> Iterator[str]:
    """What became of the reviewer's word, where it isn't simply in claims.csv."""
    outputs = _clean(str(summary.outputs))
    if summary.told:
        yield f"Store:    {_clean(summary.told)}"
    if summary.edits.decisions or summary.edits.added:
        edits = summary.edits
        yield f"Reviewed: {edits.decisions} decisions and {edits.added} added rows taken from the tables."
    if summary.orphans:
        yield f"Kept:     {summary.orphans} decisions whose claim is not in this run: {outputs}/orphaned_decisions.csv."
    if summary.conflicts:
        yield (
            f"Conflict: {summary.conflicts} claims were decided in two ways; claims.csv has one, "
            f"{outputs}/conflicting_decisions.csv both. Decide them anew to settle it."
        )
    for name, why in summary.taken.items():
        new = f"{Path(name).stem}.new{Path(name).suffix}"
        yield f"Beside:   {name} was left as it is ({why}); the new one is {outputs}/{new}."


def _place(place: str) -> tuple[Path, int | None]:
    """``FILE[:LINE]``; a file whose name really ends in :digits is taken as it is. FILE may name a part of one."""
    name, _, line = place.rpartition(":")
    if name and line.isdecimal() and not Path(place).exists():
        return Path(name), int(line)
    return Path(place), None


@contextmanager
def _stoppable() -> Iterator[None]:
    """An interrupt as an error that says how to go on: of itself, typer would say nothing."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise Stopped(
            "Stopped before the end; the tables of the last whole run are untouched.",
            "Run the same command again: it goes on with the articles that are not read yet.",
        ) from error


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Result | Rejected, int, int], None]]:
    """What to call after each article: a bar on a terminal, plain lines otherwise, problems always."""
    if quiet or not sys.stderr.isatty():
        yield lambda item, done, total: _plain_line(item, done, total, quiet)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True, console=Console(stderr=True)) as bar:
        task = bar.add_task("articles", total=None)

        def report(item: Result | Rejected, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)
            if isinstance(item, Rejected):
                bar.console.print(_problem(item), markup=False, highlight=False)

        yield report


def _plain_line(item: Result | Rejected, done: int, total: int, quiet: bool) -> None:
    if isinstance(item, Rejected):
        typer.echo(_problem(item), err=True)
    elif not quiet:
        typer.echo(f"{done}/{total} {_clean(item.article.file)}: {len(item.claims)} claims", err=True)


def _problem(item: Rejected) -> str:
    return _clean(f"Not read: {item.file}: {item.reason}. {item.hint}".rstrip())


def _say_error(message: str, hint: str) -> None:
    typer.echo(f"extract: {_clean(message)}", err=True)
    if hint:
        typer.echo(f"         {_clean(hint)}", err=True)


def _clean(text: str) -> str:
    """Text for the terminal: control characters from file names and articles never reach it."""
    return "".join(ch if ch.isprintable() else "?" for ch in text)
