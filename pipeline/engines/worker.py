"""One worker process of several: ``python -m pipeline.engines.worker SECONDS MODEL [EVENTS...]``.

The protocol is lines of ASCII. The worker first writes "ready", or "unable" and [message, hint] as JSON. Then each line
that it reads has articles as JSON, separated by tabs (JSON never contains one); for each it writes "rejected", a blank
and the record as JSON, or "result", lines with the result's fields but for the article, and END_OF_RESULT. JSON, not
pickle: nothing in an article is ever executed.

Where the system can fork, ``template`` loads the model for all workers and makes them; they speak the same protocol.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TextIO

from pipeline.article import Resources, load_resources
from pipeline.child_process import open_replies
from pipeline.engines import END_OF_RESULT
from pipeline.engines.garbage import spare_what_is_loaded
from pipeline.engines.local import run_local
from pipeline.errors import ExtractError
from pipeline.records import Article, Result
from pipeline.serial import dump_fields, dumps, loads


def main() -> None:
    """Answer every article on standard input until that ends."""
    # The terminal sends an interrupt to all processes at once; whoever started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = open_replies()
    loaded = load(sys.argv[2], sys.argv[3:])
    spare_what_is_loaded()
    with suppress(BrokenPipeError):  # the process that asked is gone
        answer_all(sys.stdin, replies, loaded, float(sys.argv[1]))


def load(model: str, events: Sequence[str]) -> Resources | ExtractError:
    """The resources with that model and those files of event types; an error that the user can mend is returned."""
    try:
        return load_resources(model, [Path(name) for name in events])
    except ExtractError as error:
        return error


def answer_all(lines: Iterable[str], replies: TextIO, loaded: Resources | ExtractError, article_seconds: float) -> None:
    """Say whether all is loaded, then answer every line of articles until they end."""
    if isinstance(loaded, ExtractError):
        _reply(replies, (f"unable {json.dumps([loaded.message, loaded.hint])}",))
        return
    _reply(replies, ("ready",))
    for line in lines:
        articles = [loads(Article, text) for text in line.split("\t")]
        for item in run_local(articles, loaded, article_seconds):
            if isinstance(item, Result):
                _reply(replies, chain(("result",), dump_fields(item, without=("article",)), (END_OF_RESULT,)))
            else:
                _reply(replies, (f"rejected {dumps(item)}",))


def _reply(replies: TextIO, lines: Iterable[str]) -> None:
    for line in lines:
        replies.write(f"{line}\n")
    replies.flush()


if __name__ == "__main__":
    main()
