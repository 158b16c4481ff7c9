"""How long an article may take: a limit in computing time, so that a busy or sleeping machine rejects nothing."""

from __future__ import annotations

import signal
import threading
import time
from types import FrameType

from pipeline.records import Article, Rejected
from pipeline.settings import SETTINGS_FILE
from pipeline.text.parts import count_parts

#: After the time is over the alarm rings again this often, in seconds: Python passes over an exception that comes while
#: an object is being deleted.
_AGAIN = 0.2


class OutOfTime(BaseException):
    """The time is over. No Exception, so that no rule that expects errors takes it for one."""


class TimeLimit:
    """A context manager whose body may take ``seconds`` of CPU time, over all of its uses together.

    Raises OutOfTime in the midst of the body where the system has such an alarm (not on Windows) and this is the main
    thread; elsewhere at the next ``check``.
    """

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._started = 0.0
        self._has_alarm = False

    def __enter__(self) -> TimeLimit:
        self._started = time.process_time()
        self._has_alarm = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        if self._has_alarm:
            self._earlier = signal.signal(signal.SIGVTALRM, _ring)
            signal.setitimer(signal.ITIMER_VIRTUAL, max(self._left, 0.001), _AGAIN)
        return self

    def __exit__(self, *_: object) -> None:
        if self._has_alarm:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, self._earlier)
        self._left -= time.process_time() - self._started

    def check(self) -> None:
        """Raise OutOfTime when the time is over."""
        if time.process_time() - self._started > self._left:
            raise OutOfTime


def _ring(_: int, __: FrameType | None) -> None:
    raise OutOfTime


def seconds_for(article: Article, article_seconds: float) -> float:
    """The seconds that an article may take: ``article_seconds`` for each part in which it is read."""
    return article_seconds * count_parts(article)


def out_of_time(article: Article, article_seconds: float) -> Rejected:
    """The row for an article that took longer."""
    return Rejected(
        article.file,
        f"extracting its {len(article.text):,} characters took over {seconds_for(article, article_seconds):g} seconds",
        f"Look for what is no running text in it, or allow more with article_seconds in {SETTINGS_FILE}; run again.",
    )
