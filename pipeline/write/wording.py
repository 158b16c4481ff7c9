"""Small pieces of English: numbers with their nouns, names as words, excerpts that end at a word."""

from __future__ import annotations

from pipeline.text.normalize import collapse_whitespace


def counted(number: int, noun: str) -> str:
    """The number with its noun: ``counted(1, "article")`` is "1 article", with 2 it is "2 articles"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def excerpt(text: str, limit: int) -> str:
    """The text in one line; one longer than ``limit`` characters is cut after the last whole word and marked " …"."""
    line = collapse_whitespace(text)
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"


def spell_out(name: str) -> str:
    """A column's or type's name as words: "speaker_type" is "speaker type"."""
    return name.replace("_", " ")


def as_sentences(reason: str, hint: str) -> str:
    """Why something failed and what to do about it, in one line: "empty" and "Fill it." give "empty. Fill it."."""
    return f"{reason.rstrip('.')}. {hint}".rstrip() if hint else reason


def printable(text: str) -> str:
    """The text with "?" for every control character, so that no file name or article can steer the terminal."""
    return "".join(character if character.isprintable() else "?" for character in text)
