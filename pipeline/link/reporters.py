"""Which quote reports an event: the innermost one whose content holds the trigger."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extract.events.denials import UPHELD_RULE
from pipeline.extract.syntax import SUBJECTS
from pipeline.link.pronouns import HE_OR_SHE, IT, THEY
from pipeline.records import Denial, Event, Quote, Span, Spans, Status
from pipeline.text.spans import SpanIndex

#: A comma, dash or bracket before words in small letters, other than a further member of a list: the ", a union leader"
#: of "Ana Ruiz, a union leader", but not the ", and his aides" of "Ana Ruiz, Oren Blake, and his aides".
_ADDITION = re.compile(r"(?<=\S)\s*(?:,|\s--?|\s?[–—]|\s\()\s*(?!and\b|or\b)(?=[a-z])")
#: Stances that report nothing: whoever "plans to close" acts, and the article says so.
_NOT_REPORTING = frozenset({"intends", "supports", "criticises"})
#: Without quotation marks what is demanded or promised is no report either, and the cue must be one of stating, so that
#: an unknown one reports nothing. "The schools should close," she said, is a report of what she said.
_NOT_REPORTING_INDIRECTLY = _NOT_REPORTING | {"demands", "promises", "other"}
#: What is denied by who denies an event of that status.
_DENIAL_OF: Mapping[Status, Denial] = {"occurred": "deed", "planned": "plan", "possible": "plan", "threatened": "plan"}
#: Words of a source that mostly take up whoever says the words around.
_PRONOUNS = HE_OR_SHE.keys() | IT | THEY
#: What somebody orders, threatens or asks for without saying that it is so: "threatened / to close", "called / on the
#: ministry to close", "called / for the camp to close". What is claimed to have been or to be is a report.
_ACT = re.compile(r"\W*(?:to\s+(?!have\b|be\b)\w|(?:on|for|upon)\s[^.;:]*?\bto\s)", re.IGNORECASE)


def find_reporters(
    events: Sequence[Event], quotes: Sequence[Quote], text: str, doc: Doc | None = None
) -> tuple[int | None, ...]:
    """For each event the index of the quote that reports it, or None: then the article states it itself.

    That is the shortest quote whose content holds the trigger and whose cue states something: in "The union said the
    firm planned to close the mine" the union reports, for the firm's plan is no report; neither is an order, a threat
    or an appeal ("threatened to close the mine"). ``text`` is the article's, ``doc`` its parse, by which what somebody
    says should be is told from what he demands; without it both report nothing.
    """
    holders = SpanIndex(range(len(quotes)), lambda index: quotes[index].content)
    is_report = [(_is_report(quote) or _is_said_to_be_due(quote, doc)) and not _is_act(quote, text) for quote in quotes]
    reporting = ([index for index in _quotes_holding(event, holders, quotes) if is_report[index]] for event in events)
    return tuple(_shortest(_without_own_views(indices, quotes, text), quotes) for indices in reporting)


def reporter_spans(text: str, source: Spans) -> Spans:
    """The source without what is added to its name: "Ana Ruiz" for "Ana Ruiz, a union leader".

    ``source``: spans in ``text``, of which the first counts; empty for no source.
    """
    return tuple(_without_addition(text, span) for span in source[:1])


def apply_denials(
    events: Sequence[Event], quotes: Sequence[Quote], text: str = "", judgements: Collection[str] = ()
) -> tuple[Event, ...]:
    """The events, those inside what somebody denies with the status "denied": "denied that it planned to close".

    However deep they lie; a denial that did not take place ("did not deny") changes nothing. Nor does one of what was
    thought of the deed ("rejected criticism that closing the mill had cost jobs"): ``text`` is the article's, and
    ``judgements`` are nouns for such, in lower case.
    """
    denials = [
        quote
        for quote in quotes
        if quote.stance == "denies" and not quote.negated and not _opens_with(quote, text, judgements)
    ]
    holders = SpanIndex(range(len(denials)), lambda index: denials[index].content)
    return tuple(_denied(event) if _quotes_holding(event, holders, denials) else event for event in events)


def _opens_with(quote: Quote, text: str, words: Collection[str]) -> bool:
    start, end = quote.content[0]
    return text[start:end].lower().partition(" ")[0] in words


def _denied(event: Event) -> Event:
    """The event inside a denial. Who denies that all stays as it is ("that the port is open") leaves it open."""
    status: Status = "possible" if event.status_rule == UPHELD_RULE else "denied"
    denial = event.denial or _DENIAL_OF.get(event.status, "")
    return replace(event, status=status, denial=denial, reason=f"{event.reason}; inside a denial")


def _without_addition(text: str, span: Span) -> Span:
    addition = _ADDITION.search(text, *span)
    return (span[0], addition.start()) if addition is not None and addition.start() > span[0] else span


def _quotes_holding(event: Event, holders: SpanIndex[int], quotes: Sequence[Quote]) -> list[int]:
    """The indices of the quotes of which one part of the content holds the whole trigger."""
    start, end = event.trigger
    return [
        index
        for index in holders.overlapping(start, end)
        if any(part[0] <= start and end <= part[1] for part in quotes[index].content)
    ]


def _without_own_views(indices: Sequence[int], quotes: Sequence[Quote], text: str) -> list[int]:
    """The indices without the quotes of a pronoun, or nobody, within what somebody is indirectly said to say.

    "Larn Shipping said it expected to close the pier", "said the pier was expected to close": Larn Shipping reports.
    """
    outer = [quotes[index] for index in indices if quotes[index].quote_type == "indirect"]

    def is_own_view(quote: Quote) -> bool:
        is_named = bool(quote.source) and text[slice(*quote.source[0])].lower() not in _PRONOUNS
        if is_named or not quote.cue:
            return False
        return any(start <= quote.cue[0][0] < end for holder in outer for start, end in holder.content)

    return [index for index in indices if not is_own_view(quotes[index])]


def _shortest(indices: Sequence[int], quotes: Sequence[Quote]) -> int | None:
    """The index of the quote with the shortest content; the first of several, None of none."""
    return min(indices, key=lambda index: (_content_length(quotes[index]), index), default=None)


def _content_length(quote: Quote) -> int:
    return sum(end - start for start, end in quote.content)


def _is_report(quote: Quote) -> bool:
    """Whether the stance is one of stating; words in quotation marks are somebody's report whatever they do.

    What somebody does not say, or does not comment on, is no report.
    """
    if quote.quote_type == "direct":
        return True
    if quote.negated and quote.stance == "states":
        return False
    return quote.stance not in (_NOT_REPORTING_INDIRECTLY if quote.quote_type == "indirect" else _NOT_REPORTING)


def _is_said_to_be_due(quote: Quote, doc: Doc | None) -> bool:
    """Whether an indirect demand is a statement: "said that the mine should close", not "demanded that it close"."""
    content = doc.char_span(*quote.content[0], alignment_mode="expand") if doc is not None else None
    if quote.stance != "demands" or content is None:
        return False
    relations = {(child.dep_, child.tag_) for child in content.root.children}
    return ("aux", "MD") in relations and any(relation in SUBJECTS for relation, _ in relations)


def _is_act(quote: Quote, text: str) -> bool:
    """Whether source, cue and then words not in quotation marks only tell what he orders, threatens or calls for."""
    start, end = quote.content[0]
    if quote.quote_type == "direct" or not quote.source or not quote.cue:
        return False
    is_in_order = quote.source[0][0] < quote.cue[0][0] < start
    return is_in_order and _ACT.match(text, start, end) is not None
