from pathlib import Path

import numpy as np
import pytest
import spacy
import srsly
from spacy.vectors import Vectors

from pipeline.nlp import model_folder
from pipeline.nlp.vectors import _read_entries, load_vectors
from pipeline.settings import DEFAULT_MODEL

#: The numbers at which msgpack begins to write them differently.
EDGES = (0, 127, 128, 255, 256, 65_535, 65_536, 2**32 - 1, 2**32, 2**64 - 1)
#: As hashes of words are, and enough of them for a map of its largest kind; rows of up to five bytes.
MANY = {0x9E3779B97F4A7C15 * number % 2**64: number % 70_000 for number in range(1, 66_000)}


@pytest.mark.parametrize("rows", [MANY | {edge: edge % 70_000 for edge in EDGES}, {7: 1}, {}])
def test_words_are_found_in_the_rows_that_the_file_says(tmp_path: Path, rows: dict[int, int]) -> None:
    saved = Vectors(shape=(70_001, 1))
    saved.key2row = rows
    saved.to_disk(tmp_path / "vocab")
    vectors = Vectors()
    load_vectors(vectors, tmp_path)
    keys = [*rows, 3, 2**63 + 1]
    assert vectors.find(keys=keys).tolist() == [rows.get(key, -1) for key in keys]
    assert dict(vectors.key2row) == rows
    assert np.array_equal(vectors.data, saved.data)


def test_the_words_of_the_model_are_found_as_spacy_finds_them() -> None:
    file = model_folder(DEFAULT_MODEL) / "vocab" / "key2row"
    keys, rows = _read_entries(file.read_bytes())
    assert dict(zip(keys.tolist(), rows.tolist(), strict=True)) == srsly.read_msgpack(file)


@pytest.mark.parametrize(
    "data",
    [
        b"\xdf\0\0\0\1",  # an entry is missing
        b"\xdf\0\0\0\1\x01",  # its row is
        b"\xdf\0\0\0\1\x01\x02\x03\x04",  # one too many
        b"\xdf\0\0\0\1\xa1a\x01",  # a text
    ],
)
def test_a_damaged_file_is_a_mistake_of_the_model(data: bytes) -> None:
    with pytest.raises(ValueError, match="key2row"):
        _read_entries(data)


def test_a_model_without_vectors_has_none(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    vectors = Vectors()
    load_vectors(vectors, tmp_path)
    assert len(vectors.key2row) == 0
