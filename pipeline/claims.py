"""Join what was found in an article into claims, one row each. No rules here: nothing is looked for, only put together.

Claim ids come from the article's key, the claim type, the sentence and the anchoring words (a quote's cue, an event's
trigger). Which of several equal sentences and words it is, is counted in the text and not among the findings. So ids
stay the same under better rules, edits elsewhere in the article and renaming of its file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from pipeline.link.noise import RatedRow, noise_of
from pipeline.link.reporters import reporter_spans
from pipeline.link.speaker_reasons import speaker_reason
from pipeline.link.speaker_trust import claim_confidence
from pipeline.records import Article, Claim, DateMention, Event, Linked, Mention, Quote, Span, Spans, Speaker
from pipeline.text.identifiers import hash_id
from pipeline.text.normalize import flatten_layout, lowercase_word_key
from pipeline.text.spans import PART_JOIN, SpanIndex, hull, is_inside

#: The reporter of an event that nobody but the article states, where its publisher is unknown.
OWN_VOICE = "(the article)"
#: Why a quote of no source has no speaker.
NO_SOURCE = speaker_reason("no source")
#: Kinds of time expressions that a claim's date columns have; durations and sets denote no days.
_DATED_KINDS = ("DATE", "TIME")
#: What stands right before and between the two dates of a run: "from May to July".
_RUN_BEGINS = re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE)
_RUN_GOES_ON = re.compile(r"\s+(?:to|and|until|till|through)\s+")
#: Characters before the first date in which _RUN_BEGINS is looked for: "between" and as much white space again.
_RUN_BEGINS_WITHIN = 20


def build_claims(article: Article, linked: Linked) -> tuple[Claim, ...]:
    """All claims of one article in text order: one for each speaker of a quote, one for each event.

    A quote without speakers makes one claim, too. ``linked`` is what ``link_all`` gave, its spans in ``article.text``.
    The result depends on nothing else; ids are unique within it.
    """
    return _ClaimBuilder(article, linked).build()


class _ClaimBuilder:
    """Builds the claims of one article; holds the indexes that every row looks things up in."""

    def __init__(self, article: Article, linked: Linked) -> None:
        self.article = article
        self.linked = linked
        self.sentence_starts = [start for start, _ in linked.sentences]
        self.mentions = SpanIndex(linked.mentions, lambda mention: [(mention.start, mention.end)])
        self.dates = SpanIndex(linked.dates, lambda date: [(date.start, date.end)])
        #: The words of each sentence, and how many equal ones stand before it.
        self.sentence_keys = [_normalize(article.text[start:end]) for start, end in linked.sentences]
        self.repeats = _count_repeats(self.sentence_keys)
        self.ids: set[str] = set()
        #: By their numbers the sentences that claims stand in or beside, so that these share one string.
        self.sentence_texts: dict[int, str] = {}

    def build(self) -> tuple[Claim, ...]:
        quotes = [self._quote_claims(index) for index in range(len(self.linked.quotes))]
        events = self._with_event_ids([self._event_claim(index, quotes) for index in range(len(self.linked.events))])
        events_in_quote: dict[str, list[str]] = {}
        for event in events:
            for quote_id in event.links:
                events_in_quote.setdefault(quote_id, []).append(event.claim_id)
        claims = [
            replace(claim, links=tuple(events_in_quote[claim.claim_id])) if claim.claim_id in events_in_quote else claim
            for claim in chain.from_iterable(quotes)
        ]
        return tuple(sorted([*claims, *events], key=lambda claim: (claim.start, claim.end, claim.claim_type)))

    # --- quotes ---

    def _quote_claims(self, index: int) -> list[Claim]:
        """A claim for each speaker of the quote; one without a speaker when it has none."""
        quote, speakers = self.linked.quotes[index], self.linked.speakers[index]
        content = self._join_parts(quote.content)
        claims = []
        for speaker in speakers or (None,):
            confidence = claim_confidence(quote.confidence, speaker)
            claim = self._claim(
                "quote",
                quote.cue or quote.content[:1],
                quote.content,
                id_suffix=speaker.text if speaker and len(speakers) > 1 else "",
                claim_text=content,
                **self._attribution_fields(quote),
                quote_type=quote.quote_type,
                confidence=confidence,
                noise=noise_of(RatedRow(confidence, content, quote.quote_type, has_speaker=speaker is not None)),
                rule=quote.rule,
                reason=quote.reason,
                spans={"source": quote.source, "cue": quote.cue, "content": quote.content},
                **_speaker_fields(speaker) if speaker else {"speaker_reason": NO_SOURCE},
            )
            claims.append(claim)
        return claims

    def _attribution_fields(self, quote: Quote) -> dict[str, Any]:
        return {"cue": self._join_parts(quote.cue), "stance": quote.stance, "negated": quote.negated}

    # --- events ---

    def _event_claim(self, index: int, quotes: Sequence[Sequence[Claim]]) -> Claim:
        """The claim of one event; ``quotes`` has the claims of each quote, one of which may report the event."""
        event = self.linked.events[index]
        arguments = _argument_spans(event)
        extent = hull(self._spans_in_sentence(event.trigger, chain.from_iterable(arguments.values())))
        reporting = self.linked.reporters[index]
        speakers = self.linked.speakers[reporting] if reporting is not None else ()
        fields = {
            "claim_text": self._words(extent),
            **self._argument_fields(event, self.linked.actors[index], arguments),
            **self._report_fields(reporting, arguments, speakers, quotes),
            "confidence": event.confidence,
            "noise": noise_of(RatedRow(event.confidence, self._words(extent))),
            "rule": event.rule,
            "reason": self._event_reason(event),
        }
        claim = self._claim(event.type, (event.trigger,), (extent,), id_suffix=self._words(event.trigger), **fields)
        claim = replace(
            claim,
            countries=self._event_countries(claim, event),
            **_date_fields(self._find_dates((event.date,)) if event.date else [], self.article.text),
        )
        return replace(claim, **_speaker_fields(speakers[0])) if len(speakers) == 1 else claim

    def _with_event_ids(self, events: Sequence[Claim]) -> list[Claim]:
        """The claims with the id of their event: that of the claim that mentions it first, with another letter."""
        return [
            replace(claim, event_id="e" + events[first].claim_id[1:])
            for claim, first in zip(events, self.linked.groups, strict=True)
        ]

    def _argument_fields(self, event: Event, actor: Speaker | None, arguments: dict[str, Spans]) -> dict[str, Any]:
        """What the event is: trigger, actor, target and the rest, by names of Claim's fields."""
        return {
            "trigger": self._words(event.trigger),
            "actor": actor.name or actor.text if actor else "",
            "actor_country": actor.country if actor else self._target_owner(event),
            "target": self._words(event.antecedent) if event.antecedent else self._join_parts(arguments["target"]),
            "target_kind": event.target_kind,
            "event_status": event.status,
            "permanence": event.permanence,
            "cause": self._join_parts(arguments["cause"]),
            "place": _unique(self._words(span) for span in event.places),
        }

    def _report_fields(
        self,
        reporting: int | None,
        arguments: dict[str, Spans],
        speakers: Sequence[Speaker],
        quotes: Sequence[Sequence[Claim]],
    ) -> dict[str, Any]:
        """Who reports the event and in which words; ``reporting`` is the index of the quote that holds it, or None."""
        own_voice = self.article.publisher or OWN_VOICE
        if reporting is None:
            return {"reporter": own_voice, "spans": {**arguments, "reporter": ()}}
        quote = self.linked.quotes[reporting]
        named = " | ".join(speaker.name or speaker.text for speaker in speakers)
        return {
            "reporter": named or own_voice,
            **self._attribution_fields(quote),
            "spans": {**arguments, "reporter": reporter_spans(self.article.text, quote.source)},
            "links": tuple(claim.claim_id for claim in quotes[reporting]),
        }

    def _event_countries(self, claim: Claim, event: Event) -> tuple[str, ...]:
        """Countries named in the claim's words and in those of its places, which may stand outside them."""
        of_places = (mention.country for span in event.places for mention in self.mentions.overlapping(*span))
        return _unique([*claim.countries, *of_places])

    def _spans_in_sentence(self, trigger: Span, spans: Iterable[Span]) -> list[Span]:
        """Those in the trigger's own sentence: places taken up from before ("the four") don't stretch the claim."""
        start, end = self._sentence_span(self._sentence_index(trigger))
        return [span for span in spans if start <= span[0] < end] or [trigger]

    def _event_reason(self, event: Event) -> str:
        if event.antecedent is None:
            return event.reason
        when = "told before" if event.antecedent < event.trigger else "told later"
        written = f"the text has {self._words(event.target)!r}" if event.target else when
        return f"{event.reason}; {written}"

    def _target_owner(self, event: Event) -> str:
        """The one country that the target belongs to: NOR in "the Norwegian embassy in Lima"; empty for none.

        It stands for the actor's country where the text names no actor. Countries among the event's places don't count.
        """
        if event.target is None:
            return ""
        owners = {
            mention.country
            for mention in self.mentions.overlapping(*event.target)
            if mention.label == "COUNTRY" and not _overlaps_any(mention, event.places)
        }
        return owners.pop() if len(owners) == 1 else ""

    # --- what quotes and events have in common ---

    def _claim(self, claim_type: str, anchor: Spans, extent: Spans, *, id_suffix: str, **fields: Any) -> Claim:
        """A claim with its place, context, names, dates and id; ``fields`` has the rest and may replace any.

        ``anchor`` are the words that it hangs on (cue or trigger), ``extent`` those it consists of.
        """
        start, end = hull(extent)
        index = self._sentence_index(anchor[0])
        block = self.article.block_at(anchor[0][0])
        common: dict[str, Any] = {
            **self._name_fields(extent),
            **_date_fields(self._find_dates(extent), self.article.text),
            "context_before": self._sentence_text(index - 1),
            "sentence": self._sentence_text(index),
            "context_after": self._sentence_text(index + 1),
            "block": block.role if block else "",
            "title": self.article.title,
            "publisher": self.article.publisher,
            "published": self.article.published,
            "published_source": self.article.published_source,
            "url": self.article.url,
            "doc_id": self.article.doc_id,
            "file": self.article.file,
            "start": start,
            "end": end,
        }
        claim_id = self._make_claim_id(claim_type, anchor[0], index, id_suffix)
        return Claim(claim_type=claim_type, claim_id=claim_id, **{**common, **fields})

    def _name_fields(self, extent: Spans) -> dict[str, Any]:
        """The names of whom and what is mentioned within the extent, by names of Claim's fields."""
        mentions = [
            mention
            for span in extent
            for mention in self.mentions.overlapping(*span)
            if is_inside((mention.start, mention.end), span)
        ]
        return {
            "place": _unique(m.canonical for m in mentions if m.label == "PLACE" and m.use == "place"),
            "countries": _unique(m.country for m in mentions if m.label in ("COUNTRY", "PLACE")),
            "people": _unique(m.canonical for m in mentions if m.label == "PERSON"),
            "organisations": _unique(m.canonical for m in mentions if m.label == "ORG"),
        }

    def _make_claim_id(self, claim_type: str, anchor: Span, index: int, suffix: str) -> str:
        """The id from key, type, sentence, which of equal sentences, anchor, which of equal words, and ``suffix``."""
        start = self._sentence_span(index)[0]
        word = self.article.text[anchor[0] : anchor[1]]
        parts = (
            self.article.key,
            claim_type,
            self.sentence_keys[index] if self.sentence_keys else _normalize(self.article.text),
            str(self.repeats[index] if self.repeats else 0),
            flatten_layout(word),
            str(self.article.text.count(word, start, anchor[0])),
            _normalize(suffix),
        )
        claim_id = hash_id("c", "\0".join(parts))
        while claim_id in self.ids:  # a second finding on the same anchor: the order of rows tells the two apart
            claim_id = hash_id("c", claim_id + "\0again")
        self.ids.add(claim_id)
        return claim_id

    def _sentence_index(self, span: Span) -> int:
        """The number of the sentence in which the span begins; 0 when there are no sentences."""
        return max(bisect_right(self.sentence_starts, span[0]) - 1, 0)

    def _sentence_span(self, index: int) -> Span:
        """The sentence of that number; the whole text when there are no sentences."""
        return self.linked.sentences[index] if self.linked.sentences else (0, len(self.article.text))

    def _sentence_text(self, index: int) -> str:
        """The sentence of that number; empty before the first and after the last."""
        if not 0 <= index < len(self.linked.sentences):
            return ""
        if index not in self.sentence_texts:
            self.sentence_texts[index] = self._words(self.linked.sentences[index])
        return self.sentence_texts[index]

    def _find_dates(self, extent: Iterable[Span]) -> list[tuple[str, DateMention]]:
        """The dates and times within the extent, each with its words."""
        dates = (date for span in extent for date in self.dates.overlapping(*span))
        return [(self._words((date.start, date.end)), date) for date in dates if date.kind in _DATED_KINDS]

    def _words(self, span: Span) -> str:
        return self.article.text[span[0] : span[1]]

    def _join_parts(self, spans: Spans) -> str:
        return PART_JOIN.join(self._words(span) for span in spans)


def _argument_spans(event: Event) -> dict[str, Spans]:
    """The trigger and the arguments of an event by role, in the order of claims.jsonl; () for none."""

    def as_spans(span: Span | None) -> Spans:
        return (span,) if span else ()

    return {
        "trigger": as_spans(event.trigger),
        "target": as_spans(event.target),
        "actor": as_spans(event.actor),
        "place": event.places,
        "date": as_spans(event.date),
        "cause": as_spans(event.cause),
    }


def _overlaps_any(mention: Mention, spans: Spans) -> bool:
    return any(mention.start < end and start < mention.end for start, end in spans)


def _speaker_fields(speaker: Speaker) -> dict[str, Any]:
    """Who speaks, by names of Claim's fields."""
    return {
        "speaker": speaker.name or speaker.description,
        "speaker_text": speaker.text,
        "speaker_role": speaker.role,
        "speaker_type": speaker.type,
        "speaker_country": speaker.country,
        "speaker_reason": speaker.reason,
        "speaker_mention": speaker.mention,
    }


def _date_fields(dates: Sequence[tuple[str, DateMention]], text: str) -> dict[str, Any]:
    """The date columns of a claim: the words of all dates, the days only where they are certain.

    That is with one date of known days, or one run of two ("from May to July"); days of different dates never mix.
    """
    resolved = [date for _, date in dates if date.date_start and date.date_end]
    first = last = resolved[0] if len(resolved) == 1 else None
    if len(resolved) == 2 and _is_run(resolved[0], resolved[1], text):
        first, last = resolved
    return {
        "date_text": _unique(words for words, _ in dates),
        "date_start": first.date_start if first else None,
        "date_end": last.date_end if last else None,
    }


def _is_run(first: DateMention, last: DateMention, text: str) -> bool:
    """Whether the two dates are the ends of one stretch of time."""
    begins = _RUN_BEGINS.search(text, max(first.start - _RUN_BEGINS_WITHIN, 0), first.start)
    in_order = first.date_start is not None and last.date_end is not None and first.date_start <= last.date_end
    return in_order and begins is not None and _RUN_GOES_ON.fullmatch(text, first.end, last.start) is not None


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values without empty and repeated ones, in their order."""
    return tuple(dict.fromkeys(value for value in values if value))


def _normalize(text: str) -> str:
    """Only the words, in lower case, one blank between: layout and punctuation don't change ids."""
    return lowercase_word_key(flatten_layout(text))


def _count_repeats(sentence_keys: Iterable[str]) -> list[int]:
    """For each sentence how many of the same words stand before it."""
    counts: dict[str, int] = {}
    repeats = []
    for words in sentence_keys:
        repeats.append(counts.get(words, 0))
        counts[words] = repeats[-1] + 1
    return repeats
