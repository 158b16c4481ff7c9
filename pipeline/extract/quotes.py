"""Find attributions: who said what, in which words. Direct, indirect and mixed, by dependency rules.

A verb is a cue when its frame (which complement it takes) mostly attributes, by the frequencies in models/cues.tsv, or
when it stands beside a quotation and can introduce one. Content is the complement, widened to the quotations it
touches and joined with those that follow in the paragraph without a cue of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from pipeline.extract.attribution import (
    after_comma,
    attribution_tokens,
    clause_below,
    complement,
    cue_tokens,
    frame_of,
    source_of,
    source_tokens,
)
from pipeline.extract.quotations import Quotation, find_quotations
from pipeline.extract.syntax import chars, claim_sentences, is_negated, overlaps, subject_of, trim
from pipeline.knowledge.cues import Cues
from pipeline.records import Article, Quote, QuoteType, Span, Spans
from pipeline.spans import SpanIndex

#: Quotations shorter than this (words) are names or scare quotes unless a cue takes them as its complement.
_SPEECH_WORDS = 5
#: At most so many characters of punctuation and small words stand between a quotation and its attribution.
_NEAR = 3
_REACH = 60
#: What the parser leaves of a clause that it cut off says nothing by itself.
_EMPTY = frozenset({"that", "whether", "if", "to", "as"})
#: A quotation's own signature: dashes and a name up to the line's end or a comma.
_SIGNATURE = re.compile(r"\s{0,4}(?:--|[—–-])\s{0,2}([^\W\d_][^,\n\r\"“”]{2,60})")


@dataclass(slots=True)
class _Attribution:
    """A cue with what it governs while quotations are still being dealt out."""

    head: Token
    cue: list[Token]
    source: list[Token]
    content: list[Token]
    rule: str
    rate: float
    block: int
    negated: bool = False
    own: set[int] = field(default_factory=set)
    quotations: list[Quotation] = field(default_factory=list)

    @property
    def extent(self) -> Span:
        """From the first to the last character of source and cue."""
        span = chars([*self.source, *self.cue])
        return span if span is not None else (self.head.idx, self.head.idx + len(self.head))


def find_quotes(doc: Doc, article: Article, cues: Cues) -> list[Quote]:
    """All attributions of the article's headline, captions and body, in text order.

    Offsets are into ``article.text``; a quote without a source in the text has an empty source.
    """
    quotations = find_quotations(article)
    marked = SpanIndex(quotations, lambda quotation: [quotation.outer])
    found = list(_attributions(doc, article, cues, marked))
    _end_before_participles(found)
    orphans = _deal_out(found, quotations, article.text)
    quotes = [quote for each in found if (quote := _quote(each, article, marked, cues)) is not None]
    quotes.extend(_floating(orphans, article))
    return sorted(quotes, key=lambda quote: (quote.content[0][0], quote.content[-1][1], quote.cue))


def _attributions(doc: Doc, article: Article, cues: Cues, marked: SpanIndex[Quotation]) -> Iterator[_Attribution]:
    starts = [block.start for block in article.blocks]
    for sentence in claim_sentences(doc, article):
        first = next(token for token in sentence if not token.is_space)
        block = bisect_right(starts, first.idx) - 1
        for token in sentence:
            if marked.overlapping(token.idx, token.idx + 1):
                continue
            made = _cue_at(token, block, article, cues, marked)
            if made is not None:
                yield made


def _cue_at(
    token: Token, block: int, article: Article, cues: Cues, marked: SpanIndex[Quotation]
) -> _Attribution | None:
    made = _according(token, block) if token.lower_ == "according" else None
    if made is not None:
        return made
    if token.pos_ == "VERB" and article.text[token.idx - 1 : token.idx] not in ("-", "‑"):
        return _verb_cue(token, block, cues, marked, article.text)
    if token.pos_ == "NOUN":
        return _noun_cue(token, block, cues)
    return _colon_cue(token, block, article) if token.lower_ == ":" else None


def _end_before_participles(found: list[_Attribution]) -> None:
    """What somebody said ends where he goes on with ", adding that ...": that is another attribution's."""
    for participle in found:
        verb = participle.head
        if verb.dep_ != "advcl" or verb.tag_ != "VBG" or not after_comma(verb):
            continue
        branch = {t.i for t in verb.subtree}
        for other in found:
            if other.block == participle.block and any(t.i == verb.i for t in other.content):
                other.content = [t for t in other.content if t.i not in branch]


def _verb_cue(verb: Token, block: int, cues: Cues, marked: SpanIndex[Quotation], text: str) -> _Attribution | None:
    frame = frame_of(verb)
    rate = cues.rate(verb.lemma_, frame)
    content = complement(verb, frame)
    rule = f"verb with {frame}"
    if not rate:
        if verb.lemma_ in cues.quotation and _beside_quotation(verb, marked, text):
            rate, rule = 0.8, "verb beside quotation"
        else:
            return None
    if not content and verb.dep_ in ("parataxis", "advcl") and verb.head.i != verb.i and frame in ("none", "clause"):
        content = [t for t in verb.head.subtree if t.i != verb.i and not verb.is_ancestor(t)]
        rule = "parenthetical verb"
    # Nobody inside the quotation is the one who quotes.
    heads = (source_of(verb), subject_of(verb.head) if verb.dep_ == "advcl" else None)
    head = next((h for h in heads if h is not None and not marked.overlapping(h.idx, h.idx + 1)), None)
    source = source_tokens(head, verb) if head is not None else []
    made = _Attribution(
        verb, cue_tokens(verb), source, content, rule, rate, block, is_negated(verb) or _is_refused(verb)
    )
    made.own = attribution_tokens(verb, source)
    return made


def _is_refused(verb: Token) -> bool:
    """ "Declined to say", "refused to confirm": the act itself did not take place."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ in ("decline", "refuse")


def _beside_quotation(verb: Token, marked: SpanIndex[Quotation], text: str) -> bool:
    start = min([verb.idx, *(t.idx for t in verb.children if t.dep_ == "nsubj")])
    end = verb.idx + len(verb)
    for quotation in marked.overlapping(start - _NEAR - 1, end + _REACH):
        if 0 <= start - quotation.outer[1] <= _NEAR:
            return True
        between = text[end : quotation.outer[0]]
        if 0 <= quotation.outer[0] - end <= _REACH and (not between.strip() or between.rstrip()[-1] in ",:"):
            return "." not in between
    return False


def _according(token: Token, block: int) -> _Attribution | None:
    to = next((c for c in token.children if c.lower_ == "to" and c.dep_ in ("prep", "mark", "aux")), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        to = token.nbor()
    if to is None:
        return None
    head = next((c for c in to.children if c.dep_ in ("pobj", "pcomp")), None)
    if head is None:
        return None
    top = token
    while top.head.i != top.i and (top.i == token.i or top.pos_ not in ("VERB", "AUX")):
        top = top.head
    branch = {t.i for t in token.subtree}
    content = [t for t in top.subtree if t.i not in branch and not (t.head.i == top.i and t.lower_ == ".")]
    source = list(head.subtree)
    return _Attribution(token, [token, to], source, content, "according to", 0.9, block, own=branch)


def _noun_cue(noun: Token, block: int, cues: Cues) -> _Attribution | None:
    for child in noun.children:
        if child.dep_ not in ("acl", "ccomp", "relcl") or child.i < noun.i:
            continue
        marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "aux")}
        if not (
            ("that" in marks and noun.lemma_ in cues.nouns_that) or ("to" in marks and noun.lemma_ in cues.nouns_to)
        ):
            continue
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
        content = list(child.subtree)
        source = [t for t in owner.subtree if t.tag_ != "POS"] if owner is not None else []
        return _Attribution(
            noun, [noun], source, content, "noun with clause", 0.6, block, own={noun.i, *(t.i for t in source)}
        )
    return None


def _colon_cue(colon: Token, block: int, article: Article) -> _Attribution | None:
    """``NAME: words`` at the start of a block: transcripts, statements, headlines."""
    start, end = article.blocks[block].start, article.blocks[block].end
    before = [t for t in colon.doc[max(colon.i - 8, 0) : colon.i] if t.idx >= start and not t.is_space]
    if not before or before[0].idx != start or any(t.pos_ in ("VERB", "AUX") for t in before):
        return None
    name = article.text[start : colon.idx]
    spoken = article.blocks[block].role == "body" and (_is_tag(name) or _is_full_name(before))
    if not spoken and not any(t.ent_type_ in ("PERSON", "ORG") for t in before):
        return None
    last = _end_of(colon.doc, colon.i, end) if spoken else colon.sent.end
    content = [t for t in colon.doc[colon.i + 1 : last] if t.idx < end]
    return _Attribution(colon, [colon], before, content, "name and colon", 0.6, block, own={t.i for t in before})


def _is_tag(name: str) -> bool:
    """A transcript's "WALKER"; the Q and A of an interview name nobody."""
    return len(name) > 1 and name.isupper() and name.replace(" ", "").isalpha()


def _is_full_name(tokens: list[Token]) -> bool:
    return 2 <= len(tokens) <= 4 and all(t.tag_ == "NNP" and t.text.istitle() for t in tokens)


def _end_of(doc: Doc, at: int, end: int) -> int:
    while at < len(doc) and doc[at].idx < end:
        at += 1
    return at


def _deal_out(found: list[_Attribution], quotations: list[Quotation], text: str) -> list[Quotation]:
    """Give each quotation to the cue that introduces it; returns those that none does and that read like speech."""
    orphans: list[Quotation] = []
    by_block: dict[int, list[_Attribution]] = {}
    for each in found:
        by_block.setdefault(each.block, []).append(each)
    last: _Attribution | None = None
    before: Quotation | None = None
    for quotation in quotations:
        here = by_block.get(quotation.block, [])
        owner = _owner(quotation, here, text)
        if owner is None and quotation.continues and last is not None:
            owner = last
        if owner is None and before is not None and last is not None and before.block == quotation.block:
            owner = last if _starts_sentence(text, quotation) else None
        if owner is None and _introduced(quotation, by_block, text):
            owner = by_block[quotation.block - 1][-1]
        if owner is not None:
            owner.quotations.append(quotation)
            last, before = owner, quotation
        elif _is_speech(quotation, text) or _SIGNATURE.match(text, quotation.outer[1]):
            orphans.append(quotation)
    return orphans


def _introduced(quotation: Quotation, by_block: dict[int, list[_Attribution]], text: str) -> bool:
    """Whether the block before ends in a colon after a cue ("He wrote:") and this one opens with the quotation."""
    earlier = by_block.get(quotation.block - 1)
    if not earlier:
        return False
    between = text[earlier[-1].extent[1] : quotation.outer[0]]
    return between.rstrip().endswith(":") and len(between) < _REACH * 2


def _owner(quotation: Quotation, here: list[_Attribution], text: str) -> _Attribution | None:
    for each in here:
        span = chars(each.content)
        own = (chars(each.source), chars(each.cue))
        within = any(part is not None and overlaps(part, quotation.inner) for part in own)
        if span is not None and overlaps(span, quotation.inner) and not within:
            return each
    for each in here:
        start, end = each.extent
        if 0 <= start - quotation.outer[1] <= _NEAR and not text[quotation.outer[1] : start].strip(" ,—–-"):
            return each
        between = text[end : quotation.outer[0]] if end <= quotation.outer[0] else None
        if between is not None and len(between) <= _REACH and between.strip()[-1:] in (",", ":", ""):
            if "." in between or (not between.strip() and len(between) > _NEAR):
                continue
            return each
    return None


def _starts_sentence(text: str, quotation: Quotation) -> bool:
    before = text[max(quotation.outer[0] - _REACH, 0) : quotation.outer[0]].rstrip()[-1:]
    inner = text[slice(*quotation.inner)].strip()
    return before in '.!?"”' and inner[:1].isupper() and inner[-1:] in ".!?,…—"


def _is_speech(quotation: Quotation, text: str) -> bool:
    return len(text[slice(*quotation.inner)].split()) >= _SPEECH_WORDS


def _quote(each: _Attribution, article: Article, marked: SpanIndex[Quotation], cues: Cues) -> Quote | None:
    text = article.text
    spoken_to = each.rule == "verb with object" and each.head.lemma_ in cues.addressed and each.quotations
    said = clause_below(each.content) if spoken_to else each.content
    spans = _runs([t for t in said if t.i not in each.own])
    spans = [_widen(span, each.quotations) for span in spans]
    spans.extend(q.outer for q in each.quotations)
    cue = _runs(each.cue)
    source = _runs(each.source)
    content = _merge(spans, text, [*cue, *source])
    if not content:
        return None
    kind = _quote_type(content, marked, text)
    confidence = cues.confidence(each.rate, kind)
    reason = f"{each.head.text!r}: {each.rule}" + (", negated" if each.negated else "")
    return Quote(
        tuple(trim(text, span) for span in source), tuple(cue), content, kind,
        cues.stance("say" if each.rule == "according to" else each.head.lemma_), each.negated, confidence, each.rule,
        reason,
    )  # fmt: skip


def _runs(tokens: list[Token]) -> list[Span]:
    """Unbroken runs of tokens as spans, blanks at their ends left out."""
    runs: list[list[Token]] = []
    for token in sorted(tokens, key=lambda t: t.i):
        if runs and runs[-1][-1].i == token.i - 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return [span for run in runs if (span := chars(run)) is not None]


def _widen(span: Span, quotations: list[Quotation]) -> Span:
    for quotation in quotations:
        if overlaps(span, quotation.outer):
            span = min(span[0], quotation.outer[0]), max(span[1], quotation.outer[1])
    return span


def _merge(spans: list[Span], text: str, taken: list[Span]) -> Spans:
    """Ordered, disjoint parts without the source and cue; parts with only blanks or commas between become one."""
    parts: list[Span] = []
    for start, end in sorted(spans):
        if parts and (start <= parts[-1][1] or not text[parts[-1][1] : start].strip(" ,")):
            parts[-1] = parts[-1][0], max(end, parts[-1][1])
        else:
            parts.append((start, end))
    for hole in sorted(taken):
        parts = [piece for part in parts for piece in _without(part, hole)]
    trimmed = (trim(text, part, " ,;:\n\r\t\xa0–—-") for part in parts)
    kept = tuple(part for part in trimmed if any(ch.isalnum() for ch in text[part[0] : part[1]]))
    return () if len(kept) == 1 and text[slice(*kept[0])].lower() in _EMPTY else kept


def _without(part: Span, hole: Span) -> list[Span]:
    if not overlaps(part, hole):
        return [part]
    return [piece for piece in ((part[0], hole[0]), (hole[1], part[1])) if piece[1] > piece[0]]


def _quote_type(content: Spans, marked: SpanIndex[Quotation], text: str) -> QuoteType:
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


def _floating(orphans: list[Quotation], article: Article) -> Iterator[Quote]:
    """Speech without a cue: signed with dashes and a name, or kept without a source."""
    for quotation in orphans:
        if not _fills_sentence(article.text, quotation):
            continue
        content = (quotation.outer,)
        signed = _SIGNATURE.match(article.text, quotation.outer[1])
        if signed is not None and signed[1][0].isupper():
            source = (trim(article.text, signed.span(1)),)
            yield Quote(source, (), content, "direct", confidence=0.8, stance="states", rule="signed quotation",
                        reason="a name after dashes")  # fmt: skip
        else:
            yield Quote((), (), content, "direct", confidence=0.3, stance="states", rule="quotation without cue",
                        reason="no cue introduces it")  # fmt: skip


def _fills_sentence(text: str, quotation: Quotation) -> bool:
    before = text[max(quotation.outer[0] - _REACH, 0) : quotation.outer[0]].rstrip(" ")[-1:]
    inner = text[slice(*quotation.inner)].rstrip()
    return (before in '\n\r.!?:"”' or not before) and inner[-1:] in ".!?,…"
