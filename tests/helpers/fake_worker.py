"""A worker without a model, for tests of the engine. Words in an article (KILL, END, ...) make it misbehave."""

import os
import signal
import sys
import time

from pipeline.records import Article, Rejected, Result
from pipeline.serial import dumps, loads

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
            print("result", dumps(Result(article, (), (), (), os.getpid())), flush=True)
