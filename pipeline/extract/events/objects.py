"""The nouns around a verb that an event may happen to: its object, its subject, whoever undergoes it.

Part of ``pipeline.extract.events``; knows no event type.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.mistagged import mistagged_noun
from pipeline.extract.events.syntax import (
    child_with,
    clause_subject,
    counted_noun,
    is_fronted_participle,
    is_infinitive,
    is_passive,
    member_of_series,
    object_before,
    own_subject,
    resolve_relative,
    subject_of_set_to,
)
from pipeline.knowledge.events.words import EventWords

#: Entities that are no object though the parser says so: "closed Friday", "fell 3 percent".
_MEASURES = ("DATE", "TIME", "PERCENT", "MONEY")
#: Entities that are sites or firms.
_NAMED_SITES = ("FAC", "ORG", "LOC")
#: Words at most from a verb to the coordinated one whose object it shares: "close or quickly move ministries".
_SHARED_OBJECT_WORDS = 3


def undergoer_of(verb: Token, words: EventWords) -> Token | None:
    """What the verb is done to: the object of an active verb, the subject of a passive one, None when not said."""
    return _passive_subject(verb, words) if is_passive(verb, words) else object_of(verb, words)


def _passive_subject(verb: Token, words: EventWords) -> Token | None:
    subject = own_subject(verb)
    if subject is None and is_fronted_participle(verb, words):
        subject = own_subject(verb.head)
    if subject is not None:
        return resolve_relative(subject, words)
    if verb.dep_ in ("acl", "relcl", "amod"):
        return _before_dashes(verb) or verb.head
    if verb.dep_ in ("ccomp", "xcomp", "oprd"):
        ordered = object_before(verb.head, verb)
        if ordered is not None:
            return ordered
    above = clause_subject(verb)
    return resolve_relative(above, words) if above is not None else None


def _before_dashes(verb: Token) -> Token | None:
    """The noun before a remark between dashes, where a verb comes after: "The old pier - the first in Osk - closed"."""
    before, said = verb.doc[max(verb.i - 1, 0)], verb.head
    if before.tag_ not in ("HYPH", ":") or said.dep_ != "appos" or said.head.dep_ != "ROOT":
        return None
    opens = verb.doc[max(said.left_edge.i - 1, 0)]
    return said.head if opens.text == before.text and said.head.pos_ in ("NOUN", "PROPN") else None


def object_of(verb: Token, words: EventWords) -> Token | None:
    """The direct object, None when the verb has none.

    It may be shared with a later coordinated verb ("close or move ministries"), hang on a particle ("sealed off the
    bridge") or stand before a relative clause ("the tunnel that agents sealed", "the tunnel agents sealed").
    """
    mistagged = mistagged_noun(verb)
    if mistagged is not None:
        return mistagged if mistagged.i > verb.i else None  # "disrupt or close ministries", by its tag an adjective
    direct = next((child for child in verb.children if _is_direct_object(child, words)), None)
    if direct is not None:
        return resolve_relative(direct, words) if direct.i < verb.i else direct
    named = next((child for child in verb.children if _is_name_taken_for_adverb(child, verb)), None)
    if named is not None:
        return named
    later = next((child for child in verb.children if _shares_object(child, verb)), None)
    if later is not None:
        return _shared_object(later)
    particle = next((child for child in verb.children if _is_particle_of(child, verb, words)), None)
    if particle is not None:
        return child_with(particle, "pobj")
    return _relative_object(verb, words)


def _is_direct_object(child: Token, words: EventWords) -> bool:
    """Whether it is an object, no measure and no conjunction taken for one: "news that the mill would shut"."""
    return child.dep_ == "dobj" and child.tag_ != "IN" and not _only_measures(child, words)


def _is_name_taken_for_adverb(child: Token, verb: Token) -> bool:
    """Whether a name right after the verb was taken for when or how: "reopened narrow Alder Lane on Monday"."""
    return child.dep_ == "npadvmod" and child.ent_type_ in _NAMED_SITES and child.left_edge.i == verb.i + 1


def _only_measures(noun: Token, words: EventWords) -> bool:
    """Whether it is a time or an amount, unlike a share of something: "reopened a quarter of the shops"."""
    return noun.ent_type_ in _MEASURES and counted_noun(noun, words).ent_type_ in _MEASURES


def _shares_object(child: Token, verb: Token) -> bool:
    """Whether a verb right after it has the object of both; "to sell" has one of its own: "to close and to sell it"."""
    is_near = child.dep_ == "conj" and child.pos_ == "VERB" and child.i - verb.i <= _SHARED_OBJECT_WORDS
    return is_near and not is_infinitive(child)


def _shared_object(later: Token) -> Token | None:
    """The object of the later of two verbs, maybe after "of": "winding down or disposing of units"."""
    for child in later.children:
        if child.dep_ == "dobj" and child.i > later.i:
            return child
        if child.dep_ == "prep" and child.i == later.i + 1 and child.lower_ == "of":
            return child_with(child, "pobj")
    return None


def _is_particle_of(child: Token, verb: Token, words: EventWords) -> bool:
    return child.dep_ in ("prep", "prt") and child.i == verb.i + 1 and takes_object(child, words)


def takes_object(particle: Token, words: EventWords) -> bool:
    """Whether the parser took a particle for a preposition with the verb's object on it: "sealed off the bridge"."""
    return particle.lower_ in words.targets.object_particles and child_with(particle, "pobj") is not None


def _relative_object(verb: Token, words: EventWords) -> Token | None:
    """The noun before a relative clause with a subject of its own: "the tunnel agents sealed".

    None for a noun that says when or how: "the first time it closed".
    """
    noun = verb.head
    if verb.dep_ != "relcl" or noun.pos_ not in ("NOUN", "PROPN") or noun.lemma_ in words.targets.circumstances:
        return None
    if any(child.tag_ == "WRB" or child.dep_ == "mark" for child in verb.children):
        return None  # "the valley where the mine closed", "assurances that the school would not close"
    has_subject = any(child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP") for child in verb.children)
    return noun if has_subject else None


def intransitive_subject(verb: Token, words: EventWords) -> Token | None:
    """What an active verb without object happens to, None when that isn't said or the verb is passive.

    Mostly its subject ("the mill will close"), but for "ordered the network to close" the object of the order and for
    "the third mill to close" the mill.
    """
    if is_passive(verb, words):
        return None
    return (
        member_of_series(verb, words)
        or _stated_subject(verb, words)
        or _object_of_order(verb)
        or _noun_of_participle(verb)
        or _subject_above(verb, words)
    )


def stopping_subject(verb: Token, words: EventWords) -> Token | None:
    """Who stops what the verb's object names, None when that isn't said.

    Mostly the verb's subject, but for "forced the quarry to halt work" the object of the order.
    """
    subject = ordered_subject(verb) or clause_subject(verb)
    if subject is None and verb.dep_ == "advcl" and is_infinitive(verb):
        subject = clause_subject(verb.head)  # "is working to resume production"
    return resolve_relative(subject, words) if subject is not None else None


def ordered_subject(verb: Token) -> Token | None:
    """Who is told to do it, where the verb has no subject of its own: "the quarry" in "forced the quarry to stop"."""
    return _object_of_order(verb) if own_subject(verb) is None else None


def _stated_subject(verb: Token, words: EventWords) -> Token | None:
    """The verb's own subject, or who is "set to" do it: "the four set to close"."""
    subject = own_subject(verb) or subject_of_set_to(verb) or mistagged_noun(verb) or _subject_of_gerund(verb)
    return resolve_relative(subject, words) if subject is not None else None


def _subject_of_gerund(verb: Token) -> Token | None:
    """The noun before a gerund that the parser took for its modifier: "despite the mill closing"."""
    if verb.dep_ != "pcomp" or verb.tag_ != "VBG" or verb.i == 0:
        return None
    before = verb.nbor(-1)
    return before if before.dep_ in ("compound", "nmod") and before.head.i == verb.i else None


def _object_of_order(verb: Token) -> Token | None:
    """The object of the verb above: "the network" in "ordered the network to close"."""
    return object_before(verb.head, verb) if verb.dep_ in ("xcomp", "ccomp") else None


def _noun_of_participle(verb: Token) -> Token | None:
    """The noun that a participle hangs on: "the mills" in "the mills closing in May"."""
    clause = verb.head if verb.dep_ == "xcomp" else verb
    return clause.head if clause.dep_ == "acl" and not is_infinitive(clause) else None


def _subject_above(verb: Token, words: EventWords) -> Token | None:
    """The subject of the verb above; after "from" its object, as in "saved the mill from closing"."""
    if verb.dep_ not in ("pcomp", "advcl"):
        subject = clause_subject(verb)
        return resolve_relative(subject, words) if subject is not None else None
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    spared = child_with(above, "dobj") if verb.head.lower_ == "from" else None
    if spared is not None:
        return spared
    return clause_subject(above) if above.pos_ == "VERB" else None
