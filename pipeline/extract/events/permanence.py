"""Whether an event lasts, by the words about its trigger.

Part of ``pipeline.extract.events``; the words come from the event type's file.
"""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Token

from pipeline.extract.events.syntax import around
from pipeline.knowledge.events.types import PermanenceCues
from pipeline.records import Permanence


def permanence_of(trigger: Token, target: Token | None, default: Permanence, cues: PermanenceCues) -> Permanence:
    """Permanent or temporary where words about the trigger say so, else ``default`` of the trigger's rule."""
    words = _about(trigger) + (list(target.children) if target is not None else [])
    lemmas = {form for word in words for form in (word.lower_, word.lemma_.lower())}
    pairs = {f"{one.lower_} {two.lower_}" for one in words if one.i + 1 < len(one.doc) for two in (one.nbor(1),)}
    if lemmas & cues.permanent or pairs & cues.permanent:
        return "permanent"
    if lemmas & cues.temporary or pairs & cues.temporary or any(_spans_time(word) for word in words):
        return "temporary"
    if default != "unspecified":
        return default
    tokens = around(trigger)
    nearby = {token.lemma_.lower() for token in tokens}
    nearby |= {f"{one.lemma_} {two.lower_}" for one, two in pairwise(tokens)}
    return "permanent" if nearby & cues.permanent_nearby else "unspecified"


def _about(trigger: Token) -> list[Token]:
    """Words of the trigger's own clause and of the verbs that share it."""
    hosts = [trigger]
    while (
        hosts[-1].dep_ in ("conj", "xcomp", "acomp", "dobj", "oprd")
        and hosts[-1].head.pos_ in ("VERB", "AUX")
        and len(hosts) < 4
    ):
        hosts.append(hosts[-1].head)
    hosts.extend(child for child in trigger.children if child.dep_ == "conj")
    words = [word for host in hosts for word in (host, *host.children) if word.dep_ != "mark"]
    # "Closed until the water fell": the conjunction stands in the clause below.
    return words + [mark for word in words if word.dep_ == "advcl" for mark in word.children if mark.dep_ == "mark"]


def _spans_time(word: Token) -> bool:
    """ "For two weeks", "a two-day closure", "after 13 years"."""
    if word.dep_ == "prep" and word.lower_ == "for":
        return any(
            each.ent_type_ in ("DATE", "TIME")
            for child in word.children
            if child.dep_ == "pobj"
            for each in child.subtree
        )
    return (
        word.dep_ in ("compound", "amod", "nmod")
        and word.ent_type_ in ("DATE", "TIME")
        and any(child.pos_ == "NUM" for child in word.children)
    )
