"""A run in parts: collected, they give the bytes of one run; what doesn't belong together is refused."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import BadSettings, ExtractError
from pipeline.parts import Part, find_parts, parse_part
from pipeline.records import Rejected, Result
from pipeline.run_parts import collect, run_part
from pipeline.settings import Settings
from tests.helpers.command import extract
from tests.helpers.store import EXTRACTED, outputs_of, run

WIRE = [
    {"text": "The ferry stays, the mayor said. It was late.", "url": "https://paper.example/ferry"},
    {"text": "The bridge goes, the mayor said. It was early.", "url": "https://paper.example/bridge"},
]


@pytest.fixture
def articles(corpus: Path) -> Path:
    """A corpus in which files of different parts share texts and keys, and some can't be read."""
    for number in range(7):
        (corpus / f"{number}.txt").write_text(f"Number {number} is late, she said. He went home.\n", encoding="utf-8")
    shutil.copy(corpus / "0.txt", corpus / "4.txt")  # a copy in the part of another, and one of that copy
    shutil.copy(corpus / "4.txt", corpus / "6.txt")
    (corpus / "empty.txt").write_text("")
    (corpus / "wire.jsonl").write_text("\n".join(map(json.dumps, WIRE)), encoding="utf-8")
    for name in ("x", "y", "z"):  # three articles of one address
        page = {"text": f"The {name} is open, the mayor said. It rained.", "url": "https://paper.example/same"}
        (corpus / f"{name}.json").write_text(json.dumps(page), encoding="utf-8")
    return corpus


def run_all(parts: int, numbers: Sequence[int] | None = None, settings: Settings | None = None) -> list[Path]:
    """Run the parts with these numbers, or all, each in a folder of its own, and return the folders."""
    folders = []
    for number in numbers or range(1, parts + 1):
        folders.append(Path(f"parts/{number}"))
        run_part(replace(settings or Settings(), outputs=folders[-1]), Part(number, parts))
    return folders


@pytest.mark.parametrize("parts", [1, 2, 3, 5, 20])
def test_parts_give_the_bytes_of_one_run(articles: Path, parts: int) -> None:
    summary = run()
    collected = collect(run_all(parts), Settings(outputs=Path("together")))
    assert outputs_of(Path("together")) == outputs_of(Path("outputs"))
    assert (collected.read, collected.copies, len(collected.rejected)) == (summary.read, summary.copies, 1)
    texts = {path.name: path.read_bytes() for path in Path("together/texts").iterdir()}
    assert texts == {path.name: path.read_bytes() for path in Path("outputs/texts").iterdir()}


def test_the_report_of_all_parts_names_their_corpus(articles: Path) -> None:
    articles.rename("harbour")
    folders = run_all(2, settings=Settings(corpus=Path("harbour")))
    collect(folders, Settings(outputs=Path("together")))
    assert "Made of the corpus “harbour”." in Path("together/report.html").read_text(encoding="utf-8")
    assert json.loads(Path("together/run.json").read_text(encoding="ascii"))["corpus"] == "the corpus “harbour”"


def test_named_folders_without_files_are_rows_once(articles: Path) -> None:
    Path("nothing").mkdir()
    settings = Settings(articles=(articles, Path("nothing")))
    collected = collect(run_all(3, settings=settings), Settings(outputs=Path("together")))
    assert [item.file for item in collected.rejected] == ["corpus/empty.txt", "nothing"]


def test_decisions_stand_when_parts_are_collected_again(articles: Path) -> None:
    folders = run_all(2)
    collect(folders, Settings())
    before = Path("outputs/claims.csv").read_text(encoding="utf-8-sig")
    header, first, *rest = before.split("\n")
    assert first.startswith(",,")
    Path("outputs/claims.csv").write_text("\n".join([header, f"accept{first}", *rest]), encoding="utf-8-sig")
    collect(folders, Settings())
    assert Path("outputs/claims.csv").read_text(encoding="utf-8-sig").split("\n")[1].startswith("accept,")
    EXTRACTED.clear()
    run()
    assert not EXTRACTED


def test_a_part_that_was_stopped_leaves_no_file_and_goes_on_where_it_was(articles: Path) -> None:
    settings = Settings(outputs=Path("part"))

    def stop(_: Result | Rejected, done: int, __: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_part(settings, Part(1, 2), stop)
    assert [path.name for path in Path("part").iterdir() if "part-" in path.name] == []
    done = len(EXTRACTED)
    summary = run_part(settings, Part(1, 2))
    assert summary.kept == done >= 2
    assert summary.path.name == "part-0001-of-0002.jsonl.gz"


def test_equal_parts_are_equal_files(articles: Path) -> None:
    run_part(Settings(outputs=Path("a")), Part(2, 2))
    run_part(Settings(outputs=Path("b")), Part(2, 2))
    (one,), (other,) = find_parts([Path("a")]), find_parts([Path("b")])
    assert one.read_bytes() == other.read_bytes()


def refusal(paths: list[Path]) -> str:
    """What ``collect`` says to these parts; nothing may be touched."""
    with pytest.raises(ExtractError) as caught:
        collect(paths, Settings(outputs=Path("together")))
    assert not list(Path().glob("together/*.csv"))
    return caught.value.message


def test_what_is_missing_or_comes_twice_is_named(articles: Path) -> None:
    folders = run_all(4)
    assert refusal([folders[0], folders[2], folders[3]]) == "Of the 4 parts part 2 is missing."
    assert refusal(folders[2:]) == "Of the 4 parts 2 are missing: 1, 2."
    shutil.copytree(folders[0], "again")
    assert refusal([*folders, Path("again")]) == (
        "again/part-0001-of-0004.jsonl.gz and parts/1/part-0001-of-0004.jsonl.gz are the same part."
    )
    assert refusal([Path("corpus")]) == "There is no part of a run in corpus."
    assert refusal([Path("nowhere")]) == "There is no part of a run in nowhere."


def test_parts_of_different_runs_are_refused(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = run_all(2, [1])
    run_all(3, [2])
    assert "they count another number of parts" in refusal([*folders, Path("parts/2")])
    run_all(2, [2], Settings(published=date(2024, 5, 6)))
    assert "--published or the names of fields differ" in refusal(
        [*folders, Path("parts/2/part-0002-of-0002.jsonl.gz")]
    )
    (articles / "more.txt").write_text("One more is late, she said.\n", encoding="utf-8")
    run_all(2, [2])
    assert "the corpus had other files" in refusal([*folders, Path("parts/2/part-0002-of-0002.jsonl.gz")])
    run_all(2)
    monkeypatch.setattr("pipeline.run_parts.result_fingerprint", lambda _: "of another version")
    pair = [Path(f"parts/{number}/part-000{number}-of-0002.jsonl.gz") for number in (1, 2)]
    assert refusal(pair).startswith("The parts were made by another version of newsclaims")


@pytest.mark.parametrize("damage", ["cut", "changed", "text", "no header"])
def test_a_damaged_part_is_named_and_nothing_is_written(articles: Path, damage: str) -> None:
    folders = run_all(2)
    (path,) = find_parts(folders[1:])
    data = path.read_bytes()
    middle = len(data) // 2
    path.write_bytes(
        {
            "cut": data[:middle],
            "changed": data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :],
            "text": b"no gzip",
            "no header": gzip.compress(b'["a", "list"]\n'),
        }[damage]
    )
    assert refusal(folders).startswith(f"{path} can't be read as a part of a run: ")


@pytest.mark.parametrize("words", ["", "3", "0/3", "4/3", "1/0", "a/b", "-1/3", "1/3/5", "1.5/3"])
def test_what_names_no_part_is_refused(words: str) -> None:
    with pytest.raises(BadSettings, match="no part of a run"):
        parse_part(words)


def test_the_commands(articles: Path) -> None:
    home = articles.parent
    for number in (1, 2):
        done = extract("run", "--part", f"{number}/2", "--outputs", f"parts/{number}", folder=home)
        assert done.returncode == (1 if number == 2 else 0), done.stderr
        assert f"Part:     {number} of 2, " in done.stdout
        assert "Next:     when all parts are there: extract collect" in done.stdout
    done = extract("collect", "parts/1", "parts/2", "--outputs", "together", folder=home)
    assert done.returncode == 1
    assert "1 rejected, 2 the same as another." in done.stdout
    done = extract("collect", "parts/1", "--outputs", "alone", folder=home)
    assert done.returncode == 2
    assert "Of the 2 parts part 2 is missing." in done.stderr
    assert not (home / "alone" / "claims.csv").exists()
