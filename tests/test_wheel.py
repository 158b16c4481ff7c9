"""The wheel, installed into an environment of nothing but what it requires, does the main job from any folder."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
BIN = "Scripts" if os.name == "nt" else "bin"
ARTICLE = """Paper mill to close in Oulu

The Lammas company will close its paper mill in Oulu, Finland, on 31 March 2024, chief executive Helka Rinne said.

"We have looked at every other way," Rinne said on Tuesday. "There is none."
"""

pytestmark = pytest.mark.slow


def _run(*command: str | Path, cwd: Path) -> str:
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}: {done.stdout[-1000:]} {done.stderr[-1000:]}"
    return done.stdout


def instructions(name: str) -> list[str]:
    """What follows each instruction of that name in the Dockerfile."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    return [rest for word, _, rest in (line.partition(" ") for line in lines) if word == name]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as the Dockerfile does, of nothing but what that copies."""
    folder = tmp_path_factory.mktemp("wheel")
    copied = [words.split()[:-1] for words in instructions("COPY")]
    for name in chain.from_iterable(copied):
        target = folder / "src" / name
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, target)
    options = ("--quiet", "--no-deps", "--wheel-dir", folder)
    _run(sys.executable, "-m", "pip", "wheel", *options, folder / "src", cwd=folder)
    (built,) = folder.glob("newsclaims-*.whl")
    return built


def test_the_wheel_carries_the_package_and_models_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    models = {path.relative_to(ROOT).as_posix() for path in (ROOT / "models").rglob("*") if path.is_file()}
    assert models
    assert {f"pipeline/{name}" for name in models} <= set(names)
    templates = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pipeline/write/templates").iterdir()}
    assert templates
    assert templates <= set(names)
    page = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pipeline/review/page").iterdir()}
    assert page
    assert page <= set(names)
    examples = {path.name for path in (ROOT / "corpus/examples").iterdir() if path.is_file()}
    assert {f"pipeline/examples/{name}" for name in examples} <= set(names)
    assert "pipeline/py.typed" in names  # type checkers look for it
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"pipeline"}


def test_the_image_runs_the_main_job_in_the_folder_that_is_mounted() -> None:
    assert instructions("ENTRYPOINT") == ['["extract"]']
    assert instructions("CMD") == ['["run"]']
    assert instructions("WORKDIR") == ["/work"]
    (install,) = instructions("RUN")
    assert install.startswith("pip install --no-cache-dir /src")
    assert {words.split()[-1].split("/")[1] for words in instructions("COPY")} == {"src"}


def _link_requirements(wheel: Path, target: Path) -> None:
    """Put all that the wheel requires, and what that requires in turn, into a folder of packages: links to what is
    installed here. An extra counts only where it is asked for, so that what only tests or training need is left out.
    """
    description = metadata.PathDistribution(zipfile.Path(wheel, f"{'-'.join(wheel.name.split('-')[:2])}.dist-info/"))
    waiting: list[tuple[metadata.Distribution, frozenset[str]]] = [(description, frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        distribution, extras = waiting.pop()
        for requirement in map(Requirement, distribution.requires or ()):
            wanted = (canonicalize_name(requirement.name), frozenset(requirement.extras))
            marker = requirement.marker
            if wanted in seen or (marker and not any(marker.evaluate({"extra": extra}) for extra in extras or {""})):
                continue
            seen.add(wanted)
            required = metadata.distribution(requirement.name)
            assert requirement.specifier.contains(required.version), requirement
            waiting.append((required, wanted[1]))
            for top in {Path(file).parts[0] for file in required.files or ()} - {"..", "__pycache__"}:
                if not (target / top).exists():
                    (target / top).symlink_to(Path(str(required.locate_file(top))))


def test_an_installed_wheel_extracts_claims_in_any_folder(wheel: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "venv", "--without-pip", "venv", cwd=tmp_path)
    scripts = tmp_path / "venv" / BIN
    install = ("-m", "pip", "--python", scripts / "python", "install", "--quiet", "--no-deps", "--no-index")
    _run(sys.executable, *install, wheel, cwd=tmp_path)
    ours = "import sysconfig; print(sysconfig.get_path('purelib'))"
    _link_requirements(wheel, Path(_run(scripts / "python", "-c", ours, cwd=tmp_path).strip()))
    elsewhere = tmp_path / "another folder"
    elsewhere.mkdir()
    (elsewhere / "mill.txt").write_text(ARTICLE, encoding="utf-8")
    _run(scripts / "extract", "run", "mill.txt", "--outputs", "found", "--quiet", cwd=elsewhere)
    with (elsewhere / "found" / "claims.csv").open(encoding="utf-8-sig", newline="") as lines:
        claims = list(csv.DictReader(lines))
    assert {claim["claim_type"] for claim in claims} == {"quote", "closure"}
    assert "Helka Rinne" in (elsewhere / "found" / "report.html").read_text(encoding="utf-8")
    for claim in claims:
        assert claim["file"].endswith("mill.txt")
    assert _run(scripts / "newsclaims", "--version", cwd=elsewhere) == f"newsclaims {metadata.version('newsclaims')}\n"
    assert "Claims:   76" in _run(scripts / "newsclaims", "demo", cwd=elsewhere)
    shown = _run(scripts / "python", "-c", "import pipeline; print(pipeline.__file__)", cwd=elsewhere)
    assert Path(shown.strip()).is_relative_to(tmp_path / "venv")
