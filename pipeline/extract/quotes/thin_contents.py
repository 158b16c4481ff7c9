"""Contents that tell nothing by themselves: "said so", "blamed Brandt"."""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.knowledge.reporting_words import ReportingWords

#: Words of the longest content that may be thin: "all of them", "Prime Minister Ada Brandt".
_MAX_WORDS = 4
#: Parts of speech that thin content consists of, one at least of those that name or point.
_THIN = frozenset({"PRON", "DET", "PROPN", "ADP", "PART", "SCONJ", "CCONJ"})
_NAMING = frozenset({"PRON", "PROPN", "DET"})
#: Words that point to what was said before.
_POINTING = frozenset({"this", "that"})
#: Prepositions before what somebody worries about, and the verb.
_ABOUT, _WORRY = frozenset({"about", "over"}), "worry"


def is_thin(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> bool:
    """Whether the content tells nothing by itself: a pronoun, a name, a bare noun ("said so", "blamed Brandt").

    Quoted words are somebody's own and count, however few; a noun for a deed tells what is denied ("denied
    wrongdoing"), and any what somebody worries about ("are concerned about noise"). Without content the quotation is
    still to come.
    """
    content = candidate.content
    if content and not content & para.quoted_mask and _points_back(para, candidate.cue, first_token(content)):
        return True
    if not content or content & para.quoted_mask or content.bit_count() > _MAX_WORDS:
        return False
    tokens = [token for token in range(first_token(content), content.bit_length()) if content >> token & 1]
    if len(tokens) == 1 and para.pos[tokens[0]] == "NOUN":
        if para.word[tokens[0] - 1] in _ABOUT and _is_worried(para, candidate.cue, words):
            return False
        return para.pos[candidate.cue] == "NOUN" or para.lemma[candidate.cue] not in words.admitting
    names = len(tokens) == 1 or any(para.pos[token] in _NAMING for token in tokens)
    return names and all(para.pos[token] in _THIN for token in tokens)


def _points_back(para: ParsedParagraph, cue: int, first: int) -> bool:
    """ "Disclosed this while parading the men", "confirmed this to reporters": all that follows is when and to whom."""
    is_object = para.dep[first] == "dobj" and para.head[first] == cue and first > cue
    return is_object and para.word[first] in _POINTING and para.right_edge[first] == first


def _is_worried(para: ParsedParagraph, cue: int, words: ReportingWords) -> bool:
    feels = (child for child in (cue, *para.children[cue]) if para.word[child] in words.convinced)
    return para.lemma[cue] == _WORRY or any(True for _ in feels)
