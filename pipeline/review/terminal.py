"""The terminal in which ``extract review`` runs: it shows the page's address, and another one after Enter."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence

from pipeline.review.server import Server

#: Seconds after which it is looked again whether the server still runs.
_INTERVAL = 0.5


def accompany(server: Server, say: Callable[[str], None], *, open_browser: bool, team: Sequence[str] = ()) -> None:
    """Open the browser or not, and print addresses, until the server ends; ``say`` prints a line.

    The browser that is opened has an address of its own, so that the printed one is still good. With a ``team`` each
    of its reviewers has one, which signs with their name.
    """
    _print_addresses(server, say, team)
    where = "on this machine" if server.is_local else "on any machine that reaches this one"
    if team:
        say(f"          Each address opens the review once, in one browser {where}, and signs with that name: hand it")
        say("          to nobody else. Enter prints others, Ctrl-C ends the review.")
    else:
        say(f"          The address opens the review once, in one browser {where}. Enter prints another one,")
        say("          Ctrl-C ends the review.")
    if open_browser and not server.open_browser():
        say("          No browser could be opened: please open the address yourself.")
    while server.is_running():
        if wait_for_enter(_INTERVAL):
            _print_addresses(server, say, team)


def _print_addresses(server: Server, say: Callable[[str], None], team: Sequence[str]) -> None:
    """A new address for each of the team, or one for anybody."""
    for number, name in enumerate(team or ("",)):
        signed = f"  for {name}" if name else ""
        say(f"{'Review:' if number == 0 else '':9} {server.new_url(name)}{signed}")


def wait_for_enter(seconds: float) -> bool:
    """Wait at most so long for Enter in the terminal, and return whether it was pressed.

    Without a terminal, or while the program runs in its background, nothing is read: a program that reads there would
    be stopped by the system.
    """
    if not sys.stdin.isatty():
        time.sleep(seconds)
        return False
    if sys.platform == "win32":
        return _wait_on_windows(seconds)
    import select

    descriptor = sys.stdin.fileno()
    readable, _, _ = select.select([descriptor], [], [], seconds)
    try:
        if readable and os.tcgetpgrp(descriptor) == os.getpgrp() and b"\n" in os.read(descriptor, 4096):
            return True
    except OSError:  # the terminal was closed
        readable = [descriptor]
    if readable:
        time.sleep(seconds)  # end of input, or not for us: it would be readable at once again
    return False


def _wait_on_windows(seconds: float) -> bool:
    import importlib

    console = importlib.import_module("msvcrt")
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if console.kbhit() and console.getwch() in "\r\n":
            return True
        time.sleep(0.05)
    return False
