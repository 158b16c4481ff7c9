"""A worker without a model, for tests of the engine. Words in an article (KILL, END, ...) make it misbehave."""

import os
import signal
import sys
import time

from pipeline.engines import END_OF_RESULT
from pipeline.records import Article, Rejected, Result
from pipeline.serial import dump_fields, dumps, loads

first = os.environ.get("FAKE_FIRST", "ready")
if first == "end":
    sys.exit(1)
print(first, flush=True)
for line in sys.stdin:
    for text in line.split("\t"):
        article = loads(Article, text)
        if "KILL" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "END" in article.text:
            sys.exit(3)
        if "FULL" in article.text:
            raise MemoryError
        if "HANG" in article.text:
            time.sleep(30)
        if "SLOW" in article.text:
            time.sleep(0.3)
        if "BREAK" in article.text:
            print("rejected", dumps(Rejected(article.file, "broke")), flush=True)
        else:
            lines = ["result", *dump_fields(Result(article, (), (), (), os.getpid()), without=("article",))]
            print(*lines, sep="\n", flush=True)
            if "HALF" in article.text:
                sys.exit(4)
            print(END_OF_RESULT, flush=True)
