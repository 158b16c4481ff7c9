"""What an article says of each of its events, in words that can be compared with those of other articles.

``link.event_subjects`` describes one mention; here the mentions of an event (``Linked.groups``) are put together and
their names are sorted by what they name, as only the article's parse could tell: one shared firm or street says more
than one shared country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.knowledge.events.occasions import are_other_occasions, join_occasions
from pipeline.knowledge.events.words import GroupWords
from pipeline.records import (
    Article,
    Claim,
    Denial,
    Event,
    EventProfile,
    EventSubject,
    Linked,
    Mention,
    Occasion,
    Speaker,
)

#: What parts the words of a name: blanks, hyphens, brackets, slashes. Points and apostrophes are parts of words.
_BETWEEN_WORDS = re.compile(r"[^\w.'’&]+")
#: Target kinds that tell no event from another.
_NO_KINDS = frozenset({"", "other"})
#: How what an event happens to is spoken of where no certain event is meant: "a closure", "closures".
_UNCERTAIN_REFERENCES = frozenset({"none", "indefinite", "bare", "pronoun"})
#: Words of names that have no letter in their initials: "Harbour Workers of Larn" is HWL.
_NO_INITIALS = frozenset({"of", "and", "the", "for", "&", "in", "on"})
#: Length in letters of the country codes among the names of a subject: "usa".
_CODE_LETTERS = 3


def build_event_profiles(
    article: Article, linked: Linked, claims: Iterable[Claim], words: GroupWords
) -> tuple[EventProfile, ...]:
    """The profiles of the article's events, in the order of their first mentions; ``claims`` have their ids."""
    claim_by_place = {(claim.claim_type, claim.spans["trigger"][0]): claim for claim in claims if claim.event_id}
    names = _NameIndex(article, linked.mentions, words.name_words)
    gathered: dict[int, _Gathered] = {}
    for event, subject, actor, first in zip(linked.events, linked.subjects, linked.actors, linked.groups, strict=True):
        claim = claim_by_place[event.type, event.trigger]
        if first not in gathered:
            gathered[first] = _Gathered(claim.event_id, event.type)
        gathered[first].add(event, subject, actor, words)
        gathered[first].add_claim(claim.claim_id, event, subject)
    _share_names(gathered.values())
    return tuple(event.profile(names) for event in gathered.values())


def _share_names(gathered: Iterable[_Gathered]) -> None:
    """Give what closes twice its name both times: "The Larn Strait was closed on Monday", "the strait shut in May"."""
    named: dict[tuple[str, str], list[_Gathered]] = {}
    unnamed = []
    for event in gathered:
        if event.names:
            for head in event.heads:
                named.setdefault((event.type, head), []).append(event)
        elif event.occasion.begun or event.occasion.planned or event.occasion.undone_by:
            unnamed.append(event)
    for event in unnamed:
        alike = [other for head in sorted(event.heads) for other in named.get((event.type, head), ())]
        others = [other for other in alike if other.is_plural == event.is_plural and not event.owners - other.owners]
        names = {frozenset(other.names) for other in others}
        if len(names) == 1 and any(are_other_occasions(event.occasion, other.occasion) for other in others):
            event.names |= names.pop()


def split_name(name: str) -> Iterator[str]:
    """The words of a name in lower case, without possessive endings: "Osk's Larn-Brandt" gives osk, larn, brandt."""
    for word in _BETWEEN_WORDS.split(name.lower().replace("’", "'")):
        if word := word.removesuffix("'s").strip("'"):
            yield word


class _NameIndex:
    """The words of the article's names by what they name."""

    def __init__(self, article: Article, mentions: Sequence[Mention], name_words: frozenset[str]) -> None:
        """``name_words`` are words that many names have ("north"), which tell nothing."""
        self.name_words = name_words
        self.country_words: set[str] = set()
        self.codes: set[str] = set()
        self._countries_of: dict[str, set[str]] = {}
        self._full_names: dict[frozenset[str], frozenset[str]] = {}
        for mention in mentions:
            split = frozenset(split_name(article.text[mention.start : mention.end]))
            if mention.label == "COUNTRY" or mention.use == "people":
                self.country_words |= split
                self.codes.add(mention.country)
            elif mention.label == "PLACE":
                for word in split:
                    self._countries_of.setdefault(word, set()).add(mention.country)
            elif mention.label == "ORG":
                self._full_names[split - name_words] = frozenset(_full_name(mention.canonical, name_words))
        self.place_words = self._countries_of.keys()
        self.country_words -= self.place_words

    def in_full(self, words: set[str]) -> set[str]:
        """Words of names, and those of the full names and initials of the organisations among them, if they tell."""
        full_names = (full for written, full in self._full_names.items() if written and written <= words)
        return words.union(*full_names) - self.name_words - self.country_words

    def located(self, towns: Iterable[str]) -> set[str]:
        """The codes of the countries in which the places of these words lie."""
        return {code for town in towns for code in self._countries_of[town] if code}


def _full_name(name: str, name_words: frozenset[str]) -> Iterator[str]:
    """The words of an organisation's name, and its initials if it has several: "General Miners Inc." has "gm"."""
    words = list(split_name(name))
    yield from words
    while words and words[-1] in name_words:
        words.pop()
    capitals = [word[0] for word in words if word not in _NO_INITIALS]
    if len(capitals) > 1:
        yield "".join(capitals)


@dataclass(slots=True)
class _Gathered:
    """What the mentions of one event say, put together."""

    event_id: str
    type: str
    kinds: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    counts: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    occasion: Occasion = field(default_factory=Occasion)
    is_plural: bool | None = None
    is_generic: bool = True
    mentions: int = 0
    undoing: list[str] = field(default_factory=list)
    taking_up: list[str] = field(default_factory=list)
    denials: dict[str, Denial] = field(default_factory=dict)

    def add_claim(self, claim_id: str, event: Event, subject: EventSubject) -> None:
        if event.undoes:
            self.undoing.append(claim_id)
        if subject.takes_up or subject.reference == "none":
            self.taking_up.append(claim_id)
        if event.denial:
            self.denials[claim_id] = event.denial

    def add(self, event: Event, subject: EventSubject, actor: Speaker | None, words: GroupWords) -> None:
        self.mentions += 1
        self.kinds.add(event.target_kind)
        self.heads |= subject.heads
        self.names |= subject.names
        is_state = subject.firm.isupper()
        if not is_state or subject.heads & words.of_states:  # "its airspace", of a state by its code: "jor"
            self.owners.update(split_name(subject.firm))
        self.owners |= subject.owners
        if actor is not None:
            self.actors.update(split_name(actor.name))
        if subject.count:
            self.counts.add(subject.count)
        self.years |= subject.years
        self.occasion = join_occasions(self.occasion, subject.occasion)
        if self.is_plural is None:
            self.is_plural = subject.is_plural
        self.is_generic &= event.status == "hypothetical" and subject.reference in _UNCERTAIN_REFERENCES

    def profile(self, names: _NameIndex) -> EventProfile:
        codes = {word.upper() for word in self.names | self.owners if len(word) == _CODE_LETTERS} & names.codes
        told = self.names - names.name_words - names.country_words - {code.lower() for code in codes}
        telling = {word for word in told if len(word) > 1}
        return EventProfile(
            event_id=self.event_id,
            type=self.type,
            mentions=self.mentions,
            kinds=_sorted(self.kinds - _NO_KINDS),
            heads=_sorted(self.heads),
            names=_sorted(telling - names.place_words),
            towns=_sorted(telling & names.place_words),
            located=_sorted(names.located(telling & names.place_words)),
            countries=_sorted(codes),
            owners=_sorted(names.in_full(self.owners)),
            actors=_sorted(names.in_full(self.actors)),
            is_plural=self.is_plural,
            counts=tuple(sorted(self.counts)),
            years=tuple(sorted(self.years)),
            occasion=self.occasion,
            is_generic=self.is_generic and not telling,
            undoing=tuple(self.undoing),
            taking_up=tuple(self.taking_up),
            denials=self.denials,
        )


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words))
