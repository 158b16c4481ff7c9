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

from pipeline.errors import BadKnowledge

#: What a feature without a weight counts; endless, so that map() runs over the features alone.
_NOUGHT = repeat(0.0)
_EMPTY: Mapping[str, float] = {}


@dataclass(slots=True)
class Linear:
    """One linear model: ``groups`` from context to feature to weight, ``settings`` its other numbers."""

    groups: dict[str, dict[str, float]] = field(default_factory=dict)
    settings: dict[str, float] = field(default_factory=dict)

    def tables(self, contexts: Iterable[str]) -> list[Mapping[str, float]]:
        """The groups that hold in these contexts, the general one first."""
        groups = self.groups
        return [groups.get("", _EMPTY), *(groups[each] for each in contexts if each in groups)]

    def score(self, features: Sequence[str], tables: Sequence[Mapping[str, float]]) -> float:
        """The sum of the weights of these features in these groups, from ``tables``."""
        return sum(sum(map(table.get, features, _NOUGHT)) for table in tables)

    def deciding(self, features: Sequence[str], contexts: Iterable[str], count: int = 3) -> list[tuple[str, float]]:
        """The features that weigh most, by size: (name, weight over all groups)."""
        tables = self.tables(contexts)
        weighed = ((each, sum(table.get(each, 0.0) for table in tables)) for each in dict.fromkeys(features))
        return sorted((each for each in weighed if each[1]), key=lambda each: (-abs(each[1]), each[0]))[:count]


def load_weights(path: Path) -> dict[str, Linear]:
    """The models of a weights file by name. Raises BadKnowledge naming the line that can't be read."""
    models: dict[str, Linear] = {}
    model = Linear()
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadKnowledge(f"{path} can't be read: {error}", "Install newsclaims again.") from error
    for number, line in enumerate(lines, 1):
        try:
            feature, tab, weights = line.partition("\t")
            if tab:
                _take(model, feature, weights)
            elif line.startswith("[") and line.endswith("]"):
                model = models.setdefault(line[1:-1], Linear())
            elif " = " in line:
                key, _, value = line.partition(" = ")
                model.settings[key] = float(value)
            elif line and not line.startswith("#"):
                raise ValueError(line)
        except ValueError as error:
            raise BadKnowledge(f"{path}, line {number}: {line!r} is no section, setting or feature.") from error
    return models


def _take(model: Linear, feature: str, weights: str) -> None:
    general, *special = weights.split(" ")
    groups = model.groups
    if general:
        groups.setdefault("", {})[feature] = float(general)
    for each in special:
        context, _, weight = each.rpartition(":")
        groups.setdefault(context, {})[feature] = float(weight)


def write_weights(path: Path, models: Mapping[str, Linear], head: str) -> None:
    """Write models as ``load_weights`` reads them, sorted, in hundredths; ``head`` becomes the comment above."""
    lines = [f"# {line}" for line in head.splitlines()]
    for name, model in models.items():
        lines += ["", f"[{name}]", *(f"{key} = {value:g}" for key, value in model.settings.items())]
        features: dict[str, dict[str, str]] = {}
        for context, group in sorted(model.groups.items()):
            for feature, weight in group.items():
                if round(weight, 2):
                    features.setdefault(feature, {})[context] = _short(weight)
        for feature, row in sorted(features.items()):
            special = (f" {context}:{weight}" for context, weight in row.items() if context)
            lines.append(f"{feature}\t{row.get('', '')}{''.join(special)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _short(weight: float) -> str:
    """Hundredths without the zeros that say nothing: "-.3", "1.25", "782"."""
    text = f"{weight:.2f}".rstrip("0").rstrip(".")
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
