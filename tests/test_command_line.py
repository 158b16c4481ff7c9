"""What scripts and shells expect of the command: version, help, environment, settings, logs, exit codes, pipes."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.cli.flags import _option
from pipeline.errors import BadSettings
from pipeline.review.address import ServedAddress
from pipeline.settings import _VALUES, load_settings
from pipeline.write.export import choose_format
from tests.helpers.command import ROOT, extract, extract_in_process_of_its_own
from tests.helpers.store import read_once, rows, run

TEXT = "It is late, she said.\n"


def test_the_version_and_a_short_flag_for_help() -> None:
    here = Path.cwd()
    assert extract("--version", folder=here).stdout == f"newsclaims {__version__}\n"
    for command in ((), ("run",), ("export",)):
        short, long = (extract(*command, flag, folder=here) for flag in ("-h", "--help"))
        assert (short.returncode, short.stdout) == (0, long.stdout)
        assert "Usage:" in short.stdout


def test_two_names_for_one_command() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == dict.fromkeys(("extract", "newsclaims"), "pipeline.__main__:main")
    assert project["version"] == __version__


def complete(words: str) -> list[str]:
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "_EXTRACT_COMPLETE": "complete_bash", "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }  # fmt: skip
    program = "import sys; sys.argv[0] = 'extract'; from pipeline.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    return done.stdout.split()


@pytest.mark.slow
def test_shells_complete_commands_and_flags() -> None:
    assert {"run", "review"} <= set(complete("extract r"))
    assert {"--log-file", "--since"} <= set(complete("extract run --"))


def test_environment_variables_stand_below_flags_and_above_the_file(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "a.txt").write_text(TEXT)
    Path("extract.toml").write_text('outputs = "of_the_file"\nxlsx = false\n')
    extract("run", folder=Path.cwd())
    assert Path("of_the_file/claims.csv").exists()
    assert not Path("of_the_file/claims.xlsx").exists()
    monkeypatch.setenv("NEWSCLAIMS_OUTPUTS", "of_the_environment")
    monkeypatch.setenv("NEWSCLAIMS_XLSX", "yes")
    monkeypatch.setenv("NEWSCLAIMS_QUIET", "1")
    assert extract("run", folder=Path.cwd()).stdout == ""
    assert Path("of_the_environment/claims.xlsx").exists()
    extract("run", "--outputs", "of_the_flag", folder=Path.cwd())
    assert Path("of_the_flag/claims.csv").exists()


#: What says which of several things a command does: arguments rather than settings.
NO_SETTINGS = {
    "run": {"articles", "part"},
    "collect": {"parts"},
    "demo": {"folder"},
    "review": set(),
    "evaluate": {"gold", "to"},
    "explain": {"target", "event"},
    "doctor": set(),
    "export": {"accepted", "named_format", "partition_by", "to", "gold", "events"},
    "report": {"accepted", "title", "first", "last", "event", "file"},
    "forget": {"files", "missing", "everything", "decisions"},
}


def test_every_flag_that_is_a_setting_may_stand_in_the_environment_and_in_the_file() -> None:
    from typer.main import get_command

    from pipeline.cli import app

    commands = get_command(app).commands  # type: ignore[attr-defined]
    flags = {
        name: {
            parameter.name: parameter.envvar for parameter in command.params if parameter.name not in NO_SETTINGS[name]
        }
        for name, command in commands.items()
    }
    assert {variable for of_command in flags.values() for variable in of_command.items()} == {
        (key, f"NEWSCLAIMS_{key.upper()}") for key in _VALUES if key not in ("corpus", "article_seconds")
    }  # these have no flag
    assert set(flags["review"]) == {
        "outputs", "reviewer", "port", "browser", "host", "tls_certificate", "tls_key", "team",
    }  # fmt: skip
    assert _option("--a-b/--no-a-b").envvar == "NEWSCLAIMS_A_B"


def test_a_review_takes_its_settings_from_the_file_the_environment_and_flags(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun: list[object] = []

    @contextlib.contextmanager
    def make_server(
        outputs: Path, reviewer: str, port: int, address: ServedAddress, team: Sequence[str]
    ) -> Iterator[None]:
        begun.extend((outputs.name, reviewer, port, address.host, team))
        yield

    def accompany(_: object, tell: object, *, open_browser: bool, team: Sequence[str]) -> None:
        begun.extend((open_browser, team))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pipeline.review.server.make_server", make_server)
    monkeypatch.setattr("pipeline.review.terminal.accompany", accompany)
    Path("extract.toml").write_text(
        "outputs = 'out'\nreviewer = 'Ana'\nport = 8321\nbrowser = false\nhost = '127.0.0.2'\nteam = ['Ana', 'Cy']\n"
    )
    environments: tuple[dict[str, str], ...] = (
        {},
        {"NEWSCLAIMS_PORT": "8322", "NEWSCLAIMS_REVIEWER": "Bo", "NEWSCLAIMS_HOST": "localhost"},
    )
    for environment, flags in zip(environments, ((), ("--browser", "--team", "Di")), strict=True):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert extract("review", *flags, folder=Path.cwd()).returncode == 0
    assert begun[:7] == ["out", "Ana", 8321, "127.0.0.2", ("Ana", "Cy"), False, ("Ana", "Cy")]
    assert begun[7:] == ["out", "Bo", 8322, "localhost", ("Di",), True, ("Di",)]
    Path("extract.toml").write_text("port = 70000\n")
    done = extract("review", folder=Path.cwd())
    assert (done.returncode, "port must be a number from 0 to 65535" in done.stderr) == (2, True)


def test_all_settings_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "extract.toml").write_text(
        "published = 2025-03-04\nsince = '2024-01-01'\nworkers = 2\nengine = 'local'\nscheduler = 'tls://h:1'\n"
        "allow_rejected = 3\nlog_file = 'run.log'\nquiet = true\nxlsx = true\nday_first = false\ntext_field = 'body'\n"
    )
    settings = load_settings(tmp_path)
    assert (settings.published, settings.since) == (date(2025, 3, 4), date(2024, 1, 1))
    assert (settings.workers, settings.engine, settings.scheduler) == (2, "local", "tls://h:1")
    assert (settings.allow_rejected, settings.log_file, settings.quiet) == (3, tmp_path / "run.log", True)
    assert (settings.xlsx, settings.fields.day_first, settings.fields.text) == (True, False, "body")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("published = 3", "published must be a day"),
        ("since = 'March'", "'March' is not a date"),
        ("since = 2025-03-04T10:00:00", "since must be a day"),
        ("workers = 0", "workers must be a number from 1 to 64"),
        ("workers = true", "workers must be a number from 1 to 64"),
        ("allow_rejected = -1", "allow_rejected must be a whole number from 0"),
        ("allow_rejected = 1.5", "allow_rejected must be a whole number from 0"),
        ("quiet = 'yes'", "quiet must be true or false"),
        ("log_file = 1", "log_file must be text"),
        ("part = '1/2'", "unknown key 'part'"),
    ],
)
def test_a_wrong_value_is_named_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "extract.toml").write_text(text)
    with pytest.raises(BadSettings, match=said):
        load_settings(tmp_path)
    (tmp_path / "extract.toml").unlink()
    (tmp_path / "pyproject.toml").write_text(f"[tool.newsclaims]\n{text}")
    with pytest.raises(BadSettings, match=said):
        load_settings(tmp_path)


def test_the_table_of_a_project_file_stands_below_extract_toml(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "mine"\n[tool.newsclaims]\noutputs = "out"\nworkers = 2\n')
    assert load_settings(tmp_path).outputs == tmp_path / "out"
    (tmp_path / "extract.toml").write_text("workers = 3\n")
    settings = load_settings(tmp_path)
    assert (settings.outputs, settings.workers) == (tmp_path / "out", 3)
    project.write_text("this is [no TOML\n")  # of another project: nothing of it is asked for
    assert load_settings(tmp_path).workers == 3
    project.write_text("[tool.newsclaims\n")
    with pytest.raises(BadSettings, match=r"pyproject\.toml is not valid TOML"):
        load_settings(tmp_path)
    project.write_text("[tool]\nnewsclaims = 3 # tool.newsclaims\n")
    with pytest.raises(BadSettings, match="must be a table"):
        load_settings(tmp_path)


def dated(day: str, text: str) -> str:
    return f"---\npublished: {day}\n---\n{text}"


def test_since_leaves_out_what_was_published_earlier_and_says_how_much(corpus: Path) -> None:
    (corpus / "a.txt").write_text(dated("2025-03-03", "It is late, she said.\n"))
    (corpus / "b.txt").write_text(dated("2025-03-04", "So be it, he said.\n"))
    (corpus / "c.txt").write_text("Nobody knows, they said.\n")
    done = extract("run", "--since", "2025-03-04", folder=Path.cwd())
    assert "Earlier:  1 article published before the day of --since left out." in done.stdout
    assert [row["file"] for row in rows("articles.csv")] == ["corpus/b.txt", "corpus/c.txt"]
    assert done.returncode == 0
    before = rows("articles.csv")
    done = extract("run", "--since", "2026-01-01", "corpus/a.txt", "corpus/b.txt", folder=Path.cwd())
    assert done.returncode == 2
    assert "All articles were published before 2026-01-01" in done.stderr
    assert rows("articles.csv") == before
    assert extract("run", "--since", "March", folder=Path.cwd()).returncode == 2


def test_parts_read_with_different_days_are_not_collected(corpus: Path) -> None:
    for name in "abc":
        (corpus / f"{name}.txt").write_text(dated("2025-03-03", f"It is late, {name} said.\n"))
    for number, flags in ((1, ()), (2, ("--since", "2025-03-04"))):
        done = extract("run", "--part", f"{number}/2", "--outputs", f"p{number}", *flags, folder=Path.cwd())
        assert done.returncode == 0
    assert "Earlier:  1 article" in done.stdout
    assert extract("collect", "p1", "p2", folder=Path.cwd()).returncode == 2


def test_a_batch_job_may_allow_some_rejected_files(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    for name in "bc":
        (corpus / f"{name}.txt").write_text("")
    codes = [extract("run", *flags, folder=Path.cwd()).returncode for flags in
             ((), ("--allow-rejected", "1"), ("--allow-rejected", "2"))]  # fmt: skip
    assert codes == [1, 1, 0]
    assert extract("run", "--allow-rejected", "-1", folder=Path.cwd()).returncode == 2
    assert [row["status"] for row in rows("articles.csv")] == ["read", "rejected", "rejected"]


def test_a_log_has_what_was_read_and_said_of_every_run(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    (corpus / "b.txt").write_text("")
    for _ in range(2):
        extract("run", "--quiet", "--log-file", "logs/run.log", folder=Path.cwd())
    assert extract("run", "nothing.txt", "--log-file", "logs/run.log", folder=Path.cwd()).returncode == 2
    lines = Path("logs/run.log").read_text(encoding="utf-8").splitlines()
    words = [line.partition(" ")[2] for line in lines]
    assert words.count("1/2 corpus/a.txt: 1 claims") == 2
    assert sum(line.startswith("Not read: corpus/b.txt") for line in words) == 2
    assert sum(line.startswith("Claims:   1") for line in words) == 2
    assert words[-1].startswith("Failed:   ")
    assert "nothing.txt" in words[-1]
    assert (words[0], words.count("Ended.")) == ("Started:  run --quiet --log-file logs/run.log", 2)


@pytest.mark.parametrize("name", ["outputs/claims.csv", "corpus"])
def test_a_log_in_place_of_something_else_is_refused(corpus: Path, name: str) -> None:
    read_once(corpus, TEXT)
    before = Path("outputs/claims.csv").read_bytes()
    done = extract("run", "--log-file", name, folder=Path.cwd())
    assert (done.returncode, "--log-file" in done.stderr) == (2, True)
    assert Path("outputs/claims.csv").read_bytes() == before


@pytest.mark.slow
def test_an_export_to_the_standard_output_is_nothing_but_the_claims(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    run()
    done = extract_in_process_of_its_own("export", "--to", "-", folder=Path.cwd())
    assert done.returncode == 0
    (row,) = csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff")))
    assert row["claim_text"] == "It is late, she"
    assert done.stderr == "1 claim: -\n"
    assert not Path("-").exists()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.csv", "csv"), ("A.TSV", "tsv"), ("b/c.jsonl", "jsonl"), ("c.xlsx", "xlsx"), ("c.parquet", "parquet"),
        ("claims.labelstudio.json", "labelstudio"), ("x.brat.zip", "brat"), ("net.gexf", "gexf"), ("a.txt", "csv"),
        ("-", "csv"), ("prodigy.jsonl", "jsonl"),
    ],
)  # fmt: skip
def test_the_format_follows_from_the_ending(name: str, kind: str) -> None:
    assert choose_format(Path(name)) == kind
    assert choose_format(None) == "csv"


def test_an_export_by_its_ending_and_against_it(corpus: Path) -> None:
    read_once(corpus, TEXT)
    assert extract("export", "--to", "out.jsonl", folder=Path.cwd()).returncode == 0
    assert Path("out.jsonl").read_text().startswith("{")
    extract("export", "--to", "out.jsonl", "--format", "tsv", folder=Path.cwd())
    assert Path("out.jsonl").read_text().startswith("decision\t")


def test_a_demo_reads_the_examples_in_a_folder_of_its_own(corpus: Path) -> None:
    done = extract("demo", folder=Path.cwd())
    assert done.returncode == 0
    folder = Path("newsclaims-demo")
    examples = {path.name for path in (ROOT / "corpus" / "examples").iterdir() if path.is_file()}
    assert {path.name for path in (folder / "corpus").iterdir()} == examples
    assert (folder / "outputs/claims.csv").exists()
    assert "cd newsclaims-demo; extract review" in done.stdout
    (folder / "corpus" / "mine.txt").write_text(TEXT)
    assert extract("demo", folder=Path.cwd()).returncode == 0
    assert (folder / "corpus" / "mine.txt").read_text() == TEXT
    Path("own").mkdir()
    Path("own/paper.txt").write_text("mine")
    refused = extract("demo", "own", folder=Path.cwd())
    assert (refused.returncode, [path.name for path in Path("own").iterdir()]) == (2, ["paper.txt"])
    assert extract("demo", "own/paper.txt", folder=Path.cwd()).returncode == 2
