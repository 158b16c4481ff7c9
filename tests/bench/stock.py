"""The yardstick, run as a script of its own: ``spacy.load(MODEL).pipe`` with its default settings over FOLDER."""

import sys
from pathlib import Path

import spacy

model, folder = sys.argv[1:]
nlp = spacy.load(model)
texts = (path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt")))
for _ in nlp.pipe(texts):
    pass
