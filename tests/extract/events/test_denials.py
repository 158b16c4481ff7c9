"""What a sentence denies of an event: that it came, that it is so, that it is to come, or nothing."""

from __future__ import annotations

import pytest

from pipeline.extract.events import find_events
from pipeline.knowledge.events.files import load_event_type
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.records import Denial
from tests.helpers.parses import Parses, plain_article

CLOSURE = load_event_type(models_folder() / "events" / "closure.toml")
WORDS = load_event_words(models_folder())


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        ("The mill will not close.", "plan"),
        ("The firm has no plans to close the mill.", "plan"),
        ("The firm refused to close the mill.", "plan"),
        ("The firm said it would not close the mill.", "plan"),
        ("The firm has shelved the closure of the mill.", "plan"),
        ("The mill will stay open.", "plan"),
        ("The council has decided to keep the mill open.", "plan"),
        ("The mill has not closed.", "deed"),
        ("The firm did not close the mill.", "deed"),
        ("The mill was not closed.", "deed"),
        ("The firm has yet to close the mill.", "deed"),
        ("The mill is not closed.", "state"),
        ("The mill remains open.", "state"),
        ("Officials insisted that the border was open.", "state"),
        ("The mill is still running.", "state"),
        # it may be the plan or the deed
        ("The mill is not closing.", ""),
        ("The firm denied the closure of the mill.", ""),
        # nothing is denied
        ("The mill must not close.", "opposition"),
        ("The union demanded that the mill not be closed.", "opposition"),
        ("The mill was saved from closure.", "opposition"),
        ("The judge prevented the firm from closing the mill.", "opposition"),
        ("The mill would not close if the state bought it.", "opposition"),
        ("The aim is not to close the mill.", "opposition"),
        ("The mill will close.", ""),
    ],
)
def test_what_is_denied(text: str, denial: Denial, parses: Parses) -> None:
    article = plain_article(text)
    (event,) = find_events(parses(article), article, [CLOSURE], WORDS, [], [])
    assert event.denial == denial
