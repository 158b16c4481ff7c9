"""What a rule knows besides its match: the text as written, the publication date, dates mentioned before, the parse.

A rule turns its match into a ``DateNormalization``, the value of a TIMEX3 annotation; ``make_date``,
``make_fiscal_date`` and ``make_undated`` build them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc, Token

from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.tense import Direction, is_deadline, read_tense
from pipeline.knowledge.dates import DateWords
from pipeline.records import Article, DateKind


@dataclass(frozen=True, slots=True)
class DateNormalization:
    """What a time expression means, in terms of TIMEX3.

    ``kind`` is the TIMEX3 type, ``value`` its value ("2023-W44", "P2Y", "" when nothing honest can be said),
    ``reason`` says in words how it was read. ``period`` has the days it denotes, None where these are not known;
    ``granularity`` is the calendar unit, which may be known without the days ("XXXX-WXX-5" is a day).
    """

    kind: DateKind
    value: str
    reason: str
    period: Period | None = None
    granularity: str = ""


@dataclass(slots=True)
class DateContext:
    """The state of one article's scan, which rules read and some of them change.

    ``published`` is what relative expressions count from, None when unknown. ``last_period`` is the period mentioned
    last and ``last_period_block`` the index of its block; ``report_quarter`` the quarter that an earnings report is
    about, kept by the rule that reads quarters, with ``report_quarter_is_fiscal`` where the text calls it so;
    ``block_index`` the block being scanned; ``tense_rule`` what the tense rules said for the expression at hand, for
    ``extract explain``.
    """

    doc: Doc
    article: Article
    words: DateWords
    published: date | None
    last_period: Period | None = None
    last_period_block: int = -1
    report_quarter: Period | None = None
    report_quarter_is_fiscal: bool = False
    block_index: int = 0
    tense_rule: str = ""
    _token_starts: list[int] = field(default_factory=list)

    def token_at(self, offset: int) -> Token:
        """The token that holds the character at ``offset``, or the one before it between tokens."""
        if not self._token_starts:
            self._token_starts = [token.idx for token in self.doc]
        return self.doc[max(0, bisect_right(self._token_starts, offset) - 1)]

    def verb_direction(self, offset: int) -> Direction:
        """Whether the verb that governs the word at ``offset`` looks back or ahead; empty when nothing tells."""
        reading = read_tense(self.token_at(offset), self.words)
        self.tense_rule = reading.rule
        return reading.direction

    def is_deadline(self, offset: int) -> bool:
        """Whether "by" or "until" governs the word at ``offset``."""
        return is_deadline(self.token_at(offset), self.words)

    def looks_ahead(self, offset: int) -> bool:
        """Whether the verb looks ahead, or "by" and "until" do under a verb that doesn't look back."""
        direction = self.verb_direction(offset)
        return direction == "future" or (direction != "past" and self.is_deadline(offset))

    def is_part_of_name(self, offset: int) -> bool:
        """Whether a word that has no capital of its own has one inside a sentence: "USA Today", "This Week"."""
        token = self.token_at(offset)
        in_headline = self.article.blocks[self.block_index].role == "headline"
        if not self.is_capitalized(offset) or in_headline or token.is_sent_start:
            return False
        return token.i > 0 and self.doc[token.i - 1].is_alpha

    def is_before_plural(self, offset: int) -> bool:
        """Whether a plural noun follows the token at ``offset``, which it then counts: "1850 miners"."""
        next_index = self.token_at(offset).i + 1
        return next_index < len(self.doc) and self.doc[next_index].tag_ in ("NNS", "NNPS")

    def is_indefinite(self, offset: int) -> bool:
        """Whether the noun at ``offset`` is any of its kind: "a weekend", "every fun weekend", "a weekend house"."""
        noun = self.token_at(offset)
        while noun.dep_ == "compound" and noun.head.i > noun.i:
            noun = noun.head
        return any(child.lower_ in self.words.indefinite for child in noun.children)

    def is_capitalized(self, offset: int) -> bool:
        """Whether the letter at ``offset`` is a capital as written."""
        return self.article.text[offset].isupper()

    def recent_period(self) -> Period | None:
        """The period mentioned last, if in this block or the one before: what "the next day" counts from."""
        return self.last_period if self.last_period_block >= self.block_index - 1 else None

    def make_compared_date(self, period: Period | None, reason: str) -> DateNormalization:
        """A period counted from the report's quarter: without days where that quarter is fiscal."""
        return make_fiscal_date(period, reason) if self.report_quarter_is_fiscal else make_date(period, reason)

    def remember_period(self, period: Period) -> None:
        """Keep a period that was just read, for "the following day" and "a year earlier"."""
        self.last_period = period
        self.last_period_block = self.block_index


def make_date(period: Period | None, reason: str, value: str = "", granularity: str = "") -> DateNormalization:
    """A DATE that denotes a period; without one, the ``value`` (maybe an XXXX form) and the ``granularity``."""
    if period is None:
        return DateNormalization("DATE", value, reason, None, granularity)
    return DateNormalization("DATE", period.value, reason, period, period.granularity)


def make_fiscal_date(period: Period | None, reason: str) -> DateNormalization:
    """A fiscal quarter or year: its value, but no days, since every company begins its year when it likes."""
    if period is None:
        return make_date(None, reason)
    return DateNormalization("DATE", period.value, f"{reason}; fiscal, so of no known days", None, period.granularity)


def make_undated(kind: DateKind, value: str, reason: str) -> DateNormalization:
    """An expression that denotes no known days: a duration, a set, a vague reference."""
    return DateNormalization(kind, value, reason)
