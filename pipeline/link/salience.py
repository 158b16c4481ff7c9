"""How likely a referent is the one that a pronoun or description means: a sum of weights.

The kinds of weights are those of Lappin and Leass (1994, "An Algorithm for Pronominal Anaphora Resolution"), adapted to
news: the place in the sentence and how recent it is, and besides quotation turns, speech apart from what surrounds it,
and sex. Their values were set by hand on the development set of speakers; a conditional logit, fitted to 325 pronouns
of other articles, chose no better on articles that it had not seen (309 right against 310). Sentences apart from one
another count by ``SENTENCE_DISTANCE``, so that a main subject outweighs an object one sentence later but not two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.link.clauses import is_in_label
from pipeline.link.phrases import is_main_subject, is_subject
from pipeline.link.pronouns import HE_OR_SHE
from pipeline.link.referents import Referent

#: It was last the subject of a clause that no other verb governs: Brandt in "Brandt said the pier was shut".
MAIN_SUBJECT = 1.2
#: It was last the subject of another clause: the firm in "Brandt said the firm was broke".
SUBJECT = 0.8
#: It last owned something: Brandt in "Brandt's boats sank". Objects and the like get nothing.
OWNER = 0.4
#: Off for each sentence between: named two sentences before, -1.8.
SENTENCE_DISTANCE = 0.9
#: Its sex is known; that it fits "he" or "she" is a condition: Ada Brandt comes before R. Holm for "she".
KNOWN_SEX = 0.3
#: Off where only pronouns of the other sex meant it so far, and its name tells none: R. Holm is no "she" after "he".
OTHER_PRONOUNS = 1.5
#: For each time that it occurred, up to five: whom the article is about.
OCCURRENCE = 0.15
MAX_OCCURRENCES = 5
#: It said the last quote, and the pronoun is a subject outside speech: "“It is late,” Brandt said. He left."
CURRENT_SPEAKER = 1.0
#: It was the main subject of the sentence before, and the pronoun is one, too: Holm in "Holm bristled at Brandt's
#: words. He said no", however often Brandt was named (the preferred centre of Grosz, Joshi and Weinstein, 1995).
SUBJECT_BEFORE = 0.6
#: It is the subject of the clause above, or that one's firm: the union in "the union said it would strike".
CLAUSE_REPORTER = 1.5
#: It was asked something just before, and the pronoun says something: Holm in "Brandt asked Holm about it. He said no".
#: More than all that speaks for whoever asked.
ASKED = 4.0
#: Somebody beside spoke of it, see topics.py: the nurse in "Her manager said no. She left". As much as the manager has
#: as a main subject and last speaker.
TOPIC = 3.0
#: It is the subject of the clause that the pronoun's is joined to: Brandt in "Brandt is ill, but he works".
JOINED_SUBJECT = 0.8
#: Off where it last occurred in direct speech and the pronoun stands outside: "“Holm was wrong,” Blake said. He left."
IN_SPEECH = 2.0
#: It was a subject in the speech so far in which "he" or "she" is one: the owner in "“The owner rang,” Holm said. “He
#: was angry.”". More than an official named before has as a main subject and by his sex.
SAME_SPEECH = 1.5
#: It is several named together: "Kenya and Uganda" come before Kenya or Uganda alone where "they" is asked for.
GROUP = 0.6
#: A description fits its title: "the senator" for Sen. Brandt.
FITTING_TITLE = 1.5
#: The least sum by which a description takes up somebody of whom nothing tells that it fits: "the senator" for Brandt.
MIN_UNTITLED = 1.0
#: The same where nobody else has been named so far.
MIN_ALONE = -0.5


@dataclass(frozen=True, slots=True)
class Position:
    """Where a token stands: ``speech``, the offset of the mark that opens the direct speech around it, or -1;
    ``sentence``, the number of its sentence, counted outside speech.
    """

    token: Token
    speech: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The last time that a referent occurred: where, and the greatest weight of a place in that sentence.

    ``heaviest``: the token that stands there.
    """

    position: Position
    weight: float
    heaviest: Token


def position_weight(token: Token) -> float:
    """The weight of a token's place in the sentence: of a main subject, a subject, an owner, or 0."""
    if is_main_subject(token):
        return MAIN_SUBJECT
    if is_subject(token):
        return SUBJECT
    return OWNER if token.dep_ == "poss" else 0.0


def salience(position: Position, referent: Referent, last: Occurrence, *, is_current_speaker: bool) -> float:
    """How likely the token at ``position`` means the referent that occurred ``last``, apart from what they say."""
    distance = position.sentence - last.position.sentence
    score = OCCURRENCE * min(referent.count, MAX_OCCURRENCES)
    score += last.weight + (KNOWN_SEX if referent.sex else 0.0) + (GROUP if referent.members else 0.0)
    if not referent.sex and is_called_otherwise(position.token, referent):
        score -= OTHER_PRONOUNS
    if is_in_label(position.token):
        return score
    score -= SENTENCE_DISTANCE * distance
    score += SAME_SPEECH if _goes_on_in_speech(position, referent, last) else 0.0
    if position.speech < 0:
        score -= IN_SPEECH if last.position.speech >= 0 else 0.0
        is_parallel = distance <= 1 and last.weight >= MAIN_SUBJECT and is_main_subject(position.token)
        if is_parallel and (distance or last.position.token.sent != position.token.sent):
            score += SUBJECT_BEFORE
        score += CURRENT_SPEAKER if is_current_speaker and position.token.dep_ in SUBJECTS else 0.0
    return score


def _goes_on_in_speech(position: Position, referent: Referent, last: Occurrence) -> bool:
    """Whether "he" or "she" as a subject takes up the subject of a sentence before in the speech of its paragraph.

    "She" does not take up whoever was called "he" only.
    """
    token, before = position.token, last.heaviest
    if position.speech < 0 or last.position.speech < 0 or token.lower_ not in HE_OR_SHE or token.dep_ not in SUBJECTS:
        return False
    is_before = before.dep_ in SUBJECTS and before.sent != token.sent
    if referent.called and not referent.called[HE_OR_SHE[token.lower_]]:
        return False
    return is_before and not any(word.is_space and "\n" in word.text for word in token.doc[before.i : token.i])


def is_called_otherwise(token: Token, referent: Referent) -> bool:
    """Whether a referent was called "he" and never "she" so far, and the token is "she", or the other way round."""
    sex = HE_OR_SHE.get(token.lower_)
    return sex is not None and referent.called.total() > 1 and not referent.called[sex]


def is_enough_untitled(score: float, referent: Referent, named: Iterable[tuple[Referent, Occurrence]]) -> bool:
    """Whether a score is high enough for a description to take up somebody of whom nothing tells that it fits.

    ``named``: everybody who occurred so far; if nobody else is a person, less is enough.
    """
    score += 0.0 if referent.sex else KNOWN_SEX
    return score >= MIN_UNTITLED or (score >= MIN_ALONE and is_only_person(referent, named))


def is_only_person(referent: Referent, occurred: Iterable[tuple[Referent, Occurrence]]) -> bool:
    """Whether of those who occurred nobody else is a person, those left out that only somebody's words describe."""
    return all(
        person is referent
        for person, last in occurred
        if person.kind == "person" and (person.mention is not None or last.position.speech < 0)
    )


def is_out_of_speech(position: Position, occurred: Iterable[Position]) -> bool:
    """Whether a pronoun stands in direct speech that does not speak of a referent, nor does the sentence around it.

    ``occurred``: where it occurred last. "They say" is anybody there.
    """
    if position.speech < 0:
        return False
    return not any(last.speech == position.speech or last.sentence == position.sentence for last in occurred)
