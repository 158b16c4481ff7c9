"""General English that the rules for events go by, from models/event_words.toml.

These words hold for every kind of event: what counts nouns, what orders, what denies. The words of one kind of event
stand in its own file (``pipeline.knowledge.events.types``). The file gives an example sentence for each list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from pipeline.errors import BadKnowledge
from pipeline.knowledge.files import check_keys, read_toml
from pipeline.records import Status

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """How far a noun phrase reaches and which of its nouns is meant."""

    partitives: Words  #: count or portion what follows "of": "most of the shops"
    tail_openers: Words  #: open a tail that only adds detail: "two mills including ..."
    plural_auxiliaries: Words  #: ask for a plural subject: "branches of the bank, which were closed"


@dataclass(frozen=True, slots=True)
class VerbWords:
    """Verbs by what they say of their subject and object."""

    object_control: Words  #: their object does what the infinitive says: "ordered the council to close"
    undergoing: Words  #: their subject undergoes their object: "faces closure"
    heading_for: Words  #: their subject undergoes what follows "for": "is heading for closure"
    copulas: Words  #: link a subject and its state: "remains closed"
    passing_copulas: Words  #: copulas that pass on who ordered the state: "ordered that it stay shut"
    light_adverbs: Words  #: may follow a verb that stands alone: "the pub will go too"
    light_prepositions: Words  #: may, too: "no trains run between Larn and Osk"
    unchanged_participles: Words  #: look like the verb itself: "Shut in May, the mill is empty"


@dataclass(frozen=True, slots=True)
class TargetWords:
    """Words that tell which noun an event happens to."""

    object_particles: Words  #: particles before an object: "sealed off the bridge"
    doors: Words  #: nouns that in the plural stand for their site: "the doors of the school closed"
    circumstances: Words  #: nouns that say when or how, never what: "the time it closed"
    firms: Words  #: nouns for whoever has sites, and is none: "the company halted production"
    activity_places: Words  #: tell where an activity ends: "halted operations at its quarry"
    neighbour_prepositions: Words  #: the same of what joins two: "its border with Togo"
    site_prepositions: Words  #: tell where a target lies: "close its mill at Harwick"
    person_pronouns: Words  #: people, who end an activity but don't close themselves
    speaking_pronouns: Words  #: of these, the firm of whoever speaks: "we will resume operations"
    predicating_prepositions: Words  #: before an event noun said of something: "earmarked for closure"
    complement_prepositions: Words  #: name something else the event noun happens to: "closure of the deal"
    number_signs: Words  #: stand for the number in a name: "mine No. 2"
    serving_prepositions: Words  #: before what an order hits: "closure orders were served on two bars"
    following_prepositions: Words  #: before an event that lasted: "drew crowds after a two-year closure"
    asking_prepositions: Words  #: before who asks to do it: "a request from the school to close"
    series: Words  #: say, as ordinals do, which of a series it is: "the latest shop to close"
    novelty: Words  #: on a noun for what was not there before: "will open a new shop"
    selecting: Words  #: after "the" pick one of several, as superlatives do: "the one in Osk will close"
    quantity_pronouns: Words  #: stand for a noun before: "several will close"
    remainders: Words  #: of these, what also takes up a single thing: "kept one branch but closed the others"


@dataclass(frozen=True, slots=True)
class ReferenceWords:
    """Words that take up what was spoken of before."""

    singular_pronouns: Words  #: for one thing: "it"
    plural_pronouns: Words  #: for several: "they"
    definite: Words  #: determiners of what was spoken of: "these closures"
    definite_singular: Words  #: determiners of the one event spoken of: "the closure"
    alternatives: Words  #: join two names of one thing: "Larn Radio, or LRN"
    counts: tuple[str, ...]  #: number words in order from 2: "two", "three"
    open_prepositions: Words  #: leave open what an event noun happens to: "a closure for repairs"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words that tell where an event happens."""

    prepositions: Words  #: before a place: "across the region"
    nouns: Words  #: for a place named elsewhere: "the capital"
    everywhere: Words  #: of these nouns those that after "in" only compare: "the oldest mill in the world"
    connections: Words  #: for what goes to the place named before them: "the Harwick service"


@dataclass(frozen=True, slots=True)
class CauseWords:
    """Words that bound a stated reason."""

    time_units: Words  #: measure before a connector, give no reason: "hours after it opened"
    tail_openers: Words  #: end the reason after a comma: "the flood, which ..."
    clausal_connectors: Words  #: need a clause to give a reason: "as the river rose"


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words that tell whether a date is when the event happens."""

    within: Words  #: make a length of time tell when: "in the past two years"
    near_today: Words  #: tie such a length to today: "past", "next"
    durations: Words  #: tell how long: "for two weeks"
    limits: Words  #: tell when after a negation: "not until May"
    starts: Words  #: carry a start date: "starting in May"
    as_soon: Words  #: carry a bound: "as soon as Friday"
    on_days: Words  #: of a day that dates the verb, whichever noun it hangs on


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Words that tell who brings an event about."""

    target_prepositions: Words  #: name the target, so the possessor acts: "Norway's closure of the consulate"
    judging: Words  #: verbs for what somebody else does: "Critics advised closing the mill"
    answering: Words  #: verbs for what somebody else asks for: "The court refused the request to close the mill"
    calling_on: Words  #: verbs whose preposition's noun is to act: "called on the ministry to close the camp"
    deciding: Words  #: verbs by which whoever has the say settles it: "decided that two schools would be closed"


@dataclass(frozen=True, slots=True)
class GovernorWords:
    """Words above an event by what they do to it, and so by the status that they give it."""

    intention: Words  #: planned: "intends to close"
    order: Words  #: planned: "ordered closed"
    schedule: Words  #: planned: "is due to close"
    demand: Words  #: possible: "demanded the closure"
    thought: Words  #: possible: "is considering closing"
    opposition: Words  #: possible: "oppose the closure"
    wish: Words  #: possible: "wants to close"
    ability: Words  #: possible: "is allowed to close"
    attempt: Words  #: possible: "tried to close"
    necessity: Words  #: possible: "needs to close"
    danger: Words  #: possible: "faces closure"
    threat: Words  #: threatened: "threatened to close"
    refusal: Words  #: denied: "refused to close"
    prevention: Words  #: denied: "averted the closure"
    cancellation: Words  #: denied: "shelved the closure"
    failure: Words  #: denied: "failed to close"
    duration: Words  #: ongoing: "began closing"
    completion: Words  #: occurred: "enforced the closure"
    undoing: Words  #: reversed: "lifted the closure"

    def by_lemma(self) -> dict[str, Status]:
        """Every governing lemma with the status it gives."""
        return {lemma: status for field, status in _STATUS_OF_GOVERNORS.items() for lemma in getattr(self, field)}


#: The status that each list of governing words gives; of a lemma in two lists the later one's counts.
_STATUS_OF_GOVERNORS: dict[str, Status] = {
    "intention": "planned",
    "order": "planned",
    "schedule": "planned",
    "demand": "possible",
    "thought": "possible",
    "opposition": "possible",
    "wish": "possible",
    "ability": "possible",
    "attempt": "possible",
    "necessity": "possible",
    "danger": "possible",
    "threat": "threatened",
    "refusal": "denied",
    "prevention": "denied",
    "cancellation": "denied",
    "failure": "denied",
    "duration": "ongoing",
    "completion": "occurred",
    "undoing": "reversed",
}


@dataclass(frozen=True, slots=True)
class StatusWords:
    """Words that, with those of the event type, tell whether an event happened."""

    noun_prepositions: Words  #: between a governing word and the event noun: "plans for the closure"
    gerund_prepositions: Words  #: between a governing word and the gerund: "spoke against closing"
    open_prepositions: Words  #: leave open whether the gerund came about: "a case for closing"
    negatives: Words  #: determiners that deny: "no closure"
    narrowing: Words  #: with them "not" doesn't deny: "not until May"
    present_be: Words  #: a state that holds now: "are closed"
    perfect_have: Words  #: with "since" a state that still holds: "has been closed since May"
    completing: Words  #: of the adverbs of state, those that after "have" tell what is over: "has already closed"
    time_conjunctions: Words  #: with the present tense what is to come: "when the mill closes"
    motion: Words  #: verbs with whose infinitive of purpose one means to do it: "came to close the bar"
    powers: Words  #: nouns for what one may do; denied, it isn't done: "has no power to close the mill"
    motives: Words  #: nouns for what somebody is after: "The aim is not to close the mill" denies no closing
    lasting: Words  #: verbs by which an event noun goes on: "the shutdown continues"
    happening: Words  #: verbs by which an event noun comes about: "the closure may happen"
    likely: Words  #: adjectives that tell how likely it is: "closures are likely"
    prepositional: Words  #: govern an event noun after a preposition only: "called for the closure"
    reactions: Words  #: verbs whose object only takes up an event: "criticised the closure"
    times: Words  #: prepositions after which an event noun tells when: "during the shutdown"
    postponing: Words  #: put off, so that what undoes an event doesn't come: "delayed the reopening"
    granting: Words  #: do what is asked for: "granted a request to close"
    alternatives: Words  #: "no choice but to close": it is done
    withholding: Words  #: verbs whose object "from" takes away: "barred from closing"
    reaching: Words  #: by which an event noun reaches a length: "entered its third week"
    containing: Words  #: between a list and its items: "options include closing"
    nobody: Words  #: as a subject deny: "nobody will close it"
    infinitival: Words  #: govern an infinitive only: "told to close"
    answering: Words  #: before "for" and what was done: "criticised for closing"
    steps: Words  #: what somebody takes who does it: "the step of closing"
    taking: Words  #: verbs that go with these: "took"
    inverting: Words  #: at a sentence's head make a condition: "Had it closed"
    reasons: Words  #: conjunctions before why something was done: "as the hotel would close"
    allotting: Words  #: verbs by which somebody gets or has a time to do it: "gave him a week to close"
    deadlines: Words  #: prepositions before the end of that time: "has until May to close"
    keeping: Words  #: verbs that leave a thing so: "keeps it closed"
    advising: Words  #: modals of what ought to be: "should remain closed"
    speakers: Words  #: pronouns of those who speak: "we will close it if"
    excepting: Words  #: between "no choice" and what is done: "but"
    having: Words  #: between somebody and what it takes: "doesn't have the right to close it"
    for_now: Words  #: adverbs of a state that holds now: "temporarily closed"
    long_since: Words  #: adverbs before an attribute that still holds: "the long-closed pit"
    bounds: Words  #: tell how long or to whom it is so: "is closed until May"
    listing: Words  #: before an item of a list: "options including closing the mill"
    means: Words  #: of what comes with what is done by it: "will save money by closing it"
    ended: Words  #: by which what was so is so no more: "no longer threatened with closure"
    given_up: Words  #: said of a plan that is given up: "the plan is dead"
    weighing: Words  #: verbs whose object is weighed: "looked at ways including closing"
    choices: Words  #: nouns for a choice: "a vote on closing"
    choosing: Words  #: verbs for making such a choice: "will vote on closing"
    about: Words  #: prepositions after these: "on"
    deeds: Words  #: what settles a thing in writing: "the settlement calls for it to close"
    supposing: Words  #: of what is only supposed: "in case of a shutdown"
    directions: Words  #: prepositions of what lies ahead: "toward closing"
    replacing: Words  #: words after which something is done in its place: "instead of closing"
    doubts: Words  #: leave open whether a clause is true: "rumours that it will close"
    falsehoods: Words  #: say that a clause is not true: "a myth that it will close"
    tellings: Words  #: nouns for what is told of an event, true or not: "talk of closing it is premature"
    near_misses: Words  #: tell that it came close and did not happen: "almost closed"
    truths: Words  #: where denied, say the same: "not true that it will close"
    causing: Words  #: verbs by which something comes about: "would mean closures"
    courses: Words  #: nouns under which "would" tells of what is meant: "a bill that would close it"
    suppositions: Words  #: nouns for what is only supposed: "a case where it closes"
    universal: Words  #: determiners of whatever it may be: "any school that closes"
    halted: Words  #: after a preposition: it is stopped: "on hold"
    in_force: Words  #: after a preposition: it holds now: "in force"
    in_view: Words  #: after a preposition: it may come: "on the cards"


@dataclass(frozen=True, slots=True)
class GroupWords:
    """Words that tell whether two mentions are of one event."""

    others: Words  #: modifiers of what was not spoken of before: "another mine"
    remaining: Words  #: modifiers of what is left of several, or some of them only: "the remaining shops"
    indefinite: Words  #: determiners of an event that was not spoken of: "a closure"
    adding: Words  #: adverbs that add an event to the one spoken of: "was shut again", "will also close"
    repeating: Words  #: of these what makes it come about once more: "was shut again"
    staying: Words  #: verbs before a state that holds for longer: "will stay shut in May"
    since: Words  #: before the day on which a state began: "shut since May"
    following: Words  #: before what an event follows soon: "closed after a raid on 3 April"
    partly: Words  #: words by which not all of it is undone: "partly reopened", "reopened for walkers"
    some: Words  #: modifiers of a few out of many: "several shops"
    singular: Words  #: partitives for one of several: "one of the mines"
    activities: Words  #: nouns for what goes on at a site, which is what is meant: "production at the mill"
    earlier: Words  #: of others what marks a past event: "the last closure"
    collectives: Words  #: a noun for many and nouns for its members, in one string: "chain shop store"
    parts: Words  #: a noun for a whole and nouns for its parts, in one string: "hospital ward"
    of_states: Words  #: nouns for what every state has of its own: "its airspace"
    general: Words  #: nouns that take up a site of any kind: "the facility"
    synonyms: Words  #: nouns by which one thing is called in turn, in one string: "mine pit colliery"
    name_words: Words  #: words that many names have, so that sharing them tells nothing: "north", "company"
    common_sites: Words  #: nouns for things of which a town has many: "school"
    coming_about: Words  #: verbs that in the past tense tell that the event came about: "the closure came after a fire"


@dataclass(frozen=True, slots=True)
class EventWords:
    """All of models/event_words.toml, a field for each of its tables; words are lower case."""

    phrases: PhraseWords
    verbs: VerbWords
    targets: TargetWords
    reference: ReferenceWords
    places: PlaceWords
    causes: CauseWords
    dates: DateWords
    actors: ActorWords
    governors: GovernorWords
    status: StatusWords
    groups: GroupWords

    def __hash__(self) -> int:  # asked for every article, as that of an ``EventType``
        return hash(self.dates)


def load_event_words(folder: Path) -> EventWords:
    """Words from ``folder``/event_words.toml, where ``folder`` is models/.

    Every table and every list must be there: a rule without its words would find less and say nothing. Raises
    BadKnowledge naming the file, the table and the key when one is missing or unknown or is no list of lower-case
    words.
    """
    path = folder / "event_words.toml"
    groups = get_type_hints(EventWords)
    tables = read_toml(path)
    _check_complete(tables, list(groups), str(path))
    return EventWords(**{name: _load_group(tables[name], group, f"{path} [{name}]") for name, group in groups.items()})


def _load_group(table: object, group: type[Any], where: str) -> Any:
    if not isinstance(table, dict):
        raise BadKnowledge(f"{where} must be a table of word lists.", "Compare the file with the one that ships.")
    _check_complete(table, [field.name for field in fields(group)], where)
    kinds = get_type_hints(group)
    for key, words in table.items():
        if not isinstance(words, list) or not words or not all(_is_lower(word) for word in words):
            raise BadKnowledge(
                f"{where}, {key}: {words!r} is not a list of lower-case words.", "Write them in lower case."
            )
    return group(
        **{key: tuple(words) if kinds[key] == tuple[str, ...] else frozenset(words) for key, words in table.items()}
    )


def _check_complete(table: Mapping[str, Any], names: list[str], where: str) -> None:
    check_keys(table, names, where)
    missing = next((name for name in names if name not in table), None)
    if missing is not None:
        raise BadKnowledge(f"{where}: the key {missing!r} is missing.", "Compare the file with the one that ships.")


def _is_lower(word: object) -> bool:
    return isinstance(word, str) and bool(word) and word == word.lower()
