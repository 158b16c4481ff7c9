"""The filters and sort orders of the review page's queue.

To add a drop-down filter, add a row to CHOICE_FILTERS: the page draws it, fills it with the values that occur and their
counts, keeps it in its address, and the server applies it. To add a sort order, add a row to SORTS.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from pipeline.review.entries import Entry
from pipeline.write.wording import excerpt, spell_out

#: The choice of the filter "decision" for claims that nobody decided.
OPEN = "open"
#: The choice of the filter "noise" for claims that are none.
RELIABLE = "no"
#: Its choice for claims that are noise for whatever reason.
WEAK = "weak"
#: Speakers or events that a drop-down lists, the most frequent ones; longer lists can't be used with a mouse.
_MAX_OPTIONS = 500
#: Characters of an event's name in its drop-down.
_MAX_EVENT = 60


def _same_words(value: str, entry: Entry, country_names: Mapping[str, str]) -> str:
    return value


def _nothing(_: Entry) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class ChoiceFilter:
    """A drop-down of the review page, which keeps the claims that have the chosen value.

    ``name`` is the key in the page's address and in the request, ``label`` stands before the drop-down, ``any_label``
    is its first option, which filters nothing. ``values_of`` gives the values of a claim (empty ones are no option), so
    a claim with several is found by each. ``option_label`` says how a value reads, given a claim that has it and the
    names of countries by code. ``in_text_order`` lists options as they come, not by frequency; ``max_options`` lists
    at most so many. ``also_finds`` gives values that find the claim, too, and are no options. ``folded`` filters stand
    under "More filters".
    """

    name: str
    label: str
    values_of: Callable[[Entry], Collection[str]]
    any_label: str = "any"
    option_label: Callable[[str, Entry, Mapping[str, str]], str] = _same_words
    in_text_order: bool = False
    max_options: int | None = None
    folded: bool = True
    also_finds: Callable[[Entry], Collection[str]] = _nothing

    def options(
        self, counts: Counter[str], examples: Mapping[str, Entry], country_names: Mapping[str, str]
    ) -> list[list[Any]]:
        """The values that occur, each as [value, label, number of claims]; ``examples`` has a claim of each value."""
        ordered = list(counts.items()) if self.in_text_order else counts.most_common()
        return [
            [value, self.option_label(value, examples[value], country_names), count]
            for value, count in ordered[: self.max_options]
        ]


CHOICE_FILTERS: tuple[ChoiceFilter, ...] = (
    ChoiceFilter("decision", "Decision", lambda entry: (entry.verdict or OPEN,), folded=False),
    ChoiceFilter(
        "kind", "Kind", lambda entry: (entry.listed.claim_type,), option_label=lambda value, *_: spell_out(value)
    ),
    ChoiceFilter("trust", "How sure", lambda entry: (entry.trust,)),
    ChoiceFilter("quote_type", "Type of quote", lambda entry: (entry.listed.quote_type,)),
    ChoiceFilter("status", "Status of an event", lambda entry: (entry.listed.event_status,)),
    ChoiceFilter("stance", "Stance of a quote", lambda entry: (entry.listed.stance,)),
    ChoiceFilter(
        "noise",
        "Weak rows",
        lambda entry: (entry.listed.noise, WEAK) if entry.listed.noise else (RELIABLE,),
        option_label=lambda value, *_: {RELIABLE: "not weak", WEAK: "weak for any reason"}.get(value, value),
    ),
    ChoiceFilter(
        "speaker",
        "Speaker",
        lambda entry: (entry.speaker,),
        any_label="anybody",
        max_options=_MAX_OPTIONS,
        also_finds=lambda entry: (entry.listed.speaker,),
    ),
    ChoiceFilter("speaker_type", "Type of speaker", lambda entry: (entry.listed.speaker_type,)),
    ChoiceFilter(
        "country",
        "Country",
        lambda entry: entry.countries,
        option_label=lambda code, _, country_names: country_names.get(code, code),
    ),
    ChoiceFilter("publisher", "Publisher", lambda entry: (entry.listed.publisher,)),
    ChoiceFilter(
        "event",
        "Event",
        lambda entry: (entry.listed.event_id,),
        option_label=lambda _, entry, __: excerpt(entry.listed.event_words, _MAX_EVENT),
        max_options=_MAX_OPTIONS,
    ),
    ChoiceFilter(
        "article",
        "Article",
        lambda entry: (entry.file,),
        any_label="all",
        option_label=lambda file, entry, _: entry.title or file,
        in_text_order=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the queue: ``name`` in the request, ``label`` in the page, ``key`` to sort by (None: text order)."""

    name: str
    label: str
    key: Callable[[Entry], Any] | None


def _latest_first(decided_at: str) -> tuple[int, ...]:
    """A sort key that turns the order of ISO times around."""
    return tuple(-ord(character) for character in decided_at)


SORTS: tuple[Sort, ...] = (
    Sort("article", "as in the text", None),
    Sort("confidence", "least sure first", lambda entry: (entry.listed.confidence, entry.position)),
    Sort("noise", "weak rows last", lambda entry: (entry.is_weak, entry.position)),
    Sort("-confidence", "surest first", lambda entry: (-entry.listed.confidence, entry.position)),
    Sort(
        "speaker",
        "speaker",
        lambda entry: (not entry.speaker, entry.speaker.casefold(), entry.position),
    ),
    Sort(
        "decided",
        "latest decision",
        lambda entry: (not entry.decided_at, _latest_first(entry.decided_at), entry.position),
    ),
)


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims the page asks for, and in which order; the defaults ask for all in text order.

    ``choices`` gives the chosen value by the name of its ChoiceFilter. ``text`` are words that all must occur, in any
    order. ``low`` <= confidence < ``high`` bounds the confidence, where 1.0 as ``high`` includes 1.0. ``sort`` names
    one of SORTS; an unknown name leaves the text order. ``published_from`` and ``published_to`` are the first and last
    day of publication; a claim of an article without a day is in no such range. ``articles``, unless None, are the
    doc_ids of the only articles whose claims pass.
    """

    choices: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    low: float = 0.0
    high: float = 1.0
    sort: str = "article"
    published_from: date | None = None
    published_to: date | None = None
    articles: frozenset[str] | None = None

    def apply(self, entries: list[Entry]) -> list[Entry]:
        """The entries that pass, in the order in which they come."""
        for keep in self._steps():
            entries = keep(entries)
        return entries

    def sorted(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries, in whatever order they come, in the order that is asked for."""
        return sorted(entries, key=self._sort_key() or (lambda entry: entry.position))

    @property
    def is_sorted(self) -> bool:
        """Whether another order than that of the text is asked for."""
        return self._sort_key() is not None

    def _sort_key(self) -> Callable[[Entry], Any] | None:
        return next((sort.key for sort in SORTS if sort.name == self.sort), None)

    def _steps(self) -> Iterator[Callable[[list[Entry]], list[Entry]]]:
        """What leaves entries out, one after the other. Whole lists: a call for each of 100,000 takes 10 ms."""
        for choice_filter in CHOICE_FILTERS:
            if value := self.choices.get(choice_filter.name):
                yield partial(_keep_choice, choice_filter, value)
        for word in self.text.casefold().split():
            yield partial(_keep_word, word)
        if self.low > 0 or self.high < 1:
            yield partial(_keep_confidence, self.low, self.high)
        if (articles := self.articles) is not None:
            yield lambda entries: [entry for entry in entries if entry.doc_id in articles]
        if self.published_from or self.published_to:
            yield lambda entries: [entry for entry in entries if self._is_published_in_range(entry)]

    def _is_published_in_range(self, entry: Entry) -> bool:
        day = entry.listed.published
        return day is not None and (self.published_from or day) <= day <= (self.published_to or day)


def _keep_word(word: str, entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if word in entry.listed.searched]


def _keep_confidence(low: float, high: float, entries: list[Entry]) -> list[Entry]:
    """Those of ``low`` <= confidence < ``high``, or up to 1 for a ``high`` of 1."""
    if high >= 1:
        return [entry for entry in entries if low <= entry.listed.confidence]
    return [entry for entry in entries if low <= entry.listed.confidence < high]


def _keep_choice(choice_filter: ChoiceFilter, value: str, entries: list[Entry]) -> list[Entry]:
    values_of, also_finds = choice_filter.values_of, choice_filter.also_finds
    if also_finds is _nothing:
        return [entry for entry in entries if value in values_of(entry)]
    return [entry for entry in entries if value in values_of(entry) or value in also_finds(entry)]


class FilterCounts:
    """How many claims every drop-down's values leave: counted once, then kept up to date claim by claim.

    With many thousands of claims counting takes a quarter of a second, in which no decision could be saved.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._counts: dict[str, Counter[str]] = {}
        self._examples: dict[str, dict[str, Entry]] = {}
        #: The options until a claim changes, and the names in them: an article is one, so that there are thousands.
        self._options: tuple[Mapping[str, str], dict[str, list[list[Any]]]] | None = None
        for choice in CHOICE_FILTERS:
            values = list(map(choice.values_of, entries))
            counts = self._counts[choice.name] = Counter(chain.from_iterable(values))
            del counts[""]
            self._examples[choice.name] = {  # of each value the first claim, as it comes last here
                value: entry
                for entry, found in zip(reversed(entries), reversed(values), strict=True)
                for value in found
            }

    def replace(self, old: Entry, new: Entry) -> None:
        """Take in that a claim is another now, as after a decision."""
        for choice in CHOICE_FILTERS:
            before, after = choice.values_of(old), choice.values_of(new)
            if before != after:
                self._options = None
                self._count(choice, old, before, -1)
                self._count(choice, new, after, 1)

    def options(self, country_names: Mapping[str, str]) -> dict[str, list[list[Any]]]:
        """The options of every drop-down by the filter's name: [value, label, number of claims] each."""
        if self._options is None or self._options[0] is not country_names:
            options = {
                choice.name: choice.options(self._counts[choice.name], self._examples[choice.name], country_names)
                for choice in CHOICE_FILTERS
            }
            self._options = country_names, options
        return self._options[1]

    def _count(self, choice: ChoiceFilter, entry: Entry, values: Collection[str], step: int) -> None:
        counts, examples = self._counts[choice.name], self._examples[choice.name]
        for value in values:
            if value:
                counts[value] += step
                examples.setdefault(value, entry)
                if not counts[value]:
                    del counts[value], examples[value]
