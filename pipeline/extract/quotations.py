"""Find what stands between quotation marks, block by block, so that one odd mark costs at most its own paragraph.

Straight, curly and angle double marks, doubled single marks ('', `` and ’’) and single marks are paired within a block.
Straight single marks count only where the article quotes with them, as much of the British and Indian press does; an
apostrophe is no mark. A block that opens a quotation and does not close it carries on into the next when that one opens
with a mark again, the convention for speech over several paragraphs, or when it has nothing but the closing mark. Where
the mark before the attribution was forgotten ('"The pier is shut, said Brandt.'), the quotation ends there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.records import CLAIM_ROLES, Article, Block, Span

_MARK = re.compile(r"[\"“”„‟«»〝〞]|''|``|‘‘|’’|‘|’|'")
#: Marks that can only open or only close; a straight mark may do either.
_OPENING = frozenset("“„‟«〝") | {"``", "‘‘", "‘"}
_CLOSING = frozenset("”»〞") | {"’’", "’"}
#: Marks that ’’ may close.
_CURLY = frozenset({"“", "‘‘"})
#: Marks at the line's foot, and those above it that may close what they open.
_LOW = "„‟"
_CLOSING_LOW = "“”"
_SINGLE = "‘’'"
_SINGLE_MARK = re.compile(f"[{_SINGLE}]")
#: What stands before the closing mark of speech ("shut,' he said"), and never before an apostrophe.
_SPEECH_ENDS = ".,!?…"
#: What stands before the blank and the opening mark of a quotation that is none within another.
_SENTENCE_ENDS = frozenset(".!?:")
#: What stands before the opening mark of speech.
_BEFORE_SPEECH = ".,:!?…"
#: Speech between straight single marks, whose closing one follows a sign: "'We are shut,'". Where an article has one,
#: it quotes with them.
_SINGLE_SPEECH = re.compile(
    r"(?<![^\s(\[“\"—–-])'(?=[^\W\d_])(?:[^'\"\n]{4,400}|[^'\"\n]{1,3}'\w[^'\"\n]{0,400})"
    r"(?:'(?:\w|(?<=s')[ ])[^'\"\n]{0,200}){0,9}(?<=[.,!?…])'(?!\w)"
)
#: Words that begin with an apostrophe: "'til", "'em", "rock 'n' roll"; years do, too: "the '90s".
_ELIDED = re.compile(r"['’](?:\d|(?:n|em|til|tis|twas|cause|bout|round|ere|im|er|av)\b)", re.IGNORECASE)
#: Words that are written "in'" for "ing": "goin'", "nothin'", not "bin'", "rain'".
_CLIPPED = re.compile(r"[^\W\d_][^\W\d_a]?[^\W\d_a]in\Z|\b[^\W\d_]oin\Z")
#: Letters before such a mark that are looked at.
_LONGEST_CLIPPED = 20
#: Characters of an attribution that stands within a quotation whose mark was forgotten, see ``attribution_pattern``.
_SPEAKER = (
    r"(?:he|she|they|the(?: [a-z-]{2,20}){1,3}|(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20}){0,3})"
)
#: Words, at least, of a paragraph of speech whose opening mark was forgotten; a byline has fewer.
_MIN_UNMARKED_WORDS = 5
#: A mark that opens a quotation after a sentence's end, or one that can only open.
_SECOND_OPENING = re.compile(r"(?<=[.!?] )[\"“](?=\w)|(?<= )“(?=\w)")
_DOUBLE_CLOSING = '"”'
#: Signs of inches and minutes, behind a number: 6", 5'.
_DIGITS = frozenset("0123456789")
#: Characters within which the next block begins: blanks and line ends.
_TO_NEXT_BLOCK = 20
#: Marks behind the one that opens a quotation with another in it: two of the inner one, and its own.
_MARKS_OF_NESTED = 3
MarkKind = Literal["single", "double"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks.

    ``outer`` is its span with the marks, ``inner`` without; ``block`` is the index of its block in ``Article.blocks``.
    ``closed`` is False where the block ends before a closing mark; ``continues`` is True where it carries on the
    quotation that the block before left open.
    """

    outer: Span
    inner: Span
    block: int
    closed: bool = True
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _OpenMark:
    """An opening mark that waits for its partner: its span and which kind of mark can close it."""

    span: Span
    kind: MarkKind


def attribution_pattern(verbs: Collection[str]) -> re.Pattern[str]:
    """A pattern of a sign, a speaker and one of the ``verbs`` as written: ", said Brandt", ", he says".

    Its first group is what the speech ends with.
    """
    verb = "|".join(sorted(map(re.escape, verbs))) or "(?!)"
    return re.compile(rf"([,.!?…]['’]?) (?:(?:{verb}) {_SPEAKER}\b|{_SPEAKER} (?:also |later |then )?(?:{verb})\b)")


def find_quotations(article: Article, attributions: re.Pattern[str] | None = None) -> list[Quotation]:
    """All quotations of the blocks that claims come from, in text order; those inside others are left out.

    Whether somebody is quoted is not asked: scare quotes and titles of works are among them. ``attributions``
    (``attribution_pattern``) tells where speech ends whose closing mark was forgotten; without it, with its block.
    """
    quotations: list[Quotation] = []
    before: Quotation | None = None
    marks = _Marks(article.text, bool(_SINGLE_SPEECH.search(article.text)))
    for index, block in enumerate(article.blocks):
        if block.role not in CLAIM_ROLES or block.repeated:
            continue
        in_block = marks.pair(block, index, before)
        is_open = before is not None and not before.closed
        if is_open and in_block and _opens_block(in_block[0], block, article.text):
            in_block[0] = replace(in_block[0], continues=True)
        quotations.extend(in_block)
        before = in_block[-1] if in_block else None
    return quotations if attributions is None else _end_forgotten(quotations, article.text, attributions)


def _end_forgotten(quotations: list[Quotation], text: str, attributions: re.Pattern[str]) -> list[Quotation]:
    """The quotations, those whose closing mark was forgotten ended before their attribution.

    Such a one is open and no other goes on with it, or it holds a mark that opens another quotation after a sentence's
    end, which is then one of its own: '"The pier is shut, said Brandt. "Nobody may pass."'
    """
    ended: list[Quotation] = []
    for number, quotation in enumerate(quotations):
        if quotation.continues and ended[-1].closed:
            quotation = replace(quotation, continues=False)
        goes_on = number + 1 < len(quotations) and quotations[number + 1].continues
        second = _second_opening(quotation, text) if quotation.closed else None
        limit = second.start() if second is not None else quotation.inner[1]
        may_lack_mark = second is not None or not quotation.closed
        match = attributions.search(text, quotation.inner[0], limit) if may_lack_mark else None
        if match is None or (second is None and goes_on and not _ends_with(text, match, limit)):
            ended.append(quotation)
            continue
        start, end = quotation.outer[0], match.end(1)
        ended.append(replace(quotation, outer=(start, end), inner=(quotation.inner[0], end), closed=True))
        if second is not None:
            outer, inner = (second.start(), quotation.outer[1]), (second.end(), quotation.inner[1])
            ended.append(replace(quotation, outer=outer, inner=inner, continues=False))
    return ended


def _second_opening(quotation: Quotation, text: str) -> re.Match[str] | None:
    """The mark within a closed quotation that opens another, which its closing mark ends; None where it has none."""
    second = _SECOND_OPENING.search(text, *quotation.inner)
    if second is None or any(mark in text[second.end() : quotation.inner[1]] for mark in _DOUBLE_CLOSING):
        return None
    return second


def _ends_with(text: str, match: re.Match[str], end: int) -> bool:
    """Whether nothing but a full stop stands between the match and ``end``."""
    return not text[match.end() : end].strip(" .")


def _opens_block(quotation: Quotation, block: Block, text: str) -> bool:
    """Whether nothing but the quotation's opening mark stands before its words in the block."""
    mark = text[quotation.outer[0] : quotation.inner[0]]
    return text[block.start : quotation.inner[0]].strip() == mark


@dataclass(frozen=True, slots=True)
class _Marks:
    """The quotation marks of an article's ``text``; ``has_straight_singles``: whether it quotes with straight '."""

    text: str
    has_straight_singles: bool

    def pair(self, block: Block, index: int, before: Quotation | None = None) -> list[Quotation]:
        """The quotations of one block, the last one open where its end has no mark.

        ``before``: the last quotation of the block before, if any: speech that it begins may end with the first mark.
        """
        text = self.text
        quotations: list[Quotation] = []
        opened: _OpenMark | None = None
        runs_on = False
        marks = self._marks_of(block)
        for number, match in enumerate(marks):
            kind = _kind_of(match)
            if opened is None:
                if _may_open(text, match, block):
                    opened, runs_on = _OpenMark(match.span(), kind), False
                elif not quotations and before is not None and self._ends_speech(match, block, before):
                    continues = not before.closed
                    quotations.append(
                        Quotation((block.start, match.end()), (block.start, match.start()), index, continues=continues)
                    )
            elif kind == opened.kind and (
                self._closes_curly(opened, match)
                or self._closes_low(opened, match)
                or (not runs_on and self._is_displaced(match, marks[number + 1 :]))
            ):
                quotations.append(Quotation((opened.span[0], match.end()), (opened.span[1], match.start()), index))
                opened = None
            else:
                runs_on |= kind == opened.kind
        if opened is not None and (opened.kind == "double" or self._goes_on(opened, block)):
            outer, inner = (opened.span[0], block.end), (opened.span[1], block.end)
            quotations.append(Quotation(outer, inner, index, closed=False))
        return [quotation for quotation in quotations if text[slice(*quotation.inner)].strip()]

    def _marks_of(self, block: Block) -> list[re.Match[str]]:
        """The marks of a block, without apostrophes and those of a quotation within one: "He met "Kit" there."."""
        marks = [
            match
            for match in _MARK.finditer(self.text, block.start, block.end)
            if not (_kind_of(match) == "single" and self._is_apostrophe(match, block))
        ]
        kept: list[re.Match[str]] = []
        number = 0
        while number < len(marks):
            mark = marks[number]
            kept.append(mark)
            opens = _kind_of(mark) == "double" and _may_open(self.text, mark, block)
            number += 3 if opens and self._holds_another(marks[number + 1 : number + 4], block) else 1
        return kept

    def _holds_another(self, marks: Sequence[re.Match[str]], block: Block) -> bool:
        """Whether of the three marks behind an opening one the first can only open and the others can only close."""
        if len(marks) < _MARKS_OF_NESTED:
            return False
        first, *rest = marks
        if any(_kind_of(match) == "single" for match in marks) or _may_close(self.text, first):
            return False
        before = self.text[first.start() - 2 : first.start() - 1]
        return before not in _SENTENCE_ENDS and not any(_may_open(self.text, match, block) for match in rest)

    def _ends_speech(self, match: re.Match[str], block: Block, before: Quotation) -> bool:
        """Whether a mark that only closes ends what is said from the block's start on: speech that was left open, or a
        whole paragraph of it that follows upon one.
        """
        text = self.text
        if text[match.start() - 1] in _DIGITS or text[block.start].islower() or match.group() in _SINGLE:
            return False
        if not before.closed:
            return True
        said, rest = text[block.start : match.start()], text[match.end() : block.end]
        ends_block = not rest.strip() and len(said.split()) >= _MIN_UNMARKED_WORDS
        return ends_block and text[match.start() - 1] in _SPEECH_ENDS and _fills_block(before, text)

    def _closes_curly(self, opened: _OpenMark, match: re.Match[str]) -> bool:
        """Whether the mark may close; ’’ only what a curly mark opened, so not '"a “stunt’’ of theirs"'."""
        is_curly = match.group() != "’’" or self.text[slice(*opened.span)] in _CURLY
        return is_curly and _may_close(self.text, match)

    def _is_displaced(self, match: re.Match[str], following: Sequence[re.Match[str]]) -> bool:
        """Whether a straight mark stands by mistake before the sentence behind: '"I did. "The mayor left.'.

        None follows in the block, or one that can only open: after a second opening mark one would close. Where several
        follow that can only open, as where paragraphs of speech were run together, none is misplaced.
        """
        before = self.text[match.start() - 2 : match.start()]
        if (
            match.group() != '"'
            or before[1:] != " "
            or before[:1] not in _SENTENCE_ENDS
            or _may_close(self.text, match)
        ):
            return False
        following = [mark for mark in following if _kind_of(mark) == "double"]
        closing = [_may_close(self.text, mark) for mark in following]
        return not closing or (not closing[0] and any(closing))

    def _closes_low(self, opened: _OpenMark, match: re.Match[str]) -> bool:
        """Whether the mark is the upper one of a pair that begins low: „shut“."""
        return self.text[opened.span[0]] in _LOW and match.group() in _CLOSING_LOW

    def _is_apostrophe(self, match: re.Match[str], block: Block) -> bool:
        """Whether a single mark belongs to a word: "isn't", "'til", "the boys' club", or any where nobody quotes so."""
        text, offset = self.text, match.start()
        if text[offset] == "'" and not self.has_straight_singles:
            return True
        before = text[offset - 1] if offset > block.start else " "
        after = text[offset + 1] if offset + 1 < block.end else " "
        if before.isalnum() and (text[offset] == "‘" or after.isalnum()):
            return True
        if not before.isalnum():
            return bool(_ELIDED.match(text, offset)) and before.isspace()
        return (before in "sS" or self._is_clipped(offset, block)) and self._closes_later(offset, block)

    def _is_clipped(self, offset: int, block: Block) -> bool:
        """Whether the mark stands for the g of "ing": "nothin' doin'"."""
        start = max(offset - _LONGEST_CLIPPED, block.start)
        word = self.text[start:offset].split()[-1:]
        return bool(word and _CLIPPED.search(word[0]))

    def _closes_later(self, offset: int, block: Block) -> bool:
        """Whether after a word in s speech goes on to a mark behind a sign, with none that opens between."""
        for match in _SINGLE_MARK.finditer(self.text, offset + 1, block.end):
            before = self.text[match.start() - 1]
            if before in _SPEECH_ENDS:
                return True
            if not before.isalnum():
                return False
        return False

    def _goes_on(self, opened: _OpenMark, block: Block) -> bool:
        """Whether speech between single marks goes on in the next block, which opens with one, too.

        It opens its own block, or follows a sign in it: "Lund said: 'It is shut."
        """
        text, mark = self.text, self.text[slice(*opened.span)]
        before = text[block.start : opened.span[0]].rstrip()
        opens_speech = not before or (before[-1] in _BEFORE_SPEECH and text[opened.span[1]].isupper())
        return opens_speech and text[block.end : block.end + _TO_NEXT_BLOCK].lstrip().startswith(mark)


def _kind_of(match: re.Match[str]) -> MarkKind:
    return "single" if match.group() in _SINGLE else "double"


def _fills_block(quotation: Quotation, text: str) -> bool:
    """Whether a line begins with the quotation and one ends with it."""
    start, end = quotation.outer
    return text[start - 1 : start] in ("\n", "") and text[end : end + 1] in ("\n", "")


def _may_open(text: str, match: re.Match[str], block: Block) -> bool:
    """Whether the mark can open: by its form, a straight one unless it ends a word (``word" next``)."""
    mark = match.group()
    if mark in _OPENING or mark in _CLOSING:
        return mark in _OPENING
    before = text[match.start() - 1] if match.start() > block.start else " "
    after = text[match.end()] if match.end() < block.end else " "
    return not (after.isspace() and not before.isspace()) or before in "([{—–-"


def _may_close(text: str, match: re.Match[str]) -> bool:
    """Whether the mark can close: by its form, a straight one unless it begins a word (``word "next``)."""
    mark = match.group()
    if mark in _OPENING or mark in _CLOSING:
        return mark in _CLOSING
    before = text[match.start() - 1]
    after = text[match.end()] if match.end() < len(text) else " "
    return not (before.isspace() and not after.isspace())
