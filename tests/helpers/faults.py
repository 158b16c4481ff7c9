"""Kill runs and check that nothing is lost: ``python -m tests.helpers.faults [KILLS]`` kills many, the tests a few.

Each run is forked from this process, which has loaded the model already, and killed at a random moment. An ordinary run
then has to write the same outputs as a run that was never disturbed, with every decision kept.
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
    """How many runs were killed, how many had ended before the kill, and what was wrong afterwards."""

    kills: int
    late: int
    wrong: tuple[str, ...]


def write_corpus(folder: Path, articles: int = ARTICLES) -> None:
    """Write articles made of our own sentences, no two alike."""
    folder.mkdir()
    for number in range(articles):
        dice = random.Random(number)  # noqa: S311
        text = "\n\n".join([f"This is article {number}.", *dice.sample(SENTENCES, 7)])
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")


def forked(work: Callable[[], object]) -> int:
    """Start the work in a forked process and return its id. Its exit code is 1 when the work raises."""
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
    """React to interrupts as in a terminal: a process that a script starts in the background ignores them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def killed_runs(run: Callable[[], object], kills: int, seed: int = 0) -> Killed:
    """Kill runs over the corpus of the working folder, and compare what the run after each kill writes."""
    dice = random.Random(seed)  # noqa: S311
    wait(forked(run))
    decided = {decide(number, decision="accept", note=f"note {number}") for number in range(0, len(rows()), 3)}
    reviewed = Path("reviewed")
    shutil.copytree("outputs", reviewed)
    # Without the store every run starts from nothing, as a first run does; only claims.csv has the decisions.
    for path in reviewed.glob("claims.db*"):
        path.unlink()
    began = time.monotonic()
    renew(reviewed)
    wait(forked(run))
    length = time.monotonic() - began
    undisturbed = outputs_of(Path("outputs"))
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
        # A run takes longer or shorter, depending on what else the machine does.
        killed, length = killed + 1, length * 1.02
        if wait(forked(run)) != 0:
            wrong.append(f"kill {killed} after {moment:.3f} s: the next run failed")
        elif outputs_of(Path("outputs")) != undisturbed:
            wrong.append(f"kill {killed} after {moment:.3f} s: other outputs")
        elif decided - {row["claim_id"] for row in rows() if row["decision"] == "accept"}:
            wrong.append(f"kill {killed} after {moment:.3f} s: a decision is lost")
    return Killed(killed, late, tuple(wrong))


def renew(reviewed: Path) -> None:
    """Put the outputs back as the reviewer left them."""
    shutil.rmtree("outputs")
    shutil.copytree(reviewed, "outputs")


def wait(pid: int) -> int:
    """Wait for a process and return its exit code; negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main() -> int:
    """Kill real runs in a temporary folder."""
    from pipeline import article
    from pipeline.run_job import run
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
