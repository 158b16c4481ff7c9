"""How far one act of speaking reaches: to the quotation's end, to the first sentence that is all the reporter's own."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token, tokens_of

#: Verbs of which a quotation is all that they govern.
_SPEAKING = frozenset({"say", "tell", "reply", "shout", "yell", "cry", "whisper", "mutter", "tweet"})
#: Tags of finite verbs.
_FINITE, _MODAL = frozenset({"VBD", "VBZ", "VBP", "MD"}), "MD"
#: Parts of speech of the words of a title.
_TITLES = frozenset({"NOUN", "PROPN", "ADJ"})
#: Relations of what tells to whom, when and where something was said.
_CIRCUMSTANCES = frozenset({"prep", "dative", "advcl", "npadvmod", "advmod"})


def end_at_reporter(para: ParsedParagraph, candidate: Candidate) -> None:
    """Leave out of a content what a whole sentence of the reporter's parts from the cue.

    '"We know them all." The loaf was sold. "It was not me," said Holm.' has Holm say only the last of it.
    """
    content = candidate.content
    if not content & para.quoted_mask:
        return
    own = para.sentence_of[candidate.cue]
    first = _last_spoken(para, content, range(own - 1, -1, -1), own)
    last = _last_spoken(para, content, range(own + 1, len(para.sentences)), own)
    within = content & para.mask_between(para.sentences[first][0], para.sentences[last][1])
    candidate.content = within or content


def _last_spoken(para: ParsedParagraph, content: int, sentences: range, own: int) -> int:
    """The last of these sentences, outwards from the cue's ``own``, before the first without a word of the content."""
    reached = own
    for number in sentences:
        words = para.mask_between(*para.sentences[number])
        if words and not words & content:
            break
        reached = number
    return reached


def end_at_quotation(para: ParsedParagraph, candidate: Candidate) -> None:
    """Leave out to whom, when and where a quotation was said: 'said "no" to reporters after the hearing'.

    Of other verbs than those of speaking it may be the object, with what goes on: 'denied "any link" to the firm'. The
    day at the end is when, whatever the verb, and a finite verb behind what people are shouting tells what they did.
    """
    content, cue = candidate.content, candidate.cue
    if not content or not para.bit[first_token(content)] & para.quoted_mask:
        return
    last = (content & para.quoted_mask).bit_length()
    tail = content & ~para.mask_between(0, last)
    tokens = [token for token in range(last, content.bit_length()) if tail >> token & 1]
    tops = [token for token in tokens if not tail >> para.head[token] & 1]
    if not tops or cue > last:
        return
    is_main = para.tag[cue] == "VBG" and para.tag[tokens[0]] in _FINITE  # 'crowds shouting "Shame" blocked the road'
    is_day = all(para.ent_type[token] == "DATE" or para.word[token] == "on" for token in tokens)
    if is_main or is_day or (para.lemma[cue] in _SPEAKING and all(_tells_when_or_whom(para, cue, top) for top in tops)):
        candidate.content = content & ~tail


def with_title(para: ParsedParagraph, candidate: Candidate) -> None:
    """Give whoever speaks the words right before the name that the parser left with the quotation: '"No," Chairman'."""
    content, source = candidate.content, candidate.source_mask
    quoted = content & para.quoted_mask
    if not quoted or not source or para.quotation_of[first_token(content)] < 0:
        return
    start = first_token(source)
    title = para.mask_between(quoted.bit_length(), start)
    is_left = title and not title & ~content and title.bit_length() == start
    if is_left and all(para.pos[token] in _TITLES for token in tokens_of(title)):
        candidate.source_mask, candidate.content = source | title, content & ~title


def drop_narration(para: ParsedParagraph, candidate: Candidate, speaking_forms: Collection[str]) -> None:
    """Leave out what follows behind a quotation and its cue: '"We lost," she said, and the hall fell silent'.

    Where all before the cue is quoted: '"All of it" comes from rents, he said, rather than from fees' goes on.
    What "will" or "may" be is said, too: '"Rents fell," she said, and wages will fall'.
    """
    content, cue = candidate.content, candidate.cue
    if not content or para.word[cue] not in speaking_forms or not content & para.quoted_mask:
        return
    told = content & para.mask_between(0, cue)
    is_quoted = bool(told) and not told & ~para.quoted_mask
    if any(para.tag[token] == _MODAL for token in tokens_of(content >> cue << cue)):
        return
    if is_quoted and (content & para.quoted_mask).bit_length() <= cue:
        candidate.content = content & ((1 << cue) - 1)


def _tells_when_or_whom(para: ParsedParagraph, cue: int, top: int) -> bool:
    """Whether a phrase behind a quotation belongs to its saying; "of" goes on with what was quoted."""
    above = para.head[top]
    hangs_before = above == cue or para.quotation_of[above] >= 0
    return hangs_before and para.dep[top] in _CIRCUMSTANCES and para.word[top] != "of"
