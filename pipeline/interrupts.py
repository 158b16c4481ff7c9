"""Ctrl-C: raised at once, and once more at the next safe place if somebody has swallowed it.

An exception that a signal handler raises inside a finaliser or a callback of a C library is printed and forgotten
("Exception ignored in ..."), and the program would go on as if nobody had asked it to stop.
"""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

_received: list[int] = []


def install() -> None:
    """Note every SIGINT before it becomes KeyboardInterrupt, unless whoever started this process has its own way."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def was_interrupted() -> bool:
    """Whether an interrupt has come since ``install()``."""
    return bool(_received)


def raise_interrupt() -> None:
    """Raise KeyboardInterrupt if an interrupt has come: for places between two pieces of work."""
    if _received:
        raise KeyboardInterrupt


def ignore_further() -> None:
    """From now on let interrupts pass: a second one, while all is being put away, has nothing left to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _interrupt(number: int, _: FrameType | None) -> NoReturn:
    _received.append(number)
    raise KeyboardInterrupt
