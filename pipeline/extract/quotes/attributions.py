"""The attributions of a paragraph: the models propose and choose, rules mend what they are known to get wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.extract.quotes.absolutes import drop_manner, find_companion
from pipeline.extract.quotes.all_said import add_all_said
from pipeline.extract.quotes.before_that import begin_at_that
from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.clause_tails import complete_clauses
from pipeline.extract.quotes.colon_parts import join_colon_parts
from pipeline.extract.quotes.control import begin_at_deed, mend_control
from pipeline.extract.quotes.corrections import (
    drop_passive_subject,
    drop_receiver,
    find_quoted_speech,
    names_opinion,
    names_work,
    part_agent,
    part_from_outer,
    quote_words_before,
    quotes_for_nobody,
    quotes_speech,
    reassign_opinion,
    tells_of_clause,
    tells_what_follows,
    with_lost_subject,
    with_participle,
)
from pipeline.extract.quotes.credits import is_credit
from pipeline.extract.quotes.cues import complement_frame
from pipeline.extract.quotes.dealings import without_outlooks
from pipeline.extract.quotes.document_clauses import rate_document_clauses
from pipeline.extract.quotes.edges import complete_quotations
from pipeline.extract.quotes.expectations import add_expectations
from pipeline.extract.quotes.final_attributions import add_final_attributions, add_quoted_speakers
from pipeline.extract.quotes.gerunds import find_controller
from pipeline.extract.quotes.hearers import drop_hearer, tell_heard
from pipeline.extract.quotes.hearsay import add_hearsay
from pipeline.extract.quotes.inverted import add_inverted
from pipeline.extract.quotes.issued_documents import name_issuers, name_received
from pipeline.extract.quotes.joined_verbs import end_before_joined, end_reported
from pipeline.extract.quotes.judgments import tell_judgment
from pipeline.extract.quotes.listings import add_listings
from pipeline.extract.quotes.member_sources import with_member
from pipeline.extract.quotes.middle_attributions import mend_middle
from pipeline.extract.quotes.misread_verbs import add_misread
from pipeline.extract.quotes.named_remarks import part_remarks
from pipeline.extract.quotes.next_speakers import end_before_answers, end_before_next_turn, end_before_own_words
from pipeline.extract.quotes.openings import with_opening_condition
from pipeline.extract.quotes.overlaps import suppress_overlaps
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.participles import find_adder
from pipeline.extract.quotes.per_sources import add_per
from pipeline.extract.quotes.phases import with_governed_verb, without_reaching
from pipeline.extract.quotes.quoted_cues import add_quoted_cues
from pipeline.extract.quotes.quoted_persons import with_quoted_person
from pipeline.extract.quotes.ranking import (
    choose_source,
    comparable,
    cue_probabilities,
    propose_attributions,
    rescore,
)
from pipeline.extract.quotes.refused_comments import add_silences
from pipeline.extract.quotes.rejections import is_no_claim
from pipeline.extract.quotes.relative_reports import end_at_main_verb
from pipeline.extract.quotes.reported import find_reported, is_plain_report
from pipeline.extract.quotes.resumed_claims import deny_resumed
from pipeline.extract.quotes.sentence_scope import (
    add_continuations,
    cover_sentence,
    join_parted,
    with_adjacent_quotation,
)
from pipeline.extract.quotes.shared_clauses import (
    drop_copula,
    drop_denier,
    drop_expletive,
    drop_judged,
    drop_raised,
    end_before_others,
    find_agent,
    find_clause_subject,
    find_holder,
    find_subject,
    find_told_of,
    part_later_quotations,
    with_raised,
    within_report,
    without_holding,
)
from pipeline.extract.quotes.source_remarks import end_before_comparison, part_clause, part_source_remark
from pipeline.extract.quotes.spoken_runs import drop_narration, end_at_quotation, end_at_reporter, with_title
from pipeline.extract.quotes.subject_parentheses import add_subject_parentheses
from pipeline.extract.quotes.sure_cues import find_sure_cues, seems_to_tell, told_by_form
from pipeline.extract.quotes.thin_contents import is_thin
from pipeline.extract.quotes.time_sources import drop_time
from pipeline.extract.quotes.viewpoints import add_viewpoints
from pipeline.extract.quotes.whole_bodies import with_whole_body
from pipeline.knowledge.cues import Cues

#: Probability of a cue that somebody added to models/cues.toml, which the models have not seen.
_ADDED_CUE_PROBABILITY = 0.8
#: Probability, at least, of cues that somebody added, and of "in the view of ..." and "quoted ... as saying", which say
#: by themselves what they are.
_CERTAIN_PROBABILITY = 0.7
#: The same of cues that say by their form what they are: of 15 nouns before a clause in gold/claims nine are claims,
#: five borderline.
_SURE_PROBABILITY = 0.5
#: The same of verbs of saying, thinking and wanting with a clause, or with somebody as their subject and an object.
_PLAIN_PROBABILITY = 0.4
#: The highest probability of "is expected to": 13 of 15 are borderline in gold/claims, none is a claim.
_OUTLOOK_PROBABILITY = 0.5
#: Words, at least, of a quotation behind a colon that is somebody's words: a shorter one is a name or a label.
_FEWEST_INTRODUCED = 3
#: Parts of speech in a speaker's name with what stands before it.
_NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN"})
#: Probability of the attribution that introduces a quotation by a colon.
_INTRODUCED_PROBABILITY = 0.8
#: The same where the likeliest cue of the sentence before the colon has less than this.
_LIKELY_CUE = 0.3
_DOUBTFUL_PROBABILITY = 0.6


def find_attributions(para: ParsedParagraph, cues: Cues) -> list[Candidate]:
    """The attributions of a paragraph with their probability, the unlikely and the overlapping left out."""
    words = cues.words
    candidates = _rate_attributions(para, cues)
    speaking = [
        mend_middle(para, candidate, words)
        for candidate in candidates
        if not is_credit(para, candidate, words.crediting)
    ]
    for candidate in speaking:
        part_clause(para, candidate)
        end_at_reporter(para, candidate)
        end_at_quotation(para, candidate)
        drop_narration(para, candidate, words.speaking_forms)
        with_title(para, candidate)
        begin_at_that(para, candidate, words)
        end_at_main_verb(para, candidate)
        end_before_comparison(para, candidate, cues.people)
    part_remarks(para, speaking, cues.models["final"].settings["threshold"])
    end_before_others(para, speaking)
    end_before_joined(para, speaking, cues)
    end_before_answers(para, speaking)
    for candidate in speaking:
        drop_judged(para, candidate, words.judging)
        find_agent(para, candidate, cues.people)
        drop_hearer(para, candidate, words, cues.people)
        find_subject(para, candidate, cues.people)
        find_told_of(para, candidate, cues.people)
        drop_time(para, candidate, words)
        find_companion(para, candidate)
        drop_manner(para, candidate, cues.people)
        find_controller(para, candidate, words, cues.people)
        with_raised(para, candidate, words.raising)
        drop_raised(para, candidate, words.raising)
        find_holder(para, candidate, words, cues.people)
        drop_expletive(para, candidate, words.emerging)
        drop_denier(para, candidate, cues)
        find_clause_subject(para, candidate, cues.people)
        drop_copula(para, candidate)
        mend_control(para, candidate, cues.people)
        find_adder(para, candidate, speaking)
        begin_at_deed(para, candidate, words.directing)
        end_reported(para, candidate)
    likely = suppress_overlaps(para, speaking, cues.models["final"].settings["threshold"])
    likely = without_holding(para, likely, words)
    within_report(para, likely)
    nested = find_reported(para, speaking, likely, cues)
    mended = (
        part_source_remark(
            para,
            with_participle(
                para,
                tell_judgment(para, part_agent(para, drop_passive_subject(para, candidate, words.transitive)), words),
            ),
            cues.people,
        )
        for candidate in (
            with_lost_subject(para, drop_receiver(para, with_governed_verb(para, told, cues), words), words)
            for told in (*likely, *nested)
        )
    )
    kept = [
        candidate
        for candidate in (
            _with_doubt(para, reassign_opinion(para, candidate, words), words.outlooks) for candidate in mended
        )
        if not names_work(para, candidate, cues.works)
        and not is_thin(para, candidate, words)
        and not is_no_claim(para, candidate, cues)
        and not tells_what_follows(para, candidate, words)
        and not tells_of_clause(para, candidate, likely)
    ]
    end_before_own_words(para, kept)
    end_before_next_turn(para, kept)
    kept = name_received(para, name_issuers(para, kept, words, cues.people), words, cues.people)
    kept = add_misread(para, add_inverted(para, add_final_attributions(para, kept, words), cues), cues)
    kept = add_all_said(para, add_subject_parentheses(para, kept, cues), words)
    kept = with_adjacent_quotation(para, join_parted(para, introduce_quotations(para, kept, cues)))
    kept = cover_sentence(para, add_quoted_speakers(para, kept, words))
    kept = add_continuations(para, kept, words.speaking_forms)
    kept = complete_clauses(para, kept, cues)
    kept = with_opening_condition(para, kept)
    kept = add_listings(para, add_hearsay(para, kept, words.hearsay), words)
    kept = add_silences(
        para,
        add_expectations(
            para, add_quoted_cues(para, add_per(para, add_viewpoints(para, kept, cues), cues), cues), cues
        ),
    )
    quoted = list(find_quoted_speech(para, kept, candidates, words.quoting))
    quoted_cues = {candidate.cue for candidate in quoted}
    others = (with_quoted_person(para, candidate, cues) for candidate in kept if candidate.cue not in quoted_cues)
    quoting = (quote_words_before(para, candidate, quoted) for candidate in others)
    attributions = [candidate for candidate in quoting if not quotes_for_nobody(para, candidate, quoted)] + quoted
    attributions = without_reaching(para, without_outlooks(para, part_from_outer(para, attributions), cues))
    attributions = deny_resumed(para, attributions, cues)
    cues_of = [candidate.cue for candidate in attributions]
    attributions = [with_member(para, with_whole_body(para, candidate)) for candidate in attributions]
    contents = complete_quotations(para, [candidate.content for candidate in attributions], cues_of)
    completed = zip(attributions, contents, strict=True)
    return [part_later_quotations(para, replace(candidate, content=content)) for candidate, content in completed]


def _with_doubt(para: ParsedParagraph, candidate: Candidate, outlooks: Collection[str]) -> Candidate:
    """The candidate, of "is expected to" and the like with a lower probability: who expects so is nobody."""
    is_passive = any(para.dep[child] == "auxpass" for child in para.children[candidate.cue])
    if candidate.source is not None or not is_passive or para.lemma[candidate.cue] not in outlooks:
        return candidate
    return replace(candidate, probability=min(candidate.probability, _OUTLOOK_PROBABILITY))


def _rate_attributions(para: ParsedParagraph, cues: Cues) -> list[Candidate]:
    """One candidate per possible cue with its probability, which is raised for cues that are known to be some."""
    models, words = cues.models, cues.words
    running = ~para.title_mask
    likely = cue_probabilities(para, models, running)
    added = {token for token in cues.find_added_cues(para.lemma, para.children) if running >> token & 1}
    sure = {token for token in find_sure_cues(para, words) if running >> token & 1}
    for token in added | sure:
        likely[token] = max(likely.get(token, 0.0), _ADDED_CUE_PROBABILITY)
        if seems_to_tell(para, token, words):
            likely.pop(para.head[token], None)
    candidates = propose_attributions(para, models, words, likely)
    told = {
        candidate.cue
        for candidate in candidates
        if tell_heard(para, candidate, words) or join_colon_parts(para, candidate, words)
    }
    for candidate in candidates:
        if candidate.cue in sure - told and not candidate.content & para.quoted_mask:
            candidate.content = told_by_form(para, candidate.cue, words) or candidate.content
    rescore(para, candidates, models["final"], cues)
    for candidate in candidates:
        if candidate.cue in added or names_opinion(para, candidate, words) or quotes_speech(para, candidate, words):
            candidate.probability = max(candidate.probability, _CERTAIN_PROBABILITY)
        elif candidate.cue in sure:
            candidate.probability = max(candidate.probability, _SURE_PROBABILITY)
        elif candidate.cue in told or is_plain_report(para, candidate, cues):
            candidate.probability = max(candidate.probability, _PLAIN_PROBABILITY)
    rate_document_clauses(para, candidates, cues)
    return candidates


def ensure_introduced(para: ParsedParagraph, attributions: list[Candidate], text: str, cues: Cues) -> list[Candidate]:
    """The attributions, and one more where a paragraph ends in a colon before a quotation and none introduces it.

    When no attribution has its cue in the last sentence, that sentence's likeliest cue is added, with no content yet:
    "The firm put it like this:" and the quotation in the next paragraph. ``text`` is the article's.
    """
    last = len(para.sentences) - 1
    if any(para.sentence_of[attribution.cue] == last for attribution in attributions):
        return attributions
    start = para.sentences[last][0]
    introducing = _introduce_inverted(para, start, text, cues) or _introduce(para, start, len(para), 0, cues)
    return [*attributions, introducing] if introducing is not None else attributions


def _introduce_inverted(para: ParsedParagraph, start: int, text: str, cues: Cues) -> Candidate | None:
    """The attribution of a line that is a verb of speaking and whoever speaks: "Added Brandt:"; None for another.

    By its letters, as the parser may take the verb for a first name.
    """
    named = range(start + 1, len(para) - 1)
    is_verb = text[para.char_start[start] : para.char_end[start]].lower() in cues.words.speaking_forms
    if not is_verb or not named or any(para.pos[token] not in _NAMING for token in named):
        return None
    source = para.mask_between(start + 1, len(para) - 1)
    return Candidate.of_rule(start, named[-1], source, 0, "colon before", _INTRODUCED_PROBABILITY)


def introduce_quotations(para: ParsedParagraph, attributions: list[Candidate], cues: Cues) -> list[Candidate]:
    """The attributions, and one for each quotation behind a colon that none of them has: 'She spoke the line: "Go."'.

    Its cue is the likeliest word between the sentence's start and the colon.
    """
    added = []
    for mask in para.quotation_masks:
        opens = first_token(mask) - 1 if mask else -1
        colon = opens - 1 if opens > 0 and not para.bit[opens] and para.word[opens] != ":" else opens
        is_free = not any(attribution.content & mask for attribution in attributions)
        if colon < 1 or para.word[colon] != ":" or mask.bit_count() < _FEWEST_INTRODUCED or not is_free:
            continue
        introducing = _introduce(para, para.sentence_bounds(colon)[0], colon, mask, cues)
        if introducing is not None and introducing.source is not None:
            is_likely = introducing.cue_probability >= _LIKELY_CUE
            added.append(introducing if is_likely else replace(introducing, probability=_DOUBTFUL_PROBABILITY))
    return sorted([*attributions, *added], key=lambda candidate: candidate.cue) if added else attributions


def _introduce(para: ParsedParagraph, start: int, end: int, content: int, cues: Cues) -> Candidate | None:
    """An attribution of a content by the likeliest cue among the tokens [start, end); None where none may be one."""
    likely = cue_probabilities(para, cues.models)
    possible = [cue for cue in likely if start <= cue < end and para.word[cue] != ":"]
    if not possible:
        return None
    cue = max(possible, key=lambda token: (comparable(likely[token]), -token))
    frame = complement_frame(para, cue)
    source, mask, source_probability, next_probability = choose_source(para, cue, frame, cues.models)
    return Candidate(
        cue=cue,
        cue_probability=likely[cue],
        source=source,
        source_mask=mask,
        source_probability=source_probability,
        next_source_probability=next_probability,
        content=content,
        origin="colon before",
        content_probability=1.0,
        overlap_mass=1.0,
        frame=frame,
        probability=_INTRODUCED_PROBABILITY,
    )
