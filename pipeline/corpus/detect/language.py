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

#: Words of the shortest text whose language is told by all its letters; no method is sure of a shorter one.
LEAST_WORDS = 20
#: A shorter text is in another language when it has at least three of that language's commonest words, a fifth of all
#: its words, and more than twice as many as English ones: "Das Werk in Sund wird im Juni geschlossen, sagte die Firma."
LEAST_FOREIGN = 3
FOREIGN_SHARE = 0.2
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
#: Commonest words of other languages that English texts don't have, names ("de", "la", "van") left out.
_FOREIGN_WORDS = {
    "de": "der das und ist nicht ein eine einen einem einer dem des im mit auf für von zu zum zur sich auch wird"
    " werden wurde wurden sind haben er sie es wir ich nach bei aus dass über vor sein seine ihre sagte",
    "fr": "les une est sont dans pour pas sur avec qui que ce cette ces ses sa il elle ont été au aux du et chez"
    " ne leur mais ou où nous vous dit",
    "es": "una es para en por del que se su sus al más pero como fue han ha este esta dijo según sobre"
    " entre también y dijeron",
    "it": "il gli una è sono della dei delle che di si al alla nel nella ha hanno ma anche più questo suo sua detto",
    "pt": "os uma é são para por com da dos das que não em na nos nas ao aos à mais mas foi ele ela seu disse o vai",
    "nl": "het een niet zijn op voor aan dat wordt worden werd naar ook uit om maar hij zij wij heeft hebben zei de en",
    "sv": "och att det är som inte på av för med till har var ett han hon den från om säger sade",
    "da": "og det er som ikke på af med til har var et han hun fra om sagde siger blev i",
    "pl": "nie jest się na że w z i o jak za od po dla przez został została było są ma",
}
_WORDS_OF = {language: frozenset(words.split()) for language, words in _FOREIGN_WORDS.items()}
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

    First by the commonest English words, then by py3langid's classifier of 97 languages; a text of fewer than
    LEAST_WORDS words by the commonest words of some languages alone.
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
    if words < LEAST_WORDS and letters < LEAST_LETTERS:
        return _language_of_few_words(_WORD.findall(" ".join(beginning)), common)
    if common >= ENGLISH_SHARE * words:
        return "en"
    ranked = _identifier().rank(" ".join(beginning)[:CLASSIFIED_CHARS])
    # Near kin (Malay, Indonesian) share what isn't English.
    return str(ranked[0][0]) if dict(ranked)["en"] <= 1 - SURE_NOT_ENGLISH else "en"


def _language_of_few_words(words: list[str], common: int) -> str:
    """The language whose commonest words a short text has; "en" unless they are plainly more than English ones."""
    counts = {language: sum(word in known for word in words) for language, known in _WORDS_OF.items()}
    best = max(counts, key=lambda language: counts[language])
    enough = max(LEAST_FOREIGN, FOREIGN_SHARE * len(words), 2 * common + 1)
    return best if counts[best] >= enough else "en"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
