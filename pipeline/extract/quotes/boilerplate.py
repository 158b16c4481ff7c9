"""What a newsroom puts into its articles and nobody in them says: teasers, privacy lines, appeals to readers.

Lists of phrases are in models/cues.toml. A teaser's line ("Read more: Mayor says ...") gives nothing at all; of a
sentence that speaks to the reader ("By signing up you agree to ...") only those attributions go whose source is the
newsroom, the reader or nobody. Speech that an article shows twice, as embedded posts are, counts once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from pipeline.extract.quotes.draft import QuoteDraft
from pipeline.knowledge.reporting_words import ReportingWords
from pipeline.records import Article, Span

#: Sources that are the newsroom or the reader, in lower case; no source counts, too.
_NEWSROOM = frozenset({"we", "you", "us", "our", "your", "i", "readers", "users", "subscribers"})
#: Where a sentence begins and ends.
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
#: Characters around a phrase within which its sentence ends.
_MAX_SENTENCE = 400
#: Words, at least, of speech that is left out where it comes again.
_MIN_REPEATED = 6


def drop_boilerplate(drafts: Sequence[QuoteDraft], article: Article, words: ReportingWords) -> list[QuoteDraft]:
    """The drafts that are none of the newsroom's own lines and no copy of speech without a cue, in their order."""
    text = article.text
    teasers = _find_teasers(article, words.teasers)
    appeals = [_sentence_around(text, match.span()) for match in _iter_phrases(text, words.appeals)]
    kept: list[QuoteDraft] = []
    seen: set[str] = set()
    for draft in drafts:
        place = draft.cue[0] if draft.cue else draft.content[0] if draft.content else (0, 0)
        said = " ".join(" ".join(text[slice(*span)].split()) for span in draft.content).strip("\"'“”‘’ ")
        is_copy = not draft.cue and len(said.split()) >= _MIN_REPEATED and said in seen
        seen.add(said)
        if is_copy or draft.block in teasers or (_is_within(place, appeals) and _is_newsroom(draft, text)):
            continue
        kept.append(draft)
    return kept


def _iter_phrases(text: str, phrases: frozenset[str]) -> Iterator[re.Match[str]]:
    """Where the phrases stand in the text. Most articles have none of them, which plain searching tells sooner."""
    lowered = text.lower().replace("\xa0", " ")
    if any(phrase in lowered for phrase in phrases):
        yield from _phrases(phrases).finditer(text)


@lru_cache(maxsize=4)
def _phrases(phrases: frozenset[str]) -> re.Pattern[str]:
    """A pattern of the phrases, in any case and with any blanks between their words."""
    ways = (
        r"[ \xa0]".join(map(re.escape, phrase.split()))
        for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    )
    return re.compile(rf"\b(?:{'|'.join(ways) or '(?!)'})\b", re.IGNORECASE)


def _find_teasers(article: Article, openings: frozenset[str]) -> frozenset[int]:
    """The numbers of the blocks that open with a teaser's words and a colon, dash or bar."""
    pattern = _phrases(openings)
    numbers = []
    for number, block in enumerate(article.blocks):
        match = pattern.match(article.text, block.start, block.end) if block.role == "body" else None
        if match is not None and article.text[match.end() : block.end].lstrip()[:1] in (
            ":",
            "|",
            "-",
            "–",
            "—",
            ">",
            "»",
        ):
            numbers.append(number)
    return frozenset(numbers)


def _sentence_around(text: str, span: Span) -> Span:
    """The sentence or line that holds the span, no more than 400 characters to either side."""
    start, end = span
    first = max(start - _MAX_SENTENCE, 0)
    for match in _SENTENCE_END.finditer(text, first, start):
        first = match.end()
    last = _SENTENCE_END.search(text, end, end + _MAX_SENTENCE)
    return first, last.end() if last is not None else min(end + _MAX_SENTENCE, len(text))


def _is_within(place: Span, sentences: Collection[Span]) -> bool:
    return any(start <= place[0] < end for start, end in sentences)


def _is_newsroom(draft: QuoteDraft, text: str) -> bool:
    if not draft.source:
        return not any(mark in text[slice(*span)] for span in draft.content for mark in '"“')
    return text[slice(*draft.source[0])].split(" ")[0].lower() in _NEWSROOM
