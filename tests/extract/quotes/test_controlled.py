"""Who speaks in a gerund: "criticised the bank for saying that", "joined the mayors in threatening to sue"."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The regulator criticised the bank for not disclosing that its auditor had resigned.",
         "the bank", "that its auditor had resigned"),
        ("The coroner rebuked the home for telling families that nobody was ill.", "the home", "that nobody was ill"),
        ("The ombudsman thanked the clerks for admitting that letters had been lost.",
         "the clerks", "that letters had been lost"),
        ("Fans mocked the club for claiming that the stand was full.", "the club", "that the stand was full"),
        ("Two mayors were criticised for saying that the flood was a hoax.", "Two mayors", "that the flood was a hoax"),
        ("The judge praised the widow for insisting that the file be opened.", "the widow", "that the file be opened"),
        ("Aides condemned the minister for suggesting that nurses were lazy.",
         "the minister", "that nurses were lazy"),
        ("Odell joined other mayors in threatening legal steps against the state.",
         "Odell", "legal steps against the state"),
        ("The bishop joined the imam in condemning the attack on the market.",
         "The bishop", "the attack on the market"),
        ("Ruth Calder joined her colleagues in saying that the vote had been rushed.",
         "Ruth Calder", "that the vote had been rushed"),
        ("The Swedes joined the Danes in demanding a ban on trawling.", "The Swedes", "a ban on trawling"),
        ("She left the room without saying that she was ill.", "She", "that she was ill"),
    ],
)  # fmt: skip
def test_grammar_tells_who_speaks(text: str, source: str, content: str, parses: Parses) -> None:
    rows = sources_and_contents(text, parses)
    assert [who for who, told in rows if told == content] == [source]


@pytest.mark.parametrize(
    "text",
    ["Kern joined the choir in Aue.", "Kern joined the crew in painting the hull.", "She joined in dancing the reel."],
)
def test_a_deed_done_with_others_is_none(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []
