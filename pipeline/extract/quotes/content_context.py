"""What holds for all content candidates of a cue: its children, subject and source, and whose the quotations are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.extract.quotes.paragraph import ParsedParagraph

#: Cues from this probability on own what is quoted in their sentence, so that no cue of another sentence is offered it
#: as an orphan. Set by hand on the development set of quotes.
_OWNING_PROBABILITY = 0.4
#: Relations of the cue's children whose word is a feature: "takes prep=to".
_LEXICAL = frozenset({"prep", "advmod", "npadvmod", "prt", "dobj", "advcl", "acomp", "mark", "agent"})
#: What a cue is like: part of speech, relation, frame (see ``complement_frame``), tag, whether it is passive.
CueForm = tuple[str, str, str, str, bool]


@dataclass(slots=True)
class Ownership:
    """Who has a claim on the quotations of a paragraph.

    ``cues``: tokens of the likely cues in text order; ``sentences``: numbers of the sentences that hold one outside
    quotation marks.
    """

    cues: list[int]
    sentences: set[int]


def find_owners(para: ParsedParagraph, probabilities: Mapping[int, float]) -> Ownership:
    """The likely cues of the paragraph and their sentences; ``probabilities``: how likely each token is a cue."""
    cues = sorted(token for token, probability in probabilities.items() if probability >= _OWNING_PROBABILITY)
    return Ownership(cues, {para.sentence_of[token] for token in cues if para.quotation_of[token] < 0})


@dataclass(slots=True)
class CandidateContext:
    """What holds for all content candidates of one cue.

    ``cue``: its head token; ``form``: what it is like, with ``pos`` and ``frame`` by themselves.
    ``number``: of its sentence; ``sentence``, ``left``: masks of the sentence and of all words before the cue;
    ``sentence_size``: words of the sentence, at least 1.
    ``subject``, ``source``: masks of its subject and of the source chosen for it (0: nobody).
    ``children``: (mask with all below it, relation, relation and lemma) of what hangs on it, punctuation left out;
    the third is "prep=to" where the lemma is a feature and else empty.
    ``after``, ``before``: masks of quoted words in the sentences on either side, up to the next that has a likely cue
    of its own; ``owned``: of quotations in sentences that have one.
    ``rivals``: other likely cues of its sentence.
    """

    cue: int
    form: CueForm
    pos: str
    frame: str
    number: int
    sentence: int
    sentence_size: int
    left: int
    subject: int
    source: int
    children: list[tuple[int, str, str]]
    after: int
    before: int
    owned: int
    rivals: list[int]


def find_orphans(para: ParsedParagraph, cue: int, owners: Ownership) -> tuple[int, int, int]:
    """Masks of quoted words outside the cue's sentence: (unowned after it, unowned before it, owned on either side).

    Unowned are those up to the next sentence with a likely cue, to which a speech of several sentences may run on.
    """
    number = para.sentence_of[cue]
    after, owned_after = _orphans_in(para, range(number + 1, len(para.sentences)), owners)
    before, owned_before = _orphans_in(para, range(number - 1, -1, -1), owners)
    return after, before, owned_after | owned_before


def build_context(
    para: ParsedParagraph, cue: int, frame: str, source: int, owners: Ownership, orphans: tuple[int, int, int]
) -> CandidateContext:
    """What holds for all candidates of a cue whose source is the mask ``source`` (0: nobody).

    ``orphans`` as ``find_orphans`` gives them.
    """
    low, high = para.sentence_bounds(cue)
    sentence = para.mask_between(low, high)
    children = [
        (para.subtree[child], dep, f"{dep}={para.lemma[child]}" if dep in _LEXICAL else "")
        for child in para.children[cue]
        if (dep := para.dep[child]) != "punct" and para.subtree[child]
    ]
    subject = 0
    for tree, dep, _ in children:
        if dep in ("nsubj", "nsubjpass"):
            subject |= tree
    is_passive = any(dep == "auxpass" for _, dep, _ in children)
    after, before, owned = orphans
    return CandidateContext(
        cue=cue,
        form=(para.pos[cue], para.dep[cue], frame, para.tag[cue], is_passive),
        pos=para.pos[cue],
        frame=frame,
        number=para.sentence_of[cue],
        sentence=sentence,
        sentence_size=max(1, sentence.bit_count()),
        left=para.mask_between(0, cue),
        subject=subject,
        source=source,
        children=children,
        after=after,
        before=before,
        owned=owned,
        rivals=[token for token in owners.cues if token != cue and low <= token < high],
    )


def _orphans_in(para: ParsedParagraph, sentences: range, owners: Ownership) -> tuple[int, int]:
    """Quoted words of these sentences, nearest first: (up to the first with a likely cue, in all that have one)."""
    orphans = owned = 0
    if not para.quoted_mask:
        return 0, 0
    reached_owner = False
    for number in sentences:
        mask = para.mask_between(*para.sentences[number]) & para.quoted_mask
        if number in owners.sentences:
            owned |= mask
            reached_owner = True
        elif not reached_owner:
            orphans |= mask
    return orphans, owned
