"""Feed extract_text what is no article: ``python -m tests.helpers.fuzz_text [INPUTS]``; RESULTS.md has the findings."""

from __future__ import annotations

import sys
import time
from datetime import date
from itertools import pairwise

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline import extract_text
from pipeline.records import Claim, DateMention, Mention, Result
from pipeline.serial import dumps, loads
from pipeline.text.cells import format_row
from pipeline.write.columns import CLAIM_COLUMNS
from tests.test_properties import SENTENCES

INPUTS = 20_000
#: CPU seconds that a text this short may take.
SECONDS = 2.0
PIECES = [
    *SENTENCES, "“", "”", '"', "'", "’", "said", "said.", "according to", "denied", "will close", "closed", "the", "by",
    "Ms. Brandt", "Gov. Blake,", "U.S.", "E.U.", "Norway", "Oslo", "he", "she", "it", "they", "which", "not", "if",
    "and", "next week", "on Tuesday", "in 2019", "2 May", "31 February 2021", "99:99", "1/2/3", "the 1980s",
    "the 45th century",
    "$5", "—", "–", "-", "...", ";", ":", "(", ")", "[", "]", "{", "}", "<b>", "</b>", "&amp;",
    "=1+1", "http://a.b/c", "@a", "#b", "* * *", "Photo:", "Share", "Copyright", "CHAPTER",
    "A" * 300, "a " * 300, "\u00ad", "\u200b", "\ufeff",
    "\u202e", "\u2028", "\x00", "\x1b[31m", "\x85", "\U0001f427", "e\u0301", "İ", "ß", "ǅ", "ﬁ", "中文", "العربية",
]  # fmt: skip
TEXTS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(PIECES), st.text(max_size=12)),
        st.sampled_from(["", " ", " ", " ", "\n", "\n\n", "\r\n", "\t", ", ", ". "]),
    ),
    max_size=30,
).map(lambda pairs: "".join(piece + gap for piece, gap in pairs))


def check_text(text: str, published: date | None) -> Result:
    """Check what must hold for any text at all, and return its result."""
    started = time.process_time()
    result = extract_text(text, published=published)
    assert time.process_time() - started < SECONDS, "too slow"
    assert result.article.text == text
    blocks = result.article.blocks
    assert all(above.end <= below.start for above, below in pairwise(blocks))
    findings: list[Mention | DateMention | Claim] = [*result.mentions, *result.dates, *result.claims]
    places = [(finding.start, finding.end) for finding in findings]
    places += [span for claim in result.claims for spans in claim.spans.values() for span in spans]
    assert all(0 <= start < end <= len(text) for start, end in places)
    ids = [claim.claim_id for claim in result.claims]
    assert len(set(ids)) == len(ids)
    for claim in result.claims:
        assert 0 <= claim.confidence <= 1
        assert all("\n" not in cell and not cell.startswith(("=", "+", "@")) for cell in cells(claim))
    assert loads(Result, dumps(result)) == result
    return result


def cells(claim: Claim) -> list[str]:
    return format_row(getattr(claim, name) for name in CLAIM_COLUMNS)


def main() -> None:
    """Try many texts; the first failing one is shrunk and shown."""
    inputs = int(sys.argv[1]) if len(sys.argv) > 1 else INPUTS
    seen = [0, 0]

    @settings(
        max_examples=inputs,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(TEXTS, st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1))))
    def fuzz(text: str, published: date | None) -> None:
        seen[0] += 1
        seen[1] += len(check_text(text, published).claims)

    extract_text("The model is loaded first.")
    fuzz()
    print(f"{seen[0]} texts, {seen[1]} claims, nothing broken")


if __name__ == "__main__":
    main()
