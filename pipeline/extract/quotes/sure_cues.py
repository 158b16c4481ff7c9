"""Cues that say by their form what they are, however seldom the models have seen the word: "rumours that ...".

The models still choose source and content; here is only told which tokens they must look at.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.quotes.absolutes import absolute_subject
from pipeline.extract.quotes.gerunds import joined_deed
from pipeline.extract.quotes.impersonal import impersonal_clause
from pipeline.extract.quotes.judgments import judged_by_agent
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token
from pipeline.extract.quotes.participles import adds_clause
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Relations of the clause that tells what a noun for a proposition is about: "rumours that the mill had burnt".
_NOUN_CLAUSES = frozenset({"acl", "ccomp", "relcl"})
#: Relations of what a verb needs to be a whole clause, and of what a participle of speaking tells.
_COMPLEMENTS = frozenset({"dobj", "attr", "acomp", "ccomp", "xcomp", "nsubjpass"})
_OBJECTS = frozenset({"ccomp", "xcomp", "dobj", "oprd"})
#: Prepositions behind such a participle of what it tells: "warning of ice", not "a storm warning for the coast".
_BEFORE_TOPICS = frozenset({"of", "about", "against", "to", "on", "over", "as"})
#: Relations of an infinitive that belongs to a noun, as the parser has them.
_INFINITIVES = frozenset({"acl", "advcl", "relcl"})
#: The same of one that the parser hangs on the verb instead: "announced plans on Monday to close".
_LOOSE_INFINITIVES = frozenset({"advcl", "xcomp"})
#: The verb of "has yet to confirm", and the noun of "in her words".
_HAVE, _WORD = "have", "word"
#: What fears and rumours do, besides what they are.
_MOUNTING = frozenset({"be", "grow", "mount", "spread", "persist", "rise", "swirl"})
#: Prepositions before a deed that somebody is praised or blamed for.
BEFORE_DEEDS = frozenset({"of", "with", "for"})
#: Prepositions between a noun for what is said and whoever says it: "charges by regulators that ...".
_BEFORE_OWNERS = frozenset({"by", "from"})
#: Tags of words that open a relative clause.
_RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
#: Tags of verb forms that are not finite.
_NON_FINITE = frozenset({"VB", "VBG", "VBN"})


def find_sure_cues(para: ParsedParagraph, words: ReportingWords) -> Iterator[int]:
    """Tokens outside quotation marks that head a cue for certain, in text order; ``words``: of models/cues.toml."""
    for token, lemma in enumerate(para.lemma):
        if para.quotation_of[token] >= 0:
            continue
        if para.pos[token] in VERBAL and (para.word[token] in words.speaking_forms or lemma in words.empty_objects):
            is_sure = _is_parenthesis(para, token) or (lemma in words.putting and _puts_figure(para, token, words))
        else:
            is_sure = (
                (lemma in words.proposition_nouns and (_tells_clause(para, token) or _is_clause(para, token)))
                or (lemma in words.putting and _puts_figure(para, token, words))
                or (lemma in words.requests and _is_somebodys_request(para, token, words))
                or (lemma in words.campaigns and _asks_of_somebody(para, token))
                or (lemma in words.judging and _judges_deed(para, token))
                or (lemma == _HAVE and _is_still_open(para, token, words))
                or (lemma in words.reported and _says_phrase(para, token))
                or (lemma in words.opinions and phrase_of_opinion(para, token) is not None)
                or (lemma in words.accounts and phrase_of_account(para, token) is not None)
                or (para.word[token] in words.reporting_participles and _has_own_subject(para, token, words))
                or seems_to_tell(para, token, words)
                or judged_by_agent(para, token, words) is not None
            )
        by_form = impersonal_clause(para, token, words) or joined_deed(para, token, words) or adds_clause(para, token)
        if is_sure or by_form or _deed_behind(para, token, words) is not None:
            yield token


def is_owned_proposition(para: ParsedParagraph, noun: int, words: ReportingWords) -> bool:
    """Whether a noun tells by name whose it is, and what: "the minister's admission that he had lied"."""
    lemma = para.lemma[noun]
    if lemma not in words.proposition_nouns and lemma not in words.requests:
        return False
    owners = (child for child in para.children[noun] if para.dep[child] == "poss")
    if not any(para.pos[owner] in ("NOUN", "PROPN") for owner in owners):
        return False
    tells = lemma in words.proposition_nouns and _tells_clause(para, noun)
    wants = lemma in words.requests and any(
        child > noun and _is_infinitive(para, child) for child in para.children[noun]
    )
    return tells or wants


def phrase_of_opinion(para: ParsedParagraph, noun: int) -> int | None:
    """The "of" in "In the view of the pilots", behind a noun such as "view"; None for other phrases."""
    if para.word[para.head[noun]] != "in" or para.dep[noun] != "pobj":
        return None
    return next((child for child in para.children[noun] if para.word[child] == "of" and para.children[child]), None)


def phrase_of_account(para: ParsedParagraph, noun: int) -> int | None:
    """Whoever counts or speaks in "By the pilots' own count" or "In her words", before such a noun; else None.

    "Words" open their sentence: "told it in his own words" and "the pier is, in his words, a wreck" pass on none of it.
    """
    opens = para.head[noun]
    is_worded = para.lemma[noun] == _WORD
    if para.word[opens] != ("in" if is_worded else "by") or para.dep[noun] != "pobj" or para.dep[opens] != "prep":
        return None
    low = para.sentence_bounds(opens)[0]
    if is_worded and para.mask_between(low, opens):
        return None
    return next((child for child in para.children[noun] if para.dep[child] == "poss"), None)


def holding_verb(para: ParsedParagraph, noun: int, words: ReportingWords) -> int | None:
    """The verb by whose subject a noun is held: "took" for "view", "is" for "of the opinion"; None for others."""
    above = para.head[noun]
    if para.dep[noun] == "dobj" and para.lemma[above] in words.holding:
        return above
    is_of = para.dep[noun] == "pobj" and para.word[above] == "of"
    return para.head[above] if is_of and para.lemma[para.head[above]] == "be" else None


def _is_still_open(para: ParsedParagraph, verb: int, words: ReportingWords) -> bool:
    """ "The firm has yet to confirm the sale": it does not say so."""
    children = para.children[verb]
    says = any(para.dep[child] == "xcomp" and para.lemma[child] in words.reported for child in children)
    return says and any(para.word[child] == "yet" for child in children)


def _says_phrase(para: ParsedParagraph, verb: int) -> bool:
    """ "The mayor threatened “swift action” if they left": in somebody's words, which begin small."""
    children = para.children[verb]
    phrases = (
        child for child in children if para.dep[child] == "dobj" and child > verb and para.quotation_of[child] >= 0
    )
    has_subject = any(para.dep[child] == "nsubj" for child in children)
    is_phrase = any(para.shapes[para.quotation_of[child]] == "phrase" for child in phrases)
    return has_subject and is_phrase and para.pos[verb] in VERBAL


def _puts_figure(para: ParsedParagraph, verb: int, words: ReportingWords) -> bool:
    """ "The army put the number of dead at 14": it says so."""
    children = para.children[verb]
    has_figure = any(para.dep[child] == "dobj" and para.lemma[child] in words.figures for child in children)
    goals = (child for child in children if para.dep[child] == "prep" and para.word[child] in ("at", "to"))
    has_number = any(
        para.pos[below] in ("NUM", "SYM") or para.ent_type[below] for goal in goals for below in para.children[goal]
    )
    return has_figure and has_number and para.pos[verb] in VERBAL


def _judges_deed(para: ParsedParagraph, verb: int) -> bool:
    """ "Is credited with saving the yard", "suspected of having lied": what somebody is said to have done."""
    prepositions = (child for child in para.children[verb] if child > verb and para.word[child] in BEFORE_DEEDS)
    deeds = (below for child in prepositions for below in para.children[child])
    return para.pos[verb] in VERBAL and any(para.dep[below] == "pcomp" for below in deeds)


def _is_somebodys_request(para: ParsedParagraph, noun: int, words: ReportingWords) -> bool:
    """Whether a noun has both who wants something and what: "the union's call for a strike", "her pledge to stay",
    "gave the order to leave".
    """
    children = para.children[noun]
    is_owned = any(para.dep[child] == "poss" or para.word[child] in _BEFORE_OWNERS for child in children)
    is_owned = is_owned or holding_verb(para, noun, words) is not None
    is_wanted = any(
        child > noun and ((para.word[child] == "for" and para.dep[child] == "prep") or _is_infinitive(para, child))
        for child in children
    )
    return is_owned and is_wanted and para.pos[noun] == "NOUN"


def _asks_of_somebody(para: ParsedParagraph, noun: int) -> bool:
    """Whether "for" and a subject open an infinitive: "a campaign [for the council to reopen the baths]"."""
    for verb in para.children[noun] if para.pos[noun] == "NOUN" else ():
        if para.dep[verb] in _INFINITIVES and para.left_edge[verb] == noun + 1:
            words = [para.word[child] for child in para.children[verb] if child < verb]
            if words[:1] == ["for"] and "to" in words:
                return True
    return False


def _is_infinitive(para: ParsedParagraph, verb: int) -> bool:
    return para.dep[verb] in _NOUN_CLAUSES and any(para.tag[child] == "TO" for child in para.children[verb])


def _tells_clause(para: ParsedParagraph, noun: int) -> bool:
    """Whether a finite clause with a subject follows: "amid rumours [that] the mill had burnt".

    Without "that" the clause must lack nothing that the noun may stand for, as it does in "the promise she made".
    Whoever says so may stand between: "charges by regulators that it had lied".
    """
    owners = (child for child in para.children[noun] if para.word[child] in _BEFORE_OWNERS and child > noun)
    if any(_is_that_clause(para, verb) for by in owners for who in para.children[by] for verb in para.children[who]):
        return True
    for verb in para.children[noun]:
        if verb < noun or para.dep[verb] not in _NOUN_CLAUSES:
            continue
        opens = para.left_edge[verb]
        if para.tag[opens] in _RELATIVE_TAGS or lacks_subject(para, verb):
            continue  # "charges, which his lawyers say are false": they are what is told of
        has_mark = para.word[opens] == "that" and para.dep[opens] == "mark"
        is_told = has_mark or para.dep[verb] == "ccomp" or _is_complete(para, verb)
        if is_told and _is_finite(para, verb) and any(para.dep[child] in SUBJECTS for child in para.children[verb]):
            return True
    return False


def lacks_subject(para: ParsedParagraph, verb: int) -> bool:
    """Whether the clause that a verb tells has no subject: "charges that his lawyers say [are false]"."""
    clauses = (child for child in para.children[verb] if para.dep[child] == "ccomp" and child > verb)
    return any(
        _is_finite(para, clause) and not any(para.dep[child] in SUBJECTS for child in para.children[clause])
        for clause in clauses
    )


def _is_that_clause(para: ParsedParagraph, verb: int) -> bool:
    """Whether "that" opens a clause with a subject, as no relative pronoun: "that its traders had lied"."""
    opens = para.left_edge[verb]
    has_mark = para.word[opens] == "that" and para.dep[opens] == "mark"
    return has_mark and any(para.dep[child] in SUBJECTS for child in para.children[verb])


def _is_clause(para: ParsedParagraph, noun: int) -> bool:
    """ "The feeling in town is that the mill will shut", "Concern is growing that the dam could burst"."""
    verb = para.head[noun]
    if para.lemma[verb] not in _MOUNTING or para.dep[noun] != "nsubj":
        return False
    clauses = (child for child in para.children[verb] if para.dep[child] == "ccomp" and child > verb)
    return any(para.word[para.left_edge[child]] == "that" for child in clauses)


def _is_complete(para: ParsedParagraph, verb: int) -> bool:
    """Whether a clause without a relative pronoun has its object, or a verb in the passive, which needs none."""
    deps = {para.dep[child]: child for child in para.children[verb]}
    has_own = any(para.tag[token] in _RELATIVE_TAGS for token in para.children[verb])
    is_owned = any(
        para.dep[child] == "poss" for child in para.children[para.head[verb]]
    )  # "after his conviction it ..."
    is_whole = not _COMPLEMENTS.isdisjoint(deps) or _is_reported_motion(para, verb)
    return not has_own and not is_owned and is_whole and any(dep in SUBJECTS for dep in deps)


def _is_reported_motion(para: ParsedParagraph, verb: int) -> bool:
    """ "Reports Norway was looking for a buyer": the verb needs no object, and its noun has no article.

    It has an auxiliary, a noun as its subject and a prepositional phrase, unlike "claims the firm made".
    """
    noun, children = para.head[verb], para.children[verb]
    if para.tag[noun] != "NNS" or any(para.dep[child] == "det" for child in para.children[noun]):
        return False
    has_noun = any(para.dep[child] == "nsubj" and para.pos[child] in ("NOUN", "PROPN") for child in children)
    has_phrase = any(para.dep[child] == "prep" and para.children[child] for child in children)
    return has_noun and has_phrase and any(para.dep[child] == "aux" for child in children)


def _is_finite(para: ParsedParagraph, verb: int) -> bool:
    helpers = any(para.dep[child] in ("aux", "auxpass") for child in para.children[verb])
    return helpers or para.tag[verb] not in _NON_FINITE


def told_by_form(para: ParsedParagraph, cue: int, words: ReportingWords) -> int:
    """The mask of what a sure cue tells where its form says that, too; 0 for others.

    That is the clause around a parenthesis ("as she put it"), the one that becomes known, what is done with others, and
    what is planned or offered.
    """
    if _is_parenthesis(para, cue):
        above = para.head[cue]
        return para.subtree[above] & ~para.subtree[cue]
    deed = _deed_behind(para, cue, words)
    if deed is not None:
        return para.subtree[deed]
    clause = impersonal_clause(para, cue, words)
    before = clause if clause and first_token(clause) < cue else 0
    return before or joined_deed(para, cue, words)


def _deed_behind(para: ParsedParagraph, verb: int, words: ReportingWords) -> int | None:
    """What is planned or offered by a noun that hangs on a verb of telling; None for other verbs.

    The "close" of "announced plans on Monday to close the mill", which the parser hangs on the verb since something
    stands between, and the "meet" of "responded with an offer to meet".
    """
    if para.lemma[verb] in words.answering:
        nouns = (noun for child in para.children[verb] if para.word[child] == "with" for noun in para.children[child])
        offers = (noun for noun in nouns if para.lemma[noun] in words.requests)
        return next((deed for noun in offers for deed in para.children[noun] if _is_infinitive(para, deed)), None)
    if para.lemma[verb] not in words.announcing:
        return None
    children = para.children[verb]
    plan = next((child for child in children if para.dep[child] == "dobj" and para.lemma[child] in words.plans), None)
    if plan is None or plan < verb:
        return None
    deeds = (child for child in children if child > plan and para.dep[child] in _LOOSE_INFINITIVES)
    opening = ((deed, para.left_edge[deed]) for deed in deeds)
    return next((deed for deed, opens in opening if para.tag[opens] == "TO" and opens > plan + 1), None)


def seems_to_tell(para: ParsedParagraph, verb: int, words: ReportingWords) -> bool:
    """ "The coach appeared to suggest that ...": somebody says so, though it is not quite clear."""
    seeming = para.head[verb]
    if para.dep[verb] != "xcomp" or para.lemma[seeming] not in words.impressions or para.quotation_of[seeming] >= 0:
        return False
    is_telling = para.lemma[verb] in words.reported | words.finding
    has_clause = any(para.dep[child] == "ccomp" and child > verb for child in para.children[verb])
    return is_telling and has_clause and any(para.dep[child] in SUBJECTS for child in para.children[seeming])


def _is_parenthesis(para: ParsedParagraph, verb: int) -> bool:
    """ "As Brandt wrote in May, ...", "as she put it", "as reported by the Gazette": it said the sentence around it."""
    if para.dep[verb] != "advcl":
        return False
    children = para.children[verb]
    opens = para.word[para.left_edge[verb]] == "as" and para.left_edge[verb] in children
    has_object = any(para.dep[child] in ("dobj", "ccomp", "xcomp") and para.word[child] != "it" for child in children)
    is_passive = para.tag[verb] == "VBN" and para.left_edge[verb] == verb - 1
    tellers = ("agent",) if is_passive else SUBJECTS
    return opens and not has_object and any(para.dep[child] in tellers for child in children)


def _has_own_subject(para: ParsedParagraph, participle: int, words: ReportingWords) -> bool:
    """ "with some saying that they had slept in their coats": it has a subject and an object or clause of its own.

    Verbs of showing have a record before them: not "with flags indicating where the mines lay".
    """
    after = [child for child in para.children[participle] if child > participle]
    tells = any(
        para.word[child] in _BEFORE_TOPICS if para.dep[child] == "prep" else para.dep[child] in _OBJECTS
        for child in after
    )
    has_particle = any(para.dep[child] == "prt" for child in after)  # "with people calling out names"
    subject = absolute_subject(para, participle)
    if not tells or has_particle or subject is None:
        return False
    shows = para.lemma[participle] in words.finding - words.reported
    return not shows or para.lemma[subject[1]] in words.records
