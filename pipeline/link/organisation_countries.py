"""The country of organisations that no table knows: ``resolve_organisations``.

Whose an organisation is tells a name inside it ("Bank of Norway"), what stands beside it ("Norway's Larn Shipping",
"Oslo-based Fjord Oil", "the Daily Star of Larn"), or another mention of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.knowledge.context_words import PlacePatterns
from pipeline.knowledge.places import PlaceTable
from pipeline.link.place_evidence import OTHER_COUNTRY_OF_NAME
from pipeline.records import Article, Mention
from pipeline.rule_table import Rule, always, constant, first_rule

#: Characters before an organisation in which its owner is looked for: "Norway's small state-run daily " has 31.
_OWNER_REACH = 40
#: What stands between an organisation and the place it is of: "the Daily Star of Larn".
_OF = re.compile(r" of ")


@dataclass(frozen=True, slots=True)
class _PlacedMentions:
    """The countries and places of the article whose country is known, in text order, looked up by where they stand."""

    mentions: Sequence[Mention]
    #: Their first code points, in the same order.
    starts: Sequence[int]
    #: By first code point.
    by_start: Mapping[int, Mention]
    #: By the code point after the last.
    by_end: Mapping[int, Mention]

    def inside(self, outer: Mention) -> list[Mention]:
        """Those that lie within ``outer``."""
        candidates = self.mentions[bisect_left(self.starts, outer.start) : bisect_left(self.starts, outer.end)]
        return [mention for mention in candidates if mention.end <= outer.end]


@dataclass(frozen=True)
class OwnerCase:
    """An organisation whose country is in question."""

    organisation: Mention
    #: All countries and places that may own it.
    placed: _PlacedMentions
    #: The article's text.
    text: str
    #: What may stand between an owner and its organisation.
    patterns: PlacePatterns

    @cached_property
    def countries_inside(self) -> set[str]:
        """The countries of the places in its name."""
        return {mention.country for mention in self.inside}

    @cached_property
    def inside(self) -> list[Mention]:
        """The countries and places in its name."""
        return self.placed.inside(self.organisation)

    @cached_property
    def possessor(self) -> Mention | None:
        """The place before "'s": "Norway" in "Norway's daily Larner"."""
        return self._owner_before(self.patterns.after_possessor)

    @cached_property
    def demonym(self) -> Mention | None:
        """The demonym before it: "Norwegian" in "Norwegian carmaker Larn Motors"."""
        owner = self._owner_before(self.patterns.after_demonym)
        return owner if owner is not None and _is_demonym(owner) else None

    @cached_property
    def base(self) -> Mention | None:
        """The place it is based in: "Oslo" in "Oslo-based Fjord Oil"."""
        return self._owner_before(self.patterns.after_base)

    @cached_property
    def seat(self) -> Mention | None:
        """The place after "of": "Larn" in "the Daily Star of Larn"."""
        preposition = _OF.match(self.text, self.organisation.end)
        return self.placed.by_start.get(preposition.end()) if preposition else None

    def _owner_before(self, between: re.Pattern[str]) -> Mention | None:
        """The place that ends where what stands between begins."""
        window_start = max(0, self.organisation.start - _OWNER_REACH)
        match = between.search(self.text[window_start : self.organisation.start])
        return self.placed.by_end.get(window_start + match.start()) if match else None

    def country_of(self, owner: Mention | None, relation: str) -> tuple[str, str]:
        """The owner's country, and the reason: the relation and the owner's words."""
        if owner is None:
            return "", ""
        return owner.country, f'{relation} "{self.text[owner.start : owner.end]}"'


def resolve_organisations(mentions: Sequence[Mention], article: Article, table: PlaceTable) -> list[Mention]:
    """The mentions with the country of organisations filled in where something tells it, with reason and rule.

    Places must have theirs already (see pipeline.link.places). Organisations of many countries ("UN Refugee Agency")
    get none. Where only one mention of an organisation tells, all of them have it.
    """
    placed = _index_placed(mentions)
    resolved = [
        _with_owner(OwnerCase(mention, placed, article.text, table.patterns))
        if mention.label == "ORG" and not mention.country and not table.context.is_international(mention.canonical)
        else mention
        for mention in mentions
    ]
    countries = {
        mention.canonical: mention.country
        for mention in reversed(resolved)
        if mention.label == "ORG" and mention.country
    }
    return [
        replace(mention, country=countries[mention.canonical], reason="its other mention", rule="its other mention")
        if mention.label == "ORG" and not mention.country and mention.canonical in countries
        else mention
        for mention in resolved
    ]


def _index_placed(mentions: Sequence[Mention]) -> _PlacedMentions:
    placed = [mention for mention in mentions if mention.label in ("COUNTRY", "PLACE") and mention.country]
    return _PlacedMentions(
        placed,
        [mention.start for mention in placed],
        {mention.start: mention for mention in placed},
        {mention.end: mention for mention in placed},
    )


def _with_owner(case: OwnerCase) -> Mention:
    rule = first_rule(OWNER_RULES, case)
    country, reason = rule.outcome(case)
    return replace(case.organisation, country=country, reason=reason or case.organisation.reason, rule=rule.name)


def _is_demonym(mention: Mention) -> bool:
    """Whether a mention is a demonym, unless it was given the other country of its name ("Korean")."""
    return mention.origin == "demonym" and mention.rule != OTHER_COUNTRY_OF_NAME


def _country_inside(case: OwnerCase) -> tuple[str, str]:
    first = case.inside[0]
    country, reason = case.country_of(first, "demonym" if _is_demonym(first) else "name")
    return country, f"{reason} in it"


OWNER_RULES: tuple[Rule[OwnerCase, tuple[str, str]], ...] = (
    Rule("country in its name", lambda case: len(case.countries_inside) == 1, _country_inside),
    Rule("several countries in its name", lambda case: len(case.countries_inside) > 1, constant(("", ""))),
    Rule(
        "possessor",
        lambda case: case.possessor is not None,
        lambda case: case.country_of(case.possessor, "possessor"),
    ),
    Rule(
        "demonym before it",
        lambda case: case.demonym is not None,
        lambda case: case.country_of(case.demonym, "demonym"),
    ),
    Rule("based in", lambda case: case.base is not None, lambda case: case.country_of(case.base, "based in")),
    Rule("of a place", lambda case: case.seat is not None, lambda case: case.country_of(case.seat, "of")),
    Rule("nothing tells", always, constant(("", ""))),
)
