"""From masks of words to places in the text: drafts of quotes, which quotations of other paragraphs may still join."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.quotations import Quotation
from pipeline.extract.quotes.acts_told import complement_told, participle_told
from pipeline.extract.quotes.antecedents import with_antecedent
from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.complements import companion_lemmas, complement_kind
from pipeline.extract.quotes.cue_words import cue_words
from pipeline.extract.quotes.cues import cue_features
from pipeline.extract.quotes.edges import (
    drop_source_phrase,
    end_source_at_comma,
    trim_content,
    trim_source,
    with_opening,
    with_that,
)
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.prepositions import with_infinitive, with_preposition
from pipeline.extract.quotes.ranking import cue_contexts
from pipeline.extract.quotes.refused_comments import without_comment
from pipeline.extract.quotes.shared_clauses import without_feeling, without_subject
from pipeline.extract.quotes.wishes import WISHES, WISHES_WITH_INFINITIVE, with_purpose, without_occasion
from pipeline.extract.syntax import SUBJECTS, overlaps, trim
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.weights import Linear
from pipeline.records import QuoteType, Span, Spans
from pipeline.text.spans import SpanIndex

_SENTENCE_END = re.compile(r"[.?!…]*")
#: First words of a source that make nobody of it: "no one from the firm", "not every clerk".
_NOBODY = frozenset({"no", "nobody", "none", "neither", "not"})
#: Words of what denies a clause from its front: "at no point", "under no circumstances".
_MAX_FRONTED = 3
#: Signs that belong to the word after them though the tokenizer splits them off: "$5", "#harbour", "@ada".
_PREFIXES = "$£€¥#@"
#: Marks that may close a quotation, behind a question mark.
_CLOSING = "\"'”’»"
#: Single marks that may open a quotation, and a stretch from its first word to the mark that closes it.
_SINGLE_OPENING = "'‘"
_CLOSED_SINGLE = re.compile(r"[^'‘’\n]{1,80}+['’](?!\w)")
#: What contents neither begin nor end with: blanks, commas, colons, dashes.
_EDGES = " ,;:\n\r\t\xa0–—-"


@dataclass(slots=True)
class QuoteDraft:
    """An attribution at its place, still open to further parts of its content.

    ``block``: number of the article's block; ``source``, ``cue``, ``content``: spans in ``Article.text``.
    ``lemmas``: of the cue's words, its head's first, and ``complement``, the kind of clause that it governs (see
    ``complement_kind``), by which the stance is looked up.
    ``negated``: whether the act did not take place ("did not say"). ``confidence``, ``rule``, ``reason``, ``scores``:
    as in Quote.
    """

    block: int
    source: Spans
    cue: Spans
    content: list[Span]
    lemmas: tuple[str, ...]
    negated: bool
    confidence: float
    rule: str
    reason: str
    complement: str = ""
    scores: str = ""


def draft_quote(para: ParsedParagraph, candidate: Candidate, cues: Cues, text: str, with_scores: bool) -> QuoteDraft:
    """The draft of an attribution of the paragraph; ``text`` is the article's.

    Its scores, where they are asked for, name the features that weighed most for the cue, and the probabilities of the
    stages.
    """
    said = candidate.content & ~_empty_object(para, candidate.cue, cues)
    said = drop_source_phrase(para, candidate.cue, candidate.source, said)
    said = without_subject(para, candidate.cue, candidate.source, said)
    said = without_comment(para, candidate.cue, said, cues.words)
    said = with_infinitive(para, candidate.cue, said, cues.words.reported | cues.words.inquiring)
    said = without_feeling(para, candidate.cue, with_preposition(para, candidate.cue, said), cues.words)
    said = with_that(para, candidate.cue, said)
    said = with_opening(para, candidate.cue, candidate.source, said, cues.words)
    cue_tokens = cue_words(para, candidate.cue, candidate.source_mask, said, cues.models["cue words"])
    cue_mask = sum(para.bit[token] for token in cue_tokens)
    said = trim_content(para, candidate.cue, candidate.source, said, cues.words)
    said = _within_wish(para, candidate.cue, said, cues)
    said = with_antecedent(para, candidate.cue, candidate.source, said)
    if para.word[candidate.cue] == "according":
        source, said = end_source_at_comma(para, candidate.source_mask, said)
        candidate = replace(candidate, source_mask=source)
    content = mask_spans(para, _drop_conjunction(para, said & ~cue_mask & ~candidate.source_mask), text)
    cue = para.char_start[cue_tokens[0]], para.char_end[cue_tokens[-1]]
    is_colon = para.word[candidate.cue] == ":"
    if is_colon and content:  # what follows a name and a colon is whole sentences
        content[-1] = content[-1][0], _SENTENCE_END.match(text, content[-1][1]).end()  # type: ignore[union-attr]
    negated = (
        _is_negated(para, candidate.cue, cue_tokens)
        or _is_refused(para, candidate.cue, cues)
        or _has_no(para, candidate.cue, candidate.source_mask, said)
    )
    participle = participle_told(para, candidate.cue, cue_tokens, said)
    asks = bool(content) and text[content[0][0] : content[-1][1]].rstrip(_CLOSING).endswith("?")
    head_lemma = "ask" if asks and is_colon else para.lemma[candidate.cue]
    added = cues.added_cue_at(candidate.cue, para.lemma, para.children)
    source_mask = trim_source(para, candidate.source, candidate.source_mask)
    sources = (trim(text, span) for span in mask_spans(para, source_mask, text))
    return QuoteDraft(
        block=para.block,
        source=tuple((start, end) for start, end in sources if start < end),  # a full stop alone names nobody
        cue=(cue,),
        content=content,
        lemmas=(
            *([para.lemma[participle], *companion_lemmas(para, participle)] if participle is not None else []),
            head_lemma,
            # Its words decide on the stance though the cue's span may leave some out: "poured (cold water on)".
            *(added.others if added is not None else ()),
            *(para.lemma[token] for token in cue_tokens if token != candidate.cue),
            *companion_lemmas(para, candidate.cue),
        ),
        complement="" if asks else complement_told(para, participle or candidate.cue, said, cues),
        negated=negated,
        confidence=round(candidate.probability, 2),
        rule=candidate.origin,
        reason=_explain_cue(para, candidate.cue, text[slice(*cue)], negated),
        scores=_explain_choice(para, candidate, cues.models["cue"]) if with_scores else "",
    )


def _within_wish(para: ParsedParagraph, cue: int, content: int, cues: Cues) -> int:
    """The content of a wish, demand or promise with its purpose and without its occasion; others unchanged."""
    complement = complement_kind(para, cue)
    stance = cues.stance((para.lemma[cue], *companion_lemmas(para, cue)), complement)
    is_wish = stance in WISHES or (stance in WISHES_WITH_INFINITIVE and complement in ("to", "object to"))
    return without_occasion(para, cue, with_purpose(para, cue, content)) if is_wish else content


def _empty_object(para: ParsedParagraph, cue: int, cues: Cues) -> int:
    """The mask of the "it" of "as she put it", which stands for what is said elsewhere."""
    if para.lemma[cue] not in cues.words.empty_objects or para.dep[cue] != "advcl":
        return 0
    children = para.children[cue]
    return sum(para.bit[child] for child in children if para.dep[child] == "dobj" and para.word[child] == "it")


def _drop_conjunction(para: ParsedParagraph, mask: int) -> int:
    """The mask without an "And", "But" or "that" that stands alone before source and cue: "And, he said, nobody came".

    "And" does not belong to what is in quotation marks either: 'But "nobody came," he said'.
    """
    rest = mask & (mask - 1)
    first = first_token(mask)
    is_that = para.dep[first] == "mark" and para.word[first] == "that"  # "said that, according to police, nobody came"
    if not rest or not (para.pos[first] == "CCONJ" or is_that):
        return mask
    following = next(token for token in range(first + 1, len(para)) if para.bit[token])
    is_before_quotation = not is_that and not rest & ~para.quoted_mask and para.quotation_of[first] < 0
    return mask if mask >> following & 1 and not is_before_quotation else rest


def _is_negated(para: ParsedParagraph, cue: int, cue_tokens: Sequence[int]) -> bool:
    """Whether a negation belongs to the cue or hangs on its head: "did not confirm", "has yet to explain"."""
    words = [para.word[token] for token in cue_tokens]
    if _is_fronted_no(para, cue):
        return True
    if (
        any(para.dep[token] == "neg" and not _is_after_comma(para, cue, token) for token in cue_tokens)
        or "never" in words
        or "yet to" in " ".join(words)
    ):
        return True
    children = [child for child in para.children[cue] if para.quotation_of[child] < 0]  # no "not" that is quoted
    children = [child for child in children if not _is_after_comma(para, cue, child)]
    return any(para.dep[child] == "neg" or (para.word[child] == "never" and child < cue) for child in children)


def _is_after_comma(para: ParsedParagraph, cue: int, token: int) -> bool:
    """Whether a comma parts a word behind the cue from it: "The plan is, he said, not ready" denies the plan."""
    return token > cue and "," in para.word[cue + 1 : token]


def _is_fronted_no(para: ParsedParagraph, cue: int) -> bool:
    """Whether "At no point did she say" or "nor did she say" denies it: the auxiliary stands before the subject."""
    children = para.children[cue]
    subject = next((child for child in children if para.dep[child] in SUBJECTS and child < cue), None)
    auxiliary = next((child for child in children if para.dep[child] == "aux"), None)
    if subject is None or auxiliary is None or auxiliary > subject or auxiliary == 0:
        return False
    start = para.sentence_bounds(cue)[0]
    before = para.word[max(start, auxiliary - _MAX_FRONTED) : auxiliary]
    return before[-1:] == ["nor"] or before[-1:] == ["neither"] or "no" in before[:-1]


#: What stands before several who did not: "neither Lund nor the board would comment".
_NEITHER = "neither"


def _has_no(para: ParsedParagraph, cue: int, source: int, said: int) -> bool:
    """Whether the act is negated by its object or subject ("gave no sign", "nobody said"), or only nearly done
    ("stopped short of calling"). A "no" with which what is ``said`` begins negates that: "says 'no proof' exists".
    """
    objects = [child for child in para.children[cue] if child > cue and para.dep[child] == "dobj"]
    nos = [token for child in objects for token in para.children[child] if para.word[token] == "no"]
    if any(not (said >> token & 1 and (para.lemma[cue] == "say" or para.quotation_of[token] >= 0)) for token in nos):
        return True
    first = first_token(source) if source else 0
    if source and (para.word[first] in _NOBODY or _NEITHER in para.word[max(first - 1, 0) : first + 1]):
        return True
    if para.pos[cue] == "NOUN" and any(
        para.word[child] == "no" for child in para.children[cue]
    ):  # "no suggestion that"
        return True
    return cue > 1 and para.word[cue - 2 : cue] == ["short", "of"]


def _is_refused(para: ParsedParagraph, cue: int, cues: Cues) -> bool:
    """Whether the act is refused, so that it did not take place: "declined to say"."""
    refusals = cues.words.refusals
    return para.lemma[cue] in refusals or (para.dep[cue] == "xcomp" and para.lemma[para.head[cue]] in refusals)


#: What a cue is by the coarse part of speech of its head, for a reader; "according to" and the like are "words".
_KINDS_OF_CUE = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective", "PUNCT": "colon"}


def _explain_cue(para: ParsedParagraph, cue: int, words: str, negated: bool) -> str:
    """Which words made it an attribution: "found by the verb 'did not say', which is negated"."""
    kind = _KINDS_OF_CUE.get(para.pos[cue], "words")
    return f"found by the {kind} {' '.join(words.split())!r}{', which is negated' if negated else ''}"


def _explain_choice(para: ParsedParagraph, candidate: Candidate, linear: Linear) -> str:
    weighed = linear.strongest_features(cue_features(para, candidate.cue), cue_contexts(para, candidate.cue))
    why = ", ".join(f"{'the word itself' if name == '1' else name} {weight:+.1f}" for name, weight in weighed)
    source = "nobody named" if candidate.source is None else f"source {candidate.source_probability:.2f}"
    return (
        f"{para.word[candidate.cue]!r} a cue {candidate.cue_probability:.2f} ({why}), {source}, "
        f"content {candidate.overlap_mass:.2f} from {candidate.origin}"
    )


def mask_spans(para: ParsedParagraph, mask: int, text: str) -> list[Span]:
    """The unbroken runs of a mask as spans of ``text``: whole quotations with their marks, no commas at the ends.

    Punctuation, which is in no mask, does not break a run.
    """
    spans: list[Span] = []
    first = last = -1
    for token in range(first_token(mask) if mask else 0, mask.bit_length() + 1):
        if mask >> token & 1:
            first, last = (token if first < 0 else first), token
        elif first >= 0 and (token >= len(para) or para.bit[token] or not mask >> token):
            spans.append(_run_span(para, first, last, text))
            first = -1
    return [span for span in spans if span[0] < span[1]]


def _run_span(para: ParsedParagraph, first: int, last: int, text: str) -> Span:
    """The span of the tokens ``first`` to ``last``, with the marks of quotations that begin or end there."""
    start, end = para.char_start[first], para.char_end[last]
    opening, closing = para.quotation_of[first], para.quotation_of[last]
    if opening >= 0 and not para.quotation_masks[opening] & (para.bit[first] - 1):
        start = para.quotations[opening].outer[0]
    if closing >= 0 and not para.quotation_masks[closing] >> (last + 1):
        end = para.quotations[closing].outer[1]
        return (start, end) if opening >= 0 else trim(text, (start, end), _EDGES)
    return trim(text, _with_signs(text, start, end), _EDGES)


def _with_signs(text: str, start: int, end: int) -> Span:
    """The span with currency signs and the like before it, a "%" behind it, and the bracket that closes its own.

    So with the single mark before it where the other stands in it, as headlines quote: "'no proof' that it rained".
    """
    while start and text[start - 1] in _PREFIXES:
        start -= 1
    if start and text[start - 1] in _SINGLE_OPENING and _CLOSED_SINGLE.match(text, start, end):
        start -= 1
    if text[end : end + 1] == "%":
        end += 1
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    return start, end


def merge_spans(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans in order and disjoint; those with only blanks or commas between them become one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or not text[merged[-1][1] : start].strip(" ,")):
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def holds_span(draft: QuoteDraft, span: Span) -> bool:
    """Whether a part of the draft's content shares a character with the span, such as that of a quotation."""
    return any(overlaps(part, span) for part in draft.content)


def quote_type_of(content: Sequence[Span], quotations: SpanIndex[Quotation], text: str) -> QuoteType:
    """How a content is quoted: "direct" when all words stand in quotation marks, "indirect" when none do, else "mixed".

    ``quotations`` are those of the article by their spans with marks; ``text`` is the article's.
    """
    any_inside = any_outside = False
    for start, end in content:
        position = start
        for quotation in quotations.overlapping(start, end):
            any_inside = True
            any_outside |= _has_word(text[position : max(quotation.outer[0], position)])
            position = max(position, quotation.outer[1])
        any_outside |= _has_word(text[position:end])
    if any_inside and any_outside:
        return "mixed"
    return "direct" if any_inside else "indirect"


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)
