"""Whether an event lasts, by the words about its trigger.

Part of ``pipeline.extract.events``; the words come from the event type's file.
"""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Token

from pipeline.extract.events.syntax import nearby_tokens
from pipeline.knowledge.events.types import PermanenceCues
from pipeline.records import Permanence

#: Verbs above a trigger whose words also speak of the event: "is to remain / shut", "was forced / to close".
_MOST_HOSTS = 4
#: Relations by which the verb above shares the trigger's words.
_SHARING = ("conj", "xcomp", "acomp", "dobj", "oprd")


def permanence_of(trigger: Token, target: Token | None, default: Permanence, cues: PermanenceCues) -> Permanence:
    """Permanent or temporary where words about the trigger say so, else ``default``, that of the trigger's rule.

    When the rule leaves it open, words anywhere near in the sentence may still make it permanent ("layoffs").
    """
    about = _words_about(trigger) + (list(target.children) if target is not None else [])
    forms = _forms_and_pairs(about)
    if forms & cues.permanent:
        return "permanent"
    if forms & cues.temporary or any(_gives_length(word) for word in about):
        return "temporary"
    if default == "unspecified" and _nearby_lemmas(trigger) & cues.permanent_nearby:
        return "permanent"
    return default


def _words_about(trigger: Token) -> list[Token]:
    """Words of the trigger's own clause and of the verbs that share it."""
    hosts = [trigger]
    while hosts[-1].dep_ in _SHARING and hosts[-1].head.pos_ in ("VERB", "AUX") and len(hosts) < _MOST_HOSTS:
        hosts.append(hosts[-1].head)
    hosts.extend(child for child in trigger.children if child.dep_ == "conj")
    words = [word for host in hosts for word in (host, *host.children) if word.dep_ != "mark"]
    # "Closed until the water fell": the conjunction stands in the clause below.
    return words + [mark for word in words if word.dep_ == "advcl" for mark in word.children if mark.dep_ == "mark"]


def _forms_and_pairs(words: list[Token]) -> set[str]:
    """Each word as written and as lemma, and with the word after it: "for", "for good"."""
    pairs = {f"{word.lower_} {word.nbor(1).lower_}" for word in words if word.i + 1 < len(word.doc)}
    return pairs.union(*((word.lower_, word.lemma_.lower()) for word in words))


def _nearby_lemmas(trigger: Token) -> set[str]:
    """Lemmas near the trigger in its sentence, single and before the next word: "layoff", "lay off"."""
    tokens = nearby_tokens(trigger)
    pairs = {f"{token.lemma_} {after.lower_}" for token, after in pairwise(tokens)}
    return pairs | {token.lemma_.lower() for token in tokens}


def _gives_length(word: Token) -> bool:
    """Whether it says how long the event lasts: "for two weeks", "a two-day closure"."""
    if word.dep_ == "prep" and word.lower_ == "for":
        nouns = (child for child in word.children if child.dep_ == "pobj")
        return any(_is_time(below) for noun in nouns for below in noun.subtree)
    is_modifier = word.dep_ in ("compound", "amod", "nmod") and _is_time(word)
    return is_modifier and any(child.pos_ == "NUM" for child in word.children)


def _is_time(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME")
