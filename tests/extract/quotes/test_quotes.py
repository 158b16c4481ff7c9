"""Attributions in tagged sentences: text, then source | cue | content | type; parts are joined by " [...] "."""

from dataclasses import replace
from itertools import pairwise

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.extract.quotations import find_quotations
from pipeline.extract.quotes import find_quotes
from pipeline.extract.quotes.paragraph import MAX_TOKENS, parse_paragraphs
from pipeline.knowledge.cues import AddedCue
from pipeline.knowledge.spelling import americanize
from pipeline.records import Quote
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article

CUES = shared_cues()

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
        "He | repeated | his claim that the plant was profitable | indirect",
    ),
    (
        "His claim that the plant was profitable drew laughter.",
        "His | claim | that the plant was profitable | indirect",
    ),
    (
        "The minister’s promise to reopen the pier came to nothing.",
        "The minister’s | promise | to reopen the pier | indirect",
    ),
    ("There were fears that the dam would burst.", " | fears | that the dam would burst | indirect"),
    (
        "The mayor made clear that the bridge would stay shut.",
        "The mayor | made clear | that the bridge would stay shut | indirect",
    ),
    (
        "Residents took issue with the plan to drain the lake.",
        "Residents | took issue | with the plan to drain the lake | indirect",
    ),
    (
        "The union criticised the closure of the depot.",
        "The union | criticised | the closure of the depot | indirect",
    ),
    (
        "In the view of local pilots, the point is more dangerous without a keeper.",
        "local pilots | the view of | the point is more dangerous without a keeper | indirect",
    ),
    ("“No,” said Blake.", "Blake | said | “No,” | direct"),
    ("Brandt called the deal “shameful.”", "Brandt | called | the deal “shameful.” | mixed"),
    (
        "Brandt dismissed the report as “nonsense.”",
        "Brandt | dismissed | the report as “nonsense.” | mixed",
    ),
    ("Blake tweeted: “The pier is ours.”", "Blake | tweeted | “The pier is ours.” | direct"),
    (
        "The ministry plans to close the harbour next year.",
        "The ministry | plans | to close the harbour next year | indirect",
    ),
    ("Fishermen hope the quota will rise.", "Fishermen | hope | the quota will rise | indirect"),
    (
        "The union accused the firm of hiding the leak.",
        "The union | accused | of hiding the leak | indirect",
    ),
    (
        "The council backed the plan for a new pier.",
        "The council | backed | the plan for a new pier | indirect",
    ),
    ("It is believed that the ship sank in May.", " | is believed | that the ship sank in May | indirect"),
    (
        "The mine, the company announced, will close in June.",
        "the company | announced | The mine [...] will close in June | indirect",
    ),
    # whose account it is, and verbs behind which the parse takes the speaker for an object
    (
        "In the words of one old pilot, the point is “a trap.”",
        "one old pilot | the words of | the point is “a trap.” | mixed",
    ),
    (
        "By the guild’s own count, some 900 bakers took part.",
        "the guild’s | own count | some 900 bakers took part | indirect",
    ),
    ("No sign of a leak at the mill, says mayor", "mayor | says | No sign of a leak at the mill | indirect"),
    (
        "Two of the boats had no lamps, court records show.",
        "court records | show | Two of the boats had no lamps | indirect",
    ),
    (
        "The clerk had never been asked about the ledger, the jury heard.",
        "the jury | heard | The clerk had never been asked about the ledger | indirect",
    ),
    (
        "The company has yet to confirm the number of jobs at risk.",
        "The company | has yet to confirm | the number of jobs at risk | indirect",
    ),
    (
        "“So proud of this lot,” captain Ada Brandt posted on her page beside a photo.",
        "captain Ada Brandt | posted on her page beside a photo | “So proud of this lot,” | direct",
    ),
    (
        "Coach Ada Brandt on the late goal: “It was never a goal.”",
        "Coach Ada Brandt | : | “It was never a goal.” | direct",
    ),
    ("“Worst hat ever,” wrote one.", "one | wrote | “Worst hat ever,” | direct"),
    (
        "The army put the number of dead at 14.",
        "The army | put | the number of dead at 14 | indirect",
    ),
    # what the form tells, however seldom the word is a cue
    (
        "The guild recommends a gradual rise in tolls and a new lamp.",
        "The guild | recommends | a gradual rise in tolls and a new lamp | indirect",
    ),
    ("The union urged calm.", "The union | urged | calm | indirect"),
    (
        "The rebels threatened to burn the mill unless the road was opened.",
        "The rebels | threatened | to burn the mill unless the road was opened | indirect",
    ),
    (
        "The union’s demand for a shorter week was turned down.",
        "The union’s | demand | for a shorter week | indirect",
    ),
    (
        "Traders were shaken by reports the bank was seeking a rescue.",
        " | reports | the bank was seeking a rescue | indirect",
    ),
    (
        "The feeling among bakers is that the mill will shut.",
        "bakers | The feeling | that the mill will shut | indirect",
    ),
    (
        "The vote was put off, with the clerk asking members to show respect.",
        "the clerk | asking | to show respect | indirect",
    ),
    (
        "The council was accused by the clerk of hiding the ledger.",
        "the clerk | was accused | of hiding the ledger | indirect",
    ),
    (
        "The sale was condemned by unions as a betrayal.",
        "unions | was condemned | The sale [...] as a betrayal | indirect",
    ),
    (
        "The toll, described by bakers as “theft”, will rise in May.",
        "bakers | described | The toll [...] as “theft” | mixed",
    ),
    (
        "As the mayor put it, the town was “running on fumes.”",
        "the mayor | put it | the town was “running on fumes.” | mixed",
    ),
    ("Blake, who says the pier is unsafe, has moved his boats.", "who | says | the pier is unsafe | indirect"),
    (
        "Blake told reporters on the quay that he would sue.",
        "Blake | told | that he would sue | indirect",
    ),
    (
        "Critics say the dam was built too fast, but the ministry insists it is safe.",
        "the ministry | insists | it is safe | indirect",
    ),
    (
        "Blake has yet to explain why the pier burned.",
        "Blake | has yet to explain | why the pier burned | indirect",
    ),
    ("“We will fight,” said Blake. “We will lose,” said Brandt.", "Brandt | said | “We will lose,” | direct"),
    (
        "“What will you do with the boats?” the reporter asked. “Sell them,” Blake said.",
        "Blake | said | “Sell them,” | direct",
    ),
    (
        "“We are finished,” the captain – a man of few words – said.",
        "the captain – a man of few words | said | “We are finished,” | direct",
    ),
    (
        "The firm said in a statement:\n\n“We regret the loss of the pier.”",
        "The firm | said | “We regret the loss of the pier.” | direct",
    ),
    (
        'An odd " mark opens here and never closes, Blake said.\n\n“The pier is closed,” Brandt said.',
        "Brandt | said | “The pier is closed,” | direct",
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
    (
        "The paper quoted Brandt as saying that the port was lost.",
        "The paper | quoted | Brandt as saying that the port was lost | indirect",
    ),
    (
        "Brandt was quoted by the Gazette as saying that the port was lost.",
        "Brandt | saying | that the port was lost | indirect",
    ),
    (
        "The union said that the pay was too low, adding that a strike was near.",
        "The union | adding | that a strike was near | indirect",
    ),
]  # fmt: skip

NOTHING = [
    "The “Iron Duke” sailed at noon.",
    "The so-called “green” plant burned coal.",
    "The factory makes cups and plates.",
    "Q: Why did the pier close?",
    "The train had ended its journey.",
    "He read “The Old Man and the Sea” twice.",
    "The band played “Blue Harbour Nights” for an hour.",
    "The ferry crossed the strait in two hours.",
    "The paper criticised Brandt.",
    "Residents blamed them.",
    "The town is small.\n\nHarbour Prices: Herring 170 crowns a crate.",
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
        ("Brandt answered, “Absolutely not.”", "states", False),
        ("Kern left the hall. “What do we do if there is no hope?”", "asks", False),
        ("Brandt warned that the wall could fall.", "warns", False),
        ("The ministry declined to confirm that the bridge was shut.", "confirms", True),
        ("Brandt answered “Absolutely not.”", "states", False),
        ("The union claimed that the books were false.", "claims", False),
        ("The ministry would not say whether the bridge was safe.", "states", True),
        ("The mayor did not rule out a second vote.", "denies", True),
        ("Residents took issue with the plan to drain the lake.", "criticises", False),
        ("Fishermen hope the quota will rise.", "believes", False),
        ("Fishermen hope to sell the boats.", "intends", False),
        ("The union wants to sell the hall.", "intends", False),
        ("The union wants the firm to sell the hall.", "demands", False),
        ("The union called on the firm to sell the hall.", "demands", False),
        ("Brandt told the crews to stay in port.", "demands", False),
        ("Brandt told the crews that the port was shut.", "states", False),
        ("The letters suggest that the wall was weak.", "states", False),
        ("Brandt suggested that the wall should be torn down.", "demands", False),
        ("The firm agreed to repair the wall.", "promises", False),
        ("The report revealed that the wall was weak.", "states", False),
        ("Residents fear that the wall will fall.", "believes", False),
        ("Analysts expect the quota to rise.", "believes", False),
        ("Blake has yet to explain why the pier burned.", "states", True),
        ("The firm has yet to confirm the price of the mill.", "confirms", True),
        ("Blake branded the toll “theft”.", "criticises", False),
        ("Kern toured the wall, calling it “sound” and noting that few had helped.", "states", False),
        ("Kern pleaded not guilty to theft of the ledger.", "denies", False),
        ("Kern pleaded guilty to theft of the ledger.", "confirms", False),
        ("Bakers consider the toll unfair.", "believes", False),
        ("“Will the council pay for the pier?” asked Kern.", "asks", False),
        ("Divers warn of a sharp fall in the number of eels.", "warns", False),
        ("There is no suggestion that the bakers did anything wrong.", "states", True),
        ("A sign on the pier reads “No swimming here”.", "states", False),
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


def test_speech_over_paragraphs_without_a_cue_is_one_quote(parses: Parses) -> None:
    text = (
        "“The quarry fed three generations of this valley,” Blake said.\n\n"
        "“It built the school and the chapel.\n\n“It paid for the bridge over the river.\n\n“Now all will go.”"
    )
    assert [len(quote.content) for quote in quotes_of(text, parses)] == [1, 3]


def test_a_question_of_an_interview_is_its_askers(parses: Parses) -> None:
    text = (
        "Gazette: Why did the pier close?\n\nBrandt: The timber was rotten.\n\n"
        "Gazette: Who knew?\n\nBrandt: Everybody did."
    )
    assert [(show(text, quote), quote.stance) for quote in quotes_of(text, parses)] == [
        ("Gazette | : | Why did the pier close? | indirect", "asks"),
        ("Brandt | : | The timber was rotten. | indirect", "states"),
        ("Gazette | : | Who knew? | indirect", "asks"),
        ("Brandt | : | Everybody did. | indirect", "states"),
    ]


def test_a_question_asks_whoever_found_it(parses: Parses) -> None:
    text = "Coast Weekly: What did the agency tell you?\n\nMaren Holt: Nothing at all."
    assert [(show(text, quote), quote.stance) for quote in quotes_of(text, parses)] == [
        ("Coast Weekly | : | What did the agency tell you? | indirect", "asks"),
        ("Maren Holt | : | Nothing at all. | indirect", "states"),
    ]


def test_an_answer_without_a_name_has_no_source(parses: Parses) -> None:
    text = "Q: Why did the pier close?\n\nA: The timber was rotten."
    assert [show(text, quote) for quote in quotes_of(text, parses)] == [" | : | The timber was rotten. | indirect"]


def test_an_answer_with_a_speaker_of_its_own_is_that_speakers(parses: Parses) -> None:
    text = "Q: Why did the pier close?\n\nA: The timber was rotten, Blake explained."
    assert [show(text, quote) for quote in quotes_of(text, parses)] == [
        "Blake | explained | The timber was rotten | indirect"
    ]


def test_an_added_cue_needs_no_training(parses: Parses) -> None:
    text = "The clerk zorbled that the ledgers had been burnt."
    added = replace(CUES, added={"zorble": (AddedCue("zorble", (), "states", (text,)),)})
    article = plain_article(text)
    (quote,) = find_quotes(parses(article), article, added)
    assert show(text, quote) == "The clerk | zorbled | that the ledgers had been burnt | indirect"


ADDED_CUES = [cue for cues in CUES.added.values() for cue in cues]


def stances_at_head(cue: AddedCue, text: str, parses: Parses) -> list[str]:
    """The stances of the quotes whose cue has a word of the added cue's head lemma."""
    article = plain_article(text)
    doc = parses(article)
    heads = {token.idx for token in doc if token.lemma_ == cue.head}
    quotes = find_quotes(doc, article, CUES)
    return [quote.stance for quote in quotes if any(start <= head < end for start, end in quote.cue for head in heads)]


@pytest.mark.parametrize(("cue", "text"), [(cue, text) for cue in ADDED_CUES for text in cue.examples])
def test_an_example_of_an_added_cue_has_that_cue_and_its_stance(cue: AddedCue, text: str, parses: Parses) -> None:
    assert cue.stance in stances_at_head(cue, text, parses)


@pytest.mark.parametrize(("cue", "text"), [(cue, text) for cue in ADDED_CUES for text in cue.no_match])
def test_a_sentence_that_must_not_match_has_no_such_cue(cue: AddedCue, text: str, parses: Parses) -> None:
    assert stances_at_head(cue, text, parses) == []


def test_a_sentence_without_end_is_read_in_parts() -> None:
    words = ["Blake", "said", "nothing", "and"] * 500
    doc = Doc(Vocab(), words=words, heads=[0] * len(words), deps=["dep"] * len(words))
    article = plain_article(doc.text)
    sizes = [len(para) for para in parse_paragraphs(doc, article, find_quotations(article))]
    assert sum(sizes) == len(words)
    assert max(sizes) <= MAX_TOKENS


@pytest.mark.parametrize(
    ("lemma", "same"), [("criticise", "criticize"), ("promise", "promise"), ("raise", "raise"), ("say", "say")]
)
def test_british_spelling_counts_as_american(lemma: str, same: str) -> None:
    assert americanize(lemma) == same


def test_a_quote_tells_what_decided(parses: Parses) -> None:
    (quote,) = quotes_of("Officials believe the well has run dry.", parses)
    assert quote.rule == "child ccomp"
    assert quote.reason == "found by the verb 'believe'"
    assert quote.scores.startswith("'believe' a cue 0.9")
    assert "content 0.9" in quote.scores


@pytest.mark.parametrize("text", ['"', "“”", "said", ": :", "“ “ ” said", "He said: “", "\n\n”", "A: B:\n\nA: B:"])
def test_odd_text_never_raises(text: str, parses: Parses) -> None:
    assert isinstance(quotes_of(text, parses), list)


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
    quotations = find_quotations(plain_article(text))
    assert [text[slice(*quotation.inner)].strip() for quotation in quotations] == inner


def test_sources_cues_and_contents_never_overlap(parses: Parses) -> None:
    for text, _ in FOUND:
        for quote in quotes_of(text, parses):
            spans = sorted([*quote.source, *quote.cue, *quote.content])
            assert all(first[1] <= second[0] for first, second in pairwise(spans)), show(text, quote)
