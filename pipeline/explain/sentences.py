"""Show what was found in each sentence, by which rule, and the parse: for whoever writes rules."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.article import analyze, load_resources
from pipeline.corpus import read
from pipeline.corpus.reading import display_path
from pipeline.errors import UnreadableArticle
from pipeline.extract.dates import TracedDate, trace_dates
from pipeline.extract.syntax import overlaps
from pipeline.knowledge import Knowledge
from pipeline.nlp import parse
from pipeline.records import Article, DateMention, Event, Linked, Mention, Quote, Rejected, Span, Spans, Speaker
from pipeline.settings import Settings
from pipeline.text.parts import reflow_parts
from pipeline.text.reflow import Reflowed

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Characters of a text that are shown whole; of a longer one the first and last that are.
_LONGEST_SHOWN = 90
_HEAD_SHOWN = 60
_TAIL_SHOWN = 25
#: Names of articles in a file that a message lists.
_NAMES_SHOWN = 5


def explain(path: Path, settings: Settings, line: int | None = None) -> Iterator[str]:
    """Lines of text that show how one article was read, of all of it or of ``line``, counted from 1.

    First come the blocks with their roles, then for each sentence what was found in it, with rule and reason, and its
    parse in columns: position, token, tag, lemma, relation, head, entity type. ``path`` may name an article inside a
    file ("wire.jsonl#3", "box.zip/page.html"); of a file with several the first is shown. Raises UnreadableArticle when
    there is no such article or it has no such line.
    """
    article = _read_article(path, settings)
    explained = _span_of_line(article, line)
    resources = load_resources(settings.model, settings.events)
    yield from _explain_blocks(article, explained)
    for reflowed in reflow_parts(article):
        _, doc = next(iter(parse(resources.nlp, [reflowed.article])))
        linked = analyze(reflowed, doc, resources.knowledge, with_scores=True)
        traces = _trace_dates_by_start(reflowed, doc, resources.knowledge)
        for sentence in linked.sentences:
            if overlaps(sentence, explained):
                yield ""
                yield f"sentence {sentence[0]}-{sentence[1]}: {_printable(article.text[slice(*sentence)])}"
                yield from _explain_findings(article, linked, sentence, traces, reflowed)
                yield from _explain_parse(doc, reflowed.from_source(sentence))


def _read_article(path: Path, settings: Settings) -> Article:
    """The article named, or the first one of the file."""
    file, part = split_part(path)
    name = display_path(file, Path()) + part
    items = read([file], root=Path(), published=settings.published, fields=settings.fields)
    read_items: list[Article | Rejected] = []
    for item in items:
        read_items.append(item)
        if isinstance(item, Article) and (not part or item.file == name):
            items.close()
            return item
    for item in read_items:
        if isinstance(item, Rejected) and (not part or item.file == name):
            raise UnreadableArticle(f"{item.file}: {item.reason}.", item.hint)
    names = ", ".join(item.file for item in read_items[:_NAMES_SHOWN])
    more = ", ..." * (len(read_items) > _NAMES_SHOWN)
    raise UnreadableArticle(f"There is no {part} in {file}.", f"It contains: {names}{more}")


def split_part(path: Path) -> tuple[Path, str]:
    """The file on disk and what is named inside it: "box.zip" and "/inside/page.html", "wire.jsonl" and "#3".

    A path that exists as it is has no part, nor has one of which no beginning is a file.
    """
    if os.path.lexists(path):
        return path, ""
    name = str(path)
    for offset in sorted((offset for offset, character in enumerate(name) if character in "#/\\"), reverse=True):
        if offset and Path(name[:offset]).is_file():
            return Path(name[:offset]), name[offset:].replace("\\", "/")
    return path, ""


def _span_of_line(article: Article, line: int | None) -> Span:
    """The line's span, or that of the whole text."""
    if line is None:
        return 0, len(article.text)
    lines = article.text.splitlines(keepends=True)
    if not 1 <= line <= len(lines):
        raise UnreadableArticle(f"{article.file} has no line {line}.", f"It has lines 1 to {len(lines)}.")
    start = sum(len(text) for text in lines[: line - 1])
    return start, start + len(lines[line - 1])


def _trace_dates_by_start(reflowed: Reflowed, doc: Doc, knowledge: Knowledge) -> Mapping[int, TracedDate]:
    """How each date came about, by its start in the text that was parsed."""
    return {traced.mention.start: traced for traced in trace_dates(doc, reflowed.article, knowledge.dates)}


def _explain_blocks(article: Article, explained: Span) -> Iterator[str]:
    for block in article.blocks:
        span = (block.start, block.end)
        if overlaps(span, explained):
            note = " (repeats an earlier block, so it is skipped)" if block.repeated else ""
            yield f"block {block.start}-{block.end} {block.role}{note}: {_shorten(article, span)}"


def _explain_parse(doc: Doc, sentence: Span) -> Iterator[str]:
    """A line a token; ``sentence`` is a span of the text that was parsed."""
    for token in doc.char_span(*sentence, alignment_mode="expand") or ():
        if not token.is_space:
            yield (
                f"  {token.i:5d} {token.text:18} {token.tag_:5} {token.lemma_:16} {token.dep_:10} "
                f"<- {token.head.text:16} {token.ent_type_ or '-'}"
            )


def _explain_findings(
    article: Article, linked: Linked, sentence: Span, traces: Mapping[int, TracedDate], reflowed: Reflowed
) -> Iterator[str]:
    for mention in linked.mentions:
        if overlaps((mention.start, mention.end), sentence):
            yield _explain_mention(article, mention)
    for date in linked.dates:
        if overlaps((date.start, date.end), sentence):
            start, _ = reflowed.from_source((date.start, date.end))
            yield _explain_date(article, date, traces.get(start))
    for quote, speakers in zip(linked.quotes, linked.speakers, strict=True):
        if overlaps((quote.cue or quote.content)[0], sentence):
            yield from _explain_quote(article, quote, speakers)
    for event in linked.events:
        if overlaps(event.trigger, sentence):
            yield _explain_event(article, event)


def _explain_mention(article: Article, mention: Mention) -> str:
    rule = f"[{mention.rule}]" if mention.rule else ""
    parts = (mention.label, mention.use, mention.country, f"= {mention.canonical}", f"({mention.reason})", rule)
    return f"  mention  {_words(article, ((mention.start, mention.end),))}: {' '.join(filter(None, parts))}"


def _explain_date(article: Article, date: DateMention, traced: TracedDate | None) -> str:
    days = f" {date.date_start}..{date.date_end}" if date.date_start else ""
    rules = ""
    if traced:
        rules = f" [{traced.rule}{f'; tense: {traced.tense}' if traced.tense else ''}]"
    words = _words(article, ((date.start, date.end),))
    return f"  date     {words}: {date.kind} {date.value}{days} ({date.reason}){rules}"


def _explain_quote(article: Article, quote: Quote, speakers: tuple[Speaker, ...]) -> Iterator[str]:
    stance = f"{quote.stance}, negated" if quote.negated else quote.stance
    yield (
        f"  quote    {quote.quote_type} {quote.confidence:.2f} source {_words(article, quote.source)} | "
        f"cue {_words(article, quote.cue)} ({stance}) | "
        f"content {_words(article, quote.content)} [{quote.rule}: {quote.reason}]"
    )
    if quote.scores:
        yield f"           scores {quote.scores}"
    for speaker in speakers:
        who = speaker.name or speaker.description or "(unknown)"
        yield f"           speaker {who} {speaker.role} ({speaker.reason})"


def _explain_event(article: Article, event: Event) -> str:
    roles = {
        "target": event.target,
        "antecedent": event.antecedent,
        "actor": event.actor,
        "date": event.date,
        "cause": event.cause,
    }
    arguments = ", ".join(f"{role} {_words(article, (span,))}" for role, span in roles.items() if span)
    trigger = _words(article, (event.trigger,))
    return (
        f"  event    {event.type} {event.status} [{event.status_rule}] {event.confidence:.2f} "
        f"trigger {trigger}, {arguments}, places {_words(article, event.places)} [{event.rule}: {event.reason}]"
    )


def _words(article: Article, spans: Spans) -> str:
    return " [...] ".join(_shorten(article, span) for span in spans) or "(none)"


def _printable(text: str) -> str:
    """The text on one line, without characters that could change the terminal."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def _shorten(article: Article, span: Span) -> str:
    """The words of a span, of long ones beginning and end."""
    words = _printable(article.text[slice(*span)])
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_HEAD_SHOWN]} ... {words[-_TAIL_SHOWN:]}"
