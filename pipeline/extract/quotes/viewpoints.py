"""Whose view or finding a sentence is by the phrase that opens it: "To many farmers, the levy is an insult", "In a
survey by the tenants' league, one flat in nine stood empty".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.sources import source_mask
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.people import People

#: Verbs that give a judgment with what follows them: "is an insult", "looks like a bribe".
_COPULAS = frozenset({"be", "look", "seem", "feel", "sound", "remain"})
#: Relations of such a judgment, and kinds of those who hold it.
_JUDGMENTS = frozenset({"attr", "acomp", "prep"})
_HOLDERS = frozenset({"PERSON", "ORG", "NORP", "person noun", "organisation noun"})
#: Prepositions behind a study that tell whose, of whom or where it is, and tags of a participle that does.
_WHOSE = frozenset({"by", "of", "for", "from", "in", "among", "with"})
_PARTICIPLE = "VBN"
#: Words, at least, of what is told, and tokens of the longest phrase that opens a sentence.
_FEWEST_WORDS = 4
_MAX_PHRASE = 20
#: The cut of a source's noun phrase that drops nothing, see ``sources.TRIMS``.
_WHOLE = 0
#: How sure such an attribution is. Set by hand.
_PROBABILITY = 0.55


def add_viewpoints(para: ParsedParagraph, kept: Sequence[Candidate], cues: Cues) -> list[Candidate]:
    """The attributions ``kept``, and one for each sentence that such a phrase opens, unless another has it within."""
    added = list(kept)
    for start, comma, verb in _openings(para):
        content = para.mask_between(comma + 1, para.sentence_bounds(start)[1])
        if content.bit_count() < _FEWEST_WORDS or any(rival.content & para.bit[start] for rival in kept):
            continue
        noun = next((child for child in para.children[start] if para.dep[child] == "pobj"), None)
        if noun is None or not (
            _is_viewpoint(para, start, noun, verb, cues.people) or _is_finding(para, start, noun, verb, cues)
        ):
            continue
        mask = source_mask(para, noun, start, _WHOLE) & para.mask_between(start + 1, comma)
        rest = [rival for rival in added if rival.cue != start]
        added = [*rest, Candidate.of_rule(start, noun, mask, content, "viewpoint", _PROBABILITY)]
    return sorted(added, key=lambda candidate: candidate.cue)


def _openings(para: ParsedParagraph) -> Iterator[tuple[int, int, int]]:
    """Preposition, comma and main verb of each sentence that begins with "to" or "in", outside quotation marks."""
    for low, high in para.sentences:
        start = next((token for token in range(low, min(low + 2, high)) if para.word[token] in ("to", "in")), None)
        if start is None or para.quotation_of[start] >= 0 or para.dep[start] != "prep":
            continue
        verb = para.head[start]
        comma = para.right_edge[start] + 1
        is_near = start < comma < min(start + _MAX_PHRASE, high) and comma < verb
        if is_near and para.word[comma] == "," and para.mask_between(comma, high) & ~para.quoted_mask:
            yield start, comma, verb


def _is_viewpoint(para: ParsedParagraph, start: int, noun: int, verb: int, people: People) -> bool:
    """ "To many farmers, the levy is an insult": somebody's judgment, which a copula gives."""
    if para.word[start] != "to" or para.lemma[verb] not in _COPULAS or source_type(para, noun, people) not in _HOLDERS:
        return False
    is_judged = any(child > verb and para.dep[child] in _JUDGMENTS for child in para.children[verb])
    return is_judged and _subject_behind(para, start, verb) is not None


def _subject_behind(para: ParsedParagraph, start: int, verb: int) -> int | None:
    """The verb's subject where it follows the phrase that opens the sentence at once, or behind an adverb."""
    subject = next((child for child in para.children[verb] if para.dep[child] in SUBJECTS), None)
    is_next = subject is not None and para.left_edge[subject] <= para.right_edge[start] + 3
    return subject if is_next else None


def _is_finding(para: ParsedParagraph, start: int, noun: int, verb: int, cues: Cues) -> bool:
    """ "In a poll for the Gazette, half of all voters opposed the tunnel": what a study found, not how it was made.

    Studies are made of those who are asked, by "we" and "they": "In the survey, readers were asked ...".
    """
    if para.word[start] != "in" or para.lemma[noun] not in cues.words.surveys:
        return False
    is_told = any(
        (para.dep[child] == "prep" and para.word[child] in _WHOSE)
        or (para.dep[child] == "acl" and para.tag[child] == _PARTICIPLE and para.lemma[child] in cues.words.publishing)
        or para.word[child] in ("same", "recent", "new", "separate")
        or para.ent_type[child] in ("DATE", "ORG")
        for child in para.children[noun]
    )
    subject = _subject_behind(para, start, verb)
    if subject is None or para.pos[subject] == "PRON" or not is_told:
        return False
    asks = para.lemma[verb] in cues.words.interrogating | cues.words.directing | cues.words.finding
    says = para.word[verb] in cues.words.speaking_forms  # "In the survey, nurses said ..." is their claim
    return not asks and not says and para.quotation_of[first_token(para.subtree[subject])] < 0
