"""Acts of speaking that share a clause: where one ends and the next begins, and whose each of them is.

"Calling it a tax and writing that it would fail", "..., with some saying that they had left", "the plan, which she
called a stunt", "The review said that, according to staff, alarms had been off". As in corrections.py, of the models'
candidates before the likeliest are chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.colon_parts import before_colon
from pipeline.extract.quotes.meaning import content_head, source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.sources import source_mask
from pipeline.extract.quotes.sure_cues import BEFORE_DEEDS, holding_verb
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.people import People
from pipeline.knowledge.reporting_words import ReportingWords

#: Probability of a cue, at least, that ends what another tells. Set by hand.
_LIKELY_CUE = 0.5
#: Tags of the form that "and" joins to one of its own, of participles, and of words that open a relative clause.
_JOINED_TAG = "VBG"
_PAST = frozenset({"VBN", "VBD"})
_PARTICIPLE = "VBN"
_RELATIVE = frozenset({"WDT", "WP"})
#: The cut of a source's noun phrase that drops clauses only, see ``sources.TRIMS``.
_WITHOUT_CLAUSES = 1
#: Kinds of sources that accuse, praise and tell: all but things, pronouns of things, and nobody.
_TELLERS = frozenset({"PERSON", "ORG", "GPE", "NORP", "person noun", "organisation noun", "he"})
_ACCORDING = "according"
#: The stance of who does not accept a claim.
_DENIES = "denies"
#: Tokens, at most, from a clause's end to the verb that goes on with it: "and also warned" has three.
_TO_JOINED = 3
#: Words, at most, of a phrase in quotation marks that nobody need have said.
_MOST_EMBEDDED = 3


def end_before_others(para: ParsedParagraph, candidates: Sequence[Candidate]) -> None:
    """End what somebody says where a participle behind "and", "with some saying" or a relative clause tells the next.

    Changes the contents of the candidates, and gives a participle behind "and" the source of the one before it.
    """
    for later in candidates:
        if later.cue_probability < _LIKELY_CUE or para.quotation_of[later.cue] >= 0:
            continue
        joint = _joint(para, later)
        if not joint:
            continue
        for candidate in candidates:
            holds = candidate.cue < joint and candidate.content & para.bit[later.cue]
            if not holds or candidate.content & para.bit[later.cue] & para.quoted_mask:
                continue
            is_joined = para.word[joint] == "and"
            if (is_joined and not _is_participle_beside(para, candidate)) or (
                para.tag[joint] in _RELATIVE
                and _tells_clause(para, candidate)
                and not _is_others(para, candidate, later)
            ):
                continue
            rest = candidate.content & ~para.mask_between(joint, para.sentence_bounds(later.cue)[1])
            if rest:
                candidate.content = rest
                if is_joined and candidate.source is not None:
                    later.source, later.source_mask = candidate.source, candidate.source_mask


def _joint(para: ParsedParagraph, later: Candidate) -> int:
    """The token at which the later act begins: "and", "with" or the relative pronoun; 0 where it is none of these."""
    verb = later.cue
    subject = next((child for child in para.children[verb] if para.dep[child] in SUBJECTS and child < verb), None)
    if para.tag[verb] == _JOINED_TAG:
        before = (verb if subject is None else para.left_edge[subject]) - 1
        is_joint = before > 0 and para.word[before] == ("and" if subject is None else "with")
        return before if is_joint else 0
    opens = para.left_edge[verb]
    is_relative = para.dep[verb] == "relcl" and para.tag[opens] in _RELATIVE and para.word[opens - 1] == ","
    return opens if is_relative else 0


def _is_participle_beside(para: ParsedParagraph, candidate: Candidate) -> bool:
    """Whether the cue is an "-ing" form whose content is none: of "admitting lying and saying" both may be admitted."""
    head = content_head(para, candidate.content)
    is_form = para.tag[candidate.cue] == _JOINED_TAG
    return is_form and head is not None and para.tag[head] != _JOINED_TAG


def _is_others(para: ParsedParagraph, candidate: Candidate, later: Candidate) -> bool:
    """Whether somebody within a relative clause says what it tells: "it was dry, which [some farmers] say is false"."""
    source = later.source
    ends = para.subtree[later.cue].bit_length() >= candidate.content.bit_length()
    return source is not None and source < later.cue and para.pos[source] in ("NOUN", "PROPN") and ends


def _tells_clause(para: ParsedParagraph, candidate: Candidate) -> bool:
    """Whether the content is a clause, whose relative clauses are told, too: "said he met the crew, who say that"."""
    head = content_head(para, candidate.content)
    return head is not None and para.dep[head] in ("ccomp", "ROOT")


def within_report(para: ParsedParagraph, candidates: Sequence[Candidate]) -> None:
    """Let what "according to" attributes within another's words end where those do: "said that, according to B, ...".

    Changes the contents of the candidates with that cue.
    """
    for inner in candidates:
        if para.word[inner.cue] != _ACCORDING:
            continue
        for outer in candidates:
            is_within = outer.cue < inner.cue and outer.content & para.bit[inner.cue]
            if is_within and inner.content & para.bit[outer.cue]:
                phrase = para.subtree[inner.cue] | inner.source_mask | para.bit[inner.cue]
                inner.content = outer.content & ~phrase or inner.content


def find_agent(para: ParsedParagraph, candidate: Candidate, people: People) -> None:
    """Give a passive cue without a source whoever stands behind "by" in its content: "accused of fraud by a rival".

    The parser often hangs the phrase on the deed. Left alone is one that a participle explains ("of being bribed by").
    """
    cue, content = candidate.cue, candidate.content
    is_passive = para.tag[cue] == _PARTICIPLE and any(para.dep[child] == "auxpass" for child in para.children[cue])
    if (
        candidate.source is not None
        or not is_passive
        or content & para.quoted_mask & para.bit[content.bit_length() - 1]
    ):
        return
    for by in range(content.bit_length() - 1, max(cue, first_token(content)) if content else cue, -1):
        if para.word[by] != "by" or not content & para.bit[by]:
            continue
        if para.tag[para.head[by]] == _PARTICIPLE and para.head[by] != cue:
            continue
        noun = next((child for child in para.children[by] if para.dep[child] == "pobj"), None)
        rest = content & ((1 << by) - 1)
        if noun is not None and rest and _is_teller(para, noun, people):
            candidate.source, candidate.content = noun, rest
            candidate.source_mask = source_mask(para, noun, cue, _WITHOUT_CLAUSES)
        return


def _is_teller(para: ParsedParagraph, noun: int, people: People) -> bool:
    """Whether a noun is somebody: by what it is, or by the name behind it ("its counterpart, Ada Brandt")."""
    is_named = any(para.dep[child] == "appos" and para.ent_type[child] == "PERSON" for child in para.children[noun])
    return is_named or source_type(para, noun, people) in _TELLERS


def drop_judged(para: ParsedParagraph, candidate: Candidate, judging: Collection[str]) -> None:
    """Leave nobody as the source of "was hired and has been credited with saving the yard": he is who is judged.

    Nor is he a part of what he is judged for: "The mayor was accused of [having lied]".
    """
    cue, source = candidate.cue, candidate.source
    if para.lemma[cue] not in judging or not any(para.dep[child] == "auxpass" for child in para.children[cue]):
        return
    is_subject = source is not None and para.dep[source] in SUBJECTS and para.dep[cue] == "conj"
    if source is not None and is_subject and para.head[source] == para.head[cue]:
        candidate.source, candidate.source_mask = None, 0
    deed = candidate.content & ~((2 << cue) - 1)
    if deed and para.word[first_token(deed)] in BEFORE_DEEDS and not candidate.content & para.quoted_mask:
        candidate.content = deed


def find_subject(para: ParsedParagraph, candidate: Candidate, people: People) -> None:
    """Give a finite active cue without a source its own subject, where that is somebody: "Forecasters warn of it"."""
    cue = candidate.cue
    if candidate.source is not None or para.tag[cue] not in ("VBD", "VBZ", "VBP"):
        return
    subject = next((child for child in para.children[cue] if para.dep[child] == "nsubj" and child < cue), None)
    if subject is None and para.dep[cue - 1] == "compound" and para.head[cue - 1] == cue:
        subject = cue - 1  # "the affidavit states that", where the parser knows no affidavit
    if subject is not None and para.quotation_of[subject] < 0 and _may_tell(para, subject, people):
        start = para.left_edge[cue] if para.dep[subject] == "compound" else cue
        mask = source_mask(para, subject, cue, _WITHOUT_CLAUSES) | para.mask_between(start, cue)
        candidate.source, candidate.source_mask = subject, mask
        candidate.content &= ~mask


def _may_tell(para: ParsedParagraph, subject: int, people: People) -> bool:
    return _is_teller(para, subject, people) or source_type(para, subject, people) == "document"


def find_told_of(para: ParsedParagraph, candidate: Candidate, people: People) -> None:
    """Give a cue that the parser hangs on a relative clause the noun before that: "The group that runs it announced".

    The sentence then has no main verb: its root is the noun.
    """
    cue = candidate.cue
    if candidate.source is not None or para.dep[cue] != "acl" or para.tag[cue] not in _PAST:
        return
    low = para.sentence_bounds(cue)[0]
    root = next((token for token in range(low, cue) if para.head[token] == token), cue)
    is_within = any(para.dep[child] == "relcl" and para.subtree[child] >> cue & 1 for child in para.children[root])
    has_clause = any(para.dep[child] == "ccomp" and child > cue for child in para.children[cue])
    if root < cue and is_within and has_clause and _is_teller(para, root, people):
        candidate.source, candidate.source_mask = root, para.mask_between(para.left_edge[root], cue)


def find_holder(para: ParsedParagraph, candidate: Candidate, words: ReportingWords, people: People) -> None:
    """Give a noun for a proposition without a source whoever holds it: "took the view that", "is of the opinion that".

    That is the subject of a verb of ``words.holding``, or of "is" before "of".
    """
    noun = candidate.cue
    if candidate.source is not None or para.lemma[noun] not in words.proposition_nouns | words.requests:
        return
    verb = holding_verb(para, noun, words)
    if verb is None or para.quotation_of[verb] >= 0:
        return
    subject = next((child for child in para.children[verb] if para.dep[child] == "nsubj" and child < verb), None)
    if subject is not None and _is_teller(para, subject, people):
        candidate.source, candidate.source_mask = subject, source_mask(para, subject, noun, _WITHOUT_CLAUSES)


def without_holding(para: ParsedParagraph, candidates: Sequence[Candidate], words: ReportingWords) -> list[Candidate]:
    """The candidates but for "held out" where "hope that ..." is another's cue: one tells what the other does."""
    nouns = words.proposition_nouns | words.requests
    held = set()
    for candidate in candidates:
        verb = holding_verb(para, candidate.cue, words) if para.lemma[candidate.cue] in nouns else None
        if verb is not None and candidate.source in para.children[verb]:
            held.add(verb)
    return [candidate for candidate in candidates if candidate.cue not in held]


def with_raised(para: ParsedParagraph, candidate: Candidate, raising: Collection[str]) -> None:
    """Add the infinitive behind whoever says so: "Prices are forecast by the bank [to rise]"; he does not."""
    cue, source = candidate.cue, candidate.source
    is_passive = para.tag[cue] == _PARTICIPLE and any(para.dep[child] == "nsubjpass" for child in para.children[cue])
    if source is None or not is_passive or para.lemma[cue] not in raising or para.head[para.head[source]] != cue:
        return
    subject = next(child for child in para.children[cue] if para.dep[child] == "nsubjpass")
    if not candidate.content or candidate.content & ~para.subtree[subject]:
        return
    for verb in (*para.children[cue], *para.children[source]):
        particles = (child for child in para.children[verb] if para.dep[child] == "aux")
        if verb > source and any(para.word[child] == "to" for child in particles):
            candidate.content |= para.subtree[verb]
            candidate.source_mask &= ~para.subtree[verb]
            return


def drop_raised(para: ParsedParagraph, candidate: Candidate, raising: Collection[str]) -> None:
    """Make the subject of "Three men are thought to be inside" part of what is thought: they are nobody's source."""
    cue, source = candidate.cue, candidate.source
    if source is None or para.dep[source] != "nsubjpass" or para.head[source] != cue or para.lemma[cue] not in raising:
        return
    children = [child for child in para.children[cue] if child > cue]
    if any(para.word[child] == "by" for child in children):  # "is said by critics to be lazy"
        return
    if candidate.content and any(para.dep[child] == "xcomp" for child in children):
        candidate.content |= candidate.source_mask
        candidate.source, candidate.source_mask = None, 0


def drop_expletive(para: ParsedParagraph, candidate: Candidate, emerging: Collection[str]) -> None:
    """Take the "it" of "It emerged that the guard had slept" from the candidate: nobody says so.

    ``emerging``: lemmas of such verbs. What is told may also stand before: "The guard had slept, it emerged".
    """
    cue, source = candidate.cue, candidate.source
    if source is None or para.word[source] != "it" or para.lemma[cue] not in emerging or para.head[source] != cue:
        return
    if any(para.dep[child] == "ccomp" for child in para.children[cue]):
        candidate.source, candidate.source_mask = None, 0


def drop_denier(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> None:
    """Take whoever rejects it from the claim of "The firm rejected claims that it had lied": others made it."""
    cue, source = candidate.cue, candidate.source
    verb = para.head[cue]
    if source is None or para.pos[cue] != "NOUN" or para.dep[cue] not in ("dobj", "pobj"):
        return
    if para.head[source] == verb and cues.stance((para.lemma[verb],)) == _DENIES:
        candidate.source, candidate.source_mask = None, 0


def find_clause_subject(para: ParsedParagraph, candidate: Candidate, people: People) -> None:
    """Give a cue its own clause's subject: of "Shares fell after the airline cut its forecast and warned of a loss".

    The parser joins "warned" to "fell"; but shares, prices and oil say nothing.
    """
    cue, source = candidate.cue, candidate.source
    above = para.head[cue]
    if source is None or para.dep[cue] != "conj" or para.head[source] != above:
        return
    if para.pos[source] == "PRON" or source_type(para, source, people) in _TELLERS | {"document"}:
        return
    clauses = [child for child in para.children[above] if para.dep[child] == "advcl" and above < child < cue]
    subjects = (child for clause in clauses[-1:] for child in para.children[clause] if para.dep[child] == "nsubj")
    subject = next(subjects, None)
    is_next = bool(clauses) and cue - para.right_edge[clauses[-1]] <= _TO_JOINED
    if subject is not None and is_next and _is_teller(para, subject, people):
        candidate.source, candidate.source_mask = subject, source_mask(para, subject, cue, _WITHOUT_CLAUSES)
        candidate.content &= ~candidate.source_mask


def drop_copula(para: ParsedParagraph, candidate: Candidate) -> None:
    """Take the verb from "Their hope [is] that the bees will return", whose cue is the noun; so with "is growing"."""
    cue, content = candidate.cue, candidate.content
    verb = para.head[cue]
    if para.dep[cue] != "nsubj" or para.pos[cue] != "NOUN" or not content & para.bit[verb]:
        return
    rest = content & ~((2 << verb) - 1)
    clause = next((child for child in para.children[verb] if child > verb and para.dep[child] == "ccomp"), None)
    if rest and clause is not None and para.word[para.left_edge[clause]] == "that":
        candidate.content = rest


def without_subject(para: ParsedParagraph, cue: int, source: int | None, content: int) -> int:
    """The content without what describes whoever says it: "Guests [who stay on] often ask why it is cold"."""
    if source is None or source > cue or para.dep[source] != "nsubj" or para.head[source] != cue:
        return content
    return content & ~(before_colon(para, para.subtree[source], source) & ~para.quoted_mask) or content


def part_later_quotations(para: ParsedParagraph, candidate: Candidate) -> Candidate:
    """The candidate without quotations of later sentences, where it tells a clause behind its cue in its own words.

    'Brandt said it was over. "We tried."': what stands in the next sentence is a claim of its own.
    """
    cue, content = candidate.cue, candidate.content
    low, high = para.sentence_bounds(cue)
    embedded = _embedded_phrases(para, content, low, high)
    if embedded and content & ~embedded:
        content &= ~embedded
        candidate = replace(candidate, content=content)
    later = content >> high << high
    own = content & ~later
    is_clause = own and first_token(own) > cue and para.quotation_of[first_token(own)] < 0
    if not is_clause or not later or later & ~para.quoted_mask or own & para.quoted_mask & later:
        return candidate
    numbers = {para.quotation_of[token] for token in range(high, later.bit_length()) if later >> token & 1}
    if any(para.quotation_masks[number] & own for number in numbers):  # begun in the cue's own sentence
        return candidate
    return replace(candidate, content=own)


def _embedded_phrases(para: ParsedParagraph, content: int, low: int, high: int) -> int:
    """Quotations that only quote a phrase, of other sentences than [low, high): 'The law protects "known worth".'"""
    embedded = 0
    for number, mask in enumerate(para.quotation_masks):
        is_short = 0 < mask.bit_count() <= _MOST_EMBEDDED
        if not is_short or not content & mask or para.shapes[number] not in ("phrase", "title"):
            continue
        first = first_token(mask)
        before = para.mask_between(para.sentence_bounds(first)[0], first)
        is_outside = mask.bit_length() <= low or first >= high
        embedded |= mask if is_outside and before and not before & content else 0
    return embedded


def without_feeling(para: ParsedParagraph, cue: int, content: int, words: ReportingWords) -> int:
    """The content without what is felt, where a phrase tells of what: "raised security concerns [over the dam]"."""
    first = first_token(content) if content else -1
    if para.lemma[cue] not in words.voicing_feelings or first < cue or para.quotation_of[first] >= 0:
        return content
    for noun in para.children[cue]:
        if noun < first or para.dep[noun] != "dobj" or para.lemma[noun] not in words.feelings:
            continue
        after = (child for child in para.children[noun] if child > noun and para.dep[child] == "prep")
        phrase = next((child for child in after if content & para.bit[child]), None)
        if phrase is not None and para.left_edge[noun] == first:
            return content & ~((1 << phrase) - 1)
    return content
