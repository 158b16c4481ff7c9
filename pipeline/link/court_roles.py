"""Whose side somebody is on in court, beside the name: "Ada Brandt, defending, said", "Prosecuting, Brandt said"."""

from __future__ import annotations

import re

from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.records import Mention, Span

#: What a lawyer does in a trial, and for whom.
_PARTS = (
    r"(?P<part>prosecuting|defending|mitigating|in mitigation|"
    r"(?:(?:appearing|acting) )?(?:for|on behalf of) the (?:prosecution|defen[cs]e|crown))"
)
#: Behind a name, between commas or before the sentence's end. "Defending the plan" says something else.
_BEHIND = re.compile(rf"(?: [A-Z]{{2}})?, {_PARTS}(?=[,.;:]|$)", re.IGNORECASE | re.MULTILINE)
#: Before a name, at a sentence's start.
_BEFORE = re.compile(rf"(?:^|[.!?\"”’'] |\n){_PARTS}, $", re.IGNORECASE)
#: Characters before a name in which that stands: "Appearing on behalf of the prosecution" has 38.
_REACH = 48


def role_in_court(mention: Mention, index: MentionIndex, people: People) -> Span | None:
    """The span of what a lawyer does in a trial, right behind the name or opening the sentence; None without it.

    "defending" in "Ada Brandt, defending, said", "For the Crown" in "For the Crown, Ada Brandt said".
    """
    if mention.label != "PERSON":
        return None
    text = index.article.text
    behind = _BEHIND.match(text, mention.end)
    if behind is not None:
        return behind.span("part")
    before = _BEFORE.search(text, max(mention.start - _REACH, 0), mention.start)
    return before.span("part") if before is not None else None
