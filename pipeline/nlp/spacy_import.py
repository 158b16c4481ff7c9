"""Imports spaCy without what only its command line needs: a quarter of a second that no article is read in.

``import spacy`` loads ``spacy.cli`` for one function (``spacy.info``), and with it a client for the web; and it loads
``langcodes``, for languages that spaCy has no folder of. Both are there as soon as somebody uses them.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

#: The modules that spaCy imports and no English pipeline uses.
_UNUSED = ("spacy.cli", "spacy.cli.info", "langcodes")


def import_spacy() -> None:
    """Import spaCy, where it isn't imported yet; call this before the first module that imports it by itself."""
    if "spacy" not in sys.modules:
        with _stand_ins():
            import spacy  # noqa: F401


@contextmanager
def _stand_ins() -> Iterator[None]:
    """In the block, imports of the unused modules give stand-ins, which load the real ones when they are used."""
    names = [name for name in _UNUSED if name not in sys.modules]
    sys.modules |= {name: _make_stand_in(name) for name in names}
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


def _make_stand_in(name: str) -> Any:
    module: Any = ModuleType(name)
    module.__path__ = []  # as packages have, so that modules in it can be imported
    module.__getattr__ = lambda attribute: getattr(importlib.import_module(name), attribute)
    if name == "spacy.cli.info":
        module.info = lambda *arguments, **options: importlib.import_module(name).info(*arguments, **options)
    return module
