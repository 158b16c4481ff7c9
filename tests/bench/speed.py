"""Speed of the whole run against stock spaCy on the same texts: whole processes, start-up included, run in turns."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.gold import BenchError, read_rows
from tests.bench.results import conditions, markdown_table

STOCK = Path(__file__).with_name("stock.py")
#: How many articles the first claim may need before the bench gives up.
FIRST = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: CPU and wall seconds, peak memory in MB."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True, slots=True)
class Speed:
    """Paired costs of the run and of stock spaCy over ``words`` words, and seconds to the first claim."""

    articles: int
    words: int
    ours: list[Cost]
    stock: list[Cost]
    first_claim: float


def measure_speed(articles: Path, model: str, runs: int) -> Speed:
    """Time ``runs`` pairs. ``articles``: a folder of .txt, or a .jsonl with "text".

    Raises BenchError when there is nothing to read or a process fails.
    """
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        texts = _gather(articles)
        folder = _write(texts, work / "articles")
        stock = [sys.executable, str(STOCK), _model_folder(model), str(folder)]
        ours: list[Cost] = []
        theirs: list[Cost] = []
        for turn in range(runs):
            ours.append(cost(_run(folder, model, work / f"outputs{turn}"), work))
            _claims(work / f"outputs{turn}")
            theirs.append(cost(stock, work))
        return Speed(
            len(texts), sum(len(text.split()) for text in texts), ours, theirs, _first_claim(texts, model, work)
        )


def cost(command: list[str], folder: Path) -> Cost:
    """Run a process to its end in ``folder``. Raises BenchError when it fails."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=folder)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            raise BenchError(f"{' '.join(command[1:4])} failed: {said.read().strip()[-500:]}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Cost(usage.ru_utime + usage.ru_stime, wall, kilobytes / 1024)


def speed_table(speed: Speed) -> str:
    """The table, under it what it was measured on."""
    ours, stock = ([speed.words / each.cpu for each in costs] for costs in (speed.ours, speed.stock))
    ratios = [one / other for one, other in zip(ours, stock, strict=True)]
    rows = [
        ("words per CPU second", f"{median(ours):.0f}", f"{median(stock):.0f}", f"{median(ratios):.2f}"),
        _row("CPU seconds", [each.cpu for each in speed.ours], [each.cpu for each in speed.stock], 1),
        _row("wall seconds", [each.wall for each in speed.ours], [each.wall for each in speed.stock], 1),
        _row("peak memory, MB", [each.peak for each in speed.ours], [each.peak for each in speed.stock], 0),
        ("seconds to the first claim", f"{speed.first_claim:.1f}", "", ""),
    ]
    table = markdown_table(("", "extract run", "stock spaCy", "ratio"), rows)
    counted = f"{speed.articles} articles, {speed.words} words, median of {len(ratios)} paired runs. {conditions()}"
    return f"{table}\n\n{counted}"


def _row(name: str, ours: list[float], stock: list[float], decimals: int) -> tuple[str, str, str, str]:
    ratio = median(one / other for one, other in zip(ours, stock, strict=True))
    return name, f"{median(ours):.{decimals}f}", f"{median(stock):.{decimals}f}", f"{ratio:.2f}"


def _gather(articles: Path) -> list[str]:
    if articles.suffix == ".jsonl":
        texts = [row["text"] for row in read_rows(articles)]
    else:
        # Bytes that aren't UTF-8 would stop stock spaCy's turn; both get the same text.
        texts = [path.read_text(encoding="utf-8-sig", errors="replace") for path in sorted(articles.rglob("*.txt"))]
    if not texts:
        raise BenchError(f"{articles} holds no articles (.txt files, or a .jsonl with texts).")
    return texts


def _write(texts: list[str], folder: Path) -> Path:
    folder.mkdir()
    for index, text in enumerate(texts):
        (folder / f"{index:05}.txt").write_text(text, encoding="utf-8")
    return folder


def _run(folder: Path, model: str, outputs: Path) -> list[str]:
    named = ["--outputs", str(outputs), "--model", model, "--quiet"]
    return [sys.executable, "-m", "pipeline", "run", str(folder), *named]


def _claims(outputs: Path) -> int:
    table = outputs / "claims.csv"
    if not table.is_file():
        raise BenchError("The run wrote no claims.csv.")
    with table.open(encoding="utf-8-sig", newline="") as lines:
        return sum(1 for _ in csv.DictReader(lines))


def _first_claim(texts: list[str], model: str, work: Path) -> float:
    """Wall seconds of a whole run on the first articles, no more than it takes to get a claim: an upper bound."""
    for count in range(1, min(FIRST, len(texts)) + 1):
        folder = _write(texts[:count], work / f"first{count}")
        outputs = work / f"first{count}_outputs"
        wall = cost(_run(folder, model, outputs), work).wall
        if _claims(outputs):
            return wall
    raise BenchError(f"The first {FIRST} articles gave no claim.")


def _model_folder(model: str) -> str:
    # In a process of its own: what this one has in memory would count into the peak of every child.
    code = "import sys; from pipeline.nlp import model_folder; print(model_folder(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", code, model], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(done.stderr.strip().splitlines()[-1])
    return done.stdout.strip()
