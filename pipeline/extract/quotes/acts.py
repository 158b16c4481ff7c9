"""Verbs that mostly tell what somebody says and here tell what happens: "claimed a point", "likes to cook".

As in rejections.py, but each of one verb's several meanings, told by what stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.complements import companion_lemmas, complement_kind
from pipeline.extract.quotes.meaning import content_head, source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues

#: Relations of a clause that a verb governs.
_CLAUSES = frozenset({"ccomp", "xcomp", "parataxis", "oprd"})
#: Words that open a condition, auxiliaries that make a wish of "like" ("'d like to see it"), and those of what will be.
_CONDITIONS = frozenset({"if", "unless", "once", "until", "whether"})
_WISHING = frozenset({"would", "'d", "’d"})
_FUTURE = frozenset({"will", "'ll", "’ll"})
#: Stances of wishes, and words of the longest to remain unnamed: "to remain anonymous for fear of reprisals".
_WISHES = frozenset({"asks", "demands", "intends", "believes"})
_MOST_WORDS = 8
#: Words of "to be named".
_WORDS_OF_UNNAMED = 3
#: Words that stand for a clause, and those behind "to do" that do.
_PRO_FORMS = frozenset({"so", "not", "otherwise", "likewise"})
_PRO_OBJECTS = (["so"], ["it"], ["that"], ["this"])
#: Adjectives of how soon and whether at all somebody does something.
_MANNERS = frozenset({"quick", "slow", "able", "unable", "likely", "due"})
#: What "call it" has in idioms, and pronouns that tell nothing.
_IDIOMS = frozenset({"quits", "day"})
_VAGUE = frozenset({"something", "anything", "everything", "things", "much"})
#: Tag of "who", and verbs of wishing, by which its clause has people of one mind apart from others.
_RELATIVE = "WP"
_WANTING = frozenset({"want", "wish", "hope", "intend", "plan", "aim"})
#: Kinds of sources that have what they show: persons, firms and places. Documents and figures tell it.
_HOLDERS = frozenset({"PERSON", "person noun", "he", "ORG", "organisation noun", "GPE", "thing PROPN"})
#: Relations of what only names a document: "its own second report".
_WITHIN_NAME = frozenset({"det", "poss", "amod", "compound", "nummod", "punct"})
#: Pronouns of writer and reader, and auxiliaries of what they ought to do.
_READERS = frozenset({"we", "you", "one"})
_DUTY = frozenset({"must", "should", "ought", "shall"})
#: Kinds of clause that tell what is said, see complement_kind, and words for how much somebody says.
_TOLD = frozenset({"that", "ought", "whether"})
_AMOUNTS = frozenset({"much", "little", "lot", "plenty", "lots"})


def is_act(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether the cue tells what somebody does, likes or notices, and nothing in quotation marks is said."""
    if candidate.content & para.quoted_mask:
        return False
    return any(rejects(para, candidate, cues) for _, rejects in _ACTS)


def _children(para: ParsedParagraph, cue: int, *relations: str) -> list[int]:
    return [child for child in para.children[cue] if para.dep[child] in relations]


def _has_clause(para: ParsedParagraph, cue: int) -> bool:
    return any(para.dep[child] in _CLAUSES for child in para.children[cue])


def _has_word(para: ParsedParagraph, cue: int, words: frozenset[str]) -> bool:
    return any(para.word[child] in words for child in para.children[cue] if child < cue)


def _is_win(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "The visitors claimed a point", "The storm claimed two lives"; "claimed responsibility" is said."""
    cue = candidate.cue
    objects = _children(para, cue, "dobj")
    if para.lemma[cue] not in cues.words.winning or not objects or _has_clause(para, cue):
        return False
    return all(para.lemma[noun] in cues.words.winnings for noun in objects)


def _is_reaction(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "The hosts answered with a late goal": what follows "with" is done."""
    cue = candidate.cue
    if para.lemma[cue] not in cues.words.answering or _has_clause(para, cue):
        return False
    nouns = (
        noun for child in _children(para, cue, "prep") if para.word[child] == "with" for noun in para.children[child]
    )
    told = cues.words.proposition_nouns | cues.words.requests | cues.people.documents
    return any(para.lemma[noun] not in told for noun in nouns)


def _is_story(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "The novel describes a town where nobody speaks": what happens in a story is nobody's claim."""
    source = candidate.source
    return (
        source is not None and para.lemma[source] in cues.words.stories and not _children(para, candidate.cue, "ccomp")
    )


def _is_reason(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "That explains why she left": a thing is the reason, and says nothing; "it explains that" is said by a text."""
    source = candidate.source
    if source is None or para.lemma[candidate.cue] not in cues.words.reasoning:
        return False
    kind = source_type(para, source, cues.people)
    tells = any(para.word[para.left_edge[child]] == "that" for child in _children(para, candidate.cue, "ccomp"))
    return not tells and (kind == "it" or kind.startswith("thing"))


def _is_unknown(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "How many clerks agreed to go": an open question within a sentence; "had a job to do": nothing is told."""
    content, source = candidate.content, candidate.source_mask
    words = [para.word[token] for token in range(content.bit_length()) if content >> token & 1]
    return words == ["to", "do"] or bool(source and para.word[first_token(source)] == "how")


def _is_taste(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "She likes to cook", "he enjoys walking"; "would like to cook" is a wish."""
    cue = candidate.cue
    is_taste = para.lemma[cue] in cues.words.tastes and not _has_word(para, cue, _WISHING)
    return is_taste and bool(_children(para, cue, "xcomp")) and not _children(para, cue, "ccomp", "neg")


def _is_glance(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Her husband noticed that the door was open": what somebody sees."""
    return para.lemma[candidate.cue] in cues.words.noticing and not _has_word(para, candidate.cue, frozenset({"not"}))


def _is_appointment(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Kern was nominated to lead the inquiry": somebody gets a post, with an infinitive for what."""
    cue = candidate.cue
    is_given = _children(para, cue, "dobj", "nsubjpass", "auxpass") and _children(para, cue, "xcomp")
    return para.lemma[cue] in cues.words.appointing and bool(is_given) and not _children(para, cue, "ccomp")


def _is_supposed(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "If the firm agrees to talk, ...", "Voters will decide whether ...": nobody has said or decided it."""
    cue = candidate.cue
    has_mark = any(
        para.dep[child] == "mark" and para.word[child] in _CONDITIONS and child < cue for child in para.children[cue]
    )
    if has_mark and para.dep[cue] == "advcl":
        return cues.stance((para.lemma[cue],), complement_kind(para, cue)) == "promises"
    return para.lemma[cue] in cues.words.deciding and _has_word(para, cue, _FUTURE)


def _is_anonymous(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "A teacher who asked to remain anonymous", "asked for anonymity": how the newsroom came by it."""
    content = candidate.content
    if content.bit_count() > _MOST_WORDS or cues.stance((para.lemma[candidate.cue],)) not in _WISHES:
        return False
    tokens = [token for token in range(content.bit_length()) if content >> token & 1]
    is_unnamed = [para.word[token] for token in tokens[:2]] == ["to", "be"]  # "who did not want to be named"
    is_unnamed = is_unnamed and len(tokens) == _WORDS_OF_UNNAMED and para.lemma[tokens[-1]] in cues.words.identifying
    return is_unnamed or any(para.lemma[token] in cues.words.anonymity for token in tokens)


def _is_posting(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Tweeted a picture of her dog", "shared a link to the story": what is shown, and nothing that is said."""
    cue = candidate.cue
    if para.lemma[cue] not in cues.words.posting or _has_clause(para, cue):
        return False
    shown = cues.words.pictures | cues.words.posted | cues.words.stories
    return any(para.lemma[noun] in shown for noun in _children(para, cue, "dobj", "nsubjpass"))


def _is_addressee(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Apologised to the family", "spoke to police": to whom, and nothing of what."""
    content, cue = candidate.content, candidate.cue
    first = first_token(content)
    speaks = para.lemma[cue] in cues.words.speaking_to | cues.words.reported
    if not speaks or para.word[first] != "to" or para.dep[first] != "prep":
        return False
    if content & ~para.subtree[first] or _has_clause(para, cue):
        return False
    return any(_is_somebody(para, noun, cues) for noun in _children(para, first, "pobj"))


def _is_somebody(para: ParsedParagraph, noun: int, cues: Cues) -> bool:
    kind = source_type(para, noun, cues.people)
    is_paper = para.lemma[noun] in cues.people.media_nouns
    return is_paper or (kind != "document" and kind != "it" and not kind.startswith("thing"))


def _is_document(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Released its own report on Monday", "filed a lawsuit": what it says remains untold."""
    cue = candidate.cue
    if para.lemma[cue] not in cues.words.deeds | cues.words.posting or _has_clause(para, cue):
        return False
    return any(
        para.lemma[noun] in cues.people.documents
        and not candidate.content & ~para.subtree[noun]
        and all(para.dep[child] in _WITHIN_NAME for child in para.children[noun])
        for noun in _children(para, cue, "dobj")
    )


def _is_pro_form(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Engineers think so", "hopes not", "wants to do so": the content stands for what is said elsewhere."""
    content = candidate.content
    words = [para.word[token] for token in range(content.bit_length()) if content >> token & 1]
    return (len(words) == 1 and words[0] in _PRO_FORMS) or (words[:2] == ["to", "do"] and words[2:] in _PRO_OBJECTS)


def _is_lesson(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "We must remember that rivers flood", "You may have heard that": whoever writes speaks to the reader."""
    source = candidate.source
    if source is None or para.word[source] not in _READERS or para.quotation_of[source] >= 0:
        return False
    if para.word[source] == "one" and _has_word(para, candidate.cue, _WISHING):  # "as one would expect to see"
        return True
    return para.word[source] == "you" or _has_word(para, candidate.cue, _DUTY)


def _tells_which(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Those who want to leave": without a comma the clause tells only which people are meant."""
    cue = candidate.cue
    opens = para.left_edge[cue]
    is_relative = para.dep[cue] == "relcl" and para.tag[opens] == _RELATIVE and para.word[opens - 1] != ","
    return is_relative and para.lemma[cue] in _WANTING and bool(_children(para, cue, "xcomp"))


def _is_manner(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Was quick to react", "is slow to learn": how somebody does something."""
    return para.lemma[candidate.cue] in _MANNERS and bool(_children(para, candidate.cue, "xcomp"))


def _is_label(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Photo: A crane lifts the beam", "Exclusive: Mill to close": nobody's name stands before the colon."""
    cue, mask = candidate.cue, candidate.source_mask
    words = [para.word[token] for token in range(mask.bit_length()) if mask >> token & 1]
    return para.word[cue] == ":" and " ".join(words) in cues.words.teasers | cues.words.labels


def _is_display(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "The town showed gains of 4 per cent": what somebody has, not says; records and figures do tell."""
    cue, source = candidate.cue, candidate.source
    shows = para.lemma[cue] == "show" and source is not None and bool(_children(para, cue, "dobj"))
    return shows and not _has_clause(para, cue) and source_type(para, source, cues.people) in _HOLDERS


def _is_handing_over(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "She presented it to the club", "the plan was presented to a meeting": who got what."""
    cue, content = candidate.cue, candidate.content
    if para.lemma[cue] != "present" or _has_clause(para, cue):
        return False
    receivers = para.mask_of_subtrees([child for child in para.children[cue] if para.word[child] == "to"])
    return para.pos[first_token(content)] == "PRON" or not content & ~receivers


def _is_increase(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Raised the fares, adding to the doubts of riders": more of something, and nothing that is said."""
    cue = candidate.cue
    adds_to = para.lemma[cue] == "add" and any(para.word[child] == "to" for child in para.children[cue])
    return adds_to and not _has_clause(para, cue) and not _children(para, cue, "dobj")


def _uses(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Has used methods that critics call harsh": what others say of what somebody uses."""
    cue = candidate.cue
    relatives = [child for noun in _children(para, cue, "dobj") for child in para.children[noun]]
    told = para.mask_of_subtrees([child for child in relatives if para.dep[child] in ("relcl", "acl", "ccomp")])
    clauses = para.mask_of_subtrees(_children(para, cue, "ccomp"))
    return para.lemma[cue] == "use" and not candidate.content & ~(told | clauses)


def _is_untold(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Said something that many had heard", "called it quits": nothing is told, or it is done."""
    objects = _children(para, candidate.cue, "dobj", "oprd", "ccomp")
    words = [para.word[noun] for noun in objects if noun > candidate.cue]
    is_idiom = para.lemma[candidate.cue] == "call" and not _IDIOMS.isdisjoint(words)
    is_vague = len(words) == 1 and words[0] in _VAGUE and bool(candidate.content >> objects[-1] & 1)
    return is_idiom or (is_vague and para.word[candidate.cue] in cues.words.speaking_forms)


def _is_unlisted(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Laid a wreath at the gate", "explored how bees see": a verb that no list of cues has, without a that-clause."""
    cue = candidate.cue
    head = content_head(para, candidate.content)
    is_clause = head is not None and any(para.dep[child] in SUBJECTS for child in para.children[head])
    words, lemma = cues.words, para.lemma[cue]
    listed = (words.refusals, words.voicing, words.directing, words.judging, words.adding)
    is_known = any(lemma in known for known in listed)
    is_known = is_known or cues.added_cue_at(cue, para.lemma, para.children) is not None
    is_judged = any(para.dep[child] == "oprd" or para.word[child] == "as" for child in para.children[cue])
    if para.pos[cue] != "VERB" or is_known or is_clause or is_judged:  # "made it clear that it would rain"
        return False
    complement, companions = complement_kind(para, cue), [*companion_lemmas(para, cue)]
    has_pair = any(f"{lemma} {companion}" in cues.stances for companion in companions)
    prepositions = [para.lemma[child] for child in _children(para, cue, "prep")]
    lemmas = (lemma, *(companion for companion in companions if companion not in prepositions))
    return complement not in _TOLD and not has_pair and cues.stance(lemmas, complement) == "other"


def _is_appearance(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "We just show up to sing": with a particle and no clause a verb of showing says nothing."""
    cue = candidate.cue
    has_particle = bool(_children(para, cue, "prt"))
    return has_particle and para.lemma[cue] in cues.words.finding and complement_kind(para, cue) not in _TOLD


def _is_meaning(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Four stars mean that it was good", "I mean look at it": what a thing stands for, and a word to fill a pause."""
    is_plan = complement_kind(para, candidate.cue) in ("to", "object to")
    return para.lemma[candidate.cue] in cues.words.signifying and not is_plan


def _is_unnamed(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "The buyer wasn't identified": the newsroom does not know who it is."""
    cue = candidate.cue
    is_passive = bool(_children(para, cue, "nsubjpass")) and bool(_children(para, cue, "neg"))
    return (
        para.lemma[cue] in cues.words.identifying and is_passive and not _children(para, cue, "prep", "oprd", "agent")
    )


def _is_untold_amount(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "She has much to say about bees", "little to say": how much somebody says."""
    cue, above = candidate.cue, para.head[candidate.cue]
    is_infinitive = any(para.word[child] == "to" for child in _children(para, cue, "aux"))
    return is_infinitive and para.lemma[cue] in cues.words.reported and para.word[above] in _AMOUNTS and above < cue


def _is_motion(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "She went to the police": a verb of going that stands beside speech without telling any."""
    cue = candidate.cue
    goes_on = any(para.word[child] == "on" for child in para.children[cue])  # "went on to suggest that"
    return para.lemma[cue] in cues.words.going and not goes_on and not _has_clause(para, cue)


def _is_credited(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "The article was contributed by the Larn Gazette": whose it is."""
    words, cue = cues.words, candidate.cue
    subjects = _children(para, cue, "nsubjpass")
    is_story = any(para.lemma[noun] in words.stories | words.posted for noun in subjects)
    return para.lemma[cue] in words.crediting and is_story and not _has_clause(para, cue)


def _is_found(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "Nails found in the barn are rusty": a participle behind what is found, which finds nothing itself."""
    cue, source = candidate.cue, candidate.source
    is_participle = para.dep[cue] == "acl" and para.tag[cue] == "VBN" and para.lemma[cue] in cues.words.perceiving
    return is_participle and source is not None and source == para.head[cue]


#: By name what makes an attribution an act.
_ACTS: tuple[tuple[str, Callable[[ParsedParagraph, Candidate, Cues], bool]], ...] = (
    ("win", _is_win),
    ("reaction", _is_reaction),
    ("story", _is_story),
    ("reason", _is_reason),
    ("unknown", _is_unknown),
    ("taste", _is_taste),
    ("glance", _is_glance),
    ("appointment", _is_appointment),
    ("supposed", _is_supposed),
    ("anonymous", _is_anonymous),
    ("posting", _is_posting),
    ("addressee", _is_addressee),
    ("document", _is_document),
    ("pro-form", _is_pro_form),
    ("lesson", _is_lesson),
    ("which people", _tells_which),
    ("manner", _is_manner),
    ("label", _is_label),
    ("untold", _is_untold),
    ("display", _is_display),
    ("handing over", _is_handing_over),
    ("increase", _is_increase),
    ("use", _uses),
    ("unlisted", _is_unlisted),
    ("appearance", _is_appearance),
    ("meaning", _is_meaning),
    ("unnamed", _is_unnamed),
    ("amount", _is_untold_amount),
    ("motion", _is_motion),
    ("found", _is_found),
    ("credited", _is_credited),
)
