"""Which event claims are clearly of one event, in one article or in several.

Conservative: two lines in the report that should be one cost a reader less than one line that mixes two closures. Two
claims of the same type belong together when nothing they say conflicts and one of these holds:

- one article says the same words of the target twice ("the clinic", "The clinic");
- two articles say the same words, and also share a place or the actor, or the words hold a name ("the Alder Street
  Library"). Of diplomatic missions a country has many, so there the name is not enough;
- the kind of the target is the same, a place is shared, both dates are known and overlap, and one target's words are
  among the other's ("the plant", "its bottle plant"; never "the primary school", "the high school").

Conflicts: another actor, no place in common, dates apart (a reversal may come later). The claims are taken in the
order given; each joins the first group of which it conflicts with no member.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.records import Claim
from pipeline.text.normalize import casefolded_words

#: Function words that tell no target from another: articles, possessives, demonstratives, prepositions.
_STOP_WORDS = frozenset("a an the its his her their our my your this that these those s of in at on to for and".split())
#: Kinds of target that are too broad to compare targets by.
_BROAD_KINDS = ("", "other")
#: Kinds of target of which one owner has many under the same name: "the Norwegian embassy" is in many capitals.
_SHARED_NAME_KINDS = ("diplomatic mission",)
#: Two capitalised words, the second maybe a number: "Alder Street", "Bank of Larnhaven", "Pier 4".
_NAME = re.compile(r"\b[A-Z][\w'’.-]*\s+(?:of\s+)?[A-Z0-9]\w*")
#: What is capitalised at the start of a sentence without being part of a name.
_LEADING_DETERMINER = re.compile(r"(?:the|an?|its|this|that|our|their)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a claim says about its event, made comparable. Words are content words in lower case."""

    type: str  #: event type
    article: str  #: file of the story that the claim's article carries
    words: tuple[str, ...]  #: words of the target
    is_named: bool  #: whether these hold a name that only one thing has
    kind: str  #: kind of target; empty for a broad one
    actor: frozenset[str]  #: words of the actor
    places: frozenset[str]  #: places, each as one string: "Larnhaven, Norway" gives "larnhaven" and "norway"
    dates: tuple[date, date] | None  #: first and last day, or None when either is unknown
    is_reversal: bool  #: whether it is about a reopening

    @property
    def limits(self) -> tuple[object, ...]:
        """All that ``_conflict`` looks at."""
        return self.actor, self.places, self.dates, self.is_reversal


@dataclass(slots=True)
class _Group:
    """Claims of one event."""

    claims: list[Claim] = field(default_factory=list)
    facts: list[_Facts] = field(default_factory=list)
    #: One example of each set of limits: facts with equal limits conflict with the same others.
    limits: dict[tuple[object, ...], _Facts] = field(default_factory=dict)

    def add(self, claim: Claim, facts: _Facts) -> None:
        self.claims.append(claim)
        self.facts.append(facts)
        self.limits.setdefault(facts.limits, facts)

    def accepts(self, facts: _Facts) -> bool:
        """Whether the facts are clearly of this event: they match one of the claims and conflict with none."""
        is_same = any(_match(facts, member) for member in self.facts)
        return is_same and not any(_conflict(facts, member) for member in self.limits.values())


def group_events(claims: Iterable[Claim], stories: Mapping[str, str] | None = None) -> tuple[tuple[Claim, ...], ...]:
    """The event claims (all but quotes) in groups of one event each, in the order of their first claims.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too: the two count as one article. A claim
    that matches no other is a group of its own.
    """
    groups: list[_Group] = []
    numbers_by_key: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for claim in claims:
        if claim.claim_type == "quote":
            continue
        facts = _facts(claim, stories or {})
        keys = set(_index_keys(facts))
        candidates = sorted({number for key in keys for number in numbers_by_key[key]})
        number = next((number for number in candidates if groups[number].accepts(facts)), len(groups))
        if number == len(groups):
            groups.append(_Group())
        groups[number].add(claim, facts)
        for key in keys:
            if number not in numbers_by_key[key]:
                numbers_by_key[key].append(number)
    return tuple(tuple(group.claims) for group in groups)


def content_words(text: str) -> tuple[str, ...]:
    """The words of a target, actor or place in lower case and order, without those of _STOP_WORDS.

    "The Bank of Larnhaven's mill" gives ("bank", "larnhaven", "mill").
    """
    return tuple(word for word in casefolded_words(text) if word not in _STOP_WORDS)


def _facts(claim: Claim, stories: Mapping[str, str]) -> _Facts:
    start, end = claim.date_start, claim.date_end
    has_name = _NAME.search(_LEADING_DETERMINER.sub("", claim.target, count=1)) is not None
    places = (" ".join(content_words(part)) for place in claim.place for part in place.split(","))
    return _Facts(
        type=claim.claim_type,
        article=stories.get(claim.doc_id, claim.file),
        words=content_words(claim.target),
        is_named=has_name and claim.target_kind not in _SHARED_NAME_KINDS,
        kind="" if claim.target_kind in _BROAD_KINDS else claim.target_kind,
        actor=frozenset(content_words(claim.actor)),
        places=frozenset(places) - {""},
        dates=(start, end) if start and end else None,
        is_reversal=claim.event_status == "reversed",
    )


def _index_keys(facts: _Facts) -> Iterator[tuple[str, ...]]:
    """The keys under which claims that may match are found: two that match share at least one."""
    if facts.words:
        yield (facts.type, "words", *facts.words)
    if facts.kind:
        for place in facts.places:
            yield (facts.type, "kind", facts.kind, place)


def _match(first: _Facts, second: _Facts) -> bool:
    """Whether one of the three rules of the module's docstring holds."""
    if first.words and first.words == second.words:
        has_same_actor = bool(first.actor) and first.actor == second.actor
        is_tied = has_same_actor or bool(first.places & second.places)
        return first.article == second.article or first.is_named or is_tied
    return _is_same_kind_there(first, second) and _are_words_contained(first, second)


def _is_same_kind_there(first: _Facts, second: _Facts) -> bool:
    """Whether both are about one kind of target in one place, on known days; ``_conflict`` compares these."""
    is_same_kind = bool(first.kind) and first.kind == second.kind
    return is_same_kind and bool(first.places & second.places) and bool(first.dates and second.dates)


def _are_words_contained(first: _Facts, second: _Facts) -> bool:
    """Whether one target's words are among the other's, not counting places': "the Larnhaven plant", "its plant"."""
    of_places = {word for place in first.places | second.places for word in place.split()}
    fewer, more = sorted((set(first.words) - of_places, set(second.words) - of_places), key=len)
    return bool(fewer) and fewer <= more


def _conflict(first: _Facts, second: _Facts) -> bool:
    """Whether the two can't be about one event."""
    if first.actor and second.actor and not (first.actor <= second.actor or second.actor <= first.actor):
        return True
    if first.places and second.places and not first.places & second.places:
        return True
    if first.dates is None or second.dates is None:
        return False
    if first.is_reversal != second.is_reversal:
        closing, reopening = (second, first) if first.is_reversal else (first, second)
        return bool(closing.dates and reopening.dates and reopening.dates[1] < closing.dates[0])
    return first.dates[0] > second.dates[1] or second.dates[0] > first.dates[1]
