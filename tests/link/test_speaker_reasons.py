"""Every speaker says by what he was resolved, every one left open says why: one sentence an origin."""

from typing import get_args

import pytest

from pipeline.claims import NO_SOURCE
from pipeline.link.speaker_reasons import SPEAKER_WORDS, SpeakerOrigin, speaker_reason
from tests.helpers.parses import Parses
from tests.link.test_speakers import speakers

REASONS: list[tuple[SpeakerOrigin, str, str]] = [
    ("name", "[[Ada Brandt]] said the pier was shut.", "named in the attribution"),
    ("short name", "Ada Brandt left. [[Brandt]] said the pier was shut.", "a short form of the full name"),
    (
        "shared name",
        "Ada Brandt left early. “It is late,” [[Mr. Brandt]] said.",
        "only a surname, and the article has it for Ada Brandt, too",
    ),
    ("name beside", "[[The senator, Ada Brandt,]] said the pier was shut.", "named beside 'senator'"),
    ("last speaker", "“It is late,” Ada Brandt said. [[She]] said no.", "the last who spoke before 'She': 'Brandt'"),
    ("subject before", "Ada Brandt left early. [[She]] said no.", "the subject of a clause before 'She': 'Brandt'"),
    ("name before", "Rain fell on Ada Brandt. [[She]] said no.", "the last one before 'She' that fits: 'Brandt'"),
    (
        "later subject",
        "In a statement from [[her]] office, Ada Brandt said no.",
        "the subject of the clause after 'her': 'Ada Brandt'",
    ),
    (
        "title",
        "Sen. Oren Blake spoke first. [[The senator]] said it was late.",
        "the last one before 'senator' to whom the article gives that title or role: Oren Blake",
    ),
    (
        "only title",
        "[[The senator]] said it was late. Sen. Oren Blake spoke first.",
        "the only one to whom the article gives the title or role 'senator': Oren Blake",
    ),
    (
        "organisation before",
        "The Larn Motor Company met. [[The company]] said no.",
        "the last organisation before it that 'company' fits",
    ),
    (
        "owner",
        "The Brandt campaign paid the bill. [[The campaign]] said it was late.",
        "the 'campaign' of whoever is named with it",
    ),
    ("group", "[[Officials]] said no.", "a group, described as it stands"),
    ("document", "[[The motion]] said no.", "a document, described as it stands"),
    ("description", "[[A neighbour]] said no.", "described, not named in the article"),
    (
        "description of one of several",
        "Sen. Oren Blake met Sen. Ivar Holm. [[A senator]] said it was late.",
        "described; several people of the article have that title or role: Oren Blake and Ivar Holm",
    ),
    (
        "nobody before",
        "The pier is shut. [[She]] said no.",
        "left open: nobody whom 'She' could mean is named in the sentences before it",
    ),
    (
        "kin",
        "Ivar Holm met Oren Holm at the gate. “It is over,” Ivar Holm said. [[His younger brother]] said no.",
        "the only one who shares the surname with whose 'brother' it is: Oren Holm",
    ),
    (
        "described before",
        "A spokeswoman for the port said no. Later [[the spokeswoman]] said it was late.",
        "described, not named in the article; introduced as 'A spokeswoman for the port'",
    ),
    ("no speaker", "The [[closures]] signal a change of policy.", "left open: 'closures' are nobody who could speak"),
    ("writer", "[[We]] said no.", "left open: 'We' is whoever writes"),
]


@pytest.mark.parametrize(("origin", "marked", "reason"), REASONS)
def test_a_speaker_says_how_he_was_resolved(origin: SpeakerOrigin, marked: str, reason: str, parses: Parses) -> None:
    (speaker,) = speakers(marked, parses)
    assert speaker.reason == reason
    template = SPEAKER_WORDS[origin].split("{")[0]
    assert reason.startswith(template)


def test_those_left_open_are_the_ones_without_a_speaker(parses: Parses) -> None:
    for _, marked, reason in REASONS:
        (speaker,) = speakers(marked, parses)
        assert (not speaker.name and not speaker.description) == reason.startswith("left open: ")


def test_every_origin_has_words_for_a_reader() -> None:
    assert set(SPEAKER_WORDS) == set(get_args(SpeakerOrigin))
    told = [speaker_reason(origin, "she", ["Ada Brandt", "Zora Hill"], "named there") for origin in SPEAKER_WORDS]
    assert len(set(told)) == len(told)
    assert not any("{" in words or "\n" in words for words in told)
    assert speaker_reason("shared name", other=["A", "B", "C"]).endswith("for A, B and C, too")


def test_a_quote_of_nobody_is_left_open() -> None:
    assert NO_SOURCE.startswith("left open: ")
