"""Make HTML pages from the templates in pipeline/write/templates.

Everything is escaped, nothing is loaded from elsewhere, and the page's Content-Security-Policy allows only the
templates' own style sheet and script, each by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.records import Claim
from pipeline.text.normalize import collapse_whitespace
from pipeline.write.column_values import verdict
from pipeline.write.event_marks import MARK_WORDS
from pipeline.write.event_timeline import MAX_DRAWN
from pipeline.write.highlight import mark_spans
from pipeline.write.timeline import DatedClaim
from pipeline.write.wording import excerpt, spell_out

TEMPLATES = Path(__file__).parent / "templates"
#: Characters of a claim in a list of claims: about two lines of the drop-down under a number.
MAX_EXCERPT = 90


@cache
def template_environment() -> Environment:
    """The Jinja environment of the templates, with the functions and filters that they use.

    Values: ``mark_words``, ``max_drawn``. Functions: ``mark_spans``, ``verdict``, ``inline_source``, ``source_hash``.
    Filters: ``number`` (12345 as 12,345),
    ``collapse_whitespace``, ``excerpt`` (of a claim), ``words`` ("speaker_type" as "speaker type").
    """
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        mark_words=MARK_WORDS,
        max_drawn=MAX_DRAWN,
        mark_spans=mark_spans,
        verdict=verdict,
        inline_source=inline_source,
        source_hash=source_hash,
    )
    env.filters.update(number=format_number, one_line=collapse_whitespace, excerpt=claim_excerpt, words=spell_out)
    return env


@cache
def inline_source(name: str) -> str:
    """A style sheet or script of the templates, to stand in a page unescaped: our own text, never an article's."""
    return (TEMPLATES / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def source_hash(name: str) -> str:
    """The source expression by which a Content-Security-Policy allows ``inline_source(name)`` and nothing else."""
    digest = hashlib.sha256(inline_source(name).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def format_number(value: int) -> str:
    """A whole number with commas: 12345 as 12,345."""
    return f"{value:,}"


def claim_excerpt(claim: Claim | DatedClaim) -> str:
    """The claim's words in one line of at most MAX_EXCERPT characters, cut at a word."""
    return excerpt(claim.claim_text, MAX_EXCERPT)
