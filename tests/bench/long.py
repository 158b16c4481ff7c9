"""What one very long text costs: ordinary English of our own sentences, as dense with claims as news articles are."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.results import describe_conditions, markdown_table
from tests.bench.speed import measure_cost

#: Sentences without a claim; {} is a number, so that hardly a sentence comes twice. With one sentence of
#: tests/test_properties.py among three of these there are 5 claims a KB, as in the articles of the gold sets.
_PLAIN = (
    "It rained for {} days in the valley, and the river rose slowly over the lower meadows.",
    "The old market has {} stalls, most of them with fruit, cheese and bread from the farms nearby.",
    "On the road to the harbour stand {} lime trees, planted when the first houses were built.",
    "About {} visitors come in an ordinary summer, more than the small hotels have beds for.",
    "The library keeps {} books in three rooms, and a large table by the window for those who read there.",
    "A walk around the lake takes {} minutes in good weather and rather longer in the snow.",
)
_PLAIN_PER_SENTENCE = 3
_SENTENCES_PER_PARAGRAPH = 4


def long_table(megabytes: float) -> str:
    """A Markdown table of what a run over one text of so many megabytes costs. Raises BenchError when it fails."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # In a process of its own: what this one has in memory would count into the peak of every child.
        subprocess.run([sys.executable, "-m", "tests.bench.long", folder / "long.txt", str(megabytes)], check=True)
        size = (folder / "long.txt").stat().st_size
        cost = measure_cost([sys.executable, "-m", "pipeline", "run", "long.txt", "--quiet"], folder)
        with (folder / "outputs" / "claims.csv").open(encoding="utf-8-sig", newline="") as lines:
            claims = sum(1 for _ in csv.DictReader(lines))
    row = (f"{size / 1e6:.1f}", f"{claims:,}", f"{cost.cpu:.0f}", f"{cost.wall:.0f}", f"{cost.peak:.0f}")
    table = markdown_table(("text, MB", "claims", "CPU seconds", "wall seconds", "peak memory, MB"), [row])
    return f"{table}\n\n{describe_conditions()}"


def write_long_text(path: Path, megabytes: float) -> None:
    """Write a text of that size, always the same one."""
    from tests.test_properties import SENTENCES

    dice = random.Random(1)  # noqa: S311
    size = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        while size < megabytes * 1e6:
            sentences = [
                dice.choice(_PLAIN).format(dice.randint(3, 9_999))
                if dice.randrange(_PLAIN_PER_SENTENCE + 1)
                else dice.choice(SENTENCES)
                for _ in range(_SENTENCES_PER_PARAGRAPH)
            ]
            size += stream.write(" ".join(sentences) + "\n\n")


if __name__ == "__main__":
    write_long_text(Path(sys.argv[1]), float(sys.argv[2]))
