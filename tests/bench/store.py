"""What a run costs when it has nothing to do, or one article: a thousand small articles of our own sentences."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.results import describe_conditions, markdown_table
from tests.bench.speed import Cost, measure_cost


def store_table(articles: int, runs: int = 3) -> str:
    """A Markdown table of what runs over ``articles`` small articles cost.

    The first run, ``runs`` that find nothing changed, one that finds one article changed.

    Raises BenchError when a run fails.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _write_corpus(folder / "corpus", articles)
        rows = [_cost_row("first", _time_run(folder))]
        rows += [_cost_row("nothing changed", _time_run(folder)) for _ in range(runs)]
        changed = sorted((folder / "corpus").iterdir())[articles // 2]
        changed.write_text(changed.read_text(encoding="utf-8") + "\n\nIt rained all day.\n", encoding="utf-8")
        rows.append(_cost_row("one article changed", _time_run(folder)))
        size = (folder / "outputs" / "claims.db").stat().st_size / 1e6
    table = markdown_table(("run", "CPU seconds", "wall seconds", "peak memory, MB"), rows)
    return f"{table}\n\n{articles} articles, claims.db {size:.1f} MB. {describe_conditions()}"


def _write_corpus(folder: Path, articles: int) -> None:
    # In a process of its own: what this one has in memory would count into the peak of every child.
    code = "import sys; from pathlib import Path; from tests.helpers.faults import write_corpus; "
    code += "write_corpus(Path(sys.argv[1]), int(sys.argv[2]))"
    subprocess.run([sys.executable, "-c", code, folder, str(articles)], check=True)


def _time_run(folder: Path) -> Cost:
    return measure_cost([sys.executable, "-m", "pipeline", "run", "--quiet"], folder)


def _cost_row(name: str, cost: Cost) -> tuple[str, str, str, str]:
    return name, f"{cost.cpu:.1f}", f"{cost.wall:.1f}", f"{cost.peak:.0f}"
