"""What a run costs when it has nothing to do, or one article: a thousand small articles of our own sentences."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.results import conditions, markdown_table
from tests.bench.speed import Cost, cost


def store_table(articles: int, runs: int = 3) -> str:
    """The costs of a first run, of runs that find all of it unchanged and of one that finds one article changed.

    Raises BenchError when a run fails.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _write(folder / "corpus", articles)
        rows = [_row("first", _run(folder))]
        rows += [_row("nothing changed", _run(folder)) for _ in range(runs)]
        changed = sorted((folder / "corpus").iterdir())[articles // 2]
        changed.write_text(changed.read_text(encoding="utf-8") + "\n\nIt rained all day.\n", encoding="utf-8")
        rows.append(_row("one article changed", _run(folder)))
        size = (folder / "outputs" / "claims.db").stat().st_size / 1e6
    table = markdown_table(("run", "CPU seconds", "wall seconds", "peak memory, MB"), rows)
    return f"{table}\n\n{articles} articles, claims.db {size:.1f} MB. {conditions()}"


def _write(folder: Path, articles: int) -> None:
    # In a process of its own: what this one has in memory would count into the peak of every child.
    code = "import sys; from pathlib import Path; from tests.helpers.faults import write_corpus; "
    code += "write_corpus(Path(sys.argv[1]), int(sys.argv[2]))"
    subprocess.run([sys.executable, "-c", code, folder, str(articles)], check=True)


def _run(folder: Path) -> Cost:
    return cost([sys.executable, "-m", "pipeline", "run", "--quiet"], folder)


def _row(name: str, each: Cost) -> tuple[str, str, str, str]:
    return name, f"{each.cpu:.1f}", f"{each.wall:.1f}", f"{each.peak:.0f}"
