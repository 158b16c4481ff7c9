"""What somebody is told to say, think or want within what another one says: "The paper said [the union hopes to win]".

The models, of which each weighs one attribution against the others, give the inner one too little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.complements import companion_lemmas, complement_kind
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token
from pipeline.extract.quotes.ranking import propose_attributions
from pipeline.extract.quotes.wills import prescribes
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.reporting_words import ReportingWords

#: Probability of an attribution within another's content, and what it must have of the models' own, and its cue's. By
#: models that had not seen the article, six of eight such are right in gold/claims.
_PROBABILITY = 0.5
SURE_PROBABILITY = 0.6
_LEAST, _LEAST_CUE = 0.08, 0.4
#: How likely a cue is that its verb, subject and clause tell, for the choice of its content.
SURE_CUE = 0.8
#: Relations of the clause or infinitive that it has.
_CLAUSES = frozenset({"ccomp", "xcomp"})
#: Kinds of clause that tell what somebody says or wants, see complement_kind.
_TELLING = frozenset({"that", "ought", "whether", "to", "object to"})
#: Relations of objects, tags of relative pronouns, and that of "-ing" forms.
_OBJECTS = frozenset({"dobj", "dative"})
_RELATIVE = frozenset({"WDT", "WP"})
_PARTICIPLE = "VBG"
#: Probability of the source, at least, from which on the verb's form decides.
_SURE_SOURCE = 0.6
#: Words that open a clause that only supposes something, and tags of verbs that do, of "to", and of "how" and "why".
_CONDITIONS = frozenset({"if", "unless", "whether", "until", "when", "before", "as"})
_SUPPOSING = frozenset({"MD", "TO", "WRB"})
#: Prepositions before what somebody is taken or blamed for.
_BEFORE_JUDGMENT = frozenset({"as", "for", "of", "with"})
#: Verbs with an adjective, and parts of speech of others; relations and tags of what stands behind a passive: "reported
#: missing", "feared dead".
_COPULAS = frozenset({"be", "remain"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_STATES = frozenset({"oprd", "acomp", "xcomp", "ccomp", "advcl"})
_STATE_TAGS = frozenset({"JJ", "VBN", "VBG"})
#: Words that join quotations.
_JOINING = frozenset({"and", "or"})
#: Pronouns of whoever speaks and is spoken to, whose words are those around, and of nobody.
_NOT_OTHERS = frozenset({"i", "me", "we", "us", "you", "what"})


def find_reported(
    para: ParsedParagraph, candidates: Sequence[Candidate], kept: Sequence[Candidate], cues: Cues
) -> list[Candidate]:
    """The attributions that lie in the content of one that is kept, in the order of their cues.

    Those of the ``candidates`` that are not ``kept``, and have a clause or an infinitive, and a noun as their source:
    that tells of another. Besides those of verbs of saying, thinking and wanting with a subject and a clause, in the
    passive also nobody's: "was said to be ill". None where the outer one denies it: "She denied that the firm plans to
    close" tells of no plan.
    """
    cue_tokens = {candidate.cue for candidate in kept}
    kept = [candidate for candidate in kept if not _denies(para, candidate, cues)]
    likely = {
        candidate.cue: replace(candidate, probability=max(candidate.probability, _PROBABILITY))
        for candidate in candidates
        if candidate.cue not in cue_tokens
        and candidate.probability >= _LEAST
        and candidate.cue_probability >= _LEAST_CUE
        and not _CLAUSES.isdisjoint(candidate.frame.split("+"))
        and _is_told_by_other(para, candidate, kept)
    }
    told = 0
    for candidate in kept:
        told |= candidate.content
    verbs = find_reporting_verbs(para, told & ~para.quoted_mask, cues.words)
    sure = {verb: SURE_CUE for verb in verbs if verb not in cue_tokens and verb not in likely}
    if sure:
        for candidate in propose_attributions(para, cues.models, cues.words, sure):
            candidate.content = _without_outer(para, candidate.content, kept)
            is_passive = any(para.dep[child] == "nsubjpass" for child in para.children[candidate.cue])
            if (candidate.source is not None or is_passive) and _lies_within(para, candidate, kept):
                likely[candidate.cue] = replace(candidate, probability=SURE_PROBABILITY)
    return [likely[cue] for cue in sorted(likely)]


def _without_outer(para: ParsedParagraph, content: int, kept: Sequence[Candidate]) -> int:
    """The content without the cue of an attribution that ends it: "they were undecided[, according to] the poll"."""
    for outer in kept:
        if content >> outer.cue & 1 and content & outer.content and not outer.content >> outer.cue:
            content &= outer.content
    return content


def is_plain_report(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether a verb of saying, thinking or wanting has a clause, or somebody as its subject and what he wants.

    "a letter alleging that the pool had leaked", "The doctors recommend a long rest": the form tells it, whatever the
    models say. Only what follows the verb counts.
    """
    cue, content, source = candidate.cue, candidate.content, candidate.source
    if para.pos[cue] not in VERBAL or not content or _is_supposed(para, cue):
        return False
    words, lemma = cues.words, para.lemma[cue]
    if para.word[cue] in words.speaking_forms | words.lettering and _opens_quotation(para, cue, content):
        return source is not None
    if (lemma in words.finding and _is_of_record(para, candidate, words)) or _is_found_to_be(para, cue, words):
        return True
    if complement_kind(para, cue) == "to" and prescribes(para, candidate, cues):
        return True
    if lemma in words.reported and complement_kind(para, cue) in _TELLING:
        return _is_sure_source(para, candidate, cues)
    if source is not None and para.dep[para.head[source]] == "agent" and para.head[para.head[source]] == cue:
        return lemma in words.voicing and _is_judged(para, cue)  # "was dubbed a fool by locals"
    if source is None or para.tag[source] in _RELATIVE or first_token(content) < cue:
        return False
    first = first_token(content)
    is_bare = para.pos[first] == "PRON" and not content & para.quoted_mask and not _is_judged(para, cue)
    if is_bare or para.dep[first] == "mark" or para.head[source] != cue or para.dep[source] != "nsubj":
        return False
    is_object = content.bit_count() > 1 and _is_object(para, cue, first, words.voicing)
    return is_object and not source_type(para, source, cues.people).startswith("thing")


def _is_of_record(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> bool:
    """Whether a record tells what the verb's clause or object does: "a study that found that half are lit", "in figures
    of the guild, which show that sales fell", "logs showing that they had called", "data that show a fall".
    """
    cue, records = candidate.cue, words.records
    shows = para.word[cue] in words.showing_forms and any(para.dep[child] == "dobj" for child in para.children[cue])
    if not (shows or complement_kind(para, cue) == "that") or first_token(candidate.content) < cue:
        return False
    noun = _teller(para, cue)
    if noun is None:
        return False
    above = para.head[para.head[noun]] if para.dep[noun] == "pobj" else noun
    return para.lemma[noun] in records or para.lemma[above] in records


def _teller(para: ParsedParagraph, verb: int) -> int | None:
    """The noun that is the verb's subject, or that its relative clause or participle describes; None for none."""
    if para.dep[verb] == "acl" and para.tag[verb] == _PARTICIPLE:
        return para.head[verb]
    subject = next((child for child in para.children[verb] if para.dep[child] == "nsubj"), None)
    is_relative = subject is not None and para.tag[subject] in _RELATIVE
    if is_relative:
        return para.head[verb] if para.dep[verb] == "relcl" else None
    return subject


def _is_judged(para: ParsedParagraph, cue: int) -> bool:
    """Whether what somebody is taken or blamed for follows: "cast him as a villain", "blamed her for the loss"."""
    return any(
        child > cue and (para.dep[child] == "oprd" or para.word[child] in _BEFORE_JUDGMENT)
        for child in para.children[cue]
    )


def _opens_quotation(para: ParsedParagraph, cue: int, content: int) -> bool:
    """Whether the content is a quotation right behind the verb, or several: "a sign reading “Out” and “Danger”"."""
    first = first_token(content)
    is_next = not any(para.bit[token] for token in range(cue + 1, first))
    others = content & ~para.quoted_mask
    is_quoted = all(para.word[token] in _JOINING for token in range(others.bit_length()) if others >> token & 1)
    return first > cue and is_next and is_quoted and bool(content & para.quoted_mask) and content.bit_count() > 1


def _is_sure_source(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether the source is the verb's own subject or the noun that its participle describes, or the verb is passive.

    Not so of "what promises to be a cold winter" and of "is meant to last", which tell of nobody's words.
    """
    cue, source = candidate.cue, candidate.source
    is_reduced = para.dep[cue] == "acl" and para.tag[cue] == "VBN"  # "a man believed to have fled"
    if is_reduced or any(para.dep[child] in ("nsubjpass", "auxpass") for child in para.children[cue]):
        return cues.stance((para.lemma[cue],), complement_kind(para, cue)) != "intends"
    if source is None or para.word[source] == "what" or first_token(candidate.content) < cue:
        return False
    is_own = para.head[source] == cue and para.dep[source] == "nsubj"
    return is_own or (para.dep[cue] in ("acl", "advcl", "conj") and candidate.source_probability >= _SURE_SOURCE)


def _is_object(para: ParsedParagraph, cue: int, first: int, voicing: Collection[str]) -> bool:
    """Whether the token begins what the verb has as its object, with a preposition where ``voicing`` has that one."""
    for child in para.children[cue]:
        if child < cue or first not in (
            para.left_edge[child],
            *(para.left_edge[below] for below in para.children[child]),
        ):
            continue
        if para.dep[child] in _OBJECTS:
            return para.lemma[cue] in voicing
        if para.dep[child] == "prep":
            return f"{para.lemma[cue]} {para.word[child]}" in voicing
    return False


def _denies(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether somebody says that it is not so, or does not say it."""
    cue = candidate.cue
    stance = cues.stance((para.lemma[cue], *companion_lemmas(para, cue)), complement_kind(para, cue))
    return stance == "denies" or any(para.dep[child] == "neg" for child in para.children[cue])


def _is_told_by_other(para: ParsedParagraph, candidate: Candidate, kept: Sequence[Candidate]) -> bool:
    """Whether a candidate has a noun as its source, lies within another's words, and is not only supposed there."""
    is_noun = candidate.source is not None and para.pos[candidate.source] in ("NOUN", "PROPN")
    return is_noun and not _is_supposed(para, candidate.cue) and _lies_within(para, candidate, kept)


def _lies_within(para: ParsedParagraph, candidate: Candidate, kept: Sequence[Candidate]) -> bool:
    """Whether cue, source and content all lie in the content of one that is kept, and outside quotation marks."""
    words = para.bit[candidate.cue] | candidate.source_mask | candidate.content
    is_quoted = bool(words & para.quoted_mask) or not candidate.content
    return not is_quoted and any(not words & ~outer.content for outer in kept)


def find_reporting_verbs(para: ParsedParagraph, told: int, words: ReportingWords) -> Iterator[int]:
    """Verbs of ``words.reported`` in the mask ``told``, by whose form it is certain that another says what follows."""
    for verb, lemma in enumerate(para.lemma):
        kind = complement_kind(para, verb)
        is_reported = (lemma in words.reported and kind in _TELLING) or (lemma in words.admitting and kind == "ing")
        is_told = is_reported or _tells_feeling(para, verb, words)
        if not is_told or para.pos[verb] not in VERBAL or not told & para.bit[verb]:
            continue
        if _has_speaker(para, verb, told) and not _is_supposed(para, verb):
            yield verb


def _tells_feeling(para: ParsedParagraph, verb: int, words: ReportingWords) -> bool:
    """Whether others are said to fear or believe something: "residents are worried that it will flood".

    Not "he", who mostly is the one who says so.
    """
    if para.lemma[verb] not in _COPULAS:
        return False
    children = para.children[verb]
    adjectives = [child for child in children if para.dep[child] == "acomp" and para.lemma[child] in words.convinced]
    has_clause = any(complement_kind(para, token) == "that" for adjective in adjectives for token in (adjective, verb))
    return has_clause and any(para.dep[child] == "nsubj" and para.pos[child] in _NOUNS for child in children)


def _is_found_to_be(para: ParsedParagraph, cue: int, words: ReportingWords) -> bool:
    """ "Eleven people were reported missing", "hundreds are feared drowned": how somebody is said to be."""
    children = para.children[cue]
    is_passive = any(para.dep[child] == "nsubjpass" for child in children)
    states = (child for child in children if child == cue + 1 and para.dep[child] in _STATES)
    is_state = any(para.tag[child] in _STATE_TAGS and not para.children[child] for child in states)
    return is_passive and is_state and para.lemma[cue] in words.raising


def _has_speaker(para: ParsedParagraph, verb: int, told: int) -> bool:
    """Whether the verb has a subject in the mask ``told``, active or passive, who is not the one who speaks."""
    subjects = (child for child in para.children[verb] if para.dep[child] in ("nsubj", "nsubjpass") and child < verb)
    subject = next(subjects, None)
    return subject is not None and bool(told & para.bit[subject]) and para.word[subject] not in _NOT_OTHERS


def _is_supposed(para: ParsedParagraph, verb: int) -> bool:
    """Whether the verb tells what may be or how it is: "if the union agreed", "for it to ask", "how people want"."""
    return any(
        para.tag[child] in _SUPPOSING or (child < verb and para.word[child] in _CONDITIONS)
        for child in para.children[verb]
    )
