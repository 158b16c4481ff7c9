"""The report's timeline of events and its map: what is drawn where, and what is told of it."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import BadKnowledge
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.maps import load_outlines, load_towns, plain_name
from pipeline.knowledge.places import load_country_names
from pipeline.records import Claim
from pipeline.write.charts import WIDTH
from pipeline.write.counted import Counted
from pipeline.write.counts import CountryRow
from pipeline.write.drawings import Drawing
from pipeline.write.event_rows import EventFacts, event_rows
from pipeline.write.event_tally import EventTally
from pipeline.write.event_timeline import MAX_DRAWN, _ticks
from pipeline.write.world_map import draw_map


def event(name: str, status: str, first: str = "", last: str = "", **fields: object) -> Claim:
    values = {
        "claim_type": "closure", "claim_text": f"{name} closes", "target": name, "event_status": status,
        "confidence": 0.9, "claim_id": f"c{name}{status}", "event_id": f"e{name}", "doc_id": name, "file": name,
        "start": 0, "end": 9, "reporter": "Ada Brandt", "date_start": date.fromisoformat(first) if first else None,
        "date_end": date.fromisoformat(last or first) if first else None,
    } | fields  # fmt: skip
    return Claim(**values)  # type: ignore[arg-type]


def tally(*claims: Claim, undoing: tuple[str, ...] = ()) -> EventTally:
    return EventTally.of(event_rows(claims, {}, EventFacts(undoing=undoing)))


def drawn(*claims: Claim) -> Drawing:
    drawing = tally(*claims).timeline.draw()
    assert drawing is not None
    return drawing


def marks(drawing: Drawing) -> dict[str, list[tuple[float, float]]]:
    """By kind the left edges of the marks, without those of the legend."""
    found: dict[str, list[tuple[float, float]]] = {}
    for shape in drawing.shapes:
        if shape.title and shape.style.startswith("mark"):
            x, y = re.findall(r"-?[\d.]+", shape.path)[:2]
            found.setdefault(shape.style.removeprefix("mark "), []).append((float(x), float(y)))
    return found


FIVE = (
    event("pier", "occurred", "2025-03-01"),
    event("dock", "planned", "2025-03-31", "2025-04-10"),
    event("mill", "threatened", "2025-03-11"),
    event("fair", "denied", "2025-03-21"),
    event("mine", "reversed", "2025-04-30"),
)


def test_what_is_done_planned_open_denied_and_undone_have_marks_of_their_own_in_order_of_days() -> None:
    drawing = drawn(*FIVE)
    found = marks(drawing)
    assert sorted(found) == ["denied", "done", "open", "planned", "undone"]
    lefts = [found[kind][0][0] for kind in ("done", "open", "denied", "planned", "undone")]
    assert lefts == sorted(lefts)
    names = [label.text for label in drawing.labels if label.text in {"pier", "mill", "fair", "dock", "mine"}]
    assert names == ["pier", "mill", "fair", "dock", "mine"]
    assert [label.text for label in drawing.labels][:5] == ["done", "planned", "may happen", "denied", "undone"]
    assert "2025-03-31 to 2025-04-10, planned: dock" in drawing.description
    assert sum(shape.style == "span" for shape in drawing.shapes) == 1
    assert all(0 <= x <= WIDTH for places in found.values() for x, _ in places)


def test_days_lie_to_scale() -> None:
    found = marks(drawn(*FIVE))
    ten_days = found["open"][0][0] - found["done"][0][0]
    assert found["planned"][0][0] - found["done"][0][0] == pytest.approx(3 * ten_days, abs=0.5)


def test_its_table_has_every_event_with_who_says_so_and_no_formula() -> None:
    rows = list(csv.reader(drawn(*FIVE, event("=1+1", "occurred", "2025-03-02")).csv.splitlines()))
    assert rows[0] == ["first_day", "last_day", "what", "status", "shown_as", "who_says_so", "event_id"]
    assert rows[1] == ["2025-03-01", "2025-03-01", "pier", "occurred", "done", "Ada Brandt", "epier"]
    assert rows[2][2] == "'=1+1"
    assert len(rows) == 7


def test_who_denies_only_the_reopening_leaves_the_event_done() -> None:
    denied = event("pier", "denied", "2025-03-01")
    timeline = tally(denied, undoing=(denied.claim_id,)).timeline
    assert [dated.kind for dated in timeline.events] == ["done"]


def test_rejected_events_and_those_without_a_day_are_not_drawn() -> None:
    timeline = tally(*FIVE, event("zoo", "planned"), event("inn", "planned", "2025-03-01", decision="reject")).timeline
    assert (timeline.dated, timeline.undated) == (5, 1)


def test_one_day_alone_is_no_timeline_and_of_many_the_most_told_are_drawn() -> None:
    assert tally(FIVE[0]).timeline.draw() is None
    many = [event(f"no {number}", "planned", f"2025-03-{number:02}") for number in range(1, 29)]
    assert len(marks(drawn(*many))["planned"]) == MAX_DRAWN
    assert len(tally(*many).timeline.in_order()) == 28
    same_day = marks(drawn(event("a", "planned", "2025-03-01"), event("b", "planned", "2025-03-01")))
    assert len(same_day["planned"]) == 2


def test_an_event_of_another_century_does_not_press_the_others_together() -> None:
    found = marks(drawn(event("old", "occurred", "1066-10-14"), *FIVE))
    assert len(found["done"]) == 1
    assert found["undone"][0][0] > WIDTH / 2


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-03-04", "2025-03-06", ["2025-03-04", "2025-03-05", "2025-03-06"]),
        ("2025-03-01", "2025-04-10", ["2025-03-01", "2025-03-15", "2025-03-29"]),
        ("2024-11-20", "2025-02-20", ["2024-12", "2025-01", "2025-02"]),
        ("2019-05-05", "2025-02-20", ["2020", "2022", "2024"]),
        ("1901-05-05", "2025-02-20", ["1950", "2000"]),
        ("0901-05-05", "2025-02-20", ["1000", "1500", "2000"]),
    ],
)
def test_a_few_round_days_are_written_below(first: str, last: str, words: list[str]) -> None:
    assert [word for _, word in _ticks(date.fromisoformat(first), date.fromisoformat(last))] == words


def country(code: str, claims: int) -> CountryRow:
    return CountryRow(code, {"NOR": "Norway", "DNK": "Denmark", "NZL": "New Zealand"}[code], 1, 1, Counted((), claims))


def test_a_map_of_neighbours_shows_them_large_with_shades_and_events_in_their_towns() -> None:
    claims = (
        event("pier", "planned", place=("Oslo",), countries=("NOR",)),
        event("dock", "planned", place=("Oslo, Norway",), countries=("NOR",)),
        event("mill", "denied", place=("Århus, Jutland"), countries=("DNK",)),
        event("mine", "occurred", place=("Larnhaven",), countries=("NOR",)),
        event("inn", "occurred", place=("Oslo",), countries=("DNK",)),
    )
    drawing = draw_map((country("NOR", 8), country("DNK", 1)), tally(*claims).places)
    assert drawing is not None
    shades = {shape.title: shape.style for shape in drawing.shapes if shape.style.startswith("country") and shape.title}
    assert shades == {"Norway: 8 claims": "country much", "Denmark: 1 claim": "country little"}
    titles = [shape.title for shape in drawing.shapes if shape.style.startswith("mark") and shape.title]
    assert titles == ["Århus: 1 denied", "Oslo: 2 planned"]
    assert len([shape for shape in drawing.shapes if shape.style.startswith("country")]) < 40
    rows = {row[0]: row for row in csv.reader(drawing.csv.splitlines())}
    assert rows["Denmark"][1:5] == ["DNK", "56.35", "9.50", "1"]
    assert rows["Århus"][1:] == ["DNK", "56.20", "10.20", "", "0", "0", "0", "1", "0"]


def test_a_large_country_is_on_the_map_as_a_whole() -> None:
    drawing = draw_map((replace(country("NOR", 3), code="USA", name="United States"),), tally().places)
    assert drawing is not None
    (states,) = (shape for shape in drawing.shapes if shape.title == "United States: 3 claims")
    mainland = max(states.path.split("M"), key=len).removesuffix("Z").replace("L", " ").split()
    assert all(0 <= float(x) <= WIDTH for x in mainland[::2])
    assert len([shape for shape in drawing.shapes if shape.style.startswith("country")]) < 20


def test_claims_far_apart_are_on_a_map_of_the_world() -> None:
    drawing = draw_map((country("NOR", 2), country("NZL", 1)), tally().places)
    assert drawing is not None
    assert len([shape for shape in drawing.shapes if shape.style.startswith("country")]) > 150


def test_without_claims_about_a_place_there_is_no_map() -> None:
    assert draw_map((), tally().places) is None
    assert draw_map((country("NOR", 0),), tally(event("pier", "planned", place=("Larnhaven",))).places) is None


def test_the_tables_of_the_map_know_no_country_that_models_places_doesnt() -> None:
    folder = models_folder()
    names = load_country_names(folder / "places")
    outlines = load_outlines(folder / "map")
    assert set(outlines) <= set(names)
    assert len(outlines) > 170
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for rings in outlines.values() for ring in rings for x, y in ring)
    assert load_towns(folder / "map", {plain_name("São Paulo")})["sao paulo", "BRA"] == (-46.6, -23.5)


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    with pytest.raises(BadKnowledge, match="can't be read"):
        load_outlines(folder)
    (folder / "outlines.tsv").write_text("code\tpoints\nNOR\t1 x\n")
    with pytest.raises(BadKnowledge, match=r"outlines\.tsv:2: 'x' is no number"):
        load_outlines(folder)
