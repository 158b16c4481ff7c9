"""One worker of several: ``python -m pipeline.engines.worker MODEL [EVENTS...]``. JSON in and out, an article a line.

Its first line is "ready", or "unable" and why. JSON, not pickle: nothing that an article says is ever executed.
"""

from __future__ import annotations

import json
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from pipeline.article import load_resources
from pipeline.child_process import open_replies
from pipeline.engines.local import run_local
from pipeline.errors import ExtractError
from pipeline.records import Article, Result
from pipeline.serial import dumps, loads


def main() -> None:
    """Answer every article until there are no more."""
    # The terminal sends an interrupt to all at once; who started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = open_replies()
    with suppress(BrokenPipeError):  # whoever asked has gone
        _answer(sys.argv[1], [Path(name) for name in sys.argv[2:]], replies)


def _answer(model: str, events: list[Path], replies: TextIO) -> None:
    try:
        tools = load_resources(model, events)
    except ExtractError as error:
        replies.write(f"unable {json.dumps([error.message, error.hint])}\n")
        replies.flush()
        return
    replies.write("ready\n")
    replies.flush()
    for line in sys.stdin:
        articles = [loads(Article, each) for each in line.split("\t")]
        for item in run_local(articles, tools):
            replies.write(f"{'result' if isinstance(item, Result) else 'rejected'} {dumps(item)}\n")
            replies.flush()


if __name__ == "__main__":
    main()
