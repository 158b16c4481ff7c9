"""Whose words they are, and which act it is, where another verb or noun decides on it: "fined the bank for saying"."""

import pytest

from pipeline.extract.quotes import find_quotes
from pipeline.records import Spans
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article

CUES = shared_cues()


def rows_of(text: str, parses: Parses) -> list[str]:
    """ "source | cue | content | stance", with "not" behind the stance of a negated one."""
    article = plain_article(text)

    def show(spans: Spans) -> str:
        return " [...] ".join(article.text[start:end] for start, end in spans)

    return [
        " | ".join((show(q.source), show(q.cue), show(q.content), f"{q.stance}{' not' if q.negated else ''}"))
        for q in find_quotes(parses(article), article, CUES)
    ]


SOURCES = [
    # whoever is blamed, fined or praised for saying something says it
    (
        "The guild criticised Larn Shipping for not admitting that the hull was cracked.",
        "Larn Shipping | not admitting | that the hull was cracked | confirms not",
    ),
    (
        "Judges rebuked the minister for saying the law was a joke.",
        "the minister | saying | the law was a joke | states",
    ),
    (
        "She attacked the council for claiming that the roof was safe.",
        "the council | claiming | that the roof was safe",
    ),
    ("Regulators fined the bank for failing to tell customers that rates had changed.", "the bank | to tell | that"),
    (
        "The ministry accused Larn Shipping of claiming that the hull was sound.",
        "Larn Shipping | claiming | that the hull was sound",
    ),
    ("The board thanked Ada Brandt for warning that the levee would fail.", "Ada Brandt | warning | that the levee"),
    ("Critics faulted the agency for suggesting that masks were useless.", "the agency | suggesting | that masks"),
    # without an object it is the subject
    (
        "Ada Brandt apologised for saying that the mayor was a thief.",
        "Ada Brandt | saying | that the mayor was a thief",
    ),
    ("The coach was fined for telling reporters that the referee was blind.", "The coach | telling | that the referee"),
    # a pronoun before the participle is its object, but where it is perceived
    ("Tenants were loath to sign it saying it would raise rents.", "Tenants | saying | it would raise rents"),
    ("Farmers rejected it, saying the price was too low.", "Farmers | saying | the price was too low | states"),
    # whoever is convinced believes
    ("Holm was persuaded that the hull was sound.", "Holm | was persuaded | that the hull was sound | believes"),
    ("Holm was told that the hull was sound.", " | was told | that the hull was sound | states"),
    # names before a noun for what is said
    (
        "The pact would end Norwegian claims that Iceland nets cod.",
        "Norwegian | claims | that Iceland nets cod | claims",
    ),
    ("Strikes followed union claims that pay had fallen.", "union | claims | that pay had fallen | claims"),
    ("The visit came amid Chinese allegations that the ship had spied.", "Chinese | allegations | that the ship had"),
    (
        "The row began with NATO warnings that the border was weak.",
        "NATO | warnings | that the border was weak | warns",
    ),
    ("He dismissed Labour claims that the clinic would close.", "Labour | claims | that the clinic would close"),
    # the subject of "is said to be" says nothing, and nothing is demanded
    ("He was for some years said to be the tallest monk in Larn.", " | said | He [...] to be the tallest monk in Larn"),
    ("The manor is said locally to be haunted.", " | is said locally | The manor [...] to be haunted | states"),
    ("She was once said by critics to be lazy.", "critics | was once said | She [...] to be lazy | states"),
    # between commas stands who speaks; what is quoted goes on from what stands before
    (
        "The figures rose. Rent, said Hale, “is about to climb once more.”",
        "Hale | said | Rent [...] “is about to climb once more.” | states",
    ),
    ("The vote, said Ada Brandt, “was never in doubt.”", "Ada Brandt | said | The vote [...] “was never in doubt.”"),
    ("The bread, said Ben Holt, a baker, “is baked at night.”", "Ben Holt, a baker | said | The bread [...] “is baked"),
    ("The mayor, said Ada Brandt, “has lied to us all.”", "Ada Brandt | said | The mayor [...] “has lied to us all.”"),
    ("Rain, said forecasters, “will return by Monday.”", "forecasters | said | Rain [...] “will return by Monday.”"),
    ("The firm, said Monday, “will close.”", "The firm | said Monday | “will close.”"),
]

NEGATED = [
    ("At no point did Holm say the ferry was unsafe.", "states not"),
    ("At no time did she claim that the mill was hers.", "claims not"),
    ("In no way did he suggest that she was lying.", "states not"),
    ("Under no circumstances would she say that the dam was safe.", "states not"),
    ("The port has yet to confirm the date of the sale.", "confirms not"),
    ("The minister never said that the dam was safe.", "states not"),
    ("She refused to say who had paid.", "states not"),
    # a "not" behind a comma denies what is said
    ("Holm is tired, Vane said, not only of rain but of wind.", "states"),
    ("The club is, Holm said, not for sale.", "states"),
    ("No sooner was he home than she said that the dam was safe.", "states"),
    ("The plan, he said, is not only costly but wrong.", "states"),
]

STANCES = [
    # what a statement does counts, not that it was issued
    ("The guild issued a statement condemning the raid.", "criticises"),
    ("She sent a letter urging the council to act.", "demands"),
    ("Holm released a statement denying that he knew of the theft.", "denies"),
    ("He wrote a letter thanking the crew for its help.", "supports"),
    ("Both parties issued statements praising her courage.", "supports"),
    ("The club released a statement confirming the sale of the ground.", "confirms"),
    ("The palace issued a statement announcing the birth of a son.", "states"),
    ("Some 900 anglers have signed a petition urging the guild to stock the lake.", "demands"),
    # what nobody wants to be called
    ("He called the tax “a disgrace”.", "criticises"),
    ("She called the judge a liar.", "criticises"),
    ("He called the plan ridiculous.", "criticises"),
    ("She described the vote as a sham.", "criticises"),
    ("He described the deal as “a betrayal of farmers”.", "criticises"),
    ("The mayor called the claim “nonsense”.", "criticises"),
    ("The paper dubbed him “the king of lies”.", "criticises"),
    ("He called the flood a tragedy.", "states"),
    ("She called the bridge a landmark.", "states"),
    ("He described the talks as frank.", "states"),
    ("She called him neither a liar nor a fool.", "states"),
    ("She called the idea “not a disgrace but a duty”.", "states"),
    ("He described how the fraud worked.", "states"),
    ("The union called for an end to the scam.", "demands"),
    # verbs, nouns and adjectives that had no stance
    ("Ada Brandt mused that the old mill would reopen by May.", "states"),
    ("“The old mill will reopen by May,” Ada Brandt gushed.", "states"),
    ("Ada Brandt griped that the old mill was cold.", "criticises"),
    # a request to do something demands it, one to tell something asks
    ("Ada Brandt asked the council to reopen the mill.", "demands"),
    ("Ada Brandt asked whether the mill was safe.", "asks"),
    ("Farmers want the army out of the hills.", "demands"),
    ("Farmers want to leave the hills.", "intends"),
    ("Ada Brandt advised that the mill was unsafe.", "states"),
    ("Ada Brandt advised that the mill be closed.", "demands"),
    # who declines to tell only says so
    ("Ada Brandt declined to detail the losses of the mill.", "states not"),
    ("She called the notice “misleading” and “inaccurate”.", "criticises"),
    ("She described the agency as bloated.", "criticises"),
    ("Ada Brandt argued against the merger of the mills.", "criticises"),
    ("Ada Brandt spoke out against the merger of the mills.", "criticises"),
    ("Ada Brandt stood by the decision to close the mill.", "supports"),
    ("Ada Brandt shrugged off talk of a merger.", "denies"),
    ("Ada Brandt played down the likelihood of a strike.", "denies"),
    ("Ada Brandt postulated that the mill was a church.", "believes"),
    ("Ada Brandt was convinced that the mill would burn.", "believes"),
    ("Ada Brandt decreed that the old mill would close.", "demands"),
    ("Ada Brandt is delighted that the old mill will reopen.", "believes"),
    ("Ada Brandt is adamant that the old mill will reopen.", "claims"),
    ("Ada Brandt is appalled that the old mill will close.", "criticises"),
    ("Her concession that the old mill was sold came late.", "confirms"),
]


@pytest.mark.parametrize(("text", "row"), SOURCES)
def test_whose_words_they_are(text: str, row: str, parses: Parses) -> None:
    assert any(found.startswith(row) for found in rows_of(text, parses)), rows_of(text, parses)


@pytest.mark.parametrize(
    "text",
    [
        "We heard it saying that the dam was safe.",
        "The board paid the council for telling tenants that the roof was safe.",
        "The law on union claims that have lapsed was read.",
    ],
)
def test_sources_that_stay_as_they_are(text: str, parses: Parses) -> None:
    rows = rows_of(text, parses)
    assert not any(row.startswith(("We | saying", "The board | telling", "union | claims")) for row in rows), rows


@pytest.mark.parametrize(("text", "stance"), [*NEGATED, *STANCES])
def test_which_act_it_is(text: str, stance: str, parses: Parses) -> None:
    assert stance in [row.rpartition(" | ")[2] for row in rows_of(text, parses)], rows_of(text, parses)
