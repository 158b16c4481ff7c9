"""How surely two events are one that articles tell of: a table of named rules, each with its score.

Precision comes first: two events that stay apart cost a reader less than two that are taken for one. What both say and
say differently (names, owners, numbers, years) keeps them apart; what ties them is a name in what closes, or who closes
it, or, where neither is named, the nouns together with articles that are near in time and name the same people.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import NamedTuple

from pipeline.event_profiles import split_name
from pipeline.knowledge.events.nouns import are_whole_and_part, synonyms_of
from pipeline.knowledge.events.occasions import are_other_occasions, began_together
from pipeline.knowledge.events.words import GroupWords
from pipeline.records import EventProfile, Occasion, Result
from pipeline.rule_table import Rule, always, constant, first_rule

#: Days between the articles within which one event without a name of its own may be told again. Set by hand.
NEAR_DAYS = 60
#: Days within which a thing that is named closes but once; a mine is announced to close and closes a year later.
FAR_DAYS = 730
#: Names of people, organisations and places that two articles on one matter have in common, at least, and their share
#: of the names of the article that has fewer. Set by hand; of two articles of gold/stories that are on one story the
#: median is 7 names and 0.4, of two others 1 and 0.04.
_COMMON_NAMES, _COMMON_SHARE = 4, 0.2
#: Names in common that go with a common owner or actor.
_SOME_NAMES = 2
#: Days within which a chain that closes some of its shops tells of the same ones; later it may be others. Set by hand.
_SEVERAL_DAYS = 30
#: Days between the articles after which "closed again" is not what the first one tells of. Set by hand: in a month
#: "will close again" and "has closed again" are one event.
_REPEATED_DAYS = 30
#: Scores: from SAME on two events are one. Those between are kept for ``extract explain`` only.
APART, SAME, LIKELY, SURE, CERTAIN = 0.0, 0.5, 0.6, 0.8, 0.9


@dataclass(frozen=True, slots=True)
class EventInArticle:
    """An event as one article tells it, with what tells two articles apart."""

    profile: EventProfile  #: what its mentions say of it
    doc_id: str  #: as ``Article.doc_id``
    story: str  #: file of the first article that carries its story; its own where there is no other
    published: date | None  #: day of the article's publication
    names: frozenset[str]  #: full names of people, organisations and places in the article, in lower case
    heads: frozenset[str]  #: the profile's heads
    told: frozenset[str]  #: the profile's names and towns: words that tell which one it is
    sides: frozenset[str]  #: the profile's owners and actors: words of those whose doing it is
    famous: frozenset[str] = frozenset()  #: of ``told`` and ``sides`` what so many events have that it says little
    full_names: frozenset[str] = frozenset()  #: of ``names`` those in which a word of ``told`` stands


def events_of(result: Result) -> list[EventInArticle]:
    """The events of one article, to be compared with those of others."""
    if not result.events:
        return []
    # Interned: the same names come in article after article, and one string for all of them is enough.
    full_names = {intern(mention.canonical.lower()) for mention in result.mentions if mention.label != "COUNTRY"}
    words_of = {name: frozenset(split_name(name)) for name in full_names}
    names = frozenset(full_names)
    events = []
    for profile in result.events:
        told = frozenset((*profile.names, *profile.towns))
        events.append(
            EventInArticle(
                profile=profile,
                doc_id=result.article.doc_id,
                story=result.article.file,
                published=result.article.published,
                names=names,
                heads=frozenset(profile.heads),
                told=told,
                sides=frozenset((*profile.owners, *profile.actors)),
                full_names=frozenset(name for name, words in words_of.items() if not told.isdisjoint(words)),
            )
        )
    return events


class Match(NamedTuple):
    """How surely two events are one, and by which rule."""

    score: float
    rule: str


class _Pair(NamedTuple):
    """Two events that are compared; which comes first makes no difference."""

    one: EventInArticle
    two: EventInArticle
    words: GroupWords


def match_events(first: EventInArticle, second: EventInArticle, words: GroupWords) -> Match:
    """How surely the two are one event, 0 to 1, and the rule that says so."""
    pair = _Pair(first, second, words)
    rule = first_rule(_RULES, pair)
    return Match(rule.outcome(pair), rule.name)


# ---- what keeps two events apart ------------------------------------------------------------------------------------


def differ(first: Collection[object], second: Collection[object]) -> bool:
    """Whether both say something, and nothing in common."""
    return bool(first and second) and set(first).isdisjoint(second)


def _is_no_pair(pair: _Pair) -> bool:
    one, two = pair.one.profile, pair.two.profile
    return one.type != two.type or one.is_generic or two.is_generic


def number_of(event: EventInArticle, words: GroupWords) -> bool | None:
    """Whether it is several things; None where the words leave it open: one site may be called "the facilities"."""
    if event.profile.is_plural and not event.profile.counts and event.heads <= words.general:
        return None
    return event.profile.is_plural


def _is_one_of_several(pair: _Pair) -> bool:
    one, two = number_of(pair.one, pair.words), number_of(pair.two, pair.words)
    return None not in (one, two) and one != two


def _has_other_count(pair: _Pair) -> bool:
    return differ(pair.one.profile.counts, pair.two.profile.counts)


def _is_of_another_year(pair: _Pair) -> bool:
    return differ(pair.one.profile.years, pair.two.profile.years)


def _is_other_occasion(pair: _Pair) -> bool:
    return are_other_occasions(*_occasions(pair))


def _occasions(pair: _Pair) -> tuple[Occasion, Occasion]:
    return pair.one.profile.occasion, pair.two.profile.occasion


def _is_repeated_later(pair: _Pair) -> bool:
    """Whether the later article says that it has come about again, and the earlier one does not."""
    one, two = pair.one, pair.two
    if one.published is None or two.published is None or abs((one.published - two.published).days) <= _REPEATED_DAYS:
        return False
    earlier, later = (one, two) if one.published < two.published else (two, one)
    return later.profile.occasion.is_repeated and not earlier.profile.occasion.is_repeated


def _has_other_name(pair: _Pair) -> bool:
    return differ(pair.one.told, pair.two.told) and not are_one_name(pair.one.told, pair.two.told)


def _has_other_owner(pair: _Pair) -> bool:
    """Whether owners differ, and nothing but a town is shared: there are shops of many firms in it."""
    return differ(pair.one.profile.owners, pair.two.profile.owners) and _shared_names(pair) <= _towns(pair)


def _towns(pair: _Pair) -> frozenset[str]:
    return frozenset((*pair.one.profile.towns, *pair.two.profile.towns))


def _is_of_another_country(pair: _Pair) -> bool:
    return differ(pair.one.profile.countries, pair.two.profile.countries) and not _shared_names(pair)


def _is_of_another_side(pair: _Pair) -> bool:
    """Whether one article names others behind the second event: it then means two, which names in common don't join."""
    return pair.one.doc_id == pair.two.doc_id and differ(pair.one.sides, pair.two.sides)


def _is_part_of_one(pair: _Pair) -> bool:
    """Whether one is a part of the other: "the ward", "the hospital"."""
    is_several = pair.one.profile.is_plural or pair.two.profile.is_plural
    return not is_several and are_whole_and_part(pair.one.heads, pair.two.heads, pair.words.parts)


def _names_nothing(pair: _Pair) -> bool:
    return not (pair.one.heads or pair.two.heads)


# ---- what ties them -------------------------------------------------------------------------------------------------


def _is_copied(pair: _Pair) -> bool:
    """Whether two copies of a story say the same of it."""
    one, two = pair.one, pair.two
    is_copy = one.story == two.story and one.doc_id != two.doc_id
    return is_copy and one.heads == two.heads and one.told == two.told


def _shared_names(pair: _Pair) -> frozenset[str]:
    """The words of names that both have, unless they only stand in different names: "Larn Park" and "Larn Hall"."""
    shared = pair.one.told & pair.two.told
    if not shared:
        return shared
    first = _names_with(pair.one, shared)
    second = _names_with(pair.two, shared)
    if first and second and not any(one <= two or two <= one for one in first for two in second):
        return frozenset()
    return shared


def _names_with(event: EventInArticle, words: frozenset[str]) -> list[frozenset[str]]:
    """The words of each full name of the article in which one of ``words`` stands."""
    names = (frozenset(split_name(name)) for name in event.full_names)
    return [name for name in names if not name.isdisjoint(words)]


def noun_likeness(one: EventInArticle, two: EventInArticle, words: GroupWords) -> int:
    """2 where both are called by the same noun, 1 by synonyms or by a noun for any site of the kind, else 0."""
    if one.heads & two.heads:
        return 2
    if any(not synonyms_of(head, words.synonyms).isdisjoint(two.heads) for head in one.heads):
        return 1
    is_any_site = not words.general.isdisjoint(one.heads | two.heads)
    return int(is_any_site and not differ(one.profile.kinds, two.profile.kinds))


def days_between(first: EventInArticle, second: EventInArticle) -> int | None:
    """Days between the publication of the articles; None where one has no day."""
    if first.published is None or second.published is None:
        return None
    return abs((first.published - second.published).days)


def _is_far(pair: _Pair) -> bool:
    days = days_between(pair.one, pair.two)
    return days is not None and days > FAR_DAYS


def _is_near(pair: _Pair, most: int = NEAR_DAYS) -> bool:
    """Whether the articles are of some weeks, or tell of the same days."""
    days = days_between(pair.one, pair.two)
    return (days is not None and days <= most) or began_together(*_occasions(pair))


def _common_names(pair: _Pair) -> tuple[int, float]:
    """How many names the articles have in common, and their share of those of the article with fewer."""
    one, two = pair.one.names, pair.two.names
    common = len(one & two)
    return common, common / max(1, min(len(one), len(two)))


def _is_named_alike(pair: _Pair) -> bool:
    """Whether the noun of one is a name of the other: "the Alder" after "the Alder clinic"."""
    return bool(pair.one.heads & pair.two.told or pair.two.heads & pair.one.told)


def _has_name_and_noun(pair: _Pair) -> bool:
    if not _shared_names(pair) or not (noun_likeness(*pair) == 2 or _is_named_alike(pair)):
        return False
    return _is_certain_name(pair) and not _is_far(pair)


def _has_name_and_kind(pair: _Pair) -> bool:
    one, two = pair.one.profile, pair.two.profile
    is_of_kind = bool(noun_likeness(*pair)) or not set(one.kinds).isdisjoint(two.kinds)
    return bool(_shared_names(pair)) and is_of_kind and _is_certain_name(pair) and not _is_far(pair)


def _is_certain_name(pair: _Pair) -> bool:
    """Whether more than a town is shared, or the articles are on one matter, or a town has few of its kind."""
    shared = _shared_names(pair)
    if not shared <= _towns(pair):
        return True
    is_common = bool((pair.one.heads | pair.two.heads) & pair.words.common_sites)
    is_told_alike = not is_common or _is_near(pair)
    return (is_told_alike and not shared <= pair.one.famous) or _are_on_one_matter(pair)


def _are_on_one_matter(pair: _Pair) -> bool:
    common, share = _common_names(pair)
    return common >= _COMMON_NAMES or (common >= _SOME_NAMES and share >= _COMMON_SHARE)


def _has_owner_for_name(pair: _Pair) -> bool:
    """Whether the name of one is that of the other's owner: "a pipeline in the Larns", "the Larn Gas pipeline"."""
    one, two = pair.one, pair.two
    if one.heads & two.heads <= pair.words.common_sites:
        return False
    is_owner = are_one_name(one.told, two.profile.owners) or are_one_name(two.told, one.profile.owners)
    return is_owner and _is_near(pair) and _common_names(pair)[0] >= _SOME_NAMES


def are_one_name(first: Collection[str], second: Collection[str]) -> bool:
    """Whether both have a word, or one its plural: "the Larns" has two of Larn."""
    return any(word in second or word.removesuffix("s") in second or f"{word}s" in second for word in first)


def _has_side_and_noun(pair: _Pair) -> bool:
    return _has_side(pair) and noun_likeness(*pair) == 2


def _has_side_and_kind(pair: _Pair) -> bool:
    return _has_side(pair) and noun_likeness(*pair) == 1


def _has_side(pair: _Pair) -> bool:
    """Whether the same people or firm is behind both, in articles that are near and have names in common."""
    common, share = _common_names(pair)
    is_near = _is_near(pair, _SEVERAL_DAYS if pair.one.profile.is_plural else NEAR_DAYS)
    is_near = is_near or (days_between(pair.one, pair.two) is None and share >= _COMMON_SHARE)
    is_owner = not set(pair.one.profile.owners).isdisjoint(pair.two.profile.owners)
    shared = pair.one.sides & pair.two.sides
    is_enough = (is_owner and not shared <= pair.one.famous) or common >= _SOME_NAMES
    return bool(shared) and is_near and is_enough


def _has_noun_alone(pair: _Pair) -> bool:
    """Whether neither has a name, and the articles are near in time and on one matter."""
    one, two = pair.one, pair.two
    is_unnamed = not (one.told or two.told) and one.profile.countries == two.profile.countries
    return is_unnamed and noun_likeness(*pair) == 2 and _is_near(pair) and _are_alike(pair, _COMMON_SHARE)


def _has_noun_for_name(pair: _Pair) -> bool:
    """Whether one thing has a name, and the other article names it too and calls it by the same noun or a synonym."""
    one, two = pair.one, pair.two
    is_plural = one.profile.is_plural
    if bool(one.told) == bool(two.told) or is_plural is None or is_plural != two.profile.is_plural:
        return False
    return (
        _is_known(one, two)
        and _is_known(two, one)
        and not _is_elsewhere(one, two)
        and not _is_elsewhere(two, one)
        and noun_likeness(*pair) >= (2 if is_plural else 1)
        and (days_between(one, two) is None or _is_near(pair))
        and _are_alike(pair, _COMMON_SHARE)
    )


def _is_elsewhere(event: EventInArticle, other: EventInArticle) -> bool:
    """Whether it names countries, and those that the other is placed in are none of them."""
    return differ(event.profile.countries, {*other.profile.located, *other.profile.countries})


def _are_alike(pair: _Pair, least_share: float) -> bool:
    common, share = _common_names(pair)
    return common >= _COMMON_NAMES and share >= least_share


def _is_known(event: EventInArticle, other: EventInArticle) -> bool:
    """Whether the names of the event's subject and its owner stand in the other event's article."""
    is_within = bool(event.profile.located) and set(event.profile.located) <= set(other.profile.countries)
    told = () if is_within else event.told
    return all(any(word in name for name in other.names) for word in (*told, *event.profile.owners))


_RULES: tuple[Rule[_Pair, float], ...] = (
    # Another type of event, "a closure would be wrong".
    Rule("no pair", _is_no_pair, constant(APART)),
    # Two papers print one agency's words.
    Rule("copied", _is_copied, constant(1.0)),
    # "the mine", "the mines".
    Rule("one and several", _is_one_of_several, constant(APART)),
    # "three mines", "two mines".
    Rule("other count", _has_other_count, constant(APART)),
    # "the 2013 shutdown", "the shutdown of 2018".
    Rule("another year", _is_of_another_year, constant(APART)),
    # "closed in March", "will close in June".
    Rule("other days", _is_other_occasion, constant(APART)),
    # "closed", months later "closed again".
    Rule("once more", _is_repeated_later, constant(APART)),
    # "the Larn mine", "the Osk mine".
    Rule("other names", _has_other_name, constant(APART)),
    # "the Norwegian embassy", "the Danish embassy".
    Rule("another country", _is_of_another_country, constant(APART)),
    # "Brandt's mine", "Blake's mine".
    Rule("other owner", _has_other_owner, constant(APART)),
    # "Brandt closed its mine at Larn", "Blake closed the Larn mine", in one article.
    Rule("other side in one article", _is_of_another_side, constant(APART)),
    # "the maternity ward of Larn Hospital", "Larn Hospital".
    Rule("a part", _is_part_of_one, constant(APART)),
    # "the closure", "it".
    Rule("nothing named", _names_nothing, constant(APART)),
    # "the Alder mine", "its mine at Alder".
    Rule("same name and noun", _has_name_and_noun, constant(CERTAIN)),
    # "the Alder mine", "the Alder site".
    Rule("same name and kind", _has_name_and_kind, constant(SURE)),
    # "a pipeline in Larn", "the Larn Gas pipeline".
    Rule("name and owner", _has_owner_for_name, constant(LIKELY)),
    # "its mine" of Brandt in both.
    Rule("same side and noun", _has_side_and_noun, constant(0.7)),
    # "its mine" and "the pit" of Brandt.
    Rule("same side and kind", _has_side_and_kind, constant(LIKELY)),
    # "the government" in two articles on one matter.
    Rule("same noun in articles alike", _has_noun_alone, constant(LIKELY)),
    # "the mine" in an article that names Alder, "the Alder mine" in one on the same matter.
    Rule("noun for what has a name", _has_noun_for_name, constant(0.55)),
    Rule("no other rule", always, constant(APART)),
)
