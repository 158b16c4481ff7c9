"""No time speaks, whatever the parser takes for the subject."""

import pytest

from pipeline.extract.quotations import find_quotations
from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import parse_paragraphs
from pipeline.extract.quotes.time_sources import drop_time
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article
from tests.helpers.quotes import sources_and_contents

WORDS = shared_cues().words


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ('"It is late," Holm, a baker, said Thursday morning.', "Holm"),
        ('"It is late," a tired Ada Holm said Thursday morning.', "a tired Ada Holm"),
        ('"It is late." He left and then said Thursday morning.', ""),
        ("It is late and he said Thursday morning.", ""),
    ],
)
def test_whoever_stands_before_the_verb_speaks(text: str, source: str, parses: Parses) -> None:
    article = plain_article(text)
    (para,) = parse_paragraphs(parses(article), article, find_quotations(article))
    said, morning = para.word.index("said"), para.word.index("morning")
    candidate = Candidate.of_rule(said, morning, para.bit[morning], para.quoted_mask, "child", 0.9)
    drop_time(para, candidate, WORDS)
    tokens = [token for token in range(len(para)) if candidate.source_mask >> token & 1]
    assert text[para.char_start[tokens[0]] : para.char_end[tokens[-1]]] == source if tokens else source == ""
    assert (candidate.source is None) == (source == "")


def test_a_time_alone_is_nobody(parses: Parses) -> None:
    assert [source for source, _ in sources_and_contents("Thursday morning said little of it.", parses)] in ([], [""])


def test_an_age_is_somebody(parses: Parses) -> None:
    assert sources_and_contents("The 40-year-old said it was late.", parses) == [("The 40-year-old", "it was late")]
