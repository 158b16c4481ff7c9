"""Which event claims are clearly of one event, in one article or in several.

Conservative: two lines that should be one cost a reader less than one line that mixes two closures. Two claims of the
same type belong together when nothing they say conflicts and one of these holds:

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

#: Words that tell nothing of what closes: articles, possessives, demonstratives.
_EMPTY = frozenset("a an the its his her their our my your this that these those s of in at on to for and".split())
#: Kinds of target that say too little, and of which one owner has many under the same words.
_VAGUE, _MANY = ("", "other"), ("diplomatic mission",)
_NAME = re.compile(r"\b[A-Z][\w'’.-]*\s+(?:of\s+)?[A-Z0-9]\w*")
_LEADING = re.compile(r"(?:the|an?|its|this|that|our|their)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a claim says of its event, made comparable."""

    type: str
    article: str
    words: tuple[str, ...]
    named: bool
    kind: str
    actor: frozenset[str]
    places: frozenset[str]
    dates: tuple[date, date] | None
    reversed: bool

    @property
    def limits(self) -> tuple[object, ...]:
        """All that ``_conflict`` looks at."""
        return self.actor, self.places, self.dates, self.reversed


@dataclass(slots=True)
class _Group:
    """Claims of one event; of facts that conflict with the same others one is enough."""

    claims: list[Claim] = field(default_factory=list)
    facts: list[_Facts] = field(default_factory=list)
    limits: dict[tuple[object, ...], _Facts] = field(default_factory=dict)

    def add(self, claim: Claim, facts: _Facts) -> None:
        self.claims.append(claim)
        self.facts.append(facts)
        self.limits.setdefault(facts.limits, facts)

    def fits(self, facts: _Facts) -> bool:
        same = any(_same(facts, other) for other in self.facts)
        return same and not any(_conflict(facts, other) for other in self.limits.values())


def group_events(claims: Iterable[Claim], stories: Mapping[str, str] | None = None) -> tuple[tuple[Claim, ...], ...]:
    """The event claims (all but quotes) in groups of one event each, in the order of their first claims.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too; the two count as one article.
    """
    groups: list[_Group] = []
    index: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for claim in claims:
        if claim.claim_type == "quote":
            continue
        facts = _facts(claim, stories or {})
        keys = set(_keys(facts))
        near = sorted({number for key in keys for number in index[key]})
        number = next((each for each in near if groups[each].fits(facts)), len(groups))
        if number == len(groups):
            groups.append(_Group())
        groups[number].add(claim, facts)
        for key in keys:
            if number not in index[key]:
                index[key].append(number)
    return tuple(tuple(group.claims) for group in groups)


def words_of(text: str) -> tuple[str, ...]:
    """The telling words of a target, actor or place in lower case, in order."""
    return tuple(word for word in casefolded_words(text) if word not in _EMPTY)


def _facts(claim: Claim, stories: Mapping[str, str]) -> _Facts:
    start, end = claim.date_start, claim.date_end
    return _Facts(
        type=claim.claim_type,
        article=stories.get(claim.doc_id, claim.file),
        words=words_of(claim.target),
        named=_NAME.search(_LEADING.sub("", claim.target, count=1)) is not None and claim.target_kind not in _MANY,
        kind="" if claim.target_kind in _VAGUE else claim.target_kind,
        actor=frozenset(words_of(claim.actor)),
        places=frozenset(" ".join(words_of(part)) for place in claim.place for part in place.split(",")) - {""},
        dates=(start, end) if start and end else None,
        reversed=claim.event_status == "reversed",
    )


def _keys(facts: _Facts) -> Iterator[tuple[str, ...]]:
    """Under what a claim that might be of the same event is found."""
    if facts.words:
        yield (facts.type, "words", *facts.words)
    if facts.kind:
        for place in facts.places:
            yield (facts.type, "kind", facts.kind, place)


def _same(one: _Facts, other: _Facts) -> bool:
    if one.words and one.words == other.words:
        tied = one.places & other.places or (one.actor and one.actor == other.actor)
        return one.article == other.article or one.named or bool(tied)
    if not (one.kind and one.kind == other.kind and one.places & other.places and one.dates and other.dates):
        return False
    # The place's own words tell the targets apart no further: "the Kirkmorrow plant" is "its plant in Kirkmorrow".
    places = {word for place in one.places | other.places for word in place.split()}
    less, more = sorted((set(one.words) - places, set(other.words) - places), key=len)
    return bool(less) and less <= more


def _conflict(one: _Facts, other: _Facts) -> bool:
    if one.actor and other.actor and not (one.actor <= other.actor or other.actor <= one.actor):
        return True
    if one.places and other.places and not one.places & other.places:
        return True
    if one.dates is None or other.dates is None:
        return False
    if one.reversed != other.reversed:
        closed, reopened = (other, one) if one.reversed else (one, other)
        return bool(closed.dates and reopened.dates and reopened.dates[1] < closed.dates[0])
    return one.dates[0] > other.dates[1] or other.dates[0] > one.dates[1]
