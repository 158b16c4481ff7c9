"""What looks like an attribution and is none: titles named in the text, credits, acts that tell nothing."""

import pytest

from pipeline.extract.quotes import find_quotes
from pipeline.extract.quotes.attributions import find_attributions
from pipeline.extract.quotes.paragraph import parse_paragraphs
from pipeline.extract.quotes.rejections import is_no_claim
from pipeline.extract.titles import find_titles
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article
from tests.helpers.quotes import rows_of

CUES = shared_cues()
SPEECH = "“This town is finished without that bridge. Nobody will come here any more.”"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("The essay Ada Brandt Walks To The Sea was read.", ["Ada Brandt Walks To The Sea"]),
        ('They sang "We Are All Going Home" at noon.', ["We Are All Going Home"]),
        ("He runs the Larn Board of Health and Human Services.", []),
        ("The Bank of Larn and Aue Harbour Shipping Company closed.", []),
        ("She met Ada Brandt and Oren Blake of Larn. He left.", []),
        ("COUNCIL SAYS IT WILL CLOSE THE POOL BY MAY", []),
    ],
)
def test_titles(text: str, titles: list[str], parses: Parses) -> None:
    assert [text[start:end] for start, end in find_titles(parses(plain_article(text)))] == titles


@pytest.mark.parametrize(
    "text",
    [
        "One blog post, titled Victor Amsel Denied Entry To Three Countries, was read by thousands.",
        'By the time "Mayor Says Harbour Will Close By June" was printed, the mayor had left.',
        'The trouble began with a report headlined "Ruth Calder Accused Of Fraud By Her Own Bank" in May.',
        "The council met.\n\nRead it here: Oren Blake Says Mayor Lied To Council and see for yourself.",
    ],
)
def test_a_title_that_is_named_is_no_claim(text: str, parses: Parses) -> None:
    assert rows_of(text, parses) == []


def test_a_title_that_somebody_posts_is_what_he_says(parses: Parses) -> None:
    text = 'Calder tweeted "Bank Accused Of Fraud By Its Own Clerks".'
    assert ("Calder", "tweeted", '"Bank Accused Of Fraud By Its Own Clerks"') in rows_of(text, parses)


@pytest.mark.parametrize(
    "credit",
    [
        "Ada Brandt, Oren Blake and Omar Diallo reported.",
        "Ada Brandt reported from Larn.",
        "Ada Brandt and Oren Blake of the Larn Gazette reported.",
    ],
)
def test_a_storys_reporters_say_nothing_of_what_stands_before(credit: str, parses: Parses) -> None:
    assert rows_of(f"{SPEECH} {credit}", parses) == [("", "", SPEECH)]
    assert rows_of(f"The bridge will be shut for two years. {credit}", parses) == []


def test_where_reporters_were_is_no_claim(parses: Parses) -> None:
    assert rows_of("Ada Brandt reported from Larn; Oren Blake reported from Aue.", parses) == []


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (f"{SPEECH} the Gazette reported.", "the Gazette", SPEECH),
        ("The bridge is shut, Ada Brandt and Oren Blake reported.", "Ada Brandt and Oren Blake", "The bridge is shut"),
        ("Ada Brandt and Oren Blake reported that the bridge is shut.", "Ada Brandt and Oren Blake",
         "that the bridge is shut"),
    ],
)  # fmt: skip
def test_what_reporters_report_is_a_claim(text: str, source: str, content: str, parses: Parses) -> None:
    assert [(who, said) for who, _, said in rows_of(text, parses)] == [(source, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The parliament passed a bill banning plastic bags on Friday.",
        "The council adopted a resolution banning cars from the quay.",
        "Ada Brandt called the police before the mill burnt down.",
        "The ministry banned exports of eels over the winter.",
        "The minister took fire for her remarks on the mine.",
        "The firm drew criticism over its handling of the spill.",
        "The clerk was nicknamed “the Owl” at school.",
        "Kern named Ada Brandt as her deputy on Monday.",
        "The council voted to close the pool in May.",
        "Kern read a speech to the council about the pool.",
        "Kern told the truth about her part in the sale.",
        "Detectives questioned the clerk about the fire.",
        "The ferry strike shows no sign of ending soon.",
        "Do the owners want the pool to close?",
        "What does the firm expect the crews to do?",
        "Let's call the plan by its name: a tax on the poor.",
        "Let us say that the plan has failed.",
        "Let’s be honest and admit that the dam is old.",
        "The visitors claimed a point in the last minute.",
        "The hosts answered with a late goal.",
        "The novel describes a town where nobody speaks.",
        "Ada Brandt likes to cook for her friends.",
        "Her brother noticed that the gate was open.",
        "The mayor announced members of her new team.",
        "The drummer confirmed the news in a letter.",
        "The heat explains why the mill burnt down.",
        "Kern was nominated to replace the old clerk.",
        "Voters will decide whether to keep the toll.",
        "The clerk asked to remain anonymous.",
        "A clerk, who did not want to be named, left at noon.",
        "The brewer issued a recall of 40,000 bottles on Friday.",
        "She broke the promise she made to the bakers.",
        "The drummer tweeted a picture of her new boat.",
        "The keeper shared a link to the story.",
        "We must remember that rivers flood.",
        "You may have heard that the mill is closing.",
        "The baker showed gains of a tenth in a year.",
        "Both Elm Park and Dorney showed gains in sales.",
        "Brill County showed a 14 percent increase in trade.",
        "The mayor presented it to the guild of bakers.",
        "The figures were presented to the board on Monday.",
        "Blake raised the fares, adding to a chorus of doubts.",
        "The firm has used tactics that unions have called unfair.",
        "The guild released its own report on Friday.",
        "The insurer called it quits in May.",
        "Photo: The crane lifts the last beam.",
        "The mayor was quick to react.",
        "Could the mill have been saved? Bakers think so.",
        "A hut was built for hikers who want to rest.",
        "The envoy placed a wreath at the gate of the old fort.",
        "Her first book explored how to keep bees.",
        "The league restricted imports of skates in May.",
        "Two suitors vied for the title of May queen.",
        "Every summer we just show up to sing.",
        "Four stars mean that the soup was good.",
        "The buyer of the mill was not identified.",
        "The abbot has much to say about bees.",
        "In a wet year there is little to say about hay.",
        "Kern went to the police in tears.",
        "The article was contributed by the Larn Gazette.",
        "We heard him say grace at noon.",
        "The bench heard arguments on Monday about the mill.",
        "The coins found in the old well are round and flat.",
        "He ended up where one would expect to find a banker.",
    ],
)
def test_acts_are_no_claims(text: str, parses: Parses) -> None:
    assert rows_of(text, parses) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ('Three "local leaders" said that the school would close.', 'Three "local leaders"'),
        ('A baker nicknamed "Flash" said the plan was late.', 'A baker nicknamed "Flash"'),
        ("According to two “senior sources”, the deal is off.", "two “senior sources”"),
    ],
)
def test_a_source_has_both_marks_of_what_is_quoted_in_it(text: str, source: str, parses: Parses) -> None:
    assert [who for who, _, _ in rows_of(text, parses)] == [source]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Figures showed a 14 percent increase in trade.", "Figures"),
        ("The poll showed a lead of nine points for Brandt.", "The poll"),
        ("Brandt showed that the well was poisoned.", "Brandt"),
        ("She presented evidence that the well was poisoned.", "She"),
    ],
)
def test_what_figures_show_and_evidence_tells_is_said(text: str, source: str, parses: Parses) -> None:
    assert [who for who, _, _ in rows_of(text, parses)] == [source]


def test_an_outlook_of_nobody_is_doubtful(parses: Parses) -> None:
    article = plain_article("The vote is expected to be close in May.")
    (quote,) = find_quotes(parses(article), article, CUES)
    assert quote.source == ()
    assert quote.confidence <= 0.5


def test_a_verb_joined_to_one_in_another_part_of_a_long_sentence_ends_the_search(parses: Parses) -> None:
    article = plain_article("The clerk said that the pool had closed.")
    (para,) = parse_paragraphs(parses(article), article, [])
    (said,) = find_attributions(para, CUES)
    para.dep[said.cue], para.head[said.cue] = "conj", said.cue
    assert not is_no_claim(para, said, CUES)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Some papers cast him as a villain.", ("Some papers", "cast", "him as a villain")),
        ("The mayor hit back, calling them out of touch.", ("The mayor", "calling", "them out of touch")),
        ("Police fear more victims in the mill case.", ("Police", "fear", "more victims in the mill case")),
        (
            "The show went on, but others are calling the hall out of touch.",
            ("others", "are calling", "the hall out of touch"),
        ),
        (
            'She spoke of the vote, calling the result from the capital "a warning".',
            ("She", "calling", 'the result from the capital "a warning"'),
        ),
        ("The inspector denied it and accused the editor of lying.", ("The inspector", "accused", "of lying")),
        ("Police characterised it as a small fire.", ("Police", "characterised", "it as a small fire")),
        ("MPs demand answers over ferry sinking", ("MPs", "demand", "answers over ferry sinking")),
    ],
)
def test_what_looks_like_an_act_may_be_a_judgment(text: str, row: tuple[str, str, str], parses: Parses) -> None:
    assert row in rows_of(text, parses)


def test_whom_somebody_speaks_to_is_no_claim(parses: Parses) -> None:
    text = "She apologised to the family and said lessons had been learned."
    assert rows_of(text, parses) == [("She", "said", "lessons had been learned")]
