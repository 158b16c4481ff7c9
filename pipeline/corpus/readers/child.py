"""The reading process: ``python -m pipeline.corpus.readers.child``. Requests in, articles out, as JSON, one a line.

It is a process of its own because parsers of such formats are made of C and of other people's files: what hangs or
crashes here is stopped, and the run goes on. JSON, not pickle: nothing that a file says is ever executed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from pipeline.corpus.document import Document, Refused
from pipeline.corpus.limits import READER_MEMORY
from pipeline.corpus.readers.archives import DAMAGE, damaged
from pipeline.corpus.readers.messages import dump
from pipeline.corpus.readers.source import Budget, Leaf, Source
from pipeline.corpus.readers.walk import walk
from pipeline.errors import UnreadableArticle
from pipeline.settings import Fields


def main() -> None:
    """Answer requests until there are no more."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii", newline="\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # a library that prints must not disturb the replies
    _bound_memory()
    with suppress(BrokenPipeError, KeyboardInterrupt):  # whoever asked has gone
        for line in sys.stdin:
            _answer(json.loads(line), replies)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (READER_MEMORY, READER_MEMORY))


def _answer(request: dict[str, Any], replies: TextIO) -> None:
    """Every reply to one request: "part" before each part, then its "article"s or why it is "refused"; "done" last."""

    def send(reply: dict[str, Any]) -> None:
        replies.write(json.dumps(reply) + "\n")
        replies.flush()

    for number, leaf in enumerate(_leaves(request)):
        if number < request["skip"]:
            continue
        send({"part": leaf.part, "number": number})
        for found in read_leaf(leaf):
            send(dump(found))
    send({"done": True})


def _leaves(request: dict[str, Any]) -> Iterator[Leaf]:
    path = Path(os.fsdecode(bytes.fromhex(request["path"])))
    try:
        with path.open("rb") as stream:
            yield from walk(Source(path.name, stream, Fields(**request["fields"]), Budget()))
    except Exception as error:  # see read_leaf
        yield Leaf("", lambda error=error: _again(error), "file")  # type: ignore[misc]


def _again(error: Exception) -> Iterator[Document]:
    raise error


def read_leaf(leaf: Leaf) -> Iterator[Document | Refused]:
    """What a part gives. Parsers meet broken files with exceptions of every kind; each becomes its part's reason."""
    try:
        yield from leaf.read()
    except UnreadableArticle as error:
        yield Refused(error.message, error.hint)
    except DAMAGE as error:
        problem = damaged(error)
        yield Refused(problem.message, problem.hint)
    except MemoryError:
        yield Refused("reading it takes more memory than allowed", "Split it, or save the article as text.")
    except Exception as error:
        said = f"{type(error).__name__}: {' '.join(str(error).split())[:100]}".rstrip(": ")
        yield Refused(f"broken or of an unusual kind ({leaf.form or 'file'}: {said})", "Save the article as text.")


if __name__ == "__main__":
    main()
