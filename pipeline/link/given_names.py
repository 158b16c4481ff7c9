"""What somebody is who gives a name of his own: "a 31-year-old baker who gave her name as Ada said"."""

from __future__ import annotations

import re

from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.phrases import without_determiner
from pipeline.records import Mention, Span

#: The clause in which the name is given, right before it: "who identified himself only as", "who gave only his first
#: name,". Nobody else's name is: "who named his successor as".
_GIVING = (
    r"who (?:only )?(?:asked to be|wanted to be|would|could)? ?(?:only )?(?:be )?"
    r"(?:gave|give|gives|introduced|identified|identifies|identify|called|named|known) (?:only )?"
    r"(?:(?:his|her|their) (?:first |given |last |full |middle )?name|himself|herself|themselves)?"
    r" ?(?:only )?(?:as|by (?:his|her|their) (?:first|given|last|middle) name)?,? ?"
)
#: The whole phrase before the name; its words are those of the noun.
_BEFORE_NAME = re.compile(
    rf"\b(?P<words>(?:an?|one|the|another|A|An|One|The|Another) (?:[\w'’-]+ ){{0,5}}[\w'’-]+),? {_GIVING}$"
)
#: Characters before a name in which the phrase begins.
_REACH = 140


def role_of_named(mention: Mention, index: MentionIndex, people: People) -> Span | None:
    """The span of what a person is said to be before a clause that gives the name; None where nothing is told so.

    "31-year-old baker" in "a 31-year-old baker who gave her name as Ada"; nothing for "a woman who gave her name as".
    """
    text = index.article.text
    start = max(mention.start - _REACH, 0)
    if mention.label != "PERSON" or " who " not in text[start : mention.start]:
        return None
    phrase = _BEFORE_NAME.search(text, start, mention.start)
    words = phrase["words"] if phrase is not None else ""
    noun = words.rpartition(" ")[2].lower()
    if phrase is None or not people.is_person(noun) or noun in people.anybody:
        return None
    role = without_determiner(words)
    return phrase.end("words") - len(role), phrase.end("words")
