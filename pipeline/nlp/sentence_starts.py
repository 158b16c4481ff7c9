"""Where sentences start for certain, as told to the parser before it parses, and firms that it parts at their end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.records import READ_ROLES, Article, Block

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Ranks and titles whose full stop spaCy's tokenizer splits off, so that a sentence would end before the name.
TITLES = frozenset({
    "Adv.", "Ald.", "Amb.", "Asst.", "Atty.", "Barr.", "Brig.", "Capt.", "Cdr.", "Cllr.", "Cmdr.", "Col.", "Const.",
    "Coun.", "Cpl.", "Cst.", "Dep.", "Det.", "Drs.", "Engr.", "Fr.", "Gens.", "Govs.", "Hon.", "Insp.", "Lt.", "Maj.",
    "Msgr.", "Ofc.", "Pfc.", "Pres.", "Pte.", "Pvt.", "Reps.", "Revd.", "Sens.", "Sgt.", "Smt.", "Spc.", "Supt.",
    "Usec.", "Asec.",
})  # fmt: skip
#: Abbreviations whose full stop ends a sentence, too, where a number, or a firm's name, stands before it.
_UNITS = frozenset({"m."})
_FIRMS = frozenset({"Co.", "Corp.", "Inc.", "Ltd.", "Bros.", "Sons."})
#: Words that begin a sentence behind them, if no quotation does: "an analyst at Harrow & Co. She added that ...".
_OPENING_WORDS = frozenset({"He", "She", "They", "It", "We", "I", "The", "But", "In"})
_OPENING_MARKS = frozenset({'"', "“", "‘", "'"})


def is_parsed(block: Block) -> bool:
    """Whether the parser sees a block: it is of a kind that is read, and no repetition."""
    return block.role in READ_ROLES and not block.repeated


def set_sentence_starts(doc: Doc, shift: int, article: Article, block_starts: set[int]) -> None:
    """Fix for the parser where sentences start: with each block, never after a title such as "Sgt.", in a headline only
    after punctuation, and behind an abbreviation that ends one ("rose to £410m. Chairman Sir Colin Brandt said").

    Headlines, which the parser saw seldom, are otherwise cut in the middle: "Firm to close plant | next March".

    Blanks between blocks are a sentence of their own, so that they touch no real one. ``shift`` is the offset of the
    part that ``doc`` is of in the article.
    """
    # As arrays: ``token.is_sent_start = ...`` looks through the whole Doc each time.
    import numpy as np

    if not len(doc):
        return
    columns = doc.to_array(["ORTH", "IDX", "LENGTH", "IS_SPACE"])
    offsets = columns[:, 1].astype(np.int64) + shift
    is_blank = (columns[:, 3] == 1) & (columns[:, 2] > 1)
    gaps = [token for token in is_blank.nonzero()[0].tolist() if _is_between_blocks(article, int(offsets[token]))]
    # Sets, not np.isin: that loads masked arrays, and takes longer to find so few.
    titles = {doc.vocab.strings[title] for title in TITLES}
    starts = [token for token, offset in enumerate(offsets.tolist()) if offset in block_starts]
    marks: Any = np.zeros(len(doc) + 1, np.int64)
    marks[[token for token, word in enumerate(columns[:, 0].tolist(), 1) if word in titles]] = -1
    for block in article.blocks:
        if block.role == "headline" and is_parsed(block):
            words = ((offsets >= block.start) & (offsets < block.end)).nonzero()[0].tolist()
            marks[[word + 1 for word in words if not _may_end_sentence(doc[word].text)]] = -1
    ends = {doc.vocab.strings[word] for word in _UNITS | _FIRMS}
    behind = [token + 1 for token, word in enumerate(columns[:, 0].tolist()) if word in ends and _ends_here(doc, token)]
    marks[[start + 1 for start in behind if doc[start].text in _OPENING_MARKS]] = -1  # a mark is no sentence by itself
    marks[behind] = 1
    marks[[0, *(gap + 1 for gap in gaps)]] = 1
    marks[:-1][is_blank] = 1
    marks[starts] = 1
    doc.from_array(["SENT_START"], marks[:-1].astype(np.uint64))


def _ends_here(doc: Doc, token: int) -> bool:
    """Whether a sentence ends with an abbreviation: a quotation or a word that begins one follows it."""
    if token + 2 >= len(doc) or not doc[token].whitespace_:
        return False
    word, after = doc[token + 1].text, doc[token + 2].text
    is_quotation = word in _OPENING_MARKS and not doc[token + 1].whitespace_ and after[0].isupper()
    if doc[token].text in _UNITS:
        return token > 0 and doc[token - 1].like_num and (is_quotation or word[0].isupper())
    return is_quotation or word in _OPENING_WORDS


def _may_end_sentence(word: str) -> bool:
    """Whether a sentence may end with that token: with punctuation other than a comma."""
    return not word[-1].isalnum() and word != ","


def _is_between_blocks(article: Article, offset: int) -> bool:
    block = article.block_at(offset)
    return block is None or not is_parsed(block)


def join_firms(doc: Doc) -> None:
    """Hang the "Co." of "an analyst at Harrow & Co." on "Harrow" where the parser hung it on the verb.

    Changes the heads and relations of ``doc``.
    """
    import numpy as np

    words = doc.to_array(["ORTH"])
    firms = [doc.vocab.strings[firm] for firm in sorted(_FIRMS)]
    for last in np.concatenate([(words == firm).nonzero()[0] for firm in firms]).tolist():
        if last < 2 or doc[last - 1].text not in ("&", "and") or doc[last - 1].sent != doc[last].sent:
            continue
        name = doc[last - 2]
        if name.tag_ == "NNP" and doc[last].head.i < last - 2 and doc[last].head != name.head:
            doc[last].head, doc[last].dep_ = name, "conj"
            doc[last - 1].head, doc[last - 1].dep_ = name, "cc"
