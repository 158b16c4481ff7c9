"""What a chosen content sheds at its edges: who is spoken to, what describes the source, what dangles.

The trained models choose a content; what stands here holds whichever they chose. Contents are masks of words.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.addressees import find_addressee
from pipeline.extract.quotes.colon_parts import before_colon
from pipeline.extract.quotes.occasions import OCCASION_FINDERS, is_time
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token, tokens_of
from pipeline.extract.quotes.tails import added_tail
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Relations of what describes a source behind a comma: "Vera Kern, a baker in Aue, who ...".
_DESCRIPTIONS = frozenset({"appos", "relcl"})
#: Tokens from "that" to a quotation that goes on with its clause: "that the mayor and her clerk had".
_MAX_BEFORE_QUOTATION = 9
#: Words that a content never ends with.
_DANGLING = frozenset({"and", "but", "or", "nor", "to", "that", "with", "which", "whose"})
#: Tokens in which a participle follows: ", thus letting the water in".
_MAX_BEFORE_PARTICIPLE = 3
#: Tags of verb forms that are no sentence alone, so that what "and" joins to them can't be somebody else's act.
_UNFINISHED = frozenset({"VB", "VBG"})
#: The word before which no part of its clause stands.
_THAT = "that"
#: Words that open a condition. A closed class.
_CONDITIONS = frozenset({"if", "unless"})
#: Tags of finite verbs and modals.
_FINITE_OR_MODAL = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLAUSE_ENDS = frozenset(",;:.–—")
#: Relations of what may stand before a clause's subject.
_OPENINGS = frozenset({"advcl", "prep", "advmod"})
#: Words that open what qualifies a clause, never how somebody spoke. A closed class.
_CONCESSIONS = frozenset(
    {"despite", "given", "although", "though", "if", "unless", "because", "without", "unlike", "since"}
)
#: Marks that join two words to one, and relations of what stands before the first of them.
_HYPHENS = frozenset("-‐‑")
_DETERMINERS = frozenset({"det", "poss"})


def drop_source_phrase(para: ParsedParagraph, cue: int, source: int | None, content: int) -> int:
    """The content of "according to X" without "to X", of "described by X" without "by"; others unchanged."""
    if source is None:
        return content
    if para.word[cue] != "according":
        above = para.head[source]
        return content & ~para.bit[above] or content if para.dep[above] == "agent" else content
    phrases = [child for child in para.children[cue] if para.subtree[child] & para.bit[source]]
    return content & ~para.mask_of_subtrees(phrases) or content


def complete_quotations(para: ParsedParagraph, contents: Sequence[int], cues: Sequence[int]) -> list[int]:
    """The contents with all of each quotation that they have a part of: nothing in quotation marks is cut in two.

    ``contents`` and ``cues`` are those of a paragraph's attributions, in the same order; a quotation that several have
    a part of, or that holds the cue, stays as it is.
    """
    completed = list(contents)
    for number, mask in enumerate(para.quotation_masks):
        holders = [index for index, content in enumerate(contents) if content & mask]
        if len(holders) == 1 and para.quotation_of[cues[holders[0]]] != number:
            completed[holders[0]] |= mask
    return completed


def end_source_at_comma(para: ParsedParagraph, source: int, content: int) -> tuple[int, int]:
    """The masks of source and content of "according to X, ...", whose subject the parser may take into the source.

    That shows where the content begins with its verb, or with an "and": "According to bakers, flour[, salt and sugar
    are dear]". What stands behind the source's last comma, before "and" behind the first, is the content's then.
    """
    opens = first_token(content) if content else 0
    if not content or not source or opens < source.bit_length():
        return source, content
    start = first_token(source)
    commas = [token for token in range(start, opens) if para.word[token] == ","]
    is_verb = para.pos[opens] in VERBAL and para.tag[opens] in _FINITE_OR_MODAL
    if not commas or not (is_verb or para.pos[opens] == "CCONJ"):
        return source, content
    is_list = "and" in (para.word[opens], *para.word[commas[-1] : opens])
    moved = para.mask_between(commas[0] if is_list else commas[-1], opens)
    return source & ~moved, content | moved


def trim_source(para: ParsedParagraph, source: int | None, mask: int) -> int:
    """The mask of a source with all of a word that a hyphen joins: "a co-owner", not "owner".

    Without the day that its phrase ends with: "many" of "many on Monday issued statements".
    """
    mask = _with_joined_words(para, mask)
    for child in para.children[source] if source is not None else ():
        phrase = para.subtree[child]
        if para.word[child] == "on" and is_time(para, child) and phrase.bit_length() == mask.bit_length():
            return mask & ~phrase or mask
    return mask


def _with_joined_words(para: ParsedParagraph, mask: int) -> int:
    """The mask with the words that a hyphen joins to its first and last one, and a determiner before these.

    The parser takes "an ex-minister" for three tokens, of which "ex" may hang on something else.
    """
    if not mask:
        return 0
    first, last = first_token(mask), mask.bit_length() - 1
    while last + 2 < len(para) and para.bit[last + 2] and _is_hyphen(para, last + 1):
        last += 2
    start = first
    while start >= 2 and para.bit[start - 2] and _is_hyphen(para, start - 1):
        start -= 2
    if start < first and para.dep[start - 1] in _DETERMINERS and start:
        start -= 1
    return mask | para.mask_between(start, first) | para.mask_between(mask.bit_length(), last + 1)


def _is_hyphen(para: ParsedParagraph, token: int) -> bool:
    """Whether the token is a hyphen that touches the words on both sides."""
    is_close = para.char_end[token - 1] == para.char_start[token] and para.char_end[token] == para.char_start[token + 1]
    return para.word[token] in _HYPHENS and is_close


def trim_content(para: ParsedParagraph, cue: int, source: int | None, content: int, words: ReportingWords) -> int:
    """The content of a cue without what is none of it; never empty unless it came so.

    ``source`` is the head token of the source or None, ``words`` the lists of models/cues.toml.
    """
    content = content & ~find_addressee(para, cue, content, words) or content
    content = content & ~_description(para, cue, source, content) or content
    for find_shed in (*OCCASION_FINDERS, added_tail):
        content = content & ~find_shed(para, cue, content, words) or content
    content = with_opening(para, cue, source, _without_lone_that(para, content), words)
    content &= ~_unnamed(para, cue, content, words)
    return _without_dangling(para, content) | _consequence(para, cue, content, words) | _condition(para, cue, content)


def _description(para: ParsedParagraph, cue: int, source: int | None, content: int) -> int:
    """What describes the source: "a baker in Aue" of "according to Vera Kern, a baker in Aue"."""
    if source is None:
        return 0
    shed = 0
    for child in para.children[source]:
        behind_comma = child > source and para.word[para.left_edge[child] - 1] == ","
        if behind_comma and para.dep[child] in _DESCRIPTIONS and not para.subtree[child] & para.bit[cue]:
            shed |= before_colon(para, para.subtree[child], child)
    return content & shed & ~para.quoted_mask


def with_opening(para: ParsedParagraph, cue: int, source: int | None, content: int, words: ReportingWords) -> int:
    """The content with what opens its clause before the subject: "said [despite the rain] the pier was safe"."""
    first = first_token(content) if content else 0
    verb = next((child for child in para.children[cue] if child > cue and para.dep[child] == "ccomp"), None)
    if (
        verb is None
        or first <= cue + 1
        or para.word[first] == _THAT
        or not content >> verb & 1
        or content & para.quoted_mask & para.bit[first]
    ):
        return content
    start = cue + 1
    opening = para.mask_between(start, first)
    held = 0
    for child in (*para.children[verb], *para.children[cue]):
        is_before = start <= child < first and not is_time(para, child)
        is_clause = child in para.children[verb] or _is_concession(para, child) or _is_set_off(para, child, words)
        if is_before and para.dep[child] in _OPENINGS and is_clause:
            held |= para.subtree[child]
        elif start <= child < first and para.dep[child] == "mark":
            held |= para.bit[child]
    if source is not None and opening & para.subtree[source]:
        return content
    return content | opening if not opening & ~held else content


def _is_set_off(para: ParsedParagraph, preposition: int, words: ReportingWords) -> bool:
    """Whether a comma parts a phrase from the clause, but not from the cue: "said in the spring, the river would rise".

    What tells where somebody spoke has none, or two.
    """
    noun = next((child for child in para.children[preposition] if para.dep[child] == "pobj"), None)
    if noun is None or para.lemma[noun] in words.occasions:
        return False
    after = para.right_edge[preposition] + 1
    return para.word[preposition - 1] != "," and after < len(para) and para.word[after] == ","


def with_that(para: ParsedParagraph, cue: int, content: int) -> int:
    """The content with what leads from "that" to its quotation: 'said [that she had] "never been there"'."""
    first = first_token(content) if content else 0
    if first <= cue + 1 or para.quotation_of[first] < 0 or para.quotation_of[first - 1] == para.quotation_of[first]:
        return content
    for token in range(first - 1, max(cue, first - _MAX_BEFORE_QUOTATION), -1):
        is_clause = para.word[token] == "that" and para.tag[token] == "IN"
        if is_clause and content >> para.head[token] & 1:
            return content | para.mask_between(token, first)
    return content


def _unnamed(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """What the newsroom says of a name that is withheld: "a man[, who was not identified,] had called"."""
    shed = 0
    for verb in tokens_of(content >> cue << cue & ~para.quoted_mask):
        is_aside = para.dep[verb] == "relcl" and para.word[para.left_edge[verb] - 1] == ","
        if is_aside and para.lemma[verb] in words.identifying:
            is_negated = any(para.dep[child] == "neg" for child in para.children[verb])
            shed |= para.subtree[verb] if is_negated else 0
    return shed


def _is_concession(para: ParsedParagraph, token: int) -> bool:
    return not _CONCESSIONS.isdisjoint((para.word[token], para.word[para.left_edge[token]]))


def _condition(para: ParsedParagraph, cue: int, content: int) -> int:
    """On what condition: "warned of a strike [if the depot closed]", which hangs on the cue and follows the content."""
    if not content or content.bit_length() <= cue or content & para.bit[cue]:
        return 0
    following = content.bit_length()
    for verb in para.children[cue]:
        mark = para.left_edge[verb]
        if para.dep[verb] != "advcl" or para.word[mark] not in _CONDITIONS or mark < following:
            continue
        if not any(para.bit[token] for token in range(following, mark)) and para.word[mark - 1] != ",":
            return para.subtree[verb]
    return 0


def _consequence(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """The participle behind a content that hangs on its verb: "that the wall had cracked[, letting the water in]"."""
    last = content.bit_length() - 1
    if not content or content & para.quoted_mask or last < cue or last + 2 >= len(para):
        return 0
    start = last + 2 if para.word[last + 1] == "," else last + 1
    for verb in range(start, min(start + _MAX_BEFORE_PARTICIPLE, len(para))):
        hangs = para.tag[verb] == "VBG" and para.dep[verb] == "advcl" and content & para.bit[para.head[verb]]
        if hangs and para.left_edge[verb] == start and para.lemma[verb] not in words.asides:
            return 0 if para.subtree[verb] & para.quoted_mask else para.subtree[verb]
    return 0


def _without_lone_that(para: ParsedParagraph, content: int) -> int:
    """The content without a "that" before whose infinitive other words stand: "said [that] she hopes [to find it]"."""
    first = first_token(content) if content else -1
    rest = content & ~para.bit[first]
    if not rest or para.word[first] != "that" or para.tag[first_token(rest)] != "TO":
        return content
    return rest if first_token(rest) > first + 1 else content


def _without_dangling(para: ParsedParagraph, content: int) -> int:
    """The content without a conjunction or particle that it breaks off with: "that the pier was shut [and]".

    Where the conjunction joins a verb of the same form ("was leaking and flooding"), that belongs to the content.
    """
    while content:
        last = content.bit_length() - 1
        rest = content & ~para.bit[last]
        breaks_off = last + 1 < len(para) and para.pos[last + 1] != "PUNCT" and para.quotation_of[last] < 0
        if not rest or not breaks_off or para.word[last] not in _DANGLING:
            break
        joined = _joined_verb(para, last)
        if joined is not None:
            end = next((token for token in range(joined, len(para)) if para.word[token] in _CLAUSE_ENDS), len(para))
            return content | (para.subtree[joined] & para.mask_between(last, end))
        content = rest
    return content


def _joined_verb(para: ParsedParagraph, conjunction: int) -> int | None:
    """The verb without a subject of its own that the conjunction joins to one of the same form; None for others."""
    verb = para.head[conjunction]
    if para.dep[conjunction] != "cc" or para.pos[verb] not in VERBAL:
        return None
    for child in para.children[verb]:
        same_form = para.tag[child] == para.tag[verb] and para.tag[child] in _UNFINISHED
        is_joined = child > conjunction and para.dep[child] == "conj" and same_form
        if is_joined and not any(para.dep[below] in SUBJECTS for below in para.children[child]):
            return child
    return None
