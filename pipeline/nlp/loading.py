"""Loads a pipeline from its folder without what no article needs, in half of the time that ``spacy.load`` takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.nlp.spacy_import import import_spacy

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

#: Components that make texts only of labels and rules of their own, none of words that a pipeline has met in training.
_WITHOUT_WORDS = frozenset({"tok2vec", "tagger", "parser", "senter", "ner", "attribute_ruler", "lemmatizer"})
#: spaCy's own tokenizer, as a configuration names it, and the same one before it has read its rules.
_TOKENIZER = "spacy.Tokenizer.v1"
_EMPTY_TOKENIZER = "newsclaims.EmptyTokenizer.v1"


def load_pipeline(folder: Path) -> Language:
    """The pipeline in ``folder``, with the components that ``load_nlp`` needs; of the others their tables alone.

    Raises OSError, ValueError or SystemError as ``spacy.load`` does.
    """
    import_spacy()
    import spacy

    from pipeline.nlp.vectors import load_vectors  # which loads numpy

    nlp = spacy.load(
        folder,
        exclude=["senter", "strings", "vectors"],
        disable=["attribute_ruler", "lemmatizer"],
        config=_overrides(folder),
    )
    _load_strings(nlp, folder)
    load_vectors(nlp.vocab.vectors, folder)
    return nlp


def _overrides(folder: Path) -> dict[str, Any]:
    """What to change in the pipeline's configuration: its tokenizer reads all of its rules from ``folder`` anyway.

    spaCy makes it with the rules of the language first, which takes as long as to read them.
    """
    from spacy.util import load_config, registry

    registry.tokenizers(_EMPTY_TOKENIZER, func=_make_tokenizer)
    tokenizer = load_config(folder / "config.cfg").get("nlp", {}).get("tokenizer")
    return {"nlp": {"tokenizer": {"@tokenizers": _EMPTY_TOKENIZER}}} if tokenizer == {"@tokenizers": _TOKENIZER} else {}


def _make_tokenizer() -> Callable[[Language], Tokenizer]:
    from spacy.tokenizer import Tokenizer

    return lambda nlp: Tokenizer(nlp.vocab)


def _load_strings(nlp: Language, folder: Path) -> None:
    """Load the texts of all words that a pipeline has met, if a component may need them; ``folder`` is the pipeline's.

    Those of an article are added as it is tokenized. The md model has 776,000, which take half a second and 130 MB.
    """
    if not _WITHOUT_WORDS.issuperset(nlp.get_pipe_meta(name).factory for name in nlp.component_names):
        nlp.vocab.strings.from_disk(folder / "vocab" / "strings.json")
