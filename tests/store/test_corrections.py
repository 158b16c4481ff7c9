"""What a reviewer corrected besides the words: read, written, laid over the claim, found at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.records import Article, Block, Claim
from pipeline.store import Decision, open_store
from pipeline.store.corrections import Corrections, apply_corrections, find_content, load_corrections
from pipeline.store.words import find_words
from tests.helpers.store import decide, rows, run

TEXT = "She said the mine is shut. Ada Brandt said the mine will close on Friday. She said so in Oru."
ARTICLE = Article("d1", "key", "a.txt", TEXT, (Block(0, len(TEXT), "body"),))


def claim(corrections: str = "", corrected_text: str = "") -> Claim:
    start = TEXT.index("the mine will")
    return Claim(
        claim_type="quote", claim_text=TEXT[start : start + 19], speaker="Ada", speaker_text="Ada Brandt",
        confidence=0.5, reason="a rule", claim_id="c1", doc_id="d1", file="a.txt", start=start, end=start + 19,
        spans={"content": ((start, start + 19),), "source": ((27, 37),), "cue": ((38, 42),)},
        corrections=corrections, corrected_text=corrected_text,
    )  # fmt: skip


def test_corrections_go_there_and_back() -> None:
    corrections = Corrections(
        {"speaker": "Ana | Ben", "place": ("Łódź", "Oru"), "date_start": ""}, {"content": ((1, 4),)}
    )
    assert load_corrections(corrections.to_json()) == corrections
    assert Corrections().to_json() == ""
    assert load_corrections("") == Corrections()


@pytest.mark.parametrize(
    "text",
    [
        "speaker: Ana", "[1]", '{"speaker": 3}', '{"place": "Oru"}', '{"date_start": "soon"}', '{"claim_id": "x"}',
        '{"spans": {"content": [[4, 2]]}}', '{"spans": [1]}', '{"spans": 5}', '{"spans": null}',
        '{"spans": {"nose": [[1, 2]]}}', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_correction_changes_nothing_and_says_so(text: str) -> None:
    assert not load_corrections(text).is_valid
    corrected = apply_corrections(claim(corrections=text), ARTICLE)
    assert corrected.speaker == "Ada"
    assert "can't be read" in corrected.reason


def test_right_values_stand_in_their_columns_with_their_places() -> None:
    fix = {
        "speaker": "Ada Brandt",
        "speaker_text": "She",
        "date_text": ["on Friday"],
        "place": ["Oru"],
        "cue": "denied",
    }
    corrected = apply_corrections(claim(corrections=json.dumps(fix)), ARTICLE)
    assert (corrected.speaker, corrected.place, corrected.date_text) == ("Ada Brandt", ("Oru",), ("on Friday",))
    assert corrected.reason == (
        "a rule; corrected by the reviewer: speaker (was Ada), speaker_text (was Ada Brandt), cue (was empty), "
        "place (was empty), date_text (was empty)"
    )
    assert {role: TEXT[a:b] for role, [(a, b)] in corrected.spans.items()} == {
        "content": "the mine will close", "source": "She", "date": "on Friday", "place": "Oru",
    }  # fmt: skip
    assert corrected.spans["source"] == ((TEXT.rindex("She"), TEXT.rindex("She") + 3),)


def test_the_place_that_was_selected_is_kept_while_its_words_stand_there() -> None:
    for given, placed in (((0, 3), (0, 3)), ((4, 7), (74, 77))):
        fix = {"speaker_text": "She", "spans": {"source": [given]}}
        assert apply_corrections(claim(corrections=json.dumps(fix)), ARTICLE).spans["source"] == (placed,)


def test_corrected_words_are_found_nearest_to_the_claim() -> None:
    assert find_content(claim(), ARTICLE) == claim().spans["content"]
    (span,) = find_content(claim(corrected_text="The mine"), ARTICLE)
    assert span == (TEXT.index("the mine will"), TEXT.index("the mine will") + 8)
    fix = json.dumps({"spans": {"content": [[9, 17]]}})
    assert find_content(claim(corrected_text="the mine", corrections=fix), ARTICLE) == ((9, 17),)
    assert find_content(claim(corrected_text="the quarry"), ARTICLE) == ()


def test_words_are_found_as_whole_words_first() -> None:
    text = "The shelter said he would"
    assert list(find_words(text, "he")) == [((17, 19),)]
    assert list(find_words(text, "helt")) == [((5, 9),)]


def test_corrections_live_in_the_store_and_in_the_table(corpus: Path) -> None:
    (corpus / "a.txt").write_text("The mine closes on Friday, she said. Nobody goes there, he said.")
    run()
    claim_id = decide(decision="edit", corrections='{"speaker": "Ada Brandt"}')
    run()
    (row,) = [row for row in rows() if row["claim_id"] == claim_id]
    assert (row["speaker"], row["corrections"], list(row)[-1]) == (
        "Ada Brandt", '{"speaker": "Ada Brandt"}', "corrections",
    )  # fmt: skip
    with open_store(Path("outputs")) as store:
        claims = [claim for result in store.last_results() for claim in result.claims]
        (undecided,) = (claim for claim in claims if claim.claim_id == claim_id)
        assert undecided.speaker == ""
        store.decide(undecided, Decision("edit", corrections='{"speaker": "Ana Koval"}'), "review")
    run()
    before = Path("outputs/claims.csv").read_bytes()
    assert "Ana Koval" in before.decode()
    Path("outputs/claims.db").unlink()
    run()
    assert Path("outputs/claims.csv").read_bytes() == before
