"""Pronouns of the third person, and what each can mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.knowledge.people import Sex

if TYPE_CHECKING:
    from pipeline.link.referents import ReferentKind

#: Pronouns of the third person; for those of one person, the sex.
HE_OR_SHE: Mapping[str, Sex] = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
#: Penn Treebank tags of personal pronouns and possessives.
PRONOUN_TAGS = frozenset({"PRP", "PRP$"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
#: What each pronoun can mean.
KINDS_OF_PRONOUN: Mapping[str, tuple[ReferentKind, ...]] = {
    **dict.fromkeys(HE_OR_SHE, ("person",)),
    **dict.fromkeys(IT, ("organisation", "country", "document", "name")),
    **dict.fromkeys(THEY, ("group", "organisation", "country", "name")),
}
