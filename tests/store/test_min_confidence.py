"""Claims under ``min_confidence`` stay out of the tables and the report, and nothing that a reviewer said is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import run_job as run_module
from pipeline.records import Article, Claim, Result
from pipeline.run_job import without_unsure
from pipeline.settings import Settings
from pipeline.store import open_store
from pipeline.summary import Summary, summary_lines
from tests.helpers.store import EXTRACTED, decide, read_once, rows, run

TEXT = "The pier is shut, she said. The mine is open, she said. The road is long, she said."


def run_above(min_confidence: float) -> Summary:
    return run_module.run(Settings(min_confidence=min_confidence))


def test_unsure_claims_are_left_out_told_and_kept(corpus: Path) -> None:
    read_once(corpus, TEXT)
    whole = rows()
    summary = run_above(0.6)
    assert (rows(), summary.unsure) == ([], 3)
    assert "Unsure:   3 undecided claims under min_confidence left out of the tables; extract review has them." in list(
        summary_lines(summary)
    )
    assert [row["claims"] for row in rows("articles.csv")] == ["0"]
    assert Path("outputs/claims.jsonl").read_text() == ""
    assert "The pier is shut" not in Path("outputs/report.html").read_text(encoding="utf-8")
    EXTRACTED.clear()
    assert run().unsure == 0
    assert (rows(), EXTRACTED) == (whole, [])


def test_a_claim_of_just_that_confidence_stays(corpus: Path) -> None:
    read_once(corpus, TEXT)
    assert run_above(0.5).unsure == 0
    assert len(rows()) == 3


@pytest.mark.parametrize("said", [{"decision": "accept"}, {"decision": "reject"}, {"note": "ask"}, {"decision": "hm?"}])
def test_what_a_reviewer_said_stays_in_the_table(corpus: Path, said: dict[str, str]) -> None:
    read_once(corpus, TEXT)
    claim_id = decide(1, **said)
    summary = run_above(0.9)
    (row,) = rows()
    assert (row["claim_id"], summary.unsure, summary.orphans) == (claim_id, 2, 0)
    assert {name: row[name] for name in said} == said
    run_above(0.9)
    assert [row["claim_id"] for row in rows()] == [claim_id]
    decide(0, **dict.fromkeys(said, ""))
    run_above(0.9)
    assert rows() == []
    run()
    assert len(rows()) == 3


def test_the_review_page_has_them_all(corpus: Path) -> None:
    read_once(corpus, TEXT)
    run_above(0.9)
    with open_store(Path("outputs")) as store:
        assert [len(result.claims) for result in store.last_results()] == [3]


def test_links_lead_to_claims_that_stay() -> None:
    def claim(number: int, confidence: float, *links: str) -> Claim:
        return Claim(
            claim_type="quote", claim_text="x", confidence=confidence, claim_id=f"c{number}", doc_id="d", file="a.txt",
            start=number, end=number + 1, links=links,
        )  # fmt: skip

    article = Article("d", "d", "a.txt", TEXT, ())
    result = Result(article, (claim(1, 0.9, "c2", "c3"), claim(2, 0.2, "c1"), claim(3, 0.8, "c1")), (), (), 3)
    kept, unsure = without_unsure(result, 0.5)
    assert ([(item.claim_id, item.links) for item in kept.claims], unsure) == ([("c1", ("c3",)), ("c3", ("c1",))], 1)
    assert without_unsure(kept, 0.5) == (kept, 0)
    assert without_unsure(replace(result, claims=()), 1.0)[1] == 0
