import csv
from pathlib import Path

import pytest

from pipeline.errors import ExtractError
from pipeline.store import ORPHANS, Decision, keep_orphans, read_decisions

HEADER = ["decision", "corrected_text", "note", "reviewer", "decided_at", "claim_text", "claim_id"]


def write_claims(outputs: Path, rows: list[list[str]], delimiter: str = ",") -> None:
    with (outputs / "claims.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([HEADER, *rows])


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_decisions_are_read_back_by_claim_id(tmp_path: Path, delimiter: str) -> None:
    write_claims(tmp_path, [["accept", "", "'=sure", "Ana", "", "words; more", "cabc"], [""] * 6 + ["cdef"]], delimiter)
    assert read_decisions(tmp_path) == {"cabc": Decision("accept", "", "=sure", "Ana", "")}


def test_no_outputs_yet_means_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none") == {}


def test_a_file_that_cant_be_read_stops_the_run_before_anything_is_lost(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_bytes("décision,claim_id\nnée,c1\n".encode("latin-1"))
    with pytest.raises(ExtractError, match=r"claims\.csv"):
        read_decisions(tmp_path)


def test_orphans_are_kept_until_their_claim_returns(tmp_path: Path) -> None:
    keep_orphans(tmp_path, {"cabc": Decision("reject", note="-- no")})
    assert read_decisions(tmp_path) == {"cabc": Decision("reject", note="-- no")}
    keep_orphans(tmp_path, {})
    assert not (tmp_path / ORPHANS).exists()
