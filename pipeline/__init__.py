"""Who claims what: attributed quotes and closure events from news articles, each with its exact place in the text.

These are for notebooks and other programs: ``extract_text`` extracts from one string, ``extract_texts`` from many or
from the rows of a table, ``read_articles`` reads files, ``claims_frame`` and ``events_frame`` make pandas tables. The
records that they give are described in ``pipeline.records``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.python_api import extract_text, extract_texts, read_articles
    from pipeline.write.frames import claims_frame, events_frame

__version__ = "0.1.0"
__all__ = ["__version__", "claims_frame", "events_frame", "extract_text", "extract_texts", "read_articles"]

#: The module that has each function.
_MODULES = {
    "claims_frame": "pipeline.write.frames",
    "events_frame": "pipeline.write.frames",
    "extract_text": "pipeline.python_api",
    "extract_texts": "pipeline.python_api",
    "read_articles": "pipeline.python_api",
}


def __getattr__(name: str) -> Any:
    """Load a function when it is first used, so that ``extract --help`` stays fast."""
    if name in _MODULES:
        return getattr(import_module(_MODULES[name]), name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
