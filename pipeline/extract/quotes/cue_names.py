"""Names of the features of the model "cue", the keys of models/quotes.txt, section [cue].

Each also counts with the cue's lemma as context. Renaming one here orphans its weight there.
"""

from __future__ import annotations


def name_form(pos: str, tag: str, dep: str, frame: str, aux: str) -> list[str]:
    """What the token is: "1" (always), "pos=", "tag=", "dep=", "frame=ccomp+dobj", "aux=has_been", and pairs."""
    return [
        "1", f"pos={pos}", f"tag={tag}", f"dep={dep}", f"frame={frame}", f"pos={pos} {dep} frame={frame}",
        f"aux={aux}", f"tag={tag} aux={aux} frame={frame}",
    ]  # fmt: skip


def name_word(ending: str, word: str) -> list[str]:
    """The word: "ending=" (last three letters of the lemma), "word="."""
    return [f"ending={ending}", f"word={word}"]


def name_child(dep: str, lemma: str) -> list[str]:
    """A child of the cue: "has=dobj"; "prep=to" where its word is often one of few (else ``lemma`` is empty)."""
    return [f"has={dep}", f"{dep}={lemma}"] if lemma else [f"has={dep}"]


def name_quoted_child(dep: str, shape: str) -> list[str]:
    """A child that holds quoted words: "quoted=ccomp" and "quoted=ccomp sentence" (the quotation's shape)."""
    return [f"quoted={dep}", f"quoted={dep} {shape}"]


def name_below_object(dep: str, lemma: str, relation: str, word: str) -> list[str]:
    """What hangs on an object: "dobj=warning acl=", "dobj acl"; a preposition with its word: "dobj=call prep=for"."""
    return [f"{dep}={lemma} {relation}={word}", f"{dep} {relation}"]


def name_object_kind(dep: str, pos: str, entity: str, tag: str) -> list[str]:
    """What an object is: "dobj kind=NOUN PERSON" (entity label, empty for none), "dobj tag=NNS"."""
    return [f"{dep} kind={pos} {entity}", f"{dep} tag={tag}"]


def name_determiner(dep: str, word: str) -> list[str]:
    """What stands before an object: "dobj det=the"."""
    return [f"{dep} det={word}"]


def name_below_preposition(lemma: str, dep: str, pos: str, entity: str) -> list[str]:
    """What a preposition governs: "to over pobj NOUN " (preposition, relation, part of speech, entity label)."""
    return [f"{lemma} over {dep} {pos} {entity}"]


def name_conjunct(lemma: str) -> list[str]:
    """What the cue is joined to by "and": "conj=add"."""
    return [f"conj={lemma}"]


def name_clause_auxiliary(dep: str, word: str) -> list[str]:
    """An auxiliary or negation inside a complement clause: "ccomp aux=will" or "ccomp aux=not"."""
    return [f"{dep} aux={word}"]


def name_clause_subject(dep: str, pos: str, entity: str) -> list[str]:
    """The subject inside a complement clause: "ccomp subject=PRON "."""
    return [f"{dep} subject={pos} {entity}"]


def name_clause_mark(dep: str, mark: str, side: str, pos: str, tag: str) -> list[str]:
    """How a clause opens and where it stands: "ccomp mark=that", "ccomp after VERB", "ccomp mark=that VBD"."""
    features = [f"{dep} mark={mark}", f"{dep} {side} {pos}"]
    return [*features, f"ccomp mark={mark} {tag}"] if dep == "ccomp" else features


def name_clause_lemma(dep: str, lemma: str) -> list[str]:
    """The verb of a clause: "ccomp lemma=close"."""
    return [f"{dep} lemma={lemma}"]


def name_own_subject(above: str, way: str, dep: str, side: str) -> list[str]:
    """A subject of its own: "above=want by xcomp", verb above and relations up to it; "subject nsubj before"."""
    return [f"above={above} by {way}", f"subject {dep} {side}"]


def name_no_subject(above: str, way: str) -> list[str]:
    """A cue without: "under=want by xcomp", "by xcomp"."""
    return [f"under={above} by {way}", f"by {way}"]


def name_mark_without_subject(word: str, way: str) -> list[str]:
    """A mark or auxiliary of a cue without a subject: "no subject, to by xcomp"."""
    return [f"no subject, {word} by {way}"]


def name_nobody() -> list[str]:
    """Nobody acts."""
    return ["nobody"]


def name_subject_kind(pos: str, entity: str, is_own: bool) -> list[str]:
    """What the subject is, also one that the verb above lends: "subject=NOUN ORG", "subject own=True NOUN ORG"."""
    return [f"subject={pos} {entity}", f"subject own={is_own} {pos} {entity}"]


def name_subject_lemma(lemma: str) -> list[str]:
    """Its lemma: "subject=ministry"."""
    return [f"subject={lemma}"]


def name_pronoun_subject(word: str, frame: str) -> list[str]:
    """A pronoun: "subject=it frame=ccomp"."""
    return [f"subject={word} frame={frame}"]


def name_subject_quoted() -> list[str]:
    """The subject stands in quotation marks."""
    return ["subject quoted"]


def name_subject_entity(entity: str) -> list[str]:
    """The label of a name that hangs on the subject: "subject holds PERSON"."""
    return [f"subject holds {entity}"]


def name_quoted_words(in_sentence: int, in_paragraph: int, is_here: bool) -> list[str]:
    """ "quoted words=6": in its sentence; "quoted words in paragraph=True 10": whether any are in the sentence, and how
    many in the paragraph (buckets).
    """
    return [f"quoted words={in_sentence}", f"quoted words in paragraph={is_here} {in_paragraph}"]


def name_near_quotation(side: str, distance: int, is_near: bool, shape: str) -> list[str]:
    """The nearest quotation on one side: "quotation after 2" (tokens away, bucket), "quotation after near=True" (fewer
    than four) and "quotation after sentence near=True" (with its shape).
    """
    return [
        f"quotation {side} {distance}", f"quotation {side} near={is_near}", f"quotation {side} {shape} near={is_near}",
    ]  # fmt: skip


def name_word_before(word: str) -> list[str]:
    """ "last=has" ("^" at the paragraph's start)."""
    return [f"last={word}"]


def name_word_after(word: str) -> list[str]:
    """ "next=that" ("$" at the paragraph's end)."""
    return [f"next={word}"]


def name_second_word(word: str) -> list[str]:
    """The second word behind it: "second=the"."""
    return [f"second={word}"]


def name_neighbour_tags(before: str, after: str) -> list[str]:
    """ "next tag=IN", "last tag=VBZ"."""
    return [f"next tag={after}", f"last tag={before}"]


def name_place(pos: str, length: int, before: int, after: int) -> list[str]:
    """ "sentence=16" (its length), "at=2 VERB" and "rest=10 VERB" (tokens before and after it; buckets)."""
    return [f"sentence={length}", f"at={before} {pos}", f"rest={after} {pos}"]


def name_colon_place(before: int) -> list[str]:
    """ "colon at=2": tokens before it in the sentence (bucket)."""
    return [f"colon at={before}"]


def name_before_colon(pos: str, entity: str) -> list[str]:
    """The token before a colon: "colon after PROPN" and "colon after PERSON"."""
    return [f"colon after {pos}", f"colon after {entity}"]


def name_after_colon(pos: str, is_quoted: bool) -> list[str]:
    """The token after a colon, and whether a quotation opens there: "colon before PRON quoted=True"."""
    return [f"colon before {pos} quoted={is_quoted}"]
