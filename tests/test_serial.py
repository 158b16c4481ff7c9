"""Messages between processes: a record comes back as it went, tagged with what it is; anything else is refused."""

import json
from datetime import date

import pytest

from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.process.messages import REPLIES, FileEnds, PartBegins, PartEnds, ReadRequest, Reply
from pipeline.records import Block
from pipeline.serial import dump_tagged, dumps, dumps_tagged, load_tagged, loads, loads_tagged
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
