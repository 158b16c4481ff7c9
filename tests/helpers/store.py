"""Runs without a model (fixture ``corpus``): a simple rule makes the claims, so that only the store is tested."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline import run_job as run_module
from pipeline.records import Article, Claim, Rejected, Result
from pipeline.settings import Settings
from pipeline.summary import Summary

Row = dict[str, str]
EXTRACTED: list[str] = []


def claims_of(article: Article) -> tuple[Claim, ...]:
    """A quote for every sentence with "said"; its id depends on key and sentence, as the ids of real claims do."""
    claims = []
    for match in re.finditer(r"[^.!?\s][^.!?]*[.!?]", article.text):
        if " said" in match[0]:
            words = match[0].partition(" said")[0]
            digest = hashlib.sha256(f"{article.key} {match[0]}".encode()).hexdigest()
            claims.append(
                Claim(
                    claim_type="quote", claim_text=words, sentence=match[0], confidence=0.5, claim_id=f"c{digest[:15]}",
                    doc_id=article.doc_id, file=article.file, start=match.start(), end=match.start() + len(words),
                    speaker_text="she", publisher=article.publisher, published=article.published,
                    spans={"content": ((match.start(), match.start() + len(words)),)},
                )
            )  # fmt: skip
    return tuple(claims)


def extracted(items: Iterable[Article | Rejected | Result], _: Settings) -> Iterator[Result | Rejected]:
    """Stand-in for the engine; EXTRACTED records the files that it was asked for."""
    for item in items:
        if isinstance(item, Article):
            EXTRACTED.append(item.file)
            yield Result(item, claims_of(item), (), (), len(item.text.split()))
        else:
            yield item


def read_once(corpus: Path, text: str) -> Path:
    """Add an article with this text to the corpus, run once, and return its path."""
    path = corpus / "a.txt"
    path.write_text(text, encoding="utf-8")
    run()
    return path


def run() -> Summary:
    """One ordinary run."""
    return run_module.run(Settings())


def rows(name: str = "claims.csv", outputs: Path = Path("outputs")) -> list[Row]:
    """The rows of a table in the outputs, unchanged."""
    with (outputs / name).open(encoding="utf-8-sig", newline="") as file:
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
    """Fill in the reviewer's columns of one row of claims.csv and return its claim id."""
    table = rows()
    table[number] |= decision
    save_rows(table)
    return table[number]["claim_id"]


def decision(claim_id: str) -> tuple[str, str]:
    """Decision and note of a claim in claims.csv."""
    (row,) = (row for row in rows() if row["claim_id"] == claim_id)
    return row["decision"], row["note"]


def outputs_of(folder: Path) -> dict[str, bytes]:
    """The tables in a folder of outputs."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".jsonl", ".html")}
