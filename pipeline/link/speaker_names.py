"""What speakers are called, of what type those without a name are, and which of several are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.ages import age_told_by
from pipeline.link.inhabitants import is_inhabitant
from pipeline.link.mention_index import MentionIndex
from pipeline.records import Mention, Speaker


def name_or_group(speaker: Speaker) -> str:
    """The speaker's name, of a group without one what it is called, "a group of teachers", and not "they"."""
    return speaker.name or ((speaker.description or speaker.text) if speaker.type == "group" else "")


def type_described(noun: Token, index: MentionIndex, people: People) -> str:
    """The speaker type of somebody without a name by the noun: "the 36-year-old" and "the German" are persons."""
    is_person = bool(age_told_by(noun)) or is_inhabitant(noun, index, people) or _is_one_of_people(noun, people)
    return "person" if is_person else people.speaker_type(noun.lower_)


def _is_one_of_people(noun: Token, people: People) -> bool:
    """Whether it is one of several people: "one of the traders"."""
    prepositions = noun.rights if noun.lower_ == "one" else ()
    members = (member for preposition in prepositions if preposition.lower_ == "of" for member in preposition.rights)
    return any(member.tag_ == "NNS" and people.is_person(member.lemma_.lower()) for member in members)


def without_possessive(words: str, named: Sequence[Mention]) -> str:
    """The words of a source that owns what it says: "the union" of "the union's answer".

    ``named``: the mentions in it; a name may end in "'s": "a spokesman for Brandt's".
    """
    if any(words.endswith(mention.canonical) for mention in named):
        return words
    return words.removesuffix("'s").removesuffix("’s")


def without_repeated(speakers: Iterable[Speaker]) -> list[Speaker]:
    """The speakers without those named before: "Ada Brandt, manager, Ports Campaign" is one person."""
    kept: list[Speaker] = []
    for speaker in speakers:
        if not speaker.name or all(speaker.name != earlier.name for earlier in kept):
            kept.append(speaker)
    return kept


def tells_who(speaker: Speaker, *, is_own_voice: bool) -> bool:
    """Whether a speaker is named, a group, or described: by a name, or by any words where it is one's own voice.

    "The study" stays one rather than "the scientists", "the statement" is "the coalition".
    """
    is_described = bool(speaker.description) and is_own_voice
    return bool(name_or_group(speaker)) or is_described or any(map(str.isupper, speaker.description[1:]))


def tells_name(speaker: Speaker) -> bool:
    """Whether a speaker is named or described by a name: "Minority Democrats" rather than "the scientists"."""
    return bool(speaker.mention) or any(map(str.isupper, speaker.description[1:]))
