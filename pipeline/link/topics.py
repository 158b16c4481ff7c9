"""Whom a story goes on to tell of after somebody beside spoke: "Her boss said no. She left", "said his son. He left".

Of several whom a pronoun may mean, whoever the sentence before had as a pronoun stays the topic (rule 1 of centering,
Grosz, Joshi and Weinstein, 1995): the boss is a noun there, brought up only for what he says.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.link.phrases import is_main_subject
from pipeline.link.pronouns import HE_OR_SHE, PRONOUN_TAGS
from pipeline.link.salience import Occurrence, Position

#: Relations through which the names and nouns for one person hang together: "his brother, Alan Keane".
_SAME_PERSON = frozenset({"appos", "compound", "nmod"})
#: Marks that close direct speech.
_CLOSING = frozenset('"”»')


def is_topic(position: Position, last: Occurrence, speaker: Occurrence, *, is_unnamed: bool) -> bool:
    """Whether a pronoun that tells what somebody did goes on with the one who occurred ``last``, not the last speaker.

    ``speaker``: where the last speaker occurred; ``is_unnamed``: the article only describes him ("a recruiter"). Else
    the sentence must call him somebody's, "his brother, Alan Keane", and the pronoun open a paragraph. Right behind
    direct speech, in its paragraph, it is more likely the speaker's: '"No," said her manager. She paused.'
    """
    token, topic, voice = position.token, last.position.token, speaker.heaviest
    if position.speech >= 0 or token.lower_ not in HE_OR_SHE or not _is_told_of(token) or voice.sent == token.sent:
        return False
    if topic.sent == token.sent:  # "Asked if he would go, he smiled"
        return topic.dep_ in SUBJECTS and topic.lower_ == token.lower_
    if not _is_only_pronoun(last) or voice.tag_ in PRONOUN_TAGS or voice.sent != topic.sent:
        return False
    if is_unnamed:
        return not _follows_speech(token)
    return _opens_paragraph(token) and any(_is_owned(voice, pronoun) for pronoun in (topic, last.heaviest))


def _is_only_pronoun(last: Occurrence) -> bool:
    """Whether somebody stood in his last sentence as a pronoun, and not as its subject."""
    topic = last.position.token
    here = [token for token in (topic, last.heaviest) if token.sent == topic.sent]
    return all(token.tag_ in PRONOUN_TAGS and not is_main_subject(token) for token in here)


def is_background(sentence: Sequence[Token]) -> bool:
    """Whether a sentence only adds something to the one before in its paragraph: "Brandt remembers it. Her son slept".

    Its subject is somebody's of the one before, or "he" or "she".
    """
    first = next((token for token in sentence if not token.is_space), None)
    if first is None or not first.i or first.nbor(-1).is_space:
        return False
    subject = next((token for token in sentence if token.dep_ in SUBJECTS and is_main_subject(token)), None)
    owners = [child for child in subject.lefts if child.dep_ == "poss"] if subject is not None else []
    return any(token is not None and token.lower_ in HE_OR_SHE for token in (subject, *owners))


def _is_told_of(token: Token) -> bool:
    """Whether a pronoun is the subject of its sentence, or of a clause before such a pronoun: "Asked if he ..., he"."""
    root = token.sent.root
    subject = next((child for child in root.lefts if child.dep_ in SUBJECTS), None)
    return token.dep_ in SUBJECTS and subject is not None and subject.lower_ == token.lower_


def _is_owned(voice: Token, pronoun: Token) -> bool:
    """Whether a pronoun tells whose the person at ``voice`` is: "his brother, Alan Keane", "Lise Karr, her dealer"."""
    if pronoun.dep_ != "poss":
        return False
    noun = pronoun.head
    return noun.i == voice.i or (noun.head.i == voice.i and noun.dep_ in _SAME_PERSON) or noun.i == _named_beside(voice)


def _named_beside(voice: Token) -> int:
    return voice.head.i if voice.dep_ in _SAME_PERSON else -1


def _follows_speech(token: Token) -> bool:
    """Whether direct speech stands in the sentence before and in the same paragraph."""
    start = token.sent.start
    if not start or _opens_paragraph(token):
        return False
    return any(word.text in _CLOSING for word in token.doc[start - 1].sent)


def _opens_paragraph(token: Token) -> bool:
    """Whether a token stands in the first sentence of a paragraph."""
    start = token.sent.start
    return start > 0 and token.doc[start - 1].is_space
