"""Files that the user names to be written: replaced whole, links followed, devices written to, folders refused."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipeline.errors import ExtractError
from pipeline.write.destination import find_destination
from tests.helpers.command import ROOT, extract
from tests.helpers.store import decide, run

COMMANDS = (["export", "--to"], ["export", "--format", "jsonl", "--to"], ["export", "--gold", "--to"])


@pytest.fixture
def decided(corpus: Path) -> Path:
    """The working folder after a run over one article, its one claim accepted."""
    (corpus / "a.txt").write_text("It is late, she said.\n")
    run()
    decide(decision="accept")
    return corpus.parent


def in_a_shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line of a shell in which ``$EXTRACT`` is the command."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "EXTRACT": f"{sys.executable} -m pipeline"}
    return subprocess.run(["sh", "-c", line], cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_link_stays_and_the_file_behind_it_is_replaced(decided: Path, command: list[str]) -> None:
    (decided / "far").mkdir()
    (decided / "far" / "real").write_text("old")
    (decided / "link").symlink_to("far/real")
    (decided / "dangling").symlink_to("far/new")
    for name, behind in (("link", "real"), ("dangling", "new")):
        done = extract(*command, name, folder=decided)
        assert (done.returncode, done.stderr) == (0, "")
        assert (decided / name).is_symlink()
        assert "It is late" in (decided / "far" / behind).read_text(encoding="utf-8-sig")
    assert sorted(path.name for path in (decided / "far").iterdir()) == ["new", "real"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_is_refused_with_the_flag_that_names_a_file(decided: Path, command: list[str]) -> None:
    (decided / "mine").mkdir()
    done = extract(*command, "mine", folder=decided)
    assert done.returncode == 2
    assert done.stderr.startswith("extract: mine is a folder.\n         Name a file in it: --to mine/")
    assert list((decided / "mine").iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_named_pipe_is_written_to_and_stays(decided: Path, command: list[str]) -> None:
    os.mkfifo(decided / "pipe")
    received: list[str] = []
    reader = threading.Thread(
        target=lambda: received.append((decided / "pipe").read_text(encoding="utf-8-sig")), daemon=True
    )
    reader.start()
    done = extract(*command, "pipe", folder=decided)
    reader.join(timeout=10)
    assert done.returncode == 0
    assert (done.stdout, "1 claim" in done.stderr) == ("", True)
    assert "It is late" in received[0]
    assert stat.S_ISFIFO((decided / "pipe").stat().st_mode)


@pytest.mark.slow
def test_the_standard_output_is_written_to_however_it_is_named(decided: Path) -> None:
    """Never by /dev/stdout itself here: a fault in what is tested, run as root, would rename over it."""
    (decided / "stdout").symlink_to("/proc/self/fd/1")
    for name in ("stdout", "/dev/fd/1", "/proc/self/fd/1"):
        done = in_a_shell(decided, f"$EXTRACT export --format jsonl --to {name} | cat")
        assert json.loads(done.stdout)["sentence"] == "It is late, she said."
        assert done.stderr == f"1 claim: {name}\n"
    (decided / "log").write_text("before\n")
    assert in_a_shell(decided, "$EXTRACT export --format jsonl --to stdout >> log").returncode == 0
    before, claim = (decided / "log").read_text().splitlines()
    assert (before, json.loads(claim)["sentence"]) == ("before", "It is late, she said.")


@pytest.mark.slow
def test_who_reads_a_pipe_may_go_early(decided: Path) -> None:
    done = in_a_shell(decided, "{ $EXTRACT export --to /dev/fd/1; echo $? >code; } | true")
    assert (done.stderr, (decided / "code").read_text()) == ("", "0\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_device_is_written_to_and_never_renamed_over(decided: Path, command: list[str]) -> None:
    ours, theirs = os.openpty()  # a device that nobody can rename over, whatever is wrong with what is tested
    name = os.ttyname(theirs)
    assert extract(*command, name, folder=decided).returncode == 0
    assert stat.S_ISCHR(Path(name).stat().st_mode)
    assert b"It is late" in os.read(ours, 4096)
    os.close(theirs)
    os.close(ours)
    done = extract(*command, name, folder=decided)
    assert done.returncode == 2
    assert f"{name} can't be written: " in done.stderr


def test_disks_and_sockets_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    path.touch()
    for kind, said in ((stat.S_IFBLK, "a disk"), (stat.S_IFSOCK, "a socket")):
        mode = kind | 0o666
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "stat", lambda *_, mode=mode, **__: os.stat_result((mode, *[0] * 9)))
            with pytest.raises(ExtractError, match=f"is {said}"):
                find_destination(path, "--to", "x.csv")


@pytest.mark.parametrize("name", ["claims.csv", "claims.db", "claims.jsonl", "claims.lock", "texts"])
def test_the_files_of_a_run_are_not_exported_over(decided: Path, name: str) -> None:
    before = {path.name: path.read_bytes() for path in (decided / "outputs").iterdir()}
    (decided / "link").symlink_to(f"outputs/{name}")
    for named in (f"outputs/{name}", "link"):
        done = extract("export", "--to", named, folder=decided)
        assert (done.returncode, "Name another file" in done.stderr) == (2, True)
        assert f"{named} must not be written over: extract needs it." in done.stderr
    assert {path.name: path.read_bytes() for path in (decided / "outputs").iterdir()} == before


def test_what_is_refused_is_said_and_left_alone(decided: Path) -> None:
    (decided / "loop").symlink_to("loop")
    (decided / "file").write_text("mine")
    (decided / "kept").write_text("mine")
    (decided / "kept").chmod(0o444)
    (decided / "open.csv").write_text("mine")
    (decided / ".~lock.open.csv#").touch()
    for name, said in {
        "loop": "Too many levels of symbolic links",
        "file/x.csv": "Not a directory",
        "kept": "it is write-protected",
        "open.csv": "LibreOffice has it open",
        "/dev/fd/77": "Bad file descriptor",
    }.items():
        done = extract("export", "--to", name, folder=decided)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert "--to" in done.stderr
    assert {(decided / name).read_text() for name in ("file", "kept", "open.csv")} == {"mine"}
    assert not list(decided.rglob("*.new*"))


def test_a_file_keeps_its_permissions_and_a_neighbour_its_name(decided: Path) -> None:
    (decided / "x.csv").write_text("old")
    (decided / "x.csv").chmod(0o600)
    (decided / "x.csv.part").write_text("mine")
    assert extract("export", "--to", "x.csv", folder=decided).returncode == 0
    assert "It is late" in (decided / "x.csv").read_text(encoding="utf-8-sig")
    assert stat.S_IMODE((decided / "x.csv").stat().st_mode) == 0o600
    assert (decided / "x.csv.part").read_text() == "mine"
    assert sorted(path.name for path in decided.glob("x.csv*")) == ["x.csv", "x.csv.part"]


def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old")
    destination = find_destination(path, "--to", "x.csv")

    def fail() -> None:
        with destination.open() as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x.csv", "old")]
