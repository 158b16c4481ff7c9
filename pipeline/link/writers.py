"""Whoever writes an article and says "I" in it: by the credit above or below it, or a note on the author at its end."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.quotations import find_quotations
from pipeline.knowledge.people import People
from pipeline.link.speaker_reasons import speaker_reason
from pipeline.records import Article, Span, Speaker

_NAME = r"[A-Z][\w'’-]+(?: [A-Z]\.)?(?: [A-Z][\w'’-]+){1,2}"
#: A credit that names one person: "By Ada Brandt", "Ada Brandt, Larn Gazette"; not "Ada Brandt and Oren Holm".
_CREDIT = re.compile(rf"(?:[Bb]y )?(?P<name>{_NAME})(?:, [^\n]{{1,60}})?$")
#: The note at the end: "Ada Brandt is a teacher in Larn."
_NOTE = re.compile(rf"(?P<name>{_NAME}) is (?:an?|the) (?P<role>[a-z][^.!?\n]{{2,90}})\.$")
#: Pronouns of one person who writes; "we" may be anybody's.
_WRITERS_OWN = frozenset({"i", "me", "my"})
#: What nobody's name holds: credits of pictures, desks.
_NO_NAMES = frozenset({"photo", "photograph", "picture", "image", "staff", "editorial", "news", "getty", "reuters"})


class Writer(NamedTuple):
    """Who writes: ``name``, ``place``, where it stands, and ``role``, what a note says of him, maybe empty."""

    name: str
    place: Span
    role: str = ""


def speaker_who_writes(pronoun: str, span: Span, article: Article, people: People) -> Speaker:
    """The speaker of an "I" or "we" at a span that stands in nobody's words; named only for "I" and one writer."""
    text = article.text[span[0] : span[1]]
    writer = writer_of(article, people) if pronoun.lower() in _WRITERS_OWN and not _is_quoted(span, article) else None
    if writer is None:
        return Speaker(span, text, reason=speaker_reason("writer", pronoun))
    reason = speaker_reason("byline", pronoun, writer.name)
    return Speaker(span, text, writer.name, writer.place, role=writer.role, type="person", reason=reason)


def writer_of(article: Article, people: People) -> Writer | None:
    """The one person by whom an article is; None where nothing tells or there are several."""
    writers = {writer.name: writer for writer in (*_credited(article, people), *_noted(article, people))}
    return next(iter(writers.values())) if len(writers) == 1 else None


def _is_quoted(span: Span, article: Article) -> bool:
    """Whether a span lies within a quotation, so that its "I" is whoever is quoted."""
    around = (quotation.outer for quotation in find_quotations(article))
    return any(start <= span[0] and span[1] <= end for start, end in around)


def _credited(article: Article, people: People) -> list[Writer]:
    """Those whom credits name, or a first line that is a name with a known first name."""
    found = []
    for block in article.blocks:
        if block.role not in ("credit", "headline"):
            continue
        match = _CREDIT.match(article.text[block.start : block.end].strip())
        is_name = match is not None and _NO_NAMES.isdisjoint(match[0].lower().split())
        if match is None or not is_name or (block.role == "headline" and not _is_known(match["name"], people)):
            continue
        if block.role == "headline" and match["name"] != match[0]:
            continue
        start = article.text.index(match["name"], block.start)
        found.append(Writer(match["name"], (start, start + len(match["name"]))))
    return found


def _noted(article: Article, people: People) -> list[Writer]:
    """Whoever the last paragraph tells of in one sentence, and no other paragraph names."""
    body = [block for block in article.blocks if block.role == "body"]
    match = _NOTE.match(article.text, body[-1].start, body[-1].end) if len(body) > 1 else None
    if (
        match is None
        or not _is_known(match["name"], people)
        or match["name"].split()[-1] in article.text[: match.start()]
    ):
        return []
    return [Writer(match["name"], match.span("name"), match["role"])]


def _is_known(name: str, people: People) -> bool:
    return name.split()[0].lower() in people.women_shares
