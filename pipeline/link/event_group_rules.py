"""Whether a mention is of the same event as a group of mentions before it: a table of named rules.

What both say and say differently (names, owners, numbers, years) keeps them apart; the same name or noun, a synonym or
a noun for the whole ties them.
"""

from __future__ import annotations

from pipeline.knowledge.events.nouns import are_whole_and_part, have_member, synonyms_of
from pipeline.knowledge.events.occasions import are_other_occasions
from pipeline.knowledge.events.words import GroupWords
from pipeline.link.event_group import Pair
from pipeline.records import EventSubject, Status
from pipeline.rule_table import Rule, always, constant, first_rule

#: Mentions back within which what closes may be told only after "the closure", and within which the word for an event
#: ("the shutdown") tells it from others that were called otherwise. Set by hand.
_MOST_SINCE, _MOST_SINCE_CALLED = 3, 5
#: Mentions back within which "shops" may be those that were told of as "shops" before. Set by hand: any further back an
#: article that lists many speaks of others.
_MOST_SINCE_BARE = 6
#: How surely a mention belongs to a group; the surest wins.
APART, _PERHAPS, _LIKELY, _SURE = 0, 1, 2, 3
#: How a noun is written that takes up what was spoken of: "the mine", the "mine" of "the mine closure".
_TAKING_UP = frozenset({"definite", "compound"})
#: How a noun is written that may speak of others than those before: "shops", "some shops".
_NEW = frozenset({"bare", "indefinite"})
#: How one is spoken of that takes up what the mention just before told: "it reopened a week later".
_TAKING_UP_AT_ONCE = frozenset({"none", "pronoun"})
#: Statuses of what goes on, or is to come.
_NOT_OVER: frozenset[Status] = frozenset({"ongoing", "planned"})
#: Kinds of target that tell no thing from another.
_NO_KINDS = frozenset({"", "other"})


# ---- what keeps two mentions apart ----------------------------------------------------------------------------------


def _is_another(pair: Pair) -> bool:
    return bool(pair.subject.modifiers & pair.words.others)


def _is_added(pair: Pair) -> bool:
    is_undone = pair.event.status == "reversed"
    adding = pair.words.adding
    return not is_undone and bool(pair.subject.modifiers & adding) and not pair.group.modifiers & adding


def is_dated_apart(subject: EventSubject, words: GroupWords) -> bool:
    """Whether its words tell it from others of its kind by time: "the last closure", "the 2013 closure"."""
    return any(word in words.earlier or (word.isdecimal() and int(word) in subject.years) for word in subject.modifiers)


def _is_now(pair: Pair) -> bool:
    """Whether the group is of an earlier event, and the mention neither is nor takes up what has just been told."""
    if not pair.group.is_dated_apart or is_dated_apart(pair.subject, pair.words):
        return False
    is_next = pair.position - pair.group.last == 1
    return not (is_next and (pair.subject.takes_up or pair.subject.reference in _TAKING_UP_AT_ONCE))


def _is_of_another_year(pair: Pair) -> bool:
    """Whether years differ, or only the mention is told from others by one: "the 2013 closure"."""
    if not pair.subject.years:
        return False
    if not pair.group.years:
        return is_dated_apart(pair.subject, pair.words)
    return _differ(pair.subject.years, pair.group.years) and not _is_undone_later(pair)


def _is_other_occasion(pair: Pair) -> bool:
    return are_other_occasions(pair.subject.occasion, pair.group.occasion)


def _is_over(pair: Pair) -> bool:
    """Whether what the group tells of has been undone, and the mention speaks of what goes on or is to come."""
    return pair.group.occasion.undone_by is not None and pair.event.status in _NOT_OVER and not pair.event.undoes


def _is_done_to_some(pair: Pair) -> bool:
    """Whether some have closed already, of what the group tells only that it will: "has closed several shops"."""
    is_some = pair.subject.reference in _NEW and not pair.words.some.isdisjoint(pair.subject.modifiers)
    return is_some and pair.event.status == "occurred" and "occurred" not in pair.group.statuses


def _is_undone_later(pair: Pair) -> bool:
    """Whether it undoes what closed in a year before: "closed in 2019 and reopened in 2020"."""
    return pair.event.status == "reversed" and max(pair.group.years) < min(pair.subject.years)


def _has_other_names(pair: Pair) -> bool:
    of_subject, of_group = pair.subject.names, pair.group.names
    if not (of_subject and of_group):
        return False
    if not of_subject.isdisjoint(of_group):
        of_subject, of_group = of_subject - pair.words.name_words, of_group - pair.words.name_words
    is_other = _differ(of_subject, of_group) and not _has_same_name(pair)
    return is_other and not (_lies_within(pair) or _is_of_the_state(pair))


def _lies_within(pair: Pair) -> bool:
    """Whether one is named by nothing but the country in which the other one lies: "the Norwegian mine" and "Larn"."""
    countries, group = pair.subject.countries, pair.group
    if countries <= pair.subject.names:
        return len(countries) == 1 and countries <= group.located and not group.lands
    return len(group.lands) == 1 and group.lands <= countries and not group.located


def _is_of_the_state(pair: Pair) -> bool:
    """Whether one is named by nothing but the state that closes "its" own: "the Norwegian embassy"."""
    subject, group = pair.subject, pair.group
    lands = subject.countries & subject.names
    return any(firm.lower() in lands for firm in group.firms) or subject.firm.lower() in group.lands


def _has_other_owner(pair: Pair) -> bool:
    subject, group = pair.subject, pair.group
    is_another_firm = bool(subject.firm and group.firms) and subject.firm not in group.firms
    if is_another_firm and subject.firm.isupper():  # embassies of two states in one town
        return True
    return (is_another_firm or _differ(subject.owners, group.owners)) and not _has_same_name(pair)


def _is_activity_of_other(pair: Pair) -> bool:
    return bool(pair.subject.activities) and _names_only_activity(pair.subject) and _has_other_owner(pair)


def _has_other_number(pair: Pair) -> bool:
    return None not in (pair.subject.is_plural, pair.group.is_plural) and pair.subject.is_plural != pair.group.is_plural


def _has_other_count(pair: Pair) -> bool:
    return bool(pair.subject.count and pair.group.counts) and pair.subject.count not in pair.group.counts


def _is_part_of_one(pair: Pair) -> bool:
    """Whether one is a part of the other: "the ward" after "the hospital"."""
    is_several = pair.subject.is_plural or pair.group.is_plural
    return not is_several and are_whole_and_part(pair.subject.heads, pair.group.heads, pair.words.parts)


def _differ(words: frozenset[str] | frozenset[int], of_group: set[str] | set[int]) -> bool:
    """Whether both say something, and nothing in common."""
    return bool(words and of_group) and words.isdisjoint(of_group)


# ---- what ties a mention to a group ---------------------------------------------------------------------------------


def _is_of_same_year(pair: Pair) -> bool:
    is_marked = pair.group.is_dated_apart and bool(pair.subject.years & pair.group.years)
    return is_marked and (_names_nothing(pair) or _has_same_noun(pair))


def _takes_up_members(pair: Pair) -> bool:
    """Whether several are the members of what a noun for many named before: "shops" after "the chain".

    Those that are counted or named, "two shops", "the shops in Larn", are some of them only.
    """
    is_of_some = bool(pair.subject.count or pair.subject.names)
    if is_of_some or not pair.subject.is_plural or pair.group.is_plural:
        return False
    return have_member(pair.group.heads, pair.subject.heads, pair.words.collectives)


def _takes_up_collective(pair: Pair) -> bool:
    """Whether it is a noun for those that were named before: "the chain" after "its shops"."""
    if pair.subject.reference not in _TAKING_UP or pair.subject.is_plural or not pair.group.is_plural:
        return False
    return have_member(pair.subject.heads, pair.group.heads, pair.words.collectives)


def _names_nothing(pair: Pair) -> bool:
    return pair.subject.reference == "none" or not pair.subject.heads


def _stops_same_activity(pair: Pair) -> bool:
    """Whether nothing but an activity stops, and the same one stopped before: "the production halt"."""
    subject, group = pair.subject, pair.group
    if not subject.activities or not _names_only_activity(subject):
        return False
    lists = pair.words.synonyms
    alike = subject.activities.union(*(synonyms_of(noun, lists) for noun in subject.activities))
    return not alike.isdisjoint(group.activities)


def _names_only_activity(subject: EventSubject) -> bool:
    return not (subject.heads or subject.names)


def _is_called_so(pair: Pair) -> bool:
    is_recent = pair.position - pair.group.last <= _MOST_SINCE_CALLED
    is_called_so = _names_nothing(pair) and pair.subject.trigger in pair.group.triggers
    return is_recent and is_called_so and not _has_other_number(pair)


def _sureness_of_number(pair: Pair) -> int:
    return APART if _has_other_number(pair) else _PERHAPS


def _has_same_name(pair: Pair) -> bool:
    """Whether a name is shared, and more of it than "school" of "Osk School" and "Larn School", if both have more."""
    subject, group = pair.subject, pair.group
    shared = (subject.names | subject.owners) & group.names | subject.names & group.owners
    if not shared or not shared <= pair.words.name_words:
        return bool(shared)
    names = (subject.names | subject.owners, group.names | group.owners)
    return any(words <= pair.words.name_words for words in names)


def _is_same_by_name(pair: Pair) -> bool:
    """Whether names are shared, and not only the town of "the school in Larn" and "the border at Larn"."""
    if not _has_same_name(pair):
        return False
    subject, group = pair.subject, pair.group
    is_named_alike = bool(subject.heads & group.names or group.heads & subject.names)
    is_alike = pair.event.target_kind == group.kind or bool(subject.heads & pair.words.general)
    return is_named_alike or is_alike or _has_same_noun(pair)


def _takes_up_same_noun(pair: Pair) -> bool:
    """Whether the noun is the same, and said as of what is known, or soon enough."""
    is_recent = pair.position - pair.group.last <= _MOST_SINCE_BARE
    return (is_recent or pair.subject.reference not in _NEW) and _has_same_noun(pair)


def _has_same_noun(pair: Pair) -> bool:
    """Whether half of the nouns of the shorter list are in the other."""
    heads, of_group = pair.subject.heads, pair.group.heads
    return 2 * len(heads & of_group) >= min(len(heads), len(of_group)) > 0


def _is_first_named(pair: Pair) -> bool:
    kinds = {pair.event.target_kind, pair.group.kind} - _NO_KINDS
    return not pair.group.heads and len(kinds) < 2 and pair.position - pair.group.last <= _MOST_SINCE


def _takes_up_any_site(pair: Pair) -> bool:
    return pair.subject.reference == "definite" and bool(pair.subject.heads & pair.words.general)


def _takes_up_site_of_its_kind(pair: Pair) -> bool:
    """Whether one is called by a noun for any site, and both are of a kind, so that neither is a thing of another."""
    is_of_its_kind = pair.subject.reference in _TAKING_UP and pair.event.target_kind == pair.group.kind
    return is_of_its_kind and not pair.words.general.isdisjoint(pair.subject.heads | pair.group.heads)


def _names_the_site(pair: Pair) -> bool:
    """Whether it says what site was called by nothing but a noun for any: "the zoo" after "the facility"."""
    subject, group = pair.subject, pair.group
    is_recent = pair.position - group.last <= _MOST_SINCE
    is_any_site = bool(group.heads) and group.heads <= pair.words.general and len(group.modifiers) <= 1
    return is_recent and is_any_site and subject.reference in _TAKING_UP and not subject.names


def _takes_up_name(pair: Pair) -> bool:
    """Whether the noun may say what was called by nothing but its name: "the zoo" after "Larnland"."""
    subject, group = pair.subject, pair.group
    is_recent = pair.position - group.last <= _MOST_SINCE
    is_name = bool(group.heads) and group.heads <= group.names
    is_of_kind = group.kind in _NO_KINDS or group.kind == pair.event.target_kind
    is_unnamed = not (subject.names or subject.owners)
    return is_recent and is_name and is_of_kind and is_unnamed and subject.reference in _TAKING_UP


def _takes_up_by_synonym(pair: Pair) -> bool:
    is_same_owner = bool(pair.subject.owners & pair.group.owners)
    if pair.subject.reference not in _TAKING_UP | {"pronoun"} and not is_same_owner:
        return False
    lists = pair.words.synonyms
    return any(not synonyms_of(noun, lists).isdisjoint(pair.group.heads) for noun in pair.subject.heads)


def _is_named_by_its_kind(pair: Pair) -> bool:
    """Whether a name says of what kind it is: "Larn Radio" after "a radio station"."""
    subject, group = pair.subject, pair.group
    kinds = group.modifiers - group.names - pair.words.indefinite
    return subject.reference == "name" and not group.names and not subject.heads.isdisjoint(kinds)


def _takes_up_by_end(pair: Pair) -> bool:
    """Whether "the line" takes up a "pipeline"."""
    if pair.subject.reference not in _TAKING_UP:
        return False
    return any(full.endswith(noun) for noun in pair.subject.heads for full in pair.group.heads)


GROUP_RULES: tuple[Rule[Pair, int], ...] = (
    # "another mine will close", "further closures".
    Rule("another one", _is_another, constant(APART)),
    # "the mine reopened and was shut again", "the firm will also close its mill".
    Rule("one more", _is_added, constant(APART)),
    # "the 2013 closure" after "the closure of 2001".
    Rule("another year", _is_of_another_year, constant(APART)),
    # "closed in March" after "will close in June".
    Rule("other days", _is_other_occasion, constant(APART)),
    # "is closing its shops" after "closed its shops in March and reopened them".
    Rule("over", _is_over, constant(APART)),
    # "has closed several shops" after "will close most of its shops".
    Rule("some already", _is_done_to_some, constant(APART)),
    # "the government shut down" after "the last shutdown lasted a month".
    Rule("earlier one", _is_now, constant(APART)),
    # "the 2013 shutdown" after "the shutdown of 2013".
    Rule("same year", _is_of_same_year, constant(_SURE)),
    # "Brandt stopped production" after "Blake stopped production".
    Rule("activity of another firm", _is_activity_of_other, constant(APART)),
    # "the production halt" after "production at the mill stopped".
    Rule("same activity", _stops_same_activity, constant(_LIKELY)),
    # "the shutdown" after "a shutdown of the mine", and not what was only called a closure.
    Rule("called so before", _is_called_so, constant(_LIKELY)),
    # "the closure", "it".
    Rule("nothing named", _names_nothing, _sureness_of_number),
    # "the Osk mine" after "the mine in Larn".
    Rule("other names", _has_other_names, constant(APART)),
    # "Brandt's mine" after "Blake's mine".
    Rule("other owner", _has_other_owner, constant(APART)),
    # "the ward" after "the hospital".
    Rule("a part", _is_part_of_one, constant(APART)),
    # "shops" after "the chain".
    Rule("its members", _takes_up_members, constant(_PERHAPS)),
    # "the chain" after "its shops".
    Rule("noun for all of them", _takes_up_collective, constant(_PERHAPS)),
    # "mines" after "the mine".
    Rule("one and several", _has_other_number, constant(APART)),
    # "Larn" after "the mine in Larn".
    Rule("same name", _is_same_by_name, constant(_SURE)),
    # "three mines" after "two mines".
    Rule("other count", _has_other_count, constant(APART)),
    # "the mine" after "a coal mine".
    Rule("same noun", _takes_up_same_noun, constant(_LIKELY)),
    # "the mine will shut" after "the closure was announced".
    Rule("first named", _is_first_named, constant(_PERHAPS)),
    # "the facility" after "a coal mine", "the mine" after "a facility".
    Rule("noun for any site of its kind", _takes_up_site_of_its_kind, constant(_LIKELY)),
    # "the building" after "a coal mine".
    Rule("noun for any site", _takes_up_any_site, constant(_PERHAPS)),
    # "the zoo" after "Larnland".
    Rule("noun for what has a name", _takes_up_name, constant(_PERHAPS)),
    # "the zoo" after "the facility".
    Rule("what site it is", _names_the_site, constant(_PERHAPS)),
    # "the pit" after "a coal mine".
    Rule("synonym", _takes_up_by_synonym, constant(_PERHAPS)),
    # "Larn Radio" after "a radio station".
    Rule("name of its kind", _is_named_by_its_kind, constant(_PERHAPS)),
    # "the line" after "a pipeline".
    Rule("end of the noun", _takes_up_by_end, constant(_PERHAPS)),
    Rule("no other rule", always, constant(APART)),
)

#: Rules by which only the days keep a mention apart.
_RULES_OF_DAYS = (_is_other_occasion, _is_over)
_RULES_WITHOUT_DAYS = tuple(rule for rule in GROUP_RULES if rule.applies not in _RULES_OF_DAYS)


def is_same_at_another_time(pair: Pair) -> bool:
    """Whether nothing but the days keeps the two apart: one thing that closes twice."""
    if not any(is_apart(pair) for is_apart in _RULES_OF_DAYS):
        return False
    return first_rule(_RULES_WITHOUT_DAYS, pair).outcome(pair) > APART
