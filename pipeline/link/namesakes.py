"""Which of the places of a name is meant: ``choose_namesake``, a table of named rules over the evidence of one article.

London is in Britain unless the article is about Ontario; Springfield is nowhere unless something tells; Georgia is a
state where the article names American places and a country where it names others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.knowledge.places import PlaceEntry
from pipeline.link.place_evidence import PlaceEvidence
from pipeline.rule_table import Rule, always, first_rule

#: Weight of other places in a country that makes its town the one meant, not the better known namesake elsewhere: two
#: local places or domestic signs ("Dublin" with a telephone number and a sheriff's office is in the USA). Set by hand.
_OUTWEIGHS_CITY = 2
#: The same against a capital. Set by hand.
_OUTWEIGHS_CAPITAL = 4
#: The same where the article names a state with a town of the name: "Texas" and "Dallas" for Paris there. Set by hand.
_OUTWEIGHS_CAPITAL_IN_STATE = 3


@dataclass(frozen=True, slots=True)
class CountryDecision:
    """The country of a name, and why."""

    #: ISO 3166 alpha-3, or empty for none.
    country: str
    #: In words for the reader of mentions.csv.
    reason: str
    #: Nothing in the article speaks for it: only the largest place of the name.
    is_guess: bool = False
    #: Name of the rule that decided.
    rule: str = ""


@dataclass(frozen=True)
class NamesakeCase:
    """A name of the tables, which one or several places bear."""

    #: What the tables have under the name.
    entry: PlaceEntry
    #: The name as it stands in the text.
    surface: str
    #: What the article says about where its places lie.
    evidence: PlaceEvidence

    @cached_property
    def best(self) -> str:
        """The country for which most speaks, the likeliest of equals."""
        return max(self.entry.codes, key=lambda code: self.evidence.weight(code, self.surface))

    @property
    def default(self) -> str:
        """The likeliest country."""
        return self.entry.codes[0]

    @property
    def is_country_or_state(self) -> bool:
        """Whether the name is that of a country and of a state elsewhere, as likely one as the other: "Georgia"."""
        return self.entry.kind == "name" and not self.entry.has_default


def choose_namesake(entry: PlaceEntry, surface: str, evidence: PlaceEvidence) -> CountryDecision:
    """Which of the places that bear a name of the tables is meant in an article, with reason and rule.

    ``surface`` is the name as it stands in the text; its own mentions don't count as evidence. Where nothing in the
    article speaks for one of them, the largest is taken and ``is_guess`` set: callers that must be sure leave it open.
    """
    case = NamesakeCase(entry, surface, evidence)
    rule = first_rule(NAMESAKE_RULES, case)
    return replace(rule.outcome(case), rule=rule.name)


def _is_meant_as_state(case: NamesakeCase) -> bool:
    """Whether the article names more places of the state's federation than of the country and others abroad."""
    if not case.is_country_or_state:
        return False
    country, state = case.entry.codes[:2]
    evidence = case.evidence
    abroad = evidence.foreign_countries(state, case.surface) + 2 * evidence.weight(country, case.surface)
    return 2 * evidence.local_weight(state, case.surface) > abroad


def _is_town_of_named_state(case: NamesakeCase) -> bool:
    """Whether the article names a state with a town of the name, and nothing of where the better known place lies.

    Against a capital or country more must speak for the state's country, twice as much as for all others.
    """
    evidence, surface = case.evidence, case.surface
    code = evidence.countries_of_states.get(surface, "")
    if not code or not case.entry.has_default or evidence.weight(case.default, surface):
        return False
    if case.entry.kind in ("city", "region"):
        return True
    weight = evidence.weight(code, surface)
    return weight >= max(_OUTWEIGHS_CAPITAL_IN_STATE, 2 * evidence.foreign_countries(code, surface))


def _is_the_largest(case: NamesakeCase) -> bool:
    """Whether too little speaks for a namesake of a well-known place.

    Anything that speaks for the well-known one keeps it; else two local places or signs must speak for a namesake, four
    against a capital. Against a capital or country there must be a sign, and no other country named.
    """
    evidence, surface = case.evidence, case.surface
    needed = _OUTWEIGHS_CAPITAL if case.entry.kind == "capital" else _OUTWEIGHS_CITY
    if evidence.weight(case.default, surface) or evidence.local_weight(case.best, surface) < needed:
        return True
    if case.entry.kind == "city":
        return False
    return not evidence.domestic_signs[case.best] or bool(evidence.foreign_countries(case.best, surface))


#: Which place of a name is meant: the first row that applies decides.
NAMESAKE_RULES: tuple[Rule[NamesakeCase, CountryDecision], ...] = (
    Rule(
        "stated beside the name",
        lambda case: case.surface in case.evidence.stated_countries,
        lambda case: CountryDecision(case.evidence.stated_countries[case.surface], "country or state beside it"),
    ),
    Rule(
        "town of a state that is named",
        _is_town_of_named_state,
        lambda case: CountryDecision(case.evidence.countries_of_states[case.surface], "its state is named"),
    ),
    Rule(
        "one place of the name",
        lambda case: len(case.entry.codes) == 1,
        lambda case: CountryDecision(case.default, "table"),
    ),
    Rule(
        "state rather than country",
        _is_meant_as_state,
        lambda case: CountryDecision(case.entry.codes[1], "other places of the article"),
    ),
    Rule(
        "country rather than state",
        lambda case: case.is_country_or_state,
        lambda case: CountryDecision(case.default, "countries named in the article"),
    ),
    Rule(
        "even namesakes, one in a country of the article",
        lambda case: not case.entry.has_default and bool(case.evidence.weight(case.best, case.surface)),
        lambda case: CountryDecision(case.best, "named in the article"),
    ),
    Rule(
        "even namesakes",
        lambda case: not case.entry.has_default,
        lambda case: CountryDecision(case.default, "largest of the name", is_guess=True),
    ),
    Rule(
        "largest of the name",
        _is_the_largest,
        lambda case: CountryDecision(case.default, "largest of the name", is_guess=True),
    ),
    Rule(
        "namesake among other places of its country",
        always,
        lambda case: CountryDecision(case.best, "other places of the article"),
    ),
)
