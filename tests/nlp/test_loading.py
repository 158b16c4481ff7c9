import json
import subprocess
import sys

import pytest
import spacy
from spacy.about import __version__
from spacy.tokenizer import Tokenizer

from pipeline import nlp as nlp_module
from pipeline.nlp import model_folder
from pipeline.nlp.spacy_import import _stand_ins
from pipeline.nlp.whole_words import whole_words
from pipeline.settings import DEFAULT_MODEL
from tests.helpers.command import ROOT

#: Imports spaCy as a run does, tells which of the modules that it is spared are there, then uses them.
SPARED = """
import json, sys
from pipeline.nlp.spacy_import import import_spacy
import_spacy()
import spacy
spared = [name for name in ("spacy.cli", "langcodes", "requests") if name in sys.modules]
language = spacy.util.find_matching_language("no")
import spacy.cli
print(json.dumps([spared, language, spacy.info()["spacy_version"], spacy.cli.app is not None]))
"""


@pytest.mark.slow
def test_what_spacy_is_spared_is_there_when_it_is_used() -> None:
    printed = subprocess.run(
        [sys.executable, "-c", SPARED], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert json.loads(printed) == [[], "nb", __version__, True]


def test_a_module_that_is_used_at_once_is_loaded_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with _stand_ins(["colorsys"]):
        from colorsys import rgb_to_hsv

        assert rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
        stays = sys.modules["colorsys"]
    assert sys.modules["colorsys"] is stays
    assert stays.__file__


@pytest.mark.model
def test_the_tokenizer_is_the_model_s_own() -> None:
    expected = Tokenizer(spacy.blank("en").vocab)
    expected.from_disk(model_folder(DEFAULT_MODEL) / "tokenizer")
    for word, attributes in whole_words():
        expected.add_special_case(word, [attributes])
    tokenizer = nlp_module.load_nlp().tokenizer
    assert isinstance(tokenizer, Tokenizer)
    assert tokenizer.to_bytes(exclude=["vocab"]) == expected.to_bytes(exclude=["vocab"])
