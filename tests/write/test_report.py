"""outputs/report.html: what it says, that it stands alone, that no article can run in it, that all is in it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import Article, Claim, Mention, Rejected, Result, Spans
from pipeline.write import gather, report
from pipeline.write.charts import LETTER, bar_chart, column_chart
from pipeline.write.event_rows import event_rows
from pipeline.write.gather import ArticleRow, ReportData, ShownClaims
from pipeline.write.pages import inline_source
from pipeline.write.passages import MAX_PASSAGE, find_passage
from pipeline.write.report import write_report
from pipeline.write.timeline import TimelineTally

TEXT = (
    "The port of Larnhaven in Norway 🛳 will close its ferry terminal in June, mayor Ada Brandt said on Tuesday. "
    "“We have no choice,” Brandt said. “The bank decided.” Norway is silent.\n"
)
VOID = {"meta", "br", "input", "link", "img", "hr"}


def spans_of(text: str, **words: str) -> dict[str, Spans]:
    """Where the words of each role stand in the text, several parted by "|"."""
    spans = {}
    for role, parts in words.items():
        starts = [(text.index(part), len(part)) for part in parts.split("|")]
        spans[role] = tuple((start, start + length) for start, length in starts)
    return spans


def claim(text: str, doc: str, spans: dict[str, Spans], **fields: Any) -> Claim:
    low, high = (
        min(a for parts in spans.values() for a, _ in parts),
        max(b for parts in spans.values() for _, b in parts),
    )
    values: dict[str, Any] = {"claim_type": "quote", "claim_text": text[low:high], "confidence": 0.8, "start": low}
    values |= {"end": high, "doc_id": doc, "file": f"{doc}.txt", "spans": spans} | fields
    return Claim(**values)


def result(doc: str = "d1", text: str = TEXT, **decided: str) -> Result:
    """An article with two quotes and a closure; ``decided`` are the reviewer's fields of the first quote."""
    first, second = text.split(". ")[:2]
    closing = spans_of(text, trigger="close", target="its ferry terminal", date="in June", reporter="Ada Brandt")
    said = spans_of(text, source="mayor Ada Brandt", cue="said", content=text[: text.index(", mayor")])
    direct = spans_of(text, cue="said.", content="“We have no choice,”|“The bank decided.”")
    who: dict[str, Any] = {"speaker": "Ada Brandt", "speaker_role": "mayor", "speaker_type": "person"}
    who |= {"speaker_country": "NOR", "sentence": first + ".", "context_after": second + "."}
    claims = (
        claim(text, doc, said, claim_id=f"c1{doc}", countries=("NOR",), reason="said is a cue", rule="left", **who)
        if not decided
        else claim(text, doc, said, claim_id=f"c1{doc}", countries=("NOR",), **who, **decided),
        claim(
            text, doc, closing, claim_id=f"c2{doc}", event_id="e2", claim_type="closure", target="its ferry terminal",
            target_kind="transport", place=("Larnhaven",), event_status="planned", reporter="Ada Brandt",
            date_text=("in June",), date_start=date(2025, 6, 1), date_end=date(2025, 6, 30), links=(f"c1{doc}",), **who,
        ),
        claim(text, doc, direct, claim_id=f"c3{doc}", quote_type="direct", sentence=second + "."),
    )  # fmt: skip
    named = tuple(Mention(m.start(), m.end(), "COUNTRY", "Norway", country="NOR") for m in re.finditer("Norway", text))
    article = Article(doc, doc, f"{doc}.txt", text, (), title=f"Ferry {doc}", published=date(2025, 3, 4))
    return Result(article, claims, named, (), 31)


@dataclass
class Element:
    """An element with its attributes and the text in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    above: tuple[str, ...] = ()


@dataclass
class Page(HTMLParser):
    """The parsed page: its elements in order; complains about tags that don't close."""

    source: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self.feed(self.source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, above=tuple(e.tag for e in self._open))
        self.elements.append(element)
        if tag in {"td", "th", "small"}:
            self.handle_data(" ")
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> Iterator[Element]:
        for element in self.elements:
            if element.tag == tag and attributes.items() <= element.attributes.items():
                yield element

    def rows(self, section: str) -> list[str]:
        """The text of each table row of a section, white space as one space."""
        from_here = next(
            number for number, element in enumerate(self.elements) if element.attributes.get("id") == section
        )
        out = []
        for element in self.elements[from_here + 1 :]:
            if element.tag == "section":
                break
            if element.tag == "tr" and "tbody" in element.above:
                out.append(" ".join(element.text.split()))
        return out


def page_of(tmp_path: Path, *items: Result | Rejected, stories: dict[str, str] | None = None) -> Page:
    data = ReportData()
    for item in items:
        data.add(item)
    claims = [claim for item in items if isinstance(item, Result) for claim in item.claims]
    write_report(tmp_path / "report.html", data, stories, event_rows(claims, stories or {}))
    return Page((tmp_path / "report.html").read_text(encoding="utf-8"))


def test_it_says_what_was_read_and_what_was_not(tmp_path: Path) -> None:
    page = page_of(
        tmp_path, result("d1"), result("d2"), Rejected("e.txt", "the file is empty", "Save it again."),
        Rejected("f.txt", "same text", copies_of="d1.txt"), stories={"d2": "d1.txt"},
    )  # fmt: skip
    rows = page.rows("articles")
    assert rows[0] == "e.txt the file is empty Save it again."
    assert rows[1].startswith("Ferry d1 d1.txt")
    assert rows[1].endswith("2025-03-04 31 3")
    assert "the same story as d1.txt" in rows[2]
    assert rows[3] == "f.txt d1.txt"
    figures = dict(zip([e.text for e in page.all("dt")], [e.text for e in page.all("dd")], strict=True))
    assert figures == {"articles read": "2", "not read": "1", "the same as another": "1", "words": "62",
                       "closures": "2", "quotes": "4"}  # fmt: skip


def test_one_event_of_two_articles_is_one_row_with_its_claims(tmp_path: Path) -> None:
    page = page_of(tmp_path, result("d1"), result("d2"), stories={"d2": "d1.txt"})
    (row,) = page.rows("events")
    assert row.startswith(
        "its ferry terminal transport Larnhaven 2025-06-01 to 2025-06-30 in June planned ×2 Ada Brandt ×2"
    )
    assert "2 1 without copies 2 claims" in row
    lists = [e.attributes["href"] for e in page.all("a") if "td" in e.above and e.attributes["href"].startswith("#c2")]
    # The event's number, Brandt's, and June's line and number.
    assert lists == ["#c2d1", "#c2d2"] * 4


def test_speakers_countries_and_days_are_counted(tmp_path: Path) -> None:
    page = page_of(tmp_path, result("d1"), result("d2"))
    named, unnamed = page.rows("speakers")
    assert named.startswith("Ada Brandt mayor person Norway 2 0 2 claims, quotes of Ada Brandt")
    assert "2 claims, events reported by Ada Brandt" in named
    assert unnamed.startswith("(speaker not found) 2 2 2 claims")
    (norway,) = page.rows("countries")
    assert norway.startswith("Norway NOR 4 2 2 claims, about Norway")
    event, june = page.rows("timeline")
    assert event == "2025-06-01 to 2025-06-30 its ferry terminal planned planned Ada Brandt"
    assert june.startswith("2025-06-01")


def test_each_number_leads_to_claims_and_each_claim_stands_in_its_passage(tmp_path: Path) -> None:
    page = page_of(tmp_path, result())
    ids = Counter(e.attributes["id"] for e in page.elements if "id" in e.attributes)
    assert max(ids.values()) == 1
    targets = [e.attributes["href"] for e in page.all("a")]
    assert {target.removeprefix("#") for target in targets} <= set(ids)
    first, closing, direct = [e.text for e in page.all("blockquote")]
    assert " ".join(first.split()) == " ".join(TEXT.split(" “The bank")[0].split())
    assert first == closing
    assert direct.strip() == "“We have no choice,” Brandt said. “The bank decided.”"
    marks = [(e.attributes["class"], e.text) for e in page.all("mark") if "blockquote" in e.above]
    assert ("content", "The port of Larnhaven in Norway 🛳 will close its ferry terminal in June") in marks
    assert ("trigger", "close") in marks
    assert ("source", "mayor Ada Brandt") in marks
    cards = [" ".join(e.text.split()) for e in page.all("article")]
    assert "Confidence 0.80: said is a cue, by rule left." in cards[0]
    assert "d1.txt, characters 0 to" in cards[0]
    assert "Within: quote." in cards[1]
    assert cards[2].startswith("No speaker found direct quote")


@pytest.mark.parametrize(
    ("decision", "shown"),
    [("accept", "✓ accepted"), ("Rejected", "✗ rejected"), ("edit", "edited"), ("ask Jo", "not decided: “ask Jo”")],
)
def test_decisions_are_shown(tmp_path: Path, decision: str, shown: str) -> None:
    page = page_of(tmp_path, result(decision=decision, reviewer="Kim", note="see tape", corrected_text="it will close"))
    card = next(" ".join(e.text.split()) for e in page.all("article", id="c1d1"))
    assert f"{shown} by Kim" in card
    assert "Corrected: it will close" in card
    assert "Note: see tape" in card


def test_rejected_claims_are_shown_and_not_counted(tmp_path: Path) -> None:
    item = result(decision="reject")
    turned_down = replace(item, claims=tuple(replace(c, decision="reject") for c in item.claims[:2]) + item.claims[2:])
    page = page_of(tmp_path, turned_down)
    assert [row.split(" 1 ")[0] for row in page.rows("speakers")] == ["(speaker not found)"]
    assert "✗ rejected" in page.rows("events")[0]
    assert page.rows("timeline") == []
    assert len(list(page.all("article", **{"data-decision": "reject"}))) == 2
    assert "2" in [e.text for e in page.all("dd")]


def test_weak_rows_come_last_in_their_article_unless_somebody_decided(tmp_path: Path) -> None:
    item = result()
    weak = tuple(replace(claim, noise="unsure") for claim in item.claims[:2])
    page = page_of(tmp_path, replace(item, claims=(*weak, item.claims[2])))
    assert [card.attributes["id"] for card in page.all("article")] == ["c3d1", "c1d1", "c2d1"]
    assert len([note for note in page.all("p") if note.text.startswith("Weak rows")]) == 1
    assert sum("weak: unsure" in card.text for card in page.all("article")) == 2
    decided = replace(weak[0], decision="accept")
    page = page_of(tmp_path, replace(item, claims=(decided, weak[1], item.claims[2])))
    assert [card.attributes["id"] for card in page.all("article")] == ["c1d1", "c3d1", "c2d1"]


def test_nothing_is_loaded_and_only_the_pages_own_style_and_script_are_allowed(tmp_path: Path) -> None:
    page = page_of(tmp_path, result("d1"), result("d2", TEXT.replace("Norway", "Sweden")))
    policy = next(page.all("meta", **{"http-equiv": "Content-Security-Policy"})).attributes["content"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        digests = [hashlib.sha256(inline.text.encode()).digest() for inline in page.all(tag)]
        assert rules[rule] == " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    assert "url(" not in page.source
    assert "@import" not in page.source
    for element in page.elements:
        assert element.tag not in {"link", "img", "iframe", "object", "embed", "base", "form", "image", "use"}
        for name, value in element.attributes.items():
            assert name not in {"src", "srcset", "style", "action", "xlink:href"}
            assert not name.startswith("on")
            assert name != "href" or value.startswith("#")


EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;"


def test_no_title_text_or_file_name_can_speak_in_the_page(tmp_path: Path) -> None:
    item = result(text=TEXT.replace("Larnhaven", EVIL).replace("Ada Brandt", f"Ada Brandt {EVIL}"))
    article = replace(item.article, title=EVIL, file=f"{EVIL}.txt", publisher=EVIL, url=f"javascript:{EVIL}")
    every: dict[str, Any] = dict.fromkeys(
        ("speaker", "speaker_role", "speaker_type", "speaker_country", "reporter", "actor", "target", "target_kind",
         "event_status", "stance", "reason", "rule", "note", "reviewer", "decided_at", "corrected_text", "decision"),
        EVIL,
    )  # fmt: skip
    every |= {"place": (EVIL,), "countries": (EVIL,), "date_text": (EVIL,), "file": f"{EVIL}.txt"}
    loud = replace(item, article=article, claims=tuple(replace(claim, **every) for claim in item.claims))
    page = page_of(tmp_path, loud, Rejected(f"{EVIL}.pdf", EVIL, EVIL), Rejected(EVIL, EVIL, copies_of=EVIL))
    assert [inline_source(name) for name in ("report.js", "charts.js")] == [e.text for e in page.all("script")]
    assert list(page.all("img")) == []
    assert not any(name.startswith("on") for element in page.elements for name in element.attributes)
    assert EVIL in next(page.all("blockquote")).text
    assert any(EVIL in element.text for element in page.all("h3"))


def test_a_file_name_that_is_no_text_is_written_all_the_same(tmp_path: Path) -> None:
    page = page_of(tmp_path, Rejected("caf\udce9.txt", "the file is empty"))
    assert page.rows("articles")[0].startswith("caf")


def test_the_same_results_give_the_same_bytes_and_no_part_is_left(tmp_path: Path) -> None:
    first = page_of(tmp_path, result("d1"), result("d2")).source
    assert page_of(tmp_path, result("d1"), result("d2")).source == first
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_no_year_stands_in_the_report_but_those_of_the_articles(tmp_path: Path) -> None:
    """The day of the run would make each run's report another one."""
    text = " ".join(element.text for element in page_of(tmp_path, result()).all("body"))
    assert set(re.findall(r"\b(?:19|20)\d\d\b", text)) == {"2025"}
    undated = result()
    undated = replace(
        undated,
        article=replace(undated.article, published=None),
        claims=tuple(replace(claim, date_start=None, date_end=None) for claim in undated.claims),
    )
    assert not re.search(r"\b(?:19|20)\d\d\b", page_of(tmp_path, undated).source)


def test_every_table_chart_control_and_section_has_a_name(tmp_path: Path) -> None:
    page = page_of(tmp_path, result("d1"), result("d2", TEXT.replace("Norway", "Sweden")), Rejected("e", "empty"))
    named = {e.attributes["id"]: " ".join(e.text.split()) for e in page.elements if "id" in e.attributes}
    for element in page.elements:
        if element.tag in {"table", "section"} or element.attributes.get("role") == "img":
            assert all(named[name] for name in element.attributes["aria-labelledby"].split())
        if element.tag in {"input", "select"}:
            assert "label" in element.above
        if element.tag in {"summary", "a", "h1", "h2", "h3", "title"}:
            assert element.text.strip()
        if element.tag == "th":
            assert element.attributes["scope"] in {"col", "row"}
        if element.tag == "td" and element.text.strip():
            assert element.attributes["data-label"]
    assert next(page.all("html")).attributes["lang"] == "en"
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_charts_tell_the_numbers_of_the_tables(tmp_path: Path) -> None:
    item = result("d2")
    swedes = replace(
        item,
        claims=tuple(replace(c, speaker=c.speaker and "Bo Ek", date_start=date(2025, 8, 3)) for c in item.claims),
        mentions=tuple(replace(m, country="SWE") for m in item.mentions) * 2,
    )
    page = page_of(tmp_path, result("d1"), swedes)
    charts = {e.attributes["aria-labelledby"].split("-")[1]: e.text for e in page.all("svg")}
    assert "Sweden: 4; Norway: 2" in charts["countries"]
    assert "Ada Brandt: 1; Bo Ek: 1" in charts["speakers"]
    assert "2025-06: 1; 2025-07: 0; 2025-08: 3" in charts["timeline"]
    assert len([e for e in page.all("rect") if e.attributes["class"] == "bar"]) == 6


def test_a_run_that_gave_nothing_gives_a_report_that_says_so(tmp_path: Path) -> None:
    page = page_of(tmp_path)
    notes = [e.text for e in page.all("p")]
    assert {"No events were found.", "Nobody is quoted.", "No country is named.", "No claims were found."} <= set(notes)
    assert list(page.all("svg")) == []


def test_of_too_many_claims_the_rest_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "MAX_CLAIMS", 4)
    monkeypatch.setattr(report, "MAX_LISTED", 1)
    page = page_of(tmp_path, *(result(f"d{number}") for number in range(3)))
    assert any("4 of 9 claims stand here" in e.text for e in page.all("p"))
    assert len(list(page.all("article"))) == 4
    more = [e.text for e in page.all("li") if e.attributes.get("class") == "note"]
    # Under the event's number one of three is listed, of the quotes without speaker none stands here.
    assert more[0] == "2 more in claims.csv"
    assert "3 more in claims.csv" in more
    ids = {e.attributes["id"] for e in page.elements if "id" in e.attributes}
    assert {e.attributes["href"][1:] for e in page.all("a")} <= ids


def test_what_is_left_out_first_is_what_is_least_sure() -> None:
    texts = [result(f"d{number}").claims for number in range(3)]
    quotes = [replace(claims[0], confidence=0.1 * number) for number, claims in enumerate(texts, 1)]
    quotes[0] = replace(quotes[0], decision="accept")
    event = replace(texts[0][1], confidence=0.05)
    assert chosen([*quotes, event], 3) == {"c2d0", "c1d0", "c1d2"}
    quotes[2] = replace(quotes[2], noise="thin content")
    assert chosen([*quotes, event], 3) == {"c2d0", "c1d0", "c1d1"}


def chosen(claims: list[Claim], limit: int) -> set[str]:
    """The ids of the claims that are shown, the same whether or not some were left out on the way."""
    article = ArticleRow("d", "d.txt", "", "", None, "", "", 31, len(claims))
    few, many = ShownClaims(limit), ShownClaims(limit)
    for position, claim in enumerate(claims):
        few.add(position, claim, article, TEXT)
    for position, claim in enumerate(claims * 9):
        many.add(position, claim, article, TEXT)
    ((_, shown),) = few.by_article()
    assert len(many.by_article()[0][1]) == limit
    return {claim.claim.claim_id for claim in shown}


def test_a_speech_is_cut_and_says_so(tmp_path: Path) -> None:
    text = TEXT + "“" + "And on it goes. " * 400 + "”"
    item = result(text=text)
    speech = replace(item.claims[2], spans=spans_of(text, cue="said. “", content=text[text.index("“And") :]))
    page = page_of(tmp_path, replace(item, claims=(speech,)))
    (shown,) = page.all("blockquote")
    assert "[cut: the whole is in claims.csv]" in shown.text
    assert len(shown.text) < MAX_PASSAGE + 100


def test_a_sentence_said_twice_is_found_where_the_claim_is() -> None:
    text = "It shut. Then rain fell. It shut. Then snow fell."
    spans: dict[str, Spans] = {"trigger": ((28, 32),)}
    again = claim(text, "d", spans, claim_id="c", sentence="It shut.", context_before="Then rain fell.",
                  context_after="Then snow fell.")  # fmt: skip
    passage = find_passage(text, again)
    assert passage.text == "Then rain fell. It shut. Then snow fell."
    assert [(part, inside) for part, _, inside in passage.parts() if inside] == [("It shut.", True)]


@pytest.mark.parametrize(
    ("days", "unit", "first", "drawn"),
    [
        (["2025-03-01", "2025-03-03"], "day", ("2025-03-01", 1), 3),
        (["2024-12-01", "2025-02-03"], "month", ("2024-12", 1), 3),
        (["1990-01-01", "2025-02-03"], "year", ("1990", 1), 36),
        (["1790-01-01", "2025-02-03"], "decade", ("1790s", 1), 24),
        (["0790-01-01", "2025-02-03"], "century", ("700s", 1), 14),
        ([*["2025-03-01"] * 30, "1066-10-14"], "day", ("2025-01-25", 0), 36),
    ],
)
def test_the_timeline_takes_the_finest_unit_that_has_room(
    days: list[str], unit: str, first: tuple[str, int], drawn: int
) -> None:
    base = result().claims[1]
    tally = TimelineTally()
    for position, day in enumerate(days):
        tally.add(position, replace(base, date_start=date.fromisoformat(day)))
    line = tally.timeline()
    assert (line.unit, line.columns[0], len(line.columns)) == (unit, first, drawn)
    assert sum(count for _, count in line.columns) + line.outside == len(days)
    assert sum(len(period.claims) for period in line.periods) == len(days)


def test_a_name_with_a_control_character_is_drawn_without_it() -> None:
    chart = bar_chart("a", "Quotes", [("Ada\x08 Brandt", 2), ("Bo Ek", 1)])
    assert chart.description == "Ada Brandt: 2; Bo Ek: 1"
    assert [label.text for label in chart.labels] == ["Ada Brandt", "Bo Ek"]


def test_bars_are_as_long_as_their_numbers_and_stay_in_the_drawing() -> None:
    chart = bar_chart("a", "Quotes", [("The Ministry of Transport of Norland", 1_200), ("Bo Ek", 300)])
    first, second = chart.bars
    assert first.width == pytest.approx(4 * second.width, abs=0.2)
    assert first.y + first.height < second.y
    assert [label.text for label in chart.labels] == ["The Ministry of Trans…", "Bo Ek"]
    assert [number.text for number in chart.numbers] == ["1,200", "300"]
    assert max(number.x + LETTER * len(number.text) for number in chart.numbers) <= chart.width
    assert second.y + second.height <= chart.height


def test_columns_stand_on_the_axis_side_by_side() -> None:
    chart = column_chart("a", "Claims", [("2024", 10), ("2025", 0), ("2026", 5)])
    first, last = chart.bars
    assert first.height == 2 * last.height
    assert {first.y + first.height, last.y + last.height} == {chart.axis[1]}
    assert 0 <= first.x < first.x + first.width < last.x < last.x + last.width <= chart.width
    assert [number.text for number in chart.numbers] == ["10", "5"]


@pytest.mark.parametrize(("days", "labels", "numbers"), [(3, 3, 3), (36, 4, 1)])
def test_of_many_columns_some_have_a_label_and_the_highest_its_number(days: int, labels: int, numbers: int) -> None:
    chart = column_chart("a", "Claims", [(f"2025-01-{day + 1:02}", 100 + (day == 2)) for day in range(days)])
    assert (len(chart.labels), len(chart.numbers)) == (labels, numbers)
    assert "101" in [number.text for number in chart.numbers]
    assert min(label.x - LETTER * len(label.text) / 2 for label in chart.labels) >= 0


def test_a_report_that_is_prepared_compiles_no_template(monkeypatch: pytest.MonkeyPatch) -> None:
    report.prepare_report()
    monkeypatch.setattr("jinja2.Environment.compile", lambda *_, **__: pytest.fail("a template is compiled"))
    assert "".join(report.page_pieces(report.make_page(ReportData(), {}, ()))).startswith("<!doctype html>")


def test_what_cannot_be_prepared_is_said_when_the_report_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("no templates")

    monkeypatch.setattr("pipeline.write.pages.template_environment", refuse)
    report.prepare_report()
    with pytest.raises(OSError, match="no templates"):
        report.page_pieces(report.make_page(ReportData(), {}, ()))
