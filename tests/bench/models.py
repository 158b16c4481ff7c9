"""Two models side by side: quality figures, and words per CPU second of the parse."""

from __future__ import annotations

from tests.bench.gold import GoldFile
from tests.bench.quality import Measured, measure
from tests.bench.results import markdown_table

#: Columns of the table.
MODELS = ("en_core_web_sm", "en_core_web_md")


def compare_models(files: list[GoldFile]) -> str:
    """A Markdown table of the figures of each model on these gold files. Raises what ``measure`` raises."""
    return models_table([measure(files, model) for model in MODELS])


def models_table(measured: list[Measured]) -> str:
    """One line a figure, one column a model in MODELS' order, then the parse's speed and the items."""
    columns = [
        {(figure.set, figure.name): f"{figure.value:.1f}" for figure in of_model.figures} for of_model in measured
    ]
    rows = [
        (
            figure.set,
            figure.name,
            *(column.get((figure.set, figure.name), "") for column in columns),
            str(figure.items),
        )
        for figure in measured[0].figures
    ]
    clocks = [of_model.clock for of_model in measured]
    speeds = [f"{clock.words / clock.seconds:.0f}" if clock.seconds else "" for clock in clocks]
    rows.append(("parse", "words per CPU second", *speeds, str(measured[0].clock.words)))
    return markdown_table(("set", "figure", *MODELS, "items"), rows, left=2)
