"""ARCHITECTURE.md's table of rooms against the tree and its import statements, those inside functions included."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pipeline"
PAGE = ROOT / "ARCHITECTURE.md"
#: A row of ARCHITECTURE.md's table of rooms: | `corpus` | what it holds | `lxml`, `docx` | 45 | 6,400 |
_ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]*) \| (\d+) \| ([\d,]+) \|$", re.MULTILINE)
#: A room may outgrow the lines that the page gives by a quarter or by 100 lines before the page is to be mended.
SLACK_SHARE, SLACK_LINES = 0.25, 100


@dataclass(frozen=True, slots=True)
class Room:
    """A row of the table of rooms, as it stands on the page."""

    name: str
    libraries: frozenset[str]
    modules: int
    lines: int


def rooms_of_the_page() -> list[Room]:
    """The table's rows in their order, which is the order of imports."""
    rows = _ROW.findall(PAGE.read_text(encoding="utf-8"))
    return [
        Room(name, frozenset(re.findall(r"`([\w-]+)`", libraries)), int(modules), int(lines.replace(",", "")))
        for name, _, libraries, modules, lines in rows
    ]


#: A room imports only rooms before it (and, inside a package, its own modules).
ROOMS = tuple(room.name for room in rooms_of_the_page())
#: The package's face and its door: they may import any room, no room imports them.
FACES = ("__init__", "__main__")
#: Where each library may be imported: a room, or a module of one by the start of its path. Others are imported nowhere.
LIBRARIES = {
    "cassis": ("write/exchange/cas",),
    "charset_normalizer": ("corpus/detect/decoding",),
    "dask": ("engines/dask_cluster",),
    "dateparser": ("extract/dates",),
    "distributed": ("engines/dask_cluster", "engines/dask_tasks"),
    "docx": ("corpus/readers/docx",),
    "fsspec": ("storage",),
    "htmldate": ("corpus/html",),
    "jinja2": ("write", "review"),
    "lxml": ("corpus/readers", "corpus/html"),
    "markupsafe": ("write", "python_api", "review"),
    "networkx": ("write/exchange/gexf",),
    "nltk": ("review/agreement",),
    "numpy": ("nlp", "knowledge"),
    "pandas": ("write", "evaluate"),
    "packaging": ("doctor",),
    "py3langid": ("corpus/detect/language",),
    "pyarrow": ("part_tables", "write/export_formats", "write/partitions", "corpus/readers/columnar"),
    "pypdfium2": ("corpus/readers/pdf",),
    "python_calamine": ("corpus/readers/workbooks", "store/workbook"),
    "rich": ("progress",),
    "starlette": ("review",),
    "spacy": ("nlp", "knowledge", "extract", "link", "write/exchange/docbin", "spacy_component"),
    "striprtf": ("corpus/readers/rtf",),
    "thinc": ("nlp",),
    "trafilatura": ("corpus/html",),
    "typer": ("cli", "progress"),
    "uvicorn": ("review",),
    "warcio": ("corpus/readers/warc",),
    "xlrd": ("corpus/readers/workbooks",),
    "xlsxwriter": ("write/text_sheet", "write/workbook"),
    "zstandard": ("corpus/readers/archives",),
}
#: An extractor is a folder of extract/; extractors share only the modules that lie beside their folders.
EXTRACTORS = ("entities", "dates", "quotes", "events")
LONGEST = 400
HEAVY = (
    "spacy", "pandas", "pyarrow", "dateparser", "numpy", "thinc", "lxml", "trafilatura", "htmldate",
    "charset_normalizer", "docx", "pypdfium2", "warcio", "striprtf", "py3langid", "jinja2",
    "starlette", "uvicorn", "dask", "distributed", "python_calamine", "xlrd", "xlsxwriter", "zstandard",
    "cassis", "networkx", "nltk", "fsspec",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module: "pipeline.extract.dates" or "pandas"; ``typing_only`` under ``if TYPE_CHECKING``."""

    module: str
    line: int
    typing_only: bool


def modules(package: Path) -> Iterator[tuple[str, Path]]:
    """Every module of the package: its path without ".py" ("extract/dates") and its file."""
    for file in sorted(package.rglob("*.py")):
        yield file.relative_to(package).with_suffix("").as_posix(), file


@lru_cache(1)  # of the module that is looked at, again and again
def nodes(source: str) -> list[ast.AST]:
    """All that the syntax tree of a module holds."""
    return list(ast.walk(ast.parse(source)))


def dotted_name(node: ast.expr) -> str:
    """ "os.system" for that very expression; empty for all that is no name or attribute of names."""
    if isinstance(node, ast.Attribute):
        before = dotted_name(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""


def imports(source: str, module: str) -> Iterator[Import]:
    """What the module imports, relative imports spelled out."""
    typing_only = {
        id(inner)
        for node in nodes(source)
        if isinstance(node, ast.If) and dotted_name(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
        for branch in node.body
        for inner in ast.walk(branch)
    }
    for node in nodes(source):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = _resolve_from(node, module)
        else:
            continue
        for name in names:
            yield Import(name, node.lineno, id(node) in typing_only)


def _resolve_from(node: ast.ImportFrom, module: str) -> list[str]:
    base = node.module or ""
    if node.level:
        # The folder a relative import starts from; for an __init__ the last part is "__init__", so the same holds.
        folders = ["pipeline", *module.split("/")][: -node.level]
        base = ".".join([*folders, base] if base else folders)
    return [f"{base}.{alias.name}" for alias in node.names]


def room_of(module: str) -> str:
    """The room a module ("extract/dates") or a dotted import ("pipeline.extract.dates") belongs to."""
    return module.removeprefix("pipeline.").replace(".", "/").split("/")[0]


def violations(module: str, source: str) -> list[str]:
    """Every rule the module breaks, a line each."""
    room = room_of(module)
    out = []
    if room not in (*ROOMS, *FACES):
        out.append(f"{module}: no such room in ARCHITECTURE.md; give it a row in the table there")
    if source.count("\n") > LONGEST:
        out.append(f"{module}: over {LONGEST} lines, wants splitting")
    for imported in imports(source, module):
        complaint = _complaint(module, room, imported)
        if complaint:
            out.append(f"{module}:{imported.line} imports {imported.module}: {complaint}")
    return out


def _complaint(module: str, room: str, imported: Import) -> str:
    top = imported.module.split(".")[0]
    if top == "tests":
        return "tests are no part of the package"
    if top == "pipeline":
        return _room_complaint(module, room, imported.module)
    if top in sys.stdlib_module_names or imported.typing_only:
        return ""
    if top not in LIBRARIES:
        return "a library no room may import"
    allowed = any(room == place or module.startswith(place) for place in LIBRARIES[top])
    return "" if allowed else f"only {' and '.join(LIBRARIES[top])} may"


def _room_complaint(module: str, room: str, imported: str) -> str:
    target = room_of(imported)
    if imported in ("pipeline", "pipeline.__version__"):
        return ""
    if target not in ROOMS:
        return "not a room"
    if room in FACES or room not in ROOMS:
        return ""
    if target == room:
        return _sibling_complaint(module, imported) if room == "extract" else ""
    return "" if ROOMS.index(target) < ROOMS.index(room) else f"{target} comes after {room}"


def _sibling_complaint(module: str, imported: str) -> str:
    """Extractors never import each other, nor does what they share import one of them; only __init__ calls all."""
    own, imported_extractor = (
        _extractor(name) for name in (module, imported.removeprefix("pipeline.").replace(".", "/"))
    )
    if module == "extract/__init__" or imported_extractor in ("", own):
        return ""
    return f"{own or 'a shared module'} must not import the extractor {imported_extractor}"


def _extractor(module: str) -> str:
    parts = module.split("/")
    return parts[1] if len(parts) > 1 and parts[1] in EXTRACTORS else ""


def rooms_of_the_tree() -> list[Room]:
    """What the table should say, in the order of the page; rooms that the page lacks come last."""
    files: dict[str, list[Path]] = {}
    for module, file in modules(PACKAGE):
        if room_of(module) not in FACES:
            files.setdefault(room_of(module), []).append(file)
    order = sorted(files, key=lambda name: (ROOMS.index(name) if name in ROOMS else len(ROOMS), name))
    return [Room(name, libraries_of(name), len(files[name]), sum(map(count_lines, files[name]))) for name in order]


def libraries_of(room: str) -> frozenset[str]:
    """The libraries that LIBRARIES lets some module of the room import."""
    return frozenset(name for name, places in LIBRARIES.items() if any(room_of(place) == room for place in places))


def count_lines(file: Path) -> int:
    return file.read_text(encoding="utf-8").count("\n")


def test_the_page_names_the_rooms_that_there_are() -> None:
    page, tree = rooms_of_the_page(), rooms_of_the_tree()
    stale = [
        f"{there.name}: libraries {', '.join(sorted(there.libraries)) or 'none'}; "
        f"{there.modules} modules, {round(there.lines, -2):,} lines"
        for row, there in zip(page, tree, strict=False)
        if (row.name, row.libraries, row.modules) != (there.name, there.libraries, there.modules)
        or abs(row.lines - there.lines) > max(SLACK_SHARE * there.lines, SLACK_LINES)
    ]
    assert not stale, "ARCHITECTURE.md should say:\n" + "\n".join(stale)
    assert [room.name for room in page] == [room.name for room in tree]


def test_every_module_keeps_to_the_order_of_rooms() -> None:
    every_module = list(modules(PACKAGE))
    assert every_module
    broken = [line for module, file in every_module for line in violations(module, file.read_text(encoding="utf-8"))]
    assert not broken, "\n".join(broken)


BAD = [
    ("claims", "from pipeline.run_job import run", "run_job comes after claims"),
    ("claims", "import pipeline.run_job", "run_job comes after claims"),
    ("claims", "from pipeline import run_job", "run_job comes after claims"),
    ("claims", "from . import run_job", "run_job comes after claims"),
    ("claims", "def f():\n    from pipeline.write.tables import table", "write comes after claims"),
    ("corpus/folder", "from ..extract import find_all", "extract comes after corpus"),
    ("corpus/__init__", "from ..nlp import parse", "nlp comes after corpus"),
    (
        "records",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pipeline.run_job import run",
        "run_job comes",
    ),
    ("extract/quotes", "from pipeline.extract.events import find_events", "must not import the extractor events"),
    ("extract/quotes", "from pipeline.extract import events", "must not import the extractor events"),
    ("extract/quotes", "from .events.targets import target", "must not import the extractor events"),
    ("extract/quotes/spans", "from .. import dates", "must not import the extractor dates"),
    ("extract/syntax", "from pipeline.extract.quotes import find_quotes", "a shared module must not import"),
    ("run_job", "import typer", "only cli and progress may"),
    ("run_job", "import rich.progress", "only progress may"),
    ("claims", "def f():\n    import pandas as pd", "only write and evaluate may"),
    ("extract/events", "import dateparser", "only extract/dates may"),
    (
        "claims",
        "from spacy.tokens import Doc",
        "only nlp and knowledge and extract and link and write/exchange/docbin and spacy_component may",
    ),
    ("extract/quotes", "from thinc.api import get_current_ops", "only nlp may"),
    ("store", "import sqlalchemy", "a library no room may import"),
    ("evaluate", "from tests.helpers.parses import dump", "tests are no part of the package"),
    ("helpers", '"""A drawer."""', "no such room"),
    ("helpers/__init__", '"""A drawer."""', "no such room"),
    ("claims", "from pipeline import extract_text", "not a room"),
    ("__init__", "from pipeline.helpers import f", "not a room"),
    ("records", "#\n" * 401, "over 400 lines"),
]
GOOD = [
    ("run_job", "import json\nfrom pipeline.records import Article\nfrom .write import tables"),
    ("article", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from spacy.tokens import Doc"),
    ("extract/dates", "import dateparser.search\nfrom pipeline.extract.syntax import chars"),
    ("extract/dates/words", "from dateparser import parse"),
    ("extract/__init__", "from pipeline.extract import dates, events\nfrom .quotes import find_quotes"),
    ("extract/events/targets", "from pipeline.extract.events import Found\nfrom .. import syntax"),
    ("__init__", "def f():\n    from pipeline.run_job import run"),
    ("__main__", "from pipeline.cli import main"),
    ("cli", "import typer\nfrom pipeline import __version__"),
    ("records", "#\n" * 400),
]


@pytest.mark.parametrize(("module", "source", "complaint"), BAD)
def test_what_breaks_the_rules_is_seen(module: str, source: str, complaint: str) -> None:
    (violation,) = violations(module, source)
    assert complaint in violation


@pytest.mark.parametrize(("module", "source"), GOOD)
def test_what_keeps_them_is_let_pass(module: str, source: str) -> None:
    assert violations(module, source) == []


def test_help_loads_no_heavy_library() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "pipeline", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert "run" in done.stdout
    loaded = set(re.findall(r"^import time:.*\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert "pipeline.cli" in loaded
    assert not sorted(set(HEAVY) & loaded)
