"""An event type made ready for lookup by token: triggers by word, target nouns by their last word, counter-phrases.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from pipeline.extract.events.syntax import split_phrases
from pipeline.knowledge.events.types import EventType, TargetClass, Trigger
from pipeline.records import Status

#: Relations that make a noun of a word mistagged as adjective or verb.
_NOMINAL = frozenset({"compound", "amod", "nmod", "dobj", "pobj", "nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Rules:
    """An event type made ready for lookup by token."""

    event_type: EventType
    triggers: dict[str, dict[str, tuple[Trigger, ...]]]
    nouns: dict[str, tuple[tuple[tuple[str, ...], TargetClass], ...]]
    phrases: dict[str, tuple[tuple[int, tuple[frozenset[str], ...]], ...]]
    lemmas: dict[str, Status]
    connectors: tuple[tuple[str, ...], ...]
    words: frozenset[str]


@lru_cache(maxsize=16)
def compile_rules(event_type: EventType) -> Rules:
    """The type's lookup tables; kept, since every article asks for the same ones."""
    triggers: dict[str, dict[str, tuple[Trigger, ...]]] = {"verb": {}, "noun": {}, "adjective": {}}
    for trigger in event_type.triggers:
        for word in trigger.words:
            known = triggers[trigger.form]
            known[word] = (*known.get(word, ()), trigger)
    nouns: dict[str, tuple[tuple[tuple[str, ...], TargetClass], ...]] = {}
    for target in event_type.targets:
        for noun in target.nouns:
            *before, last = noun.split()
            nouns[last] = (*nouns.get(last, ()), (tuple(before), target))
    phrases: dict[str, tuple[tuple[int, tuple[frozenset[str], ...]], ...]] = {}
    for phrase in event_type.counter.phrases:
        slots = tuple(frozenset(slot.split("|")) for slot in phrase.split())
        for index, slot in enumerate(slots):
            for word in sorted(slot):
                phrases[word] = (*phrases.get(word, ()), (index, slots))
    return Rules(
        event_type,
        triggers,
        {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in nouns.items()},
        phrases,
        event_type.status.by_lemma(),
        tuple(split_phrases(event_type.cause.connectors)),
        frozenset(word for trigger in event_type.triggers for word in trigger.words if not trigger.tail),
    )


def fits(token: Token, slot: frozenset[str]) -> bool:
    """Whether a token is one of a phrase's alternatives: a form or lemma, "=form" only, or "#" for a number."""
    if token.lower_ in slot or f"={token.lower_}" in slot:
        return True
    return token.lemma_.lower() in slot or ("#" in slot and (token.like_num or token.tag_ == "CD"))


def typed_class(noun: Token, rule: Trigger, rules: Rules) -> TargetClass | None:
    """The first class of the noun that the rule allows."""
    for each in target_classes(noun, rules):
        if each.name not in rule.not_targets and (not rule.targets or each.name in rule.targets):
            return each
    return None


def target_classes(noun: Token, rules: Rules) -> list[TargetClass]:
    """The target classes of a noun by its lemma and the words before it; longer entries first."""
    if noun.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB") or (
        noun.pos_ in ("ADJ", "VERB") and noun.dep_ not in _NOMINAL
    ):
        return []
    found: list[TargetClass] = []
    for form in _lemma_forms(noun):
        for before, target in rules.nouns.get(form, ()):
            first = noun.i - len(before)
            if first >= 0 and all(fits(noun.doc[first + step], frozenset({word})) for step, word in enumerate(before)):
                found.append(target)
        if found:
            return found
    return found


def _lemma_forms(noun: Token) -> Iterator[str]:
    """Lemma and form; a proper noun's lemma keeps its plural, so that is cut here."""
    lower = noun.lemma_.lower()
    yield lower
    if noun.pos_ != "PROPN" and lower != noun.lower_:
        yield noun.lower_
    if noun.tag_ == "NNPS":
        yield f"{lower[:-3]}y" if lower.endswith("ies") else lower.removesuffix("s")
