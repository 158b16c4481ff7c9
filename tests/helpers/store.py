"""A run without a model (fixture ``corpus``): claims by a simple rule, so that the store is tested, not extraction."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline import run as run_module
from pipeline.records import Article, Claim, Rejected, Result
from pipeline.settings import Settings
from pipeline.summary import Summary

Row = dict[str, str]
EXTRACTED: list[str] = []


def claims_of(article: Article) -> tuple[Claim, ...]:
    """A quote for every sentence with "said"; its id from key and sentence, as ids of real claims are."""
    found = []
    for match in re.finditer(r"[^.!?\s][^.!?]*[.!?]", article.text):
        if " said" in match[0]:
            words = match[0].partition(" said")[0]
            digest = hashlib.sha256(f"{article.key} {match[0]}".encode()).hexdigest()
            found.append(
                Claim(
                    claim_type="quote", claim_text=words, sentence=match[0], confidence=0.5, claim_id=f"c{digest[:15]}",
                    doc_id=article.doc_id, file=article.file, start=match.start(), end=match.start() + len(words),
                    speaker_text="she", spans={"content": ((match.start(), match.start() + len(words)),)},
                )
            )  # fmt: skip
    return tuple(found)


def extracted(items: Iterable[Article | Rejected | Result], _: Settings) -> Iterator[Result | Rejected]:
    """Stands in for the engine; notes in EXTRACTED what it was asked for."""
    for item in items:
        if isinstance(item, Article):
            EXTRACTED.append(item.file)
            yield Result(item, claims_of(item), (), (), len(item.text.split()))
        else:
            yield item


def read_once(corpus: Path, text: str) -> Path:
    """An article of the corpus with this text, after a run."""
    path = corpus / "a.txt"
    path.write_text(text, encoding="utf-8")
    run()
    return path


def run() -> Summary:
    """One plain run."""
    return run_module.run(Settings())


def rows(name: str = "claims.csv") -> list[Row]:
    """The rows of a table of the outputs, as they stand there."""
    with (Path("outputs") / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def save_rows(
    changed: list[Row], name: str = "claims.csv", *, encoding: str = "utf-8-sig", delimiter: str = ","
) -> None:
    """Save a table as a spreadsheet would."""
    path = Path("outputs") / name
    with path.open("w", encoding=encoding, newline="", errors="replace") as file:
        writer = csv.DictWriter(file, list(changed[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(changed)


def decide(number: int = 0, **decision: str) -> str:
    """Fill in the reviewer's columns of one row of claims.csv; its claim id."""
    found = rows()
    found[number] |= decision
    save_rows(found)
    return found[number]["claim_id"]


def decision(claim_id: str) -> tuple[str, str]:
    """What claims.csv says of a claim: its decision and note."""
    (row,) = (each for each in rows() if each["claim_id"] == claim_id)
    return row["decision"], row["note"]


def outputs_of(folder: Path) -> dict[str, bytes]:
    """The tables of a folder of outputs."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".jsonl", ".html")}
