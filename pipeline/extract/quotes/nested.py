"""Who says what within what somebody says: "The mayor told us that the pool would close," Ada Brandt said.

Within quotation marks no word is a cue for the words around it. What is quoted is read once more as if it had no marks:
the same models choose among cues, sources and contents that all lie within one quotation.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.complements import complement_kind
from pipeline.extract.quotes.cues import complement_frame
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.ranking import choose_sources, cue_probabilities, propose_attributions, rescore
from pipeline.extract.quotes.rejections import is_no_claim
from pipeline.extract.quotes.reported import SURE_CUE, SURE_PROBABILITY, find_reporting_verbs
from pipeline.extract.quotes.sure_cues import is_owned_proposition
from pipeline.knowledge.cues import Cues

#: Words of the shortest quotation that is read again: "He said that it would close" has six.
_FEWEST_WORDS = 6
#: Probability by the models, which have seen no cue in quotation marks, from which on an attribution is told. Between
#: 0.2 and 0.5 the rows of claims/train hardly change.
_LEAST_PROBABILITY = 0.4
#: The same for a verb of speaking with a clause, and for what others want to do.
_LEAST_OF_SPEAKING = 0.3
_LEAST_OF_WISHES = 0.5
#: More than any probability.
_NEVER = 2.0
#: Lemmas of the verbs that most often stand beside somebody's words, pronouns of whoever talks, and stances of wishes.
_SPEAKING = frozenset({"say", "tell", "ask"})
_FIRST_PERSON = frozenset({"i", "we", "you", "us", "me"})
_WISHES = frozenset({"intends", "demands", "promises"})
#: Stances of what people think rather than say, and of cues in no list.
_THOUGHTS = frozenset({"believes", "intends", "other"})
#: "I'd say": the verb, and forms of "would".
_SAY, _WOULD = "say", frozenset({"would", "'d", "’d"})
#: Single marks that open and close what is quoted within a quotation, and marks before the latter.
_OPENING, _CLOSING = frozenset("'‘"), frozenset("'’")
_BEFORE_CLOSING = frozenset(",!?")
#: Relation of a content's head to its cue: a clause, not what is done ("took", "made").
_CLAUSE = "ccomp"


def find_nested(para: ParsedParagraph, cues: Cues) -> tuple[ParsedParagraph, list[Candidate]]:
    """The attributions within the paragraph's quotations, and the paragraph as if it had no quotation marks."""
    nouns = [noun for noun in range(len(para)) if is_owned_proposition(para, noun, cues.words)]
    quoted = [
        mask
        for mask in para.quotation_masks
        if mask.bit_count() >= _FEWEST_WORDS and (_has_clause(para, mask) or any(mask >> noun & 1 for noun in nouns))
    ]
    if not quoted:
        return para, []
    bare = replace(para, quotation_of=[-1] * len(para), quotations=[], quotation_masks=[], quoted_mask=0, shapes=[])
    among = sum(quoted) & ~para.title_mask
    likely = cue_probabilities(bare, cues.models, among=among)
    sure = {verb for verb in find_reporting_verbs(bare, among, cues.words) if _tells_of_others(bare, verb, cues)}
    sure.update(noun for noun in nouns if among >> noun & 1)
    for verb in sure:
        likely[verb] = max(likely.get(verb, 0.0), SURE_CUE)
    frames = {cue: complement_frame(bare, cue) for cue in likely}
    sources = choose_sources(bare, frames, cues.models)
    if not any(
        (cue in sure or _least_probability(para, cue, source, cues) <= 1)
        and any(_lies_in(para, cue, source_mask, 0, quotation) for quotation in quoted)
        for cue, (source, source_mask, _, _) in zip(frames, sources, strict=True)
    ):
        return bare, []  # whatever their contents, none would be told
    candidates = propose_attributions(bare, cues.models, cues.words, likely, sources)
    rescore(bare, candidates, cues.models["final"], cues)
    for candidate in candidates:
        _take_words_before(para, candidate)
        if candidate.cue in sure:
            candidate.probability = max(candidate.probability, SURE_PROBABILITY)
    told = [
        candidate
        for candidate in candidates
        if any(_lies_in(para, candidate.cue, candidate.source_mask, candidate.content, mask) for mask in quoted)
    ]
    likely_told = (candidate for candidate in told if candidate.cue in sure or _is_certain(para, candidate, cues))
    return bare, [candidate for candidate in likely_told if not is_no_claim(bare, candidate, cues)]


def _take_words_before(para: ParsedParagraph, candidate: Candidate) -> None:
    """Make what stands in single marks right before source and verb the content: "'Go home,' my aunt told me, ...".

    The models let it go on behind the outer quotation. Changes the candidate.
    """
    cue, source = candidate.cue, candidate.source_mask
    start = min(cue, first_token(source)) if source else cue
    number = para.quotation_of[cue]
    if number < 0 or start < 2 or para.word[start - 1] not in _CLOSING or para.word[start - 2] not in _BEFORE_CLOSING:
        return
    opening = next((token for token in range(start - 2, -1, -1) if para.word[token] in _OPENING), -1)
    told = para.mask_between(opening + 1, start) & para.quotation_masks[number]
    if opening >= 0 and para.quotation_of[opening] == number and told and source:
        candidate.content = told
        candidate.probability = max(candidate.probability, SURE_PROBABILITY)


def _tells_of_others(para: ParsedParagraph, verb: int, cues: Cues) -> bool:
    """Whether a verb of reporting tells what somebody says ("he told us that"), or what a noun's bearer thinks."""
    is_thought = cues.stance((para.lemma[verb],), complement_kind(para, verb)) in _THOUGHTS | _WISHES
    subjects = [child for child in para.children[verb] if para.dep[child] == "nsubj"]
    if any(_would_say(para, verb, child) for child in subjects):
        return False
    return not is_thought or any(para.pos[child] in ("NOUN", "PROPN") for child in subjects)


def _would_say(para: ParsedParagraph, verb: int, source: int | None) -> bool:
    """ "I'd say it is cleaner": whoever talks gives an opinion, as with "I think"; "I said no" is told."""
    if source is None or para.word[source] not in _FIRST_PERSON or para.lemma[verb] != _SAY:
        return False
    helpers = {para.word[child] for child in para.children[verb] if para.dep[child] == "aux"}
    return not _WOULD.isdisjoint(helpers)


def _says_nothing(para: ParsedParagraph, cue: int, source: int | None) -> bool:
    """ "We can't ask an octopus what it saw": what whoever talks does not say."""
    if source is None or para.word[source] not in _FIRST_PERSON:
        return False
    return any(para.dep[child] == "neg" for child in para.children[cue]) and para.lemma[cue] in _SPEAKING


def _has_clause(para: ParsedParagraph, mask: int) -> bool:
    """Whether the words have one that governs a clause."""
    return any(mask >> para.head[token] & 1 for token, dep in enumerate(para.dep) if dep == _CLAUSE)


def _lies_in(para: ParsedParagraph, cue: int, source: int, content: int, quotation: int) -> bool:
    """Whether a cue, and the masks of its source and content, lie in the quotation."""
    words = para.bit[cue] | source | content
    return not words & ~quotation and bool(para.bit[cue] and source)


def _is_certain(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether an attribution is likely enough."""
    return candidate.probability >= _least_probability(para, candidate.cue, candidate.source, cues)


def _least_probability(para: ParsedParagraph, cue: int, source: int | None, cues: Cues) -> float:
    """From which probability on an attribution to the head token ``source`` is told; more than 1 where it never is.

    It must govern a clause or say whose words follow. The clause of a pronoun must not be one of thinking: "I think
    that", "you know that" is how people talk. Without a clause, "they said: no" is somebody else's words, and "the
    students want to leave" tells of others.
    """
    if _would_say(para, cue, source) or _says_nothing(para, cue, source):
        return _NEVER
    governs = any(para.dep[child] == _CLAUSE for child in para.children[cue])
    is_pronoun = source is not None and para.pos[source] == "PRON"
    is_first_person = source is not None and para.word[source] in _FIRST_PERSON
    stance = cues.stance((para.lemma[cue],))
    is_speaking = para.lemma[cue] in _SPEAKING and not is_first_person
    if governs:
        least = _LEAST_OF_SPEAKING if is_speaking else _LEAST_PROBABILITY
        return least if not is_pronoun or stance not in _THOUGHTS else _NEVER
    if is_speaking:
        return _LEAST_PROBABILITY
    is_wish = not is_pronoun and stance in _WISHES and any(para.dep[child] == "xcomp" for child in para.children[cue])
    return _LEAST_OF_WISHES if is_wish else _NEVER
