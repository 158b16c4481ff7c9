"""The gold folder: its sets and files, their rows, and the scorer that lies beside each."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: A line of a gold file or of predictions.
Row = dict[str, Any]

#: The sets there is an adapter for, in the table's order.
SETS = ("claims", "quotes", "speakers", "closures", "stories", "dates", "places", "pages")
#: How the stems of tuning material end ("train", "articles_train"): never measured on.
TRAIN = "train"
#: How the stems of whole articles begin; their rows have another form than the set's sentences, and another scorer.
WHOLE_ARTICLES = "articles_"
#: Scorers by what rows are, where it isn't score.py.
SCORERS = {"closures articles": "rows.py"}
#: The one file of the stories that has articles; those beside it list stories, events and stances.
STORIES = "gold"


class BenchError(Exception):
    """A benchmark that can't run: the message says what is missing."""


@dataclass(frozen=True, slots=True)
class GoldFile:
    """One split of one gold set: the ``set``'s name, and the file at ``path``, "quotes" and ".../quotes/dev.jsonl"."""

    set: str
    path: Path

    @property
    def name(self) -> str:
        """What tables and floors call it: "quotes/dev"."""
        return f"{self.set}/{self.path.stem}"

    @property
    def kind(self) -> str:
        """What its rows are, by which adapter and figures are chosen: the set, "closures articles" for whole ones."""
        return f"{self.set} articles" if self.path.stem.startswith(WHOLE_ARTICLES) else self.set


def gold_files(gold: Path, only: str | None = None) -> list[GoldFile]:
    """Every split of every known set in the folder, in the order of SETS, but train.

    ``only`` names one set. Raises BenchError when the folder or a split is missing.
    """
    if not gold.is_dir():
        raise BenchError(f"There is no gold folder {gold}.")
    files = [
        GoldFile(name, path)
        for name in SETS
        if only in (None, name)
        for path in sorted((gold / name).glob("*.jsonl"))
        if not path.stem.endswith(TRAIN) and (name != "stories" or path.stem == STORIES)
    ]
    if not files:
        raise BenchError(f"{gold} contains no gold set {only or ', '.join(SETS)}.")
    return files


def read_rows(path: Path) -> list[Row]:
    """The JSON objects of a .jsonl file. Raises BenchError when it isn't there."""
    if not path.is_file():
        raise BenchError(f"There is no gold file {path}.")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as .jsonl."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def run_scorer(file: GoldFile, predictions: Path, *options: str) -> str:
    """What the file's scorer prints for these predictions. Raises BenchError when it fails."""
    scorer = file.path.parent / SCORERS.get(file.kind, "score.py")
    command = [sys.executable, str(scorer), str(file.path), str(predictions), *options]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise BenchError(f"{file.set}/{scorer.name} failed: {(done.stderr.strip() or done.stdout).splitlines()[-1:]}")
    return done.stdout
