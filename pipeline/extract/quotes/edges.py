"""What a chosen content sheds at its edges: who is spoken to, what describes the source, what dangles.

The trained models choose a content; what stands here holds whichever they chose. Contents are masks of words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token
from pipeline.extract.quotes.tails import added_tail
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Relations of an infinitive to the verb that tells somebody to do it.
_INFINITIVES = frozenset({"xcomp", "ccomp", "advcl"})
#: Relations of what describes a source behind a comma: "Vera Kern, a baker in Aue, who ...".
_DESCRIPTIONS = frozenset({"appos", "relcl"})
#: Words that a content never ends with.
_DANGLING = frozenset({"and", "but", "or", "nor", "to", "that"})
#: Tokens in which a participle follows: ", thus letting the water in".
_MAX_BEFORE_PARTICIPLE = 3
#: Tags of verb forms that are no sentence alone, so that what "and" joins to them can't be somebody else's act.
_UNFINISHED = frozenset({"VB", "VBG"})
#: Prepositions and entity types of when somebody spoke, and words that open a condition. Closed classes.
_BEFORE_TIME = frozenset({"in", "on", "at"})
_TIMES = frozenset({"DATE", "TIME"})
_TIME_TAGS = frozenset({"NNP", "CD", "JJ"})
_CONDITIONS = frozenset({"if", "unless"})
#: Words that tell when something was said, and tags of finite verbs.
_TIME_CLAUSES = frozenset({"as", "when", "while", "after", "before"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_FINITE_OR_MODAL = _FINITE | {"MD"}
_CLAUSE_ENDS = frozenset(",;:.–—")
#: Prepositions of where something is said, and relations of what may stand before a clause's subject.
_BEFORE_OCCASION = frozenset({"in", "on", "at", "during"})
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
        if para.word[child] == "on" and _is_time(para, child) and phrase.bit_length() == mask.bit_length():
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
    for shed in (
        _addressee(para, cue, content, words),
        _accused(para, cue, content, words),
        _description(para, cue, source, content),
        _aside(para, cue, content, words),
        _time_of_speaking(para, cue, content),
        _act_beside(para, cue, content),
        _time_of_quotation(para, content),
        _occasion(para, cue, content, words),
        added_tail(para, cue, content, words),
        _expletive(para, cue),
    ):
        content = content & ~shed or content
    content = _without_lone_that(para, content) | _opening(para, cue, source, content)
    return _without_dangling(para, content) | _consequence(para, cue, content, words) | _condition(para, cue, content)


def _addressee(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """Who is told to do something: "the crews" of "ordered the crews to stay in port"."""
    if para.lemma[cue] not in words.directing or not content or first_token(content) < cue:
        return 0
    for verb in para.children[cue]:
        if verb < cue or para.dep[verb] not in _INFINITIVES or not content & para.bit[verb]:
            continue
        particle = next(
            (child for child in para.children[verb] if para.word[child] == "to" and para.dep[child] == "aux"), None
        )
        if particle is None or para.quotation_of[particle] >= 0:
            return 0
        negation = particle - 1 if para.dep[particle - 1] == "neg" else particle
        if "for" in para.word[cue + 1 : negation]:  # "pushed for the bridge to be closed"
            return 0
        return content & para.mask_between(cue + 1, negation)
    return 0


def _expletive(para: ParsedParagraph, cue: int) -> int:
    """The "it" of "it is alleged that the pool had leaked"."""
    children = para.children[cue]
    has_clause = any(para.dep[child] == "ccomp" and child > cue for child in children)
    return sum(para.bit[child] for child in children if has_clause and child < cue and para.word[child] == "it")


def _accused(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """Who is accused: "the firm" of "accused the firm of lying"; the content is what of."""
    if para.lemma[cue] not in words.accusing:
        return 0
    objects = [child for child in para.children[cue] if para.dep[child] == "dobj"]
    objects += [child for child in _bits(para.subtree[cue]) if para.dep[child] == "pobj" and child > cue]
    below = sorted(child for token in (cue, *objects) for child in para.children[token] if child > cue)
    of = next(
        (child for child in below if para.word[child] in ("of", "with") and _governs_deed(para, child, cue)), None
    )
    return content & ((1 << of) - 1) if of is not None and content & para.bit[of] else 0


def _governs_deed(para: ParsedParagraph, preposition: int, cue: int) -> bool:
    return para.head[preposition] == cue or any(_is_deed(para, child) for child in para.children[preposition])


def _is_deed(para: ParsedParagraph, token: int) -> bool:
    """Whether what follows "of" is a verb in "ing", which the parser may take for a noun: "accused him of lying"."""
    return para.dep[token] == "pcomp" or (para.dep[token] == "pobj" and para.word[token].endswith("ing"))


def _description(para: ParsedParagraph, cue: int, source: int | None, content: int) -> int:
    """What describes the source: "a baker in Aue" of "according to Vera Kern, a baker in Aue"."""
    if source is None:
        return 0
    shed = 0
    for child in para.children[source]:
        behind_comma = child > source and para.word[para.left_edge[child] - 1] == ","
        if behind_comma and para.dep[child] in _DESCRIPTIONS and not para.subtree[child] & para.bit[cue]:
            shed |= para.subtree[child]
    return content & shed & ~para.quoted_mask


def _aside(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """What the speaker does beside: "citing the log", "without giving details" behind what was said."""
    shed = 0
    for token in _bits(content):
        comma = para.left_edge[token] - 1
        if token <= cue or comma <= cue or para.word[comma] not in (",", "-", "–", "—"):
            continue
        if _is_aside(para, token, words) and not para.quotation_of[comma] >= 0:
            shed |= para.subtree[token]
    return content & shed


def _time_of_speaking(para: ParsedParagraph, cue: int, content: int) -> int:
    """When somebody spoke: "in April" of "said in April it would close", where a clause with a subject follows."""
    first = first_token(content) if content else 0
    if first != cue + 1:
        return 0
    if para.ent_type[first] in _TIMES and para.tag[first] == "NNP":  # "said Tuesday the line was shut"
        time = para.bit[first]
    elif _is_time(para, first):
        time = para.subtree[first]
    else:
        return 0
    after = time.bit_length()
    if not content >> after & 1:
        return 0
    subjects = (token for token in _bits(content & ~time) if para.dep[token] in SUBJECTS)
    return time if any(para.left_edge[token] in (first, after, after + 1) for token in subjects) else 0


def _is_time(para: ParsedParagraph, preposition: int) -> bool:
    """Whether a day or month stands behind a preposition; "in 2019", "in the coming months" are told, rather."""
    if para.word[preposition] not in _BEFORE_TIME or para.dep[preposition] != "prep":
        return False
    words = list(_bits(para.subtree[preposition] & ~para.bit[preposition] & ~para.quoted_mask))
    is_time = all(para.ent_type[token] in _TIMES and para.tag[token] in _TIME_TAGS for token in words)
    return is_time and any(para.tag[token] == "NNP" for token in words)


def _act_beside(para: ParsedParagraph, cue: int, content: int) -> int:
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
    """Where somebody said a clause, at its end: "said the mill would close [in a statement on Monday]"."""
    if not content or first_token(content) < cue or content & para.quoted_mask & (1 << content.bit_length() - 1):
        return 0
    if not any(para.dep[child] == "ccomp" and content >> child & 1 for child in para.children[cue]):
        return 0
    for preposition in _bits(content):
        phrase = para.subtree[preposition]
        rest = content & ~((1 << phrase.bit_length()) - 1)
        if para.word[preposition] not in _BEFORE_OCCASION or (rest and not _is_time(para, first_token(rest))):
            continue
        phrase |= rest
        noun = next((child for child in para.children[preposition] if para.dep[child] == "pobj"), None)
        if noun is not None and para.lemma[noun] in words.occasions and not phrase & ~content & para.word_mask:
            is_any = any(para.word[child] in ("a", "an") for child in para.children[noun])
            has_verb = any(para.pos[token] in VERBAL for token in _bits(phrase))
            return phrase if is_any and not has_verb else 0
    return 0


def _opening(para: ParsedParagraph, cue: int, source: int | None, content: int) -> int:
    """What opens a clause before its subject and was left out: "said [despite the rain] the pier was safe"."""
    first = first_token(content) if content else 0
    verb = next((child for child in para.children[cue] if child > cue and para.dep[child] == "ccomp"), None)
    if verb is None or first <= cue + 1 or not content >> verb & 1 or content & para.quoted_mask & para.bit[first]:
        return 0
    start = cue + 1
    opening = para.mask_between(start, first)
    held = 0
    for child in (*para.children[verb], *para.children[cue]):
        is_before = start <= child < first and not _is_time(para, child)
        if is_before and para.dep[child] in _OPENINGS and (child in para.children[verb] or _is_concession(para, child)):
            held |= para.subtree[child]
        elif start <= child < first and para.dep[child] == "mark":
            held |= para.bit[child]
    if source is not None and opening & para.subtree[source]:
        return 0
    return opening if opening and not opening & ~held else 0


def _is_concession(para: ParsedParagraph, token: int) -> bool:
    return not _CONCESSIONS.isdisjoint((para.word[token], para.word[para.left_edge[token]]))


def _time_of_quotation(para: ParsedParagraph, content: int) -> int:
    """When something was said, behind a quotation that begins the content: 'said "We shall see"[, as he went in]'."""
    start = first_token(content) if content else 0
    if not content or para.quotation_of[start] < 0:
        return 0
    rest = content & ~para.quotation_masks[para.quotation_of[start]]
    follows = rest and not rest & para.quoted_mask and content >> first_token(rest) == rest >> first_token(rest)
    if not follows or para.word[first_token(rest)] not in _TIME_CLAUSES:
        return 0
    clauses = (token for token in _bits(rest) if para.dep[token] == "advcl" and para.tag[token] in _FINITE)
    return rest if any(para.left_edge[verb] == first_token(rest) for verb in clauses) else 0


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


def _is_aside(para: ParsedParagraph, token: int, words: ReportingWords) -> bool:
    if para.dep[token] == "advcl" and para.tag[token] == "VBG":
        return para.lemma[token] in words.asides and para.left_edge[token] == token
    if para.word[token] != "without":
        return False
    return any(para.dep[child] == "pcomp" and para.lemma[child] in words.withheld for child in para.children[token])


def _bits(mask: int) -> Iterator[int]:
    """The tokens of a mask in order."""
    while mask:
        yield first_token(mask)
        mask &= mask - 1


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
