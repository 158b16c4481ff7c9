"""Which rows a reader can seldom rely on: named rules by which review page and report put them last."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.rule_table import Rule, always, constant, first_rule

#: Confidence under which a row is noise. Of the quotes of gold/claims/train under it 53 of 141 are usable, of
#: gold/claims/dev 18 of 79; between .5 and .6 it is 45 of 88 and 17 of 33.
SELDOM_RIGHT = 0.5
#: Words of indirect content up to which it tells too little: "said [the same]". Of such quotes above SELDOM_RIGHT 11 of
#: 23 and 1 of 4 are usable there; most others are what the guideline leaves to choice.
THIN_WORDS = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class RatedRow:
    """What the rules look at: ``confidence`` and ``claim_text`` of a claim; of a quote its ``quote_type`` (empty for
    events) and whether it ``has_speaker``, named, described or as written.
    """

    confidence: float
    claim_text: str
    quote_type: str = ""
    has_speaker: bool = True


def _is_thin(row: RatedRow) -> bool:
    return row.quote_type == "indirect" and len(_WORD.findall(row.claim_text)) <= THIN_WORDS


#: Why a row is noise, empty where it is none. Of quotes that nobody says, above SELDOM_RIGHT, 14 of 32 and 2 of 5 are
#: usable.
NOISE_RULES: tuple[Rule[RatedRow, str], ...] = (
    Rule("unsure", lambda row: row.confidence < SELDOM_RIGHT, constant("unsure")),
    Rule("thin content", _is_thin, constant("thin content")),
    Rule("nobody named", lambda row: not row.has_speaker, constant("nobody named")),
    Rule("none", always, constant("")),
)


def noise_of(row: RatedRow) -> str:
    """The name of the rule by which the row is noise; empty for a row that is none."""
    return first_rule(NOISE_RULES, row).outcome(row)
