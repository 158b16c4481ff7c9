"""What somebody takes something for, told in the passive: "a frost described by growers as freakish".

The parser hangs the phrase with "as" on the agent, the verb or the verb above. Content is, as with other passives,
what is judged and what it is taken for.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.knowledge.reporting_words import ReportingWords

_AS = "as"
#: Relations of an "as" before a noun or an adjective; before a clause ("as he fled") it is a "mark".
_BEFORE_JUDGMENT = frozenset({"prep", "advmod"})
#: Tags of participles, which the parser may take for the past tense.
_PARTICIPLES = frozenset({"VBN", "VBD"})
#: Tokens from "by" to "as", at most: "by the head of the harbour's own safety board as".
_REACH = 12
#: Relations of what follows the noun that is judged and is no part of its phrase.
_BEHIND = frozenset({"relcl", "acl", "appos", "punct", "cc", "conj"})


def judged_by_agent(para: ParsedParagraph, verb: int, words: ReportingWords) -> tuple[int, int] | None:
    """The head token of whoever judges, and the mask of what he says of what; None for other verbs."""
    if para.lemma[verb] not in words.judging_as or para.tag[verb] not in _PARTICIPLES:
        return None
    by = next((child for child in para.children[verb] if para.dep[child] == "agent"), None)
    agent = next((child for child in para.children[by] if para.dep[child] == "pobj"), None) if by is not None else None
    if by is None or agent is None:
        return None
    as_token = _as_behind(para, by, agent)
    if as_token is None:
        return None
    top = as_token if para.dep[as_token] == "prep" else para.head[as_token]
    judgment = para.subtree[top] >> as_token << as_token
    return agent, judgment | _judged(para, verb)


def _as_behind(para: ParsedParagraph, by: int, agent: int) -> int | None:
    """The "as" behind the agent, before the next comma and the sentence's end."""
    end = min(para.sentence_bounds(by)[1], by + _REACH)
    for token in range(agent + 1, end):
        if para.pos[token] == "PUNCT" and para.quotation_of[token] < 0:
            return None
        if para.word[token] == _AS:
            return token if para.dep[token] in _BEFORE_JUDGMENT else None
    return None


def _judged(para: ParsedParagraph, verb: int) -> int:
    """The mask of the passive's subject, or of the noun that a participle right behind it tells of."""
    for child in para.children[verb]:
        if para.dep[child] == "nsubjpass":
            return para.subtree[child]
    noun = para.head[verb]
    if para.dep[verb] != "acl" or noun > verb:
        return 0
    mask = para.subtree[noun]
    for child in para.children[noun]:
        if child > noun and para.dep[child] in _BEHIND:
            mask &= ~para.subtree[child]
    return mask


def tell_judgment(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> Candidate:
    """The candidate of such a verb with whoever judges as its source; others unchanged."""
    judged = judged_by_agent(para, candidate.cue, words)
    if judged is None or candidate.content & para.quoted_mask & ~judged[1]:
        return candidate
    agent, content = judged
    source = para.subtree[agent] & ~content
    return replace(candidate, source=agent, source_mask=source, content=content & ~source)
