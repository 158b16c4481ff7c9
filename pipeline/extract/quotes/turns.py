"""Turns of transcripts and interviews: paragraphs that open with a label and a colon, "WALKER: ...", "Q: ..."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.extract.quotes.draft import QuoteDraft
from pipeline.extract.rule_table import Rule, always, constant, first_rule
from pipeline.extract.syntax import trim
from pipeline.knowledge.reporting_words import ReportingWords
from pipeline.records import Article, Span

#: One to five words before a colon at a paragraph's start, with a party or place in brackets: "Ada Brandt (Larn): ".
_LABEL = re.compile(
    r"[\"“'‘]{0,2}((?:[^\W\d_][\w.'’-]*)(?:[ \xa0](?:[^\W\d_][\w.'’-]*)){0,4})(?:\s?\([^()\n]{1,40}\))?:[ \xa0\t]"
)
#: What the words of a turn neither begin nor end with: blanks and quotation marks.
_EDGES = " \t\xa0\"“”'‘’"
#: How sure a turn is to be an attribution: whose name stands there, and an answer of nobody ("A: ..."). Set by hand.
_NAMED_CONFIDENCE = 0.6
_ANSWER_CONFIDENCE = 0.3


@dataclass(frozen=True, slots=True)
class LabelledParagraph:
    """A paragraph that opens with words and a colon.

    ``block``: number and ``role``: role of the article's block; ``label``: the words, "Ada Brandt"; ``label_span``:
    their place; ``colon``: offset of the colon; ``text_start``: offset behind the blank that follows it; ``content``:
    the span from there on, trimmed, maybe empty.
    """

    block: int
    role: str
    label: str
    label_span: Span
    colon: int
    text_start: int
    content: Span


@dataclass(frozen=True)
class Transcript:
    """What is known of an article's labelled paragraphs together, for the rules of ``TURN_RULES``.

    ``labels``: the paragraphs whose label looks like a name; ``drafts``: the quotes found in the article so far.
    """

    doc: Doc
    words: ReportingWords
    labels: Sequence[LabelledParagraph]
    drafts: Sequence[QuoteDraft]

    @cached_property
    def capital_labels(self) -> frozenset[str]:
        """Labels of the body in capitals: "WALKER"."""
        return frozenset(item.label for item in self.labels if item.role == "body" and item.label.isupper())

    @cached_property
    def person_labels(self) -> frozenset[str]:
        """Labels of the body of two words and more that the parser takes for a person: "Peter Hale"."""
        body = (item for item in self.labels if item.role == "body" and " " in item.label)
        return frozenset(item.label for item in body if _is_person(self.doc, item.label_span))

    @cached_property
    def repeated_labels(self) -> frozenset[str]:
        """Labels that open more than one paragraph, as "Gazette" does where it asks the questions."""
        return frozenset(label for label, count in Counter(item.label for item in self.labels).items() if count > 1)

    @cached_property
    def drafts_by_block(self) -> dict[int, list[QuoteDraft]]:
        """The quotes that the models found, by the number of the article's block that they stand in."""
        by_block: dict[int, list[QuoteDraft]] = {}
        for draft in self.drafts:
            by_block.setdefault(draft.block, []).append(draft)
        return by_block


class TurnCase(NamedTuple):
    """A labelled paragraph that may be a turn, and what is known of all of the article's."""

    item: LabelledParagraph
    transcript: Transcript


def _is_question(case: TurnCase) -> bool:
    return case.item.label in case.transcript.words.question_labels


def _is_empty(case: TurnCase) -> bool:
    start, end = case.item.content
    return start >= end


def _has_source_already(case: TurnCase) -> bool:
    drafts = case.transcript.drafts_by_block.get(case.item.block, ())
    return any(draft.source == (case.item.label_span,) for draft in drafts)


def _is_answer(case: TurnCase) -> bool:
    return case.item.label in case.transcript.words.answer_labels


def _is_answer_with_speakers(case: TurnCase) -> bool:
    return _is_answer(case) and case.item.block in case.transcript.drafts_by_block


def _is_in_capitals(case: TurnCase) -> bool:
    return case.item.label in case.transcript.capital_labels


def _is_full_name(case: TurnCase) -> bool:
    return case.item.label in case.transcript.person_labels


def _is_repeated(case: TurnCase) -> bool:
    return case.item.label in case.transcript.repeated_labels


_TURN, _NO_TURN = constant(True), constant(False)
#: Whether a labelled paragraph is a turn.
TURN_RULES: tuple[Rule[TurnCase, bool], ...] = (
    Rule("a question that names nobody", _is_question, _NO_TURN),
    Rule("nothing after the colon", _is_empty, _NO_TURN),
    Rule("the models found who speaks", _has_source_already, _NO_TURN),
    # An answer with speakers of its own is the article's, as in a reader's guide.
    Rule("an answer in which others speak", _is_answer_with_speakers, _NO_TURN),
    Rule("an answer that names nobody", _is_answer, _TURN),
    Rule("a label in capitals", _is_in_capitals, _TURN),
    Rule("a full name", _is_full_name, _TURN),
    Rule("a label that comes back", _is_repeated, _TURN),
    # "Note: ..."
    Rule("no other rule", always, _NO_TURN),
)


def find_turns(doc: Doc, article: Article, drafts: Sequence[QuoteDraft], words: ReportingWords) -> Iterator[QuoteDraft]:
    """The turns of transcripts and interviews that are in no draft yet: "WALKER: ...", "Peter Hale: ...".

    The label is the source, the colon the cue, a turn that ends in "?" asks. Questions of "Q:" are left out, answers of
    "A:" have no source. A single "Name:" paragraph is no transcript unless the name stands in capitals or is a person's
    in two words; in a headline it never is.
    """
    transcript = Transcript(
        doc, words, [item for item in _find_labelled(article) if _is_name(item, article, words)], drafts
    )
    for item in transcript.labels:
        case = TurnCase(item, transcript)
        if first_rule(TURN_RULES, case).outcome(case):
            yield _draft_turn(item, article, named=item.label not in words.answer_labels)


def _draft_turn(item: LabelledParagraph, article: Article, *, named: bool) -> QuoteDraft:
    asks = article.text[slice(*item.content)].endswith("?")
    return QuoteDraft(
        block=item.block,
        source=(item.label_span,) if named else (),
        cue=((item.colon, item.colon + 1),),
        content=[item.content],
        lemmas=("ask" if asks else "say",),
        negated=False,
        confidence=_NAMED_CONFIDENCE if named else _ANSWER_CONFIDENCE,
        rule="turn of a transcript",
        reason="a name and a colon open the paragraph",
    )


def remove_interview_labels(drafts: Sequence[QuoteDraft], article: Article, words: ReportingWords) -> list[QuoteDraft]:
    """The drafts less those whose cue is the colon of a "Q:" or "A:"; contents that begin with such a label lose it."""
    labels = words.question_labels | words.answer_labels
    starts = {item.block: item.text_start for item in _find_labelled(article) if item.label in labels}
    kept = []
    for draft in drafts:
        start = starts.get(draft.block)
        if start is not None:
            if draft.cue and draft.cue[0][0] < start:
                continue
            draft.content[:] = [(max(first, start), end) for first, end in draft.content if end > start]
        kept.append(draft)
    return kept


def _find_labelled(article: Article) -> Iterator[LabelledParagraph]:
    """The paragraphs of headline and body that open with up to five words and a colon, whatever the words are."""
    for number, block in enumerate(article.blocks):
        if block.role not in ("headline", "body") or block.repeated:
            continue
        match = _LABEL.match(article.text, block.start, block.end)
        if match is not None:
            start = match.end()
            content = trim(article.text, (start, block.end), _EDGES)
            yield LabelledParagraph(number, block.role, match[1], match.span(1), start - 2, start, content)


def _is_name(item: LabelledParagraph, article: Article, words: ReportingWords) -> bool:
    """Whether a label looks like a name: capitalised but for particles, no "https:"."""
    parts = item.label.replace("\xa0", " ").split(" ")
    if parts[0] in words.name_particles or article.text.startswith("//", item.text_start):
        return False
    return all(part[:1].isupper() or part in words.name_particles for part in parts)


def _is_person(doc: Doc, span: Span) -> bool:
    tokens = doc.char_span(*span, alignment_mode="expand") or ()
    return any(token.ent_type_ == "PERSON" for token in tokens)
