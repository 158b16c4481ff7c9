"""Whom a story goes on to tell of after somebody beside spoke; the source stands in [[ ]], expected is the name."""

import pytest

from tests.helpers.parses import Parses
from tests.link.test_speakers import speakers

TOPICS = [
    (
        "Lena Pell, a tailor, sewed flags for a decade. Her landlord told her the lease was up. She took a barn.\n\n"
        "“I slept between bolts of silk,” [[she]] says.",
        "Lena Pell",
    ),
    (
        "Oren Vane, a rower, broke his wrist in May. A coach told him he was finished. He trained at dawn.\n\n"
        "“The river was mine,” [[he]] said.",
        "Oren Vane",
    ),
    (
        "Piet Lyle, who built organs for forty churches, died on Sunday. He was 91.\n\n“He never hurried,” said his "
        "nephew, Omar Lyle.\n\nBorn in Oslo, he sailed to Quebec. “I was seasick for days,” [[he]] told the Herald "
        "in 1999.",
        "Piet Lyle",
    ),
    (
        "Piet Lyle, who built organs for forty churches, died on Sunday. He was 91.\n\nHis nephew, Omar Lyle, said the "
        "heart had failed.\n\nAsked what he was proud of, he shrugged. “The pedals,” [[he]] said.",
        "Piet Lyle",
    ),
    # what somebody beside goes on to say is his
    (
        "Lena Pell, a tailor, sewed flags for a decade. Her landlady told her the lease was up. [[She]] said the barn "
        "was free.",
        "Her landlady",
    ),
    # right behind direct speech it is the speaker who does something
    (
        "Lena Pell, 40, closed her shop in June. “She was the best,” said her aunt, Nora Pell. She sighed. “We will "
        "miss the flags,” [[she]] said.",
        "Nora Pell",
    ),
    # nobody had been taken up by a pronoun
    (
        "Lena Pell fell ill. A nurse said beds were full. She called the ward.\n\n“It was late,” [[she]] said.",
        "A nurse",
    ),
]


@pytest.mark.parametrize(("marked", "name"), TOPICS)
def test_whom_a_story_goes_on_to_tell_of(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]


WITNESSES = [
    # the subject of a witness's words, not an official named before
    (
        "Governor Omar Quill said the camp was safe.\n\n“A soldier took my goats,” said Vera Lyle, 50. “[[He]] said "
        "they were his now.”",
        "A soldier",
    ),
    (
        "Colonel Quill said the camp was safe.\n\n“The captain beat us,” said Piet Lyle, 50. “[[He]] said we stole.”",
        "The captain",
    ),
    (
        "Minister Lena Pell said the ward was open.\n\n“A nurse washed the wound. [[She]] said it would heal,” said "
        "Piet Lyle, 50.",
        "A nurse",
    ),
    # whom the words take up from outside
    (
        "Mayor Omar Quill said the bridge was safe.\n\n“He is a fool,” said Vera Lyle, 50. “It is rotten. [[He]] "
        "said it was new.”",
        "Omar Quill",
    ),
    (
        "Mayor Omar Quill said the bridge was safe.\n\n“The bridge is rotten,” said Vera Lyle, 50. “[[He]] said it was "
        "new.”",
        "Omar Quill",
    ),
]


@pytest.mark.parametrize(("marked", "name"), WITNESSES)
def test_whom_a_witness_speaks_of(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]
