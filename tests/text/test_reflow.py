"""Layout leaves no trace: what is read is the same however a text is wrapped, and spans point into it as it came."""

import random
import re
import textwrap

import pytest

from pipeline import extract_text
from pipeline.corpus import make_article
from pipeline.records import Article, Block, Linked, Mention, Quote, Speaker
from pipeline.text.hyphenation import join_broken_words
from pipeline.text.reflow import reflow


def body(text: str) -> Article:
    return Article("d", "k", "f", text, (Block(0, len(text), "body"),))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("the govern-\nment", "the government"),
        ("the govern-\r\n    ment", "the government"),
        ("a long-\nterm plan", "a long-term plan"),
        ("a state-\nrun mine", "a state-run mine"),
        ("a 20-\nyear-old", "a 20-year-old"),
        ("Rolls-\nRoyce", "Rolls-Royce"),
        ("the U.S.-\nled talks", "the U.S.-led talks"),
        ("one of the best-\nknown", "one of the best-known"),
        ("an ill-con-\nceived plan", "an ill-conceived plan"),
        ("closed on Mon-\nday", "closed on Monday"),
        ("it closed -\nand opened", "it closed -\nand opened"),
        ("the clo\u00adsure of the mi\u200bne", "the closure of the mine"),
        ("the clo\u00ad\nsure", "the closure"),
        ("he said\u200f. \u200eThen", "he said\u200f. \u200eThen"),
        ("👩\u200d🚒 came", "👩\u200d🚒 came"),
    ],
)
def test_words_that_the_layout_broke(text: str, read: str) -> None:
    assert join_broken_words(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The mine\nclosed  on\r\n    Monday.", "The mine closed on Monday."),
        ("The\xa0mine\u2009closed.", "The mine closed."),
        ("He said\u200f. \u200eThen\u200b he left.", "He said. Then he left."),
        ("The govern-\nment left.", "The government left."),
        ("\ufeffThe mine closed.", "The mine closed."),
        ("the oﬃce of the ﬂeet", "the office of the fleet"),
        ("\x93No,\x94 he said \x96 they didn\x92t.", "“No,” he said – they didn’t."),
    ],
)
def test_a_block_is_one_line_without_marks(text: str, read: str) -> None:
    assert reflow(body(text)).article.text == read


def test_a_text_that_needs_no_reflow_stays_the_same_object() -> None:
    article = make_article("The mine closed.\n\nNobody came.", file="f")
    assert reflow(article).article is article


def test_text_between_blocks_stays() -> None:
    text = "Play\n\n\n  The mine\nclosed.\n\n© 2024"
    article = Article("d", "k", "f", text, (Block(0, 4, "navigation"), Block(9, 25, "body"), Block(27, 33, "footer")))
    reflowed = reflow(article)
    assert reflowed.article.text == "Play\n\n\n  The mine closed.\n\n© 2024"
    assert [reflowed.article.text[b.start : b.end] for b in reflowed.article.blocks] == [
        "Play",
        "The mine closed.",
        "© 2024",
    ]
    assert [reflowed.to_source((b.start, b.end)) for b in reflowed.article.blocks] == [(0, 4), (9, 25), (27, 33)]


def test_every_span_is_carried_back() -> None:
    text = "The govern-\nment of Rus-\nsia   said it closes."
    reflowed = reflow(body(text))
    speaker = Speaker((0, 24), "The government of Russia", mention=(18, 24))
    linked = Linked(
        mentions=(Mention(18, 24, "COUNTRY", "Russia"),),
        quotes=(Quote(((0, 24),), ((25, 29),), ((30, 39),), "indirect"),),
        speakers=((speaker,),),
        sentences=((0, 40),),
    )
    back = reflowed.linked_to_source(linked)
    assert [text[m.start : m.end] for m in back.mentions] == ["Rus-\nsia"]
    assert [text[slice(*span)] for span in back.quotes[0].source] == ["The govern-\nment of Rus-\nsia"]
    assert [text[slice(*span)] for span in back.quotes[0].content] == ["it closes"]
    assert back.speakers[0][0].text == "The govern-\nment of Rus-\nsia"
    assert back.sentences == ((0, len(text)),)
    assert [reflowed.from_source(span) for span in back.sentences] == [(0, 40)]


def test_any_text_comes_back_character_by_character() -> None:
    chance = random.Random(5)  # noqa: S311
    for _ in range(200):
        text = "x" + "".join(chance.choices("ab -\n\r\t\xa0\u00ad\u200b\u200fé“🔴", k=60)) + "x"
        reflowed = reflow(body(text))
        assert not re.search(r"\s\s|[\n\r\t\xa0\u00ad\u200b\u200f]", reflowed.article.text)
        for place, char in enumerate(reflowed.article.text):
            start, end = reflowed.to_source((place, place + 1))
            assert text[start:end] == char or (char == " " and text[start:end].isspace())


STORY = [
    "The government of Zambia announced on Monday that the long-term closure of the Mufulira smelter would begin in "
    "March, according to a statement by the ministry.",
    "“We have considered every alternative,” said Miriam Banda, the well-known director of the company. “It closes for "
    "good.”",
    "Peter Mwansa, who represents the workers, said the decision was irresponsible and that his members would go to "
    "court.",
]


HYPHENATED = """The government of Zambia announced on Mon-
day that the long-term closure of the Mufu-
lira smelter would begin in March, accor-
ding to a statement by the ministry.

“We have considered every alternative,” sa-
id Miriam Banda, the well-
known director of the company. “It clo-
ses for good.”

Peter Mwansa, who represents the wor-
kers, said the decision was irrespon-
sible and that his members would go to court."""

LAYOUTS = {
    "72 columns": "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in STORY),
    "indented, no blank lines": "\r\n".join(
        textwrap.fill(paragraph, 72, initial_indent="    ").replace("\n", "\r\n") for paragraph in STORY
    ),
    "hyphenated": HYPHENATED,
    "narrow column": "\n\n".join(textwrap.fill(paragraph, 34) for paragraph in STORY),
    "soft hyphens": re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", "\u00ad", "\n\n".join(STORY)),
    "no-break spaces and marks": "\ufeff"
    + "\n\n".join(STORY).replace(" the ", "\xa0the\u200b ").replace("“", "\u200f“"),
}


@pytest.mark.model
@pytest.mark.parametrize("name", LAYOUTS)
def test_claims_are_the_same_in_every_layout(name: str) -> None:
    text = LAYOUTS[name]
    plain, laid_out = extract_text("\n\n".join(STORY)), extract_text(text)
    assert len(plain.claims) >= 4

    def words(claim_text: str) -> str:
        return re.sub(r"\W", "", join_broken_words(claim_text))

    assert [(words(c.claim_text), words(c.cue), words(c.speaker)) for c in laid_out.claims] == [
        (words(c.claim_text), words(c.cue), words(c.speaker)) for c in plain.claims
    ]
    for claim in laid_out.claims:
        for spans in claim.spans.values():
            assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
        content = claim.spans.get("content")
        if content:
            assert claim.claim_text == " [...] ".join(text[start:end] for start, end in content)
    assert [c.claim_id for c in laid_out.claims] == [c.claim_id for c in plain.claims]


def test_a_ligature_is_one_character_of_the_text_as_it_came() -> None:
    text = "The oﬃce will close, she said."
    reflowed = reflow(body(text))
    start = reflowed.article.text.index("office")
    assert text[slice(*reflowed.to_source((start, start + len("office"))))] == "oﬃce"
    assert reflowed.from_source((text.index("oﬃce"), text.index(" will"))) == (start, start + len("office"))
