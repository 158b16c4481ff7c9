"""What is not told yet or not commented on: "has yet to explain [how]", "declined to comment [on the price]".

What is refused is the act of speaking, which belongs to the cue; the content is what it would have been about.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.sources import source_mask
from pipeline.knowledge.reporting_words import ReportingWords

#: What is refused, the prepositions behind it, and tokens at most from the content's start to it: "to a written request
#: for further comment". Closed classes.
_COMMENT = "comment"
_TOPIC = frozenset({"on", "about", "regarding", "concerning", "over"})
_MAX_BEFORE_COMMENT = 7
#: Parts of speech between a refusal and the comment: "declined to immediately comment", "declined further comment".
_BETWEEN = frozenset({"PART", "ADV", "ADJ", "DET"})
#: Nouns of what did not come, in "there was no response from the firm to the ruling".
_ANSWERS = frozenset({"comment", "response", "reaction", "word", "reply"})
#: The cut of a source's noun phrase that drops nothing, see ``sources.TRIMS``; how sure it is. Set by hand.
_WHOLE = 0
_PROBABILITY = 0.6


def add_silences(para: ParsedParagraph, kept: Sequence[Candidate]) -> list[Candidate]:
    """The attributions ``kept``, and one for each "there was no immediate comment from the ministry on the raid"."""
    added = list(kept)
    for noun, lemma in enumerate(para.lemma):
        if lemma not in _ANSWERS or para.dep[noun] != "attr" or para.quotation_of[noun] >= 0:
            continue
        is_missing = any(para.word[child] == "no" for child in para.children[noun])
        is_there = any(para.dep[child] == "expl" for child in para.children[para.head[noun]])
        below = [token for token in range(noun + 1, len(para)) if para.subtree[noun] >> token & 1]
        givers = [token for token in below if para.word[token] == "from" and para.dep[token] == "prep"]
        topics = [token for token in below if para.word[token] in _TOPIC and para.dep[token] == "prep"]
        source = next((child for giver in givers[:1] for child in para.children[giver]), None)
        if not (is_missing and is_there and topics) or source is None:
            continue
        content = para.subtree[topics[0]] & ~para.subtree[givers[0]]
        mask = source_mask(para, source, noun, _WHOLE) & ~content
        if not any(rival.content & content for rival in kept):
            added.append(Candidate.of_rule(noun, source, mask, content, "no comment", _PROBABILITY))
    return sorted(added, key=lambda candidate: candidate.cue)


def without_comment(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """The content without the words for speaking that it begins with, where more follows; others unchanged."""
    first = first_token(content) if content else -1
    if first <= cue or first + 1 == len(para) or para.quotation_of[first] >= 0:
        return content
    if para.word[cue + 1 : cue + 3] == ["yet", "to"] and first == cue + 2 and para.lemma[first + 1] in words.reported:
        return content & ~para.mask_between(first, first + 2) or content
    is_refusal = para.lemma[cue] in words.refusals
    if is_refusal and para.word[first] == "to" and para.lemma[first + 1] in words.withholding:
        joined = para.word[first + 2 : first + 3] == ["or"]  # "declined to confirm or deny"
        return content & ~para.mask_between(first, first + (4 if joined else 2)) or content
    if not is_refusal and para.lemma[cue] not in words.answering:
        return content
    end = min(first + _MAX_BEFORE_COMMENT, content.bit_length())
    comment = next((token for token in range(first, end) if para.lemma[token] == _COMMENT), end)
    if is_refusal and any(para.pos[token] not in _BETWEEN for token in range(first, comment)):
        return content
    topic = next((token for token in range(comment + 1, comment + 3) if content >> token & 1), end)
    while topic < len(para) and para.pos[topic] == "ADV":
        topic += 1
    is_topic = comment < end and topic < len(para) and para.word[topic] in _TOPIC
    return content & ~((1 << topic) - 1) or content if is_topic else content
