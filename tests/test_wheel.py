"""The wheel, built and installed into an empty environment, does the main job from any folder."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

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


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
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
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"pipeline"}


def test_an_installed_wheel_extracts_claims_in_any_folder(wheel: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "venv", "venv", cwd=tmp_path)
    scripts = tmp_path / "venv" / BIN
    _run(scripts / "python", "-m", "pip", "install", "--quiet", "--no-compile", wheel, cwd=tmp_path)
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
    shown = _run(scripts / "python", "-c", "import pipeline; print(pipeline.__file__)", cwd=elsewhere)
    assert Path(shown.strip()).is_relative_to(tmp_path / "venv")
