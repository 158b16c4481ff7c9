"""Many claims decided at once and undone as one step, and views: the server's side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.review.server import make_server
from pipeline.review.session import ReviewSession
from pipeline.store import Decision, EventNames, open_outputs, open_store
from pipeline.store.listing import ListedArticle
from tests.helpers.review_client import Client, opened
from tests.helpers.store import decide, rows, run, save_rows

TEXT = " ".join(f"Pier number {number} is shut, she said." for number in range(12))


@pytest.fixture
def client(corpus: Path) -> Any:
    (corpus / "a.txt").write_text(TEXT)
    run()
    with make_server(Path("outputs"), "Ana") as running:
        yield opened(running)


def decisions(client: Client) -> list[str]:
    return [claim["decision"] for claim in client.get("/api/claims?limit=1000")["claims"]]


def test_a_batch_decides_what_is_open_and_is_undone_as_one_step(client: Client) -> None:
    ids = [claim["id"] for claim in client.get("/api/claims")["claims"]]
    client.post(f"/api/claims/{ids[0]}/decision", {"decision": "reject", "note": "mine", "seen": 0})
    client.post(f"/api/claims/{ids[1]}/decision", {"decision": "", "note": "a note alone", "seen": 0})
    everything: dict[str, Any] = {"filters": {"text": "pier"}}
    assert client.post("/api/decisions/count", everything) == {"open": 11, "decided": 1}
    assert client.post("/api/decisions/count", {"claims": [*ids[:3], "none", ids[1]]}) == {"open": 2, "decided": 1}
    status, answer, _ = client.ask("/api/decisions", {**everything, "decision": "accept", "expected": 12})
    assert (status, "Count them again." in answer["hint"]) == (422, True)
    saved = client.post("/api/decisions", {**everything, "decision": "accept", "expected": 11, "reviewer": "Ben"})
    assert (saved["decided_now"], saved["decided"]) == (11, 12)
    assert decisions(client) == ["reject", *["accept"] * 11]
    noted = client.get(f"/api/claims/{ids[1]}")
    assert (noted["note"], noted["reviewer"]) == ("a note alone", "Ben")
    seen = client.get(f"/api/claims/{ids[5]}")["version"]
    client.post(f"/api/claims/{ids[5]}/decision", {"decision": "unsure", "seen": seen})
    run()
    assert [row["decision"] for row in rows()].count("accept") == 10
    undone = client.post("/api/decisions/undo", {"batch": saved["batch"]})
    assert (undone["undone"], undone["kept"]) == (10, 1)
    assert decisions(client) == ["reject", "", "", "", "", "unsure", *[""] * 6]
    assert client.get(f"/api/claims/{ids[1]}")["note"] == "a note alone"
    assert client.ask("/api/decisions/undo", {"batch": saved["batch"]})[0] == 400


@pytest.mark.parametrize(
    "body",
    [
        {"decision": "edit", "expected": 12}, {"decision": "accept"},
        {"decision": "accept", "expected": 0, "claims": []},
        {"decision": "accept", "expected": 12, "claims": "all"}, {"decision": "accept", "expected": 12, "filters": [1]},
        {"decision": "accept", "expected": 12, "filters": {"low": "much"}},
    ],
)  # fmt: skip
def test_a_batch_that_is_not_clear_saves_nothing(client: Client, body: dict[str, Any]) -> None:
    assert client.ask("/api/decisions", body)[0] == 422
    assert set(decisions(client)) == {""}


def test_a_word_that_is_no_decision_stays_as_it_was_typed(client: Client) -> None:
    decide(number=3, decision="x")
    run()
    assert client.post("/api/decisions/count", {"filters": {}}) == {"open": 11, "decided": 1}
    client.post("/api/decisions", {"filters": {}, "decision": "reject", "expected": 11})
    run()
    assert [row["decision"] for row in rows()].count("x") == 1


def test_who_decides_on_a_claim_again_whose_addition_was_undone_brings_it_back(client: Client) -> None:
    claim = client.get("/api/claims/" + client.get("/api/claims")["claims"][0]["id"])
    body = {"doc_id": claim["doc_id"], "claim_type": "quote", "start": 0, "end": 4}
    added = client.post("/api/claims", body)
    run()
    number = [row["claim_id"] for row in rows()].index(added["id"])
    gone = client.post(f"/api/claims/{added['id']}/undo", {"seen": added["version"]})
    assert (gone["gone"], gone["all"]) == (True, 12)
    assert client.get("/api/changes?since=0")["gone"] == [added["id"]]
    assert client.ask(f"/api/claims/{added['id']}")[0] == 404
    decide(number=number, decision="reject")
    run()
    assert client.get(f"/api/claims/{added['id']}")["decision"] == "reject"
    with open_store(Path("outputs")) as store:
        assert not list(store.open_attachment().orphans()) or store.has_added_claim(added["id"])


def test_views_are_saved_by_name_in_a_file_of_their_own(client: Client) -> None:
    assert [view["name"] for view in client.get("/api/views")["presets"]][:3] == [
        "sure direct quotes", "closings", "weak rows",
    ]  # fmt: skip
    filters = {"text": "pier", "sort": "confidence"}
    saved = client.post("/api/views", {"name": "  my   piers ", "filters": filters})["saved"]
    assert saved == [{"name": "my piers", "filters": filters}]
    run()
    assert client.get("/api/views")["saved"] == saved
    for name in ("", "x" * 61, "closings"):
        assert client.ask("/api/views", {"name": name, "filters": filters})[1]["field"] == "name"
    assert client.ask("/api/views/delete", {"name": "none"})[0] == 422
    assert client.post("/api/views/delete", {"name": "my piers"})["saved"] == []
    Path("outputs/review_views.json").write_text('{"x": [1]}')
    status, answer, _ = client.ask("/api/views", {"name": "new", "filters": filters})
    assert (status, "can't be read" in answer["error"]) == (400, True)
    assert Path("outputs/review_views.json").read_text() == '{"x": [1]}'


def test_claims_are_loaded_though_another_process_writes_meanwhile(corpus: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        (corpus / name).write_text(f"{TEXT} Otters of {name[0]} sleep here.")
    run()
    with open_store(Path("outputs")) as store, open_store(Path("outputs")) as other:
        table = rows()
        save_rows([*table, {**dict.fromkeys(table[0], ""), "claim_text": "Otters of b sleep", "decision": "accept"}])
        with open_outputs(Path("outputs")) as importing:
            assert importing.import_edits().manual_claims == 1
        claim = next(iter(other.last_results())).claims[0]
        read: list[str] = []

        def slowly(names: EventNames) -> Iterator[ListedArticle]:
            for article in list_articles(names):
                yield article
                if not read:
                    other.decide(claim, Decision("reject"), "review")
                read.append(article.file)

        list_articles = store.list_last_articles
        store.list_last_articles = slowly  # type: ignore[method-assign]
        session = ReviewSession(store)
        assert len(read) > len(session.articles())  # it had to begin again
        assert len(session.entries()) == 49
        assert session.decided_count() == 2
