"""Attributions behind a comma: "With spring near, said Brandt, farmers need rain", "No sign of fire, says mayor".

What stands before the comma is a phrase or the subject of what is said, never of the verb: between a subject and its
verb there is no single comma. The parse often takes it for that, or drops it; so it does where the speaker comes first
("Before it rained, Brandt said, they had slept").
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Parts of speech in the noun phrase of whoever speaks, and tokens of the longest: "the head of the Larn ferry union".
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "PART", "ADP"})
_MAX_PHRASE = 9
#: Parts of speech of its head, and entity types of what tells when: "said Monday, ...".
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_TIMES = frozenset({"DATE", "TIME"})
#: Prepositions between a speaker and his topic before a colon, and entity types of speakers.
_TOPIC = frozenset({"on", "about"})
_SPEAKERS = frozenset({"PERSON", "ORG"})
#: Tags of finite verbs, one of which the rest of the sentence has.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: The verb whose object is never a person, so that one behind it is who speaks; words, at least, of what is said.
_SAY = "say"
_MIN_WORDS = 3


def mend_middle(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> Candidate:
    """The candidate with both parts of the sentence around ", said NAME," as content, and NAME as source.

    Unchanged where the cue is none of ``words.speaking_forms``, quotation marks tell what was said, or the sentence has
    another form.
    """
    cue = candidate.cue
    low, high = para.sentence_bounds(cue)
    if para.word[cue] == ":":
        return _without_topic(para, candidate, low)
    is_before_comma = candidate.source_mask and para.word[cue + 1 : cue + 2] == [","]
    if is_before_comma and para.word[cue] in words.showing_forms - words.speaking_forms:
        return _with_opening(para, candidate, low)
    if para.word[cue] not in words.speaking_forms or para.mask_between(low, high) & para.quoted_mask:
        return _with_quoted_predicate(para, candidate, words, low)
    if is_before_comma:
        return _with_opening(para, candidate, low)
    if para.word[cue - 1 : cue] != [","] or cue - 1 <= low:
        return candidate
    if candidate.source is not None and candidate.source < cue and _is_phrase_to_end(para, cue, high):
        return _inverted(para, candidate, low, high)
    return candidate if "," in para.word[low : cue - 1] else _with_both_parts(para, candidate, low, high)


def _with_both_parts(para: ParsedParagraph, candidate: Candidate, low: int, high: int) -> Candidate:
    """The candidate of "With rain near, said Kern, farmers wait" with both parts, where a finite verb follows Kern."""
    cue = candidate.cue
    end = _phrase_end(para, cue, high)
    before, after = para.mask_between(low, cue), para.mask_between(end + 1, high)
    if end < 0 or not any(tag in _FINITE for tag in para.tag[end + 1 : high]):
        return candidate
    if candidate.source is not None and cue < candidate.source < high:
        has_rest = candidate.content & after and not candidate.content & before
        return replace(candidate, content=candidate.content | before) if has_rest else candidate
    phrase = range(cue + 1, end)
    source = next(token for token in phrase if para.head[token] not in phrase or para.head[token] == token)
    if para.pos[source] not in _NOMINAL:
        return candidate
    return replace(candidate, source=source, source_mask=para.mask_between(cue + 1, end), content=before | after)


def _with_quoted_predicate(para: ParsedParagraph, candidate: Candidate, words: ReportingWords, low: int) -> Candidate:
    """The candidate of 'The vote, said Kern, "was never in doubt"' with Kern as source and all else as content.

    A finite verb opens the quotation, so that what stands before the comma is its subject, and nobody who speaks.
    """
    cue, source = candidate.cue, candidate.source
    high = para.sentence_bounds(cue)[1]
    if para.word[cue] not in words.speaking_forms:
        return candidate
    is_before = source is not None and low <= source < cue - 1 and para.word[cue - 1] == ","
    if not is_before or "," in para.word[low : cue - 1] or para.mask_between(low, cue) & para.quoted_mask:
        return candidate
    opening = next((token for token in range(cue + 1, high) if para.quotation_of[token] >= 0 and para.bit[token]), cue)
    end = next((token for token in range(opening - 1, cue, -1) if para.word[token] == ","), cue)
    phrase = [token for token in range(cue + 1, end) if para.bit[token]]
    is_predicate = opening > end > cue and para.tag[opening] in _FINITE
    if not is_predicate or not phrase or len(phrase) > _MAX_PHRASE or para.ent_type[phrase[0]] in _TIMES:
        return candidate
    first_part = phrase[: next((n for n, token in enumerate(phrase) if para.word[token] == ","), len(phrase))]
    if not all(para.pos[token] in _PHRASE for token in first_part):
        return candidate
    speaker = next((token for token in reversed(first_part) if para.pos[token] in _NOMINAL), None)
    if speaker is None:
        return candidate
    rest = para.mask_between(opening, high) & para.quoted_mask
    return replace(
        candidate,
        source=speaker,
        source_mask=para.mask_between(cue + 1, end),
        content=para.mask_between(low, cue - 1) | rest,
    )


def _without_topic(para: ParsedParagraph, candidate: Candidate, low: int) -> Candidate:
    """The candidate of "Kern on the late penalty: ..." with Kern as its source, not the penalty."""
    cue, content = candidate.cue, candidate.content
    on = next((token for token in range(low + 1, cue) if para.word[token] in _TOPIC), cue)
    is_label = on < cue and all(para.pos[token] in _PHRASE for token in range(low, cue))
    speaker = on - 1
    is_speaker = para.pos[speaker] == "PROPN" or para.ent_type[speaker] in _SPEAKERS
    if not is_label or not content & para.quoted_mask or not is_speaker:
        return candidate
    return replace(candidate, source=speaker, source_mask=para.mask_between(low, on))


def _is_phrase_to_end(para: ParsedParagraph, cue: int, high: int) -> bool:
    """Whether a noun phrase follows the verb to the end of its sentence: ", says the head of the Larn ferry union."."""
    words = [token for token in range(cue + 1, high) if para.bit[token]]
    is_short = 0 < len(words) <= _MAX_PHRASE and para.lemma[cue] == _SAY
    if not is_short or para.ent_type[words[0]] in _TIMES or para.pos[words[0]] == "ADP":
        return False
    return all(para.pos[token] in _PHRASE for token in words) and not _has_subject_before(para, cue)


def _inverted(para: ParsedParagraph, candidate: Candidate, low: int, high: int) -> Candidate:
    """The candidate with what stands before the comma as its content, and the phrase behind the verb as source."""
    cue = candidate.cue
    content, mask = para.mask_between(low, cue), para.mask_between(cue + 1, high)
    nouns = [token for token in range(cue + 1, high) if para.pos[token] in ("NOUN", "PROPN")]
    source = next((token for token in nouns if not mask >> para.head[token] & 1 or para.head[token] == token), None)
    if source is None or content.bit_count() < _MIN_WORDS:
        return candidate
    return replace(candidate, source=source, source_mask=mask, content=content)


def _with_opening(para: ParsedParagraph, candidate: Candidate, low: int) -> Candidate:
    """The candidate with what opens the sentence, where ", NAME said," follows and its content stands behind that."""
    cue, source = candidate.cue, candidate.source_mask
    comma = first_token(source) - 1
    is_between = comma > low and para.word[comma] == "," and source.bit_length() == cue
    before = para.mask_between(low, comma)
    if not is_between or candidate.content & ((1 << cue) - 1) or not candidate.content >> cue + 1 & 0b110:
        return candidate
    return replace(candidate, content=candidate.content | before)


def _phrase_end(para: ParsedParagraph, cue: int, high: int) -> int:
    """The comma behind the noun phrase that follows the cue; -1 where none follows or it tells when."""
    end = next((token for token in range(cue + 1, min(cue + 2 + _MAX_PHRASE, high)) if para.word[token] == ","), -1)
    if end <= cue + 1 or para.ent_type[cue + 1] in _TIMES or para.dep[cue + 1] == "mark":
        return -1
    is_phrase = all(para.pos[token] in _PHRASE for token in range(cue + 1, end))
    return end if is_phrase and not _has_subject_before(para, cue) else -1


def _has_subject_before(para: ParsedParagraph, cue: int) -> bool:
    """Whether the verb is joined to another, or has a pronoun as its subject: "He said no, said Brandt, ..."."""
    before = (child for child in para.children[cue] if child < cue and para.dep[child] in SUBJECTS)
    return para.dep[cue] == "conj" or any(para.pos[child] == "PRON" for child in before)
