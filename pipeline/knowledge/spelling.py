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
#: Letters: "raise", "noise" and "poise" have no form in -ize; "iodise" has.
_LONGEST_UNCHANGED = 5


def americanize(lemma: str) -> str:
    """The lemma with -ize for -ise, as most of the articles wrote that the models were trained on.

    "criticise" becomes "criticize", "promise", "wise" and "raise" stay.
    """
    is_british = lemma.endswith("ise") and lemma not in _ALWAYS_ISE and len(lemma) > _LONGEST_UNCHANGED
    return f"{lemma[:-3]}ize" if is_british else lemma
