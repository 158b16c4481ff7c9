"""Who claims what: attributed quotes and closure events from news articles, each with its exact place in the text.

These are for notebooks and other programs: ``extract_text`` extracts from one string, ``extract_texts`` from many or
from the rows of a table, ``read_articles`` reads files, ``run`` does what the command ``extract run`` does,
``claims_frame`` and ``events_frame`` make pandas tables. The records that they give are here, too; ``pipeline.records``
describes them, ``pipeline.settings`` what a ``Settings`` has.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.errors import ExtractError
    from pipeline.python_api import extract_text, extract_texts, read_articles, run
    from pipeline.records import Article, Block, Claim, DateMention, EventProfile, Mention, Rejected, Result
    from pipeline.settings import Settings
    from pipeline.summary import Summary
    from pipeline.write.frames import claims_frame, events_frame

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Block",
    "Claim",
    "DateMention",
    "EventProfile",
    "ExtractError",
    "Mention",
    "Rejected",
    "Result",
    "Settings",
    "Summary",
    "__version__",
    "claims_frame",
    "events_frame",
    "extract_text",
    "extract_texts",
    "read_articles",
    "run",
]

#: The module that has each function or type.
_MODULES = {
    "ExtractError": "pipeline.errors",
    "Settings": "pipeline.settings",
    "Summary": "pipeline.summary",
    **dict.fromkeys(
        ("Article", "Block", "Claim", "DateMention", "EventProfile", "Mention", "Rejected", "Result"),
        "pipeline.records",
    ),
    **dict.fromkeys(("extract_text", "extract_texts", "read_articles", "run"), "pipeline.python_api"),
    **dict.fromkeys(("claims_frame", "events_frame"), "pipeline.write.frames"),
}


def __dir__() -> list[str]:
    """What completion in a notebook offers."""
    return __all__


def __getattr__(name: str) -> Any:
    """Load a function or type when it is first used, so that ``extract --help`` stays fast."""
    if name in _MODULES:
        return getattr(import_module(_MODULES[name]), name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
