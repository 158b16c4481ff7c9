"""`extract explain --event`: why claims of several articles are one event."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import run_job as run_module
from pipeline.cli import app
from pipeline.errors import ExtractError
from pipeline.explain import explain_event
from pipeline.records import Article, Claim, EventProfile, Result
from pipeline.settings import Settings
from pipeline.store import open_store

OUTPUTS = Path("outputs")


def closing(items: object, _: Settings) -> object:
    """Stand-in for the engine: each article tells that the Alder mine will close."""
    for item in items:  # type: ignore[attr-defined]
        if not isinstance(item, Article):
            yield item
            continue
        number = item.file.removeprefix("corpus/").removesuffix(".txt")
        claim = Claim(
            claim_type="closure", claim_text="The Alder mine will close", sentence="The Alder mine\nwill close.",
            trigger="close", event_status="planned", event_id=f"e{number}", claim_id=f"c{number}", confidence=0.9,
            doc_id=item.doc_id, file=item.file, published=item.published, start=0, end=25,
            spans={"trigger": ((20, 25),)},
        )  # fmt: skip
        heads = ("pit",) if number == "3" else ("mine",)
        event = EventProfile(claim.event_id, "closure", 1, kinds=("plant or mine",), heads=heads, names=("alder",))
        yield Result(item, (claim,), (), (), 5, (event,))


@pytest.fixture
def told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "extracted", closing)
    for number, day in (("1", "2025-03-04"), ("2", "2025-03-01"), ("3", "2025-04-01")):
        (corpus / f"{number}.txt").write_text(
            f"---\npublished: {day}\n---\nThe Alder mine will close, number {number}.\n"
        )
    run_module.run(Settings())


@pytest.mark.usefixtures("told")
def test_each_article_and_each_pair_is_shown() -> None:
    assert list(explain_event(OUTPUTS, "e2")) == [
        "e2: closure, 3 claims in 3 articles",
        "",
        "1  corpus/2.txt, 2025-03-01",
        "   c2  planned      'close' in: The Alder mine will close.",
        "   noun mine; names alder",
        "",
        "2  corpus/1.txt, 2025-03-04",
        "   c1  planned      'close' in: The Alder mine will close.",
        "   noun mine; names alder",
        "",
        "3  corpus/3.txt, 2025-04-01",
        "   c3  planned      'close' in: The Alder mine will close.",
        "   noun pit; names alder",
        "",
        "1 and 2: 0.90, same name and noun; 0 names in both articles",
        "1 and 3: 0.80, same name and kind; 0 names in both articles",
        "2 and 3: 0.80, same name and kind; 0 names in both articles",
    ]


@pytest.mark.usefixtures("told")
def test_what_people_did_is_shown() -> None:
    with open_store(OUTPUTS) as store:
        store.edit_events("Ana Prado", "review").rename("e2", "The end of Alder")
        store.edit_events("", "events.csv").split("e2", ["c1", "c2", "c3"], ["c3"])
    _, named, parted, *_ = explain_event(OUTPUTS, "e2")
    assert re.fullmatch(r"named by Ana Prado, \d{4}-\d\d-\d\d \(review\)", named)
    assert re.fullmatch(r"parted by somebody, \d{4}-\d\d-\d\d \(events\.csv\)", parted)


@pytest.mark.usefixtures("told")
def test_an_event_that_is_not_there_is_said() -> None:
    with pytest.raises(ExtractError, match="no event e1"):  # the id that it has in one article
        list(explain_event(OUTPUTS, "e1"))


@pytest.mark.usefixtures("told")
def test_the_command() -> None:
    done = CliRunner().invoke(app, ["explain", "--event", "e2"])
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "e2: closure, 3 claims in 3 articles")
    for arguments in (["explain"], ["explain", "corpus/1.txt", "--event", "e2"]):
        done = CliRunner().invoke(app, arguments)
        assert isinstance(done.exception, ExtractError)


def test_a_whole_and_its_part_are_shown(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closing_of_five(items: object, settings: Settings) -> object:
        for result in closing(items, settings):  # type: ignore[attr-defined]
            (claim,), (alder,) = result.claims, result.events
            whole = EventProfile("e0", "closure", 1, kinds=alder.kinds, heads=("mine",), is_plural=True, counts=(5,))
            five = replace(claim, claim_id="c0", event_id="e0", claim_text="five mines", target="five mines")
            yield replace(result, claims=(five, claim), events=(whole, replace(alder, is_plural=False)))

    monkeypatch.setattr(run_module, "extracted", closing_of_five)
    (corpus / "1.txt").write_text("Five mines will close. The Alder mine will close.\n")
    run_module.run(Settings())
    assert list(explain_event(OUTPUTS, "e1"))[1] == "part of e0: 0.80, counted in one article"
    assert list(explain_event(OUTPUTS, "e0"))[1] == "has the part e1"
    with (OUTPUTS / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["event_id"]: row["part_of"] for row in csv.DictReader(file)} == {"e0": "", "e1": "e0"}
