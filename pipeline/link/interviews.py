"""Who answers in an interview whose answers name nobody: "A: It is late."."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.link.mention_index import MentionIndex, entity_key
from pipeline.link.phrases import is_main_subject
from pipeline.records import Mention, Quote, Speaker

#: What the cue of such an answer is.
_COLON = ":"


def name_answers(
    quotes: Sequence[Quote],
    speakers: Sequence[tuple[Speaker, ...]],
    index: MentionIndex,
    speaker_of: Callable[[Mention, Quote], Speaker],
) -> tuple[tuple[Speaker, ...], ...]:
    """The speakers of all quotes with those of answers that name nobody, where the article says who is asked.

    The one person who is the subject of a sentence before the first answer, or the only one named there; nobody where
    several are. ``speaker_of`` gives the speaker of such a mention for an answer.
    """
    answers = [quote for quote in quotes if _is_answer(quote, index.article.text)]
    if not answers:
        return tuple(speakers)
    asked = _person_asked(min(quote.content[0][0] for quote in answers), index)
    if asked is None:
        return tuple(speakers)
    return tuple(
        (speaker_of(asked, quote),) if not named and _is_answer(quote, index.article.text) else named
        for quote, named in zip(quotes, speakers, strict=True)
    )


def _is_answer(quote: Quote, text: str) -> bool:
    """Whether nobody is named for a quote behind "A:", or for a quotation behind a paragraph that asks."""
    start = quote.content[0][0]
    if not quote.source and not quote.cue and quote.quote_type == "direct":
        before = text[:start].rstrip()
        return before.endswith("?") and "\n" in text[len(before) : start]
    if quote.source or len(quote.cue) != 1 or text[slice(*quote.cue[0])] != _COLON:
        return False
    line = text[: quote.cue[0][0]].rpartition("\n")[2].strip()
    return len(line) == 1 and line.isupper()


def _person_asked(first_answer: int, index: MentionIndex) -> Mention | None:
    """The only person who is a main subject before an offset, else the only one named there: "We met Ada Brandt"."""
    acting: dict[tuple[str, str], Mention] = {}
    named: dict[tuple[str, str], Mention] = {}
    for mention in index.mentions:
        name = index.name_head(mention) if mention.label == "PERSON" and mention.start < first_answer else None
        if name is not None:
            named.setdefault(entity_key(mention), mention)
        if name is not None and is_main_subject(name):
            acting.setdefault(entity_key(mention), mention)
    asked = acting or named
    return next(iter(asked.values())) if len(asked) == 1 else None
