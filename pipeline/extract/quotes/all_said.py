"""Quotations that are all somebody says: '"It was late" is all he will say about it'."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, tokens_of
from pipeline.knowledge.reporting_words import ReportingWords

#: The verb behind the quotation, its forms, and parts of speech between "all" and the verb of speaking.
_IS = frozenset({"is", "was"})
_BETWEEN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "PART", "AUX", "ADV", "SCONJ"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_ALL, _THAT = "all", "that"
#: Tokens, at most, from "all" to the verb, and how sure such an attribution is. Set by hand.
_MAX_BETWEEN = 9
_PROBABILITY = 0.8


def add_all_said(para: ParsedParagraph, kept: Sequence[Candidate], words: ReportingWords) -> list[Candidate]:
    """The attributions ``kept``, and one for each such quotation; others with its words or its verb as cue give way."""
    attributions = list(kept)
    for mask in para.quotation_masks:
        found = _find_speaker(para, mask, words) if mask else None
        if found is None:
            continue
        opens, verb = found
        speaker = [token for token in range(opens, verb) if para.pos[token] in _NOMINAL]
        end = next((token for token in range(opens, verb) if para.pos[token] in VERBAL), verb)
        source = next((token for token in reversed(speaker) if token < end), None)
        if source is None:
            continue
        source_mask = para.mask_between(opens, source + 1)
        attributions = [rival for rival in attributions if rival.cue != verb and not rival.content & mask]
        attributions.append(Candidate.of_rule(verb, source, source_mask, mask, "all said", _PROBABILITY))
    return sorted(attributions, key=lambda candidate: candidate.cue)


def _find_speaker(para: ParsedParagraph, mask: int, words: ReportingWords) -> tuple[int, int] | None:
    """The first token of whoever speaks and the verb, behind the quotation; None where the form differs."""
    high = para.sentence_bounds(mask.bit_length() - 1)[1]
    behind = list(tokens_of(para.mask_between(mask.bit_length(), len(para))))[:_MAX_BETWEEN]
    if len(behind) < 3 or behind[0] >= high + 2 or para.word[behind[0]] not in _IS or para.word[behind[1]] != _ALL:
        return None
    start = behind[2] if para.word[behind[2]] != _THAT else behind[2] + 1
    for token in behind[2:]:
        is_speech = para.lemma[token] in words.withholding or para.word[token] in words.speaking_forms
        if para.pos[token] in VERBAL and is_speech:
            return start, token
        if para.pos[token] not in _BETWEEN:
            return None
    return None
