"""Who is spoken to or accused, which no content takes in: "ordered [the crews] to stay in port"."""

from __future__ import annotations

from pipeline.extract.quotes.complements import object_infinitive
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token, tokens_of
from pipeline.knowledge.reporting_words import ReportingWords

#: Relations of an infinitive to the verb that tells somebody to do it.
_INFINITIVES = frozenset({"xcomp", "ccomp", "advcl"})
#: Prepositions before whom a noun calls on: "an appeal to", "a call on".
_CALLING_ON = frozenset({"to", "on", "upon"})
#: The verb of questions, words that open one behind whoever is asked, and relations of its verb to the verb of a
#: relative clause about him: not "ccomp", as in "people who knew [where Kern was]". Closed classes.
_ASK = "ask"
_ASKING = frozenset({"whether", "if", "why", "how"})
_QUESTIONS = frozenset({"advcl", "conj", "parataxis"})


def find_addressee(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """The mask of who is told or accused where the content begins with him, or of an "it" that is nobody; else 0."""
    return (
        _directed(para, cue, content, words)
        or _called_on(para, cue, content, words)
        or _told(para, cue, content, words)
        or _informed(para, cue, content, words)
        or _asked(para, cue, content)
        or _accused(para, cue, content, words)
        or _expletive(para, cue)
        or _frame(para, cue, content, words)
    )


def _directed(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """Who is told to do something: "the crews" of "ordered the crews to stay in port"."""
    if para.lemma[cue] not in words.directing or not content or first_token(content) < cue:
        return 0
    if (to := object_infinitive(para, cue)) is not None:
        return content & para.mask_between(cue + 1, to) if content >> to else 0
    for verb in para.children[cue]:
        if verb < cue or para.dep[verb] not in _INFINITIVES or not content & para.bit[verb]:
            continue
        particle = next(
            (child for child in para.children[verb] if para.word[child] == "to" and para.dep[child] == "aux"), None
        )
        if particle is None or para.quotation_of[particle] >= 0:
            return 0
        negation = particle - 1 if para.dep[particle - 1] == "neg" else particle
        if any(_opens_deed(para, cue, token) for token in range(cue + 1, negation)):
            return 0
        return content & para.mask_between(cue + 1, negation)
    return 0


def _opens_deed(para: ParsedParagraph, cue: int, token: int) -> bool:
    """Whether a "for" tells who is to do something: "pushed for the bridge to be closed", not "the court for Osk"."""
    if para.word[token] != "for":
        return False
    has_object = any(para.dep[child] == "dobj" and cue < child < token for child in para.children[cue])
    return para.dep[token] == "mark" or (para.head[token] == cue and not has_object)


def _called_on(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """Whom a noun calls on to do something: "to the clans" of "a plea to the clans to lay down their arms"."""
    if para.lemma[cue] not in words.requests or para.pos[cue] != "NOUN" or not content:
        return 0
    person, first = cue + 1, first_token(content)
    deed = next((child for child in para.children[cue] if child > person and para.dep[child] == "acl"), None)
    if deed is None or first != person or para.word[person] not in _CALLING_ON or para.dep[person] != "prep":
        return 0
    start = para.left_edge[deed]
    follows = start == para.right_edge[person] + 1 and para.tag[start] == "TO"
    return content & para.subtree[person] if follows else 0


def _is_passive(para: ParsedParagraph, verb: int) -> bool:
    return any(para.dep[child] == "auxpass" for child in para.children[verb])


def _told(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """Who is told a clause without "that": "the board" of "warned the board it must pay"; in the passive nobody is."""
    if any(para.dep[child] == "auxpass" for child in para.children[cue]):
        return 0
    person = next((child for child in para.children[cue] if child > cue and para.dep[child] == "dobj"), None)
    if person is None or para.lemma[cue] not in words.addressing or not content or _is_passive(para, cue):
        return 0
    if first_token(content) != para.left_edge[person] or para.quotation_of[person] >= 0:
        return 0
    clause = next((child for child in para.children[cue] if child > person and para.dep[child] == "ccomp"), None)
    end = para.right_edge[person]
    follows = clause is not None and para.left_edge[clause] == end + 1 and para.word[end] != ","
    return content & para.subtree[person] if follows else 0


def _informed(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """Who is told of something: "the guild" of "warned the guild of a flood"; not in "informed the king of Norway"."""
    person = next((child for child in para.children[cue] if child > cue and para.dep[child] == "dobj"), None)
    if person is None or para.lemma[cue] not in words.addressing or not content:
        return 0
    if first_token(content) != para.left_edge[person] or para.quotation_of[person] >= 0:
        return 0
    for of in sorted((*para.children[person], *para.children[cue])):
        if of > person and para.word[of] == "of" and content >> of & 1:
            told = [child for child in para.children[of] if para.dep[child] == "pobj" and para.pos[child] != "PROPN"]
            return content & ((1 << of) - 1) if told else 0
    return 0


def _asked(para: ParsedParagraph, cue: int, content: int) -> int:
    """Who is asked, with what describes him: "guests who had left early" of "asked guests who had left early why"."""
    if para.lemma[cue] != _ASK or not content or first_token(content) < cue:
        return 0
    person = next((child for child in para.children[cue] if child > cue and para.dep[child] == "dobj"), None)
    if person is None or first_token(content) not in (para.left_edge[person], person + 1):
        return 0
    for opens in tokens_of(content >> person + 1 << person + 1 & ~para.quoted_mask):
        verb = para.head[opens]
        is_question = para.dep[verb] in _QUESTIONS and para.left_edge[verb] == opens
        if para.word[opens] in _ASKING and is_question and para.tag[person + 1].startswith("W"):
            return content & ((1 << opens) - 1)
    return 0


def _frame(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """The noun that a text has in it or somebody signs, before what it tells: "contains [a warning] that it leaked".

    So with a participle and whom it urges: "circulated [a letter urging the landlord] to mend the lifts".
    """
    if para.lemma[cue] not in words.carrying | words.issuing or not content:
        return 0
    noun = next((child for child in para.children[cue] if child > cue and para.dep[child] == "dobj"), None)
    if noun is None or first_token(content) != para.left_edge[noun] or para.quotation_of[noun] >= 0:
        return 0
    for verb in tokens_of(content >> noun + 1 << noun + 1):
        start = para.left_edge[verb]
        is_clause = para.word[start] == "that" and para.dep[start] == "mark" and para.subtree[noun] & para.bit[verb]
        is_called = para.tag[start] == "TO" and para.dep[verb] in _INFINITIVES
        if is_clause or (is_called and _calls(para, para.head[verb], noun, words)):
            return content & para.mask_between(para.left_edge[noun], start)
    return 0


def _calls(para: ParsedParagraph, participle: int, noun: int, words: ReportingWords) -> bool:
    is_described = para.head[participle] == noun and para.dep[participle] == "acl" and para.tag[participle] == "VBG"
    return is_described and para.lemma[participle] in words.directing


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
    objects += [child for child in tokens_of(para.subtree[cue]) if para.dep[child] == "pobj" and child > cue]
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
