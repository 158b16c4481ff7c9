"""When, where and with what beside it somebody spoke, which is none of what was said."""

from __future__ import annotations

from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token, tokens_of
from pipeline.extract.quotes.tenses import tense_of
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Prepositions and entity types of when somebody spoke.
_BEFORE_TIME = frozenset({"in", "on", "at"})
_TIMES = frozenset({"DATE", "TIME"})
_TIME_TAGS = frozenset({"NNP", "CD", "JJ"})
#: Words before and behind a day that belong to it: "late Tuesday evening". Closed classes.
_BEFORE_DAY = frozenset({"early", "late"})
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
#: Words that tell when something was said, and tags of finite verbs.
_TIME_CLAUSES = frozenset({"as", "when", "while", "after", "before"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
#: Words, at least, of a quotation that is a statement.
_FEWEST_QUOTED = 3
#: Words that join what happened next.
_NEXT = frozenset({"and", "but", "as", "while", "before", "until"})
#: Prepositions of where something is said.
_BEFORE_OCCASION = frozenset({"in", "on", "at", "during"})


def _aside(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """What the speaker does beside: "citing the log", "without giving details" behind what was said."""
    shed = 0
    for token in tokens_of(content):
        comma = para.left_edge[token] - 1
        if token <= cue or comma <= cue or para.word[comma] not in (",", "-", "–", "—"):
            continue
        if _is_aside(para, token, words) and not para.quotation_of[comma] >= 0:
            shed |= para.subtree[token]
    return content & shed


def _time_of_speaking(para: ParsedParagraph, cue: int, content: int, _: ReportingWords) -> int:
    """When somebody spoke: "in April" of "said in April it would close", where a clause with a subject follows."""
    first = first_token(content) if content else 0
    if first != cue + 1:
        return 0
    time = para.subtree[first] if is_time(para, first) else _day_at(para, first)
    after = time.bit_length()
    if not time or not content >> after & 1:
        return 0
    subjects = (token for token in tokens_of(content & ~time) if para.dep[token] in SUBJECTS)
    return time if any(para.left_edge[token] in (first, after, after + 1) for token in subjects) else 0


def _day_at(para: ParsedParagraph, first: int) -> int:
    """The mask of a day with its part: "late Tuesday evening", "Tuesday" of "said Tuesday the line was shut"; or 0."""
    day = first + (para.word[first] in _BEFORE_DAY)
    if day + 1 >= len(para) or para.ent_type[day] not in _TIMES or para.tag[day] != "NNP":
        return 0
    return para.mask_between(first, day + 1 + (para.word[day + 1] in _PARTS_OF_DAY))


def _before_that(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """Where, when or to whom somebody spoke, before "that": "said [in his first letter] that the roof had leaked"."""
    first = first_token(content) if content else 0
    if first <= cue or para.quotation_of[first] >= 0:
        return 0
    clause = next((child for child in para.children[cue] if child > cue and para.dep[child] == "ccomp"), None)
    that = para.left_edge[clause] if clause is not None else 0
    is_marked = clause is not None and para.word[that] == "that" and para.dep[that] == "mark"
    if not is_marked or not first < that or not content & para.bit[that]:
        return 0
    between = content & para.mask_between(first, that)
    is_told = para.lemma[cue] not in words.addressing and any(
        para.dep[child] == "dobj" and cue < child < that for child in para.children[cue]
    )
    return 0 if is_told or between & para.quoted_mask else between


def is_time(para: ParsedParagraph, preposition: int) -> bool:
    """Whether a day or month stands behind a preposition; "in 2019", "in the coming months" are told, rather."""
    if para.word[preposition] not in _BEFORE_TIME or para.dep[preposition] != "prep":
        return False
    words = list(tokens_of(para.subtree[preposition] & ~para.bit[preposition] & ~para.quoted_mask))
    is_time = all(para.ent_type[token] in _TIMES and para.tag[token] in _TIME_TAGS for token in words)
    return is_time and any(para.tag[token] == "NNP" for token in words)


def _act_beside(para: ParsedParagraph, cue: int, content: int, _: ReportingWords) -> int:
    """What the speaker did meanwhile: "That is over, he said[, cutting his forecast]"; the content stands before."""
    if not content & ((1 << cue) - 1):
        return 0
    for verb in para.children[cue]:
        if verb < cue or para.dep[verb] != "advcl" or para.tag[verb] != "VBG" or para.word[verb - 1] != ",":
            continue
        acts = para.subtree[verb]
        if not acts & para.quoted_mask and not content >> acts.bit_length():
            return acts
    return 0


def _occasion(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """Where somebody said it, at its end: "said the mill would close [in a statement on Monday]".

    So, too, of what somebody condemns or backs: "condemned the raid [in statements published on Monday]".
    """
    if not content or first_token(content) < cue or content & para.quoted_mask & (1 << content.bit_length() - 1):
        return 0
    if not any(para.dep[child] in ("ccomp", "dobj") and content >> child & 1 for child in para.children[cue]):
        return 0
    for preposition in tokens_of(content):
        phrase = para.subtree[preposition]
        rest = content & ~((1 << phrase.bit_length()) - 1)
        if para.word[preposition] not in _BEFORE_OCCASION or (rest and not is_time(para, first_token(rest))):
            continue
        phrase |= rest
        noun = next((child for child in para.children[preposition] if para.dep[child] == "pobj"), None)
        if noun is not None and para.lemma[noun] in words.occasions and not phrase & ~content & para.word_mask:
            before = [para.word[child] for child in para.children[noun] if para.dep[child] in ("det", "poss")]
            verbs = [token for token in tokens_of(phrase) if para.pos[token] in VERBAL]
            is_own = bool(verbs) or para.head[preposition] == cue  # not "denied claims in statements by Holm"
            is_any = before in (["a"], ["an"]) or (not before and para.tag[noun] == "NNS" and is_own)
            is_issued = all(para.tag[verb] == "VBN" and para.head[verb] == noun for verb in verbs)
            return phrase if is_any and is_issued else 0
    return 0


def _time_of_quotation(para: ParsedParagraph, cue: int, content: int, _: ReportingWords) -> int:
    """When something was said, behind a quotation that begins the content: 'said "We shall see"[, as he went in]'."""
    start = first_token(content) if content else 0
    if not content or para.quotation_of[start] < 0:
        return 0
    rest = content & ~para.quotation_masks[para.quotation_of[start]]
    follows = rest and not rest & para.quoted_mask and content >> first_token(rest) == rest >> first_token(rest)
    if not follows or para.word[first_token(rest)] not in _TIME_CLAUSES:
        return 0
    clauses = (token for token in tokens_of(rest) if para.dep[token] == "advcl" and para.tag[token] in _FINITE)
    return rest if any(para.left_edge[verb] == first_token(rest) for verb in clauses) else 0


def _is_aside(para: ParsedParagraph, token: int, words: ReportingWords) -> bool:
    if para.dep[token] == "advcl" and para.tag[token] == "VBG":
        return para.lemma[token] in words.asides and para.left_edge[token] == token
    if para.word[token] != "without":
        return False
    return any(para.dep[child] == "pcomp" and para.lemma[child] in words.withheld for child in para.children[token])


def _beside_quotation(para: ParsedParagraph, cue: int, content: int, _: ReportingWords) -> int:
    """What follows speaker and verb at once behind a quotation: '"It is over," he said [of the strike]'."""
    low, high = para.sentence_bounds(cue)
    before, after = content & ((1 << cue) - 1), content >> cue << cue & ((1 << high) - 1)
    is_quotation = before and not before & ~para.quoted_mask and before.bit_count() >= _FEWEST_QUOTED
    if (
        not is_quotation
        or not after
        or after & para.quoted_mask
        or para.mask_between(low, cue) & ~before & ~para.subtree[cue]
    ):
        return 0
    start = first_token(after)
    is_act = para.tag[start] == "VBG" or (para.word[start] == "of" and para.head[start] == cue)
    return after if is_act and para.word[start - 1] != "," else 0


def _narration(para: ParsedParagraph, cue: int, content: int, _: ReportingWords) -> int:
    """What happened next, behind a quotation and who said it: '"We lost," he said[, and the room fell silent]'.

    That is a clause in the past with a subject of its own; "and prices would rise" is what he said, too.
    """
    high = para.sentence_bounds(cue)[1]
    before, after = content & ((1 << cue) - 1), content >> cue << cue
    is_quotation = before and not before & ~para.quoted_mask and para.quotation_of[cue] < 0
    if not is_quotation or not after or after & para.quoted_mask or after >> high:
        return 0
    start = first_token(after)
    if para.word[start] not in _NEXT or para.word[start - 1] != ",":
        return 0
    subject = next((token for token in tokens_of(after) if para.dep[token] in SUBJECTS), None)
    return after if subject is not None and tense_of(para, para.head[subject]) == "past" else 0


#: What finds when, where and how somebody spoke, as masks within a content, in this order.
OCCASION_FINDERS = (
    _aside, _before_that, _time_of_speaking, _act_beside, _time_of_quotation, _beside_quotation, _narration,
    _occasion,
)  # fmt: skip
