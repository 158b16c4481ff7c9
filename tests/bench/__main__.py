"""Figures and floors: ``python -m tests.bench quality|reliability|speed|extraction|events|models|review|store``...

``long`` and ``scale`` measure long texts and many articles, ``train`` trains the models of quotes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import ExtractError
from pipeline.settings import DEFAULT_MODEL
from tests.bench.events import SIZES, events_table
from tests.bench.extraction import extraction_table
from tests.bench.floors import find_violations, load_floors, raise_floors, save_floors
from tests.bench.gold import SETS, BenchError, gold_files
from tests.bench.long import long_table
from tests.bench.models import compare_models
from tests.bench.quality import measure, quality_table
from tests.bench.reliability import event_reliability, quote_reliability
from tests.bench.results import describe_conditions, save_section
from tests.bench.review import review_table
from tests.bench.scale import SIZES as SCALE_SIZES
from tests.bench.scale import scale_table
from tests.bench.speed import measure_speed, speed_table
from tests.bench.store import store_table

#: Where training writes.
WEIGHTS = Path(__file__).resolve().parents[2] / "models" / "quotes.txt"


def main(arguments: list[str] | None = None) -> int:
    """Run one benchmark, by command-line arguments (those of the process when None).

    Returns the exit code: 0 all is well, 1 a figure lies below its floor, 2 the benchmark could not run.
    """
    options = _make_parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except BenchError as error:
        print(error, file=sys.stderr)
    except ExtractError as error:
        print(error.message, error.hint, file=sys.stderr)
    return 2


def run_quality(options: argparse.Namespace) -> int:
    """Print the quality table; save or check the floors if asked."""
    if options.save and (options.set or options.model != DEFAULT_MODEL):
        raise BenchError("--save keeps the figures of every set with the default model: leave --set and --model out.")
    files = gold_files(options.gold, options.set)
    measured = measure(files, options.model)
    floors = load_floors()
    violations = find_violations(floors, measured.figures, options.set)
    if options.save:
        floors = raise_floors(floors, measured.figures)
        save_floors(floors)
    table = quality_table(measured.figures, floors)
    print(table)
    if options.save:
        save_section("quality", f"{table}\n\nModel {options.model}. {describe_conditions()}")
    if options.check:
        print("\n".join(violations) or "No figure lies below its floor.")
    return 1 if options.check and violations else 0


def run_speed(options: argparse.Namespace) -> int:
    """Print the speed table; save it if asked."""
    table = speed_table(measure_speed(options.folder, options.model, options.runs))
    print(table)
    if options.save:
        save_section("speed", table)
    return 0


def run_extraction(options: argparse.Namespace) -> int:
    """Print how fast each extractor is by itself; save it if asked."""
    (file,) = (file for file in gold_files(options.gold, "quotes") if file.path.stem == "dev")
    table = extraction_table(file, DEFAULT_MODEL)
    print(table)
    if options.save:
        save_section("extraction", f"{table}\n\nThe articles of quotes/dev, best of three. {describe_conditions()}")
    return 0


def run_models(options: argparse.Namespace) -> int:
    """Print the figures of the small and the middle spaCy model side by side; save them if asked."""
    table = compare_models(gold_files(options.gold))
    print(table)
    if options.save:
        save_section("models", f"{table}\n\n{describe_conditions()}")
    return 0


def run_reliability(options: argparse.Namespace) -> int:
    """Print how far confidence can be believed; save it if asked."""
    quotes = quote_reliability(gold_files(options.gold, "quotes"), DEFAULT_MODEL)
    events = event_reliability(gold_files(options.gold, "closures"), DEFAULT_MODEL)
    table = f"Quotes, model {DEFAULT_MODEL}.\n\n{quotes}\n\nClosures: event, target and status right.\n\n{events}"
    print(table)
    if options.save:
        save_section("reliability", table)
    return 0


def run_review(options: argparse.Namespace) -> int:
    """Print how fast the review page answers; save it if asked."""
    table = review_table()
    print(table)
    if options.save:
        save_section("review", table)
    return 0


def run_events(options: argparse.Namespace) -> int:
    """Print what grouping events over all articles costs and finds; save it if asked."""
    table = events_table(options.sizes)
    print(table)
    if options.save:
        save_section("events", table)
    return 0


def run_store(options: argparse.Namespace) -> int:
    """Print what runs cost that have little or nothing to do."""
    print(store_table(options.articles))
    return 0


def run_scale(options: argparse.Namespace) -> int:
    """Print what runs and the review cost as the corpus grows; save it if asked."""
    table = scale_table(options.sizes, replayed=options.replayed)
    print(table)
    if options.save:
        save_section("scale", table)
    return 0


def run_long(options: argparse.Namespace) -> int:
    """Print what one very long text costs; save it if asked."""
    table = long_table(options.megabytes)
    print(table)
    if options.save:
        save_section("long", table)
    return 0


def run_train(options: argparse.Namespace) -> int:
    """Train the models of quote extraction anew; nothing else needs scipy."""
    try:
        import scipy  # noqa: F401

        from tests.bench.training import train_quotes
    except ModuleNotFoundError as error:
        raise BenchError(f"Training needs {error.name}: pip install -e '.[train]'") from error
    train_quotes(options.gold, options.to)
    return 0


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def add_command(name: str, run: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about)
        command.set_defaults(run=run)
        return command

    def add_gold(command: argparse.ArgumentParser) -> None:
        command.add_argument("--gold", type=Path, required=True, help="the folder with the gold sets")

    def add_save(command: argparse.ArgumentParser, about: str = "rewrite RESULTS.md") -> None:
        command.add_argument("--save", action="store_true", help=about)

    quality = add_command("quality", run_quality, "figures on the gold sets")
    add_gold(quality)
    quality.add_argument("--model", default=DEFAULT_MODEL)
    quality.add_argument("--set", choices=SETS, help="only this set")
    add_save(quality, "raise the floors, rewrite RESULTS.md")
    quality.add_argument("--check", action="store_true", help="exit 1 when a figure lies below its floor")
    speed = add_command("speed", run_speed, "the whole run against stock spaCy")
    speed.add_argument("folder", type=Path, help="a folder of .txt articles, or a .jsonl with texts")
    speed.add_argument("--runs", type=int, default=3)
    speed.add_argument("--model", default=DEFAULT_MODEL)
    add_save(speed)
    for name, run, about in (
        ("models", run_models, "en_core_web_sm and en_core_web_md side by side"),
        ("reliability", run_reliability, "how far confidence can be believed"),
        ("extraction", run_extraction, "each extractor by itself"),
    ):
        command = add_command(name, run, about)
        add_gold(command)
        add_save(command)
    add_save(add_command("review", run_review, "how fast the review page answers"))
    events = add_command("events", run_events, "grouping events over made-up corpora")
    events.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="event claims of each corpus")
    add_save(events)
    store = add_command("store", run_store, "runs that find nothing changed, or one article")
    store.add_argument("--articles", type=int, default=1_000)
    scale = add_command("scale", run_scale, "memory and time as the corpus grows")
    scale.add_argument("--sizes", type=int, nargs="+", default=SCALE_SIZES, help="articles of each corpus")
    scale.add_argument("--replayed", action="store_true", help="make the results without a parse")
    add_save(scale)
    long_text = add_command("long", run_long, "memory and time of one very long text")
    long_text.add_argument("--megabytes", type=float, default=20.0)
    add_save(long_text)
    train = add_command("train", run_train, "train the models of quote extraction on gold/quotes/train.jsonl")
    add_gold(train)
    train.add_argument("--to", type=Path, default=WEIGHTS, help="the weights file to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
