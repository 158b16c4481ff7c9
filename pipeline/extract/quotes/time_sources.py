"""Who speaks where the parser takes the time for the subject: '"It is late," Holm, a baker, said Thursday morning.'."""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.knowledge.reporting_words import ReportingWords

#: Entity types of times, and the words with such a type that are some: "the 40-year-old" and May, a surname, are none.
_TIMES = frozenset({"DATE", "TIME"})
_WORDS = frozenset({"morning", "afternoon", "evening", "night", "noon", "weekend", "today", "yesterday"})
#: Parts of speech of the first word of a name or a description.
_STARTS = frozenset({"PROPN", "NOUN", "DET", "ADJ"})


def drop_time(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> None:
    """Put whoever stands between a quotation and its verb in the place of a time; without such a one, nobody.

    Changes the candidate; nothing where its source is no time.
    """
    cue, source = candidate.cue, candidate.source
    if source is None or para.word[cue] not in words.speaking_forms:
        return
    if para.ent_type[source] not in _TIMES or para.word[source] not in _WORDS:
        return
    candidate.source, candidate.source_mask = None, 0
    start = (para.quoted_mask & (para.bit[cue] - 1)).bit_length()
    between = [token for token in range(start, cue) if para.pos[token] != "PUNCT"]
    is_free = bool(start and between) and not any(para.pos[token] in VERBAL for token in between)
    if not is_free or para.pos[between[0]] not in _STARTS:
        return
    end = next((token for token in range(between[0], cue) if para.word[token] == ","), cue)
    candidate.source, candidate.source_mask = end - 1, para.mask_between(between[0], end)
    candidate.content &= ~para.mask_between(between[0], cue)
