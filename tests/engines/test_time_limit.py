"""An article that takes too long is a row with its reason, and the others go on."""

from __future__ import annotations

import re
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial

import pytest

from pipeline import article as article_module
from pipeline.article import Resources
from pipeline.engines.local import run_local
from pipeline.engines.processes import run_processes
from pipeline.engines.time_limit import OutOfTime, TimeLimit
from pipeline.records import Article, Rejected, Result
from pipeline.text import parts as parts_module
from pipeline.text.reflow import Reflowed
from tests.engines.test_processes import article, names, posix, workers

pytestmark = pytest.mark.slow

__all__ = ["workers"]

#: CPU seconds that an article may take in these tests.
SECONDS = 0.1
needs_alarm = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs an alarm")


def loop() -> None:
    while True:
        pass


def work(seconds: float) -> None:
    """Take so many seconds of CPU time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def work_in(limit: TimeLimit, seconds: float) -> bool:
    with limit:
        work(seconds)
    return True


def swallow_errors() -> None:
    while True:
        with suppress(Exception):
            loop()


def match() -> None:
    re.fullmatch("(a+)+", "a" * 60 + "b")


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], None]]:
    """Articles are neither parsed nor analysed; what happens instead for articles with that text."""
    actions: dict[str, Callable[[], None]] = {}

    def parse(_: object, articles: Iterable[Article]) -> Iterator[tuple[Article, None]]:
        return ((unparsed, None) for unparsed in articles)

    def process(parts: Iterable[tuple[Reflowed, None]], _: object, check: Callable[[], None]) -> Result:
        for reflowed, _doc in parts:
            check()
            actions.get(reflowed.article.text, lambda: None)()
            read = reflowed.original
        return Result(read, (), (), (), 1)

    monkeypatch.setattr(article_module, "parse", parse)
    monkeypatch.setattr(article_module, "process", process)
    return actions


def run_texts(texts: list[str]) -> list[Result | Rejected]:
    articles = [article(text, number) for number, text in enumerate(texts)]
    return list(run_local(articles, Resources(None, None), SECONDS))  # type: ignore[arg-type]


@needs_alarm
@pytest.mark.parametrize("action", [loop, swallow_errors, match])
def test_an_endless_article_is_rejected_and_the_rest_goes_on(
    without_model: dict[str, Callable[[], None]], action: Callable[[], None]
) -> None:
    without_model["bad"] = action
    done = run_texts(["first", "one", "two", "bad", "four", "five", "bad"])
    assert names(done) == [f"{number}.txt" for number in range(7)]
    rejected = [item for item in done if isinstance(item, Rejected)]
    assert [item.file for item in rejected] == ["3.txt", "6.txt"]
    assert rejected[0].reason == "extracting its 3 characters took over 0.1 seconds"
    assert "article_seconds in extract.toml" in rejected[0].hint
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


@needs_alarm
def test_articles_that_are_slow_only_together_are_all_read(without_model: dict[str, Callable[[], None]]) -> None:
    without_model["slow"] = partial(work, 0.6 * SECONDS)
    assert all(isinstance(item, Result) for item in run_texts(["first", "slow", "slow", "slow"]))


def test_where_there_is_no_alarm_the_time_is_looked_at_between_parts(
    without_model: dict[str, Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts_module, "PART_CHARS", 5)
    without_model["slow."] = partial(work, 3 * SECONDS)
    done: list[Result | Rejected] = []
    thread = threading.Thread(target=lambda: done.extend(run_texts(["slow.parts", "fast"])))
    thread.start()
    thread.join()
    assert [type(item) for item in done] == [Rejected, Result]
    assert isinstance(done[0], Rejected)
    assert done[0].reason == "extracting its 10 characters took over 0.2 seconds"


@needs_alarm
def test_the_time_of_all_uses_counts_together_and_what_others_do_between_them_does_not() -> None:
    limit = TimeLimit(SECONDS)
    with pytest.raises(OutOfTime):
        deque((work_in(limit, SECONDS / 4) for _ in range(10)), maxlen=0)
    idle = TimeLimit(SECONDS)
    for _ in range(2):
        with idle:
            time.sleep(SECONDS)
        work(SECONDS)
    with idle:
        idle.check()


@posix
def test_a_worker_that_hangs_is_killed_and_replaced(workers: list[subprocess.Popen[str]]) -> None:
    texts = ["one", "HANG", "three", *["more"] * 8, "HANG", "last"]
    articles = [article(text, number) for number, text in enumerate(texts)]
    done = list(run_processes(articles, "", (), 1, SECONDS))
    assert names(done) == [f"{number}.txt" for number in range(len(texts))]
    rejected = {item.file: item.reason for item in done if isinstance(item, Rejected)}
    assert set(rejected) == {"1.txt", "11.txt"}
    assert rejected["1.txt"] == "extracting its 4 characters took over 0.1 seconds"
    assert len(workers) > 2


@posix
@pytest.mark.model
def test_a_real_worker_keeps_the_time_itself() -> None:
    from pipeline.settings import DEFAULT_MODEL

    (rejected,) = run_processes([article("The mine will close, Ada Brandt said. " * 200)], DEFAULT_MODEL, (), 1, 0.01)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "extracting its 7,600 characters took over 0.01 seconds"
