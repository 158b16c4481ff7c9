"""The join from made-up findings: no model, no rules, only what claims.py does."""

import re
from dataclasses import replace
from datetime import date

import pytest

from pipeline.claims import OWN_VOICE, build_claims
from pipeline.records import Article, Claim, DateMention, Event, Linked, Mention, Quote, Span, Speaker
from tests.helpers.parses import plain_article

TEXT = "Ada Brandt spoke. The mayor said the mine in Oslo will close in May. It rained."


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)


def sentences(text: str) -> tuple[Span, ...]:
    return tuple(match.span() for match in re.finditer(r"\S[^.]*\.", text))


def linked(text: str) -> Linked:
    quote = Quote(
        (span_of(text, "The mayor"),), (span_of(text, "said"),), ((text.index("the mine"), text.index(". It rained")),),
        "indirect", "states", False, 0.9, "verb with clause", "why",
    )  # fmt: skip
    event = Event(
        "closure", span_of(text, "close"), span_of(text, "the mine in Oslo"), "plant or mine", None,
        (span_of(text, "Oslo"),), span_of(text, "May"), None, "planned", "unspecified", 0.8, "close", "why",
    )  # fmt: skip
    where = span_of(text, "Oslo")
    day = span_of(text, "May")
    speaker = Speaker(span_of(text, "The mayor"), "The mayor", "Ada Brandt", (0, 10), "mayor", "person", "NOR", "why")
    return Linked(
        mentions=(Mention(0, 10, "PERSON", "Ada Brandt"), Mention(*where, "PLACE", "Oslo", "place", "NOR")),
        dates=(DateMention(*day, "DATE", "2024-05", "month", date(2024, 5, 1), date(2024, 5, 31)),),
        quotes=(quote,),
        speakers=((speaker,),),
        events=(event,),
        reporters=(0,),
        actors=(None,),
        groups=(0,),
        sentences=sentences(text),
    )


def claims(findings: Linked | None = None, publisher: str = "") -> dict[str, Claim]:
    rows = build_claims(replace(plain_article(TEXT), publisher=publisher), findings or linked(TEXT))
    return {row.claim_type: row for row in rows}


def test_a_quote_row_has_speaker_words_and_context() -> None:
    row = claims()["quote"]
    assert (row.speaker, row.speaker_text, row.cue) == ("Ada Brandt", "The mayor", "said")
    assert row.claim_text == "the mine in Oslo will close in May"
    assert (row.context_before, row.context_after) == ("Ada Brandt spoke.", "It rained.")
    assert row.countries == ("NOR",)


def test_an_event_inside_a_quote_is_reported_by_its_speaker_and_both_point_at_each_other() -> None:
    rows = claims()
    assert (rows["closure"].reporter, rows["closure"].speaker) == ("Ada Brandt", "Ada Brandt")
    assert rows["closure"].links == (rows["quote"].claim_id,)
    assert rows["quote"].links == (rows["closure"].claim_id,)


@pytest.mark.parametrize(("publisher", "reporter"), [("Fjord Post", "Fjord Post"), ("", OWN_VOICE)])
def test_an_event_outside_quotes_is_the_articles_own(publisher: str, reporter: str) -> None:
    findings = replace(linked(TEXT), quotes=(), speakers=(), reporters=(None,))
    assert claims(findings=findings, publisher=publisher)["closure"].reporter == reporter


def test_an_event_row_has_its_arguments() -> None:
    row = claims()["closure"]
    assert (row.trigger, row.target, row.place) == ("close", "the mine in Oslo", ("Oslo",))
    assert (row.date_text, row.date_start, row.date_end) == (("May",), date(2024, 5, 1), date(2024, 5, 31))
    assert row.claim_text == "the mine in Oslo will close in May"


def test_every_span_is_the_text_it_points_at() -> None:
    for row in claims().values():
        assert TEXT[row.start : row.end] == row.claim_text
        for spans in row.spans.values():
            assert all(0 <= start < end <= len(TEXT) for start, end in spans)
    quote = claims()["quote"]
    assert [TEXT[a:b] for a, b in quote.spans["source"]] == ["The mayor"]


def test_coordinated_speakers_get_a_row_each_with_ids_of_their_own() -> None:
    findings = linked(TEXT)
    two = (Speaker((0, 3), "Ada", "Ada Brandt"), Speaker((4, 10), "Brandt", "Oren Brandt"))
    rows = build_claims(
        plain_article(TEXT), replace(findings, speakers=(two,), events=(), reporters=(), actors=(), groups=())
    )
    assert [row.speaker for row in rows] == ["Ada Brandt", "Oren Brandt"]
    assert len({row.claim_id for row in rows}) == 2


def test_an_event_with_two_reporters_names_both() -> None:
    two = (Speaker((0, 3), "Ada", "Ada Brandt"), Speaker((4, 10), "Oren", "Oren Blake"))
    assert claims(findings=replace(linked(TEXT), speakers=(two,)))["closure"].reporter == "Ada Brandt | Oren Blake"


def test_ids_start_with_a_letter_and_hold_no_digits_a_spreadsheet_could_read() -> None:
    assert all(re.fullmatch(r"c[a-z2-7]{15}", row.claim_id) for row in claims().values())


@pytest.mark.parametrize("change", ["renamed", "text added", "better rules", "redated"])
def test_ids_survive(change: str) -> None:
    before = {kind: row.claim_id for kind, row in claims().items()}
    text, findings = TEXT, linked(TEXT)
    article = plain_article(TEXT)
    if change == "renamed":
        article = replace(article, file="other.txt")
    elif change == "text added":
        text = "A new first sentence. " + TEXT + " And a last one."
        article, findings = plain_article(text), linked(text)
    elif change == "better rules":
        quote = replace(
            findings.quotes[0], content=(span_of(TEXT, "the mine in Oslo will close"),), rule="new", confidence=0.5
        )
        findings = replace(
            findings, quotes=(quote,), events=(replace(findings.events[0], target=span_of(TEXT, "the mine")),)
        )
    else:
        article = replace(article, published=date(2024, 3, 1))
    after = {row.claim_type: row.claim_id for row in build_claims(article, findings)}
    assert after == before


def test_equal_sentences_in_one_article_give_two_ids() -> None:
    text = "He said it rained. He said it rained."
    second = len("He said it rained. ")
    quotes = tuple(
        Quote(((start, start + 2),), ((start + 3, start + 7),), ((start + 8, start + 17),), "indirect")
        for start in (0, second)
    )
    findings = Linked(quotes=quotes, speakers=((), ()), sentences=sentences(text))
    rows = build_claims(plain_article(text), findings)
    assert len({row.claim_id for row in rows}) == 2


def test_two_findings_on_one_anchor_give_two_ids() -> None:
    findings = linked(TEXT)
    doubled = replace(findings, quotes=findings.quotes * 2, speakers=findings.speakers * 2)
    rows = build_claims(plain_article(TEXT), doubled)
    assert len({row.claim_id for row in rows}) == len(rows) == 3


def test_several_dates_give_no_mixed_interval() -> None:
    findings = linked(TEXT)
    year = DateMention(*span_of(TEXT, "will"), "DATE", "2023", "year", date(2023, 1, 1), date(2023, 12, 31))
    row = claims(findings=replace(findings, dates=(year, *findings.dates)))["quote"]
    assert (row.date_start, row.date_text) == (None, ("will", "May"))


@pytest.mark.parametrize(
    ("words", "last"),
    [("from May to July", date(2024, 7, 31)), ("between May and July", date(2024, 7, 31)), ("in May or July", None),
     ("not in May and July", None)],
)  # fmt: skip
def test_a_run_of_two_dates_is_one_interval(words: str, last: date | None) -> None:
    text = TEXT.replace("in May", words)
    findings = linked(text)
    july = DateMention(*span_of(text, "July"), "DATE", "2024-07", "month", date(2024, 7, 1), date(2024, 7, 31))
    rows = build_claims(plain_article(text), replace(findings, dates=(*findings.dates, july)))
    row = next(row for row in rows if row.claim_type == "quote")
    assert row.date_text == ("May", "July")
    assert (row.date_start, row.date_end) == ((date(2024, 5, 1), last) if last else (None, None))


def test_an_article_without_findings_gives_no_claims() -> None:
    assert build_claims(Article("d", "k", "f", "", ()), Linked()) == ()


def test_places_taken_up_from_an_earlier_sentence_do_not_stretch_the_claim() -> None:
    text = "A pit in Oslo shuts. The other mine will close in May."
    event = Event(
        "closure",
        span_of(text, "close"),
        span_of(text, "The other mine"),
        places=(span_of(text, "Oslo"),),
        confidence=0.8,
    )
    where = Mention(*span_of(text, "Oslo"), "PLACE", "Oslo", "place", "NOR")
    findings = Linked(
        mentions=(where,), events=(event,), reporters=(None,), actors=(None,), groups=(0,), sentences=sentences(text)
    )
    (row,) = build_claims(plain_article(text), findings)
    assert (row.claim_text, row.place, row.countries) == ("The other mine will close", ("Oslo",), ("NOR",))


def test_a_row_says_what_its_target_stands_for_and_where_that_was_told() -> None:
    text = "A mine in Oslo loses money. It will close. The closure hurts."
    meant = span_of(text, "A mine in Oslo")
    pronoun = Event("closure", span_of(text, "close"), span_of(text, "It"), antecedent=meant, reason="why")
    bare = Event("closure", span_of(text, "closure"), antecedent=meant, reason="why")
    findings = Linked(
        events=(pronoun, bare), reporters=(None, None), actors=(None, None), groups=(0, 1), sentences=sentences(text)
    )
    rows = build_claims(plain_article(text), findings)
    assert [(row.target, row.reason) for row in rows] == [
        ("A mine in Oslo", "why; the text has 'It'"),
        ("A mine in Oslo", "why; told before"),
    ]


TWO = "The mill shut. The pit shut. The mill reopened. The closure was long."


def event_ids(text: str, groups: tuple[int, ...]) -> list[str]:
    """The event ids of the triggers in ``text``, of which ``groups`` tells which are of one event, in text order."""
    triggers = [match.span() for match in re.finditer("shut|reopened|closure", text)]
    findings = Linked(
        events=tuple(Event("closure", trigger) for trigger in triggers),
        reporters=(None,) * len(triggers),
        actors=(None,) * len(triggers),
        groups=groups,
        sentences=sentences(text),
    )
    rows = build_claims(plain_article(text), findings)
    assert [row.start for row in rows] == [start for start, _ in triggers]
    return [row.event_id for row in rows]


def test_mentions_of_one_event_share_its_id() -> None:
    mill, pit, reopened, closure = event_ids(TWO, (0, 1, 0, 1))
    assert (mill, pit) == (reopened, closure)
    assert mill != pit
    assert re.fullmatch(r"e[a-z2-7]{15}", mill)
    assert claims()["quote"].event_id == ""
    assert claims()["closure"].event_id == "e" + claims()["closure"].claim_id[1:]


def test_an_event_keeps_its_id_when_other_parts_of_the_article_change() -> None:
    mill, pit, *_ = event_ids(TWO, (0, 1, 0, 1))
    longer = TWO.replace("The pit shut.", "The pier shut. The pit was shut in May.") + " The mill shut at last."
    ids = event_ids(longer, (0, 1, 2, 0, 2, 0))
    assert ids[0] == ids[3] == ids[5] == mill
    assert pit not in ids  # the sentence that mentions it first is another
