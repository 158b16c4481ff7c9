"""Words that decide what a date means (models/dates.toml): verbs that look ahead, what makes a month a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import BadKnowledge
from pipeline.knowledge.files import check_keys, read_toml

#: Sections of dates.toml and their lists; in ``DateWords`` a list of [before] is called "before_months" and so on.
_KEYS = {
    "tense": (
        "modals",
        "outcomes",
        "planning",
        "timetable",
        "postponing",
        "postponed_to",
        "looking_back",
        "deadlines",
        "perfect",
        "progressive",
        "passive",
        "day_parts",
        "nobody",
    ),
    "nouns": ("indefinite",),
    "before": ("months", "seasons"),
    "names": ("before_weekdays", "after_weekdays", "after_holidays"),
}


@dataclass(frozen=True, slots=True)
class DateWords:
    """The word lists of dates.toml, each described there with an example sentence.

    Lower case, verbs, nouns and adjectives as lemmas. Only ``after_weekdays`` and ``after_holidays`` hold words as
    they are written in names ("Times", "Island").
    """

    modals: frozenset[str]
    outcomes: frozenset[str]
    planning: frozenset[str]
    timetable: frozenset[str]
    postponing: frozenset[str]
    postponed_to: frozenset[str]
    looking_back: frozenset[str]
    deadlines: frozenset[str]
    perfect: frozenset[str]
    progressive: frozenset[str]
    passive: frozenset[str]
    day_parts: frozenset[str]
    nobody: frozenset[str]
    indefinite: frozenset[str]
    before_months: frozenset[str]
    before_seasons: frozenset[str]
    before_weekdays: frozenset[str]
    after_weekdays: frozenset[str]
    after_holidays: frozenset[str]


def load_date_words(folder: Path) -> DateWords:
    """The word lists of ``folder``/dates.toml.

    Raises BadKnowledge, naming file and key, for unknown keys, missing lists and lists that hold something else than
    words.
    """
    path = folder / "dates.toml"
    table = read_toml(path)
    check_keys(table, _KEYS, str(path))
    lists: dict[str, frozenset[str]] = {}
    for section, keys in _KEYS.items():
        words_by_key = table.get(section, {})
        check_keys(words_by_key, keys, f"{path} [{section}]")
        for key in keys:
            name = f"before_{key}" if section == "before" else key
            lists[name] = _read_list(words_by_key, key, f"{path} [{section}]")
    return DateWords(**lists)


def _read_list(words_by_key: Mapping[str, Any], key: str, where: str) -> frozenset[str]:
    words = words_by_key.get(key)
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
        raise BadKnowledge(f"{where}: {key} must be a list of words.", 'Write it as: ["first", "second"].')
    return frozenset(words)
