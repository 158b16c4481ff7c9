"""process(): the one function every engine calls, from a parsed article to its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.claims import build_claims
from pipeline.corpus import make_article
from pipeline.extract import find_all
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.link import link_all
from pipeline.nlp import load_nlp, parse
from pipeline.records import READ_ROLES, Article, Linked, Result
from pipeline.settings import DEFAULT_MODEL
from pipeline.text.reflow import Reflowed, reflow

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Resources:
    """What processing needs and is loaded once: the spaCy pipeline and the knowledge of models/."""

    nlp: Language
    knowledge: Knowledge


def load_resources(model: str = DEFAULT_MODEL, events: Sequence[Path] = ()) -> Resources:
    """Load model and knowledge, with further event types from the files ``events``. Raises BadModel or BadKnowledge."""
    knowledge = load_knowledge(events)  # first: a mistake in a file is told before the model's two seconds
    return Resources(load_nlp(model), knowledge)


def process(read: Reflowed, doc: Doc, knowledge: Knowledge) -> Result:
    """Find, link and join everything in one article; ``doc`` is the parse of its smooth text."""
    article, linked = read.original, analyze(read, doc, knowledge)
    claims = build_claims(article, linked)
    return Result(article, claims, linked.mentions, linked.dates, _words(article))


def analyze(read: Reflowed, doc: Doc, knowledge: Knowledge) -> Linked:
    """What is found and linked in a parsed smooth article, its spans in the text as it came."""
    findings = find_all(doc, read.article, knowledge)
    return read.linked_to_source(link_all(findings, read.article, doc, knowledge))


def extract_text(
    text: str,
    *,
    published: date | None = None,
    title: str = "",
    publisher: str = "",
    url: str = "",
    model: str = DEFAULT_MODEL,
    events: Sequence[str | Path] = (),
) -> Result:
    """The claims, mentions and dates of one article given as a string; offsets in the result are into ``text``.

    Without ``published`` nothing relative ("last week") gets a date. ``events``: files with further event types. Model
    and files are loaded once and kept. Raises BadModel when ``model`` isn't installed, BadKnowledge for a mistake in a
    file.
    """
    tools = _kept_tools(model, tuple(Path(each) for each in events))
    article = make_article(
        text,
        file="",
        title=title,
        published=published,
        published_source="argument" if published else "",
        publisher=publisher,
        url=url,
    )
    read = reflow(article)
    _, doc = next(iter(parse(tools.nlp, [read.article])))
    return process(read, doc, tools.knowledge)


@cache
def _kept_tools(model: str, events: tuple[Path, ...]) -> Resources:
    return load_resources(model, events)


def _words(article: Article) -> int:
    read = (block for block in article.blocks if block.role in READ_ROLES and not block.repeated)
    return sum(len(article.text[block.start : block.end].split()) for block in read)
