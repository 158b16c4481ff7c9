"""What a page's layout says about who speaks: speech carried over paragraphs, transcripts, signed quotations.

The trained models see one paragraph at a time; here the paragraphs are read together, by rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from pipeline.extract.quotations import Quotation
from pipeline.extract.quotes.draft import Draft, covers
from pipeline.extract.syntax import trim
from pipeline.records import Article, Span

#: Quotations shorter than this (words) are names or scare quotes unless a cue takes them.
_SPEECH_WORDS = 5
_REACH = 60
#: A quotation's own signature: dashes and a name up to the line's end or a comma.
_SIGNATURE = re.compile(r"[ \xa0]{0,3}\n?[ \xa0]{0,3}(?:--|[—–―-])[ \xa0]{0,2}([^\W\d_][^,;\n\r\"“”]{2,60})")
#: One to five words before a colon at the start of a paragraph, with a party or place in brackets.
_TURN = re.compile(
    r"[\"“'‘]{0,2}((?:[^\W\d_][\w.'’-]*)(?:[ \xa0](?:[^\W\d_][\w.'’-]*)){0,4})(?:\s?\([^()\n]{1,40}\))?:[ \xa0\t]"
)
_SMALL = frozenset({"of", "the", "de", "van", "von", "for", "al", "bin", "du", "da"})
#: Letters that name a turn and nobody: questions are the interviewer's, answers the interviewee's.
_QUESTION, _ANSWER = frozenset({"Q"}), frozenset({"A"})


def attach_continuations(drafts: Sequence[Draft], quotations: Sequence[Quotation], article: Article) -> list[Quotation]:
    """Give quotations that no draft of their paragraph holds to the one whose speech they go on with.

    That is the draft holding the quotation before when that one was left open, or the one whose paragraph ends in a
    colon right before. Returns the quotations that nobody holds then.
    """
    free: list[Quotation] = []
    by_block: dict[int, list[Draft]] = {}
    for each in drafts:
        by_block.setdefault(each.block, []).append(each)
    owner: Draft | None = None
    for number, quotation in enumerate(quotations):
        held = next((each for each in by_block.get(quotation.block, ()) if covers(each, quotation.inner)), None)
        if held is None and quotation.continues and owner is not None:
            held = owner
            held.content.append(quotation.outer)
        if held is None and _opens_block(article, quotation):
            held = _introducing(by_block.get(quotation.block - 1, ()), article, quotation)
            if held is not None:
                before = quotations[number - 1] if number else None
                kept = before is not None and before.block == held.block and covers(held, before.inner)
                held.content = [*(held.content if kept else ()), quotation.outer]
                held.rule, held.reason = "colon before", f"{held.reason}; the paragraph after the colon"
        if held is None:
            free.append(quotation)
        owner = held
    return free


def _opens_block(article: Article, quotation: Quotation) -> bool:
    start = article.blocks[quotation.block].start
    return not article.text[start : quotation.outer[0]].strip()


def _introducing(before: Iterable[Draft], article: Article, quotation: Quotation) -> Draft | None:
    """The last draft of the paragraph before when that ends in a colon close behind its cue."""
    if not quotation.block:
        return None
    end = article.blocks[quotation.block - 1].end
    if not article.text[:end].endswith(":"):
        return None
    near = [each for each in before if each.cue and end - each.cue[-1][1] < 2 * _REACH]
    return max(near, key=lambda each: each.cue, default=None)


def turns(doc: Doc, article: Article, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The turns of transcripts and interviews: "WALKER: ...", "Peter Hale: ..."; a question asks.

    "Q:" and "A:" name nobody: the answer is kept without a source, the question left out. A single "Name:" paragraph
    is no transcript unless the name stands in capitals or is a person's in two words; in a headline it never is.
    """
    tagged = [(number, match) for number, match in _tagged(article) if _is_name(match[1], article, match)]
    inside = [match for number, match in tagged if article.blocks[number].role == "body"]
    known = {match[1] for match in inside if match[1].isupper() or (" " in match[1] and _is_person(doc, match.span(1)))}
    often = {name for name in {m[1] for _, m in tagged} if sum(m[1] == name for _, m in tagged) > 1}
    for number, match in tagged:
        name = match[1]
        if name not in known | often | _ANSWER:
            continue
        block = article.blocks[number]
        source = match.span(1)
        here = [each for each in drafts if each.block == number]
        # An answer with speakers of its own is the article's, as in a reader's guide.
        if name in _QUESTION or any(each.source == (source,) for each in here) or (name in _ANSWER and here):
            continue
        content = trim(article.text, (match.end(), block.end), " \t\xa0\"“”'‘’")
        if content[0] >= content[1]:
            continue
        asks = article.text[content[0] : content[1]].endswith("?")
        colon = article.text.rindex(":", match.start(), match.end())
        yield Draft(
            number, () if name in _ANSWER else (source,), ((colon, colon + 1),), [content], ("ask" if asks else "say",),
            False, 0.6 if name not in _ANSWER else 0.3, "turn of a transcript", "a name and a colon open the paragraph",
        )  # fmt: skip


def _is_person(doc: Doc, span: Span) -> bool:
    return any(t.ent_type_ == "PERSON" for t in doc.char_span(*span, alignment_mode="expand") or ())


def without_tags(drafts: Sequence[Draft], article: Article) -> list[Draft]:
    """The drafts less those whose cue is the colon of a "Q:" or "A:"; contents that begin with such a tag lose it."""
    tags = {number: match for number, match in _tagged(article) if match[1] in _QUESTION | _ANSWER}
    kept = []
    for each in drafts:
        match = tags.get(each.block)
        if match is not None:
            if each.cue and each.cue[0][0] < match.end():
                continue
            each.content[:] = [(max(start, match.end()), end) for start, end in each.content if end > match.end()]
        kept.append(each)
    return kept


def _tagged(article: Article) -> Iterator[tuple[int, re.Match[str]]]:
    for number, block in enumerate(article.blocks):
        if block.role in ("headline", "body") and not block.repeated:
            match = _TURN.match(article.text, block.start, block.end)
            if match is not None:
                yield number, match


def _is_name(name: str, article: Article, match: re.Match[str]) -> bool:
    words = name.replace("\xa0", " ").split(" ")
    if words[0] in _SMALL:
        return False
    return all(word[:1].isupper() or word in _SMALL for word in words) and not article.text[match.end() :].startswith(
        "//"
    )


def floating(free: Sequence[Quotation], article: Article) -> Iterator[Draft]:
    """Speech that nobody holds: signed with dashes and a name, or kept without a source."""
    for quotation in free:
        signed = _SIGNATURE.match(article.text, quotation.outer[1])
        if signed is not None and signed[1][0].isupper() and _fills_sentence(article.text, quotation):
            yield _loose(
                quotation, (trim(article.text, signed.span(1)),), 0.8, "signed quotation", "a name after dashes"
            )
        elif _is_speech(article.text, quotation) and _fills_sentence(article.text, quotation):
            yield _loose(quotation, (), 0.3, "quotation without cue", "no cue introduces it")


def _loose(quotation: Quotation, source: tuple[Span, ...], confidence: float, rule: str, reason: str) -> Draft:
    return Draft(quotation.block, source, (), [quotation.outer], ("say",), False, confidence, rule, reason)


def _is_speech(text: str, quotation: Quotation) -> bool:
    return len(text[slice(*quotation.inner)].split()) >= _SPEECH_WORDS


def _fills_sentence(text: str, quotation: Quotation) -> bool:
    before = text[max(quotation.outer[0] - _REACH, 0) : quotation.outer[0]].rstrip(" ")[-1:]
    inner = text[slice(*quotation.inner)].rstrip()
    return (before in '\n\r.!?:"”' or not before) and inner[-1:] in '.!?,…"'
