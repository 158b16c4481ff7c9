"""Spelling that differs between British and American papers."""

from __future__ import annotations

#: Spelt with -ise on both sides of the Atlantic.
_ALWAYS_ISE = frozenset(
    {
        "advertise", "advise", "appraise", "apprise", "arise", "chastise", "circumcise", "compromise", "comprise",
        "demise", "despise", "devise", "disguise", "enterprise", "excise", "exercise", "expertise", "franchise",
        "improvise", "merchandise", "otherwise", "paradise", "praise", "precise", "premise", "promise", "revise",
        "supervise", "surmise", "surprise", "televise", "treatise", "likewise", "concise", "tortoise", "cruise",
        "bruise", "porpoise",
    }
)  # fmt: skip


def american(lemma: str) -> str:
    """The lemma with -ize for -ise, as most of the articles wrote that the models were trained on."""
    return f"{lemma[:-3]}ize" if lemma.endswith("ise") and lemma not in _ALWAYS_ISE and len(lemma) > 5 else lemma
