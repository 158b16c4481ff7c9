"""Which event is a part of another: "the mine at Alder" of "all five mines", "three of the mines" too.

A whole and its parts stay events of their own, as what is said of one needn't hold for the other; they are linked.
Compared are events of one article, and of articles that name the same owner or place within some weeks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from pipeline.compare.event_pairs import (
    APART,
    LIKELY,
    NEAR_DAYS,
    SURE,
    EventInArticle,
    Match,
    days_between,
    differ,
    noun_likeness,
)
from pipeline.knowledge.events.words import GroupWords
from pipeline.rule_table import Rule, always, constant, first_rule
from pipeline.store.grouping import EventKeys, Pair

#: Wholes before it in order of days that one event is compared with, for each word that both have; as many after it.
_MOST_WHOLES = 10
_Key = tuple[str, str, str]


def find_parts(
    events: Sequence[EventInArticle], clusters: Sequence[Sequence[str]], words: GroupWords
) -> dict[str, str]:
    """By the first id of a cluster that of the one it is a part of; ``clusters`` as ``cluster_events`` gives them."""
    by_id = {event.profile.event_id: event for event in events}
    return choose_wholes(score_parts(by_id, words, set(by_id)), clusters)


def score_parts(
    by_id: Mapping[str, EventInArticle],
    words: GroupWords,
    changed: Collection[str],
    kept: Mapping[Pair, float] = MappingProxyType({}),
    gone: Iterable[EventKeys] = (),
) -> dict[Pair, float]:
    """The pairs of a whole and its part, by their ids, with their scores; ``by_id`` has all events by theirs.

    ``kept`` has the scores of an earlier grouping, since which the events ``changed`` are new or others, and ``gone``
    is what others, or the changed ones, were then. Only pairs that these may have made different are looked at.
    """
    left = {key for keys in gone for key in _keys_of_whole(keys)}
    scores = {}
    for pair, is_open in _candidates(by_id, changed, left).items():
        score = match_part(by_id[pair[0]], by_id[pair[1]], words).score if is_open else kept.get(pair, APART)
        if score > APART:
            scores[pair] = score
    return scores


def choose_wholes(pairs: Mapping[Pair, float], clusters: Sequence[Sequence[str]]) -> dict[str, str]:
    """By the first id of a cluster that of the one it is a part of, of several that which ties it most."""
    first_of = {event_id: members[0] for members in clusters for event_id in members}
    scores: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (whole, part), score in sorted(pairs.items()):
        if first_of[whole] != first_of[part]:
            scores[first_of[part]][first_of[whole]] += score
    parts: dict[str, str] = {}
    for part in sorted(scores):
        best = min(scores[part], key=lambda whole: (-scores[part][whole], whole))
        if part not in _wholes_of(best, parts):
            parts[part] = best
    return parts


def _wholes_of(event_id: str, parts: Mapping[str, str]) -> list[str]:
    """The event and all that it is a part of, the nearest first."""
    wholes = [event_id]
    while wholes[-1] in parts:
        wholes.append(parts[wholes[-1]])
    return wholes


def match_part(whole: EventInArticle, part: EventInArticle, words: GroupWords) -> Match:
    """How surely ``part`` is a part of ``whole``, 0 to 1, and the rule that says so."""
    pair = (whole, part, words)
    rule = first_rule(_RULES, pair)
    return Match(rule.outcome(pair), rule.name)


def _candidates(
    by_id: Mapping[str, EventInArticle], changed: Collection[str], left: Collection[_Key]
) -> dict[Pair, bool]:
    """Ids of wholes and parts that are worth comparing, and whether that may have another outcome than before.

    ``left`` are the keys of wholes that are gone, so that others are now among the nearest with these keys.
    """
    wholes: defaultdict[_Key, list[tuple[date, str]]] = defaultdict(list)
    for event_id, event in by_id.items():
        if event.profile.is_plural and not event.profile.is_generic:
            for key in _keys(event):
                wholes[key].append((event.published or date.max, event_id))
    for ids in wholes.values():
        ids.sort()
    candidates: dict[Pair, bool] = {}
    for event_id, event in by_id.items():
        is_changed = event_id in changed
        for key in () if event.profile.is_generic else _keys(event):
            near = wholes.get(key, [])
            position = bisect_left(near, (event.published or date.max, event_id))
            for _, whole in near[max(0, position - _MOST_WHOLES) : position + _MOST_WHOLES]:
                if whole != event_id:
                    is_open = is_changed or whole in changed or key in left
                    candidates[whole, event_id] = is_open or candidates.get((whole, event_id), False)
    return candidates


def _distance(first: EventInArticle, second: EventInArticle) -> int:
    days = days_between(first, second)
    return NEAR_DAYS if days is None else days


def _keys(event: EventInArticle) -> Iterator[_Key]:
    yield event.profile.type, "article", event.doc_id
    for word in sorted({*event.profile.owners, *event.told}):
        yield event.profile.type, "word", word


def _keys_of_whole(keys: EventKeys) -> Iterator[_Key]:
    """The keys that an event had as a whole, if it was one."""
    for number, word in enumerate(keys.whole):
        yield keys.type, "word" if number else "article", word


_Pair = tuple[EventInArticle, EventInArticle, GroupWords]


def _is_no_whole(pair: _Pair) -> bool:
    """Whether the first is not several things, or the second not fewer, as far as the words tell."""
    whole, part, _ = pair
    if whole.profile.is_plural is not True or whole.profile.type != part.profile.type:
        return True
    if part.profile.is_plural is False:
        return False
    counts, fewer = whole.profile.counts, part.profile.counts
    return not (counts and fewer and max(fewer) < min(counts))


def _tells_nothing(pair: _Pair) -> bool:
    """Whether the part has neither name nor number: "the mine" beside "the mines" may be one of them or all."""
    part = pair[1]
    return not (part.told or part.profile.counts or part.profile.countries)


def _differs(pair: _Pair) -> bool:
    """Whether those behind them, countries or years keep the two apart."""
    whole, part, _ = pair
    return (
        differ(whole.sides, part.sides)
        or differ(whole.profile.years, part.profile.years)
        or differ(whole.profile.countries, (*part.profile.countries, *part.profile.located))
    )


def _has_other_noun(pair: _Pair) -> bool:
    return not noun_likeness(*pair)


def _has_other_place(pair: _Pair) -> bool:
    """Whether the whole has names, and the part has others, which don't lie in a country that the whole names."""
    whole, part, _ = pair
    is_within = bool(part.profile.located) and set(part.profile.located) <= set(whole.profile.countries)
    return differ(whole.told, part.told) and not is_within


def _is_in_one_article(pair: _Pair) -> bool:
    return pair[0].doc_id == pair[1].doc_id


def _is_called_alike(pair: _Pair) -> bool:
    return not pair[0].heads.isdisjoint(pair[1].heads)


def _is_counted(pair: _Pair) -> bool:
    return _is_in_one_article(pair) and _is_called_alike(pair) and bool(pair[0].profile.counts)


def _is_tied(pair: _Pair) -> bool:
    whole, part, _ = pair
    return _is_in_one_article(pair) and bool(whole.sides & part.sides or whole.told & part.told)


def _has_owner(pair: _Pair) -> bool:
    whole, part, _ = pair
    is_owner = not set(whole.profile.owners).isdisjoint(part.sides)
    return is_owner and _is_called_alike(pair) and _distance(whole, part) < NEAR_DAYS


_RULES: tuple[Rule[_Pair, float], ...] = (
    # "the mine" is no whole, "two mines" are none of three others.
    Rule("no whole and part", _is_no_whole, constant(APART)),
    # "the mines", "the mine".
    Rule("unnamed part", _tells_nothing, constant(APART)),
    # "Brandt's mines", "Blake's mine".
    Rule("other side, country or year", _differs, constant(APART)),
    # "the mines", "the school".
    Rule("other noun", _has_other_noun, constant(APART)),
    # "the mines at Larn and Alder", "the mine at Osk".
    Rule("other place", _has_other_place, constant(APART)),
    # "five mines", "the mine at Alder", in one article.
    Rule("counted in one article", _is_counted, constant(SURE)),
    # "Brandt's mines", "Brandt's pit at Alder", in one article.
    Rule("same side or name in one article", _is_tied, constant(SURE)),
    # "Brandt's five mines", "Brandt's mine at Alder".
    Rule("same owner", _has_owner, constant(LIKELY)),
    Rule("no other rule", always, constant(APART)),
)
