"""What a rule knows besides its match: the text as written, the publication date, dates said before, the parse."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc, Token

from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.tense import Direction, direction, is_deadline
from pipeline.records import Article, DateKind


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means; ``period`` is None where it denotes no known days."""

    kind: DateKind
    value: str
    reason: str
    period: Period | None = None
    granularity: str = ""


@dataclass(slots=True)
class Context:
    """The state of one article's scan. ``last`` is the last date said, ``quarter`` the quarter a
    report is about, set by the rule that reads quarters.
    """

    doc: Doc
    article: Article
    published: date | None
    last: Period | None = None
    last_block: int = -1
    quarter: Period | None = None
    quarter_is_fiscal: bool = False
    block: int = 0
    _starts: list[int] = field(default_factory=list)

    def token_at(self, offset: int) -> Token:
        """The token that holds a character."""
        if not self._starts:
            self._starts = [token.idx for token in self.doc]
        return self.doc[max(0, bisect_right(self._starts, offset) - 1)]

    def direction(self, offset: int) -> Direction:
        """Whether the verb that governs the word at ``offset`` looks back or ahead."""
        return direction(self.token_at(offset))

    def is_deadline(self, offset: int) -> bool:
        """Whether "by" or "until" governs the word at ``offset``."""
        return is_deadline(self.token_at(offset))

    def looks_ahead(self, offset: int) -> bool:
        """Whether the verb looks ahead, or "by" and "until" do under a verb that doesn't look back."""
        way = self.direction(offset)
        return way == "future" or (way != "past" and is_deadline(self.token_at(offset)))

    def is_named(self, offset: int) -> bool:
        """Whether a word that has no capital of its own has one inside a sentence: "USA Today", "This Week"."""
        token = self.token_at(offset)
        if not self.is_capital(offset) or self.article.blocks[self.block].role == "headline" or token.is_sent_start:
            return False
        return token.i > 0 and self.doc[token.i - 1].is_alpha

    def is_before_plural(self, offset: int) -> bool:
        """Whether a plural noun follows the token at ``offset``, which it then counts."""
        after = self.token_at(offset).i + 1
        return after < len(self.doc) and self.doc[after].tag_ in ("NNS", "NNPS")

    def is_capital(self, offset: int) -> bool:
        """Whether the letter at ``offset`` is a capital as written."""
        return self.article.text[offset].isupper()

    def near(self) -> Period | None:
        """The last date said, if it stands in this block or the one before: what "the next day" counts from."""
        return self.last if self.last_block >= self.block - 1 else None

    def compared(self, period: Period | None, reason: str) -> Reading:
        """A period counted from the report's quarter: without days where that quarter is fiscal."""
        return fiscal(period, reason) if self.quarter_is_fiscal else dated(period, reason)

    def remember(self, period: Period) -> None:
        """Keep a date that was just read, for "the following day" and "a year earlier"."""
        self.last = period
        self.last_block = self.block


def dated(period: Period | None, reason: str, value: str = "", granularity: str = "") -> Reading:
    """A DATE that denotes a period; without one the value (maybe an XXXX form) and what kind of unit it is."""
    if period is None:
        return Reading("DATE", value, reason, None, granularity)
    return Reading("DATE", period.value, reason, period, period.granularity)


def fiscal(period: Period | None, reason: str) -> Reading:
    """A fiscal quarter or year: its value, but no days, since every company begins its year when it likes."""
    if period is None:
        return dated(None, reason)
    return Reading("DATE", period.value, f"{reason}; fiscal, so of no known days", None, period.granularity)


def undated(kind: DateKind, value: str, reason: str) -> Reading:
    """An expression that denotes no known days: a duration, a set, a vague reference."""
    return Reading(kind, value, reason)
