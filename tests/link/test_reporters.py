"""Who reports an event: made-up spans only."""

from dataclasses import replace

import pytest

from pipeline.extract.events.denials import UPHELD_RULE
from pipeline.link.reporters import apply_denials, find_reporters
from pipeline.records import Event, Quote, Span, Spans, Status
from tests.helpers.parses import Parses, plain_article


def quote(*content: Span, stance: str = "states", negated: bool = False) -> Quote:
    return Quote(((0, 3),), ((4, 8),), content, "indirect", stance, negated)


EVENT = Event("closure", (50, 55), status="planned", reason="a target of a listed kind")


def test_the_innermost_quote_reports() -> None:
    quotes = [quote((10, 90)), quote((40, 60)), quote((100, 120))]
    assert find_reporters([EVENT], quotes, "") == (1,)


def test_outside_every_quote_the_article_speaks() -> None:
    assert find_reporters([EVENT], [quote((10, 40)), quote((60, 90))], "") == (None,)


def test_a_trigger_between_two_parts_is_outside() -> None:
    assert find_reporters([EVENT], [quote((10, 40), (60, 90))], "") == (None,)


def test_who_plans_or_demands_reports_nothing() -> None:
    quotes = [quote((10, 90)), quote((40, 60), stance="intends"), quote((45, 60), stance="demands")]
    assert find_reporters([EVENT], quotes, "") == (0,)


def test_an_event_that_somebody_denies_is_denied_however_deep() -> None:
    quotes = [quote((10, 90), stance="denies"), quote((40, 60), stance="intends")]
    assert apply_denials([EVENT], quotes)[0].status == "denied"


def test_who_denies_what_was_thought_of_it_denies_no_event() -> None:
    text = "He rejected".ljust(44) + "criticism that closing the mill had cost jobs"
    quotes = [quote((44, 90), stance="denies")]
    assert apply_denials([EVENT], quotes, text, {"criticism"}) == (EVENT,)
    assert apply_denials([EVENT], quotes, text, {"praise"})[0].status == "denied"


@pytest.mark.parametrize(
    ("status", "denial"), [("planned", "plan"), ("occurred", "deed"), ("possible", "plan"), ("ongoing", "")]
)
def test_what_a_denial_denies(status: Status, denial: str) -> None:
    event = replace(EVENT, status=status)
    assert apply_denials([event], [quote((10, 90), stance="denies")])[0].denial == denial


def test_who_denies_that_all_stays_as_it_is_leaves_it_open() -> None:
    event = replace(EVENT, status="denied", status_rule=UPHELD_RULE)
    assert apply_denials([event], [quote((10, 90), stance="denies")])[0].status == "possible"


def test_who_did_not_deny_leaves_the_status() -> None:
    assert apply_denials([EVENT], [quote((10, 90), stance="denies", negated=True)]) == (EVENT,)


@pytest.mark.parametrize(
    ("content", "reports"),
    [
        ("to close the mine", False),  # She threatened
        ("on the board to close the mine", False),  # She called
        ("for the board to close the mine", False),
        ("to have closed the mine", True),  # She claims
        ("that it would close the mine", True),
    ],
)
def test_orders_threats_and_appeals_report_nothing(content: str, reports: bool) -> None:
    text = f"She said {content}."
    start, trigger = text.index(content), text.index("close")
    says = Quote(((0, 3),), ((4, 8),), ((start, len(text)),), "indirect", "states")
    event = Event("closure", (trigger, trigger + 5))
    assert find_reporters([event], [says], text) == ((0,) if reports else (None,))


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("Ada Brandt said the mine should close.", True),
        ("Ada Brandt demanded the mine close.", False),
        ("Ada Brandt demanded the closure.", False),
    ],
)
def test_what_should_be_is_reported_and_what_is_demanded_is_not(text: str, reports: bool, parses: Parses) -> None:
    article = plain_article(text)
    content = (text.index("the "), len(text) - 1)
    demand = Quote(((0, 10),), ((11, 15),), (content,), "indirect", "demands")
    event = Event("closure", (text.index("clos"), text.index("clos") + 5))
    assert find_reporters([event], [demand], text, parses(article)) == ((0,) if reports else (None,))


def test_whatever_stands_in_quotation_marks_is_reported() -> None:
    said = Quote(((0, 3),), ((4, 8),), ((10, 90),), "direct", "demands")
    assert find_reporters([EVENT], [said], "") == (0,)


@pytest.mark.parametrize("source", [((16, 18),), ()])
def test_who_says_it_reports_what_he_expects_himself(source: Spans) -> None:
    text = "Larn Steel said it expected to have closed the mine by June."
    outer = Quote(((0, 10),), ((11, 15),), ((16, 59),), "indirect", "states")
    own = Quote(source, ((19, 27),), ((28, 59),), "indirect", "believes")
    event = Event("closure", (text.index("closed"), text.index("closed") + 6))
    assert find_reporters([event], [outer, own], text) == (0,)
