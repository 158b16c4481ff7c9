"""extract evaluate: figures counted by hand on gold of our own, and what it says of a file that is no gold."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import pipeline.evaluate as evaluate_module
from pipeline.cli import app
from pipeline.errors import ExtractError
from pipeline.evaluate import Evaluation, evaluate
from pipeline.evaluate.gold import read_gold
from pipeline.evaluate.lines import format_evaluation
from pipeline.records import Article, Claim, Rejected, Result, Span, Spans
from pipeline.settings import Settings

Row = dict[str, Any]
SPEECH = "Ada Brandt said the mine will close. Oren Blake denied it. “We wait,” she added. Nobody knows."
CLOSING = (
    "The city will close the old ferry terminal in Larnhaven and Osk in June. Osk shut its school. "
    "Rain shut the road. The shop closed."
)


def span_of(text: str, words: str) -> Span:
    """Where the words stand first."""
    start = text.index(words)
    return start, start + len(words)


def spans(text: str, *words: str) -> list[list[int]]:
    return [list(span_of(text, phrase)) for phrase in words]


def tuples(spans: list[list[int]]) -> Spans:
    return tuple((start, end) for start, end in spans)


def attribution(text: str, source: str, cue: str, content: str, **more: Any) -> Row:
    roles = {"source": source, "cue": cue, "content": content}
    return {role: spans(text, words) if words else [] for role, words in roles.items()} | more


def claim(text: str, kind: str, roles: Row, **more: Any) -> Claim:
    """A claim of the machine's with these spans."""
    start, end = (roles.get("content") or roles["trigger"])[0]
    return Claim(
        claim_type=kind, claim_text=text[start:end], confidence=0.5, claim_id=f"c{start}{kind}", doc_id="d", file="f",
        start=start, end=end, spans={role: tuples(rows) for role, rows in roles.items()}, **more,
    )  # fmt: skip


def quote(text: str, source: str, cue: str, content: str, **more: Any) -> Claim:
    return claim(text, "quote", attribution(text, source, cue, content), **more)


def event(text: str, trigger: str, **more: Any) -> Claim:
    """An event; arguments in words (a tuple for several), other fields of the claim by their names."""
    roles = ("target", "actor", "place", "date", "cause", "reporter")
    words = {role: more.pop(role, ()) for role in roles}
    listed = {role: (value,) if isinstance(value, str) else value for role, value in words.items()}
    given = {role: spans(text, *phrases) for role, phrases in {"trigger": (trigger,), **listed}.items()}
    return claim(text, "closure", given, **more)


def gold_event(text: str, trigger: str, **more: Any) -> Row:
    """An event of gold; arguments in words, a list for all places, None for none."""
    roles = ("target", "actor", "place", "date", "cause", "reporter")
    row: Row = {"type": "closure", "trigger": list(span_of(text, trigger))}
    for name, value in more.items():
        if name in roles and value is not None:
            value = spans(text, *value) if isinstance(value, list) else list(span_of(text, value))
        row[name] = value
    return row


Measure = Callable[..., Evaluation]


@pytest.fixture
def measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Measure:
    """measure(rows, found by text): an evaluation with a stand-in for the engine."""
    monkeypatch.chdir(tmp_path)

    def run(rows: list[Row], claims_by_text: dict[str, Iterable[Claim]]) -> Evaluation:
        def extracted(articles: Iterable[Article], _: Settings) -> Iterator[Result | Rejected]:
            for article in articles:
                yield Result(article, tuple(claims_by_text.get(article.text, ())), (), (), 1)

        monkeypatch.setattr(evaluate_module, "extract_articles", extracted)
        Path("gold.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        return evaluate(Path("gold.jsonl"), Settings())

    return run


def figures(done: Evaluation, kind: str, measure: str) -> tuple[int, int, int, int]:
    """Found, right, in gold, hit."""
    counts = done.tallies[kind].counts[measure]
    return counts.found, counts.right, counts.gold, counts.hit


@pytest.fixture
def quote_evaluation(measure: Measure) -> Evaluation:
    """Three quotes in gold; of three found one has its edge wrong, one its source, one isn't in gold."""
    gold = [
        attribution(SPEECH, "Ada Brandt", "said", "the mine will close", type="indirect", speaker="Ada Brandt"),
        attribution(SPEECH, "Oren Blake", "denied", "it", type="indirect"),
        attribution(SPEECH, "she", "added", "“We wait,”", type="direct", speaker="Ada Brandt", speaker_country=""),
    ]
    predicted = [
        quote(SPEECH, "Ada Brandt", "said", "mine will close.", quote_type="indirect", speaker="ADA  Brandt"),
        quote(SPEECH, "Oren Blake", "added", "We wait", quote_type="direct", speaker="Oren Blake"),
        quote(SPEECH, "", "", "Nobody knows", quote_type="indirect"),
    ]
    return measure([{"text": SPEECH, "file": "a.txt", "attributions": gold}], {SPEECH: predicted})


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("found", (3, 2, 3, 2)),
        ("found, direct", (1, 1, 1, 1)),
        ("found, indirect", (2, 1, 2, 1)),
        ("found, mixed", (0, 0, 0, 0)),
        ("with its source", (3, 1, 3, 1)),
        ("with its source, direct", (1, 0, 1, 0)),
        ("exact words", (3, 1, 3, 1)),
        ("cue", (2, 2, 3, 2)),
    ],
)
def test_quotes_counted_by_hand(quote_evaluation: Evaluation, name: str, counts: tuple[int, int, int, int]) -> None:
    assert figures(quote_evaluation, "quote", name) == counts


def test_precision_recall_and_f1(quote_evaluation: Evaluation) -> None:
    cue = quote_evaluation.tallies["quote"].counts["cue"]
    assert [cue.precision, cue.recall, cue.f1] == pytest.approx([1.0, 2 / 3, 0.8])
    mixed = quote_evaluation.tallies["quote"].counts["found, mixed"]
    assert (mixed.precision, mixed.recall, mixed.f1) == (None, None, None)


def test_speakers_are_compared_where_gold_knows_them_and_either_has_one(quote_evaluation: Evaluation) -> None:
    assert quote_evaluation.tallies["quote"].values == {"speaker": [1, 2]}


def test_every_mistake_is_shown_with_its_place(quote_evaluation: Evaluation) -> None:
    shown = [
        (example.fault, example.place, example.detail, example.words)
        for example in quote_evaluation.tallies["quote"].examples
    ]
    assert shown == [
        ("missed", "a.txt:1", "Oren Blake denied", "it"),
        ("wrong", "a.txt:1", "", "Nobody knows"),
        ("part", "a.txt:1", "source Oren Blake, gold she", "We wait"),
        ("part", "a.txt:1", "speaker Oren Blake, gold Ada Brandt", "We wait"),
    ]


def test_quotes_without_events_are_not_asked_for_events(quote_evaluation: Evaluation) -> None:
    assert list(quote_evaluation.tallies) == ["quote"]


def test_gold_found_as_it_is_has_no_fault(measure: Measure) -> None:
    gold = [attribution(SPEECH, "Ada Brandt", "said", "the mine will close"), attribution(SPEECH, "", "", "We wait")]
    predicted = [quote(SPEECH, "", "", "We wait"), quote(SPEECH, "Ada Brandt", "said", "the mine will close")]
    done = measure([{"text": SPEECH, "attributions": gold}], {SPEECH: predicted})
    assert figures(done, "quote", "with its source") == figures(done, "quote", "exact words") == (2, 2, 2, 2)
    assert done.tallies["quote"].examples == []


def test_one_quote_found_twice_is_found_once(measure: Measure) -> None:
    """As two claims, for its two speakers; and once more with other edges."""
    gold = [attribution(SPEECH, "Ada Brandt", "said", "the mine will close", speaker="Ada Brandt | Oren Blake")]
    both = [
        quote(SPEECH, "Ada Brandt", "said", "the mine will close", speaker=speaker)
        for speaker in ("Oren Blake", "Ada Brandt")
    ]
    more = quote(SPEECH, "Ada Brandt", "said", "mine will close")
    done = measure([{"text": SPEECH, "attributions": gold}], {SPEECH: [more, *both]})
    assert figures(done, "quote", "found") == (2, 1, 1, 1)
    assert figures(done, "quote", "exact words") == (2, 1, 1, 1)
    assert done.tallies["quote"].values == {"speaker": [1, 1]}


def test_what_is_optional_is_neither_missed_nor_wrong(measure: Measure) -> None:
    gold = [
        attribution(SPEECH, "Ada Brandt", "said", "the mine will close", optional=True),
        attribution(SPEECH, "Oren Blake", "denied", "it", optional=True),
        attribution(SPEECH, "she", "added", "We wait"),
    ]
    predicted = [quote(SPEECH, "Oren Blake", "said", "the mine will close"), quote(SPEECH, "she", "added", "We wait")]
    done = measure([{"text": SPEECH, "attributions": gold}], {SPEECH: predicted})
    assert figures(done, "quote", "found") == figures(done, "quote", "cue") == (1, 1, 1, 1)
    assert done.tallies["quote"].examples == []


def test_roles_that_gold_does_not_know_are_not_judged(measure: Measure) -> None:
    gold = [{"content": spans(SPEECH, "the mine will close")}, attribution(SPEECH, "she", "added", "We wait")]
    predicted = [quote(SPEECH, "Oren Blake", "denied", "the mine will close"), quote(SPEECH, "she", "added", "We wait")]
    done = measure([{"text": SPEECH, "attributions": gold}], {SPEECH: predicted})
    assert figures(done, "quote", "found") == (2, 2, 2, 2)
    assert figures(done, "quote", "with its source") == figures(done, "quote", "cue") == (1, 1, 1, 1)
    assert done.tallies["quote"].examples == []


@pytest.fixture
def event_evaluation(measure: Measure) -> Evaluation:
    """Of three closures in gold two are found, one of them well; a fourth is optional; a fifth isn't in gold."""
    gold = [
        gold_event(
            CLOSING, "close", target="the old ferry terminal", actor="The city", place=["Larnhaven", "Osk"],
            date="June", cause=None, reporter=None, status="planned", permanence="permanent", countries=["NOR"],
        ),
        gold_event(CLOSING, "shut", target="its school", actor=None, place=None, status="occurred"),
        gold_event(CLOSING, "closed", target="The shop", actor=None, cause=None),
        gold_event(CLOSING, "shut the road", optional=True),
    ]  # fmt: skip
    predicted = [
        event(
            CLOSING, "will close", target="the old ferry terminal in Larnhaven", actor="city", place=("Osk",),
            cause="June", event_status="planned", permanence="unspecified", countries=("NOR", "SWE"),
        ),
        event(CLOSING, "shut its", target="school", actor="Osk shut", reporter="Osk", event_status="occurred"),
        event(CLOSING, "Rain", actor="Rain"),
        event(CLOSING, "the road"),
    ]  # fmt: skip
    return measure([{"text": CLOSING, "file": "b.txt", "events": gold}], {CLOSING: predicted})


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("event", (3, 2, 3, 2)),
        ("target", (2, 2, 3, 2)),
        ("actor", (3, 1, 1, 1)),
        ("place", (1, 1, 2, 1)),
        ("date", (0, 0, 1, 0)),
        ("cause", (1, 0, 0, 0)),
        ("reporter", (0, 0, 0, 0)),
        ("arguments", (7, 4, 7, 4)),
    ],
)
def test_events_counted_by_hand(event_evaluation: Evaluation, name: str, counts: tuple[int, int, int, int]) -> None:
    assert figures(event_evaluation, "closure", name) == counts


def test_values_of_events_are_compared_where_gold_has_them(event_evaluation: Evaluation) -> None:
    assert event_evaluation.tallies["closure"].values == {"status": [2, 2], "permanence": [0, 1], "countries": [0, 1]}


def test_mistakes_of_events(event_evaluation: Evaluation) -> None:
    shown = [(example.fault, example.detail, example.words) for example in event_evaluation.tallies["closure"].examples]
    first, second = "will close the old ferry terminal in Larnhaven", "shut its school"
    assert shown == [
        ("part", "actor Osk shut, gold (none)", second),
        ("part", "place Osk, gold Larnhaven [...] Osk", first),
        ("part", "date (none), gold June", first),
        ("part", "cause June, gold (none)", first),
        ("part", "permanence unspecified, gold permanent", first),
        ("part", "countries NOR | SWE, gold NOR", first),
        ("missed", "", "The shop closed"),
        ("wrong", "", "Rain"),
    ]


@pytest.mark.parametrize(("place", "counts"), [("Larnhaven", (1, 1, 1, 1)), (["Larnhaven"], (2, 1, 1, 1))])
def test_of_a_place_that_is_not_in_a_list_the_first_is_asked_for(
    measure: Measure, place: str | list[str], counts: tuple[int, int, int, int]
) -> None:
    predicted = [event(CLOSING, "close", place=("Larnhaven", "Osk"))]
    done = measure([{"text": CLOSING, "events": [gold_event(CLOSING, "close", place=place)]}], {CLOSING: predicted})
    assert figures(done, "closure", "place") == counts


def test_the_nearest_trigger_is_taken_first(measure: Measure) -> None:
    """The first in gold shares words with the first found, which is the second's very trigger."""
    gold = [gold_event(CLOSING, "close the old ferry"), gold_event(CLOSING, "old ferry terminal")]
    predicted = [event(CLOSING, "old ferry terminal"), event(CLOSING, "close")]
    done = measure([{"text": CLOSING, "events": gold}], {CLOSING: predicted})
    assert figures(done, "closure", "event") == (2, 2, 2, 2)


def test_of_a_sentence_in_context_only_the_sentence_counts(measure: Measure) -> None:
    before, sentence, after = CLOSING.partition("Osk shut its school.")
    row = {"context_before": before.strip(), "text": sentence, "context_after": after.strip()}
    gold = [gold_event(sentence, "shut", target="its school", place="Osk")]
    predicted = [event(CLOSING, "close", target="Osk"), event(CLOSING, "shut", target="its school", place="Larnhaven")]
    done = measure([row | {"events": gold}], {CLOSING: predicted})
    assert figures(done, "closure", "event") == (1, 1, 1, 1)
    assert figures(done, "closure", "target") == (1, 1, 1, 1)
    assert figures(done, "closure", "place") == (0, 0, 1, 0)


def test_an_article_that_breaks_gives_nothing(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"text": SPEECH, "attributions": [attribution(SPEECH, "she", "added", "We wait")]}]
    measure(rows, {})
    monkeypatch.setattr(
        evaluate_module,
        "extract_articles",
        lambda articles, _: (Rejected(article.file, "it broke") for article in articles),
    )
    done = CliRunner().invoke(app, ["evaluate", "gold.jsonl", "--quiet"])
    assert (done.exit_code, done.stderr) == (0, "Not read: gold.jsonl#1: it broke.\n")
    assert figures(evaluate(Path("gold.jsonl"), Settings()), "quote", "found") == (0, 0, 1, 0)


def test_types_without_gold_are_not_judged_but_said(measure: Measure) -> None:
    predicted = [event(CLOSING, "close"), claim(CLOSING, "opening", {"trigger": spans(CLOSING, "shut")})]
    done = measure([{"text": CLOSING, "events": []}], {CLOSING: predicted})
    assert list(done.tallies) == ["closure"]
    assert figures(done, "closure", "event") == (1, 0, 0, 0)
    assert (
        list(format_evaluation(done, 5, 100))[-1] == "Not judged: 1 opening, because gold says nothing about this type."
    )


def test_a_kind_that_nobody_has_is_one_line(measure: Measure) -> None:
    done = measure([{"id": "a", "text": "Nothing happened.", "attributions": [], "events": []}], {"a": []})
    assert list(format_evaluation(done, 5, 100))[1:] == [
        "", "quote: none in gold, none found", "", "closure: none in gold, none found",
    ]  # fmt: skip


def test_blocks_of_gold_are_those_of_its_article(tmp_path: Path) -> None:
    blocks = [{"start": 0, "end": 36, "role": "headline"}, {"start": 37, "end": 60, "role": "body", "repeated": True}]
    row = {"text": SPEECH, "blocks": blocks, "events": [], "published": "2025-03-04", "publisher": "Wire", "title": "T"}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    (gold,) = read_gold(path)
    article = gold.article
    article_blocks = [(block.start, block.end, block.role, block.repeated) for block in article.blocks]
    assert article_blocks == [(0, 36, "headline", False), (37, 60, "body", True)]
    assert (str(article.published), article.publisher, article.title) == ("2025-03-04", "Wire", "T")


NO_GOLD = [
    ("", "contains no articles"),
    ("\n \n", "contains no articles"),
    ('{"text": "a"', "line 1: this is not valid JSON."),
    ("[1]", "line 1: this is not a JSON object"),
    ("[" * 100_000, "line 1: this is not valid JSON"),
    ('{"text": " ", "events": []}', 'line 1: "text" is missing or empty'),
    ('{"text": 5, "events": []}', 'line 1: "text" is not a string'),
    (
        '{"text": "a", "events": []}\n\n{"text": "a"}',
        'line 3: there is neither a list "attributions" nor a list "events"',
    ),
    (
        '{"text": "abc", "events": [{"trigger": [0, 4]}]}',
        "[0, 4] is empty or lies outside the text, which has 3 characters",
    ),
    ('{"text": "abc", "events": [{"trigger": [2, 2]}]}', "[2, 2] is empty or"),
    ('{"text": "abc", "events": [{"trigger": [-1, 2]}]}', "[-1, 2] is empty or lies outside"),
    ('{"text": "abc", "events": [{"trigger": [0, true]}]}', "trigger: [0, true] is not [start, end]"),
    ('{"text": "abc", "events": [{"trigger": [0, 1], "target": [0, 1, 2]}]}', "target: [0, 1, 2] is not [start, end]"),
    ('{"text": "abc", "events": [{"trigger": [0, 1], "target": "ab"}]}', "target:"),
    ('{"text": "abc", "events": [{}]}', '"events" holds an entry of the wrong form'),
    ('{"text": "abc", "events": [7]}', '"events" holds an entry of the wrong form'),
    ('{"text": "abc", "attributions": [{"content": 7}]}', '"attributions" holds an entry of the wrong form'),
    ('{"text": "abc", "attributions": [{"content": [[1, 9]]}]}', "content: [1, 9] is empty or lies outside"),
    ('{"text": "abc", "events": [], "published": "soon"}', "'soon' is not a clear date"),
    ('{"text": "abc", "events": [], "published": "03/04/2025"}', "'03/04/2025' is not a clear date"),
    ('{"text": "abc", "events": [], "blocks": {}}', '"blocks" is not a list'),
    ('{"text": "abc", "events": [], "blocks": [{"start": 0}]}', "a block needs start, end and role"),
    ('{"text": "abc", "events": [], "blocks": [{"start": 0, "end": 2, "role": "x"}]}', "is not a valid block"),
    ('{"text": "abc", "events": [], "blocks": [{"start": 0, "end": 9, "role": "body"}]}', "is not a valid block"),
]


@pytest.mark.parametrize(("text", "says"), NO_GOLD)
def test_what_is_no_gold_is_said_with_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExtractError) as caught:
        list(read_gold(path))
    assert says in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.hint


def test_a_file_in_another_encoding_and_one_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_bytes('{"text": "é", "events": []}'.encode("latin-1"))
    with pytest.raises(ExtractError, match="is not UTF-8 text"):
        list(read_gold(path))
    with pytest.raises(ExtractError, match="can't be read: No such file"):
        list(read_gold(tmp_path / "none.jsonl"))


def test_a_wrong_line_is_found_before_anything_is_extracted(measure: Measure) -> None:
    with pytest.raises(ExtractError, match='line 2: "text" is missing'):
        measure([{"text": SPEECH, "attributions": []}, {"text": ""}], {SPEECH: [quote(SPEECH, "", "", "it")]})


def test_of_many_mistakes_some_are_shown_from_all_over_no_line_too_long(measure: Measure) -> None:
    texts = [f"{n}\x1b[2J {'word ' * 40}" for n in range(9)]
    rows: list[Row] = [{"text": text, "attributions": []} for text in texts]
    claims_by_text = {text: [quote(text, "", "", text.strip())] for text in texts}
    shown = list(format_evaluation(measure(rows, claims_by_text), 3, 80))
    assert "  Wrong (found, but not in gold): 9, of which 3 are shown:" in shown
    assert [line[:21] for line in shown if line.startswith("    gold")] == [
        f"    gold.jsonl#{n}:1  {n - 1}" for n in (1, 4, 7)
    ]
    assert max(map(len, shown)) == 80


def test_without_examples_there_are_figures_only(quote_evaluation: Evaluation) -> None:
    assert not any("Nobody" in line for line in format_evaluation(quote_evaluation, 0, 100))


def test_command(measure: Measure) -> None:
    text = "A\x1b[2J fox,\nsaid Ada."
    measure([{"text": text, "attributions": []}], {text: [quote(text, "Ada", "said", "A\x1b[2J fox,", speaker="Ada")]})
    done = CliRunner().invoke(app, ["evaluate", "gold.jsonl", "--json", "new.json"])
    assert done.exit_code == 0
    assert "1/1 gold.jsonl#1: 1 claims" in done.stderr
    assert "  found" + f"{'0.0':>27}{'-':>10}{'0.0':>10}{0:>10}{1:>10}" in done.stdout.splitlines()
    assert "    gold.jsonl#1:1  Ada said: A?[2J fox," in done.stdout.splitlines()
    written = json.loads(Path("new.json").read_text(encoding="utf-8"))
    assert written["kinds"]["quote"]["figures"]["found"] == {
        "precision": 0.0, "recall": None, "f1": 0.0, "found": 1, "right": 0, "gold": 0, "hit": 0,
    }  # fmt: skip
    assert [example["fault"] for example in written["kinds"]["quote"]["examples"]] == ["wrong"]
    assert CliRunner().invoke(app, ["evaluate", "gold.jsonl", "--quiet"]).stderr == ""


def test_a_file_for_figures_that_cannot_be_written(measure: Measure) -> None:
    measure([{"text": SPEECH, "attributions": []}], {})
    done = CliRunner().invoke(app, ["evaluate", "gold.jsonl", "--json", "gold.jsonl/where.json"])
    assert isinstance(done.exception, ExtractError)
    assert "gold.jsonl/where.json can't be written" in done.exception.message
    assert "--json" in done.exception.hint
    assert not done.stderr  # said before anything is measured


@pytest.mark.parametrize("name", ["gold.jsonl", "link"])
def test_figures_are_not_written_over_the_gold(measure: Measure, name: str) -> None:
    measure([{"text": SPEECH, "attributions": []}], {})
    Path("link").symlink_to("gold.jsonl")
    done = CliRunner().invoke(app, ["evaluate", "gold.jsonl", "--json", name])
    assert isinstance(done.exception, ExtractError)
    assert f"{name} must not be written over" in done.exception.message


def test_figures_for_another_program_go_alone_to_the_standard_output(measure: Measure) -> None:
    measure([{"text": SPEECH, "attributions": []}], {})
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    done = CliRunner().invoke(app, ["evaluate", "gold.jsonl", "--json", "pipe"])
    written = json.loads(os.read(reader, 60_000))
    os.close(reader)
    assert (done.exit_code, done.stdout, written["articles"]) == (0, "", 1)
    assert "1 articles in gold.jsonl" in done.stderr
