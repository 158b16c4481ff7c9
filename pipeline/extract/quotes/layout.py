"""What a page's layout says about who speaks: speech that runs over paragraphs, colons before it, signed quotations.

The trained models see one paragraph at a time; here the paragraphs are read together, by rule. Turns of transcripts
have a module of their own, turns.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.extract.quotations import Quotation
from pipeline.extract.quotes.draft import QuoteDraft, holds_span
from pipeline.extract.quotes.paragraph import quotation_shape
from pipeline.extract.syntax import trim
from pipeline.records import Article, Span

#: Quotations of fewer words that no cue takes are names or scare quotes (the “Iron Duke”), not speech.
_MIN_SPEECH_WORDS = 3
#: Words of the shortest that counts without a stop at its end, where it is all of its paragraph.
_MIN_WITHOUT_STOP = 5
#: The stop that British newspapers set behind the closing mark.
_STOP = "."
#: Characters between a cue and the colon at its paragraph's end: "said in a statement on Monday:" has 26 after "said".
_MAX_TO_COLON = 120
#: Characters before a quotation in which the end of the sentence before is looked for.
_MAX_GAP = 60
#: A quotation's own signature: dashes and a name up to the line's end or a comma; a paragraph of its own is only that:
#: no more than a name of two to four words, and behind a comma what somebody is.
_SIGNATURE = re.compile(r"[ \xa0]{0,3}\n?[ \xa0]{0,3}(?:--|[—–―-])[ \xa0]{0,2}([^\W\d_][^,;\n\r\"“”]{2,60})")
_SIGNATURE_BELOW = re.compile(
    r"\s{1,4}(?:--|[—–―])[ \xa0]{0,2}([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3})(?:, [^\n.!?]{2,60})?[ \xa0]*(?=\n|$)"
)
#: A word in capitals that opens a sentence, and a phrase up to the comma or colon right before a quotation.
_OPENING_VERB = re.compile(
    r"(?:^|(?<=[.!?\"”’'] ))(?P<cue>[A-Z][a-z]+) (?P<source>[^\W\d_][^.!?\"“”:\n]{1,80})[,:][ \xa0]?\Z", re.MULTILINE
)
#: What takes up the paragraph before ahead of source and cue: "So said Brandt", "That's what Brandt told Larn Radio".
_TAKING_UP = re.compile(r"(?:So|That(?:['’]s| is| was) what) ")
#: The same below a quotation, with a name: "So said Ada Brandt".
_SO_SAID = re.compile(r"\s{1,4}So (?P<cue>[a-z]+) (?P<source>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})")
#: How sure a quotation that no cue takes is somebody's: with a name behind it, and with none (31 of 33 in gold/claims).
_SIGNED_CONFIDENCE = 0.8
_UNSIGNED_CONFIDENCE = 0.9
#: The same with a verb and its subject right before it.
_OPENED_CONFIDENCE = 0.9
#: The same behind a colon whose sentence names nobody who speaks: "The rule is simple: “No shoes in the hall.”"
_INTRODUCED_CONFIDENCE = 0.6


def attach_continuations(
    drafts: Sequence[QuoteDraft], quotations: Sequence[Quotation], article: Article
) -> list[Quotation]:
    """Give quotations that no draft of their paragraph holds to the draft whose speech they go on with.

    That is the draft that holds the quotation before when that one was left open at its paragraph's end, or the one
    whose paragraph ends in a colon right before. Paragraphs of speech before the one with the cue are its draft's
    as well. Changes the drafts; returns the quotations that none holds then.
    """
    unheld: list[Quotation] = []
    by_block: dict[int, list[QuoteDraft]] = {}
    for draft in drafts:
        by_block.setdefault(draft.block, []).append(draft)
    last_holder: QuoteDraft | None = None
    last: Quotation | None = None
    for quotation in quotations:
        in_block = by_block.get(quotation.block, ())
        holder = next((draft for draft in in_block if holds_span(draft, quotation.inner)), None)
        if holder is None and quotation.continues and last_holder is not None:
            holder = last_holder
            holder.content.append(quotation.outer)
        if holder is None and opens_block(quotation, article):
            holder = _find_introducing(by_block.get(quotation.block - 1, ()), article, quotation)
            if holder is not None:
                _attach_introduced(holder, quotation, last)
        if holder is None:
            unheld.append(quotation)
        elif quotation.continues and last_holder is None:
            _attach_before(holder, unheld, quotation, article)
        last_holder, last = holder, quotation
    return [quotation for quotation in unheld if not _attach_to_next(quotation, by_block, article)]


def _attach_to_next(quotation: Quotation, by_block: Mapping[int, Sequence[QuoteDraft]], article: Article) -> bool:
    """Give a quotation that is its whole paragraph to the draft of the next one that opens with "So said Brandt".

    Changes that draft; tells whether there is one.
    """
    following = [draft for draft in by_block.get(quotation.block + 1, ()) if draft.cue and draft.source]
    if not following or not quotation.closed or not _fills_block(article, quotation):
        return False
    start = article.blocks[quotation.block + 1].start
    for draft in following:
        first = min(span[0] for span in (*draft.cue, *draft.source))
        if _TAKING_UP.fullmatch(article.text, start, first):
            draft.content = [quotation.outer]
            return True
    return False


def _attach_before(holder: QuoteDraft, unheld: list[Quotation], quotation: Quotation, article: Article) -> None:
    """Give the holder of a quotation the unheld ones that it goes on with, paragraph by paragraph upwards.

    They leave ``unheld``. Only speech that opens its paragraph goes on from there.
    """
    block = quotation.block
    while unheld and unheld[-1].block == block - 1 and not unheld[-1].closed and opens_block(unheld[-1], article):
        before = unheld.pop()
        holder.content.append(before.outer)
        block = before.block
        if not before.continues:
            break


def opens_block(quotation: Quotation, article: Article) -> bool:
    """Whether the quotation opens its block: nothing but blanks stands before its mark, so that a colon in the block
    before can introduce it.
    """
    start = article.blocks[quotation.block].start
    return not article.text[start : quotation.outer[0]].strip()


def _find_introducing(before: Iterable[QuoteDraft], article: Article, quotation: Quotation) -> QuoteDraft | None:
    """The last draft of the paragraph before when that ends in a colon close behind its cue."""
    if not quotation.block:
        return None
    end = article.blocks[quotation.block - 1].end
    if not article.text.endswith(":", 0, end):
        return None
    near = [draft for draft in before if draft.cue and end - draft.cue[-1][1] < _MAX_TO_COLON]
    return max(near, key=lambda draft: draft.cue, default=None)


def _attach_introduced(draft: QuoteDraft, quotation: Quotation, last: Quotation | None) -> None:
    """Make the quotation after the colon the draft's content, beside the quotation before when that is the draft's."""
    keeps = last is not None and last.block == draft.block and holds_span(draft, last.inner)
    draft.content = [*(draft.content if keeps else ()), quotation.outer]
    draft.rule, draft.reason = "colon before", f"{draft.reason}; the paragraph after the colon"


def draft_unheld(
    quotations: Sequence[Quotation], article: Article, speaking_forms: Collection[str]
) -> Iterator[QuoteDraft]:
    """Drafts of quotations that no cue takes and that fill a sentence: signed with dashes and a name, or by nobody.

    ``speaking_forms``: verbs that may open a sentence before their subject, 'Said Zora Hill, "The bells rang late."',
    where the parser takes them for a first name.

    "“The bells rang late.” -- Zora Hill, sexton" has Zora Hill as its source. Unsigned ones need five words. Speech of
    which every paragraph opens with a mark and only the last closes one is a single draft.
    """
    draft: QuoteDraft | None = None
    for quotation in quotations:
        if draft is not None and quotation.continues and quotation.block == draft.block + len(draft.content):
            draft.content.append(quotation.outer)
            continue
        if draft is not None:
            yield draft
        draft = _draft_unheld(quotation, article, speaking_forms)
    if draft is not None:
        yield draft


def _draft_unheld(quotation: Quotation, article: Article, speaking_forms: Collection[str]) -> QuoteDraft | None:
    """The draft of one quotation, or None where it is no speech that fills a sentence."""
    fills_sentence = _fills_sentence(article.text, quotation)
    end = quotation.outer[1]
    signature = _SIGNATURE.match(article.text, end) or _SIGNATURE_BELOW.match(article.text, end)
    if signature is not None and signature[1][0].isupper() and (fills_sentence or _is_pulled(article, quotation)):
        source = (trim(article.text, signature.span(1)),)
        return _draft_alone(quotation, source, _SIGNED_CONFIDENCE, "signed quotation", "a name after dashes")
    below = _SO_SAID.match(article.text, end)
    if below is not None and below["cue"] in speaking_forms and _fills_block(article, quotation):
        source = (trim(article.text, below.span("source")),)
        draft = _draft_alone(quotation, source, _OPENED_CONFIDENCE, "opening verb", "found by 'so' and the verb below")
        return replace(draft, cue=(below.span("cue"),), lemmas=("say",))
    if (opening := _opening_verb(article, quotation, speaking_forms)) is not None:
        source = (trim(article.text, opening.span("source")),)
        draft = _draft_alone(
            quotation, source, _OPENED_CONFIDENCE, "opening verb", "found by the verb before its subject"
        )
        return replace(draft, cue=(opening.span("cue"),), lemmas=("say",))
    is_whole = fills_sentence or _fills_paragraph(article, quotation)
    if not is_whole or not _is_speech(article.text, quotation):
        return None
    colon = _colon_before(article, quotation)
    if colon is not None:
        draft = _draft_alone(quotation, (), _INTRODUCED_CONFIDENCE, "colon before", "found by the colon before it")
        return replace(draft, cue=(colon,))
    draft = _draft_alone(quotation, (), _UNSIGNED_CONFIDENCE, "quotation without cue", "no cue introduces it")
    return replace(draft, lemmas=("ask",)) if article.text.endswith("?", 0, quotation.inner[1]) else draft


def _opening_verb(article: Article, quotation: Quotation, forms: Collection[str]) -> re.Match[str] | None:
    """The verb and its subject right before a quotation, where they open a sentence."""
    start = max(article.blocks[quotation.block].start, quotation.outer[0] - _MAX_TO_COLON)
    match = _OPENING_VERB.search(article.text, start, quotation.outer[0])
    return match if match is not None and match["cue"].lower() in forms else None


def _colon_before(article: Article, quotation: Quotation) -> Span | None:
    """The span of the colon that introduces a quotation within its block: what it says is nobody's who spoke before."""
    start = article.blocks[quotation.block].start
    before = article.text[start : quotation.outer[0]].rstrip()
    return (start + len(before) - 1, start + len(before)) if before.endswith(":") else None


def _draft_alone(
    quotation: Quotation, source: tuple[Span, ...], confidence: float, rule: str, reason: str
) -> QuoteDraft:
    return QuoteDraft(
        block=quotation.block,
        source=source,
        cue=(),
        content=[quotation.outer],
        lemmas=("say",),
        negated=False,
        confidence=confidence,
        rule=rule,
        reason=reason,
    )


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Whether a quotation has the words of speech, and is no title in capitals: "Brandt Walks To The Sea,"."""
    said = text[slice(*quotation.inner)]
    return len(said.split()) >= _MIN_SPEECH_WORDS and quotation_shape(said) != "title"


def _is_pulled(article: Article, quotation: Quotation) -> bool:
    """Whether a block opens with a quotation of some words, as pull quotes do: "“The bells rang late” - Zora Hill"."""
    return opens_block(quotation, article) and len(article.text[slice(*quotation.inner)].split()) >= _MIN_WITHOUT_STOP


def _fills_block(article: Article, quotation: Quotation) -> bool:
    """Whether a quotation is all of its block, a stop behind it left out."""
    block = article.blocks[quotation.block]
    return article.text[block.start : block.end].strip().rstrip(_STOP) == article.text[slice(*quotation.outer)]


def _fills_paragraph(article: Article, quotation: Quotation) -> bool:
    """Whether a quotation of some words is all of its block, its stop left out or behind the mark: "“All is well”."."""
    said = article.text[slice(*quotation.inner)]
    is_all = _fills_block(article, quotation)
    is_closed = quotation.outer[1] > quotation.inner[1]
    return is_all and is_closed and len(said.split()) >= _MIN_WITHOUT_STOP and quotation_shape(said) == "start"


def _fills_sentence(text: str, quotation: Quotation) -> bool:
    """Whether a sentence ends before the quotation and one ends within it, or right behind it: "“It is late”."."""
    before = text[max(quotation.outer[0] - _MAX_GAP, 0) : quotation.outer[0]].rstrip(" ")[-1:]
    inner = text[slice(*quotation.inner)].rstrip()
    is_long = len(inner.split()) >= _MIN_WITHOUT_STOP and quotation_shape(inner) == "start"
    has_stop = inner[-1:] in '.!?,…"' or (is_long and text.startswith(_STOP, quotation.outer[1]))
    return (before in '\n\r.!?:"”' or not before) and has_stop
