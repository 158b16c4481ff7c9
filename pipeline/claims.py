"""The pure join: an article and what was found and linked in it become claims, one row each.

Claim ids come from the article's key, the kind, the sentence and the anchoring words (cue or trigger), counted in the
text and not among the findings: better rules, edits elsewhere and renaming leave them as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from pipeline.link.reporters import reporter_spans
from pipeline.records import Article, Claim, DateMention, Event, Linked, Span, Spans, Speaker
from pipeline.text.identifiers import hash_id
from pipeline.text.normalize import flatten_layout, lowercase_word_key
from pipeline.text.spans import PART_JOIN, SpanIndex, hull

#: The reporter of an event that nobody but the article states, where its publisher is unknown.
OWN_VOICE = "(the article)"


def build_claims(article: Article, linked: Linked) -> tuple[Claim, ...]:
    """All claims of one article in text order: a row for each speaker of a quote, a row for each event."""
    return _Join(article, linked).claims()


class _Join:
    """One article's join; holds what each row looks up."""

    def __init__(self, article: Article, linked: Linked) -> None:
        self.article = article
        self.linked = linked
        self.starts = [start for start, _ in linked.sentences]
        self.mentions = SpanIndex(linked.mentions, lambda mention: [(mention.start, mention.end)])
        self.dates = SpanIndex(linked.dates, lambda date: [(date.start, date.end)])
        self.repeats = _occurrences(article.text, linked.sentences)
        self.ids: set[str] = set()

    def claims(self) -> tuple[Claim, ...]:
        quotes = [self._quote_rows(index) for index in range(len(self.linked.quotes))]
        events = [self._event_row(index, quotes) for index in range(len(self.linked.events))]
        inside: dict[str, list[str]] = {}
        for event in events:
            for quote_id in event.links:
                inside.setdefault(quote_id, []).append(event.claim_id)
        rows = [replace(row, links=tuple(inside.get(row.claim_id, ()))) for row in chain.from_iterable(quotes)]
        return tuple(sorted([*rows, *events], key=lambda row: (row.start, row.end, row.claim_type)))

    def _quote_rows(self, index: int) -> list[Claim]:
        quote, speakers = self.linked.quotes[index], self.linked.speakers[index]
        words = self._text(quote.content)
        anchor = quote.cue or quote.content[:1]
        rows = []
        for speaker in speakers or (None,):
            shared = speaker.text if speaker and len(speakers) > 1 else ""
            row = self._row(
                "quote",
                anchor,
                shared,
                quote.content,
                claim_text=words,
                cue=self._text(quote.cue),
                stance=quote.stance,
                negated=quote.negated,
                quote_type=quote.quote_type,
                confidence=quote.confidence,
                rule=quote.rule,
                reason="; ".join(filter(None, (quote.reason, speaker.reason if speaker else "no source in the text"))),
                spans={"source": quote.source, "cue": quote.cue, "content": quote.content},
            )
            rows.append(_with_speaker(row, speaker))
        return rows

    def _event_row(self, index: int, quotes: Sequence[Sequence[Claim]]) -> Claim:
        event, actor = self.linked.events[index], self.linked.actors[index]
        holder = self.linked.reporters[index]
        quote = self.linked.quotes[holder] if holder is not None else None
        speakers = self.linked.speakers[holder] if holder is not None else ()
        named = " | ".join(speaker.name or speaker.text for speaker in speakers)
        parts = _arguments(event)
        extent = hull(self._here(event.trigger, chain.from_iterable(parts.values())))
        row = self._row(
            event.type,
            (event.trigger,),
            self._text((event.trigger,)),
            (extent,),
            claim_text=self._words(extent),
            trigger=self._words(event.trigger),
            actor=actor.name or actor.text if actor else "",
            actor_country=actor.country if actor else self._operator(event),
            target=self._words(event.antecedent) if event.antecedent else self._text(parts["target"]),
            target_kind=event.target_kind,
            event_status=event.status,
            permanence=event.permanence,
            cause=self._text(parts["cause"]),
            reporter=named or self.article.publisher or OWN_VOICE,
            cue=self._text(quote.cue) if quote else "",
            stance=quote.stance if quote else "",
            negated=quote.negated if quote else False,
            confidence=event.confidence,
            rule=event.rule,
            reason=self._event_reason(event),
            spans={**parts, "reporter": reporter_spans(self.article.text, quote.source) if quote else ()},
            place=_unique(self._words(span) for span in event.places),
            links=tuple(row.claim_id for row in quotes[holder]) if holder is not None else (),
        )
        row = replace(row, **_date_fields(self._dates((event.date,)) if event.date else [], self.article.text))
        placed = (m.country for span in event.places for m in self.mentions.overlapping(*span))
        row = replace(row, countries=_unique([*row.countries, *placed]))
        return _with_speaker(row, speakers[0]) if len(speakers) == 1 else row

    def _here(self, trigger: Span, spans: Iterable[Span]) -> list[Span]:
        """The spans in the trigger's own sentence: places taken up from before ("the four") don't stretch the claim."""
        at = max(bisect_right(self.starts, trigger[0]) - 1, 0)
        start, end = self.linked.sentences[at] if self.linked.sentences else (0, len(self.article.text))
        return [span for span in spans if start <= span[0] < end] or [trigger]

    def _event_reason(self, event: Event) -> str:
        if event.antecedent is None:
            return event.reason
        written = f"the text has {self._words(event.target)!r}" if event.target else "told before"
        return f"{event.reason}; {written}"

    def _operator(self, event: Event) -> str:
        """The country whose the target is ("the Norwegian embassy in Lima": NOR), where no actor is named."""
        if event.target is None:
            return ""
        start, end = event.target
        named = (m for m in self.mentions.overlapping(start, end) if m.label == "COUNTRY")
        owners = {m.country for m in named if not any(m.start < b and a < m.end for a, b in event.places)}
        return owners.pop() if len(owners) == 1 else ""

    def _row(self, kind: str, anchor: Spans, shared: str, extent: Spans, **fields: Any) -> Claim:
        """What quotes and events have in common: place in the text, context, names, dates, id."""
        start, end = hull(extent)
        at = max(bisect_right(self.starts, anchor[0][0]) - 1, 0)
        block = self.article.block_at(anchor[0][0])
        mentions = [m for a, b in extent for m in self.mentions.overlapping(a, b) if a <= m.start and m.end <= b]
        common: dict[str, Any] = {
            "place": _unique(m.canonical for m in mentions if m.label == "PLACE" and m.use == "place"),
            "countries": _unique(m.country for m in mentions if m.label in ("COUNTRY", "PLACE")),
            "people": _unique(m.canonical for m in mentions if m.label == "PERSON"),
            "organisations": _unique(m.canonical for m in mentions if m.label == "ORG"),
            **_date_fields(self._dates(extent), self.article.text),
            "context_before": self._sentence(at - 1),
            "sentence": self._sentence(at),
            "context_after": self._sentence(at + 1),
            "block": block.role if block else "",
            "title": self.article.title,
            "publisher": self.article.publisher,
            "published": self.article.published,
            "published_source": self.article.published_source,
            "doc_id": self.article.doc_id,
            "file": self.article.file,
            "start": start,
            "end": end,
        }
        claim_id = self._claim_id(kind, anchor, at, shared)
        return Claim(claim_type=kind, claim_id=claim_id, **{**common, **fields})

    def _claim_id(self, kind: str, anchor: Spans, at: int, shared: str) -> str:
        start, end = self.linked.sentences[at] if self.linked.sentences else (0, len(self.article.text))
        word = self.article.text[anchor[0][0] : anchor[0][1]]
        nth = self.article.text.count(word, start, anchor[0][0])
        parts = [
            self.article.key,
            kind,
            lowercase_word_key(flatten_layout(self.article.text[start:end])),
            self._occurrence(at),
            flatten_layout(word),
            str(nth),
        ]
        claim_id = hash_id("c", "\0".join([*parts, lowercase_word_key(flatten_layout(shared))]))
        while claim_id in self.ids:  # two findings on one anchor: the later one is told apart by its place in the row
            claim_id = hash_id("c", claim_id + "\0again")
        self.ids.add(claim_id)
        return claim_id

    def _occurrence(self, at: int) -> str:
        return str(self.repeats[at]) if self.repeats else "0"

    def _sentence(self, index: int) -> str:
        return self._words(self.linked.sentences[index]) if 0 <= index < len(self.linked.sentences) else ""

    def _dates(self, extent: Iterable[Span]) -> list[tuple[str, DateMention]]:
        found = (date for a, b in extent for date in self.dates.overlapping(a, b))
        return [(self._words((date.start, date.end)), date) for date in found if date.kind in ("DATE", "TIME")]

    def _words(self, span: Span) -> str:
        return self.article.text[span[0] : span[1]]

    def _text(self, spans: Spans) -> str:
        return PART_JOIN.join(self._words(span) for span in spans)


def _arguments(event: Event) -> dict[str, Spans]:
    single = {"trigger": event.trigger, "target": event.target, "actor": event.actor}
    rest = {"date": event.date, "cause": event.cause}
    return {
        **{role: (span,) if span else () for role, span in single.items()},
        "place": event.places,
        **{role: (span,) if span else () for role, span in rest.items()},
    }


def _with_speaker(row: Claim, speaker: Speaker | None) -> Claim:
    if speaker is None:
        return row
    return replace(
        row,
        speaker=speaker.name or (speaker.text if speaker.type == "group" else ""),
        speaker_text=speaker.text,
        speaker_role=speaker.role,
        speaker_type=speaker.type,
        speaker_country=speaker.country,
        speaker_mention=speaker.mention,
    )


def _date_fields(dates: Sequence[tuple[str, DateMention]], text: str) -> dict[str, Any]:
    """All date words of a row; days of a single resolved date or one run ("from May to July"), never a mixture."""
    resolved = [date for _, date in dates if date.date_start and date.date_end]
    first = last = resolved[0] if len(resolved) == 1 else None
    if len(resolved) == 2 and _is_run(resolved[0], resolved[1], text):
        first, last = resolved
    return {
        "date_text": _unique(words for words, _ in dates),
        "date_start": first.date_start if first else None,
        "date_end": last.date_end if last else None,
    }


#: What stands before the first and between the two dates of a run.
_RUN_BEGINS, _RUN_GOES_ON = (
    re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE),
    re.compile(r"\s+(?:to|and|until|till|through)\s+"),
)


def _is_run(first: DateMention, last: DateMention, text: str) -> bool:
    begins = _RUN_BEGINS.search(text, max(first.start - 20, 0), first.start)
    in_order = first.date_start is not None and last.date_end is not None and first.date_start <= last.date_end
    return in_order and begins is not None and _RUN_GOES_ON.fullmatch(text, first.end, last.start) is not None


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _occurrences(text: str, sentences: Spans) -> list[int]:
    """For each sentence how many equal ones stand before it."""
    seen: dict[str, int] = {}
    counts = []
    for start, end in sentences:
        words = lowercase_word_key(flatten_layout(text[start:end]))
        counts.append(seen.get(words, 0))
        seen[words] = counts[-1] + 1
    return counts
