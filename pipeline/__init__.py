"""Who claims what: attributed quotes and closure events from news articles, each with its exact place in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.article import extract_text
    from pipeline.write.tables import claims_frame

__version__ = "0.1.0"
__all__ = ["__version__", "claims_frame", "extract_text"]


def __getattr__(name: str) -> Any:
    """``extract_text`` and ``claims_frame``, loaded when first asked for: ``extract --help`` stays fast."""
    if name == "extract_text":
        from pipeline.article import extract_text

        return extract_text
    if name == "claims_frame":
        from pipeline.write.tables import claims_frame

        return claims_frame
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
