"""The one place that loads and tunes spaCy: a shadow text of equal length goes in, a parsed Doc comes out.

``token.idx`` of every Doc is an offset into ``Article.text``. The parse never sees blocks that are not read, and no
sentence runs across a block. Of the stock pipeline only tagger, parser and NER run: coarse parts of speech and lemmas
come from the tags here, many times cheaper than the attribute ruler and the lemmatizer component.
"""

from __future__ import annotations

import importlib.util
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pipeline.errors import BadModel
from pipeline.knowledge.models import load_models
from pipeline.records import READ_ROLES, Article, Span
from pipeline.settings import DEFAULT_MODEL

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Longer texts are parsed in parts, cut between blocks where possible, so that memory stays bounded.
SEGMENT_CHARS = 20_000
#: Whole articles per batch; more costs memory and gains nothing on a laptop.
BATCH = 16

_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»〝〞", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("\n\r\t\x0b\x0c\x85\xa0\u2007\u2009\u200a\u2028\u2029\u202f", " "),
    }
)

#: Penn Treebank tag to Universal part of speech (universaldependencies.org, table "en-penn"), as spaCy maps it.
_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "VB": "VERB", "VBD": "VERB", "VBG": "VERB",
    "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "MD": "AUX", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "AFX": "ADJ",
    "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "WRB": "SCONJ", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WP$": "PRON", "WDT": "PRON", "EX": "PRON", "DT": "DET", "PDT": "DET", "IN": "ADP", "RP": "ADP", "CC": "CCONJ",
    "CD": "NUM", "TO": "PART", "POS": "PART", "UH": "INTJ", "SYM": "SYM", "$": "SYM", "#": "SYM", "FW": "X",
    "LS": "X", "XX": "X", "ADD": "X", "_SP": "SPACE",
}  # fmt: skip
#: Ranks and titles whose full stop spaCy's tokenizer splits off, so that a sentence would end before the name.
_TITLES = frozenset({
    "Amb.", "Atty.", "Brig.", "Capt.", "Cdr.", "Cllr.", "Cmdr.", "Col.", "Cpl.", "Det.", "Drs.", "Gens.", "Govs.",
    "Hon.", "Insp.", "Lt.", "Maj.", "Msgr.", "Pte.", "Pvt.", "Reps.", "Sens.", "Sgt.", "Supt.",
})  # fmt: skip
_BASE_TAGS = frozenset({"NN", "VB", "VBP", "JJ", "RB", "MD", "CD"})
_FIXED_LEMMAS = {
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be", "'m": "be",
    "'re": "be", "has": "have", "had": "have", "having": "have", "'ve": "have", "does": "do", "did": "do",
    "done": "do", "doing": "do", "n't": "not", "'ll": "will", "wo": "will", "ca": "can",
}  # fmt: skip
#: What a pipeline must have: of its lemmatizer only the tables are used.
_PARTS, _TABLES = ("tagger", "parser", "ner", "lemmatizer"), ("lemma_exc", "lemma_index", "lemma_rules")
_LEMMA_CLASS = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj", "ADV": "adv"}


def load_nlp(model: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy pipeline by name or folder, with only the parts whose output is read.

    Raises BadModel when it isn't installed, is for another language or lacks tagger, parser, NER or lemmatizer.
    """
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    # numpy's BLAS beats blis on these small matrices; measured, see tests/bench/RESULTS.md.
    set_current_ops(NumpyOps(use_blis=False))
    where = model_folder(model)
    with warnings.catch_warnings():
        # The md weights are of 3.7; they load and parse the same under 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        try:
            nlp = spacy.load(where, exclude=["senter"], disable=["attribute_ruler", "lemmatizer"])
        except (OSError, ValueError) as error:
            raise BadModel(
                f"The spaCy model {model!r} can't be loaded: {str(error).splitlines()[0]}",
                f"Install it again, or leave --model out to use {DEFAULT_MODEL}.",
            ) from error
    if lacks := _lacks(nlp):
        raise BadModel(
            f"The spaCy model {model!r} {lacks}.", "Name a full English pipeline with --model, such as en_core_web_sm."
        )
    for title in sorted(_TITLES):
        nlp.tokenizer.add_special_case(title, [{"ORTH": title}])  # type: ignore[union-attr]
    nlp.max_length = 10**9  # segments bound the length already
    return nlp


def _lacks(nlp: Language) -> str:
    """What is wrong with a pipeline for our use; empty when nothing is."""
    if nlp.lang != "en":
        return f"is for the language {nlp.lang!r}, not for English"
    missing = [part for part in _PARTS if part not in nlp.component_names]
    if missing:
        return f"has no {' and no '.join(missing)}"
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", ())
    return "" if all(table in lookups for table in _TABLES) else "has a lemmatizer without rules"


def model_folder(model: str) -> Path:
    """The folder with the pipeline's config.cfg: a path as given, or inside the installed package of that name.

    Raises BadModel when neither is there.
    """
    if (Path(model) / "config.cfg").is_file():
        return Path(model)
    pinned = load_models().get(model)
    for name in (pinned.package if pinned else "", model):
        if not name.isidentifier():
            continue
        package = importlib.util.find_spec(name)  # not imported: some packages load their model's data at import
        if package is None or not package.origin:
            continue
        folder = Path(package.origin).parent
        inside = sorted(path.parent for path in folder.glob("*/config.cfg"))
        if (folder / "config.cfg").is_file():
            return folder
        if inside:
            return inside[0]
    raise BadModel(
        f"No spaCy model {model!r} is installed.",
        f"Leave --model out to use {DEFAULT_MODEL}, or install the other as spacy.io/models says, then run again.",
    )


def shadow(article: Article) -> str:
    """The text as the parser sees it: same length, straight quotation marks, no line breaks, only what is read."""
    pieces: list[str] = []
    at = 0
    for block in article.blocks:
        if block.role not in READ_ROLES or block.repeated:
            continue
        pieces.append(" " * (block.start - at))
        pieces.append(article.text[block.start : block.end].translate(_SAME_LENGTH))
        at = block.end
    pieces.append(" " * (len(article.text) - at))
    return "".join(pieces)


def parse(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Parse articles in order, streaming; each is parsed once, long ones in parts joined again."""
    from spacy.tokens import Doc

    parts: list[Doc] = []
    stream = nlp.pipe(_segment_docs(nlp, articles), as_tuples=True, batch_size=BATCH)
    for doc, (article, last) in stream:
        parts.append(doc)
        if not last:
            continue
        whole = parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)
        parts = []
        if whole is None:  # spaCy's stub allows it; an empty list is never passed
            raise AssertionError("no part to join")
        _finish(whole, nlp)
        yield article, whole


def _segment_docs(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Doc, tuple[Article, bool]]]:
    for article in articles:
        text = shadow(article)
        starts = {block.start for block in article.blocks if block.role in READ_ROLES and not block.repeated}
        cuts = list(_segments(text, sorted(starts)))
        for index, (start, end) in enumerate(cuts):
            doc = nlp.make_doc(text[start:end])
            before_space, after_title = True, False
            for token in doc:
                # Blanks between blocks are a sentence of their own, so that they touch no real one.
                blank = token.is_space and len(token) > 1
                opens = before_space or blank or token.idx + start in starts
                token.is_sent_start = True if opens else False if after_title else None
                before_space = blank and _between(article, token.idx + start)
                after_title = token.text in _TITLES
            yield doc, (article, index == len(cuts) - 1)


def _between(article: Article, offset: int) -> bool:
    block = article.block_at(offset)
    return block is None or block.repeated or block.role not in READ_ROLES


def _segments(text: str, starts: list[int]) -> Iterator[Span]:
    """Cut a long text before a block, else after a sentence's end, else at a blank, else hard."""
    at = 0
    while len(text) - at > SEGMENT_CHARS:
        limit = at + SEGMENT_CHARS
        cut = max((start for start in starts if at < start <= limit), default=0)
        if cut <= at:
            stops = [match.end() for match in re.finditer(r"[.!?][\"')]* ", text[at:limit])]
            blank = text.rfind(" ", at + 1, limit)
            cut = at + stops[-1] if stops else blank + 1 if blank > at else limit
        yield at, cut
        at = cut
    yield at, len(text)


def _finish(doc: Doc, nlp: Language) -> None:
    """Set coarse part of speech and lemma of every token from its tag (and, for auxiliaries, its relation)."""
    known = _CACHES.setdefault(nlp, {})
    lemmatize = partial(_lemma, nlp)
    for token in doc:
        tag = token.tag_
        key = (token.text, tag, token.dep_ in ("aux", "auxpass"))
        entry = known.get(key)
        if entry is None:
            entry = known[key] = lemmatize(*key)
        token.pos_, token.lemma_ = entry


_CACHES: WeakKeyDictionary[Language, dict[tuple[str, str, bool], tuple[str, str]]] = WeakKeyDictionary()


def _lemma(nlp: Language, text: str, tag: str, auxiliary: bool) -> tuple[str, str]:
    lower = text.lower()
    pos = _POS.get(tag, "PUNCT")
    if lower == "'s" and tag == "VBZ":
        return "AUX", "be"
    if pos == "VERB" and (auxiliary or _FIXED_LEMMAS.get(lower, lower) == "be"):
        pos = "AUX"
    if pos == "PROPN":
        return pos, text
    if lower in _FIXED_LEMMAS:
        return pos, _FIXED_LEMMAS[lower]
    kind = _LEMMA_CLASS.get(pos)
    if kind is None or tag in _BASE_TAGS:
        return pos, lower
    return pos, _rule_lemma(nlp, lower, kind)


def _rule_lemma(nlp: Language, word: str, kind: str) -> str:
    """spaCy's English rule lemmatizer (tables of spacy-lookups-data, from WordNet) for one inflected word."""
    tables: Any = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    exceptions = tables.get_table("lemma_exc").get(kind, {}).get(word)
    if exceptions:
        return str(exceptions[0])
    index = tables.get_table("lemma_index").get(kind, {})
    unknown = ""
    for old, new in tables.get_table("lemma_rules").get(kind, []):
        if not word.endswith(old):
            continue
        form = word[: len(word) - len(old)] + new
        if form in index:
            return str(form)
        unknown = unknown or form
    return unknown or word
