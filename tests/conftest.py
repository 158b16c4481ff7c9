from collections.abc import Iterator

import pytest

from tests.harness import PARSES, Parses


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--freeze", action="store_true", help="parse new test sentences with the model, keep the parses")


@pytest.fixture(scope="module")
def parses(request: pytest.FixtureRequest) -> Iterator[Parses]:
    """The frozen parses of the asking test module: parses(article) -> Doc."""
    name = request.module.__name__.rpartition(".")[2]
    frozen = Parses(PARSES / f"{name}.jsonl", bool(request.config.getoption("--freeze")))
    yield frozen
    frozen.save()
