"""From masks of tokens to places in the text: drafts of quotes, which quotations of other paragraphs may still join."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.quotations import Quotation
from pipeline.extract.quotes.cue_words import cue_words
from pipeline.extract.quotes.cues import cue_features
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.ranking import Candidate, cue_contexts
from pipeline.extract.syntax import overlaps, trim
from pipeline.knowledge.weights import Linear
from pipeline.records import QuoteType, Span, Spans
from pipeline.text.spans import SpanIndex

#: Verbs whose clause names what was not said.
_REFUSALS = frozenset({"decline", "refuse"})
_END = re.compile(r"[.?!…]*")
_SYMBOLS = "$£€¥#@"
_EDGES = " ,;:\n\r\t\xa0–—-"


@dataclass(slots=True)
class Draft:
    """An attribution at its place; ``lemmas`` are those of the cue's words, its head's first."""

    block: int
    source: Spans
    cue: Spans
    content: list[Span]
    lemmas: tuple[str, ...]
    negated: bool
    confidence: float
    rule: str
    reason: str


def make_draft(p: ParsedParagraph, one: Candidate, models: Mapping[str, Linear], text: str) -> Draft:
    """The place of a decided attribution, with the features that decided on its cue."""
    said = one.content & ~_empty_object(p, one.cue)
    words = cue_words(p, one.cue, one.source_mask, said, models["cue words"])
    taken = sum(p.bit[i] for i in words)
    content = mask_spans(p, _without_conjunction(p, said & ~taken & ~one.source_mask), text)
    if p.word[one.cue] == ":" and content:  # what follows a name and a colon is whole sentences
        content[-1] = content[-1][0], _END.match(text, content[-1][1]).end()  # type: ignore[union-attr]
    spoken = [p.word[i] for i in words]
    negated = any(p.dep[i] == "neg" for i in words) or "never" in spoken or "yet to" in " ".join(spoken)
    negated = negated or _refused(p, one.cue)
    asks = p.word[one.cue] == ":" and bool(content) and text[content[-1][1] - 1] == "?"
    lemmas = ("ask" if asks else p.lemma[one.cue], *(p.lemma[i] for i in words if i != one.cue))
    source = (trim(text, span) for span in mask_spans(p, one.source_mask, text))
    return Draft(
        p.block, tuple((start, end) for start, end in source if start < end),  # a full stop alone names nobody
        ((p.start[words[0]], p.end[words[-1]]),), content, lemmas, negated, round(one.probability, 2),
        one.origin, _reason(p, one, models["cue"], negated),
    )  # fmt: skip


def _empty_object(p: ParsedParagraph, cue: int) -> int:
    """The "it" of "as she put it", which stands for what is said elsewhere."""
    if p.lemma[cue] != "put" or p.dep[cue] != "advcl":
        return 0
    return sum(p.bit[c] for c in p.children[cue] if p.dep[c] == "dobj" and p.word[c] == "it")


def _without_conjunction(p: ParsedParagraph, mask: int) -> int:
    """The mask without an "And" or "But" that stands alone before source and cue: "And, he said, nobody came"."""
    rest = mask & (mask - 1)
    first = (mask & -mask).bit_length() - 1
    if not rest or p.pos[first] != "CCONJ":
        return mask
    following = next(i for i in range(first + 1, len(p)) if p.bit[i])
    return mask if mask >> following & 1 else rest


def _refused(p: ParsedParagraph, cue: int) -> bool:
    """ "Declined to say", "did not confirm": the act itself did not take place."""
    above = p.head[cue]
    negation = any(p.dep[c] == "neg" or (p.word[c] == "never" and c < cue) for c in p.children[cue])
    return negation or p.lemma[cue] in _REFUSALS or (p.dep[cue] == "xcomp" and p.lemma[above] in _REFUSALS)


def _reason(p: ParsedParagraph, one: Candidate, linear: Linear, negated: bool) -> str:
    weighed = linear.strongest_features(cue_features(p, one.cue), cue_contexts(p, one.cue))
    why = ", ".join(f"{'the word itself' if name == '1' else name} {weight:+.1f}" for name, weight in weighed)
    source = "nobody named" if one.source is None else f"source {one.p_source:.2f}"
    words = f"{p.word[one.cue]!r} a cue {one.p_cue:.2f} ({why}), {source}, content {one.mass:.2f} from {one.origin}"
    return words + (", negated" if negated else "")


def mask_spans(p: ParsedParagraph, mask: int, text: str) -> list[Span]:
    """The unbroken runs of a mask as spans: whole quotations with their marks, no commas or dashes at the ends."""
    spans: list[Span] = []
    first = last = -1
    for i in range((mask & -mask).bit_length() - 1 if mask else 0, mask.bit_length() + 1):
        if mask >> i & 1:
            first, last = (i if first < 0 else first), i
        elif first >= 0 and (i >= len(p) or p.bit[i] or not mask >> i):
            spans.append(_span(p, mask, first, last, text))
            first = -1
    return [span for span in spans if span[0] < span[1]]


def _span(p: ParsedParagraph, mask: int, first: int, last: int, text: str) -> Span:
    start, end = p.start[first], p.end[last]
    one, two = p.quotation[first], p.quotation[last]
    if one >= 0 and not p.quoted[one] & (p.bit[first] - 1):
        start = p.quotations[one].outer[0]
    if two >= 0 and not p.quoted[two] >> (last + 1):
        end = p.quotations[two].outer[1]
        return (start, end) if one >= 0 else _tidy(text, (start, end))
    while start and text[start - 1] in _SYMBOLS:
        start -= 1
    if text[end : end + 1] == "%":
        end += 1
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    return _tidy(text, (start, end))


def _tidy(text: str, span: Span) -> Span:
    return trim(text, span, _EDGES)


def joined(spans: Iterable[Span], text: str) -> list[Span]:
    """Ordered, disjoint spans; those with only blanks or commas between them become one."""
    parts: list[Span] = []
    for start, end in sorted(spans):
        if parts and (start <= parts[-1][1] or not text[parts[-1][1] : start].strip(" ,")):
            parts[-1] = parts[-1][0], max(end, parts[-1][1])
        else:
            parts.append((start, end))
    return parts


def covers(one: Draft, span: Span) -> bool:
    """Whether the draft's content shares a character with the span."""
    return any(overlaps(part, span) for part in one.content)


def quote_type(content: Sequence[Span], marked: SpanIndex[Quotation], text: str) -> QuoteType:
    """By the marks: all words inside quotation marks, none, or some."""
    within = without = False
    for start, end in content:
        at = start
        for quotation in marked.overlapping(start, end):
            within = True
            without |= any(ch.isalnum() for ch in text[at : max(quotation.outer[0], at)])
            at = max(at, quotation.outer[1])
        without |= any(ch.isalnum() for ch in text[at:end])
    if within and without:
        return "mixed"
    return "direct" if within else "indirect"
