"""Whom a story goes on to tell of after somebody beside spoke; the source stands in [[ ]], expected is the name."""

import pytest

from pipeline.link.turns import inherit_speakers
from tests.helpers.parses import Parses, plain_article
from tests.link.test_speakers import resolver, speakers

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
    # somebody named, in his own paragraph
    (
        "Larn sacked coach Oren Vane. His deputy, Tom Pell, said he was shocked. He will lead them.\n\n“We go "
        "again,” [[he]] said.",
        "Tom Pell",
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


TURNED_TO = [
    # whoever was turned to answers
    ("In May I phoned a plumber. [[He]] told me to shut the valve.", "a plumber"),
    ("I told my landlord the roof leaked. “Buy a bucket,” [[he]] said.", "my landlord"),
    ("Lena Pell, 50, went to see a surgeon. [[He]] said it was late.", "a surgeon"),
    ("Quill wrote to a bishop. [[He]] replied that it was late.", "a bishop"),
    # a subject before him is likelier where nothing tells that he answers
    ("Oren Quill wrote to a bishop. [[He]] said it was late.", "Oren Quill"),
    ("Oren Quill called a plumber. [[He]] said the valve leaked.", "Oren Quill"),
    # nobody was turned to
    ("I painted a plumber. [[He]] said it was late.", ""),
]


@pytest.mark.parametrize(("marked", "name"), TURNED_TO)
def test_who_answers(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]


FREE_STANDING = [
    # a sentence of somebody close to him is passed over
    (
        "Oren Quill, a mason, remembers the flood. His mother was in the attic.\n\n“I swam across the yard.”",
        "Oren Quill",
    ),
    (
        "Lena Pell spent a year on the road with her son. He had just learned to walk.\n\n“I sold flags at fairs.”",
        "Lena Pell",
    ),
    # nobody's mill
    ("Oren Quill lost his savings. The mill shut in May.\n\n“I swam across the yard.”", ""),
    # a paragraph of its own
    ("Oren Quill, a mason, remembers the flood.\n\nHis mother was in the attic.\n\n“I swam across the yard.”", ""),
    # the one who is named last
    ("Oren Quill lost his savings. His sister, Lena Quill, moved in.\n\n“I swam across the yard.”", "Lena Quill"),
]


@pytest.mark.parametrize(("text", "name"), FREE_STANDING)
def test_whose_a_quotation_is_that_stands_alone(text: str, name: str, parses: Parses) -> None:
    asked = resolver(plain_article(text), parses)
    sentences = tuple((sentence.start_char, sentence.end_char) for sentence in asked.index.doc.sents)
    named = [asked.resolve(quote.source) for quote in asked.quotes]
    *_, last = inherit_speakers(asked.quotes, named, sentences, asked.subject_of, asked.index.tokens_in)
    assert [speaker.name for speaker in last] == ([name] if name else [])
