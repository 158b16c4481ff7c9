"""Weights of linear models as readable text: which feature speaks for a decision, alone and beside a given word.

A file has a section per model, ``[name]``, with settings as ``key = number`` and a line per feature: its name, a tab,
the weight that holds always, and after blanks ``context:weight`` for what comes on top where that context is given: a
general copy of each feature and one for each context (Daume III, Frustratingly Easy Domain Adaptation, ACL 2007).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import BadKnowledge

if TYPE_CHECKING:
    from pipeline.knowledge.weight_table import WeightTable

#: The weight of a feature that has none; endless, so that map() runs over the features alone.
_ZEROS = repeat(0.0)
#: Weights are added up in units of this much: hundredths are whole numbers then, whose sum is exact in any order and on
#: every version of Python, as ``math.fsum`` is, at two thirds of its time.
_UNIT = 100.0


@dataclass(slots=True)
class Linear:
    """One linear model.

    ``groups`` has weight by feature by context; the context "" holds always, others where they are given ("say").
    ``settings`` are the model's other numbers, such as its threshold.
    """

    groups: dict[str, dict[str, float]] = field(default_factory=dict)
    settings: dict[str, float] = field(default_factory=dict)
    #: The groups asked for so far, their weights in hundredths.
    _scaled: dict[str, Mapping[str, float]] = field(default_factory=dict, repr=False, compare=False)
    _table: WeightTable | None = field(default=None, repr=False, compare=False)

    @property
    def table(self) -> WeightTable:
        """All weights in one array, to score many candidates at once; made when it is first asked for."""
        if self._table is None:
            from pipeline.knowledge.weight_table import WeightTable  # numpy, which a run with nothing new doesn't need

            self._table = WeightTable(self.groups, _UNIT)
        return self._table

    def weights_in(self, contexts: Iterable[str]) -> list[Mapping[str, float]]:
        """Weight by feature, in hundredths, in each of these contexts, the one that holds always first."""
        groups = self.groups
        return [self._scaled_group(context) for context in ("", *contexts) if not context or context in groups]

    def _scaled_group(self, context: str) -> Mapping[str, float]:
        scaled = self._scaled.get(context)
        if scaled is None:
            group = self.groups.get(context, {})
            scaled = self._scaled[context] = {feature: round(weight * _UNIT) * 1.0 for feature, weight in group.items()}
        return scaled

    def score(self, features: Sequence[str], tables: Sequence[Mapping[str, float]]) -> float:
        """The sum of the features' weights in the ``tables`` that ``weights_in`` gave: log-odds, as trained.

        Called for every candidate, so the tables are found once per cue and not here.
        """
        total = 0.0
        for table in tables:
            total += sum(map(table.get, features, _ZEROS))
        return total / _UNIT

    def strongest_features(
        self, features: Sequence[str], contexts: Iterable[str], count: int = 3
    ) -> list[tuple[str, float]]:
        """The ``count`` features that weigh most for or against: (name, weight summed over contexts), largest first."""
        tables = self.weights_in(contexts)
        weights = dict.fromkeys(features, 0.0)
        for table in tables:
            for feature in weights.keys() & table.keys():
                weights[feature] += table[feature]
        nonzero = [(feature, weight / _UNIT) for feature, weight in weights.items() if weight]
        return sorted(nonzero, key=lambda pair: (-abs(pair[1]), pair[0]))[:count]


def load_weights(path: Path) -> dict[str, Linear]:
    """The models of a weights file by the name of their section.

    Raises BadKnowledge for a file that can't be read, naming the line that is no section, setting or feature.
    """
    models: dict[str, Linear] = {}
    model, numbers = Linear(), _Numbers()
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadKnowledge(f"{path} can't be read: {error}", "Install newsclaims again.") from error
    for number, line in enumerate(lines, 1):
        try:
            feature, tab, weights = line.partition("\t")
            if tab:
                _add_feature(model, feature, weights, numbers)
            elif line.startswith("[") and line.endswith("]"):
                model = models.setdefault(line[1:-1], Linear())
            elif " = " in line:
                key, _, value = line.partition(" = ")
                model.settings[key] = float(value)
            elif line and not line.startswith("#"):
                raise ValueError(line)
        except ValueError as error:
            raise BadKnowledge(
                f"{path}, line {number}: {line!r} is neither a section, a setting nor a feature.",
                "Install newsclaims again, or train the models again.",
            ) from error
    return models


class _Numbers(dict[str, float]):
    """Numbers by how they are written: 170,000 weights are some hundred different ones."""

    def __missing__(self, text: str) -> float:
        self[text] = number = float(text)
        return number


def _add_feature(model: Linear, feature: str, weights: str, numbers: _Numbers) -> None:
    """Add what a line says after the tab: "1.25 say:.5" is 1.25 always and .5 more beside "say"."""
    general, *by_context = weights.split(" ")
    groups = model.groups
    if general:
        groups.setdefault("", {})[feature] = numbers[general]
    for entry in by_context:
        context, _, weight = entry.rpartition(":")
        group = groups.get(context)
        if group is None:
            group = groups[context] = {}
        group[feature] = numbers[weight]


def write_weights(path: Path, models: Mapping[str, Linear], head: str) -> None:
    """Write models as ``load_weights`` reads them; ``head`` becomes the comment above.

    Features are sorted and weights rounded to hundredths, so that the same models give the same bytes.
    """
    lines = [f"# {line}" for line in head.splitlines()]
    for name, model in models.items():
        lines += ["", f"[{name}]", *(f"{key} = {value:g}" for key, value in model.settings.items())]
        lines += _feature_lines(model)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _feature_lines(model: Linear) -> list[str]:
    """A line per feature, sorted; weights that round to zero are left out."""
    weights_by_feature: dict[str, dict[str, str]] = {}
    for context, group in sorted(model.groups.items()):
        for feature, weight in group.items():
            if round(weight, 2):
                weights_by_feature.setdefault(feature, {})[context] = _format_weight(weight)
    lines = []
    for feature, weights in sorted(weights_by_feature.items()):
        by_context = (f" {context}:{weight}" for context, weight in weights.items() if context)
        lines.append(f"{feature}\t{weights.get('', '')}{''.join(by_context)}")
    return lines


def _format_weight(weight: float) -> str:
    """Hundredths without zeros that say nothing: "-.3", "1.25", "782"."""
    text = f"{weight:.2f}".rstrip("0").rstrip(".")
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
