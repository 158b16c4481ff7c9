"""Two models side by side: quality figures, and words per CPU second of the parse."""

from __future__ import annotations

from tests.bench.gold import GoldFile
from tests.bench.quality import Measured, measure
from tests.bench.results import markdown_table

MODELS = ("en_core_web_sm", "en_core_web_md")


def compare_models(files: list[GoldFile]) -> str:
    """The table. Raises what ``measure`` raises."""
    return models_table([measure(files, model) for model in MODELS])


def models_table(measured: list[Measured]) -> str:
    """One line a figure, one column a model in MODELS' order, then the parse's speed and the items."""
    values = [{(figure.set, figure.name): figure.value for figure in one.figures} for one in measured]
    rows = [
        (
            figure.set,
            figure.name,
            *(f"{each[figure.set, figure.name]:.1f}" if (figure.set, figure.name) in each else "" for each in values),
            str(figure.items),
        )
        for figure in measured[0].figures
    ]
    speeds = [f"{one.clock.words / one.clock.seconds:.0f}" if one.clock.seconds else "" for one in measured]
    rows.append(("parse", "words per CPU second", *speeds, str(measured[0].clock.words)))
    return markdown_table(("set", "figure", *MODELS, "items"), rows, left=2)
