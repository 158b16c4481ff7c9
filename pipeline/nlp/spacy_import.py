"""Imports spaCy without what only its command line needs: a quarter of a second that no article is read in.

``import spacy`` loads ``spacy.cli`` for one function (``spacy.info``), and with it a client for the web; and it loads
``langcodes``, for languages that spaCy has no folder of. Both are there as soon as somebody uses them.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

#: The modules that spaCy imports and no English pipeline uses.
_UNUSED = ("spacy.cli", "spacy.cli.info", "langcodes")


def import_spacy() -> None:
    """Import spaCy, where it isn't imported yet; call this before the first module that imports it by itself."""
    if "spacy" not in sys.modules:
        with _stand_ins(_UNUSED):
            import spacy  # noqa: F401


@contextmanager
def _stand_ins(names: Iterable[str]) -> Iterator[None]:
    """In the block, imports of these modules give stand-ins, which load the real ones when they are used."""
    stand_ins = {name: _make_stand_in(name) for name in names if name not in sys.modules}
    sys.modules |= stand_ins
    try:
        yield
    finally:
        for stand_in in stand_ins.values():
            _remove(stand_in)


def _make_stand_in(name: str) -> Any:
    module: Any = ModuleType(name)
    module.__path__ = []  # as packages have, so that modules in it can be imported

    def load(attribute: str) -> Any:
        _remove(module)  # where it is used in the block, it gives way there and then
        return getattr(importlib.import_module(name), attribute)

    module.__getattr__ = load
    if name == "spacy.cli.info":
        module.info = lambda *arguments, **options: load("info")(*arguments, **options)
    return module


def _remove(stand_in: ModuleType) -> None:
    if sys.modules.get(stand_in.__name__) is stand_in:
        del sys.modules[stand_in.__name__]
