"""The benchmark's own arithmetic: floors, tables, what scorers report. No model and no gold set is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from pipeline.records import Article, DateMention, Event, Linked, Mention, Quote
from pipeline.settings import DEFAULT_MODEL
from tests.bench import adapters
from tests.bench.__main__ import main
from tests.bench.figures import FIGURE_SOURCES, Figure, read_figures, read_pages, read_stories, score
from tests.bench.floors import TOLERANCE, find_violations, load_floors, raise_floors, save_floors
from tests.bench.gold import SCORERS, SETS, BenchError, GoldFile, gold_files, read_rows
from tests.bench.models import MODELS, models_table
from tests.bench.quality import Clock, Measured, quality_table
from tests.bench.reliability import event_reliability, reliability_table
from tests.bench.results import FILE as RESULTS
from tests.bench.results import markdown_table, rewrite_section, save_section
from tests.bench.speed import Cost, Speed, measure_cost, speed_table

FLOORS = {"quotes/dev": {"cue F1": 50.0}, "dates/dev": {"value F1": 60.0}}


# floors


@pytest.mark.parametrize(
    ("value", "floor"),
    [pytest.param(50.1, 50.1, id="higher lifts"), pytest.param(40.0, 50.0, id="lower leaves")],
)
def test_floors_only_rise(value: float, floor: float) -> None:
    after = raise_floors(FLOORS, [Figure("quotes/dev", "cue F1", value, 9)])
    assert after == {"quotes/dev": {"cue F1": floor}, "dates/dev": {"value F1": 60.0}}


def test_a_new_figure_gets_its_floor_and_the_old_floors_are_not_touched() -> None:
    after = raise_floors(FLOORS, [Figure("places/dev", "end to end F1", 71.3, 9)])
    assert after["places/dev"] == {"end to end F1": 71.3}
    assert "places/dev" not in FLOORS


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        pytest.param(49.5, [], id="half a point is let pass"),
        pytest.param(49.4, ["quotes/dev cue F1: 49.4 is below its floor of 50.0"], id="more is not"),
        pytest.param(80.0, [], id="above"),
    ],
)
def test_a_figure_may_lie_half_a_point_below_its_floor(value: float, wrong: list[str]) -> None:
    assert find_violations(FLOORS, [Figure("quotes/dev", "cue F1", value, 9)], only="quotes") == wrong


def test_a_set_with_floors_that_was_not_measured_is_named() -> None:
    wrong = find_violations(FLOORS, [Figure("quotes/dev", "cue F1", 50.0, 9)])
    assert wrong == ["dates/dev value F1: has a floor of 60.0 and was not measured"]


def test_floors_are_written_sorted_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    assert load_floors(file) == {}
    save_floors(FLOORS, file)
    assert load_floors(file) == FLOORS
    assert list(load_floors(file)) == ["dates/dev", "quotes/dev"]


# tables and RESULTS.md


def test_a_section_is_rewritten_and_what_stands_around_it_stays() -> None:
    text = "# Results\nBy hand.\n<!-- speed:start -->\nold\n<!-- speed:end -->\nMore by hand.\n"
    after = rewrite_section(text, "speed", "new\n")
    assert after == "# Results\nBy hand.\n<!-- speed:start -->\nnew\n<!-- speed:end -->\nMore by hand.\n"
    assert rewrite_section(after, "speed", "new") == after


def test_a_new_section_goes_to_the_end() -> None:
    after = rewrite_section("# Results\n", "models", "a table")
    assert after == "# Results\n\n## Models\n<!-- models:start -->\na table\n<!-- models:end -->\n"


def test_sections_do_not_touch_each_other(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    for section, body in (("quality", "one"), ("speed", "two"), ("quality", "three")):
        save_section(section, body, file)
    text = file.read_text(encoding="utf-8")
    assert "three" in text
    assert "two" in text
    assert "one" not in text
    assert text.startswith("# Results")


def test_a_section_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="speed:end"):
        rewrite_section("<!-- speed:start -->\nold", "speed", "new")


def test_tables_are_padded() -> None:
    assert markdown_table(("set", "value"), [("quotes", "7.0")]) == (
        "| set    | value |\n| ------ | ----: |\n| quotes |   7.0 |"
    )


def test_the_quality_table_shows_value_floor_and_items() -> None:
    table = quality_table([Figure("quotes/dev", "cue F1", 51.26, 12), Figure("pages/dev", "title", 0.0, 3)], FLOORS)
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    assert cells[2:] == [["quotes/dev", "cue F1", "51.3", "50.0", "12"], ["pages/dev", "title", "0.0", "", "3"]]


def test_the_models_table_sets_figures_and_parse_speed_side_by_side() -> None:
    small = Measured([Figure("quotes/dev", "cue F1", 51.0, 12)], Clock(seconds=2.0, words=1000))
    middle = Measured([Figure("quotes/dev", "cue F1", 52.0, 12)], Clock(seconds=4.0, words=1000))
    figure, parse = models_table([small, middle]).splitlines()[2:]
    assert [cell.strip() for cell in figure.split("|")] == ["", "quotes/dev", "cue F1", "51.0", "52.0", "12", ""]
    assert [cell.strip() for cell in parse.split("|")][3:6] == ["500", "250", "1000"]


def test_the_clock_counts_the_stream_alone() -> None:
    clock = Clock()
    for _ in clock.time(range(3)):
        sum(range(200_000))
    assert 0 <= clock.seconds < 0.005


# speed


def test_the_speed_ratio_is_taken_run_by_run() -> None:
    ours = [Cost(cpu=2.0, wall=2.0, peak=300.0), Cost(cpu=8.0, wall=8.0, peak=300.0), Cost(cpu=4.0, wall=4, peak=300.0)]
    stock = [
        Cost(cpu=4.0, wall=4.0, peak=600.0),
        Cost(cpu=8.0, wall=8.0, peak=600.0),
        Cost(cpu=16.0, wall=4, peak=600.0),
    ]
    lines = speed_table(Speed(7, 1600, ours, stock, first_claims=[1.25])).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[2] == ["words per CPU second", "400", "200", "2.00"]
    assert cells[5] == ["peak memory, MB", "300", "600", "0.50"]
    assert cells[6][:2] == ["seconds to the first claim", "1.2"]
    assert "7 articles, 1600 words, median of 3 paired runs" in lines[-1]


def test_a_process_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="out of paper"):
        measure_cost([sys.executable, "-c", "raise SystemExit('out of paper')"], tmp_path)


def test_a_process_is_charged_its_own_cpu_and_memory(tmp_path: Path) -> None:
    # From a small process: Linux counts the forking parent's memory as the child's first peak.
    measure = (
        "import sys; from pathlib import Path; from tests.bench.speed import measure_cost; "
        "burn = 'x = bytearray(80_000_000); sum(range(3_000_000))'; "
        "burnt = measure_cost([sys.executable, '-c', burn], Path(sys.argv[1])); "
        "print(burnt.cpu, burnt.peak)"
    )
    command = [sys.executable, "-c", measure, str(tmp_path)]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    cpu, peak = map(float, done.stdout.split())
    assert 0.02 < cpu < 10
    assert 80 < peak < 400


# gold folder and scorers


def _gold(folder: Path, name: str, rows: list[dict[str, Any]], scorer: str = "") -> GoldFile:
    (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / name / "score.py").write_text(scorer, encoding="utf-8")
    file = folder / name / "dev.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return GoldFile(name, file)


def test_every_split_but_train_is_measured_and_unknown_folders_are_not(tmp_path: Path) -> None:
    splits = (
        "closures/articles_dev",
        "closures/articles_train",
        "quotes/train",
        "quotes/dev",
        "dates/later",
        "poems/dev",
    )
    for split in splits:
        (tmp_path / split).parent.mkdir(exist_ok=True)
        (tmp_path / f"{split}.jsonl").touch()
    measured = ["quotes/dev", "closures/articles_dev", "dates/later"]
    assert [file.name for file in gold_files(tmp_path)] == measured
    assert [file.name for file in gold_files(tmp_path, "dates")] == ["dates/later"]


def test_a_missing_gold_folder_is_told_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quality", "--gold", str(tmp_path / "nowhere")]) == 2
    assert "no gold folder" in capsys.readouterr().err


def test_a_missing_set_is_told_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quality", "--gold", str(tmp_path), "--set", "dates"]) == 2
    assert "contains no gold set dates" in capsys.readouterr().err


@pytest.mark.parametrize("extra", [["--set", "dates"], ["--model", "en_core_web_sm"]])
def test_part_of_the_figures_is_never_saved(
    extra: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["quality", "--gold", str(tmp_path), "--save", *extra]) == 2
    assert "--save" in capsys.readouterr().err


def _prf(f1: float, gold: int = 10, **more: float) -> dict[str, float]:
    return {"F1": f1, "gold": gold, "tp": 6, "fn": 4, **more}


_SCORES = {"f1": 0.5, "p": 0.25, "r": 0.75, "n_gold": 8, "n_pred": 16}
REPORTS: dict[str, dict[str, Any]] = {
    "claims": {"gold": 463, "rows": 462, "found": {"P": 77.7, "R": 77.5, "F1": 77.6}, "important_recall": 80.3,
               "words": {"F1": 72.0}, "usable_row": {"F1": 66.8}, "right_row": {"F1": 54.7},
               **dict.fromkeys(("speaker", "column", "type", "stance", "negated", "role"), 86.1)},
    "quotes": {m: dict.fromkeys(("all", "direct", "mixed", "indirect"), _SCORES)
               for m in ("relation", "exact", "cue", "match@0.5")},
    "speakers": {"overall": {"n": 4, "strict": 0.5}, "pronoun": {"n": 3, "strict": 0.3333},
                 "short_name": {"n": 1, "strict": 1.0}, "nominal": {"n": 0}},
    "closures": {"event": _prf(0.512), "args": {"ALL": {"e2e_overlap": _prf(0.4, 31)}},
                 "status_acc_matched": 0.9, "permanence_acc_matched": 0.8},
    "closures articles": {"gold": 372, "rows": 242, "event": {"P": 100.0, "R": 65.1, "F1": 78.8},
                          "groups": {"system": 63.6}, "usable": {"F1": 52.1}, "right": {"F1": 32.2}, "status": 72.7,
                          **dict.fromkeys(("permanence", "what", "who", "said", "where", "when"), 80.0)},
    "dates": {"types": {"ALL": {"relaxed_F1": 0.9, "value_F1": 0.75, "gold": 20}},
              "date": {"interval_exact_F1": 0.7, "gold_dates": 15}},
    "places": {"countries_only": _prf(81.5), "doc_set_named": _prf(70.0), "end_to_end": _prf(60.0),
               "docs": 3, "gold_mentions": 44},
    "stories": {
        "mentions": 9,
        "within": {"P": 82.6, "R": 83.9, "F1": 83.3},
        "across": {"P": 79.3, "R": 50.8, "F1": 61.9},
        "all": {"P": 80.7, "R": 74.3, "F1": 77.4},
    },
    "pages": {"pages": 25, "body": 0.0, "title": 0.12, "published": 0.5, "dated": 20},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("quotes", Figure("quotes/dev", "relation F1", 50.0, 8)),
        ("quotes", Figure("quotes/dev", "recall mixed", 75.0, 8)),
        ("quotes", Figure("quotes/dev", "precision", 25.0, 16)),
        ("speakers", Figure("speakers/dev", "strict pronoun", 33.3, 3)),
        ("closures", Figure("closures/dev", "event F1", 51.2, 10)),
        ("closures", Figure("closures/dev", "arguments F1", 40.0, 31)),
        ("closures", Figure("closures/dev", "status accuracy", 90.0, 6)),
        ("dates", Figure("dates/dev", "DATE interval F1", 70.0, 15)),
        ("places", Figure("places/dev", "countries only F1", 81.5, 10)),
        ("places", Figure("places/dev", "end to end F1", 60.0, 44)),
        ("claims", Figure("claims/dev", "usable row F1", 66.8, 463)),
        ("claims", Figure("claims/dev", "speaker right", 86.1, 462)),
        ("closures articles", Figure("closures/articles_dev", "event R", 65.1, 372)),
        ("closures articles", Figure("closures/articles_dev", "status right", 72.7, 242)),
        ("pages", Figure("pages/dev", "body F1", 0.0, 25)),
        ("pages", Figure("pages/dev", "published", 50.0, 20)),
    ],
)
def test_figures_are_read_out_of_reports_in_percent(name: str, figure: Figure) -> None:
    name, _, whole = name.partition(" ")
    file = GoldFile(name, Path(name, "articles_dev.jsonl" if whole else "dev.jsonl"))
    assert figure in read_figures(file, REPORTS[file.kind])


def test_a_figure_over_nothing_is_left_out() -> None:
    names = [figure.name for figure in read_figures(GoldFile("speakers", Path("dev.jsonl")), REPORTS["speakers"])]
    assert names == ["strict overall", "strict pronoun", "strict short_name"]


def test_every_set_has_figures() -> None:
    kinds = {*SETS, *SCORERS}
    assert set(FIGURE_SOURCES) == kinds == set(REPORTS) == {*adapters.ADAPTERS, "pages"}


def test_a_report_without_the_figure_is_an_error_not_a_zero() -> None:
    with pytest.raises(BenchError, match="relation all f1"):
        read_figures(GoldFile("quotes", Path("dev.jsonl")), {"relation": {"all": {"n_gold": 3}}})


def test_the_stories_lines_are_read() -> None:
    printed = (
        "dev: 50 articles, 9 of 12 gold mentions matched (75.0 %); only these are scored\n"
        "prediction: 9 mentions, 3 gold events, 4 predicted groups\n"
        "  within  B3 P  82.6 R  83.9 F  83.3   pairs P  66.1 R  65.4 F  65.8 (1 right of 2 predicted, 3 gold)\n"
        "  across  B3 P  79.3 R  50.8 F  61.9   pairs P  84.8 R  69.4 F  76.4 (1 right of 2 predicted, 3 gold)\n"
        "  all     B3 P  80.7 R  74.3 F  77.4\n"
    )
    assert read_stories(printed) == REPORTS["stories"]
    with pytest.raises(BenchError, match="printed something else"):
        read_stories(printed.replace("across", "between"))


def test_the_pages_line_is_read() -> None:
    report = read_pages("pages 25 | body P 0.900 R 0.800 F1 0.847 | title 0.960 | published 12/20 = 0.600\n")
    assert report == {"pages": 25, "body": 0.847, "title": 0.96, "dated": 20, "published": 0.6}


def test_another_line_of_the_pages_scorer_is_an_error() -> None:
    with pytest.raises(BenchError, match="something else"):
        read_pages("25 pages, fine")


def test_the_scorer_beside_the_gold_is_run_on_the_predictions(tmp_path: Path) -> None:
    scorer = """
import json, sys
pred = [json.loads(line) for line in open(sys.argv[2])]
assert sys.argv[3:] == ["--json"]
print(json.dumps({"types": {"ALL": {"relaxed_F1": len(pred) / 4, "value_F1": 0, "gold": 4}},
                  "date": {"interval_exact_F1": 0, "gold_dates": 2}}))
"""
    file = _gold(tmp_path, "dates", [], scorer)
    assert score(file, [{"id": 1}, {"id": 2}])[0] == Figure("dates/dev", "relaxed span F1", 50.0, 4)


def test_a_scorer_that_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"dates/score\.py failed.*bad gold"):
        score(_gold(tmp_path, "dates", [], "raise SystemExit('bad gold')"), [])


# adapters


def _extraction(**findings: Any) -> adapters.Extraction:
    article = Article(doc_id="d", key="k", file="f", text="", blocks=())
    return adapters.Extraction(article, Linked(**findings), cast(Any, None))


def test_quotes_are_handed_over_with_all_their_parts() -> None:
    quote = Quote(source=((0, 3),), cue=((4, 8),), content=((9, 12), (20, 30)), quote_type="direct")
    row = adapters.predict_quotes({"id": "a"}, _extraction(quotes=(quote,)))
    assert row["attributions"] == [{"source": ((0, 3),), "cue": ((4, 8),), "content": ((9, 12), (20, 30))}]


CLOSURE = {"id": "c1", "context_before": "It rained.", "text": "The mill closed in Oulu, he said.",
           "context_after": "Snow fell.", "doc_date": "7-MAR-1987 23:54:07.12"}  # fmt: skip


def test_the_sentence_is_read_in_its_context_on_its_day() -> None:
    file = GoldFile("closures", Path("dev.jsonl"))
    bare = {**CLOSURE, "context_before": "", "context_after": "", "doc_date": ""}
    assert adapters.texts_of_closures(file, [CLOSURE, bare]) == [
        adapters.GoldText("It rained. The mill closed in Oulu, he said. Snow fell.", date(1987, 3, 7)),
        adapters.GoldText("The mill closed in Oulu, he said.", None),
    ]


def test_event_offsets_are_counted_from_the_sentence_and_what_lies_outside_is_dropped() -> None:
    inside = Event("closure", (20, 26), target=(11, 19), actor=(0, 2), places=((30, 34), (46, 50)))
    outside = Event("closure", (3, 9))
    quote = Quote(source=((36, 38),), cue=((39, 43),), content=((11, 34),), quote_type="indirect")
    linked = {"events": (outside, inside), "reporters": (None, 0), "quotes": (quote,)}
    (event,) = adapters.predict_closures(CLOSURE, _extraction(**linked))["events"]
    text = str(CLOSURE["text"])
    spans = {role: text[span[0] : span[1]] for role, span in event.items() if isinstance(span, list)}
    assert spans == {"trigger": "closed", "target": "The mill", "place": "Oulu", "reporter": "he"}
    assert event["actor"] is None


def test_events_of_other_types_are_no_closures() -> None:
    linked = {"events": (Event("merger", (20, 26)),), "reporters": (None,)}
    assert adapters.predict_closures(CLOSURE, _extraction(**linked))["events"] == []


def test_dates_are_scored_by_their_value() -> None:
    dated = DateMention(0, 9, "DATE", "1998-W02", "week", date(1998, 1, 5), date(1998, 1, 11))
    vague = DateMention(20, 28, "DATE", "PAST_REF")
    rows = adapters.predict_dates({"id": "a"}, _extraction(dates=(dated, vague)))["timexes"]
    assert rows == [
        {"start": 0, "end": 9, "type": "DATE", "value": "1998-W02"},
        {"start": 20, "end": 28, "type": "DATE", "value": "PAST_REF"},
    ]


def test_places_without_a_country_and_other_names_are_left_out() -> None:
    mentions = (
        Mention(0, 5, "COUNTRY", "Kenya", country="KEN"),
        Mention(9, 13, "PLACE", "Oulu", country="FIN"),
        Mention(20, 24, "PLACE", "Nowhere"),
        Mention(30, 34, "ORG", "Nokia", country="FIN"),
    )
    rows = adapters.predict_places({"id": "a"}, _extraction(mentions=mentions))["mentions"]
    assert [(row["start"], row["country"]) for row in rows] == [(0, "KEN"), (9, "FIN")]


def test_speakers_are_asked_about_the_article_of_the_quotes_set(tmp_path: Path) -> None:
    _gold(tmp_path, "quotes", [{"id": "a", "text": "He spoke.", "date": "2016-09-12"}])
    file = _gold(tmp_path, "speakers", [{"id": "a", "source": [0, 2]}])
    assert adapters.texts_of_speakers(file, read_rows(file.path)) == [adapters.GoldText("He spoke.", date(2016, 9, 12))]


def test_speakers_without_their_articles_are_told_plainly(tmp_path: Path) -> None:
    file = _gold(tmp_path, "speakers", [{"id": "a", "source": [0, 2]}])
    with pytest.raises(BenchError, match="no gold file"):
        adapters.texts_of_speakers(file, read_rows(file.path))


def test_reliability_leaves_closures_of_whole_articles_out(tmp_path: Path) -> None:
    table = event_reliability([GoldFile("closures", tmp_path / "articles_dev.jsonl")], "en_core_web_md")
    assert table.endswith("0.000.")


def test_reliability_puts_each_confidence_into_its_tenth() -> None:
    table = reliability_table([(0.8, True), (0.8, True), (0.85, False), (0.3, False)])
    assert table.splitlines()[2:4] == [
        "| 0.3-0.4    |      1 | 0.30 |  0.00 |",
        "| 0.8-0.9    |      3 | 0.82 |  0.67 |",
    ]
    assert table.endswith("0.188.")


def _table_of(section: str) -> list[list[str]]:
    """The rows of a generated table of RESULTS.md, header and rule left off."""
    text = RESULTS.read_text(encoding="utf-8")
    body = text.partition(f"<!-- {section}:start -->")[2].partition(f"<!-- {section}:end -->")[0]
    rows = [line.strip("|").split("|") for line in body.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_models_table_is_as_new_as_the_quality_table() -> None:
    """Its column of the default model has the same figures: otherwise ``models --save`` was forgotten."""
    column = 2 + MODELS.index(DEFAULT_MODEL)
    by_model = {(row[0], row[1]): float(row[column]) for row in _table_of("models") if row[0] != "parse"}
    quality = {(row[0], row[1]): float(row[2]) for row in _table_of("quality")}
    assert quality
    assert by_model == pytest.approx(quality, abs=TOLERANCE)
