"""What kind of clause a cue governs, on which its stance may depend: "wants to leave", "wants the firm to leave"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS

#: Relations of the clauses that a cue governs.
_CLAUSES = frozenset({"ccomp", "xcomp", "pcomp", "acl"})
#: Relations of words that tell with the cue what act it is.
_COMPANIONS = frozenset({"prep", "prt", "dobj"})
#: Modal verbs of what ought to be done.
_OUGHT = frozenset({"should", "must", "ought"})
#: Words that open an indirect question, and tags of those that only ask and never point ("who", "whose", "why").
_INTERROGATIVE = frozenset({"whether", "if"})
_WH_TAGS = frozenset({"WP", "WP$", "WRB"})
#: Tag of a bare verb; without an auxiliary it is the subjunctive: "suggested that the firm sell".
_BARE_TAG = "VB"
#: Words for whoever it may be.
_ANYBODY = frozenset({"anyone", "anybody", "everyone", "everybody", "those", "people"})
#: What somebody pleads in court: "pleaded not guilty", "pleaded no contest".
_PLEAD, _PLEAS = "plead", frozenset({"guilty", "contest"})


def complement_kind(para: ParsedParagraph, cue: int) -> str:
    """What the cue governs: "to" (an infinitive whose subject is the cue's own), "object to" (one of somebody else),
    "ought" (a clause with "should" or in the subjunctive), "whether" (an indirect question), "that" (any other clause
    with a subject), "ing" (a gerund), "judgment" (a clause without a verb: "considers the tax unfair"); "" for none.
    """
    if any(_is_judgment(para, child) for child in para.children[cue]):
        return "judgment"
    if object_infinitive(para, cue) is not None:
        return "object to"
    verb = next((child for child in para.children[cue] if _is_clause(para, cue, child)), None)
    if verb is None:
        return ""
    has_subject = any(para.dep[child] in SUBJECTS for child in para.children[verb])
    if _is_infinitive(para, verb):
        return "object to" if has_subject or _has_object(para, cue) else "to"
    if _is_gerund(para, verb):
        return "ing"
    if _is_question(para, cue, verb):
        return "whether"
    if not has_subject:
        return ""
    return "ought" if _tells_what_ought_to_be(para, verb) else "that"


def object_infinitive(para: ParsedParagraph, cue: int) -> int | None:
    """The "to" of "asked anyone who saw it [to] call", which the parser hangs on what tells of "anyone"; else None."""
    object_ = next((child for child in para.children[cue] if para.dep[child] == "dobj" and child > cue), None)
    if object_ is None or para.word[object_] not in _ANYBODY:
        return None
    beside = (child for child in para.children[cue] if para.dep[child] in ("prep", "advcl") and child > object_)
    described = para.subtree[object_] | para.mask_of_subtrees(list(beside))
    to = next((token for token in range(object_ + 1, len(para)) if para.tag[token] == "TO"), None)
    return to if to is not None and described >> to & 1 else None


def _is_judgment(para: ParsedParagraph, child: int) -> bool:
    """Whether a noun or adjective has a subject of its own: "the tax unfair"; also to the parser: "call it [brave]"."""
    if para.dep[child] == "oprd":
        return para.pos[child] not in VERBAL
    has_subject = any(para.dep[below] in SUBJECTS for below in para.children[child])
    return para.dep[child] == "ccomp" and para.pos[child] not in VERBAL and has_subject


def _is_infinitive(para: ParsedParagraph, verb: int) -> bool:
    return any(para.word[child] == "to" and para.dep[child] == "aux" for child in para.children[verb])


def _is_question(para: ParsedParagraph, cue: int, verb: int) -> bool:
    """Whether a word of asking opens the clause behind the cue: "whether", "if", "why"."""
    first = para.left_edge[verb]
    return first > cue and (para.word[first] in _INTERROGATIVE or para.tag[first] in _WH_TAGS)


def _is_gerund(para: ParsedParagraph, verb: int) -> bool:
    return para.tag[verb] == "VBG" and not any(para.dep[child] == "aux" for child in para.children[verb])


def _has_object(para: ParsedParagraph, cue: int) -> bool:
    return any(para.dep[child] in ("dobj", "dative", "nsubjpass", "auxpass") for child in para.children[cue])


def _tells_what_ought_to_be(para: ParsedParagraph, verb: int) -> bool:
    """Whether the clause has "should", or stands in the subjunctive: "that the firm be sold", "that it sell"."""
    auxiliaries = [para.word[child] for child in para.children[verb] if para.dep[child] in ("aux", "auxpass")]
    is_subjunctive = auxiliaries == ["be"] or (para.tag[verb] == _BARE_TAG and not auxiliaries)
    return is_subjunctive or not _OUGHT.isdisjoint(auxiliaries)


def _is_clause(para: ParsedParagraph, cue: int, child: int) -> bool:
    if para.dep[child] not in _CLAUSES or para.pos[child] not in VERBAL:
        return False
    return child > cue or para.dep[child] == "ccomp"


def companion_lemmas(para: ParsedParagraph, cue: int) -> Iterator[str]:
    """Lemmas that decide with the cue's own on its stance though the cue's span may leave them out.

    Its prepositions ("called for stricter rules", "called for rules to change"), the infinitive right behind it
    ("wanted to know"), its object ("voiced anger at"), its adjective, with "not" where that is denied ("pleaded not
    guilty").
    """
    if para.lemma[cue] == _PLEAD:  # "not guilty" may be an object to the parser, or an adverb
        behind = para.word[cue + 1 : cue + 3]
        yield from (f"not {word}" if "not" in behind else word for word in behind if word in _PLEAS)
    for child in para.children[cue]:
        if child < cue:
            continue
        if para.dep[child] == "acomp":
            is_denied = any(para.dep[below] == "neg" for below in para.children[child])
            yield f"not {para.lemma[child]}" if is_denied else para.lemma[child]
        opens = para.left_edge[child]
        if opens == cue + 1 and para.dep[opens] == "mark" and para.word[opens] == "for":  # "called for it to stop"
            yield para.lemma[opens]
        is_infinitive = para.dep[child] == "xcomp" and (child == cue + 2 or para.word[cue + 1] == "yet")
        if para.dep[child] in _COMPANIONS or is_infinitive:
            yield para.lemma[child]
