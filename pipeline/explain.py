"""Show what was found in each sentence, by which rule, and the parse: for whoever writes rules."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pipeline.article import analyze, load_resources
from pipeline.corpus import read
from pipeline.corpus.reading import shown
from pipeline.errors import UnreadableArticle
from pipeline.nlp import parse
from pipeline.records import Article, Linked, Rejected, Span
from pipeline.settings import Settings
from pipeline.text.reflow import reflow


def explain(path: Path, settings: Settings, line: int | None = None) -> Iterator[str]:
    """Lines of text: blocks with roles, then for each sentence (of ``line``, counted from 1, when given) the findings
    with rule and reason, and the parse as columns position, token, tag, lemma, relation, head, entity.

    ``path`` may name an article inside a file ("wire.jsonl#3", "box.zip/page.html"); of a file with several the first
    is shown. Raises UnreadableArticle when there is no such article or it has no such line.
    """
    article = _article(path, settings)
    wanted = _line_span(article, line)
    tools = load_resources(settings.model, settings.events)
    seen = reflow(article)
    _, doc = next(iter(parse(tools.nlp, [seen.article])))
    linked = analyze(seen, doc, tools.knowledge)
    for block in article.blocks:
        if _touches((block.start, block.end), wanted):
            said = " (said before, not read again)" if block.repeated else ""
            yield f"block {block.start}-{block.end} {block.role}{said}: {_short(article, (block.start, block.end))}"
    for sentence in linked.sentences:
        if not _touches(sentence, wanted):
            continue
        yield ""
        yield f"sentence {sentence[0]}-{sentence[1]}: {_clean(article.text[slice(*sentence)])}"
        yield from _findings(article, linked, sentence)
        tokens = doc.char_span(*seen.from_source(sentence), alignment_mode="expand")
        for token in tokens or ():
            if not token.is_space:
                entity = token.ent_type_ or "-"
                yield (
                    f"  {token.i:5d} {token.text:18} {token.tag_:5} {token.lemma_:16} {token.dep_:10} "
                    f"<- {token.head.text:16} {entity}"
                )


def _article(path: Path, settings: Settings) -> Article:
    """The article named, or the first one of the file."""
    file, part = split_part(path)
    wanted = shown(file, Path()) + part
    items = read([file], root=Path(), published=settings.published, fields=settings.fields)
    seen: list[Article | Rejected] = []
    for item in items:
        seen.append(item)
        if isinstance(item, Article) and (not part or item.file == wanted):
            items.close()
            return item
    wrong = next((item for item in seen if isinstance(item, Rejected) and (not part or item.file == wanted)), None)
    if wrong:
        raise UnreadableArticle(f"{wrong.file}: {wrong.reason}.", wrong.hint)
    names = ", ".join(item.file for item in seen[:5])
    raise UnreadableArticle(f"There is no {part} in {file}.", f"It has {names}{', ...' * (len(seen) > 5)}")


def split_part(path: Path) -> tuple[Path, str]:
    """The file on disk and what is named inside it: "box.zip" and "/inside/page.html", "wire.jsonl" and "#3"."""
    if os.path.lexists(path):
        return path, ""
    name = str(path)
    for at in sorted((i for i, ch in enumerate(name) if ch in "#/\\"), reverse=True):
        if at and Path(name[:at]).is_file():
            return Path(name[:at]), name[at:].replace("\\", "/")
    return path, ""


def _line_span(article: Article, line: int | None) -> Span:
    if line is None:
        return 0, len(article.text)
    lines = article.text.splitlines(keepends=True)
    if not 1 <= line <= len(lines):
        raise UnreadableArticle(f"{article.file} has no line {line}.", f"It has lines 1 to {len(lines)}.")
    start = sum(len(each) for each in lines[: line - 1])
    return start, start + len(lines[line - 1])


def _findings(article: Article, linked: Linked, sentence: Span) -> Iterator[str]:
    def words(spans: tuple[Span, ...]) -> str:
        return " [...] ".join(_short(article, span) for span in spans) or "(none)"

    for mention in linked.mentions:
        if _touches((mention.start, mention.end), sentence):
            rule = f"[{mention.rule}]" if mention.rule else ""
            parts = (mention.label, mention.use, mention.country, f"= {mention.canonical}", f"({mention.reason})", rule)
            yield f"  mention  {words(((mention.start, mention.end),))}: {' '.join(filter(None, parts))}"
    for date in linked.dates:
        if _touches((date.start, date.end), sentence):
            days = f" {date.date_start}..{date.date_end}" if date.date_start else ""
            yield f"  date     {words(((date.start, date.end),))}: {date.kind} {date.value}{days} ({date.reason})"
    for quote, speakers in zip(linked.quotes, linked.speakers, strict=True):
        if _touches((quote.cue or quote.content)[0], sentence):
            yield (
                f"  quote    {quote.quote_type} {quote.confidence:.2f} source {words(quote.source)} | "
                f"cue {words(quote.cue)} | content {words(quote.content)} [{quote.rule}: {quote.reason}]"
            )
            for speaker in speakers:
                yield f"           speaker {speaker.name or '(unknown)'} {speaker.role} ({speaker.reason})"
    for event in linked.events:
        if _touches(event.trigger, sentence):
            roles = {
                "target": event.target,
                "antecedent": event.antecedent,
                "actor": event.actor,
                "date": event.date,
                "cause": event.cause,
            }
            arguments = ", ".join(f"{role} {words((span,))}" for role, span in roles.items() if span)
            yield (
                f"  event    {event.type} {event.status} {event.confidence:.2f} trigger {words((event.trigger,))}, "
                f"{arguments}, places {words(event.places)} [{event.rule}: {event.reason}]"
            )


def _touches(span: Span, wanted: Span) -> bool:
    return span[0] < wanted[1] and wanted[0] < span[1]


def _clean(text: str) -> str:
    return "".join(ch for ch in " ".join(text.split()) if ch.isprintable())


def _short(article: Article, span: Span) -> str:
    words = _clean(article.text[slice(*span)])
    return words if len(words) <= 90 else words[:60] + " ... " + words[-25:]
