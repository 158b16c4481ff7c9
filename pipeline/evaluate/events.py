"""Score events of one type.

Definitions are those that the project measures closures with on its development set: an event is found when its trigger
shares a character with gold's, one to one; an argument is right when half of both its stretches (characters, Jaccard)
is shared; what stands in events missed or found wrongly counts as missed or wrong, each argument once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.evaluate.gold import EventMention, GoldArticle
from pipeline.evaluate.tally import Tally, differs, one_to_one
from pipeline.records import Span, Spans
from pipeline.text.spans import hull, is_inside, overlap_length
from pipeline.write.gold_form import ARGUMENTS

EVENT, ALL = "event", "arguments"
#: The part of both stretches that must be shared.
SHARED = 0.5
Pairs = list[tuple[EventMention, EventMention]]


def score_events(gold: GoldArticle, found: Iterable[EventMention], tally: Tally) -> None:
    """Add what was found in one article to the tally of events of its kind."""
    if gold.events is None:
        return
    tally.articles += 1
    wanted = [each for each in gold.events if each.type == tally.kind]
    given = [each for each in found if each.type == tally.kind and is_inside(each.trigger, gold.within)]
    pairs, missed, wrong = _match(wanted, given)
    count = len(pairs)
    tally.count(EVENT).add(count + len(wrong), count, count + len(missed), count)
    for role in ARGUMENTS:
        found_wrong = sum(bool(_asked(each, role, gold.within, single=True)) for each in wrong)
        _count(tally, role, found_wrong, 0, sum(bool(each.arguments.get(role)) for each in missed), 0)
        for one, other in pairs:
            _compare(tally, gold, role, one, other)
    for one, other in pairs:
        tally.compare(gold.article, _shown(other), one.values, other.values)
    for each in missed:
        tally.note("missed", gold.article, _shown(each))
    for each in wrong:
        tally.note("wrong", gold.article, _shown(each))


def _match(
    gold: Sequence[EventMention], found: Sequence[EventMention]
) -> tuple[Pairs, list[EventMention], list[EventMention]]:
    """Pairs of gold and found, what was missed, what was found wrongly; what is optional is in none."""
    ranked = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            shared = overlap_length(one.trigger, other.trigger)
            if shared:
                alike = _likeness(*(each.arguments.get("target", ())[:1] for each in (one, other)))
                ranked.append((one.optional, one.trigger != other.trigger, -shared, -alike, f, g))
    pairs = one_to_one((g, f) for *_, f, g in sorted(ranked))
    hits, taken = {g for g, _ in pairs}, {f for _, f in pairs}
    spare = [each.trigger for each in gold if each.optional]
    free = [each for f, each in enumerate(found) if f not in taken]
    return (
        [(gold[g], found[f]) for g, f in sorted(pairs) if not gold[g].optional],
        [each for g, each in enumerate(gold) if g not in hits and not each.optional],
        [each for each in free if not any(overlap_length(each.trigger, trigger) for trigger in spare)],
    )


def _compare(tally: Tally, gold: GoldArticle, role: str, one: EventMention, other: EventMention) -> None:
    """Count one argument of a pair."""
    wanted = one.arguments.get(role)
    if wanted is None:
        return
    given = _asked(other, role, gold.within, single=role in one.single or not wanted)
    alike = ((_likeness((a,), (b,)), g, f) for g, a in enumerate(wanted) for f, b in enumerate(given))
    hits = one_to_one((g, f) for how, g, f in sorted(alike, reverse=True) if how >= SHARED)
    _count(tally, role, len(given), len(hits), len(wanted), len(hits))
    if len(hits) < max(len(wanted), len(given)):
        tally.note("part", gold.article, _shown(other), differs(role, gold.article, wanted, given))


def _count(tally: Tally, role: str, found: int, right: int, gold: int, hit: int) -> None:
    for measure in (ALL, role):
        tally.count(measure).add(found, right, gold, hit)


def _asked(event: EventMention, role: str, within: Span, *, single: bool) -> Spans:
    spans = event.arguments.get(role, ())
    return tuple(span for span in (spans[:1] if single else spans) if is_inside(span, within))


def _shown(event: EventMention) -> Spans:
    """The stretch that shows what the event is: from trigger to target."""
    return (hull((event.trigger, *event.arguments.get("target", ()))),)


def _likeness(one: Spans, other: Spans) -> float:
    """The part of both stretches that they share; 0.0 where one is none."""
    if not one or not other:
        return 0.0
    (a, b), (c, d) = one[0], other[0]
    shared = overlap_length((a, b), (c, d))
    return shared / (b - a + d - c - shared)
