"""Whether an event happened: a layer on tense, aspect, modality and governing words.

Part of ``pipeline.extract.events``; the words come from the event type's file, the rules are in ``status_verbs`` and
``status_nouns``.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.rules import StatusLexicon
from pipeline.extract.events.status_adjectives import adjective_status
from pipeline.extract.events.status_clauses import is_report_untrue
from pipeline.extract.events.status_forms import VERBAL
from pipeline.extract.events.status_nouns import noun_status
from pipeline.extract.events.status_rules import StatusDecision, StatusOutcome, WordInContext, decide
from pipeline.extract.events.status_verbs import status_by_governor, verb_status
from pipeline.extract.events.syntax import PLURAL_TAGS, coordinated_verb
from pipeline.rule_table import Rule, always, constant

#: Relations of a predicative adjective or participle: "is closed", "ordered closed".
_PREDICATIVE = ("acomp", "oprd")


def status_of(trigger: Token, lexicon: StatusLexicon) -> StatusDecision:
    """The status of one trigger with the name of the rule that decided it.

    The trigger's own form decides first, then what governs it, up to the clause that asserts it: "closed" has occurred,
    "plans to close" is planned, "denied plans to close" denied.
    """
    return decide(_WORD_RULES, WordInContext(coordinated_verb(trigger) or trigger, lexicon))


def _is_adjective(word: WordInContext) -> bool:
    token = word.token
    is_predicative = token.dep_ in _PREDICATIVE and token.head.lemma_ in word.lexicon.words.verbs.copulas
    return token.pos_ == "ADJ" or is_predicative


def _is_attribute_to_come(word: WordInContext) -> bool:
    """Whether "to-be" stands before it, joined by hyphens: "the soon-to-be-closed schools"."""
    token = word.token
    before = [other.lower_ for other in token.doc[max(token.i - 4, 0) : token.i] if other.text != "-"]
    return token.i > 0 and token.nbor(-1).text == "-" and " ".join(before[-2:]) == "to be"


def _is_lasting_attribute(word: WordInContext) -> bool:
    """Whether an attribute holds for long: "the long-closed pit"."""
    lasting = word.lexicon.words.status.long_since
    return word.token.dep_ == "amod" and any(child.lower_ in lasting for child in word.token.lefts)


def _is_gerund_before_object(word: WordInContext) -> bool:
    """Whether a gerund with its object was taken for an adjective: "considered closing mills"."""
    token, noun = word.token, word.token.head
    is_first = token.dep_ in ("amod", "compound") and token.i == noun.left_edge.i and token.lower_.endswith("ing")
    is_next = is_first and noun.head.i == token.i - 1
    return is_next and (noun.dep_ == "pobj" or (noun.dep_ == "dobj" and noun.head.pos_ == "VERB"))


def _status_before_object(word: WordInContext) -> StatusOutcome:
    """What governs such a gerund, over a preposition as well: "spoke of the effect of closing mills"."""
    above = word.token.head.head
    words = word.lexicon.words.status
    if word.token.head.dep_ == "dobj":
        return status_by_governor(above, word)
    if above.lower_ in words.listing:
        return "possible" if above.head.lemma_ in words.courses else "occurred"
    if above.lower_ in words.gerund_prepositions and word.status_of_lemma(above.head) is not None:
        return status_by_governor(above.head, word)
    return "possible" if above.lower_ in words.open_prepositions else "occurred"


def _is_gerund_as_subject(word: WordInContext) -> bool:
    """Whether a gerund with a plural object, taken for its adjective, is what a singular verb judges.

    As in "Closing mills is a mistake".
    """
    token, noun = word.token, word.token.head
    is_first = token.dep_ in ("amod", "compound", "nmod") and token.i == noun.left_edge.i
    if not is_first or not token.lower_.endswith("ing") or noun.dep_ != "nsubj":
        return False
    return noun.tag_ in PLURAL_TAGS and noun.head.tag_ == "VBZ"


_WORD_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    # "Talk of closing the mill is premature".
    Rule("report untrue", is_report_untrue, constant("denied")),
    # "the soon-to-be-closed schools".
    Rule("attribute to come", _is_attribute_to_come, constant("planned")),
    # "the long-closed schools".
    Rule("attribute that holds", _is_lasting_attribute, constant("ongoing")),
    # "considered closing mills", "the effect of closing mills".
    Rule("gerund before its object", _is_gerund_before_object, _status_before_object),
    # "Closing mills is a mistake".
    Rule("gerund as subject of a judgement", _is_gerund_as_subject, constant("hypothetical")),
    # "remains closed".
    Rule("adjective", _is_adjective, adjective_status),
    # "closed the mill".
    Rule("verb", lambda word: word.token.pos_ in VERBAL, verb_status),
    # "declared closed", by its tag a noun.
    Rule("predicative", lambda word: word.token.dep_ in _PREDICATIVE, adjective_status),
    # "the closure of the mill".
    Rule("noun", always, noun_status),
)
