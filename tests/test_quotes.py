"""Attributions in tagged sentences: text, then source | cue | content | type; parts are joined by " [...] "."""

from itertools import pairwise

import pytest

from pipeline.extract.quotations import find_quotations
from pipeline.extract.quotes import find_quotes
from pipeline.knowledge.cues import load_cues
from pipeline.knowledge.files import models_folder
from pipeline.records import Quote
from tests.harness import Parses, plain_article

CUES = load_cues(models_folder())

FOUND = [
    ("“The dock is done,” Mayor Ada Brandt said.", "Mayor Ada Brandt | said | “The dock is done,” | direct"),
    ('"Nobody asked us," said Oren Blake, a welder.', 'Oren Blake, a welder | said | "Nobody asked us," | direct'),
    (
        "“We tried everything,” she said. “The bank would not wait for us.”",
        "she | said | “We tried everything,” [...] “The bank would not wait for us.” | direct",
    ),
    (
        "“The ferry,” Brandt said, “has carried people here since the war.”",
        "Brandt | said | “The ferry,” [...] “has carried people here since the war.” | direct",
    ),
    ("The ministry said that the bridge was safe.", "The ministry | said | that the bridge was safe | indirect"),
    ("Officials believe the well has run dry.", "Officials | believe | the well has run dry | indirect"),
    ("The dam is full, engineers said.", "engineers | said | The dam is full | indirect"),
    (
        "The company called the strike “a gift to our rivals.”",
        "The company | called | the strike “a gift to our rivals.” | mixed",
    ),
    (
        "The minister confirmed that the mine was “no longer a going concern.”",
        "The minister | confirmed | that the mine was “no longer a going concern.” | mixed",
    ),
    (
        "Exports fell by a third, according to the central bank.",
        "the central bank | according to | Exports fell by a third | indirect",
    ),
    (
        "According to the union, two hundred people will lose their jobs.",
        "the union | According to | two hundred people will lose their jobs | indirect",
    ),
    ("The firm denied that it had hidden the leak.", "The firm | denied | that it had hidden the leak | indirect"),
    ("Brandt promised to keep the school open.", "Brandt | promised | to keep the school open | indirect"),
    (
        "He repeated his claim that the plant was profitable.",
        "his | claim | that the plant was profitable | indirect",
    ),
    ("It was reported that the airport had closed.", " | was reported | that the airport had closed | indirect"),
    ("Brandt wrote:\n\n“The town will remember this.”", "Brandt | wrote | “The town will remember this.” | direct"),
    (
        "“The town is tired,” Brandt said.\n\n“It wants a rest from all this talk of closing,” Blake said.",
        "Blake | said | “It wants a rest from all this talk of closing,” | direct",
    ),
    (
        "''The pumps have failed,'' Blake said.",
        "Blake | said | ''The pumps have failed,'' | direct",
    ),
    (
        "The ministry confirmed that the pier is closing, saying nobody would be hurt.",
        "The ministry | saying | nobody would be hurt | indirect",
    ),
    (
        "Blake told the crowd that the bank was “a vulture.”",
        "Blake | told | that the bank was “a vulture.” | mixed",
    ),
    ("Blake told the crowd, “They came for the tin.”", "Blake | told | “They came for the tin.” | direct"),
    (
        "“The pumps have failed,” a foreman, Oren Blake, said.",
        "a foreman, Oren Blake | said | “The pumps have failed,” | direct",
    ),
    (
        "Citing “the price of coal and the weather,” the firm’s spokesman blamed nobody.",
        "the firm’s spokesman | Citing | “the price of coal and the weather,” | direct",
    ),
    ("“The bells rang late.”\n-- Zora Hill, sexton", "Zora Hill |  | “The bells rang late.” | direct"),
    ("Peter Hale: The pier cost us two boats.", "Peter Hale | : | The pier cost us two boats. | indirect"),
    (
        "Brandt was critical of Blake's plan, telling the Gazette: “Blake's boats today are older than his office.”",
        "Brandt | telling | “Blake's boats today are older than his office.” | direct",
    ),
    (
        "The union said that the pay was too low, adding that a strike was near.",
        "The union | said | that the pay was too low | indirect",
    ),
    ("‘The pumps have failed again,’ said Blake.", "Blake | said | ‘The pumps have failed again,’ | direct"),
    (
        "WALKER: We never saw a plan.",
        "WALKER | : | We never saw a plan. | indirect",
    ),
    (
        "The paper quoted Brandt as saying that the port was lost.",
        "Brandt | saying | that the port was lost | indirect",
    ),
]  # fmt: skip

NOTHING = [
    "The “Iron Duke” sailed at noon.",
    "The so-called “green” plant burned coal.",
    "The factory makes cups and plates.",
    "Q: Why did the pier close?",
    "The train had ended its journey.",
]


def quotes_of(text: str, parses: Parses) -> list[Quote]:
    article = plain_article(text)
    return find_quotes(parses(article), article, CUES)


def show(text: str, quote: Quote) -> str:
    parts = (" [...] ".join(text[a:b] for a, b in spans) for spans in (quote.source, quote.cue, quote.content))
    return " | ".join((*parts, quote.quote_type))


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_finds_the_attribution(text: str, expected: str, parses: Parses) -> None:
    assert expected in [show(text, quote) for quote in quotes_of(text, parses)]


@pytest.mark.parametrize("text", NOTHING)
def test_finds_no_attribution(text: str, parses: Parses) -> None:
    assert [show(text, quote) for quote in quotes_of(text, parses)] == []


@pytest.mark.parametrize(
    ("text", "stance", "negated"),
    [
        ("The firm denied that it had hidden the leak.", "denies", False),
        ("The ministry did not confirm that the bridge was shut.", "confirms", True),
        ("Brandt warned that the wall could fall.", "warns", False),
        ("The ministry declined to confirm that the bridge was shut.", "confirms", True),
        ("Brandt answered “Absolutely not.”", "states", False),
        ("The union claimed that the books were false.", "claims", False),
    ],
)
def test_stance_and_negation(text: str, stance: str, negated: bool, parses: Parses) -> None:
    assert (stance, negated) in [(quote.stance, quote.negated) for quote in quotes_of(text, parses)]


def test_speech_over_paragraphs_is_one_quote(parses: Parses) -> None:
    text = (
        "“The quarry fed three generations of this valley,” Blake said. “It built the school.\n\n"
        "“Now the school will close as well.”"
    )
    quotes = quotes_of(text, parses)
    assert [show(text, quote).count("[...]") for quote in quotes] == [2]


def test_speech_without_a_cue_is_kept_without_a_source(parses: Parses) -> None:
    text = "The hall fell silent.\n\n“Nobody in this valley will ever trust them again.”"
    assert [show(text, quote) for quote in quotes_of(text, parses)] == [
        " |  | “Nobody in this valley will ever trust them again.” | direct"
    ]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('He said "one" and "two".', ["one", "two"]),
        ("He said “one” and ‘two’.", ["one", "two"]),
        ("The workers’ club ‘shut’ its bar.", ["shut"]),
        ('An odd " mark.\n\nThen "a pair" here.', ["mark.", "a pair"]),
        ("''Doubled'' marks.", ["Doubled"]),
        ("It’s the miners’ hall, isn’t it?", []),
    ],
)
def test_pairs_quotation_marks_within_a_paragraph(text: str, inner: list[str]) -> None:
    found = find_quotations(plain_article(text))
    assert [text[slice(*quotation.inner)].strip() for quotation in found] == inner


def test_sources_cues_and_contents_never_overlap(parses: Parses) -> None:
    for text, _ in FOUND:
        for quote in quotes_of(text, parses):
            spans = sorted([*quote.source, *quote.cue, *quote.content])
            assert all(one[1] <= two[0] for one, two in pairwise(spans)), show(text, quote)
