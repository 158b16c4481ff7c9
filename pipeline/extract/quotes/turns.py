"""Turns of transcripts and interviews: paragraphs that open with a label, "WALKER: ...", "Q. ...", "Mr. HOLT. ...".

In a transcript what follows a turn without a label of its own goes on with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.extract.quotes.colon_datelines import opens_story
from pipeline.extract.quotes.draft import QuoteDraft
from pipeline.extract.syntax import trim
from pipeline.knowledge.reporting_words import ReportingWords
from pipeline.records import Article, Block, Span
from pipeline.rule_table import Rule, always, constant, first_rule

#: Seconds of a recording before a label: "[00:12:04] WALKER: ", "1:07 Walker: ".
_TIME_STAMP = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?[ \xa0\t]{1,3}(?:[-–—][ ])?)?"
#: What may stand behind a label: party, place or language in brackets, a time: "Ada Brandt (Larn): ".
_ASIDE = r"(?:\s?(?:\([^()\n]{1,40}\)|\[[^\[\]\n]{1,40}\]|\d{1,2}:\d{2}(?::\d{2})?)){0,2}"
#: One to five words before a colon at a paragraph's start.
_LABEL = re.compile(
    _TIME_STAMP + r"[\"“'‘]{0,2}((?:[^\W\d_][\w.'’-]*)(?:[ \xa0](?:[^\W\d_][\w.'’-]*)){0,4})" + _ASIDE + r":[ \xa0\t\n]"
)
#: A letter and a full stop: "Q. ", "A. "; a title and a name in capitals as in the records of a parliament:
#: "Mr. HOLT. ", "The SPEAKER pro tempore. ", "Ms. BRANDT of Ohio. ".
_LETTER = re.compile(r"([A-Z])(?:\.|[ \xa0]?[-–—])[ \xa0\t\n]")
_CHAMBER = re.compile(
    r"((?:[A-Z][a-z]{1,5}\.?) [A-Z][A-Z'’-]{1,20}(?: [A-Z][A-Z'’-]{1,20})?)"
    r"(?: (?:of|from) [A-Z][a-z]{2,15}| pro tempore)?\. "
)
#: What somebody speaks of himself by, and what is quoted in it.
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me)\b(?!\.)")
_QUOTED = re.compile(r"[\"“][^\"“”\n]{0,600}[\"”]")
#: What the words of a turn neither begin nor end with: blanks and quotation marks.
_EDGES = " \t\xa0\"“”'‘’"
_MARKS = frozenset("\"“”'‘’")
_SENTENCE_ENDS = frozenset(".!?…)-–—")
#: How sure a turn is to be an attribution: whose name stands there, and an answer of nobody ("A: ..."). Set by hand.
_NAMED_CONFIDENCE = 0.6
_ANSWER_CONFIDENCE = 0.3
#: An article is a transcript with this many labelled paragraphs, and this share of those from the first to the last.
_MIN_TURNS = 3
_MIN_SHARE = 0.3
#: Paragraphs behind the last label that may belong to its turn; what comes later is about the recording.
_MAX_AFTER_LAST = 2
#: Roles of blocks that may be turns; the first line of a transcript may be taken for a headline.
_SPOKEN_ROLES = frozenset({"headline", "body"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class LabelledParagraph:
    """A paragraph that opens with words and a colon.

    ``block``: number and ``role``: role of the article's block; ``label``: the words, "Ada Brandt"; ``label_span``:
    their place; ``colon``: offset of the colon; ``text_start``: offset behind the blank that follows it; ``content``:
    the span from there on, trimmed, maybe empty; ``ends_sentence``: whether it ends like a sentence; ``opens_body``:
    whether the article's story may begin with this one, as it does with a dateline ("LARN: ").
    """

    block: int
    role: str
    label: str
    label_span: Span
    colon: int
    text_start: int
    content: Span
    ends_sentence: bool = True
    opens_body: bool = False
    has_words: bool = True


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
        """Labels of the body in capitals, but for a title: "WALKER", "Mr. HOLT"."""
        return frozenset(
            item.label for item in self.labels if item.role == "body" and _in_capitals(item.label, self.words)
        )

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
    def is_interview(self) -> bool:
        """Whether somebody speaks of himself in an answer: "A: My editor said no", not in a reader's guide."""
        answers = (item for item in self.labels if item.label in self.words.answer_labels)
        text = self.doc.text
        return any(_FIRST_PERSON.search(_QUOTED.sub("", text[slice(*item.content)])) for item in answers)

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


def _is_figure(case: TurnCase) -> bool:
    """Whether a number alone stands behind the label: "Kern: 1,204 votes" has words, "Kern: 1,204" has none."""
    return not case.item.has_words


def _has_source_already(case: TurnCase) -> bool:
    drafts = case.transcript.drafts_by_block.get(case.item.block, ())
    return any(draft.source == (case.item.label_span,) for draft in drafts)


def _is_answer(case: TurnCase) -> bool:
    return case.item.label in case.transcript.words.answer_labels


def _is_answer_with_speakers(case: TurnCase) -> bool:
    is_told = _is_answer(case) and case.item.block in case.transcript.drafts_by_block
    return is_told and not case.transcript.is_interview


def _is_dateline(case: TurnCase) -> bool:
    """Whether the label is the only one in capitals, and a place or the first thing in the body."""
    item, capitals = case.item, case.transcript.capital_labels
    if item.label not in capitals or len(capitals) > 1 or item.label in case.transcript.repeated_labels:
        return False
    return item.opens_body or _has_label(case.transcript.doc, item.label_span, _PLACES)


def _is_heading(case: TurnCase) -> bool:
    """Whether a label that comes once has no sentence behind it: "PHOTOS: The harbour in pictures"."""
    return not case.item.ends_sentence and case.item.label not in case.transcript.repeated_labels


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
    Rule("a figure", _is_figure, _NO_TURN),
    Rule("the models found who speaks", _has_source_already, _NO_TURN),
    # An answer with speakers of its own is the article's, as in a reader's guide.
    Rule("an answer in which others speak", _is_answer_with_speakers, _NO_TURN),
    Rule("an answer that names nobody", _is_answer, _TURN),
    Rule("a dateline", _is_dateline, _NO_TURN),
    Rule("no sentence behind it", _is_heading, _NO_TURN),
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
    in two words; in a headline it never is, nor is a place before the first sentence. Paragraphs of a transcript that
    go on with a turn are added to its content, of the given ``drafts`` as well.
    """
    labelled = list(find_labelled(article, words))
    transcript = Transcript(doc, words, [item for item in labelled if _is_name(item, article, words)], drafts)
    turns: dict[int, QuoteDraft] = {}
    speaking: set[int] = set()
    for item in transcript.labels:
        case = TurnCase(item, transcript)
        rule = first_rule(TURN_RULES, case)
        if rule.outcome(case):
            turns[item.block] = _draft_turn(item, article, named=item.label not in words.answer_labels)
        if rule.outcome(case) or _is_question(case) or _has_source_already(case):
            speaking.add(item.block)
    _add_drafted(drafts, transcript.labels, turns)
    labels = {item.label for item in transcript.labels if item.block in speaking}
    if len(speaking) >= _MIN_TURNS and len(labels) > 1:
        told = {draft.block for draft in drafts if draft.source and draft not in turns.values()}
        _add_continuations(article, speaking, turns, told)
    yield from (turn for turn in turns.values() if turn not in drafts)


def _add_drafted(
    drafts: Sequence[QuoteDraft], labels: Sequence[LabelledParagraph], turns: dict[int, QuoteDraft]
) -> None:
    """Add those of the drafts to the turns that have a label as their source."""
    for draft in drafts:
        if any(item.block == draft.block and draft.source == (item.label_span,) for item in labels):
            turns.setdefault(draft.block, draft)


def _add_continuations(
    article: Article, speaking: Collection[int], turns: Mapping[int, QuoteDraft], told: Collection[int]
) -> None:
    """Add the paragraphs between two turns, and up to two after the last, to the turn before them.

    ``speaking``: the blocks that open with a label; ``turns``: drafts by block, of a question there may be none;
    ``told``: the blocks in which somebody says something, which end the last answer of nobody: "Holm laughs, she says".
    """
    first, last = min(speaking), max(speaking)
    body = [number for number in range(first, len(article.blocks)) if article.blocks[number].role in _SPOKEN_ROLES]
    if len(speaking) < _MIN_SHARE * sum(number <= last for number in body):
        return
    turn: QuoteDraft | None = None
    after_last = 0
    for number in body:
        if number in speaking:
            turn = turns.get(number)
            continue
        after_last += number > last
        if number > last and number in told and turn is not None and not turn.source:
            break
        block = article.blocks[number]
        content = trim(article.text, (block.start, block.end), _EDGES)
        is_aside = article.text[content[0]] in "([" if content[0] < content[1] else True
        if turn is None or is_aside or after_last > _MAX_AFTER_LAST:
            continue
        turn.content.append(content)


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
    starts = {item.block: item.text_start for item in find_labelled(article, words) if item.label in labels}
    kept = []
    for draft in drafts:
        start = starts.get(draft.block)
        if start is not None:
            if draft.cue and draft.cue[0][0] < start:
                continue
            draft.content[:] = [(max(first, start), end) for first, end in draft.content if end > start]
        kept.append(draft)
    return kept


def find_labelled(article: Article, words: ReportingWords) -> Iterator[LabelledParagraph]:
    """The paragraphs of headline and body that open with a label, whatever its words are.

    A label is up to five words and a colon, a title and a name in capitals with a full stop, or, where both letters of
    an interview do so, a letter with a full stop.
    """
    letters = {match[1] for match in _match_blocks(article, _LETTER)}
    has_letters = not letters.isdisjoint(words.question_labels) and not letters.isdisjoint(words.answer_labels)
    is_first = True
    for number, block in enumerate(article.blocks):
        if block.role not in _SPOKEN_ROLES or block.repeated:
            continue
        opens_body = block.role == "body" and (is_first or opens_story(article, number, block.start))
        is_first = is_first and block.role != "body"
        match = _LABEL.match(article.text, block.start, block.end) or _match_chamber(article.text, block, words)
        if match is None and has_letters:
            match = _LETTER.match(article.text, block.start, block.end)
        if match is not None:
            start = match.end()
            content = trim(article.text, (start, block.end), _EDGES)
            ends_sentence = article.text[content[1] - 1 : content[1]] in _SENTENCE_ENDS
            has_words = any(map(str.isalpha, article.text[slice(*content)]))
            yield LabelledParagraph(
                number,
                block.role,
                match[1],
                match.span(1),
                start - 2,
                start,
                content,
                ends_sentence,
                opens_body,
                has_words,
            )


def _match_blocks(article: Article, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for block in article.blocks:
        match = pattern.match(article.text, block.start, block.end) if block.role == "body" else None
        if match is not None:
            yield match


def _match_chamber(text: str, block: Block, words: ReportingWords) -> re.Match[str] | None:
    match = _CHAMBER.match(text, block.start, block.end)
    return match if match is not None and match[1].split()[0].rstrip(".") in words.chamber_titles else None


def _in_capitals(label: str, words: ReportingWords) -> bool:
    first, *rest = label.split()
    return label.isupper() or (first.rstrip(".") in words.chamber_titles and " ".join(rest).isupper())


def _is_name(item: LabelledParagraph, article: Article, words: ReportingWords) -> bool:
    """Whether a label looks like a name: capitalised but for particles, no "https:", no 'Says Holm: "It is late"'."""
    parts = item.label.replace("\xa0", " ").split(" ")
    if parts[0].lower() in words.speaking_forms and article.text[item.text_start : item.text_start + 1] in _MARKS:
        return False
    if parts[0] in words.name_particles or article.text.startswith("//", item.text_start):
        return False
    return all(part[:1].isupper() or part in words.name_particles for part in parts)


def _is_person(doc: Doc, span: Span) -> bool:
    return _has_label(doc, span, frozenset({"PERSON"}))


def _has_label(doc: Doc, span: Span, labels: frozenset[str]) -> bool:
    tokens = doc.char_span(*span, alignment_mode="expand") or ()
    return any(token.ent_type_ in labels for token in tokens)
