"""Every regular expression of the package on text made to hurt it: none may take more than a moment.

Patterns are found by themselves: those that modules hold, in whatever they hold, and those that knowledge compiles.
"""

from __future__ import annotations

import ast
import gc
import importlib
import inspect
import pkgutil
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import pipeline
from pipeline.knowledge import load_knowledge
from tests.test_architecture import dotted_name

#: Characters that a text grows by, and the seconds that a pattern may take for all of it.
LENGTH, SECONDS = 20_000, 1.0
#: A text of so many characters is tried first, and one of LENGTH only where the short one takes that many seconds.
#: What takes less could take SECONDS for five times the length only if its time grew by more than the third power
#: (SHORT_SECONDS * 5 ** 3 = SECONDS), and what grows like that takes minutes for SHORT characters already.
SHORT, SHORT_SECONDS = 4_000, 0.008
#: What ordinary text repeats, besides what each pattern itself is about.
COMMON = (
    " ", "a", "A", "1", ".", "-", '"', "“", "\n", " \n", "a ", "A. ", "1,", "A b ", "\t", "\xa0", ", ", "(", "a-",
)  # fmt: skip
#: Ways to use a pattern that try it at one place only.
ANCHORED = {"match", "fullmatch"}
FUNCTIONS = {*ANCHORED, "search", "sub", "subn", "split", "findall", "finditer"}


@dataclass(frozen=True)
class NamedPattern:
    """A pattern, where it was found, and whether it is only ever tried at one place of a text."""

    name: str
    pattern: re.Pattern[str]
    anchored: bool = False


def patterns() -> list[NamedPattern]:
    """All text patterns alive once every module and all knowledge is loaded, without those of other packages."""
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    collector = _Collector("\n".join(path.read_text(encoding="utf-8") for path in _sources()))
    knowledge = load_knowledge()
    for module_name, module in sorted(_modules()):
        for key, value in vars(module).items():
            if not key.startswith("__"):
                collector.walk(value, f"{module_name}.{key}", 0)
    collector.walk(knowledge, "knowledge", 1)
    for inline in _inline():
        collector.patterns.setdefault((inline.pattern.pattern, inline.pattern.flags), inline)
    return list(collector.patterns.values())


def _sources() -> Iterator[Path]:
    return Path(pipeline.__path__[0]).rglob("*.py")


@dataclass
class _Collector:
    """Looks through modules and whatever they hold, six levels deep, for compiled patterns of text."""

    sources: str
    patterns: dict[tuple[str, int], NamedPattern] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def walk(self, value: Any, name: str, depth: int) -> None:
        if id(value) in self.seen or depth > 6:
            return
        self.seen.add(id(value))
        if isinstance(value, re.Pattern):
            if isinstance(value.pattern, str):
                self.patterns[value.pattern, value.flags] = NamedPattern(
                    name, value, depth == 0 and self._is_anchored(name)
                )
        elif isinstance(value, (dict, list, tuple, set, frozenset)) or _is_ours(value):
            for inner in gc.get_referents(value):
                self.walk(inner, name, depth + 1)

    def _is_anchored(self, name: str) -> bool:
        """Whether the source only ever uses the pattern of this name at one place of a text.

        A private name is looked for in its own module alone: another module's ``_NAME`` is another pattern.
        """
        module, _, key = name.rpartition(".")
        source = inspect.getsource(sys.modules[module]) if key.startswith("_") else self.sources
        uses = set(re.findall(rf"\b{key}\.(\w+)", source))
        return bool(uses) and uses <= ANCHORED


def _inline() -> Iterator[NamedPattern]:
    """Patterns written where they are used: re.sub(r"...", ...)."""
    for file in _sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                first = node.args[0]
                library, _, used = dotted_name(node.func).rpartition(".")
                if (
                    library == "re"
                    and used in FUNCTIONS
                    and isinstance(first, ast.Constant)
                    and isinstance(first.value, str)
                ):
                    yield NamedPattern(f"{file.stem}:{node.lineno}", re.compile(first.value), used in ANCHORED)


def _modules() -> Iterator[tuple[str, Any]]:
    return ((name, module) for name, module in list(sys.modules.items()) if name.split(".")[0] == "pipeline")


def _is_ours(value: object) -> bool:
    return type(value).__module__.split(".")[0] == "pipeline" and not isinstance(value, type)


def letters(tree: Any) -> Iterator[str]:
    """A character for each literal, set or class of the parsed pattern, in order."""
    for code, argument in tree:
        if code in (codes.LITERAL, codes.NOT_LITERAL):
            yield chr(argument) if code is codes.LITERAL else ("b" if argument == ord("a") else "a")
        elif code is codes.IN:
            yield _of_set(argument)
        elif code is codes.ANY:
            yield "x"
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield from letters(argument[2])
        elif code is codes.SUBPATTERN:
            yield from letters(argument[3])
        elif code is codes.BRANCH:
            for branch in argument[1]:
                yield from letters(branch)
        elif code in (codes.ASSERT, codes.ASSERT_NOT, codes.ATOMIC_GROUP):
            yield from letters(argument[1] if isinstance(argument, tuple) else argument)


def _of_set(items: Any) -> str:
    classes = {
        codes.CATEGORY_SPACE: " ", codes.CATEGORY_DIGIT: "1", codes.CATEGORY_WORD: "a",
        codes.CATEGORY_NOT_SPACE: "a", codes.CATEGORY_NOT_DIGIT: "a", codes.CATEGORY_NOT_WORD: "-",
    }  # fmt: skip
    for code, argument in items:
        if code is codes.LITERAL:
            return chr(argument)
        if code is codes.RANGE:
            return chr(argument[0])
        if code is codes.CATEGORY:
            return classes[argument]
    return "a"


def attacks(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts of that length that almost match: what the pattern is made of, over and over, and then something else."""
    own = list(dict.fromkeys(letters(parser.parse(pattern.pattern, pattern.flags))))[:24]
    pumps = dict.fromkeys([*COMMON, *own, "".join(own)[:40], *(a + b for a, b in pairwise(own))])
    for pump in filter(None, pumps):
        yield pump * (length // len(pump)) + "\x00"
    start = "".join(own[:3])
    for pump in (" ", "a", "a ", "1"):
        yield start + pump * (length // len(pump)) + "\x00"


class TooSlow(BaseException):
    """Raised by the alarm: the engine looks at signals while it matches."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)  # CPU seconds: others use the machine, too
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def find_slow_text(candidate: NamedPattern, tries: int = 2) -> str:
    """What the pattern takes too long for, if anything; tried again, as others use the machine too."""
    pattern = candidate.pattern
    for short, text in zip(attacks(pattern, SHORT), attacks(pattern, LENGTH), strict=True):
        if ends_within(SHORT_SECONDS, candidate, short):
            continue
        if not any(ends_within(SECONDS, candidate, text) for _ in range(tries)):
            return f"{candidate.name} {pattern.pattern[:60]!r}: over {SECONDS} s for {len(text)} of {text[:12]!r}"
    return ""


def ends_within(seconds: float, candidate: NamedPattern, text: str) -> bool:
    """Whether the pattern is through with the text in so many CPU seconds; it is stopped after SECONDS."""
    started = time.process_time()
    try:
        with alarm(SECONDS):
            if not candidate.anchored:
                deque(candidate.pattern.finditer(text), maxlen=0)
            candidate.pattern.fullmatch(text)
    except TooSlow:
        return False
    return time.process_time() - started < seconds


posix = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs an alarm")


@posix
@pytest.mark.slow
def test_no_pattern_is_slow_on_any_text() -> None:
    candidates = patterns()
    assert len(candidates) > 80
    assert not [complaint for candidate in candidates if (complaint := find_slow_text(candidate))]


@pytest.mark.slow
@posix
@pytest.mark.parametrize("bad", [r"(a+)+b", r"\s+$", r"(?:\w+\s?)*!"])
def test_a_catastrophic_pattern_is_seen(bad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_patterns.SECONDS", 0.2)  # none of the three ends within a second
    assert find_slow_text(NamedPattern("bad", re.compile(bad)), tries=1)
