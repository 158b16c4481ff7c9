"""What an evaluation counts for one kind of claim, and examples of what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.evaluate.gold import Values
from pipeline.evaluate.measures import Counts
from pipeline.records import Article, Spans
from pipeline.text.cells import LIST_JOIN
from pipeline.text.normalize import word_key
from pipeline.text.spans import PART_JOIN

#: Stands for a span or value that is empty.
_NOTHING = "(none)"
#: "missed": in gold, not found; "wrong": found, not in gold; "part": found, but a part of it differs.
Fault = Literal["missed", "wrong", "part"]


@dataclass(frozen=True, slots=True)
class Example:
    """One thing that went wrong.

    ``kind`` is "quote" or the event type; ``place`` is FILE:LINE as ``extract explain`` takes it; ``words`` are the
    article's; ``detail`` says what differs ("source the mayor, gold Ada Brandt"), of a quote missed or wrong its source
    and cue.
    """

    kind: str
    fault: Fault
    place: str
    words: str
    detail: str = ""


@dataclass(slots=True)
class Tally:
    """The figures of one kind of claim.

    ``kind`` is "quote" or an event type, ``articles`` counts those with gold for it. ``counts`` has the counts by
    measure ("found", "target", ...); ``values`` by name ("stance", ...) how many are right and how many were compared,
    which are those that gold or extraction has; ``examples`` what went wrong, in the order of the articles.
    """

    kind: str
    articles: int = 0
    counts: dict[str, Counts] = field(default_factory=dict)
    values: dict[str, list[int]] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)

    def count(self, measure: str) -> Counts:
        """The counts of a measure, new ones when it has none yet."""
        return self.counts.setdefault(measure, Counts())

    def compare_values(self, article: Article, spans: Spans, gold: Values, predicted: Values) -> None:
        """Count the values that gold knows, and keep those that differ as examples, shown by the words of ``spans``.

        Case, punctuation and, in lists, order make no difference.
        """
        for name, gold_value in gold.items():
            predicted_value = predicted.get(name, "")
            gold_set, predicted_set = _as_set(gold_value), _as_set(predicted_value)
            if not gold_set and not predicted_set:
                continue
            right_and_all = self.values.setdefault(name, [0, 0])
            right_and_all[0] += gold_set == predicted_set
            right_and_all[1] += 1
            if gold_set != predicted_set:
                detail = f"{name} {predicted_value or _NOTHING}, gold {gold_value or _NOTHING}"
                self.add_example("part", article, spans, detail)

    def add_example(self, fault: Fault, article: Article, spans: Spans, detail: str = "") -> None:
        """Keep an example, shown by the words of ``spans``."""
        self.examples.append(Example(self.kind, fault, line_of(article, spans[0][0]), words_of(article, spans), detail))


def line_of(article: Article, offset: int) -> str:
    """``FILE:LINE`` of an offset, lines counted from 1 as ``extract explain`` does."""
    return f"{article.file}:{len((article.text[:offset] + '.').splitlines())}"


def describe_difference(name: str, article: Article, gold: Spans, predicted: Spans) -> str:
    """How a part differs, in words: "target (none), gold the ferry terminal"."""
    return f"{name} {words_of(article, predicted) or _NOTHING}, gold {words_of(article, gold) or _NOTHING}"


def words_of(article: Article, spans: Spans) -> str:
    """The words of the spans on one line, " [...] " between spans."""
    return PART_JOIN.join(" ".join(article.text[start:end].split()) for start, end in spans)


def _as_set(value: str) -> frozenset[str]:
    return frozenset(filter(None, map(word_key, value.split(LIST_JOIN))))
