"""What speakers are called, and which of several are one."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.records import Speaker


def name_or_group(speaker: Speaker) -> str:
    """The speaker's name, of a group without one the words of the source."""
    return speaker.name or (speaker.text if speaker.type == "group" else "")


def without_possessive(words: str) -> str:
    """The words of a source that owns what it says: "the union" of "the union's answer"."""
    return words.removesuffix("'s").removesuffix("’s")


def without_repeated(speakers: Iterable[Speaker]) -> list[Speaker]:
    """The speakers without those named before: "Ada Brandt, manager, Ports Campaign" is one person."""
    kept: list[Speaker] = []
    for speaker in speakers:
        if not speaker.name or all(speaker.name != earlier.name for earlier in kept):
            kept.append(speaker)
    return kept
