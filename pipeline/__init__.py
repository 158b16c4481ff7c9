"""Who claims what: attributed quotes and closure events from news articles, each with its exact place in the text.

Two functions are for notebooks and other programs: ``extract_text`` extracts from one string, ``claims_frame`` makes a
pandas table of claims. The records that they give are described in ``pipeline.records``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.article import extract_text
    from pipeline.write.tables import claims_frame

__version__ = "0.1.0"
__all__ = ["__version__", "claims_frame", "extract_text"]


def __getattr__(name: str) -> Any:
    """Load ``extract_text`` and ``claims_frame`` when they are first used, so that ``extract --help`` stays fast."""
    if name == "extract_text":
        from pipeline.article import extract_text

        return extract_text
    if name == "claims_frame":
        from pipeline.write.tables import claims_frame

        return claims_frame
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
