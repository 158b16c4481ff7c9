"""Install the lowest versions that pyproject.toml allows and run the suite: ``python -m tests.lowest [PYTEST ARGS]``.

In a throw-away environment of this Python's version, with uv, which can choose the lowest versions. A bound that does
not hold is to be raised; what the bounded libraries need themselves is taken as new as it comes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = "uv>=0.5"


def main() -> int:
    """The exit code of the suite."""
    with tempfile.TemporaryDirectory() as scratch:
        tools, lowest = Path(scratch) / "tools", Path(scratch) / "lowest"
        for folder in (tools, lowest):
            venv.create(folder, with_pip=True)  # the tests of the wheel need it, too
        subprocess.run([python(tools), "-m", "pip", "install", "-q", UV], check=True)
        install = [python(tools), "-m", "uv", "pip", "install", "-q", "--python", python(lowest)]
        subprocess.run([*install, "--resolution", "lowest-direct", "-e", f"{ROOT}[test,sm,parquet]"], check=True)
        suite = [python(lowest), "-m", "pytest", "-q", *sys.argv[1:]]
        return subprocess.run(suite, cwd=ROOT, check=False).returncode


def python(folder: Path) -> str:
    """The interpreter of an environment."""
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


if __name__ == "__main__":
    sys.exit(main())
