"""What holds of any article: random ones, made of our own sentences with a fixed seed, through the whole pipeline."""

import random
from datetime import date

import pytest

from pipeline import extract_text
from pipeline.records import Result

pytestmark = pytest.mark.model

SENTENCES = [
    "Ada Brandt, mayor of Larnhaven, said the ferry terminal would close in June.",
    "“It is late,” she said. “We close the terminal on Friday.”",
    "Halberg Glass will shut its bottle plant in Kirkmorrow next March, the company said.",
    "Kenya and Uganda said on Monday that they would close their embassies in Oslo.",
    "Critics called the plan “a farce” and asked for the school’s reopening.",
    "The ministry denied that it planned to close the border crossing at Lesna Pass.",
    "According to Oren Blake, the café was shut “for a week – no more”.",
    "Nobody knows why the mine has been idle since 2 May 2019.",
    "Rosalía Benegas, a spokeswoman for Paraguay’s foreign ministry, declined to comment.",
    "The weather was fine; 🐧 penguins were seen in the harbour.",
    "He added that the hospital in Łódź could close by the end of the year.",
]
SEEDS = range(12)


def paragraphs(seed: int) -> list[str]:
    """Some sentences in some order, one of them twice."""
    dice = random.Random(seed)  # noqa: S311
    chosen = dice.sample(SENTENCES, dice.randint(3, 7))
    return [*chosen, dice.choice(chosen)]


def read(parts: list[str], **fields: str) -> Result:
    text = "\n\n".join(parts)
    return extract_text(text, published=date(2025, 3, 4), title="Closing time", **fields)


def ids(result: Result) -> set[str]:
    return {claim.claim_id for claim in result.claims}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_span_is_the_text_it_points_at(seed: int) -> None:
    result = read(paragraphs(seed))
    text = result.article.text
    assert result.claims
    for claim in result.claims:
        if claim.claim_type != "quote":
            assert claim.claim_text == text[claim.start : claim.end]
            assert [text[a:b] for a, b in claim.spans["trigger"]] == [claim.trigger]
        else:
            assert claim.claim_text == " [...] ".join(text[a:b] for a, b in claim.spans["content"])
            assert claim.cue == " [...] ".join(text[a:b] for a, b in claim.spans["cue"])
        inside = [span for spans in claim.spans.values() for span in spans]
        assert all(0 <= a < b <= len(text) and text[a:b] == text[a:b].strip() for a, b in inside)
        assert " ".join(claim.sentence.split()) in " ".join(text.split())
        assert claim.speaker_text in text
        if claim.speaker_mention and claim.speaker_type == "person":
            a, b = claim.speaker_mention
            assert text[a:b].split()[-1] == claim.speaker.split()[-1]
    named = [(mention.start, mention.end) for mention in result.mentions]
    for a, b in [*named, *((day.start, day.end) for day in result.dates)]:
        assert 0 <= a < b <= len(text)
        assert text[a:b] == text[a:b].strip()


@pytest.mark.parametrize("seed", SEEDS)
def test_ids_are_unique_and_links_go_both_ways(seed: int) -> None:
    claims = read(paragraphs(seed)).claims
    by_id = {claim.claim_id: claim for claim in claims}
    assert len(by_id) == len(claims)
    for claim in claims:
        assert all(claim.claim_id in by_id[linked_id].links for linked_id in claim.links)


@pytest.mark.parametrize("seed", SEEDS)
def test_ids_survive_text_added_before_and_after(seed: int) -> None:
    parts = paragraphs(seed)
    longer = read(["The clock of the town hall had stopped.", *parts, "Snow fell during the night."])
    assert ids(read(parts)) <= ids(longer)


def test_what_another_article_holds_changes_nothing() -> None:
    first = [read(paragraphs(seed)).claims for seed in SEEDS]
    again = [read(paragraphs(seed)).claims for seed in reversed(SEEDS)]
    assert first == again[::-1]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (
            "The bottle plant in Kirkmorrow is old. Halberg Glass said it will close in March.",
            "The bottle plant in Kirkmorrow",
        ),
        ("The ferry terminals were quiet. They will be shut on Friday.", "The ferry terminals"),
        ("Halberg Glass said the plant will close in March.", "the plant"),
    ],
)
def test_what_a_pronoun_says_will_close_is_in_the_row(text: str, target: str) -> None:
    (closure,) = (claim for claim in extract_text(text).claims if claim.claim_type == "closure")
    assert closure.target == target
    ((start, end),) = closure.spans["target"]
    assert ("the text has" in closure.reason) == (text[start:end] != target)


def test_a_full_stop_is_no_source() -> None:
    """The parser takes the stop behind so long a word for the subject."""
    (claim,) = extract_text("A" * 300 + ". said that it is late.").claims
    assert claim.spans["source"] == ()
