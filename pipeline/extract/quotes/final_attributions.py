"""Attributions at a sentence's end that the parse hides: "... food has run out the group said on Friday.".

A noun phrase, a verb of speaking without an object, maybe to whom and when: that covers the sentence before it,
whatever the parse makes of it, a relative clause ("a suburb the group said") or a list of appositions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.quotes.candidate import SAME_CONTENT, Candidate, jaccard
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.knowledge.reporting_words import ReportingWords

#: Parts of speech of noun phrases with what hangs on them, and of what begins one without a comma before it.
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADP", "PRON", "SYM"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
#: Parts of speech that a clause begins with which stands by itself before a colon.
_SUBJECT_STARTS = frozenset({"PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM"})
#: Tags of finite verbs, and of words that open a clause on which the noun phrase then depends ("as the mayor said").
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PLURAL = "NNS"
_OPENING_TAGS = frozenset({"WP", "WDT", "WRB", "WP$"})
#: Parts of speech before the noun phrase that make it an object or part of another clause.
_BINDING = frozenset({"ADP", "SCONJ", "CCONJ", "VERB", "AUX", "DET", "ADJ", "NUM", "PART"})
#: Tokens from the verb to the sentence's end, and those of the longest noun phrase with its apposition.
_MAX_TAIL = 10
_MAX_PHRASE = 25
#: Words, at least, of what is said.
_MIN_WORDS = 3
#: Verbs whose addressee has to follow ("told reporters"). Of the others nothing may follow but when and where.
_NEEDS_ADDRESSEE = frozenset({"tell"})
#: Marks at the end of a quotation behind which its sentence goes on.
_GOES_ON = frozenset({",", "!", "?", "…"})
#: Conjunctions behind such an attribution by which its sentence goes on.
_CONTRASTING = frozenset({"but", "though", "although", "while", "and"})
#: How sure such an attribution is. Set by hand.
_PROBABILITY = 0.75


@dataclass(frozen=True, slots=True)
class FinalAttribution:
    """An attribution at a sentence's end: its verb, the first and the last token of the source, and what is said."""

    verb: int
    source_start: int
    source_end: int
    content: int


def add_final_attributions(para: ParsedParagraph, kept: Sequence[Candidate], words: ReportingWords) -> list[Candidate]:
    """The attributions ``kept`` so far, with those at the end of sentences that none of them has with that content.

    Of others that hold a part of such an attribution, that part is cut off. One with a quotation beside that sentence
    ('The mill is shut, Kern said. "It rained in."') keeps it.
    """
    attributions = list(kept)
    for final in _find_final(para, words):
        source = para.mask_between(final.source_start, final.source_end + 1)
        if any(has_content(candidate, final) and not candidate.content & source for candidate in attributions):
            continue
        act = para.mask_between(final.source_start, para.sentence_bounds(final.verb)[1]) & ~para.quoted_mask
        rest = [
            replace(candidate, content=candidate.content & ~act or candidate.content)
            for candidate in attributions
            if candidate.cue != final.verb and not act >> candidate.cue & 1
        ]
        joined = (
            replace(candidate, content=candidate.content | final.content)
            for candidate in attributions
            if candidate.cue == final.verb
            and not candidate.content & ~para.quoted_mask & ~final.content
            and not final.content >> (candidate.source or final.verb) & 1
        )
        attributions = sorted(
            [*rest, next(joined, None) or _to_candidate(para, final)], key=lambda candidate: candidate.cue
        )
    return attributions


def add_quoted_speakers(para: ParsedParagraph, kept: Sequence[Candidate], words: ReportingWords) -> list[Candidate]:
    """The attributions ``kept``, and one for each quotation that none has, where who speaks follows at once.

    "“So proud of this lot,” captain Ada Brandt posted on her page", "“Worst hat ever,” wrote one".
    """
    told = {candidate.cue for candidate in kept if candidate.source is not None}
    added = list(kept)
    for mask in para.quotation_masks:
        holders = [candidate for candidate in added if candidate.content & mask]
        if mask.bit_count() < _MIN_WORDS - 1 or any(candidate.source is not None for candidate in holders):
            continue
        start = next((token for token in range(mask.bit_length(), len(para)) if para.bit[token]), len(para))
        marks = set(para.word[mask.bit_length() : start])
        if start == len(para) or marks.isdisjoint(_GOES_ON) or para.quotation_of[start] >= 0:
            continue
        verb, source = _speaker_behind(para, start, words.speaking_forms | words.lettering | words.inverting)
        if source and verb not in told:
            added = [candidate for candidate in added if candidate not in holders]
            head = _head_of(para, source)
            added.append(Candidate.of_rule(verb, head, source, mask, "quotation before", _PROBABILITY))
    return sorted(added, key=lambda candidate: candidate.cue)


def _head_of(para: ParsedParagraph, phrase: int) -> int:
    """The token of a phrase that hangs on none of its others."""
    tokens = (token for token in range(phrase.bit_length()) if phrase >> token & 1)
    heads = (token for token in tokens if para.head[token] == token or not phrase >> para.head[token] & 1)
    return next(heads, phrase.bit_length() - 1)


def _speaker_behind(para: ParsedParagraph, start: int, forms: Collection[str]) -> tuple[int, int]:
    """The verb and the mask of whoever speaks, from the token right behind a quotation on; a mask of 0 for nobody."""
    end = start
    while end < len(para) and para.pos[end] in _PHRASE - {"ADP"} and end - start < _MAX_TAIL and para.bit[end]:
        end += 1
    if end > start and end < len(para) and para.word[end] in forms:
        return end, para.mask_between(start, end)
    if para.word[start] not in forms:
        return start, 0
    end = start + 1
    while end < len(para) and para.pos[end] in _PHRASE - {"ADP"} and end - start < _MAX_TAIL and para.bit[end]:
        end += 1
    return start, para.mask_between(start + 1, end)


def has_content(candidate: Candidate, final: FinalAttribution) -> bool:
    """Whether the candidate has the final attribution's verb and its content, or more of the paragraph."""
    same_verb = candidate.cue == final.verb
    return same_verb and (
        jaccard(candidate.content, final.content) >= SAME_CONTENT or not final.content & ~candidate.content
    )


def _find_final(para: ParsedParagraph, words: ReportingWords) -> Iterator[FinalAttribution]:
    for low, comma, high in _whole_sentences(para):
        colon = next((token for token in range(low, high) if para.word[token] == ":"), high)
        opens_speech = colon + 1 < len(para) and any(quoted >= 0 for quoted in para.quotation_of[colon + 1 : colon + 3])
        end = colon if opens_speech else high
        verb = _final_verb(para, max(low, comma), end, words)
        if verb is None:
            verb = _verb_of_figures(para, low, high, words)
        if verb is None:
            continue
        span = _source_before(para, max(low, comma), verb)
        if span is None or _opens_clause(para, *span):
            continue
        content = para.mask_between(low, span[0])
        if content & para.quoted_mask:  # the models know direct speech well
            continue
        if opens_speech and para.pos[low] not in _SUBJECT_STARTS:  # "Writing to members, she said: ..."
            continue
        if (_is_statement(para, low, span[0]) or low < comma) and content.bit_count() >= _MIN_WORDS:
            yield FinalAttribution(verb, *span, content)


def _whole_sentences(para: ParsedParagraph) -> Iterator[tuple[int, int, int]]:
    """Start and end of each sentence, and between them the comma at which the parser cut it in two, or the start.

    "The storm damaged homes | , officials said." where the parser takes "damaged" for a participle.
    """
    low = 0
    for start, end in para.sentences:
        is_cut = para.word[start] == "," and start > low and para.quotation_of[start] < 0
        low = low if is_cut else start
        yield low, start, end


def _verb_of_figures(para: ParsedParagraph, low: int, high: int, words: ReportingWords) -> int | None:
    """The "show" of "Sales rose, official data show, but prices fell", where a comma and a conjunction follow it."""
    for token in range(low + 1, high - 2):
        goes_on = para.word[token + 1] == "," and para.word[token + 2] in _CONTRASTING
        is_shown = para.word[token] in words.showing_forms and para.lemma[token - 1] in words.records
        if goes_on and is_shown and para.quotation_of[token] < 0:
            return token
    return None


def _opens_clause(para: ParsedParagraph, first: int, last: int) -> bool:
    """Whether a word of the source opens a clause of its own."""
    return any(tag in _OPENING_TAGS for tag in para.tag[first : last + 1])


def _final_verb(para: ParsedParagraph, low: int, high: int, words: ReportingWords) -> int | None:
    """The sentence's last verb where it is one of speaking, outside quotation marks, without an object of its own."""
    for token in range(high - 1, max(low, high - _MAX_TAIL), -1):
        if para.word[token] in words.showing_forms and para.lemma[token - 1] in words.records:  # "court records show"
            return token if _is_tail(para, token, high) else None
        is_finite = para.tag[token] in _FINITE or _ends_as_verb(para, token, high, words)
        if para.word[token] in words.speaking_forms and is_finite and para.quotation_of[token] < 0:
            return token if _is_tail(para, token, high) else None
        if para.pos[token] in VERBAL or para.quotation_of[token] >= 0 or para.word[token] in (",", ":", ";"):
            return None
    return None


def _ends_as_verb(para: ParsedParagraph, token: int, high: int, words: ReportingWords) -> bool:
    """Whether a form in "-s" that the parser takes for a noun ends the sentence: "..., an agency release reports"."""
    is_last = all(not para.bit[later] for later in range(token + 1, high))
    return is_last and para.tag[token] == _PLURAL and para.lemma[token - 1] in words.occasions | words.records


def _is_tail(para: ParsedParagraph, verb: int, high: int) -> bool:
    """Whether what follows the verb is only to whom, when and where somebody spoke."""
    tail = [token for token in range(verb + 1, high) if para.bit[token]]
    if any(para.pos[token] not in _PHRASE for token in tail):
        return False
    if para.lemma[verb] in _NEEDS_ADDRESSEE:
        return bool(tail) and para.pos[tail[0]] != "ADP"
    return not tail or para.pos[tail[0]] == "ADP" or para.ent_type[tail[0]] in ("DATE", "TIME")


def _source_before(para: ParsedParagraph, low: int, verb: int) -> tuple[int, int] | None:
    """The first and last token of the noun phrase right before the verb; None where there is none that may speak."""
    end = verb - 1
    while end > low and para.pos[end] == "ADV":
        end -= 1
    has_apposition = para.word[end] == ","
    start = end
    while start > max(low, end - _MAX_PHRASE) and _is_in_phrase(para, start - 1, has_apposition):
        start -= 1
    if has_apposition:
        return _with_apposition(para, start, end)
    if not _is_in_phrase(para, end, comma=False):
        return None
    if start > low and para.word[start - 1] == ",":
        return (start, end) if para.pos[start] not in ("ADP", "PART") else None
    return _without_comma(para, start, end)


def _is_in_phrase(para: ParsedParagraph, token: int, comma: bool) -> bool:
    if para.quotation_of[token] >= 0:
        return False
    if para.dep[token] == "amod" or _joins_names(para, token):  # a participle, too: "a founding member"
        return True
    return para.pos[token] in _PHRASE or (comma and (para.word[token] in (",", "and") or para.pos[token] == "PUNCT"))


def _joins_names(para: ParsedParagraph, token: int) -> bool:
    """Whether a comma or "and" stands within a name: "the Department for Ports, Rivers and Canals"."""
    if para.word[token] not in (",", "and", "&") or not 0 < token < len(para) - 1:
        return False
    return para.pos[token - 1] == "PROPN" and para.pos[token + 1] == "PROPN"


def _with_apposition(para: ParsedParagraph, start: int, end: int) -> tuple[int, int] | None:
    """The source of ", Vera Kern, a baker in Aue, said": from the first comma with a person behind it, or the first."""
    commas = [token for token in range(start, end) if para.word[token] == ","]
    if not commas:
        return None
    first = next((comma for comma in commas if para.ent_type[comma + 1] == "PERSON"), commas[0])
    following = next((comma for comma in [*commas, end] if comma > first), end)
    return (first + 1, following - 1) if following > first + 1 else None


def _without_comma(para: ParsedParagraph, start: int, end: int) -> tuple[int, int] | None:
    """The last noun phrase of a run of them, as long as it can't be an object of what stands before it."""
    first = end
    while first > start and not (para.pos[first] == "DET" or para.pos[first] == "PRON"):
        first -= 1
    if para.pos[first] not in ("DET", "PRON") or first == start:
        return None
    before = first - 1
    is_free = para.pos[before] not in _BINDING or para.tag[before] == "RP"
    return (first, end) if is_free and para.tag[first] not in _OPENING_TAGS else None


def _is_statement(para: ParsedParagraph, low: int, end: int) -> bool:
    """Whether the tokens up to ``end`` are a clause that stands by itself, not one that opens another."""
    tokens = [token for token in range(low, end) if para.bit[token]]
    if not tokens or not any(para.tag[token] in _FINITE for token in tokens):
        return False
    last = tokens[-1]
    if para.pos[last] in ("SCONJ", "CCONJ") or para.tag[last] in _OPENING_TAGS or para.word[last] in ("that", "as"):
        return False
    opens_clause = para.pos[tokens[0]] == "SCONJ" or para.tag[tokens[0]] == "WRB"
    commas = sum(para.word[token] == "," for token in range(low, end - 1))
    return not opens_clause or commas > 0


def _to_candidate(para: ParsedParagraph, final: FinalAttribution) -> Candidate:
    mask = para.mask_between(final.source_start, final.source_end + 1)
    nouns = [token for token in range(final.source_start, final.source_end + 1) if para.pos[token] in _NOMINAL]
    heads = [token for token in nouns if not para.subtree[para.head[token]] & mask or not mask >> para.head[token] & 1]
    head = heads[0] if heads else final.source_end
    return Candidate(
        cue=final.verb,
        cue_probability=_PROBABILITY,
        source=head,
        source_mask=mask,
        source_probability=_PROBABILITY,
        next_source_probability=0.0,
        content=final.content,
        origin="final attribution",
        content_probability=1.0,
        overlap_mass=1.0,
        frame="",
        probability=_PROBABILITY,
    )
