"""The same story twice: what is grouped, and what must not be."""

import random
import textwrap
from collections import Counter

import pytest

from pipeline.compare import Copy, find_copies, make_sketch
from pipeline.compare.copies import Sketch, shared_fraction
from pipeline.corpus import make_article

NOUNS = "mine smelter council bridge ferry mill harbour school clinic depot quarry market station tower garden".split()
VERBS = "closed opened delayed inspected repaired sold bought flooded rebuilt fenced measured painted".split()
PLACES = "Kitwe Ndola Mansa Chipata Kasama Solwezi Choma Mongu Kabwe Livingstone".split()


def paragraphs(seed: int, count: int = 8) -> list[str]:
    """Sentences that no other seed gives."""
    chance = random.Random(seed)  # noqa: S311
    return [
        " ".join(
            f"Officials in {chance.choice(PLACES)} said on day {chance.randrange(9999)} that the {chance.choice(NOUNS)}"
            f" beside the {chance.choice(NOUNS)} would be {chance.choice(VERBS)} before {chance.choice(NOUNS)} "
            f"{chance.randrange(9999)} was {chance.choice(VERBS)}."
            for _ in range(3)
        )
        for _ in range(count)
    ]


STORY = paragraphs(1)


def sketch(name: str, body: list[str], title: str = "The mine above the village closes", joint: str = "\n\n") -> Sketch:
    return make_sketch(make_article(joint.join([title, *body]), file=name))


def changed(body: list[str], every: int) -> list[str]:
    words = [f"other{number}" if number % every == 0 else word for number, word in enumerate(" ".join(body).split())]
    return [" ".join(words)]


COPIES = {
    "a new headline": sketch("b", STORY, "Villagers without work"),
    "the end cut": sketch("b", STORY[:3]),
    "one word in twenty changed": sketch("b", changed(STORY, 20)),
    "paragraphs added": sketch("b", [*STORY[:2], *paragraphs(2, 3), *STORY[2:]]),
    "another layout": sketch("b", [textwrap.fill(paragraph, 60) for paragraph in STORY]),
    "curly and upper case": sketch("b", [paragraph.upper() for paragraph in STORY]),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_names_the_first(name: str) -> None:
    assert find_copies([sketch("a", STORY), COPIES[name]]) == {
        sketch("a", STORY).doc_id: Copy("", 1),
        COPIES[name].doc_id: Copy("a", 1),
    }


BOILERPLATE = paragraphs(3, 1)[0]
APART = {
    "the same event by another reporter, one quotation shared": sketch("b", [STORY[0], *paragraphs(4)]),
    "two columns with the same standing words": sketch("b", [*paragraphs(5, 4), BOILERPLATE]),
    "nothing but a headline": sketch("b", []),
    "an item of a round-up": sketch("b", STORY[:1]),
}


@pytest.mark.parametrize("name", APART)
def test_what_is_no_copy(name: str) -> None:
    first = sketch("a", [*STORY, BOILERPLATE]) if "columns" in name else sketch("a", STORY)
    assert find_copies([first, APART[name]]) == {}


def test_a_round_up_ties_no_stories_together() -> None:
    first, second = sketch("a", STORY), sketch("b", paragraphs(6))
    both = sketch("c", [*STORY, *paragraphs(6)])
    copies = find_copies([first, second, both])
    assert second.doc_id not in copies
    assert copies[both.doc_id] == Copy("a", 1)


def test_every_copy_is_of_the_first_and_exact_ones_count() -> None:
    cut = sketch("b", STORY[:5], "Cut")
    copies = find_copies([sketch("a", STORY), cut, sketch("c", STORY[:4], "Cut more")], Counter({"b": 2}))
    assert {copy.first for copy in copies.values()} == {"", "a"}
    assert {copy.others for copy in copies.values()} == {4}


def test_the_order_decides_which_is_first() -> None:
    long, short = sketch("a", STORY), sketch("b", STORY[:4])
    assert find_copies([short, long])[long.doc_id] == Copy("b", 1)


def test_what_is_said_twice_in_an_article_counts_once() -> None:
    assert shared_fraction(sketch("a", STORY), sketch("b", [*STORY, *STORY])) == 1.0


@pytest.mark.slow
def test_none_of_hundreds_of_articles_is_grouped() -> None:
    assert find_copies([sketch(str(number), paragraphs(100 + number, 4)) for number in range(400)]) == {}
