"""Articles are data from strangers: no formula, no escape, no path, no code and no network comes out of them."""

from __future__ import annotations

import ast
import csv
import io
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.corpus import make_article
from pipeline.errors import ExtractError
from pipeline.records import Claim
from pipeline.serial import dumps, loads
from pipeline.store import Decision, open_store
from pipeline.store.spreadsheet import possible_days, read_sheet
from pipeline.store.words import find_words
from pipeline.text.cells import CELL_LIMIT, LIST_JOIN, format_cell, format_row, remove_guard
from pipeline.write.wording import printable
from tests.helpers.store import rows, run, save_rows
from tests.test_architecture import PACKAGE, dotted_name, imports, modules, nodes

#: Whatever a text may hold: all of Unicode but lone surrogates, with more of what spreadsheets and terminals act on.
TEXT = st.text(
    st.one_of(
        st.sampled_from("=+-@\t\r\n'\"＝＋－＠|,; \x00\x1b\x9b\x85\u2028\u202e\ufeff“”’"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)
#: What a spreadsheet takes for a formula at the start of a cell (OWASP, CSV injection), full-width forms included.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
#: Modules that run code out of data or speak to a network.
FORBIDDEN = {
    "pickle", "marshal", "shelve", "dill", "joblib", "multiprocessing", "socket", "ssl", "http", "urllib.request",
    "requests", "httpx", "ftplib", "smtplib", "telnetlib", "xmlrpc", "webbrowser", "code", "runpy",
}  # fmt: skip
TABLES = ("claims.csv", "events.csv", "speakers.csv", "mentions.csv", "articles.csv", "claims.jsonl", "events.jsonl")
DESCRIPTIONS = ("run.json", "datapackage.json", "schema.json")
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
ALLOWED = {("review", "http"), ("review", "socket"), ("review", "ssl"), ("review", "webbrowser"), ("engines", "socket")}
#: What a process needs to reach another machine: the engines have sockets only between a process and its children.
REACHING = {
    "socket.create_connection",
    "socket.create_server",
    "socket.getaddrinfo",
    "socket.AF_INET",
    "socket.AF_INET6",
}

SPY = """
import os, sys
def hook(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"):
        with open(os.environ["SPY"], "a") as file:
            file.write(f"{event} {args}\\n")
        raise PermissionError("no network here")
sys.addaudithook(hook)
"""


@given(TEXT)
def test_no_cell_starts_a_formula_or_breaks_a_line(text: str) -> None:
    cell = format_cell(text)
    assert not cell.startswith(FORMULA)
    assert len(cell.splitlines()) <= 1
    assert not [ch for ch in cell if unicodedata.category(ch) == "Cc" and ch != "\t"]
    assert len(cell) <= CELL_LIMIT + 1


@given(TEXT)
@example("A\x1f\xadA")
def test_what_was_read_back_is_what_was_written(text: str) -> None:
    """From the first cell on nothing changes any more, however often a table is written and read."""
    once = remove_guard(format_cell(text))
    assert remove_guard(format_cell(once)) == once
    if text.isprintable() and "\u00ad" not in text:
        assert once == text


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=5), st.sampled_from(",;\t"))
def test_tables_survive_the_csv_module(cells: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(map(format_row, cells))
    assert list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=delimiter)) == [
        format_row(row) for row in cells
    ]


@given(st.lists(TEXT, min_size=2, max_size=4))
def test_a_list_is_guarded_as_a_whole(values: list[str]) -> None:
    assert format_cell(values) == format_cell(LIST_JOIN.join(values))


@given(TEXT)
def test_nothing_unprintable_reaches_the_terminal(text: str) -> None:
    assert printable(text).isprintable()


@given(TEXT, TEXT)
def test_records_survive_json(text: str, key: str) -> None:
    claim = Claim(
        claim_type="quote", claim_text=text, confidence=0.5, claim_id="c", doc_id="d", file="f", start=0, end=1,
        place=(text, key), spans={key: ((0, 1),)},
    )  # fmt: skip
    assert loads(Claim, dumps(claim)) == claim


@given(TEXT)
def test_doc_ids_are_of_letters_alone_and_know_no_layout(text: str) -> None:
    doc_id = make_article(text, file="a.txt").doc_id
    assert re.fullmatch(r"d[a-z2-7]{15}", doc_id)
    assert doc_id == make_article(f"  {text}\n\n", file="b.txt").doc_id


@given(TEXT, TEXT)
def test_words_found_are_in_the_text(text: str, words: str) -> None:
    spans = next(find_words(text, words), ())
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == tuple(sorted(spans))


@given(TEXT)
def test_any_cell_may_stand_where_a_day_should(text: str) -> None:
    assert len(possible_days(text)) <= 2


@given(st.one_of(st.binary(max_size=300), TEXT.map(str.encode)))
@settings(deadline=None)
@example(b"\x00")
@example(b"c1," + b"x" * 200_000)
def test_any_bytes_may_stand_in_a_table(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"claim_id,decision,decided_at\n" + data)
    try:
        sheet = read_sheet(path, ("claim_id", "decision", "decided_at"))
    except ExtractError as error:
        assert "field larger than field limit" in error.message  # noqa: PT017
        return
    assert all(set(row) <= {"claim_id", "decision", "decided_at"} for row in sheet.rows)


@pytest.mark.slow
@given(TEXT, TEXT, st.sampled_from([("utf-8-sig", ","), ("utf-8", ";"), ("utf-16", "\t")]))
@settings(deadline=None, max_examples=25)
def test_any_note_comes_back_from_any_table(
    tmp_path_factory: pytest.TempPathFactory, note: str, word: str, saved: tuple[str, str]
) -> None:
    """Written by a page, shown in the table, saved by a spreadsheet, read back: no edit, nothing lost."""
    from pipeline import run_job as run_module
    from pipeline.settings import Settings
    from tests.helpers.store import extracted

    folder = tmp_path_factory.mktemp("any")
    (folder / "a.txt").write_text("It is late, she said.\n")
    set_up = Settings(articles=(folder / "a.txt",), outputs=folder / "out")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_module, "extracted", extracted)
        patch.chdir(folder)
        (folder / "outputs").symlink_to("out")
        run_module.run(set_up)
        with open_store(folder / "out") as store:
            (claim,) = next(iter(store.last_results())).claims
            store.decide(claim, Decision(word, note=note), "review")
        run_module.run(set_up)
        encoding, delimiter = saved
        save_rows(rows(), encoding=encoding, delimiter=delimiter)
        assert run_module.run(set_up).edits.decisions == 0
        with open_store(folder / "out") as store:
            assert store.decisions()[claim.claim_id].decision == Decision(word, note=note)


def test_names_and_titles_never_become_paths(corpus: Path) -> None:
    before = set(corpus.parent.rglob("*"))
    texts = {
        "..%2F..%2Fevil.txt": "It is late, she said.\n",
        "a\\..\\evil.txt": "---\ntitle: ../../evil\nurl: file:///etc/passwd\n---\nSo be it, he said.\n",
        "~root.txt": "It is over, they said.\n",
    }
    for name, text in texts.items():
        (corpus / name).write_text(text)
    run()
    created = {path.relative_to(corpus.parent).as_posix() for path in set(corpus.parent.rglob("*")) - before}
    ours = {
        "outputs",
        *(f"outputs/{name}" for name in (*TABLES, *DESCRIPTIONS, "report.html")),
    }
    assert created - {f"corpus/{name}" for name in texts} == {*ours, "outputs/claims.db", "outputs/claims.lock"}


@pytest.mark.parametrize(
    ("module", "file"), [pytest.param(*named_file, id=named_file[0]) for named_file in modules(PACKAGE)]
)
def test_no_code_out_of_data_and_no_network(module: str, file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    imported = {statement.module for statement in imports(source, module)}
    bad = {name for name in imported for wrong in FORBIDDEN if f"{name}.".startswith(f"{wrong}.")}
    assert not {name for name in bad if (module.split("/")[0], name.split(".")[0]) not in ALLOWED}
    calls = {dotted_name(node.func) for node in nodes(source) if isinstance(node, ast.Call)}
    assert not FORBIDDEN_CALLS & calls
    if module.startswith("engines/"):
        assert not REACHING & {dotted_name(node) for node in nodes(source) if isinstance(node, ast.Attribute)}
    assert "shell=True" not in source


@pytest.mark.model
def test_the_whole_job_runs_in_a_process_of_its_own_without_a_network(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("The mine will close in June, mayor Ada Brandt said.\n")
    (tmp_path / "corpus" / "b.html").write_text("<p>See <img src='http://localhost:9/x.png'> it.</p>")
    (tmp_path / "corpus" / "empty.txt").write_text("")
    (tmp_path / "spy").mkdir()
    (tmp_path / "spy" / "sitecustomize.py").write_text(SPY)
    path = os.pathsep.join([str(tmp_path / "spy"), str(PACKAGE.parent)])
    env = {**os.environ, "PYTHONPATH": path, "SPY": str(tmp_path / "calls")}
    dial = [sys.executable, "-c", "import socket; socket.create_connection(('localhost', 9))"]
    try_it = subprocess.run(dial, env=env, capture_output=True, text=True, check=False)
    assert "no network here" in try_it.stderr
    (tmp_path / "calls").unlink()
    command = [sys.executable, "-m", "pipeline", "run"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert "Articles: " in done.stdout, done.stderr
    assert done.returncode == 1
    assert re.search(r"Not read: .*empty\.txt: ", done.stdout + done.stderr)
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "calls").exists(), (tmp_path / "calls").read_text()
