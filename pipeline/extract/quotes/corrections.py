"""Rules that mend what the models are known to get wrong: addressees, titles of works, whose view, quoted quotes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.next_speakers import goes_on
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token
from pipeline.extract.quotes.sentence_scope import with_next_quotation
from pipeline.extract.quotes.sources import source_mask
from pipeline.extract.quotes.sure_cues import phrase_of_account, phrase_of_opinion
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Relations of a clause that "that" opens.
_CLAUSES = frozenset({"ccomp", "relcl", "acl"})
#: Relations of what makes a verb's clause whole.
_COMPLEMENTS = frozenset({"dobj", "attr", "acomp", "ccomp", "xcomp"})
#: Relations in which the title of a work hangs on "read" or "sing".
_TITLE_RELATIONS = frozenset({"dobj", "prep", "npadvmod", "oprd"})
#: Relations of what opens a clause that needs no subject from before.
_OPENERS = SUBJECTS | {"mark", "expl", "csubj"}
#: Tags of forms that are both past tense and participle, and relations that only an active verb has.
_PAST_FORMS = frozenset({"VBD", "VBN"})
_ACTIVE = frozenset({"dobj", "dative", "ccomp", "aux"})
#: Verbs that need nobody whom they are said to, but for headlines: "Forecasters warned of gusts."
_INTRANSITIVE = frozenset({"warn"})
#: Words, at most, behind the source and cue of whoever tells of what was said: "reported on Tuesday".
_MAX_AFTER_OUTER = 3
#: Verbs by which "quoted as" tells what somebody said.
_SAYING = frozenset({"say", "tell", "claim", "warn", "state", "argue", "write", "describe", "call"})
#: Verbs of saying that somebody alone may follow: "reported to the sergeant he knew", "appealed to all he met".
_WITHOUT_CONTENT = frozenset({"report", "appeal", "submit", "agree"})
#: The cut of a source's noun phrase that drops clauses only, see ``sources.TRIMS``.
_WITHOUT_CLAUSES = 1


def drop_addressee(para: ParsedParagraph, cue: int, content: int, addressing: Collection[str]) -> int:
    """The content without whoever is spoken to: "told reporters on the quay that ..." begins at "that".

    ``content`` is a mask, ``addressing`` has the lemmas of the verbs in question. Unchanged where a verb or a quotation
    comes before "that", or there is none.
    """
    if para.lemma[cue] not in addressing:
        return content
    content = content & ~_told_passive(para, cue) or content
    for token in range(first_token(content), content.bit_length()):
        if para.pos[token] in VERBAL or para.quotation_of[token] >= 0:
            break
        opens_clause = para.dep[token] not in SUBJECTS and para.dep[para.head[token]] in _CLAUSES
        if para.word[token] == "that" and opens_clause:
            return content & ~((1 << token) - 1)
        if para.head[token] == cue and para.dep[token] == "dobj" and _tells_at_once(para, token):
            return content & ~((1 << token + 1) - 1) or content
    return content


def _told_passive(para: ParsedParagraph, cue: int) -> int:
    """Who is told: "the jury" of "the jury was told that he had left", where a clause or an infinitive tells what."""
    children = para.children[cue]
    if not any(para.dep[child] in ("ccomp", "xcomp") and child > cue for child in children):
        return 0
    return para.mask_of_subtrees([child for child in children if para.dep[child] == "nsubjpass"])


def _tells_at_once(para: ParsedParagraph, addressee: int, needs_content: bool = False) -> bool:
    """Whether a clause with a pronoun as its subject follows whoever is told: "told friends he wants to leave".

    It has all that its verb needs, unlike "told lies he liked", or nothing else can be what is told.
    """
    follows = addressee + 1
    if follows >= len(para):  # the headline "Roof fell like paper, baker tells inquest"
        return False
    verb = para.head[follows]
    is_subject = para.tag[follows] == "PRP" and para.dep[follows] in SUBJECTS
    is_whole = needs_content or any(para.dep[child] in _COMPLEMENTS for child in para.children[verb])
    return is_subject and is_whole and para.head[verb] == addressee


def drop_receiver(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> Candidate:
    """The candidate of "insisted to officers she was ill" with her clause alone as its content; others unchanged.

    The parser takes such a clause, which begins with a pronoun, for one on the officers. Verbs that need no content may
    have one there: "complained to the friend she loves".
    """
    cue = candidate.cue
    needs_content = para.lemma[cue] in words.reported - words.speaking_to - _WITHOUT_CONTENT
    if candidate.content & para.quoted_mask or not (needs_content or para.lemma[cue] in words.speaking_to):
        return candidate
    receivers = (to for to in para.children[cue] if para.word[to] == "to" and to > cue)
    for noun in (noun for to in receivers for noun in para.children[to]):
        if _tells_at_once(para, noun, needs_content):
            return replace(candidate, content=para.subtree[para.head[noun + 1]] & ~((1 << noun + 1) - 1))
    return candidate


def with_lost_subject(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> Candidate:
    """The candidate of "pointed out the reason was to save money" with "the reason" in its content; others unchanged.

    The parser takes the subject of a clause without "that" for the object of the cue.
    """
    cue, content = candidate.cue, candidate.content
    if para.lemma[cue] in words.addressing:
        return candidate
    children = para.children[cue]
    clause = next((child for child in children if para.dep[child] == "ccomp" and content >> child & 1), cue)
    lost = next((child for child in children if para.dep[child] == "dobj" and cue < child < clause), cue)
    is_open = not any(para.dep[child] in _OPENERS for child in para.children[clause])
    is_finite = any(para.finite_mask >> verb & 1 for verb in (clause, *para.children[clause]))
    if clause == cue or lost == cue or not is_open or not is_finite:
        return candidate
    start, opens = para.left_edge[lost], first_token(content)
    between = para.mask_between(start, opens) if start < opens < clause + 1 else 0
    return replace(candidate, content=content | para.subtree[lost] | between)


def part_from_outer(para: ParsedParagraph, attributions: Sequence[Candidate]) -> list[Candidate]:
    """The attributions, parted where one ends in whoever tells of it: "Brandt said it had rained, the Post reported".

    Brandt's words end before the Post, and the Post's begin with Brandt.
    """
    parted = list(attributions)
    for first, inner in enumerate(attributions):
        for second, outer in enumerate(attributions):
            if first != second and (start := _outer_start(para, parted[first], outer)):
                before = (1 << start) - 1
                parted[first] = replace(parted[first], content=parted[first].content & before)
                told = parted[first].content | inner.source_mask | 1 << inner.cue
                whole = para.mask_between(first_token(told), start)
                parted[second] = replace(parted[second], content=parted[second].content | whole)
    return parted


def _outer_start(para: ParsedParagraph, inner: Candidate, outer: Candidate) -> int:
    """Where whoever tells of the inner attribution begins, if at the end of its content; else 0.

    "Backed a plan described by critics as a sham" tells of no such: critics describe the plan alone.
    """
    if outer.source is None or para.dep[para.head[outer.source]] == "agent":
        return 0
    telling = outer.source_mask | 1 << outer.cue
    start = first_token(telling)
    is_end = not telling & ~inner.content and (inner.content >> telling.bit_length()).bit_count() <= _MAX_AFTER_OUTER
    is_told = inner.cue < start and bool(outer.content & inner.content & (1 << start) - 1)
    return start if is_end and is_told else 0


def reassign_opinion(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> Candidate:
    """The candidate of "In the view of the pilots, ..." or "By the pilots' own count, ..." with the pilots as source.

    What stands outside the phrase is then the content. Other candidates come back unchanged.
    """
    cue = candidate.cue
    content = para.mask_between(*para.sentence_bounds(cue)) & ~para.subtree[para.head[cue]]
    if not content:
        return candidate
    of = phrase_of_opinion(para, cue) if para.lemma[cue] in words.opinions else None
    if of is not None:
        source = para.subtree[of] & ~para.bit[of]
        return replace(candidate, source=para.children[of][0], source_mask=source, content=content, origin="opinion of")
    owner = phrase_of_account(para, cue) if para.lemma[cue] in words.accounts else None
    if owner is None:
        return candidate
    mask = para.subtree[owner]
    return replace(candidate, source=owner, source_mask=mask, content=content, origin="account of")


def with_participle(para: ParsedParagraph, candidate: Candidate) -> Candidate:
    """The candidate with all of its noun's clause: of "a statement praising the plan" not only "the plan"."""
    content = candidate.content & ~para.quoted_mask
    if not content or candidate.source is None:
        return candidate
    verb = para.head[first_token(content)]
    if para.dep[verb] in ("dobj", "pobj"):
        verb = para.head[verb]
    is_clause = para.dep[verb] == "acl" and para.tag[verb] == "VBG" and not candidate.content >> verb & 1
    noun = para.head[verb]
    if not is_clause or para.dep[noun] != "dobj" or para.head[noun] != candidate.cue:
        return candidate
    return replace(candidate, content=content | para.mask_between(verb, first_token(content)))


def drop_passive_subject(para: ParsedParagraph, candidate: Candidate, transitive: Collection[str]) -> Candidate:
    """The candidate of the headline "Bakery accused of fraud" with nobody as its source; others unchanged.

    ``transitive`` has the lemmas of verbs that always say who is told or accused; where such a verb is followed by "of"
    or an infinitive at once, its subject is whom it is done to, though "is" or "was" was left out. So it is where the
    verb is joined to a passive: "was fined and ordered to pay".
    """
    cue, source = candidate.cue, candidate.source
    if source is None or para.lemma[cue] not in transitive or para.tag[cue] not in _PAST_FORMS:
        return candidate
    if cue + 1 >= len(para):
        return candidate
    has_subject = para.head[source] == cue and para.dep[source] in SUBJECTS
    if not has_subject and not _is_joined_to_passive(para, cue):
        return candidate
    if para.lemma[cue] in _INTRANSITIVE and para.word[para.sentence_bounds(cue)[1] - 1] == ".":
        return candidate  # no headline
    follows = para.word[cue + 1] in ("of", "to") and para.quotation_of[cue + 1] < 0
    is_active = any(para.dep[child] in _ACTIVE for child in para.children[cue])
    return replace(candidate, source=None, source_mask=0) if follows and not is_active else candidate


def _is_joined_to_passive(para: ParsedParagraph, cue: int) -> bool:
    """Whether a verb without a subject goes on a passive: "ordered" of "was fined and ordered to pay"."""
    verb = cue
    while para.dep[verb] == "conj" and not any(para.dep[child] in SUBJECTS for child in para.children[verb]):
        verb = para.head[verb]
    return verb != cue and any(para.dep[child] == "auxpass" for child in para.children[verb])


def part_agent(para: ParsedParagraph, candidate: Candidate) -> Candidate:
    """The candidate of "was accused by her sister of lying", with "of lying" as content and no part of who accuses.

    So with "for": "was blamed by unions for hiding it". Others unchanged; for "as" see ``tell_judgment``.
    """
    source = candidate.source
    if source is None or para.dep[para.head[source]] != "agent" or para.head[para.head[source]] != candidate.cue:
        return candidate
    by = para.head[source]
    below = (child for child in para.children[source] if child > source and para.dep[child] == "prep")
    moved = next((child for child in below if _tells_of_deed(para, child)), None)
    if moved is None:
        return candidate
    mask = para.subtree[moved]
    content = candidate.content & ~para.bit[by] | mask
    if para.word[moved] == "of":
        content = mask
    return replace(
        candidate, source_mask=candidate.source_mask & ~mask, content=content & ~candidate.source_mask | mask
    )


def _tells_of_deed(para: ParsedParagraph, preposition: int) -> bool:
    is_deed = any(para.tag[child] == "VBG" for child in para.children[preposition])
    return is_deed and para.word[preposition] in ("of", "for")


def names_opinion(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> bool:
    """Whether the cue is the noun of "In the view of the pilots, ...", which says by itself whose the sentence is."""
    cue = candidate.cue
    is_opinion = para.lemma[cue] in words.opinions and phrase_of_opinion(para, cue) is not None
    return is_opinion or (para.lemma[cue] in words.accounts and phrase_of_account(para, cue) is not None)


def quotes_speech(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> bool:
    """Whether the cue is the verb of "The paper quoted Brandt as saying ..."."""
    if para.lemma[candidate.cue] not in words.quoting:
        return False
    prepositions = (child for child in para.children[candidate.cue] if para.word[child] == "as")
    return any(para.dep[child] == "pcomp" for preposition in prepositions for child in para.children[preposition])


def tells_what_follows(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> bool:
    """Whether the cue's sentence tells what somebody did after the speech: '"It will never work." Her deputy nodded.'.

    The quotation ends with a full stop, not a comma, and the verb behind it, with its subject before it, is none of the
    common ones of speaking.
    """
    cue, content = candidate.cue, candidate.content
    if not content or content & ~para.quoted_mask or content >> cue or para.word[cue] in words.speaking_forms:
        return False
    last = content.bit_length() - 1
    subject = next((child for child in para.children[cue] if para.dep[child] in SUBJECTS and child < cue), None)
    ends_sentence = last + 1 < len(para) and para.word[last + 1] == "."
    return ends_sentence and subject is not None and subject > last


def tells_of_clause(para: ParsedParagraph, candidate: Candidate, rivals: Sequence[Candidate]) -> bool:
    """Whether a participle tells of the clause before it: "Guards left, suggesting that nobody cared, Kern added"."""
    cue, source = candidate.cue, candidate.source
    is_participle = source is not None and source > cue and para.tag[cue] == "VBG"
    return is_participle and any(
        rival.cue > cue and rival.source == source and rival.content >> cue & 1 for rival in rivals
    )


def names_work(para: ParsedParagraph, candidate: Candidate, works: Collection[str]) -> bool:
    """Whether what is quoted is the title of what somebody read, wrote or sang: 'He sang "The Long Way Round"'.

    ``works`` has the lemmas of such verbs; the quotation must look like a title and hang right on the verb.
    """
    if para.lemma[candidate.cue] not in works:
        return False
    after = (child for child in para.children[candidate.cue] if child > candidate.cue)
    first = next((child for child in after if para.subtree[child] & para.quoted_mask), None)
    if first is None or para.dep[first] not in _TITLE_RELATIONS:
        return False
    quoted = para.subtree[first] & para.quoted_mask & candidate.content
    return bool(quoted) and para.shape_at(quoted) == "title"


def _find_saying(para: ParsedParagraph, candidate: Candidate) -> int | None:
    """The "saying" of "quoted Brandt as saying", by a candidate's cue: that word, or an "adding" that hangs on it."""
    cue = candidate.cue
    saying = cue if para.dep[cue] == "pcomp" else para.head[cue]
    if saying != cue:
        if not goes_on(para, candidate):
            return None
        as_children = [child for child in para.children[saying] if para.word[child] == "as" and child < cue]
        saying = next((child for above in as_children for child in para.children[above]), saying)
    return saying if para.dep[saying] == "pcomp" and para.word[para.head[saying]] == "as" else None


def find_quoted_speech(
    para: ParsedParagraph, kept: Sequence[Candidate], candidates: Sequence[Candidate], quoting: Collection[str]
) -> Iterator[Candidate]:
    """What B said where "A quoted B as saying ..., adding ...": attributions of their own, as sure as that A quotes.

    ``kept`` are the attributions so far, ``candidates`` all that were proposed, ``quoting`` the lemmas of "quote".
    """
    quoting_cues = {candidate.cue: candidate for candidate in kept if para.lemma[candidate.cue] in quoting}
    if not quoting_cues:
        return
    found = set()
    for candidate in candidates:
        cue = candidate.cue
        saying = None if cue in quoting_cues else _find_saying(para, candidate)
        verb = quoting_cues.get(para.head[para.head[saying]]) if saying is not None else None
        speaker = _quoted_speaker(para, verb.cue) if verb is not None else None
        if verb is None or speaker is None:
            continue
        found.add(saying)
        mask = source_mask(para, speaker, cue, _WITHOUT_CLAUSES)
        said = with_next_quotation(para, kept, _quoted_before(para, cue, verb.cue), cue) or candidate.content & ~mask
        yield replace(candidate, source=speaker, source_mask=mask, content=said, probability=verb.probability)
    for above in quoting_cues.values():
        saying = _saying_of(para, above.cue)
        speaker = _quoted_speaker(para, above.cue)
        if saying is None or saying in found or speaker is None:
            continue  # the models may overlook a short one: "Interlarn quoted the coastguard as saying 12 died"
        mask = source_mask(para, speaker, above.cue, _WITHOUT_CLAUSES)
        said = with_next_quotation(para, kept, _quoted_before(para, saying, above.cue), saying) or para.subtree[
            saying
        ] & ~para.mask_between(0, saying + 1)
        if said:
            yield Candidate.of_rule(saying, speaker, mask, said, "quoted as saying", above.probability)


def _quoted_speaker(para: ParsedParagraph, quoting: int) -> int | None:
    """Whom "quoted" has as its object or passive subject."""
    return next((child for child in para.children[quoting] if para.dep[child] in ("dobj", "nsubjpass")), None)


def _saying_of(para: ParsedParagraph, quoting: int) -> int | None:
    """The "saying" of "quoted Brandt as saying"."""
    below = (child for above in para.children[quoting] if para.word[above] == "as" for child in para.children[above])
    return next((child for child in below if para.dep[child] == "pcomp" and para.lemma[child] in _SAYING), None)


def quote_words_before(para: ParsedParagraph, candidate: Candidate, quoted: Sequence[Candidate]) -> Candidate:
    """The candidate of '"We are shut," the Post quoted Brandt as saying' with these words; others unchanged."""
    saying = _saying_of(para, candidate.cue)
    for inner in quoted:
        is_quoted = inner.cue == saying and not inner.content & ~para.quoted_mask
        if is_quoted and first_token(inner.content) < candidate.cue:
            return replace(candidate, content=inner.content)
    return candidate


def _quoted_before(para: ParsedParagraph, saying: int, quoting: int) -> int:
    """The quotation before '"We are shut," Brandt was quoted as saying', which has no clause behind it; else 0."""
    if any(para.dep[child] == "ccomp" for child in para.children[saying]):
        return 0
    return para.mask_between(para.sentence_bounds(quoting)[0], quoting) & para.quoted_mask


def quotes_for_nobody(para: ParsedParagraph, candidate: Candidate, quoted: Sequence[Candidate]) -> bool:
    """Whether the cue is "was quoted" with nobody who quotes, where what the person says is among the ``quoted``."""
    children = para.children[candidate.cue]
    is_passive = any(para.dep[child] == "nsubjpass" for child in children)
    has_agent = any(para.dep[child] == "agent" for child in children)
    return is_passive and not has_agent and any(para.head[para.head[other.cue]] == candidate.cue for other in quoted)
