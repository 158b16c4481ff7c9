"""extract report: a part of the last run as a page of its own, with the decisions made since, without a run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import run_job as run_module
from pipeline.settings import Settings
from pipeline.write.wording import counted
from tests.helpers.command import extract
from tests.helpers.events import closings
from tests.helpers.store import decide, rows

OUT = Path("outputs")


@pytest.fixture
def three_articles(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alder is planned in March and denied in April; Birch has closed, nobody knows when that was published."""
    monkeypatch.setattr(run_module, "extracted", closings)
    (corpus / "a.txt").write_text("---\npublished: 2025-03-04\n---\nDahl said that the Alder mine will close.\n")
    (corpus / "b.txt").write_text("---\npublished: 2025-04-05\n---\nThe Alder mine will not close.\n")
    (corpus / "c.txt").write_text("The Birch mine has closed.\n")
    run_module.run(Settings(xlsx=False))


def page(*arguments: str, claims: int, articles: int, file: str = "report_selected.html") -> str:
    """The text of the page that the command writes, and what it says of it."""
    done = extract("report", *arguments, folder=Path.cwd())
    numbers = f"{counted(claims, 'claim')} from {counted(articles, 'article')}"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{numbers}: outputs/{file}\n", "")
    source = (OUT / file).read_text(encoding="utf-8")
    return " ".join(re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]+>", " ", source, flags=re.S).split())


def test_the_whole_run_with_a_title_its_corpus_and_its_day(three_articles: None) -> None:
    before = (OUT / "report.html").read_bytes()
    text = page("--title", "The  mines\nof Larn", claims=4, articles=3)
    assert "newsclaims The mines of Larn articles read 3" in text
    assert re.search(r"Made of the corpus “corpus”, as it was read on \d{4}-\d\d-\d\d\.", text)
    assert "1 event is contradicted" in text
    assert (OUT / "report.html").read_bytes() == before


def test_the_runs_own_report_names_its_corpus_and_no_day_of_reading(three_articles: None) -> None:
    source = (OUT / "report.html").read_text(encoding="utf-8")
    assert '<p class="note">Made of the corpus “corpus”.</p>' in source
    assert "as it was read" not in source


def test_without_a_record_of_the_run_nothing_is_said_of_it(three_articles: None) -> None:
    (OUT / "run.json").write_text("{}")
    assert "Made of" not in page(claims=4, articles=3)


def test_days_choose_articles_and_contradictions_are_those_among_them(three_articles: None) -> None:
    text = page("--from", "2025-03-01", "--to", "2025-03-04", claims=2, articles=1)
    assert "Only articles published from 2025-03-01 to 2025-03-04; 1 article without a known day left out." in text
    assert "contradicted: what" not in text
    assert "Birch" not in text
    assert "on 2025-04-05 or later" in page("--from", "2025-04-05", claims=1, articles=1)
    assert "on 2025-03-04 or earlier" in page("--to", "2025-03-04", claims=2, articles=1)


def test_one_event_with_the_quotes_that_tell_of_it(three_articles: None) -> None:
    alder = next(row["event_id"] for row in rows("events.csv") if "Alder" in row["what"])
    text = page("--event", alder, "--file", "outputs/alder.html", claims=3, articles=2, file="alder.html")
    assert f"Only the event “The Alder mine” ({alder}) and the quotes that tell of it." in text
    assert "Birch" not in text


def test_accepted_claims_with_what_was_decided_in_the_table_since(three_articles: None) -> None:
    said = next(number for number, row in enumerate(rows()) if row["claim_type"] == "quote")
    decide(said, decision="accept", reviewer="Kim")
    text = page("--accepted", claims=1, articles=3)
    assert "Only claims that a reviewer accepted." in text
    assert "✓ accepted by Kim" in text
    assert "No events were found." in text


#: What gives no report, and what is said of it.
NOTHING_TO_SHOW = {
    "--from March": "'March' is not a date.",
    "--from 2025-04-01 --to 2025-03-01": "The report can't begin on 2025-04-01 and end on 2025-03-01.",
    "--to 2001-01-01": "No article of the last run was published on 2001-01-01 or earlier.",
    "--event enone": "The last run in outputs has no event enone.",
    "--event enone --accepted --from 2025-03-01": "The last run in outputs has no event enone with an accepted claim "
    "in the articles published on 2025-03-01 or later.",
    "--accepted": "Nobody has accepted a claim.",
    "--file outputs/claims.csv": "outputs/claims.csv must not be written over: extract needs it.",
    "--outputs elsewhere": "There are no claims in elsewhere yet.",
}


def test_what_gives_no_report_says_why_and_writes_nothing(three_articles: None) -> None:
    done = {words: extract("report", *words.split(), folder=Path.cwd()) for words in NOTHING_TO_SHOW}
    said = {words: result.stderr.splitlines() for words, result in done.items()}
    assert {words: lines[0].removeprefix("extract: ") for words, lines in said.items()} == NOTHING_TO_SHOW
    assert all(len(lines) == 2 and lines[1].strip() for lines in said.values())
    assert {(result.returncode, result.stdout) for result in done.values()} == {(2, "")}
    assert not (OUT / "report_selected.html").exists()
    assert not Path("elsewhere").exists()


def test_tables_whose_store_is_gone_give_no_report(three_articles: None) -> None:
    (OUT / "claims.db").unlink()
    done = extract("report", folder=Path.cwd())
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "extract: There are no articles in outputs yet.")


def test_a_title_is_text_and_never_markup(three_articles: None) -> None:
    assert extract("report", "--title", "<script>alert(1)</script>", folder=Path.cwd()).returncode == 0
    source = (OUT / "report_selected.html").read_text(encoding="utf-8")
    assert source.count("&lt;script&gt;alert(1)") == 2
    assert "<script>alert" not in source


def test_of_a_link_the_file_behind_it_is_written(three_articles: None, tmp_path: Path) -> None:
    target = tmp_path / "link.html"
    target.symlink_to("real.html")
    assert extract("report", "--file", str(target), folder=Path.cwd()).returncode == 0
    assert target.is_symlink()
    assert (tmp_path / "real.html").read_text(encoding="utf-8").lstrip().startswith("<!doctype html>")
