"""Is it English? Only such articles are read: from others come claims that nobody made.

Most articles are told by their commonest words alone, at no cost. The rest go to py3langid (BSD, 97 languages): of the
small ones without a network it was right on every text tried, see tests/bench/RESULTS.md. What stays in doubt is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from pipeline.errors import UnreadableArticle
from pipeline.records import READ_ROLES, Article

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

#: Words of the shortest text whose language is told; a shorter one is taken for English, as no method is sure of it.
LEAST_WORDS = 20
#: The same for scripts without blanks between words: letters in scripts other than Latin.
LEAST_LETTERS = 40
#: From this share of the words below on a text is English, or in part: whole articles have 0.2 to 0.4, others none.
ENGLISH_SHARE = 0.06
#: Probability from which on py3langid is believed that a text isn't English; below it the article is read.
SURE_NOT_ENGLISH = 0.95
#: Characters of a text that py3langid is given, whose time grows with them.
CLASSIFIED_CHARS = 8000

#: English words that few other languages have ("a", "in", "i", "for", "is", "was" are everywhere).
_COMMON_WORDS = frozenset(
    "the of and to that with by from it his her their they has been be were are not but this which who would said an"
    " its he she you had about after when there".split()
)
_WORD = re.compile(r"[^\W\d_]+")
#: Letters of scripts other than Latin: Greek to Georgian, Indic, CJK, Hangul, Arabic forms, and beyond U+FFFF.
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2c80-\ua6ff\ua800-\ud7ff\uf900-\ufdff\ufe70-\uffdc\U00010000-\U0001efff]")


class NotEnglish(UnreadableArticle):
    """An article in another language; ``language`` is its ISO 639-1 code."""

    def __init__(self, language: str) -> None:
        super().__init__(f"not in English (language: {language})", "Only English articles are read.")
        self.language = language


def require_english(article: Article) -> None:
    """Raise NotEnglish for an article of whose read blocks less than about a fifth is in English.

    Only blocks that are read count, each once: an English menu doesn't make a German article English.
    """
    blocks = (block for block in article.blocks if block.role in READ_ROLES and not block.repeated)
    language = find_language(article.text[block.start : block.end] for block in blocks)
    if language != "en":
        raise NotEnglish(language)


def require_words(article: Article) -> None:
    """Raise UnreadableArticle for an article without a single letter."""
    if not _WORD.search(article.text):
        raise UnreadableArticle("there are no words in it", "Open it and look; delete it if it is no article.")


def find_language(blocks: Iterable[str]) -> str:
    """The ISO 639-1 code of the language that most of a text is in, given block by block; "en" where that is not sure.

    First by the commonest English words, then by py3langid's classifier of 97 languages.
    """
    beginning: list[str] = []
    words, common, letters, length = 0, 0, 0, 0
    for block in blocks:
        text = block.casefold()  # headlines in capitals mislead the classifier
        found = _WORD.findall(text)
        words, common = words + len(found), common + sum(word in _COMMON_WORDS for word in found)
        letters += len(_OTHER_SCRIPT.findall(text))
        if length < CLASSIFIED_CHARS:
            beginning.append(text)
            length += len(text)
    if (words < LEAST_WORDS and letters < LEAST_LETTERS) or common >= ENGLISH_SHARE * words:
        return "en"
    ranked = _identifier().rank(" ".join(beginning)[:CLASSIFIED_CHARS])
    # Near kin (Malay, Indonesian) share what isn't English.
    return str(ranked[0][0]) if dict(ranked)["en"] <= 1 - SURE_NOT_ENGLISH else "en"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
