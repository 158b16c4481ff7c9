"""Articles that are read in parts: whatever holds of others holds of them, and nothing is lost between the parts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipeline import extract_text
from pipeline.records import Result
from pipeline.text import parts as parts_module
from tests.helpers.command import extract
from tests.test_properties import SENTENCES

pytestmark = pytest.mark.model

#: Paragraphs of which nothing depends on one before: the names in them stand in full.
PARAGRAPHS = [
    f"In street {number} the lamps are lit. {sentence}"
    for number, sentence in enumerate(sentence for sentence in SENTENCES if not sentence.startswith(("“", "He ")))
]
TEXT = "\n\n".join(PARAGRAPHS)


def read(text: str = TEXT) -> Result:
    return extract_text(text, published=date(2025, 3, 4), title="Closing time")


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts_module, "PART_CHARS", 250)


def test_independent_paragraphs_give_the_same_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read()
    monkeypatch.setattr(parts_module, "PART_CHARS", 250)
    in_parts = read()
    assert parts_module.count_parts(whole.article) > 3
    assert in_parts.article == whole.article
    assert in_parts.claims == whole.claims
    assert in_parts.mentions == whole.mentions
    assert in_parts.dates == whole.dates
    assert in_parts.words == whole.words


@pytest.mark.usefixtures("short_parts")
@pytest.mark.parametrize("joint", ["\n\n", "\n", " ", "\n\n   "])
def test_spans_ids_and_links_hold_over_the_parts(joint: str) -> None:
    again = [paragraph.replace("street", "lane") for paragraph in PARAGRAPHS]
    text = joint.join([*PARAGRAPHS, *again]).replace("terminal", "termi-\nnal")
    result = read(text)
    assert result.article.text == text
    ids = Counter(claim.claim_id for claim in result.claims)
    assert ids.most_common(1)[0][1] == 1
    for claim in result.claims:
        role, words = ("cue", claim.cue) if claim.claim_type == "quote" else ("trigger", claim.trigger)
        assert " [...] ".join(text[a:b] for a, b in claim.spans[role]) == words
        assert claim.sentence in text
        assert set(claim.links) <= set(ids)
        assert claim.speaker_text in text
    assert any(claim.links for claim in result.claims if claim.start > len(text) / 2)
    starts = [claim.start for claim in result.claims]
    assert starts == sorted(starts)
    for mention in result.mentions:
        assert text[mention.start : mention.end].strip()


@pytest.mark.usefixtures("short_parts")
def test_a_closing_in_several_parts_is_one_event() -> None:
    filler = "The lamps of the old street are lit at six and nobody looks at them for long. " * 4
    result = read(f"The Osk tunnel was closed in May. {filler}\n\n{filler} The Osk tunnel reopened. The port closed.")
    assert parts_module.count_parts(result.article) > 1
    events = [claim for claim in result.claims if claim.event_id]
    assert [claim.trigger for claim in events] == ["closed", "reopened", "closed"]
    first, reopened, port = (claim.event_id for claim in events)
    assert first == reopened == "e" + events[0].claim_id[1:]
    assert port == "e" + events[2].claim_id[1:]


@pytest.mark.usefixtures("short_parts")
def test_a_speaker_is_resolved_within_the_part() -> None:
    near = "Ada Brandt is mayor of Larnhaven. The council met. “We close the terminal,” Brandt said."
    filler = "The lamps of the old street are lit at six and nobody looks at them for long. " * 8
    speakers = [claim.speaker for claim in read(f"{near}\n\n{filler}\n\n“It is late,” Brandt said.").claims]
    assert speakers[0] == "Ada Brandt"
    assert speakers[-1] == "Brandt"


@pytest.mark.usefixtures("short_parts")
def test_explain_shows_every_part(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(TEXT, encoding="utf-8")
    shown = extract("explain", "long.txt", folder=tmp_path).stdout
    assert all(f"In street {number} " in shown for number in range(len(PARAGRAPHS)))
    line = extract("explain", f"long.txt:{2 * len(PARAGRAPHS) - 1}", folder=tmp_path).stdout
    assert "Nobody knows why the mine" in line or SENTENCES[-2] in line
    assert "In street 0 " not in line.split("sentence ", 1)[1]
