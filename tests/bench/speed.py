"""Speed of the whole run against stock spaCy on the same texts: whole processes, start-up included, run in turns."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.gold import BenchError, read_rows
from tests.bench.results import describe_conditions, markdown_table

#: The script that runs spaCy as it comes.
STOCK = Path(__file__).with_name("stock.py")
#: The end of the line with which a run tells of an article that has claims.
_WITH_CLAIMS = re.compile(r": [1-9]\d* claims$")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: ``cpu`` and ``wall`` seconds, ``peak`` memory in MB."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured over ``articles`` articles with ``words`` words.

    ``ours`` and ``stock`` are the costs of our run and of stock spaCy, turn by turn; ``first_claims`` are seconds until
    a run told of the first article with claims.
    """

    articles: int
    words: int
    ours: list[Cost]
    stock: list[Cost]
    first_claims: list[float]


def measure_speed(articles: Path, model: str, runs: int) -> Speed:
    """Time ``runs`` turns of our run and of stock spaCy. ``articles``: a folder of .txt, or a .jsonl with "text".

    Raises BenchError when there is nothing to read or a process fails.
    """
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        texts = _read_texts(articles)
        folder = _write_texts(texts, work / "articles")
        stock = [sys.executable, str(STOCK), _find_model_folder(model), str(folder)]
        ours: list[Cost] = []
        theirs: list[Cost] = []
        for turn in range(runs):
            ours.append(measure_cost(_run_command(folder, model, work / f"outputs{turn}"), work))
            _count_claims(work / f"outputs{turn}")
            theirs.append(measure_cost(stock, work))
        first_claims = [_time_first_claim(folder, model, work / f"first{turn}") for turn in range(runs)]
        return Speed(len(texts), sum(len(text.split()) for text in texts), ours, theirs, first_claims)


def measure_cost(command: list[str], folder: Path) -> Cost:
    """Run a process to its end in ``folder``; what it cost. Raises BenchError with its last words when it fails."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            output.seek(0)
            raise BenchError(f"{' '.join(command[1:4])} failed: {output.read().strip()[-500:]}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Cost(usage.ru_utime + usage.ru_stime, wall, kilobytes / 1024)


def speed_table(speed: Speed) -> str:
    """A Markdown table of medians and of the median ratio turn by turn; below it what was measured on."""
    ours, stock = ([speed.words / cost.cpu for cost in costs] for costs in (speed.ours, speed.stock))
    ratios = [our_speed / stock_speed for our_speed, stock_speed in zip(ours, stock, strict=True)]
    rows = [
        ("words per CPU second", f"{median(ours):.0f}", f"{median(stock):.0f}", f"{median(ratios):.2f}"),
        _median_row("CPU seconds", [cost.cpu for cost in speed.ours], [cost.cpu for cost in speed.stock], 1),
        _median_row("wall seconds", [cost.wall for cost in speed.ours], [cost.wall for cost in speed.stock], 1),
        _median_row("peak memory, MB", [cost.peak for cost in speed.ours], [cost.peak for cost in speed.stock], 0),
        ("seconds to the first claim", f"{median(speed.first_claims):.1f}", "", ""),
    ]
    table = markdown_table(("", "extract run", "stock spaCy", "ratio"), rows)
    note = (
        f"{speed.articles} articles, {speed.words} words, median of {len(ratios)} paired runs. {describe_conditions()}"
    )
    return f"{table}\n\n{note}"


def _median_row(name: str, ours: list[float], stock: list[float], decimals: int) -> tuple[str, str, str, str]:
    ratio = median(our_cost / stock_cost for our_cost, stock_cost in zip(ours, stock, strict=True))
    return name, f"{median(ours):.{decimals}f}", f"{median(stock):.{decimals}f}", f"{ratio:.2f}"


def _read_texts(articles: Path) -> list[str]:
    if articles.suffix == ".jsonl":
        texts = [row["text"] for row in read_rows(articles)]
    else:
        # Bytes that aren't UTF-8 would stop stock spaCy's turn; both get the same text.
        texts = [path.read_text(encoding="utf-8-sig", errors="replace") for path in sorted(articles.rglob("*.txt"))]
    if not texts:
        raise BenchError(f"{articles} holds no articles (.txt files, or a .jsonl with texts).")
    return texts


def _write_texts(texts: list[str], folder: Path) -> Path:
    folder.mkdir()
    for index, text in enumerate(texts):
        (folder / f"{index:05}.txt").write_text(text, encoding="utf-8")
    return folder


def _run_command(folder: Path, model: str, outputs: Path, *, quiet: bool = True) -> list[str]:
    options = ["--outputs", str(outputs), "--model", model, "--workers", "1", *(["--quiet"] if quiet else [])]
    return [sys.executable, "-m", "pipeline", "run", str(folder), *options]  # one worker, as stock spaCy has one


def _count_claims(outputs: Path) -> int:
    table = outputs / "claims.csv"
    if not table.is_file():
        raise BenchError("The run wrote no claims.csv.")
    with table.open(encoding="utf-8-sig", newline="") as lines:
        return sum(1 for _ in csv.DictReader(lines))


def _time_first_claim(folder: Path, model: str, outputs: Path) -> float:
    """Wall seconds until a run tells of the first article with claims, which are saved then; it is stopped there."""
    start = time.perf_counter()
    command = _run_command(folder, model, outputs, quiet=False)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        for line in child.stderr:
            if _WITH_CLAIMS.search(line):
                seconds = time.perf_counter() - start
                child.kill()
                return seconds
    raise BenchError("The run told of no article with claims.")


def _find_model_folder(model: str) -> str:
    # In a process of its own: what this one has in memory would count into the peak of every child.
    code = "import sys; from pipeline.nlp import model_folder; print(model_folder(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", code, model], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(done.stderr.strip().splitlines()[-1])
    return done.stdout.strip()
