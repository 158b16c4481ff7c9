"""Event types as data: what triggers an event, what it may happen to, how sure the text is, with examples.

A file of models/events/ (or one the user names) describes one type. Nothing of it is code: the engine in
``pipeline.extract.events`` reads any file of this schema. Each class below is a table of the file, each field a key.
Words are lower case, verbs and nouns as lemmas, unless a field says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.records import Permanence, Status

#: What a trigger is: "close" (verb), "closure" (noun), "shut" (adjective).
Form = Literal["verb", "noun", "adjective"]
#: Where the target of a verb stands: "object" ("sealed the mine"); "subject" ("the mill closed"); "either", the object
#: or else the subject; "preposition", after one of the rule's ("withdrew from Peru"); "activity", an activity as object
#: ("ceased operations"), whose subject is the target when the activity stands bare; "complement", what the object is
#: made or called ("named her chair", "was appointed as a judge").
Frame = Literal["either", "object", "subject", "preposition", "activity", "complement"]
#: Whom the column actor names: whoever brings the event about, or whoever it happens to ("she was appointed judge").
Doer = Literal["agent", "undergoer"]


@dataclass(frozen=True, slots=True)
class TargetClass:
    """Nouns that name one sort of target, a table ``[[target]]``."""

    kind: str  #: what the column target_kind shows: "plant or mine"
    nouns: tuple[str, ...]  #: lemmas, maybe of several words: "power plant"
    name: str = ""  #: what triggers refer to, by default the kind: several classes may share a kind
    #: Names that are a code and a number, as written with "#" for the number: "I-#" for "Crews shut I-20".
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that may state the event, a table ``[[trigger]]``: a rule that fires where they have a target it takes.

    Rules are tried in the order of the file; the first that fits a word and finds its target wins.
    """

    rule: str  #: the rule's name, shown in the column rule
    form: Form
    words: tuple[str, ...]  #: lemmas; of adjectives the form itself
    frame: Frame = "either"  #: where a verb's target stands; nouns and adjectives have no frame
    particles: tuple[str, ...] = ("",)  #: one of these must follow ("shut down"); "" allows none
    tail: tuple[str, ...] = ()  #: one of these phrases must follow: "to a halt"
    prepositions: tuple[str, ...] = ()  #: before the target of a noun, or of a verb in that frame: "closure of"
    targets: frozenset[str] = frozenset()  #: names of target classes allowed; empty: all
    not_targets: frozenset[str] = frozenset()  #: names of target classes refused
    not_subjects: frozenset[str] = frozenset()  #: a verb's subject or noun's possessor with which the rule doesn't fit
    subjects: frozenset[str] = frozenset()  #: target classes that an activity's subject must be of; empty: any
    #: Target classes of which one was spoken of shortly before: then a place will do instead of a target, as in "Peru
    #: runs nine embassies. It will withdraw from Oslo." A bare noun needs one, too: "The evacuation took an hour."
    near: frozenset[str] = frozenset()
    #: Whether a bare number of such targets will do, where an event of their kind was told before: "Another 9 will go".
    counts: bool = False
    named: bool = False  #: whether a named organisation or facility will do as target
    pronouns: bool = False  #: whether a pronoun that stands for such a target will do
    untyped: bool = False  #: whether any other noun will do
    bare: bool = False  #: whether it may have no target at all: "the closures", "when to reopen"
    placed: bool = False  #: whether the name of a place smaller than a country will do: "shut Norrholm"
    people: bool = False  #: whether people may stand for their business: "we had to shut down"
    negated: bool = False  #: whether the rule fits only what is denied: "will not open"; the event is that it ceases
    #: Whether the words say that the event doesn't come about: "stay open", where that isn't denied. It counts only
    #: where the article tells of such an event: "The town wanted to shut the pool. It stays open."
    upholds: bool = False
    without: frozenset[str] = (
        frozenset()
    )  #: words that must not hang on the trigger or its verb: "to" ("open to talks")
    adverbs: frozenset[str] = frozenset()  #: one of these must hang on the verb: "still" for "is still running"
    #: Whether the rule fits only a deed to come, where an event of that kind was told of before: "open" in "The shops
    #: were shut in May. The town plans to open them in June."
    follows: bool = False
    unwilled: bool = False  #: whether nobody means to do it: "firms would go bust" is possible, no plan
    alone: bool = False  #: whether nothing but times may hang on the verb: "the pub will go", not "will go to court"
    #: Words near in the sentence with which the rule doesn't fit: "share" for "Brantley Foods closed".
    not_beside: frozenset[str] = frozenset()
    #: Nouns before which a bare noun counts: "order" for "the closure order".
    heads: frozenset[str] = frozenset()
    reverses: bool = False  #: whether the words undo the event ("reopen"): its status is then reversed
    actor: Doer = "agent"
    permanence: Permanence = "unspecified"  #: what the words themselves tell: "dismantle" is permanent
    #: Share of the rule's events, 0 to 1, that are right when the target is of a listed class; other targets have less.
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Counter:
    """What makes it no event, the table ``[counter]``."""

    nouns: frozenset[str] = frozenset()  #: never a target: "gap" in "closed the gap"
    #: Phrases around the trigger, word by word: a form or lemma, "=a" the form only, "a|b" either, "#" a number that
    #: is no time.
    phrases: tuple[str, ...] = ()
    #: Words near a verb in the present that make it a habit or opening hours: "every" in "closed every winter".
    habits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StatusCues:
    """Words that govern or modify a trigger and settle its status, the table ``[status]``.

    The first seven lists give the status of their name: "plan" among ``planned`` makes "plans to close" planned.
    """

    planned: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    threatened: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    ongoing: frozenset[str] = frozenset()
    reversed: frozenset[str] = frozenset()
    occurred: frozenset[str] = frozenset()
    transparent: frozenset[str] = frozenset()  #: verbs that pass on their own status: "was forced to close"
    hypothetical: frozenset[str] = frozenset()  #: conjunctions that make it so: "if"
    future_in_past: frozenset[str] = frozenset()  #: modals: planned under a past report, else hypothetical: "would"
    adverbs: frozenset[str] = frozenset()  #: hold a state now, so it is ongoing: "still closed", "remains closed"
    opposite: frozenset[str] = frozenset()  #: how it stays if it doesn't happen after all: "will now stay open"

    def by_lemma(self) -> dict[str, Status]:
        """Every governing or modifying lemma with the status it gives; of a lemma in two lists the later one's."""
        return {lemma: status for status in _STATUSES_BY_LEMMA for lemma in getattr(self, status)}


#: The statuses that a list of lemmas of the same name gives.
_STATUSES_BY_LEMMA: tuple[Status, ...] = (
    "planned", "possible", "threatened", "denied", "ongoing", "reversed", "occurred",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PermanenceCues:
    """Words that settle permanence, the table ``[permanence]``.

    A cue is one word or two: in a row ("for good"), a preposition and its noun's lemma ("for repair"), or the lemmas of
    trigger and target ("end production").
    """

    permanent: frozenset[str] = frozenset()  #: about the trigger or on its target: "closed for good"
    temporary: frozenset[str] = frozenset()  #: about the trigger or on its target: "briefly closed"
    ends: frozenset[str] = frozenset()  #: of ``temporary`` those that after "not" tell of a beginning: "not until May"
    staying: frozenset[str] = frozenset()  #: verbs of a state that a day measures: "stayed shut on Monday"
    ages: frozenset[str] = frozenset()  #: units of a thing's life, after which it ends for good: "after 150 years"
    lasting: frozenset[str] = frozenset()  #: verbs that with a time tell how long an event noun lasts: "last"
    permanent_nearby: frozenset[str] = frozenset()  #: anywhere near in the sentence: "layoff"
    #: Lemmas that an article about what lasts says again and again: "job" and "layoff" where plants close for good.
    permanent_background: frozenset[str] = frozenset()
    #: Lemmas that an article about what passes says again and again: "epidemic".
    temporary_background: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CauseCues:
    """Words that open or name a cause, the table ``[cause]``."""

    connectors: tuple[str, ...] = ()  #: prepositions or conjunctions, maybe of several words: "because of"
    weak: tuple[str, ...] = ()  #: connectors that count only right on the trigger or its governor: "after"
    nouns: frozenset[str] = frozenset()  #: cause but don't act, so they are no actor: "A fire closed it"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that must match, a table ``[[match]]``: the parts given, as written in ``text``, must be found."""

    text: str  #: the sentence
    trigger: str
    target: str = ""
    target_kind: str = ""
    antecedent: str = ""  #: what a pronoun or bare noun as target stands for
    actor: str = ""
    place: str = ""  #: the first one
    cause: str = ""
    status: str = ""
    permanence: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type as its file describes it."""

    name: str  #: becomes claim_type
    targets: tuple[TargetClass, ...]
    triggers: tuple[Trigger, ...]  #: in the order in which they are tried
    counter: Counter = field(default_factory=Counter)
    status: StatusCues = field(default_factory=StatusCues)
    permanence: PermanenceCues = field(default_factory=PermanenceCues)
    cause: CauseCues = field(default_factory=CauseCues)
    #: Subjects of these verbs act when the event is their noun object: "announced the closure".
    controllers: frozenset[str] = frozenset()
    matches: tuple[Example, ...] = ()
    non_matches: tuple[str, ...] = ()  #: sentences in which nothing may be found, the list ``no_match``

    def __hash__(self) -> int:  # what is made of a type is looked up for every article: not by all of its words
        return hash(self.name)
