"""Which quotes are only the newsroom's own lines around an article."""

import pytest

from pipeline.extract.quotes.boilerplate import drop_boilerplate
from pipeline.extract.quotes.draft import QuoteDraft
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.reporting_words import load_reporting_words
from tests.helpers.parses import plain_article

WORDS = load_reporting_words(models_folder())


def draft(text: str, source: str, cue: str, content: str) -> QuoteDraft:
    """A draft whose parts stand at their first place in the text; empty ones are left out."""
    article = plain_article(text)
    starts = [text.index(part) for part in (source, cue, content)]
    spans = [(start, start + len(part)) for start, part in zip(starts, (source, cue, content), strict=True)]
    block = next(number for number, block in enumerate(article.blocks) if block.start <= spans[2][0] < block.end)
    given = [(span,) if span[0] < span[1] else () for span in spans[:2]]
    return QuoteDraft(block, given[0], given[1], [spans[2]], ("say",), False, 0.9, "child ccomp", "")


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The pier is shut.\n\nRead more: Mayor says the ferry is safe.", "Mayor", "says", "the ferry is safe"),
        ("The pier is shut.\n\nWATCH | Kern says the ferry is safe.", "Kern", "says", "the ferry is safe"),
        ("It is late. By signing up you agree to get our letters.", "you", "agree", "to get our letters"),
        ("We believe the harbour matters. Support us!\n\nWe ask you to donate.", "We", "ask", "to donate"),
        ("We think you may like this, subscribe to learn more.", "We", "think", "you may like this"),
    ],
)
def test_lines_of_the_newsroom_are_no_claims(text: str, source: str, cue: str, content: str) -> None:
    assert drop_boilerplate([draft(text, source, cue, content)], plain_article(text), WORDS) == []


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The firm said it had changed its privacy policy.", "The firm", "said", "it had changed its privacy policy"),
        ("We believe the pier is safe. Subscribe to our newsletter.", "We", "believe", "the pier is safe"),
        ('"We ask you to donate," she wrote.', "she", "wrote", '"We ask you to donate,"'),
        ("The pier is shut.\n\nRead the letter, Kern said.", "Kern", "said", "Read the letter"),
        ("Related firms are shut, Kern said.", "Kern", "said", "Related firms are shut"),
    ],
)
def test_what_others_say_about_such_things_is_a_claim(text: str, source: str, cue: str, content: str) -> None:
    drafts = [draft(text, source, cue, content)]
    assert drop_boilerplate(drafts, plain_article(text), WORDS) == drafts


def test_speech_that_is_shown_twice_counts_once() -> None:
    text = "“The old pier is shut for good now.”\n\nIt rained.\n\n“The old pier is shut for good now.”"
    first = draft(text, "", "", "“The old pier is shut for good now.”")
    start = text.rindex("“")
    second = QuoteDraft(2, (), (), [(start, len(text))], ("say",), False, 0.9, "quotation without cue", "")
    assert drop_boilerplate([first, second], plain_article(text), WORDS) == [first]
