"""What an attribution means, beyond its words: features by which the last model judges cues that it has seen seldom.

The act by its stance, the kind of clause that it governs, what kind of source performs it, and the form of the cue.
Feature strings are keys of models/quotes.txt, section [final].
"""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.complements import companion_lemmas, complement_kind
from pipeline.extract.quotes.content_features import share_quoted
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.people import People

#: Entity types that speak, as kinds of sources of their own.
_SPEAKING_ENTITIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
#: Pronouns as sources by what they are: of things, of whoever talks, relative. Closed classes; all others are persons.
_PRONOUNS = {
    **dict.fromkeys(("it", "which", "that", "this"), "it"),
    **dict.fromkeys(("i", "we", "you"), "i"),
    "who": "who",
}


def meaning_features(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> list[str]:
    """Features of the act, its clause and its source, and of them together; ``cues`` has stances and words for people.

    "stance=warns", "complement=that", "source type=document" with pairs of these; "content head=VERB ccomp" with stance
    and complement, "first=that"; "stance=warns quoted=all". Of the cue's form: "aux=would", "dep=relcl",
    "negated=True", with tag and frame, and its lemma with the frame and with the kind of the content's generator.
    """
    cue = candidate.cue
    complement = complement_kind(para, cue)
    stance = cues.stance((para.lemma[cue], *companion_lemmas(para, cue)), complement)
    source = source_type(para, candidate.source, cues.people)
    share = share_quoted(candidate.content & para.quoted_mask, candidate.content)
    features = [
        f"stance={stance}", f"complement={complement}", f"stance={stance} complement={complement}",
        f"source type={source}", f"source type={source} complement={complement}",
        f"source type={source} stance={stance}", f"stance={stance} quoted={share}",
    ]  # fmt: skip
    head = content_head(para, candidate.content)
    if head is not None:
        features += (
            f"content head={para.pos[head]} {para.dep[head]}", f"content head={para.pos[head]} stance={stance}",
            f"content head tag={para.tag[head]} complement={complement}",
            f"first={para.word[first_token(candidate.content)]}",
        )  # fmt: skip
    return features + _form_features(para, candidate)


def _form_features(para: ParsedParagraph, candidate: Candidate) -> list[str]:
    """The form of the cue: auxiliaries, relation, negation, and its lemma with what it governs."""
    cue, lemma = candidate.cue, para.lemma[candidate.cue]
    children = para.children[cue]
    aux = "_".join(para.word[child] for child in children if para.dep[child] in ("aux", "auxpass"))
    kind = candidate.origin.split(" ", 1)[0]
    return [
        f"aux={aux}", f"dep={para.dep[cue]}", f"tag={para.tag[cue]} aux={aux}",
        f"dep={para.dep[cue]} frame={candidate.frame}",
        f"negated={any(para.dep[child] == 'neg' for child in children)}",
        f"lemma frame={lemma} {candidate.frame}", f"lemma kind={lemma} {kind}",
    ]  # fmt: skip


def source_type(para: ParsedParagraph, source: int | None, people: People) -> str:
    """What kind of thing the source's head token is: "nobody", "PERSON", "person noun", "document", "thing NOUN"."""
    if source is None:
        return "nobody"
    if para.pos[source] == "PRON":
        return _PRONOUNS.get(para.word[source], "he")
    if para.ent_type[source] in _SPEAKING_ENTITIES:
        return para.ent_type[source]
    lemma = para.lemma[source]
    if people.is_person(lemma) or (para.tag[source] == "NN" and people.is_person(lemma.removesuffix("s"))):  # "MPs"
        return "person noun"
    if lemma in people.organisations or lemma in people.states or lemma in people.crowds:
        return "organisation noun"
    return "document" if lemma in people.documents else f"thing {para.pos[source]}"


def content_head(para: ParsedParagraph, content: int) -> int | None:
    """The first token of the content that hangs on nothing within it."""
    for token in range(first_token(content) if content else 0, content.bit_length()):
        above = para.head[token]
        if content >> token & 1 and (above == token or not content >> above & 1):
            return token
    return None
