"""Claims that a noun resumes for somebody to deny: "The union says wages fell, a claim the firm rejects"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.quotes.sources import source_mask
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.reporting_words import ReportingWords

#: The rule of such a denial's quote: its content is somebody else's claim.
RESUMED_CLAIM = "resumed claim"
#: The stance of who does not accept a claim, and words that resume it without being nouns for one.
_DENIES = "denies"
_PRONOUNS = frozenset({"something", "which"})
#: Nouns for what somebody is called: "calls him a dictator, a label he rejects".
_NAMES = frozenset(
    {
        "label",
        "description",
        "characterization",
        "characterisation",
        "portrayal",
        "suggestion",
        "notion",
        "idea",
        "version",
    }
)
#: Words, at least, of what is claimed.
_FEWEST_WORDS = 2
#: Words, at most, between the comma and who denies, and from the comma to the verb: "an accusation that the two
#: ministries have repeatedly denied".
_LONGEST_NOUN, _LONGEST = 4, 12
#: The cut of a source's noun phrase that drops clauses only, see ``sources.TRIMS``.
_WITHOUT_CLAUSES = 1
#: How sure the denial is. Set by hand.
_PROBABILITY = 0.7


def deny_resumed(para: ParsedParagraph, attributions: Sequence[Candidate], cues: Cues) -> list[Candidate]:
    """The attributions, those parted that end in a denial of themselves.

    What is claimed ends before the comma, and is what the other denies as well.
    """
    parted = list(attributions)
    for verb in range(len(para)):
        comma = _resuming_comma(para, verb, cues)
        if not comma:
            continue
        subject = next(child for child in para.children[verb] if para.dep[child] in SUBJECTS)
        claimed = next((rival for rival in parted if _is_resumed(para, rival, comma, verb)), None)
        if claimed is None:
            continue
        rest = claimed.content & ((1 << comma) - 1)
        mask = source_mask(para, subject, verb, _WITHOUT_CLAUSES)
        rest &= ~_accused(para, claimed, cues.words)
        denial = Candidate.of_rule(verb, subject, mask, rest, RESUMED_CLAIM, _PROBABILITY)
        behind = para.mask_between(comma, para.sentence_bounds(verb)[1])
        others = (rival for rival in parted if rival.cue != verb and not behind & para.bit[rival.cue])
        kept = [replace(rival, content=rival.content & ~behind or rival.content) for rival in others]
        parted = sorted([*kept, denial], key=lambda candidate: candidate.cue)
    return parted


def _accused(para: ParsedParagraph, claimed: Candidate, words: ReportingWords) -> int:
    """The words up to "of" where somebody is accused of something: what is denied is the deed."""
    of = next((child for child in para.children[claimed.cue] if para.word[child] == "of" and child > claimed.cue), 0)
    return (1 << of) - 1 if of and para.lemma[claimed.cue] in words.accusing else 0


def _is_resumed(para: ParsedParagraph, rival: Candidate, comma: int, verb: int) -> bool:
    """Whether an attribution, its content first or last, ends before the comma."""
    below = (1 << comma) - 1
    whole = (rival.content | rival.source_mask | para.bit[rival.cue]) & below
    ends = comma - whole.bit_length() <= 1 and rival.cue != verb and rival.cue < comma
    return ends and (rival.content & below).bit_count() >= _FEWEST_WORDS


def _resuming_comma(para: ParsedParagraph, verb: int, cues: Cues) -> int:
    """The comma before the noun or "which" that a denying verb is about; 0 for other verbs."""
    if para.pos[verb] not in VERBAL or para.quotation_of[verb] >= 0 or cues.stance((para.lemma[verb],)) != _DENIES:
        return 0
    subjects = [child for child in para.children[verb] if para.dep[child] in SUBJECTS and child < verb]
    low = max(para.sentence_bounds(verb)[0] + 1, verb - _LONGEST)
    if not subjects:
        return 0
    start = para.left_edge[subjects[0]]
    comma = next((token for token in range(start - 1, low, -1) if para.word[token] == ","), 0)
    between = range(comma + 1, start) if comma else ()
    return comma if any(_resumes(para, token, cues.words) for token in between) and len(between) <= _LONGEST_NOUN else 0


def _resumes(para: ParsedParagraph, token: int, words: ReportingWords) -> bool:
    return para.word[token] in _PRONOUNS or para.lemma[token] in words.proposition_nouns | _NAMES
