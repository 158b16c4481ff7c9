"""Verbs of saying, thinking and wanting in expressions for what somebody does, undergoes or ought to know.

As in acts.py, but told by a whole expression: "did not seek re-election", "saw their costs soar", "you should know".
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import content_head
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.wills import prescribes
from pipeline.knowledge.cues import Cues

#: Pronouns that make something somebody's own, by which "saw its costs soar" tells what happened to him.
_OWNERS = frozenset({"his", "her", "its", "their"})
#: Tags of verbs, bare or in the present, in a clause of what is seen, and that of a gerund and of a plural.
_UNDERGONE = frozenset({"VB", "VBP"})
_GERUND, _PLURAL = "VBG", "NNS"
#: Types of what tells when, those of what does so before a colon, and tags of months, days and years.
_TIMES = frozenset({"DATE", "TIME"})
_BEFORE_COLON = _TIMES | {"CARDINAL", "ORDINAL"}
_NAMES = frozenset({"NNP", "CD"})
#: Relations of adjectives and participles behind a noun.
_BEHIND_NOUNS = frozenset({"amod", "acl"})
#: Pronouns for anybody; tags of participles and adjectives, and of finite verbs.
_ANYBODY = frozenset({"anyone", "anybody", "those", "everyone", "people"})
_VERBLESS = frozenset({"VBG", "JJ"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: Words that open a clause of time.
_WHEN = frozenset({"when", "while", "after", "before", "once"})
#: Auxiliaries and verbs of a duty.
_DUTY = frozenset({"must", "should", "ought"})
_NEEDED = frozenset({"need", "have"})
#: Pronouns for what is told already, and relations of words that open a clause.
_POINTING = frozenset({"that", "this", "it"})
_MARKS = frozenset({"mark", "advmod"})
#: Words from "know" to "better" in "nobody knows that better than".
_REACH_OF_BETTER = 4


def is_circumstance(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether the cue and what stands beside it tell of no speech and no thought, and nothing is quoted."""
    if candidate.content & para.quoted_mask:
        return False
    return any(rejects(para, candidate, cues) for _, rejects in _CIRCUMSTANCES)


def _children(para: ParsedParagraph, cue: int, *relations: str) -> list[int]:
    return [child for child in para.children[cue] if para.dep[child] in relations]


def _has_word(para: ParsedParagraph, cue: int, word: str) -> bool:
    return any(para.word[child] == word for child in para.children[cue])


def _is_application(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Did not seek re-election", "sought shelter in the gym": what somebody applies for or runs for."""
    cue = candidate.cue
    return para.lemma[cue] == "seek" and any(
        para.lemma[noun] in cues.words.sought for noun in _children(para, cue, "dobj")
    )


def _is_experience(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Growers have seen their profits vanish", "was not seen by shops": what happens; "was seen as" is a view."""
    cue = candidate.cue
    if para.lemma[cue] not in cues.words.perceiving:
        return False
    if _children(para, cue, "agent") and _children(para, cue, "auxpass"):
        return not _has_word(para, cue, "as") and not _children(para, cue, "xcomp", "oprd", "ccomp", "acomp")
    verb = next((child for child in _children(para, cue, "ccomp") if child > cue), None)
    if verb is None or para.tag[verb] not in _UNDERGONE or _children(para, verb, "aux", "mark"):
        return False
    subjects = _children(para, verb, "nsubj")
    is_own = any(para.word[below] in _OWNERS for noun in subjects for below in para.children[noun])
    return is_own or any(para.lemma[child] == "have" for child in _children(para, cue, "aux"))


def _is_company(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "The firm is not alone in making cuts": others do the same; "in thinking so" tells what they think."""
    cue = candidate.cue
    low, high = para.sentence_bounds(cue)
    alone = next((token for token in range(max(low, cue - 3), min(cue + 3, high)) if para.word[token] == "alone"), None)
    if alone is None or para.word[alone + 1 : alone + 2] != ["in"]:
        return False
    gerunds = [child for child in para.children[alone + 1] if para.tag[child] == _GERUND]
    return all(cues.stance((para.lemma[verb],)) == "other" for verb in gerunds)


def _is_time(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "July 4: Crowds gather at the pier", "April presents a fair sky": a day, an hour, a month says nothing."""
    mask, source = candidate.source_mask, candidate.source
    is_label = para.word[candidate.cue] == ":"
    if not mask or not (is_label or (source is not None and para.tag[source] in _NAMES)):  # "minutes show"
        return False
    times = _BEFORE_COLON if is_label else _TIMES  # "Two said no"
    return all(para.ent_type[token] in times for token in range(mask.bit_length()) if mask >> token & 1)


def _is_burden(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Has to push the budget through", "had to contend with a pest": what somebody must do or bear."""
    cue = candidate.cue
    copes = para.lemma[cue] == "contend" and _has_word(para, cue, "with") and not _children(para, cue, "ccomp")
    infinitives = (verb for verb in _children(para, cue, "xcomp") if _has_word(para, verb, "to"))
    has_to = para.lemma[cue] == "have" and any(infinitives) and not _has_word(para, cue, "yet")
    return copes or has_to


def _is_lesson(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Drivers should know that the pass is shut", "must now determine how it began": nobody knows or has told it."""
    cue = candidate.cue
    known = [cue]
    if para.lemma[cue] in _NEEDED:
        known = [verb for verb in _children(para, cue, "xcomp") if _has_word(para, verb, "to")]
    elif not any(para.word[child] in _DUTY for child in _children(para, cue, "aux")):
        return False
    return any(
        para.lemma[verb] in cues.words.deciding
        or (para.lemma[verb] in cues.words.inquiring and cues.stance((para.lemma[verb],)) == "believes")
        for verb in known
    )


def _is_praise(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Nobody knows that better than Blake": how well somebody knows what has just been told."""
    cue = candidate.cue
    behind = para.word[cue + 1 : cue + 1 + _REACH_OF_BETTER]
    return para.lemma[cue] == "know" and "better" in behind and not _POINTING.isdisjoint(behind[:1])


def _tells_which(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Banks willing to lend", "the nurses offering to help": without a comma it tells only which are meant."""
    cue, noun = candidate.cue, candidate.source
    if noun is None or para.lemma[cue] not in cues.words.selecting or not _children(para, cue, "xcomp"):
        return False
    is_open = para.tag[noun] == _PLURAL or para.word[noun] in _ANYBODY
    if para.dep[cue] in _BEHIND_NOUNS:
        return is_open and para.left_edge[cue] == noun + 1 and noun == para.head[cue]
    # To the parser it may be the main verb, though it has no auxiliary, and one that is finite follows.
    between = [token for token in range(noun + 1, cue) if para.pos[token] != "ADV"]
    is_bare = para.tag[cue] in _VERBLESS and not _children(para, cue, "aux", "cop") and not between
    later = range(cue + 1, para.sentence_bounds(cue)[1])
    return is_open and is_bare and noun < cue and any(para.tag[token] in _FINITE for token in later)


def _is_moment(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Spoke after his side had lost", "cried when he saw the hall": when it was, and nothing of what was said."""
    cue, content = candidate.cue, candidate.content
    head = content_head(para, content)
    if head is None or head <= cue or para.dep[head] != "advcl" or para.head[head] != cue:
        return False
    opens = para.left_edge[head]
    is_whole = not content & ~para.subtree[head] and first_token(content) == opens
    if not is_whole or para.word[opens] not in _WHEN or para.dep[opens] not in _MARKS:
        return False
    may_ask = para.lemma[cue] in cues.words.reported | cues.words.inquiring  # "have not said when they will meet"
    return para.word[opens] != "when" or not may_ask


def _is_authorship(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "She writes a column for the Gazette": what she writes in it is not told."""
    cue = candidate.cue
    objects = _children(para, cue, "dobj")
    is_written = any(para.lemma[noun] in cues.words.written | cues.words.stories for noun in objects)
    return para.lemma[cue] == "write" and is_written and not _children(para, cue, "ccomp", "parataxis")


def _is_obstruction(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Refused to let her in": somebody is kept from something; "refused to apologise" is said."""
    cue = candidate.cue
    return para.lemma[cue] in cues.words.refusals and any(
        para.lemma[verb] in cues.words.permitting for verb in _children(para, cue, "xcomp")
    )


def _is_effort(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Voted against the plan", "sought to win": what somebody does, not says; "the suit seeks to stop it" is said."""
    cue = candidate.cue
    if para.lemma[cue] not in cues.words.acting or prescribes(para, candidate, cues):
        return False
    return bool(_children(para, cue, "xcomp", "prep", "advcl")) and not _children(
        para, cue, "ccomp", "dobj", "parataxis"
    )


def _is_uncertain(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "It is not clear whether she will run", "it is certain that she will": how sure the article is."""
    cue = candidate.cue
    if candidate.source is not None:
        return False
    adjectives = [cue, *_children(para, cue, "acomp")]
    has_expletive = any(
        para.word[child] == "it"
        for verb in (cue, para.head[cue])
        for child in _children(para, verb, "nsubj", "nsubjpass")
    )
    return has_expletive and any(para.lemma[token] in cues.words.certainties for token in adjectives)


#: By name what makes an attribution a circumstance.
_CIRCUMSTANCES: tuple[tuple[str, Callable[[ParsedParagraph, Candidate, Cues], bool]], ...] = (
    ("application", _is_application),
    ("experience", _is_experience),
    ("company", _is_company),
    ("time", _is_time),
    ("burden", _is_burden),
    ("lesson", _is_lesson),
    ("praise", _is_praise),
    ("which people", _tells_which),
    ("moment", _is_moment),
    ("authorship", _is_authorship),
    ("obstruction", _is_obstruction),
    ("effort", _is_effort),
    ("uncertain", _is_uncertain),
)
