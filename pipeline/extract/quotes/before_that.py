"""What stands between a verb of telling and its "that": "told guests as she left the pier that it would close".

When somebody spoke ("as she left"), what those who heard it did ("gathered at the gate"), how often it was said ("for
the first time"): the parser often hangs the clause on the last noun of it.
"""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Words that open when something was said, and those of how often ("for the second time"). Closed classes.
_WHEN = frozenset({"as", "when", "while", "after", "before"})
_FOR, _TIME, _TIMES, _THAT = "for", "time", "times", "that"
_ARTICLES = frozenset({"the", "a"})
#: Tags of the verb of such a clause, and of what tells what those do who are told ("fans waiting at the gate").
_VERBS = frozenset({"VBD", "VBZ", "VBP", "VBG", "VBN"})
_PARTICIPLES = frozenset({"VBG", "VBN", "VBD"})
#: Tags of finite verbs and modals.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: Tokens, at most, between the verb or whom it addresses and "that", and from "for" to "time".
_MAX_BETWEEN = 14
_MAX_TO_TIME = 4


def begin_at_that(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> None:
    """Begin a content that holds such words, or a part of them, at the "that" behind them.

    Changes the candidate. Left alone is a "that" behind which no subject and finite verb follow: "told a crowd gathered
    in the hall that burned down".
    """
    cue, content = candidate.cue, candidate.content
    if not content or first_token(content) <= cue or para.lemma[cue] not in words.reported | words.addressing:
        return
    start = _addressee_end(para, cue, words)
    that = max(that_behind(para, start), that_behind(para, first_token(content)))
    if that < 0 or not first_token(content) < that < content.bit_length():
        return
    is_occasion = any(_opens_occasion(para, token, that) for token in (start, first_token(content)))
    opens = is_occasion or (start > cue + 1 and _opens_deed(para, start))
    told = content >> that << that
    if opens and told and not para.mask_between(start, that) & (para.quoted_mask | candidate.source_mask):
        candidate.content = told


def _addressee_end(para: ParsedParagraph, cue: int, words: ReportingWords) -> int:
    """The token behind the noun of whoever is told, or behind the verb where none is."""
    if para.lemma[cue] not in words.addressing:
        return cue + 1
    noun = next((child for child in para.children[cue] if child > cue and para.dep[child] in ("dobj", "dative")), None)
    return cue + 1 if noun is None else noun + 1


def that_behind(para: ParsedParagraph, start: int) -> int:
    """The first "that" behind ``start`` before a subject with a finite verb, no comma between; -1 for none."""
    for token in range(start + 1, min(start + _MAX_BETWEEN, len(para) - 2)):
        if not para.bit[token]:
            return -1
        if para.word[token] == _THAT and para.tag[token] in ("IN", "WDT", "DT"):
            return token if _has_subject_at(para, token + 1) else -1
    return -1


def _has_subject_at(para: ParsedParagraph, start: int) -> bool:
    """Whether a subject begins at the token: "[sanctions] were likely"."""
    for token in range(start, min(start + _MAX_BETWEEN, len(para))):
        verb = para.head[token]
        if para.dep[token] in SUBJECTS and para.left_edge[token] == start and verb > token:
            helpers = (child for child in para.children[verb] if para.dep[child] in ("aux", "auxpass"))
            return any(para.tag[part] in _FINITE for part in (verb, *helpers))
    return False


def _opens_occasion(para: ParsedParagraph, start: int, that: int) -> bool:
    """Whether "as she left the hall", "after meeting the miners", "for the first time" or "so far" begins there."""
    is_adverb = all(para.pos[token] == "ADV" for token in range(start, that))
    if is_adverb or _TIMES in para.word[start : min(start + _MAX_TO_TIME, that)]:  # "hundreds of times"
        return True
    if para.word[start] in _WHEN:
        return any(para.tag[token] in _VERBS and para.pos[token] in VERBAL for token in range(start + 1, that))
    is_count = para.word[start] == _FOR and para.word[start + 1] in _ARTICLES
    return is_count and _TIME in para.word[start + 2 : min(start + _MAX_TO_TIME, that)]


def _opens_deed(para: ParsedParagraph, start: int) -> bool:
    """Whether a participle begins there that tells what those do who are told: "workers [waiting at the gate]"."""
    return para.tag[start] in _PARTICIPLES and para.dep[start] == "acl" and para.head[start] == start - 1
