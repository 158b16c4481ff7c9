from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.helpers.browser import launched
from tests.helpers.parses import PARSES, Parses

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--freeze", action="store_true", help="parse new test sentences with the model, keep the parses")
    parser.addoption("--screenshots", action="store_true", help="make tests/screenshots anew")


@pytest.fixture(scope="module")
def parses(request: pytest.FixtureRequest) -> Iterator[Parses]:
    """The frozen parses of the asking test module: parses(article) -> Doc."""
    name = request.module.__name__.rpartition(".")[2]
    frozen = Parses(PARSES / f"{name}.jsonl", bool(request.config.getoption("--freeze")))
    yield frozen
    frozen.save()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser, for one module: its event loop would be in the way of others. Skips where there is none."""
    with launched() as browser:
        yield browser
