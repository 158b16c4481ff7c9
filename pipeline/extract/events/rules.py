"""An event type made ready for lookup by token: triggers by word, target nouns by their last word, counter-phrases.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from pipeline.extract.events.phrases import Phrase, split_phrases
from pipeline.knowledge.events.types import EventType, StatusCues, TargetClass, Trigger
from pipeline.knowledge.events.words import EventWords
from pipeline.records import Status

#: Relations that make a noun of a word mistagged as adjective or verb.
_NOMINAL = frozenset({"compound", "amod", "nmod", "dobj", "pobj", "nsubj", "nsubjpass"})
#: Parts of speech of a word that may be a noun by its relation: "everywhere is closed".
_MISTAGGED = ("ADJ", "VERB", "ADV", "PRON")
#: spaCy's labels for times.
_TIME_LABELS = ("DATE", "TIME")
#: Event types kept compiled; a run has a handful, tests have some more.
_KEPT_TYPES = 16

#: The number of a code, with the letter or sign that may follow: "20", "20A", "1(M)".
_NUMBER = r"\d{1,4}(?:[A-Z]|\(M\))?"

#: How gerunds end; one that is tagged as a noun is looked up by its verb, too.
GERUND_ENDING = "ing"

#: One place in a counter-phrase: the words that may stand there, see ``word_fits``.
Slot = frozenset[str]


@dataclass(frozen=True, slots=True)
class StatusLexicon:
    """The words that settle a status: the type's ``cues``, the status of each governing lemma, general English.

    ``own_lemmas`` are the governing lemmas that the type's file itself gives a status.
    """

    cues: StatusCues
    status_of_lemma: Mapping[str, Status]
    words: EventWords
    own_lemmas: frozenset[str]


@dataclass(frozen=True, slots=True)
class CauseLexicon:
    """The words that tell of a cause, connectors split into words, the longest first.

    ``strong`` connectors ("because of") count anywhere in the clause, ``weak`` ones ("after") only right on the trigger
    or its governor. ``nouns`` cause but can't act ("fire").
    """

    strong: tuple[Phrase, ...]
    weak: tuple[Phrase, ...]
    nouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """An event type compiled for lookup.

    ``triggers`` has for each form ("verb", "noun", "adjective") the rules of each word, in the order of the file.
    ``nouns`` has by the last word of a target noun the words before it and its class, entries with more words first.
    ``counter_phrases`` has for each word every phrase it occurs in: its position there and all slots of the phrase.
    ``tail_words`` are the words of triggers that need a tail in every rule, ``free_words`` all others, ``tails`` by
    their first words the tails, those of as many words together, under their number. ``trigger_words`` are the words of
    triggers that need no tail: another event of the type is no cause of one. ``codes`` are the patterns of names that
    are a code and a number ("I-20").
    """

    event_type: EventType
    triggers: Mapping[str, Mapping[str, tuple[Trigger, ...]]]
    nouns: Mapping[str, tuple[tuple[Phrase, TargetClass], ...]]
    counter_phrases: Mapping[str, tuple[tuple[int, tuple[Slot, ...]], ...]]
    status: StatusLexicon
    cause: CauseLexicon
    tail_words: frozenset[str]
    free_words: frozenset[str]
    tails: Mapping[str, tuple[tuple[int, frozenset[Phrase]], ...]]
    trigger_words: frozenset[str]
    codes: tuple[tuple[re.Pattern[str], TargetClass], ...]


@lru_cache(maxsize=_KEPT_TYPES)
def compile_rules(event_type: EventType, words: EventWords) -> Rules:
    """The type's lookup tables with the general English they are used with; kept, as every article asks for them."""
    cause, tail_words = event_type.cause, _tail_words(event_type)
    return Rules(
        event_type,
        _triggers_by_word(event_type),
        _classes_by_last_word(event_type),
        _counter_phrases_by_word(event_type),
        _status_lexicon(event_type, words),
        CauseLexicon(split_phrases(cause.connectors), split_phrases(cause.weak), cause.nouns),
        tail_words,
        frozenset(word for trigger in event_type.triggers for word in trigger.words) - tail_words,
        _tails_by_first_word(event_type),
        frozenset(word for trigger in event_type.triggers for word in trigger.words if _names_the_event(trigger))
        - cause.nouns,
        tuple((_pattern_of_codes(target.codes), target) for target in event_type.targets if target.codes),
    )


def _pattern_of_codes(codes: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the codes, the longest first, with a number of up to four digits: "I-20", "M6", "A1(M)"."""
    by_length = sorted(codes, key=lambda code: (-len(code), code))
    return re.compile("|".join(_NUMBER.join(map(re.escape, code.split("#"))) + r"(?!\w)" for code in by_length))


def _names_the_event(trigger: Trigger) -> bool:
    """Whether the rule's words do so by themselves, without a tail, a denial or a bare clause."""
    return not (trigger.tail or trigger.negated or trigger.alone or trigger.upholds)


def _status_lexicon(event_type: EventType, words: EventWords) -> StatusLexicon:
    own = event_type.status.by_lemma()
    return StatusLexicon(event_type.status, words.governors.by_lemma() | own, words, frozenset(own))


def _triggers_by_word(event_type: EventType) -> dict[str, dict[str, tuple[Trigger, ...]]]:
    triggers: dict[str, dict[str, tuple[Trigger, ...]]] = {"verb": {}, "noun": {}, "adjective": {}}
    for trigger in event_type.triggers:
        of_form = triggers[trigger.form]
        for word in trigger.words:
            of_form[word] = (*of_form.get(word, ()), trigger)
    return triggers


def _classes_by_last_word(event_type: EventType) -> dict[str, tuple[tuple[Phrase, TargetClass], ...]]:
    nouns: dict[str, tuple[tuple[Phrase, TargetClass], ...]] = {}
    for target in event_type.targets:
        for noun in target.nouns:
            *before, last = noun.split()
            nouns[last] = (*nouns.get(last, ()), (tuple(before), target))
    return {last: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for last, entries in nouns.items()}


def _tail_words(event_type: EventType) -> frozenset[str]:
    """The words that state no event without a tail; none in -ing, whose verb may be that of another rule."""
    with_tail = {word for trigger in event_type.triggers if trigger.tail for word in trigger.words}
    without = {word for trigger in event_type.triggers if not trigger.tail for word in trigger.words}
    return frozenset(word for word in with_tail - without if not word.endswith(GERUND_ENDING))


def _tails_by_first_word(event_type: EventType) -> dict[str, tuple[tuple[int, frozenset[Phrase]], ...]]:
    tails: dict[str, dict[int, set[Phrase]]] = {}
    for trigger in event_type.triggers:
        for phrase in split_phrases(trigger.tail):
            tails.setdefault(phrase[0], {}).setdefault(len(phrase), set()).add(phrase)
    return {
        first: tuple((length, frozenset(phrases)) for length, phrases in by_length.items())
        for first, by_length in tails.items()
    }


def _counter_phrases_by_word(event_type: EventType) -> dict[str, tuple[tuple[int, tuple[Slot, ...]], ...]]:
    phrases: dict[str, tuple[tuple[int, tuple[Slot, ...]], ...]] = {}
    for phrase in event_type.counter.phrases:
        slots = tuple(frozenset(slot.split("|")) for slot in phrase.split())
        for index, slot in enumerate(slots):
            for word in sorted(slot):
                phrases[word] = (*phrases.get(word, ()), (index, slots))
    return phrases


def word_fits(token: Token, slot: Slot) -> bool:
    """Whether a token is one of a slot's alternatives: a form or lemma, "=form" for the form only, "#" for a number.

    A number in a time is none: "closed at 45" is a price, "closed on 30 April" is not.
    """
    if token.lower_ in slot or f"={token.lower_}" in slot:
        return True
    if token.lemma_.lower() in slot:
        return True
    return "#" in slot and (token.like_num or token.tag_ == "CD") and token.ent_type_ not in _TIME_LABELS


def is_counter_phrase(token: Token, rules: Rules) -> bool:
    """Whether the token stands in a phrase that makes it no event, such as "closed" in "behind closed doors"."""
    doc = token.doc
    for word in (token.lower_, f"={token.lower_}", token.lemma_.lower()):
        for index, slots in rules.counter_phrases.get(word, ()):
            first = token.i - index
            if first < 0 or first + len(slots) > len(doc):
                continue
            if all(word_fits(doc[first + step], slot) for step, slot in enumerate(slots)):
                return True
    return False


def allowed_class(noun: Token, trigger: Trigger, rules: Rules) -> TargetClass | None:
    """The first target class of the noun that the trigger's rule allows, None when there is none."""
    return next((one for one in target_classes(noun, rules) if allows(trigger, one)), None)


def allows(trigger: Trigger, target_class: TargetClass) -> bool:
    """Whether the trigger's rule takes targets of the class."""
    name = target_class.name
    return name not in trigger.not_targets and (not trigger.targets or name in trigger.targets)


def target_classes(noun: Token, rules: Rules) -> list[TargetClass]:
    """The target classes of a noun by its lemma and the words before it, those of longer entries first.

    "power plant" is found before "plant". Empty for a word that is in none, or that is an adjective or verb by its tag
    and no noun by its relation either.
    """
    if not _is_nominal(noun):
        return []
    classes: list[TargetClass] = []
    for form in _noun_forms(noun):
        for before, target_class in rules.nouns.get(form, ()):
            if _stand_before(before, noun):
                classes.append(target_class)
        if classes:
            break
    return classes


def _is_nominal(word: Token) -> bool:
    return word.pos_ in ("NOUN", "PROPN") or (word.pos_ in _MISTAGGED and word.dep_ in _NOMINAL)


def _stand_before(words: Phrase, noun: Token) -> bool:
    first = noun.i - len(words)
    return first >= 0 and all(word_fits(noun.doc[first + step], frozenset({word})) for step, word in enumerate(words))


def _noun_forms(noun: Token) -> Iterator[str]:
    """Lemma and form; a proper noun's lemma keeps its plural ("Embassies"), so that is cut here."""
    lower = noun.lemma_.lower()
    yield lower
    if noun.pos_ != "PROPN" and lower != noun.lower_:
        yield noun.lower_
    if noun.tag_ == "NNPS":
        yield f"{lower[:-3]}y" if lower.endswith("ies") else lower.removesuffix("s")
