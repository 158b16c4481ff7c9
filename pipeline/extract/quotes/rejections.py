"""What the models may take for an attribution though nobody says anything: impressions, instructions, additions."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pipeline.extract.quotes.acts import is_act
from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.circumstances import is_circumstance
from pipeline.extract.quotes.complements import companion_lemmas, complement_kind
from pipeline.extract.quotes.dealings import is_dealing
from pipeline.extract.quotes.findings import is_finding, is_outlook
from pipeline.extract.quotes.meaning import content_head
from pipeline.extract.quotes.misreadings import is_misreading
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token
from pipeline.extract.quotes.sure_cues import BEFORE_DEEDS
from pipeline.extract.quotes.wills import lacks_will
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.reporting_words import ReportingWords

#: Tag of a bare verb, and relations in which one is an instruction when nothing opens its clause.
_BARE_TAG = "VB"
_MAIN = frozenset({"ROOT", "conj"})
#: Relations of what makes a proposition of a noun ("a plan to leave", "the claim that"), and of an object with a cue.
_PROPOSITIONAL = frozenset({"ccomp", "xcomp", "acl", "pcomp", "advcl"})
_OBJECTS = frozenset({"dobj", "pobj", "nsubjpass"})
#: Entity types of people and organisations.
_PARTIES = frozenset({"PERSON", "ORG", "NORP"})
#: Stances of acts whose object may be a person: "called for a new coach", "wants a lawyer".
_WISHING = frozenset({"demands", "asks", "intends", "promises"})
#: Stances of acts that say nothing with a bare object which is known already: "announced the news".
_TELLING = frozenset({"states", "confirms", "believes", "other"})
#: What opens a noun phrase for something known, and words of the longest that says no more than that.
_KNOWN = frozenset({"the", "that", "this", "these", "those", "his", "her", "its", "their"})
_MOST_WORDS_OF_KNOWN = 3
#: Clauses that are the complement of a verb: "let us say".
_COMPLEMENTS = frozenset({"ccomp", "xcomp"})
#: Whom a writer calls on: "let's", "let us".
_OURSELVES = frozenset({"'s", "’s", "us"})
#: Verbs with which signs are seen: "shows no sign of ending".
_SHOWING = frozenset({"show", "see", "give"})
#: Quoted words, at most, that only name a part of what is done: 'led a drive that brought "play" to the trade'.
_MOST_OF_NAME = 2
#: Prepositions before what somebody is taken for.
_BEFORE_JUDGMENT = frozenset({"as", "out", "beyond", "beneath"})
#: Prepositions of the place of a picture: "is seen in the East Hall".
_BEFORE_PLACE = frozenset({"in", "on", "at", "near", "outside", "with", "during", "before"})


class _Case(NamedTuple):
    """An attribution of the paragraph, with the word lists that decide whether it is one."""

    para: ParsedParagraph
    candidate: Candidate
    cues: Cues

    @property
    def words(self) -> ReportingWords:
        return self.cues.words

    @property
    def cue(self) -> int:
        return self.candidate.cue

    @property
    def lemma(self) -> str:
        return self.para.lemma[self.candidate.cue]

    @property
    def stance(self) -> str:
        """What the source does by the cue: "demands"."""
        lemmas = (self.lemma, *companion_lemmas(self.para, self.cue))
        return self.cues.stance(lemmas, complement_kind(self.para, self.cue))

    @property
    def bare_object(self) -> int | None:
        """The noun whose phrase the content is; None where words are quoted or a clause belongs to it or the cue."""
        para, content = self.para, self.candidate.content
        head = content_head(para, content)
        if head is None or content & (para.quoted_mask | ~para.subtree[head]) or para.dep[head] not in _OBJECTS:
            return None
        if para.pos[head] in VERBAL or any(para.dep[child] in _PROPOSITIONAL for child in para.children[head]):
            return None
        return None if self.has_child("ccomp", "xcomp", "oprd", "parataxis") else head

    def has_child(self, *relations: str) -> bool:
        """Whether anything hangs on the cue in one of these relations."""
        return any(self.para.dep[child] in relations for child in self.para.children[self.cue])


def _is_impression(case: _Case) -> bool:
    """ "The plan seems sound", "It appears that nobody came": the article's own voice."""
    return case.lemma in case.words.impressions and not case.candidate.content & case.para.quoted_mask


def _is_instruction(case: _Case) -> bool:
    """ "Please note that the pool is shut": a bare verb without a subject that opens its sentence."""
    para, cue = case.para, case.cue
    if para.tag[cue] != _BARE_TAG or para.dep[cue] not in _MAIN or para.quotation_of[cue] >= 0:
        return False
    if case.candidate.source is not None or case.has_child("aux", *SUBJECTS):
        return False
    start = para.sentence_bounds(cue)[0]
    return not any(para.pos[token] in VERBAL for token in range(start, cue))


def _is_exhortation(case: _Case) -> bool:
    """ "Let's call the plan a tax", "Let us say that it failed": whoever writes calls on readers."""
    para, verb = case.para, case.cue
    while para.dep[verb] == "conj" and para.head[verb] != verb:  # "Let's be honest and admit that it failed"
        verb = para.head[verb]
    let = para.head[verb]
    if para.lemma[let] != "let" or para.dep[verb] not in _COMPLEMENTS:
        return False
    if any(para.dep[child] in SUBJECTS and child < let for child in para.children[let]):
        return False
    return any(para.word[token] in _OURSELVES for token in (*para.children[verb], *para.children[let]))


def _is_addition(case: _Case) -> bool:
    """ "The strike adds to the firm's troubles", "The line adds two stops": something grows, and nothing is said."""
    if case.lemma not in case.words.adding or case.candidate.content & case.para.quoted_mask:
        return False
    if case.has_child("ccomp", "parataxis"):
        return False
    first = first_token(case.candidate.content)
    to_something = case.para.word[first] == "to" and case.para.dep[first] == "prep"
    return to_something or any(
        case.para.dep[child] == "dobj" and first in (child, case.para.left_edge[child])
        for child in case.para.children[case.cue]
    )


def _is_about_sourcing(case: _Case) -> bool:
    """ "... said a clerk, who asked not to be named": how the newsroom came by it."""
    para, content = case.para, case.candidate.content
    tokens = [token for token in range(first_token(content), content.bit_length()) if content >> token & 1]
    opening = [para.word[token] for token in tokens[:3]]
    if any(para.word[token] == "because" for token in tokens[4:5]):  # "not to be named because talks go on"
        return False
    return opening == ["not", "to", "be"] and len(tokens) > 3 and para.lemma[tokens[3]] in case.words.identifying


def _is_topic(case: _Case) -> bool:
    """ "She addressed the strike at the mill": what was spoken about. "Did not address it" says so."""
    para, content = case.para, case.candidate.content
    if case.lemma not in case.words.topical or content & para.quoted_mask or case.has_child("neg"):
        return False
    objects = [child for child in para.children[case.cue] if para.dep[child] == "dobj" and content >> child & 1]
    return bool(objects) and not any(para.lemma[noun] in case.words.proposition_nouns for noun in objects)


def _is_platform(case: _Case) -> bool:
    """ "She spoke of it on a morning show": where something was said, not on what."""
    para, content = case.para, case.candidate.content
    first = first_token(content)
    opening = para.children[first] if para.word[first] == "on" else [first, para.head[first]]
    return not content & para.quoted_mask and any(
        para.dep[noun] == "pobj" and para.word[para.head[noun]] == "on" and para.lemma[noun] in case.words.platforms
        for noun in opening
    )


def _is_somebody(case: _Case) -> bool:
    """ "Announced members of her team", "hit out at the Larn Gazette", "citing a diplomat": a person is no content."""
    para, head = case.para, case.bare_object
    if head is None or case.stance in _WISHING or _has_charge(case, head):
        return False
    people, lemma = case.cues.people, para.lemma[head]
    is_party = para.ent_type[head] in _PARTIES and para.pos[head] == "PROPN"
    counts = any(para.word[child] == "of" for child in para.children[head])  # "a couple of reasons"
    is_person = lemma in people.people or lemma in people.titles or (lemma in people.crowds and not counts)
    is_person = is_person or (case.lemma in case.words.addressing and people.is_person(lemma))
    is_person = is_person and all(para.word[child] != "more" for child in para.children[head])  # "fear more victims"
    return is_party or (para.pos[head] == "NOUN" and is_person)


def _has_charge(case: _Case, head: int) -> bool:
    """Whether what somebody is accused or praised for follows: "accused the clerk of theft"."""
    if case.lemma not in case.words.accusing | case.words.judging:
        return False
    before = (
        BEFORE_DEEDS if case.lemma in case.words.accusing else BEFORE_DEEDS - {"of"}
    )  # "praised his chief of staff"
    after = (*case.para.children[case.cue], *case.para.children[head])
    return any(child > head and case.para.word[child] in before for child in after)


def _is_reference(case: _Case) -> bool:
    """ "Citing an online manifesto": where it was read."""
    head = case.bare_object
    return head is not None and case.lemma in case.words.quoting and case.para.lemma[head] in case.cues.people.documents


def _is_deed(case: _Case) -> bool:
    """ "Signed two orders", "called the police": something is done, not said; "called the police a shame" is said."""
    para, content = case.para, case.candidate.content
    quoted = (content & para.quoted_mask).bit_count()
    if case.lemma not in case.words.deeds or quoted > _MOST_OF_NAME or not content or _is_judgment(case):
        return False
    first = first_token(content)
    is_phrase = case.cues.added_cue_at(case.cue, para.lemma, para.children) is not None  # "played down the likelihood"
    if is_phrase or para.quotation_of[first] >= 0:
        return False
    objects = (child for child in para.children[case.cue] if para.dep[child] == "dobj" and child > case.cue)
    return any(
        para.subtree[noun] >> first & 1
        if para.lemma[noun] in case.words.enactments
        else para.left_edge[noun] <= first <= noun and not _is_proposition(case, noun) and not _is_told(case, noun)
        for noun in objects
    )


def _is_judgment(case: _Case) -> bool:
    """Whether what somebody is taken for follows: "called the police a shame", "cast him as a fool", "out of touch".

    With a verb of judging that may be a quotation: 'calling the vote in the capital "a warning"'.
    """
    para, content = case.para, case.candidate.content
    after = (child for child in para.children[case.cue] if child > case.cue)
    if any(para.dep[child] == "oprd" or para.word[child] in _BEFORE_JUDGMENT for child in after):
        return True
    ends = content.bit_length() - 1
    is_quoted = bool(content) and para.quotation_of[ends] >= 0 and para.quotation_of[first_token(content)] < 0
    return is_quoted and f"{case.lemma} [judgment]" in case.cues.stances


def _is_told(case: _Case, noun: int) -> bool:
    """Whether a participle tells what something says: "issued a paper welcoming the plan"."""
    para = case.para
    return any(para.dep[child] == "acl" and para.tag[child] == "VBG" for child in para.children[noun])


def _is_proposition(case: _Case, noun: int) -> bool:
    """Whether a noun tells what somebody says: "published rumours that", "released a statement saying"."""
    lemma, people = case.para.lemma[noun], case.cues.people
    return lemma in case.words.proposition_nouns or lemma in people.documents


def _is_target(case: _Case) -> bool:
    """ "Took fire for her plan", "came under criticism for it": others say something, and of whoever is named."""
    para, words = case.para, case.words
    if case.lemma not in words.meeting or para.quoted_mask & case.candidate.content:
        return False
    objects = [child for child in para.children[case.cue] if para.dep[child] in ("dobj", "prep", "attr")]
    nouns = (noun for child in objects for noun in (child, *para.children[child]) if para.dep[noun] != "prep")
    return any(para.lemma[noun] in words.reactions for noun in nouns)


def _is_delivery(case: _Case) -> bool:
    """ "Read a poem to the council": what about remains untold, or is told by another verb."""
    para = case.para
    if case.lemma not in case.words.delivering or para.quoted_mask & case.candidate.content:
        return False
    objects = (child for child in para.children[case.cue] if para.dep[child] == "dobj" and child > case.cue)
    return any(para.lemma[noun] in case.words.deliveries for noun in objects) and not case.has_child("ccomp")


def _is_interrogation(case: _Case) -> bool:
    """ "Questioned the clerk about the fire": somebody is asked, and what remains untold."""
    para, people = case.para, case.cues.people
    if case.lemma not in case.words.interrogating or case.candidate.content & para.quoted_mask:
        return False
    objects = (child for child in para.children[case.cue] if para.dep[child] == "dobj")
    return any(para.ent_type[noun] == "PERSON" or people.is_person(para.lemma[noun]) for noun in objects)


def _is_sign(case: _Case) -> bool:
    """ "The strike shows no sign of ending": how things look to whoever writes."""
    para = case.para
    objects = (child for child in para.children[case.cue] if para.dep[child] == "dobj")
    shows = case.lemma in _SHOWING and any(para.lemma[noun] == "sign" for noun in objects)
    is_sign = case.lemma == "sign" and para.lemma[para.head[case.cue]] in _SHOWING
    return (shows or is_sign) and not case.candidate.content & para.quoted_mask


def _is_question(case: _Case) -> bool:
    """ "What do the owners want us to do?", "Does the firm expect us to pay?": the article asks, nobody says so."""
    para, cue = case.para, case.cue
    low, high = para.sentence_bounds(cue)
    if case.candidate.content & para.quoted_mask or para.word[high - 1] != "?" or para.quotation_of[high - 1] >= 0:
        return False
    helpers = [child for child in para.children[cue] if para.dep[child] in ("aux", "auxpass")]
    subjects = [child for child in para.children[cue] if para.dep[child] in SUBJECTS]
    is_inverted = any(helper < subject < cue for helper in helpers for subject in subjects)
    return para.head[cue] == cue and is_inverted and para.mask_between(low, cue) & para.quoted_mask == 0


def _is_empty(case: _Case) -> bool:
    """'Many did. "Call this line tonight."': the verb stands for another, and a quotation is near by chance."""
    return case.lemma in case.words.empty_verbs and case.para.pos[case.cue] in VERBAL


def _is_naming(case: _Case) -> bool:
    """ "A clerk nicknamed 'Flash'", "named her as his deputy"; "named the victim as Ola Berg" tells who it was."""
    para = case.para
    phrases = (child for child in para.children[case.cue] if para.word[child] == "as" and child > case.cue)
    identifies = any(para.ent_type[name] == "PERSON" for phrase in phrases for name in para.children[phrase])
    return case.lemma in case.words.naming and not identifies and not case.has_child("ccomp", "xcomp", "parataxis")


def _is_title(case: _Case) -> bool:
    """'A story headlined "Brandt Walks To The Sea"': the title of something, which nobody says."""
    para, content = case.para, case.candidate.content
    rest = content & ~para.title_mask
    is_named = content and rest.bit_count() <= content.bit_count() // 2
    return bool(is_named) and para.word[case.cue] not in case.words.speaking_forms


def _is_sight(case: _Case) -> bool:
    """ "The video shows officers", "They found her in the barn": what is seen. "Found that" is a finding."""
    para, source = case.para, case.candidate.source
    if case.candidate.content & para.quoted_mask:
        return False
    if source is not None and para.lemma[source] in case.words.pictures and para.dep[source] in SUBJECTS:
        return para.pos[source] == "NOUN"
    head = content_head(para, case.candidate.content)
    if head is None or case.lemma not in case.words.perceiving or case.has_child("auxpass"):
        return False
    if is_finding(para, case.candidate, case.cues) or is_outlook(para, case.candidate, case.cues):
        return False
    is_object = case.bare_object is not None or (para.dep[head] == "ccomp" and para.tag[head] in ("VBG", "VBN", "VB"))
    if not is_object and not _is_judgment(case) and not case.has_child("acomp", "ccomp", "xcomp"):
        is_object = (
            para.dep[head] == "dobj" and para.head[head] == case.cue
        )  # "heard arguments on Monday about the mill"
    helpers = any(para.dep[child] in ("aux", "auxpass", "mark") for child in para.children[head])
    return is_object and not helpers


def _is_fame(case: _Case) -> bool:
    """ "Is known for his stance", "is seen in the hall": how the article itself describes somebody."""
    if not case.has_child("auxpass") or complement_kind(case.para, case.cue) == "that":
        return False
    if case.lemma in case.words.famous:
        return True
    places = (case.para.word[child] for child in case.para.children[case.cue] if case.para.dep[child] == "prep")
    return case.lemma in case.words.perceiving and not _BEFORE_PLACE.isdisjoint(places)


def _is_figurative(case: _Case) -> bool:
    """ "The law threatens to ruin the port", "The craft requires patience": a thing has no will."""
    return not _is_judgment(case) and lacks_will(case.para, case.candidate, case.cues)


def _is_known(case: _Case) -> bool:
    """ "Announced the news", "listed his achievements": what it is remains untold."""
    para, head, content = case.para, case.bare_object, case.candidate.content
    if head is None or para.dep[head] != "dobj" or case.has_child("neg"):
        return False
    phrase = content & ((1 << head + 1) - 1)
    if phrase.bit_count() > _MOST_WORDS_OF_KNOWN or (content != phrase and para.lemma[head] not in case.words.tidings):
        return False
    is_common = para.pos[head] == "NOUN" and para.word[first_token(content)] in _KNOWN
    return is_common and case.stance in _TELLING and not _is_proposition(case, head)


#: By name what makes an attribution none.
_REJECTIONS: tuple[tuple[str, Callable[[_Case], bool]], ...] = (
    ("impression", _is_impression),
    ("instruction", _is_instruction),
    ("exhortation", _is_exhortation),
    ("addition", _is_addition),
    ("sourcing", _is_about_sourcing),
    ("topic", _is_topic),
    ("platform", _is_platform),
    ("somebody", _is_somebody),
    ("reference", _is_reference),
    ("deed", _is_deed),
    ("target", _is_target),
    ("delivery", _is_delivery),
    ("interrogation", _is_interrogation),
    ("sign", _is_sign),
    ("question", _is_question),
    ("empty", _is_empty),
    ("naming", _is_naming),
    ("title", _is_title),
    ("sight", _is_sight),
    ("fame", _is_fame),
    ("figurative", _is_figurative),
    ("known", _is_known),
)


def is_no_claim(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether what the models took for an attribution is none, by cue, content and source; of ``cues`` the words count.

    One whose content is still to come in the next paragraph is left alone.
    """
    if not candidate.content:
        return False
    case = _Case(para, candidate, cues)
    is_rejected = any(rejects(case) for _, rejects in _REJECTIONS) or is_misreading(para, candidate)
    is_rejected = is_rejected or is_act(para, candidate, cues) or is_dealing(para, candidate, cues)
    return is_rejected or is_circumstance(para, candidate, cues)
