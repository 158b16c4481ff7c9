"""Kill runs and see that nothing is lost: ``python -m tests.helpers.faults [KILLS]`` kills real ones, the suite a few.

A run is forked from this process, which has the model loaded already, and killed at a random moment of it. The outputs
that a plain run then makes must be those of a run that nobody disturbed, with every decision.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.store import decide, outputs_of, rows
from tests.test_properties import SENTENCES

ARTICLES = 40


@dataclass(frozen=True)
class Killed:
    """How many runs were killed before their end, how many had ended already, and what was wrong afterwards."""

    kills: int
    late: int
    wrong: tuple[str, ...]


def write_corpus(folder: Path, articles: int = ARTICLES) -> None:
    """Articles of our own sentences, no two alike."""
    folder.mkdir()
    for number in range(articles):
        dice = random.Random(number)  # noqa: S311
        text = "\n\n".join([f"This is article {number}.", *dice.sample(SENTENCES, 7)])
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")


def forked(work: Callable[[], object]) -> int:
    """Start the work in a process of its own; its id. It ends with 1 when the work raises."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return pid


def interruptible() -> None:
    """As from a terminal: what a script starts in the background inherits that interrupts are ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def killed_runs(run: Callable[[], object], kills: int, seed: int = 0) -> Killed:
    """In the working folder, which has a corpus: kill runs and compare what the next plain one makes."""
    dice = random.Random(seed)  # noqa: S311
    wait(forked(run))
    decided = {decide(number, decision="accept", note=f"note {number}") for number in range(0, len(rows()), 3)}
    reviewed = Path("reviewed")
    shutil.copytree("outputs", reviewed)
    # All results are made anew each time, as in a first run; the decisions are in claims.csv alone.
    for path in reviewed.glob("claims.db*"):
        path.unlink()
    began = time.monotonic()
    renew(reviewed)
    wait(forked(run))
    length = time.monotonic() - began
    whole = outputs_of(Path("outputs"))
    wrong, killed, late = [], 0, 0
    while killed < kills:
        renew(reviewed)
        pid = forked(run)
        moment = dice.uniform(0, length)
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        if wait(pid) == 0:
            late, length = late + 1, moment
            continue
        # How long a run takes changes with what else the machine does.
        killed, length = killed + 1, length * 1.02
        if wait(forked(run)) != 0:
            wrong.append(f"kill {killed} after {moment:.3f} s: the next run failed")
        elif outputs_of(Path("outputs")) != whole:
            wrong.append(f"kill {killed} after {moment:.3f} s: other outputs")
        elif decided - {row["claim_id"] for row in rows() if row["decision"] == "accept"}:
            wrong.append(f"kill {killed} after {moment:.3f} s: a decision is lost")
    return Killed(killed, late, tuple(wrong))


def renew(reviewed: Path) -> None:
    """The outputs as the reviewer left them."""
    shutil.rmtree("outputs")
    shutil.copytree(reviewed, "outputs")


def wait(pid: int) -> int:
    """The exit code of a process, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main() -> int:
    """Kill real runs in a temporary folder."""
    from pipeline import article
    from pipeline.run import run
    from pipeline.settings import Settings

    tools = article.load_resources()
    article.load_resources = lambda *_, **__: tools
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write_corpus(Path("corpus"))
        done = killed_runs(lambda: run(Settings()), kills)
        os.chdir("/")
    print(
        f"{done.kills} runs over {ARTICLES} articles killed before their end ({done.late} more had ended already); "
        f"{len(done.wrong)} wrong; {time.process_time() + sum(os.times()[2:4]):.0f} CPU seconds"
    )
    print("\n".join(done.wrong))
    return bool(done.wrong)


if __name__ == "__main__":
    sys.exit(main())
