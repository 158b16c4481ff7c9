"""Questions that the rules for events ask of a parse: conjuncts, subjects, passives, what a pronoun stands for.

Part of ``pipeline.extract.events``. Relations and tags are those of spaCy's English models (ClearNLP dependencies, Penn
Treebank tags).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.events.words import EventWords
from pipeline.rule_table import Rule, always, constant, first_rule

#: Tags of plural nouns, common and proper.
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
#: Relations of auxiliaries to their verb: "has" in "has closed", "was" in "was closed".
AUXILIARIES = ("aux", "auxpass")
#: Tags of finite verb forms: "closes", "close", "closed".
TENSED_TAGS = ("VBZ", "VBP", "VBD")
#: Tags of an auxiliary that makes its verb finite: "is", "are", "was", "will".
FINITE_TAGS = (*TENSED_TAGS, "MD")

#: Tags of a verb's first auxiliary before which its subject stands; "be" also in "demanded that it be closed".
_SUBJECT_TAKING_TAGS = (*FINITE_TAGS, "VB")
#: Relations in which the parser hangs the subject of a clause on the clause before.
_SWALLOWED = ("conj", "dobj")

#: Words to either side that may bear on a trigger; longer sentences are mostly lists that the parser took for one.
_NEAR = 80
#: Conjuncts in a row that are looked at; longer chains are lists of names.
_MOST_CONJUNCTS = 12
#: Counting heads inside each other: "most of the rest of the shops" has two.
_MOST_COUNTS = 3
#: Steps up from a noun for one that agrees with its relative clause: "contacts / in / the council", two steps.
_AGREEMENT_STEPS = 4
#: How far up a chain of coordinated participles a passive is looked for: "was shut, sold and closed".
_PASSIVE_STEPS = 4
_RELATIVE_TAGS = frozenset({"WDT", "WP"})


#: Relations of a verb to the one whose time and place it shares: coordinated, "remain / closed", "cut / by / closing".
_SHARING = frozenset({"conj", "acomp", "oprd", "pcomp", "prep"})


def nearby_tokens(token: Token) -> list[Token]:
    """The tokens of the sentence within 80 words of the token, itself included.

    A "sentence" of thousands of words, such as a table, must not cost the square of its length.
    """
    doc, first, last = token.doc, token.i, token.i + 1
    while first > 0 and token.i - first < _NEAR and not doc[first].is_sent_start:
        first -= 1
    while last < len(doc) and last - token.i < _NEAR and not doc[last].is_sent_start:
        last += 1
    return list(doc[first:last])


def conjuncts_of(token: Token) -> list[Token]:
    """The nearest conjuncts of a token, in text order, without itself: Uganda's in "Uganda, Angola and Spain"."""
    top = token
    for _ in range(_MOST_CONJUNCTS):
        if top.dep_ != "conj" or top.head.i == top.i:
            break
        top = top.head
    members = [top]
    for member in members:
        if len(members) <= 2 * _MOST_CONJUNCTS:
            members.extend(child for child in member.children if child.dep_ == "conj")
    return sorted((member for member in members if member.i != token.i), key=lambda member: member.i)


def first_of_conjuncts(token: Token) -> Token:
    """The token that the first of its conjuncts hangs on: "shut" for "sealed" in "shut, sold and sealed"."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def child_with(token: Token, *relations: str) -> Token | None:
    """The first child of the token in one of the relations, such as "poss" or "dobj"."""
    return next((child for child in token.children if child.dep_ in relations), None)


def object_before(governor: Token, token: Token) -> Token | None:
    """The object of a governing verb that stands before the token: "the pool" in "ordered the pool closed"."""
    return next((child for child in governor.children if child.dep_ == "dobj" and child.i < token.i), None)


def is_infinitive(verb: Token) -> bool:
    """Whether "to" stands before the verb as its infinitive marker."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def resolve_relative(token: Token, words: EventWords) -> Token:
    """What a relative pronoun stands for: the noun that its clause hangs on. Any other token is returned itself."""
    if token.tag_ in _RELATIVE_TAGS or (token.lower_ == "that" and token.dep_ in SUBJECTS):
        clause = token.head
        while clause.dep_ in ("conj", "xcomp") and clause.head.i != clause.i:
            clause = clause.head
        if clause.dep_ == "relcl":
            return _agreeing_noun(clause.head, clause, words)
    return token


def _agreeing_noun(noun: Token, clause: Token, words: EventWords) -> Token:
    """The plural noun further out when the relative clause has a plural verb and its noun is singular.

    In "contacts in the council, which were suspended" it is the contacts.
    """
    if not any(child.lower_ in words.phrases.plural_auxiliaries for child in clause.children):
        return noun
    outer = noun
    for _ in range(_AGREEMENT_STEPS):
        if outer.tag_ in PLURAL_TAGS or child_with(outer, "conj") is not None:
            return outer
        if outer.dep_ not in ("pobj", "prep") or outer.head.i == outer.i:
            break
        outer = outer.head
    if outer.pos_ != "VERB":
        return noun
    objects = (child for child in outer.children if child.dep_ == "dobj" and child.i < noun.i)
    return next((child for child in objects if child.tag_ in PLURAL_TAGS), noun)


def counted_noun(noun: Token, words: EventWords) -> Token:
    """The noun that a counting head portions, any other noun itself.

    That is "shops" for "most" in "most of the shops" and for "all" in "all but two of the shops".
    """
    partitives = words.phrases.partitives
    for _ in range(_MOST_COUNTS):
        if noun.lower_ not in partitives and noun.pos_ != "NUM" and noun.lemma_ not in partitives:
            break
        inner = _object_after(noun, "of") or _number_left_out(noun)
        if inner is None:
            break
        noun = inner
    return noun


def _object_after(noun: Token, preposition: str) -> Token | None:
    preps = (child for child in noun.children if child.lower_ == preposition)
    return next((child for prep in preps for child in prep.children if child.dep_ == "pobj"), None)


def _number_left_out(noun: Token) -> Token | None:
    """ "Two" of "all but two of the shops", which the number has after it."""
    number = _object_after(noun, "but")
    return number if number is not None and number.pos_ == "NUM" else None


def own_subject(verb: Token) -> Token | None:
    """The subject on the verb itself or, where the parser put it there, on one of its auxiliaries."""
    auxiliaries = [child for child in verb.children if child.dep_ in AUXILIARIES]
    subjects = (
        child
        for host in (verb, *auxiliaries)
        for child in host.children
        if child.dep_ in SUBJECTS and child.dep_ != "expl"
    )
    return next(subjects, None) or _swallowed_subject(verb, auxiliaries)


def _swallowed_subject(verb: Token, auxiliaries: Sequence[Token]) -> Token | None:
    """The noun before the auxiliary that the parser took for a conjunct of the clause before.

    In "It was shut by the minister and the airspace is closed" it may hang "airspace" on "minister", in "a law that
    says the mission must close" "mission" on "says", in "demanded schools be closed" "schools" on "demanded".
    """
    first_word = auxiliaries[0] if auxiliaries else verb
    if first_word.tag_ not in _SUBJECT_TAKING_TAGS or first_word.pos_ != "AUX":
        return None
    first = first_word.i
    before = verb.doc[first - 1] if first > verb.sent.start else None
    if before is None or before.pos_ not in ("NOUN", "PROPN"):
        return None
    if verb.dep_ == "ROOT" and not auxiliaries:
        return before if before.dep_ == "pobj" else None  # "Around a third of the fleet is out of service"
    relations = _SWALLOWED if verb.dep_ != "conj" else ("conj",)
    return before if before.dep_ in relations else None


def clause_subject(verb: Token) -> Token | None:
    """The subject of the verb or, when it has none, of the verb that it is coordinated with or governed by.

    Unlike ``pipeline.extract.syntax.subject_of`` it sees subjects on an auxiliary, and looks through adjectives: in
    "The clinic is due to close" the clinic.
    """
    for _ in range(_MOST_CONJUNCTS):
        subject = own_subject(verb)
        if subject is not None:
            return subject
        if verb.dep_ not in ("conj", "xcomp") or verb.head.i == verb.i:
            return None
        verb = verb.head
        if verb.pos_ == "ADJ" and verb.dep_ == "acomp":
            verb = verb.head
        if verb.pos_ not in ("VERB", "AUX"):
            return None
    return None


def member_of_series(verb: Token, words: EventWords) -> Token | None:
    """Which of a series an infinitive says it of: "mill" in "the third mill in the valley to close".

    Where the series has no noun, the subject: "pub" in "The pub is the latest to close". None for other infinitives.
    """
    if not is_infinitive(verb) or verb.dep_ not in _ADDED_INFINITIVES:
        return None
    above = verb.head
    noun = child_with(above, "attr") if above.pos_ in ("VERB", "AUX") else above
    if noun is None or noun.i > verb.i or not _is_of_series(noun, words):
        return None
    if noun.pos_ in ("NOUN", "PROPN"):
        return noun
    return own_subject(noun.head) if noun.dep_ == "attr" else None


def _is_of_series(noun: Token, words: EventWords) -> bool:
    return any(
        token.ent_type_ == "ORDINAL" or token.lower_ in words.targets.series
        for token in (noun, *noun.lefts)
        if token.dep_ in ("amod", "attr", "nsubj") or token.i == noun.i
    )


def subject_of_set_to(verb: Token) -> Token | None:
    """Who is "set to" do it where the tagger took "set" for a noun: "four" in "the four set to close"."""
    to = next((child for child in verb.children if child.lower_ == "to" and child.dep_ == "aux"), None)
    word = to.nbor(-1) if to is not None and to.i else None
    if word is None or word.lower_ != "set" or word.tag_ != "NN":
        return None
    return word.head if word.dep_ == "acl" else child_with(word, "nummod")


def coordinated_verb(word: Token) -> Token | None:
    """The verb that a verb mistaken for an adjective is coordinated with, None for any other word.

    For "close" in "disrupt or close museums", which the tagger reads as "close museums", it is "disrupt".
    """
    before = word.nbor(-1) if word.i else None
    if word.tag_ != "JJ" or word.dep_ != "amod" or before is None or before.dep_ != "cc":
        return None
    verb = before.head
    return verb if verb.pos_ == "VERB" and verb.i == before.i - 1 and word.head.head.i == verb.i else None


def is_ordered_participle(verb: Token, words: EventWords) -> bool:
    """Whether a participle under an order was tagged as a past tense: "closed" in "ordered the beaches closed"."""
    is_clause = verb.tag_ == "VBD" and verb.dep_ in ("ccomp", "xcomp")
    under_order = is_clause and verb.head.lemma_ in words.verbs.object_control
    return under_order and child_with(verb, "aux", "mark", "dobj") is None


def is_passive(verb: Token, words: EventWords, steps: int = _PASSIVE_STEPS) -> bool:
    """Whether the verb's subject undergoes it: "was closed", "the shops closed by order", "was shut and sealed".

    ``steps`` bounds how far up a chain of coordinated participles is looked.
    """
    relations = {child.dep_ for child in verb.children}
    form = _VerbForm(verb, relations, words, steps)
    return first_rule(_PASSIVE_RULES, form).outcome(form)


def is_fronted_participle(verb: Token, words: EventWords) -> bool:
    """Whether it is a participle clause before its sentence: "Closed since May, the pool needs a new roof"."""
    main = verb.head
    is_participle = verb.tag_ in ("VBN", "VBD") or (
        verb.tag_ == "VB" and verb.lower_ in words.verbs.unchanged_participles
    )
    if verb.dep_ != "advcl" or verb.i >= main.i or not is_participle:
        return False
    if child_with(verb, *AUXILIARIES, *SUBJECTS, "dobj", "mark") is not None:
        return False
    subject = child_with(main, *SUBJECTS)
    return subject is not None and any(token.lower_ == "," for token in verb.doc[verb.i : subject.left_edge.i])


class _VerbForm(NamedTuple):
    """A verb with the relations of its children; ``steps`` up a chain of conjuncts are left."""

    verb: Token
    relations: set[str]
    words: EventWords
    steps: int


def _has_passive_child(form: _VerbForm) -> bool:
    return not form.relations.isdisjoint(("auxpass", "nsubjpass")) or is_ordered_participle(form.verb, form.words)


def _is_no_participle(form: _VerbForm) -> bool:
    """A past tense with a by-phrase may be a participle: "the shop closed by the council"."""
    return form.verb.tag_ != "VBN" and not (form.verb.tag_ == "VBD" and "agent" in form.relations)


def _is_coordinated(form: _VerbForm) -> bool:
    return form.verb.dep_ == "conj" and form.verb.head.pos_ in ("VERB", "AUX")


def _is_conjunct_of_passive(form: _VerbForm) -> bool:
    head = form.verb.head
    return form.steps > 0 and head.tag_ == "VBN" and is_passive(head, form.words, form.steps - 1)


#: Relations of an infinitive to the noun or clause that it adds to: "the third mill to close".
_ADDED_INFINITIVES = ("relcl", "acl", "advcl", "xcomp")
#: Relations of a bare participle to the noun or clause that undergoes it: "the mill closed by debt", "ordered it shut".
_PARTICIPLE_RELATIONS = ("acl", "amod", "ccomp", "xcomp", "advcl", "oprd", "acomp", "relcl", "ROOT")
#: Whether a verb of a form is passive.
_PASSIVE_RULES: tuple[Rule[_VerbForm, bool], ...] = (
    Rule("auxiliary or order", _has_passive_child, constant(True)),
    Rule("before its sentence", lambda form: is_fronted_participle(form.verb, form.words), constant(True)),
    Rule("no participle", _is_no_participle, constant(False)),
    Rule("by-phrase", lambda form: "agent" in form.relations, constant(True)),
    Rule("perfect", lambda form: not form.relations.isdisjoint(("aux", "dobj")), constant(False)),
    Rule("conjunct of a verb", _is_coordinated, _is_conjunct_of_passive),
    Rule("bare participle", always, lambda form: form.verb.dep_ in _PARTICIPLE_RELATIONS),
)


def front_of_clause(trigger: Token) -> list[Token]:
    """The words before the subject that a verb shares with the verbs it is coordinated with, nearest verb first.

    "In Hull, the council raised fees and closed two clinics": "In" for "closed"; "In Hull, fees rise and clinics remain
    closed" too. Empty for a verb by itself, whose own children tell.
    """
    verb, front = trigger, list[Token]()
    for _ in range(_MOST_CONJUNCTS):
        if verb.head.i >= verb.i or not (verb.dep_ in _SHARING or (verb.dep_ == "advcl" and verb.tag_ == "VBG")):
            break
        verb = verb.head
        subject = child_with(verb, "nsubj", "nsubjpass")
        if subject is not None:
            front += [child for child in verb.children if child.i < subject.left_edge.i]
    return front


def is_counted_time(noun: Token, units: Collection[str]) -> bool:
    """Whether it is a unit of time with an ordinal: "third week"."""
    return noun.lemma_ in units and any(
        child.tag_ == "JJ" and (child.ent_type_ or child.like_num) for child in noun.children
    )


def is_in_counted_time(host: Token, units: Collection[str]) -> bool:
    """Whether "in" or "into" on the word opens such a time: "is / in its third week"."""
    preps = (child for child in host.children if child.lower_ in ("in", "into"))
    return any(is_counted_time(noun, units) for prep in preps for noun in prep.children)
