"""The one place that loads and tunes spaCy: a text of equal length goes in, a parsed Doc comes out.

The parser's text (``parser_text``) has the characters of the article in the same places, with straight quotation marks
and blanks for line breaks and for blocks that are not read. So ``token.idx`` of every Doc is an offset into
``Article.text``, the parse never sees blocks that are not read, and no sentence runs across a block.
Of the stock pipeline only tagger, parser and NER run: coarse parts of speech and lemmas come from the tags here, many
times cheaper than the attribute ruler and the lemmatizer component.
"""

from __future__ import annotations

import importlib.util
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pipeline.errors import BadModel
from pipeline.knowledge.models import load_models
from pipeline.nlp.loading import load_pipeline
from pipeline.nlp.sentence_starts import is_parsed, join_firms, set_sentence_starts
from pipeline.nlp.spacy_import import import_spacy
from pipeline.nlp.whole_words import whole_words
from pipeline.records import Article
from pipeline.settings import DEFAULT_MODEL
from pipeline.text.parts import cut_text

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    #: A stretch of an article's text, tokenized; the article, and whether it is its last.
    _Segment = tuple[Doc, tuple[Article, bool]]

#: Characters. Longer texts are parsed in parts, cut between blocks where possible, so that memory stays bounded: 20,000
#: are some 3,300 words; of 1,246 gold articles one is longer.
SEGMENT_CHARS = 20_000
#: Characters. Longer runs without a blank are cut, as the tokenizer takes the square of their length: 20,000 brackets
#: would be minutes, 1,000 are a tenth of a second. The longest addresses in articles are some hundreds.
LONGEST_RUN = 1_000
#: In what length they are cut.
_CUT_RUN = 100
#: Texts that are parsed together; more costs memory and gains nothing on a laptop. Set by hand.
BATCH_SIZE = 16
#: For how many texts a component is asked: spaCy's parsers take a quarter of so many at once, a word of each in one
#: step, so all of a batch.
_PARSER_BATCH_SIZE = 4 * BATCH_SIZE
#: Tokens per batch, for its parse takes some 20 KB of memory a token: two segments of a long article, or ten ordinary
#: ones. Larger batches are no faster.
BATCH_TOKENS = 8_000

#: Characters the models saw seldom, to the one of the same length that they know.
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»〝〞", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("\n\r\t\x0b\x0c\x85\xa0\u2007\u2009\u200a\u2028\u2029\u202f", " "),
    }
)

_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")

#: Penn Treebank tag to Universal part of speech (universaldependencies.org, table "en-penn"), as spaCy maps it.
_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "VB": "VERB", "VBD": "VERB", "VBG": "VERB",
    "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "MD": "AUX", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "AFX": "ADJ",
    "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "WRB": "SCONJ", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WP$": "PRON", "WDT": "PRON", "EX": "PRON", "DT": "DET", "PDT": "DET", "IN": "ADP", "RP": "ADP", "CC": "CCONJ",
    "CD": "NUM", "TO": "PART", "POS": "PART", "UH": "INTJ", "SYM": "SYM", "$": "SYM", "#": "SYM", "FW": "X",
    "LS": "X", "XX": "X", "ADD": "X", "_SP": "SPACE",
}  # fmt: skip
#: Tags of words that are their own lemma.
_BASE_TAGS = frozenset({"NN", "VB", "VBP", "JJ", "RB", "MD", "CD"})
#: Words to lemmas that no rule gives.
_FIXED_LEMMAS = {
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be", "'m": "be",
    "'re": "be", "has": "have", "had": "have", "having": "have", "'ve": "have", "does": "do", "did": "do",
    "done": "do", "doing": "do", "n't": "not", "'ll": "will", "wo": "will", "ca": "can",
}  # fmt: skip
#: Components a pipeline must have.
_COMPONENTS = ("tagger", "parser", "ner", "lemmatizer")
#: Tables its lemmatizer must have; nothing else of the lemmatizer is used.
_TABLES = ("lemma_exc", "lemma_index", "lemma_rules")
#: Universal part of speech to the name of its class in these tables.
_LEMMA_CLASS = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj", "ADV": "adv"}


def load_nlp(model: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy pipeline by name or folder, with only the parts whose output is read.

    Loading takes about a second, so load once and pass the result on. Raises BadModel when it isn't installed, is for
    another language or lacks tagger, parser, NER or lemmatizer.
    """
    import_spacy()
    from thinc.api import use_ops

    from pipeline.nlp.embeddings import remember_embeddings  # which loads numpy
    from pipeline.nlp.encoder import compute_encoders

    folder = model_folder(model)
    # numpy's BLAS beats blis on these small matrices; measured, see tests/bench/RESULTS.md. A model keeps
    # the ops that are current when it is made; those of whoever calls stay as they are.
    with use_ops("numpy", use_blis=False), warnings.catch_warnings():
        # The md weights are of 3.7; they load and parse the same under 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        try:
            nlp = load_pipeline(folder)
        except (OSError, ValueError, SystemError) as error:
            if "memory" in str(error) or isinstance(error.__cause__, MemoryError):  # as libraries say it
                raise MemoryError(str(error)) from error
            raise BadModel(
                f"The spaCy model {model!r} can't be loaded: {str(error).splitlines()[0]}",
                f"Install it again, or leave --model out to use {DEFAULT_MODEL}.",
            ) from error
    if fault := _find_fault(nlp):
        raise BadModel(
            f"The spaCy model {model!r} {fault}.", "Name a full English pipeline with --model, such as en_core_web_sm."
        )
    for word, attributes in whole_words():
        nlp.tokenizer.add_special_case(word, [attributes])  # type: ignore[union-attr]
    nlp.max_length = 10**9  # segments bound the length already
    remember_embeddings(nlp)
    compute_encoders(nlp)
    return nlp


def _find_fault(nlp: Language) -> str:
    """What is wrong with a pipeline for our use, to stand after its name; empty when nothing is."""
    if nlp.lang != "en":
        return f"is for the language {nlp.lang!r}, not for English"
    missing = [component for component in _COMPONENTS if component not in nlp.component_names]
    if missing:
        return f"has no {' and no '.join(missing)}"
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", ())
    return "" if all(table in lookups for table in _TABLES) else "has a lemmatizer without rules"


def model_folder(model: str) -> Path:
    """The folder with the pipeline's config.cfg: a path as given, or inside the installed package of that name.

    A name of models/spacy.toml stands for the package pinned there. Nothing is imported or loaded. Raises BadModel when
    there is neither folder nor package.
    """
    if (Path(model) / "config.cfg").is_file():
        return Path(model)
    pinned = load_models().get(model)
    for name in (pinned.package if pinned else "", model):
        folder = _folder_of_package(name)
        if folder is not None:
            return folder
    raise BadModel(
        f"No spaCy model {model!r} is installed.",
        f"Leave --model out to use {DEFAULT_MODEL}, or install the other as spacy.io/models says, then run again.",
    )


def _folder_of_package(name: str) -> Path | None:
    """The folder with config.cfg in an installed package, or None."""
    if not name.isidentifier():
        return None
    package = importlib.util.find_spec(name)  # not imported: some packages load their model's data at import
    if package is None or not package.origin:
        return None
    folder = Path(package.origin).parent
    if (folder / "config.cfg").is_file():
        return folder
    return next(iter(sorted(path.parent for path in folder.glob("*/config.cfg"))), None)


def parser_text(article: Article) -> str:
    """The text as the parser sees it: same length, straight quotation marks, no line breaks, only what is read.

    What is not read, and repeated blocks, are blanks; so is every hundredth character of a run without blanks that is
    longer than ``LONGEST_RUN``.
    """
    pieces: list[str] = []
    offset = 0
    for block in article.blocks:
        if not is_parsed(block):
            continue
        pieces.append(" " * (block.start - offset))
        pieces.append(article.text[block.start : block.end].translate(_SAME_LENGTH))
        offset = block.end
    pieces.append(" " * (len(article.text) - offset))
    return _LONG_RUN.sub(_cut_run, "".join(pieces))


def _cut_run(run: re.Match[str]) -> str:
    """The run with blanks in it, as long as before."""
    return "".join(run[0][start : start + _CUT_RUN - 1] + " " for start in range(0, len(run[0]), _CUT_RUN))[
        : len(run[0])
    ]


def parse(nlp: Language, articles: Iterable[Article]) -> Iterator[tuple[Article, Doc]]:
    """Parse articles in order, streaming; each is parsed once, long ones in parts joined again.

    Yields every article with its Doc, whose tokens have tag, part of speech, lemma, relation, head and entity type.
    Articles are drawn ahead by a batch.
    """
    from spacy.tokens import Doc

    parts: list[Doc] = []
    segments = _segment_docs(nlp, articles)
    for part, (article, is_last) in chain.from_iterable(_annotate(nlp, batch) for batch in _batch_segments(segments)):
        parts.append(part)
        if not is_last:
            continue
        doc = parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)
        parts = []
        if doc is None:  # spaCy's stub allows it; an empty list is never passed
            raise AssertionError("no part to join")
        _set_pos_and_lemmas(doc, nlp)
        join_firms(doc)
        yield article, doc


def _annotate(nlp: Language, batch: list[_Segment]) -> Iterator[_Segment]:
    """The segments of a batch, parsed."""
    from pipeline.nlp.annotation import annotate  # which loads numpy

    docs = annotate(nlp, [doc for doc, _ in batch], batch_size=_PARSER_BATCH_SIZE, capacity=BATCH_TOKENS)
    return zip(docs, [context for _, context in batch], strict=True)


def _batch_segments(segments: Iterable[_Segment]) -> Iterator[list[_Segment]]:
    """The segments in batches that are parsed together, bounded in number and in tokens."""
    batch: list[_Segment] = []
    tokens = 0
    for segment in segments:
        length = len(segment[0])
        if batch and (len(batch) == BATCH_SIZE or tokens + length > BATCH_TOKENS):
            yield batch
            batch, tokens = [], 0
        batch.append(segment)
        tokens += length
    if batch:
        yield batch


def _segment_docs(nlp: Language, articles: Iterable[Article]) -> Iterator[_Segment]:
    """The parts of each article's text, tokenized, each with its article and whether it is the last."""
    for article in articles:
        text = parser_text(article)
        block_starts = {block.start for block in article.blocks if is_parsed(block)}
        cuts = list(cut_text(text, sorted(block_starts), SEGMENT_CHARS))
        for number, (start, end) in enumerate(cuts, 1):
            doc = nlp.make_doc(text[start:end])
            set_sentence_starts(doc, start, article, block_starts)
            yield doc, (article, number == len(cuts))


def _set_pos_and_lemmas(doc: Doc, nlp: Language) -> None:
    """Set coarse part of speech and lemma of every token from its tag (and, for auxiliaries, its relation)."""
    import numpy as np

    if not len(doc):
        return
    cache = _CACHES.setdefault(nlp, {})
    strings = doc.vocab.strings
    auxiliary = {strings["aux"], strings["auxpass"]}
    values = []
    for word, tag, relation in doc.to_array(["ORTH", "TAG", "DEP"]).tolist():
        key = (word, tag, relation in auxiliary)
        pos_and_lemma = cache.get(key)
        if pos_and_lemma is None:
            pos, lemma = _find_pos_and_lemma(nlp, strings[word], strings[tag], key[2])
            pos_and_lemma = cache[key] = strings[pos], strings.add(lemma)
        values.append(pos_and_lemma)
    array: Any = np.array(values, np.uint64)
    doc.from_array(["POS", "LEMMA"], array)


#: By pipeline: word, tag and whether it is an auxiliary, to part of speech and lemma; all as spaCy numbers them.
_CACHES: WeakKeyDictionary[Language, dict[tuple[int, int, bool], tuple[int, int]]] = WeakKeyDictionary()


def _find_pos_and_lemma(nlp: Language, text: str, tag: str, is_auxiliary: bool) -> tuple[str, str]:
    lower = text.lower()
    pos = _POS.get(tag, "PUNCT")
    if lower == "'s" and tag == "VBZ":
        return "AUX", "be"
    if pos == "VERB" and (is_auxiliary or _FIXED_LEMMAS.get(lower, lower) == "be"):
        pos = "AUX"
    if pos == "PROPN":
        return pos, text
    if lower in _FIXED_LEMMAS:
        return pos, _FIXED_LEMMAS[lower]
    word_class = _LEMMA_CLASS.get(pos)
    if word_class is None or tag in _BASE_TAGS:
        return pos, lower
    return pos, _lemmatize_by_rules(nlp, lower, word_class)


def _lemmatize_by_rules(nlp: Language, word: str, word_class: str) -> str:
    """spaCy's English rule lemmatizer (tables of spacy-lookups-data, from WordNet) for one inflected word."""
    exceptions, index, rules = _LEMMA_TABLES.setdefault(nlp, {}).get(word_class) or _lemma_tables(nlp, word_class)
    if word in exceptions:
        return str(exceptions[word][0])
    first_form = ""
    for ending, lemma_ending in rules:
        if not word.endswith(ending):
            continue
        form = word[: len(word) - len(ending)] + lemma_ending
        if form in index:
            return form
        first_form = first_form or form
    return first_form or word


def _lemma_tables(nlp: Language, word_class: str) -> _LemmaTables:
    """The tables of a class of words, kept for the next: lemmas of exceptions by word, all lemmas, endings."""
    lookups: Any = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    tables = _LEMMA_TABLES[nlp][word_class] = (
        {word: lemmas for word, lemmas in lookups.get_table("lemma_exc").get(word_class, {}).items() if lemmas},
        frozenset(lookups.get_table("lemma_index").get(word_class, ())),  # a list, in which each search takes long
        [(ending, lemma_ending) for ending, lemma_ending in lookups.get_table("lemma_rules").get(word_class, ())],
    )
    return tables


_LemmaTables = tuple[Mapping[str, Sequence[str]], frozenset[str], Sequence[tuple[str, str]]]
#: By pipeline: its tables by class of words ("verb", "noun", "adj", "adv").
_LEMMA_TABLES: WeakKeyDictionary[Language, dict[str, _LemmaTables]] = WeakKeyDictionary()
