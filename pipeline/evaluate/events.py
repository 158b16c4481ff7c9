"""Score events of one type.

Definitions are those that the project measures closures with on its development set: an event is found when its trigger
shares a character with gold's, one to one; an argument is right when its span and gold's share half of their characters
(Jaccard); what stands in events missed or found wrongly counts as missed or wrong, each argument once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.evaluate.gold import EventMention, GoldArticle
from pipeline.evaluate.measures import pair_one_to_one, span_jaccard
from pipeline.evaluate.tally import Tally, describe_difference
from pipeline.records import Span, Spans
from pipeline.text.spans import hull, is_inside, overlap_length
from pipeline.write.gold_form import ARGUMENTS

#: Measures: the events themselves, and the arguments of all roles together.
EVENT = "event"
ALL_ARGUMENTS = "arguments"
#: An argument is right from this Jaccard index of its characters and gold's: "old mill" for "the old mill" shares 8 of
#: 12, 0.67; "mill" alone 4 of 12, 0.33.
LEAST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class _Matching:
    """Which events of gold were found; optional ones are in none of the lists.

    ``pairs`` are (gold, predicted), ``missed`` is in gold alone, ``wrong`` was predicted alone.
    """

    pairs: list[tuple[EventMention, EventMention]]
    missed: list[EventMention]
    wrong: list[EventMention]


def score_events(gold: GoldArticle, predicted: Iterable[EventMention], tally: Tally) -> None:
    """Add what was found in one article to the tally of events of its kind; nothing for an article without events gold.

    Predicted events of other types, and those outside the part of the article that gold speaks of, are left out.
    """
    if gold.events is None:
        return
    tally.articles += 1
    matching = _match_events(
        [event for event in gold.events if event.type == tally.kind],
        [event for event in predicted if event.type == tally.kind and is_inside(event.trigger, gold.within)],
    )
    pair_count = len(matching.pairs)
    tally.count(EVENT).add(pair_count + len(matching.wrong), pair_count, pair_count + len(matching.missed), pair_count)
    for role in ARGUMENTS:
        _score_role(tally, gold, role, matching)
    for gold_event, predicted_event in matching.pairs:
        tally.compare_values(gold.article, _span_shown(predicted_event), gold_event.values, predicted_event.values)
    for event in matching.missed:
        tally.add_example("missed", gold.article, _span_shown(event))
    for event in matching.wrong:
        tally.add_example("wrong", gold.article, _span_shown(event))


def _match_events(gold: Sequence[EventMention], predicted: Sequence[EventMention]) -> _Matching:
    pairs = pair_one_to_one((g, p) for *_, p, g in sorted(_rank_pairs(gold, predicted)))
    hit, paired = {g for g, _ in pairs}, {p for _, p in pairs}
    optional_triggers = [event.trigger for event in gold if event.optional]
    return _Matching(
        pairs=[(gold[g], predicted[p]) for g, p in sorted(pairs) if not gold[g].optional],
        missed=[event for g, event in enumerate(gold) if g not in hit and not event.optional],
        wrong=[
            event
            for p, event in enumerate(predicted)
            if p not in paired and not any(overlap_length(event.trigger, trigger) for trigger in optional_triggers)
        ],
    )


def _rank_pairs(
    gold: Sequence[EventMention], predicted: Sequence[EventMention]
) -> Iterator[tuple[bool, bool, int, float, int, int]]:
    """Sort keys of pairs whose triggers overlap, best smallest; the last two are the indices in predicted and in gold.

    Required events come before optional ones, then the very trigger, then the longer overlap, then the target more
    alike.
    """
    for g, gold_event in enumerate(gold):
        for p, predicted_event in enumerate(predicted):
            shared = overlap_length(gold_event.trigger, predicted_event.trigger)
            if shared:
                is_other_trigger = gold_event.trigger != predicted_event.trigger
                target_share = _target_jaccard(gold_event, predicted_event)
                yield gold_event.optional, is_other_trigger, -shared, -target_share, p, g


def _target_jaccard(gold: EventMention, predicted: EventMention) -> float:
    """The Jaccard index of the first targets; 0.0 where one has none."""
    gold_spans, predicted_spans = gold.arguments.get("target"), predicted.arguments.get("target")
    return span_jaccard(gold_spans[0], predicted_spans[0]) if gold_spans and predicted_spans else 0.0


def _score_role(tally: Tally, gold: GoldArticle, role: str, matching: _Matching) -> None:
    """Count one argument role over all events of an article."""
    wrong = sum(bool(_spans_judged(event, role, gold.within, only_first=True)) for event in matching.wrong)
    missed = sum(bool(event.arguments.get(role)) for event in matching.missed)
    _count_arguments(tally, role, wrong, 0, missed, 0)
    for gold_event, predicted_event in matching.pairs:
        _score_argument(tally, gold, role, gold_event, predicted_event)


def _score_argument(
    tally: Tally, gold: GoldArticle, role: str, gold_event: EventMention, predicted_event: EventMention
) -> None:
    """Count one argument of a pair."""
    gold_spans = gold_event.arguments.get(role)
    if gold_spans is None:
        return
    only_first = role in gold_event.single or not gold_spans
    predicted_spans = _spans_judged(predicted_event, role, gold.within, only_first=only_first)
    scored = (
        (span_jaccard(gold_span, predicted_span), g, p)
        for g, gold_span in enumerate(gold_spans)
        for p, predicted_span in enumerate(predicted_spans)
    )
    ranked = sorted((score for score in scored if score[0] >= LEAST_SHARED), reverse=True)
    hits = len(pair_one_to_one((g, p) for _, g, p in ranked))
    _count_arguments(tally, role, len(predicted_spans), hits, len(gold_spans), hits)
    if hits < max(len(gold_spans), len(predicted_spans)):
        difference = describe_difference(role, gold.article, gold_spans, predicted_spans)
        tally.add_example("part", gold.article, _span_shown(predicted_event), difference)


def _count_arguments(tally: Tally, role: str, found: int, right: int, gold: int, hit: int) -> None:
    for measure in (ALL_ARGUMENTS, role):
        tally.count(measure).add(found, right, gold, hit)


def _spans_judged(event: EventMention, role: str, within: Span, *, only_first: bool) -> Spans:
    """The event's spans in a role that count: inside what gold speaks of, only the first where gold asks for one."""
    spans = event.arguments.get(role, ())
    return tuple(span for span in (spans[:1] if only_first else spans) if is_inside(span, within))


def _span_shown(event: EventMention) -> Spans:
    """The stretch that shows what the event is: from trigger to target."""
    return (hull((event.trigger, *event.arguments.get("target", ()))),)
