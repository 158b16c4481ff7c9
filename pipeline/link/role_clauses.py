"""What somebody is by what he does, where no title or apposition tells: "Ada Brandt, who chairs the harbour board"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS, char_span, run_around
from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.role_phrases import trimmed_role
from pipeline.records import Mention, Span

#: Relations of what tells more than what somebody does: clauses, and what is joined by "and".
_NO_PART = frozenset({"relcl", "acl", "advcl", "conj", "cc"})
#: Relations of clauses and afterthoughts, which are no part of an office.
_APART = frozenset({"relcl", "acl", "advcl", "appos"})
#: Relations of a name to the verb that tells of its office, and what stands between the two.
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
_BEFORE_OFFICE = frozenset({"as", "to"})
#: Between "works" and the employer.
_BEFORE_EMPLOYER = frozenset({"at", "for", "in"})
#: What the parser calls places: where somebody works tells nothing.
_PLACES = frozenset({"GPE", "LOC"})
#: What it calls times.
_TIMES = frozenset({"DATE", "TIME"})
#: Verbs before the one that tells what somebody does: "used to work", "helps manage".
_HELPING = frozenset({"use", "help"})
#: Tags of nouns.
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
#: Words of the longest such role: "headed the city's department of ports from 2001 to 2009" has eleven.
_MAX_WORDS = 16


def role_told_by_clause(mention: Mention, index: MentionIndex, people: People) -> Span | None:
    """The span of what a clause tells of somebody's work or office; None without one.

    "chairs the harbour board" in "Ada Brandt, who chairs the harbour board, said", "director of the museum" in "Brandt
    was named director of the museum", "nurse" in "Brandt works as a nurse".
    """
    name = index.name_head(mention)
    if name is None:
        return None
    clauses = [
        verb for verb in name.rights if verb.dep_ == "relcl" and any(child.lower_ == "who" for child in verb.lefts)
    ]
    for verb in clauses:
        done = _what_is_done(verb, people)
        if done is not None:
            return _span_of(verb, done)
    own = [name.head] if name.dep_ in _ARGUMENTS else []
    for verb in (*clauses, *own):
        office = _office_taken(verb, name, people)
        if office is not None:
            dropped = {below.i for token in office.subtree if token.dep_ in _APART for below in token.subtree}
            words = run_around(office, [token for token in office.subtree if token.i not in dropped])
            while words and words[-1].is_punct:
                words.pop()
            return trimmed_role(words, index.article.text, people)
    return None


def trade_told_by_clause(mention: Mention, index: MentionIndex, people: People) -> Span | None:
    """The span of the trade that a clause tells of somebody, see ``_trade_told``; None without one.

    With "who", or as the sentence itself: "Ada Brandt lives in Larn and is a nurse there"; not in what somebody says.
    """
    name = index.name_head(mention)
    if name is None:
        return None
    clauses = [child for child in name.rights if child.dep_ == "relcl"]
    told = next((span for verb in clauses if (span := _trade_told(verb, index, people)) is not None), None)
    if told is not None or name.dep_ != "nsubj" or any(token.is_quote for token in name.sent):
        return told
    nouns = (_noun_of_state(verb, people) for verb in (name.head, *_joined_to(name.head)))
    noun = next((noun for noun in nouns if noun is not None and noun.lower_ not in people.weak_roles), None)
    return _span_of_state(noun, index, people) if noun is not None else None


def _joined_to(verb: Token) -> list[Token]:
    """The verbs that are joined to one and have no subject of their own."""
    joined = (child for child in verb.rights if child.dep_ == "conj")
    return [other for other in joined if not any(child.dep_ in SUBJECTS for child in other.lefts)]


def _office_taken(verb: Token, name: Token, people: People) -> Token | None:
    """The "director" of "was named director", "was hired as director", "the board named Brandt director"."""
    if any(child.dep_ == "neg" or child.tag_ == "MD" for child in verb.lefts):
        return None
    is_passive = any(child.dep_ == "nsubjpass" for child in verb.lefts)
    takes = verb.lemma_ in people.appointing_verbs and (is_passive or name.dep_ == "dobj")
    works = verb.lemma_ in people.working_verbs and verb.tag_ == "VBZ" and name.dep_ == "nsubj"
    if not takes and not works:
        return None
    prepositions = [child for child in verb.rights if child.dep_ == "prep" and child.lower_ in _BEFORE_OFFICE]
    offices = [child for child in verb.rights if child.dep_ == "oprd" and takes]
    offices += [child for preposition in prepositions for child in preposition.rights if child.dep_ == "pobj"]
    return next((noun for noun in offices if noun.tag_ == "NN" and people.is_person(noun.lower_)), None)


def _is_mere_helper(verb: Token) -> bool:
    """Whether the verb is not done as a matter of course: "who will head", "who does not own", "who was heading"."""
    return any(child.dep_ in ("aux", "neg", "auxpass") for child in verb.children)


def _what_is_done(verb: Token, people: People) -> Token | None:
    """The "board" of "chairs the board", the "hospice" of "works at the hospice"; not the "home" of "headed home"."""
    is_subject = any(child.lower_ == "who" and child.dep_ == "nsubj" for child in verb.lefts)
    if not is_subject or _is_mere_helper(verb):
        return None
    verbs = people.role_verbs if verb.tag_ == "VBZ" else people.past_role_verbs
    if verb.lemma_ in verbs:
        nouns = (child for child in verb.rights if child.dep_ == "dobj" and child.tag_ in _NOUN_TAGS)
        return next((noun for noun in nouns if verb.tag_ == "VBZ" or noun.n_lefts or noun.n_rights), None)
    if verb.tag_ != "VBZ" or verb.lemma_ not in people.working_verbs:
        return None
    return _employer_behind(verb)


def _employer_behind(verb: Token) -> Token | None:
    """The "hospice" of "works at the hospice", not the town of "works in Larn"."""
    prepositions = (child for child in verb.rights if child.dep_ == "prep" and child.lower_ in _BEFORE_EMPLOYER)
    nouns = (child for preposition in prepositions for child in preposition.rights if child.dep_ == "pobj")
    is_told = (noun for noun in nouns if noun.ent_type_ not in _PLACES | _TIMES)
    return next((noun for noun in is_told if noun.tag_ in _NOUN_TAGS), None)


def _trade_told(verb: Token, index: MentionIndex, people: People) -> Span | None:
    """The span of "welder" in "who is a welder", "has driven a bus since May", "used to work at the mill".

    So, too, of what somebody does for an employer, "covers the sector for Brandt & Blake", or helps to do, "helps
    manage $2 billion".
    """
    if not any(child.lower_ == "who" and child.dep_ in SUBJECTS for child in verb.lefts):
        return None
    noun = _noun_of_state(verb, people)
    if noun is not None:
        return _span_of_state(noun, index, people)
    helpers = [child for child in verb.lefts if child.dep_ in ("aux", "neg", "auxpass")]
    deed, before = _deed_within(verb), [child.lower_ for child in helpers]
    is_lasting = before == ["has"] and verb.tag_ == "VBN" and _tells_since(verb)
    is_plain = before == ["helps"] or (not before and verb.tag_ in ("VBZ", "VBD"))
    if not is_lasting and not is_plain:
        return None
    done = _thing_done(deed, people, is_lasting=is_lasting)
    return _span_of(deed, done, helpers[0] if helpers else verb) if done is not None else None


def _span_of_state(noun: Token, index: MentionIndex, people: People) -> Span | None:
    """The span of the noun's phrase up to a comma, without clauses and afterthoughts."""
    dropped = {below.i for token in noun.subtree if token.dep_ in _APART for below in token.subtree}
    words = run_around(noun, [token for token in noun.subtree if token.i not in dropped])
    end = next((number for number, token in enumerate(words) if token.text == "," and token.i > noun.i), len(words))
    return trimmed_role(words[:end], index.article.text, people)


def _noun_of_state(verb: Token, people: People) -> Token | None:
    """The "welder" of "who is a welder", not of "is not a welder", "was a welder"."""
    if verb.lower_ != "is" or any(child.dep_ == "neg" for child in verb.children):
        return None
    nouns = (child for child in verb.rights if child.dep_ == "attr" and child.tag_ == "NN")
    return next((noun for noun in nouns if people.is_person(noun.lower_) and noun.lower_ not in people.anybody), None)


def _deed_within(verb: Token) -> Token:
    """The "work" of "used to work", the "manage" of "helps manage"; else the verb itself."""
    if verb.lemma_ not in _HELPING:
        return verb
    return next((child for child in verb.rights if child.dep_ in ("xcomp", "ccomp") and child.tag_ == "VB"), verb)


def _tells_since(verb: Token) -> bool:
    """Whether it is told since when or for how long: "has driven a bus since May", "for 20 years"."""
    prepositions = (child for child in verb.rights if child.lower_ in ("since", "for"))
    return any(child.ent_type_ in _TIMES for preposition in prepositions for child in preposition.rights)


def _thing_done(deed: Token, people: People, *, is_lasting: bool) -> Token | None:
    """The "bus" of "has driven a bus since", the "mill" of "worked at the mill", the "sector" covered for somebody."""
    if deed.lemma_ in people.working_verbs:
        return _employer_behind(deed)
    nouns = [child for child in deed.rights if child.dep_ == "dobj"]
    is_work = deed.lemma_ in people.role_verbs and (is_lasting or deed.tag_ in ("VB", "VBZ"))
    is_trade = deed.lemma_ in people.trade_verbs and is_lasting
    for_somebody = deed.lemma_ in people.covering_verbs and _names_employer(deed)
    may_be = is_work or is_trade or for_somebody
    return (
        next((noun for noun in nouns if noun.tag_ in _NOUN_TAGS or noun.ent_type_ == "MONEY"), None) if may_be else None
    )


def _names_employer(deed: Token) -> bool:
    """Whether "for" or "at" and an organisation's name follow: "covers the sector for Brandt & Blake"."""
    below = (token for token in deed.subtree if token.dep_ == "pobj" and token.i > deed.i)
    return any(token.ent_type_ == "ORG" and token.head.lower_ in _BEFORE_EMPLOYER for token in below)


def _span_of(verb: Token, done: Token, first: Token | None = None) -> Span | None:
    """From the verb (or ``first``) to the end of what belongs to it, without clauses and afterthoughts."""
    after = verb.doc[verb.i + 1 : verb.i + _MAX_WORDS]
    apart = {token.left_edge.i for token in after if token.dep_ in _NO_PART and token.left_edge.i > done.i}
    words = [first or verb, verb]
    for token in after:
        is_mark = token.is_punct and token.tag_ not in ("HYPH", "POS")
        if token.i > done.i and (is_mark or token.i in apart or not verb.is_ancestor(token)):
            break
        words.append(token)
    return char_span(words) if words[-1].i >= done.i else None
