"""Verbs that the tagger took for an adjective, an adverb or a noun, known by the words around them.

Part of ``pipeline.extract.events``. "Close" is the usual one: in "demanded that the city close schools" and
"recommended that the bridge close to traffic" it is tagged as in "close relatives" and "houses close to the dam".
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from pipeline.extract.events.rules import Rules, StatusLexicon, target_classes
from pipeline.extract.events.syntax import FINITE_TAGS, child_with
from pipeline.extract.syntax import SUBJECTS
from pipeline.records import Status
from pipeline.rule_table import Rule, always, constant, first_rule

#: Parts of speech by which a verb's base form may be mistagged.
_MISTAGGED = ("ADJ", "ADV", "NOUN", "PROPN")
#: Parts of speech after which a verb may stand, with a noun phrase as its object: "the city / close schools",
#: "to / close schools", "and / close schools".
_BEFORE_VERB = ("NOUN", "PROPN", "PRON", "PART", "CCONJ", "AUX", "ADV", "PUNCT")
#: Tags of "close" where it's no verb, and relations of clauses to the word above them.
_CLOSE_TAGS = ("JJ", "RB")
_CLAUSES = ("advcl", "ccomp", "conj", "relcl", "ROOT")
#: Relations of a mistagged verb to the noun beside it.
_ON_A_NOUN = ("amod", "advmod")
#: Words after a verb in which another verb makes the clause no clause of its own: "if houses close to it burn".
_WORDS_AFTER = 12
#: Words before a verb in which what governs its clause is looked for: "demands that the whole city close schools".
_WORDS_BEFORE = 12


class _Mistag(NamedTuple):
    """A word that names an event as a verb does, though it's tagged otherwise."""

    token: Token
    rules: Rules


def is_mistagged_verb(token: Token, rules: Rules) -> bool:
    """Whether a word that is one of the type's verbs by its form is one, whatever its tag says."""
    if token.pos_ not in _MISTAGGED or token.lower_ not in rules.triggers["verb"]:
        return False
    mistag = _Mistag(token, rules)
    return first_rule(_MISTAG_RULES, mistag).outcome(mistag)


def _has_object(mistag: _Mistag) -> bool:
    found = child_with(mistag.token, "dobj")
    return found is not None and found.i > mistag.token.i


def _is_before_its_object(mistag: _Mistag) -> bool:
    """Whether it opens a phrase of what can be a target, after a word that a verb may follow."""
    token, noun = mistag.token, mistag.token.head
    if token.tag_ != "JJ" or token.dep_ != "amod" or noun.i < token.i or token.i == 0:
        return False
    before = token.nbor(-1)
    is_noun_before = before.pos_ in ("NOUN", "PROPN") and before.head.i == noun.i  # "the city / close schools"
    may_open = noun.left_edge.i == token.i and before.pos_ in _BEFORE_VERB and before.lemma_ != "be"
    return (is_noun_before or may_open) and bool(target_classes(noun, mistag.rules))


def _has_subject(mistag: _Mistag) -> bool:
    """Whether it has a subject of its own right before it, with no verb between."""
    token = mistag.token
    subject = child_with(token, *SUBJECTS)
    if token.tag_ not in _CLOSE_TAGS or token.dep_ not in _CLAUSES or subject is None or subject.i != token.i - 1:
        return False
    return bool(target_classes(subject, mistag.rules))


def _is_after_its_subject(mistag: _Mistag) -> bool:
    """Whether a clause without another verb opens before the noun that it stands after: "that the bridge close to"."""
    token, noun = mistag.token, mistag.token.head
    if token.tag_ not in _CLOSE_TAGS or token.dep_ not in _ON_A_NOUN or noun.i != token.i - 1:
        return False
    opener = noun.left_edge
    if opener.dep_ != "mark":  # "if both pits close in May": the parser may hang "if" on "pits"
        opener = noun.doc[max(noun.left_edge.i - 1, 0)]
    if opener.lower_ != "that" and opener.lower_ not in mistag.rules.status.cues.hypothetical:
        return False
    for later in token.doc[token.i + 1 : min(token.i + _WORDS_AFTER, token.sent.end)]:
        if later.is_punct:
            break
        if later.tag_ in FINITE_TAGS or later.tag_ == "VB":
            return later.i > 0 and later.nbor(-1).lower_ == "to"
    return bool(target_classes(noun, mistag.rules))


#: Whether a word with another tag is a verb.
_MISTAG_RULES: tuple[Rule[_Mistag, bool], ...] = (
    # "I will call them up and close the border", "its decision to cut jobs and end production".
    Rule("object", _has_object, constant(True)),
    # "demanded that the city close schools".
    Rule("before its object", _is_before_its_object, constant(True)),
    # "if all the pits close in May".
    Rule("own subject", _has_subject, constant(True)),
    # "recommended that the bridge close to traffic".
    Rule("after its subject", _is_after_its_subject, constant(True)),
    Rule("otherwise", always, constant(False)),
)


def mistagged_noun(token: Token) -> Token | None:
    """The noun that a mistagged verb has as its object or, when it stands before, as its subject; None for a verb."""
    if token.pos_ in _MISTAGGED:
        is_on_noun = token.dep_ in _ON_A_NOUN and token.head.pos_ in ("NOUN", "PROPN")
        return child_with(token, "dobj") or (token.head if is_on_noun else None)
    return None


def governing_word(token: Token, lexicon: StatusLexicon) -> Token | None:
    """The nearest word before a mistagged verb that settles its status, None when none stands near.

    ``lexicon`` has the words that do: "demand" in "demanded that the city close schools".
    """
    first = max(token.i - _WORDS_BEFORE, token.sent.start)
    for before in reversed(token.doc[first : token.i]):
        if status_of_word(before, lexicon) is not None:
            return before
    return None


def status_of_word(word: Token, lexicon: StatusLexicon) -> Status | None:
    """The status that a governing word gives: "possible" for "demand", "hypothetical" for "if"."""
    if word.lower_ in lexicon.cues.hypothetical:
        return "hypothetical"
    return lexicon.status_of_lemma.get(word.lemma_.lower())
