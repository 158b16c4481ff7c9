"""extract export --gold: what a reviewer decided, corrected and added, as gold that the extraction is measured on."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import pipeline.evaluate as evaluate_module
from pipeline.cli import app
from pipeline.errors import ExtractError
from pipeline.evaluate import evaluate
from pipeline.records import Article, Claim, Result, Span
from pipeline.run_job import run as run_job
from pipeline.settings import Settings
from pipeline.store import Decision, open_store
from pipeline.store.corrections import apply_corrections
from pipeline.store.manual_claims import manual_claim_from_span, place_manual_claim
from pipeline.write.gold import export_gold
from pipeline.write.gold_form import attribution_rows, event_rows
from pipeline.write.reviewed import as_reviewed
from tests.evaluate.test_evaluate import event, figures, quote, span_of
from tests.helpers.parses import plain_article
from tests.helpers.store import decide, extracted, rows, run, save_rows

OUT = Path("outputs")
EXAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "examples"
MINE = (
    "The mine will close, Ada Brandt said. It is late, she said. So be it, they said. Oren Blake denied all of it. "
    "Nobody, he said.\n"
)


def gold(name: str = "outputs/gold.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]


def contents(row: dict[str, Any]) -> list[str]:
    return [" ".join(row["text"][a:b] for a, b in attribution["content"]) for attribution in row["attributions"]]


def decide_all(*decisions: str, file: str = "corpus/a.txt", **first: str) -> None:
    """Decide the claims of an article in order; ``first`` are further fields of the first decision."""
    with open_store(OUT) as store:
        (claims,) = (result.claims for result in store.last_results() if result.article.file == file)
        for claim, decision in zip(claims, decisions, strict=True):
            store.decide(claim, Decision(decision, **first), "test")
            first = {}


@pytest.fixture
def article(corpus: Path) -> Path:
    """An article with four claims, read once: words before "said" without their source."""
    path = corpus / "a.txt"
    path.write_text(MINE, encoding="utf-8")
    run()
    return path


def add_row(words: str, **more: str) -> None:
    """A row without claim_id, as a reviewer adds it in a spreadsheet."""
    table = rows()
    save_rows([*table, {**dict.fromkeys(table[0], ""), "file": "corpus/a.txt", "claim_text": words, **more}])


def test_decided_claims_become_gold_and_are_measured(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_row("all of it", speaker="Oren Blake", speaker_text="Oren Blake", cue="denied")
    decide_all("edit", "accept", "reject", "unsure", corrected_text="The mine will close")
    done = export_gold(OUT)
    assert (done.path, done.articles, done.claims, done.optional) == (OUT / "gold.jsonl", 1, 4, 1)
    (row,) = gold()
    assert row["text"] == MINE
    assert row["blocks"] == [{"start": 0, "end": len(MINE) - 1, "role": "body"}]
    assert contents(row) == ["The mine will close", "It is late, she", "all of it", "Nobody, he"]
    added = row["attributions"][2]
    assert added == {
        "source": [list(span_of(MINE, "Oren Blake"))],
        "cue": [list(span_of(MINE, "denied"))],
        "content": [list(span_of(MINE, "all of it"))],
        "speaker": "Oren Blake",
    }
    assert [attribution.get("optional") for attribution in row["attributions"]] == [None, None, None, True]
    # Found are four: the first two, one that is wrong ("So be it, they") and one that is optional. One is missed.
    monkeypatch.setattr(evaluate_module, "extract_articles", extracted)
    quotes = evaluate(done.path, Settings()).tallies["quote"]
    overlapping, exact = quotes.counts["found"], quotes.counts["exact words"]
    assert (overlapping.found, overlapping.right, overlapping.gold, overlapping.hit) == (3, 2, 3, 2)
    assert (exact.found, exact.right, exact.gold, exact.hit) == (3, 1, 3, 1)
    assert [(example.fault, example.words) for example in quotes.examples] == [
        ("missed", "all of it"),
        ("wrong", "So be it, they"),
    ]


def test_a_corrected_speaker_is_measured(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decide_all("edit", *["reject"] * 3, corrections='{"speaker": "Ada Brandt", "speaker_text": "Ada Brandt"}')
    export_gold(OUT)
    ((attribution,),) = (row["attributions"] for row in gold())
    assert (attribution["speaker"], attribution["source"]) == ("Ada Brandt", [list(span_of(MINE, "Ada Brandt"))])
    monkeypatch.setattr(evaluate_module, "extract_articles", extracted)
    assert evaluate(OUT / "gold.jsonl", Settings()).tallies["quote"].values["speaker"] == [0, 1]


def test_an_article_with_an_open_claim_is_left_out_and_named(article: Path, corpus: Path) -> None:
    (corpus / "b.txt").write_text("All is well, she said.\n", encoding="utf-8")
    (corpus / "c.txt").write_text("We go, she said.\n", encoding="utf-8")
    (corpus / "d.txt").write_text("Nobody speaks here.\n", encoding="utf-8")
    run()
    decide_all("accept", "", "reject", "ask Jo")
    decide_all("accept", file="corpus/b.txt")
    done = export_gold(OUT)
    assert [row["file"] for row in gold()] == ["corpus/b.txt"]
    (begun,) = done.partly_decided
    assert (begun.file, len(begun.open_claims), begun.claims, done.undecided) == ("corpus/a.txt", 2, 4, 2)
    late, nobody = (claim.claim_id for claim in begun.open_claims)
    assert list(done.notes()) == [
        "Left out: 2 articles in which nothing was decided.",
        "Left out: 1 article with claims still open (decide them, then export again):",
        f'  corpus/a.txt: 2 of 4 open: {late} "It is late, she", {nobody} "Nobody, he"',
    ]


def test_an_edit_that_corrects_nothing_leaves_its_claim_open(article: Path) -> None:
    decide_all("accept", "edit", "accept", "accept")
    with pytest.raises(ExtractError) as caught:
        export_gold(OUT)
    assert caught.value.hint == "corpus/a.txt comes closest, with 1 open claim of 4."
    assert not Path("outputs/gold.jsonl").exists()


def test_a_claim_decided_in_two_ways_is_open_until_it_is_decided_anew(article: Path) -> None:
    decide_all(*["accept"] * 4)
    claim_id = decide(0, decision="reject")
    with pytest.raises(ExtractError, match="no article has all its claims decided"):
        export_gold(OUT)
    with open_store(OUT) as store:
        (claim,) = (claim for result in store.last_results() for claim in result.claims if claim.claim_id == claim_id)
        store.decide(claim, Decision("reject"), "test")
    assert export_gold(OUT).claims == 3


def test_gold_that_is_there_stays_where_there_is_none_any_more(article: Path) -> None:
    decide_all(*["accept"] * 4)
    export_gold(OUT)
    decide_all("", *["accept"] * 3)
    with pytest.raises(ExtractError, match="no article has all its claims decided"):
        export_gold(OUT)
    assert len(gold()) == 1


def test_without_a_run_there_is_no_gold(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="no claims"):
        export_gold(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_decided_at_all_says_how_to_begin(article: Path) -> None:
    with pytest.raises(ExtractError) as caught:
        export_gold(OUT)
    assert caught.value.hint.startswith("Decide every claim of one article")


def test_decisions_made_in_the_table_since_the_run_count(article: Path) -> None:
    for number in range(4):
        decide(number, decision="Accepted")
    assert export_gold(OUT).claims == 4


def test_corrected_words_that_are_not_in_the_article_make_a_claim_optional(article: Path) -> None:
    decide_all("edit", *["reject"] * 3, corrected_text="The pit will close")
    done = export_gold(OUT)
    (row,) = gold()
    assert (contents(row), row["attributions"][0]["optional"]) == (["The mine will close, Ada Brandt"], True)
    assert list(done.notes()) == [
        "Optional: 1 claim, unsure or in words that the article doesn't have.",
        'Not in the text of corpus/a.txt: "The pit will close"',
    ]


def test_accepted_claims_that_rules_find_no_more_are_gold_all_the_same(
    article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide_all("accept", "reject", "unsure", "edit", corrected_text="")
    decide(3, corrected_text="Nobody")
    export_gold(OUT)
    before = contents(gold()[0])
    monkeypatch.setattr("tests.helpers.store.claims_of", lambda _: ())
    monkeypatch.setattr("pipeline.run_job.result_fingerprint", lambda _: "other rules")
    run()
    assert export_gold(OUT).claims == 3
    (row,) = gold()
    assert before == contents(row) == ["The mine will close, Ada Brandt", "So be it, they", "Nobody"]
    assert row["attributions"][0]["source"] == [list(span_of(MINE, "she"))]
    assert [attribution.get("optional") for attribution in row["attributions"]] == [None, True, None]


def test_words_added_by_hand_that_are_in_no_article_are_said(article: Path) -> None:
    add_row("The pit will close")
    decide_all(*["accept"] * 4)
    assert export_gold(OUT).not_in_text == [("corpus/a.txt", "The pit will close")]


def test_commands(article: Path) -> None:
    decide_all(*["accept"] * 4)
    command = CliRunner()
    done = command.invoke(app, ["export", "--gold", "--to", "mine/own.jsonl"])
    assert (done.exit_code, done.stdout) == (0, "1 article with 4 claims: mine/own.jsonl\n")
    assert len(gold("mine/own.jsonl")) == 1
    for wrong in (["--accepted"], ["--format", "parquet"]):
        assert isinstance(command.invoke(app, ["export", "--gold", *wrong]).exception, ExtractError)


PORT = (
    "The port will shut its terminal, the harbour board said in Osk. Union Sea keeps its own terminal in Osk open.\n\n"
    "“We pay,” said Ada Brandt of Union Sea, “and we wait.” Oren Blake said it was in its in-tray.\n\n"
    "Later “we pay” was painted on a wall in Larnhaven, said the harbour board."
)


def make_closure(**more: Any) -> Claim:
    """A closure as the machine found it in the first sentence."""
    closure = event(PORT, "shut", target="its terminal", actor="The port", place="Osk", reporter="the harbour board")
    words = {"trigger": "shut", "target": "its terminal", "actor": "The port", "reporter": "the harbour board"}
    return replace(closure, **{**words, "place": ("Osk",), "event_status": "planned", **more})


def make_quote(**more: Any) -> Claim:
    """A quote as the machine found it in the second paragraph."""
    saying = quote(PORT, "Ada Brandt", "said Ada", "We pay")
    return replace(saying, **{"speaker_text": "Ada Brandt", "cue": "said Ada", **more})


def span_within(context: str, words: str) -> Span:
    """Where the words stand within a stretch that stands once."""
    start = span_of(PORT, context)[0] + context.index(words)
    return start, start + len(words)


def reviewed(was: Claim, values: dict[str, Any], article: Article | None = None) -> Claim | None:
    """The machine's claim after corrections by column, and with another corrected_text."""
    article = article or plain_article(PORT)
    words = values.pop("corrected_text", "")
    now = replace(was, corrected_text=words, corrections=json.dumps(values) if values else "")
    return as_reviewed(article, apply_corrections(now, article))


@pytest.mark.parametrize(
    ("was", "values", "role", "where"),
    [
        (make_closure(), {"target": "terminal"}, "target", [("shut its terminal", "terminal")]),
        (make_closure(), {"target": "ITS OWN  terminal"}, "target", [("its own terminal", "its own terminal")]),
        (make_closure(), {"actor": "the harbour board"}, "actor", [("the harbour board said", "the harbour board")]),
        (make_closure(), {"cause": ""}, "cause", []),
        (make_closure(), {"target": ""}, "target", []),
        (make_closure(), {"place": ("Osk", "port")}, "place", [("said in Osk", "Osk"), ("The port", "port")]),
        (make_closure(), {"trigger": "will shut", "actor": "port"}, "trigger", [("will shut", "will shut")]),
        (make_closure(), {"reporter": "(the article)"}, "reporter", []),
        (make_closure(publisher="The Wire"), {"reporter": "The Wire"}, "reporter", []),
        (make_closure(), {"event_status": "denied"}, "target", [("shut its terminal", "its terminal")]),
        (make_quote(), {"cue": "said"}, "cue", [("said Ada", "said")]),
        (make_quote(), {"speaker_text": "Union Sea"}, "source", [("of Union Sea", "Union Sea")]),
        (make_quote(), {"speaker_text": "it"}, "source", [("said it was", "it")]),
        (
            make_quote(),
            {"speaker_text": "the harbour board"},
            "source",
            [("the harbour board said", "the harbour board")],
        ),
        (make_quote(), {"speaker": "Oren Blake"}, "source", [("Ada Brandt", "Ada Brandt")]),
        (
            make_quote(),
            {"corrected_text": "We pay [...] and we wait."},
            "content",
            [("“We pay", "We pay"), ("and we wait.", "and we wait.")],
        ),
        (make_quote(), {"corrected_text": '"We pay,"'}, "content", [("“We pay,”", "“We pay,”")]),
    ],
)
def test_corrected_words_are_where_they_stand_nearest(
    was: Claim, values: dict[str, Any], role: str, where: list[tuple[str, str]]
) -> None:
    now = reviewed(was, dict(values))
    assert now is not None
    assert now.spans.get(role) == tuple(span_within(*pair) for pair in where)


@pytest.mark.parametrize(
    ("was", "values", "role"),
    [
        (
            make_closure(),
            {"actor": "Ada Brandt"},
            "actor",
        ),  # only in another paragraph: somebody told by another word here
        (make_closure(), {"target": "the pier"}, "target"),
        (make_closure(), {"place": ("Osk", "Larnhaven")}, "place"),
        (make_closure(), {"place": ("Osk", "Riga")}, "place"),
        (make_closure(), {"reporter": "Ada Brandt"}, "reporter"),
        (make_quote(), {"speaker_text": "Nobody"}, "source"),
    ],
)
def test_a_role_whose_words_are_not_found_is_not_judged(was: Claim, values: dict[str, Any], role: str) -> None:
    now = reviewed(was, dict(values))
    assert now is not None
    assert role not in now.spans
    (row,) = [*attribution_rows([now]), *event_rows([now])]
    assert role not in row


def test_words_broken_by_the_layout_are_found() -> None:
    broken = PORT.replace("harbour board said", "har-\nbour   board said")
    now = reviewed(make_closure(), {"actor": "harbour board"}, plain_article(broken))
    assert now is not None
    ((start, end),) = now.spans["actor"]
    assert broken[start:end] == "har-\nbour   board"


def test_an_event_whose_words_move_away_from_its_trigger_is_known_by_its_words() -> None:
    now = reviewed(make_closure(), {"corrected_text": "keeps its own terminal in Osk open"})
    assert now is not None
    (row,) = event_rows([now])
    assert row["trigger"] == list(span_of(PORT, "keeps its own terminal in Osk open"))


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("", {}),
        ("Ada Brandt", {"speaker": "Ada Brandt", "source": [list(span_of(PORT, "Ada Brandt"))]}),
        ("Larnhaven", {"speaker": "Larnhaven"}),  # named in another paragraph only
    ],
)
def test_a_claim_added_by_hand_knows_what_it_was_given(speaker: str, expected: dict[str, Any]) -> None:
    content = span_of(PORT, "We pay")
    added = replace(
        make_quote(speaker_text="", cue="", speaker=speaker), rule="reviewer", spans={"content": (content,)}
    )
    now = as_reviewed(plain_article(PORT), added)
    assert now is not None
    assert attribution_rows([now]) == [{"content": [list(content)], **expected}]


def test_an_event_added_by_hand_is_known_by_its_words_and_what_it_was_given() -> None:
    words = "keeps its own terminal in Osk open"
    span = span_of(PORT, words)
    article = plain_article(PORT)
    given = {"target": "terminal", "event_status": "denied"}
    added = place_manual_claim(manual_claim_from_span(article, "closure", span, given), Result(article, (), (), (), 1))
    assert added is not None
    now = as_reviewed(plain_article(PORT), added)
    assert now is not None
    assert event_rows([now]) == [
        {"type": "closure", "trigger": list(span), "target": list(span_within(words, "terminal")), "status": "denied"}
    ]


def test_the_speakers_of_one_quote_are_one_attribution() -> None:
    (both,) = attribution_rows([make_quote(speaker="Ada Brandt"), make_quote(speaker="Oren Blake")])
    assert both["speaker"] == "Ada Brandt | Oren Blake"
    (doubtful,) = attribution_rows(
        [make_quote(speaker="Ada Brandt"), make_quote(speaker="Oren Blake", decision="unsure")]
    )
    assert "speaker" not in doubtful
    assert "optional" not in doubtful


@pytest.mark.model
def test_what_was_accepted_is_found_again_and_what_was_changed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shipped example with the real model: all accepted; then some rejected, edited, doubted and added."""
    monkeypatch.chdir(tmp_path)
    run_job(Settings(articles=(EXAMPLES / "embassies-radio.txt",)))
    with open_store(OUT) as store:
        (claims,) = (result.claims for result in store.last_results())
        for claim in claims:
            store.decide(claim, Decision("accept"), "test")
    evaluation = evaluate(export_gold(OUT).path, Settings())
    assert list(evaluation.tallies) == ["quote", "closure"]
    for tally in evaluation.tallies.values():
        assert {counts.f1 for counts in tally.counts.values()} <= {None, 1.0}
        assert all(right == of > 0 for right, of in tally.values.values())
        assert tally.examples == []
    quotes, closures = (
        evaluation.tallies["quote"].counts["found"].gold,
        evaluation.tallies["closure"].counts["event"].gold,
    )
    assert quotes > 10

    words = "We cannot go on paying rent for rooms in which the telephone rings"
    changes = {
        ("quote", "a trade office to open"): Decision("reject"),
        ("closure", "closures"): Decision("reject"),
        ("quote", f'"{words} twice'): Decision("edit", corrected_text=words),
        ("quote", "that many older people"): Decision("unsure"),
    }
    with open_store(OUT) as store:
        for (kind, start), decision in changes.items():
            (claim,) = (claim for claim in claims if claim.claim_type == kind and claim.claim_text.startswith(start))
            store.decide(claim, decision, "test")
    table = rows()
    added = {"file": table[0]["file"], "claim_text": "Thailand has not commented", "speaker": "Thailand"}
    save_rows([*table, {**dict.fromkeys(table[0], ""), **added}])
    changed = evaluate(export_gold(OUT).path, Settings())
    asked = quotes - 2 + 1  # without the one rejected and the one doubted, with the one added
    assert figures(changed, "quote", "found") == (quotes - 1, quotes - 2, asked, quotes - 2)
    assert figures(changed, "quote", "exact words") == (quotes - 1, quotes - 3, asked, quotes - 3)
    assert figures(changed, "closure", "event") == (closures, closures - 1, closures - 1, closures - 1)
    shown = [(example.fault, example.words[:26]) for tally in changed.tallies.values() for example in tally.examples]
    assert shown == [("missed", added["claim_text"]), ("wrong", "a trade office to open in "), ("wrong", "closures")]
