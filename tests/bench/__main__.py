"""``python -m tests.bench quality|reliability|speed|extraction|models|review|train``: figures, floors, weights."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from pipeline.errors import ExtractError
from pipeline.settings import DEFAULT_MODEL
from tests.bench.extraction import extraction_table
from tests.bench.floors import complaints, load_floors, raised, save_floors
from tests.bench.gold import SETS, BenchError, gold_files
from tests.bench.models import compare_models
from tests.bench.quality import measure, quality_table
from tests.bench.reliability import event_reliability, quote_reliability
from tests.bench.results import conditions, save_section
from tests.bench.review import review_table
from tests.bench.speed import measure_speed, speed_table

WEIGHTS = Path(__file__).resolve().parents[2] / "models" / "quotes.txt"


def main(arguments: list[str] | None = None) -> int:
    """Run one benchmark; 0 well, 1 a figure below its floor, 2 it could not run."""
    options = _parser().parse_args(arguments)
    # As the command line sets it, before numpy loads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    commands = {
        "quality": quality,
        "speed": speed,
        "extraction": extraction,
        "models": models,
        "reliability": reliability,
        "review": review,
        "train": train,
    }
    try:
        return commands[options.command](options)
    except BenchError as error:
        print(error, file=sys.stderr)
    except ExtractError as error:
        print(error.message, error.hint, file=sys.stderr)
    return 2


def quality(options: argparse.Namespace) -> int:
    """Print the quality table; save or check the floors if asked."""
    if options.save and (options.set or options.model != DEFAULT_MODEL):
        raise BenchError("--save keeps the figures of every set with the default model: leave --set and --model out.")
    files = gold_files(options.gold, options.set)
    measured = measure(files, options.model)
    floors = load_floors()
    wrong = complaints(floors, measured.figures, options.set)
    if options.save:
        floors = raised(floors, measured.figures)
        save_floors(floors)
    table = quality_table(measured.figures, floors)
    print(table)
    if options.save:
        save_section("quality", f"{table}\n\nModel {options.model}. {conditions()}")
    if options.check:
        print("\n".join(wrong) or "No figure lies below its floor.")
    return 1 if options.check and wrong else 0


def speed(options: argparse.Namespace) -> int:
    """Print the speed table; save it if asked."""
    table = speed_table(measure_speed(options.folder, options.model, options.runs))
    print(table)
    if options.save:
        save_section("speed", table)
    return 0


def extraction(options: argparse.Namespace) -> int:
    """Print how fast each extractor is by itself; save it if asked."""
    (file,) = (each for each in gold_files(options.gold, "quotes") if each.path.stem == "dev")
    table = extraction_table(file, DEFAULT_MODEL)
    print(table)
    if options.save:
        save_section("extraction", f"{table}\n\nThe articles of quotes/dev, best of three. {conditions()}")
    return 0


def models(options: argparse.Namespace) -> int:
    """Print the table of models; save it if asked."""
    table = compare_models(gold_files(options.gold))
    print(table)
    if options.save:
        save_section("models", f"{table}\n\n{conditions()}")
    return 0


def reliability(options: argparse.Namespace) -> int:
    """Print how far confidence can be believed; save it if asked."""
    quotes = quote_reliability(gold_files(options.gold, "quotes"), DEFAULT_MODEL)
    events = event_reliability(gold_files(options.gold, "closures"), DEFAULT_MODEL)
    table = f"Quotes, model {DEFAULT_MODEL}.\n\n{quotes}\n\nClosures: event, target and status right.\n\n{events}"
    print(table)
    if options.save:
        save_section("reliability", table)
    return 0


def review(options: argparse.Namespace) -> int:
    """Print how fast the review page answers; save it if asked."""
    table = review_table()
    print(table)
    if options.save:
        save_section("review", table)
    return 0


def train(options: argparse.Namespace) -> int:
    """Train the models of quote extraction anew; scipy is imported only here."""
    try:
        from tests.bench.training import train_quotes
    except ModuleNotFoundError as error:
        raise BenchError(f"Training needs {error.name}: pip install -e '.[train]'") from error
    train_quotes(options.gold, options.to)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("quality", help="figures on the gold sets")
    one.add_argument("--gold", type=Path, required=True, help="the folder with the gold sets")
    one.add_argument("--model", default=DEFAULT_MODEL)
    one.add_argument("--set", choices=SETS, help="only this set")
    one.add_argument("--save", action="store_true", help="raise the floors, rewrite RESULTS.md")
    one.add_argument("--check", action="store_true", help="exit 1 when a figure lies below its floor")
    two = commands.add_parser("speed", help="the whole run against stock spaCy")
    two.add_argument("folder", type=Path, help="a folder of .txt articles, or a .jsonl with texts")
    two.add_argument("--runs", type=int, default=3)
    two.add_argument("--model", default=DEFAULT_MODEL)
    two.add_argument("--save", action="store_true", help="rewrite RESULTS.md")
    three = commands.add_parser("models", help="en_core_web_sm and en_core_web_md side by side")
    three.add_argument("--gold", type=Path, required=True)
    three.add_argument("--save", action="store_true", help="rewrite RESULTS.md")
    four = commands.add_parser("reliability", help="how far confidence can be believed")
    four.add_argument("--gold", type=Path, required=True)
    four.add_argument("--save", action="store_true", help="rewrite RESULTS.md")
    six = commands.add_parser("extraction", help="each extractor by itself")
    six.add_argument("--gold", type=Path, required=True)
    six.add_argument("--save", action="store_true", help="rewrite RESULTS.md")
    seven = commands.add_parser("review", help="how fast the review page answers")
    seven.add_argument("--save", action="store_true", help="rewrite RESULTS.md")
    five = commands.add_parser("train", help="train the models of quote extraction on gold/quotes/train.jsonl")
    five.add_argument("--gold", type=Path, required=True)
    five.add_argument("--to", type=Path, default=WEIGHTS, help="the weights file to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
