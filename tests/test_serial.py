"""Messages between processes: a record comes back as it went, tagged with what it is; anything else is refused."""

import json
from datetime import date

import pytest

from pipeline import serial
from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.process.messages import REPLIES, FileEnds, PartBegins, PartEnds, ReadRequest, Reply
from pipeline.records import Article, Block, Claim, Mention, Result
from pipeline.serial import dump_fields, dump_tagged, dumps, dumps_tagged, load_fields, load_tagged, loads, loads_tagged
from pipeline.settings import Fields

DOCUMENT = Document(
    "The mine closed.\ud800",
    Metadata("Ferry", date(2025, 3, 4), "URL", authors=("Ada Brandt", "Tove Lund")),
    (Block(0, 16, "body", repeated=True),),
    part="#3",
)


@pytest.mark.parametrize(
    "reply",
    [
        PartBegins(3, "/a\n“b”.txt"),
        PartEnds(3),
        FileEnds(),
        DOCUMENT,
        Document(""),
        UnreadablePart("why", gave_up=True),
    ],
)
def test_replies_come_back_on_one_line(reply: Reply) -> None:
    line = dumps_tagged(reply)
    assert line.isascii()
    assert "\n" not in line
    assert loads_tagged(REPLIES, line) == reply
    assert load_tagged(REPLIES, json.loads(json.dumps(dump_tagged(reply)))) == reply


def test_requests_come_back() -> None:
    request = ReadRequest("ff00", 2, Fields(text="body"))
    assert loads(ReadRequest, dumps(request)) == request


@pytest.mark.parametrize(
    "text", ['["Article", []]', '["PartEnds", []]', '"ab"', "3", "null", "[]", '["PartEnds", 3]', "{"]
)
def test_other_messages_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a|another kind|fields|unpack|Expecting"):
        loads_tagged(REPLIES, text)


def some_result(count: int) -> Result:
    article = Article("d1", "key", "a.txt", "The mine closed.", ())
    sentence = "The mine closed, and with it the only pit of the valley."
    claims = tuple(
        Claim(claim_type="quote", claim_id=f"c{number}", sentence=sentence, published=date(2025, 3, 4), start=0, end=3,
              claim_text="", confidence=0.5, doc_id="d1", file="a.txt", spans={"content": ((0, 3),)})
        for number in range(count)
    )  # fmt: skip
    return Result(article, claims, (Mention(0, 3, "ORG", "The"),), (), 3)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_a_large_record_comes_back_in_lines(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(serial, "ITEMS_PER_LINE", 2)
    result = some_result(count)
    lines = list(dump_fields(result, without=("article",)))
    assert len(lines) == max((count + 1) // 2, 1) + 4
    assert all(line.isascii() and "\n" not in line for line in lines)
    back = load_fields(Result, lines, article=result.article)
    assert back == result
    assert len({id(claim.sentence) for claim in back.claims}) == min(count, 1)


@pytest.mark.parametrize("lines", [["3"], ["[]"], ['["claims", 3]'], ['["colour", 3]'], ['["claims", [3]]'], ["{"], []])
def test_lines_of_another_shape_are_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match=r"not a Result|fields|unpack|Expecting|object"):
        load_fields(Result, lines, article=some_result(0).article)
