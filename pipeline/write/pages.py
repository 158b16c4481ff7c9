"""HTML pages out of pipeline/write/templates: everything escaped, nothing loaded, style and script allowed by hash."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.records import Claim
from pipeline.text.normalize import collapse_whitespace
from pipeline.write.counts import verdict
from pipeline.write.highlight import mark

TEMPLATES = Path(__file__).parent / "templates"
#: Characters of a claim in a list of claims.
EXCERPT = 90


@cache
def environment() -> Environment:
    """The templates with what they call: ``mark``, ``verdict``, ``source``, ``source_hash``; filters below."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(mark=mark, verdict=verdict, source=source, source_hash=source_hash)
    env.filters.update(number=number, one_line=collapse_whitespace, excerpt=excerpt, words=words)
    return env


@cache
def source(name: str) -> str:
    """A style sheet or script of the templates, to stand in a page as it is: our own text, never an article's."""
    return (TEMPLATES / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def source_hash(name: str) -> str:
    """The source expression by which a Content-Security-Policy allows ``source(name)`` and nothing else."""
    digest = hashlib.sha256(source(name).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def number(value: int) -> str:
    """12345 as 12,345."""
    return f"{value:,}"


def excerpt(claim: Claim) -> str:
    """The claim's words in one line, cut at a word."""
    text = collapse_whitespace(claim.claim_text)
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"


def words(name: str) -> str:
    """A machine's name as words: "speaker_type" is "speaker type"."""
    return name.replace("_", " ")
